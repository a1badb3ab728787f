// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/gratuitous-arp.h"

#include "ns3/arp-header.h"
#include "ns3/arp-l3-protocol.h"
#include "ns3/packet.h"

namespace ns3
{

void
SendGratuitousArp(Ptr<NetDevice> device, Ipv4Address address)
{
    ArpHeader arp;
    arp.SetRequest(device->GetAddress(), address, device->GetBroadcast(), address);
    Ptr<Packet> packet = Create<Packet>();
    packet->AddHeader(arp);
    device->Send(packet, device->GetBroadcast(), ArpL3Protocol::PROT_NUMBER);
}

} // namespace ns3
