// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/evpn-rib-table.h"

namespace ns3
{

namespace
{

constexpr std::size_t FIRST_SLOTS = 8;

uint32_t
HashRibKey(const EvpnRouteKey& key)
{
    return static_cast<uint32_t>(HashEvpnRouteKey(key));
}

} // namespace

bool
EvpnRibEntry::Set(EvpnPath path)
{
    if (GetSize() == 0)
    {
        m_paths.reset();
        m_path = std::move(path);
        return false;
    }
    if (!m_paths)
    {
        if (m_path.peer == path.peer)
        {
            m_path = std::move(path);
            return m_best == 0;
        }
        m_paths = std::make_unique<std::vector<EvpnPath>>(1, m_path);
        m_path = EvpnPath();
    }
    const auto place = std::lower_bound(
        m_paths->begin(), m_paths->end(), path.peer, [](const EvpnPath& p, uint32_t peer) {
            return p.peer < peer;
        });
    const auto index = static_cast<uint32_t>(place - m_paths->begin());
    if (place != m_paths->end() && place->peer == path.peer)
    {
        *place = std::move(path);
        return m_best == index;
    }
    m_best += m_best != NONE && m_best >= index ? 1 : 0;
    m_paths->insert(place, std::move(path));
    return false;
}

bool
EvpnRibEntry::Remove(const EvpnPath* path)
{
    const auto index = static_cast<uint32_t>(path - begin());
    if (m_paths)
    {
        m_paths->erase(m_paths->begin() + index);
    }
    else
    {
        m_path = EvpnPath();
    }
    if (m_best == index)
    {
        m_best = NONE;
        return true;
    }
    m_best -= m_best != NONE && m_best > index ? 1 : 0;
    return false;
}

EvpnRibTable::EvpnRibTable()
    : m_slots(FIRST_SLOTS)
{
}

std::size_t
EvpnRibTable::FindSlot(const EvpnRouteKey& key, uint32_t hash) const
{
    std::size_t slot = Home(hash);
    while (m_slots[slot].GetSize() != 0 &&
           (m_slots[slot].m_hash != hash || !(m_slots[slot].GetKey() == key)))
    {
        slot = Next(slot);
    }
    return slot;
}

EvpnRibEntry*
EvpnRibTable::Find(const EvpnRouteKey& key)
{
    EvpnRibEntry& entry = m_slots[FindSlot(key, HashRibKey(key))];
    return entry.GetSize() == 0 ? nullptr : &entry;
}

const EvpnRibEntry*
EvpnRibTable::Find(const EvpnRouteKey& key) const
{
    return const_cast<EvpnRibTable*>(this)->Find(key);
}

EvpnRibEntry&
EvpnRibTable::GetOrAdd(const EvpnRouteKey& key)
{
    const uint32_t hash = HashRibKey(key);
    std::size_t slot = FindSlot(key, hash);
    if (m_slots[slot].GetSize() != 0)
    {
        return m_slots[slot];
    }
    if ((m_size + 1) * 8 > m_slots.size() * 7)
    {
        Grow();
        slot = FindSlot(key, hash);
    }
    ++m_size;
    m_slots[slot] = EvpnRibEntry();
    m_slots[slot].m_hash = hash;
    return m_slots[slot];
}

void
EvpnRibTable::Erase(EvpnRibEntry& entry)
{
    auto hole = static_cast<std::size_t>(&entry - m_slots.data());
    for (std::size_t slot = Next(hole); m_slots[slot].GetSize() != 0; slot = Next(slot))
    {
        // A slot may move into the hole unless its home lies cyclically within (hole, slot].
        const std::size_t mask = m_slots.size() - 1;
        if (((slot - Home(m_slots[slot].m_hash)) & mask) >= ((slot - hole) & mask))
        {
            m_slots[hole] = std::move(m_slots[slot]);
            hole = slot;
        }
    }
    m_slots[hole] = EvpnRibEntry();
    --m_size;
}

void
EvpnRibTable::Grow()
{
    std::vector<EvpnRibEntry> old(m_slots.size() * 2);
    old.swap(m_slots);
    for (EvpnRibEntry& entry : old)
    {
        if (entry.GetSize() == 0)
        {
            continue;
        }
        std::size_t slot = Home(entry.m_hash);
        while (m_slots[slot].GetSize() != 0)
        {
            slot = Next(slot);
        }
        m_slots[slot] = std::move(entry);
    }
}

} // namespace ns3
