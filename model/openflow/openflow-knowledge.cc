// SPDX-License-Identifier: GPL-2.0-only
// The controller's database.
#include "ns3/openflow-knowledge.h"

#include <algorithm>

namespace ns3
{

bool
OpenflowKnowledge::IsMulticast(Mac48Address mac)
{
    return mac.IsGroup() && !mac.IsBroadcast();
}

void
OpenflowKnowledge::SetTenant(const OpenflowTenant& tenant)
{
    GetOrAddOrdinal(tenant.vtep);
    m_tenants[{tenant.vni, tenant.mac}] = tenant;
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
    for (const auto& [key, tenant] : m_tenants)
    {
        if (key.first == vni && tenant.ip == ip && !ip.IsAny())
        {
            return tenant.answers ? *tenant.answers : tenant.mac;
        }
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
    for (auto it = m_tenants.lower_bound({vni, Mac48Address("00:00:00:00:00:00")});
         it != m_tenants.end() && it->first.first == vni;
         ++it)
    {
        vteps.insert(it->second.vtep);
    }
    return vteps;
}

std::set<Mac48Address>
OpenflowKnowledge::GetAddresses(uint32_t vni) const
{
    std::set<Mac48Address> addresses;
    const auto add = [&](const auto& table) {
        for (const auto& entry : table)
        {
            if (entry.first.first == vni)
            {
                addresses.insert(entry.first.second);
            }
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
    for (const auto& [key, tenant] : m_tenants)
    {
        if (key.first == vni && !tenant.ip.IsAny())
        {
            ips.insert(tenant.ip);
        }
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
