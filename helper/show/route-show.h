// SPDX-License-Identifier: GPL-2.0-only
// What iproute2 prints of unicast routes: `ip route`.
#ifndef VXLAN_MULTICAST_ROUTE_SHOW_H
#define VXLAN_MULTICAST_ROUTE_SHOW_H

#include "ns3/node.h"

#include <ostream>

namespace ns3
{

/**
 * Prints the routes of a node as `ip route` does. A node whose routing protocol is no UnicastRib (a
 * tenant's) shows its connected networks alone.
 */
void ShowIpRoute(std::ostream& os, Ptr<Node> node);

} // namespace ns3

#endif
