// SPDX-License-Identifier: GPL-2.0-only
// The action `node`.
#ifndef VXLAN_MULTICAST_NODE_ACTION_H
#define VXLAN_MULTICAST_NODE_ACTION_H

#include "ns3/scenario-action.h"

#include <string>

namespace ns3
{

class ActionReader;

/** A node crashes or boots. */
struct NodeAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Run(ScenarioRun& run) const override;

    std::string name;
    bool up{false};
    bool keepsCarrier{false}; //!< its neighbours on links of two do not see that it is down
};

} // namespace ns3

#endif
