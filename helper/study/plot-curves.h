// SPDX-License-Identifier: GPL-2.0-only
// From the rows of the study's tables to curves: rows by column name, averages over seeds, and what
// distinguishes curves.
#ifndef VXLAN_MULTICAST_PLOT_CURVES_H
#define VXLAN_MULTICAST_PLOT_CURVES_H

#include "ns3/plot-figure.h"
#include "ns3/sweep-point.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace ns3
{

/** A table's rows with their columns by name. */
class PlotRows
{
  public:
    /** \param rows outlive this object; without the header */
    PlotRows(const SweepRows& rows, const std::vector<std::string>& columns);

    std::size_t GetSize() const
    {
        return m_rows.size();
    }

    const std::string& Text(std::size_t row, const std::string& column) const
    {
        return m_rows[row][m_columns.at(column)];
    }

    /** \returns the cell's number; not a number when it is empty. */
    double Number(std::size_t row, const std::string& column) const;
    /** \returns the quotient of two cells. */
    double Per(std::size_t row, const std::string& column, const std::string& by) const;

    /** \returns VNIs per group. */
    double Ratio(std::size_t row) const
    {
        return Per(row, "vnis", "groups");
    }

    /** \returns whether the point's tables have no limit. */
    bool IsUnlimited(std::size_t row) const
    {
        return Text(row, "capacity").empty();
    }

    /** \returns the rows that a table holds: of the row's tier, or the least of any. */
    double Capacity(std::size_t row) const;
    /** \returns the different texts of a column. */
    std::set<std::string> Values(const std::string& column) const;
    /** \returns a tier, for columns that have the same value in all tiers' rows of a point. */
    std::string AnyTier() const;

  private:
    const SweepRows& m_rows;
    std::map<std::string, std::size_t> m_columns;
};

/** An average over seeds, with its range. */
class PlotAverage
{
  public:
    void Add(double value);

    double Get() const
    {
        return m_sum / m_count;
    }

    double GetLow() const
    {
        return m_low;
    }

    double GetHigh() const
    {
        return m_high;
    }

  private:
    double m_sum{0};
    double m_low{std::numeric_limits<double>::infinity()};
    double m_high{-std::numeric_limits<double>::infinity()};
    uint32_t m_count{0};
};

/** Columns whose values distinguish curves, besides the tree. */
const std::vector<std::string>& GetVariantColumns();

/** The trees in the order of their colours. */
const std::vector<std::string>& GetTreeOrder();

/** Names curves by a word, usually the tree, and by whatever else varies in the table. */
class CurveNames
{
  public:
    /**
     * \param words the column of the words
     * \param order the words in the order of their colours
     * \param columns what else may distinguish curves
     */
    CurveNames(const PlotRows& rows,
               const std::string& words = "tree",
               const std::vector<std::string>& order = GetTreeOrder(),
               const std::vector<std::string>& columns = GetVariantColumns());

    /** \returns what distinguishes the row's curve from others of the same word. */
    std::string VariantOf(const PlotRows& rows, std::size_t row) const;
    /** \returns where \p word comes among the curves. */
    std::size_t OrderOf(const std::string& word) const;
    /**
     * \returns a curve without points: words differ in colour, their variants in dashes and
     *          filling; where there is one word, variants differ in colour
     */
    PlotSeries MakeSeries(const std::string& word, const std::string& variant) const;

  private:
    std::vector<std::string> m_order;
    std::vector<std::string> m_columns;
    std::map<std::string, uint32_t> m_variants;
    bool m_oneWord;
};

/** Curves in the making: values are averaged by curve and step. */
class Curves
{
  public:
    /** \param names outlives this object */
    explicit Curves(const CurveNames& names);

    /**
     * \param word names the curve, with \p variant
     * \param step which values are averaged: the ratio, the time
     * \param model whether (\p x, \p y) is the model's
     */
    void Add(const std::string& word,
             const std::string& variant,
             double step,
             bool model,
             double x,
             double y);

    /** \param label the text beside a step of the lowest curve, where there is room; may be null */
    std::vector<PlotSeries> Get(const std::function<std::string(double)>& label = nullptr) const;

  private:
    using Steps = std::map<double, std::pair<PlotAverage, PlotAverage>>;

    const CurveNames& m_names;
    std::map<std::tuple<std::size_t, std::string, std::string>, std::map<bool, Steps>> m_curves;
};

} // namespace ns3

#endif
