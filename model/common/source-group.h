// SPDX-License-Identifier: GPL-2.0-only
// Names a (S,G) or (*,G) entry: the one key of multicast state, in control and data plane.
#ifndef VXLAN_MULTICAST_SOURCE_GROUP_H
#define VXLAN_MULTICAST_SOURCE_GROUP_H

#include "ns3/ipv4-address.h"
#include "ns3/mix-hash.h"
#include "ns3/stored-ipv4-address.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <ostream>

namespace ns3
{

/**
 * A source and a group; source 0.0.0.0 stands for any, (*,G). Ordered by group, then source, so that
 * (*,G) comes before its (S,G). Both addresses are packed into one number: comparing ns-3's
 * Ipv4Address calls into its library.
 */
class SourceGroup
{
  public:
    constexpr SourceGroup() = default;

    /** Explicit: {group, source} in a call would pass unseen. */
    explicit SourceGroup(StoredIpv4Address source, StoredIpv4Address group)
        : m_bits(uint64_t(group.Get()) << 32 | source.Get())
    {
    }

    static SourceGroup StarG(StoredIpv4Address group)
    {
        return FromBits(uint64_t(group.Get()) << 32);
    }

    /** \param bits what GetBits gave */
    static constexpr SourceGroup FromBits(uint64_t bits)
    {
        SourceGroup key;
        key.m_bits = bits;
        return key;
    }

    Ipv4Address GetSource() const
    {
        return Ipv4Address(static_cast<uint32_t>(m_bits));
    }

    Ipv4Address GetGroup() const
    {
        return Ipv4Address(static_cast<uint32_t>(m_bits >> 32));
    }

    constexpr bool IsStarG() const
    {
        return static_cast<uint32_t>(m_bits) == 0;
    }

    /** \returns the (*,G) that an (S,G) belongs to. */
    constexpr SourceGroup ToStarG() const
    {
        return FromBits(m_bits & 0xffffffff00000000ULL);
    }

    /** \returns the key as one number, the group in the upper half; numbers order as keys do. */
    constexpr uint64_t GetBits() const
    {
        return m_bits;
    }

    friend constexpr bool operator==(const SourceGroup& a, const SourceGroup& b)
    {
        return a.m_bits == b.m_bits;
    }

    friend constexpr bool operator!=(const SourceGroup& a, const SourceGroup& b)
    {
        return a.m_bits != b.m_bits;
    }

    friend constexpr bool operator<(const SourceGroup& a, const SourceGroup& b)
    {
        return a.m_bits < b.m_bits;
    }

    /** Prints "(192.168.1.1,239.0.0.10)" or "(*,239.0.0.10)". */
    friend std::ostream& operator<<(std::ostream& os, const SourceGroup& key)
    {
        os << '(';
        if (key.IsStarG())
        {
            os << '*';
        }
        else
        {
            os << key.GetSource();
        }
        return os << ',' << key.GetGroup() << ')';
    }

  private:
    uint64_t m_bits{0};
};

} // namespace ns3

/// \cond STD_NAMESPACE
template <>
struct std::hash<ns3::SourceGroup>
{
    std::size_t operator()(const ns3::SourceGroup& key) const noexcept
    {
        return static_cast<std::size_t>(ns3::MixHash(key.GetBits()));
    }
};
/// \endcond

#endif
