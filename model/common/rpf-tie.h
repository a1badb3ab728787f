// SPDX-License-Identifier: GPL-2.0-only
// Which of several equal-cost next hops a join follows. Shared by pim/ and state-model/, so it
// knows neither ns-3 nor a table: addresses are host-order numbers.
#ifndef VXLAN_MULTICAST_RPF_TIE_H
#define VXLAN_MULTICAST_RPF_TIE_H

#include "ns3/mix-hash.h"

#include <cstddef>
#include <cstdint>

namespace ns3
{

/** How RPF chooses among equal-cost next hops (attribute ns3::PimSmRouting::RpfEcmp). */
enum class RpfEcmp
{
    HIGHEST, //!< the numerically highest next-hop address, as RFC 7761 suggests and most daemons do
    SG_HASH  //!< a hash of (S,G), or of G towards the RP, over the next hops sorted by address
};

/** A well-mixed 64-bit hash of a pair of addresses; the same on every router and platform. */
constexpr uint64_t
RpfHash(uint32_t source, uint32_t group)
{
    return MixHash(uint64_t(source) << 32 | group);
}

/**
 * \param mode the rule
 * \param count how many next hops there are, at least 1, sorted by ascending address
 * \param source the source, or 0 when the path is towards the RP
 * \param group the group
 * \returns the index of the chosen next hop
 */
constexpr std::size_t
SelectRpfNextHop(RpfEcmp mode, std::size_t count, uint32_t source, uint32_t group)
{
    return mode == RpfEcmp::HIGHEST ? count - 1
                                    : static_cast<std::size_t>(RpfHash(source, group) % count);
}

} // namespace ns3

#endif
