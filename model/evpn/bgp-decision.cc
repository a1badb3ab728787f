// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/bgp-decision.h"

#include <algorithm>
#include <map>

namespace ns3
{

namespace
{

using Indices = std::vector<std::size_t>;

/** Keeps the candidates of the least value. */
template <typename F>
void
KeepLeast(const std::vector<BgpCandidate>& candidates, Indices& left, F value)
{
    if (left.size() < 2)
    {
        return;
    }
    auto least = value(candidates[left.front()]);
    for (std::size_t index : left)
    {
        least = std::min(least, value(candidates[index]));
    }
    left.erase(std::remove_if(left.begin(),
                              left.end(),
                              [&](std::size_t index) { return least < value(candidates[index]); }),
               left.end());
}

/** \returns the AS that the route came into this AS from; 0: it began here. */
uint32_t
GetNeighborAs(const BgpCandidate& candidate)
{
    const auto& path = candidate.attributes->asPath;
    return path.empty() || path.front().numbers.empty() ? 0 : path.front().numbers.front();
}

/** Step c: MULTI_EXIT_DISC, among routes from the same neighbouring AS; a missing one is 0. */
void
KeepLeastMed(const std::vector<BgpCandidate>& candidates, Indices& left)
{
    std::map<uint32_t, uint32_t> least;
    for (std::size_t index : left)
    {
        const uint32_t med = candidates[index].attributes->med.value_or(0);
        const auto [it, isNew] = least.emplace(GetNeighborAs(candidates[index]), med);
        it->second = std::min(it->second, med);
    }
    left.erase(std::remove_if(left.begin(),
                              left.end(),
                              [&](std::size_t index) {
                                  const BgpCandidate& candidate = candidates[index];
                                  return candidate.attributes->med.value_or(0) >
                                         least[GetNeighborAs(candidate)];
                              }),
               left.end());
}

} // namespace

std::size_t
SelectBestBgpRoute(const std::vector<BgpCandidate>& candidates)
{
    Indices left;
    for (std::size_t i = 0; i < candidates.size(); ++i)
    {
        if (candidates[i].isOwn || candidates[i].metric) // §9.1.2: the next hop is resolvable
        {
            left.push_back(i);
        }
    }
    if (left.size() < 2)
    {
        return left.empty() ? BGP_NO_ROUTE : left.front();
    }
    using C = const BgpCandidate&;
    KeepLeast(candidates, left, [](C c) { return c.isOwn ? 0 : 1; });
    KeepLeast(candidates, left, [](C c) { return ~c.attributes->GetSequence(); });
    KeepLeast(candidates, left, [](C c) { return ~c.attributes->localPref.value_or(0); });
    KeepLeast(candidates, left, [](C c) { return c.attributes->GetAsPathLength(); }); // a
    KeepLeast(candidates, left, [](C c) { return c.attributes->origin; });            // b
    KeepLeastMed(candidates, left);                                                   // c
    KeepLeast(candidates, left, [](C c) { return c.metric.value_or(0); });            // e
    KeepLeast(candidates, left, [](C c) {                                             // f
        return c.attributes->originatorId ? c.attributes->originatorId->Get() : c.identifier;
    });
    KeepLeast(candidates, left, [](C c) { return c.attributes->clusterList.size(); }); // RFC 4456
    KeepLeast(candidates, left, [](C c) { return c.address; });                        // g
    return left.front();
}

} // namespace ns3
