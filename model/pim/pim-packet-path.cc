// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2, §4.4.
#include "ns3/pim-packet-path.h"

#include "ns3/borrowed-address.h"
#include "ns3/ip-protocol.h"
#include "ns3/ip-sizes.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-route.h"
#include "ns3/node.h"
#include "ns3/wire-header.h"

namespace ns3
{

PimPacketPath::PimPacketPath(const PimEnvironment& environment,
                             Ipv4ProtocolSender& sender,
                             ProtocolTraces& traces,
                             const uint8_t& registerTtl)
    : m_environment(environment),
      m_sender(sender),
      m_traces(traces),
      m_registerTtl(registerTtl)
{
}

void
PimPacketPath::SetIpv4(Ptr<Ipv4> ipv4)
{
    m_ipv4 = ipv4;
}

void
PimPacketPath::SetOwnMembership(OwnMembership isMember)
{
    m_isOwnMember = std::move(isMember);
}

void
PimPacketPath::SetForwarder(MulticastForwarder* forwarder)
{
    m_forwarder = forwarder;
    m_pendingRegisters.clear();
}

bool
PimPacketPath::SendRegister(const MulticastArrival& arrival, Ipv4Address source, Ipv4Address rp)
{
    SendRegisterCopy(arrival, false, source, rp, m_registerTtl);
    return true;
}

void
PimPacketPath::SendRegisterCopy(const MulticastArrival& arrival,
                                bool nullRegister,
                                Ipv4Address source,
                                Ipv4Address member,
                                uint8_t ttl)
{
    Ptr<Packet> packet = arrival.packet->Copy();
    Ipv4Header inner = arrival.header;
    if (Node::ChecksumEnabled() || nullRegister)
    {
        inner.EnableChecksum();
    }
    packet->AddHeader(inner);
    PimRegister message;
    message.nullRegister = nullRegister;
    packet->AddHeader(WireHeader<PimMessage>(message));
    m_pendingRegisters.push_back({packet, source, member, arrival.header.GetTos(), ttl});
}

void
PimPacketPath::FlushRegisters()
{
    std::vector<PendingRegister> pending;
    pending.swap(m_pendingRegisters);
    for (const PendingRegister& one : pending)
    {
        m_traces.NotifyTx(one.packet, 0);
        m_sender.SendRouted(one.packet, one.source, one.rp, one.ttl, one.tos);
    }
}

void
PimPacketPath::SendAlong(Ptr<const Ipv4MulticastRoute> route, const MulticastArrival& arrival)
{
    MulticastForwarder::SendAlong(m_ipv4, route, arrival.packet, arrival.header);
    DeliverToOwnMembers(arrival.packet, arrival.header, route);
}

void
PimPacketPath::DeliverToOwnMembers(Ptr<const Packet> packet,
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
PimPacketPath::SendOnOwnLink(Ptr<const Packet> packet, const Ipv4Header& header, uint32_t interface)
{
    Ptr<Ipv4Route> route = Create<Ipv4Route>();
    route->SetSource(header.GetSource());
    route->SetDestination(header.GetDestination());
    route->SetGateway(Ipv4Address::GetAny());
    route->SetOutputDevice(m_ipv4->GetNetDevice(interface));
    m_ipv4->SendWithHeader(packet->Copy(), header, route);
}

void
PimPacketPath::Forward(Ptr<const Packet> packet,
                       const Ipv4Header& header,
                       uint32_t interface,
                       const Ipv4RoutingProtocol::MulticastForwardCallback& mcb)
{
    const MulticastDecision decision = m_forwarder->Forward({header, packet, interface});
    if (decision.route)
    {
        mcb(decision.route, packet, header);
        DeliverToOwnMembers(packet, header, decision.route);
    }
    FlushRegisters();
}

Ptr<Ipv4Route>
PimPacketPath::RouteOutput(const Ipv4Header& header, Ptr<NetDevice> oif) const
{
    const Ipv4Address group = header.GetDestination();
    if (!group.IsMulticast() || group.IsLocalMulticast())
    {
        return nullptr;
    }
    const int32_t asked = oif ? m_ipv4->GetInterfaceForDevice(oif)
                              : FindInterfaceOfAddress(m_ipv4, header.GetSource());
    for (const auto& [index, interface] : m_environment.GetInterfaces())
    {
        if (interface.IsActive() && (asked < 0 || asked == static_cast<int32_t>(index)))
        {
            Ptr<Ipv4Route> route = Create<Ipv4Route>();
            route->SetSource(interface.address);
            route->SetDestination(group);
            route->SetGateway(Ipv4Address::GetAny());
            route->SetOutputDevice(m_ipv4->GetNetDevice(0));
            return route;
        }
    }
    return nullptr;
}

bool
PimPacketPath::RouteInput(Ptr<const Packet> packet,
                          const Ipv4Header& header,
                          Ptr<const NetDevice> idev,
                          const Ipv4RoutingProtocol::MulticastForwardCallback& mcb,
                          const Ipv4RoutingProtocol::LocalDeliverCallback& lcb)
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
    // Version 2 Reports and specific Queries go to the group itself, but are no data of it.
    if (m_forwarder == nullptr || m_delivering || header.GetProtocol() == IP_PROTOCOL_IGMP)
    {
        return true;
    }
    if (from != 0)
    {
        Forward(packet, header, static_cast<uint32_t>(from), mcb);
        return true;
    }
    // Out of the loopback device: a packet of this node itself, see RouteOutput.
    const int32_t own = FindInterfaceOfAddress(m_ipv4, header.GetSource());
    if (own > 0 && m_ipv4->IsUp(own))
    {
        SendOnOwnLink(packet, header, static_cast<uint32_t>(own));
        Forward(packet, header, static_cast<uint32_t>(own), mcb);
    }
    return true;
}

std::optional<PimRegisteredPacket>
PimPacketPath::ReadRegister(const PimRegister& message, Ptr<const Packet> packet)
{
    const std::vector<uint8_t>& bytes = message.packet;
    const std::size_t headerLength = bytes.empty() ? 0 : (bytes[0] & 0x0f) * 4u;
    const bool wellFormed = bytes.size() >= IPV4_HEADER_SIZE && bytes[0] >> 4 == 4 &&
                            headerLength >= IPV4_HEADER_SIZE && headerLength <= bytes.size() &&
                            (bytes[2] << 8 | bytes[3]) == static_cast<int>(bytes.size());
    if (!wellFormed)
    {
        return std::nullopt;
    }
    PimRegisteredPacket inner;
    inner.packet = packet->CreateFragment(PimRegister::SIZE, packet->GetSize() - PimRegister::SIZE);
    inner.packet->RemoveHeader(inner.header);
    return inner;
}

bool
PimPacketPath::DecapsulateAlone(Ptr<const Packet> packet)
{
    PimMessage message;
    const bool isMessage = FromPacket(packet, message).empty();
    const auto* body = isMessage ? message.As<PimRegister>() : nullptr;
    if (body == nullptr || body->nullRegister)
    {
        return false;
    }
    const auto inner = ReadRegister(*body, packet);
    if (inner && inner->header.GetDestination().IsMulticast() && m_forwarder != nullptr)
    {
        const MulticastArrival arrival{
            inner->header, inner->packet, MulticastEntrySpec::REGISTER_INTERFACE};
        if (const Ptr<Ipv4MulticastRoute> route = m_forwarder->Forward(arrival).route)
        {
            SendAlong(route, arrival);
        }
    }
    return true;
}

} // namespace ns3
