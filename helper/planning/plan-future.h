// SPDX-License-Identifier: GPL-2.0-only
// What multicast-plan says beside the plan: changes from an earlier one, growth, coming and going.
#ifndef VXLAN_MULTICAST_PLAN_FUTURE_H
#define VXLAN_MULTICAST_PLAN_FUTURE_H

#include "ns3/plan-growth.h"
#include "ns3/plan-replan.h"
#include "ns3/workload.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/**
 * Reads an earlier plan.csv.
 * \param vniNumbers of each VNI; those that the file does not know are PLAN_NEW
 * \throws InputError
 */
PlanAssignment ReadOldPlan(const std::string& file, const std::vector<uint32_t>& vniNumbers);

/** \returns what changes, a line for each of the first VNIs. */
std::string DescribeChanges(const std::vector<PlanChange>& changes,
                            const PlanAssignment& old,
                            const PlanAssignment& plan,
                            const std::vector<uint32_t>& vniNumbers);
/** \returns all changes: vni, from, to. */
nlohmann::ordered_json MakeChangesJson(const std::vector<PlanChange>& changes,
                                       const PlanAssignment& old,
                                       const PlanAssignment& plan,
                                       const std::vector<uint32_t>& vniNumbers);

/** \returns how long the plan lasts. */
std::string DescribeGrowth(const PlanGrowth& growth, double perYear);
nlohmann::ordered_json MakeGrowthJson(const PlanGrowth& growth, double perYear);

/** \returns what coming and going costs. */
std::string DescribeChurn(const PlanChurn& churn);
nlohmann::ordered_json MakeChurnJson(const PlanChurn& churn);

/**
 * \returns VNIs more: drawn as the first ones were, or, of tenants and of a file, with the members
 *          of one of these
 * \param options what they were drawn by; without VNIs: read from a file
 */
PlanNextVni MakeNextVni(const ModelNetwork& network,
                        const WorkloadOptions& options,
                        const PlanDemand& demand);

} // namespace ns3

#endif
