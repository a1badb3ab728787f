// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plot-curves.h"

#include "ns3/text.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace ns3
{

PlotRows::PlotRows(const SweepRows& rows, const std::vector<std::string>& columns)
    : m_rows(rows)
{
    for (std::size_t i = 0; i < columns.size(); ++i)
    {
        m_columns[columns[i]] = i;
    }
}

double
PlotRows::Number(std::size_t row, const std::string& column) const
{
    const std::string& text = Text(row, column);
    return text.empty() ? std::numeric_limits<double>::quiet_NaN() : std::atof(text.c_str());
}

double
PlotRows::Per(std::size_t row, const std::string& column, const std::string& by) const
{
    return Number(row, column) / Number(row, by);
}

double
PlotRows::Capacity(std::size_t row) const
{
    double least = std::numeric_limits<double>::quiet_NaN();
    for (const std::string& part : SplitAt(Text(row, "capacity"), ','))
    {
        const std::size_t colon = part.find(':');
        const bool own = colon != std::string::npos && part.substr(0, colon) == Text(row, "tier");
        for (const std::string& word : SplitWords(part, ":="))
        {
            const auto number = ParseReal(word);
            if (number && own)
            {
                return *number;
            }
            least = number && !(*number > least) ? *number : least;
        }
    }
    return least;
}

std::set<std::string>
PlotRows::Values(const std::string& column) const
{
    std::set<std::string> values;
    for (std::size_t row = 0; row < GetSize(); ++row)
    {
        values.insert(Text(row, column));
    }
    return values;
}

std::string
PlotRows::AnyTier() const
{
    const std::set<std::string> tiers = Values("tier");
    return tiers.empty() ? "" : *tiers.begin();
}

void
PlotAverage::Add(double value)
{
    m_sum += value;
    m_low = std::min(m_low, value);
    m_high = std::max(m_high, value);
    ++m_count;
}

const std::vector<std::string>&
GetVariantColumns()
{
    static const std::vector<std::string> columns = {
        "topology", "vnis", "members_per_vni", "placement", "senders", "mapping"};
    return columns;
}

const std::vector<std::string>&
GetTreeOrder()
{
    static const std::vector<std::string> order = [] {
        std::vector<std::string> names;
        for (TreePolicy tree : {TreePolicy::Rpt,
                                TreePolicy::Spt,
                                TreePolicy::Bidir,
                                TreePolicy::Ssm,
                                TreePolicy::RptRegister,
                                TreePolicy::HeadEnd})
        {
            names.push_back(EnumName(tree));
        }
        return names;
    }();
    return order;
}

CurveNames::CurveNames(const PlotRows& rows,
                       const std::string& words,
                       const std::vector<std::string>& order,
                       const std::vector<std::string>& columns)
    : m_order(order),
      m_oneWord(rows.Values(words).size() == 1)
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

std::string
CurveNames::VariantOf(const PlotRows& rows, std::size_t row) const
{
    std::string variant;
    for (const std::string& column : m_columns)
    {
        const std::string& text = rows.Text(row, column);
        variant += ", " + (column == "vnis"              ? text + " VNIs"
                           : column == "members_per_vni" ? text + " members"
                           : column == "senders"         ? "senders " + text
                           : column == "groups"          ? text + " groups"
                                                         : text);
    }
    return variant;
}

std::size_t
CurveNames::OrderOf(const std::string& word) const
{
    return static_cast<std::size_t>(std::find(m_order.begin(), m_order.end(), word) -
                                    m_order.begin());
}

PlotSeries
CurveNames::MakeSeries(const std::string& word, const std::string& variant) const
{
    PlotSeries series;
    series.title = word + variant;
    const uint32_t number = m_variants.at(variant);
    const bool oneCurveEach = m_oneWord && m_variants.size() > 1;
    series.color = oneCurveEach ? number : static_cast<uint32_t>(OrderOf(word));
    series.dash = oneCurveEach ? 0 : number;
    return series;
}

Curves::Curves(const CurveNames& names)
    : m_names(names)
{
}

void
Curves::Add(const std::string& word,
            const std::string& variant,
            double step,
            bool model,
            double x,
            double y)
{
    if (std::isfinite(x) && std::isfinite(y))
    {
        auto& [xs, ys] = m_curves[{m_names.OrderOf(word), word, variant}][model][step];
        xs.Add(x);
        ys.Add(y);
    }
}

namespace
{

/** \returns the points that labels are written beside. */
template <typename Series>
auto&
LabelledPoints(Series& series)
{
    return series.points.empty() ? series.line : series.points;
}

/** How far apart two points are drawn, as parts of the axes: x linear, y logarithmic. */
class PlotDistance
{
  public:
    explicit PlotDistance(const std::vector<PlotSeries>& all)
    {
        for (const PlotSeries& series : all)
        {
            for (const PlotPoint& point : LabelledPoints(series))
            {
                m_width = std::max(m_width, point.x);
                m_low = std::min(m_low, Height(point));
                m_high = std::max(m_high, Height(point));
            }
        }
    }

    bool HasRoom(const PlotPoint& a, const PlotPoint& b) const
    {
        return std::abs(a.x - b.x) > 0.07 * m_width ||
               std::abs(Height(a) - Height(b)) > 0.06 * (m_high - m_low);
    }

  private:
    static double Height(const PlotPoint& point)
    {
        return std::log(std::max(point.y, 1e-9));
    }

    double m_width{0};
    double m_low{std::numeric_limits<double>::infinity()};
    double m_high{-std::numeric_limits<double>::infinity()};
};

/**
 * Leaves labels only at the series with the lowest first point, and there only where they have
 * room.
 */
void
ThinLabels(std::vector<PlotSeries>& all)
{
    const PlotSeries* lowest = nullptr;
    const auto first = [](const PlotSeries& series) { return LabelledPoints(series).front().y; };
    for (const PlotSeries& series : all)
    {
        lowest = lowest == nullptr || first(series) < first(*lowest) ? &series : lowest;
    }
    const PlotDistance distance(all);
    for (PlotSeries& series : all)
    {
        const PlotPoint* last = nullptr;
        for (PlotPoint& point : LabelledPoints(series))
        {
            if (&series == lowest && (last == nullptr || distance.HasRoom(*last, point)))
            {
                last = &point;
            }
            else
            {
                point.label.clear();
            }
        }
    }
}

} // namespace

std::vector<PlotSeries>
Curves::Get(const std::function<std::string(double)>& label) const
{
    std::vector<PlotSeries> all;
    for (const auto& [key, byModel] : m_curves)
    {
        PlotSeries series = m_names.MakeSeries(std::get<1>(key), std::get<2>(key));
        for (const auto& [model, steps] : byModel)
        {
            for (const auto& [step, xy] : steps)
            {
                (model ? series.line : series.points)
                    .push_back({xy.first.Get(),
                                xy.second.Get(),
                                xy.second.GetLow(),
                                xy.second.GetHigh(),
                                ""});
            }
        }
        if (label)
        {
            const Steps& steps = byModel.begin()->second;
            auto point = LabelledPoints(series).begin();
            for (const auto& [step, xy] : steps)
            {
                (point++)->label = label(step);
            }
        }
        all.push_back(std::move(series));
    }
    if (label)
    {
        ThinLabels(all);
    }
    return all;
}

} // namespace ns3
