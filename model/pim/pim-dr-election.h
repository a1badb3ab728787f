// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.3.2: the election of a link's Designated Router.
#ifndef VXLAN_MULTICAST_PIM_DR_ELECTION_H
#define VXLAN_MULTICAST_PIM_DR_ELECTION_H

#include "ns3/ipv4-address.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{

/** A router of the link. */
struct PimDrCandidate
{
    Ipv4Address address;              //!< the primary one
    std::optional<uint32_t> priority; //!< of its DR Priority option; none: it sends no such option
};

/**
 * DR(I) with dr_is_better(a,b,I): the highest priority, then the highest address; the address alone
 * where any router of the link sends no priority.
 * \param candidates this router and its neighbours; at least one
 */
Ipv4Address ElectPimDr(const std::vector<PimDrCandidate>& candidates);

} // namespace ns3

#endif
