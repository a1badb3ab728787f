// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plot-overflow.h"

#include "ns3/device-library.h"
#include "ns3/number-format.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <map>
#include <set>

namespace ns3
{

namespace
{

/** The policies of full tables in the order of their colours. */
const std::vector<std::string> POLICY_ORDER = {"refuse", "punt", "evict", "fallback-star-g"};

/** \returns the names of the curves of limited tables. */
CurveNames
NamePolicies(const PlotRows& rows)
{
    std::vector<std::string> columns = GetVariantColumns();
    columns.push_back("groups");
    return CurveNames(rows, "capacity_policy", POLICY_ORDER, columns);
}

/** What the fullest router would hold, beside what real tables hold. */
PlotPanel
MakeDemandPanel(const PlotRows& rows, const CurveNames& names)
{
    std::map<std::vector<std::string>, std::pair<double, double>> fullest; // by point
    std::map<std::vector<std::string>, std::size_t> any;
    for (std::size_t row = 0; row < rows.GetSize(); ++row)
    {
        std::vector<std::string> point;
        for (const std::string& column : GetSweepKeyColumns())
        {
            point.push_back(rows.Text(row, column));
        }
        auto& [demand, measured] = fullest[point];
        demand = std::max(demand, rows.Number(row, "demand_mfc_max"));
        measured = std::max(measured, rows.Number(row, "mfc_max"));
        any[point] = row;
    }
    Curves curves(names);
    for (const auto& [point, row] : any)
    {
        const double ratio = rows.Ratio(row);
        const std::string variant = names.VariantOf(rows, row);
        const std::string& tree = rows.Text(row, "tree");
        curves.Add(tree, variant, ratio, true, ratio, fullest[point].first);
        if (rows.IsUnlimited(row))
        {
            curves.Add(tree, variant, ratio, false, ratio, fullest[point].second);
        }
    }
    PlotPanel panel;
    panel.title = "rows that the fullest router needs, and real limits";
    panel.xLabel = "VNIs per group";
    panel.yLabel = "forwarding-cache rows";
    panel.x = PlotPanel::Axis::Doubling;
    panel.logY = true;
    panel.series = curves.Get();
    for (const auto& [limit, label] : GetRealLimits())
    {
        panel.marks.push_back({limit, false, label});
    }
    return panel;
}

/** What limited tables cost, for one tree: a curve per policy over the capacity. */
PlotPanel
MakeLimitedPanel(const PlotRows& rows,
                 const CurveNames& names,
                 const std::string& tree,
                 const std::function<double(std::size_t)>& value)
{
    Curves curves(names);
    PlotPanel panel;
    double demand = 0;
    for (std::size_t row = 0; row < rows.GetSize(); ++row)
    {
        if (!rows.IsUnlimited(row) && rows.Text(row, "tree") == tree)
        {
            demand = std::max(demand, rows.Number(row, "demand_mfc_max"));
            const double capacity = rows.Capacity(row);
            panel.ticks.insert(capacity);
            if (rows.Text(row, "tier") == rows.AnyTier())
            {
                curves.Add(rows.Text(row, "capacity_policy"),
                           names.VariantOf(rows, row),
                           capacity,
                           false,
                           capacity,
                           value(row));
            }
        }
    }
    panel.xLabel = "capacity of the forwarding cache (rows)";
    panel.x = PlotPanel::Axis::Doubling;
    panel.series = curves.Get();
    for (PlotSeries& series : panel.series)
    {
        series.joined = true;
    }
    panel.marks.push_back({demand, true, "rows that the fullest router needs"});
    return panel;
}

/** \returns whether any point with limited tables was run in packets. */
bool
IsMeasured(const PlotRows& rows)
{
    for (std::size_t row = 0; row < rows.GetSize(); ++row)
    {
        if (!rows.IsUnlimited(row) && !std::isnan(rows.Number(row, "mfc_max")))
        {
            return true;
        }
    }
    return false;
}

/** \returns the trees that were run with limited tables. */
std::set<std::string>
FindLimitedTrees(const PlotRows& rows)
{
    std::set<std::string> trees;
    for (std::size_t row = 0; row < rows.GetSize(); ++row)
    {
        if (!rows.IsUnlimited(row))
        {
            trees.insert(rows.Text(row, "tree"));
        }
    }
    return trees;
}

/** \returns the middle one of the capacities that are too small for \p tree; 0: none is. */
double
FindTightCapacity(const PlotRows& rows, const std::string& tree)
{
    std::set<double> capacities;
    for (std::size_t row = 0; row < rows.GetSize(); ++row)
    {
        if (!rows.IsUnlimited(row) && rows.Text(row, "tree") == tree &&
            rows.Capacity(row) < rows.Number(row, "demand_mfc_max"))
        {
            capacities.insert(rows.Capacity(row));
        }
    }
    return capacities.empty()
               ? 0
               : *std::next(capacities.begin(), static_cast<long>(capacities.size() / 2));
}

} // namespace

const std::vector<std::pair<double, std::string>>&
GetRealLimits()
{
    static const std::vector<std::pair<double, std::string>> limits = [] {
        std::vector<std::pair<double, std::string>> all;
        for (const Device& device : GetPlottedDevices())
        {
            all.emplace_back(static_cast<double>(*device.limit.sum), device.line);
        }
        return all;
    }();
    return limits;
}

PlotFigure
MakeTableOverflow(const PlotRows& rows)
{
    PlotFigure figure;
    figure.name = "table-overflow";
    const std::set<std::string> trees = FindLimitedTrees(rows);
    if (!IsMeasured(rows))
    {
        // What full tables do is for packets to say; what is needed, and what there is, is not.
        const CurveNames names(rows);
        PlotPanel panel = MakeDemandPanel(rows, names);
        std::set<double> capacities;
        for (std::size_t row = 0; row < rows.GetSize() && !trees.empty(); ++row)
        {
            rows.IsUnlimited(row) ? void() : void(capacities.insert(rows.Capacity(row)));
        }
        if (!capacities.empty())
        {
            panel.title = "rows that the fullest router needs, and those it has";
            panel.marks.clear();
        }
        for (const double capacity : capacities)
        {
            panel.marks.push_back({capacity, false, FormatDecimal(capacity) + " rows of capacity"});
        }
        figure.panels.push_back(panel);
        return figure;
    }
    const CurveNames policies = NamePolicies(rows);
    figure.columns = 3;
    for (const std::string& tree : trees)
    {
        PlotPanel panel = MakeLimitedPanel(rows, policies, tree, [&rows](std::size_t row) {
            const double expected = rows.Number(row, "delivered_lost") +
                                    rows.Number(row, "delivered_wanted") -
                                    rows.Number(row, "delivered_duplicates");
            return 100 * rows.Number(row, "delivered_lost") / expected;
        });
        panel.title = tree + ": lost";
        panel.yLabel = "wanted deliveries lost (%)";
        figure.panels.push_back(panel);
        panel = MakeLimitedPanel(rows, policies, tree, [&rows](std::size_t row) {
            return rows.Per(row, "delivered_unwanted", "bum_frames");
        });
        panel.title = tree + ": flooded in vain";
        panel.yLabel = "wasted deliveries per frame";
        figure.panels.push_back(panel);
        panel = MakeLimitedPanel(rows, policies, tree, [&rows](std::size_t row) {
            return rows.Number(row, "refused_rows") + rows.Number(row, "evicted_rows");
        });
        panel.title = tree + ": churn";
        panel.yLabel = "rows refused or evicted";
        panel.logY = true;
        figure.panels.push_back(panel);
    }
    return figure;
}

PlotFigure
MakeOverflowOverTime(const PlotRows& rows, const PlotRows& samples)
{
    PlotFigure figure;
    figure.name = "table-overflow-over-time";
    figure.pointScale = 0.5;
    figure.columns = 2;
    if (!IsMeasured(rows))
    {
        return figure;
    }
    const CurveNames names = NamePolicies(rows);
    for (const std::string& tree : FindLimitedTrees(rows))
    {
        const double capacity = FindTightCapacity(rows, tree);
        Curves curves(names);
        for (std::size_t row = 0; row < samples.GetSize(); ++row)
        {
            if (capacity > 0 && samples.Text(row, "tree") == tree && !samples.IsUnlimited(row) &&
                samples.Capacity(row) == capacity && samples.Text(row, "tier") == samples.AnyTier())
            {
                const double time = samples.Number(row, "time_s");
                curves.Add(samples.Text(row, "capacity_policy"),
                           names.VariantOf(samples, row),
                           time,
                           false,
                           time,
                           samples.Number(row, "overflow_drops"));
            }
        }
        PlotPanel panel;
        panel.title = tree + ", " + FormatDecimal(capacity) + " rows";
        panel.xLabel = "simulated time (s)";
        panel.yLabel = "packets lost so far, all routers";
        panel.series = curves.Get();
        for (PlotSeries& series : panel.series)
        {
            series.joined = true;
        }
        figure.panels.push_back(panel);
    }
    return figure;
}

} // namespace ns3
