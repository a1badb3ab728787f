// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §12.2.
#include "ns3/ospf-lsa-table.h"

#include "ns3/mix-hash.h"

#include <algorithm>
#include <utility>

namespace ns3
{

namespace
{

uint64_t
HashKey(const OspfLsaKey& key)
{
    return MixHash(key.GetIds() + static_cast<uint64_t>(key.type));
}

} // namespace

const Time OspfLsdbEntry::NEVER = Seconds(-1e6);

bool
OspfLsaTable::IsBefore(uint32_t a, uint32_t b) const
{
    return m_entries[a].GetKey() < m_entries[b].GetKey();
}

OspfLsaTable::const_iterator
OspfLsaTable::begin() const
{
    if (m_sorted < m_order.size())
    {
        const auto before = [this](uint32_t a, uint32_t b) { return IsBefore(a, b); };
        const auto fresh = m_order.begin() + static_cast<std::ptrdiff_t>(m_sorted);
        std::sort(fresh, m_order.end(), before);
        std::inplace_merge(m_order.begin(), fresh, m_order.end(), before);
        m_sorted = m_order.size();
        if (m_order.capacity() - m_order.size() > m_order.size() / 4)
        {
            m_order.shrink_to_fit();
        }
    }
    return {*this, 0};
}

OspfLsaTable::const_iterator
OspfLsaTable::end() const
{
    return {*this, m_order.size()};
}

uint32_t
OspfLsaTable::FindNumber(const OspfLsaKey& key) const
{
    return m_index.Find(HashKey(key),
                        [&](uint32_t number) { return m_entries[number].GetKey() == key; });
}

uint64_t
OspfLsaTable::HashOf(uint32_t number) const
{
    return HashKey(m_entries[number].GetKey());
}

OspfLsdbEntry*
OspfLsaTable::Find(const OspfLsaKey& key)
{
    const uint32_t number = FindNumber(key);
    return number == NumberIndex::NONE ? nullptr : &m_entries[number];
}

const OspfLsdbEntry*
OspfLsaTable::Find(const OspfLsaKey& key) const
{
    const uint32_t number = FindNumber(key);
    return number == NumberIndex::NONE ? nullptr : &m_entries[number];
}

OspfLsdbEntry&
OspfLsaTable::Add(OspfLsdbEntry entry)
{
    if (m_free.empty())
    {
        m_free.push_back(m_entries.Add());
    }
    const uint32_t number = m_free.back();
    m_free.pop_back();
    m_order.push_back(number);
    m_index.Add(HashKey(entry.GetKey()), number, [this](uint32_t old) { return HashOf(old); });
    m_entries[number] = std::move(entry);
    return m_entries[number];
}

void
OspfLsaTable::Remove(const OspfLsaKey& key)
{
    const uint32_t number = FindNumber(key);
    if (number == NumberIndex::NONE)
    {
        return;
    }
    const auto place = std::find(m_order.begin(), m_order.end(), number);
    m_sorted -= place < m_order.begin() + static_cast<std::ptrdiff_t>(m_sorted) ? 1 : 0;
    m_order.erase(place);
    m_index.Remove(HashKey(key), number, [this](uint32_t other) { return HashOf(other); });
    m_entries[number] = OspfLsdbEntry();
    m_free.push_back(number);
}

} // namespace ns3
