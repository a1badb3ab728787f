// SPDX-License-Identifier: GPL-2.0-only
// An SVG file in the making: shapes, texts, and how far they reach.
#ifndef VXLAN_MULTICAST_FIGURE_CANVAS_H
#define VXLAN_MULTICAST_FIGURE_CANVAS_H

#include "ns3/figure-geometry.h"

#include <sstream>
#include <string>

namespace ns3
{

/** Which point of a text its place is. */
enum class FigureAnchor
{
    START,
    MIDDLE
};

/** \returns about how wide a text is. \param size of the font */
double GetTextWidth(const std::string& text, double size);
/** \returns \p text as XML writes it. */
std::string EscapeXml(const std::string& text);
/** \returns a length with at most one decimal. */
std::string FormatLength(double value);

/** Shapes of SVG. */
class FigureCanvas
{
  public:
    /** \param attributes of SVG, as they are */
    void Line(FigurePoint a, FigurePoint b, const std::string& attributes);
    /** \param at at half of its height \param attributes of SVG, as they are */
    void Text(FigurePoint at,
              const std::string& text,
              double size,
              FigureAnchor anchor,
              const std::string& attributes = "");
    /** Appends elements as they are. The caller tells Reach how far they go. */
    void Raw(const std::string& elements);
    /** The picture has something in \p box. */
    void Reach(const FigureBox& box);

    double GetLeft() const;
    double GetTop() const;
    double GetBottom() const;

    /** \returns the file. \param definitions elements that go before all shapes */
    std::string Finish(const std::string& title, const std::string& definitions) const;

  private:
    std::ostringstream m_os;
    double m_left{1e9};
    double m_right{-1e9};
    double m_top{1e9};
    double m_bottom{-1e9};
};

} // namespace ns3

#endif
