// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4.1 (unicast), §4.2 (broadcast, unknown, multicast), §5 (frame), §6.1 (inner VLAN): the
// way of a frame through a VXLAN device, out and in.
#include "ns3/arp-header.h"
#include "ns3/ethernet-header.h"
#include "ns3/ethertype.h"
#include "ns3/vxlan-arp-repair.h"
#include "ns3/vxlan-flood-tag.h"
#include "ns3/vxlan-flow-hash.h"
#include "ns3/vxlan-net-device.h"

#include <sstream>

namespace ns3
{

namespace
{

constexpr uint16_t ETHERTYPE_VLAN = 0x8100;
constexpr uint16_t ETHERTYPE_MIN = 0x0600;

NetDevice::PacketType
ClassifyDestination(Mac48Address destination, Address own)
{
    if (destination.IsBroadcast())
    {
        return NetDevice::PACKET_BROADCAST;
    }
    if (destination.IsGroup())
    {
        return NetDevice::PACKET_MULTICAST;
    }
    return destination == Mac48Address::ConvertFrom(own) ? NetDevice::PACKET_HOST
                                                         : NetDevice::PACKET_OTHERHOST;
}

VxlanTunnel
MakeTunnel(const VxlanConfig& config, Ptr<NetDevice> underlay, Ptr<const Packet> frame)
{
    VxlanTunnel tunnel;
    uint8_t bytes[VXLAN_FLOW_BYTES];
    tunnel.hash = VxlanFlowHash(bytes, frame->CopyData(bytes, VXLAN_FLOW_BYTES));
    tunnel.encapsulation = config.encapsulation;
    tunnel.source = config.local;
    tunnel.sourcePort = VxlanSourcePort(tunnel.hash, config.sourcePortMin, config.sourcePortMax);
    tunnel.destinationPort = config.port;
    tunnel.ttl = config.ttl;
    tunnel.device = underlay;
    return tunnel;
}

/** \returns the IP address that \p source tells in an ARP packet, else any. */
Ipv4Address
FindSenderAddress(Mac48Address source, uint16_t protocol, Ptr<const Packet> packet)
{
    ArpHeader arp;
    // A host that answers with another MAC address than it sends from has its IP address there.
    const bool isTold = protocol == ETHERTYPE_ARP && IsArpWellFormed(packet) &&
                        packet->PeekHeader(arp) != 0 &&
                        Mac48Address::ConvertFrom(arp.GetSourceHardwareAddress()) == source;
    return isTold ? arp.GetSourceIpv4Address() : Ipv4Address::GetAny();
}

} // namespace

bool
VxlanNetDevice::SendFrame(Ptr<Packet> packet,
                          const Address& source,
                          const Address& destination,
                          uint16_t protocol)
{
    const uint32_t payload = packet->GetSize();
    EthernetHeader header(false);
    header.SetSource(Mac48Address::ConvertFrom(source));
    header.SetDestination(Mac48Address::ConvertFrom(destination));
    header.SetLengthType(protocol);
    Ptr<Packet> frame = packet->Copy();
    frame->AddHeader(header);
    if (!m_started || payload > GetMtu())
    {
        m_endpoint->ReportDrop(
            frame, 0, m_started ? VxlanDropReason::MTU : VxlanDropReason::STOPPED);
        return false;
    }
    NS_LOG_LOGIC(GetName() << " sends " << header);
    m_frameTrace(frame);
    if (m_locals)
    {
        const Mac48Address from = header.GetSource();
        m_locals->See(from, FindSenderAddress(from, protocol, packet));
    }
    return Forward(frame, header);
}

bool
VxlanNetDevice::IsStorm(Ptr<const Packet> frame, Mac48Address destination, bool isKnown)
{
    if (isKnown)
    {
        return false;
    }
    const Time now = m_endpoint->GetClock().Now();
    const bool passes = destination.IsBroadcast() ? m_broadcasts.Pass(now, m_config.broadcastLimit)
                        : destination.IsGroup()
                            ? m_multicasts.Pass(now, m_config.multicastLimit)
                            : m_unknownUnicasts.Pass(now, m_config.unknownUnicastLimit);
    passes ? void() : m_endpoint->ReportDrop(frame, 0, VxlanDropReason::STORM_CONTROL);
    return !passes;
}

bool
VxlanNetDevice::Forward(Ptr<const Packet> frame, const EthernetHeader& header)
{
    const Mac48Address to = header.GetDestination();
    const VxlanFdbEntry* known = to.IsGroup() ? nullptr : m_fdb->Find(to);
    if (IsStorm(frame, to, known != nullptr))
    {
        return false;
    }
    if (known && !m_control->InterceptsUnicast())
    {
        SendTo(frame, known->vtep);
        return true;
    }
    const VxlanVerdict verdict = m_control->Intercept(frame, header);
    if (verdict.action == VxlanVerdict::Action::CONSUMED)
    {
        return true;
    }
    if (verdict.action == VxlanVerdict::Action::SEND)
    {
        return SendToEach(frame, verdict.destinations);
    }
    if (const VxlanGroupEntry* group = to.IsGroup() ? m_fdb->FindGroup(to) : nullptr)
    {
        return SendToEach(frame, group->destinations);
    }
    to.IsGroup() ? void() : MarkFlooded(frame);
    const bool sent = SendToEach(frame, m_fdb->GetDefaults());
    m_flooded += sent ? 1 : 0;
    return sent;
}

void
VxlanNetDevice::SendTo(Ptr<const Packet> frame, Ipv4Address destination)
{
    VxlanTunnel tunnel = MakeTunnel(m_config, m_underlay, frame);
    tunnel.destination = destination;
    m_endpoint->Send(frame, m_config.vni, tunnel);
}

bool
VxlanNetDevice::SendToEach(Ptr<const Packet> frame, const std::vector<Ipv4Address>& destinations)
{
    if (destinations.empty())
    {
        m_endpoint->ReportDrop(frame, 0, VxlanDropReason::NO_REMOTE);
        return false;
    }
    VxlanTunnel tunnel = MakeTunnel(m_config, m_underlay, frame);
    for (Ipv4Address destination : destinations)
    {
        tunnel.destination = destination;
        m_endpoint->Send(frame, m_config.vni, tunnel);
    }
    return true;
}

std::optional<VxlanDropReason>
VxlanNetDevice::ReceiveFrame(Ptr<Packet> frame, Ipv4Address vtep)
{
    if (frame->GetSize() < ETHERNET_HEADER_SIZE)
    {
        return VxlanDropReason::TRUNCATED;
    }
    Ptr<Packet> packet = frame->Copy();
    EthernetHeader header(false);
    packet->RemoveHeader(header);
    NS_LOG_LOGIC(GetName() << " receives " << header << " from " << vtep);
    const uint16_t protocol = header.GetLengthType();
    const Mac48Address source = header.GetSource();
    if (protocol < ETHERTYPE_MIN || source.IsGroup())
    {
        return VxlanDropReason::INNER_FRAME;
    }
    if (protocol == ETHERTYPE_VLAN)
    {
        return VxlanDropReason::INNER_VLAN;
    }
    if (protocol == ETHERTYPE_ARP && !IsArpWellFormed(packet))
    {
        return VxlanDropReason::INNER_ARP;
    }
    if (source == Mac48Address::ConvertFrom(GetAddress()))
    {
        return VxlanDropReason::OWN_PACKET;
    }
    if (!m_control->Admit(frame, header, vtep))
    {
        return VxlanDropReason::REFUSED;
    }
    if (!Learn(source, vtep))
    {
        return VxlanDropReason::STATIC_ENTRY;
    }
    m_frameTrace(frame);
    if (protocol == ETHERTYPE_ARP)
    {
        LearnArpSender(this, packet);
    }
    Deliver(packet, header);
    m_config.hasSplitHorizon ? void() : Relay(frame, header, vtep);
    return std::nullopt;
}

void
VxlanNetDevice::Relay(Ptr<const Packet> frame, const EthernetHeader& header, Ipv4Address vtep)
{
    const Mac48Address to = header.GetDestination();
    const VxlanFdbEntry* known = to.IsGroup() ? nullptr : m_fdb->Find(to);
    if (known)
    {
        known->vtep != vtep ? SendTo(frame, known->vtep) : void();
        return;
    }
    if (to == Mac48Address::ConvertFrom(GetAddress()) || (m_locals && m_locals->Has(to)))
    {
        return;
    }
    std::vector<Ipv4Address> others;
    for (Ipv4Address destination : m_fdb->GetDefaults())
    {
        if (destination != vtep && !destination.IsMulticast())
        {
            others.push_back(destination);
        }
    }
    if (!others.empty())
    {
        to.IsGroup() ? void() : MarkFlooded(frame);
        SendToEach(frame, others);
    }
}

void
VxlanNetDevice::Deliver(Ptr<Packet> packet, const EthernetHeader& header)
{
    const Mac48Address to = header.GetDestination();
    VirtualNetDevice::Receive(packet,
                              header.GetLengthType(),
                              header.GetSource(),
                              to,
                              ClassifyDestination(to, GetAddress()));
}

bool
VxlanNetDevice::Learn(Mac48Address source, Ipv4Address vtep)
{
    if (!m_config.isLearning || !m_control->LearnsFromFrames())
    {
        return true;
    }
    const VxlanFdbEntry* before = m_fdb->Find(source);
    const Ipv4Address old = before ? before->vtep : vtep;
    using LearnResult = VxlanFdb::LearnResult;
    const LearnResult result = m_fdb->Learn(source, vtep);
    if (result == LearnResult::LEARNED || result == LearnResult::MOVED)
    {
        const bool moved = result == LearnResult::MOVED;
        std::ostringstream detail;
        detail << GetName() << ' ' << source << ' ';
        if (moved)
        {
            detail << old << ' ';
        }
        detail << vtep;
        m_endpoint->ReportEvent(moved ? VxlanEvent::MOVE : VxlanEvent::LEARN, detail.str());
    }
    return result != LearnResult::PERMANENT;
}

} // namespace ns3
