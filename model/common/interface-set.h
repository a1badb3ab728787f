// SPDX-License-Identifier: GPL-2.0-only
// A set of interface numbers of any size: spines have more than the 32 ports that Linux stops at.
#ifndef VXLAN_MULTICAST_INTERFACE_SET_H
#define VXLAN_MULTICAST_INTERFACE_SET_H

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <ostream>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * A bit set of interface indices (ns-3's Ipv4 interface numbers), unbounded, with the set algebra
 * that RFC 7761 writes as (+) and (-). The first 64 interfaces need no allocation.
 */
class InterfaceSet
{
  public:
    InterfaceSet() = default;
    InterfaceSet(InterfaceSet&&) noexcept = default;

    InterfaceSet(const InterfaceSet& other)
        : m_first(other.m_first),
          m_rest(other.m_rest ? std::make_unique<Words>(*other.m_rest) : nullptr)
    {
    }

    InterfaceSet& operator=(InterfaceSet other) noexcept
    {
        m_first = other.m_first;
        m_rest = std::move(other.m_rest);
        return *this;
    }

    InterfaceSet(std::initializer_list<uint32_t> interfaces)
    {
        for (uint32_t interface : interfaces)
        {
            Add(interface);
        }
    }

    void Add(uint32_t interface)
    {
        MakeWord(interface / 64) |= uint64_t(1) << (interface % 64);
    }

    void Remove(uint32_t interface)
    {
        if (interface / 64 < GetWordCount())
        {
            MakeWord(interface / 64) &= ~(uint64_t(1) << (interface % 64));
            Trim();
        }
    }

    void Clear()
    {
        m_first = 0;
        m_rest.reset();
    }

    bool Contains(uint32_t interface) const
    {
        return interface / 64 < GetWordCount() &&
               (GetWord(interface / 64) >> (interface % 64) & 1) != 0;
    }

    bool IsEmpty() const
    {
        return m_first == 0 && !m_rest;
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

    /** Union, RFC 7761's (+). */
    InterfaceSet& operator+=(const InterfaceSet& other)
    {
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
        return a.m_first == b.m_first && !a.m_rest == !b.m_rest &&
               (!a.m_rest || *a.m_rest == *b.m_rest);
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

    std::size_t GetWordCount() const
    {
        return m_rest ? m_rest->size() + 1 : 1;
    }

    /** \param i below GetWordCount() */
    uint64_t GetWord(std::size_t i) const
    {
        return i == 0 ? m_first : (*m_rest)[i - 1];
    }

    uint64_t& MakeWord(std::size_t i)
    {
        if (i == 0)
        {
            return m_first;
        }
        if (!m_rest)
        {
            m_rest = std::make_unique<Words>();
        }
        m_rest->resize(std::max(m_rest->size(), i), 0);
        return (*m_rest)[i - 1];
    }

    void Trim()
    {
        while (m_rest && !m_rest->empty() && m_rest->back() == 0)
        {
            m_rest->pop_back();
        }
        if (m_rest && m_rest->empty())
        {
            m_rest.reset();
        }
    }

    /** Bit i of word w stands for interface 64 w + i. */
    uint64_t m_first{0};           //!< word 0
    std::unique_ptr<Words> m_rest; //!< the others if there are any; the last is never 0
};

} // namespace ns3

#endif
