// SPDX-License-Identifier: GPL-2.0-only
// A hash index over what is kept elsewhere under numbers: four bytes a place, no nodes. A hash table
// of the standard library or of Boost.Intrusive follows a pointer for each place that it looks at;
// Boost's flat tables came with 1.81.
#ifndef VXLAN_MULTICAST_NUMBER_INDEX_H
#define VXLAN_MULTICAST_NUMBER_INDEX_H

#include "ns3/assert.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{

/**
 * Finds numbers by the hash of what they stand for. No number may be greater than the most that have
 * been there at once: users give free numbers out again before new ones. Open addressing with linear
 * probing; removing closes the gap. A hash must be mixed well in its low 32 bits; a place keeps those
 * of them for which a number leaves room, so that the user is asked for hashes again when places move.
 */
class NumberIndex
{
  public:
    static constexpr uint32_t NONE = UINT32_MAX;

    /** \returns the number with \p hash for which \p isEqual(number) is true, or NONE. */
    template <typename IsEqual>
    uint32_t Find(uint64_t hash, IsEqual isEqual) const
    {
        if (m_places.empty())
        {
            return NONE;
        }
        const uint32_t mask = Mask();
        const auto wanted = static_cast<uint32_t>(hash);
        for (uint32_t i = wanted & mask; m_places[i] != 0; i = (i + 1) & mask)
        {
            const uint32_t number = (m_places[i] & mask) - 1;
            if (((m_places[i] ^ wanted) & ~mask) == 0 && isEqual(number))
            {
                return number;
            }
        }
        return NONE;
    }

    /** Adds \p number, which is not there; \p hashOf(number) is the hash of one that is. */
    template <typename HashOf>
    void Add(uint64_t hash, uint32_t number, HashOf hashOf)
    {
        constexpr std::size_t FIRST = 16;
        if ((m_size + 1) * 4 > m_places.size() * 3)
        {
            std::vector<uint32_t> old(std::max(FIRST, 2 * m_places.size()));
            old.swap(m_places);
            const auto oldMask = static_cast<uint32_t>(old.size() - 1);
            for (uint32_t place : old)
            {
                place != 0 ? Insert(hashOf((place & oldMask) - 1), (place & oldMask) - 1) : void();
            }
        }
        ++m_size;
        Insert(hash, number);
    }

    /** Removes \p number, which is there with \p hash. */
    template <typename HashOf>
    void Remove(uint64_t hash, uint32_t number, HashOf hashOf)
    {
        const uint32_t mask = Mask();
        uint32_t hole = static_cast<uint32_t>(hash) & mask;
        while ((m_places[hole] & mask) != number + 1)
        {
            hole = (hole + 1) & mask;
        }
        for (uint32_t i = (hole + 1) & mask; m_places[i] != 0; i = (i + 1) & mask)
        {
            // What may stand at the hole, since its home is not after it, closes the gap.
            const auto home = static_cast<uint32_t>(hashOf((m_places[i] & mask) - 1));
            if (((i - home) & mask) >= ((i - hole) & mask))
            {
                m_places[hole] = m_places[i];
                hole = i;
            }
        }
        m_places[hole] = 0;
        --m_size;
    }

    std::size_t GetSize() const
    {
        return m_size;
    }

    /** Calls f(number) for each, in an order that must reach no output. */
    template <typename F>
    void ForEach(F f) const
    {
        for (uint32_t place : m_places)
        {
            place != 0 ? f((place & Mask()) - 1) : void();
        }
    }

  private:
    uint32_t Mask() const
    {
        return static_cast<uint32_t>(m_places.size() - 1);
    }

    void Insert(uint64_t hash, uint32_t number)
    {
        const uint32_t mask = Mask();
        uint32_t i = static_cast<uint32_t>(hash) & mask;
        while (m_places[i] != 0)
        {
            i = (i + 1) & mask;
        }
        NS_ASSERT(number < mask);
        m_places[i] = (static_cast<uint32_t>(hash) & ~mask) | (number + 1);
    }

    // A power of two of places, at most three quarters in use: 0, or a number + 1 in the low bits.
    std::vector<uint32_t> m_places;
    std::size_t m_size{0};
};

} // namespace ns3

#endif
