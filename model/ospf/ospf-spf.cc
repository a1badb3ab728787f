// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §16.1 and §16.1.1. Dijkstra finds the distances; next hops are then passed down the
// shortest-path graph, in the order of distance with networks first, until nothing changes.
#include "ns3/ospf-spf.h"

#include <boost/graph/compressed_sparse_row_graph.hpp>
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
        const std::optional<std::size_t> root = FindRouter(m_root);
        if (root)
        {
            AddEdges();
            FindDistances(*root);
            PassNextHops(*root);
            Collect(*root, routes);
        }
        return routes;
    }

  private:
    struct Vertex
    {
        bool isNetwork{false};
        OspfId id; //!< router id, or the Link State ID of the network-LSA
        OspfRouterLsa router;
        OspfNetworkLsa network;
        std::size_t firstEdge{0}; //!< of those that leave, which are one after another
        UnicastNextHops nextHops;
    };

    struct Edge
    {
        std::size_t to;
        uint32_t weight;
        UnicastNextHop first; //!< when it leaves the root
        Ipv4Address gateway{
            Ipv4Address::GetAny()}; //!< address of the router that a network leads to
    };

    using Networks = std::vector<std::pair<Ipv4Prefix, OspfPath>>;

    /** The database is sorted: routers come first, by id, then networks. */
    void ReadVertices(const OspfLsdb& lsdb)
    {
        m_vertices.reserve(lsdb.GetEntries().size());
        for (const auto& [key, entry] : lsdb.GetEntries())
        {
            const bool isNetwork = key.type == OspfLsaType::NETWORK;
            const bool isRouter =
                key.type == OspfLsaType::ROUTER && key.linkStateId == key.advertisingRouter;
            if ((!isNetwork && !isRouter) || lsdb.IsMaxAge(entry))
            {
                continue;
            }
            Vertex& vertex = m_vertices.emplace_back();
            vertex.isNetwork = isNetwork;
            vertex.id = key.linkStateId;
            if (isNetwork)
            {
                OspfNetworkLsa::Decode(entry.GetBody(), vertex.network);
            }
            else
            {
                OspfRouterLsa::Decode(entry.GetBody(), vertex.router);
                m_routerCount = m_vertices.size();
            }
        }
    }

    std::optional<std::size_t> FindVertex(std::size_t first, std::size_t last, OspfId id) const
    {
        const auto begin = m_vertices.begin();
        const auto it =
            std::lower_bound(begin + first, begin + last, id, [](const Vertex& vertex, OspfId key) {
                return vertex.id < key;
            });
        return it != begin + last && it->id == id ? std::optional<std::size_t>(it - begin)
                                                  : std::nullopt;
    }

    std::optional<std::size_t> FindRouter(OspfId id) const
    {
        return FindVertex(0, m_routerCount, id);
    }

    /** \returns the first of the networks with this Link State ID. */
    std::optional<std::size_t> FindNetwork(OspfId id) const
    {
        return FindVertex(m_routerCount, m_vertices.size(), id);
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
            m_vertices[from].firstEdge = m_edges.size();
            if (m_vertices[from].isNetwork)
            {
                AddNetworkEdges(m_vertices[from]);
            }
            else
            {
                AddRouterEdges(m_vertices[from]);
            }
        }
    }

    void AddNetworkEdges(const Vertex& network)
    {
        for (OspfId routerId : network.network.attachedRouters)
        {
            const std::optional<std::size_t> to = FindRouter(routerId);
            const OspfRouterLink* back =
                to ? FindLink(*to, OspfRouterLink::TRANSIT, network.id) : nullptr;
            if (back)
            {
                m_edges.push_back({*to, 0, {}, back->data});
            }
        }
    }

    /** \returns the far end of \p link, if that agrees. */
    std::optional<std::size_t> FindFarEnd(OspfId self, const OspfRouterLink& link) const
    {
        if (link.type == OspfRouterLink::POINT_TO_POINT)
        {
            const std::optional<std::size_t> to = FindRouter(link.id);
            return to && FindLink(*to, OspfRouterLink::POINT_TO_POINT, self) ? to : std::nullopt;
        }
        if (link.type == OspfRouterLink::TRANSIT)
        {
            const std::optional<std::size_t> to = FindNetwork(link.id);
            if (to)
            {
                const auto& attached = m_vertices[*to].network.attachedRouters;
                return std::count(attached.begin(), attached.end(), self) > 0 ? to : std::nullopt;
            }
        }
        return std::nullopt;
    }

    void AddRouterEdges(const Vertex& router)
    {
        for (const OspfRouterLink& link : router.router.links)
        {
            const std::optional<std::size_t> to = FindFarEnd(router.id, link);
            if (!to)
            {
                continue;
            }
            Edge edge{*to, link.metric, {}, Ipv4Address::GetAny()};
            if (router.id == m_root)
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
            m_edges.push_back(edge);
        }
    }

    /** \returns where the edges that leave \p vertex end in m_edges. */
    std::size_t GetEdgeEnd(std::size_t vertex) const
    {
        return vertex + 1 < m_vertices.size() ? m_vertices[vertex + 1].firstEdge : m_edges.size();
    }

    void FindDistances(std::size_t root)
    {
        using Graph =
            boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, uint32_t>;
        std::vector<std::pair<std::size_t, std::size_t>> ends;
        std::vector<uint32_t> weights;
        ends.reserve(m_edges.size());
        weights.reserve(m_edges.size());
        for (std::size_t from = 0; from < m_vertices.size(); ++from)
        {
            for (std::size_t edge = m_vertices[from].firstEdge; edge < GetEdgeEnd(from); ++edge)
            {
                ends.emplace_back(from, m_edges[edge].to);
                weights.push_back(m_edges[edge].weight);
            }
        }
        const Graph graph(
            boost::edges_are_sorted, ends.begin(), ends.end(), weights.begin(), m_vertices.size());
        m_distances.assign(m_vertices.size(), UNREACHED);
        const auto index = boost::get(boost::vertex_index, graph);
        boost::dijkstra_shortest_paths(
            graph,
            root,
            boost::weight_map(boost::get(boost::edge_bundle, graph))
                .distance_map(boost::make_iterator_property_map(m_distances.begin(), index)));
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
                for (std::size_t edge = m_vertices[from].firstEdge; edge < GetEdgeEnd(from); ++edge)
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
        UnicastNextHops& target = m_vertices[edge.to].nextHops;
        const UnicastNextHops before = target;
        if (fromRoot)
        {
            target.Add(edge.first);
        }
        else if (edge.gateway == Ipv4Address::GetAny())
        {
            target.Add(m_vertices[from].nextHops);
        }
        else
        {
            for (UnicastNextHop hop : m_vertices[from].nextHops)
            {
                if (hop.gateway == Ipv4Address::GetAny())
                {
                    hop.gateway = edge.gateway;
                }
                target.Add(hop);
            }
        }
        return !(target == before);
    }

    void Collect(std::size_t root, OspfAreaRoutes& routes) const
    {
        Networks networks;
        for (std::size_t i = 0; i < m_vertices.size(); ++i)
        {
            const Vertex& vertex = m_vertices[i];
            if (m_distances[i] == UNREACHED || (i != root && vertex.nextHops.empty()))
            {
                continue;
            }
            if (vertex.isNetwork)
            {
                AddNetwork(networks,
                           Ipv4Prefix::FromMask(vertex.id.ToAddress(), vertex.network.mask.Get()),
                           m_distances[i],
                           vertex.nextHops);
                continue;
            }
            CollectStubs(i, i == root, networks);
            if (i != root && (vertex.router.areaBorder || vertex.router.asBoundary))
            {
                routes.routers.emplace_hint(routes.routers.end(),
                                            vertex.id,
                                            OspfRouterPath{{m_distances[i], vertex.nextHops},
                                                           vertex.router.areaBorder,
                                                           vertex.router.asBoundary});
            }
        }
        routes.networks = OspfNetworkPaths(TakeBest(std::move(networks)));
    }

    void CollectStubs(std::size_t router, bool isRoot, Networks& networks) const
    {
        for (const OspfRouterLink& link : m_vertices[router].router.links)
        {
            if (link.type != OspfRouterLink::STUB)
            {
                continue;
            }
            const auto prefix = Ipv4Prefix::FromMask(link.id.ToAddress(), link.data.Get());
            UnicastNextHops nextHops = m_vertices[router].nextHops;
            if (isRoot && prefix)
            {
                for (const OspfLocalLink& local : m_links)
                {
                    if (prefix->Contains(local.address))
                    {
                        nextHops.Add({local.interface, Ipv4Address::GetAny()});
                    }
                }
            }
            if (!nextHops.empty())
            {
                AddNetwork(networks, prefix, m_distances[router] + link.metric, nextHops);
            }
        }
    }

    /** \param prefix nothing for a mask with holes, which never becomes a route */
    static void AddNetwork(Networks& networks,
                           const std::optional<Ipv4Prefix>& prefix,
                           uint32_t cost,
                           const UnicastNextHops& nextHops)
    {
        if (prefix)
        {
            networks.emplace_back(*prefix, OspfPath{cost, nextHops});
        }
    }

    /** \returns one path to each prefix, in their order, all next hops of equal paths merged. */
    static Networks TakeBest(Networks all)
    {
        std::sort(
            all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        Networks best;
        best.reserve(all.size());
        for (auto& [prefix, path] : all)
        {
            if (best.empty() || best.back().first != prefix)
            {
                best.emplace_back(prefix, std::move(path));
            }
            else
            {
                best.back().second.Improve(path.cost, path.nextHops);
            }
        }
        return best;
    }

    const OspfId m_root;
    const std::vector<OspfLocalLink>& m_links;
    std::vector<Vertex> m_vertices;
    std::vector<Edge> m_edges;
    std::vector<uint32_t> m_distances;
    std::size_t m_routerCount{0}; //!< of the first vertices
};

} // namespace

OspfAreaRoutes
CalculateOspfArea(const OspfLsdb& lsdb, OspfId root, const std::vector<OspfLocalLink>& links)
{
    return AreaCalculation(lsdb, root, links).Run();
}

} // namespace ns3
