// SPDX-License-Identifier: GPL-2.0-only
// Router Alert: RFC 2113. The queue item writes the 24-byte header itself, so that queue discs and
// devices see an ordinary IPv4 item.
#include "ns3/ipv4-protocol-sender.h"

#include "ns3/ipv4-header.h"
#include "ns3/ipv4-queue-disc-item.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/socket.h"
#include "ns3/traffic-control-layer.h"
#include "ns3/wire-header.h"

namespace ns3
{

namespace
{

/** An IPv4 header with the Router Alert option: 24 bytes, own checksum always written. */
struct RouterAlertIpv4
{
    static constexpr const char* TYPE_NAME = "ns3::RouterAlertIpv4";
    static constexpr uint16_t SIZE = 24;

    Ipv4Address source{Ipv4Address::GetAny()};
    Ipv4Address destination{Ipv4Address::GetAny()};
    uint16_t payload{0};
    uint16_t identification{0};
    uint8_t tos{0};
    uint8_t ttl{0};
    uint8_t protocol{0};

    void Write(WireWriter& writer) const
    {
        const std::size_t start = writer.GetSize();
        writer.WriteU8(0x46);
        writer.WriteU8(tos);
        writer.WriteU16(SIZE + payload);
        writer.WriteU16(identification);
        writer.WriteU16(0);
        writer.WriteU8(ttl);
        writer.WriteU8(protocol);
        writer.WriteU16(0);
        writer.WriteIpv4(source);
        writer.WriteIpv4(destination);
        writer.WriteU32(0x94040000);
        writer.PatchU16(start + 10, InternetChecksum(writer.GetBytes().data() + start, SIZE));
    }

    static std::string Read(WireReader& reader, RouterAlertIpv4& header)
    {
        reader.Skip(1);
        header.tos = reader.ReadU8();
        header.payload = reader.ReadU16() - SIZE;
        header.identification = reader.ReadU16();
        reader.Skip(2);
        header.ttl = reader.ReadU8();
        header.protocol = reader.ReadU8();
        reader.Skip(2);
        header.source = reader.ReadIpv4();
        header.destination = reader.ReadIpv4();
        reader.Skip(4);
        return reader.GetError();
    }

    void Print(std::ostream& os) const
    {
        os << source << " > " << destination << " router-alert";
    }
};

class RouterAlertItem : public Ipv4QueueDiscItem
{
  public:
    RouterAlertItem(Ptr<Packet> packet,
                    const Address& address,
                    const Ipv4Header& header,
                    const RouterAlertIpv4& alert)
        : Ipv4QueueDiscItem(packet, address, 0x0800, header),
          m_alert(alert)
    {
    }

    uint32_t GetSize() const override
    {
        return GetPacket()->GetSize() + (m_written ? 0u : uint32_t(RouterAlertIpv4::SIZE));
    }

    void AddHeader() override
    {
        if (!m_written)
        {
            GetPacket()->AddHeader(WireHeader<RouterAlertIpv4>(m_alert));
            m_written = true;
        }
    }

    bool Mark() override
    {
        return false;
    }

  private:
    RouterAlertIpv4 m_alert;
    bool m_written{false};
};

/** Says by tags, as sockets do, what Ipv4 is to write into the header. */
void
TagPacket(Ptr<Packet> packet, uint8_t ttl, uint8_t tos)
{
    SocketIpTtlTag ttlTag;
    ttlTag.SetTtl(ttl);
    packet->ReplacePacketTag(ttlTag);
    SocketIpTosTag tosTag;
    tosTag.SetTos(tos);
    packet->ReplacePacketTag(tosTag);
}

} // namespace

Ipv4ProtocolSender::Ipv4ProtocolSender(uint8_t protocol)
    : m_protocol(protocol)
{
}

void
Ipv4ProtocolSender::SetIpv4(Ptr<Ipv4> ipv4)
{
    m_ipv4 = ipv4;
}

bool
Ipv4ProtocolSender::SendOnInterface(Ptr<Packet> packet,
                                    uint32_t interface,
                                    Ipv4Address source,
                                    Ipv4Address destination,
                                    uint8_t ttl,
                                    uint8_t tos,
                                    bool routerAlert) const
{
    if (!m_ipv4 || !m_ipv4->IsUp(interface) || m_ipv4->GetNAddresses(interface) == 0)
    {
        return false;
    }
    if (source == Ipv4Address::GetAny())
    {
        source = m_ipv4->GetAddress(interface, 0).GetLocal();
    }
    Ptr<NetDevice> device = m_ipv4->GetNetDevice(interface);
    if (!routerAlert)
    {
        Ptr<Ipv4Route> route = Create<Ipv4Route>();
        route->SetDestination(destination);
        route->SetSource(source);
        route->SetGateway(Ipv4Address::GetAny());
        route->SetOutputDevice(device);
        TagPacket(packet, ttl, tos);
        m_ipv4->Send(packet, source, destination, m_protocol, route);
        return true;
    }
    Ipv4Header header;
    header.SetSource(source);
    header.SetDestination(destination);
    header.SetProtocol(m_protocol);
    header.SetTtl(ttl);
    header.SetTos(tos);
    header.SetPayloadSize(packet->GetSize());
    RouterAlertIpv4 alert;
    alert.source = source;
    alert.destination = destination;
    alert.payload = static_cast<uint16_t>(packet->GetSize());
    alert.tos = tos;
    alert.ttl = ttl;
    alert.protocol = m_protocol;
    const Address mac =
        destination.IsMulticast() ? device->GetMulticast(destination) : device->GetBroadcast();
    m_ipv4->GetObject<Node>()->GetObject<TrafficControlLayer>()->Send(
        device, Create<RouterAlertItem>(packet, mac, header, alert));
    return true;
}

bool
Ipv4ProtocolSender::SendRouted(Ptr<Packet> packet,
                               Ipv4Address source,
                               Ipv4Address destination,
                               uint8_t ttl,
                               uint8_t tos) const
{
    if (!m_ipv4)
    {
        return false;
    }
    Ipv4Header header;
    header.SetDestination(destination);
    header.SetProtocol(m_protocol);
    Socket::SocketErrno error;
    Ptr<Ipv4Route> route =
        m_ipv4->GetRoutingProtocol()->RouteOutput(packet, header, nullptr, error);
    if (!route)
    {
        return false;
    }
    if (source == Ipv4Address::GetAny())
    {
        source = route->GetSource();
    }
    TagPacket(packet, ttl, tos);
    m_ipv4->Send(packet, source, destination, m_protocol, route);
    return true;
}

} // namespace ns3
