// SPDX-License-Identifier: GPL-2.0-only
// The cost of a group under one tree policy as the graph model counts it: deliveries, copies and
// forwarding entries, each with a weight. It guides searches; what a plan finally costs is counted
// with its VNIs and addresses (CountPlanTables).
#ifndef VXLAN_MULTICAST_PLAN_TREE_COST_H
#define VXLAN_MULTICAST_PLAN_TREE_COST_H

#include "ns3/plan-cost.h"
#include "ns3/plan-tables.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

/** What counts how much. */
struct PlanTreeWeights
{
    double deliveries{0}; //!< of a delivery
    double copies{0};     //!< of a link that a frame crosses
    double rows{0};       //!< of an entry, in all routers of the tier
    std::string tier;     //!< empty: every tier
    PlanKind kind{PlanKind::SUM};
};

/** The cost of groups as trees. Unions that were evaluated are remembered. */
class PlanTreeCost : public PlanCost
{
  public:
    /**
     * \param network outlives this object
     * \param sends by VTEP: whether it sends in any VNI
     */
    PlanTreeCost(const ModelNetwork& network,
                 TreePolicy tree,
                 std::vector<bool> sends,
                 PlanTreeWeights weights);

    PlanUnionCost Evaluate(const PlanMembers& members) const override;

  private:
    const ModelNetwork& m_network;
    TreePolicy m_tree;
    std::vector<bool> m_sends;
    PlanTreeWeights m_weights;
    mutable PlanTreeCounter m_counter;
    mutable GroupTraffic m_group;
    mutable PlanGroupUse m_use;
    mutable std::unordered_map<PlanMembers, PlanUnionCost> m_known;
};

/** \returns by VTEP whether it sends in any VNI. */
std::vector<bool> FindPlanSenders(const ModelNetwork& network, const PlanDemand& demand);

} // namespace ns3

#endif
