// SPDX-License-Identifier: GPL-2.0-only
// What a scenario must satisfy beyond single values: devices, addresses and events that must agree.
#ifndef VXLAN_MULTICAST_SCENARIO_CHECKS_H
#define VXLAN_MULTICAST_SCENARIO_CHECKS_H

#include "ns3/scenario.h"
#include "ns3/topology-graph.h"
#include "ns3/yaml-fields.h"

namespace ns3
{

/** Checks one `vxlan` action against the topology. \throws InputError at a key of \p fields */
void CheckVxlan(const VxlanAction& vxlan, const TopologyGraph& topology, const YamlFields& fields);

/** Checks the events against each other. \throws InputError at an event's line */
void CheckScenario(const Scenario& scenario);

} // namespace ns3

#endif
