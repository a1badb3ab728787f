// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/external-action.h"

#include "ns3/action-reader.h"
#include "ns3/ospf-routing.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"
#include "ns3/topology-address.h"

namespace ns3
{

ScenarioActionPtr
ExternalAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<ExternalAction>();
    const YamlFields fields = reader.GetFields("node prefix metric type state");
    action->node = GetOspfNode(reader, fields);
    const auto prefix = ParsePrefix(fields.GetText("prefix"));
    if (!prefix)
    {
        fields.Fail("prefix",
                    "prefix '" + fields.GetText("prefix") +
                        "' is not right, give one such as 172.16.0.0/16, no bit set beyond its "
                        "length");
    }
    action->route.prefix = *prefix;
    action->route.metric =
        static_cast<uint32_t>(fields.GetNumber("metric", 0, 0xfffffe, action->route.metric));
    action->route.type2 = fields.GetNumber("type", 1, 2, 2) == 2;
    action->up = !fields.Has("state") || fields.GetChoice("state", {"down", "up"}) == 1;
    return action;
}

void
ExternalAction::Check(ScenarioHistory& history) const
{
    history.CheckOspfUnderlay("external");
}

void
ExternalAction::Run(ScenarioRun& run) const
{
    OspfRouting& ospf = *run.GetNetwork().GetNode(node).ospf;
    up ? ospf.AddExternalRoute(route) : ospf.RemoveExternalRoute(route.prefix);
}

} // namespace ns3
