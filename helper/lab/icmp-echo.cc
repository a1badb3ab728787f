// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/icmp-echo.h"

#include "ns3/icmpv4.h"
#include "ns3/ipv4-interface.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/node.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(IcmpEchoProtocol);

TypeId
IcmpEchoProtocol::GetTypeId()
{
    static TypeId tid = TypeId("ns3::IcmpEchoProtocol")
                            .SetParent<Icmpv4L4Protocol>()
                            .SetGroupName("VxlanMulticast")
                            .AddConstructor<IcmpEchoProtocol>();
    return tid;
}

Ptr<IcmpEchoProtocol>
IcmpEchoProtocol::Install(Ptr<Node> node)
{
    Ptr<Ipv4L3Protocol> ipv4 = node->GetObject<Ipv4L3Protocol>();
    Ptr<IcmpEchoProtocol> echo = CreateObject<IcmpEchoProtocol>();
    echo->m_host = node;
    echo->SetNode(node);
    echo->SetDownTarget(MakeCallback(&Ipv4::Send, PeekPointer(node->GetObject<Ipv4>())));
    ipv4->Remove(node->GetObject<Icmpv4L4Protocol>());
    ipv4->Insert(echo);
    return echo;
}

uint16_t
IcmpEchoProtocol::Open(ReplyCallback replied)
{
    const uint16_t identifier = static_cast<uint16_t>(m_series.size() + 1);
    m_series[identifier] = std::move(replied);
    return identifier;
}

bool
IcmpEchoProtocol::SendRequest(uint16_t identifier, uint16_t sequence, Ipv4Address to, uint32_t size)
{
    Ptr<Packet> packet = Create<Packet>();
    Icmpv4Echo echo;
    echo.SetIdentifier(identifier);
    echo.SetSequenceNumber(sequence);
    echo.SetData(Create<Packet>(size));
    packet->AddHeader(echo);
    Icmpv4Header icmp;
    icmp.SetType(Icmpv4Header::ICMPV4_ECHO);
    icmp.SetCode(0);
    if (Node::ChecksumEnabled())
    {
        icmp.EnableChecksum();
    }
    packet->AddHeader(icmp);

    Ptr<Ipv4> ipv4 = m_host->GetObject<Ipv4>();
    Ipv4Header header;
    header.SetDestination(to);
    header.SetProtocol(PROT_NUMBER);
    Socket::SocketErrno error;
    Ptr<Ipv4Route> route = ipv4->GetRoutingProtocol()->RouteOutput(packet, header, nullptr, error);
    if (!route)
    {
        return false;
    }
    ipv4->Send(packet, route->GetSource(), to, PROT_NUMBER, route);
    return true;
}

IpL4Protocol::RxStatus
IcmpEchoProtocol::Receive(Ptr<Packet> packet, const Ipv4Header& header, Ptr<Ipv4Interface> incoming)
{
    constexpr uint32_t SHORTEST = 8; // ns-3's parsers do not check the length
    if (packet->GetSize() < SHORTEST)
    {
        return IpL4Protocol::RX_OK;
    }
    Icmpv4Header icmp;
    packet->PeekHeader(icmp);
    if (icmp.GetType() == Icmpv4Header::ICMPV4_ECHO_REPLY)
    {
        packet->RemoveHeader(icmp);
        Icmpv4Echo echo;
        packet->RemoveHeader(echo);
        const auto series = m_series.find(echo.GetIdentifier());
        if (series != m_series.end())
        {
            series->second({header.GetSource(), echo.GetSequenceNumber(), header.GetTtl()});
        }
        return IpL4Protocol::RX_OK;
    }
    Ipv4Header answerable = header;
    for (uint32_t i = 0; i < incoming->GetNAddresses(); ++i)
    {
        const Ipv4InterfaceAddress address = incoming->GetAddress(i);
        if (header.GetDestination().IsBroadcast() ||
            header.GetDestination() == address.GetBroadcast())
        {
            answerable.SetDestination(address.GetLocal());
            break;
        }
    }
    return Icmpv4L4Protocol::Receive(packet, answerable, incoming);
}

} // namespace ns3
