// SPDX-License-Identifier: GPL-2.0-only
// The action `leave`.
#ifndef VXLAN_MULTICAST_LEAVE_ACTION_H
#define VXLAN_MULTICAST_LEAVE_ACTION_H

#include "ns3/membership.h"
#include "ns3/scenario-action.h"

#include <string>

namespace ns3
{

class ActionReader;

/** A host leaves a group, or only some sources of it. */
struct LeaveAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    MembershipSpec membership;

  private:
    void Leave(ScenarioRun& run, const std::string& node) const;
};

} // namespace ns3

#endif
