// SPDX-License-Identifier: GPL-2.0-only
// The figures of limited tables: what is lost, what is flooded, how the table churns, and when.
#ifndef VXLAN_MULTICAST_PLOT_OVERFLOW_H
#define VXLAN_MULTICAST_PLOT_OVERFLOW_H

#include "ns3/plot-curves.h"
#include "ns3/plot-figure.h"

#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** \returns sizes of real multicast tables, from vendors' documents, with their names. */
const std::vector<std::pair<double, std::string>>& GetRealLimits();

/**
 * \returns `table-overflow`: by capacity and policy, or, where no table was limited, what the
 *          fullest router would need beside what real tables hold
 */
PlotFigure MakeTableOverflow(const PlotRows& rows);

/**
 * \returns `table-overflow-over-time`: packets lost so far, by simulated time and policy, at the
 *          middle one of the capacities that were too small; without panels where no table was
 *          limited
 */
PlotFigure MakeOverflowOverTime(const PlotRows& rows, const PlotRows& samples);

} // namespace ns3

#endif
