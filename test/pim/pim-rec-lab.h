// SPDX-License-Identifier: GPL-2.0-only
// The links of the R/E/C lab, with its addresses.
#ifndef VXLAN_MULTICAST_TEST_PIM_REC_LAB_H
#define VXLAN_MULTICAST_TEST_PIM_REC_LAB_H

#include "ns3/topology-graph.h"
#include "ns3/topology-loader.h"
#include "pim-lab.h"

#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** Interfaces are in the order of the article: e1 1,11,21; c1 11,12,101,102; … */
inline void
AddRecLab(PimLab& lab)
{
    const TopologyGraph graph = LoadTopology("rec-lab");
    for (const TopologyNetwork& network : graph.networks)
    {
        std::vector<std::pair<std::string, uint32_t>> ends; // node and host part
        for (std::size_t attachment : network.attachments)
        {
            const TopologyAttachment& end = graph.attachments[attachment];
            ends.emplace_back(graph.nodes[end.node].name, end.address & 0xff);
        }
        lab.AddLan(static_cast<uint32_t>(std::stoul(network.name)), ends);
    }
}

} // namespace ns3

#endif
