// SPDX-License-Identifier: GPL-2.0-only
// Reads the key `control` of a scenario: what VTEPs with `control: NAME` speak, and to whom.
#ifndef VXLAN_MULTICAST_CONTROL_READER_H
#define VXLAN_MULTICAST_CONTROL_READER_H

#include "ns3/scenario-history.h"
#include "ns3/scenario.h"
#include "ns3/topology-graph.h"
#include "ns3/yaml-fields.h"

namespace ns3
{

/** Puts what the key `control` of \p top says into \p scenario. \throws InputError */
void ReadControlPlanes(const YamlFields& top, const TopologyGraph& topology, Scenario& scenario);

/**
 * Gives each control plane the VTEPs of the vxlan events that name it: they speak from the start.
 * \throws InputError at an event whose control plane is missing, or cannot be on its nodes
 */
void AddControlVteps(Scenario& scenario);

/** Tells \p history which processes of control planes the nodes of \p scenario run. */
void AddControlProcesses(const Scenario& scenario, ScenarioHistory& history);

} // namespace ns3

#endif
