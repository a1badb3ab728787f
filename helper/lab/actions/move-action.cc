// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/move-action.h"

#include "ns3/action-reader.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"

namespace ns3
{

ScenarioActionPtr
MoveAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<MoveAction>();
    const YamlFields fields = reader.GetFields("tenant to announce downtime");
    action->tenant = reader.GetTenant(fields, "tenant");
    action->to = reader.GetNode(fields, "to");
    action->announces =
        fields.Has("announce") && fields.GetChoice("announce", {"garp", "none"}) == 0;
    if (fields.Has("downtime"))
    {
        action->downtime = fields.GetTime("downtime");
    }
    return action;
}

void
MoveAction::Check(ScenarioHistory& history) const
{
    history.MoveTenant(tenant, to);
}

void
MoveAction::Run(ScenarioRun& run) const
{
    run.GetTenants().Move(tenant, to, announces, downtime);
}

} // namespace ns3
