// SPDX-License-Identifier: GPL-2.0-only
// Graphviz as a program: from DOT text to SVG files.
#ifndef VXLAN_MULTICAST_FIGURE_RENDERER_H
#define VXLAN_MULTICAST_FIGURE_RENDERER_H

#include <string>

namespace ns3
{

/** \returns whether Graphviz is installed. */
bool CanRenderFigures();
/** Has Graphviz make the SVG file \p path of \p dot. \returns false if that failed */
bool RenderFigure(const std::string& dot, const std::string& path);

} // namespace ns3

#endif
