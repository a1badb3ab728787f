// SPDX-License-Identifier: GPL-2.0-only
// Unicast routes computed from the graph alone, as OSPF would within one area (RFC 2328 §16.1): the
// cost of leaving by an interface, from a network to a node 0, all equal-cost next hops. Passive
// interfaces lead to their network and no further; a stub router's transit links cost MaxLinkMetric
// to others, its networks what they cost (RFC 6987).
// Departures: areas are not looked at, and only kind router forwards.
#ifndef VXLAN_MULTICAST_SHORTEST_PATHS_H
#define VXLAN_MULTICAST_SHORTEST_PATHS_H

#include "ns3/topology-graph.h"

#include <boost/graph/compressed_sparse_row_graph.hpp>

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <vector>

namespace ns3
{

/** One way out of a node. */
struct PathNextHop
{
    std::size_t attachment{0};  //!< of the node itself
    TopologyAddress gateway{0}; //!< 0 when the network is the node's own

    friend bool operator==(const PathNextHop& a, const PathNextHop& b)
    {
        return a.attachment == b.attachment && a.gateway == b.gateway;
    }

    /** By gateway address: the order that RpfEcmp relies on. */
    friend bool operator<(const PathNextHop& a, const PathNextHop& b)
    {
        return a.gateway != b.gateway ? a.gateway < b.gateway : a.attachment < b.attachment;
    }
};

/** A route to a network. */
struct PathRoute
{
    uint32_t metric{0};                //!< includes the last router's interface on the network
    std::vector<PathNextHop> nextHops; //!< sorted; empty when unreachable
};

/** Shortest paths over one graph, which must outlive it. */
class ShortestPaths
{
  public:
    explicit ShortestPaths(const TopologyGraph& graph);

    /** Takes the route to \p network. \param nextHops those of PathRoute */
    using RouteVisitor = std::function<
        void(std::size_t network, uint32_t metric, const std::vector<PathNextHop>& nextHops)>;

    /**
     * Shows \p visit the route from \p node to each network, by network index. Networks behind one
     * router have one vector of next hops, which lasts until the end.
     */
    void Visit(std::size_t node, const RouteVisitor& visit) const;
    /** \returns the same. */
    std::vector<PathRoute> From(std::size_t node) const;
    /** The routes from one node, put together when somebody asks for one. */
    class NodePaths
    {
      public:
        /** \returns the route to \p network */
        PathRoute Get(std::size_t network) const;

      private:
        friend class ShortestPaths;

        /** A vertex that the search has reached. */
        struct Found
        {
            std::size_t vertex;
            uint64_t distance;
            std::size_t hops; //!< in m_hops
        };

        const Found* Find(std::size_t vertex) const;

        const ShortestPaths* m_paths{nullptr};
        bool m_forwards{false};
        std::vector<Found> m_found; //!< by vertex; without leaves if the node forwards
        std::vector<std::vector<PathNextHop>> m_hops;
        std::map<std::size_t, PathRoute> m_others; //!< to networks that are reached otherwise
    };

    /** \returns what Visit shows, in the memory that routers and their links take. */
    NodePaths Find(std::size_t node) const;
    /** \returns the route from each node to \p network, by node index. */
    std::vector<PathRoute> To(std::size_t network) const;
    /**
     * \returns the way from each node to \p node, by node index: the next hops are those to any
     * network that has no other router. \p node itself has none.
     */
    std::vector<PathRoute> ToNode(std::size_t node) const;

  private:
    struct Arc
    {
        uint32_t cost;          //!< 0 from network to node
        std::size_t attachment; //!< that it goes through
        /** From a node to its network, as others see it, where it ends: in m_reverse only. */
        bool stub{false};
    };

    /** Nodes come first, then networks. */
    using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Arc>;

    bool Forwards(std::size_t vertex) const;
    bool IsTransit(std::size_t network) const;
    uint64_t GetWeight(const Arc& arc, std::size_t from, std::size_t root) const;
    bool IsLeaf(std::size_t network) const;
    /** What a search has found. */
    struct Reach
    {
        std::vector<uint64_t> distances; //!< by vertex
        std::vector<std::vector<PathNextHop>> nextHops;
    };

    /** The router that leads to a network, and what that costs. */
    struct Leaf
    {
        std::size_t node{NONE};
        uint32_t cost{0};
    };

    static constexpr std::size_t NONE = std::numeric_limits<std::size_t>::max();

    Reach Search(std::size_t node) const;
    const std::vector<PathNextHop>&
    GetRoute(const Reach& reach, std::size_t root, std::size_t network, uint32_t& metric) const;
    std::map<std::size_t, PathRoute> MakeStubs(const Reach& reach, std::size_t root) const;
    std::map<std::size_t, PathRoute> MakeOthers(const Reach& reach, std::size_t root) const;
    void AddNextHops(std::size_t target,
                     const std::vector<uint64_t>& distances,
                     std::size_t node,
                     PathRoute& route) const;
    std::vector<uint64_t> GetDistances(const Graph& graph, std::size_t root) const;
    std::vector<PathRoute> Toward(std::size_t target) const;
    void Inherit(const Graph& graph,
                 std::size_t root,
                 const std::vector<uint64_t>& distances,
                 std::size_t vertex,
                 std::vector<std::vector<PathNextHop>>& nextHops) const;

    const TopologyGraph& m_topology;
    Graph m_graph;
    Graph m_reverse; //!< every arc of m_graph turned round, and stubs
    Graph m_core;    //!< m_graph without leaves: all that a node that forwards has to search
    std::vector<Leaf> m_leaves; //!< by network; those of m_core have none
    std::vector<std::size_t>
        m_stubs; //!< attachments whose network is reached otherwise than crossed
};

} // namespace ns3

#endif
