// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/rp-knowledge.h"

#include <algorithm>
#include <cstddef>

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

} // namespace ns3
