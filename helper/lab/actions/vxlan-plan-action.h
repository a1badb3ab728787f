// SPDX-License-Identifier: GPL-2.0-only
// The action `vxlan` with the key `plan`: a device per VNI of a plan.
#ifndef VXLAN_MULTICAST_VXLAN_PLAN_ACTION_H
#define VXLAN_MULTICAST_VXLAN_PLAN_ACTION_H

#include "ns3/scenario-action.h"
#include "ns3/vxlan-spec.h"

#include <vector>

namespace ns3
{

class ActionReader;

/** VXLAN devices of many VNIs appear on several nodes. */
struct VxlanPlanAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    std::vector<VxlanSpec> specs; //!< one per VNI
};

} // namespace ns3

#endif
