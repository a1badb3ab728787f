// SPDX-License-Identifier: GPL-2.0-only
// IGMP as seen from outside: xorpsh's show commands, and the rows of igmp.csv.
#ifndef VXLAN_MULTICAST_IGMP_SHOW_H
#define VXLAN_MULTICAST_IGMP_SHOW_H

#include "ns3/igmp-protocol.h"
#include "ns3/node.h"

#include <ostream>
#include <string>
#include <vector>

namespace ns3
{

/**
 * `show igmp group`: a line per group, then one per source. State I (INCLUDE) or E (EXCLUDE), of a
 * source F (forwarded) or D (not forwarded); timeouts in whole seconds. A node without IGMP shows
 * the headings alone.
 */
void ShowIgmpGroup(std::ostream& os, Ptr<Node> node);

/** `show igmp interface`: a line per interface with a querier; Timeout is that of another querier.
 */
void ShowIgmpInterface(std::ostream& os, Ptr<Node> node);

/**
 * \param igmp that of \p node, or null: looking it up would change the order in which ns-3 starts
 *        the node's protocols
 * \returns the rows of igmp.csv after the columns snapshot and time_s: node, interface, group,
 *          filter_mode, sources (included ones, or in EXCLUDE mode excluded ones), last_reporter
 */
std::vector<std::vector<std::string>> GetIgmpRows(Ptr<Node> node, Ptr<IgmpProtocol> igmp);

} // namespace ns3

#endif
