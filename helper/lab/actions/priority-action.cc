// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/priority-action.h"

#include "ns3/action-reader.h"
#include "ns3/ospf-routing.h"
#include "ns3/pim-sm-routing.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"

#include <limits>

namespace ns3
{

ScenarioActionPtr
PriorityAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<PriorityAction>();
    const YamlFields fields = reader.GetFields("node interface value protocol");
    action->isPim = fields.GetChoice("protocol", {"ospf", "pim"}) == 1;
    action->node = action->isPim ? GetPimNode(reader, fields) : GetOspfNode(reader, fields);
    action->interface = fields.GetText("interface");
    reader.GetInterface(fields, action->node);
    const uint64_t most = action->isPim ? std::numeric_limits<uint32_t>::max() : 255;
    action->priority = static_cast<uint32_t>(fields.GetNumber("value", 0, most));
    return action;
}

void
PriorityAction::Check(ScenarioHistory& history) const
{
    isPim ? void() : history.CheckOspfUnderlay("priority of ospf");
}

void
PriorityAction::Run(ScenarioRun& run) const
{
    LabNode& lab = run.GetNetwork().GetNode(node);
    const uint32_t number = run.GetNetwork().GetInterface(lab, interface);
    if (isPim)
    {
        PimInterfaceSettings settings = lab.pim->GetInterfaceSettings(number);
        settings.drPriority = priority;
        lab.pim->SetInterfaceSettings(number, settings);
    }
    else
    {
        lab.ospf->SetInterfacePriority(number, static_cast<uint8_t>(priority));
    }
}

} // namespace ns3
