// SPDX-License-Identifier: GPL-2.0-only
// The options by which every program takes topologies as they are found.
#ifndef VXLAN_MULTICAST_TOPOLOGY_PROGRAM_OPTIONS_H
#define VXLAN_MULTICAST_TOPOLOGY_PROGRAM_OPTIONS_H

#include "ns3/program-options.h"
#include "ns3/topology-options.h"

#include <vector>

namespace ns3
{

/** \returns --vteps, --rp, --component and --names; what they say goes to \p options. */
std::vector<ProgramOption> MakeTopologyProgramOptions(TopologyOptions& options);

} // namespace ns3

#endif
