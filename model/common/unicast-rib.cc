// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/unicast-rib.h"

#include "ns3/ipv4-list-routing.h"
#include "ns3/ipv4.h"
#include "ns3/mix-hash.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ns3
{

UnicastNextHops::UnicastNextHops(List hops)
{
    std::sort(hops.begin(), hops.end());
    hops.erase(std::unique(hops.begin(), hops.end()), hops.end());
    m_hops = Interned<List, Hash>(std::move(hops));
}

UnicastNextHops::UnicastNextHops(std::initializer_list<UnicastNextHop> hops)
    : UnicastNextHops(List(hops))
{
}

void
UnicastNextHops::Add(const UnicastNextHop& hop)
{
    if (!std::binary_search(begin(), end(), hop))
    {
        List hops = m_hops.Get();
        hops.push_back(hop);
        *this = UnicastNextHops(std::move(hops));
    }
}

void
UnicastNextHops::Add(const UnicastNextHops& others)
{
    if (empty() || others == *this)
    {
        *this = others;
    }
    else if (!std::includes(begin(), end(), others.begin(), others.end()))
    {
        List hops = m_hops.Get();
        hops.insert(hops.end(), others.begin(), others.end());
        *this = UnicastNextHops(std::move(hops));
    }
}

void
UnicastNextHops::Truncate(std::size_t count)
{
    if (count < size())
    {
        *this = UnicastNextHops(List(begin(), std::next(begin(), count)));
    }
}

std::size_t
UnicastNextHops::Hash::operator()(const List& hops) const
{
    uint64_t hash = hops.size();
    for (const UnicastNextHop& hop : hops)
    {
        hash = MixHash(hash ^ (uint64_t(hop.interface) << 32 | hop.gateway.Get()));
    }
    return hash;
}

UnicastRib*
FindUnicastRib(Ptr<Ipv4> ipv4)
{
    Ptr<Ipv4RoutingProtocol> protocol = ipv4->GetRoutingProtocol();
    if (auto* rib = dynamic_cast<UnicastRib*>(PeekPointer(protocol)))
    {
        return rib;
    }
    if (auto list = DynamicCast<Ipv4ListRouting>(protocol))
    {
        for (uint32_t i = 0; i < list->GetNRoutingProtocols(); ++i)
        {
            int16_t priority;
            Ptr<Ipv4RoutingProtocol> member = list->GetRoutingProtocol(i, priority);
            if (auto* rib = dynamic_cast<UnicastRib*>(PeekPointer(member)))
            {
                return rib;
            }
        }
    }
    return nullptr;
}

} // namespace ns3
