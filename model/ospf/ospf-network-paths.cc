// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §16.1.
#include "ns3/ospf-network-paths.h"

#include "ns3/mix-hash.h"

#include <algorithm>

namespace ns3
{

void
OspfPath::Improve(uint32_t otherCost, const UnicastNextHops& otherHops)
{
    if (otherCost < cost)
    {
        cost = otherCost;
        nextHops = otherHops;
    }
    else if (otherCost == cost)
    {
        nextHops.Add(otherHops);
    }
}

OspfNetworkPaths::OspfNetworkPaths(const std::vector<std::pair<Ipv4Prefix, OspfPath>>& sorted)
{
    Prefixes prefixes;
    prefixes.reserve(sorted.size());
    m_paths.reserve(sorted.size());
    for (const auto& [prefix, path] : sorted)
    {
        prefixes.push_back(prefix);
        m_paths.push_back(path);
    }
    m_prefixes = Interned<Prefixes, Hash>(std::move(prefixes));
}

OspfNetworkPaths::const_iterator
OspfNetworkPaths::find(const Ipv4Prefix& prefix) const
{
    const Prefixes& prefixes = m_prefixes.Get();
    const auto found = std::lower_bound(prefixes.begin(), prefixes.end(), prefix);
    return found != prefixes.end() && *found == prefix
               ? const_iterator(*this, static_cast<std::size_t>(found - prefixes.begin()))
               : end();
}

std::size_t
OspfNetworkPaths::Hash::operator()(const Prefixes& prefixes) const
{
    uint64_t hash = prefixes.size();
    for (const Ipv4Prefix& prefix : prefixes)
    {
        hash = MixHash(hash ^ (uint64_t(prefix.GetBits()) << 8 | prefix.GetLength()));
    }
    return hash;
}

} // namespace ns3
