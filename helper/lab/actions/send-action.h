// SPDX-License-Identifier: GPL-2.0-only
// The action `send`.
#ifndef VXLAN_MULTICAST_SEND_ACTION_H
#define VXLAN_MULTICAST_SEND_ACTION_H

#include "ns3/scenario-action.h"
#include "ns3/traffic-specs.h"

namespace ns3
{

class ActionReader;

/** A host sends numbered packets to a group, by UDP, or to another, by UDP or TCP. */
struct SendAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Prepare(ScenarioRun& run) const override;
    void Run(ScenarioRun& run) const override;

    SendSpec spec;
    bool isPrinted{false}; //!< iperf's words as a client go to the transcript
};

} // namespace ns3

#endif
