// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/table-writer.h"

#include "ns3/csv.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{

namespace
{

/** Collects the rows of a table as they are now, with all their columns. */
void
Collect(const RunTable& table,
        const RunState& state,
        const std::string& snapshot,
        const CellSink& sink)
{
    if (table.format.kind != TableKind::SNAPSHOT)
    {
        table.collect(state, sink);
        return;
    }
    const std::string now = FormatSeconds(Simulator::Now());
    table.collect(state, [&](const TableCells& cells) {
        TableCells row = {snapshot, now};
        row.insert(row.end(), cells.begin(), cells.end());
        sink(row);
    });
}

} // namespace

TableWriter::TableWriter(const RunOutput& output)
{
    for (const RunTable& table : GetRunTables())
    {
        output.CheckReplaceable(table.format.name + ".csv");
    }
    for (const RunTable& table : GetRunTables())
    {
        const TableFormat& format = table.format;
        m_tables[format.name].file =
            std::make_unique<PartialFile>(output.GetPath(format.name + ".csv"));
        Write(format.name, format.columns);
    }
}

void
TableWriter::Write(const std::string& name, const TableCells& cells)
{
    Table& table = m_tables.at(name);
    table.file->GetStream() << FormatCsvRow(cells);
    table.file->Check();
    for (auto& [expectation, rows] : table.watchers)
    {
        rows.Offer(cells);
    }
}

void
TableWriter::WriteSnapshot(const RunState& state, const std::string& snapshot)
{
    for (const RunTable& table : GetRunTables())
    {
        if (table.format.kind == TableKind::SNAPSHOT)
        {
            Collect(table, state, snapshot, [&](const TableCells& cells) {
                Write(table.format.name, cells);
            });
        }
    }
}

void
TableWriter::Finish(const RunState& state)
{
    for (const RunTable& table : GetRunTables())
    {
        if (table.format.kind == TableKind::SUMMARY)
        {
            Collect(table, state, "", [&](const TableCells& cells) {
                Write(table.format.name, cells);
            });
        }
    }
    for (auto& [name, table] : m_tables)
    {
        table.file->Close();
    }
}

void
TableWriter::Commit()
{
    for (auto& [name, table] : m_tables)
    {
        table.file->Commit();
    }
}

void
TableWriter::Watch(const Expectation& expectation)
{
    const TableFormat& format = FindRunTable(expectation.table)->format;
    const bool recorded = std::any_of(expectation.where.begin(),
                                      expectation.where.end(),
                                      [](const auto& pair) { return pair.first == "snapshot"; });
    if (recorded || format.kind == TableKind::STREAM)
    {
        m_tables.at(format.name)
            .watchers.emplace(&expectation, ExpectedRows(expectation, format.columns));
    }
}

std::string
TableWriter::Check(const Expectation& expectation, const RunState& state) const
{
    const auto& watchers = m_tables.at(expectation.table).watchers;
    const auto watched = watchers.find(&expectation);
    if (watched != watchers.end())
    {
        return watched->second.Check();
    }
    const RunTable& table = *FindRunTable(expectation.table);
    ExpectedRows rows(expectation, table.format.columns);
    Collect(table, state, "", [&rows](const TableCells& cells) { rows.Offer(cells); });
    return rows.Check();
}

} // namespace ns3
