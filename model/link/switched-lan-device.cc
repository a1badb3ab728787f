// SPDX-License-Identifier: GPL-2.0-only
// IEEE 802.3 full duplex, Ethernet II frames.
#include "ns3/switched-lan-device.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/ethernet-header.h"
#include "ns3/ethernet-trailer.h"
#include "ns3/simulator.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(SwitchedLanDevice);

namespace
{

constexpr uint32_t MIN_PAYLOAD = 46; // IEEE 802.3: frames of at least 64 bytes
constexpr uint32_t GAP_BYTES = 12;
constexpr uint16_t ETHERTYPE_MIN = 0x0600;

NetDevice::PacketType
Classify(Mac48Address destination, Mac48Address own)
{
    if (destination.IsBroadcast())
    {
        return NetDevice::PACKET_BROADCAST;
    }
    if (destination.IsGroup())
    {
        return NetDevice::PACKET_MULTICAST;
    }
    return destination == own ? NetDevice::PACKET_HOST : NetDevice::PACKET_OTHERHOST;
}

} // namespace

TypeId
SwitchedLanDevice::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::SwitchedLanDevice")
            .SetParent<LinkDevice>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<SwitchedLanDevice>()
            .AddAttribute("Padding",
                          "Whether short frames are padded to 64 bytes (IEEE 802.3).",
                          BooleanValue(true),
                          MakeBooleanAccessor(&SwitchedLanDevice::m_padding),
                          MakeBooleanChecker());
    return tid;
}

SwitchedLanDevice::SwitchedLanDevice() = default;
SwitchedLanDevice::~SwitchedLanDevice() = default;

void
SwitchedLanDevice::DoDispose()
{
    m_channel = nullptr;
    m_isAttached = false;
    m_current = nullptr;
    LinkDevice::DoDispose();
}

void
SwitchedLanDevice::Attach(Ptr<SwitchedLanChannel> channel)
{
    NS_ABORT_MSG_IF(m_isAttached, "a SwitchedLanDevice is on one channel at a time");
    m_channel = channel;
    m_isAttached = true;
    m_station = channel->Attach(this);
    m_dataRate = channel->GetDataRate();
    m_gap = m_dataRate.CalculateBytesTxTime(GAP_BYTES);
    m_linkChange();
}

void
SwitchedLanDevice::Detach()
{
    if (m_isAttached)
    {
        m_channel->Detach(m_station);
        m_isAttached = false;
        m_linkChange();
    }
}

void
SwitchedLanDevice::AddHeader(Ptr<Packet> packet,
                             Mac48Address source,
                             Mac48Address destination,
                             uint16_t type)
{
    if (m_padding && packet->GetSize() < MIN_PAYLOAD)
    {
        const uint8_t zeros[MIN_PAYLOAD] = {};
        packet->AddAtEnd(Create<Packet>(zeros, MIN_PAYLOAD - packet->GetSize()));
    }
    EthernetHeader header(false);
    header.SetSource(source);
    header.SetDestination(destination);
    header.SetLengthType(type);
    packet->AddHeader(header);
    EthernetTrailer trailer;
    trailer.EnableFcs(Node::ChecksumEnabled());
    trailer.CalcFcs(packet);
    packet->AddTrailer(trailer);
}

bool
SwitchedLanDevice::Send(Ptr<Packet> packet, const Address& destination, uint16_t protocol)
{
    return SendFrom(packet, m_address, destination, protocol);
}

bool
SwitchedLanDevice::SendFrom(Ptr<Packet> packet,
                            const Address& source,
                            const Address& destination,
                            uint16_t protocol)
{
    AddHeader(packet,
              Mac48Address::ConvertFrom(source),
              Mac48Address::ConvertFrom(destination),
              protocol);
    m_macTxTrace(packet);
    MakeQueue();
    if (!m_channel || !m_queue->Enqueue(packet)) // without a channel it was never plugged in
    {
        m_macTxDropTrace(packet);
        return false;
    }
    if (!m_busy)
    {
        TransmitNext();
    }
    return true;
}

void
SwitchedLanDevice::TransmitNext()
{
    m_current = m_queue->Dequeue();
    if (!m_current)
    {
        return;
    }
    m_busy = true;
    m_promiscSnifferTrace(m_current);
    m_snifferTrace(m_current);
    m_phyTxBeginTrace(m_current);
    const Time duration = m_dataRate.CalculateBytesTxTime(m_current->GetSize());
    m_transmissionTrace(m_current, Simulator::Now() + duration);
    Simulator::Schedule(duration, &SwitchedLanDevice::CompleteTransmit, this);
}

void
SwitchedLanDevice::CompleteTransmit()
{
    if (!m_channel)
    {
        return; // disposed of meanwhile
    }
    EthernetHeader header(false);
    m_current->PeekHeader(header);
    m_channel->Transmit(m_current, header.GetDestination(), m_station);
    m_phyTxEndTrace(m_current);
    m_current = nullptr;
    Simulator::Schedule(m_gap, &SwitchedLanDevice::EndGap, this);
}

void
SwitchedLanDevice::EndGap()
{
    m_busy = false;
    if (m_queue)
    {
        TransmitNext();
    }
}

void
SwitchedLanDevice::Lose(Ptr<const Packet> frame)
{
    m_phyRxDropTrace(frame);
}

void
SwitchedLanDevice::AddReceiveAddress(Mac48Address address)
{
    m_receiveAddresses.insert(address);
}

void
SwitchedLanDevice::Receive(Ptr<Packet> frame)
{
    if (!m_isAttached)
    {
        return; // unplugged meanwhile
    }
    m_phyRxEndTrace(frame);
    if (m_receiveErrorModel && m_receiveErrorModel->IsCorrupt(frame))
    {
        m_phyRxDropTrace(frame);
        return;
    }
    Ptr<Packet> packet = frame->Copy();
    EthernetTrailer trailer;
    packet->RemoveTrailer(trailer);
    EthernetHeader header(false);
    packet->RemoveHeader(header);
    const uint16_t protocol = header.GetLengthType();
    if (protocol < ETHERTYPE_MIN)
    {
        m_phyRxDropTrace(frame); // no Ethernet II
        return;
    }
    const Mac48Address to = header.GetDestination();
    const PacketType type = Classify(to, m_receiveAddresses.count(to) != 0 ? to : m_address);
    m_promiscSnifferTrace(frame);
    if (!m_promiscReceive.IsNull())
    {
        m_macPromiscRxTrace(frame);
        m_promiscReceive(this, packet, protocol, header.GetSource(), header.GetDestination(), type);
    }
    if (type != PACKET_OTHERHOST)
    {
        m_snifferTrace(frame);
        m_macRxTrace(frame);
        m_receive(this, packet, protocol, header.GetSource());
    }
}

Ptr<Channel>
SwitchedLanDevice::GetChannel() const
{
    return m_channel;
}

bool
SwitchedLanDevice::IsLinkUp() const
{
    return m_isAttached;
}

bool
SwitchedLanDevice::IsPointToPoint() const
{
    return false;
}

bool
SwitchedLanDevice::NeedsArp() const
{
    return true;
}

bool
SwitchedLanDevice::SupportsSendFrom() const
{
    return true;
}

} // namespace ns3
