// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/msdp-sa-cache.h"

namespace ns3
{

MsdpSaCache::MsdpSaCache(ProtocolClock& clock, std::function<void(const SourceGroup&)> gone)
    : m_clock(clock),
      m_gone(std::move(gone)),
      m_timers(clock, [this](const MsdpSaKey& key) { Expire(key); })
{
}

bool
MsdpSaCache::Contains(const SourceGroup& key) const
{
    const auto it = m_entries.lower_bound({key, Ipv4Address::GetAny()});
    return it != m_entries.end() && it->first.key == key;
}

std::pair<MsdpSaEntry&, bool>
MsdpSaCache::Store(const MsdpSaKey& key, Ipv4Address peer, Time period)
{
    const bool isNewSource = !Contains(key.key);
    const auto [it, isNew] = m_entries.try_emplace(key);
    if (isNew)
    {
        it->second.since = m_clock.Now();
        it->second.forwarded = Seconds(-1e6);
    }
    it->second.peer = peer;
    m_timers.Set(key, period);
    return {it->second, isNewSource};
}

Time
MsdpSaCache::GetRemaining(const MsdpSaKey& key) const
{
    return m_timers.GetRemaining(key);
}

void
MsdpSaCache::Expire(const MsdpSaKey& key)
{
    m_entries.erase(key);
    if (!Contains(key.key))
    {
        m_gone(key.key);
    }
}

} // namespace ns3
