// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2 and §4.4 as ns-3 sees them: data packets from links and from the node itself, the
// bytes of Registers.
//
// A source on the node itself (a VTEP on a leaf) sends out of an interface of its own: the packet
// goes through the loopback device, then out on that interface's link as it is, and to PIM as if it
// had arrived there. Members on the node itself get a copy of what is forwarded onto the link that
// they joined on.
#ifndef VXLAN_MULTICAST_PIM_PACKET_PATH_H
#define VXLAN_MULTICAST_PIM_PACKET_PATH_H

#include "ns3/ipv4-protocol-sender.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/pim-data-plane.h"
#include "ns3/pim-environment.h"
#include "ns3/pim-message.h"
#include "ns3/protocol-traces.h"

#include <functional>
#include <optional>
#include <vector>

namespace ns3
{

/** The packet inside a Register. */
struct PimRegisteredPacket
{
    Ipv4Header header;
    Ptr<Packet> packet;
};

/** Moves packets between ns-3's IP layer and PIM's forwarder. */
class PimPacketPath : public PimDataPlane
{
  public:
    /** (interface, source, group): this node's own applications take the packet. */
    using OwnMembership = std::function<bool(uint32_t, Ipv4Address, Ipv4Address)>;

    /** All arguments outlive this. \param registerTtl the TTL of Registers */
    PimPacketPath(const PimEnvironment& environment,
                  Ipv4ProtocolSender& sender,
                  ProtocolTraces& traces,
                  const uint8_t& registerTtl);

    void SetIpv4(Ptr<Ipv4> ipv4);
    void SetOwnMembership(OwnMembership isMember);
    /** \param forwarder nullptr while PIM does not run: Registers that have not left are lost */
    void SetForwarder(MulticastForwarder* forwarder);

    /** \returns the route of a packet of this node to a group; nullptr: none. */
    Ptr<Ipv4Route> RouteOutput(const Ipv4Header& header, Ptr<NetDevice> oif) const;
    /** \returns whether PIM has dealt with the packet: not with unicast and link-local ones. */
    bool RouteInput(Ptr<const Packet> packet,
                    const Ipv4Header& header,
                    Ptr<const NetDevice> idev,
                    const Ipv4RoutingProtocol::MulticastForwardCallback& mcb,
                    const Ipv4RoutingProtocol::LocalDeliverCallback& lcb);
    /** \returns what is in a Register, nothing if it is no well-formed IPv4 packet. */
    static std::optional<PimRegisteredPacket> ReadRegister(const PimRegister& message,
                                                           Ptr<const Packet> packet);

    /**
     * What is in a Register goes along the entries that there are, without the protocol, as Linux's
     * kernel does it. \returns whether \p packet is a Register with data
     */
    bool DecapsulateAlone(Ptr<const Packet> packet);

    // PimDataPlane
    bool SendRegister(const MulticastArrival& arrival, Ipv4Address source, Ipv4Address rp) override;
    void SendRegisterCopy(const MulticastArrival& arrival,
                          bool nullRegister,
                          Ipv4Address source,
                          Ipv4Address member,
                          uint8_t ttl) override;
    void SendAlong(Ptr<const Ipv4MulticastRoute> route, const MulticastArrival& arrival) override;

    /** The packet that Registers are about has been dealt with: they leave. */
    void FlushRegisters();

  private:
    /** A Register that leaves when the packet inside it has been sent natively. */
    struct PendingRegister
    {
        Ptr<Packet> packet;
        Ipv4Address source;
        Ipv4Address rp;
        uint8_t tos;
        uint8_t ttl;
    };

    void Forward(Ptr<const Packet> packet,
                 const Ipv4Header& header,
                 uint32_t interface,
                 const Ipv4RoutingProtocol::MulticastForwardCallback& mcb);
    void SendOnOwnLink(Ptr<const Packet> packet, const Ipv4Header& header, uint32_t interface);
    void DeliverToOwnMembers(Ptr<const Packet> packet,
                             Ipv4Header header,
                             Ptr<const Ipv4MulticastRoute> route);

    const PimEnvironment& m_environment;
    Ipv4ProtocolSender& m_sender;
    ProtocolTraces& m_traces;
    const uint8_t& m_registerTtl;
    MulticastForwarder* m_forwarder{nullptr};
    Ptr<Ipv4> m_ipv4;
    OwnMembership m_isOwnMember;
    bool m_delivering{false}; //!< a packet goes to members on this node, and not further
    std::vector<PendingRegister> m_pendingRegisters;
};

} // namespace ns3

#endif
