// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 A.1.
#include "ns3/ospf-l4.h"

#include "ns3/ipv4-interface.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(OspfL4);

TypeId
OspfL4::GetTypeId()
{
    static TypeId tid = TypeId("ns3::OspfL4")
                            .SetParent<IpL4Protocol>()
                            .SetGroupName("VxlanMulticast")
                            .AddConstructor<OspfL4>();
    return tid;
}

void
OspfL4::SetReceiver(Ptr<Ipv4> ipv4, Receiver receiver)
{
    m_ipv4 = ipv4;
    m_receiver = std::move(receiver);
}

int
OspfL4::GetProtocolNumber() const
{
    return PROTOCOL_NUMBER;
}

IpL4Protocol::RxStatus
OspfL4::Receive(Ptr<Packet> packet, const Ipv4Header& header, Ptr<Ipv4Interface> incoming)
{
    if (m_receiver)
    {
        const int32_t interface = m_ipv4->GetInterfaceForDevice(incoming->GetDevice());
        m_receiver(packet, header, static_cast<uint32_t>(interface));
    }
    return RX_OK;
}

IpL4Protocol::RxStatus
OspfL4::Receive(Ptr<Packet>, const Ipv6Header&, Ptr<Ipv6Interface>)
{
    return RX_ENDPOINT_UNREACH;
}

void
OspfL4::SetDownTarget(DownTargetCallback callback)
{
    m_downTarget = callback;
}

void
OspfL4::SetDownTarget6(DownTargetCallback6 callback)
{
    m_downTarget6 = callback;
}

IpL4Protocol::DownTargetCallback
OspfL4::GetDownTarget() const
{
    return m_downTarget;
}

IpL4Protocol::DownTargetCallback6
OspfL4::GetDownTarget6() const
{
    return m_downTarget6;
}

void
OspfL4::DoDispose()
{
    m_ipv4 = nullptr;
    m_receiver = nullptr;
    m_downTarget.Nullify();
    m_downTarget6.Nullify();
    IpL4Protocol::DoDispose();
}

} // namespace ns3
