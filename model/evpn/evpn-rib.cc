// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/evpn-rib.h"

#include <algorithm>

namespace ns3
{

BgpAttributesPtr
BgpAttributePool::Get(const BgpPathAttributes& attributes)
{
    // An aliasing pointer owns nothing: enough to look for an equal element.
    const BgpAttributesPtr probe(BgpAttributesPtr(), &attributes);
    const auto it = m_pool.find(probe);
    if (it != m_pool.end())
    {
        return *it;
    }
    if (m_pool.size() >= m_purgeAt)
    {
        for (auto unused = m_pool.begin(); unused != m_pool.end();)
        {
            unused = unused->use_count() == 1 ? m_pool.erase(unused) : std::next(unused);
        }
        m_purgeAt = std::max<std::size_t>(64, m_pool.size() * 2);
    }
    return *m_pool.insert(std::make_shared<const BgpPathAttributes>(attributes)).first;
}

EvpnRib::EvpnRib(MetricLookup lookup, std::function<void(const EvpnRouteKey&)> bestChanged)
    : m_lookup(std::move(lookup)),
      m_bestChanged(std::move(bestChanged))
{
}

void
EvpnRib::SetPeer(uint32_t peer, Ipv4Address routerId, Ipv4Address address)
{
    if (m_peers.size() <= peer)
    {
        m_peers.resize(peer + 1);
    }
    m_peers[peer] = {routerId.Get(), address.Get()};
}

void
EvpnRib::Set(const EvpnRouteKey& key, EvpnPath path)
{
    const auto it = m_entries.emplace(key, EvpnRibEntry()).first;
    EvpnRibEntry& entry = it->second;
    const auto place = std::lower_bound(
        entry.paths.begin(), entry.paths.end(), path.peer, [](const EvpnPath& p, uint32_t peer) {
            return p.peer < peer;
        });
    const auto index = static_cast<std::size_t>(place - entry.paths.begin());
    if (place != entry.paths.end() && place->peer == path.peer)
    {
        const bool isSame = *place == path;
        *place = std::move(path);
        return isSame ? void() : Decide(it, entry.best == index);
    }
    if (entry.best != BGP_NO_ROUTE && entry.best >= index)
    {
        ++entry.best;
    }
    entry.paths.insert(place, std::move(path));
    Decide(it, false);
}

void
EvpnRib::Remove(const EvpnRouteKey& key, uint32_t peer)
{
    const auto it = m_entries.find(key);
    if (it == m_entries.end())
    {
        return;
    }
    EvpnRibEntry& entry = it->second;
    const auto place = std::find_if(entry.paths.begin(),
                                    entry.paths.end(),
                                    [&](const EvpnPath& path) { return path.peer == peer; });
    if (place == entry.paths.end())
    {
        return;
    }
    const auto index = static_cast<std::size_t>(place - entry.paths.begin());
    const bool wasBest = entry.best == index;
    entry.paths.erase(place);
    if (wasBest)
    {
        entry.best = BGP_NO_ROUTE;
    }
    else if (entry.best != BGP_NO_ROUTE && entry.best > index)
    {
        --entry.best;
    }
    Decide(it, wasBest);
}

void
EvpnRib::RemovePeer(uint32_t peer)
{
    std::vector<EvpnRouteKey> keys;
    for (const auto& [key, entry] : m_entries)
    {
        if (std::any_of(entry.paths.begin(), entry.paths.end(), [&](const EvpnPath& path) {
                return path.peer == peer;
            }))
        {
            keys.push_back(key);
        }
    }
    for (const EvpnRouteKey& key : keys)
    {
        Remove(key, peer);
    }
}

void
EvpnRib::UpdateNextHops()
{
    bool isChanged = false;
    for (auto& [nextHop, metric] : m_metrics)
    {
        const std::optional<uint32_t> now = m_lookup(Ipv4Address(nextHop));
        isChanged = isChanged || now != metric;
        metric = now;
    }
    if (!isChanged)
    {
        return;
    }
    std::vector<EvpnRouteKey> keys; // deciding may withdraw routes of this speaker
    for (const auto& [key, entry] : m_entries)
    {
        keys.push_back(key);
    }
    for (const EvpnRouteKey& key : keys)
    {
        const auto it = m_entries.find(key);
        if (it != m_entries.end())
        {
            Decide(it, false);
        }
    }
}

uint64_t
EvpnRib::GetVersion(RouteDistinguisher rd) const
{
    const auto it = m_versions.find(rd);
    return it == m_versions.end() ? 0 : it->second;
}

std::size_t
EvpnRib::CountPaths(uint32_t peer) const
{
    std::size_t count = 0;
    for (const auto& [key, entry] : m_entries)
    {
        count += std::any_of(entry.paths.begin(),
                             entry.paths.end(),
                             [&](const EvpnPath& path) { return path.peer == peer; })
                     ? 1
                     : 0;
    }
    return count;
}

const EvpnPath*
EvpnRib::FindBest(const EvpnRouteKey& key) const
{
    const auto it = m_entries.find(key);
    return it == m_entries.end() ? nullptr : it->second.FindBest();
}

bool
EvpnRib::IsFeasible(const EvpnPath& path) const
{
    return path.peer == 0 || GetMetric(path.attributes->nextHop).has_value();
}

std::optional<uint32_t>
EvpnRib::GetMetric(Ipv4Address nextHop) const
{
    const auto it = m_metrics.find(nextHop.Get());
    if (it != m_metrics.end())
    {
        return it->second;
    }
    return m_metrics.emplace(nextHop.Get(), m_lookup(nextHop)).first->second;
}

BgpCandidate
EvpnRib::MakeCandidate(const EvpnPath& path) const
{
    BgpCandidate candidate;
    candidate.attributes = path.attributes.get();
    candidate.isOwn = path.peer == 0;
    if (!candidate.isOwn)
    {
        candidate.metric = GetMetric(path.attributes->nextHop);
        candidate.identifier = path.peer < m_peers.size() ? m_peers[path.peer].routerId : 0;
        candidate.address = path.peer < m_peers.size() ? m_peers[path.peer].address : 0;
    }
    return candidate;
}

std::size_t
EvpnRib::Select(const EvpnRibEntry& entry) const
{
    if (entry.paths.size() == 1)
    {
        return IsFeasible(entry.paths.front()) ? 0 : BGP_NO_ROUTE;
    }
    std::vector<BgpCandidate> candidates;
    for (const EvpnPath& path : entry.paths)
    {
        candidates.push_back(MakeCandidate(path));
    }
    return SelectBestBgpRoute(candidates);
}

void
EvpnRib::Decide(Entries::iterator it, bool touched)
{
    EvpnRibEntry& entry = it->second;
    const std::size_t old = entry.best;
    entry.best = Select(entry);
    const EvpnRouteKey key = it->first;
    const bool isChanged = touched || entry.best != old;
    if (entry.paths.empty())
    {
        m_entries.erase(it);
    }
    if (isChanged)
    {
        ++m_versions[key.rd];
        m_bestChanged(key);
    }
}

} // namespace ns3
