// SPDX-License-Identifier: GPL-2.0-only
// Pictures of a run, drawn from its simulated state: the topology, the election of BSR and RP, the
// RP tree, packets on their way through the RP, the shortest-path tree, VTEPs and what they learned.
#ifndef VXLAN_MULTICAST_LAB_FIGURES_H
#define VXLAN_MULTICAST_LAB_FIGURES_H

#include "ns3/figure-drawing.h"
#include "ns3/figure-spec.h"
#include "ns3/link-meter.h"
#include "ns3/nstime.h"
#include "ns3/state-rows.h"
#include "ns3/topology-graph.h"

#include <cstddef>
#include <map>
#include <vector>

namespace ns3
{

/** What is broken. */
struct FigureFailures
{
    std::vector<std::size_t> nodes;              //!< dead
    std::vector<std::size_t> attachments;        //!< down
    std::map<std::size_t, double> lossyNetworks; //!< what part of the packets they lose
};

/** What a figure is drawn from. */
struct FigureState
{
    const TopologyGraph& topology;
    Time now;
    std::vector<RpRow> rps;
    std::vector<IgmpRow> memberships;
    std::vector<TibRow> trees;
    std::vector<MfcRow> entries;
    std::vector<FdbRow> fdb;
    std::vector<LinkMeter::GroupCount> counts; //!< of the figure's group
    FigureFailures failures;
};

/** \returns what the figure shows. */
FigureDrawing DrawLabFigure(const FigureSpec& figure, const FigureState& state);

} // namespace ns3

#endif
