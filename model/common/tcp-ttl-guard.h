// SPDX-License-Identifier: GPL-2.0-only
// RFC 5082, the Generalized TTL Security Mechanism, for protocols over TCP: their packets are sent
// with TTL 255, and those that have come through more routers than peers are away are refused before
// TCP sees them. ns-3's sockets do not show the TTL.
#ifndef VXLAN_MULTICAST_TCP_TTL_GUARD_H
#define VXLAN_MULTICAST_TCP_TTL_GUARD_H

#include "ns3/class-log.h"
#include "ns3/ip-l4-protocol.h"
#include "ns3/ipv4.h"

#include <cstdint>
#include <functional>
#include <map>

namespace ns3
{

/** Stands in a node's IPv4 in place of its TCP, to which it hands what it lets through. */
class TcpTtlGuard : public IpL4Protocol
{
  public:
    /** What is sent by those that are guarded. */
    static constexpr uint8_t TTL = 255;

    /** Called for each packet that is refused; with ns-3's interface number. */
    using Refused = std::function<void(Ptr<const Packet> packet, uint32_t interface)>;

    static TypeId GetTypeId();

    /** \returns the guard of a node, which is made when it has none; null if it has no TCP. */
    static Ptr<TcpTtlGuard> Install(Ptr<Ipv4> ipv4);

    /**
     * Refuses segments from or to \p port that have come more than \p hops links.
     * \param hops 1 to 255; 1: from the next node alone
     */
    void Guard(uint16_t port, uint8_t hops, Refused refused);
    /** Lets everything through to and from \p port again. */
    void Release(uint16_t port);

    // IpL4Protocol
    int GetProtocolNumber() const override;
    RxStatus Receive(Ptr<Packet> packet,
                     const Ipv4Header& header,
                     Ptr<Ipv4Interface> incoming) override;
    RxStatus Receive(Ptr<Packet> packet,
                     const Ipv6Header& header,
                     Ptr<Ipv6Interface> incoming) override;
    void ReceiveIcmp(Ipv4Address source,
                     uint8_t ttl,
                     uint8_t type,
                     uint8_t code,
                     uint32_t info,
                     Ipv4Address payloadSource,
                     Ipv4Address payloadDestination,
                     const uint8_t payload[8]) override;
    void SetDownTarget(DownTargetCallback callback) override;
    void SetDownTarget6(DownTargetCallback6 callback) override;
    DownTargetCallback GetDownTarget() const override;
    DownTargetCallback6 GetDownTarget6() const override;

  protected:
    void DoDispose() override;

  private:
    NS_LOG_CLASS_DECLARE;

    struct Rule
    {
        uint8_t leastTtl;
        Refused refused;
    };

    const Rule* FindRule(uint16_t source, uint16_t destination) const;

    Ptr<IpL4Protocol> m_tcp;
    std::map<uint16_t, Rule> m_rules; //!< by port
};

} // namespace ns3

#endif
