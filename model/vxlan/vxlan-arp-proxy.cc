// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/vxlan-arp-proxy.h"

#include "ns3/vxlan-arp-frame.h"

#include <optional>

namespace ns3
{

void
VxlanArpProxy::Hear(Ptr<const Packet> frame, const EthernetHeader& header)
{
    const std::optional<ArpHeader> arp = ReadArpFrame(frame, header);
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
    const std::optional<ArpHeader> arp = ReadArpFrame(frame, header);
    const bool isQuestion = arp && arp->IsRequest() && !arp->GetSourceIpv4Address().IsAny() &&
                            arp->GetSourceIpv4Address() != arp->GetDestinationIpv4Address();
    const auto heard = isQuestion ? m_heard.find(arp->GetDestinationIpv4Address()) : m_heard.end();
    if (heard == m_heard.end() || !fdb.Find(heard->second))
    {
        return nullptr;
    }
    return MakeArpReplyFrame(*arp, heard->second, header.GetSource());
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
