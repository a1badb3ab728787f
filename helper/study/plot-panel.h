// SPDX-License-Identifier: GPL-2.0-only
// What a figure of lines and points shows. Plain data.
#ifndef VXLAN_MULTICAST_PLOT_PANEL_H
#define VXLAN_MULTICAST_PLOT_PANEL_H

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace ns3
{

/** A value with the range that it was averaged over. */
struct PlotPoint
{
    double x{0};
    double y{0};
    double low{0};
    double high{0};
    std::string label; //!< written beside the point; empty: nothing
};

/** One curve: the model's line and what was measured, in one colour. */
struct PlotSeries
{
    std::string title;  //!< in the legend, once for all panels that share it
    uint32_t color{0};  //!< number in the palette
    uint32_t dash{0};   //!< number of the line's pattern; 0 is solid
    bool joined{false}; //!< points are joined by a thin line, as a guide to the eye
    std::vector<PlotPoint> line;
    std::vector<PlotPoint> points;
};

/**
 * A thin line across a panel: a limit. A horizontal one has its name at the end, a vertical one in
 * the legend.
 */
struct PlotMark
{
    double at{0};
    bool vertical{false};
    std::string label;
};

/** A hatched part of a panel: what does not fit. What is not a number reaches to the border. */
struct PlotHatch
{
    double left;
    double right;
    double bottom;
    double top;
};

/** One pair of axes. */
struct PlotPanel
{
    std::string title;
    std::string xLabel; //!< with the unit
    std::string yLabel; //!< with the unit
    /** How x is laid out. */
    enum class Axis
    {
        Linear,   //!< as far as the data go
        FromZero, //!< from 0 on
        Doubling  //!< logarithmic, to base 2, with a tick at each x
    };
    Axis x{Axis::Linear};
    std::set<double> ticks;         //!< of Axis::Doubling, also where no curve has a point
    std::vector<std::string> names; //!< of Axis::Linear: words that stand for x = 0, 1, …
    bool logY{false};               //!< logarithmic: zeros are left out
    std::vector<PlotSeries> series;
    std::vector<PlotMark> marks;
    std::vector<PlotHatch> hatches;
};

/** Panels in rows above one legend, which covers no data. */
struct PlotFigure
{
    std::string name; //!< the files' name without extension
    uint32_t columns{1};
    double pointScale{1}; //!< size of the points
    std::string lineTitle{"graph model"};
    std::string pointTitle{"packets"};
    std::vector<PlotPanel> panels; //!< row by row
};

} // namespace ns3

#endif
