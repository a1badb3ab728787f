// SPDX-License-Identifier: GPL-2.0-only
// What a user asks of a topology beside its name: where VTEPs and RPs are, and how to take files
// that were drawn for other purposes (those of the Internet Topology Zoo).
#ifndef VXLAN_MULTICAST_TOPOLOGY_OPTIONS_H
#define VXLAN_MULTICAST_TOPOLOGY_OPTIONS_H

#include "ns3/topology-builder.h"
#include "ns3/topology-graph.h"

#include <string>

namespace ns3
{

/** The options of every program that loads a topology; empty: as the topology says. */
struct TopologyOptions
{
    /**
     * Which nodes are VTEPs: names with commas between; `tier:NAME`; `ends`: a new one on each
     * router with the fewest links. Routers among them get a loopback if they have none.
     */
    std::string vteps;
    /** Which routers are RPs: names with commas between, or `center`: the most central router. */
    std::string rp;
    bool largestComponent{false}; //!< leave out all but the largest connected part
    bool namesFromLabels{false};  //!< key `label` is the name, mended where it cannot be one
};

/** \returns \p topology and what \p options ask of it, to tell runs apart. */
std::string DescribeTopology(const std::string& topology, const TopologyOptions& options);

/** Leaves the largest connected part of \p graph, the first of equals. */
void KeepLargestComponent(TopologyGraph& graph, TopologyLines& lines);

/** Makes VTEPs of what \p vteps says; before numbering. \throws TopologyError */
void ApplyVteps(const std::string& vteps, TopologyGraph& graph, TopologyLines& lines);

/** Makes RPs of what \p rp says, and of nothing else; after numbering. \throws TopologyError */
void ApplyRps(const std::string& rp, TopologyGraph& graph, const TopologyLines& lines);

/** \returns the router with the least sum of hops to all nodes, the first of equals. */
std::size_t FindCentre(const TopologyGraph& graph);

} // namespace ns3

#endif
