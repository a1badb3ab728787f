// SPDX-License-Identifier: GPL-2.0-only
// The way into this folder for programs: a topology by the name of a file or a generator.
#ifndef VXLAN_MULTICAST_TOPOLOGY_LOADER_H
#define VXLAN_MULTICAST_TOPOLOGY_LOADER_H

#include "ns3/topology-graph.h"
#include "ns3/topology-options.h"

#include <string>

namespace ns3
{

/**
 * Loads a topology from a GraphML file, a file `*.topo` or a generator spec `name:key=value,…`,
 * does what \p options ask, numbers what has no address, and checks it. A file called as a
 * generator is needs a path, such as `./ring`.
 * \throws TopologyError
 */
TopologyGraph LoadTopology(const std::string& fileOrSpec, const TopologyOptions& options = {});

} // namespace ns3

#endif
