// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/flood-action.h"

#include "ns3/action-reader.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"

namespace ns3
{

ScenarioActionPtr
FloodAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<FloodAction>();
    FloodSpec& flood = action->spec;
    const YamlFields fields = reader.GetFields("node device frames interval kind");
    flood.node = reader.GetHost(fields, "node");
    action->isTenant = !reader.GetTopology().FindNode(flood.node);
    if (action->isTenant && fields.Has("device"))
    {
        fields.Fail("device", flood.node + " is a tenant, leave device out");
    }
    flood.device = action->isTenant ? "" : fields.GetText("device");
    flood.frames = fields.GetNumber("frames", 1, 1000000000, flood.frames);
    if (fields.Has("interval"))
    {
        flood.interval = fields.GetInterval("interval");
    }
    flood.kind = fields.GetEnum<FloodKind>("kind");
    return action;
}

void
FloodAction::Check(ScenarioHistory& history) const
{
    isTenant ? history.CheckHost(spec.node, HostNeed::PRESENCE)
             : history.CheckDevice(spec.node, spec.device);
}

void
FloodAction::Run(ScenarioRun& run) const
{
    run.GetTraffic().Flood(spec);
}

} // namespace ns3
