// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/state-rows.h"

namespace ns3
{

namespace
{

/** \returns the cell of a source: `*` where an entry is for any. */
std::string
SourceCell(const std::optional<Ipv4Address>& source)
{
    return source ? ToText(*source) : "*";
}

/** \returns the cell of a list: sorted, with blanks between. */
std::string
ListCell(const std::vector<Ipv4Address>& addresses)
{
    std::string list;
    for (Ipv4Address address : addresses)
    {
        list += (list.empty() ? "" : " ") + ToText(address);
    }
    return list;
}

} // namespace

const std::vector<RowColumn<RouteRow>>&
RouteRow::GetColumns()
{
    static const std::vector<RowColumn<RouteRow>> columns = {
        {"node", &RouteRow::node},
        {"prefix", &RouteRow::prefix},
        {"metric", &RouteRow::metric},
        {"next_hop", &RouteRow::nextHop},
        {"interface", &RouteRow::interface},
        {"protocol", &RouteRow::protocol},
    };
    return columns;
}

const std::vector<RowColumn<RpRow>>&
RpRow::GetColumns()
{
    static const std::vector<RowColumn<RpRow>> columns = {
        {"node", &RpRow::node},
        {"bsr", &RpRow::bsr},
        {"bsr_priority", &RpRow::bsrPriority},
        {"rp", &RpRow::rp},
        {"group_prefix", &RpRow::groupPrefix},
        {"rp_priority", &RpRow::rpPriority},
        {"holdtime_s", &RpRow::holdtime},
    };
    return columns;
}

const std::vector<RowColumn<IgmpRow>>&
IgmpRow::GetColumns()
{
    static const std::vector<RowColumn<IgmpRow>> columns = {
        {"node", &IgmpRow::node},
        {"interface", &IgmpRow::interface},
        {"group", &IgmpRow::group},
        {"filter_mode", &IgmpRow::mode},
        {"sources", [](const IgmpRow& row) { return ListCell(row.sources); }},
        {"last_reporter", &IgmpRow::lastReporter},
    };
    return columns;
}

const std::vector<RowColumn<TibRow>>&
TibRow::GetColumns()
{
    static const char* const kinds[] = {"*,G", "S,G", "S,G,rpt"};
    static const std::vector<RowColumn<TibRow>> columns = {
        {"node", &TibRow::node},
        {"kind",
         [](const TibRow& row) { return std::string(kinds[static_cast<std::size_t>(row.kind)]); }},
        {"source", [](const TibRow& row) { return SourceCell(row.source); }},
        {"group", &TibRow::group},
        {"rp", &TibRow::rp},
        {"upstream_interface", &TibRow::upstreamInterface},
        {"upstream_neighbor", &TibRow::upstreamNeighbor},
        {"upstream_state", &TibRow::upstreamState},
        {"outgoing_interfaces", &TibRow::outgoingInterfaces},
        {"register_state", &TibRow::registerState},
    };
    return columns;
}

const std::vector<RowColumn<MfcRow>>&
MfcRow::GetColumns()
{
    static const std::vector<RowColumn<MfcRow>> columns = {
        {"node", &MfcRow::node},
        {"source", [](const MfcRow& row) { return SourceCell(row.source); }},
        {"group", &MfcRow::group},
        {"incoming_interface", &MfcRow::incomingInterface},
        {"outgoing_interfaces", &MfcRow::outgoingInterfaces},
        {"packets", &MfcRow::packets},
        {"bytes", &MfcRow::bytes},
    };
    return columns;
}

const std::vector<RowColumn<FdbRow>>&
FdbRow::GetColumns()
{
    static const std::vector<RowColumn<FdbRow>> columns = {
        {"node", &FdbRow::node},
        {"device", &FdbRow::device},
        {"vni", &FdbRow::vni},
        {"mac", &FdbRow::mac},
        {"vtep", &FdbRow::vtep},
        {"state",
         [](const FdbRow& row) { return std::string(row.permanent ? "permanent" : "learned"); }},
        {"age_s", &FdbRow::age},
        {"origin", &FdbRow::origin},
    };
    return columns;
}

const std::vector<RowColumn<EvpnRow>>&
EvpnRow::GetColumns()
{
    static const std::vector<RowColumn<EvpnRow>> columns = {
        {"node", &EvpnRow::node},
        {"type", [](const EvpnRow& row) { return row.route.type; }},
        {"rd", [](const EvpnRow& row) { return row.route.rd; }},
        {"mac", [](const EvpnRow& row) { return row.route.mac; }},
        {"ip", [](const EvpnRow& row) { return row.route.ip; }},
        {"next_hop", [](const EvpnRow& row) { return row.route.nextHop; }},
        {"label", [](const EvpnRow& row) { return row.route.label; }},
        {"sequence", [](const EvpnRow& row) { return row.route.sequence; }},
        {"from", [](const EvpnRow& row) { return row.route.from; }},
        {"best", [](const EvpnRow& row) { return row.route.isBest ? 1 : 0; }},
    };
    return columns;
}

const std::vector<RowColumn<FlowRow>>&
FlowRow::GetColumns()
{
    static const std::vector<RowColumn<FlowRow>> columns = {
        {"node", &FlowRow::node},
        {"table", &FlowRow::table},
        {"priority", &FlowRow::priority},
        {"match", &FlowRow::match},
        {"actions", &FlowRow::actions},
        {"packets", &FlowRow::packets},
        {"bytes", &FlowRow::bytes},
    };
    return columns;
}

const std::vector<RowColumn<NeighborRow>>&
NeighborRow::GetColumns()
{
    static const std::vector<RowColumn<NeighborRow>> columns = {
        {"node", &NeighborRow::node},
        {"vni", &NeighborRow::vni},
        {"ip", &NeighborRow::ip},
        {"mac", &NeighborRow::mac},
        {"vtep", &NeighborRow::vtep},
        {"origin", &NeighborRow::origin},
    };
    return columns;
}

const std::vector<RowColumn<MsdpRow>>&
MsdpRow::GetColumns()
{
    static const std::vector<RowColumn<MsdpRow>> columns = {
        {"node", &MsdpRow::node},
        {"source", &MsdpRow::source},
        {"group", &MsdpRow::group},
        {"rp", &MsdpRow::rp},
        {"peer", &MsdpRow::peer},
    };
    return columns;
}

const std::vector<RowColumn<ControlRow>>&
ControlRow::GetColumns()
{
    static const std::vector<RowColumn<ControlRow>> columns = {
        {"node", &ControlRow::node},
        {"peer", &ControlRow::peer},
        {"protocol", &ControlRow::protocol},
        {"direction", &ControlRow::direction},
        {"message", &ControlRow::message},
        {"count", &ControlRow::count},
        {"bytes", &ControlRow::bytes},
    };
    return columns;
}

const std::vector<RowColumn<LinkRow>>&
LinkRow::GetColumns()
{
    static const std::vector<RowColumn<LinkRow>> columns = {
        {"network", &LinkRow::network},
        {"from", &LinkRow::from},
        {"class", &LinkRow::linkClass},
        {"packets", &LinkRow::packets},
        {"bytes", &LinkRow::bytes},
    };
    return columns;
}

const std::vector<RowColumn<OverlayRow>>&
OverlayRow::GetColumns()
{
    static const std::vector<RowColumn<OverlayRow>> columns = {
        {"network", &OverlayRow::network},
        {"from", &OverlayRow::from},
        {"vni", [](const OverlayRow& row) { return row.frame.vni; }},
        {"outer", [](const OverlayRow& row) { return row.frame.outer; }},
        {"inner", [](const OverlayRow& row) { return row.frame.inner; }},
        {"packets", &OverlayRow::packets},
        {"bytes", &OverlayRow::bytes},
    };
    return columns;
}

} // namespace ns3
