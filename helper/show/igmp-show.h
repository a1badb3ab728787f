// SPDX-License-Identifier: GPL-2.0-only
// What xorpsh prints of IGMP: `show igmp group`, `show igmp interface`.
#ifndef VXLAN_MULTICAST_IGMP_SHOW_H
#define VXLAN_MULTICAST_IGMP_SHOW_H

#include "ns3/ipv4-address.h"
#include "ns3/node.h"

#include <ostream>

namespace ns3
{

/**
 * `show igmp group`: a line per group, then one per source. State I (INCLUDE) or E (EXCLUDE), of a
 * source F (forwarded) or D (not forwarded); timeouts in whole seconds. A node without IGMP shows
 * the headings alone. \param group only this one; any: all
 */
void ShowIgmpGroup(std::ostream& os, Ptr<Node> node, Ipv4Address group = Ipv4Address::GetAny());

/**
 * `show igmp interface`: a line per interface with a querier; Timeout is that of another querier.
 */
void ShowIgmpInterface(std::ostream& os, Ptr<Node> node);

} // namespace ns3

#endif
