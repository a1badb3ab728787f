// SPDX-License-Identifier: GPL-2.0-only
// The action `priority`.
#ifndef VXLAN_MULTICAST_PRIORITY_ACTION_H
#define VXLAN_MULTICAST_PRIORITY_ACTION_H

#include "ns3/scenario-action.h"

#include <cstdint>
#include <string>

namespace ns3
{

class ActionReader;

/** The priority of an interface in the election of Designated Routers changes. */
struct PriorityAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    std::string node;
    std::string interface;
    bool isPim{false}; //!< else of OSPF
    uint32_t priority{1};
};

} // namespace ns3

#endif
