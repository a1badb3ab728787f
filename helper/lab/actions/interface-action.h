// SPDX-License-Identifier: GPL-2.0-only
// The action `interface`. The other end of a link of two loses its carrier with it.
#ifndef VXLAN_MULTICAST_INTERFACE_ACTION_H
#define VXLAN_MULTICAST_INTERFACE_ACTION_H

#include "ns3/scenario-action.h"

#include <string>

namespace ns3
{

class ActionReader;

/** One interface goes down or up, loopbacks too. */
struct InterfaceAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Run(ScenarioRun& run) const override;

    std::string node;
    std::string interface;
    bool up{false};
};

} // namespace ns3

#endif
