// SPDX-License-Identifier: GPL-2.0-only
// What xorpsh prints of OSPF: `show ospf4 neighbor`, `show ospf4 database`,
// `show route table ipv4 unicast ospf`.
#ifndef VXLAN_MULTICAST_OSPF_SHOW_H
#define VXLAN_MULTICAST_OSPF_SHOW_H

#include "ns3/node.h"

#include <string>

namespace ns3
{

/** \returns the output of `show ospf4 neighbor`; a line that says so where OSPF does not run. */
std::string ShowOspfNeighbor(Ptr<Node> node);
/** \returns the output of `show ospf4 database`: one table per area. */
std::string ShowOspfDatabase(Ptr<Node> node);
/** \returns the output of `show route table ipv4 unicast ospf`. */
std::string ShowOspfRouteTable(Ptr<Node> node);

} // namespace ns3

#endif
