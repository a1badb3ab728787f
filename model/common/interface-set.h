// SPDX-License-Identifier: GPL-2.0-only
// A set of interface numbers of any size: spines have more than the 32 ports that Linux stops at.
#ifndef VXLAN_MULTICAST_INTERFACE_SET_H
#define VXLAN_MULTICAST_INTERFACE_SET_H

#include <boost/container/small_vector.hpp>

#include <cstdint>
#include <initializer_list>
#include <ostream>

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
    // Copied, not moved: small_vector's move makes GCC 12 warn of bytes that are never read.
    InterfaceSet(const InterfaceSet&) = default;
    InterfaceSet& operator=(const InterfaceSet&) = default;

    InterfaceSet(std::initializer_list<uint32_t> interfaces)
    {
        for (uint32_t interface : interfaces)
        {
            Add(interface);
        }
    }

    void Add(uint32_t interface)
    {
        if (interface / 64 >= m_words.size())
        {
            m_words.resize(interface / 64 + 1, 0);
        }
        m_words[interface / 64] |= uint64_t(1) << (interface % 64);
    }

    void Remove(uint32_t interface)
    {
        if (interface / 64 < m_words.size())
        {
            m_words[interface / 64] &= ~(uint64_t(1) << (interface % 64));
            Trim();
        }
    }

    void Clear()
    {
        m_words.clear();
    }

    bool Contains(uint32_t interface) const
    {
        return interface / 64 < m_words.size() && (m_words[interface / 64] >> (interface % 64)) & 1;
    }

    bool IsEmpty() const
    {
        return m_words.empty();
    }

    uint32_t GetSize() const
    {
        uint32_t size = 0;
        for (uint64_t word : m_words)
        {
            size += __builtin_popcountll(word);
        }
        return size;
    }

    /** Calls f(interface) for each member in ascending order. */
    template <typename F>
    void ForEach(F f) const
    {
        for (std::size_t i = 0; i < m_words.size(); ++i)
        {
            for (uint64_t word = m_words[i]; word != 0; word &= word - 1)
            {
                f(static_cast<uint32_t>(i * 64 + __builtin_ctzll(word)));
            }
        }
    }

    /** Union, RFC 7761's (+). */
    InterfaceSet& operator+=(const InterfaceSet& other)
    {
        if (m_words.size() < other.m_words.size())
        {
            m_words.resize(other.m_words.size(), 0);
        }
        for (std::size_t i = 0; i < other.m_words.size(); ++i)
        {
            m_words[i] |= other.m_words[i];
        }
        return *this;
    }

    /** Difference, RFC 7761's (-). */
    InterfaceSet& operator-=(const InterfaceSet& other)
    {
        for (std::size_t i = 0; i < m_words.size() && i < other.m_words.size(); ++i)
        {
            m_words[i] &= ~other.m_words[i];
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
        return a.m_words == b.m_words;
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
    void Trim()
    {
        while (!m_words.empty() && m_words.back() == 0)
        {
            m_words.pop_back();
        }
    }

    /** Bit i of word w stands for interface 64 w + i; the last word is never 0. */
    boost::container::small_vector<uint64_t, 1> m_words;
};

} // namespace ns3

#endif
