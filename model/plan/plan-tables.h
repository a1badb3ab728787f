// SPDX-License-Identifier: GPL-2.0-only
// What a grouping does to the tables, as the graph model counts: entries of the fullest router of
// each tier, copies and waste per frame, replication lists of VTEPs; and whether that keeps within
// limits.
#ifndef VXLAN_MULTICAST_PLAN_TABLES_H
#define VXLAN_MULTICAST_PLAN_TABLES_H

#include "ns3/group-members.h"
#include "ns3/model-network.h"
#include "ns3/plan-limits.h"
#include "ns3/tree-policy.h"
#include "ns3/tree-state-model.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ns3
{

/** No group: the VNI's frames are copied by their senders. */
constexpr uint32_t PLAN_HEAD_END = UINT32_MAX;

/** The fullest router of a tier. */
struct PlanTierUse
{
    std::size_t routers{0};
    uint64_t sum{0};
    uint64_t starG{0};
    uint64_t sg{0};
    uint64_t replication{0}; //!< tier `vtep` only
};

/** All tables of a plan. */
struct PlanTableUse
{
    std::map<std::string, PlanTierUse> tiers;
    uint64_t entries{0}; //!< forwarding entries of all routers
    double copies{0};    //!< per frame
    double waste{0};     //!< per frame
    double wanted{0};    //!< per frame
};

/** A limit that is exceeded, or how near the plan comes to it. */
struct PlanMargin
{
    std::string tier;
    PlanKind kind{PlanKind::SUM};
    uint64_t used{0};
    uint64_t limit{0};

    double GetShare() const
    {
        return limit == 0 ? (used == 0 ? 0 : 2)
                          : static_cast<double>(used) / static_cast<double>(limit);
    }
};

/**
 * Counts a plan's tables by the state model.
 * \param vnis members and senders, numbered from 0
 * \param groupOf the group of each VNI, from 0, or PLAN_HEAD_END
 */
PlanTableUse CountPlanTables(const ModelNetwork& network,
                             TreePolicy tree,
                             const std::vector<VniTraffic>& vnis,
                             const std::vector<uint32_t>& groupOf);

/** \returns the margin of each limit, the tightest first. */
std::vector<PlanMargin> ComputeMargins(const PlanTableUse& use, const PlanLimits& limits);

/** \returns the multicast address of group \p group, as VniMapping numbers them. */
TopologyAddress GetPlanAddress(uint32_t group);

} // namespace ns3

#endif
