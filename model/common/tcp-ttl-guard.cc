// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/tcp-ttl-guard.h"

#include "ns3/ip-protocol.h"
#include "ns3/ipv4-interface.h"
#include "ns3/ipv6-interface.h"
#include "ns3/node.h"

namespace ns3
{

NS_LOG_CLASS_DEFINE(TcpTtlGuard);
NS_OBJECT_ENSURE_REGISTERED(TcpTtlGuard);

TypeId
TcpTtlGuard::GetTypeId()
{
    static TypeId tid = TypeId("ns3::TcpTtlGuard")
                            .SetParent<IpL4Protocol>()
                            .SetGroupName("VxlanMulticast")
                            .AddConstructor<TcpTtlGuard>();
    return tid;
}

Ptr<TcpTtlGuard>
TcpTtlGuard::Install(Ptr<Ipv4> ipv4)
{
    const Ptr<IpL4Protocol> tcp = ipv4->GetProtocol(IP_PROTOCOL_TCP);
    Ptr<TcpTtlGuard> guard = DynamicCast<TcpTtlGuard>(tcp);
    if (tcp && !guard)
    {
        guard = CreateObject<TcpTtlGuard>();
        guard->m_tcp = tcp;
        ipv4->Insert(guard);
    }
    return guard;
}

void
TcpTtlGuard::Guard(uint16_t port, uint8_t hops, Refused refused)
{
    m_rules[port] = {static_cast<uint8_t>(TTL - hops + 1), std::move(refused)};
}

void
TcpTtlGuard::Release(uint16_t port)
{
    m_rules.erase(port);
}

const TcpTtlGuard::Rule*
TcpTtlGuard::FindRule(uint16_t source, uint16_t destination) const
{
    for (uint16_t port : {destination, source})
    {
        const auto rule = m_rules.find(port);
        if (rule != m_rules.end())
        {
            return &rule->second;
        }
    }
    return nullptr;
}

int
TcpTtlGuard::GetProtocolNumber() const
{
    return IP_PROTOCOL_TCP;
}

IpL4Protocol::RxStatus
TcpTtlGuard::Receive(Ptr<Packet> packet, const Ipv4Header& header, Ptr<Ipv4Interface> incoming)
{
    NS_LOG_FUNCTION(this << header);
    uint8_t ports[4] = {};
    packet->CopyData(ports, sizeof ports);
    const Rule* rule = FindRule(static_cast<uint16_t>(ports[0] << 8 | ports[1]),
                                static_cast<uint16_t>(ports[2] << 8 | ports[3]));
    if (rule == nullptr || header.GetTtl() >= rule->leastTtl)
    {
        return m_tcp->Receive(packet, header, incoming);
    }
    const Ptr<NetDevice> device = incoming->GetDevice();
    const int32_t interface = device->GetNode()->GetObject<Ipv4>()->GetInterfaceForDevice(device);
    rule->refused(packet, static_cast<uint32_t>(interface));
    return RX_OK;
}

IpL4Protocol::RxStatus
TcpTtlGuard::Receive(Ptr<Packet> packet, const Ipv6Header& header, Ptr<Ipv6Interface> incoming)
{
    return m_tcp->Receive(packet, header, incoming);
}

void
TcpTtlGuard::ReceiveIcmp(Ipv4Address source,
                         uint8_t ttl,
                         uint8_t type,
                         uint8_t code,
                         uint32_t info,
                         Ipv4Address payloadSource,
                         Ipv4Address payloadDestination,
                         const uint8_t payload[8])
{
    m_tcp->ReceiveIcmp(source, ttl, type, code, info, payloadSource, payloadDestination, payload);
}

void
TcpTtlGuard::SetDownTarget(DownTargetCallback callback)
{
    m_tcp->SetDownTarget(callback);
}

void
TcpTtlGuard::SetDownTarget6(DownTargetCallback6 callback)
{
    m_tcp->SetDownTarget6(callback);
}

IpL4Protocol::DownTargetCallback
TcpTtlGuard::GetDownTarget() const
{
    return m_tcp->GetDownTarget();
}

IpL4Protocol::DownTargetCallback6
TcpTtlGuard::GetDownTarget6() const
{
    return m_tcp->GetDownTarget6();
}

void
TcpTtlGuard::DoDispose()
{
    m_rules.clear();
    m_tcp = nullptr;
    IpL4Protocol::DoDispose();
}

} // namespace ns3
