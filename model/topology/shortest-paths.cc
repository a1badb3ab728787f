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
    : m_topology(graph),
      m_leaves(graph.networks.size())
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
            if (Forwards(node))
            {
                m_leaves[network] = {node, isAvoided ? MAX_LINK_METRIC : graph.GetCost(i)};
            }
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

/**
 * \returns the next hops towards \p network: what m_core leaves out is as far as the node that leads
 *          there
 */
const std::vector<PathNextHop>&
ShortestPaths::GetRoute(const Reach& reach,
                        std::size_t root,
                        std::size_t network,
                        uint32_t& metric) const
{
    const Leaf& leaf = m_leaves[network];
    const bool isLeft =
        leaf.node != NONE && Forwards(root) && reach.distances[leaf.node] != UNREACHABLE;
    const std::size_t vertex = isLeft ? leaf.node : m_topology.nodes.size() + network;
    metric = static_cast<uint32_t>(std::min<uint64_t>(
        reach.distances[vertex] + (isLeft ? leaf.cost : 0), std::numeric_limits<uint32_t>::max()));
    return reach.nextHops[vertex];
}

/** \returns the routes to the networks of other routers' stub links, at their own cost. */
std::map<std::size_t, PathRoute>
ShortestPaths::MakeStubs(const Reach& reach, std::size_t root) const
{
    std::map<std::size_t, PathRoute> routes;
    for (std::size_t stub : m_stubs)
    {
        const std::size_t owner = m_topology.attachments[stub].node;
        if (owner == root || reach.distances[owner] == UNREACHABLE)
        {
            continue;
        }
        const std::size_t network = m_topology.attachments[stub].network;
        const auto [it, isNew] = routes.try_emplace(network);
        PathRoute& route = it->second;
        if (isNew)
        {
            route.nextHops = GetRoute(reach, root, network, route.metric);
        }
        const std::vector<PathNextHop>& nextHops = reach.nextHops[owner];
        const uint64_t metric = reach.distances[owner] + m_topology.GetCost(stub);
        if (route.nextHops.empty() || metric < route.metric)
        {
            route = {static_cast<uint32_t>(metric), {}};
        }
        if (metric == route.metric)
        {
            route.nextHops.insert(route.nextHops.end(), nextHops.begin(), nextHops.end());
            SortUnique(route.nextHops);
        }
    }
    return routes;
}

ShortestPaths::Reach
ShortestPaths::Search(std::size_t node) const
{
    const Graph& graph = Forwards(node) ? m_core : m_graph;
    Reach reach;
    reach.distances = GetDistances(graph, node);
    // A network comes before the nodes at its distance, which are reached through it.
    std::vector<std::size_t> order;
    for (std::size_t vertex = 0; vertex < reach.distances.size(); ++vertex)
    {
        if (reach.distances[vertex] != UNREACHABLE)
        {
            order.push_back(vertex);
        }
    }
    const std::size_t nodes = m_topology.nodes.size();
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::make_tuple(reach.distances[a], a < nodes, a) <
               std::make_tuple(reach.distances[b], b < nodes, b);
    });
    reach.nextHops.resize(reach.distances.size());
    for (std::size_t vertex : order)
    {
        SortUnique(reach.nextHops[vertex]);
        if (vertex == node || Forwards(vertex))
        {
            Inherit(graph, node, reach.distances, vertex, reach.nextHops);
        }
    }
    return reach;
}

/** \returns the routes that are not those of a search: to stub links and to the node's own. */
std::map<std::size_t, PathRoute>
ShortestPaths::MakeOthers(const Reach& reach, std::size_t root) const
{
    std::map<std::size_t, PathRoute> others = MakeStubs(reach, root);
    // A node's own networks are connected, whatever OSPF thinks of a detour.
    for (std::size_t attachment : m_topology.nodes[root].attachments)
    {
        others[m_topology.attachments[attachment].network] = {m_topology.GetCost(attachment),
                                                              {{attachment, 0}}};
    }
    return others;
}

ShortestPaths::NodePaths
ShortestPaths::Find(std::size_t node) const
{
    const Reach reach = Search(node);
    NodePaths paths;
    paths.m_paths = this;
    paths.m_forwards = Forwards(node);
    paths.m_others = MakeOthers(reach, node);
    std::map<std::vector<PathNextHop>, std::size_t> hops;
    for (std::size_t vertex = 0; vertex < reach.distances.size(); ++vertex)
    {
        if (reach.distances[vertex] != UNREACHABLE)
        {
            const auto [it, isNew] = hops.try_emplace(reach.nextHops[vertex], hops.size());
            isNew ? paths.m_hops.push_back(it->first) : void();
            paths.m_found.push_back({vertex, reach.distances[vertex], it->second});
        }
    }
    paths.m_found.shrink_to_fit();
    return paths;
}

const ShortestPaths::NodePaths::Found*
ShortestPaths::NodePaths::Find(std::size_t vertex) const
{
    const auto it = std::lower_bound(
        m_found.begin(), m_found.end(), vertex, [](const Found& found, std::size_t wanted) {
            return found.vertex < wanted;
        });
    return it != m_found.end() && it->vertex == vertex ? &*it : nullptr;
}

PathRoute
ShortestPaths::NodePaths::Get(std::size_t network) const
{
    const auto other = m_others.find(network);
    if (other != m_others.end())
    {
        return other->second;
    }
    const Leaf& leaf = m_paths->m_leaves[network];
    const Found* router = leaf.node != NONE && m_forwards ? Find(leaf.node) : nullptr;
    const Found* found = router ? router : Find(m_paths->m_topology.nodes.size() + network);
    if (!found)
    {
        return {};
    }
    const uint64_t metric = found->distance + (router ? leaf.cost : 0);
    return {static_cast<uint32_t>(std::min<uint64_t>(metric, std::numeric_limits<uint32_t>::max())),
            m_hops[found->hops]};
}

void
ShortestPaths::Visit(std::size_t node, const RouteVisitor& visit) const
{
    const Reach reach = Search(node);
    const std::map<std::size_t, PathRoute> others = MakeOthers(reach, node);
    auto other = others.begin();
    for (std::size_t network = 0; network < m_topology.networks.size(); ++network)
    {
        if (other != others.end() && other->first == network)
        {
            visit(network, other->second.metric, other->second.nextHops);
            ++other;
            continue;
        }
        uint32_t metric = 0;
        const std::vector<PathNextHop>& nextHops = GetRoute(reach, node, network, metric);
        visit(network, metric, nextHops);
    }
}

std::vector<PathRoute>
ShortestPaths::From(std::size_t node) const
{
    std::vector<PathRoute> routes;
    routes.reserve(m_topology.networks.size());
    Visit(node, [&](std::size_t, uint32_t metric, const std::vector<PathNextHop>& nextHops) {
        routes.push_back({metric, nextHops});
    });
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
