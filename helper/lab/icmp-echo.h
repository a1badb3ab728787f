// SPDX-License-Identifier: GPL-2.0-only
// ICMP echo (RFC 792, RFC 1122 §3.2.2.6) as hosts do it: a broadcast request is answered from the
// address of the interface it came in on, where ns-3's own protocol answers from the broadcast
// address; and requests can be sent and their replies counted without a raw socket.
#ifndef VXLAN_MULTICAST_ICMP_ECHO_H
#define VXLAN_MULTICAST_ICMP_ECHO_H

#include "ns3/echo-source.h"
#include "ns3/icmpv4-l4-protocol.h"

#include <map>

namespace ns3
{

/** Replaces ns-3's ICMP protocol on a node. */
class IcmpEchoProtocol : public Icmpv4L4Protocol, public EchoSource
{
  public:
    static TypeId GetTypeId();

    /** Replaces the ICMP protocol of \p node, which has an Internet stack. */
    static Ptr<IcmpEchoProtocol> Install(Ptr<Node> node);

    // EchoSource
    uint16_t Open(ReplyCallback replied) override;
    bool
    SendRequest(uint16_t identifier, uint16_t sequence, Ipv4Address to, uint32_t size) override;

    using Icmpv4L4Protocol::Receive;
    IpL4Protocol::RxStatus Receive(Ptr<Packet> packet,
                                   const Ipv4Header& header,
                                   Ptr<Ipv4Interface> incoming) override;

  private:
    Ptr<Node> m_host;
    std::map<uint16_t, ReplyCallback> m_series;
};

} // namespace ns3

#endif
