// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/ping-action.h"

#include "ns3/action-reader.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"

namespace ns3
{

ScenarioActionPtr
PingAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<PingAction>();
    PingSpec& ping = action->spec;
    const YamlFields fields = reader.GetFields("node to count interval size");
    ping.node = reader.GetHost(fields, "node");
    ping.to = fields.GetAddress("to");
    if (ping.to.IsMulticast() || ping.to.IsAny())
    {
        fields.Fail("to", "to " + fields.GetText("to") + ": ping a host or a broadcast address");
    }
    ping.count = static_cast<uint32_t>(fields.GetNumber("count", 1, 65535, ping.count));
    ping.size = static_cast<uint32_t>(fields.GetNumber("size", 0, 65000, ping.size));
    if (fields.Has("interval"))
    {
        ping.interval = fields.GetInterval("interval");
    }
    return action;
}

void
PingAction::Check(ScenarioHistory& history) const
{
    history.CheckHost(spec.node, HostNeed::ADDRESS);
}

void
PingAction::Run(ScenarioRun& run) const
{
    run.GetTraffic().Ping(spec);
}

} // namespace ns3
