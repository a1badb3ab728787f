// SPDX-License-Identifier: GPL-2.0-only
// Runs one scenario on one topology, packet by packet.
//
//   vxlan-lab --topology=topologies/rec-lab.graphml --scenario=examples/scenarios/article.yaml
//             --output=out/article [--pcap=r1:eth0,e1:*] [--figures] [--report]
//
// Exit status: 0 done; 1 an `expect` of the scenario failed, or the disk; 2 bad input or usage.
#include "ns3/figure-layout.h"
#include "ns3/open-files.h"
#include "ns3/program-options.h"
#include "ns3/run-report.h"
#include "ns3/scenario-reader.h"
#include "ns3/scenario-runner.h"
#include "ns3/scenario-warnings.h"
#include "ns3/topology-loader.h"
#include "ns3/topology-program-options.h"

#include <unistd.h>

#include <iostream>
#include <memory>

using namespace ns3;

namespace
{

/** What the command line says. */
struct Arguments
{
    std::string topology;
    TopologyOptions topologyOptions{};
    std::string scenario;
    std::string output;
    std::string pcap;
    bool figures{false};
    bool report{false};
};

ProgramOptions
MakeOptions(Arguments& arguments)
{
    return {"vxlan-lab",
            "Runs one scenario on one topology, packet by packet, and writes tables, captures\n"
            "and figures of what came of it.\n"
            "Exit status: 0 done; 1 an expect of the scenario failed, or the disk; 2 bad input.\n"
            "Example: vxlan-lab --topology=rec-lab --scenario=examples/scenarios/article.yaml "
            "--output=out/article --report",
            JoinOptions(
                {TextOption("topology",
                            "GraphML or .topo file, or a spec such as rec-lab",
                            arguments.topology),
                 TextOption("scenario", "YAML file", arguments.scenario),
                 TextOption("output", "directory of the results", arguments.output),
                 TextOption("pcap", "captures to write, as r1:eth0,e1:* or *:*", arguments.pcap),
                 FlagOption("figures", "draw figures of the state", arguments.figures),
                 FlagOption(
                     "report", "write report.html, a page that plays the run", arguments.report)},
                MakeTopologyProgramOptions(arguments.topologyOptions))};
}

/** \throws InputError if captures are named that there are not, or more than files may be open */
CaptureList
ReadPcap(const std::string& text,
         const ProgramOptions& options,
         const TopologyGraph& topology,
         const Scenario& scenario)
{
    try
    {
        CaptureList list = ParsePcap(text, topology, scenario);
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
        options.Refuse("pcap", error.what());
    }
}

int
Run(int argc, char* argv[])
{
    Arguments arguments;
    ProgramOptions command = MakeOptions(arguments);
    command.Parse(argc, argv);
    for (const char* name : {"topology", "scenario", "output"})
    {
        command.Require(name);
    }
    const TopologyGraph topology = LoadTopology(arguments.topology, arguments.topologyOptions);
    const Scenario scenario = ReadScenario(arguments.scenario, topology);
    RunOptions options;
    options.output = arguments.output;
    options.figures = arguments.figures;
    options.progress = isatty(STDERR_FILENO) != 0;
    options.pcap = ReadPcap(arguments.pcap, command, topology, scenario);
    if (options.figures && !CanLayOutFigures(topology))
    {
        command.Refuse("figures",
                       "--figures needs Graphviz to lay out this topology, install the package "
                       "graphviz or give each node x and y");
    }
    ScenarioRunner runner(topology, scenario, options, std::cout);
    for (const ScenarioWarning& warning : FindScenarioWarnings(scenario, topology))
    {
        std::cerr << scenario.file << ':' << warning.line << ": warning: " << warning.text << '\n';
    }
    const std::shared_ptr<RunReport> report =
        arguments.report ? RunReport::Attach(runner.GetRun(), scenario) : nullptr;
    const std::size_t failures = runner.Run();
    if (failures != 0)
    {
        std::cout << failures << (failures == 1 ? " expectation" : " expectations") << " failed; ";
    }
    std::cout << "results in " << arguments.output << std::endl;
    if (report)
    {
        std::cout << "report page " << report->Write() << std::endl;
    }
    return failures == 0 ? 0 : 1;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("vxlan-lab", [&] { return Run(argc, argv); });
}
