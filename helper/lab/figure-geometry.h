// SPDX-License-Identifier: GPL-2.0-only
// Points, boxes, and where a label fits. Units are those of the picture; y goes down.
#ifndef VXLAN_MULTICAST_FIGURE_GEOMETRY_H
#define VXLAN_MULTICAST_FIGURE_GEOMETRY_H

#include <optional>
#include <vector>

namespace ns3
{

/** A point, or a step. */
struct FigurePoint
{
    double x{0};
    double y{0};
};

/** \returns the point that is \p part of the way from \p a to \p b. */
FigurePoint Between(FigurePoint a, FigurePoint b, double part);
/** \returns the distance of two points. */
double GetDistance(FigurePoint a, FigurePoint b);
/** \returns the step of length 1 that is 90 degrees left of the way from \p a to \p b. */
FigurePoint GetNormal(FigurePoint a, FigurePoint b);

/** \returns the point that is \p length steps of \p direction away from \p from. */
FigurePoint Move(FigurePoint from, FigurePoint direction, double length);

/** A box by its middle. */
struct FigureBox
{
    FigurePoint middle;
    double width{0};
    double height{0};

    bool Overlaps(const FigureBox& other) const;
    /** \returns whether the line from \p a to \p b touches the box. */
    bool IsCrossedBy(FigurePoint a, FigurePoint b) const;
};

/** A straight line of the picture. */
struct FigureLine
{
    FigurePoint from;
    FigurePoint to;
};

/** Finds places for labels on which nothing else stands. */
class LabelPlacer
{
  public:
    /** Nothing may be put onto \p box. */
    void Block(const FigureBox& box);
    /** Labels avoid \p line where they can. */
    void AddLine(const FigureLine& line);

    /**
     * Places a label beside a line, as near to \p part of the way as may be.
     * \returns its middle; nothing if there is no room for it that few other lines cross
     */
    std::optional<FigurePoint>
    PlaceBeside(const FigureLine& line, double part, double width, double height);

  private:
    bool IsFree(const FigureBox& box) const;
    int CountLines(const FigureBox& box) const;

    std::vector<FigureBox> m_blocked;
    std::vector<FigureLine> m_lines;
};

} // namespace ns3

#endif
