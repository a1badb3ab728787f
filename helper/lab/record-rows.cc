// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/record-rows.h"

#include "ns3/number-format.h"

namespace ns3
{

namespace
{

constexpr int ROUND_TRIP_DECIMALS = 6; //!< of milliseconds

/** \returns a column that is empty until a packet has arrived. */
template <typename Getter>
RowColumn<DeliveryRow>
ArrivedColumn(const char* name, Getter get)
{
    return {name, [get](const DeliveryRow& row) {
                return row.arrived ? ToCell(std::invoke(get, *row.arrived)) : "";
            }};
}

} // namespace

const std::vector<RowColumn<DeliveryRow>>&
DeliveryRow::GetColumns()
{
    static const std::vector<RowColumn<DeliveryRow>> columns = {
        {"flow", &DeliveryRow::flow},
        {"source", &DeliveryRow::source},
        {"group", &DeliveryRow::group},
        {"receiver", &DeliveryRow::receiver},
        {"sent", &DeliveryRow::sent},
        {"received", &DeliveryRow::received},
        {"duplicates", &DeliveryRow::duplicates},
        {"lost", [](const DeliveryRow& row) { return row.sent - row.received; }},
        {"reordered", &DeliveryRow::reordered},
        ArrivedColumn("first_s", &Arrived::first),
        ArrivedColumn("last_s", &Arrived::last),
        ArrivedColumn("latency_min_s", &Arrived::latencyMin),
        ArrivedColumn("latency_mean_s",
                      [](const Arrived& a) { return FormatDecimal(a.latencyMean); }),
        ArrivedColumn("latency_max_s", &Arrived::latencyMax),
        ArrivedColumn("ttl_min", &Arrived::ttlMin),
        ArrivedColumn("ttl_max", &Arrived::ttlMax),
        {"outside", &DeliveryRow::outside},
    };
    return columns;
}

const std::vector<RowColumn<PingRow>>&
PingRow::GetColumns()
{
    static const std::vector<RowColumn<PingRow>> columns = {
        {"time_s", &PingRow::time},
        {"node", &PingRow::node},
        {"to", &PingRow::to},
        {"sequence", &PingRow::sequence},
        {"rtt_ms",
         [](const PingRow& row) {
             return row.reply ? FormatDecimal(row.reply->roundTrip.GetSeconds() * 1000,
                                              ROUND_TRIP_DECIMALS)
                              : "";
         }},
        {"from", [](const PingRow& row) { return row.reply ? ToText(row.reply->from) : ""; }},
    };
    return columns;
}

const std::vector<RowColumn<FloodRow>>&
FloodRow::GetColumns()
{
    static const std::vector<RowColumn<FloodRow>> columns = {
        {"node", &FloodRow::node},
        {"device", &FloodRow::device},
        {"vni", &FloodRow::vni},
        {"kind", &FloodRow::kind},
        {"frames", &FloodRow::frames},
        {"copies_on_links", &FloodRow::copiesOnLinks},
        {"delivered_wanted", &FloodRow::wanted},
        {"delivered_unwanted", &FloodRow::unwanted},
    };
    return columns;
}

const std::vector<RowColumn<EventRow>>&
EventRow::GetColumns()
{
    static const std::vector<RowColumn<EventRow>> columns = {
        {"time_s", &EventRow::time},
        {"node", &EventRow::node},
        {"protocol", &EventRow::protocol},
        {"event", &EventRow::event},
        {"detail", &EventRow::detail},
    };
    return columns;
}

const std::vector<RowColumn<DropRow>>&
DropRow::GetColumns()
{
    static const std::vector<RowColumn<DropRow>> columns = {
        {"node", &DropRow::node},
        {"protocol", &DropRow::protocol},
        {"reason", &DropRow::reason},
        {"packets", &DropRow::packets},
    };
    return columns;
}

} // namespace ns3
