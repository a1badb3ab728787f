// SPDX-License-Identifier: GPL-2.0-only
// A set of interface numbers of any size: spines have more than the 32 ports that Linux stops at.
#ifndef VXLAN_MULTICAST_INTERFACE_SET_H
#define VXLAN_MULTICAST_INTERFACE_SET_H

#include "ns3/mix-hash.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <ostream>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * A bit set of interface indices (ns-3's Ipv4 interface numbers), unbounded, with the set algebra
 * that RFC 7761 writes as (+) and (-). It is one word: the bits of the first 63 interfaces, or the
 * place of more words than one.
 */
class InterfaceSet
{
  public:
    InterfaceSet() = default;

    InterfaceSet(InterfaceSet&& other) noexcept
        : m_word(std::exchange(other.m_word, 0))
    {
    }

    InterfaceSet(const InterfaceSet& other)
        : m_word(other.IsSpilled() ? Tag(new Words(other.GetWords())) : other.m_word)
    {
    }

    InterfaceSet& operator=(InterfaceSet other) noexcept
    {
        std::swap(m_word, other.m_word);
        return *this;
    }

    InterfaceSet(std::initializer_list<uint32_t> interfaces)
    {
        for (uint32_t interface : interfaces)
        {
            Add(interface);
        }
    }

    ~InterfaceSet()
    {
        Clear();
    }

    void Add(uint32_t interface)
    {
        if (interface >= INLINE_SIZE && !IsSpilled())
        {
            Spill();
        }
        MakeWord(interface / 64) |= uint64_t(1) << (interface % 64);
    }

    void Remove(uint32_t interface)
    {
        if (Contains(interface))
        {
            MakeWord(interface / 64) &= ~(uint64_t(1) << (interface % 64));
            Trim();
        }
    }

    void Clear()
    {
        if (IsSpilled())
        {
            delete &GetWords();
        }
        m_word = 0;
    }

    bool Contains(uint32_t interface) const
    {
        return interface / 64 < GetWordCount() &&
               (GetWord(interface / 64) >> (interface % 64) & 1) != 0;
    }

    bool IsEmpty() const
    {
        return m_word == 0;
    }

    uint32_t GetSize() const
    {
        uint32_t size = 0;
        for (std::size_t i = 0; i < GetWordCount(); ++i)
        {
            size += __builtin_popcountll(GetWord(i));
        }
        return size;
    }

    /** Calls f(interface) for each member in ascending order. */
    template <typename F>
    void ForEach(F f) const
    {
        for (std::size_t i = 0; i < GetWordCount(); ++i)
        {
            for (uint64_t word = GetWord(i); word != 0; word &= word - 1)
            {
                f(static_cast<uint32_t>(i * 64 + __builtin_ctzll(word)));
            }
        }
    }

    /** \returns a hash of the members. */
    uint64_t GetHash() const
    {
        uint64_t hash = 0;
        for (std::size_t i = 0; i < GetWordCount(); ++i)
        {
            hash = MixHash(hash ^ GetWord(i));
        }
        return hash;
    }

    /** Union, RFC 7761's (+). */
    InterfaceSet& operator+=(const InterfaceSet& other)
    {
        if (other.IsSpilled() && !IsSpilled())
        {
            Spill();
        }
        for (std::size_t i = other.GetWordCount(); i-- > 0;)
        {
            MakeWord(i) |= other.GetWord(i);
        }
        return *this;
    }

    /** Difference, RFC 7761's (-). */
    InterfaceSet& operator-=(const InterfaceSet& other)
    {
        for (std::size_t i = 0; i < GetWordCount() && i < other.GetWordCount(); ++i)
        {
            MakeWord(i) &= ~other.GetWord(i);
        }
        Trim();
        return *this;
    }

    friend InterfaceSet operator+(InterfaceSet a, const InterfaceSet& b)
    {
        return a += b;
    }

    friend InterfaceSet operator-(InterfaceSet a, const InterfaceSet& b)
    {
        return a -= b;
    }

    friend bool operator==(const InterfaceSet& a, const InterfaceSet& b)
    {
        return a.m_word == b.m_word ||
               (a.IsSpilled() && b.IsSpilled() && a.GetWords() == b.GetWords());
    }

    friend bool operator!=(const InterfaceSet& a, const InterfaceSet& b)
    {
        return !(a == b);
    }

    /** Prints the members with a space between: "1 4 70". */
    friend std::ostream& operator<<(std::ostream& os, const InterfaceSet& set)
    {
        const char* separator = "";
        set.ForEach([&](uint32_t interface) {
            os << separator << interface;
            separator = " ";
        });
        return os;
    }

  private:
    using Words = std::vector<uint64_t>;

    static constexpr uint32_t INLINE_SIZE = 63;
    /** Set: the other bits are the address of Words, with at least one member beyond 62. */
    static constexpr uint64_t SPILLED = uint64_t(1) << 63;

    static uint64_t Tag(Words* words)
    {
        return reinterpret_cast<uintptr_t>(words) | SPILLED;
    }

    bool IsSpilled() const
    {
        return (m_word & SPILLED) != 0;
    }

    Words& GetWords() const
    {
        // A word is an address or members, and nothing else is to be as small.
        // NOLINTNEXTLINE(performance-no-int-to-ptr)
        return *reinterpret_cast<Words*>(static_cast<uintptr_t>(m_word & ~SPILLED));
    }

    void Spill()
    {
        m_word = Tag(new Words{m_word});
    }

    std::size_t GetWordCount() const
    {
        return IsSpilled() ? GetWords().size() : 1;
    }

    /** \param i below GetWordCount() */
    uint64_t GetWord(std::size_t i) const
    {
        return IsSpilled() ? GetWords()[i] : m_word;
    }

    /** \param i 0 unless the set is spilled */
    uint64_t& MakeWord(std::size_t i)
    {
        if (!IsSpilled())
        {
            return m_word;
        }
        Words& words = GetWords();
        words.resize(std::max(words.size(), i + 1), 0);
        return words[i];
    }

    /** After a removal: goes back to one word when that is enough, so that equal sets look equal. */
    void Trim()
    {
        if (!IsSpilled())
        {
            return;
        }
        Words& words = GetWords();
        while (words.size() > 1 && words.back() == 0)
        {
            words.pop_back();
        }
        if (words.size() == 1 && (words[0] & SPILLED) == 0)
        {
            const uint64_t word = words[0];
            Clear();
            m_word = word;
        }
    }

    uint64_t m_word{0}; //!< bit i stands for interface i, unless SPILLED
};

} // namespace ns3

#endif
