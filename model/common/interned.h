// SPDX-License-Identifier: GPL-2.0-only
// Values of which thousands of nodes hold the same: each is kept once, and handed about as a number.
#ifndef VXLAN_MULTICAST_INTERNED_H
#define VXLAN_MULTICAST_INTERNED_H

#include "ns3/block-array.h"
#include "ns3/mix-hash.h"
#include "ns3/number-index.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * An immutable value of four bytes: equal values share one copy, which lives as long as somebody
 * uses it. To copy or compare such values costs no more than to copy or compare numbers. T() is
 * kept from the start. Not for several threads, as is all of ns-3.
 *
 * \tparam T the type of the value; has ==
 * \tparam Hash as of std::unordered_map
 */
template <typename T, typename Hash>
class Interned
{
  public:
    Interned() = default;

    explicit Interned(T value)
        : m_number(GetPool().Keep(std::move(value)))
    {
    }

    /**
     * \param view what a T can be made of, hashed and compared with: no T is made where one is kept
     * \returns the value that equals it
     */
    template <typename View>
    static Interned Of(const View& view)
    {
        Interned value;
        value.m_number = GetPool().Keep(view);
        return value;
    }

    Interned(const Interned& other)
        : m_number(other.m_number)
    {
        if (m_number != 0)
        {
            ++GetPool().kept[m_number].uses;
        }
    }

    Interned(Interned&& other) noexcept
        : m_number(std::exchange(other.m_number, 0))
    {
    }

    Interned& operator=(Interned other) noexcept
    {
        std::swap(m_number, other.m_number);
        return *this;
    }

    ~Interned()
    {
        if (m_number != 0)
        {
            GetPool().Release(m_number);
        }
    }

    const T& Get() const
    {
        return GetPool().kept[m_number].value;
    }

    /** \returns how many different values are in use, T() not counted. */
    static std::size_t CountValues()
    {
        return GetPool().index.GetSize();
    }

    friend bool operator==(const Interned& a, const Interned& b)
    {
        return a.m_number == b.m_number;
    }

    friend bool operator!=(const Interned& a, const Interned& b)
    {
        return a.m_number != b.m_number;
    }

  private:
    struct Kept
    {
        T value{};
        std::size_t hash{0};
        std::size_t uses{0};
    };

    struct Pool
    {
        BlockArray<Kept> kept; //!< by number; the first is T()
        std::vector<uint32_t> free;
        NumberIndex index;

        Pool()
        {
            kept.Add();
        }

        template <typename Value>
        uint32_t Keep(Value&& value)
        {
            if (kept[0].value == value)
            {
                return 0;
            }
            const std::size_t hash = MixHash(Hash()(value));
            const uint32_t known =
                index.Find(hash, [&](uint32_t number) { return kept[number].value == value; });
            if (known != NumberIndex::NONE)
            {
                ++kept[known].uses;
                return known;
            }
            if (free.empty())
            {
                free.push_back(kept.Add());
            }
            const uint32_t number = free.back();
            free.pop_back();
            kept[number] = {T(std::forward<Value>(value)), hash, 1};
            index.Add(hash, number, [this](uint32_t old) { return kept[old].hash; });
            return number;
        }

        void Release(uint32_t number)
        {
            Kept& entry = kept[number];
            if (--entry.uses > 0)
            {
                return;
            }
            index.Remove(entry.hash, number, [this](uint32_t other) { return kept[other].hash; });
            entry.value = T();
            free.push_back(number);
        }
    };

    /** Never destroyed: what static objects hold may outlive everything else. */
    static Pool& GetPool()
    {
        static Pool& pool = *new Pool;
        return pool;
    }

    uint32_t m_number{0};
};

} // namespace ns3

#endif
