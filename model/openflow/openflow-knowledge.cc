// SPDX-License-Identifier: GPL-2.0-only
// The controller's database.
#include "ns3/openflow-knowledge.h"

#include <algorithm>

namespace ns3
{

namespace
{

const Mac48Address LOWEST("00:00:00:00:00:00");

} // namespace

bool
OpenflowKnowledge::IsMulticast(Mac48Address mac)
{
    return mac.IsGroup() && !mac.IsBroadcast();
}

void
OpenflowKnowledge::SetTenant(const OpenflowTenant& tenant)
{
    GetOrAddOrdinal(tenant.vtep);
    ForgetOwner(tenant.vni, tenant.mac);
    m_tenants[{tenant.vni, tenant.mac}] = tenant;
    if (!tenant.ip.IsAny())
    {
        m_owners[{tenant.vni, tenant.ip}] = tenant.mac;
    }
}

void
OpenflowKnowledge::ForgetOwner(uint32_t vni, Mac48Address mac)
{
    const OpenflowTenant* tenant = FindTenant(vni, mac);
    const auto owner = tenant ? m_owners.find({vni, tenant->ip}) : m_owners.end();
    if (owner != m_owners.end() && owner->second == mac)
    {
        m_owners.erase(owner);
    }
}

bool
OpenflowKnowledge::RemoveTenant(uint32_t vni, Mac48Address mac)
{
    for (auto& [key, members] : m_groups)
    {
        if (key.first == vni)
        {
            members.erase(mac);
        }
    }
    ForgetOwner(vni, mac);
    return m_tenants.erase({vni, mac}) != 0;
}

void
OpenflowKnowledge::SetService(const OpenflowService& service)
{
    m_services[{service.vni, service.mac}] = service;
}

bool
OpenflowKnowledge::Join(uint32_t vni, Mac48Address group, Mac48Address member)
{
    const auto before = GetVteps(vni, group);
    m_groups[{vni, group}].insert(member);
    return GetVteps(vni, group) != before;
}

bool
OpenflowKnowledge::Leave(uint32_t vni, Mac48Address group, Mac48Address member)
{
    const auto it = m_groups.find({vni, group});
    if (it == m_groups.end())
    {
        return false;
    }
    const auto before = GetVteps(vni, group);
    it->second.erase(member);
    return GetVteps(vni, group) != before;
}

bool
OpenflowKnowledge::HasMember(uint32_t vni, Mac48Address group, Ipv4Address vtep) const
{
    return GetVteps(vni, group).count(vtep) != 0;
}

void
OpenflowKnowledge::ForgetGroups()
{
    m_groups.clear();
}

const OpenflowTenant*
OpenflowKnowledge::FindTenant(uint32_t vni, Mac48Address mac) const
{
    const auto it = m_tenants.find({vni, mac});
    return it == m_tenants.end() ? nullptr : &it->second;
}

std::optional<Mac48Address>
OpenflowKnowledge::FindMac(uint32_t vni, Ipv4Address ip) const
{
    for (const auto& [key, service] : m_services)
    {
        if (key.first == vni && service.ip == ip)
        {
            return service.mac;
        }
    }
    const auto owner = m_owners.find({vni, ip});
    if (owner != m_owners.end())
    {
        const OpenflowTenant& tenant = m_tenants.at({vni, owner->second});
        return tenant.answers ? *tenant.answers : tenant.mac;
    }
    return std::nullopt;
}

bool
OpenflowKnowledge::IsShared(uint32_t vni, Mac48Address mac) const
{
    return IsMulticast(mac) || m_services.count({vni, mac}) != 0;
}

std::set<Ipv4Address>
OpenflowKnowledge::GetVteps(uint32_t vni, Mac48Address mac) const
{
    std::set<Ipv4Address> vteps;
    const auto add = [&](Mac48Address member) {
        if (const OpenflowTenant* tenant = FindTenant(vni, member))
        {
            vteps.insert(tenant->vtep);
        }
    };
    const auto service = m_services.find({vni, mac});
    const auto group = m_groups.find({vni, mac});
    if (service != m_services.end())
    {
        std::for_each(service->second.members.begin(), service->second.members.end(), add);
    }
    else if (group != m_groups.end())
    {
        std::for_each(group->second.begin(), group->second.end(), add);
    }
    else
    {
        add(mac);
    }
    return vteps;
}

std::set<Ipv4Address>
OpenflowKnowledge::GetVteps(uint32_t vni) const
{
    std::set<Ipv4Address> vteps;
    for (auto it = m_tenants.lower_bound({vni, LOWEST});
         it != m_tenants.end() && it->first.first == vni;
         ++it)
    {
        vteps.insert(it->second.vtep);
    }
    return vteps;
}

std::set<uint32_t>
OpenflowKnowledge::GetVnis() const
{
    std::set<uint32_t> vnis;
    for (const auto& [key, tenant] : m_tenants)
    {
        vnis.insert(key.first);
    }
    for (const auto& [key, service] : m_services)
    {
        vnis.insert(key.first);
    }
    return vnis;
}

std::set<Mac48Address>
OpenflowKnowledge::GetAddresses(uint32_t vni) const
{
    std::set<Mac48Address> addresses;
    const auto add = [&](const auto& table) {
        for (auto it = table.lower_bound({vni, LOWEST});
             it != table.end() && it->first.first == vni;
             ++it)
        {
            addresses.insert(it->first.second);
        }
    };
    add(m_tenants);
    add(m_services);
    add(m_groups);
    return addresses;
}

std::set<Ipv4Address>
OpenflowKnowledge::GetIps(uint32_t vni) const
{
    std::set<Ipv4Address> ips;
    for (const auto& [key, service] : m_services)
    {
        if (key.first == vni)
        {
            ips.insert(service.ip);
        }
    }
    for (auto it = m_owners.lower_bound({vni, Ipv4Address::GetAny()});
         it != m_owners.end() && it->first.first == vni;
         ++it)
    {
        ips.insert(it->first.second);
    }
    return ips;
}

uint32_t
OpenflowKnowledge::GetOrAddOrdinal(Ipv4Address vtep)
{
    const auto it = std::find(m_ordinals.begin(), m_ordinals.end(), vtep);
    if (it != m_ordinals.end())
    {
        return static_cast<uint32_t>(it - m_ordinals.begin()) + 1;
    }
    m_ordinals.push_back(vtep);
    return static_cast<uint32_t>(m_ordinals.size());
}

std::optional<Ipv4Address>
OpenflowKnowledge::FindVtep(uint32_t ordinal) const
{
    return ordinal >= 1 && ordinal <= m_ordinals.size()
               ? std::optional<Ipv4Address>(m_ordinals[ordinal - 1])
               : std::nullopt;
}

} // namespace ns3
