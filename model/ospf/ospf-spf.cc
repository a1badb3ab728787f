// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §16.1 and §16.1.1. Dijkstra finds the distances; next hops are then passed down the
// shortest-path graph, in the order of distance with networks first, until nothing changes.
#include "ns3/ospf-spf.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>

#include <algorithm>
#include <limits>

namespace ns3
{

namespace
{

constexpr uint32_t UNREACHED = std::numeric_limits<uint32_t>::max();

/** The shortest-path calculation of one area. */
class AreaCalculation
{
  public:
    AreaCalculation(const OspfLsdb& lsdb, OspfId root, const std::vector<OspfLocalLink>& links)
        : m_root(root),
          m_links(links)
    {
        ReadVertices(lsdb);
    }

    OspfAreaRoutes Run()
    {
        OspfAreaRoutes routes;
        const auto root = m_routers.find(m_root);
        if (root != m_routers.end())
        {
            AddEdges();
            FindDistances(root->second);
            PassNextHops(root->second);
            Collect(root->second, routes);
        }
        return routes;
    }

  private:
    struct Vertex
    {
        bool isNetwork;
        OspfId id{Ipv4Address::GetAny()}; //!< router id, or the Link State ID of the network-LSA
        OspfRouterLsa router;
        OspfNetworkLsa network;
        std::vector<std::size_t> edges; //!< leaving, indices in m_edges
        std::set<UnicastNextHop> nextHops;
    };

    struct Edge
    {
        std::size_t to;
        uint32_t weight;
        UnicastNextHop first; //!< when it leaves the root
        Ipv4Address gateway{
            Ipv4Address::GetAny()}; //!< address of the router that a network leads to
    };

    void ReadVertices(const OspfLsdb& lsdb)
    {
        for (const auto& [key, entry] : lsdb.GetEntries())
        {
            Vertex vertex{key.type == OspfLsaType::NETWORK, key.linkStateId, {}, {}, {}, {}};
            if (lsdb.IsMaxAge(entry))
            {
                continue;
            }
            if (vertex.isNetwork)
            {
                OspfNetworkLsa::Decode(entry.lsa.body, vertex.network);
                m_networks.emplace(key.linkStateId, m_vertices.size());
            }
            else if (key.type == OspfLsaType::ROUTER && key.linkStateId == key.advertisingRouter)
            {
                OspfRouterLsa::Decode(entry.lsa.body, vertex.router);
                m_routers.emplace(key.linkStateId, m_vertices.size());
            }
            else
            {
                continue;
            }
            m_vertices.push_back(std::move(vertex));
        }
    }

    /** \returns the link of \p router that answers, or nullptr: edges count only if both ends
     * agree. */
    const OspfRouterLink* FindLink(std::size_t router, uint8_t type, OspfId id) const
    {
        for (const OspfRouterLink& link : m_vertices[router].router.links)
        {
            if (link.type == type && link.id == id)
            {
                return &link;
            }
        }
        return nullptr;
    }

    const OspfLocalLink* FindLocal(const OspfRouterLink& link) const
    {
        for (const OspfLocalLink& local : m_links)
        {
            if (local.address == link.data &&
                (link.type == OspfRouterLink::TRANSIT || local.neighborId == link.id))
            {
                return &local;
            }
        }
        return nullptr;
    }

    void AddEdges()
    {
        for (std::size_t from = 0; from < m_vertices.size(); ++from)
        {
            if (m_vertices[from].isNetwork)
            {
                AddNetworkEdges(from);
            }
            else
            {
                AddRouterEdges(from);
            }
        }
    }

    void AddNetworkEdges(std::size_t from)
    {
        for (OspfId routerId : m_vertices[from].network.attachedRouters)
        {
            const auto to = m_routers.find(routerId);
            if (to == m_routers.end())
            {
                continue;
            }
            const OspfRouterLink* back =
                FindLink(to->second, OspfRouterLink::TRANSIT, m_vertices[from].id);
            if (back)
            {
                AddEdge(from, {to->second, 0, {}, back->data});
            }
        }
    }

    void AddRouterEdges(std::size_t from)
    {
        const OspfId self = m_vertices[from].id;
        for (const OspfRouterLink& link : m_vertices[from].router.links)
        {
            Edge edge{0, link.metric, {}, Ipv4Address::GetAny()};
            if (link.type == OspfRouterLink::POINT_TO_POINT)
            {
                const auto to = m_routers.find(link.id);
                if (to == m_routers.end() ||
                    !FindLink(to->second, OspfRouterLink::POINT_TO_POINT, self))
                {
                    continue;
                }
                edge.to = to->second;
            }
            else if (link.type == OspfRouterLink::TRANSIT)
            {
                const auto to = m_networks.find(link.id);
                if (to == m_networks.end())
                {
                    continue;
                }
                const auto& attached = m_vertices[to->second].network.attachedRouters;
                if (std::find(attached.begin(), attached.end(), self) == attached.end())
                {
                    continue;
                }
                edge.to = to->second;
            }
            else
            {
                continue;
            }
            if (self == m_root)
            {
                const OspfLocalLink* local = FindLocal(link);
                if (!local)
                {
                    continue;
                }
                edge.weight = local->cost.value_or(link.metric);
                const bool direct = link.type == OspfRouterLink::TRANSIT;
                edge.first = {local->interface,
                              direct ? Ipv4Address::GetAny() : local->neighborAddress};
            }
            AddEdge(from, edge);
        }
    }

    void AddEdge(std::size_t from, const Edge& edge)
    {
        m_vertices[from].edges.push_back(m_edges.size());
        m_edges.push_back(edge);
    }

    void FindDistances(std::size_t root)
    {
        using Graph = boost::adjacency_list<boost::vecS,
                                            boost::vecS,
                                            boost::directedS,
                                            boost::no_property,
                                            boost::property<boost::edge_weight_t, uint32_t>>;
        Graph graph(m_vertices.size());
        for (std::size_t from = 0; from < m_vertices.size(); ++from)
        {
            for (std::size_t edge : m_vertices[from].edges)
            {
                boost::add_edge(from, m_edges[edge].to, m_edges[edge].weight, graph);
            }
        }
        m_distances.assign(m_vertices.size(), UNREACHED);
        boost::dijkstra_shortest_paths(
            graph,
            root,
            boost::distance_map(boost::make_iterator_property_map(
                m_distances.begin(), boost::get(boost::vertex_index, graph))));
    }

    void PassNextHops(std::size_t root)
    {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < m_vertices.size(); ++i)
        {
            if (m_distances[i] != UNREACHED)
            {
                order.push_back(i);
            }
        }
        std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
            return std::make_tuple(m_distances[a], !m_vertices[a].isNetwork, a) <
                   std::make_tuple(m_distances[b], !m_vertices[b].isNetwork, b);
        });
        // A second round is needed only where someone advertises a link of cost 0.
        bool again = true;
        while (again)
        {
            again = false;
            for (std::size_t from : order)
            {
                for (std::size_t edge : m_vertices[from].edges)
                {
                    const std::size_t to = m_edges[edge].to;
                    const bool grew = to != root && PassAlong(from == root, from, m_edges[edge]);
                    again = again || (grew && m_distances[to] == m_distances[from] &&
                                      !m_vertices[from].isNetwork);
                }
            }
        }
    }

    /** \returns true when the far end of \p edge got a next hop that it had not. */
    bool PassAlong(bool fromRoot, std::size_t from, const Edge& edge)
    {
        if (m_distances[from] + edge.weight != m_distances[edge.to])
        {
            return false;
        }
        std::set<UnicastNextHop>& target = m_vertices[edge.to].nextHops;
        const std::size_t before = target.size();
        if (fromRoot)
        {
            target.insert(edge.first);
        }
        else
        {
            for (UnicastNextHop hop : m_vertices[from].nextHops)
            {
                if (hop.gateway == Ipv4Address::GetAny())
                {
                    hop.gateway = edge.gateway;
                }
                target.insert(hop);
            }
        }
        return target.size() > before;
    }

    void Collect(std::size_t root, OspfAreaRoutes& routes) const
    {
        for (std::size_t i = 0; i < m_vertices.size(); ++i)
        {
            const Vertex& vertex = m_vertices[i];
            if (m_distances[i] == UNREACHED || (i != root && vertex.nextHops.empty()))
            {
                continue;
            }
            if (vertex.isNetwork)
            {
                AddNetwork(routes,
                           Ipv4Prefix::FromMask(vertex.id.ToAddress(), vertex.network.mask),
                           m_distances[i],
                           vertex.nextHops);
                continue;
            }
            CollectStubs(i, i == root, routes);
            if (i != root)
            {
                routes.routers[vertex.id] = {{m_distances[i], vertex.nextHops},
                                             vertex.router.areaBorder,
                                             vertex.router.asBoundary};
            }
        }
    }

    void CollectStubs(std::size_t router, bool isRoot, OspfAreaRoutes& routes) const
    {
        for (const OspfRouterLink& link : m_vertices[router].router.links)
        {
            if (link.type != OspfRouterLink::STUB)
            {
                continue;
            }
            const auto prefix =
                Ipv4Prefix::FromMask(link.id.ToAddress(), Ipv4Mask(link.data.Get()));
            std::set<UnicastNextHop> nextHops = m_vertices[router].nextHops;
            if (isRoot && prefix)
            {
                for (const OspfLocalLink& local : m_links)
                {
                    if (prefix->Contains(local.address))
                    {
                        nextHops.insert({local.interface, Ipv4Address::GetAny()});
                    }
                }
            }
            if (!nextHops.empty())
            {
                AddNetwork(routes, prefix, m_distances[router] + link.metric, nextHops);
            }
        }
    }

    /** \param prefix nothing for a mask with holes, which never becomes a route */
    static void AddNetwork(OspfAreaRoutes& routes,
                           const std::optional<Ipv4Prefix>& prefix,
                           uint32_t cost,
                           const std::set<UnicastNextHop>& nextHops)
    {
        if (!prefix)
        {
            return;
        }
        auto [it, added] = routes.networks.emplace(*prefix, OspfPath{cost, nextHops});
        if (!added)
        {
            it->second.Improve(cost, nextHops);
        }
    }

    const OspfId m_root;
    const std::vector<OspfLocalLink>& m_links;
    std::vector<Vertex> m_vertices;
    std::vector<Edge> m_edges;
    std::vector<uint32_t> m_distances;
    std::map<OspfId, std::size_t> m_routers;  //!< by router id
    std::map<OspfId, std::size_t> m_networks; //!< by Link State ID
};

} // namespace

void
OspfPath::Improve(uint32_t otherCost, const std::set<UnicastNextHop>& otherHops)
{
    if (otherCost < cost)
    {
        cost = otherCost;
        nextHops = otherHops;
    }
    else if (otherCost == cost)
    {
        nextHops.insert(otherHops.begin(), otherHops.end());
    }
}

OspfAreaRoutes
CalculateOspfArea(const OspfLsdb& lsdb, OspfId root, const std::vector<OspfLocalLink>& links)
{
    return AreaCalculation(lsdb, root, links).Run();
}

} // namespace ns3
