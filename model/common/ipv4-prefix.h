// SPDX-License-Identifier: GPL-2.0-only
// An IPv4 prefix: the one type for destinations, group ranges, networks and RP mappings.
// Header only, and it keeps host-order numbers, so that code without ns-3's libraries may use it.
#ifndef VXLAN_MULTICAST_IPV4_PREFIX_H
#define VXLAN_MULTICAST_IPV4_PREFIX_H

#include "ns3/ipv4-address.h"

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <ostream>
#include <string>

namespace ns3
{

/** An IPv4 prefix; bits beyond its length are 0. */
class Ipv4Prefix
{
  public:
    static constexpr uint8_t MAX_LENGTH = 32;

    /** All addresses, 0.0.0.0/0. */
    constexpr Ipv4Prefix() = default;

    /**
     * \param bits an address within the prefix, in host order
     * \param length the mask length, 0 to 32; longer counts as 32
     */
    constexpr Ipv4Prefix(uint32_t bits, uint8_t length)
        : m_bits(bits & MaskBits(length)),
          m_length(length < MAX_LENGTH ? length : MAX_LENGTH)
    {
    }

    /** \param length the mask length, 0 to 32; longer counts as 32 */
    Ipv4Prefix(Ipv4Address address, uint8_t length)
        : Ipv4Prefix(address.Get(), length)
    {
    }

    /**
     * \param maskBits a mask from outside, in host order; since ns-3.48 an Ipv4Mask cannot have holes
     * \returns the prefix that the mask cuts, or nothing if it has holes.
     */
    static std::optional<Ipv4Prefix> FromMask(Ipv4Address address, uint32_t maskBits)
    {
        const uint32_t host = ~maskBits;
        if ((host & (host + 1)) != 0)
        {
            return std::nullopt;
        }
        return Ipv4Prefix(address, static_cast<uint8_t>(std::bitset<32>(maskBits).count()));
    }

    /** \returns the prefix that \p mask cuts, or nothing if the mask has holes. */
    static std::optional<Ipv4Prefix> FromMask(Ipv4Address address, Ipv4Mask mask)
    {
        return FromMask(address, mask.Get());
    }

    /** \returns the prefix of one address. */
    static Ipv4Prefix Host(Ipv4Address address)
    {
        return Ipv4Prefix(address, MAX_LENGTH);
    }

    constexpr uint32_t GetBits() const
    {
        return m_bits;
    }

    constexpr uint8_t GetLength() const
    {
        return m_length;
    }

    constexpr uint32_t GetMaskBits() const
    {
        return MaskBits(m_length);
    }

    Ipv4Address GetAddress() const
    {
        return Ipv4Address(m_bits);
    }

    Ipv4Mask GetMask() const
    {
        return Ipv4Mask(GetMaskBits());
    }

    constexpr bool Contains(uint32_t bits) const
    {
        return (bits & GetMaskBits()) == m_bits;
    }

    bool Contains(Ipv4Address address) const
    {
        return Contains(address.Get());
    }

    /** \returns true when each address of \p other is one of this prefix. */
    constexpr bool Contains(const Ipv4Prefix& other) const
    {
        return other.m_length >= m_length && Contains(other.m_bits);
    }

    constexpr bool Overlaps(const Ipv4Prefix& other) const
    {
        return Contains(other) || other.Contains(*this);
    }

    /** \returns "239.0.0.0/8". */
    std::string ToString() const
    {
        std::string text;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            text += std::to_string(m_bits >> shift & 0xff) + (shift > 0 ? '.' : '/');
        }
        return text + std::to_string(m_length);
    }

    friend constexpr bool operator==(const Ipv4Prefix& a, const Ipv4Prefix& b)
    {
        return a.m_bits == b.m_bits && a.m_length == b.m_length;
    }

    friend constexpr bool operator!=(const Ipv4Prefix& a, const Ipv4Prefix& b)
    {
        return !(a == b);
    }

    /** By address, then the shorter mask first. */
    friend constexpr bool operator<(const Ipv4Prefix& a, const Ipv4Prefix& b)
    {
        return a.m_bits != b.m_bits ? a.m_bits < b.m_bits : a.m_length < b.m_length;
    }

    friend std::ostream& operator<<(std::ostream& os, const Ipv4Prefix& prefix)
    {
        return os << prefix.ToString();
    }

  private:
    static constexpr uint32_t MaskBits(uint8_t length)
    {
        return length == 0            ? 0
               : length >= MAX_LENGTH ? ~uint32_t(0)
                                      : ~uint32_t(0) << (MAX_LENGTH - length);
    }

    uint32_t m_bits{0};
    uint8_t m_length{0};
};

} // namespace ns3

#endif
