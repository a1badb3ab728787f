// SPDX-License-Identifier: GPL-2.0-only
// The VNIs that a plan is for: drawn like the other programs' or read from a file.
#ifndef VXLAN_MULTICAST_PLAN_WORKLOAD_H
#define VXLAN_MULTICAST_PLAN_WORKLOAD_H

#include "ns3/model-network.h"
#include "ns3/plan-tables.h"
#include "ns3/workload.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/** VNIs with what they send. */
struct PlanWorkload
{
    std::vector<uint32_t> numbers; //!< VNIs as users number them
    PlanDemand demand;
};

/** Draws \p options' workload. A frame of each sender per unit of time. \throws WorkloadError */
PlanWorkload DrawPlanWorkload(const ModelNetwork& network, const WorkloadOptions& options);

/**
 * Reads a CSV file with columns vni, node, frames_per_s: a row per member; who sends 0 frames only
 * receives.
 * \throws InputError `FILE:LINE: what is wrong, what would be right`
 */
PlanWorkload ReadPlanWorkload(const ModelNetwork& network, const std::string& file);

} // namespace ns3

#endif
