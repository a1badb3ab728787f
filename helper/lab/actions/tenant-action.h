// SPDX-License-Identifier: GPL-2.0-only
// The action `tenant`.
#ifndef VXLAN_MULTICAST_TENANT_ACTION_H
#define VXLAN_MULTICAST_TENANT_ACTION_H

#include "ns3/lab-tenants.h"
#include "ns3/scenario-action.h"

namespace ns3
{

class ActionReader;

/** A host boots on an access port of the bridge that holds a VXLAN device. */
struct TenantAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    LabTenantSpec spec;
};

} // namespace ns3

#endif
