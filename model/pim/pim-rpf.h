// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1.5: RPF_interface and MRIB.next_hop, chosen among equal-cost next hops. Departure:
// the RFC leaves the choice open; here a next hop that is no PIM neighbor is chosen only where none
// of them is, so that RPF' = NBR(RPF_interface, MRIB.next_hop) exists wherever it can.
#ifndef VXLAN_MULTICAST_PIM_RPF_H
#define VXLAN_MULTICAST_PIM_RPF_H

#include "ns3/ipv4-address.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{

class PimEnvironment;
class PimNeighborTable;

/** The path to an address that the MRIB gives. */
struct PimRpf
{
    uint32_t interface = 0;                     //!< RPF_interface
    Ipv4Address nextHop{Ipv4Address::GetAny()}; //!< the address itself when it is on the link
    uint32_t metric{0};                         //!< MRIB.metric
    uint32_t preference{0};                     //!< MRIB.pref
    bool onLink{false}; //!< the target is on the link; a neighbour's own address may not be
};

/**
 * Looks up the path to \p target, a source, an RP or a BSR.
 * \param source the source of the tree; any on the path to an RP or BSR
 * \param group the group, which with \p source decides between equal costs; any for a BSR
 * \returns nothing when there is no route
 */
std::optional<PimRpf> FindPimRpf(PimEnvironment& environment,
                                 const PimNeighborTable& neighbors,
                                 Ipv4Address target,
                                 Ipv4Address source = Ipv4Address::GetAny(),
                                 Ipv4Address group = Ipv4Address::GetAny());

/**
 * Looks up the paths to an RP, of which RpfEcmp may choose another one for each group.
 * \returns one path, unless a hash of the group chooses among several
 */
std::vector<PimRpf> FindPimRpfOfAllGroups(PimEnvironment& environment,
                                          const PimNeighborTable& neighbors,
                                          Ipv4Address target);

} // namespace ns3

#endif
