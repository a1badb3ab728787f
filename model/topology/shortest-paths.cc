// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/shortest-paths.h"

#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/property_map/function_property_map.hpp>

#include <algorithm>

namespace ns3
{

namespace
{

/** RFC 6987 §2. */
constexpr uint32_t MAX_LINK_METRIC = 0xffff;
constexpr uint64_t UNREACHABLE = std::numeric_limits<uint64_t>::max();

void
SortUnique(std::vector<PathNextHop>& nextHops)
{
    std::sort(nextHops.begin(), nextHops.end());
    nextHops.erase(std::unique(nextHops.begin(), nextHops.end()), nextHops.end());
}

} // namespace

ShortestPaths::ShortestPaths(const TopologyGraph& graph)
    : m_topology(graph)
{
    std::vector<std::pair<std::size_t, std::size_t>> ends;
    std::vector<std::pair<std::size_t, std::size_t>> turned;
    std::vector<Arc> arcs;
    std::vector<std::pair<std::size_t, std::size_t>> coreEnds;
    std::vector<Arc> coreArcs;
    for (std::size_t i = 0; i < graph.attachments.size(); ++i)
    {
        const std::size_t node = graph.attachments[i].node;
        const std::size_t network = graph.attachments[i].network;
        const bool isPassive = graph.IsPassive(i);
        const bool isAvoided = graph.nodes[node].maxMetric && IsTransit(network);
        if (isPassive || (isAvoided && graph.networks[network].pointToPoint))
        {
            m_stubs.push_back(i);
        }
        if (!isPassive)
        {
            ends.emplace_back(node, graph.nodes.size() + network);
            arcs.push_back({isAvoided ? MAX_LINK_METRIC : graph.GetCost(i), i});
            ends.emplace_back(graph.nodes.size() + network, node);
            arcs.push_back({0, i});
        }
        if (!isPassive && IsLeaf(network))
        {
            Forwards(node) ? m_leaves.push_back(i) : void();
        }
        else if (!isPassive)
        {
            coreEnds.insert(coreEnds.end(), ends.end() - 2, ends.end());
            coreArcs.insert(coreArcs.end(), arcs.end() - 2, arcs.end());
        }
    }
    turned.reserve(ends.size());
    for (const auto& [from, to] : ends)
    {
        turned.emplace_back(to, from);
    }
    const std::size_t vertices = graph.nodes.size() + graph.networks.size();
    m_graph = Graph(
        boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), arcs.begin(), vertices);
    m_core = Graph(boost::edges_are_unsorted_multi_pass,
                   coreEnds.begin(),
                   coreEnds.end(),
                   coreArcs.begin(),
                   vertices);
    for (std::size_t i : m_stubs)
    {
        turned.emplace_back(graph.nodes.size() + graph.attachments[i].network,
                            graph.attachments[i].node);
        arcs.push_back({graph.GetCost(i), i, true});
    }
    m_reverse = Graph(
        boost::edges_are_unsorted_multi_pass, turned.begin(), turned.end(), arcs.begin(), vertices);
}

/** \returns whether routers are neighbours on \p network. */
bool
ShortestPaths::IsTransit(std::size_t network) const
{
    std::size_t speakers = 0;
    for (std::size_t attachment : m_topology.networks[network].attachments)
    {
        const NodeKind kind = m_topology.nodes[m_topology.attachments[attachment].node].kind;
        const bool speaks = kind == NodeKind::Router || kind == NodeKind::Vtep;
        speakers += speaks && !m_topology.IsPassive(attachment) ? 1 : 0;
    }
    return speakers > 1;
}

/** \returns whether one node leads to \p network, and nobody beyond it: most networks of a fabric. */
bool
ShortestPaths::IsLeaf(std::size_t network) const
{
    std::size_t forwarders = 0;
    for (std::size_t attachment : m_topology.networks[network].attachments)
    {
        if (m_topology.IsPassive(attachment))
        {
            return false;
        }
        forwarders += Forwards(m_topology.attachments[attachment].node) ? 1 : 0;
    }
    return forwarders == 1;
}

/** A router's own interfaces cost what they cost; a stub is where a path begins, seen backwards. */
uint64_t
ShortestPaths::GetWeight(const Arc& arc, std::size_t from, std::size_t root) const
{
    if (arc.stub || arc.cost == 0)
    {
        return arc.stub && from != root ? UNREACHABLE : arc.cost;
    }
    return from == root && from < m_topology.nodes.size() ? m_topology.GetCost(arc.attachment)
                                                          : arc.cost;
}

bool
ShortestPaths::Forwards(std::size_t vertex) const
{
    return vertex >= m_topology.nodes.size() || m_topology.nodes[vertex].kind == NodeKind::Router;
}

std::vector<uint64_t>
ShortestPaths::GetDistances(const Graph& graph, std::size_t root) const
{
    // Boost never relaxes an arc of infinite weight: so ends a path at a node that does not
    // forward.
    auto weight = boost::make_function_property_map<Graph::edge_descriptor, uint64_t>(
        [&](const Graph::edge_descriptor& edge) {
            const std::size_t from = boost::source(edge, graph);
            return from == root || Forwards(from) ? GetWeight(graph[edge], from, root)
                                                  : UNREACHABLE;
        });
    std::vector<uint64_t> distances(boost::num_vertices(graph), UNREACHABLE);
    boost::dijkstra_shortest_paths(
        graph,
        root,
        boost::weight_map(weight)
            .distance_map(boost::make_iterator_property_map(distances.begin(),
                                                            boost::get(boost::vertex_index, graph)))
            .distance_inf(UNREACHABLE)
            .distance_combine(boost::closed_plus<uint64_t>(UNREACHABLE)));
    return distances;
}

void
ShortestPaths::Inherit(const Graph& graph,
                       std::size_t root,
                       const std::vector<uint64_t>& distances,
                       std::size_t vertex,
                       std::vector<std::vector<PathNextHop>>& nextHops) const
{
    for (auto [edge, end] = boost::out_edges(vertex, graph); edge != end; ++edge)
    {
        const std::size_t to = boost::target(*edge, graph);
        if (to == root ||
            distances[vertex] + GetWeight(graph[*edge], vertex, root) != distances[to])
        {
            continue;
        }
        const std::size_t attachment = graph[*edge].attachment;
        if (vertex == root)
        {
            nextHops[to].push_back({attachment, 0});
            continue;
        }
        for (PathNextHop nextHop : nextHops[vertex])
        {
            // The first node behind the root's own network is the gateway.
            if (nextHop.gateway == 0 && vertex >= m_topology.nodes.size())
            {
                nextHop.gateway = m_topology.attachments[attachment].address;
            }
            nextHops[to].push_back(nextHop);
        }
    }
}

/** Adds the networks that m_core leaves out, which are as far as the node that leads to them. */
void
ShortestPaths::AddLeaves(const std::vector<uint64_t>& distances,
                         const std::vector<std::vector<PathNextHop>>& nextHops,
                         std::vector<PathRoute>& routes) const
{
    for (std::size_t leaf : m_leaves)
    {
        const TopologyAttachment& last = m_topology.attachments[leaf];
        if (distances[last.node] == UNREACHABLE)
        {
            continue;
        }
        const bool isAvoided = m_topology.nodes[last.node].maxMetric && IsTransit(last.network);
        const uint64_t metric =
            distances[last.node] + (isAvoided ? MAX_LINK_METRIC : m_topology.GetCost(leaf));
        routes[last.network] = {
            static_cast<uint32_t>(std::min<uint64_t>(metric, std::numeric_limits<uint32_t>::max())),
            nextHops[last.node]};
    }
}

/** Offers the networks of other routers' stub links at their own cost. */
void
ShortestPaths::AddStubs(const std::vector<uint64_t>& distances,
                        const std::vector<std::vector<PathNextHop>>& nextHops,
                        std::size_t root,
                        std::vector<PathRoute>& routes) const
{
    for (std::size_t stub : m_stubs)
    {
        const std::size_t owner = m_topology.attachments[stub].node;
        if (owner == root || distances[owner] == UNREACHABLE)
        {
            continue;
        }
        PathRoute& route = routes[m_topology.attachments[stub].network];
        const uint64_t metric = distances[owner] + m_topology.GetCost(stub);
        if (route.nextHops.empty() || metric < route.metric)
        {
            route = {static_cast<uint32_t>(metric), {}};
        }
        if (metric == route.metric)
        {
            route.nextHops.insert(
                route.nextHops.end(), nextHops[owner].begin(), nextHops[owner].end());
            SortUnique(route.nextHops);
        }
    }
}

std::vector<PathRoute>
ShortestPaths::From(std::size_t node) const
{
    const Graph& graph = Forwards(node) ? m_core : m_graph;
    const std::vector<uint64_t> distances = GetDistances(graph, node);
    // A network comes before the nodes at its distance, which are reached through it.
    std::vector<std::size_t> order;
    for (std::size_t vertex = 0; vertex < distances.size(); ++vertex)
    {
        if (distances[vertex] != UNREACHABLE)
        {
            order.push_back(vertex);
        }
    }
    const std::size_t nodes = m_topology.nodes.size();
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::make_tuple(distances[a], a < nodes, a) <
               std::make_tuple(distances[b], b < nodes, b);
    });
    std::vector<std::vector<PathNextHop>> nextHops(distances.size());
    for (std::size_t vertex : order)
    {
        SortUnique(nextHops[vertex]);
        if (vertex == node || Forwards(vertex))
        {
            Inherit(graph, node, distances, vertex, nextHops);
        }
    }
    std::vector<PathRoute> routes(m_topology.networks.size());
    for (std::size_t network = 0; network < routes.size(); ++network)
    {
        routes[network].metric = static_cast<uint32_t>(
            std::min<uint64_t>(distances[nodes + network], std::numeric_limits<uint32_t>::max()));
        routes[network].nextHops = std::move(nextHops[nodes + network]);
    }
    if (Forwards(node))
    {
        AddLeaves(distances, nextHops, routes);
    }
    AddStubs(distances, nextHops, node, routes);
    // A node's own networks are connected, whatever OSPF thinks of a detour.
    for (std::size_t attachment : m_topology.nodes[node].attachments)
    {
        routes[m_topology.attachments[attachment].network] = {m_topology.GetCost(attachment),
                                                              {{attachment, 0}}};
    }
    return routes;
}

/** The next hops of \p node, by what its interfaces cost itself. */
void
ShortestPaths::AddNextHops(std::size_t target,
                           const std::vector<uint64_t>& distances,
                           std::size_t node,
                           PathRoute& route) const
{
    const std::size_t nodes = m_topology.nodes.size();
    uint64_t best = UNREACHABLE;
    for (std::size_t attachment : m_topology.nodes[node].attachments)
    {
        const std::size_t network = m_topology.attachments[attachment].network;
        const uint64_t beyond = distances[nodes + network];
        if (beyond == UNREACHABLE || m_topology.IsPassive(attachment))
        {
            continue;
        }
        const uint64_t metric = m_topology.GetCost(attachment) + beyond;
        if (metric < best)
        {
            best = metric;
            route.nextHops.clear();
        }
        for (std::size_t other : m_topology.networks[network].attachments)
        {
            const std::size_t gateway = m_topology.attachments[other].node;
            if (metric == best && gateway != node && distances[gateway] == beyond &&
                !m_topology.IsPassive(other) && (gateway == target || Forwards(gateway)))
            {
                route.nextHops.push_back({attachment, m_topology.attachments[other].address});
            }
        }
    }
    route.metric =
        static_cast<uint32_t>(std::min<uint64_t>(best, std::numeric_limits<uint32_t>::max()));
    SortUnique(route.nextHops);
}

std::vector<PathRoute>
ShortestPaths::Toward(std::size_t target) const
{
    const std::vector<uint64_t> distances = GetDistances(m_reverse, target);
    const std::size_t nodes = m_topology.nodes.size();
    std::vector<PathRoute> routes(nodes);
    for (std::size_t node = 0; node < nodes; ++node)
    {
        if (node == target)
        {
            continue;
        }
        AddNextHops(target, distances, node, routes[node]);
        for (std::size_t attachment : m_topology.nodes[node].attachments)
        {
            if (nodes + m_topology.attachments[attachment].network == target)
            {
                // Connected, whatever OSPF thinks of a detour.
                routes[node] = {m_topology.GetCost(attachment), {{attachment, 0}}};
                break;
            }
        }
    }
    return routes;
}

std::vector<PathRoute>
ShortestPaths::To(std::size_t network) const
{
    return Toward(m_topology.nodes.size() + network);
}

std::vector<PathRoute>
ShortestPaths::ToNode(std::size_t node) const
{
    return Toward(node);
}

} // namespace ns3
