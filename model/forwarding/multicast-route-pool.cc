// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/multicast-route-pool.h"

#include <algorithm>

namespace ns3
{

Ptr<Ipv4MulticastRoute>
MulticastRoutePool::Get(const InterfaceSet& outgoing)
{
    const auto known = m_routes.find(outgoing);
    if (known != m_routes.end())
    {
        return known->second;
    }
    if (m_routes.size() >= m_purgeAt)
    {
        Purge();
    }
    Ptr<Ipv4MulticastRoute> route = Create<Ipv4MulticastRoute>();
    outgoing.ForEach([&](uint32_t interface) { route->SetOutputTtl(interface, 1); });
    m_routes.emplace(outgoing, route);
    return route;
}

std::size_t
MulticastRoutePool::GetSize() const
{
    return m_routes.size();
}

void
MulticastRoutePool::Purge()
{
    for (auto it = m_routes.begin(); it != m_routes.end();)
    {
        it = it->second->GetReferenceCount() == 1 ? m_routes.erase(it) : std::next(it);
    }
    m_purgeAt = std::max(m_purgeAt, 2 * m_routes.size());
}

} // namespace ns3
