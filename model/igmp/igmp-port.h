// SPDX-License-Identifier: GPL-2.0-only
// One interface of a node with its host machine and, on a router, its querier machine.
//
// A node that is router and member on one interface hears neither itself: what one machine sends is
// handed to the other as well as put on the wire.
#ifndef VXLAN_MULTICAST_IGMP_PORT_H
#define VXLAN_MULTICAST_IGMP_PORT_H

#include "ns3/igmp-host.h"
#include "ns3/igmp-querier.h"
#include "ns3/ipv4-protocol-sender.h"

#include <memory>

namespace ns3
{

/** The IgmpLink of an ns-3 interface. */
class IgmpPort : public IgmpLink
{
  public:
    /** What the owner wants to hear. */
    struct Callbacks
    {
        std::function<void(Ptr<const Packet>)> sent;
        std::function<void(Ptr<const Packet>, const std::string&)> dropped;
        std::function<void(const std::string&, Ipv4Address)> event;
        std::function<void(Ipv4Address)> membership; //!< the querier's knowledge of a group changed
    };

    IgmpPort(ProtocolClock& clock,
             ProtocolRandom& random,
             Ptr<Ipv4> ipv4,
             const Ipv4ProtocolSender& sender,
             const IgmpParameters& parameters,
             uint32_t interface,
             Callbacks callbacks);

    void EnableQuerier();
    void SetVersion(uint8_t version);
    void Start();
    void Stop();
    /** \returns empty, or why \p message was ignored. */
    std::string Receive(Ipv4Address source, const IgmpMessage& message);

    IgmpHost& GetHost();
    /** \returns the querier machine, or nullptr. */
    const IgmpQuerier* GetQuerier() const;

    // IgmpLink
    void Send(const IgmpMessage& message, Ipv4Address destination) override;
    Ipv4Address GetAddress() const override;
    bool IsOnLink(Ipv4Address address) const override;
    uint32_t GetMaxMessageSize() const override;

  private:
    void TellMembership(Ipv4Address group, IgmpQuerier::Change change);

    ProtocolClock& m_clock;
    Ptr<Ipv4> m_ipv4;
    const Ipv4ProtocolSender& m_sender;
    const IgmpParameters& m_parameters;
    uint32_t m_interface;
    Callbacks m_callbacks;
    uint8_t m_version{3};
    IgmpHost m_host;
    std::unique_ptr<IgmpQuerier> m_querier;
};

} // namespace ns3

#endif
