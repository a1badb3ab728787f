// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/evpn-rows.h"

#include "ns3/evpn-protocol.h"
#include "ns3/printed.h"

namespace ns3
{

namespace
{

EvpnRouteRow
MakeRow(const EvpnInstance& instance, const EvpnRouteKey& key, const EvpnPath& path)
{
    EvpnRouteRow row;
    row.type = static_cast<uint8_t>(key.type);
    row.rd = ToText(key.rd);
    if (key.type == EvpnRouteType::MAC_IP)
    {
        row.mac = key.GetMac();
        row.label = path.route->nlri.label;
    }
    else if (path.GetAttributes().pmsi)
    {
        row.label = path.GetAttributes().pmsi->label;
    }
    if (key.hasIp)
    {
        row.ip = key.GetIp();
    }
    row.nextHop = path.GetAttributes().nextHop;
    row.sequence = path.GetAttributes().GetSequence();
    if (const BgpPeer* peer = instance.FindPeer(path.peer))
    {
        row.from = peer->GetRouterId();
    }
    return row;
}

} // namespace

std::vector<EvpnRouteRow>
GetEvpnRouteRows(Ptr<Node> node)
{
    std::vector<EvpnRouteRow> rows;
    Ptr<EvpnProtocol> speaker = node->GetObject<EvpnProtocol>();
    if (!speaker || !speaker->IsRunning())
    {
        return rows;
    }
    const EvpnInstance& instance = speaker->GetInstance();
    for (const EvpnRibEntry* entry : instance.GetRib().GetEntries())
    {
        for (const EvpnPath& path : *entry)
        {
            rows.push_back(MakeRow(instance, entry->GetKey(), path));
            rows.back().isBest = entry->FindBest() == &path;
        }
    }
    return rows;
}

std::vector<EvpnNeighborRow>
GetEvpnNeighborRows(Ptr<Node> node)
{
    std::vector<EvpnNeighborRow> rows;
    Ptr<EvpnProtocol> speaker = node->GetObject<EvpnProtocol>();
    if (!speaker || !speaker->IsRunning())
    {
        return rows;
    }
    for (const auto& [vni, vrf] : speaker->GetInstance().GetVrfs())
    {
        for (uint32_t ip : vrf->GetNeighbors())
        {
            const auto neighbor = vrf->FindNeighbor(Ipv4Address(ip));
            EvpnNeighborRow row{vni, Ipv4Address(ip), neighbor->mac, std::nullopt};
            if (!neighbor->vtep.IsAny())
            {
                row.vtep = neighbor->vtep;
            }
            rows.push_back(row);
        }
    }
    return rows;
}

} // namespace ns3
