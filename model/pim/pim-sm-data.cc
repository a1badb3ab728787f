// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2 and §4.4 as ns-3 sees them: data packets from links and from the node itself, the
// bytes of Registers.
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-route.h"
#include "ns3/node.h"
#include "ns3/pim-sm-routing.h"
#include "ns3/wire-header.h"

namespace ns3
{

namespace
{

/** Reports of version 2 and specific Queries go to the group itself, but are no data of it. */
constexpr uint8_t IGMP_PROTOCOL = 2;

} // namespace

bool
PimSmRouting::SendRegister(const MulticastArrival& arrival, Ipv4Address source, Ipv4Address rp)
{
    Ptr<Packet> packet = arrival.packet->Copy();
    Ipv4Header inner = arrival.header;
    if (Node::ChecksumEnabled())
    {
        inner.EnableChecksum();
    }
    packet->AddHeader(inner);
    packet->AddHeader(WireHeader<PimMessage>(PimRegister{}));
    m_pendingRegisters.push_back({packet, source, rp, arrival.header.GetTos()});
    return true;
}

void
PimSmRouting::FlushRegisters()
{
    std::vector<PendingRegister> pending;
    pending.swap(m_pendingRegisters);
    for (const PendingRegister& one : pending)
    {
        m_txTrace(one.packet, 0);
        m_sender.SendRouted(one.packet, one.source, one.rp, m_unicastTtl, one.tos);
    }
}

void
PimSmRouting::SendAlong(Ptr<const Ipv4MulticastRoute> route, const MulticastArrival& arrival)
{
    MulticastForwarder::SendAlong(m_ipv4, route, arrival.packet, arrival.header);
    DeliverToOwnMembers(arrival.packet, arrival.header, route);
}

void
PimSmRouting::DeliverToOwnMembers(Ptr<const Packet> packet,
                                  Ipv4Header header,
                                  Ptr<const Ipv4MulticastRoute> route)
{
    if (!m_isOwnMember || header.GetTtl() <= 1)
    {
        return;
    }
    header.SetTtl(header.GetTtl() - 1);
    if (Node::ChecksumEnabled())
    {
        header.EnableChecksum();
    }
    Ptr<Ipv4L3Protocol> l3 = DynamicCast<Ipv4L3Protocol>(m_ipv4);
    for (const auto& [interface, ttl] : route->GetOutputTtlMap())
    {
        if (m_isOwnMember(interface, header.GetSource(), header.GetDestination()))
        {
            Ptr<NetDevice> device = m_ipv4->GetNetDevice(interface);
            Ptr<Packet> copy = packet->Copy();
            // ns-3 has begun to put fragments together where they came in: keep these apart.
            Ipv4Header own = header;
            own.SetIdentification(
                static_cast<uint16_t>(header.GetIdentification() ^ 0x8000 ^ (interface << 8)));
            copy->AddHeader(own);
            m_delivering = true;
            l3->Receive(device,
                        copy,
                        Ipv4L3Protocol::PROT_NUMBER,
                        device->GetAddress(),
                        device->GetMulticast(header.GetDestination()),
                        NetDevice::PACKET_MULTICAST);
            m_delivering = false;
        }
    }
}

void
PimSmRouting::SendOnOwnLink(Ptr<const Packet> packet, const Ipv4Header& header, uint32_t interface)
{
    Ptr<Ipv4Route> route = Create<Ipv4Route>();
    route->SetSource(header.GetSource());
    route->SetDestination(header.GetDestination());
    route->SetGateway(Ipv4Address::GetAny());
    route->SetOutputDevice(m_ipv4->GetNetDevice(interface));
    m_ipv4->SendWithHeader(packet->Copy(), header, route);
}

void
PimSmRouting::Forward(Ptr<const Packet> packet,
                      const Ipv4Header& header,
                      uint32_t interface,
                      const RouteInputTypes::Mcb& mcb)
{
    const MulticastDecision decision = m_router.GetForwarder().Forward({header, packet, interface});
    if (decision.route)
    {
        mcb(decision.route, packet, header);
        DeliverToOwnMembers(packet, header, decision.route);
    }
    FlushRegisters();
}

Ptr<Ipv4Route>
PimSmRouting::RouteOutput(Ptr<Packet>,
                          const Ipv4Header& header,
                          Ptr<NetDevice> oif,
                          Socket::SocketErrno& error)
{
    const Ipv4Address group = header.GetDestination();
    if (!m_running || !group.IsMulticast() || group.IsLocalMulticast())
    {
        return nullptr;
    }
    const int32_t asked = oif ? m_ipv4->GetInterfaceForDevice(oif)
                              : m_ipv4->GetInterfaceForAddress(header.GetSource());
    for (const auto& [index, interface] : m_interfaces)
    {
        if (interface.IsActive() && (asked < 0 || asked == static_cast<int32_t>(index)))
        {
            Ptr<Ipv4Route> route = Create<Ipv4Route>();
            route->SetSource(interface.address);
            route->SetDestination(group);
            route->SetGateway(Ipv4Address::GetAny());
            route->SetOutputDevice(m_ipv4->GetNetDevice(0));
            error = Socket::ERROR_NOTERROR;
            return route;
        }
    }
    return nullptr;
}

bool
PimSmRouting::RouteInput(Ptr<const Packet> packet,
                         const Ipv4Header& header,
                         Ptr<const NetDevice> idev,
                         RouteInputTypes::Ucb,
                         RouteInputTypes::Mcb mcb,
                         RouteInputTypes::Lcb lcb,
                         RouteInputTypes::Ecb)
{
    const Ipv4Address group = header.GetDestination();
    if (!group.IsMulticast() || group.IsLocalMulticast())
    {
        return false;
    }
    const int32_t from = m_ipv4->GetInterfaceForDevice(idev);
    if (!lcb.IsNull())
    {
        lcb(packet->Copy(), header, from);
    }
    if (!m_running || m_delivering || header.GetProtocol() == IGMP_PROTOCOL)
    {
        return true;
    }
    if (from != 0)
    {
        Forward(packet, header, static_cast<uint32_t>(from), mcb);
        return true;
    }
    // Out of the loopback device: a packet of this node itself, see RouteOutput.
    const int32_t own = m_ipv4->GetInterfaceForAddress(header.GetSource());
    if (own > 0 && m_ipv4->IsUp(own))
    {
        SendOnOwnLink(packet, header, static_cast<uint32_t>(own));
        Forward(packet, header, static_cast<uint32_t>(own), mcb);
    }
    return true;
}

} // namespace ns3
