// SPDX-License-Identifier: GPL-2.0-only
// What a scenario's key `local` names on a node: an interface, or the address of one.
#ifndef VXLAN_MULTICAST_VTEP_INTERFACE_H
#define VXLAN_MULTICAST_VTEP_INTERFACE_H

#include "ns3/topology-graph.h"

#include <cstddef>
#include <string>

namespace ns3
{

/**
 * \param node its number in \p topology
 * \param local the name of an interface, or an address
 * \returns the interface's name; empty if the node has no such interface
 */
std::string FindVtepInterface(const TopologyGraph& topology,
                              std::size_t node,
                              const std::string& local);

} // namespace ns3

#endif
