// SPDX-License-Identifier: GPL-2.0-only
// GraphML files, read with Expat. The format: topologies/README.md.
#ifndef VXLAN_MULTICAST_GRAPHML_READER_H
#define VXLAN_MULTICAST_GRAPHML_READER_H

#include "ns3/topology-builder.h"
#include "ns3/topology-graph.h"

namespace ns3
{

/**
 * Reads the file lines.source, neither checked nor numbered, and notes in \p lines where everything
 * stands.
 * \param namesFromLabels whether the key `label` of a vertex is its name
 * \throws TopologyError when the file cannot be read, is not GraphML, or has a value that is wrong
 */
TopologyGraph ReadGraphml(TopologyLines& lines, bool namesFromLabels);

} // namespace ns3

#endif
