// SPDX-License-Identifier: GPL-2.0-only
// What a node's BGP speaker holds, as rows for tables: evpn.csv and neighbors.csv, without the
// columns snapshot, time_s and node.
#ifndef VXLAN_MULTICAST_EVPN_ROWS_H
#define VXLAN_MULTICAST_EVPN_ROWS_H

#include "ns3/ipv4-address.h"
#include "ns3/mac48-address.h"
#include "ns3/node.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** A path of an EVPN route: evpn.csv. */
struct EvpnRouteRow
{
    uint8_t type{0}; //!< 2 or 3
    std::string rd;
    std::optional<Mac48Address> mac; //!< none in type 3
    std::optional<Ipv4Address> ip;   //!< of the host (type 2), or the originating VTEP (type 3)
    Ipv4Address nextHop{Ipv4Address::GetAny()};
    uint32_t label{0};               //!< the VNI; of type 3 that of the PMSI Tunnel attribute
    uint32_t sequence{0};            //!< of MAC Mobility
    std::optional<Ipv4Address> from; //!< router id of the peer; none: this speaker's own
    bool isBest{false};
};

/** Who has an IP address of a VNI: neighbors.csv. */
struct EvpnNeighborRow
{
    uint32_t vni{0};
    Ipv4Address ip{Ipv4Address::GetAny()};
    Mac48Address mac;
    std::optional<Ipv4Address> vtep; //!< none: on this side
};

/** \returns every path that the node's speaker holds, by route and peer; none while it is stopped.
 */
std::vector<EvpnRouteRow> GetEvpnRouteRows(Ptr<Node> node);
/** \returns what ARP suppression answers from, and this side's addresses, by VNI and address. */
std::vector<EvpnNeighborRow> GetEvpnNeighborRows(Ptr<Node> node);

} // namespace ns3

#endif
