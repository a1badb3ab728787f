// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §12.2, §13.2, §14.
#include "ns3/ospf-lsdb.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace ns3
{

OspfLsdb::OspfLsdb(ProtocolClock& clock,
                   const OspfConfig& config,
                   std::function<void(const OspfLsaKey&)> due)
    : m_clock(clock),
      m_config(config),
      m_due(std::move(due)),
      m_alarm(clock, [this] { Ring(); })
{
}

OspfLsdbEntry*
OspfLsdb::Find(const OspfLsaKey& key)
{
    return m_entries.Find(key);
}

const OspfLsdbEntry*
OspfLsdb::Find(const OspfLsaKey& key) const
{
    return m_entries.Find(key);
}

bool
OspfLsdb::Install(const OspfLsa& lsa, bool received, bool own)
{
    OspfLsdbEntry fresh(lsa, m_clock.Now());
    fresh.received = received;
    fresh.own = own;
    const bool maxAge = IsMaxAge(fresh);
    fresh.waits = !maxAge;
    OspfLsdbEntry* old = m_entries.Find(lsa.header.GetKey());
    const bool oldCounts = old && !IsMaxAge(*old);
    bool changed = oldCounts == maxAge;
    if (oldCounts && !maxAge)
    {
        changed = old->GetHeader().options != lsa.header.options || old->GetBody() != lsa.body;
    }
    if (!maxAge)
    {
        ArmBy(GetDeadline(fresh));
    }
    if (old)
    {
        *old = std::move(fresh);
    }
    else
    {
        m_entries.Add(std::move(fresh));
    }
    return changed;
}

void
OspfLsdb::Remove(const OspfLsaKey& key)
{
    m_entries.Remove(key);
}

Time
OspfLsdb::GetDeadline(const OspfLsdbEntry& entry) const
{
    const Time end = entry.own ? m_config.lsRefreshTime : m_config.maxAge;
    return entry.installed + std::max(Seconds(0), end - Seconds(entry.GetAge()));
}

/** An alarm that rings too early only looks again: deadlines that move back cost nothing. */
void
OspfLsdb::ArmBy(Time deadline)
{
    const Time delay = deadline - m_clock.Now();
    if (!m_alarm.IsRunning() || m_alarm.GetRemaining() > delay)
    {
        m_alarm.Start(delay);
    }
}

void
OspfLsdb::Ring()
{
    const Time now = m_clock.Now();
    std::vector<std::pair<Time, OspfLsaKey>> due;
    const auto isDue = [&](const OspfLsdbEntry& entry) {
        return entry.waits && GetDeadline(entry) <= now;
    };
    for (const auto& [key, entry] : m_entries)
    {
        if (isDue(entry))
        {
            due.emplace_back(GetDeadline(entry), key);
        }
    }
    std::sort(due.begin(), due.end());
    for (const auto& [deadline, key] : due)
    {
        OspfLsdbEntry* entry = Find(key); // those before may have replaced it
        if (entry && isDue(*entry))
        {
            entry->waits = false;
            m_due(key);
        }
    }
    Time next = Time::Max();
    for (const auto& [key, entry] : m_entries)
    {
        next = entry.waits ? std::min(next, GetDeadline(entry)) : next;
    }
    if (next != Time::Max())
    {
        ArmBy(next);
    }
}

uint16_t
OspfLsdb::GetAge(const OspfLsdbEntry& entry) const
{
    const int64_t age = entry.GetAge() + (m_clock.Now() - entry.installed).ToInteger(Time::S);
    return static_cast<uint16_t>(std::min<int64_t>(age, m_config.GetMaxAge()));
}

bool
OspfLsdb::IsMaxAge(const OspfLsdbEntry& entry) const
{
    return GetAge(entry) >= m_config.GetMaxAge();
}

OspfLsaHeader
OspfLsdb::GetHeader(const OspfLsdbEntry& entry) const
{
    OspfLsaHeader header = entry.GetHeader();
    header.age = GetAge(entry);
    return header;
}

OspfLsa
OspfLsdb::GetForSending(const OspfLsdbEntry& entry, Time transmitDelay) const
{
    OspfLsa lsa = entry.GetLsa();
    const double age = GetAge(entry) + std::max(1.0, transmitDelay.GetSeconds());
    lsa.header.age = static_cast<uint16_t>(std::min<double>(age, m_config.GetMaxAge()));
    return lsa;
}

} // namespace ns3
