// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.9.
#include "ns3/pim-l4.h"

#include "ns3/ipv4-interface.h"
#include "ns3/pim-message.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PimL4);

TypeId
PimL4::GetTypeId()
{
    static TypeId tid = TypeId("ns3::PimL4")
                            .SetParent<IpL4Protocol>()
                            .SetGroupName("VxlanMulticast")
                            .AddConstructor<PimL4>();
    return tid;
}

void
PimL4::SetReceiver(Ptr<Ipv4> ipv4, Receiver receiver)
{
    m_ipv4 = ipv4;
    m_receiver = std::move(receiver);
}

void
PimL4::DoDispose()
{
    m_ipv4 = nullptr;
    m_receiver = nullptr;
    IpL4Protocol::DoDispose();
}

int
PimL4::GetProtocolNumber() const
{
    return PimMessage::PROTOCOL;
}

IpL4Protocol::RxStatus
PimL4::Receive(Ptr<Packet> packet, const Ipv4Header& header, Ptr<Ipv4Interface> incoming)
{
    if (m_receiver)
    {
        const int32_t interface = m_ipv4->GetInterfaceForDevice(incoming->GetDevice());
        m_receiver(packet, header, static_cast<uint32_t>(interface));
    }
    return RX_OK;
}

IpL4Protocol::RxStatus
PimL4::Receive(Ptr<Packet>, const Ipv6Header&, Ptr<Ipv6Interface>)
{
    return RX_ENDPOINT_UNREACH;
}

void
PimL4::SetDownTarget(DownTargetCallback callback)
{
    m_downTarget = callback;
}

void
PimL4::SetDownTarget6(DownTargetCallback6 callback)
{
    m_downTarget6 = callback;
}

IpL4Protocol::DownTargetCallback
PimL4::GetDownTarget() const
{
    return m_downTarget;
}

IpL4Protocol::DownTargetCallback6
PimL4::GetDownTarget6() const
{
    return m_downTarget6;
}

} // namespace ns3
