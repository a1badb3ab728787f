// SPDX-License-Identifier: GPL-2.0-only
// A set of VTEPs as bits, with the counts that a search over groupings asks for millions of times.
// Boost's dynamic_bitset would make a temporary set for each of them.
#ifndef VXLAN_MULTICAST_PLAN_MEMBERS_H
#define VXLAN_MULTICAST_PLAN_MEMBERS_H

#include <algorithm>
#include <cstddef>
#include <cstdint>
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
        : m_words((vteps + 63) / 64)
    {
    }

    void Insert(uint32_t vtep)
    {
        m_words[vtep / 64] |= uint64_t(1) << (vtep % 64);
    }

    bool Contains(uint32_t vtep) const
    {
        return (m_words[vtep / 64] >> (vtep % 64) & 1) != 0;
    }

    /** \returns how many there are. */
    std::size_t Count() const
    {
        std::size_t count = 0;
        for (uint64_t word : m_words)
        {
            count += PopCount(word);
        }
        return count;
    }

    /** \returns how many of these are not in \p other. */
    std::size_t CountBeyond(const PlanMembers& other) const
    {
        std::size_t count = 0;
        for (std::size_t i = 0; i < m_words.size(); ++i)
        {
            count += PopCount(m_words[i] & ~other.m_words[i]);
        }
        return count;
    }

    bool IsSubsetOf(const PlanMembers& other) const
    {
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
        for (std::size_t i = 0; i < m_words.size(); ++i)
        {
            m_words[i] |= other.m_words[i];
        }
    }

    /** Takes out what \p item has and \p shared has not. */
    void RemoveUnshared(const PlanMembers& item, const PlanMembers& shared)
    {
        for (std::size_t i = 0; i < m_words.size(); ++i)
        {
            m_words[i] &= ~(item.m_words[i] & ~shared.m_words[i]);
        }
    }

    /** Adds what \p a and \p b have in common. */
    void UniteCommon(const PlanMembers& a, const PlanMembers& b)
    {
        for (std::size_t i = 0; i < m_words.size(); ++i)
        {
            m_words[i] |= a.m_words[i] & b.m_words[i];
        }
    }

    void Clear()
    {
        std::fill(m_words.begin(), m_words.end(), 0);
    }

    /** \returns the numbers in ascending order. */
    std::vector<uint32_t> List() const
    {
        std::vector<uint32_t> vteps;
        for (std::size_t i = 0; i < m_words.size(); ++i)
        {
            for (uint64_t word = m_words[i]; word != 0; word &= word - 1)
            {
                vteps.push_back(static_cast<uint32_t>(i * 64 + PopCount((word & -word) - 1)));
            }
        }
        return vteps;
    }

    friend bool operator==(const PlanMembers& a, const PlanMembers& b)
    {
        return a.m_words == b.m_words;
    }

    friend bool operator<(const PlanMembers& a, const PlanMembers& b)
    {
        return a.m_words < b.m_words;
    }

  private:
    static std::size_t PopCount(uint64_t word)
    {
        return static_cast<std::size_t>(__builtin_popcountll(word));
    }

    std::vector<uint64_t> m_words;
};

} // namespace ns3

#endif
