// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/cost-action.h"

#include "ns3/action-reader.h"
#include "ns3/ospf-routing.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"

namespace ns3
{

ScenarioActionPtr
CostAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<CostAction>();
    const YamlFields fields = reader.GetFields("node interface value");
    action->node = GetOspfNode(reader, fields);
    action->interface = fields.GetText("interface");
    reader.GetInterface(fields, action->node);
    action->cost = static_cast<uint16_t>(fields.GetNumber("value", 1, 65535));
    return action;
}

void
CostAction::Check(ScenarioHistory& history) const
{
    history.CheckOspfUnderlay("cost");
}

void
CostAction::Run(ScenarioRun& run) const
{
    LabNode& lab = run.GetNetwork().GetNode(node);
    lab.ospf->SetInterfaceCost(run.GetNetwork().GetInterface(lab, interface), cost);
}

} // namespace ns3
