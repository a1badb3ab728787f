// SPDX-License-Identifier: GPL-2.0-only
// The actions that an event of a scenario may name.
#ifndef VXLAN_MULTICAST_ACTION_REGISTRY_H
#define VXLAN_MULTICAST_ACTION_REGISTRY_H

#include "ns3/action-reader.h"
#include "ns3/scenario-action.h"

#include <string>
#include <vector>

namespace ns3
{

/** A kind of action: its key in an event, and what reads and checks the value. */
struct ActionKind
{
    std::string name;
    ScenarioActionPtr (*read)(const ActionReader& reader); //!< throws InputError
};

/** \returns all kinds, in the order of the documentation. */
const std::vector<ActionKind>& GetActionKinds();
/** \returns the kind called \p name, or nullptr. */
const ActionKind* FindActionKind(const std::string& name);
/** \returns the names of all kinds: "join", "leave", … */
std::vector<std::string> GetActionNames();

} // namespace ns3

#endif
