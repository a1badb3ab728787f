// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/vxlan-arp-proxy.h"

#include "ns3/arp-header.h"
#include "ns3/ethertype.h"
#include "ns3/vxlan-arp-repair.h"

#include <optional>

namespace ns3
{

namespace
{

/** \returns the ARP packet in \p frame, if it is one of Ethernet and IPv4. */
std::optional<ArpHeader>
ReadArp(Ptr<const Packet> frame, const EthernetHeader& header)
{
    if (header.GetLengthType() != ETHERTYPE_ARP)
    {
        return std::nullopt;
    }
    Ptr<Packet> packet = frame->Copy();
    EthernetHeader skipped(false);
    packet->RemoveHeader(skipped);
    ArpHeader arp;
    if (!IsArpWellFormed(packet) || packet->PeekHeader(arp) == 0)
    {
        return std::nullopt;
    }
    return arp;
}

} // namespace

void
VxlanArpProxy::Hear(Ptr<const Packet> frame, const EthernetHeader& header)
{
    const std::optional<ArpHeader> arp = ReadArp(frame, header);
    if (arp && !arp->GetSourceIpv4Address().IsAny())
    {
        m_heard[arp->GetSourceIpv4Address()] =
            Mac48Address::ConvertFrom(arp->GetSourceHardwareAddress());
    }
}

Ptr<Packet>
VxlanArpProxy::Answer(Ptr<const Packet> frame,
                      const EthernetHeader& header,
                      const VxlanFdb& fdb) const
{
    const std::optional<ArpHeader> arp = ReadArp(frame, header);
    const bool isQuestion = arp && arp->IsRequest() && !arp->GetSourceIpv4Address().IsAny() &&
                            arp->GetSourceIpv4Address() != arp->GetDestinationIpv4Address();
    const auto heard = isQuestion ? m_heard.find(arp->GetDestinationIpv4Address()) : m_heard.end();
    if (heard == m_heard.end() || !fdb.Find(heard->second))
    {
        return nullptr;
    }
    ArpHeader reply;
    reply.SetReply(
        heard->second, heard->first, arp->GetSourceHardwareAddress(), arp->GetSourceIpv4Address());
    Ptr<Packet> answer = Create<Packet>();
    answer->AddHeader(reply);
    EthernetHeader ethernet(false);
    ethernet.SetSource(heard->second);
    ethernet.SetDestination(header.GetSource());
    ethernet.SetLengthType(ETHERTYPE_ARP);
    answer->AddHeader(ethernet);
    return answer;
}

std::vector<VxlanNeighbor>
VxlanArpProxy::GetNeighbors(const VxlanFdb& fdb) const
{
    std::vector<VxlanNeighbor> neighbors;
    for (const auto& [ip, mac] : m_heard)
    {
        if (const VxlanFdbEntry* entry = fdb.Find(mac))
        {
            neighbors.push_back({ip, mac, entry->vtep});
        }
    }
    return neighbors;
}

void
VxlanArpProxy::Clear()
{
    m_heard.clear();
}

} // namespace ns3
