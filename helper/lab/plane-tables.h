// SPDX-License-Identifier: GPL-2.0-only
// What controllers, switches and map servers of a lab know and count, as rows of tables.
#ifndef VXLAN_MULTICAST_PLANE_TABLES_H
#define VXLAN_MULTICAST_PLANE_TABLES_H

#include "ns3/control-messages.h"
#include "ns3/lab-network.h"
#include "ns3/state-rows.h"

#include <vector>

namespace ns3
{

/** \returns the flow table of the node's switch: flows.csv. */
std::vector<FlowRow> GetFlowRows(const LabNode& node);
/** \returns what a controller answers ARP requests from, a switch by its flows, a VTEP from its map
 * cache: rows of neighbors.csv. */
std::vector<NeighborRow> GetPlaneNeighborRows(const LabNode& node);
/** \returns the control messages of all planes on \p node since the start. */
ControlMessageCounts GetControlCounts(const LabNode& node);

} // namespace ns3

#endif
