// SPDX-License-Identifier: GPL-2.0-only
// The half that every unicast routing protocol here shares: a longest-prefix table with equal-cost
// next hops, connected routes kept in step with the interfaces, and forwarding by both.
#ifndef VXLAN_MULTICAST_UNICAST_RIB_ROUTING_H
#define VXLAN_MULTICAST_UNICAST_RIB_ROUTING_H

#include "ns3/class-log.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ipv4.h"
#include "ns3/ns3-compat.h"
#include "ns3/unicast-route-table.h"

#include <map>
#include <vector>

namespace ns3
{

/**
 * An Ipv4RoutingProtocol that forwards unicast packets by its UnicastRib. A derived class hands
 * over its routes with SetRoutes; connected routes are added here. Where several next hops cost the
 * same, a hash of the addresses (and UDP/TCP ports, where seen) chooses one per flow. What the node
 * sends to an address of its own goes through ns-3's loopback device, as by Linux's table `local`.
 *
 * For groups it answers RouteOutput only (an output device: the one asked for, else the first
 * interface that is up), so that hosts and VTEPs can send; it never forwards multicast.
 */
class UnicastRibRouting : public Ipv4RoutingProtocol, public UnicastRib
{
  public:
    static TypeId GetTypeId();

    /**
     * As `ip route … src`: what this node sends to \p destination without a source of its own comes
     * from \p source, and not from the outgoing interface's address.
     */
    void SetPreferredSource(Ipv4Address destination, Ipv4Address source);

    // UnicastRib
    const UnicastRoute* Lookup(Ipv4Address destination) const override;
    std::vector<UnicastRoute> GetRoutes() const override;
    void AddChangeListener(std::function<void()> listener) override;
    void AddInterfaceListener(std::function<void(uint32_t, bool)> listener) override;

    // Ipv4RoutingProtocol
    Ptr<Ipv4Route> RouteOutput(Ptr<Packet> packet,
                               const Ipv4Header& header,
                               Ptr<NetDevice> oif,
                               Socket::SocketErrno& error) override;
    bool RouteInput(Ptr<const Packet> packet,
                    const Ipv4Header& header,
                    Ptr<const NetDevice> idev,
                    RouteInputTypes::Ucb ucb,
                    RouteInputTypes::Mcb mcb,
                    RouteInputTypes::Lcb lcb,
                    RouteInputTypes::Ecb ecb) override;
    void NotifyInterfaceUp(uint32_t interface) override;
    void NotifyInterfaceDown(uint32_t interface) override;
    void NotifyAddAddress(uint32_t interface, Ipv4InterfaceAddress address) override;
    void NotifyRemoveAddress(uint32_t interface, Ipv4InterfaceAddress address) override;
    void SetIpv4(Ptr<Ipv4> ipv4) override;
    void PrintRoutingTable(Ptr<OutputStreamWrapper> stream,
                           Time::Unit unit = Time::S) const override;

  protected:
    /**
     * Replaces the protocol's routes (connected ones stay and win over them) and, if anything
     * changed, notifies the listeners once.
     * \param routes each with at least one next hop; of several to one prefix the last counts
     */
    void SetRoutes(std::vector<UnicastRoute> routes);
    /** The metric of a connected route (OSPF: the interface's cost). Default: 0. */
    virtual uint32_t GetConnectedMetric(uint32_t interface) const;
    /** Called after the table has followed an interface or address change. */
    virtual void InterfaceChanged(uint32_t interface, bool up);

    Ptr<Ipv4> GetIpv4() const;
    void DoDispose() override;

  private:
    NS_LOG_CLASS_DECLARE;

    void RenewConnected();
    std::vector<UnicastRoute> MakeConnectedRoutes() const;
    /** Renews both halves of the table, and notifies the listeners if that changes anything. */
    void Replace(UnicastRouteTable learned);
    const UnicastNextHop& SelectNextHop(const UnicastRoute& route,
                                        const Ipv4Header& header,
                                        Ptr<const Packet> packet) const;
    Ptr<Ipv4Route> MakeRoute(const UnicastNextHop& nextHop, const Ipv4Header& header) const;
    Ptr<Ipv4Route> MakeOutputRoute(const UnicastNextHop& nextHop, const Ipv4Header& header) const;
    /** \returns the route to an address of this node itself, or nullptr. */
    Ptr<Ipv4Route> MakeLocalRoute(const UnicastRoute& route, const Ipv4Header& header) const;

    Ptr<Ipv4> m_ipv4;
    UnicastRouteTable m_connected;                         //!< win over the others
    UnicastRouteTable m_learned;                           //!< the protocol's
    std::map<Ipv4Address, Ipv4Address> m_preferredSources; //!< by destination
    std::vector<std::function<void()>> m_changeListeners;
    std::vector<std::function<void(uint32_t, bool)>> m_interfaceListeners;
};

/** Routes computed elsewhere (from the graph, by a user) and set once: the `static` underlay. */
class StaticUnderlayRouting : public UnicastRibRouting
{
  public:
    static TypeId GetTypeId();
    using UnicastRibRouting::SetRoutes;
    /** Sets the metric of the connected routes of \p interface; the next SetRoutes applies it. */
    void SetConnectedMetric(uint32_t interface, uint32_t metric);

  private:
    uint32_t GetConnectedMetric(uint32_t interface) const override;

    std::map<uint32_t, uint32_t> m_connectedMetrics; //!< by interface; 0 where there is none
};

} // namespace ns3

#endif
