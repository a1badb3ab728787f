// SPDX-License-Identifier: GPL-2.0-only
// Which captures a run writes: what --pcap names, on a topology and with a scenario's devices.
#ifndef VXLAN_MULTICAST_CAPTURES_H
#define VXLAN_MULTICAST_CAPTURES_H

#include "ns3/scenario.h"
#include "ns3/topology-graph.h"

#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** Node and interface of each capture; `*` is every one. */
using CaptureList = std::vector<std::pair<std::string, std::string>>;

/**
 * \param text `r1:eth0,e1:*`
 * \returns nodes and interfaces that there are, or will be
 * \throws std::invalid_argument naming what is not
 */
CaptureList ParsePcap(const std::string& text,
                      const TopologyGraph& topology,
                      const Scenario& scenario);

/** \returns whether \p list has the interface \p interface of \p node. */
bool IsCaptured(const CaptureList& list, const std::string& node, const std::string& interface);

/** \returns the name of the capture's file. */
std::string GetCaptureFile(const std::string& node, const std::string& interface);

/**
 * \returns the files that the run will write, ascending, in which a name stands twice if two
 *          captures share it
 */
std::vector<std::string> ListCaptureFiles(const CaptureList& list,
                                          const TopologyGraph& topology,
                                          const Scenario& scenario);

} // namespace ns3

#endif
