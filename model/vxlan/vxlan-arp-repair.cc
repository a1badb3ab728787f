// SPDX-License-Identifier: GPL-2.0-only
// RFC 826.
#include "ns3/vxlan-arp-repair.h"

#include "ns3/arp-cache.h"
#include "ns3/arp-header.h"
#include "ns3/ip-sizes.h"
#include "ns3/ipv4-interface.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/node.h"

namespace ns3
{

bool
IsArpWellFormed(Ptr<const Packet> packet)
{
    uint8_t bytes[ARP_PACKET_SIZE];
    return packet->CopyData(bytes, ARP_PACKET_SIZE) == ARP_PACKET_SIZE && bytes[4] == 6 &&
           bytes[5] == 4;
}

void
LearnArpSender(Ptr<NetDevice> device, Ptr<const Packet> packet)
{
    Ptr<Ipv4L3Protocol> ipv4 = device->GetNode()->GetObject<Ipv4L3Protocol>();
    const int32_t number = ipv4 ? ipv4->GetInterfaceForDevice(device) : -1;
    ArpHeader arp;
    if (number < 0 || packet->PeekHeader(arp) == 0 || !arp.IsRequest() ||
        arp.GetSourceIpv4Address().IsAny())
    {
        return;
    }
    Ptr<Ipv4Interface> interface = ipv4->GetInterface(static_cast<uint32_t>(number));
    bool own = false;
    for (uint32_t i = 0; i < interface->GetNAddresses(); ++i)
    {
        own = own || interface->GetAddress(i).GetLocal() == arp.GetDestinationIpv4Address();
    }
    Ptr<ArpCache> cache = interface->GetArpCache();
    if (!own || !cache)
    {
        return;
    }
    const Ipv4Address sender = arp.GetSourceIpv4Address();
    ArpCache::Entry* entry = cache->Lookup(sender);
    if (entry && entry->IsWaitReply())
    {
        entry->MarkAlive(arp.GetSourceHardwareAddress());
        for (auto pending = entry->DequeuePending(); pending.first;
             pending = entry->DequeuePending())
        {
            interface->Send(pending.first, pending.second, sender);
        }
        return;
    }
    if (entry && entry->IsPermanent())
    {
        return;
    }
    if (entry)
    {
        cache->Remove(entry);
    }
    // A new entry is alive.
    entry = cache->Add(sender);
    entry->SetMacAddress(arp.GetSourceHardwareAddress());
    entry->UpdateSeen();
}

} // namespace ns3
