// SPDX-License-Identifier: GPL-2.0-only
// The action `ping`.
#ifndef VXLAN_MULTICAST_PING_ACTION_H
#define VXLAN_MULTICAST_PING_ACTION_H

#include "ns3/scenario-action.h"
#include "ns3/traffic-specs.h"

namespace ns3
{

class ActionReader;

/** A node sends ICMP echo requests. */
struct PingAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    /** \returns the action that a `show` of `ping …` in \p reader is. \throws InputError */
    static ScenarioActionPtr ReadCommand(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    PingSpec spec;
    bool isPrinted{false}; //!< what ping prints goes to the transcript
};

} // namespace ns3

#endif
