// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/vxlan-arp-frame.h"

#include "ns3/ethertype.h"
#include "ns3/vxlan-arp-repair.h"

namespace ns3
{

std::optional<ArpHeader>
ReadArpFrame(Ptr<const Packet> frame, const EthernetHeader& header)
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

Ptr<Packet>
MakeArpReplyFrame(const ArpHeader& request, Mac48Address mac, Mac48Address destination)
{
    ArpHeader reply;
    reply.SetReply(mac,
                   request.GetDestinationIpv4Address(),
                   request.GetSourceHardwareAddress(),
                   request.GetSourceIpv4Address());
    Ptr<Packet> frame = Create<Packet>();
    frame->AddHeader(reply);
    EthernetHeader header(false);
    header.SetSource(mac);
    header.SetDestination(destination);
    header.SetLengthType(ETHERTYPE_ARP);
    frame->AddHeader(header);
    return frame;
}

} // namespace ns3
