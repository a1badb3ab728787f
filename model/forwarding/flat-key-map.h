// SPDX-License-Identifier: GPL-2.0-only
// A flat hash from 64-bit keys to small values: what a look-up per packet needs, no more.
#ifndef VXLAN_MULTICAST_FLAT_KEY_MAP_H
#define VXLAN_MULTICAST_FLAT_KEY_MAP_H

#include "ns3/mix-hash.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * Open addressing with linear probing; erasing closes the gap, so that there are no tombstones and
 * a miss stays short. Key 0 is reserved. It has no iterators: its order must reach no output.
 * \tparam Value default-constructible and movable
 */
template <typename Value>
class FlatKeyMap
{
  public:
    FlatKeyMap()
        : m_slots(16)
    {
    }

    /** \returns the value of \p key, or nullptr; valid until the next insertion or erasure. */
    Value* Find(uint64_t key)
    {
        for (std::size_t i = Home(key);; i = Next(i))
        {
            if (m_slots[i].first == key)
            {
                return &m_slots[i].second;
            }
            if (m_slots[i].first == 0)
            {
                return nullptr;
            }
        }
    }

    const Value* Find(uint64_t key) const
    {
        return const_cast<FlatKeyMap*>(this)->Find(key);
    }

    /** \returns the value of \p key, made if it was not there. */
    Value& operator[](uint64_t key)
    {
        if (Value* found = Find(key))
        {
            return *found;
        }
        if ((m_size + 1) * 2 > m_slots.size())
        {
            Grow();
        }
        ++m_size;
        Slot& slot = Insert(key, Value());
        return slot.second;
    }

    /** \returns whether \p key was there. */
    bool Erase(uint64_t key)
    {
        std::size_t hole = Home(key);
        while (m_slots[hole].first != key)
        {
            if (m_slots[hole].first == 0)
            {
                return false;
            }
            hole = Next(hole);
        }
        for (std::size_t i = Next(hole); m_slots[i].first != 0; i = Next(i))
        {
            // A slot may move into the hole unless its home lies cyclically within (hole, i].
            if (((i - Home(m_slots[i].first)) & Mask()) >= ((i - hole) & Mask()))
            {
                m_slots[hole] = std::move(m_slots[i]);
                hole = i;
            }
        }
        m_slots[hole] = Slot();
        --m_size;
        return true;
    }

    /** Erases all (key, value) for which \p condition is true. */
    template <typename Condition>
    void EraseIf(Condition condition)
    {
        std::vector<uint64_t> keys;
        for (const Slot& slot : m_slots)
        {
            if (slot.first != 0 && condition(slot.first, slot.second))
            {
                keys.push_back(slot.first);
            }
        }
        for (uint64_t key : keys)
        {
            Erase(key);
        }
    }

    /** \returns all keys in ascending order. */
    std::vector<uint64_t> GetKeys() const
    {
        std::vector<uint64_t> keys;
        keys.reserve(m_size);
        for (const Slot& slot : m_slots)
        {
            if (slot.first != 0)
            {
                keys.push_back(slot.first);
            }
        }
        std::sort(keys.begin(), keys.end());
        return keys;
    }

    std::size_t GetSize() const
    {
        return m_size;
    }

  private:
    using Slot = std::pair<uint64_t, Value>;

    std::size_t Mask() const
    {
        return m_slots.size() - 1;
    }

    std::size_t Home(uint64_t key) const
    {
        return MixHash(key) & Mask();
    }

    std::size_t Next(std::size_t i) const
    {
        return (i + 1) & Mask();
    }

    Slot& Insert(uint64_t key, Value value)
    {
        std::size_t i = Home(key);
        while (m_slots[i].first != 0)
        {
            i = Next(i);
        }
        m_slots[i] = Slot(key, std::move(value));
        return m_slots[i];
    }

    void Grow()
    {
        std::vector<Slot> old(m_slots.size() * 2);
        old.swap(m_slots);
        for (Slot& slot : old)
        {
            if (slot.first != 0)
            {
                Insert(slot.first, std::move(slot.second));
            }
        }
    }

    std::vector<Slot> m_slots; //!< a power of two of them, at most half in use
    std::size_t m_size{0};
};

} // namespace ns3

#endif
