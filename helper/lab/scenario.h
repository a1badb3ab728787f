// SPDX-License-Identifier: GPL-2.0-only
// A scenario, read and checked: what happens when, on which topology. Plain data.
#ifndef VXLAN_MULTICAST_SCENARIO_H
#define VXLAN_MULTICAST_SCENARIO_H

#include "ns3/controller-spec.h"
#include "ns3/evpn-spec.h"
#include "ns3/map-server-spec.h"
#include "ns3/nstime.h"
#include "ns3/scenario-action.h"
#include "ns3/scoped-attributes.h"
#include "ns3/tree-policy.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** An action and its time. */
struct ScenarioEvent
{
    Time at;
    int line{0}; //!< in the file
    ScenarioActionPtr action;
};

/** \returns the action of \p event if it is a T, or nullptr. */
template <typename T>
const T*
FindAction(const ScenarioEvent& event)
{
    return dynamic_cast<const T*>(event.action.get());
}

/** What a scenario file says. */
struct Scenario
{
    std::string file;
    Time duration;
    std::vector<AttributeSetting> defaults;
    std::map<std::string, std::vector<AttributeSetting>> nodes; //!< by node name
    TreePolicy trees{TreePolicy::Spt};
    bool staticUnderlay{false};
    std::optional<EvpnSpec> evpn;                               //!< the key control.evpn
    std::optional<ControllerSpec> controller; //!< control.controller, or switches without one
    std::optional<MapServerSpec> mapServer;   //!< control.map-server
    std::vector<ScenarioEvent> events;                          //!< by time, then as in the file
    std::set<std::pair<std::string, std::string>> vxlanDevices; //!< that events make: node, name
    std::set<std::string> tenants;                              //!< names of all that will be
};

} // namespace ns3

#endif
