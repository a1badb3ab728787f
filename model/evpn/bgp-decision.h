// SPDX-License-Identifier: GPL-2.0-only
// RFC 4271 §9.1 as far as internal peers need it, RFC 4456 §9, RFC 7432 §15: which of several
// routes to the same destination is the best.
#ifndef VXLAN_MULTICAST_BGP_DECISION_H
#define VXLAN_MULTICAST_BGP_DECISION_H

#include "ns3/bgp-path-attributes.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{

/** A route in the decision process. */
struct BgpCandidate
{
    const BgpPathAttributes* attributes{nullptr};
    bool isOwn{false};              //!< originated by this speaker
    std::optional<uint32_t> metric; //!< towards the next hop; none: not resolvable
    uint32_t identifier{0};         //!< of the peer it came from
    uint32_t address{0};            //!< of that peer
};

/** Nothing is feasible. */
constexpr std::size_t BGP_NO_ROUTE = static_cast<std::size_t>(-1);

/**
 * Eliminates candidates step by step, as §9.1.2.2 does: own routes first (their degree of
 * preference, §9.1.1), then the highest MAC Mobility sequence, LOCAL_PREF, and the steps a to g.
 * \returns the index of the best, or BGP_NO_ROUTE
 */
std::size_t SelectBestBgpRoute(const std::vector<BgpCandidate>& candidates);

} // namespace ns3

#endif
