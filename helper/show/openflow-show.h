// SPDX-License-Identifier: GPL-2.0-only
// A switch as seen from outside: layout and wording after Open vSwitch's commands.
#ifndef VXLAN_MULTICAST_OPENFLOW_SHOW_H
#define VXLAN_MULTICAST_OPENFLOW_SHOW_H

#include "ns3/node.h"

#include <ostream>

namespace ns3
{

/** `ovs-vsctl show`: bridge, controller, ports and interfaces. */
void ShowOvsVsctl(std::ostream& os, Ptr<Node> node);

/** `ovs-ofctl -O OpenFlow13 dump-flows`: the flow table by falling priority. */
void ShowOvsFlows(std::ostream& os, Ptr<Node> node);

} // namespace ns3

#endif
