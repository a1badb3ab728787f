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
struct PlanTierUse : PlanKindValues<uint64_t>
{
    std::size_t routers{0};
};

/** Forwarding entries of one router. */
struct PlanRouterRows
{
    uint32_t router{0};
    uint64_t starG{0};
    uint64_t sg{0};

    uint64_t Get(PlanKind kind) const
    {
        return kind == PlanKind::STAR_G ? starG : kind == PlanKind::SG ? sg : starG + sg;
    }
};

/** What one group costs. */
struct PlanGroupUse
{
    std::vector<PlanRouterRows> rows; //!< of routers that have any, ascending
    double copies{0};                 //!< per frame, of all senders alike
    double unwanted{0};               //!< per frame
    uint64_t frames{0};               //!< one of each VNI and sender
};

/** Counts groups, one after another. Keeps a model of each policy, whose memory serves again. */
class PlanTreeCounter
{
  public:
    /** \param network outlives this object */
    explicit PlanTreeCounter(const ModelNetwork& network);

    /** \param use gets what \p group costs under \p tree */
    void Count(const GroupTraffic& group, TreePolicy tree, PlanGroupUse& use);

  private:
    struct Model
    {
        TreeStateModel trees;
        std::vector<RouterState> before;
    };

    const ModelNetwork& m_network;
    std::map<TreePolicy, Model> m_models;
};

/** All tables of a plan. */
struct PlanTableUse
{
    std::map<std::string, PlanTierUse> tiers;
    std::vector<PlanRouterRows> routers; //!< each router of the network
    uint64_t entries{0};                 //!< forwarding entries of all routers
    double copies{0};                    //!< per frame
    double waste{0};                     //!< per frame
    double wanted{0};                    //!< per frame
};

/** The VNIs that a plan is for. */
struct PlanDemand
{
    std::vector<VniTraffic> vnis; //!< members and senders, numbered from 0
    std::vector<double> rates;    //!< frames per unit of time of each VNI, all senders together
};

/** Which VNI goes where. */
struct PlanAssignment
{
    std::vector<uint32_t> groupOf;          //!< by VNI, from 0; PLAN_HEAD_END: none
    std::vector<TreePolicy> trees;          //!< by group
    std::vector<TopologyAddress> addresses; //!< by group

    /** Gives \p groups groups one tree, and the addresses that go with it. */
    void SetTree(std::size_t groups, TreePolicy tree, bool mixed = false);
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

/** \returns the groups of a plan with their VNIs; groups without VNIs are empty. */
std::vector<GroupTraffic> MakePlanGroups(const PlanDemand& demand, const PlanAssignment& plan);

/** Counts a plan's tables by the state model. */
PlanTableUse CountPlanTables(const ModelNetwork& network,
                             const PlanDemand& demand,
                             const PlanAssignment& plan);

/** Fills in the fullest router of each tier from \c routers. */
void SummarizePlanTiers(const ModelNetwork& network, PlanTableUse& use);

/** \returns the margin of each limit, the tightest first. */
std::vector<PlanMargin> ComputeMargins(const PlanTableUse& use, const PlanLimits& limits);

/**
 * \returns the multicast address of group \p group: from 239.1.0.0 on, as VniMapping numbers them,
 *          or from 232.1.0.0 on for SSM. In a plan of several trees each has a range of its own,
 *          GetPlanRange, as RPs and thresholds are configured by range.
 */
TopologyAddress GetPlanAddress(uint32_t group, TreePolicy tree, bool mixed);

/** \returns where the groups of \p tree are in a plan of several trees. */
TopologyAddress GetPlanRange(TreePolicy tree);
/** The length of the prefix of such a range. */
constexpr uint8_t PLAN_RANGE_BITS = 11;

} // namespace ns3

#endif
