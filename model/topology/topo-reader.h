// SPDX-License-Identifier: GPL-2.0-only
// Topologies as lines of text, files `*.topo`: GraphML's vertices, edges and keys, to be written by
// people. The format: topologies/README.md.
#ifndef VXLAN_MULTICAST_TOPO_READER_H
#define VXLAN_MULTICAST_TOPO_READER_H

#include "ns3/topology-builder.h"
#include "ns3/topology-graph.h"

namespace ns3
{

/**
 * Reads the file lines.source, neither checked nor numbered, and notes in \p lines where everything
 * stands.
 * \param namesFromLabels whether the key `label` of a vertex is its name
 * \throws TopologyError when the file cannot be read, or a line of it is wrong
 */
TopologyGraph ReadTopo(TopologyLines& lines, bool namesFromLabels);

} // namespace ns3

#endif
