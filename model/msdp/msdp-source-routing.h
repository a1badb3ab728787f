// SPDX-License-Identifier: GPL-2.0-only
// Connections to MSDP peers come from this end's own address, by which the peer knows it. ns-3's TCP
// takes the address of the outgoing interface whatever the socket is bound to, so this says
// otherwise where it asks for the route, as `ip route … src` does.
#ifndef VXLAN_MULTICAST_MSDP_SOURCE_ROUTING_H
#define VXLAN_MULTICAST_MSDP_SOURCE_ROUTING_H

#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ns3-compat.h"

#include <map>

namespace ns3
{

/** Stands before the unicast protocol in a node's Ipv4ListRouting; has no routes of its own. */
class MsdpSourceRouting : public Ipv4RoutingProtocol
{
  public:
    static constexpr int16_t PRIORITY = 200; //!< PIM has 100, unicast protocols 0

    static TypeId GetTypeId();

    /** \param unicast gives the routes; outlives this object */
    void SetUnicast(Ipv4RoutingProtocol* unicast);
    /** Packets without a source address to \p destination get \p source. */
    void SetSource(Ipv4Address destination, Ipv4Address source);

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
    void PrintRoutingTable(Ptr<OutputStreamWrapper> stream, Time::Unit unit) const override;

  private:
    Ipv4RoutingProtocol* m_unicast{nullptr};
    std::map<Ipv4Address, Ipv4Address> m_sources; //!< by destination
};

} // namespace ns3

#endif
