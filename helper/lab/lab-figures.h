// SPDX-License-Identifier: GPL-2.0-only
// Pictures of a run, drawn from its simulated state: the topology, the election of BSR and RP, the
// RP tree, packets on their way through the RP, the shortest-path tree.
#ifndef VXLAN_MULTICAST_LAB_FIGURES_H
#define VXLAN_MULTICAST_LAB_FIGURES_H

#include "ns3/figure-spec.h"
#include "ns3/link-meter.h"
#include "ns3/nstime.h"
#include "ns3/state-rows.h"
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
    std::vector<RpRow> rps;
    std::vector<IgmpRow> memberships;
    std::vector<TibRow> trees;
    std::vector<MfcRow> entries;
    std::vector<LinkMeter::GroupCount> counts; //!< of the figure's group
};

/** \returns the figure as Graphviz's DOT text. */
std::string DrawFigure(const FigureSpec& figure, const FigureState& state);

} // namespace ns3

#endif
