// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/static-underlay-helper.h"

#include "ns3/channel.h"
#include "ns3/ipv4.h"
#include "ns3/node-list.h"
#include "ns3/unicast-rib-routing.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace ns3
{

namespace
{

/** Nodes and channels, each edge from a channel to a node and back: paths are searched from their end. */
using ReversedGraph = boost::adjacency_list<boost::vecS,
                                            boost::vecS,
                                            boost::directedS,
                                            boost::no_property,
                                            boost::property<boost::edge_weight_t, uint32_t>>;

/** An interface of a node on a channel. */
struct Attachment
{
    std::size_t node;
    std::size_t channel;
    uint32_t interface;
    uint32_t metric;
    std::vector<Ipv4InterfaceAddress> addresses;
};

/** The nodes with StaticUnderlayRouting and the channels between them. */
class StaticUnderlay
{
  public:
    StaticUnderlay()
    {
        for (auto it = NodeList::Begin(); it != NodeList::End(); ++it)
        {
            AddNode(*it);
        }
        m_routes.resize(m_ribs.size());
    }

    void SetRoutes()
    {
        for (std::size_t channel = 0; channel < m_byChannel.size(); ++channel)
        {
            AddRoutesTo(channel);
        }
        for (std::size_t node = 0; node < m_ribs.size(); ++node)
        {
            m_ribs[node]->SetRoutes(std::move(m_routes[node]));
        }
    }

  private:
    static constexpr uint32_t UNREACHABLE = std::numeric_limits<uint32_t>::max();

    void AddNode(Ptr<Node> node)
    {
        Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
        auto* rib = ipv4 ? dynamic_cast<StaticUnderlayRouting*>(FindUnicastRib(ipv4)) : nullptr;
        if (rib == nullptr)
        {
            return;
        }
        const std::size_t number = m_ribs.size();
        m_ribs.push_back(rib);
        for (uint32_t i = 1; i < ipv4->GetNInterfaces(); ++i)
        {
            Ptr<Channel> channel = ipv4->GetNetDevice(i)->GetChannel();
            if (!channel || !ipv4->IsUp(i) || ipv4->GetNAddresses(i) == 0)
            {
                continue;
            }
            const auto known = m_channels.try_emplace(channel, m_channels.size()).first;
            m_byChannel.resize(m_channels.size());
            Attachment attachment{number, known->second, i, ipv4->GetMetric(i), {}};
            for (uint32_t a = 0; a < ipv4->GetNAddresses(i); ++a)
            {
                attachment.addresses.push_back(ipv4->GetAddress(i, a));
            }
            rib->SetConnectedMetric(i, attachment.metric);
            m_byChannel[known->second].push_back(m_attachments.size());
            m_attachments.push_back(std::move(attachment));
        }
    }

    /** \returns the distance of each node to \p channel. */
    std::vector<uint32_t> GetDistances(std::size_t channel) const
    {
        ReversedGraph graph(m_ribs.size() + m_byChannel.size());
        for (const Attachment& attachment : m_attachments)
        {
            const std::size_t lan = m_ribs.size() + attachment.channel;
            boost::add_edge(lan, attachment.node, attachment.metric, graph);
            boost::add_edge(attachment.node, lan, 0, graph);
        }
        std::vector<uint32_t> distances(boost::num_vertices(graph));
        boost::dijkstra_shortest_paths(
            graph,
            m_ribs.size() + channel,
            boost::distance_map(boost::make_iterator_property_map(
                                    distances.begin(), boost::get(boost::vertex_index, graph)))
                .distance_inf(UNREACHABLE));
        return distances;
    }

    void AddRoutesTo(std::size_t channel)
    {
        const std::vector<uint32_t> distances = GetDistances(channel);
        std::vector<UnicastNextHops> nextHops(m_ribs.size());
        for (const Attachment& own : m_attachments)
        {
            for (std::size_t other : m_byChannel[own.channel])
            {
                const Attachment& neighbor = m_attachments[other];
                if (neighbor.node != own.node && own.channel != channel &&
                    distances[neighbor.node] != UNREACHABLE &&
                    distances[own.node] == distances[neighbor.node] + own.metric)
                {
                    nextHops[own.node].Add({own.interface, neighbor.addresses.front().GetLocal()});
                }
            }
        }
        for (std::size_t node = 0; node < m_ribs.size(); ++node)
        {
            if (!nextHops[node].empty() && !IsOn(node, channel))
            {
                AddRoutes(node, channel, distances[node], nextHops[node]);
            }
        }
    }

    bool IsOn(std::size_t node, std::size_t channel) const
    {
        return std::any_of(m_byChannel[channel].begin(),
                           m_byChannel[channel].end(),
                           [this, node](std::size_t a) { return m_attachments[a].node == node; });
    }

    void AddRoutes(std::size_t node,
                   std::size_t channel,
                   uint32_t metric,
                   const UnicastNextHops& nextHops)
    {
        std::set<Ipv4Prefix> prefixes;
        for (std::size_t attachment : m_byChannel[channel])
        {
            for (const Ipv4InterfaceAddress& address : m_attachments[attachment].addresses)
            {
                prefixes.emplace(address.GetLocal(),
                                 static_cast<uint8_t>(address.GetMask().GetPrefixLength()));
            }
        }
        for (const Ipv4Prefix& prefix : prefixes)
        {
            UnicastRoute route;
            route.prefix = prefix;
            route.metric = metric;
            route.preference = 1;
            route.protocol = UnicastProtocol::STATIC;
            route.nextHops = nextHops;
            m_routes[node].push_back(route);
        }
    }

    std::vector<StaticUnderlayRouting*> m_ribs; //!< by node number here
    std::map<Ptr<Channel>, std::size_t> m_channels;
    std::vector<Attachment> m_attachments;
    std::vector<std::vector<std::size_t>> m_byChannel; //!< attachments
    std::vector<std::vector<UnicastRoute>> m_routes;   //!< by node
};

} // namespace

StaticUnderlayHelper*
StaticUnderlayHelper::Copy() const
{
    return new StaticUnderlayHelper(*this);
}

Ptr<Ipv4RoutingProtocol>
StaticUnderlayHelper::Create(Ptr<Node> node) const
{
    Ptr<StaticUnderlayRouting> routing = CreateObject<StaticUnderlayRouting>();
    node->AggregateObject(routing);
    return routing;
}

void
StaticUnderlayHelper::PopulateRoutingTables()
{
    StaticUnderlay().SetRoutes();
}

} // namespace ns3
