// SPDX-License-Identifier: GPL-2.0-only
// A set of VTEPs as bits, with the counts that a search over groupings asks for millions of times.
// Small sets of a large fabric have few words that are not empty: a summary of these, a bit each,
// lets every operation pass over the others. Boost's dynamic_bitset would make a temporary set for
// each count.
#ifndef VXLAN_MULTICAST_PLAN_MEMBERS_H
#define VXLAN_MULTICAST_PLAN_MEMBERS_H

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace ns3
{

/** VTEPs by number. Sets that meet in one operation have the same capacity. */
class PlanMembers
{
  public:
    PlanMembers() = default;

    /** \param vteps the capacity */
    explicit PlanMembers(std::size_t vteps)
        : m_words((vteps + 63) / 64),
          m_used((m_words.size() + 63) / 64)
    {
    }

    void Insert(uint32_t vtep)
    {
        uint64_t& word = m_words[vtep / 64];
        const uint64_t bit = uint64_t(1) << (vtep % 64);
        m_count += (word & bit) == 0 ? 1 : 0;
        word |= bit;
        m_used[vtep / 4096] |= uint64_t(1) << (vtep / 64 % 64);
    }

    bool Contains(uint32_t vtep) const
    {
        return (m_words[vtep / 64] >> (vtep % 64) & 1) != 0;
    }

    /** \returns how many there are. */
    std::size_t Count() const
    {
        return m_count;
    }

    /** \returns how many there are in both. */
    std::size_t CountCommon(const PlanMembers& other) const
    {
        std::size_t count = 0;
        for (std::size_t block = 0; block < m_used.size(); ++block)
        {
            ForEachBit(m_used[block] & other.m_used[block], [&](std::size_t bit) {
                const std::size_t i = block * 64 + bit;
                count += CountBits(m_words[i] & other.m_words[i]);
            });
        }
        return count;
    }

    /** \returns how many of these are not in \p other. */
    std::size_t CountBeyond(const PlanMembers& other) const
    {
        return m_count - CountCommon(other);
    }

    bool IsSubsetOf(const PlanMembers& other) const
    {
        if (m_count > other.m_count)
        {
            return false;
        }
        for (std::size_t i = 0; i < m_words.size(); ++i)
        {
            if ((m_words[i] & ~other.m_words[i]) != 0)
            {
                return false;
            }
        }
        return true;
    }

    /** Adds all of \p other. */
    void Unite(const PlanMembers& other)
    {
        for (std::size_t block = 0; block < m_used.size(); ++block)
        {
            ForEachBit(other.m_used[block], [&](std::size_t bit) {
                const std::size_t i = block * 64 + bit;
                Put(i, m_words[i] | other.m_words[i]);
            });
        }
    }

    /** Takes out what \p item has and \p shared has not. */
    void RemoveUnshared(const PlanMembers& item, const PlanMembers& shared)
    {
        for (std::size_t block = 0; block < m_used.size(); ++block)
        {
            ForEachBit(m_used[block] & item.m_used[block], [&](std::size_t bit) {
                const std::size_t i = block * 64 + bit;
                Put(i, m_words[i] & ~(item.m_words[i] & ~shared.m_words[i]));
            });
        }
    }

    /** Adds what \p a and \p b have in common. */
    void UniteCommon(const PlanMembers& a, const PlanMembers& b)
    {
        for (std::size_t block = 0; block < m_used.size(); ++block)
        {
            ForEachBit(a.m_used[block] & b.m_used[block], [&](std::size_t bit) {
                const std::size_t i = block * 64 + bit;
                Put(i, m_words[i] | (a.m_words[i] & b.m_words[i]));
            });
        }
    }

    /** \returns the numbers in ascending order. */
    std::vector<uint32_t> List() const
    {
        std::vector<uint32_t> vteps;
        vteps.reserve(m_count);
        for (std::size_t i = 0; i < m_words.size(); ++i)
        {
            ForEachBit(m_words[i], [&](std::size_t bit) {
                vteps.push_back(static_cast<uint32_t>(i * 64 + bit));
            });
        }
        return vteps;
    }

    std::size_t Hash() const
    {
        uint64_t hash = m_count;
        for (uint64_t word : m_words)
        {
            hash = (hash ^ word) * 0x9e3779b97f4a7c15;
            hash ^= hash >> 29;
        }
        return hash;
    }

    friend bool operator==(const PlanMembers& a, const PlanMembers& b)
    {
        return a.m_count == b.m_count && a.m_words == b.m_words;
    }

    friend bool operator<(const PlanMembers& a, const PlanMembers& b)
    {
        return a.m_words < b.m_words;
    }

    /**
     * \returns how many bits are set. Without the instruction, which a portable build may not use,
     *          GCC would call a function.
     */
    static std::size_t CountBits(uint64_t word)
    {
        word -= word >> 1 & 0x5555555555555555;
        word = (word & 0x3333333333333333) + (word >> 2 & 0x3333333333333333);
        word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0f;
        return static_cast<std::size_t>((word * 0x0101010101010101) >> 56);
    }

  private:
    template <typename Use>
    static void ForEachBit(uint64_t word, const Use& use)
    {
        for (; word != 0; word &= word - 1)
        {
            use(static_cast<std::size_t>(__builtin_ctzll(word)));
        }
    }

    void Put(std::size_t i, uint64_t word)
    {
        m_count += CountBits(word);
        m_count -= CountBits(m_words[i]);
        m_words[i] = word;
        const uint64_t bit = uint64_t(1) << (i % 64);
        m_used[i / 64] = word == 0 ? m_used[i / 64] & ~bit : m_used[i / 64] | bit;
    }

    std::vector<uint64_t> m_words;
    std::vector<uint64_t> m_used; //!< a bit for each word that is not empty
    std::size_t m_count{0};
};

} // namespace ns3

/// \cond STD_NAMESPACE
template <>
struct std::hash<ns3::PlanMembers>
{
    std::size_t operator()(const ns3::PlanMembers& members) const
    {
        return members.Hash();
    }
};
/// \endcond

#endif
