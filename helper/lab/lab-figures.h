// SPDX-License-Identifier: GPL-2.0-only
// Pictures of a run, drawn by Graphviz from the tables of its simulated state: the topology, the
// election of BSR and RP, the RP tree, packets on their way through the RP, the shortest-path tree.
#ifndef VXLAN_MULTICAST_LAB_FIGURES_H
#define VXLAN_MULTICAST_LAB_FIGURES_H

#include "ns3/csv-writer.h"
#include "ns3/link-meter.h"
#include "ns3/scenario.h"
#include "ns3/topology-graph.h"

#include <string>
#include <vector>

namespace ns3
{

/** What a figure is drawn from. */
struct FigureState
{
    const TopologyGraph& topology;
    Time now;
    CsvTable rp;                               //!< of the format `rp`
    CsvTable igmp;                             //!< of the format `igmp`
    CsvTable tib;                              //!< of the format `tib`
    CsvTable mfc;                              //!< of the format `mfc`
    std::vector<LinkMeter::GroupCount> counts; //!< of the figure's group
};

/** \returns the figure as Graphviz's DOT text. */
std::string DrawFigure(const FigureAction& figure, const FigureState& state);

/** \returns whether Graphviz is installed. */
bool CanRenderFigures();
/** Has Graphviz make the SVG file \p path of \p dot. \returns false if that failed */
bool RenderFigure(const std::string& dot, const std::string& path);

} // namespace ns3

#endif
