// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/topology-options.h"

#include "ns3/text.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>

#include <algorithm>
#include <limits>
#include <set>

namespace ns3
{

namespace
{

/** Nodes first, then networks. */
using Plain = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;

Plain
MakePlain(const TopologyGraph& graph)
{
    Plain plain(graph.nodes.size() + graph.networks.size());
    for (const TopologyAttachment& attachment : graph.attachments)
    {
        boost::add_edge(attachment.node, graph.nodes.size() + attachment.network, plain);
    }
    return plain;
}

/** Keeps the elements of \p values that \p keep says. */
template <typename T>
void
KeepIf(std::vector<T>& values, const std::vector<bool>& keep)
{
    std::size_t kept = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
    {
        if (keep[i])
        {
            kept == i ? void() : void(values[kept] = std::move(values[i]));
            ++kept;
        }
    }
    values.resize(kept);
}

/** \returns by old number the new one of what \p keep says. */
std::vector<std::size_t>
Renumber(const std::vector<bool>& keep)
{
    std::vector<std::size_t> numbers(keep.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < keep.size(); ++i)
    {
        numbers[i] = keep[i] ? next++ : 0;
    }
    return numbers;
}

/** Hands out /32 of 10.255.0.0/16 that nobody has. */
class LoopbackPool
{
  public:
    explicit LoopbackPool(const TopologyGraph& graph)
    {
        for (const TopologyNetwork& network : graph.networks)
        {
            m_taken.push_back(network.prefix);
        }
        for (const TopologyNode& node : graph.nodes)
        {
            for (const LoopbackAddress& each : GetLoopbackAddresses(node))
            {
                m_taken.push_back(each.GetPrefix());
            }
        }
    }

    TopologyAddress Take()
    {
        const auto isFree = [this](TopologyAddress address) {
            return std::none_of(m_taken.begin(), m_taken.end(), [address](const auto& prefix) {
                return prefix.GetLength() != 0 && prefix.Contains(address);
            });
        };
        while (!isFree(m_next))
        {
            ++m_next;
        }
        return m_next++;
    }

  private:
    std::vector<Ipv4Prefix> m_taken;
    TopologyAddress m_next{0x0aff0001};
};

/** \returns the nodes that \p names name. \param option for messages */
std::set<std::size_t>
FindNodes(const std::string& option,
          const std::string& names,
          const TopologyGraph& graph,
          const TopologyLines& lines)
{
    std::set<std::size_t> nodes;
    for (const std::string& name : SplitAt(names, ','))
    {
        const auto node = graph.FindNode(name);
        if (!node)
        {
            lines.Fail(1,
                       "--" + option + " names '" + name +
                           "', which is no node, expected one such "
                           "as '" +
                           graph.nodes.front().name + "'");
        }
        nodes.insert(*node);
    }
    return nodes;
}

std::set<std::size_t>
FindTier(const std::string& tier, const TopologyGraph& graph, const TopologyLines& lines)
{
    std::set<std::size_t> nodes;
    std::set<std::string> tiers;
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        tiers.insert(graph.nodes[node].tier);
        if (graph.nodes[node].tier == tier)
        {
            nodes.insert(node);
        }
    }
    if (nodes.empty())
    {
        std::string known;
        for (const std::string& each : tiers)
        {
            known += each.empty() ? "" : (known.empty() ? "" : ", ") + each;
        }
        lines.Fail(1,
                   "--vteps names tier '" + tier + "', which no node has, expected " +
                       (known.empty() ? "names of nodes, or ends" : "one of " + known));
    }
    return nodes;
}

/** Puts a VTEP on each router that has as few links as two of them have. */
void
AddEnds(TopologyGraph& graph, TopologyLines& lines)
{
    std::vector<std::size_t> degrees;
    for (const TopologyNode& node : graph.nodes)
    {
        if (node.kind == NodeKind::Router)
        {
            degrees.push_back(node.attachments.size());
        }
    }
    if (degrees.size() < 2)
    {
        lines.Fail(1, "--vteps=ends needs two routers, expected more of them");
    }
    std::nth_element(degrees.begin(), degrees.begin() + 1, degrees.end());
    const std::size_t most = degrees[1];
    std::set<std::string> names;
    for (const TopologyNode& node : graph.nodes)
    {
        names.insert(node.name);
    }
    TopologyBuilder builder("");
    std::swap(builder.graph, graph);
    const std::size_t count = builder.graph.nodes.size();
    std::size_t number = 0;
    for (std::size_t router = 0; router < count; ++router)
    {
        if (builder.graph.nodes[router].kind != NodeKind::Router ||
            builder.graph.nodes[router].attachments.size() > most)
        {
            continue;
        }
        std::string name;
        do
        {
            name = "vtep" + std::to_string(number++);
        } while (names.count(name) != 0);
        const std::size_t line = router < lines.nodes.size() ? lines.nodes[router] : 1;
        const std::size_t vtep = builder.AddNode(name, NodeKind::Vtep, "vtep");
        builder.AddLink(router, vtep);
        lines.nodes.push_back(line);
        lines.networks.push_back(line);
        lines.attachments.insert(lines.attachments.end(), 2, line);
    }
    std::swap(builder.graph, graph);
}

} // namespace

std::string
DescribeTopology(const std::string& topology, const TopologyOptions& options)
{
    return topology + (options.vteps.empty() ? "" : " vteps=" + options.vteps) +
           (options.rp.empty() ? "" : " rp=" + options.rp) +
           (options.largestComponent ? " component=largest" : "") +
           (options.namesFromLabels ? " names=label" : "");
}

void
KeepLargestComponent(TopologyGraph& graph, TopologyLines& lines)
{
    const Plain plain = MakePlain(graph);
    std::vector<std::size_t> component(boost::num_vertices(plain));
    const std::size_t parts = boost::connected_components(plain, component.data());
    std::vector<std::size_t> sizes(parts, 0);
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        ++sizes[component[node]];
    }
    const auto largest =
        static_cast<std::size_t>(std::max_element(sizes.begin(), sizes.end()) - sizes.begin());
    const auto keep = [&](std::size_t count, auto toVertex) {
        std::vector<bool> kept;
        kept.reserve(count);
        for (std::size_t i = 0; i < count; ++i)
        {
            kept.push_back(component[toVertex(i)] == largest);
        }
        return kept;
    };
    const std::vector<bool> nodes = keep(graph.nodes.size(), [](std::size_t i) { return i; });
    const std::vector<bool> networks =
        keep(graph.networks.size(), [&](std::size_t i) { return graph.nodes.size() + i; });
    const std::vector<bool> attachments =
        keep(graph.attachments.size(), [&](std::size_t i) { return graph.attachments[i].node; });
    const std::vector<std::size_t> newNode = Renumber(nodes);
    const std::vector<std::size_t> newNetwork = Renumber(networks);
    const std::vector<std::size_t> newAttachment = Renumber(attachments);
    for (TopologyAttachment& attachment : graph.attachments)
    {
        attachment.node = newNode[attachment.node];
        attachment.network = newNetwork[attachment.network];
    }
    const auto renumber = [&](auto& elements) {
        for (auto& element : elements)
        {
            for (std::size_t& attachment : element.attachments)
            {
                attachment = newAttachment[attachment];
            }
        }
    };
    renumber(graph.nodes);
    renumber(graph.networks);
    KeepIf(graph.nodes, nodes);
    KeepIf(graph.networks, networks);
    KeepIf(graph.attachments, attachments);
    KeepIf(lines.nodes, nodes);
    KeepIf(lines.networks, networks);
    KeepIf(lines.attachments, attachments);
}

void
ApplyVteps(const std::string& vteps, TopologyGraph& graph, TopologyLines& lines)
{
    if (vteps == "ends")
    {
        AddEnds(graph, lines);
        return;
    }
    const std::string prefix = "tier:";
    const std::set<std::size_t> chosen = vteps.rfind(prefix, 0) == 0
                                             ? FindTier(vteps.substr(prefix.size()), graph, lines)
                                             : FindNodes("vteps", vteps, graph, lines);
    LoopbackPool pool(graph);
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        TopologyNode& n = graph.nodes[node];
        const bool isChosen = chosen.count(node) != 0;
        if (isChosen && n.kind == NodeKind::Controller)
        {
            lines.Fail(1,
                       "--vteps names '" + n.name +
                           "', a controller, expected a router, VTEP or "
                           "host");
        }
        n.vtep = isChosen && n.kind == NodeKind::Router;
        if (n.vtep && n.loopbacks.empty())
        {
            n.loopbacks = {{"lo", {{pool.Take(), Ipv4Prefix::MAX_LENGTH}}}};
        }
        if (n.kind == NodeKind::Host || n.kind == NodeKind::Vtep)
        {
            n.kind = isChosen ? NodeKind::Vtep : NodeKind::Host;
        }
    }
}

void
ApplyRps(const std::string& rp, TopologyGraph& graph, const TopologyLines& lines)
{
    const std::set<std::size_t> chosen = rp == "center" ? std::set<std::size_t>{FindCentre(graph)}
                                                        : FindNodes("rp", rp, graph, lines);
    for (TopologyNode& node : graph.nodes)
    {
        node.candidateBsr.clear();
        node.candidateRp.clear();
        node.candidateRpGroups.clear();
        node.staticRps.clear();
        node.bidirRps.clear();
        node.anycastRps.clear();
    }
    for (std::size_t number : chosen)
    {
        TopologyNode& node = graph.nodes[number];
        if (node.kind != NodeKind::Router)
        {
            lines.Fail(1, "--rp names '" + node.name + "', which is no router, expected one");
        }
        node.candidateRp = node.loopbacks.empty()
                               ? graph.attachments[node.attachments.front()].interface
                               : node.loopbacks.front().name;
        node.candidateBsr = node.candidateRp;
        node.candidateRpGroups = {DefaultRpGroups()};
    }
}

std::size_t
FindCentre(const TopologyGraph& graph)
{
    const Plain plain = MakePlain(graph);
    std::size_t centre = 0;
    uint64_t least = std::numeric_limits<uint64_t>::max();
    for (std::size_t root = 0; root < graph.nodes.size(); ++root)
    {
        if (graph.nodes[root].kind != NodeKind::Router)
        {
            continue;
        }
        std::vector<uint64_t> hops(boost::num_vertices(plain), 0);
        boost::breadth_first_search(plain,
                                    root,
                                    boost::visitor(boost::make_bfs_visitor(boost::record_distances(
                                        hops.data(), boost::on_tree_edge()))));
        uint64_t sum = 0;
        for (std::size_t node = 0; node < graph.nodes.size(); ++node)
        {
            sum += hops[node];
        }
        if (sum < least)
        {
            least = sum;
            centre = root;
        }
    }
    return centre;
}

} // namespace ns3
