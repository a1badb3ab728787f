// SPDX-License-Identifier: GPL-2.0-only
// A hash index over what is kept elsewhere under numbers: eight bytes a place, no nodes. A hash table
// of the standard library or of Boost.Intrusive follows a pointer for each place that it looks at;
// Boost's flat tables came with 1.81.
#ifndef VXLAN_MULTICAST_NUMBER_INDEX_H
#define VXLAN_MULTICAST_NUMBER_INDEX_H

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{

/**
 * Finds numbers by the hash of what they stand for. Open addressing with linear probing; removing
 * closes the gap. The places taken are those of the low bits of a hash, which must be mixed well.
 */
class NumberIndex
{
  public:
    static constexpr uint32_t NONE = UINT32_MAX;

    /** \returns the number with \p hash for which \p isEqual(number) is true, or NONE. */
    template <typename IsEqual>
    uint32_t Find(uint64_t hash, IsEqual isEqual) const
    {
        const auto wanted = static_cast<uint32_t>(hash);
        for (std::size_t i = wanted & Mask(); i < m_places.size(); i = (i + 1) & Mask())
        {
            const Place& place = m_places[i];
            if (place.number == NONE)
            {
                break;
            }
            if (place.hash == wanted && isEqual(place.number))
            {
                return place.number;
            }
        }
        return NONE;
    }

    /** Adds \p number, which is not there. */
    void Add(uint64_t hash, uint32_t number)
    {
        constexpr std::size_t FIRST = 16;
        if ((m_size + 1) * 4 > m_places.size() * 3)
        {
            std::vector<Place> old(std::max(FIRST, 2 * m_places.size()));
            old.swap(m_places);
            for (const Place& place : old)
            {
                place.number != NONE ? Insert(place) : void();
            }
        }
        ++m_size;
        Insert({static_cast<uint32_t>(hash), number});
    }

    /** Removes \p number, which is there with \p hash. */
    void Remove(uint64_t hash, uint32_t number)
    {
        std::size_t hole = static_cast<uint32_t>(hash) & Mask();
        while (m_places[hole].number != number)
        {
            hole = (hole + 1) & Mask();
        }
        for (std::size_t i = (hole + 1) & Mask(); m_places[i].number != NONE; i = (i + 1) & Mask())
        {
            // What may stand at the hole, since its home is not after it, closes the gap.
            if (((i - m_places[i].hash) & Mask()) >= ((i - hole) & Mask()))
            {
                m_places[hole] = m_places[i];
                hole = i;
            }
        }
        m_places[hole] = {};
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
        for (const Place& place : m_places)
        {
            place.number != NONE ? f(place.number) : void();
        }
    }

  private:
    struct Place
    {
        uint32_t hash{0};
        uint32_t number{NONE};
    };

    std::size_t Mask() const
    {
        return m_places.size() - 1;
    }

    void Insert(const Place& place)
    {
        std::size_t i = place.hash & Mask();
        while (m_places[i].number != NONE)
        {
            i = (i + 1) & Mask();
        }
        m_places[i] = place;
    }

    std::vector<Place> m_places; //!< a power of two of them, at most three quarters in use
    std::size_t m_size{0};
};

} // namespace ns3

#endif
