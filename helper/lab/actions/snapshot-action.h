// SPDX-License-Identifier: GPL-2.0-only
// The action `snapshot`.
#ifndef VXLAN_MULTICAST_SNAPSHOT_ACTION_H
#define VXLAN_MULTICAST_SNAPSHOT_ACTION_H

#include "ns3/scenario-action.h"

#include <string>

namespace ns3
{

class ActionReader;

/** The state of every node is appended to the tables. */
struct SnapshotAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Run(ScenarioRun& run) const override;

    std::string name;
};

} // namespace ns3

#endif
