// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/topology-graph.h"

namespace ns3
{

std::optional<std::size_t>
TopologyGraph::FindNode(const std::string& nodeName) const
{
    for (std::size_t node = 0; node < nodes.size(); ++node)
    {
        if (nodes[node].name == nodeName)
        {
            return node;
        }
    }
    return std::nullopt;
}

std::optional<std::size_t>
TopologyGraph::FindNetwork(const std::string& networkName) const
{
    for (std::size_t network = 0; network < networks.size(); ++network)
    {
        if (networks[network].name == networkName)
        {
            return network;
        }
    }
    for (std::size_t network = 0; network < networks.size(); ++network)
    {
        const auto& ends = networks[network].attachments;
        if (networks[network].pointToPoint &&
            nodes[attachments[ends[1]].node].name + "-" + nodes[attachments[ends[0]].node].name ==
                networkName)
        {
            return network;
        }
    }
    return std::nullopt;
}

std::optional<std::size_t>
TopologyGraph::FindInterface(std::size_t node, const std::string& interface) const
{
    for (std::size_t attachment : nodes[node].attachments)
    {
        if (attachments[attachment].interface == interface)
        {
            return attachment;
        }
    }
    return std::nullopt;
}

uint32_t
TopologyGraph::GetCost(std::size_t attachment) const
{
    return attachments[attachment].cost.value_or(networks[attachments[attachment].network].cost);
}

uint32_t
TopologyGraph::GetMtu(std::size_t attachment) const
{
    return attachments[attachment].mtu.value_or(networks[attachments[attachment].network].mtu);
}

} // namespace ns3
