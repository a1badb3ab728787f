// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 A.3.2, A.4.3 to A.4.5: a network mask as it stands in a packet.
#ifndef VXLAN_MULTICAST_OSPF_MASK_H
#define VXLAN_MULTICAST_OSPF_MASK_H

#include "ns3/ipv4-address.h"

#include <cstdint>

namespace ns3
{

/**
 * A mask that somebody sent. It may have holes, which ns3::Ipv4Mask refuses since ns-3.48: the program
 * would end.
 */
class OspfMask
{
  public:
    constexpr OspfMask() = default;

    explicit constexpr OspfMask(uint32_t bits)
        : m_bits(bits)
    {
    }

    /** Masks of this side are masks that may be sent. */
    OspfMask(Ipv4Mask mask)
        : m_bits(mask.Get())
    {
    }

    constexpr uint32_t Get() const
    {
        return m_bits;
    }

    friend constexpr bool operator==(OspfMask a, OspfMask b)
    {
        return a.m_bits == b.m_bits;
    }

    friend constexpr bool operator!=(OspfMask a, OspfMask b)
    {
        return a.m_bits != b.m_bits;
    }

  private:
    uint32_t m_bits{0};
};

} // namespace ns3

#endif
