// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328: router ids, area ids and Link State IDs look like addresses, but are 32-bit numbers
// (and stay so in OSPFv3, RFC 5340, where addresses are longer). A type of their own keeps them
// apart.
#ifndef VXLAN_MULTICAST_OSPF_ID_H
#define VXLAN_MULTICAST_OSPF_ID_H

#include "ns3/ipv4-address.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <ostream>

namespace ns3
{

/** A router id, area id or Link State ID; 0 is none, and as an area id the backbone. */
class OspfId
{
  public:
    static const OspfId BACKBONE; //!< the area 0.0.0.0

    constexpr OspfId() = default;

    explicit constexpr OspfId(uint32_t number)
        : m_number(number)
    {
    }

    /** \param dottedQuad an id written, configured or, for a Link State ID, meant as an address */
    explicit OspfId(Ipv4Address dottedQuad)
        : m_number(dottedQuad.Get())
    {
    }

    constexpr uint32_t Get() const
    {
        return m_number;
    }

    /** \returns the address that a Link State ID is (§12.1.4). */
    Ipv4Address ToAddress() const
    {
        return Ipv4Address(m_number);
    }

    constexpr bool IsZero() const
    {
        return m_number == 0;
    }

    friend constexpr bool operator==(OspfId a, OspfId b)
    {
        return a.m_number == b.m_number;
    }

    friend constexpr bool operator!=(OspfId a, OspfId b)
    {
        return a.m_number != b.m_number;
    }

    friend constexpr bool operator<(OspfId a, OspfId b)
    {
        return a.m_number < b.m_number;
    }

    friend constexpr bool operator>(OspfId a, OspfId b)
    {
        return b < a;
    }

    /** Prints a dotted quad. */
    friend std::ostream& operator<<(std::ostream& os, OspfId id)
    {
        return os << id.ToAddress();
    }

  private:
    uint32_t m_number{0};
};

inline constexpr OspfId OspfId::BACKBONE{};

} // namespace ns3

/// \cond STD_NAMESPACE
template <>
struct std::hash<ns3::OspfId>
{
    std::size_t operator()(ns3::OspfId id) const noexcept
    {
        return id.Get();
    }
};
/// \endcond

#endif
