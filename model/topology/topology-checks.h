// SPDX-License-Identifier: GPL-2.0-only
// What must hold of a topology before anything runs on it.
#ifndef VXLAN_MULTICAST_TOPOLOGY_CHECKS_H
#define VXLAN_MULTICAST_TOPOLOGY_CHECKS_H

#include "ns3/topology-builder.h"
#include "ns3/topology-graph.h"

namespace ns3
{

/**
 * Names are unique, given networks do not overlap, the graph is connected.
 * \throws TopologyError
 */
void CheckShape(const TopologyGraph& graph, const TopologyLines& lines);

/**
 * After numbering: addresses lie in their networks and are unique, so are interface names on a node
 * and router ids; candidates' interfaces exist.
 * \throws TopologyError
 */
void CheckNumbers(const TopologyGraph& graph, const TopologyLines& lines);

} // namespace ns3

#endif
