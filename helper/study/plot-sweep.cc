// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plot-sweep.h"

#include "ns3/csv-writer.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace ns3
{

namespace
{

/** Sizes of real multicast tables, from vendors' documents. */
const std::vector<std::pair<double, std::string>> REAL_LIMITS = {{1000, "1,000"},
                                                                 {2000, "2,000"},
                                                                 {8192, "8,192"},
                                                                 {15000, "15,000"},
                                                                 {32000, "32,000"}};
/** The trees in the order of their colours. */
const std::vector<std::string> TREE_ORDER =
    {"rpt", "spt", "bidir", "ssm", "rpt-register", "head-end"};

/** The policies of full tables in the order of their colours. */
const std::vector<std::string> POLICY_ORDER = {"refuse", "punt", "evict", "fallback-star-g"};

/** Columns whose values tell curves apart, apart from the tree. */
const std::vector<std::string> VARIANT_COLUMNS =
    {"topology", "vnis", "members_per_vni", "placement", "senders", "mapping"};

/** A table's rows with their columns by name. */
class Rows
{
  public:
    Rows(const SweepRows& rows, const std::vector<std::string>& columns)
        : m_rows(rows)
    {
        for (std::size_t i = 0; i < columns.size(); ++i)
        {
            m_columns[columns[i]] = i;
        }
    }

    std::size_t GetSize() const
    {
        return m_rows.size();
    }

    const std::string& Text(std::size_t row, const std::string& column) const
    {
        return m_rows[row][m_columns.at(column)];
    }

    /** \returns the cell's number; not a number when it is empty. */
    double Number(std::size_t row, const std::string& column) const
    {
        const std::string& text = Text(row, column);
        return text.empty() ? std::numeric_limits<double>::quiet_NaN() : std::atof(text.c_str());
    }

    /** \returns the quotient of two cells. */
    double Per(std::size_t row, const std::string& column, const std::string& by) const
    {
        return Number(row, column) / Number(row, by);
    }

    /** \returns VNIs per group. */
    double Ratio(std::size_t row) const
    {
        return Per(row, "vnis", "groups");
    }

    std::set<std::string> Values(const std::string& column) const
    {
        std::set<std::string> values;
        for (std::size_t row = 0; row < GetSize(); ++row)
        {
            values.insert(Text(row, column));
        }
        return values;
    }

  private:
    const SweepRows& m_rows;
    std::map<std::string, std::size_t> m_columns;
};

/** An average over seeds, with its range. */
struct Average
{
    double sum{0};
    double low{std::numeric_limits<double>::infinity()};
    double high{-std::numeric_limits<double>::infinity()};
    uint32_t count{0};

    void Add(double value)
    {
        sum += value;
        low = std::min(low, value);
        high = std::max(high, value);
        ++count;
    }

    double Get() const
    {
        return sum / count;
    }
};

/** Tells curves by tree and by whatever else varies in the table, and names them. */
class CurveNames
{
  public:
    explicit CurveNames(const Rows& rows, std::vector<std::string> columns = VARIANT_COLUMNS)
    {
        for (const std::string& column : columns)
        {
            if (rows.Values(column).size() > 1)
            {
                m_columns.push_back(column);
            }
        }
        for (std::size_t row = 0; row < rows.GetSize(); ++row)
        {
            m_variants.emplace(VariantOf(rows, row), static_cast<uint32_t>(m_variants.size()));
        }
    }

    /** \returns what tells the row's curve from others of the same tree. */
    std::string VariantOf(const Rows& rows, std::size_t row) const
    {
        std::string variant;
        for (const std::string& column : m_columns)
        {
            const std::string& text = rows.Text(row, column);
            variant += ", " + (column == "vnis"              ? text + " VNIs"
                               : column == "members_per_vni" ? text + " members"
                               : column == "senders"         ? "senders " + text
                                                             : text);
        }
        return variant;
    }

    PlotSeries MakeSeries(const std::string& tree, const std::string& variant) const
    {
        PlotSeries series;
        series.title = tree + variant;
        series.dash = m_variants.at(variant);
        return series;
    }

  private:
    std::vector<std::string> m_columns;
    std::map<std::string, uint32_t> m_variants;
};

/** Curves in the making: values are averaged by curve and step. */
class Curves
{
  public:
    /** \param order the curves' colours, and which comes first */
    explicit Curves(const CurveNames& names, const std::vector<std::string>& order = TREE_ORDER)
        : m_names(names),
          m_order(order)
    {
    }

    /**
     * \param tree names the curve, with \p variant
     * \param step which values are averaged: the ratio, the time
     * \param model whether (\p x, \p y) is the model's
     */
    void Add(const std::string& tree,
             const std::string& variant,
             double step,
             bool model,
             double x,
             double y)
    {
        if (std::isfinite(x) && std::isfinite(y))
        {
            auto& [xs, ys] = m_curves[{OrderOf(tree), tree, variant}][model][step];
            xs.Add(x);
            ys.Add(y);
        }
    }

    /** \param label writes beside a point of the first curve; may be empty */
    std::vector<PlotSeries> Get(const std::function<std::string(double)>& label = nullptr) const
    {
        std::vector<PlotSeries> all;
        for (const auto& [key, byModel] : m_curves)
        {
            PlotSeries series = m_names.MakeSeries(std::get<1>(key), std::get<2>(key));
            series.color = static_cast<uint32_t>(std::get<0>(key));
            for (const auto& [model, steps] : byModel)
            {
                for (const auto& [step, xy] : steps)
                {
                    const bool labelled = label && all.empty();
                    (model ? series.line : series.points)
                        .push_back({xy.first.Get(),
                                    xy.second.Get(),
                                    xy.second.low,
                                    xy.second.high,
                                    labelled ? label(step) : ""});
                }
            }
            all.push_back(series);
        }
        return all;
    }

  private:
    std::size_t OrderOf(const std::string& tree) const
    {
        return static_cast<std::size_t>(std::find(m_order.begin(), m_order.end(), tree) -
                                        m_order.begin());
    }

    using Steps = std::map<double, std::pair<Average, Average>>;
    const CurveNames& m_names;
    const std::vector<std::string>& m_order;
    std::map<std::tuple<std::size_t, std::string, std::string>, std::map<bool, Steps>> m_curves;
};

bool
IsUnlimited(const Rows& rows, std::size_t row)
{
    return rows.Text(row, "capacity").empty();
}

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
    for (const auto& [limit, label] : REAL_LIMITS)
    {
        if (limit < most)
        {
            panel.marks.push_back({limit, false, label});
        }
    }
}

PlotFigure
MakeTableGrowth(const Rows& rows, const CurveNames& names)
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
                if (rows.Text(row, "tier") == tier && IsUnlimited(rows, row))
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

/** \returns the tier that stands for its point where all tiers' rows say the same. */
std::string
AnyTier(const Rows& rows)
{
    const std::set<std::string> tiers = rows.Values("tier");
    return tiers.empty() ? "" : *tiers.begin();
}

PlotFigure
MakeFloodingWaste(const Rows& rows, const CurveNames& names)
{
    const std::string tier = AnyTier(rows);
    Curves waste(names);
    Curves copies(names);
    for (std::size_t row = 0; row < rows.GetSize(); ++row)
    {
        if (rows.Text(row, "tier") != tier || !IsUnlimited(rows, row))
        {
            continue;
        }
        const std::string variant = names.VariantOf(rows, row);
        const std::string& tree = rows.Text(row, "tree");
        const std::string who = tree == "head-end" ? tree : "any multicast tree";
        const double x = rows.Ratio(row);
        const auto per = [&](const std::string& column) {
            return rows.Per(row, column, "bum_frames");
        };
        waste.Add(who, variant, x, false, x, per("delivered_unwanted"));
        waste.Add(who, variant, x, true, x, per("predicted_unwanted"));
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
MakeStateVersusWaste(const Rows& rows, const CurveNames& names)
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
            if (rows.Text(row, "tier") == tier && IsUnlimited(rows, row) &&
                rows.Text(row, "tree") != "head-end")
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

/** What the fullest router would hold, beside what real tables hold. */
PlotPanel
MakeDemandPanel(const Rows& rows, const CurveNames& names)
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
        if (IsUnlimited(rows, row))
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
    for (const auto& [limit, label] : REAL_LIMITS)
    {
        panel.marks.push_back({limit, false, label});
    }
    return panel;
}

/** What limited tables cost, for one tree: a curve per policy over the capacity. */
PlotPanel
MakeLimitedPanel(const Rows& rows,
                 const CurveNames& names,
                 const std::string& tree,
                 const std::function<double(std::size_t)>& value)
{
    Curves curves(names, POLICY_ORDER);
    double demand = 0;
    for (std::size_t row = 0; row < rows.GetSize(); ++row)
    {
        if (!IsUnlimited(rows, row) && rows.Text(row, "tree") == tree)
        {
            demand = std::max(demand, rows.Number(row, "demand_mfc_max"));
            const double capacity = rows.Number(row, "capacity");
            if (rows.Text(row, "tier") == AnyTier(rows))
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
    PlotPanel panel;
    panel.xLabel = "capacity of the forwarding cache (rows)";
    panel.x = PlotPanel::Axis::Decades;
    panel.series = curves.Get();
    for (PlotSeries& series : panel.series)
    {
        series.joined = true;
    }
    panel.marks.push_back({demand, true, "most that a router needs"});
    return panel;
}

PlotFigure
MakeTableOverflow(const Rows& rows)
{
    PlotFigure figure;
    figure.name = "table-overflow";
    std::vector<std::string> columns = VARIANT_COLUMNS;
    const CurveNames names(rows, columns);
    std::set<std::string> limitedTrees;
    for (std::size_t row = 0; row < rows.GetSize(); ++row)
    {
        if (!IsUnlimited(rows, row))
        {
            limitedTrees.insert(rows.Text(row, "tree"));
        }
    }
    if (limitedTrees.empty())
    {
        figure.panels.push_back(MakeDemandPanel(rows, names));
        return figure;
    }
    columns.push_back("groups");
    const CurveNames policies(rows, columns);
    figure.columns = 3;
    for (const std::string& tree : limitedTrees)
    {
        PlotPanel panel = MakeLimitedPanel(rows, policies, tree, [&rows](std::size_t row) {
            const double expected = rows.Number(row, "delivered_lost") +
                                    rows.Number(row, "delivered_wanted") -
                                    rows.Number(row, "delivered_duplicates");
            return 100 * rows.Number(row, "delivered_lost") / expected;
        });
        panel.title = tree + ": deliveries lost";
        panel.yLabel = "wanted deliveries lost (%)";
        figure.panels.push_back(panel);
        panel = MakeLimitedPanel(rows, policies, tree, [&rows](std::size_t row) {
            return rows.Per(row, "delivered_unwanted", "bum_frames");
        });
        panel.title = tree + ": deliveries wasted";
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
MakeGrowthOverTime(const Rows& rows, const Rows& samples, const CurveNames& names)
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
            if (samples.Text(row, "tier") == tier && IsUnlimited(samples, row) &&
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
            if (rows.Text(row, "tier") == tier && IsUnlimited(rows, row) &&
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
    const Rows rows(rowCells, GetSweepColumns());
    const Rows samples(sampleCells, GetGrowthColumns());
    const CurveNames names(rows);
    return {MakeTableGrowth(rows, names),
            MakeFloodingWaste(rows, names),
            MakeStateVersusWaste(rows, names),
            MakeTableOverflow(rows),
            MakeGrowthOverTime(rows, samples, names)};
}

} // namespace ns3
