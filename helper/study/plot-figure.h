// SPDX-License-Identifier: GPL-2.0-only
// Figures of lines and points, drawn by gnuplot: SVG and PNG, with the data and the gnuplot script
// beside them, so that anyone can redraw them in another way.
#ifndef VXLAN_MULTICAST_PLOT_FIGURE_H
#define VXLAN_MULTICAST_PLOT_FIGURE_H

#include "ns3/plot-panel.h"

#include <string>

namespace ns3
{

/**
 * Writes `name.svg`, `name.png`, `name.dat` and `name.gnuplot` into \p directory. A figure without
 * data has empty axes with a note.
 * \returns empty, or what failed
 */
std::string DrawFigure(const PlotFigure& figure, const std::string& directory);

/** \returns whether gnuplot is installed. */
bool HasGnuplot();

} // namespace ns3

#endif
