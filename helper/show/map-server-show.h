// SPDX-License-Identifier: GPL-2.0-only
// The mapping system as seen from outside: layout after Cisco's `show lisp … map-cache`.
#ifndef VXLAN_MULTICAST_MAP_SERVER_SHOW_H
#define VXLAN_MULTICAST_MAP_SERVER_SHOW_H

#include "ns3/node.h"

#include <ostream>

namespace ns3
{

/** `map-cache`: a VTEP's cache by instance; on a map server its registrations. */
void ShowMapCache(std::ostream& os, Ptr<Node> node);

} // namespace ns3

#endif
