// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.9: PIM is IP protocol 103. Hands what arrives to the routing protocol of the node.
#ifndef VXLAN_MULTICAST_PIM_L4_H
#define VXLAN_MULTICAST_PIM_L4_H

#include "ns3/ip-l4-protocol.h"
#include "ns3/ipv4.h"

#include <functional>

namespace ns3
{

/** Receives IP protocol 103 on every interface; it sends nothing itself. */
class PimL4 : public IpL4Protocol
{
  public:
    /** Packet without its IP header, that header, ns-3's interface number. */
    using Receiver = std::function<void(Ptr<Packet>, const Ipv4Header&, uint32_t)>;

    static TypeId GetTypeId();

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
    Ptr<Ipv4> m_ipv4;
    Receiver m_receiver;
    DownTargetCallback m_downTarget;
    DownTargetCallback6 m_downTarget6;
};

} // namespace ns3

#endif
