// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/control-plane-model.h"

namespace ns3
{

ControlPlaneModel::ControlPlaneModel(uint32_t vteps)
    : m_vnisOf(vteps)
{
}

void
ControlPlaneModel::AddVni(const std::vector<uint32_t>& members,
                          const std::vector<uint32_t>& talkative)
{
    for (uint32_t member : members)
    {
        m_vnisOf.at(member).push_back(static_cast<uint32_t>(m_vnis.size()));
    }
    m_vnis.push_back({members, {talkative.begin(), talkative.end()}});
}

uint32_t
ControlPlaneModel::Boot(uint32_t vni, uint32_t vtep)
{
    const auto number = static_cast<uint32_t>(m_tenants.size());
    m_tenants.push_back({vni, vtep, {}});
    Booted(number);
    return number;
}

void
ControlPlaneModel::Talk(uint32_t from, uint32_t to)
{
    Resolve(from, to);
    Deliver(from, to);
    Resolve(to, from);
    Deliver(to, from);
}

void
ControlPlaneModel::Move(uint32_t tenant, uint32_t vtep)
{
    const uint32_t old = m_tenants.at(tenant).vtep;
    if (old != vtep)
    {
        m_tenants[tenant].vtep = vtep;
        Moved(tenant, old);
    }
}

void
ControlPlaneModel::Resolve(uint32_t from, uint32_t to)
{
    if (m_tenants.at(from).known.insert(to).second && Ask(from, to))
    {
        m_tenants.at(to).known.insert(from); // RFC 826: the request told
        Deliver(to, from);
    }
}

bool
ControlPlaneModel::AreNeighbors(uint32_t a, uint32_t b) const
{
    return m_tenants[a].vtep == m_tenants[b].vtep;
}

const std::vector<uint32_t>&
ControlPlaneModel::GetVnis(uint32_t vtep) const
{
    return m_vnisOf.at(vtep);
}

uint32_t
ControlPlaneModel::GetVteps() const
{
    return static_cast<uint32_t>(m_vnisOf.size());
}

} // namespace ns3
