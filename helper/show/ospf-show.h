// SPDX-License-Identifier: GPL-2.0-only
// What xorpsh prints of OSPF: `show ospf4 neighbor`, `show ospf4 database`,
// `show route table ipv4 unicast ospf`.
#ifndef VXLAN_MULTICAST_OSPF_SHOW_H
#define VXLAN_MULTICAST_OSPF_SHOW_H

#include "ns3/node.h"

#include <ostream>

namespace ns3
{

/** `show ospf4 neighbor`; one line of explanation where OSPF does not run. */
void ShowOspfNeighbor(std::ostream& os, Ptr<Node> node);
/** `show ospf4 database`: one table per area. */
void ShowOspfDatabase(std::ostream& os, Ptr<Node> node);
/** `show route table ipv4 unicast ospf`. */
void ShowOspfRouteTable(std::ostream& os, Ptr<Node> node);

} // namespace ns3

#endif
