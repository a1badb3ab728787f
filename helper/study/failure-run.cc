// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/failure-run.h"

#include "ns3/failure-spread.h"
#include "ns3/failure-trees.h"
#include "ns3/group-stream.h"
#include "ns3/number-format.h"
#include "ns3/plot-failures.h"
#include "ns3/run-output.h"
#include "ns3/sweep-options.h"
#include "ns3/topology-loader.h"
#include "ns3/unfinished-files.h"
#include "ns3/vni-mapping.h"

#include <iostream>

namespace ns3
{

namespace
{

/** The published counting: no trees, a million groups. */
std::vector<FailureRow>
RunThirds(const TopologyGraph& graph, const FailureOptions& options)
{
    std::vector<FailureRow> rows;
    const ModelNetwork network(graph, options.state.ecmp, options.state.place);
    std::vector<double> core;
    std::vector<double> spine;
    std::vector<double> groups;
    const StateSize& size = options.state.sizes.front();
    for (uint64_t seed : options.state.seeds)
    {
        const WorkloadOptions seeded = GetSeededWorkload(options, seed);
        Workload workload(network, seeded);
        const VniMapping mapping(size.mapping, size.groups, workload);
        FailureSpread spread(network, seeded.seed);
        ForEachGroup(network, workload, mapping, [&spread](const GroupMembers& group) {
            spread.Add(group);
        });
        groups.push_back(static_cast<double>(spread.GetGroups()));
        core.push_back(static_cast<double>(spread.GetCoreGroups()));
        spine.push_back(spread.GetSpineGroups());
    }
    for (const std::string& kind : options.kinds)
    {
        FailureRow row;
        row.kind = kind;
        row.failures = ListFailures(graph, kind).size();
        row.touched = kind == "core" ? core : spine;
        row.groups = GetMean(groups);
        row.seeds = groups.size();
        std::vector<double> percent;
        percent.reserve(groups.size());
        for (std::size_t i = 0; i < groups.size(); ++i)
        {
            percent.push_back(100 * row.touched[i] / groups[i]);
        }
        row.deviation = GetDeviation(percent);
        rows.push_back(row);
        std::cout << kind << ": a failure touches " << FormatDecimal(GetMean(percent))
                  << " % of the groups (standard deviation " << FormatDecimal(*row.deviation)
                  << ", " << row.seeds << " seeds)\n";
    }
    return rows;
}

void
CheckKinds(const TopologyGraph& graph, const FailureOptions& options, const ProgramOptions& command)
{
    for (const std::string& kind : options.kinds)
    {
        if (ListFailures(graph, kind).empty() ||
            (options.thirds && kind != "core" && kind != "spine"))
        {
            command.Refuse("failures",
                           options.thirds
                               ? "with --roles=thirds the failures are core and spine"
                               : "nothing in the topology is a '" + kind +
                                     "', expected link, rp, vtep or a tier of its routers");
        }
    }
}

/** Says which trees are left out of a study of several; refuses if none is left. */
void
CheckTrees(const TopologyGraph& graph,
           const std::string& topology,
           const FailureOptions& options,
           const ProgramOptions& command)
{
    std::string last;
    std::size_t possible = 0;
    for (TreePolicy tree : options.state.trees)
    {
        const std::string obstacle = FindRpObstacle(graph, tree);
        possible += obstacle.empty() ? 1 : 0;
        if (!obstacle.empty())
        {
            last = std::string(ToString(tree)) + " on " + topology + ": " + obstacle;
            std::cout << "left out: " << last << "\n";
        }
    }
    if (possible == 0)
    {
        command.Refuse("trees", last + ", expected other trees, or other RPs");
    }
}

/** \returns whether the figure was drawn, or not asked for. */
bool
DrawFailures(const std::vector<FailureRow>& rows, const FailureOptions& options, RunOutput& output)
{
    if (!options.plots || !options.packets)
    {
        return true;
    }
    const PlotFigure figure = MakeFailureFigure(rows);
    const std::string folder = output.GetPath("");
    const std::string error = DrawFigure(figure, folder);
    if (!error.empty())
    {
        std::cerr << "failure-study: " << error << "\n";
        return false;
    }
    std::cout << output.GetPath(figure.name + ".svg") << "\n";
    return true;
}

/** \throws InputError if the figure is asked for and could not be drawn, or not written */
void
CheckFigure(const FailureOptions& options, const ProgramOptions& command, const RunOutput& output)
{
    if (!options.plots || !options.packets)
    {
        return;
    }
    for (const char* extension : {".svg", ".png", ".dat", ".gnuplot"})
    {
        output.CheckReplaceable(std::string(FAILURE_FIGURE) + extension);
    }
    if (!HasGnuplot())
    {
        command.Refuse("plots",
                       "--plots needs gnuplot, install the package gnuplot-nox or leave --plots "
                       "out");
    }
}

} // namespace

int
RunFailureStudy(int argc, char* argv[])
{
    FailureOptionTexts texts;
    ProgramOptions command = MakeFailureProgramOptions(texts);
    command.Parse(argc, argv);
    command.Require("topology");
    command.Require("output");
    FailureOptions options = ReadFailureOptions(texts, command);
    for (int i = 1; i < argc; ++i)
    {
        const std::string argument = argv[i];
        options.identity += argument.rfind("--ns3::", 0) == 0 ? " " + argument.substr(2) : "";
    }
    const std::vector<std::string> topologies = SplitTopologies(texts.state.topology);
    if (topologies.size() != 1 && (topologies.empty() || options.thirds))
    {
        command.Refuse("topology", "--topology names none, or several with --roles=thirds");
    }
    std::vector<TopologyGraph> graphs;
    for (const std::string& topology : topologies)
    {
        graphs.push_back(LoadTopology(topology, texts.state.topologyOptions));
        CheckKinds(graphs.back(), options, command);
        if (!options.thirds)
        {
            CheckTrees(graphs.back(), topology, options, command);
        }
    }
    RunOutput output(texts.state.output);
    output.CheckReplaceable("failures.csv");
    CheckFigure(options, command, output);
    FailureStore store(output);
    std::vector<FailureRow> rows;
    try
    {
        rows = options.thirds ? RunThirds(graphs.front(), options)
                              : RunFailureTrees(graphs, options, store);
    }
    catch (const FailuresInterrupted& kept)
    {
        std::cerr << "failure-study: interrupted; " << kept.what() << " runs are kept in "
                  << output.GetPath(FailureStore::FILE_NAME) << ", the same command continues\n";
        return 128 + InterruptWatch::GetSignal();
    }
    catch (const WorkloadError& error)
    {
        RefuseWorkload(command, error);
    }
    catch (const std::invalid_argument& error)
    {
        command.Refuse("topology", error.what());
    }
    CsvTable table("failures", GetFailureColumns());
    for (const FailureRow& row : rows)
    {
        table.AddRow(MakeFailureCells(row));
    }
    output.Write(table);
    std::cout << output.GetPath("failures.csv") << ": " << table.GetRows().size() << " rows\n";
    return DrawFailures(rows, options, output) ? 0 : 1;
}

} // namespace ns3
