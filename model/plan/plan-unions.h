// SPDX-License-Identifier: GPL-2.0-only
// All unions of the items' member sets, where they are few: a group's members are always one.
#ifndef VXLAN_MULTICAST_PLAN_UNIONS_H
#define VXLAN_MULTICAST_PLAN_UNIONS_H

#include "ns3/plan-problem.h"

#include <cstddef>
#include <vector>

namespace ns3
{

/** Of more unions than these, exact pricing takes unreasonable time. */
constexpr std::size_t PLAN_MAX_UNIONS = 70000;

/** \returns all unions in ascending order, or none if there are more than \p most. */
std::vector<PlanMembers> ListPlanUnions(const PlanProblem& problem,
                                        std::size_t most = PLAN_MAX_UNIONS);

} // namespace ns3

#endif
