// SPDX-License-Identifier: GPL-2.0-only
// Large tables of small state: entries lie side by side and do not move, and are found by a hash.
#ifndef VXLAN_MULTICAST_KEYED_SLAB_H
#define VXLAN_MULTICAST_KEYED_SLAB_H

#include "ns3/mix-hash.h"
#include "ns3/number-index.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace ns3
{

/**
 * Entries by a number that they hold themselves. Finding one looks at one place of an index and at
 * the entry. There is no order but by sorting: what needs it is rare, and looks at all entries.
 *
 * \tparam Entry default-constructible and movable
 * \tparam KeyOf a stateless function object from an entry to its number
 */
template <typename Entry, typename KeyOf>
class KeyedSlab
{
  public:
    /** \returns the entry of \p key, or nullptr; it stays where it is until it is erased. */
    Entry* Find(uint64_t key)
    {
        const uint32_t number = FindNumber(key);
        return number == NumberIndex::NONE ? nullptr : &m_entries[number];
    }

    const Entry* Find(uint64_t key) const
    {
        return const_cast<KeyedSlab*>(this)->Find(key);
    }

    /** \returns a new entry, which is given \p key, of which there is none, by the caller. */
    Entry& Add(uint64_t key)
    {
        uint32_t number = 0;
        if (m_free.empty())
        {
            number = static_cast<uint32_t>(m_entries.size());
            m_entries.emplace_back();
        }
        else
        {
            number = m_free.back();
            m_free.pop_back();
        }
        m_index.Add(MixHash(key), number, [this](uint32_t old) { return HashOf(old); });
        return m_entries[number];
    }

    /** \returns whether \p key was there. */
    bool Erase(uint64_t key)
    {
        const uint32_t number = FindNumber(key);
        if (number == NumberIndex::NONE)
        {
            return false;
        }
        m_index.Remove(MixHash(key), number, [this](uint32_t other) { return HashOf(other); });
        m_entries[number] = Entry();
        m_free.push_back(number);
        if (m_index.GetSize() == 0)
        {
            m_entries.clear();
            m_free.clear();
        }
        return true;
    }

    std::size_t GetSize() const
    {
        return m_index.GetSize();
    }

    /** Calls f(entry) for each, in an order that must reach no output. */
    template <typename F>
    void ForEach(F f) const
    {
        m_index.ForEach([&](uint32_t number) { f(m_entries[number]); });
    }

    /** \returns all entries by their numbers, in ascending order. */
    std::vector<Entry*> GetSorted()
    {
        std::vector<Entry*> sorted;
        sorted.reserve(m_index.GetSize());
        m_index.ForEach([&](uint32_t number) { sorted.push_back(&m_entries[number]); });
        std::sort(sorted.begin(), sorted.end(), [](const Entry* a, const Entry* b) {
            return KeyOf()(*a) < KeyOf()(*b);
        });
        return sorted;
    }

    std::vector<const Entry*> GetSorted() const
    {
        const std::vector<Entry*> sorted = const_cast<KeyedSlab*>(this)->GetSorted();
        return {sorted.begin(), sorted.end()};
    }

  private:
    uint32_t FindNumber(uint64_t key) const
    {
        return m_index.Find(MixHash(key),
                            [&](uint32_t number) { return KeyOf()(m_entries[number]) == key; });
    }

    uint64_t HashOf(uint32_t number) const
    {
        return MixHash(KeyOf()(m_entries[number]));
    }

    std::deque<Entry> m_entries;  //!< by number
    std::vector<uint32_t> m_free; //!< numbers that are not in use
    NumberIndex m_index;          //!< of the others, by key
};

} // namespace ns3

#endif
