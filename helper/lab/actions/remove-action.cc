// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/remove-action.h"

#include "ns3/action-reader.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"

namespace ns3
{

ScenarioActionPtr
RemoveAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<RemoveAction>();
    action->tenant = reader.GetTenant(reader.GetFields("tenant"), "tenant");
    return action;
}

void
RemoveAction::Check(ScenarioHistory& history) const
{
    history.RemoveTenant(tenant);
}

void
RemoveAction::Run(ScenarioRun& run) const
{
    run.GetTenants().Remove(tenant);
}

} // namespace ns3
