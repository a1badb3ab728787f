// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/run-tables.h"

#include "ns3/lab-tables.h"
#include "ns3/plane-tables.h"

namespace ns3
{

namespace
{

template <typename Row>
TableFormat
MakeFormat(TableKind kind)
{
    std::vector<std::string> columns = GetColumnNames<Row>();
    if (kind == TableKind::SNAPSHOT)
    {
        columns.insert(columns.begin(), {"snapshot", "time_s"});
    }
    return {Row::TABLE, columns, kind};
}

template <typename Row>
void
GiveRows(const std::vector<Row>& rows, const CellSink& sink)
{
    for (const Row& row : rows)
    {
        sink(MakeCells(row));
    }
}

/** A table of the state of nodes, in their order. */
template <typename Row>
RunTable
OfNodes(std::vector<Row> (*getRows)(const LabNode&))
{
    return {
        MakeFormat<Row>(TableKind::SNAPSHOT),
        [getRows](const RunState& state, const CellSink& sink) {
            for (const LabNode& node : state.network.GetNodes())
            {
                GiveRows(getRows(node), sink);
            }
        },
        [getRows](const LabNode& node, const CellSink& sink) { GiveRows(getRows(node), sink); }};
}

/** A table of the rows that \p getRows gives of the run as a whole. */
template <typename Row>
RunTable
OfRun(TableKind kind, std::vector<Row> (*getRows)(const RunState&))
{
    return {
        MakeFormat<Row>(kind),
        [getRows](const RunState& state, const CellSink& sink) { GiveRows(getRows(state), sink); },
        nullptr};
}

std::vector<LinkRow>
GetLinkRows(const RunState& state)
{
    std::vector<LinkRow> rows;
    for (const LinkMeter::Counter& counter : state.meter.GetCounters())
    {
        rows.push_back(
            {counter.network, counter.node, counter.linkClass, counter.packets, counter.bytes});
    }
    return rows;
}

std::vector<OverlayRow>
GetOverlayRows(const RunState& state)
{
    std::vector<OverlayRow> rows;
    for (const LinkMeter::OverlayCounter& counter : state.meter.GetOverlayCounters())
    {
        rows.push_back(
            {counter.network, counter.node, counter.frame, counter.packets, counter.bytes});
    }
    return rows;
}

std::vector<ControlRow>
GetControlRows(const RunState& state)
{
    return state.recorder.GetControlRows();
}

std::vector<DeliveryRow>
GetDeliveryRows(const RunState& state)
{
    return state.traffic.GetLedger().GetRows();
}

std::vector<PingRow>
GetPingRows(const RunState& state)
{
    return state.traffic.GetPingRows();
}

std::vector<FloodRow>
GetFloodRows(const RunState& state)
{
    std::vector<FloodRow> rows = state.traffic.GetFloodRows();
    for (std::size_t i = 0; i < rows.size(); ++i)
    {
        const auto number = static_cast<uint32_t>(i);
        const RunRecorder::Arrivals arrivals = state.recorder.GetArrivals(number);
        rows[i].copiesOnLinks = state.meter.GetFloodCopies(number);
        rows[i].wanted = arrivals.wanted;
        rows[i].unwanted = arrivals.unwanted;
    }
    return rows;
}

std::vector<DropRow>
GetDropRows(const RunState& state)
{
    return state.recorder.GetDropRows();
}

} // namespace

const std::vector<RunTable>&
GetRunTables()
{
    static const std::vector<RunTable> tables = {
        OfNodes(GetRouteRows),
        OfNodes(GetRpRows),
        OfNodes(GetIgmpRows),
        OfNodes(GetTibRows),
        OfNodes(GetMfcRows),
        OfNodes(GetFdbRows),
        OfNodes(GetEvpnRows),
        OfNodes(GetFlowRows),
        OfNodes(GetNeighborRows),
        OfNodes(GetMsdpRows),
        OfRun(TableKind::SNAPSHOT, GetControlRows),
        OfRun(TableKind::SNAPSHOT, GetLinkRows),
        OfRun(TableKind::SNAPSHOT, GetOverlayRows),
        OfRun(TableKind::SUMMARY, GetDeliveryRows),
        OfRun(TableKind::SUMMARY, GetPingRows),
        OfRun(TableKind::SUMMARY, GetFloodRows),
        {MakeFormat<EventRow>(TableKind::STREAM), nullptr, nullptr},
        OfRun(TableKind::SUMMARY, GetDropRows),
    };
    return tables;
}

const RunTable*
FindRunTable(const std::string& name)
{
    for (const RunTable& table : GetRunTables())
    {
        if (table.format.name == name)
        {
            return &table;
        }
    }
    return nullptr;
}

} // namespace ns3
