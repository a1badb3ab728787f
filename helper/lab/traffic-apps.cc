// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/traffic-apps.h"

#include "ns3/ethertype.h"
#include "ns3/inet-socket-address.h"
#include "ns3/interface-names.h"
#include "ns3/ipv4-packet-info-tag.h"
#include "ns3/ipv4.h"
#include "ns3/mac48-address.h"
#include "ns3/number-format.h"
#include "ns3/simulator.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/udp-socket.h"
#include "ns3/uinteger.h"
#include "ns3/wire-buffer.h"

namespace ns3
{

UdpSender::UdpSender(Ptr<Node> node,
                     uint32_t interface,
                     const SendSpec& spec,
                     DeliveryLedger& ledger,
                     uint32_t flow)
    : m_spec(spec),
      m_ledger(ledger),
      m_flow(flow),
      m_socket(Socket::CreateSocket(node, UdpSocketFactory::GetTypeId()))
{
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    m_ledger.SetSource(flow, ipv4->GetAddress(interface, 0).GetLocal());
    m_socket->Bind();
    if (spec.group.IsMulticast() || !spec.interface.empty())
    {
        m_socket->BindToNetDevice(ipv4->GetNetDevice(interface));
    }
    m_socket->SetAttribute("IpMulticastTtl", UintegerValue(spec.ttl));
    m_socket->SetIpTtl(spec.ttl);
    Send();
}

void
UdpSender::Send()
{
    WireWriter writer;
    writer.WriteU32(m_flow);
    writer.WriteU32(m_ledger.Sent(m_flow, Simulator::Now()));
    const uint32_t size = static_cast<uint32_t>(writer.GetSize());
    Ptr<Packet> packet = Create<Packet>(writer.GetBytes().data(), size);
    packet->AddAtEnd(Create<Packet>(m_spec.size - size));
    if (m_socket->SendTo(packet, 0, InetSocketAddress(m_spec.group, m_spec.port)) < 0)
    {
        m_ledger.Unsent(m_flow);
    }
    if (m_spec.HasNext(++m_count, Simulator::Now()))
    {
        Simulator::Schedule(m_spec.interval, &UdpSender::Send, this);
    }
}

UdpReceiver::UdpReceiver(Ptr<Node> node,
                         const std::string& name,
                         uint16_t port,
                         DeliveryLedger& ledger)
    : m_node(node),
      m_name(name),
      m_ledger(ledger),
      m_socket(Socket::CreateSocket(node, UdpSocketFactory::GetTypeId()))
{
    m_socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), port));
    m_socket->SetIpRecvTtl(true);
    m_socket->SetRecvPktInfo(true);
    m_socket->SetRecvCallback(MakeCallback(&UdpReceiver::Receive, this));
}

void
UdpReceiver::Receive(Ptr<Socket> socket)
{
    Ptr<Packet> packet;
    while ((packet = socket->Recv()))
    {
        uint8_t bytes[8];
        WireReader reader(bytes, packet->CopyData(bytes, sizeof bytes));
        const uint32_t flow = reader.ReadU32();
        const uint32_t sequence = reader.ReadU32();
        SocketIpTtlTag ttl;
        packet->PeekPacketTag(ttl);
        Ipv4PacketInfoTag info;
        packet->PeekPacketTag(info);
        const int32_t interface =
            m_node->GetObject<Ipv4>()->GetInterfaceForDevice(m_node->GetDevice(info.GetRecvIf()));
        if (!reader.IsTruncated() && interface > 0)
        {
            m_ledger.ReceivedUnicast(flow, m_name, sequence, ttl.GetTtl(), Simulator::Now());
            m_ledger.Received(flow,
                              m_name,
                              GetInterfaceName(m_node, static_cast<uint32_t>(interface)),
                              sequence,
                              ttl.GetTtl(),
                              Simulator::Now());
        }
    }
}

PingSeries::PingSeries(EchoSource& echo, const PingSpec& spec)
    : m_spec(spec),
      m_echo(echo)
{
    m_identifier = echo.Open([this](const EchoReply& reply) {
        if (reply.sequence >= 1 && reply.sequence <= m_requests.size())
        {
            Request& request = m_requests[reply.sequence - 1];
            request.replies.emplace_back(reply, Simulator::Now() - request.sent);
        }
    });
    Send();
}

void
PingSeries::Send()
{
    m_requests.push_back({Simulator::Now(), {}});
    m_echo.SendRequest(
        m_identifier, static_cast<uint16_t>(m_requests.size()), m_spec.to, m_spec.size);
    if (m_requests.size() < m_spec.count)
    {
        Simulator::Schedule(m_spec.interval, &PingSeries::Send, this);
    }
}

const PingSpec&
PingSeries::GetSpec() const
{
    return m_spec;
}

const std::vector<PingSeries::Request>&
PingSeries::GetRequests() const
{
    return m_requests;
}

namespace
{

constexpr uint32_t FLOOD_MAGIC = 0x464c4f44;      // "FLOD"
constexpr uint16_t ETHERTYPE_EXPERIMENT = 0x88b5; // IEEE 802, local experiments
constexpr std::size_t SHORTEST_PAYLOAD = 46;      // of an Ethernet frame

/** An ARP request for an address that nobody has. */
void
WriteArpRequest(WireWriter& writer, Mac48Address sender)
{
    uint8_t mac[6];
    sender.CopyTo(mac);
    writer.WriteU16(1); // Ethernet
    writer.WriteU16(ETHERTYPE_IPV4);
    writer.WriteU8(6);
    writer.WriteU8(4);
    writer.WriteU16(1); // request
    writer.WriteBytes(std::vector<uint8_t>(mac, mac + 6));
    writer.WriteIpv4(Ipv4Address::GetAny()); // an ARP probe, RFC 5227 §1.1: nobody learns from it
    writer.WriteBytes(std::vector<uint8_t>(6));
    writer.WriteIpv4(Ipv4Address("192.0.2.1"));
}

Mac48Address
GetFloodDestination(FloodKind kind)
{
    switch (kind)
    {
    case FloodKind::UnknownUnicast:
        return Mac48Address("02:ff:ff:ff:ff:ff");
    case FloodKind::Multicast:
        return Mac48Address("01:00:5e:7f:ff:fe");
    case FloodKind::Arp:
    case FloodKind::Broadcast:
        break;
    }
    return Mac48Address::GetBroadcast();
}

} // namespace

FloodGenerator::FloodGenerator(Ptr<NetDevice> device, const FloodSpec& spec, uint32_t number)
    : m_spec(spec),
      m_device(device),
      m_number(number)
{
    Send();
}

void
FloodGenerator::Send()
{
    WireWriter writer;
    if (m_spec.kind == FloodKind::Arp)
    {
        WriteArpRequest(writer, Mac48Address::ConvertFrom(m_device->GetAddress()));
    }
    writer.WriteBytes(std::vector<uint8_t>(SHORTEST_PAYLOAD - TRAILER - writer.GetSize()));
    writer.WriteU32(FLOOD_MAGIC);
    writer.WriteU32(m_number);
    m_device->Send(
        Create<Packet>(writer.GetBytes().data(), static_cast<uint32_t>(writer.GetSize())),
        GetFloodDestination(m_spec.kind),
        m_spec.kind == FloodKind::Arp ? ETHERTYPE_ARP : ETHERTYPE_EXPERIMENT);
    ++m_frames;
    if (m_frames < m_spec.frames)
    {
        Simulator::Schedule(m_spec.interval, &FloodGenerator::Send, this);
    }
}

const FloodSpec&
FloodGenerator::GetSpec() const
{
    return m_spec;
}

uint64_t
FloodGenerator::GetFrames() const
{
    return m_frames;
}

std::optional<uint32_t>
FloodGenerator::ReadNumber(const uint8_t* trailer)
{
    WireReader reader(trailer, TRAILER);
    if (reader.ReadU32() != FLOOD_MAGIC)
    {
        return std::nullopt;
    }
    return reader.ReadU32();
}

} // namespace ns3
