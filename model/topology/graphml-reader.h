// SPDX-License-Identifier: GPL-2.0-only
// GraphML files, read with Boost.Graph. The format: topologies/README.md.
#ifndef VXLAN_MULTICAST_GRAPHML_READER_H
#define VXLAN_MULTICAST_GRAPHML_READER_H

#include "ns3/topology-builder.h"
#include "ns3/topology-graph.h"

#include <string>

namespace ns3
{

/**
 * Reads \p fileName, neither checked nor numbered, and notes in \p lines where everything stands.
 * \throws TopologyError when the file cannot be read, is no GraphML, or has a value that is wrong
 */
TopologyGraph ReadGraphml(const std::string& fileName, TopologyLines& lines);

} // namespace ns3

#endif
