// SPDX-License-Identifier: GPL-2.0-only
// PPP in full duplex.
#include "ns3/cable-device.h"

#include "ns3/abort.h"
#include "ns3/ppp-header.h"
#include "ns3/simulator.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(CableDevice);

namespace
{

// RFC 1332 and RFC 5072: what PPP calls the protocols that Ethernet gives other numbers.
constexpr uint16_t PPP_IPV4 = 0x0021;
constexpr uint16_t PPP_IPV6 = 0x0057;
constexpr uint16_t ETHERTYPE_OF_IPV4 = 0x0800;
constexpr uint16_t ETHERTYPE_OF_IPV6 = 0x86dd;

} // namespace

TypeId
CableDevice::GetTypeId()
{
    static TypeId tid = TypeId("ns3::CableDevice")
                            .SetParent<LinkDevice>()
                            .SetGroupName("VxlanMulticast")
                            .AddConstructor<CableDevice>()
                            .AddAttribute("DataRate",
                                          "How fast frames are sent.",
                                          DataRateValue(DataRate("1Gbps")),
                                          MakeDataRateAccessor(&CableDevice::SetDataRate,
                                                               &CableDevice::GetDataRate),
                                          MakeDataRateChecker())
                            .AddAttribute("InterframeGap",
                                          "Between the last bit of a frame and the first of the "
                                          "next.",
                                          TimeValue(Seconds(0)),
                                          MakeTimeAccessor(&CableDevice::m_gap),
                                          MakeTimeChecker(Seconds(0)));
    return tid;
}

CableDevice::CableDevice() = default;

CableDevice::CableDevice(const CableDevice& other)
    : CableEnd(other),
      m_dataRate(other.m_dataRate),
      m_gap(other.m_gap)
{
    NS_ABORT_MSG_IF(other.m_channel, "a CableDevice on a channel cannot be copied");
    m_node = nullptr;
    SetQueue(nullptr); // two devices would take each other's frames
}

CableDevice::~CableDevice() = default;

void
CableDevice::SetDataRate(DataRate rate)
{
    m_dataRate = rate;
    m_lastBytes = 0;
    m_lastDuration = Time(0);
}

DataRate
CableDevice::GetDataRate() const
{
    return m_dataRate;
}

void
CableDevice::DoDispose()
{
    m_channel = nullptr;
    CableEnd::DoDispose();
}

void
CableDevice::Attach(Ptr<CableChannel> channel)
{
    NS_ABORT_MSG_IF(m_channel, "a CableDevice is on one channel");
    m_channel = channel;
    m_end = channel->Attach(this);
    m_linkChange();
}

bool
CableDevice::Send(Ptr<Packet> packet, const Address&, uint16_t protocol)
{
    if (!m_channel || (protocol != ETHERTYPE_OF_IPV4 && protocol != ETHERTYPE_OF_IPV6))
    {
        m_macTxDropTrace(packet);
        return false;
    }
    PppHeader header;
    header.SetProtocol(protocol == ETHERTYPE_OF_IPV4 ? PPP_IPV4 : PPP_IPV6);
    packet->AddHeader(header);
    m_macTxTrace(packet);
    const Time wait = m_busyUntil - Simulator::Now();
    const bool waits = m_isWaiting || wait.IsStrictlyPositive();
    if (!waits && !m_isQueueShown)
    {
        return Transmit(packet);
    }
    MakeQueue();
    if (!m_queue->Enqueue(packet))
    {
        m_macTxDropTrace(packet);
        return false;
    }
    if (!waits)
    {
        return TransmitNext();
    }
    Wait();
    return true;
}

Time
CableDevice::GetDuration(uint32_t bytes)
{
    if (bytes != m_lastBytes)
    {
        m_lastBytes = bytes;
        m_lastDuration = m_dataRate.CalculateBytesTxTime(bytes);
    }
    return m_lastDuration;
}

bool
CableDevice::SendFrom(Ptr<Packet>, const Address&, const Address&, uint16_t)
{
    return false;
}

bool
CableDevice::Transmit(Ptr<Packet> frame)
{
    m_snifferTrace(frame);
    m_promiscSnifferTrace(frame);
    m_phyTxBeginTrace(frame);
    const Time duration = GetDuration(frame->GetSize());
    m_busyUntil = Simulator::Now() + duration + m_gap;
    m_transmissionTrace(frame, m_busyUntil);
    if (!m_phyTxEndTrace.IsEmpty())
    {
        Simulator::Schedule(duration + m_gap, &CableDevice::EndTransmission, this, frame);
    }
    const bool arrives = m_channel->Transmit(frame, duration, m_end);
    if (!arrives)
    {
        m_phyTxDropTrace(frame);
    }
    return arrives;
}

/** Takes the next frame out of the queue; others, if there are, wait until it has been sent. */
bool
CableDevice::TransmitNext()
{
    const Ptr<Packet> frame = m_queue->Dequeue();
    const bool arrives = frame && Transmit(frame);
    if (!m_queue->IsEmpty())
    {
        Wait();
    }
    return arrives;
}

void
CableDevice::Wait()
{
    if (!m_isWaiting)
    {
        m_isWaiting = true;
        Simulator::Schedule(m_busyUntil - Simulator::Now(), &CableDevice::EndWait, this);
    }
}

void
CableDevice::EndWait()
{
    m_isWaiting = false;
    if (m_queue && m_channel) // neither disposed of nor without a queue meanwhile
    {
        TransmitNext();
    }
}

void
CableDevice::EndTransmission(Ptr<const Packet> frame)
{
    m_phyTxEndTrace(frame);
}

void
CableDevice::Receive(Ptr<Packet> frame)
{
    if (!m_channel)
    {
        return; // disposed of meanwhile
    }
    if (m_receiveErrorModel && m_receiveErrorModel->IsCorrupt(frame))
    {
        m_phyRxDropTrace(frame);
        return;
    }
    m_snifferTrace(frame);
    m_promiscSnifferTrace(frame);
    m_phyRxEndTrace(frame);
    const Ptr<Packet> packet = frame->Copy();
    PppHeader header;
    packet->RemoveHeader(header);
    const uint16_t protocol =
        header.GetProtocol() == PPP_IPV4 ? ETHERTYPE_OF_IPV4 : ETHERTYPE_OF_IPV6;
    const Address sender = m_channel->GetOther(m_end)->GetAddress();
    if (!m_promiscReceive.IsNull())
    {
        m_macPromiscRxTrace(frame);
        m_promiscReceive(this, packet, protocol, sender, m_address, PACKET_HOST);
    }
    m_macRxTrace(frame);
    m_receive(this, packet, protocol, sender);
}

Ptr<Channel>
CableDevice::GetChannel() const
{
    return m_channel;
}

bool
CableDevice::IsLinkUp() const
{
    return bool(m_channel);
}

bool
CableDevice::IsPointToPoint() const
{
    return true;
}

bool
CableDevice::NeedsArp() const
{
    return false;
}

bool
CableDevice::SupportsSendFrom() const
{
    return false;
}

} // namespace ns3
