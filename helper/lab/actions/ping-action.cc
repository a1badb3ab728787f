// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/ping-action.h"

#include "ns3/action-reader.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"
#include "ns3/scenario-values.h"
#include "ns3/shell-words.h"
#include "ns3/simulator.h"
#include "ns3/text.h"

namespace ns3
{

namespace
{

constexpr uint32_t MOST_PING_BYTES = 65000;

/** \returns whether \p to is the broadcast address of a network of \p node. */
bool
IsBroadcastOf(Ptr<Node> node, Ipv4Address to)
{
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    for (uint32_t i = 0; ipv4 && i < ipv4->GetNInterfaces(); ++i)
    {
        for (uint32_t j = 0; j < ipv4->GetNAddresses(i); ++j)
        {
            if (ipv4->GetAddress(i, j).GetBroadcast() == to)
            {
                return true;
            }
        }
    }
    return to.IsBroadcast();
}

} // namespace

ScenarioActionPtr
PingAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<PingAction>();
    PingSpec& ping = action->spec;
    const YamlFields fields = reader.GetFields("node to count interval size print");
    ping.node = reader.GetHost(fields, "node");
    ping.to = fields.GetAddress("to");
    if (ping.to.IsMulticast() || ping.to.IsAny())
    {
        fields.Fail("to", "to " + fields.GetText("to") + ": ping a host or a broadcast address");
    }
    ping.count = static_cast<uint32_t>(fields.GetNumber("count", 1, 65535, ping.count));
    ping.size = static_cast<uint32_t>(fields.GetNumber("size", 0, MOST_PING_BYTES, ping.size));
    if (fields.Has("interval"))
    {
        ping.interval = fields.GetInterval("interval");
    }
    action->isPrinted = ReadPrint(reader);
    return action;
}

ScenarioActionPtr
PingAction::ReadCommand(const ActionReader& reader)
{
    auto action = std::make_shared<PingAction>();
    PingSpec& ping = action->spec;
    const YamlFields fields = reader.GetFields("node what");
    ping.node = reader.GetHost(fields, "node");
    const std::vector<std::string> words = SplitWords(fields.GetText("what"), " ");
    bool hasCount = false;
    for (std::size_t i = 1; i < words.size(); ++i)
    {
        const std::string& word = words[i];
        const bool isLast = i + 1 == words.size();
        const std::string value = isLast ? "" : words[i + 1];
        const auto number = ParseNumber(value, 0, 65535);
        const auto interval = ParseDuration(value);
        const auto address = ParseDottedQuad(word);
        if (word == "-c" && number && *number > 0)
        {
            ping.count = static_cast<uint32_t>(*number);
            hasCount = true;
            ++i;
        }
        else if (word == "-s" && number && *number <= MOST_PING_BYTES)
        {
            ping.size = static_cast<uint32_t>(*number);
            ++i;
        }
        else if (word == "-i" && interval && interval->IsStrictlyPositive())
        {
            ping.interval = *interval;
            ++i;
        }
        else if (isLast && address && !Ipv4Address(*address).IsMulticast() && *address != 0)
        {
            ping.to = Ipv4Address(*address);
        }
        else if (word != "-b" && word != "-n")
        {
            fields.Fail(
                "what",
                "ping: '" + word +
                    "' is not right, write ping [-b] -c COUNT [-i SECONDS] [-s BYTES] ADDRESS");
        }
    }
    if (!hasCount || ping.to.IsAny())
    {
        fields.Fail("what", "ping never ends without a count, write ping -c COUNT ADDRESS");
    }
    action->isPrinted = true;
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
    const PingSeries& series = run.GetTraffic().Ping(spec);
    if (!isPrinted)
    {
        return;
    }
    const Time begin = Simulator::Now();
    const Time patience = Max(Seconds(1), spec.interval); // with the last reply
    const Time end = Min(begin + spec.interval * static_cast<int64_t>(spec.count - 1) + patience,
                         run.GetDuration());
    const bool isBroadcast = IsBroadcastOf(run.GetHost(spec.node).node, spec.to);
    Simulator::Schedule(end - begin, [&run, &series, begin, isBroadcast] {
        run.Print(FormatShellText(
            begin, Simulator::Now(), series.GetSpec().node, DescribePing(series, isBroadcast)));
    });
}

} // namespace ns3
