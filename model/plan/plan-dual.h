// SPDX-License-Identifier: GPL-2.0-only
// A lower bound of the waste from the dual of the set-partitioning program, at any size.
//
// Prices p(i), one per item, give the bound sum of p − (what the G best columns earn), where a
// column — a group — earns the prices of its items less its cost. What a column may earn is bounded
// by its anchor, its largest item a: with k members in all, only items i with |M(a) ∪ M(i)| ≤ k are
// in it, and each costs at least rate(i) × k. Columns of a solution have different anchors, so the
// G best anchors bound them all (a Lagrangian relaxation as of the p-median problem, and Farley's
// bound with a relaxed pricing). Subgradient steps improve the prices.
#ifndef VXLAN_MULTICAST_PLAN_DUAL_H
#define VXLAN_MULTICAST_PLAN_DUAL_H

#include "ns3/plan-problem.h"

#include <cstddef>
#include <functional>

namespace ns3
{

/**
 * \param groups how many groups there may be, at least 1
 * \param start a good grouping: where prices begin
 * \param goOn asked between steps; false ends them
 * \returns a lower bound of ComputeWaste over all groupings; 0 where the problem is too large
 */
double ComputeDualBound(const PlanProblem& problem,
                        std::size_t groups,
                        const PlanGrouping& start,
                        const std::function<bool()>& goOn);

} // namespace ns3

#endif
