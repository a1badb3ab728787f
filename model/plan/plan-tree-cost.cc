// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-tree-cost.h"

#include <utility>

namespace ns3
{

namespace
{

/** So many sets of a large fabric take some 100 MB. */
constexpr std::size_t MAX_KNOWN = 100000;

} // namespace

PlanTreeCost::PlanTreeCost(const ModelNetwork& network,
                           TreePolicy tree,
                           std::vector<bool> sends,
                           PlanTreeWeights weights)
    : m_network(network),
      m_tree(tree),
      m_sends(std::move(sends)),
      m_weights(std::move(weights)),
      m_counter(network)
{
    m_group.address = GetPlanAddress(0, tree, false);
    m_group.vnis.resize(1);
}

PlanUnionCost
PlanTreeCost::Evaluate(const PlanMembers& members) const
{
    const auto known = m_known.find(members);
    if (known != m_known.end())
    {
        return known->second;
    }
    VniTraffic& all = m_group.vnis.front();
    all.members = members.List();
    all.senders.clear();
    for (uint32_t member : all.members)
    {
        if (m_sends[member])
        {
            all.senders.push_back(member);
        }
    }
    m_counter.Count(m_group, m_tree, m_use);
    uint64_t rows = 0;
    for (const PlanRouterRows& router : m_use.rows)
    {
        if (m_weights.tier.empty() || m_network.GetRouters()[router.router].tier == m_weights.tier)
        {
            rows += router.Get(m_weights.kind);
        }
    }
    PlanUnionCost cost;
    cost.fixed = m_weights.rows * static_cast<double>(rows);
    cost.perFrame = m_weights.deliveries * static_cast<double>(members.Count()) +
                    m_weights.copies * m_use.copies;
    if (m_known.size() >= MAX_KNOWN)
    {
        m_known.clear();
    }
    m_known.emplace(members, cost);
    return cost;
}

std::vector<bool>
FindPlanSenders(const ModelNetwork& network, const PlanDemand& demand)
{
    std::vector<bool> sends(network.GetVteps().size(), false);
    for (const VniTraffic& vni : demand.vnis)
    {
        for (uint32_t sender : vni.senders)
        {
            sends[sender] = true;
        }
    }
    return sends;
}

} // namespace ns3
