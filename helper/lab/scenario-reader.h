// SPDX-License-Identifier: GPL-2.0-only
// Reads a scenario's YAML and checks all of it before anything runs.
#ifndef VXLAN_MULTICAST_SCENARIO_READER_H
#define VXLAN_MULTICAST_SCENARIO_READER_H

#include "ns3/scenario.h"
#include "ns3/topology-graph.h"

#include <string>

namespace ns3
{

/**
 * \param file the YAML file's path
 * \param topology what the scenario runs on
 * \throws InputError
 */
Scenario ReadScenario(const std::string& file, const TopologyGraph& topology);

/** As above, from text. \param file what messages call it */
Scenario ReadScenarioText(const std::string& text,
                          const std::string& file,
                          const TopologyGraph& topology);

} // namespace ns3

#endif
