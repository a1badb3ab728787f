// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/evpn-rib.h"

#include <algorithm>

namespace ns3
{

EvpnRib::EvpnRib(MetricLookup lookup, BestChanged bestChanged)
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
EvpnRib::Set(const EvpnPath& path)
{
    EvpnRibEntry& entry = m_table.GetOrAdd(path.route->nlri.key);
    const EvpnPath* old = entry.FindPath(path.peer);
    if (old == nullptr || !(*old == path))
    {
        m_counts.resize(std::max<std::size_t>(m_counts.size(), path.peer + 1));
        m_counts[path.peer] += old == nullptr ? 1 : 0;
        const bool isBestReplaced = entry.Set(path);
        Decide(entry, isBestReplaced);
    }
}

void
EvpnRib::Remove(const EvpnRouteKey& key, uint32_t peer)
{
    EvpnRibEntry* entry = m_table.Find(key);
    const EvpnPath* path = entry == nullptr ? nullptr : entry->FindPath(peer);
    if (path == nullptr)
    {
        return;
    }
    const EvpnRouteKey gone = key; // it may be the path's own
    --m_counts[peer];
    const bool wasBest = entry->Remove(path);
    if (entry->GetSize() != 0)
    {
        return Decide(*entry, wasBest);
    }
    m_table.Erase(*entry);
    if (wasBest)
    {
        ++m_versions[gone.rd.value];
        m_bestChanged(gone, nullptr);
    }
}

std::vector<EvpnRouteKey>
EvpnRib::GetKeys(const std::vector<const EvpnRibEntry*>& entries)
{
    std::vector<EvpnRouteKey> keys;
    keys.reserve(entries.size());
    for (const EvpnRibEntry* entry : entries)
    {
        keys.push_back(entry->GetKey());
    }
    return keys;
}

void
EvpnRib::RemovePeer(uint32_t peer)
{
    const auto entries =
        Select([peer](const EvpnRibEntry& entry) { return entry.FindPath(peer) != nullptr; });
    for (const EvpnRouteKey& key : GetKeys(entries))
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
    for (const EvpnRouteKey& key : GetKeys(GetEntries()))
    {
        if (EvpnRibEntry* entry = m_table.Find(key))
        {
            Decide(*entry, false);
        }
    }
}

uint64_t
EvpnRib::GetVersion(RouteDistinguisher rd) const
{
    const auto it = m_versions.find(rd.value);
    return it == m_versions.end() ? 0 : it->second;
}

std::size_t
EvpnRib::CountPaths(uint32_t peer) const
{
    return peer < m_counts.size() ? m_counts[peer] : 0;
}

const EvpnPath*
EvpnRib::FindBest(const EvpnRouteKey& key) const
{
    const EvpnRibEntry* entry = m_table.Find(key);
    return entry == nullptr ? nullptr : entry->FindBest();
}

bool
EvpnRib::IsFeasible(const EvpnPath& path) const
{
    return path.peer == 0 || GetMetric(path.GetAttributes().nextHop).has_value();
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
    candidate.attributes = &path.GetAttributes();
    candidate.isOwn = path.peer == 0;
    if (!candidate.isOwn)
    {
        candidate.metric = GetMetric(path.GetAttributes().nextHop);
        candidate.identifier = path.peer < m_peers.size() ? m_peers[path.peer].routerId : 0;
        candidate.address = path.peer < m_peers.size() ? m_peers[path.peer].address : 0;
    }
    return candidate;
}

std::size_t
EvpnRib::SelectBest(const EvpnRibEntry& entry) const
{
    if (entry.GetSize() == 1)
    {
        return IsFeasible(entry[0]) ? 0 : BGP_NO_ROUTE;
    }
    std::vector<BgpCandidate> candidates;
    for (const EvpnPath& path : entry)
    {
        candidates.push_back(MakeCandidate(path));
    }
    return SelectBestBgpRoute(candidates);
}

void
EvpnRib::Decide(EvpnRibEntry& entry, bool touched)
{
    if (entry.SetBest(SelectBest(entry)) || touched)
    {
        const EvpnRouteKey key = entry.GetKey();
        ++m_versions[key.rd.value];
        m_bestChanged(key, entry.FindBest());
    }
}

} // namespace ns3
