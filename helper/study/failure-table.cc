// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/failure-table.h"

#include "ns3/number-format.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace ns3
{

const std::vector<std::string>&
GetFailureColumns()
{
    static const std::vector<std::string> columns = {"kind",
                                                     "detection",
                                                     "rp",
                                                     "tree",
                                                     "failures",
                                                     "ms_min",
                                                     "ms_median",
                                                     "ms_max",
                                                     "lost_min",
                                                     "lost_median",
                                                     "lost_max",
                                                     "duplicates",
                                                     "control_messages",
                                                     "entries_changed",
                                                     "groups_touched",
                                                     "groups",
                                                     "predicted_entries_changed",
                                                     "touched_percent",
                                                     "touched_percent_sd",
                                                     "seeds"};
    return columns;
}

double
GetMean(const std::vector<double>& values)
{
    return values.empty() ? 0
                          : std::accumulate(values.begin(), values.end(), 0.0) /
                                static_cast<double>(values.size());
}

double
GetDeviation(const std::vector<double>& values)
{
    const double mean = GetMean(values);
    double sum = 0;
    for (double value : values)
    {
        sum += (value - mean) * (value - mean);
    }
    return values.size() < 2 ? 0 : std::sqrt(sum / static_cast<double>(values.size() - 1));
}

FailureRange::FailureRange(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    if (!values.empty())
    {
        const std::size_t middle = values.size() / 2;
        least = values.front();
        most = values.back();
        median =
            values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}

FailureRange
GetSilences(const FailureRow& row)
{
    std::vector<double> silences;
    for (const FailureOutcome& outcome : row.outcomes)
    {
        silences.push_back(outcome.longest.GetSeconds() * 1000);
    }
    return FailureRange(std::move(silences));
}

std::vector<std::string>
MakeFailureCells(const FailureRow& row)
{
    const auto collect = [&row](const auto& get) {
        std::vector<double> values;
        for (const FailureOutcome& outcome : row.outcomes)
        {
            values.push_back(get(outcome));
        }
        return values;
    };
    const FailureRange ms = GetSilences(row);
    const FailureRange lost(collect([](const FailureOutcome& o) { return double(o.lost); }));
    const bool measured = !row.outcomes.empty();
    const auto cell = [measured](double value) {
        return measured ? FormatDecimal(value) : std::string();
    };
    const std::string predicted =
        row.changed.empty() ? std::string() : FormatDecimal(GetMean(row.changed));
    return {
        row.kind,
        row.detection,
        row.rp,
        row.tree,
        std::to_string(measured ? row.outcomes.size() : row.failures),
        cell(ms.least),
        cell(ms.median),
        cell(ms.most),
        cell(lost.least),
        cell(lost.median),
        cell(lost.most),
        cell(GetMean(collect([](const FailureOutcome& o) { return double(o.duplicates); }))),
        cell(GetMean(collect([](const FailureOutcome& o) { return double(o.controlMessages); }))),
        measured ? FormatDecimal(GetMean(
                       collect([](const FailureOutcome& o) { return double(o.entriesChanged); })))
                 : predicted,
        FormatDecimal(GetMean(row.touched)),
        FormatDecimal(row.groups),
        predicted,
        FormatDecimal(row.groups == 0 ? 0 : 100 * GetMean(row.touched) / row.groups),
        row.deviation ? FormatDecimal(*row.deviation) : std::string(),
        std::to_string(row.seeds)};
}

std::vector<std::string>
PackOutcome(const FailureOutcome& outcome)
{
    return {FormatDecimal(static_cast<double>(outcome.longest.GetNanoSeconds()) / 1e6),
            std::to_string(outcome.lost),
            std::to_string(outcome.duplicates),
            std::to_string(outcome.controlMessages),
            std::to_string(outcome.entriesChanged)};
}

FailureOutcome
UnpackOutcome(const std::vector<std::string>& cells)
{
    FailureOutcome outcome;
    outcome.longest = NanoSeconds(std::llround(std::stod(cells.at(0)) * 1e6));
    outcome.lost = std::stoull(cells.at(1));
    outcome.duplicates = std::stoull(cells.at(2));
    outcome.controlMessages = std::stoull(cells.at(3));
    outcome.entriesChanged = std::stoull(cells.at(4));
    return outcome;
}

} // namespace ns3
