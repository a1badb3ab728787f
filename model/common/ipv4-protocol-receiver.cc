// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/ipv4-protocol-receiver.h"

#include "ns3/ipv4-interface.h"
#include "ns3/node.h"
#include "ns3/simulator.h"

namespace ns3
{

NS_LOG_CLASS_DEFINE(Ipv4ProtocolReceiver);
NS_OBJECT_ENSURE_REGISTERED(Ipv4ProtocolReceiver);

TypeId
Ipv4ProtocolReceiver::GetTypeId()
{
    static TypeId tid = TypeId("ns3::Ipv4ProtocolReceiver")
                            .SetParent<IpL4Protocol>()
                            .SetGroupName("VxlanMulticast");
    return tid;
}

Ipv4ProtocolReceiver::Ipv4ProtocolReceiver(uint8_t protocol)
    : m_protocol(protocol)
{
}

Ptr<Ipv4ProtocolReceiver>
Ipv4ProtocolReceiver::Install(Ptr<Ipv4> ipv4, uint8_t protocol, Receiver receiver)
{
    Ptr<Ipv4ProtocolReceiver> l4 = CreateObject<Ipv4ProtocolReceiver>(protocol);
    l4->SetReceiver(ipv4, std::move(receiver));
    ipv4->Insert(l4);
    return l4;
}

void
InitializeWithNode(Ptr<Object> protocol, Ptr<Ipv4> ipv4)
{
    Ptr<Node> node = ipv4->GetObject<Node>();
    const uint32_t context = node ? node->GetId() : Simulator::NO_CONTEXT;
    Simulator::ScheduleWithContext(context, Seconds(0), &Object::Initialize, protocol);
}

void
Ipv4ProtocolReceiver::SetReceiver(Ptr<Ipv4> ipv4, Receiver receiver)
{
    m_ipv4 = ipv4;
    m_receiver = std::move(receiver);
}

int
Ipv4ProtocolReceiver::GetProtocolNumber() const
{
    return m_protocol;
}

IpL4Protocol::RxStatus
Ipv4ProtocolReceiver::Receive(Ptr<Packet> packet,
                              const Ipv4Header& header,
                              Ptr<Ipv4Interface> incoming)
{
    NS_LOG_FUNCTION(this << header);
    if (m_receiver)
    {
        const int32_t interface = m_ipv4->GetInterfaceForDevice(incoming->GetDevice());
        m_receiver(packet, header, static_cast<uint32_t>(interface));
    }
    return RX_OK;
}

IpL4Protocol::RxStatus
Ipv4ProtocolReceiver::Receive(Ptr<Packet>, const Ipv6Header&, Ptr<Ipv6Interface>)
{
    return RX_ENDPOINT_UNREACH;
}

void
Ipv4ProtocolReceiver::SetDownTarget(DownTargetCallback callback)
{
    m_downTarget = callback;
}

void
Ipv4ProtocolReceiver::SetDownTarget6(DownTargetCallback6 callback)
{
    m_downTarget6 = callback;
}

IpL4Protocol::DownTargetCallback
Ipv4ProtocolReceiver::GetDownTarget() const
{
    return m_downTarget;
}

IpL4Protocol::DownTargetCallback6
Ipv4ProtocolReceiver::GetDownTarget6() const
{
    return m_downTarget6;
}

void
Ipv4ProtocolReceiver::DoDispose()
{
    m_ipv4 = nullptr;
    m_receiver = nullptr;
    m_downTarget.Nullify();
    m_downTarget6.Nullify();
    IpL4Protocol::DoDispose();
}

} // namespace ns3
