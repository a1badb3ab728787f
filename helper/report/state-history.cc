// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/state-history.h"

#include "ns3/number-format.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{

namespace
{

/** \returns the time that FormatSeconds wrote as \p text, to the nanosecond. */
Time
ReadSeconds(const std::string& text)
{
    constexpr std::size_t DECIMALS = 9;
    const std::size_t point = std::min(text.find('.'), text.size());
    std::string fraction = point < text.size() ? text.substr(point + 1) : "";
    fraction.resize(DECIMALS, '0');
    return Seconds(std::stoll(text.substr(0, point))) + NanoSeconds(std::stoll(fraction));
}

} // namespace

StateHistory::StateHistory(const RunState& state,
                           ReportMoments& moments,
                           ReportTexts& texts,
                           std::size_t tableCells)
    : m_state(state),
      m_moments(moments),
      m_texts(texts)
{
    for (const RunTable& table : GetRunTables())
    {
        if (table.collectNode)
        {
            const std::vector<std::string>& columns = table.format.columns;
            const auto ages = std::find(columns.begin() + 2, columns.end(), "age_s");
            m_tables.emplace_back();
            m_tables.back().format = &table;
            m_tables.back().cellsLeft = tableCells;
            m_tables.back().ages = static_cast<std::size_t>(ages - columns.begin()) - 2;
        }
    }
}

std::size_t
StateHistory::AddRow(Table& table, const TableCells& cells)
{
    std::vector<std::size_t> texts;
    for (std::size_t i = 0; i < cells.size(); ++i)
    {
        const bool isAge = i == table.ages && !cells[i].empty();
        texts.push_back(m_texts.Add(
            isAge ? "@" + FormatSeconds(Simulator::Now() - ReadSeconds(cells[i])) : cells[i]));
    }
    const auto [found, isNew] = table.numbers.emplace(texts, table.numbers.size());
    if (isNew)
    {
        table.rows.push_back(texts);
        table.cellsLeft -= std::min(table.cellsLeft, texts.size());
    }
    return found->second;
}

void
StateHistory::Compare(Table& table, std::size_t node, const Rows& rows)
{
    Rows& before = table.now[node];
    const auto same = std::mismatch(rows.begin(), rows.end(), before.begin(), before.end());
    if (same.first == rows.end() && same.second == before.end())
    {
        return;
    }
    const auto begin = same.first - rows.begin();
    std::size_t tail = 0;
    while (rows.end() - tail != same.first && before.end() - tail != same.second &&
           *(rows.end() - tail - 1) == *(before.end() - tail - 1))
    {
        ++tail;
    }
    const auto removed = before.end() - tail - same.second;
    const std::size_t cells = 4 + static_cast<std::size_t>(rows.end() - tail - same.first);
    if (cells > table.cellsLeft)
    {
        table.end = m_moments.Now();
        return;
    }
    table.cellsLeft -= cells;
    ReportJson change = {m_moments.Now(), node, begin, removed};
    std::for_each(same.first, rows.end() - tail, [&](std::size_t row) { change.push_back(row); });
    table.changes.push_back(std::move(change));
    before = rows;
}

void
StateHistory::Sample(std::size_t node)
{
    for (Table& table : m_tables)
    {
        if (table.end)
        {
            continue;
        }
        table.now.resize(std::max(table.now.size(), node + 1));
        Rows rows;
        table.format->collectNode(m_state.network.GetNodes()[node], [&](const TableCells& cells) {
            rows.push_back(AddRow(table, cells));
        });
        Compare(table, node, rows);
    }
}

void
StateHistory::SampleAll()
{
    for (std::size_t node = 0; node < m_state.network.GetNodes().size(); ++node)
    {
        Sample(node);
    }
}

ReportJson
StateHistory::ToJson() const
{
    ReportJson tables = ReportJson::array();
    for (const Table& table : m_tables)
    {
        const std::vector<std::string>& columns = table.format->format.columns;
        tables.push_back({{"name", table.format->format.name},
                          {"columns", std::vector<std::string>(columns.begin() + 2, columns.end())},
                          {"rows", table.rows},
                          {"changes", table.changes},
                          {"ends", table.end ? ReportJson(*table.end) : ReportJson()}});
    }
    return tables;
}

} // namespace ns3
