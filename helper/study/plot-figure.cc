// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plot-figure.h"

#include "ns3/atomic-file.h"
#include "ns3/figure-folder.h"
#include "ns3/number-format.h"
#include "ns3/plot-overlap.h"
#include "ns3/text.h"

#include <gnuplot-iostream.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <set>
#include <sstream>

namespace ns3
{

namespace
{

/** Okabe and Ito's palette: distinguishable with any colour vision, and in grey. */
const std::vector<std::string> PALETTE =
    {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"};
/** gnuplot's filled shapes, one per colour, so that nothing hangs on colour alone. */
const std::vector<int> SHAPES = {7, 5, 9, 13, 11, 15, 3};
/** The same shapes, open, for every other variant of a colour. */
const std::vector<int> OPEN_SHAPES = {6, 4, 8, 12, 10, 14, 1};
const std::string MARK_STYLE = "lc rgb '#777777' lw 1 dt 2";

/** In the legend, where curves lie on one another. */
const std::string OVERLAP_TITLE = "colours in turn: one curve on another";

/** Between the clauses of one `plot`. */
const std::string CLAUSE_SEPARATOR = ", \\\n     ";

constexpr double PANEL_WIDTH = 400;
constexpr double FIGURE_WIDTH = 900; //!< the least, shared by the panels
constexpr double PANEL_HEIGHT = 320;
constexpr double LEGEND_ROW = 24;
constexpr double LEGEND_SAMPLE = 75; //!< beside the text of an entry
constexpr double LEGEND_LETTER = 7.5;

/** \returns \p text as a gnuplot string. */
std::string
Quote(const std::string& text)
{
    std::string quoted = "'";
    for (char c : text)
    {
        quoted += c == '\'' ? "''" : std::string(1, c);
    }
    return quoted + "'";
}

std::string
ColorOf(const PlotSeries& series)
{
    return "lc rgb '" + PALETTE[series.color % PALETTE.size()] + "' ";
}

/** \returns how much larger a series is drawn, so that those on top of it do not hide it. */
double
ScaleOf(const PlotSeries& series)
{
    return std::max(0.0, 3.0 - series.color);
}

/** \returns the line style of a series. */
std::string
LineStyle(const PlotSeries& series)
{
    return ColorOf(series) + "lw " + FormatDecimal(1.4 + 0.6 * ScaleOf(series), 2) + " dt " +
           std::to_string(series.dash % 5 + 1);
}

/** \returns the line style of a series that lies on others. */
std::string
OverlapStyle(const PlotSeries& series, const PlotOverlap& overlap)
{
    return ColorOf(series) + "lw 2.6 dt " + GetOverlapDashes(overlap);
}

/** \returns the point style of a series. */
std::string
PointStyle(const PlotSeries& series, double scale = 1)
{
    const std::vector<int>& shapes = series.dash % 2 == 0 ? SHAPES : OPEN_SHAPES;
    return ColorOf(series) + "lw 1.2 pt " + std::to_string(shapes[series.color % shapes.size()]) +
           " ps " + FormatDecimal(scale * (0.7 + 0.22 * ScaleOf(series)), 2);
}

bool
IsShown(const PlotPanel& panel, const PlotPoint& point)
{
    return std::isfinite(point.y) && (!panel.logY || point.y > 0) &&
           (point.x > 0 || panel.x == PlotPanel::Axis::Linear ||
            panel.x == PlotPanel::Axis::FromZero);
}

/** The data file: blocks of `x y low high label`, and the `plot` clauses that use them. */
class FigureData
{
  public:
    explicit FigureData(std::string file)
        : m_file(std::move(file))
    {
    }

    /** Adds a block. \returns its `plot` source, or empty if no point can be shown. */
    std::string Add(const PlotPanel& panel,
                    const std::string& title,
                    const std::vector<PlotPoint>& points)
    {
        std::ostringstream rows;
        for (const PlotPoint& point : points)
        {
            if (IsShown(panel, point))
            {
                rows << FormatDecimal(point.x) << ' ' << FormatDecimal(point.y) << ' '
                     << FormatDecimal(panel.logY && point.low <= 0 ? point.y : point.low) << ' '
                     << FormatDecimal(point.high) << " \"" << point.label << "\"\n";
            }
        }
        if (rows.str().empty())
        {
            return "";
        }
        m_text << (m_blocks == 0 ? "" : "\n\n") << "# " << panel.title << " | " << title << "\n# "
               << panel.xLabel << " | " << panel.yLabel << " | lowest | highest | label\n"
               << rows.str();
        return Quote(m_file) + " index " + std::to_string(m_blocks++);
    }

    std::string GetText() const
    {
        return m_text.str();
    }

  private:
    std::string m_file;
    int m_blocks{0};
    std::ostringstream m_text;
};

bool
HasLabels(const std::vector<PlotPoint>& points)
{
    return std::any_of(
        points.begin(), points.end(), [](const PlotPoint& point) { return !point.label.empty(); });
}

/** \returns the values on one axis of all that is shown. */
std::set<double>
ValuesOf(const PlotPanel& panel, double PlotPoint::*value)
{
    std::set<double> values;
    for (const PlotSeries& series : panel.series)
    {
        for (const auto* points : {&series.line, &series.points})
        {
            for (const PlotPoint& point : *points)
            {
                if (IsShown(panel, point))
                {
                    values.insert(point.*value);
                }
            }
        }
    }
    return values;
}

/** \returns the x left of which a label has no room between its point and the axis. */
double
LeftBorder(const PlotPanel& panel)
{
    constexpr double ROOM = 0.12; // of the width
    const std::set<double> xs = ValuesOf(panel, &PlotPoint::x);
    return xs.empty() ? 0 : *xs.begin() + ROOM * (*xs.rbegin() - *xs.begin());
}

bool
HasRanges(const std::vector<PlotPoint>& points)
{
    return std::any_of(points.begin(), points.end(), [](const PlotPoint& point) {
        return point.high > point.low;
    });
}

/**
 * Adds clauses with the labels of \p points, read from \p source: left of their points, but right of
 * those left of \p border, at the axis. Where no point is on a side gnuplot 5.4 may crash.
 */
void
AddLabels(std::vector<std::string>& clauses,
          const std::vector<PlotPoint>& points,
          const std::string& source,
          double border)
{
    for (const bool isAtAxis : {false, true})
    {
        if (std::any_of(points.begin(), points.end(), [&](const PlotPoint& point) {
                return (point.x < border) == isAtAxis;
            }))
        {
            clauses.push_back(
                source + " using ($1" + (isAtAxis ? "<" : ">=") + FormatDecimal(border) +
                "?$1:NaN):2:5 with labels " +
                (isAtAxis ? "left font ',9' offset 0.6,-0.9" : "right font ',9' offset -0.5,-0.5") +
                " tc rgb '#444444' notitle");
        }
    }
}

/** \returns the `plot` clauses of a panel. */
std::vector<std::string>
PlotClauses(const PlotPanel& panel, double pointScale, FigureData& data)
{
    std::vector<std::string> clauses;
    const std::vector<std::optional<PlotOverlap>> overlaps = FindOverlaps(panel);
    for (const PlotMark& mark : panel.marks)
    {
        if (!mark.vertical && !panel.series.empty())
        {
            // As a curve it belongs to the range of the axis.
            clauses.push_back(FormatDecimal(mark.at) + " with lines " + MARK_STYLE + " notitle");
        }
    }
    for (std::size_t i = 0; i < panel.series.size(); ++i)
    {
        const PlotSeries& series = panel.series[i];
        const std::string line = data.Add(panel, series.title + ", line", series.line);
        if (!line.empty())
        {
            clauses.push_back(
                line + " using 1:2 with lines " +
                (overlaps[i] ? OverlapStyle(series, *overlaps[i]) : LineStyle(series)) +
                " notitle");
        }
        const std::string points = data.Add(panel, series.title + ", points", series.points);
        if (!points.empty())
        {
            if (HasRanges(series.points))
            {
                clauses.push_back(points + " using 1:2:3:4 with yerrorbars " +
                                  PointStyle(series, pointScale) + " notitle");
            }
            if (series.joined)
            {
                clauses.push_back(points + " using 1:2 with lines " + ColorOf(series) +
                                  "lw 0.8 dt 3 notitle");
            }
            clauses.push_back(points + " using 1:2 with points " + PointStyle(series, pointScale) +
                              " notitle");
        }
        const auto& labelled = HasLabels(series.points) ? series.points : series.line;
        const std::string& source = HasLabels(series.points) ? points : line;
        if (HasLabels(labelled) && !source.empty())
        {
            AddLabels(clauses, labelled, source, LeftBorder(panel));
        }
    }
    return clauses;
}

/** \returns the ticks of an axis that has one at each of \p values. */
std::string
TicksOf(const std::set<double>& values)
{
    std::vector<std::string> ticks;
    ticks.reserve(values.size());
    for (double value : values)
    {
        ticks.push_back(FormatDecimal(value, 2));
    }
    return "(" + JoinWords(ticks) + ")";
}

/** \returns the range of an axis on which all data have one value, else empty. */
std::string
SingleValueRange(const std::set<double>& values)
{
    if (values.size() != 1 || *values.begin() <= 0)
    {
        return "";
    }
    const double only = *values.begin();
    return "[" + FormatDecimal(only / 2) + ":" + FormatDecimal(only * 2) + "]";
}

/** \returns whether the name of a horizontal mark is too long for the margin. */
bool
IsLongName(const PlotMark& mark)
{
    constexpr std::size_t MARGIN_LETTERS = 8;
    return mark.label.size() > MARGIN_LETTERS;
}

void
WriteMarks(std::ostream& os, const PlotPanel& panel)
{
    bool isAtEnd = false; // names of neighbouring lines stand at different places
    for (const PlotMark& mark : panel.marks)
    {
        const std::string at = FormatDecimal(mark.at);
        isAtEnd = !isAtEnd;
        if (mark.vertical)
        {
            os << "set arrow from first " << at << ", graph 0 to first " << at
               << ", graph 1 nohead " << MARK_STYLE << " back\n";
        }
        else
        {
            // A long name stands on its line, a number beside it.
            os << "set label " << Quote(mark.label)
               << (!IsLongName(mark) ? " at graph 1.01, first "
                   : isAtEnd         ? " at graph 0.995, first "
                                     : " at graph 0.6, first ")
               << at << (IsLongName(mark) ? " right offset 0,0.5" : " left")
               << " font ',9' tc rgb '#777777'\n";
        }
    }
}

/** \returns a corner's coordinates; what is not a number is at the border \p edge. */
std::string
CornerOf(double x, double y, const char* edge)
{
    const auto place = [edge](double value) {
        return std::isnan(value) ? std::string("graph ") + edge : "first " + FormatDecimal(value);
    };
    return place(x) + ", " + place(y);
}

void
WriteHatches(std::ostream& os, const PlotPanel& panel)
{
    for (const PlotHatch& hatch : panel.hatches)
    {
        os << "set object rectangle from " << CornerOf(hatch.left, hatch.bottom, "0") << " to "
           << CornerOf(hatch.right, hatch.top, "1")
           << " behind fs pattern 4 noborder fc rgb '#dd9999'\n";
    }
}

/** Ticks at each value of a logarithmic axis: smaller where there are many. */
void
WriteDoubling(std::ostream& os, const PlotPanel& panel, std::set<double> xs)
{
    xs.insert(panel.ticks.begin(), panel.ticks.end());
    os << "set logscale x 2\nset xtics " << TicksOf(xs)
       << (xs.size() > 8 ? " font ',9'\n" : " font ',11'\n");
    if (panel.ticks.size() > 1)
    {
        os << "set xrange [" << FormatDecimal(*xs.begin() / 1.15) << ":"
           << FormatDecimal(*xs.rbegin() * 1.15) << "]\n";
    }
}

/** Words in place of numbers under the axis. */
void
WriteNames(std::ostream& os, const std::vector<std::string>& names)
{
    os << "set xtics rotate by 35 right font ',9' (";
    for (std::size_t i = 0; i < names.size(); ++i)
    {
        os << (i == 0 ? "" : ", ") << Quote(names[i]) << " " << i;
    }
    os << ")\nset xrange [-0.5:" << FormatDecimal(static_cast<double>(names.size()) - 0.5) << "]\n";
}

/** Lays out the axis of the heights. */
void
WriteHeights(std::ostream& os, const PlotPanel& panel)
{
    os << (panel.logY ? "set logscale y 10\n" : "set yrange [0:*]\n");
    std::set<double> ys = ValuesOf(panel, &PlotPoint::y);
    if (!panel.logY || ys.empty())
    {
        return;
    }
    const std::string only = SingleValueRange(ys);
    const bool hasLabels =
        std::any_of(panel.series.begin(), panel.series.end(), [](const PlotSeries& series) {
            return HasLabels(series.points) || HasLabels(series.line);
        });
    const bool hasNames =
        std::any_of(panel.marks.begin(), panel.marks.end(), [](const PlotMark& mark) {
            return !mark.vertical && IsLongName(mark);
        });
    if (hasNames)
    {
        // Room for the name of the highest line.
        for (const PlotMark& mark : panel.marks)
        {
            mark.vertical ? void() : void(ys.insert(mark.at));
        }
        os << "set yrange [*:" << FormatDecimal(2 * *ys.rbegin()) << "]\n";
    }
    else if (!only.empty() && panel.marks.empty())
    {
        os << "set yrange " << only << "\n";
    }
    else if (hasLabels)
    {
        // Room for the label of the lowest point.
        os << "set yrange [" << FormatDecimal(*ys.begin() / 3) << ":*]\n";
    }
}

void
WritePanel(std::ostream& os, const PlotPanel& panel, double pointScale, FigureData& data)
{
    os << "set title " << Quote(panel.title) << "\nset xlabel " << Quote(panel.xLabel)
       << "\nset ylabel " << Quote(panel.yLabel) << "\nunset logscale\nunset label\nunset arrow\n"
       << "set autoscale\nset format '%.10g'\nset xtics auto font ',11'\nset offsets "
       << (panel.x == PlotPanel::Axis::FromZero ? "0" : "graph 0.04") << ", graph 0.04, "
       << (panel.logY ? "0, 0\n" : "graph 0.06, 0\n");
    const std::set<double> xs = ValuesOf(panel, &PlotPoint::x);
    switch (panel.x)
    {
    case PlotPanel::Axis::Linear:
        break;
    case PlotPanel::Axis::FromZero:
        // A little below, so that points at 0 do not lie on the axis.
        os << (xs.empty() || *xs.rbegin() == 0
                   ? "set xrange [-0.03:1]\n"
                   : "set xrange [" + FormatDecimal(-0.03 * *xs.rbegin()) + ":*]\n");
        break;
    case PlotPanel::Axis::Doubling:
        WriteDoubling(os, panel, xs);
        break;
    }
    const std::string only = SingleValueRange(xs);
    if (!only.empty())
    {
        os << "set xrange " << only << "\n";
    }
    if (!panel.names.empty())
    {
        WriteNames(os, panel.names);
    }
    WriteHeights(os, panel);
    WriteMarks(os, panel);
    if (!panel.hatches.empty())
    {
        WriteHatches(os, panel);
    }
    const std::vector<std::string> clauses = PlotClauses(panel, pointScale, data);
    if (clauses.empty())
    {
        os << "unset logscale\nset xtics auto\nset xrange [0:1]\nset yrange [0:1]\n"
           << "set label 'no data' at graph 0.5, graph 0.5 center\nplot NaN notitle\n";
        return;
    }
    os << "plot " << JoinWords(clauses, CLAUSE_SEPARATOR);
    os << (panel.hatches.empty() ? "\n" : "\nunset object\n");
    os << (panel.names.empty() ? "" : "set xtics norotate autojustify\n");
}

/** \returns whether curves of a panel lie on one another. */
bool
HasOverlaps(const PlotFigure& figure)
{
    return std::any_of(figure.panels.begin(), figure.panels.end(), [](const PlotPanel& panel) {
        const auto overlaps = FindOverlaps(panel);
        return std::any_of(overlaps.begin(), overlaps.end(), [](const auto& overlap) {
            return overlap.has_value();
        });
    });
}

/** \returns the legend's clauses: each curve once, then what lines and points are. */
std::vector<std::string>
LegendClauses(const PlotFigure& figure)
{
    std::vector<std::string> clauses;
    std::set<std::string> titles;
    bool lines = false;
    bool points = false;
    for (const PlotPanel& panel : figure.panels)
    {
        for (const PlotSeries& series : panel.series)
        {
            const auto isShown = [&](const PlotPoint& point) { return IsShown(panel, point); };
            const bool hasLine = std::any_of(series.line.begin(), series.line.end(), isShown);
            const bool hasPoints = std::any_of(series.points.begin(), series.points.end(), isShown);
            lines = lines || hasLine;
            points = points || hasPoints;
            if (titles.insert(series.title).second)
            {
                const std::string style =
                    !hasLine && hasPoints ? " with points " + PointStyle(series)
                    : !hasPoints          ? " with lines " + LineStyle(series)
                                          : " with linespoints " + LineStyle(series) +
                                       PointStyle(series).substr(PointStyle(series).find(" pt "));
                clauses.push_back("NaN" + style + " title " + Quote(series.title));
            }
        }
    }
    for (const PlotPanel& panel : figure.panels)
    {
        for (const PlotMark& mark : panel.marks)
        {
            if (mark.vertical && titles.insert(mark.label).second)
            {
                clauses.push_back("NaN with lines " + MARK_STYLE + " title " + Quote(mark.label));
            }
        }
    }
    if (HasOverlaps(figure))
    {
        clauses.push_back("NaN with lines lc rgb '#777777' lw 2.6 dt (8,16) title " +
                          Quote(OVERLAP_TITLE));
    }
    if (lines && points)
    {
        clauses.push_back("NaN with lines lc rgb '#777777' lw 1.6 title " +
                          Quote("line: " + figure.lineTitle));
        clauses.push_back("NaN with points lc rgb '#777777' pt 6 ps 0.9 title " +
                          Quote("points: " + figure.pointTitle));
    }
    return clauses;
}

/** \returns the width that the longest legend entry takes. */
double
EntryWidth(const PlotFigure& figure)
{
    std::size_t letters = std::max(figure.lineTitle.size() + 6, figure.pointTitle.size() + 8);
    letters = std::max(letters, HasOverlaps(figure) ? OVERLAP_TITLE.size() : 0);
    for (const PlotPanel& panel : figure.panels)
    {
        for (const PlotSeries& series : panel.series)
        {
            letters = std::max(letters, series.title.size());
        }
        for (const PlotMark& mark : panel.marks)
        {
            letters = std::max(letters, mark.vertical ? mark.label.size() : 0);
        }
    }
    return LEGEND_SAMPLE + LEGEND_LETTER * static_cast<double>(letters);
}

void
WriteLegend(std::ostream& os, const std::vector<std::string>& clauses, uint32_t perRow, double top)
{
    if (clauses.empty())
    {
        return;
    }
    os << "# The legend has a strip of its own below the panels.\n"
       << "unset logscale\nunset label\nunset arrow\nunset title\nunset xlabel\nunset ylabel\n"
       << "unset border\nunset tics\nunset grid\nset offsets 0, 0, 0, 0\n"
       << "set xrange [0:1]\nset yrange [0:1]\n"
       << "set lmargin at screen 0.02\nset rmargin at screen 0.98\n"
       << "set bmargin at screen 0\nset tmargin at screen " << FormatDecimal(top, 4) << "\n"
       << "set key center center horizontal maxcols " << perRow
       << " Left reverse samplen 2.5 spacing 1.1\nplot " << JoinWords(clauses, CLAUSE_SEPARATOR)
       << "\n";
}

bool
HasNamesAtRight(const PlotPanel& panel)
{
    return std::any_of(panel.marks.begin(), panel.marks.end(), [](const PlotMark& mark) {
        return !mark.vertical && !IsLongName(mark);
    });
}

/** Writes the script, which draws both files, and gathers the data. */
std::string
WriteScript(const PlotFigure& figure, FigureData& data)
{
    const uint32_t rows =
        static_cast<uint32_t>((figure.panels.size() + figure.columns - 1) / figure.columns);
    const double width = std::max(PANEL_WIDTH * figure.columns, FIGURE_WIDTH);
    const std::vector<std::string> legend = LegendClauses(figure);
    const uint32_t perRow = std::max(1u, static_cast<uint32_t>(width / EntryWidth(figure)));
    const std::size_t legendRows = (legend.size() + perRow - 1) / perRow;
    const double legendHeight = legend.empty() ? 8 : LEGEND_ROW * double(legendRows) + 12;
    const double height = PANEL_HEIGHT * rows + legendHeight;
    const double panelWidth = width / figure.columns;
    std::ostringstream os;
    os << "# Draws " << figure.name << ".svg and " << figure.name << ".png from " << figure.name
       << ".dat: gnuplot " << figure.name << ".gnuplot\n"
       << "do for [kind in 'svg png'] {\n"
       << "if (kind eq 'svg') { set terminal svg noenhanced size " << width << "," << height
       << " font 'DejaVu Sans,11' rounded background 'white' } else { set terminal pngcairo "
          "noenhanced rounded "
          "size "
       << 2 * width << "," << 2 * height << " font 'DejaVu Sans,11' fontscale 2 linewidth 2"
       << " pointscale 2 background 'white' }\n"
       << "set output " << Quote(figure.name + ".") << ".kind\n"
       << "set multiplot\nunset key\nset border 3\nset tics nomirror out scale 0.6\n"
       << "set grid lc rgb '#dddddd' lw 0.6 dt 1\nset title font ',12' offset 0,-0.4\n"
       << "set xlabel offset 0,0.3\nset ylabel offset 0.5,0\nset errorbars small\n";
    for (std::size_t i = 0; i < figure.panels.size(); ++i)
    {
        const double left = panelWidth * double(i % figure.columns);
        const std::size_t row = i / figure.columns;
        const double bottom = legendHeight + PANEL_HEIGHT * double(rows - 1 - row);
        const double right = HasNamesAtRight(figure.panels[i]) ? 54 : 26;
        os << "set lmargin at screen " << FormatDecimal((left + 94) / width, 4)
           << "\nset rmargin at screen " << FormatDecimal((left + panelWidth - right) / width, 4)
           << "\nset bmargin at screen " << FormatDecimal((bottom + 52) / height, 4)
           << "\nset tmargin at screen " << FormatDecimal((bottom + PANEL_HEIGHT - 38) / height, 4)
           << "\n";
        WritePanel(os, figure.panels[i], figure.pointScale, data);
    }
    WriteLegend(os, legend, perRow, legendHeight / height);
    os << "unset multiplot\nunset output\nset tics\nset border 3\n}\n";
    return os.str();
}

} // namespace

std::string
DrawFigure(const PlotFigure& figure, const std::string& directory)
{
    const std::string base = directory + "/" + figure.name;
    const std::vector<std::string> files{
        figure.name + ".dat", figure.name + ".gnuplot", figure.name + ".svg", figure.name + ".png"};
    const FigureFolder folder(directory, figure.name, files);
    FigureData data(figure.name + ".dat");
    const std::string script = WriteScript(figure, data);
    if (!WriteFileWhole(folder.GetPath() + "/" + figure.name + ".dat", data.GetText()) ||
        !WriteFileWhole(folder.GetPath() + "/" + figure.name + ".gnuplot", script))
    {
        return "cannot write " + base + ".gnuplot: " + std::strerror(errno);
    }
    // Without gnuplot the pipe breaks; that must be an answer, not the end of the program.
    const auto before = std::signal(SIGPIPE, SIG_IGN);
    {
        Gnuplot gnuplot("gnuplot");
        gnuplot << "cd " << Quote(folder.GetPath()) << "\nload " << Quote(figure.name + ".gnuplot")
                << std::endl;
    }
    std::signal(SIGPIPE, before);
    if (!folder.IsWhole())
    {
        return "gnuplot (package gnuplot-nox) did not draw " + base + ".svg";
    }
    return folder.Commit() ? "" : "cannot write " + base + ".svg: " + std::strerror(errno);
}

bool
HasGnuplot()
{
    return std::system("gnuplot --version >/dev/null 2>&1") == 0;
}

} // namespace ns3
