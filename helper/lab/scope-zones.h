// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059 §1.3: the admin-scope zones of a topology, as the borders on its interfaces cut it.
#ifndef VXLAN_MULTICAST_SCOPE_ZONES_H
#define VXLAN_MULTICAST_SCOPE_ZONES_H

#include "ns3/topology-graph.h"

#include <cstddef>
#include <vector>

namespace ns3
{

/**
 * \returns the ranges whose zones the router lies in: it, or another router that it reaches without
 * crossing such a border, is a border of the range. Ascending.
 */
std::vector<Ipv4Prefix> FindScopeZones(const TopologyGraph& graph, std::size_t router);

} // namespace ns3

#endif
