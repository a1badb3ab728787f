// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/unicast-route-table.h"

#include <algorithm>
#include <utility>

namespace ns3
{

UnicastRouteTable::UnicastRouteTable(std::vector<UnicastRoute> routes)
    : m_routes(std::move(routes))
{
    const auto before = [](const UnicastRoute& a, const UnicastRoute& b) {
        return a.prefix < b.prefix;
    };
    if (!std::is_sorted(m_routes.begin(), m_routes.end(), before))
    {
        std::stable_sort(m_routes.begin(), m_routes.end(), before);
    }
    const auto last =
        std::unique(m_routes.rbegin(), m_routes.rend(), [](const auto& a, const auto& b) {
            return a.prefix == b.prefix;
        });
    m_routes.erase(m_routes.begin(), last.base());
    m_routes.shrink_to_fit();
    for (const UnicastRoute& route : m_routes)
    {
        m_lengths |= uint64_t(1) << route.prefix.GetLength();
    }
}

const UnicastRoute*
UnicastRouteTable::Find(const Ipv4Prefix& prefix) const
{
    const auto it = std::lower_bound(
        m_routes.begin(), m_routes.end(), prefix, [](const UnicastRoute& route, const auto& key) {
            return route.prefix < key;
        });
    return it != m_routes.end() && it->prefix == prefix ? &*it : nullptr;
}

} // namespace ns3
