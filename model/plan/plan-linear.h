// SPDX-License-Identifier: GPL-2.0-only
// The linear program of the set-partitioning form: which groups, each used in part, cover all VNIs
// with the least waste, copies or entries, within the limits of routers' tables. No plan with as many
// groups costs less. It is solved by column generation with exact pricing (plan-columns.h), so that
// its optimum is known; where time ends before, what holds so far is Farley's bound: prices, and as
// many times as there may be groups the most that a column earns at them.
#ifndef VXLAN_MULTICAST_PLAN_LINEAR_H
#define VXLAN_MULTICAST_PLAN_LINEAR_H

#include "ns3/plan-question.h"

#include <functional>

namespace ns3
{

/** A bound, and how it came about. */
struct PlanLinearBound
{
    double bound{0};   //!< of the objective, as GetPlanObjective counts it; 0 if nothing is known
    bool exact{false}; //!< the linear program's optimum: no further column would improve it
};

/**
 * \param plan of the question, without VNIs at the head-end: as many groups, with its addresses or
 *        those that Planner gives
 * \param goOn asked between steps; false ends them
 * \returns a lower bound over all plans that fit; nothing is known of SSM trees, nor where the
 *          unions of members are too many to be listed
 */
PlanLinearBound ComputeLinearBound(const ModelNetwork& network,
                                   const PlanQuestion& question,
                                   const PlanPoint& plan,
                                   const std::function<bool()>& goOn);

} // namespace ns3

#endif
