// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plot-overlap.h"

#include "ns3/number-format.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace ns3
{

namespace
{

/** \returns the height of a value in the panel's own measure; nothing if it cannot be shown. */
std::optional<double>
GetHeight(const PlotPanel& panel, const PlotPoint& point)
{
    if (!std::isfinite(point.y) || (panel.logY && point.y <= 0))
    {
        return std::nullopt;
    }
    return panel.logY ? std::log10(point.y) : point.y;
}

/** A line's points: height by x. */
using Heights = std::map<double, double>;

/** \returns whether two lines look like one, where both have points. */
bool
Coincide(const Heights& a, const Heights& b, double tolerance)
{
    std::size_t shared = 0;
    std::size_t equal = 0;
    for (const auto& [x, height] : a)
    {
        const auto other = b.find(x);
        if (other != b.end())
        {
            ++shared;
            equal += std::abs(other->second - height) <= tolerance ? 1 : 0;
        }
    }
    return shared > 1 && 2 * equal >= shared;
}

} // namespace

std::vector<std::optional<PlotOverlap>>
FindOverlaps(const PlotPanel& panel)
{
    constexpr double THIN = 0.012; // of the panel's height: less than a line's width
    std::vector<Heights> lines;
    double least = std::numeric_limits<double>::infinity();
    double most = -least;
    for (const PlotSeries& series : panel.series)
    {
        lines.emplace_back();
        for (const PlotPoint& point : series.line)
        {
            if (const auto height = GetHeight(panel, point))
            {
                lines.back()[point.x] = *height;
                least = std::min(least, *height);
                most = std::max(most, *height);
            }
        }
    }
    least = panel.logY ? least : std::min(least, 0.0);
    std::vector<std::size_t> leader(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i)
    {
        leader[i] = i;
        for (std::size_t j = 0; j < i && leader[i] == i; ++j)
        {
            leader[i] = Coincide(lines[i], lines[j], THIN * (most - least)) ? leader[j] : i;
        }
    }
    std::map<std::size_t, std::size_t> counts;
    std::vector<std::size_t> places;
    places.reserve(leader.size());
    for (std::size_t group : leader)
    {
        places.push_back(counts[group]++);
    }
    std::vector<std::optional<PlotOverlap>> overlaps(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i)
    {
        if (counts[leader[i]] > 1)
        {
            overlaps[i] = PlotOverlap{places[i], counts[leader[i]]};
        }
    }
    return overlaps;
}

std::string
GetOverlapDashes(const PlotOverlap& overlap)
{
    if (overlap.place == 0)
    {
        return "1";
    }
    // All begin at the first point: the k-th of n leaves the last k of n parts to those below.
    constexpr double PERIOD = 24;
    const double part = PERIOD / static_cast<double>(overlap.count);
    const double drawn = part * static_cast<double>(overlap.count - overlap.place);
    return "(" + FormatDecimal(drawn, 2) + "," + FormatDecimal(PERIOD - drawn, 2) + ")";
}

} // namespace ns3
