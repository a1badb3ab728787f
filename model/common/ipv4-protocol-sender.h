// SPDX-License-Identifier: GPL-2.0-only
// Sends the IP packets of routing protocols out of a named interface, with the Router Alert option
// (RFC 2113) where asked: ns-3's Ipv4Header never writes options.
#ifndef VXLAN_MULTICAST_IPV4_PROTOCOL_SENDER_H
#define VXLAN_MULTICAST_IPV4_PROTOCOL_SENDER_H

#include "ns3/ipv4-address.h"
#include "ns3/ipv4.h"
#include "ns3/packet.h"

namespace ns3
{

/** What a routing protocol's face needs to send. */
class Ipv4ProtocolSender
{
  public:
    /** \param protocol the IP protocol number: 2, 89, 103 */
    explicit Ipv4ProtocolSender(uint8_t protocol);

    void SetIpv4(Ptr<Ipv4> ipv4);

    /**
     * Sends on the link of \p interface only, without a route look-up.
     * \param source the source address; the interface's first address if any
     * \param destination a link-local group, or a neighbour's address
     * \param ttl the time to live
     * \param tos the type-of-service byte (internetwork control: 0xc0)
     * \param routerAlert adds the Router Alert option
     * \returns false when the interface is down or has no address
     */
    bool SendOnInterface(Ptr<Packet> packet,
                         uint32_t interface,
                         Ipv4Address source,
                         Ipv4Address destination,
                         uint8_t ttl,
                         uint8_t tos = 0xc0,
                         bool routerAlert = false) const;

    /**
     * Sends to a unicast destination by the node's routing table.
     * \param source the source address; any: that of the outgoing interface
     * \returns false when there is no route
     */
    bool SendRouted(Ptr<Packet> packet,
                    Ipv4Address source,
                    Ipv4Address destination,
                    uint8_t ttl,
                    uint8_t tos = 0xc0) const;

  private:
    uint8_t m_protocol;
    Ptr<Ipv4> m_ipv4;
};

} // namespace ns3

#endif
