// SPDX-License-Identifier: GPL-2.0-only
// The action `join`.
#ifndef VXLAN_MULTICAST_JOIN_ACTION_H
#define VXLAN_MULTICAST_JOIN_ACTION_H

#include "ns3/membership.h"
#include "ns3/scenario-action.h"

#include <string>

namespace ns3
{

class ActionReader;

/** A host joins a group, from any source or from those named (IGMPv3 INCLUDE). */
struct JoinAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Prepare(ScenarioRun& run) const override;
    void Run(ScenarioRun& run) const override;

    MembershipSpec membership;
    bool isPrinted{false}; //!< iperf's words as a server go to the transcript

  private:
    void Join(ScenarioRun& run, const std::string& node) const;
};

} // namespace ns3

#endif
