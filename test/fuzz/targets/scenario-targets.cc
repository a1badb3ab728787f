// SPDX-License-Identifier: GPL-2.0-only
// Scenarios, read and checked on the lab's topology, not run; commands of tcpdump.
#include "fuzz-file.h"

#include "ns3/input-error.h"
#include "ns3/scenario-reader.h"
#include "ns3/tcpdump-command.h"
#include "ns3/topology-generators.h"
#include "ns3/topology-numbering.h"

#include <stdexcept>

namespace ns3
{

namespace
{

void
CheckScenario(const FuzzBytes& bytes)
{
    static const TopologyGraph topology = [] {
        TopologyLines lines;
        TopologyGraph lab = GenerateTopology("rec-lab");
        NumberTopology(lab, lines);
        return lab;
    }();
    static const std::string file = "fuzz.yaml";
    const std::string text = ToFuzzText(bytes);
    try
    {
        const Scenario scenario = ReadScenarioText(text, file, topology);
        for (const ScenarioEvent& event : scenario.events)
        {
            RequireFuzz(event.action && event.at <= scenario.duration, "an event that cannot be");
        }
    }
    catch (const InputError& error)
    {
        CheckRefusal(error.what(), file, text + "\n");
    }
}

void
CheckTcpdump(const FuzzBytes& bytes)
{
    try
    {
        ParseTcpdump(ToFuzzText(bytes)).Passes(PacketFields());
    }
    catch (const std::invalid_argument& error)
    {
        RequireFuzz(*error.what() != '\0', "a refusal without a word");
    }
}

const FuzzTarget scenario("scenario", CheckScenario);
const FuzzTarget tcpdump("tcpdump-command", CheckTcpdump);

} // namespace

} // namespace ns3
