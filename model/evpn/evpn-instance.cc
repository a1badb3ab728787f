// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/evpn-instance.h"

#include "ns3/printed.h"

#include <algorithm>
#include <sstream>

namespace ns3
{

namespace
{

constexpr uint16_t FIRST_RD_NUMBER = 2; // FRR's first: 1 stands for the default routing instance

} // namespace

EvpnInstance::EvpnInstance(EvpnEnvironment& environment, const EvpnConfig& config)
    : m_environment(environment),
      m_config(config),
      m_rib([this](Ipv4Address nextHop) { return m_environment.GetMetric(nextHop); },
            [this](const EvpnRouteKey& key, const EvpnPath* best) { BestChanged(key, best); }),
      m_advertiser(environment.GetClock(), m_config, m_rib, m_peers)
{
}

EvpnInstance::~EvpnInstance()
{
    for (const auto& [vni, vrf] : m_vrfs)
    {
        vrf->Close();
    }
}

void
EvpnInstance::AddPeer(const EvpnPeerConfig& peer)
{
    const auto [it, isNew] = m_peers.emplace(peer.address, nullptr);
    if (isNew)
    {
        BgpPeerListener& listener = *this;
        it->second =
            std::make_unique<BgpPeer>(m_environment, listener, m_config, peer, ++m_lastPeer);
        it->second->Start();
    }
}

void
EvpnInstance::RemovePeer(Ipv4Address address)
{
    if (BgpPeer* peer = FindPeer(address))
    {
        peer->Stop();
        m_peers.erase(address);
    }
}

void
EvpnInstance::AddVni(const EvpnVniConfig& config)
{
    RemoveVni(config.vni);
    const auto number =
        m_rdNumbers.emplace(config.vni, static_cast<uint16_t>(FIRST_RD_NUMBER + m_rdNumbers.size()))
            .first->second;
    const auto rd = RouteDistinguisher::MakeIpv4(m_config.routerId, number);
    auto& vrf = m_vrfs[config.vni];
    EvpnMacVrfHost& host = *this;
    vrf = std::make_unique<EvpnMacVrf>(
        host, m_environment.GetTables(config.vni), m_config, config, rd);
    m_targets[vrf->GetRouteTarget()] = config.vni;
    ++m_ownNextHops[config.vtep];
    OriginateInclusiveMulticast(*vrf);
    std::vector<EvpnPath> imported; // copies: importing may withdraw routes
    for (const EvpnRibEntry* entry : m_rib.Select([&vrf](const EvpnRibEntry& one) {
             const EvpnPath* best = one.FindBest();
             return best != nullptr && IsImported(*vrf, *best);
         }))
    {
        imported.push_back(*entry->FindBest());
    }
    for (const EvpnPath& path : imported)
    {
        ImportInto(*vrf, path.route->nlri.key, path);
    }
}

void
EvpnInstance::RemoveVni(uint32_t vni)
{
    const auto it = m_vrfs.find(vni);
    if (it == m_vrfs.end())
    {
        return;
    }
    const EvpnMacVrf& vrf = *it->second;
    it->second->Close();
    m_rib.Remove(EvpnRouteKey::MakeInclusiveMulticast(vrf.GetRd(), vrf.GetConfig().vtep), 0);
    m_targets.erase(vrf.GetRouteTarget());
    if (--m_ownNextHops[vrf.GetConfig().vtep] == 0)
    {
        m_ownNextHops.erase(vrf.GetConfig().vtep);
    }
    for (auto route = m_imported.begin(); route != m_imported.end();)
    {
        route = route->second == vni ? m_imported.erase(route) : std::next(route);
    }
    m_vrfs.erase(it);
}

void
EvpnInstance::LocalMac(uint32_t vni, Mac48Address mac, Ipv4Address ip, bool isSticky)
{
    const auto it = m_vrfs.find(vni);
    if (it != m_vrfs.end() && !mac.IsGroup())
    {
        it->second->LocalMac(mac, ip, isSticky);
    }
}

void
EvpnInstance::LocalMacGone(uint32_t vni, Mac48Address mac)
{
    const auto it = m_vrfs.find(vni);
    if (it != m_vrfs.end())
    {
        it->second->LocalMacGone(mac);
    }
}

void
EvpnInstance::ClearDuplicate(uint32_t vni, Mac48Address mac)
{
    const auto it = m_vrfs.find(vni);
    if (it != m_vrfs.end())
    {
        it->second->ClearDuplicate(mac);
    }
}

void
EvpnInstance::ConnectionAccepted(Ipv4Address address, uint64_t connection)
{
    if (BgpPeer* peer = FindPeer(address))
    {
        return peer->Accept(connection);
    }
    m_environment.ReportDrop("unknown-peer");
    m_environment.CloseConnection(connection);
}

void
EvpnInstance::ConnectionOpened(Ipv4Address address, uint64_t connection)
{
    if (BgpPeer* peer = FindPeer(address))
    {
        peer->ConnectionOpened(connection);
    }
}

void
EvpnInstance::ConnectionClosed(Ipv4Address address, uint64_t connection)
{
    if (BgpPeer* peer = FindPeer(address))
    {
        peer->ConnectionClosed(connection);
    }
}

void
EvpnInstance::Receive(Ipv4Address address, uint64_t connection, const std::vector<uint8_t>& bytes)
{
    if (BgpPeer* peer = FindPeer(address))
    {
        peer->Receive(connection, bytes);
    }
}

void
EvpnInstance::UnderlayChanged()
{
    m_rib.UpdateNextHops();
    for (const auto& [address, peer] : m_peers)
    {
        peer->UnderlayChanged();
    }
}

const EvpnMacVrf*
EvpnInstance::FindVrf(uint32_t vni) const
{
    const auto it = m_vrfs.find(vni);
    return it == m_vrfs.end() ? nullptr : it->second.get();
}

const BgpPeer*
EvpnInstance::FindPeer(uint32_t index) const
{
    for (const auto& [address, peer] : m_peers)
    {
        if (peer->GetIndex() == index)
        {
            return peer.get();
        }
    }
    return nullptr;
}

BgpPeer*
EvpnInstance::FindPeer(Ipv4Address address) const
{
    const auto it = m_peers.find(address);
    return it == m_peers.end() ? nullptr : it->second.get();
}

void
EvpnInstance::PeerUp(BgpPeer& peer)
{
    m_rib.SetPeer(peer.GetIndex(), peer.GetRouterId(), peer.GetAddress());
    m_environment.ReportEvent("session-up", ToText(peer.GetAddress()));
    m_advertiser.PeerUp(peer);
}

void
EvpnInstance::PeerDown(BgpPeer& peer, const std::string& reason)
{
    m_environment.ReportEvent("session-down", ToText(peer.GetAddress()) + " " + reason);
    m_advertiser.PeerDown(peer);
    m_rib.RemovePeer(peer.GetIndex());
}

/** RFC 4271 §6.7: a bound on what a peer may advertise; new routes beyond it are passed over. */
bool
EvpnInstance::HasRoom(const BgpPeer& peer, const EvpnRouteKey& key) const
{
    const uint32_t limit = m_config.routeLimit;
    if (limit == 0 || m_rib.CountPaths(peer.GetIndex()) < limit)
    {
        return true;
    }
    const EvpnRibEntry* entry = m_rib.Find(key);
    return entry != nullptr && entry->FindPath(peer.GetIndex()) != nullptr;
}

void
EvpnInstance::PeerUpdate(BgpPeer& peer, const BgpUpdate& update)
{
    for (const EvpnNlri& route : update.unreach.routes)
    {
        m_rib.Remove(route.key, peer.GetIndex());
    }
    for (uint32_t i = 0; i < update.ignored + update.reach.ignored + update.unreach.ignored; ++i)
    {
        m_environment.ReportDrop("unsupported-route");
    }
    if (update.reach.routes.empty())
    {
        return;
    }
    const std::string reason = CheckRoutes(update.attributes);
    const BgpAttributesPtr attributes = ShareBgpAttributes(update.attributes);
    for (const EvpnNlri& route : update.reach.routes)
    {
        if (reason.empty() && !HasRoom(peer, route.key))
        {
            m_environment.ReportDrop("route-limit");
            continue;
        }
        if (reason.empty())
        {
            m_rib.Set({MakeEvpnRoute(route, attributes), peer.GetIndex()});
            continue;
        }
        // A route that is not taken still replaces the one before (RFC 4271 §9).
        m_rib.Remove(route.key, peer.GetIndex());
        m_environment.ReportDrop(reason);
    }
}

std::string
EvpnInstance::CheckRoutes(const BgpPathAttributes& attributes) const
{
    const auto& clusters = attributes.clusterList;
    if (attributes.originatorId == m_config.routerId)
    {
        return "originator"; // RFC 4456 §8
    }
    if (std::find(clusters.begin(), clusters.end(), m_config.GetClusterId()) != clusters.end())
    {
        return "cluster-loop"; // RFC 4456 §8
    }
    return m_ownNextHops.count(attributes.nextHop) == 0 ? "" : "own-next-hop"; // RFC 4271 §6.3
}

void
EvpnInstance::BestChanged(const EvpnRouteKey& key, const EvpnPath* best)
{
    m_advertiser.RouteChanged(key, best);
    // A copy: a VNI that gains or loses an address changes the table.
    Import(key, best != nullptr ? EvpnPath(*best) : EvpnPath());
}

bool
EvpnInstance::IsImported(const EvpnMacVrf& vrf, const EvpnPath& path)
{
    return path.peer != 0 && path.GetAttributes().HasRouteTarget(vrf.GetRouteTarget()) &&
           path.GetAttributes().HasEncapsulation(vrf.GetConfig().tunnel);
}

void
EvpnInstance::Import(const EvpnRouteKey& key, const EvpnPath& best)
{
    std::set<uint32_t> vnis;
    if (best.route)
    {
        for (BgpExtendedCommunity community : best.GetAttributes().communities)
        {
            const auto vni = m_targets.find(community);
            if (vni != m_targets.end() && IsImported(*m_vrfs.at(vni->second), best))
            {
                vnis.insert(vni->second);
            }
        }
    }
    std::vector<uint32_t> lost;
    for (auto it = m_imported.lower_bound({key, 0}); it != m_imported.end() && it->first == key;)
    {
        if (vnis.count(it->second) != 0)
        {
            ++it;
            continue;
        }
        lost.push_back(it->second);
        it = m_imported.erase(it);
    }
    for (uint32_t vni : lost)
    {
        m_vrfs.at(vni)->Unimport(key);
    }
    for (uint32_t vni : vnis)
    {
        ImportInto(*m_vrfs.at(vni), key, best);
    }
}

void
EvpnInstance::ImportInto(EvpnMacVrf& vrf, const EvpnRouteKey& key, const EvpnPath& path)
{
    m_imported.insert({key, vrf.GetConfig().vni});
    const BgpPathAttributes& attributes = path.GetAttributes();
    if (key.type == EvpnRouteType::MAC_IP)
    {
        return vrf.ImportMac(key,
                             {attributes.nextHop, attributes.GetSequence(), attributes.IsSticky()});
    }
    // Frames go to the VTEPs one by one where both sides replicate at the head end; where both
    // send to the same group of SSM, the VTEP is a source to join.
    const EvpnVniConfig& config = vrf.GetConfig();
    const uint8_t type =
        config.isSourceSpecific ? BgpPmsiTunnel::PIM_SSM_TREE : BgpPmsiTunnel::INGRESS_REPLICATION;
    const bool isFlood = attributes.pmsi && attributes.pmsi->type == type &&
                         attributes.pmsi->GetGroup() == config.group;
    vrf.ImportFlood(key, isFlood ? attributes.pmsi->GetEndpoint() : Ipv4Address::GetAny());
}

ProtocolClock&
EvpnInstance::GetClock()
{
    return m_environment.GetClock();
}

BgpPathAttributes
EvpnInstance::MakeAttributes(const EvpnMacVrf& vrf) const
{
    BgpPathAttributes attributes;
    attributes.nextHop = vrf.GetConfig().vtep;
    attributes.localPref = m_config.bgp.localPreference;
    attributes.communities = {BgpExtendedCommunity::MakeEncapsulation(vrf.GetConfig().tunnel),
                              vrf.GetRouteTarget()};
    return attributes;
}

void
EvpnInstance::OriginateInclusiveMulticast(const EvpnMacVrf& vrf)
{
    const EvpnVniConfig& config = vrf.GetConfig();
    BgpPathAttributes attributes = MakeAttributes(vrf);
    if (config.group == Ipv4Address::GetAny())
    {
        attributes.pmsi = BgpPmsiTunnel::MakeIngressReplication(config.vni, config.vtep);
    }
    else
    {
        attributes.pmsi = config.isSourceSpecific
                              ? BgpPmsiTunnel::MakePimSsmTree(config.vni, config.vtep, config.group)
                              : BgpPmsiTunnel::MakePimSmTree(config.vni, config.vtep, config.group);
    }
    EvpnNlri nlri;
    nlri.key = EvpnRouteKey::MakeInclusiveMulticast(vrf.GetRd(), config.vtep);
    Announce(nlri, attributes);
}

void
EvpnInstance::Announce(const EvpnNlri& nlri, const BgpPathAttributes& attributes)
{
    m_rib.Set({MakeEvpnRoute(nlri, ShareBgpAttributes(attributes)), 0});
}

void
EvpnInstance::Originate(const EvpnMacVrf& vrf,
                        Mac48Address mac,
                        Ipv4Address ip,
                        uint32_t sequence,
                        bool isSticky)
{
    BgpPathAttributes attributes = MakeAttributes(vrf);
    if (sequence != 0 || isSticky)
    {
        attributes.communities.push_back(BgpExtendedCommunity::MakeMacMobility(isSticky, sequence));
    }
    EvpnNlri nlri;
    nlri.key = ip == Ipv4Address::GetAny() ? EvpnRouteKey::MakeMac(vrf.GetRd(), mac)
                                           : EvpnRouteKey::MakeMacIp(vrf.GetRd(), mac, ip);
    nlri.label = vrf.GetConfig().vni;
    Announce(nlri, attributes);
}

void
EvpnInstance::Withdraw(const EvpnMacVrf& vrf, Mac48Address mac, Ipv4Address ip)
{
    m_rib.Remove(ip == Ipv4Address::GetAny() ? EvpnRouteKey::MakeMac(vrf.GetRd(), mac)
                                             : EvpnRouteKey::MakeMacIp(vrf.GetRd(), mac, ip),
                 0);
}

void
EvpnInstance::ReportMac(const EvpnMacVrf& vrf, const std::string& event, Mac48Address mac)
{
    std::ostringstream detail;
    detail << "vni " << vrf.GetConfig().vni << " " << mac;
    m_environment.ReportEvent(event, detail.str());
}

} // namespace ns3
