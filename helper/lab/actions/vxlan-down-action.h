// SPDX-License-Identifier: GPL-2.0-only
// The action `vxlan-down`. As `ip link set NAME down`.
#ifndef VXLAN_MULTICAST_VXLAN_DOWN_ACTION_H
#define VXLAN_MULTICAST_VXLAN_DOWN_ACTION_H

#include "ns3/scenario-action.h"

#include <string>
#include <vector>

namespace ns3
{

class ActionReader;

/** VXLAN devices of a name close: they leave their group and forget what they learned. */
struct VxlanDownAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    std::vector<std::string> nodes;
    std::string name;
};

} // namespace ns3

#endif
