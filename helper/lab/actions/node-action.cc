// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/node-action.h"

#include "ns3/action-reader.h"
#include "ns3/scenario-run.h"

namespace ns3
{

ScenarioActionPtr
NodeAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<NodeAction>();
    const YamlFields fields = reader.GetFields("name state carrier");
    action->name = reader.GetNode(fields, "name");
    action->up = fields.GetChoice("state", {"down", "up"}) == 1;
    action->keepsCarrier =
        fields.Has("carrier") && fields.GetChoice("carrier", {"lost", "kept"}) == 1;
    return action;
}

void
NodeAction::Run(ScenarioRun& run) const
{
    run.GetTenants().SetNodeUp(name, up);
    run.GetNetwork().SetNodeUp(name, up, keepsCarrier);
}

} // namespace ns3
