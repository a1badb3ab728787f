// SPDX-License-Identifier: GPL-2.0-only
// The action `cost`.
#ifndef VXLAN_MULTICAST_COST_ACTION_H
#define VXLAN_MULTICAST_COST_ACTION_H

#include "ns3/scenario-action.h"

#include <cstdint>
#include <string>

namespace ns3
{

class ActionReader;

/** The OSPF cost of an interface is another from now on. */
struct CostAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    std::string node;
    std::string interface;
    uint16_t cost{1};
};

} // namespace ns3

#endif
