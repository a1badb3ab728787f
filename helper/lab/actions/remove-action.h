// SPDX-License-Identifier: GPL-2.0-only
// The action `remove`.
#ifndef VXLAN_MULTICAST_REMOVE_ACTION_H
#define VXLAN_MULTICAST_REMOVE_ACTION_H

#include "ns3/scenario-action.h"

#include <string>

namespace ns3
{

class ActionReader;

/** A tenant's port goes down for good. */
struct RemoveAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    std::string tenant;
};

} // namespace ns3

#endif
