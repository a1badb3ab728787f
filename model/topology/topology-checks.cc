// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/topology-checks.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>

#include <algorithm>
#include <set>

namespace ns3
{

namespace
{

void
CheckNames(const TopologyGraph& graph, const TopologyLines& lines)
{
    std::set<std::string> names;
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        if (!names.insert(graph.nodes[node].name).second)
        {
            lines.FailAtNode(
                node, "name '" + graph.nodes[node].name + "' is used twice, expected another name");
        }
    }
    // A LAN and a node may not share a name either: both are vertices.
    for (std::size_t network = 0; network < graph.networks.size(); ++network)
    {
        if (!names.insert(graph.networks[network].name).second)
        {
            lines.FailAtNetwork(network,
                                "name '" + graph.networks[network].name +
                                    "' is used twice, expected another name");
        }
    }
}

void
CheckAttachments(const TopologyGraph& graph, const TopologyLines& lines)
{
    std::vector<std::size_t> isolated;
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        std::set<std::size_t> networks;
        for (std::size_t attachment : graph.nodes[node].attachments)
        {
            const std::size_t network = graph.attachments[attachment].network;
            if (!networks.insert(network).second)
            {
                lines.FailAtAttachment(attachment,
                                       "'" + graph.nodes[node].name + "' is on network '" +
                                           graph.networks[network].name +
                                           "' twice, expected one edge between them");
            }
        }
        networks.empty() ? isolated.push_back(node) : void();
    }
    if (!isolated.empty())
    {
        constexpr std::size_t MOST_NAMES = 10;
        std::string names;
        for (std::size_t i = 0; i < std::min(isolated.size(), MOST_NAMES); ++i)
        {
            names += (names.empty() ? "'" : ", '") + graph.nodes[isolated[i]].name + "'";
        }
        names += isolated.size() > MOST_NAMES
                     ? " and " + std::to_string(isolated.size() - MOST_NAMES) + " more"
                     : "";
        lines.FailAtNode(isolated.front(),
                         names + (isolated.size() == 1 ? " has" : " have") +
                             " no network, expected an edge to another node or a LAN, or "
                             "--component=largest");
    }
}

void
CheckConnected(const TopologyGraph& graph, const TopologyLines& lines)
{
    using Plain = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;
    Plain plain(graph.nodes.size() + graph.networks.size());
    for (const TopologyAttachment& attachment : graph.attachments)
    {
        boost::add_edge(attachment.node, graph.nodes.size() + attachment.network, plain);
    }
    std::vector<int> component(boost::num_vertices(plain));
    if (boost::connected_components(plain, component.data()) == 1)
    {
        return;
    }
    const std::string expected = "' has no path to '" + graph.nodes[0].name +
                                 "', expected a connected graph, or --component=largest";
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        if (component[node] != component[0])
        {
            lines.FailAtNode(node, "'" + graph.nodes[node].name + expected);
        }
    }
    for (std::size_t network = 0; network < graph.networks.size(); ++network)
    {
        if (component[graph.nodes.size() + network] != component[0])
        {
            lines.FailAtNetwork(network, "'" + graph.networks[network].name + expected);
        }
    }
}

void
CheckPrefix(const TopologyGraph& graph, std::size_t network, const TopologyLines& lines)
{
    const Ipv4Prefix& prefix = graph.networks[network].prefix;
    const std::string text = "network " + prefix.ToString();
    if (prefix.GetBits() >> 24 == 0 || prefix.GetBits() >> 24 == 127 ||
        prefix.GetBits() >> 28 >= 14)
    {
        lines.FailAtNetwork(network, text + " is not unicast, expected such as 10.0.0.0/24");
    }
    if (prefix.GetLength() > 31 ||
        (prefix.GetLength() == 31 && !graph.networks[network].pointToPoint))
    {
        lines.FailAtNetwork(network,
                            text + " is too small, expected at most /30 (/31 on a link of two)");
    }
}

void
CheckPrefixes(const TopologyGraph& graph, const TopologyLines& lines)
{
    std::vector<std::size_t> given;
    for (std::size_t network = 0; network < graph.networks.size(); ++network)
    {
        if (graph.networks[network].prefix.GetLength() > 0)
        {
            CheckPrefix(graph, network, lines);
            given.push_back(network);
        }
    }
    std::stable_sort(given.begin(), given.end(), [&](std::size_t a, std::size_t b) {
        return graph.networks[a].prefix.GetBits() < graph.networks[b].prefix.GetBits();
    });
    for (std::size_t i = 1; i < given.size(); ++i)
    {
        const TopologyNetwork& a = graph.networks[given[i - 1]];
        const TopologyNetwork& b = graph.networks[given[i]];
        if (a.prefix.Overlaps(b.prefix))
        {
            const bool laterIsB = given[i] > given[i - 1];
            const TopologyNetwork& later = laterIsB ? b : a;
            const TopologyNetwork& earlier = laterIsB ? a : b;
            lines.FailAtNetwork(std::max(given[i], given[i - 1]),
                                "network " + later.prefix.ToString() + " of '" + later.name +
                                    "' overlaps " + earlier.prefix.ToString() + " of '" +
                                    earlier.name + "', expected networks apart");
        }
    }
}

/** RFC 5309: a LAN that OSPF takes for a link has two routers. */
void
CheckNetworkTypes(const TopologyGraph& graph, const TopologyLines& lines)
{
    for (std::size_t network = 0; network < graph.networks.size(); ++network)
    {
        std::size_t routers = 0;
        bool isLink = false;
        for (std::size_t attachment : graph.networks[network].attachments)
        {
            const NodeKind kind = graph.nodes[graph.attachments[attachment].node].kind;
            const bool runsOspf = kind == NodeKind::Router || kind == NodeKind::Vtep;
            routers += runsOspf && !graph.IsPassive(attachment) ? 1 : 0;
            isLink =
                isLink || graph.GetNetworkType(attachment) == TopologyNetworkType::PointToPoint;
        }
        if (isLink && routers > 2)
        {
            lines.FailAtNetwork(network,
                                "'" + graph.networks[network].name +
                                    "' is point-to-point and has " + std::to_string(routers) +
                                    " routers, expected two, or networkType broadcast");
        }
    }
}

void
CheckAddresses(const TopologyGraph& graph, const TopologyLines& lines)
{
    std::map<TopologyAddress, std::size_t> users;
    for (std::size_t i = 0; i < graph.attachments.size(); ++i)
    {
        const TopologyAttachment& attachment = graph.attachments[i];
        if (!attachment.unnumbered.empty())
        {
            continue;
        }
        const Ipv4Prefix& prefix = graph.networks[attachment.network].prefix;
        const auto fail = [&](const std::string& message) {
            lines.FailAtAttachment(i,
                                   "address " + FormatAddress(attachment.address) + " of '" +
                                       graph.nodes[attachment.node].name + "' " + message);
        };
        if (!prefix.Contains(attachment.address))
        {
            fail("is outside its network, expected one in " + prefix.ToString());
        }
        const TopologyAddress host = attachment.address & ~prefix.GetMaskBits();
        if (prefix.GetLength() < 31 && (host == 0 || host == ~prefix.GetMaskBits()))
        {
            fail("is the network's own or its broadcast address, expected a host in " +
                 prefix.ToString());
        }
        auto [user, fresh] = users.emplace(attachment.address, i);
        if (!fresh)
        {
            const std::size_t other = graph.attachments[user->second].node;
            fail("is used twice, by '" + graph.nodes[other].name + "' too, expected another");
        }
    }
}

/** \returns whether \p prefix begins where hosts have their addresses. */
bool
IsUnicast(const Ipv4Prefix& prefix)
{
    const uint32_t first = prefix.GetBits() >> 24;
    return first != 0 && first != 127 && first < 224;
}

/**
 * Loopbacks' prefixes may overlap one another (anycast, phantom RPs), but what is in the prefix of
 * a link belongs to that link.
 */
void
CheckLoopback(const TopologyGraph& graph,
              std::size_t node,
              const LoopbackAddress& loopback,
              const TopologyLines& lines)
{
    const std::string text = "loopback address " + FormatAddress(loopback.address) + "/" +
                             std::to_string(loopback.length) + " of '" + graph.nodes[node].name +
                             "'";
    const Ipv4Prefix prefix = loopback.GetPrefix();
    const NodeKind kind = graph.nodes[node].kind;
    if (kind != NodeKind::Router && kind != NodeKind::Vtep)
    {
        lines.FailAtNode(node, text + ", expected kind router or vtep: others run no OSPF");
    }
    if (!IsUnicast(prefix))
    {
        lines.FailAtNode(node, text + " is not unicast, expected such as 10.255.0.1/32");
    }
    const TopologyAddress host = loopback.address & ~prefix.GetMaskBits();
    if (loopback.length < 31 && (host == 0 || host == ~prefix.GetMaskBits()))
    {
        lines.FailAtNode(node,
                         text +
                             " is the prefix's own or its broadcast address, expected a host in " +
                             prefix.ToString());
    }
}

void
CheckLoopbacks(const TopologyGraph& graph, const TopologyLines& lines)
{
    std::map<Ipv4Prefix, std::size_t> networks;
    for (std::size_t network = 0; network < graph.networks.size(); ++network)
    {
        if (!graph.IsUnnumbered(network))
        {
            networks.emplace(graph.networks[network].prefix, network);
        }
    }
    const auto check = [&](std::size_t node, const LoopbackAddress& each) {
        CheckLoopback(graph, node, each, lines);
        // The networks are apart: the one with the address begins last before it.
        const auto after = networks.upper_bound({each.address, Ipv4Prefix::MAX_LENGTH});
        const auto before = after == networks.begin() ? networks.end() : std::prev(after);
        if (before != networks.end() && before->first.Contains(each.address))
        {
            lines.FailAtNode(node,
                             "loopback address " + FormatAddress(each.address) + " of '" +
                                 graph.nodes[node].name + "' lies in network '" +
                                 graph.networks[before->second].name + "', " +
                                 before->first.ToString() + ", expected one of no link");
        }
    };
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        std::set<TopologyAddress> own;
        for (const LoopbackAddress& each : GetLoopbackAddresses(graph.nodes[node]))
        {
            check(node, each);
            if (!own.insert(each.address).second)
            {
                lines.FailAtNode(node,
                                 "loopback address " + FormatAddress(each.address) + " of '" +
                                     graph.nodes[node].name + "' is given twice, expected it once");
            }
        }
    }
}

/** \returns whether an attachment or a loopback of \p node has \p address. */
bool
HasAddress(const TopologyGraph& graph, std::size_t node, TopologyAddress address)
{
    const TopologyNode& n = graph.nodes[node];
    const auto loopbacks = GetLoopbackAddresses(n);
    return std::any_of(n.attachments.begin(),
                       n.attachments.end(),
                       [&](std::size_t i) { return graph.attachments[i].address == address; }) ||
           std::any_of(loopbacks.begin(), loopbacks.end(), [&](const LoopbackAddress& each) {
               return each.address == address;
           });
}

/** An anycast RP's members are the nodes that have its address, each named by another of its own.
 */
void
CheckAnycastRps(const TopologyGraph& graph, std::size_t node, const TopologyLines& lines)
{
    const auto isOwn = [&](TopologyAddress address) { return HasAddress(graph, node, address); };
    for (const AnycastRpSpec& rp : graph.nodes[node].anycastRps)
    {
        const std::string text = "anycast RP " + FormatAddress(rp.address);
        if (graph.nodes[node].kind != NodeKind::Router)
        {
            lines.FailAtNode(node,
                             text + " on '" + graph.nodes[node].name + "', expected kind router");
        }
        if (!isOwn(rp.address))
        {
            lines.FailAtNode(node,
                             text + " is no address of '" + graph.nodes[node].name +
                                 "', expected it in key loopbacks");
        }
        const bool isMember =
            std::any_of(rp.members.begin(), rp.members.end(), [&](TopologyAddress member) {
                return isOwn(member) && member != rp.address;
            });
        if (!isMember)
        {
            lines.FailAtNode(node,
                             "no member of " + text + " is '" + graph.nodes[node].name +
                                 "', expected another address of its own after the RP's");
        }
    }
}

/** RFC 3618: RPs peer by addresses of their own. */
void
CheckMsdp(const TopologyGraph& graph, std::size_t node, const TopologyLines& lines)
{
    std::set<TopologyAddress> peers;
    for (const MsdpPeerSpec& spec : graph.nodes[node].msdp)
    {
        const std::string text =
            "MSDP peering " + FormatAddress(spec.local) + " > " + FormatAddress(spec.peer);
        if (graph.nodes[node].kind != NodeKind::Router)
        {
            lines.FailAtNode(node,
                             text + " on '" + graph.nodes[node].name + "', expected kind router");
        }
        if (!HasAddress(graph, node, spec.local) || HasAddress(graph, node, spec.peer))
        {
            lines.FailAtNode(node,
                             text + " on '" + graph.nodes[node].name +
                                 "', expected an address of its own, then one of another router");
        }
        if (!peers.insert(spec.peer).second)
        {
            lines.FailAtNode(node,
                             text + " is the second with that peer on '" + graph.nodes[node].name +
                                 "', expected one");
        }
    }
}

void
CheckInterfaces(const TopologyGraph& graph, std::size_t node, const TopologyLines& lines)
{
    std::set<std::string> interfaces;
    for (const TopologyLoopback& loopback : graph.nodes[node].loopbacks)
    {
        interfaces.insert(loopback.name);
    }
    for (std::size_t attachment : graph.nodes[node].attachments)
    {
        const std::string& interface = graph.attachments[attachment].interface;
        if (!interfaces.insert(interface).second)
        {
            lines.FailAtAttachment(attachment,
                                   "interface '" + interface + "' of '" + graph.nodes[node].name +
                                       "' is used twice, expected another name");
        }
    }
    for (const std::string& candidate :
         {graph.nodes[node].candidateBsr, graph.nodes[node].candidateRp})
    {
        if (!candidate.empty() && interfaces.count(candidate) == 0)
        {
            lines.FailAtNode(node,
                             "candidate interface '" + candidate + "' is not on '" +
                                 graph.nodes[node].name + "', expected one of its own such as '" +
                                 graph.GetInterfaceNames(node).front() + "'");
        }
        if (!candidate.empty() && graph.nodes[node].kind != NodeKind::Router)
        {
            lines.FailAtNode(node,
                             "'" + graph.nodes[node].name +
                                 "' is a candidate BSR or RP, expected kind router");
        }
    }
}

void
CheckRouterIds(const TopologyGraph& graph, const TopologyLines& lines)
{
    std::map<TopologyAddress, std::size_t> users;
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        const NodeKind kind = graph.nodes[node].kind;
        if (kind != NodeKind::Router && kind != NodeKind::Vtep)
        {
            continue;
        }
        auto [user, fresh] = users.emplace(graph.nodes[node].routerId.value_or(0), node);
        if (!fresh)
        {
            lines.FailAtNode(node,
                             "router id " + FormatAddress(user->first) + " of '" +
                                 graph.nodes[node].name + "' is used twice, by '" +
                                 graph.nodes[user->second].name + "' too, expected another");
        }
        if (user->first == 0)
        {
            lines.FailAtNode(node, "router id 0.0.0.0, expected another");
        }
    }
}

} // namespace

void
CheckShape(const TopologyGraph& graph, const TopologyLines& lines)
{
    if (graph.nodes.empty())
    {
        lines.Fail(1, "no nodes, expected at least two and a network between them");
    }
    CheckNames(graph, lines);
    CheckAttachments(graph, lines);
    CheckConnected(graph, lines);
    CheckPrefixes(graph, lines);
}

void
CheckNumbers(const TopologyGraph& graph, const TopologyLines& lines)
{
    CheckAddresses(graph, lines);
    CheckNetworkTypes(graph, lines);
    CheckLoopbacks(graph, lines);
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        CheckInterfaces(graph, node, lines);
        CheckAnycastRps(graph, node, lines);
        CheckMsdp(graph, node, lines);
    }
    CheckRouterIds(graph, lines);
}

} // namespace ns3
