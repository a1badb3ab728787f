// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/send-action.h"

#include "ns3/action-reader.h"
#include "ns3/number-format.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"
#include "ns3/scenario-values.h"

#include <algorithm>
#include <cmath>

namespace ns3
{

namespace
{

/** \returns the time from packet to packet, from the keys `rate` or `interval`. */
Time
ReadInterval(const YamlFields& fields, uint32_t size)
{
    if (fields.Has("rate") == fields.Has("interval"))
    {
        fields.Fail("rate", "give either rate: 10kbps or interval: 1s");
    }
    if (fields.Has("interval"))
    {
        return fields.GetInterval("interval");
    }
    const auto rate = ParseRate(fields.GetText("rate"));
    if (!rate)
    {
        fields.Fail("rate",
                    "rate '" + fields.GetText("rate") + "' is not right, give one such as 10kbps");
    }
    return NanoSeconds(std::max<int64_t>(1, std::llround(8e9 * size / *rate)));
}

/** \returns the time at the key `until`, which is later than the event's. */
Time
ReadUntil(const YamlFields& fields, Time at)
{
    const Time until = fields.GetTime("until");
    if (until <= at)
    {
        fields.Fail("until",
                    "until " + fields.GetText("until") + " is not after at " + FormatSeconds(at) +
                        "s, give a later time");
    }
    return until;
}

} // namespace

ScenarioActionPtr
SendAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<SendAction>();
    SendSpec& spec = action->spec;
    const YamlFields fields =
        reader.GetFields("node group rate size ttl until packets name interface interval port");
    spec.node = reader.GetHost(fields, "node");
    spec.group = fields.GetGroup("group");
    spec.interface = reader.GetInterface(fields, spec.node);
    spec.size = static_cast<uint32_t>(fields.GetNumber("size", 8, 65507, spec.size));
    spec.ttl = static_cast<uint8_t>(fields.GetNumber("ttl", 1, 255, spec.ttl));
    spec.port = static_cast<uint16_t>(fields.GetNumber("port", 1, 65535, spec.port));
    spec.name = fields.GetText("name", spec.node + "-" + fields.GetText("group"));
    spec.interval = ReadInterval(fields, spec.size);
    if (fields.Has("until"))
    {
        spec.until = ReadUntil(fields, reader.GetTime());
    }
    if (fields.Has("packets"))
    {
        spec.packets = fields.GetNumber("packets", 1, 1000000000);
    }
    return action;
}

void
SendAction::Check(ScenarioHistory& history) const
{
    history.CheckHost(spec.node, true);
    history.AddFlowPort(spec.port);
}

void
SendAction::Prepare(ScenarioRun& run) const
{
    run.GetTraffic().AddFlow(spec);
}

void
SendAction::Run(ScenarioRun& run) const
{
    run.GetTraffic().Send(spec);
}

} // namespace ns3
