// SPDX-License-Identifier: GPL-2.0-only
// Draws a figure as SVG: nodes, links, arrows, labels where there is room for them, a legend of the
// colours that occur. What has no room is in the tooltips of links and nodes, which have everything.
#ifndef VXLAN_MULTICAST_FIGURE_SVG_H
#define VXLAN_MULTICAST_FIGURE_SVG_H

#include "ns3/figure-drawing.h"
#include "ns3/figure-layout.h"

#include <string>

namespace ns3
{

/** \returns the picture, a whole SVG file. \param layout that of the drawing's topology */
std::string DrawFigureSvg(const FigureDrawing& drawing, const FigureLayout& layout);

} // namespace ns3

#endif
