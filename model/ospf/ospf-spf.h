// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §16.1: the shortest-path tree of one area, by Boost.Graph's Dijkstra, with all
// equal-cost next hops. Departure: no virtual links, so no TransitCapability.
#ifndef VXLAN_MULTICAST_OSPF_SPF_H
#define VXLAN_MULTICAST_OSPF_SPF_H

#include "ns3/ipv4-prefix.h"
#include "ns3/ospf-lsdb.h"
#include "ns3/ospf-network-paths.h"

#include <boost/container/flat_map.hpp>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace ns3
{

/** An interface out of this router: what the root's own links stand for (§16.1.1). */
struct OspfLocalLink
{
    uint32_t interface = 0;
    Ipv4Address address{Ipv4Address::GetAny()}; //!< the Link Data of the router-LSA
    OspfId neighborId{
        Ipv4Address::GetAny()}; //!< the fully adjacent neighbour of a point-to-point network
    Ipv4Address neighborAddress{Ipv4Address::GetAny()}; //!< and its address
    /** In place of the metric in the router-LSA, which RFC 6987 raises for others only. */
    std::optional<uint16_t> cost{};
};

/** A table in one piece, sorted by its key: every router has a route to every network. */
template <typename Key, typename Value>
using OspfFlatTable =
    boost::container::flat_map<Key, Value, std::less<Key>, std::vector<std::pair<Key, Value>>>;

/** A router of the area (§11: destination type "router"). */
struct OspfRouterPath
{
    OspfPath path;
    bool areaBorder{false}; //!< bit B
    bool asBoundary{false}; //!< bit E
};

/** What one area's calculation gives. */
struct OspfAreaRoutes
{
    OspfNetworkPaths networks;
    /** Area border and AS boundary routers by router id, without the root itself (§16.1 step 4). */
    OspfFlatTable<OspfId, OspfRouterPath> routers;
};

/**
 * Runs §16.1 on an area.
 * \param lsdb the area's database
 * \param root the router id of the calculating router
 * \param links its usable links into the area; a link of its router-LSA that matches none is left
 * out
 */
OspfAreaRoutes CalculateOspfArea(const OspfLsdb& lsdb,
                                 OspfId root,
                                 const std::vector<OspfLocalLink>& links);

} // namespace ns3

#endif
