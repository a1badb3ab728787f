// SPDX-License-Identifier: GPL-2.0-only
// Runs one scenario on one topology, packet by packet.
//
//   vxlan-lab --topology=topologies/rec-lab.graphml --scenario=examples/scenarios/article.yaml
//             --output=out/article [--pcap=r1:eth0,e1:*] [--figures]
//
// Exit status: 0 done; 1 an `expect` of the scenario failed, or the disk; 2 bad input or usage.
#include "ns3/command-line-check.h"
#include "ns3/command-line.h"
#include "ns3/figure-renderer.h"
#include "ns3/input-error.h"
#include "ns3/open-files.h"
#include "ns3/scenario-reader.h"
#include "ns3/scenario-runner.h"
#include "ns3/scenario-warnings.h"
#include "ns3/topology-loader.h"

#include <unistd.h>

#include <iostream>

using namespace ns3;

namespace
{

struct Arguments
{
    std::vector<std::string> words;
    std::string topology;
    std::string scenario;
    std::string output;
    std::string pcap;
    bool figures{false};
};

/** Reads the command line. \throws InputError */
Arguments
ReadArguments(int argc, char* argv[])
{
    Arguments arguments;
    arguments.words.assign(argv + 1, argv + argc);
    CheckCommandLine(arguments.words, {"topology", "scenario", "output", "pcap"}, {"figures"});
    CommandLine cmd(__FILE__);
    cmd.Usage("Runs one scenario on one topology, packet by packet, and writes tables, captures\n"
              "and figures of what came of it.");
    cmd.AddValue("topology", "GraphML file, or a spec such as rec-lab", arguments.topology);
    cmd.AddValue("scenario", "YAML file", arguments.scenario);
    cmd.AddValue("output", "directory of the results", arguments.output);
    cmd.AddValue("pcap", "captures to write, as r1:eth0,e1:* or *:*", arguments.pcap);
    cmd.AddValue("figures", "draw figures of the state (needs Graphviz)", arguments.figures);
    cmd.Parse(argc, argv);
    for (const auto& [name, value] : {std::make_pair("topology", arguments.topology),
                                      std::make_pair("scenario", arguments.scenario),
                                      std::make_pair("output", arguments.output)})
    {
        if (value.empty())
        {
            throw InputError(COMMAND_LINE,
                             FindArgument(arguments.words, name),
                             std::string("no --") + name + ", give --" + name + "=…");
        }
    }
    return arguments;
}

/** \throws InputError if captures are named that there are not, or more than files may be open */
CaptureList
ReadPcap(const Arguments& arguments, const TopologyGraph& topology, const Scenario& scenario)
{
    try
    {
        const CaptureList list = ParsePcap(arguments.pcap, topology, scenario);
        const std::size_t files = ListCaptureFiles(list, topology, scenario).size();
        const std::size_t room = ReserveOpenFiles(files);
        if (room < files)
        {
            throw std::invalid_argument("--pcap names " + std::to_string(files) +
                                        " captures, more than the " + std::to_string(room) +
                                        " files that may be open, name fewer or raise ulimit -n");
        }
        return list;
    }
    catch (const std::invalid_argument& error)
    {
        throw InputError(COMMAND_LINE, FindArgument(arguments.words, "pcap"), error.what());
    }
}

int
Run(const Arguments& arguments)
{
    const TopologyGraph topology = LoadTopology(arguments.topology);
    const Scenario scenario = ReadScenario(arguments.scenario, topology);
    RunOptions options;
    options.output = arguments.output;
    options.figures = arguments.figures;
    options.progress = isatty(STDERR_FILENO) != 0;
    options.pcap = ReadPcap(arguments, topology, scenario);
    if (options.figures && !CanRenderFigures())
    {
        throw InputError(COMMAND_LINE,
                         FindArgument(arguments.words, "figures"),
                         "--figures needs Graphviz, install the package graphviz");
    }
    ScenarioRunner runner(topology, scenario, options, std::cout);
    for (const ScenarioWarning& warning : FindScenarioWarnings(scenario, topology))
    {
        std::cerr << scenario.file << ':' << warning.line << ": warning: " << warning.text << '\n';
    }
    const std::size_t failures = runner.Run();
    if (failures != 0)
    {
        std::cout << failures << (failures == 1 ? " expectation" : " expectations") << " failed; ";
    }
    std::cout << "results in " << arguments.output << std::endl;
    return failures == 0 ? 0 : 1;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("vxlan-lab", [&] { return Run(ReadArguments(argc, argv)); });
}
