// SPDX-License-Identifier: GPL-2.0-only
// RFC 3376 §4: TTL 1, internetwork control, Router Alert.
#include "ns3/igmp-port.h"

#include "ns3/wire-header.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr uint8_t TTL = 1;
constexpr uint8_t INTERNETWORK_CONTROL = 0xc0;
constexpr uint32_t IP_HEADER_SIZE = 24; // with Router Alert
constexpr uint32_t LEAST_MTU = 68;      // RFC 791

} // namespace

IgmpPort::IgmpPort(ProtocolClock& clock,
                   ProtocolRandom& random,
                   Ptr<Ipv4> ipv4,
                   const Ipv4ProtocolSender& sender,
                   const IgmpParameters& parameters,
                   uint32_t interface,
                   Callbacks callbacks)
    : m_clock(clock),
      m_ipv4(ipv4),
      m_sender(sender),
      m_parameters(parameters),
      m_interface(interface),
      m_callbacks(std::move(callbacks)),
      m_host(clock, random, *this, parameters)
{
    m_host.SetListener([this](Ipv4Address group, bool joined) {
        // Where there is a querier, it tells of its members, this node among them.
        if (!m_querier)
        {
            m_callbacks.event(joined ? "join" : "leave", group);
        }
    });
}

void
IgmpPort::EnableQuerier()
{
    if (m_querier)
    {
        return;
    }
    m_querier = std::make_unique<IgmpQuerier>(m_clock, *this, m_parameters);
    m_querier->SetVersion(m_version);
    m_querier->SetMembershipListener(
        [this](Ipv4Address group, IgmpQuerier::Change change) { TellMembership(group, change); });
    m_querier->SetQuerierListener(
        [this](Ipv4Address address) { m_callbacks.event("querier", address); });
}

void
IgmpPort::SetVersion(uint8_t version)
{
    m_version = version;
    m_host.SetVersion(version);
    if (m_querier)
    {
        m_querier->SetVersion(version);
    }
}

void
IgmpPort::Start()
{
    if (m_querier)
    {
        m_querier->Start();
    }
    m_host.Start();
}

void
IgmpPort::Stop()
{
    m_host.Stop();
    if (m_querier)
    {
        m_querier->Stop();
    }
}

std::string
IgmpPort::Receive(Ipv4Address source, const IgmpMessage& message)
{
    if (message.type == IgmpMessage::QUERY)
    {
        m_host.HandleQuery(message);
    }
    else if (message.type == IgmpMessage::V1_REPORT || message.type == IgmpMessage::V2_REPORT)
    {
        m_host.HandleReport(message);
    }
    return m_querier ? m_querier->Receive(source, message) : "";
}

void
IgmpPort::Send(const IgmpMessage& message, Ipv4Address destination)
{
    Ptr<Packet> packet = ToPacket(message);
    Ptr<Packet> traced = packet->Copy(); // the sender puts its header on the other
    const Ipv4Address source = Ipv4Address::GetAny();
    if (!m_sender.SendOnInterface(
            packet, m_interface, source, destination, TTL, INTERNETWORK_CONTROL, true))
    {
        return;
    }
    m_callbacks.sent(traced);
    if (message.type == IgmpMessage::QUERY)
    {
        m_host.HandleQuery(message);
    }
    else if (m_querier)
    {
        const std::string reason = m_querier->Receive(GetAddress(), message);
        if (!reason.empty())
        {
            m_callbacks.dropped(traced, reason);
        }
    }
}

void
IgmpPort::TellMembership(Ipv4Address group, IgmpQuerier::Change change)
{
    if (change != IgmpQuerier::Change::CHANGED)
    {
        m_callbacks.event(change == IgmpQuerier::Change::JOINED ? "join" : "leave", group);
    }
    m_callbacks.membership(group);
}

IgmpHost&
IgmpPort::GetHost()
{
    return m_host;
}

const IgmpQuerier*
IgmpPort::GetQuerier() const
{
    return m_querier.get();
}

Ipv4Address
IgmpPort::GetAddress() const
{
    return m_ipv4->GetNAddresses(m_interface) == 0 ? Ipv4Address::GetAny()
                                                   : m_ipv4->GetAddress(m_interface, 0).GetLocal();
}

bool
IgmpPort::IsOnLink(Ipv4Address address) const
{
    for (uint32_t i = 0; i < m_ipv4->GetNAddresses(m_interface); ++i)
    {
        const Ipv4InterfaceAddress own = m_ipv4->GetAddress(m_interface, i);
        if (own.GetMask().IsMatch(own.GetLocal(), address))
        {
            return true;
        }
    }
    return false;
}

uint32_t
IgmpPort::GetMaxMessageSize() const
{
    return std::max<uint32_t>(m_ipv4->GetMtu(m_interface), LEAST_MTU) - IP_HEADER_SIZE;
}

} // namespace ns3
