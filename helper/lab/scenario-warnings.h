// SPDX-License-Identifier: GPL-2.0-only
// What a scenario asks for that is not wrong, but cannot do what its author most likely means.
#ifndef VXLAN_MULTICAST_SCENARIO_WARNINGS_H
#define VXLAN_MULTICAST_SCENARIO_WARNINGS_H

#include "ns3/ipv4-address.h"
#include "ns3/scenario.h"
#include "ns3/topology-graph.h"

#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** One warning, with its remedy. */
struct ScenarioWarning
{
    int line{0};
    std::string text;
    std::optional<Ipv4Address> group; //!< the VXLAN group whose packets routers will not forward
};

/** \returns the warnings in the order of the events. */
std::vector<ScenarioWarning> FindScenarioWarnings(const Scenario& scenario,
                                                  const TopologyGraph& topology);

} // namespace ns3

#endif
