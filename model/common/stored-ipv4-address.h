// SPDX-License-Identifier: GPL-2.0-only
// ns-3's Ipv4Address takes eight bytes, and is made and read by calls into its library. State of
// which there are a hundred thousand entries keeps addresses as the 32 bits that they are.
#ifndef VXLAN_MULTICAST_STORED_IPV4_ADDRESS_H
#define VXLAN_MULTICAST_STORED_IPV4_ADDRESS_H

#include "ns3/ipv4-address.h"

#include <cstdint>

namespace ns3
{

/** An Ipv4Address in four bytes; 0.0.0.0 at first. Everywhere else it is one. */
class StoredIpv4Address
{
  public:
    constexpr StoredIpv4Address() = default;

    StoredIpv4Address(Ipv4Address address)
        : m_bits(address.Get())
    {
    }

    operator Ipv4Address() const
    {
        return Ipv4Address(m_bits);
    }

    /** \param bits in host order */
    static constexpr StoredIpv4Address FromBits(uint32_t bits)
    {
        StoredIpv4Address address;
        address.m_bits = bits;
        return address;
    }

    /** \returns the address in host order. */
    constexpr uint32_t Get() const
    {
        return m_bits;
    }

    /** \returns whether it is 0.0.0.0: none, or any. */
    constexpr bool IsAny() const
    {
        return m_bits == 0;
    }

    constexpr bool IsMulticast() const
    {
        return m_bits >> 28 == 0xe;
    }

    /** \returns whether it is in 224.0.0.0/24, of which nothing is routed. */
    constexpr bool IsLocalMulticast() const
    {
        return m_bits >> 8 == 0xe00000;
    }

    friend constexpr bool operator==(StoredIpv4Address a, StoredIpv4Address b)
    {
        return a.m_bits == b.m_bits;
    }

    friend constexpr bool operator!=(StoredIpv4Address a, StoredIpv4Address b)
    {
        return a.m_bits != b.m_bits;
    }

    // Without these either could be converted into the other.
    friend bool operator==(StoredIpv4Address a, Ipv4Address b)
    {
        return a == StoredIpv4Address(b);
    }

    friend bool operator==(Ipv4Address a, StoredIpv4Address b)
    {
        return StoredIpv4Address(a) == b;
    }

    friend bool operator!=(StoredIpv4Address a, Ipv4Address b)
    {
        return a != StoredIpv4Address(b);
    }

    friend bool operator!=(Ipv4Address a, StoredIpv4Address b)
    {
        return StoredIpv4Address(a) != b;
    }

  private:
    uint32_t m_bits{0};
};

} // namespace ns3

#endif
