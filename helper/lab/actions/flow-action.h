// SPDX-License-Identifier: GPL-2.0-only
// The action `flow`.
#ifndef VXLAN_MULTICAST_FLOW_ACTION_H
#define VXLAN_MULTICAST_FLOW_ACTION_H

#include "ns3/scenario-action.h"

#include <string>

namespace ns3
{

class ActionReader;

/** A static flow on a VTEP's switch, as `ovs-ofctl add-flow` adds it. */
struct FlowAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    std::string node;
    std::string flow; //!< as ovs-ofctl takes it
};

} // namespace ns3

#endif
