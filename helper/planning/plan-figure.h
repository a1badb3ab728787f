// SPDX-License-Identifier: GPL-2.0-only
// plan-front: waste, copies and entries against the number of groups, for every tree and mapping.
#ifndef VXLAN_MULTICAST_PLAN_FIGURE_H
#define VXLAN_MULTICAST_PLAN_FIGURE_H

#include "ns3/plan-question.h"
#include "ns3/plot-figure.h"

namespace ns3
{

/**
 * \returns the figure. Lines are all plans that were looked at, points those that fit; hatched is
 *          what does not: entries above a limit, numbers of groups with which no plan fits
 */
PlotFigure MakePlanFigure(const PlanQuestion& question, const PlanAnswer& answer);

} // namespace ns3

#endif
