// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/evpn-mac-vrf.h"

#include <algorithm>

namespace ns3
{

EvpnMacVrf::EvpnMacVrf(EvpnMacVrfHost& host,
                       EvpnVtepTables& tables,
                       const EvpnConfig& config,
                       const EvpnVniConfig& vni,
                       RouteDistinguisher rd)
    : m_host(host),
      m_tables(tables),
      m_config(config),
      m_vni(vni),
      m_rd(rd)
{
}

BgpExtendedCommunity
EvpnMacVrf::GetRouteTarget() const
{
    return m_config.autoRouteTarget
               ? BgpExtendedCommunity::MakeAutoRouteTarget(m_config.as, m_vni.vni)
               : BgpExtendedCommunity::MakeRouteTarget(m_config.as, m_vni.vni);
}

void
EvpnMacVrf::LocalMac(Mac48Address mac, Ipv4Address ip, bool isSticky)
{
    EvpnMacEntry& entry = m_macs[PackMac(mac)];
    if (entry.isLocal)
    {
        if (entry.isSticky != isSticky)
        {
            entry.isSticky = isSticky;
            Advertise(mac, entry);
        }
        return AddIp(mac, entry, ip);
    }
    if (entry.isDuplicate)
    {
        return;
    }
    const EvpnRemoteMac* remote = FindBest(entry);
    if (remote && remote->isSticky)
    {
        return m_host.ReportMac(*this, "sticky-mac", mac); // §15.2: alert the operator
    }
    if (remote)
    {
        if (CountMove(mac, entry))
        {
            return;
        }
        m_host.ReportMac(*this, "mac-move", mac);
    }
    entry.isLocal = true;
    entry.isSticky = isSticky;
    entry.sequence = remote && !isSticky ? remote->sequence + 1 : 0;
    UpdateForwarding(mac, entry);
    Advertise(mac, entry);
    AddIp(mac, entry, ip);
}

void
EvpnMacVrf::LocalMacGone(Mac48Address mac)
{
    const auto it = m_macs.find(PackMac(mac));
    if (it != m_macs.end() && it->second.isLocal)
    {
        Release(mac, it->second);
        Reconsider(mac);
    }
}

void
EvpnMacVrf::ImportMac(const EvpnRouteKey& key, const EvpnRemoteMac& remote)
{
    EvpnMacEntry& entry = m_macs[key.mac];
    entry.remotes[key] = remote;
    if (key.hasIp)
    {
        m_remoteIps[key.ip][key] = remote;
    }
    Reconsider(key.GetMac());
}

void
EvpnMacVrf::ImportFlood(const EvpnRouteKey& key, Ipv4Address vtep)
{
    Unimport(key);
    if (vtep == Ipv4Address::GetAny())
    {
        return;
    }
    m_floods[key] = vtep;
    if (++m_floodVteps[vtep] == 1)
    {
        m_tables.AddFloodVtep(vtep);
    }
}

void
EvpnMacVrf::Unimport(const EvpnRouteKey& key)
{
    if (key.type == EvpnRouteType::INCLUSIVE_MULTICAST)
    {
        const auto it = m_floods.find(key);
        if (it == m_floods.end())
        {
            return;
        }
        const Ipv4Address vtep = it->second;
        m_floods.erase(it);
        if (--m_floodVteps[vtep] == 0)
        {
            m_floodVteps.erase(vtep);
            m_tables.RemoveFloodVtep(vtep);
        }
        return;
    }
    const auto ip = m_remoteIps.find(key.ip);
    if (key.hasIp && ip != m_remoteIps.end())
    {
        ip->second.erase(key);
        if (ip->second.empty())
        {
            m_remoteIps.erase(ip);
        }
    }
    const auto it = m_macs.find(key.mac);
    if (it != m_macs.end() && it->second.remotes.erase(key) != 0)
    {
        Reconsider(key.GetMac());
    }
}

void
EvpnMacVrf::ClearDuplicate(Mac48Address mac)
{
    const auto it = m_macs.find(PackMac(mac));
    if (it != m_macs.end())
    {
        it->second.isDuplicate = false;
        it->second.moves = 0;
        m_tables.ForgetLocalMac(mac);
        Reconsider(mac);
    }
}

void
EvpnMacVrf::Close()
{
    for (auto& [packed, entry] : m_macs)
    {
        const Mac48Address mac = UnpackMac(packed);
        if (entry.isLocal)
        {
            Release(mac, entry);
        }
        if (entry.active)
        {
            m_tables.RemoveRemoteMac(mac);
        }
    }
    for (const auto& [vtep, routes] : m_floodVteps)
    {
        m_tables.RemoveFloodVtep(vtep);
    }
    m_macs.clear();
    m_localIps.clear();
    m_remoteIps.clear();
    m_floods.clear();
    m_floodVteps.clear();
}

std::optional<EvpnNeighbor>
EvpnMacVrf::FindNeighbor(Ipv4Address ip) const
{
    const auto local = m_localIps.find(ip.Get());
    if (local != m_localIps.end())
    {
        return EvpnNeighbor{
            UnpackMac(local->second), Ipv4Address::GetAny(), m_macs.at(local->second).sequence};
    }
    const auto remotes = m_remoteIps.find(ip.Get());
    if (remotes == m_remoteIps.end())
    {
        return std::nullopt;
    }
    const auto best = std::max_element(
        remotes->second.begin(), remotes->second.end(), [](const auto& a, const auto& b) {
            return std::make_tuple(a.second.sequence, ~a.second.vtep.Get()) <
                   std::make_tuple(b.second.sequence, ~b.second.vtep.Get());
        });
    return EvpnNeighbor{best->first.GetMac(), best->second.vtep, best->second.sequence};
}

std::set<uint32_t>
EvpnMacVrf::GetNeighbors() const
{
    std::set<uint32_t> ips;
    for (const auto& [ip, mac] : m_localIps)
    {
        ips.insert(ip);
    }
    for (const auto& [ip, routes] : m_remoteIps)
    {
        ips.insert(ip);
    }
    return ips;
}

const EvpnRemoteMac*
EvpnMacVrf::FindBest(const EvpnMacEntry& entry)
{
    const EvpnRemoteMac* best = nullptr;
    for (const auto& [key, remote] : entry.remotes)
    {
        const auto rank = [](const EvpnRemoteMac& r) {
            return std::make_tuple(r.isSticky, r.sequence, ~r.vtep.Get());
        };
        if (!best || rank(*best) < rank(remote))
        {
            best = &remote;
        }
    }
    return best;
}

bool
EvpnMacVrf::IsTakenBy(const EvpnMacEntry& entry, const EvpnRemoteMac& remote) const
{
    if (entry.isSticky)
    {
        return false; // §15.2: static addresses do not move
    }
    return remote.isSticky || remote.sequence > entry.sequence ||
           (remote.sequence == entry.sequence && remote.vtep < m_vni.vtep);
}

void
EvpnMacVrf::AddIp(Mac48Address mac, EvpnMacEntry& entry, Ipv4Address ip)
{
    if (!m_config.advertiseIp || ip == Ipv4Address::GetAny() || entry.ips.count(ip.Get()) != 0)
    {
        return;
    }
    const auto owner = m_localIps.find(ip.Get());
    if (owner != m_localIps.end())
    {
        m_macs.at(owner->second).ips.erase(ip.Get());
        m_host.Withdraw(*this, UnpackMac(owner->second), ip);
    }
    entry.ips.insert(ip.Get());
    m_localIps[ip.Get()] = PackMac(mac);
    m_host.Originate(*this, mac, ip, entry.sequence, entry.isSticky);
}

void
EvpnMacVrf::Advertise(Mac48Address mac, const EvpnMacEntry& entry)
{
    m_host.Originate(*this, mac, Ipv4Address::GetAny(), entry.sequence, entry.isSticky);
    for (uint32_t ip : entry.ips)
    {
        m_host.Originate(*this, mac, Ipv4Address(ip), entry.sequence, entry.isSticky);
    }
}

void
EvpnMacVrf::Release(Mac48Address mac, EvpnMacEntry& entry)
{
    entry.isLocal = false;
    entry.isSticky = false;
    m_host.Withdraw(*this, mac, Ipv4Address::GetAny());
    for (uint32_t ip : entry.ips)
    {
        m_localIps.erase(ip);
        m_host.Withdraw(*this, mac, Ipv4Address(ip));
    }
    entry.ips.clear();
}

bool
EvpnMacVrf::CountMove(Mac48Address mac, EvpnMacEntry& entry)
{
    const Time now = m_host.GetClock().Now();
    if (m_config.duplicateMoves == 0)
    {
        return false;
    }
    if (entry.moves == 0 || now - entry.firstMove >= m_config.duplicateTime)
    {
        entry.moves = 0;
        entry.firstMove = now;
    }
    if (++entry.moves < m_config.duplicateMoves)
    {
        return false;
    }
    entry.isDuplicate = true;
    m_host.ReportMac(*this, "duplicate-mac", mac);
    return true;
}

void
EvpnMacVrf::Reconsider(Mac48Address mac)
{
    const auto it = m_macs.find(PackMac(mac));
    EvpnMacEntry& entry = it->second;
    const EvpnRemoteMac* remote = FindBest(entry);
    if (remote)
    {
        entry.remoteSequence = remote->sequence;
    }
    if (entry.isLocal && remote)
    {
        if (entry.isSticky || remote->isSticky)
        {
            m_host.ReportMac(*this, "sticky-mac", mac);
        }
        if (IsTakenBy(entry, *remote))
        {
            Release(mac, entry);
            m_tables.ForgetLocalMac(mac);
            m_host.ReportMac(*this, "mac-move", mac);
        }
    }
    UpdateForwarding(mac, entry);
    if (!entry.isDuplicate && m_host.GetClock().Now() - entry.firstMove >= m_config.duplicateTime)
    {
        entry.moves = 0;
    }
    if (entry.IsUnused())
    {
        m_macs.erase(it);
    }
}

void
EvpnMacVrf::UpdateForwarding(Mac48Address mac, EvpnMacEntry& entry)
{
    const EvpnRemoteMac* remote = entry.isLocal ? nullptr : FindBest(entry);
    if (entry.isDuplicate && remote && entry.active)
    {
        // §15.1: routes are not processed; but what has lost its route is not kept.
        const bool isThere =
            std::any_of(entry.remotes.begin(), entry.remotes.end(), [&](const auto& route) {
                return route.second.vtep == entry.active->vtep;
            });
        if (isThere)
        {
            return;
        }
    }
    const bool isSame = remote ? entry.active && entry.active->vtep == remote->vtep : !entry.active;
    entry.active = remote ? std::optional<EvpnRemoteMac>(*remote) : std::nullopt;
    if (isSame)
    {
        return;
    }
    if (remote)
    {
        m_tables.SetRemoteMac(mac, remote->vtep);
    }
    else
    {
        m_tables.RemoveRemoteMac(mac);
        if (!entry.isLocal)
        {
            m_tables.ForgetLocalMac(mac); // a static address of others may have hidden it
        }
    }
}

} // namespace ns3
