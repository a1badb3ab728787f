// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/failure-store.h"

#include "ns3/failure-table.h"

#include <algorithm>
#include <stdexcept>

namespace ns3
{

namespace
{

const std::vector<std::string>&
GetFailureRunColumns()
{
    static const std::vector<std::string> columns = {"topology",
                                                     "tree",
                                                     "detection",
                                                     "failure",
                                                     "ms",
                                                     "lost",
                                                     "duplicates",
                                                     "control_messages",
                                                     "entries_changed",
                                                     "groups_touched",
                                                     "predicted_entries_changed",
                                                     "settings"};
    return columns;
}

constexpr std::size_t FIRST_OF_OUTCOME = 4; //!< its column
constexpr std::size_t OUTCOME_COLUMNS = 5;

std::vector<std::string>
GetRunIdentity(const FailureRunKey& key)
{
    return {key.topology, key.tree, key.detection, key.failure, key.settings};
}

std::vector<std::string>
MakeRunCells(const FailureRunKey& key, const FailureOutcome& outcome)
{
    std::vector<std::string> cells = {key.topology, key.tree, key.detection, key.failure};
    const std::vector<std::string> packed = PackOutcome(outcome);
    cells.insert(cells.end(), packed.begin(), packed.end());
    cells.push_back(std::to_string(key.predicted.groupsTouched));
    cells.push_back(std::to_string(key.predicted.entriesChanged));
    cells.push_back(key.settings);
    return cells;
}

/** \returns what \p cells say; nothing if they say no outcome. */
std::optional<FailureOutcome>
ReadRunOutcome(const std::vector<std::string>& cells)
{
    try
    {
        const auto first = cells.begin() + FIRST_OF_OUTCOME;
        return UnpackOutcome({first, first + OUTCOME_COLUMNS});
    }
    catch (const std::logic_error&)
    {
        return std::nullopt; // not a number
    }
}

} // namespace

FailureStore::FailureStore(RunOutput& output)
    : m_output(output)
{
    m_output.CheckReplaceable(FILE_NAME);
    const CsvRows rows = ParseCsv(m_output.Read(FILE_NAME));
    if (rows.empty() || rows.front() != GetFailureRunColumns())
    {
        return;
    }
    for (const std::vector<std::string>& row : rows)
    {
        if (row.size() == GetFailureRunColumns().size() && ReadRunOutcome(row))
        {
            m_found[{row[0], row[1], row[2], row[3], row.back()}] = row;
        }
    }
}

std::size_t
FailureStore::AddRun(const FailureRunKey& key)
{
    m_runs.push_back({key, std::nullopt});
    const auto found = m_found.find(GetRunIdentity(key));
    if (found != m_found.end())
    {
        m_runs.back().outcome = ReadRunOutcome(found->second);
        m_found.erase(found);
    }
    return m_runs.size() - 1;
}

const std::optional<FailureOutcome>&
FailureStore::GetOutcome(std::size_t number) const
{
    return m_runs[number].outcome;
}

void
FailureStore::SetOutcome(std::size_t number, const FailureOutcome& outcome)
{
    m_runs[number].outcome = outcome;
    Write();
}

std::size_t
FailureStore::CountDone() const
{
    return static_cast<std::size_t>(std::count_if(
        m_runs.begin(), m_runs.end(), [](const Run& run) { return run.outcome.has_value(); }));
}

void
FailureStore::Write() const
{
    CsvRows rows = {GetFailureRunColumns()};
    for (const Run& run : m_runs)
    {
        if (run.outcome)
        {
            rows.push_back(MakeRunCells(run.key, *run.outcome));
        }
    }
    for (const auto& [identity, row] : m_found)
    {
        rows.push_back(row);
    }
    m_output.Write(FILE_NAME, FormatCsv(rows));
}

} // namespace ns3
