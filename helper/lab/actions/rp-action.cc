// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/rp-action.h"

#include "ns3/action-reader.h"
#include "ns3/scenario-run.h"
#include "ns3/topology-address.h"

namespace ns3
{

ScenarioActionPtr
RpAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<RpAction>();
    const YamlFields fields = reader.GetFields("node range address state");
    action->node = GetPimNode(reader, fields);
    const auto range = ParsePrefix(fields.GetText("range"));
    if (!range || !Ipv4Prefix(224u << 24, 4).Contains(*range))
    {
        fields.Fail("range",
                    "range '" + fields.GetText("range") +
                        "' is not right, give a multicast prefix such as 239.0.0.0/8");
    }
    action->range = *range;
    action->address = fields.GetAddress("address");
    action->up = !fields.Has("state") || fields.GetChoice("state", {"down", "up"}) == 1;
    return action;
}

void
RpAction::Run(ScenarioRun& run) const
{
    run.GetNetwork().SetStaticRp(node, range, address, up);
}

} // namespace ns3
