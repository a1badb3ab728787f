// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/send-action.h"

#include "ns3/action-reader.h"
#include "ns3/number-format.h"
#include "ns3/row-columns.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"
#include "ns3/scenario-values.h"
#include "ns3/shell-words.h"
#include "ns3/simulator.h"
#include "ns3/tcp-flow.h"

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
    Time until = fields.GetTime("until");
    if (until <= at)
    {
        fields.Fail("until",
                    "until " + fields.GetText("until") + " is not after at " + FormatSeconds(at) +
                        "s, give a later time");
    }
    return until;
}

/** Reads `group`, or `to` and `transport`. */
void
ReadDestination(const YamlFields& fields, SendSpec& spec)
{
    if (fields.Has("group") == fields.Has("to"))
    {
        fields.Fail("group", "give either group: ADDRESS or to: ADDRESS");
    }
    if (fields.Has("group"))
    {
        if (fields.Has("transport") && fields.GetEnum<FlowTransport>("transport") != spec.transport)
        {
            fields.Fail("transport", "TCP goes to a host, give to: ADDRESS");
        }
        spec.group = fields.GetGroup("group");
        return;
    }
    const std::vector<Ipv4Address> hosts = fields.GetHosts("to");
    if (hosts.size() != 1)
    {
        fields.Fail("to", "give one address, further ones in events of their own");
    }
    spec.group = hosts.front();
    if (fields.Has("transport"))
    {
        spec.transport = fields.GetEnum<FlowTransport>("transport");
    }
}

constexpr uint32_t UDP_FLOW_HEADER = 8;

} // namespace

ScenarioActionPtr
SendAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<SendAction>();
    SendSpec& spec = action->spec;
    const YamlFields fields =
        reader.GetFields("node group to transport rate size ttl until packets name interface "
                         "interval port print");
    spec.node = reader.GetHost(fields, "node");
    ReadDestination(fields, spec);
    spec.interface = reader.GetInterface(fields, spec.node);
    spec.size = static_cast<uint32_t>(fields.GetNumber(
        "size",
        spec.transport == FlowTransport::TCP ? TcpFlowSender::HEADER : UDP_FLOW_HEADER,
        65507,
        spec.size));
    spec.ttl = static_cast<uint8_t>(fields.GetNumber("ttl", 1, 255, spec.ttl));
    spec.port = static_cast<uint16_t>(fields.GetNumber("port", 1, 65535, spec.port));
    spec.name = fields.GetText("name", spec.node + "-" + ToText(spec.group));
    spec.interval = ReadInterval(fields, spec.size);
    if (fields.Has("until"))
    {
        spec.until = ReadUntil(fields, reader.GetTime());
    }
    action->isPrinted = ReadPrint(reader);
    if (fields.Has("packets"))
    {
        spec.packets = fields.GetNumber("packets", 1, 1000000000);
    }
    return action;
}

void
SendAction::Check(ScenarioHistory& history) const
{
    history.CheckHost(spec.node, HostNeed::STACK);
    spec.transport == FlowTransport::UDP ? history.AddFlowPort(spec.port) : void();
}

void
SendAction::Prepare(ScenarioRun& run) const
{
    run.GetTraffic().AddFlow(spec);
}

void
SendAction::Run(ScenarioRun& run) const
{
    if (isPrinted)
    {
        run.Print(FormatShellText(Simulator::Now(),
                                  Simulator::Now(),
                                  spec.node,
                                  DescribeIperfClient(spec, Simulator::Now())));
    }
    run.GetTraffic().Send(spec);
}

} // namespace ns3
