// SPDX-License-Identifier: GPL-2.0-only
// What routes.csv should hold, worked out from the topology alone: in each OSPF area Boost's
// Dijkstra from every router over routers and networks; summaries of area border routers (RFC 2328
// §12.4.3, §16.2); next hops from the distances of the neighbours, not from the paths as the model
// has it. No stub areas, no ranges, areas in one piece.
#ifndef VXLAN_MULTICAST_TEST_ROUTE_ORACLE_H
#define VXLAN_MULTICAST_TEST_ROUTE_ORACLE_H

#include "ns3/topology-graph.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace ns3
{

/** A topology with its failures. */
class RouteOracle
{
  public:
    explicit RouteOracle(const TopologyGraph& graph)
        : m_graph(graph)
    {
    }

    /** The network's interfaces are down: it is nobody's. */
    void RemoveNetwork(const std::string& name)
    {
        m_removedNetworks.insert(m_graph.FindNetwork(name).value());
    }

    void RestoreNetwork(const std::string& name)
    {
        m_removedNetworks.erase(m_graph.FindNetwork(name).value());
    }

    /** The network loses everything: each router has it as its own, but nobody behind it. */
    void Silence(const std::string& name)
    {
        m_silent.insert(m_graph.FindNetwork(name).value());
    }

    void RemoveNode(const std::string& name)
    {
        m_removedNodes.insert(m_graph.FindNode(name).value());
    }

    void RestoreNode(const std::string& name)
    {
        m_removedNodes.erase(m_graph.FindNode(name).value());
    }

    /** \returns "node prefix metric next_hop interface" of every row of every router. */
    std::set<std::string> GetRows()
    {
        m_distances.clear();
        for (const TopologyAttachment& end : m_graph.attachments)
        {
            if (m_distances.count(end.area) == 0)
            {
                for (std::size_t node = 0; node < m_graph.nodes.size(); ++node)
                {
                    m_distances[end.area].push_back(GetDistances(node, end.area));
                }
            }
        }
        std::set<std::string> rows;
        for (std::size_t node = 0; node < m_graph.nodes.size(); ++node)
        {
            for (std::size_t network = 0; IsRouter(node) && network < m_graph.networks.size();
                 ++network)
            {
                AddRows(node, network, rows);
            }
        }
        return rows;
    }

    /** \returns the same of rows of routes.csv, but for those of hosts. */
    template <typename Rows>
    std::set<std::string> Read(const Rows& table) const
    {
        std::set<std::string> rows;
        for (const auto& row : table)
        {
            if (!IsRouter(m_graph.FindNode(row.at("node")).value()))
            {
                continue;
            }
            const std::string text = row.at("node") + " " + row.at("prefix") + " " +
                                     row.at("metric") + " " + row.at("next_hop") + " " +
                                     row.at("interface");
            const bool isConnected = row.at("next_hop").empty();
            const bool isRight =
                row.at("protocol") == (isConnected ? "connected" : "ospf") && rows.count(text) == 0;
            rows.insert(isRight ? text : "wrong: " + text + " " + row.at("protocol"));
        }
        return rows;
    }

  private:
    static constexpr uint32_t UNREACHED = std::numeric_limits<uint32_t>::max();
    static constexpr TopologyAddress BACKBONE = 0;

    /** A way to a network: through an area to one of its vertices, and on from there. */
    struct Way
    {
        TopologyAddress area;
        std::size_t vertex; //!< a node, or the number of nodes and a network
        uint32_t more;      //!< cost beyond the vertex
    };

    bool IsRouter(std::size_t node) const
    {
        const NodeKind kind = m_graph.nodes[node].kind;
        return (kind == NodeKind::Router || kind == NodeKind::Vtep) &&
               m_removedNodes.count(node) == 0;
    }

    bool IsUsed(std::size_t attachment) const
    {
        const TopologyAttachment& end = m_graph.attachments[attachment];
        return IsRouter(end.node) && m_removedNetworks.count(end.network) == 0;
    }

    std::set<TopologyAddress> GetAreas(std::size_t node) const
    {
        std::set<TopologyAddress> areas;
        for (std::size_t own : m_graph.nodes[node].attachments)
        {
            if (IsUsed(own))
            {
                areas.insert(m_graph.attachments[own].area);
            }
        }
        return areas;
    }

    std::size_t GetVertex(std::size_t network) const
    {
        return m_graph.nodes.size() + network;
    }

    /** \returns the distances of all nodes, then of all networks, inside an area. */
    std::vector<uint32_t> GetDistances(std::size_t root, TopologyAddress area) const
    {
        using Graph = boost::adjacency_list<boost::vecS,
                                            boost::vecS,
                                            boost::directedS,
                                            boost::no_property,
                                            boost::property<boost::edge_weight_t, uint32_t>>;
        Graph graph(GetVertex(m_graph.networks.size()));
        for (std::size_t i = 0; i < m_graph.attachments.size(); ++i)
        {
            const TopologyAttachment& end = m_graph.attachments[i];
            if (IsUsed(i) && end.area == area)
            {
                boost::add_edge(end.node, GetVertex(end.network), m_graph.GetCost(i), graph);
                if (m_silent.count(end.network) == 0)
                {
                    boost::add_edge(GetVertex(end.network), end.node, 0, graph);
                }
            }
        }
        std::vector<uint32_t> distances(boost::num_vertices(graph), UNREACHED);
        boost::dijkstra_shortest_paths(
            graph,
            root,
            boost::distance_map(boost::make_iterator_property_map(
                distances.begin(), boost::get(boost::vertex_index, graph))));
        return distances;
    }

    uint32_t GetCost(std::size_t node, const Way& way) const
    {
        const uint32_t distance = m_distances.at(way.area)[node][way.vertex];
        return distance == UNREACHED ? UNREACHED : distance + way.more;
    }

    uint32_t GetCost(std::size_t node, const std::vector<Way>& ways) const
    {
        uint32_t least = UNREACHED;
        for (const Way& way : ways)
        {
            least = std::min(least, GetCost(node, way));
        }
        return least;
    }

    /** \returns the ways that count: inside the area if there is one, else by summaries. */
    std::vector<Way> FindWays(std::size_t node, std::size_t network) const
    {
        const TopologyAddress itsArea =
            m_graph.attachments[m_graph.networks[network].attachments.front()].area;
        const std::set<TopologyAddress> areas = GetAreas(node);
        const Way inside{itsArea, GetVertex(network), 0};
        if (areas.count(itsArea) != 0 && GetCost(node, inside) != UNREACHED)
        {
            return {inside};
        }
        std::vector<Way> ways;
        for (TopologyAddress area : areas)
        {
            for (std::size_t border = 0; border < m_graph.nodes.size(); ++border)
            {
                const bool listens = areas.size() == 1 || area == BACKBONE;
                const uint32_t summary = listens && border != node
                                             ? GetSummary(border, area, itsArea, network)
                                             : UNREACHED;
                if (summary != UNREACHED)
                {
                    ways.push_back({area, border, summary});
                }
            }
        }
        return ways;
    }

    /** \returns the metric of the summary-LSA of \p border into \p area, if it makes one. */
    uint32_t GetSummary(std::size_t border,
                        TopologyAddress area,
                        TopologyAddress itsArea,
                        std::size_t network) const
    {
        const std::set<TopologyAddress> areas = GetAreas(border);
        if (!IsRouter(border) || areas.size() < 2 || areas.count(area) == 0 || area == itsArea)
        {
            return UNREACHED;
        }
        if (areas.count(itsArea) != 0)
        {
            return GetCost(border, Way{itsArea, GetVertex(network), 0});
        }
        return area == BACKBONE ? UNREACHED : GetCost(border, FindWays(border, network));
    }

    void AddRows(std::size_t node, std::size_t network, std::set<std::string>& rows) const
    {
        auto add = [&](uint32_t metric, const std::string& hop, std::size_t attachment) {
            rows.insert(m_graph.nodes[node].name + " " +
                        m_graph.networks[network].prefix.ToString() + " " + std::to_string(metric) +
                        " " + hop + " " + m_graph.attachments[attachment].interface);
        };
        for (std::size_t own : m_graph.nodes[node].attachments)
        {
            if (m_graph.attachments[own].network == network && IsUsed(own))
            {
                add(m_graph.GetCost(own), "", own);
                return;
            }
        }
        const std::vector<Way> ways = FindWays(node, network);
        const uint32_t least = GetCost(node, ways);
        for (const Way& way : ways)
        {
            for (std::size_t own : m_graph.nodes[node].attachments)
            {
                if (least == UNREACHED || GetCost(node, way) != least || !IsUsed(own) ||
                    m_graph.attachments[own].area != way.area ||
                    m_silent.count(m_graph.attachments[own].network) != 0)
                {
                    continue;
                }
                const std::size_t link = m_graph.attachments[own].network;
                for (std::size_t other : m_graph.networks[link].attachments)
                {
                    const TopologyAttachment& end = m_graph.attachments[other];
                    const uint32_t rest = GetCost(end.node, way);
                    if (end.node != node && IsUsed(other) && rest != UNREACHED &&
                        m_graph.GetCost(own) + rest == least)
                    {
                        add(least, FormatAddress(end.address), own);
                    }
                }
            }
        }
    }

    const TopologyGraph& m_graph;
    std::set<std::size_t> m_removedNodes;
    std::set<std::size_t> m_removedNetworks;
    std::set<std::size_t> m_silent;
    /** By area and root. */
    std::map<TopologyAddress, std::vector<std::vector<uint32_t>>> m_distances;
};

} // namespace ns3

#endif
