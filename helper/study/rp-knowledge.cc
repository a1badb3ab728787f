// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/rp-knowledge.h"

#include "ns3/pim-sm-routing.h"

#include <algorithm>

namespace ns3
{

bool
KnowsEveryRp(const TopologyGraph& graph, const LabNetwork& network)
{
    std::size_t offers = 0;
    for (const TopologyNode& node : graph.nodes)
    {
        offers += node.candidateRp.empty() ? 0 : node.candidateRpGroups.size();
    }
    const auto& nodes = network.GetNodes();
    return std::all_of(nodes.begin(), nodes.end(), [offers](const LabNode& lab) {
        if (!lab.pim)
        {
            return true;
        }
        const auto known = lab.pim->GetInstance().GetRpSet().GetMappings();
        const auto learned =
            std::count_if(known.begin(), known.end(), [](const PimRpMapping& mapping) {
                return !mapping.isStatic;
            });
        return !known.empty() && static_cast<std::size_t>(learned) == offers;
    });
}

bool
KnowsRpOf(const TopologyGraph& graph,
          const LabNetwork& network,
          std::size_t candidate,
          const std::set<std::size_t>& gone)
{
    const Ipv4Address rp(graph.GetAddress(candidate, graph.nodes[candidate].candidateRp));
    const auto& nodes = network.GetNodes();
    for (std::size_t node = 0; node < nodes.size(); ++node)
    {
        if (!nodes[node].pim || gone.count(node) != 0)
        {
            continue;
        }
        const auto known = nodes[node].pim->GetInstance().GetRpSet().GetMappings();
        if (std::any_of(known.begin(), known.end(), [rp](const PimRpMapping& mapping) {
                return !mapping.isStatic && mapping.rp == rp;
            }))
        {
            return true;
        }
    }
    return false;
}

} // namespace ns3
