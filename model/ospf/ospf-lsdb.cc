// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §12.2, §13.2, §14.
#include "ns3/ospf-lsdb.h"

#include <algorithm>

namespace ns3
{

OspfLsdb::OspfLsdb(ProtocolClock& clock,
                   const OspfConfig& config,
                   std::function<void(const OspfLsaKey&)> due)
    : m_clock(clock),
      m_config(config),
      m_deadlines(clock, std::move(due))
{
}

OspfLsdbEntry*
OspfLsdb::Find(const OspfLsaKey& key)
{
    auto it = m_entries.find(key);
    return it == m_entries.end() ? nullptr : &it->second;
}

const OspfLsdbEntry*
OspfLsdb::Find(const OspfLsaKey& key) const
{
    auto it = m_entries.find(key);
    return it == m_entries.end() ? nullptr : &it->second;
}

bool
OspfLsdb::Install(const OspfLsa& lsa, bool received, bool own)
{
    const OspfLsaKey key = lsa.header.GetKey();
    OspfLsdbEntry fresh{lsa, m_clock.Now(), received};
    const bool maxAge = IsMaxAge(fresh);
    const OspfLsdbEntry* old = Find(key);
    const bool oldCounts = old && !IsMaxAge(*old);
    bool changed = oldCounts == maxAge;
    if (oldCounts && !maxAge)
    {
        changed = old->lsa.header.options != lsa.header.options || old->lsa.body != lsa.body;
    }
    m_entries[key] = std::move(fresh);
    if (maxAge)
    {
        m_deadlines.Remove(key);
    }
    else
    {
        const Time end = own ? m_config.lsRefreshTime : m_config.maxAge;
        m_deadlines.Set(key, std::max(Seconds(0), end - Seconds(lsa.header.age)));
    }
    return changed;
}

void
OspfLsdb::Remove(const OspfLsaKey& key)
{
    m_deadlines.Remove(key);
    m_entries.erase(key);
}

uint16_t
OspfLsdb::GetAge(const OspfLsdbEntry& entry) const
{
    const double age = entry.lsa.header.age + (m_clock.Now() - entry.installed).GetSeconds();
    return static_cast<uint16_t>(std::min<double>(age, m_config.GetMaxAge()));
}

bool
OspfLsdb::IsMaxAge(const OspfLsdbEntry& entry) const
{
    return GetAge(entry) >= m_config.GetMaxAge();
}

OspfLsaHeader
OspfLsdb::GetHeader(const OspfLsdbEntry& entry) const
{
    OspfLsaHeader header = entry.lsa.header;
    header.age = GetAge(entry);
    return header;
}

OspfLsa
OspfLsdb::GetForSending(const OspfLsdbEntry& entry, Time transmitDelay) const
{
    OspfLsa lsa = entry.lsa;
    const double age = GetAge(entry) + std::max(1.0, transmitDelay.GetSeconds());
    lsa.header.age = static_cast<uint16_t>(std::min<double>(age, m_config.GetMaxAge()));
    return lsa;
}

} // namespace ns3
