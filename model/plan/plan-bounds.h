// SPDX-License-Identifier: GPL-2.0-only
// Lower bounds of a plan's waste that hold at any size, from pairs of member sets alone.
//
// V items with different members share G groups, G < V. An item with company wastes at least
// rate(v) × min over u of |members(u) − members(v)|, and V − G + 1 items or more have company: the
// smallest of these count (the nearest-neighbour bound).
// In a group of k items the weights w(u,v) = rate(u) |v − u| + rate(v) |u − v| of all pairs sum up
// to at most k − 1 times its waste, and its least spanning tree has at most 2/k of that sum. Hence
// the waste is at least k / (2 (k − 1)) times the tree, k ≤ V − G + 1; all groups' trees make a
// forest of V − G edges, which the least such forest does not exceed (the forest bound).
#ifndef VXLAN_MULTICAST_PLAN_BOUNDS_H
#define VXLAN_MULTICAST_PLAN_BOUNDS_H

#include "ns3/plan-problem.h"

#include <cstddef>

namespace ns3
{

/** Both bounds, in deliveries per unit of time. */
struct PlanBounds
{
    double nearest{0};
    double forest{0};

    double GetBest() const
    {
        return nearest > forest ? nearest : forest;
    }
};

/**
 * \param groups how many groups there may be, at least 1
 * \returns lower bounds of ComputeWaste over all groupings; 0 where each item has its own group
 */
PlanBounds ComputePlanBounds(const PlanProblem& problem, std::size_t groups);

} // namespace ns3

#endif
