// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/igmp-node-environment.h"

#include "ns3/borrowed-address.h"
#include "ns3/ip-sizes.h"
#include "ns3/wire-header.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr uint8_t TTL = 1;
constexpr uint8_t INTERNETWORK_CONTROL = 0xc0;
constexpr uint32_t ROUTER_ALERT_SIZE = 4;
constexpr uint32_t LEAST_MTU = 68; // RFC 791

} // namespace

IgmpNodeEnvironment::IgmpNodeEnvironment(uint8_t protocol, ProtocolTraces& traces)
    : TracedEnvironment(traces),
      m_sender(protocol),
      m_traces(traces)
{
}

void
IgmpNodeEnvironment::SetIpv4(Ptr<Ipv4> ipv4)
{
    m_ipv4 = ipv4;
    m_sender.SetIpv4(ipv4);
}

void
IgmpNodeEnvironment::SetInstance(IgmpInstance* instance)
{
    m_instance = instance;
}

void
IgmpNodeEnvironment::AddMembershipListener(std::function<void(uint32_t, Ipv4Address)> listener)
{
    m_listeners.push_back(std::move(listener));
}

void
IgmpNodeEnvironment::ClearMembershipListeners()
{
    m_listeners.clear();
}

int64_t
IgmpNodeEnvironment::AssignStreams(int64_t stream)
{
    return m_random.AssignStreams(stream);
}

ProcessPause&
IgmpNodeEnvironment::GetPause()
{
    return m_pause;
}

ProtocolClock&
IgmpNodeEnvironment::GetClock()
{
    return m_pause.GetClock();
}

ProtocolRandom&
IgmpNodeEnvironment::GetRandom()
{
    return m_random;
}

void
IgmpNodeEnvironment::Send(uint32_t interface, const IgmpMessage& message, Ipv4Address destination)
{
    Ptr<Packet> packet = ToPacket(message);
    Ptr<Packet> traced = packet->Copy(); // the sender puts its header on the other
    const Ipv4Address source = Ipv4Address::GetAny();
    if (!m_sender.SendOnInterface(
            packet, interface, source, destination, TTL, INTERNETWORK_CONTROL, true))
    {
        return;
    }
    m_traces.NotifyTx(traced, interface);
    const ProtocolTraces::Subject received = m_traces.SetSubject({traced, interface});
    m_instance->ReceiveOwn(interface, message);
    m_traces.SetSubject(received);
}

Ipv4Address
IgmpNodeEnvironment::GetAddress(uint32_t interface) const
{
    return m_ipv4->GetNAddresses(interface) == 0 ? Ipv4Address::GetAny()
                                                 : m_ipv4->GetAddress(interface, 0).GetLocal();
}

bool
IgmpNodeEnvironment::IsOnLink(uint32_t interface, Ipv4Address address) const
{
    for (uint32_t i = 0; i < m_ipv4->GetNAddresses(interface); ++i)
    {
        const Ipv4InterfaceAddress own = m_ipv4->GetAddress(interface, i);
        // On an unnumbered link the other end has an address of its own.
        if (own.GetMask().IsMatch(own.GetLocal(), address) ||
            IsBorrowedAddress(m_ipv4, interface, i))
        {
            return true;
        }
    }
    return false;
}

uint32_t
IgmpNodeEnvironment::GetMaxMessageSize(uint32_t interface) const
{
    return std::max<uint32_t>(m_ipv4->GetMtu(interface), LEAST_MTU) - IPV4_HEADER_SIZE -
           ROUTER_ALERT_SIZE;
}

void
IgmpNodeEnvironment::ReportReception(uint32_t interface, Ipv4Address group, bool joined)
{
    // Where the node is a router, the querier reports its members, this node among them.
    if (!m_instance || !m_instance->FindQuerier(interface))
    {
        ReportIgmpEvent(joined ? IgmpEvent::JOIN : IgmpEvent::LEAVE, interface, group);
    }
}

void
IgmpNodeEnvironment::ReportMembership(uint32_t interface,
                                      Ipv4Address group,
                                      IgmpMembershipChange change)
{
    if (change != IgmpMembershipChange::CHANGED)
    {
        const bool joined = change == IgmpMembershipChange::JOINED;
        ReportIgmpEvent(joined ? IgmpEvent::JOIN : IgmpEvent::LEAVE, interface, group);
    }
    for (const auto& listener : m_listeners)
    {
        listener(interface, group);
    }
}

void
IgmpNodeEnvironment::ReportQuerier(uint32_t interface, Ipv4Address querier)
{
    ReportIgmpEvent(IgmpEvent::QUERIER, interface, querier);
}

void
IgmpNodeEnvironment::ReportIgmpEvent(IgmpEvent event, uint32_t interface, Ipv4Address address)
{
    ReportEvent(EnumName(event), IgmpKey{interface, address}.ToText());
}

} // namespace ns3
