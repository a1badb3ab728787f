// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/topology-builder.h"

namespace ns3
{

namespace
{

std::size_t
LineOf(const std::vector<std::size_t>& lines, std::size_t index)
{
    return index < lines.size() ? lines[index] : 1;
}

} // namespace

void
TopologyLines::Fail(std::size_t line, const std::string& message) const
{
    throw TopologyError(source + ":" + std::to_string(line) + ": " + message);
}

void
TopologyLines::FailAtNode(std::size_t node, const std::string& message) const
{
    Fail(LineOf(nodes, node), message);
}

void
TopologyLines::FailAtNetwork(std::size_t network, const std::string& message) const
{
    Fail(LineOf(networks, network), message);
}

void
TopologyLines::FailAtAttachment(std::size_t attachment, const std::string& message) const
{
    Fail(LineOf(attachments, attachment), message);
}

TopologyBuilder::TopologyBuilder(const std::string& name)
{
    graph.name = name;
}

std::size_t
TopologyBuilder::AddNode(const std::string& name, NodeKind kind, const std::string& tier)
{
    TopologyNode node;
    node.name = name;
    node.kind = kind;
    node.tier = tier;
    graph.nodes.push_back(std::move(node));
    return graph.nodes.size() - 1;
}

std::size_t
TopologyBuilder::AddLan(const std::string& name)
{
    TopologyNetwork network;
    network.name = name;
    m_networkNames.insert(name);
    graph.networks.push_back(std::move(network));
    return graph.networks.size() - 1;
}

std::size_t
TopologyBuilder::Attach(std::size_t node, std::size_t network)
{
    const std::size_t index = graph.attachments.size();
    TopologyAttachment attachment;
    attachment.node = node;
    attachment.network = network;
    graph.attachments.push_back(std::move(attachment));
    graph.nodes[node].attachments.push_back(index);
    graph.networks[network].attachments.push_back(index);
    return index;
}

std::size_t
TopologyBuilder::AddLink(std::size_t a, std::size_t b)
{
    const std::string plain = graph.nodes[a].name + "-" + graph.nodes[b].name;
    std::string name = plain;
    for (int copy = 2; m_networkNames.count(name) != 0; ++copy)
    {
        name = plain + "." + std::to_string(copy);
    }
    const std::size_t network = AddLan(name);
    graph.networks[network].pointToPoint = true;
    Attach(a, network);
    Attach(b, network);
    return network;
}

void
TopologyBuilder::MakeCandidate(std::size_t node, const std::string& interface)
{
    graph.nodes[node].candidateBsr = interface;
    graph.nodes[node].candidateRp = interface;
    graph.nodes[node].candidateRpGroups = {DefaultRpGroups()};
}

void
TopologyBuilder::SetPosition(std::size_t node, double x, double y)
{
    graph.nodes[node].x = x;
    graph.nodes[node].y = y;
}

Ipv4Prefix
DefaultRpGroups()
{
    return {239u << 24, 8};
}

} // namespace ns3
