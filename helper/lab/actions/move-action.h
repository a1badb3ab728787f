// SPDX-License-Identifier: GPL-2.0-only
// The action `move`.
#ifndef VXLAN_MULTICAST_MOVE_ACTION_H
#define VXLAN_MULTICAST_MOVE_ACTION_H

#include "ns3/nstime.h"
#include "ns3/scenario-action.h"

#include <string>

namespace ns3
{

class ActionReader;

/** A tenant moves to the device of the same name on another VTEP. */
struct MoveAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    std::string tenant;
    std::string to;
    bool announces{false};
    Time downtime{0}; //!< 0: the old port keeps its carrier
};

} // namespace ns3

#endif
