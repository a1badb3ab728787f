// SPDX-License-Identifier: GPL-2.0-only
// The action `flood`.
#ifndef VXLAN_MULTICAST_FLOOD_ACTION_H
#define VXLAN_MULTICAST_FLOOD_ACTION_H

#include "ns3/scenario-action.h"
#include "ns3/traffic-specs.h"

namespace ns3
{

class ActionReader;

/** A VXLAN device is given frames that it must flood, or a tenant sends such. */
struct FloodAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    FloodSpec spec;
    bool isTenant{false}; //!< it sends from its own device
};

} // namespace ns3

#endif
