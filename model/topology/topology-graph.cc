// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/topology-graph.h"

namespace ns3
{

std::vector<LoopbackAddress>
GetLoopbackAddresses(const TopologyNode& node)
{
    std::vector<LoopbackAddress> addresses;
    for (const TopologyLoopback& loopback : node.loopbacks)
    {
        addresses.insert(addresses.end(), loopback.addresses.begin(), loopback.addresses.end());
    }
    return addresses;
}

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

const TopologyLoopback*
TopologyGraph::FindLoopback(std::size_t node, const std::string& interface) const
{
    for (const TopologyLoopback& loopback : nodes[node].loopbacks)
    {
        if (loopback.name == interface)
        {
            return &loopback;
        }
    }
    return nullptr;
}

bool
TopologyGraph::HasInterface(std::size_t node, const std::string& interface) const
{
    return FindInterface(node, interface) || FindLoopback(node, interface) != nullptr;
}

std::vector<std::string>
TopologyGraph::GetInterfaceNames(std::size_t node) const
{
    std::vector<std::string> names;
    for (std::size_t attachment : nodes[node].attachments)
    {
        names.push_back(attachments[attachment].interface);
    }
    for (const TopologyLoopback& loopback : nodes[node].loopbacks)
    {
        names.push_back(loopback.name);
    }
    return names;
}

TopologyAddress
TopologyGraph::GetAddress(std::size_t node, const std::string& interface) const
{
    if (const auto attachment = FindInterface(node, interface))
    {
        return attachments[*attachment].address;
    }
    const TopologyLoopback* loopback = FindLoopback(node, interface);
    return loopback == nullptr ? 0 : loopback->addresses.front().address;
}

uint32_t
TopologyGraph::GetCost(std::size_t attachment) const
{
    return attachments[attachment].cost.value_or(networks[attachments[attachment].network].cost);
}

bool
TopologyGraph::IsVtep(std::size_t node) const
{
    return nodes[node].kind == NodeKind::Vtep ||
           (nodes[node].kind == NodeKind::Router && nodes[node].vtep);
}

std::string
TopologyGraph::GetVtepInterface(std::size_t node) const
{
    const TopologyNode& n = nodes[node];
    return n.vtep && !n.loopbacks.empty() ? n.loopbacks.front().name
                                          : attachments[n.attachments.front()].interface;
}

TopologyNetworkType
TopologyGraph::GetNetworkType(std::size_t attachment) const
{
    const TopologyNetwork& network = networks[attachments[attachment].network];
    const TopologyNetworkType natural =
        network.pointToPoint ? TopologyNetworkType::PointToPoint : TopologyNetworkType::Broadcast;
    return attachments[attachment].networkType.value_or(network.networkType.value_or(natural));
}

bool
TopologyGraph::IsPassive(std::size_t attachment) const
{
    return attachments[attachment].passive.value_or(
        networks[attachments[attachment].network].passive);
}

bool
TopologyGraph::IsUnnumbered(std::size_t network) const
{
    return networks[network].pointToPoint &&
           !attachments[networks[network].attachments.front()].unnumbered.empty();
}

uint32_t
TopologyGraph::GetMtu(std::size_t attachment) const
{
    return attachments[attachment].mtu.value_or(networks[attachments[attachment].network].mtu);
}

} // namespace ns3
