// SPDX-License-Identifier: GPL-2.0-only
// How good the answer is: lower bounds of the objective, and proofs where they are asked for.
#ifndef VXLAN_MULTICAST_PLAN_VERDICT_H
#define VXLAN_MULTICAST_PLAN_VERDICT_H

#include "ns3/plan-dual.h"
#include "ns3/plan-problem.h"
#include "ns3/plan-question.h"
#include "ns3/plan-watch.h"

namespace ns3
{

/** \returns the VNIs of \p demand on so many VTEPs, equal ones as one item. */
PlanProblem MakePlanProblem(const PlanDemand& demand, std::size_t vteps);

/**
 * Fills in value, bound and proof of \p answer, which has a best plan; with PlanQuestion::exact its
 * grouping may become a better one.
 * \param problem the VNIs of the question, equal ones as one item
 */
void JudgePlan(const ModelNetwork& network,
               const PlanQuestion& question,
               const PlanProblem& problem,
               PlanWatch& watch,
               PlanAnswer& answer);

/**
 * Bounds the waste per frame of \p point and all plans with as many groups, or fewer; not where
 * VTEPs name their sources.
 * \param dual of \p problem
 */
void BoundWaste(const PlanQuestion& question,
                const PlanProblem& problem,
                const PlanDual& dual,
                PlanWatch& watch,
                PlanPoint& point);

/**
 * \param groups how many addresses groups may have, from the first on; 0 if it is not known: the
 *        paths of source trees differ with the address
 * \returns a lower bound of the copies per frame of any plan with these trees: each VNI has a group
 *          of its own, under the tree and address that are best for it
 */
double ComputeCopiesBound(const ModelNetwork& network,
                          const PlanDemand& demand,
                          const std::vector<TreePolicy>& trees,
                          std::size_t groups = 0);

/**
 * \returns a lower bound of the entries of all routers: a first hop of members holds one entry, and
 *          under source trees one for each source that they must hear
 */
uint64_t ComputeRowsBound(const ModelNetwork& network,
                          const PlanDemand& demand,
                          const std::vector<TreePolicy>& trees);

} // namespace ns3

#endif
