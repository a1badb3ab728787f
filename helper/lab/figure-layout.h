// SPDX-License-Identifier: GPL-2.0-only
// Where the nodes of a figure stand: where the topology says, else where Graphviz puts them.
#ifndef VXLAN_MULTICAST_FIGURE_LAYOUT_H
#define VXLAN_MULTICAST_FIGURE_LAYOUT_H

#include "ns3/figure-geometry.h"
#include "ns3/topology-graph.h"

#include <vector>

namespace ns3
{

/** Places, y going down. */
struct FigureLayout
{
    std::vector<FigurePoint> nodes;    //!< by node
    std::vector<FigurePoint> networks; //!< by network: the middle, or where the topology has a LAN
};

/** \returns whether figures of \p graph can be drawn: its nodes have places, or Graphviz is there. */
bool CanLayOutFigures(const TopologyGraph& graph);
/**
 * \returns the places of a figure of \p graph.
 * \throws std::runtime_error if Graphviz is needed and fails
 */
FigureLayout LayOutFigure(const TopologyGraph& graph);

} // namespace ns3

#endif
