// SPDX-License-Identifier: GPL-2.0-only
// Gives addresses, interface names and router ids to whatever the user left without.
#ifndef VXLAN_MULTICAST_TOPOLOGY_NUMBERING_H
#define VXLAN_MULTICAST_TOPOLOGY_NUMBERING_H

#include "ns3/topology-builder.h"
#include "ns3/topology-graph.h"

namespace ns3
{

/**
 * Networks take, in order, the next free prefix from 10.0.0.0/8, as small as holds their members;
 * nodes take the lowest free host addresses in it, in file order; interfaces are eth0, eth1, … in
 * file order; a router id is the node's highest address that no other node has. What is given
 * stays. Afterwards a node's attachments are in the order of its interfaces' names.
 * \throws TopologyError when a network has no room, or an address is given in a network without one
 */
void NumberTopology(TopologyGraph& graph, const TopologyLines& lines);

} // namespace ns3

#endif
