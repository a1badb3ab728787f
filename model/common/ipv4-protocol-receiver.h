// SPDX-License-Identifier: GPL-2.0-only
// Hands the packets of a protocol that stands directly on IP (IGMP 2, OSPF 89, PIM 103) to its
// face, and initializes faces that ns-3 does not.
#ifndef VXLAN_MULTICAST_IPV4_PROTOCOL_RECEIVER_H
#define VXLAN_MULTICAST_IPV4_PROTOCOL_RECEIVER_H

#include "ns3/class-log.h"
#include "ns3/ip-l4-protocol.h"
#include "ns3/ipv4.h"

#include <functional>

namespace ns3
{

/** Receives one IP protocol on every interface; it sends nothing itself. */
class Ipv4ProtocolReceiver : public IpL4Protocol
{
  public:
    /** Packet without its IP header, that header, ns-3's interface number. */
    using Receiver = std::function<void(Ptr<Packet>, const Ipv4Header&, uint32_t)>;

    static TypeId GetTypeId();

    /** \param protocol the IP protocol number: 2, 89, 103 */
    explicit Ipv4ProtocolReceiver(uint8_t protocol);

    /** \returns a receiver of \p protocol on the node of \p ipv4. */
    static Ptr<Ipv4ProtocolReceiver> Install(Ptr<Ipv4> ipv4, uint8_t protocol, Receiver receiver);

    /** \param receiver called for each packet; nothing any longer when empty */
    void SetReceiver(Ptr<Ipv4> ipv4, Receiver receiver);

    // IpL4Protocol
    int GetProtocolNumber() const override;
    RxStatus Receive(Ptr<Packet> packet,
                     const Ipv4Header& header,
                     Ptr<Ipv4Interface> incoming) override;
    RxStatus Receive(Ptr<Packet> packet,
                     const Ipv6Header& header,
                     Ptr<Ipv6Interface> incoming) override;
    void SetDownTarget(DownTargetCallback callback) override;
    void SetDownTarget6(DownTargetCallback6 callback) override;
    DownTargetCallback GetDownTarget() const override;
    DownTargetCallback6 GetDownTarget6() const override;

  protected:
    void DoDispose() override;

  private:
    NS_LOG_CLASS_DECLARE;

    uint8_t m_protocol;
    Ptr<Ipv4> m_ipv4;
    Receiver m_receiver;
    DownTargetCallback m_downTarget;
    DownTargetCallback6 m_downTarget6;
};

/**
 * \returns whether a packet has the length that its IP header names; ns-3 passes on one that was
 * cut off on the way, or whose header names less than its own length (RFC 1122 §3.2.1).
 */
inline bool
HasIpLength(Ptr<const Packet> packet, const Ipv4Header& header)
{
    return packet->GetSize() == header.GetPayloadSize();
}

/** Why a packet without that length is refused, by every protocol. */
constexpr const char* IP_LENGTH_DROP = "ip-length";

/**
 * Initializes \p protocol when the simulation starts. ns-3 initializes what is aggregated to a
 * node; a routing protocol set on Ipv4 alone is not. A second time does no harm.
 */
void InitializeWithNode(Ptr<Object> protocol, Ptr<Ipv4> ipv4);

} // namespace ns3

#endif
