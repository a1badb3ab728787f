// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4.1, §4.2; ageing as Linux does it.
#include "ns3/vxlan-fdb.h"

#include <algorithm>

namespace ns3
{

namespace
{

/** \returns the address as a number that orders as addresses do. */
uint64_t
ToKey(Mac48Address mac)
{
    uint8_t bytes[6];
    mac.CopyTo(bytes);
    uint64_t key = 0;
    for (uint8_t byte : bytes)
    {
        key = key << 8 | byte;
    }
    return key;
}

} // namespace

VxlanFdb::VxlanFdb(ProtocolClock& clock, std::function<void(const VxlanFdbEntry&)> aged)
    : m_clock(clock),
      m_aged(std::move(aged)),
      m_deadlines(clock, [this](uint64_t key) { Expire(key); })
{
}

void
VxlanFdb::SetAgeing(Time ageing)
{
    m_ageing = ageing;
    m_deadlines.Clear();
    for (const auto& [key, entry] : m_entries)
    {
        if (!entry.IsPermanent() && ageing.IsStrictlyPositive())
        {
            m_deadlines.Set(key, std::max(entry.seen + ageing - m_clock.Now(), Time(0)));
        }
    }
}

void
VxlanFdb::SetLimit(uint32_t limit)
{
    m_limit = limit;
}

VxlanFdb::LearnResult
VxlanFdb::Learn(Mac48Address mac, Ipv4Address vtep)
{
    const uint64_t key = ToKey(mac);
    auto it = m_entries.find(key);
    if (it == m_entries.end())
    {
        if (m_limit != 0 && m_learned >= m_limit)
        {
            return LearnResult::FULL;
        }
        m_entries[key] = {mac, vtep, VxlanFdbOrigin::LEARNED, m_clock.Now()};
        ++m_learned;
        if (m_ageing.IsStrictlyPositive())
        {
            m_deadlines.Set(key, m_ageing);
        }
        return LearnResult::LEARNED;
    }
    VxlanFdbEntry& entry = it->second;
    const bool moved = entry.vtep != vtep;
    if (entry.IsPermanent())
    {
        return moved ? LearnResult::PERMANENT : LearnResult::KNOWN;
    }
    entry.seen = m_clock.Now();
    entry.vtep = vtep;
    return moved ? LearnResult::MOVED : LearnResult::KNOWN;
}

bool
VxlanFdb::Set(Mac48Address mac, Ipv4Address vtep, VxlanFdbOrigin origin, bool isSticky)
{
    const VxlanFdbEntry* before = Find(mac);
    if (before && before->origin == VxlanFdbOrigin::STATIC && origin != VxlanFdbOrigin::STATIC)
    {
        return false;
    }
    Remove(mac);
    m_entries[ToKey(mac)] = {mac, vtep, origin, m_clock.Now(), isSticky};
    return true;
}

bool
VxlanFdb::Remove(Mac48Address mac)
{
    auto it = m_entries.find(ToKey(mac));
    if (it == m_entries.end())
    {
        return false;
    }
    m_learned -= it->second.IsPermanent() ? 0 : 1;
    m_deadlines.Remove(it->first);
    m_entries.erase(it);
    return true;
}

bool
VxlanFdb::Remove(Mac48Address mac, VxlanFdbOrigin origin)
{
    const VxlanFdbEntry* entry = Find(mac);
    return entry && entry->origin == origin && Remove(mac);
}

void
VxlanFdb::Flush()
{
    for (const VxlanFdbEntry& entry : GetEntries())
    {
        if (!entry.IsPermanent())
        {
            Remove(entry.mac);
        }
    }
}

const VxlanFdbEntry*
VxlanFdb::Find(Mac48Address mac) const
{
    auto it = m_entries.find(ToKey(mac));
    return it == m_entries.end() ? nullptr : &it->second;
}

std::vector<VxlanFdbEntry>
VxlanFdb::GetEntries() const
{
    std::vector<VxlanFdbEntry> entries;
    entries.reserve(m_entries.size());
    for (const auto& [key, entry] : m_entries)
    {
        entries.push_back(entry);
    }
    std::sort(entries.begin(), entries.end(), [](const VxlanFdbEntry& a, const VxlanFdbEntry& b) {
        return ToKey(a.mac) < ToKey(b.mac);
    });
    return entries;
}

std::size_t
VxlanFdb::GetSize() const
{
    return m_entries.size();
}

void
VxlanFdb::SetGroup(Mac48Address mac, std::vector<Ipv4Address> destinations, VxlanFdbOrigin origin)
{
    m_groups[ToKey(mac)] = {mac, origin, std::move(destinations)};
}

bool
VxlanFdb::RemoveGroup(Mac48Address mac)
{
    return m_groups.erase(ToKey(mac)) != 0;
}

const VxlanGroupEntry*
VxlanFdb::FindGroup(Mac48Address mac) const
{
    // Most devices have none.
    const auto it = m_groups.empty() ? m_groups.end() : m_groups.find(ToKey(mac));
    return it == m_groups.end() ? nullptr : &it->second;
}

std::vector<VxlanGroupEntry>
VxlanFdb::GetGroups() const
{
    std::vector<VxlanGroupEntry> groups;
    groups.reserve(m_groups.size());
    for (const auto& [key, entry] : m_groups)
    {
        groups.push_back(entry);
    }
    return groups;
}

void
VxlanFdb::AddDefault(Ipv4Address destination, VxlanFdbOrigin origin)
{
    if (std::find(m_defaults.begin(), m_defaults.end(), destination) == m_defaults.end())
    {
        m_defaults.push_back(destination);
        if (origin != VxlanFdbOrigin::STATIC)
        {
            m_defaultOrigins[destination] = origin;
        }
    }
}

bool
VxlanFdb::RemoveDefault(Ipv4Address destination)
{
    auto it = std::find(m_defaults.begin(), m_defaults.end(), destination);
    if (it == m_defaults.end())
    {
        return false;
    }
    m_defaults.erase(it);
    m_defaultOrigins.erase(destination);
    return true;
}

const std::vector<Ipv4Address>&
VxlanFdb::GetDefaults() const
{
    return m_defaults;
}

VxlanFdbOrigin
VxlanFdb::GetDefaultOrigin(Ipv4Address destination) const
{
    const auto it = m_defaultOrigins.find(destination);
    return it == m_defaultOrigins.end() ? VxlanFdbOrigin::STATIC : it->second;
}

void
VxlanFdb::Expire(uint64_t key)
{
    auto it = m_entries.find(key);
    const Time left = it->second.seen + m_ageing - m_clock.Now();
    if (left.IsStrictlyPositive())
    {
        m_deadlines.Set(key, left);
        return;
    }
    const VxlanFdbEntry entry = it->second;
    m_entries.erase(it);
    --m_learned;
    m_aged(entry);
}

} // namespace ns3
