// SPDX-License-Identifier: GPL-2.0-only
// The actions of a scenario in words, and what they cut, for the report page.
#ifndef VXLAN_MULTICAST_SCENARIO_WORDS_H
#define VXLAN_MULTICAST_SCENARIO_WORDS_H

#include "ns3/report-json.h"
#include "ns3/scenario.h"
#include "ns3/topology-graph.h"

namespace ns3
{

/**
 * \returns the members `kind` and `text` of an action, and of a failure or repair `up`, `nodes`,
 *          `networks` (numbers), `interfaces` (node and name) and, of a loss, `rate`; null for those that change nothing
 */
ReportJson DescribeAction(const ScenarioEvent& event, const TopologyGraph& topology);

} // namespace ns3

#endif
