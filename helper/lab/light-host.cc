// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/light-host.h"

#include "ns3/arp-header.h"
#include "ns3/ethertype.h"
#include "ns3/icmpv4-l4-protocol.h"
#include "ns3/icmpv4.h"
#include "ns3/simulator.h"
#include "ns3/vxlan-arp-repair.h"

namespace ns3
{

namespace
{

constexpr uint8_t TTL = 64;
constexpr uint32_t SHORTEST_ICMP = 8; // ns-3's parsers do not check the length

Ptr<Packet>
MakeEcho(uint8_t type, const Icmpv4Echo& echo)
{
    Ptr<Packet> message = Create<Packet>();
    message->AddHeader(echo);
    Icmpv4Header icmp;
    icmp.SetType(type);
    icmp.SetCode(0);
    if (Node::ChecksumEnabled())
    {
        icmp.EnableChecksum();
    }
    message->AddHeader(icmp);
    return message;
}

} // namespace

LightHost::LightHost(Ptr<NetDevice> device, Ipv4Address address, Ipv4Mask mask)
    : m_device(device),
      m_address(address),
      m_mask(mask)
{
    Ptr<Node> node = device->GetNode();
    node->RegisterProtocolHandler(
        MakeCallback(&LightHost::ReceiveArp, this), ETHERTYPE_ARP, device);
    node->RegisterProtocolHandler(
        MakeCallback(&LightHost::ReceiveIp, this), ETHERTYPE_IPV4, device);
}

uint16_t
LightHost::Open(ReplyCallback replied)
{
    m_series.push_back(std::move(replied));
    return static_cast<uint16_t>(m_series.size());
}

bool
LightHost::SendRequest(uint16_t identifier, uint16_t sequence, Ipv4Address to, uint32_t size)
{
    const bool isLocal =
        to.IsBroadcast() || to.CombineMask(m_mask) == m_address.CombineMask(m_mask);
    if (!isLocal)
    {
        return false; // no router behind an access port
    }
    Icmpv4Echo echo;
    echo.SetIdentifier(identifier);
    echo.SetSequenceNumber(sequence);
    echo.SetData(Create<Packet>(size));
    SendIcmp(MakeEcho(Icmpv4Header::ICMPV4_ECHO, echo), to);
    return true;
}

void
LightHost::SendIcmp(Ptr<Packet> message, Ipv4Address to)
{
    Ipv4Header header;
    header.SetSource(m_address);
    header.SetDestination(to);
    header.SetProtocol(Icmpv4L4Protocol::PROT_NUMBER);
    header.SetTtl(TTL);
    header.SetIdentification(m_identification++);
    header.SetPayloadSize(static_cast<uint16_t>(message->GetSize()));
    if (Node::ChecksumEnabled())
    {
        header.EnableChecksum();
    }
    message->AddHeader(header);
    const auto neighbor = m_neighbors.find(to);
    if (to.IsBroadcast() || to == m_address.GetSubnetDirectedBroadcast(m_mask))
    {
        m_device->Send(message, m_device->GetBroadcast(), ETHERTYPE_IPV4);
        return;
    }
    if (neighbor != m_neighbors.end())
    {
        m_device->Send(message, neighbor->second, ETHERTYPE_IPV4);
        return;
    }
    Resolution& resolution = m_resolutions[to];
    if (resolution.pending.size() < MAX_PENDING)
    {
        resolution.pending.push_back(message);
    }
    if (resolution.retry.IsExpired())
    {
        Resolve(to);
    }
}

void
LightHost::Resolve(Ipv4Address ip)
{
    Resolution& resolution = m_resolutions.at(ip);
    if (resolution.attempts == ARP_ATTEMPTS)
    {
        m_resolutions.erase(ip);
        return;
    }
    ++resolution.attempts;
    resolution.retry = Simulator::Schedule(Seconds(1), &LightHost::Resolve, this, ip);
    ArpHeader arp;
    arp.SetRequest(m_device->GetAddress(), m_address, m_device->GetBroadcast(), ip);
    Ptr<Packet> packet = Create<Packet>();
    packet->AddHeader(arp);
    m_device->Send(packet, m_device->GetBroadcast(), ETHERTYPE_ARP);
}

void
LightHost::Learn(Ipv4Address ip, Mac48Address mac)
{
    m_neighbors[ip] = mac;
    const auto resolution = m_resolutions.find(ip);
    if (resolution == m_resolutions.end())
    {
        return;
    }
    resolution->second.retry.Cancel();
    for (const Ptr<Packet>& packet : resolution->second.pending)
    {
        m_device->Send(packet, mac, ETHERTYPE_IPV4);
    }
    m_resolutions.erase(resolution);
}

void
LightHost::ReceiveArp(Ptr<NetDevice>,
                      Ptr<const Packet> packet,
                      uint16_t,
                      const Address&,
                      const Address&,
                      NetDevice::PacketType)
{
    ArpHeader arp;
    if (!IsArpWellFormed(packet) || packet->PeekHeader(arp) == 0 ||
        arp.GetSourceIpv4Address().IsAny())
    {
        return;
    }
    const Ipv4Address sender = arp.GetSourceIpv4Address();
    const Mac48Address mac = Mac48Address::ConvertFrom(arp.GetSourceHardwareAddress());
    const bool isForUs = arp.GetDestinationIpv4Address() == m_address;
    // RFC 826: an entry is updated by any packet, made only by one for this host.
    if (isForUs || m_neighbors.count(sender) != 0)
    {
        Learn(sender, mac);
    }
    if (!isForUs || !arp.IsRequest())
    {
        return;
    }
    ArpHeader reply;
    reply.SetReply(m_device->GetAddress(), m_address, mac, sender);
    Ptr<Packet> answer = Create<Packet>();
    answer->AddHeader(reply);
    m_device->Send(answer, mac, ETHERTYPE_ARP);
}

void
LightHost::ReceiveIp(Ptr<NetDevice>,
                     Ptr<const Packet> received,
                     uint16_t,
                     const Address&,
                     const Address&,
                     NetDevice::PacketType)
{
    Ptr<Packet> packet = received->Copy();
    Ipv4Header header;
    if (packet->GetSize() < header.GetSerializedSize() || packet->RemoveHeader(header) == 0)
    {
        return;
    }
    const Ipv4Address to = header.GetDestination();
    const bool isForUs =
        to == m_address || to.IsBroadcast() || to == m_address.GetSubnetDirectedBroadcast(m_mask);
    const bool isWhole = header.IsLastFragment() && header.GetFragmentOffset() == 0 &&
                         header.GetPayloadSize() <= packet->GetSize();
    if (!isForUs || !isWhole || header.GetProtocol() != Icmpv4L4Protocol::PROT_NUMBER ||
        header.GetPayloadSize() < SHORTEST_ICMP)
    {
        return;
    }
    packet->RemoveAtEnd(packet->GetSize() - header.GetPayloadSize());
    ReceiveIcmp(packet, header.GetSource(), header.GetTtl());
}

void
LightHost::ReceiveIcmp(Ptr<Packet> packet, Ipv4Address from, uint8_t ttl)
{
    Icmpv4Header icmp;
    packet->RemoveHeader(icmp);
    const bool isRequest = icmp.GetType() == Icmpv4Header::ICMPV4_ECHO;
    if (!isRequest && icmp.GetType() != Icmpv4Header::ICMPV4_ECHO_REPLY)
    {
        return;
    }
    Icmpv4Echo echo;
    packet->RemoveHeader(echo);
    if (isRequest)
    {
        SendIcmp(MakeEcho(Icmpv4Header::ICMPV4_ECHO_REPLY, echo), from);
        return;
    }
    const std::size_t series = echo.GetIdentifier();
    if (series >= 1 && series <= m_series.size())
    {
        m_series[series - 1]({from, echo.GetSequenceNumber(), ttl});
    }
}

} // namespace ns3
