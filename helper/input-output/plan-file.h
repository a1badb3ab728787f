// SPDX-License-Identifier: GPL-2.0-only
// plan.csv of multicast-plan, read: vni,group,tree.
#ifndef VXLAN_MULTICAST_PLAN_FILE_H
#define VXLAN_MULTICAST_PLAN_FILE_H

#include "ns3/topology-address.h"
#include "ns3/tree-policy.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** A VNI of a plan. */
struct PlanFileRow
{
    uint32_t vni{0};
    std::optional<TopologyAddress> group; //!< none: head-end replication
    TreePolicy tree{TreePolicy::HeadEnd};
};

/** \returns the rows of \p file. \throws InputError `FILE:LINE: what is wrong, what would be right` */
std::vector<PlanFileRow> ReadPlanFile(const std::string& file);

} // namespace ns3

#endif
