// SPDX-License-Identifier: GPL-2.0-only
// What iproute2 prints of VXLAN: `bridge fdb show` and `ip -d link show`.
#ifndef VXLAN_MULTICAST_VXLAN_SHOW_H
#define VXLAN_MULTICAST_VXLAN_SHOW_H

#include "ns3/node.h"

#include <ostream>
#include <string>

namespace ns3
{

/**
 * Prints the forwarding databases of a node's VXLAN devices as `bridge fdb show` does; learned
 * addresses in ascending order, the default destinations last.
 * \param device only this device: as `bridge fdb show dev DEVICE`
 * \param isNamed whether lines name that device, too: as `bridge fdb show DEVICE`
 */
void ShowBridgeFdb(std::ostream& os,
                   Ptr<Node> node,
                   const std::string& device = "",
                   bool isNamed = false);

/** \returns whether \p node has a VXLAN device called \p device. */
bool HasVxlanDevice(Ptr<Node> node, const std::string& device);

/**
 * Prints a node's devices as `ip -d link show` does. lo has index 1; the others follow in the order
 * in which they were put on the node. \param device only this device: as `ip -d link show DEVICE`;
 * one line says so if there is none
 */
void ShowLink(std::ostream& os, Ptr<Node> node, const std::string& device = "");

} // namespace ns3

#endif
