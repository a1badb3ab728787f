// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plot-failures.h"

#include <algorithm>

namespace ns3
{

namespace
{

/** Below the least that probes tell, so that nothing missed has a place on the axis. */
constexpr double NOTHING_MISSED = 1; // ms

/** \returns the position of \p name among \p names, where it is added if it is new. */
std::size_t
FindOrAdd(std::vector<std::string>& names, const std::string& name)
{
    const auto found = std::find(names.begin(), names.end(), name);
    const auto position = static_cast<std::size_t>(found - names.begin());
    if (found == names.end())
    {
        names.push_back(name);
    }
    return position;
}

/** \returns the median of a row's failures, with the least and the most. */
PlotPoint
MakeFailurePoint(const FailureRow& row, std::size_t x)
{
    const FailureRange silences = GetSilences(row);
    PlotPoint point;
    point.x = static_cast<double>(x);
    point.y = std::max(NOTHING_MISSED, silences.median);
    point.low = std::max(NOTHING_MISSED, silences.least);
    point.high = std::max(NOTHING_MISSED, silences.most);
    return point;
}

} // namespace

PlotFigure
MakeFailureFigure(const std::vector<FailureRow>& rows)
{
    PlotFigure figure;
    figure.name = FAILURE_FIGURE;
    constexpr std::size_t MOST_COLUMNS = 3;
    std::vector<std::string> kinds;
    std::vector<std::string> names;
    for (const FailureRow& row : rows)
    {
        if (row.outcomes.empty())
        {
            continue;
        }
        const std::size_t x = FindOrAdd(names, row.rp.empty() ? row.tree : row.tree + " " + row.rp);
        const std::size_t kind = FindOrAdd(kinds, row.kind);
        figure.panels.resize(kinds.size());
        PlotPanel& panel = figure.panels[kind];
        if (panel.series.empty())
        {
            panel.title = row.kind + " fails";
            panel.xLabel = "tree and RP";
            panel.yLabel = "longest silence, ms (1: none)";
            panel.logY = true;
            for (const char* name : EnumNames<FailureDetection>::NAMES)
            {
                PlotSeries series;
                series.title = name;
                series.color = static_cast<uint32_t>(panel.series.size());
                panel.series.push_back(series);
            }
        }
        const auto detection = ParseEnumName<FailureDetection>(row.detection);
        panel.series[static_cast<std::size_t>(*detection)].points.push_back(
            MakeFailurePoint(row, x));
    }
    figure.columns = static_cast<uint32_t>(std::clamp<std::size_t>(kinds.size(), 1, MOST_COLUMNS));
    for (PlotPanel& panel : figure.panels)
    {
        panel.names = names;
        panel.series.erase(
            std::remove_if(panel.series.begin(),
                           panel.series.end(),
                           [](const PlotSeries& each) { return each.points.empty(); }),
            panel.series.end());
    }
    return figure;
}

} // namespace ns3
