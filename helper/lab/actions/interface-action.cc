// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/interface-action.h"

#include "ns3/action-reader.h"
#include "ns3/scenario-run.h"

namespace ns3
{

ScenarioActionPtr
InterfaceAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<InterfaceAction>();
    const YamlFields fields = reader.GetFields("node name state");
    action->node = reader.GetNode(fields, "node");
    action->interface = fields.GetText("name");
    reader.GetInterface(fields, action->node, "name");
    action->up = fields.GetChoice("state", {"down", "up"}) == 1;
    return action;
}

void
InterfaceAction::Run(ScenarioRun& run) const
{
    run.GetNetwork().SetInterfaceUp(node, interface, up);
}

} // namespace ns3
