// SPDX-License-Identifier: GPL-2.0-only
// Curves that lie on one another: which do, and how they are drawn so that each is seen.
#ifndef VXLAN_MULTICAST_PLOT_OVERLAP_H
#define VXLAN_MULTICAST_PLOT_OVERLAP_H

#include "ns3/plot-panel.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** A curve's place among those that it coincides with. */
struct PlotOverlap
{
    std::size_t place{0}; //!< from 0: drawn first, at the bottom
    std::size_t count{0}; //!< of the curves that coincide
};

/**
 * \returns for each curve of \p panel whose line lies on others, to the eye, at half of their points or
 *          more, its place among them
 */
std::vector<std::optional<PlotOverlap>> FindOverlaps(const PlotPanel& panel);

/** \returns gnuplot's dashes of such a curve: each shows the colour of all in turn. */
std::string GetOverlapDashes(const PlotOverlap& overlap);

} // namespace ns3

#endif
