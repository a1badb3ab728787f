// SPDX-License-Identifier: GPL-2.0-only
// The key `msdp` of a vertex: MSDP peerings (RFC 3618), written as
// `10.255.0.101 > 10.255.0.102 mesh=A in=PREFIX out=PREFIX`, several with `;` between.
#ifndef VXLAN_MULTICAST_TOPOLOGY_MSDP_H
#define VXLAN_MULTICAST_TOPOLOGY_MSDP_H

#include "ns3/ipv4-prefix.h"
#include "ns3/topology-address.h"

#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** A peering. */
struct MsdpPeerSpec
{
    TopologyAddress local{0};
    TopologyAddress peer{0};
    std::string meshGroup; //!< empty: none
    /** Of groups or of sources, as their addresses are; none of a kind: all pass. */
    std::vector<Ipv4Prefix> in;
    std::vector<Ipv4Prefix> out;
};

/** \returns the peerings written as \p text, or nothing. */
std::optional<std::vector<MsdpPeerSpec>> ParseMsdpPeers(const std::string& text);

} // namespace ns3

#endif
