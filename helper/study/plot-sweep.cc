// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plot-sweep.h"

#include "ns3/number-format.h"
#include "ns3/plot-control.h"
#include "ns3/plot-curves.h"
#include "ns3/plot-overflow.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>
#include <utility>

namespace ns3
{

namespace
{

/** Marks of those real limits that the panel's data reach. */
void
MarkLimits(PlotPanel& panel)
{
    double most = 0;
    for (const PlotSeries& series : panel.series)
    {
        for (const auto* points : {&series.line, &series.points})
        {
            for (const PlotPoint& point : *points)
            {
                most = std::max(most, point.y);
            }
        }
    }
    for (const auto& [limit, label] : GetRealLimits())
    {
        if (limit < most)
        {
            panel.marks.push_back({limit, false, label});
        }
    }
}

PlotFigure
MakeTableGrowth(const PlotRows& rows, const CurveNames& names)
{
    struct Metric
    {
        std::string title;
        std::string column;
        bool limits;
    };

    const std::vector<Metric> metrics = {{"(*,G) entries", "star_g_mean", false},
                                         {"(S,G) entries", "sg_mean", false},
                                         {"forwarding-cache rows", "mfc_mean", true}};
    PlotFigure figure;
    figure.name = "multicast-table-growth";
    figure.columns = static_cast<uint32_t>(metrics.size());
    for (const std::string& tier : rows.Values("tier"))
    {
        for (const Metric& metric : metrics)
        {
            Curves curves(names);
            for (std::size_t row = 0; row < rows.GetSize(); ++row)
            {
                if (rows.Text(row, "tier") == tier && rows.IsUnlimited(row))
                {
                    const std::string variant = names.VariantOf(rows, row);
                    const std::string& tree = rows.Text(row, "tree");
                    const double ratio = rows.Ratio(row);
                    curves.Add(tree, variant, ratio, false, ratio, rows.Number(row, metric.column));
                    curves.Add(tree,
                               variant,
                               ratio,
                               true,
                               ratio,
                               rows.Number(row, "predicted_" + metric.column));
                }
            }
            PlotPanel panel;
            panel.title = tier + ": " + metric.title;
            panel.xLabel = "VNIs per group";
            panel.yLabel = "entries per router, mean";
            panel.x = PlotPanel::Axis::Doubling;
            panel.logY = true;
            panel.series = curves.Get();
            if (metric.limits)
            {
                MarkLimits(panel);
            }
            figure.panels.push_back(panel);
        }
    }
    return figure;
}

PlotFigure
MakeFloodingWaste(const PlotRows& rows, const CurveNames& names)
{
    const std::string tier = rows.AnyTier();
    Curves waste(names);
    Curves copies(names);
    for (std::size_t row = 0; row < rows.GetSize(); ++row)
    {
        if (rows.Text(row, "tier") != tier || !rows.IsUnlimited(row))
        {
            continue;
        }
        const std::string variant = names.VariantOf(rows, row);
        const std::string& tree = rows.Text(row, "tree");
        const double x = rows.Ratio(row);
        const auto per = [&](const std::string& column) {
            return rows.Per(row, column, "bum_frames");
        };
        waste.Add(tree, variant, x, false, x, per("delivered_unwanted"));
        waste.Add(tree, variant, x, true, x, per("predicted_unwanted"));
        copies.Add(tree, variant, x, false, x, per("copies_on_links"));
        copies.Add(tree, variant, x, true, x, per("predicted_copies"));
    }
    PlotFigure figure;
    figure.name = "flooding-waste";
    figure.columns = 2;
    PlotPanel panel;
    panel.xLabel = "VNIs per group";
    panel.x = PlotPanel::Axis::Doubling;
    panel.title = "deliveries to VTEPs without the VNI";
    panel.yLabel = "wasted deliveries per frame";
    panel.series = waste.Get();
    figure.panels.push_back(panel);
    panel.title = "load on links";
    panel.yLabel = "copies on links per frame";
    panel.series = copies.Get();
    figure.panels.push_back(panel);
    return figure;
}

PlotFigure
MakeStateVersusWaste(const PlotRows& rows, const CurveNames& names)
{
    PlotFigure figure;
    figure.name = "state-versus-waste";
    const std::set<std::string> tiers = rows.Values("tier");
    figure.columns = std::max(1u, static_cast<uint32_t>(std::min<std::size_t>(tiers.size(), 3)));
    for (const std::string& tier : tiers)
    {
        Curves curves(names);
        for (std::size_t row = 0; row < rows.GetSize(); ++row)
        {
            if (rows.Text(row, "tier") == tier && rows.IsUnlimited(row) &&
                rows.Text(row, "tree") != EnumName(TreePolicy::HeadEnd))
            {
                const std::string variant = names.VariantOf(rows, row);
                const std::string& tree = rows.Text(row, "tree");
                const double ratio = rows.Ratio(row);
                curves.Add(tree,
                           variant,
                           ratio,
                           false,
                           rows.Per(row, "delivered_unwanted", "bum_frames"),
                           rows.Number(row, "mfc_mean"));
                curves.Add(tree,
                           variant,
                           ratio,
                           true,
                           rows.Per(row, "predicted_unwanted", "bum_frames"),
                           rows.Number(row, "predicted_mfc_mean"));
            }
        }
        PlotPanel panel;
        panel.title = tier + " (numbers: VNIs per group)";
        panel.x = PlotPanel::Axis::FromZero;
        panel.xLabel = "wasted deliveries per frame";
        panel.yLabel = "rows per router, mean";
        panel.logY = true;
        panel.series = curves.Get([](double ratio) { return FormatDecimal(ratio, 1); });
        figure.panels.push_back(panel);
    }
    return figure;
}

PlotFigure
MakeGrowthOverTime(const PlotRows& rows, const PlotRows& samples, const CurveNames& names)
{
    PlotFigure figure;
    figure.name = "table-growth-over-time";
    figure.lineTitle = "graph model, at rest";
    figure.pointScale = 0.5;
    figure.columns = 2;
    std::set<double> ratios;
    for (std::size_t row = 0; row < samples.GetSize(); ++row)
    {
        ratios.insert(samples.Ratio(row));
    }
    const double chosen =
        ratios.empty() ? 0 : *std::next(ratios.begin(), static_cast<long>(ratios.size() / 2));
    for (const std::string& tier : rows.Values("tier"))
    {
        Curves curves(names);
        double first = std::numeric_limits<double>::infinity();
        double last = 0;
        for (std::size_t row = 0; row < samples.GetSize(); ++row)
        {
            if (samples.Text(row, "tier") == tier && samples.IsUnlimited(row) &&
                samples.Ratio(row) == chosen)
            {
                const double time = samples.Number(row, "time_s");
                first = std::min(first, time);
                last = std::max(last, time);
                curves.Add(samples.Text(row, "tree"),
                           names.VariantOf(samples, row),
                           time,
                           false,
                           time,
                           samples.Number(row, "mfc_mean"));
            }
        }
        for (std::size_t row = 0; row < rows.GetSize() && last > 0; ++row)
        {
            if (rows.Text(row, "tier") == tier && rows.IsUnlimited(row) &&
                rows.Ratio(row) == chosen)
            {
                for (double time : {first, last})
                {
                    curves.Add(rows.Text(row, "tree"),
                               names.VariantOf(rows, row),
                               time,
                               true,
                               time,
                               rows.Number(row, "predicted_mfc_mean"));
                }
            }
        }
        PlotPanel panel;
        panel.title = tier + ": forwarding cache, " + FormatDecimal(chosen, 1) + " VNIs per group";
        panel.xLabel = "simulated time (s)";
        panel.yLabel = "rows per router, mean";
        panel.series = curves.Get();
        figure.panels.push_back(panel);
    }
    return figure;
}

} // namespace

std::vector<PlotFigure>
MakeSweepFigures(const SweepRows& rowCells, const SweepRows& sampleCells)
{
    const PlotRows rows(rowCells, GetSweepColumns());
    if (HasControlPlanes(rows))
    {
        return MakeControlFigures(rows);
    }
    const PlotRows samples(sampleCells, GetGrowthColumns());
    const CurveNames names(rows);
    std::vector<PlotFigure> figures = {MakeTableGrowth(rows, names),
                                       MakeFloodingWaste(rows, names),
                                       MakeStateVersusWaste(rows, names),
                                       MakeTableOverflow(rows)};
    if (samples.GetSize() != 0) // the model knows no time
    {
        figures.push_back(MakeGrowthOverTime(rows, samples, names));
    }
    PlotFigure overflow = MakeOverflowOverTime(rows, samples);
    if (!overflow.panels.empty())
    {
        figures.push_back(std::move(overflow));
    }
    return figures;
}

const std::vector<std::string>&
GetSweepFigureNames()
{
    static const std::vector<std::string> names = {"multicast-table-growth",
                                                   "flooding-waste",
                                                   "state-versus-waste",
                                                   "table-overflow",
                                                   "table-growth-over-time",
                                                   "table-overflow-over-time",
                                                   "control-planes-tenants",
                                                   "control-planes-members",
                                                   "control-planes-vteps"};
    return names;
}

} // namespace ns3
