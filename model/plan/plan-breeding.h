// SPDX-License-Identifier: GPL-2.0-only
// Groupings from groupings: several are annealed, then again and again two of them are crossed and
// the child is annealed from a lower temperature, so that what both have in common stays. A child
// takes groups from its parents in turn, each time the one that the groups before it left most
// whole (after Galinier and Hao's partition crossover, 1999, for colouring graphs). Much less
// depends on the seed than with as many steps of annealing alone.
#ifndef VXLAN_MULTICAST_PLAN_BREEDING_H
#define VXLAN_MULTICAST_PLAN_BREEDING_H

#include "ns3/plan-problem.h"
#include "ns3/state-random.h"

#include <cstddef>
#include <cstdint>
#include <functional>

namespace ns3
{

/** \returns whether annealing is worth its time and memory. */
bool CanAnnealPlan(const PlanProblem& problem, std::size_t groups);

/**
 * \returns a grouping of groups of both.
 * \param a, b with groups from 0 to \p groups − 1
 */
PlanGrouping CrossPlans(const PlanProblem& problem,
                        std::size_t groups,
                        const PlanGrouping& a,
                        const PlanGrouping& b,
                        StateRandom& random);

/**
 * \returns the best grouping that was found, or \p start if none is better. The same seed gives the
 *          same grouping, unless \p goOn ends it.
 * \param effort so many times as many steps
 */
PlanGrouping AnnealPlan(const PlanProblem& problem,
                        std::size_t groups,
                        const PlanGrouping& start,
                        uint64_t seed,
                        double effort,
                        const std::function<bool()>& goOn);

} // namespace ns3

#endif
