// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/control-plane-rules.h"

#include <algorithm>
#include <stdexcept>

namespace ns3
{

namespace
{

constexpr uint64_t BASE_FLOWS = 2;       //!< IGMP and the table miss
constexpr uint64_t OVSDB_SESSION = 6;    //!< get_schema, monitor_cond, monitor_cond_since; replies
constexpr uint64_t OVSDB_TUNNEL = 4;     //!< transact, its reply, two update3
constexpr uint64_t PORT_STATUS = 1;      //!< of a new tunnel
constexpr uint64_t BARRIER = 2;          //!< request and reply
constexpr uint64_t FIRST_FRAME = 3;      //!< PACKET_IN, FLOW_MOD, PACKET_OUT
constexpr uint64_t REGISTRATION = 2;     //!< Map-Register, Map-Notify
constexpr uint64_t MAP_LOOKUP = 2;       //!< Map-Request, Map-Reply
constexpr uint64_t MAP_NOTIFICATION = 2; //!< unsolicited Map-Notify and its acknowledgement
constexpr uint64_t SOLICIT_MAP_REQUEST = 1;

} // namespace

LearningModel::LearningModel(uint32_t vteps, bool usesGroups)
    : ControlPlaneModel(vteps),
      m_usesGroups(usesGroups),
      m_learned(vteps)
{
}

void
LearningModel::Flood(uint32_t tenant)
{
    const std::vector<uint32_t>& members = m_vnis[m_tenants[tenant].vni].members;
    m_flooded += m_usesGroups || members.size() > 1 ? 1 : 0;
    for (uint32_t member : members)
    {
        if (member != m_tenants[tenant].vtep)
        {
            m_learned[member].insert(tenant);
        }
    }
}

void
LearningModel::Booted(uint32_t tenant)
{
    Flood(tenant);
}

void
LearningModel::Moved(uint32_t tenant, uint32_t)
{
    Flood(tenant);
}

bool
LearningModel::Ask(uint32_t from, uint32_t)
{
    Flood(from);
    return true;
}

void
LearningModel::Deliver(uint32_t from, uint32_t to)
{
    if (!AreNeighbors(from, to))
    {
        m_learned[m_tenants[to].vtep].insert(from);
    }
}

uint64_t
LearningModel::CountEntries(uint32_t vtep) const
{
    uint64_t entries = m_learned[vtep].size();
    for (uint32_t vni : GetVnis(vtep))
    {
        const auto& [members, talkative] = m_vnis[vni];
        entries += talkative.size() - talkative.count(vtep);
        entries += m_usesGroups ? 1 : members.size() - 1;
    }
    return entries;
}

uint64_t
LearningModel::CountServerEntries() const
{
    return 0;
}

EvpnModel::EvpnModel(uint32_t vteps, bool usesGroups)
    : ControlPlaneModel(vteps),
      m_usesGroups(usesGroups)
{
}

void
EvpnModel::Booted(uint32_t)
{
    m_messages += GetVteps();
}

void
EvpnModel::Moved(uint32_t, uint32_t)
{
    m_messages += 2 * uint64_t(GetVteps()); // the new routes, and the withdrawal of the old ones
}

bool
EvpnModel::Ask(uint32_t from, uint32_t to)
{
    return AreNeighbors(from, to);
}

void
EvpnModel::Deliver(uint32_t, uint32_t)
{
}

uint64_t
EvpnModel::CountEntries(uint32_t vtep) const
{
    uint64_t entries = 0;
    for (uint32_t vni : GetVnis(vtep))
    {
        const auto& [members, talkative] = m_vnis[vni];
        entries += talkative.size() - talkative.count(vtep); // addresses of devices
        entries += m_usesGroups ? 1 : members.size() - 1;    // where floods go
        entries += static_cast<uint64_t>(
            std::count_if(m_tenants.begin(), m_tenants.end(), [&](const Tenant& tenant) {
                return tenant.vni == vni && tenant.vtep != vtep;
            }));
    }
    return entries;
}

uint64_t
EvpnModel::CountServerEntries() const
{
    uint64_t routes = 2 * m_tenants.size();
    for (const Vni& vni : m_vnis)
    {
        routes += vni.members.size() + vni.talkative.size(); // where floods go, the devices
    }
    return routes;
}

ControllerModel::ControllerModel(uint32_t vteps)
    : ControlPlaneModel(vteps),
      m_tunnels(vteps)
{
}

uint64_t
ControllerModel::CountServerEntries() const
{
    return m_tenants.size();
}

void
ControllerModel::NeedTunnel(uint32_t a, uint32_t b)
{
    AddTunnelEnd(a, b);
    AddTunnelEnd(b, a);
}

void
ControllerModel::AddTunnelEnd(uint32_t at, uint32_t remote)
{
    const bool isFirst = m_tunnels[at].empty();
    if (m_tunnels[at].insert(remote).second)
    {
        m_messages += (isFirst ? OVSDB_SESSION : 0) + OVSDB_TUNNEL + PORT_STATUS;
    }
}

uint64_t
ControllerModel::CountSwaps(uint32_t vtep) const
{
    return GetVnis(vtep).size() > 1 ? 2 : 1;
}

ReactiveControllerModel::ReactiveControllerModel(uint32_t vteps)
    : ControllerModel(vteps),
      m_flows(vteps)
{
}

void
ReactiveControllerModel::Booted(uint32_t)
{
    m_messages += 1; // the announcement, a PACKET_IN that is not answered
}

void
ReactiveControllerModel::Moved(uint32_t tenant, uint32_t old)
{
    const uint32_t now = m_tenants[tenant].vtep;
    m_messages += 1 + BARRIER;
    for (uint32_t vtep = 0; vtep < GetVteps(); ++vtep)
    {
        if (m_flows[vtep].count(tenant) == 0)
        {
            continue;
        }
        m_messages += vtep == now || vtep == old ? CountSwaps(vtep) : 1;
        vtep == now ? void() : NeedTunnel(vtep, now);
    }
}

bool
ReactiveControllerModel::Ask(uint32_t from, uint32_t to)
{
    m_messages += AreNeighbors(from, to) ? 1 : 2; // PACKET_IN, PACKET_OUT
    return AreNeighbors(from, to);
}

void
ReactiveControllerModel::Deliver(uint32_t from, uint32_t to)
{
    if (AreNeighbors(from, to))
    {
        return;
    }
    for (uint32_t vtep : {m_tenants[from].vtep, m_tenants[to].vtep})
    {
        if (m_flows[vtep].insert(to).second)
        {
            m_messages += FIRST_FRAME;
            NeedTunnel(m_tenants[from].vtep, m_tenants[to].vtep);
        }
    }
}

uint64_t
ReactiveControllerModel::CountEntries(uint32_t vtep) const
{
    return BASE_FLOWS + m_flows[vtep].size();
}

ProactiveControllerModel::ProactiveControllerModel(uint32_t vteps)
    : ControllerModel(vteps)
{
}

void
ProactiveControllerModel::Booted(uint32_t tenant)
{
    const uint32_t here = m_tenants[tenant].vtep;
    for (uint32_t member : m_vnis[m_tenants[tenant].vni].members)
    {
        // The address; elsewhere also the answer to ARP.
        m_messages += member == here ? 1 : 2;
        member == here ? void() : NeedTunnel(member, here);
    }
}

void
ProactiveControllerModel::Moved(uint32_t tenant, uint32_t old)
{
    const uint32_t now = m_tenants[tenant].vtep;
    m_messages += BARRIER;
    for (uint32_t member : m_vnis[m_tenants[tenant].vni].members)
    {
        // At both ends of the move also the answer to ARP goes or comes.
        m_messages += member == now || member == old ? CountSwaps(member) + 1 : 1;
        member == now ? void() : NeedTunnel(member, now);
    }
}

bool
ProactiveControllerModel::Ask(uint32_t from, uint32_t to)
{
    return AreNeighbors(from, to);
}

void
ProactiveControllerModel::Deliver(uint32_t, uint32_t)
{
}

uint64_t
ProactiveControllerModel::CountEntries(uint32_t vtep) const
{
    const std::vector<uint32_t>& vnis = GetVnis(vtep);
    uint64_t flows = BASE_FLOWS;
    for (const Tenant& tenant : m_tenants)
    {
        if (std::find(vnis.begin(), vnis.end(), tenant.vni) != vnis.end())
        {
            flows += tenant.vtep == vtep ? 1 : 2;
        }
    }
    return flows;
}

MapServerModel::MapServerModel(uint32_t vteps)
    : ControlPlaneModel(vteps),
      m_caches(vteps)
{
}

void
MapServerModel::Booted(uint32_t)
{
    m_messages += REGISTRATION;
}

void
MapServerModel::Moved(uint32_t tenant, uint32_t old)
{
    const uint32_t now = m_tenants[tenant].vtep;
    // The old VTEP is notified of both addresses, and caches where they are.
    m_messages += REGISTRATION + 2 * MAP_NOTIFICATION;
    m_caches[now].places.erase(tenant);
    m_caches[now].ips.erase(tenant);
    m_caches[old].places[tenant] = now;
    m_caches[old].ips.insert(tenant);
}

bool
MapServerModel::Ask(uint32_t from, uint32_t to)
{
    if (AreNeighbors(from, to))
    {
        return true;
    }
    m_messages += m_caches[m_tenants[from].vtep].ips.insert(to).second ? MAP_LOOKUP : 0;
    return false;
}

void
MapServerModel::Deliver(uint32_t from, uint32_t to)
{
    if (AreNeighbors(from, to))
    {
        return;
    }
    auto& places = m_caches[m_tenants[from].vtep].places;
    const uint32_t now = m_tenants[to].vtep;
    const auto [place, isNew] = places.emplace(to, now);
    if (isNew)
    {
        m_messages += MAP_LOOKUP;
    }
    else if (place->second != now)
    {
        // The VTEP that the tenant has left solicits a Map-Request.
        m_messages += SOLICIT_MAP_REQUEST + MAP_LOOKUP;
        place->second = now;
    }
}

uint64_t
MapServerModel::CountEntries(uint32_t vtep) const
{
    uint64_t entries = m_caches[vtep].places.size() + m_caches[vtep].ips.size();
    for (uint32_t vni : GetVnis(vtep))
    {
        entries += m_vnis[vni].members.size() - 1; // where broadcasts go
    }
    return entries;
}

uint64_t
MapServerModel::CountServerEntries() const
{
    uint64_t eids = 2 * m_tenants.size();
    for (const Vni& vni : m_vnis)
    {
        eids += 1 + vni.talkative.size(); // the broadcast address, the devices
    }
    return eids;
}

std::unique_ptr<ControlPlaneModel>
MakeControlPlaneModel(ControlPlane plane, uint32_t vteps)
{
    switch (plane)
    {
    case ControlPlane::Multicast:
    case ControlPlane::HeadEnd:
        return std::make_unique<LearningModel>(vteps, UsesGroups(plane));
    case ControlPlane::Evpn:
    case ControlPlane::EvpnGroup:
        return std::make_unique<EvpnModel>(vteps, UsesGroups(plane));
    case ControlPlane::Controller:
        return std::make_unique<ReactiveControllerModel>(vteps);
    case ControlPlane::ControllerProactive:
        return std::make_unique<ProactiveControllerModel>(vteps);
    case ControlPlane::MapServer:
        return std::make_unique<MapServerModel>(vteps);
    }
    throw std::invalid_argument("unknown control plane");
}

} // namespace ns3
