// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/topology-numbering.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <utility>

namespace ns3
{

namespace
{

constexpr Ipv4Prefix POOL{10u << 24, 8};

/** Hands out prefixes of the pool in ascending order, around those that are taken. */
class PrefixPool
{
  public:
    explicit PrefixPool(const TopologyGraph& graph)
    {
        for (const TopologyNetwork& network : graph.networks)
        {
            if (network.prefix.GetLength() > 0)
            {
                m_taken.push_back(network.prefix);
            }
        }
        for (const TopologyNode& node : graph.nodes)
        {
            for (const LoopbackAddress& each : GetLoopbackAddresses(node))
            {
                m_taken.push_back(each.GetPrefix());
            }
        }
        // In order, a prefix comes after one that holds it. Only those of loopbacks overlap.
        std::sort(m_taken.begin(), m_taken.end());
        const auto isHeld = [](const Ipv4Prefix& a, const Ipv4Prefix& b) { return a.Contains(b); };
        m_taken.erase(std::unique(m_taken.begin(), m_taken.end(), isHeld), m_taken.end());
    }

    /** \returns the next free prefix of \p length, or length 0 when the pool is used up. */
    Ipv4Prefix Take(uint8_t length)
    {
        const uint64_t size = uint64_t(1) << (32 - length);
        for (;;)
        {
            m_next = (m_next + size - 1) / size * size;
            if (m_next + size > End(POOL))
            {
                return {};
            }
            const Ipv4Prefix prefix{static_cast<uint32_t>(m_next), length};
            while (m_first < m_taken.size() && End(m_taken[m_first]) <= m_next)
            {
                ++m_first;
            }
            if (m_first == m_taken.size() || !m_taken[m_first].Overlaps(prefix))
            {
                m_next += size;
                return prefix;
            }
            m_next = End(m_taken[m_first]);
        }
    }

  private:
    static uint64_t End(const Ipv4Prefix& prefix)
    {
        return prefix.GetBits() + (uint64_t(1) << (32 - prefix.GetLength()));
    }

    std::vector<Ipv4Prefix> m_taken; //!< ascending, disjoint
    std::size_t m_first{0};          //!< the first of them that may still be in the way
    uint64_t m_next{POOL.GetBits()};
};

/** The longest prefix with room for \p hosts beside the network's own and broadcast addresses. */
uint8_t
LengthFor(std::size_t hosts)
{
    uint8_t length = 30;
    while (length > POOL.GetLength() && (std::size_t(1) << (32 - length)) < hosts + 2)
    {
        --length;
    }
    return length;
}

void
NumberNetworks(TopologyGraph& graph, const TopologyLines& lines)
{
    PrefixPool pool(graph);
    for (std::size_t i = 0; i < graph.networks.size(); ++i)
    {
        TopologyNetwork& network = graph.networks[i];
        if (network.prefix.GetLength() > 0 || graph.IsUnnumbered(i))
        {
            continue;
        }
        for (std::size_t attachment : network.attachments)
        {
            if (graph.attachments[attachment].address != 0)
            {
                lines.FailAtAttachment(attachment,
                                       "an address on '" + network.name +
                                           "', which has no network, expected key network there");
            }
        }
        network.prefix = pool.Take(LengthFor(network.attachments.size()));
        if (network.prefix.GetLength() == 0)
        {
            lines.FailAtNetwork(i,
                                "no room left in " + POOL.ToString() + " for '" + network.name +
                                    "', expected fewer networks or key network");
        }
    }
}

/** Gives the ends of a link the addresses of their loopbacks. */
void
BorrowAddresses(TopologyGraph& graph, std::size_t network, const TopologyLines& lines)
{
    for (std::size_t index : graph.networks[network].attachments)
    {
        TopologyAttachment& attachment = graph.attachments[index];
        const TopologyLoopback* loopback =
            graph.FindLoopback(attachment.node, attachment.unnumbered);
        if (loopback == nullptr)
        {
            lines.FailAtAttachment(index,
                                   "unnumbered is '" + attachment.unnumbered + "', but '" +
                                       graph.nodes[attachment.node].name +
                                       "' has no such loopback, expected one in its key "
                                       "loopbacks");
        }
        attachment.address = loopback->addresses.front().address;
    }
}

void
NumberHosts(TopologyGraph& graph, std::size_t network, const TopologyLines& lines)
{
    if (graph.IsUnnumbered(network))
    {
        BorrowAddresses(graph, network, lines);
        return;
    }
    const Ipv4Prefix& prefix = graph.networks[network].prefix;
    std::set<TopologyAddress> used;
    for (std::size_t attachment : graph.networks[network].attachments)
    {
        used.insert(graph.attachments[attachment].address);
    }
    const bool pair = prefix.GetLength() == 31;
    TopologyAddress next = prefix.GetBits() + (pair ? 0 : 1);
    const TopologyAddress last = (prefix.GetBits() | ~prefix.GetMaskBits()) - (pair ? 0 : 1);
    for (std::size_t index : graph.networks[network].attachments)
    {
        TopologyAttachment& attachment = graph.attachments[index];
        if (attachment.address != 0)
        {
            continue;
        }
        while (next <= last && used.count(next) != 0)
        {
            ++next;
        }
        if (next > last)
        {
            lines.FailAtAttachment(
                index, "no room left in " + prefix.ToString() + ", expected a shorter prefix");
        }
        attachment.address = next++;
    }
}

void
NameInterfaces(TopologyGraph& graph, const TopologyNode& node)
{
    std::set<std::string> used;
    for (std::size_t attachment : node.attachments)
    {
        used.insert(graph.attachments[attachment].interface);
    }
    for (const TopologyLoopback& loopback : node.loopbacks)
    {
        used.insert(loopback.name);
    }
    std::size_t next = 0;
    for (std::size_t attachment : node.attachments)
    {
        std::string& interface = graph.attachments[attachment].interface;
        while (interface.empty())
        {
            const std::string name = "eth" + std::to_string(next++);
            if (used.count(name) == 0)
            {
                interface = name;
            }
        }
    }
}

/** "eth10" as ("eth", 10), so that it comes after "eth9". */
std::pair<std::string, uint64_t>
NaturalKey(const std::string& name)
{
    std::size_t digits = name.size();
    while (digits > 0 && name.size() - digits < 9 &&
           std::isdigit(static_cast<unsigned char>(name[digits - 1])) != 0)
    {
        --digits;
    }
    return {name.substr(0, digits), digits < name.size() ? std::stoull(name.substr(digits)) : 0};
}

/** How many nodes have an address on a loopback: anycast addresses name no node. */
using LoopbackUse = std::map<TopologyAddress, std::size_t>;

LoopbackUse
CountLoopbacks(const TopologyGraph& graph)
{
    LoopbackUse use;
    for (const TopologyNode& node : graph.nodes)
    {
        for (const LoopbackAddress& each : GetLoopbackAddresses(node))
        {
            ++use[each.address];
        }
    }
    return use;
}

void
NumberNode(TopologyGraph& graph, TopologyNode& node, const LoopbackUse& use)
{
    NameInterfaces(graph, node);
    std::stable_sort(
        node.attachments.begin(), node.attachments.end(), [&](std::size_t a, std::size_t b) {
            return NaturalKey(graph.attachments[a].interface) <
                   NaturalKey(graph.attachments[b].interface);
        });
    if (!node.routerId)
    {
        TopologyAddress highest = 0;
        for (std::size_t attachment : node.attachments)
        {
            const TopologyAttachment& own = graph.attachments[attachment];
            highest = own.unnumbered.empty() ? std::max(highest, own.address) : highest;
        }
        for (const LoopbackAddress& each : GetLoopbackAddresses(node))
        {
            highest = use.at(each.address) == 1 ? std::max(highest, each.address) : highest;
        }
        node.routerId = highest;
    }
}

} // namespace

void
NumberTopology(TopologyGraph& graph, const TopologyLines& lines)
{
    NumberNetworks(graph, lines);
    for (std::size_t network = 0; network < graph.networks.size(); ++network)
    {
        NumberHosts(graph, network, lines);
    }
    const LoopbackUse use = CountLoopbacks(graph);
    for (TopologyNode& node : graph.nodes)
    {
        NumberNode(graph, node, use);
    }
}

} // namespace ns3
