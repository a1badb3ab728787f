// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/shortest-paths.h"

#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/property_map/function_property_map.hpp>

#include <algorithm>

namespace ns3
{

namespace
{

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
    for (std::size_t i = 0; i < graph.attachments.size(); ++i)
    {
        const std::size_t node = graph.attachments[i].node;
        const std::size_t network = graph.nodes.size() + graph.attachments[i].network;
        ends.emplace_back(node, network);
        arcs.push_back({graph.GetCost(i), i});
        ends.emplace_back(network, node);
        arcs.push_back({0, i});
    }
    for (const auto& [from, to] : ends)
    {
        turned.emplace_back(to, from);
    }
    const std::size_t vertices = graph.nodes.size() + graph.networks.size();
    m_graph = Graph(
        boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), arcs.begin(), vertices);
    m_reverse = Graph(
        boost::edges_are_unsorted_multi_pass, turned.begin(), turned.end(), arcs.begin(), vertices);
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
            return from == root || Forwards(from) ? uint64_t(graph[edge].cost) : UNREACHABLE;
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
ShortestPaths::Inherit(std::size_t root,
                       const std::vector<uint64_t>& distances,
                       std::size_t vertex,
                       std::vector<std::vector<PathNextHop>>& nextHops) const
{
    for (auto [edge, end] = boost::out_edges(vertex, m_graph); edge != end; ++edge)
    {
        const std::size_t to = boost::target(*edge, m_graph);
        if (to == root || distances[vertex] + m_graph[*edge].cost != distances[to])
        {
            continue;
        }
        const std::size_t attachment = m_graph[*edge].attachment;
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

std::vector<PathRoute>
ShortestPaths::From(std::size_t node) const
{
    const std::vector<uint64_t> distances = GetDistances(m_graph, node);
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
            Inherit(node, distances, vertex, nextHops);
        }
    }
    std::vector<PathRoute> routes(m_topology.networks.size());
    for (std::size_t network = 0; network < routes.size(); ++network)
    {
        routes[network].metric = static_cast<uint32_t>(
            std::min<uint64_t>(distances[nodes + network], std::numeric_limits<uint32_t>::max()));
        routes[network].nextHops = std::move(nextHops[nodes + network]);
    }
    // A node's own networks are connected, whatever OSPF thinks of a detour.
    for (std::size_t attachment : m_topology.nodes[node].attachments)
    {
        routes[m_topology.attachments[attachment].network] = {m_topology.GetCost(attachment),
                                                              {{attachment, 0}}};
    }
    return routes;
}

std::vector<PathRoute>
ShortestPaths::Toward(std::size_t target) const
{
    const std::vector<uint64_t> distances = GetDistances(m_reverse, target);
    const std::size_t nodes = m_topology.nodes.size();
    std::vector<PathRoute> routes(nodes);
    for (std::size_t node = 0; node < nodes; ++node)
    {
        routes[node].metric = static_cast<uint32_t>(
            std::min<uint64_t>(distances[node], std::numeric_limits<uint32_t>::max()));
        for (std::size_t attachment : m_topology.nodes[node].attachments)
        {
            const std::size_t network = m_topology.attachments[attachment].network;
            const uint64_t beyond = distances[nodes + network];
            if (nodes + network == target)
            {
                // Connected, whatever OSPF thinks of a detour.
                routes[node] = {m_topology.GetCost(attachment), {{attachment, 0}}};
                break;
            }
            if (node == target || beyond == UNREACHABLE ||
                m_topology.GetCost(attachment) + beyond != distances[node])
            {
                continue;
            }
            for (std::size_t other : m_topology.networks[network].attachments)
            {
                const std::size_t gateway = m_topology.attachments[other].node;
                if (distances[gateway] == beyond && (gateway == target || Forwards(gateway)))
                {
                    routes[node].nextHops.push_back(
                        {attachment, m_topology.attachments[other].address});
                }
            }
        }
        SortUnique(routes[node].nextHops);
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
