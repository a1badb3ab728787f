// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-figure.h"

#include "ns3/number-format.h"
#include "ns3/plot-overflow.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace ns3
{

namespace
{

constexpr double BORDER = std::numeric_limits<double>::quiet_NaN();

using PointValue = std::function<double(const PlanPoint&)>;

/** \returns the best plans with each number of groups, by tree and mapping. */
std::map<std::pair<std::string, PlanMapping>, std::map<uint32_t, const PlanPoint*>>
SortPoints(const PlanQuestion& question, const PlanAnswer& answer)
{
    std::map<std::pair<std::string, PlanMapping>, std::map<uint32_t, const PlanPoint*>> curves;
    for (const PlanPoint& point : answer.points)
    {
        if (point.headEndVnis > 0)
        {
            continue;
        }
        const PlanPoint*& known = curves[{point.GetTreeName(), point.mapping}][point.groups];
        if (known == nullptr || (point.IsFeasible() && !known->IsFeasible()) ||
            (point.IsFeasible() == known->IsFeasible() && IsBetterPlan(question, point, *known)))
        {
            known = &point;
        }
    }
    return curves;
}

std::vector<PlotSeries>
MakeCurves(const PlanQuestion& question, const PlanAnswer& answer, const PointValue& value)
{
    std::vector<PlotSeries> series;
    std::map<std::string, uint32_t> colors;
    for (const auto& [key, points] : SortPoints(question, answer))
    {
        const auto& [tree, mapping] = key;
        PlotSeries curve;
        curve.title = tree + ", " + EnumName(mapping);
        curve.color = colors.emplace(tree, static_cast<uint32_t>(colors.size())).first->second;
        curve.dash = static_cast<uint32_t>(mapping);
        for (const auto& [groups, point] : points)
        {
            const double y = value(*point);
            const PlotPoint at{static_cast<double>(groups), y, y, y, ""};
            curve.line.push_back(at);
            if (point->IsFeasible())
            {
                curve.points.push_back(at);
            }
        }
        series.push_back(std::move(curve));
    }
    return series;
}

/** Hatches the numbers of groups with which nothing fits, each up to the middle to the next. */
void
HatchNumbers(const PlanAnswer& answer, PlotPanel& panel)
{
    std::map<uint32_t, bool> fits;
    for (const PlanPoint& point : answer.points)
    {
        if (point.headEndVnis == 0)
        {
            fits[point.groups] = fits[point.groups] || point.IsFeasible();
        }
    }
    for (auto at = fits.begin(); at != fits.end(); ++at)
    {
        if (at->second)
        {
            continue;
        }
        const auto next = std::next(at);
        const double left = at == fits.begin()
                                ? BORDER
                                : std::sqrt(double(at->first) * double(std::prev(at)->first));
        const double right =
            next == fits.end() ? BORDER : std::sqrt(double(at->first) * double(next->first));
        panel.hatches.push_back({left, right, BORDER, BORDER});
    }
}

PlotPanel
MakePanel(const std::string& title, const std::string& yLabel, std::vector<PlotSeries> series)
{
    PlotPanel panel;
    panel.title = title;
    panel.xLabel = "groups";
    panel.yLabel = yLabel;
    panel.x = PlotPanel::Axis::Doubling;
    panel.series = std::move(series);
    return panel;
}

/** Lines of the limit that was given, and of devices near what the curves show. */
void
MarkLimits(const PlanTierLimit& limit, PlotPanel& panel)
{
    double most = 0;
    double least = std::numeric_limits<double>::infinity();
    for (const PlotSeries& series : panel.series)
    {
        for (const PlotPoint& point : series.line)
        {
            most = std::max(most, point.y);
            least = std::min(least, point.y);
        }
    }
    if (limit.sum)
    {
        const auto rows = static_cast<double>(*limit.sum);
        panel.marks.push_back({rows, false, "limit: " + FormatDecimal(rows)});
        panel.hatches.push_back({BORDER, BORDER, rows, BORDER});
        most = std::max(most, rows);
    }
    for (const auto& [rows, name] : GetRealLimits())
    {
        if (rows > least && rows < most && (!limit.sum || rows != static_cast<double>(*limit.sum)))
        {
            panel.marks.push_back({rows, false, name});
        }
    }
}

} // namespace

PlotFigure
MakePlanFigure(const PlanQuestion& question, const PlanAnswer& answer)
{
    PlotFigure figure;
    figure.name = "plan-front";
    figure.columns = 2;
    figure.lineTitle = "every plan";
    figure.pointTitle = "fits the tables";
    figure.panels.push_back(MakePanel(
        "deliveries to VTEPs without the VNI",
        "wasted deliveries per frame",
        MakeCurves(question, answer, [](const PlanPoint& point) { return point.use.waste; })));
    figure.panels.push_back(MakePanel(
        "load on links",
        "copies on links per frame",
        MakeCurves(question, answer, [](const PlanPoint& point) { return point.use.copies; })));
    for (PlotPanel& panel : figure.panels)
    {
        HatchNumbers(answer, panel);
    }
    std::set<std::string> tiers;
    for (const PlanPoint& point : answer.points)
    {
        for (const auto& [tier, use] : point.use.tiers)
        {
            tiers.insert(tier);
        }
    }
    tiers.erase(PlanLimits::VTEP);
    for (const std::string& tier : tiers)
    {
        PlotPanel panel = MakePanel(tier + ": fullest router",
                                    "forwarding entries",
                                    MakeCurves(question, answer, [&tier](const PlanPoint& point) {
                                        return static_cast<double>(point.use.tiers.at(tier).sum);
                                    }));
        panel.logY = true;
        MarkLimits(question.limits.Get(tier), panel);
        figure.panels.push_back(std::move(panel));
    }
    return figure;
}

} // namespace ns3
