// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/failure-run.h"

#include "ns3/csv-table.h"
#include "ns3/failure-options.h"
#include "ns3/failure-spread.h"
#include "ns3/group-stream.h"
#include "ns3/number-format.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/rp-choice.h"
#include "ns3/run-output.h"
#include "ns3/study-point.h"
#include "ns3/study-simulation.h"
#include "ns3/topology-loader.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <numeric>
#include <optional>
#include <set>

namespace ns3
{

namespace
{

CsvTable
MakeTable()
{
    return CsvTable("failures",
                    {"kind",
                     "detection",
                     "rp",
                     "tree",
                     "failures",
                     "ms_min",
                     "ms_median",
                     "ms_max",
                     "lost_min",
                     "lost_median",
                     "lost_max",
                     "duplicates",
                     "control_messages",
                     "entries_changed",
                     "groups_touched",
                     "groups",
                     "predicted_entries_changed",
                     "touched_percent",
                     "touched_percent_sd",
                     "seeds"});
}

/** Least, middle and most of some values. */
struct Spread
{
    double least{0};
    double median{0};
    double most{0};

    explicit Spread(std::vector<double> values)
    {
        std::sort(values.begin(), values.end());
        if (!values.empty())
        {
            const std::size_t middle = values.size() / 2;
            least = values.front();
            most = values.back();
            median =
                values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
        }
    }
};

double
GetMean(const std::vector<double>& values)
{
    return values.empty() ? 0
                          : std::accumulate(values.begin(), values.end(), 0.0) /
                                static_cast<double>(values.size());
}

/** Of the sample, not of the population: seeds are a sample. */
double
GetDeviation(const std::vector<double>& values)
{
    const double mean = GetMean(values);
    double sum = 0;
    for (double value : values)
    {
        sum += (value - mean) * (value - mean);
    }
    return values.size() < 2 ? 0 : std::sqrt(sum / static_cast<double>(values.size() - 1));
}

/** \returns how routers know their RPs: the column rp. */
std::string
GetRpWord(const TopologyGraph& graph, TreePolicy tree)
{
    if (tree == TreePolicy::Ssm)
    {
        return "";
    }
    std::set<TopologyAddress> own;
    for (const TopologyNode& node : graph.nodes)
    {
        for (const LoopbackAddress& each : GetLoopbackAddresses(node))
        {
            own.insert(each.address);
        }
        if (!node.anycastRps.empty())
        {
            return "anycast";
        }
    }
    for (const TopologyAttachment& attachment : graph.attachments)
    {
        own.insert(attachment.address);
    }
    for (const TopologyNode& node : graph.nodes)
    {
        for (const StaticRpSpec& rp : node.bidirRps)
        {
            if (own.count(rp.address) == 0)
            {
                return "phantom";
            }
        }
    }
    const bool isElected =
        std::any_of(graph.nodes.begin(), graph.nodes.end(), [](const TopologyNode& node) {
            return !node.candidateRp.empty();
        });
    return isElected ? "bsr" : "static";
}

WorkloadOptions
WithSeed(WorkloadOptions options, uint64_t seed)
{
    options.seed = seed + (uint64_t(RngSeedManager::GetSeed()) - 1) * (uint64_t(1) << 32);
    return options;
}

/** What one kind of failure gave under one tree, and, in packets, one detection. */
struct FailureRow
{
    std::string kind;
    std::string detection; //!< empty: the graph model alone
    std::string rp;
    std::string tree;
    std::size_t failures{0};
    std::vector<FailureOutcome> outcomes;
    std::vector<double> touched; //!< groups, by failure or seed
    std::vector<double> changed; //!< rows, by failure, as the model says
    double groups{0};            //!< of a seed
    std::size_t seeds{1};
    std::optional<double> deviation; //!< of the per cent, over seeds
};

std::vector<std::string>
MakeCells(const FailureRow& row)
{
    const auto spread = [&row](const auto& get) {
        std::vector<double> values;
        for (const FailureOutcome& outcome : row.outcomes)
        {
            values.push_back(get(outcome));
        }
        return values;
    };
    const Spread ms(spread([](const FailureOutcome& o) { return o.longest.GetSeconds() * 1000; }));
    const Spread lost(spread([](const FailureOutcome& o) { return double(o.lost); }));
    const bool measured = !row.outcomes.empty();
    const auto cell = [measured](double value) {
        return measured ? FormatDecimal(value) : std::string();
    };
    const std::string predicted =
        row.changed.empty() ? std::string() : FormatDecimal(GetMean(row.changed));
    return {
        row.kind,
        row.detection,
        row.rp,
        row.tree,
        std::to_string(measured ? row.outcomes.size() : row.failures),
        cell(ms.least),
        cell(ms.median),
        cell(ms.most),
        cell(lost.least),
        cell(lost.median),
        cell(lost.most),
        cell(GetMean(spread([](const FailureOutcome& o) { return double(o.duplicates); }))),
        cell(GetMean(spread([](const FailureOutcome& o) { return double(o.controlMessages); }))),
        measured ? FormatDecimal(GetMean(
                       spread([](const FailureOutcome& o) { return double(o.entriesChanged); })))
                 : predicted,
        FormatDecimal(GetMean(row.touched)),
        FormatDecimal(row.groups),
        predicted,
        FormatDecimal(row.groups == 0 ? 0 : 100 * GetMean(row.touched) / row.groups),
        row.deviation ? FormatDecimal(*row.deviation) : std::string(),
        std::to_string(row.seeds)};
}

/** The published counting: no trees, a million groups. */
void
RunThirds(const TopologyGraph& graph, const FailureOptions& options, CsvTable& table)
{
    const ModelNetwork network(graph, options.state.ecmp, options.state.place);
    std::vector<double> core;
    std::vector<double> spine;
    std::vector<double> groups;
    const StateSize& size = options.state.sizes.front();
    for (uint64_t seed : options.state.seeds)
    {
        const WorkloadOptions seeded = WithSeed(options.state.workload, seed);
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
        for (std::size_t i = 0; i < groups.size(); ++i)
        {
            percent.push_back(100 * row.touched[i] / groups[i]);
        }
        row.deviation = GetDeviation(percent);
        table.AddRow(MakeCells(row));
        std::cout << kind << ": a failure touches " << FormatDecimal(GetMean(percent))
                  << " % of the groups (standard deviation " << FormatDecimal(*row.deviation)
                  << ", " << row.seeds << " seeds)\n";
    }
}

/** One tree of a study with the graph model and, if wanted, packets. */
class TreeStudy
{
  public:
    TreeStudy(const TopologyGraph& graph, const FailureOptions& options, TreePolicy tree)
        : m_options(options),
          m_tree(tree),
          m_graph(PrepareStudy(graph, tree)),
          m_model(m_graph, options.state.ecmp, tree, options.state.place),
          m_workload(m_model.GetNetwork(),
                     WithSeed(options.state.workload, options.state.seeds.front())),
          m_mapping(options.state.sizes.front().mapping,
                    options.state.sizes.front().groups,
                    m_workload)
    {
        ForEachGroup(
            m_model.GetNetwork(), m_workload, m_mapping, [this](const GroupMembers& group) {
                m_model.Add(group.GetTraffic());
                ++m_groups;
            });
    }

    void AddRows(const std::string& kind, CsvTable& table)
    {
        FailureRow row;
        row.kind = kind;
        row.rp = GetRpWord(m_graph, m_tree);
        row.tree = ToString(m_tree);
        row.groups = m_groups;
        const std::vector<Failure> failures = ListFailures(m_graph, kind);
        row.failures = failures.size();
        for (const Failure& failure : failures)
        {
            const FailureEffect effect = m_model.Evaluate(failure);
            row.touched.push_back(static_cast<double>(effect.groupsTouched));
            row.changed.push_back(static_cast<double>(effect.entriesChanged));
        }
        if (!m_options.packets)
        {
            table.AddRow(MakeCells(row));
            return;
        }
        const std::vector<std::size_t> sample = GetSample(failures.size());
        for (FailureDetection detection : m_options.detections)
        {
            FailureRow measured = row;
            measured.detection = EnumName(detection);
            measured.touched.clear();
            measured.changed.clear();
            for (std::size_t index : sample)
            {
                std::cout << "failing " << failures[index].name << ": " << measured.detection
                          << ", " << measured.tree << std::endl;
                measured.outcomes.push_back(RunOne(failures[index], detection));
                measured.touched.push_back(row.touched[index]);
                measured.changed.push_back(row.changed[index]);
            }
            table.AddRow(MakeCells(measured));
        }
    }

  private:
    /** \returns which of \p count failures are run: evenly spread. */
    std::vector<std::size_t> GetSample(std::size_t count) const
    {
        const std::size_t wanted =
            m_options.sample == 0 ? count : std::min<std::size_t>(count, m_options.sample);
        std::vector<std::size_t> sample;
        for (std::size_t i = 0; i < wanted; ++i)
        {
            sample.push_back((2 * i + 1) * count / (2 * wanted));
        }
        return sample;
    }

    FailureOutcome RunOne(const Failure& failure, FailureDetection detection)
    {
        const TopologyGraph failed = FailIn(m_graph, failure);
        std::set<std::size_t> gone;
        for (std::size_t node = 0; node < failed.nodes.size(); ++node)
        {
            if (failed.nodes[node].attachments.empty())
            {
                gone.insert(node);
            }
        }
        FailureSettings settings = m_options.settings;
        settings.tree = m_tree;
        settings.detection = detection;
        const std::vector<StudySegment> segments =
            MakeSegments(m_model.GetNetwork(), m_workload, m_mapping);
        return RunFailure(m_graph, segments, failure, gone, settings);
    }

    const FailureOptions& m_options;
    TreePolicy m_tree;
    TopologyGraph m_graph;
    FailureModel m_model;
    Workload m_workload;
    VniMapping m_mapping;
    double m_groups{0};
};

void
RunTrees(const TopologyGraph& graph, const FailureOptions& options, CsvTable& table)
{
    for (TreePolicy tree : options.state.trees)
    {
        TreeStudy study(graph, options, tree);
        for (const std::string& kind : options.kinds)
        {
            study.AddRows(kind, table);
        }
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
    const FailureOptions options = ReadFailureOptions(texts, command);
    const TopologyGraph graph = LoadTopology(texts.state.topology, texts.state.topologyOptions);
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
    RunOutput output(texts.state.output);
    output.CheckReplaceable("failures.csv");
    CsvTable table = MakeTable();
    try
    {
        options.thirds ? RunThirds(graph, options, table) : RunTrees(graph, options, table);
    }
    catch (const WorkloadError& error)
    {
        RefuseWorkload(command, error);
    }
    catch (const std::invalid_argument& error)
    {
        command.Refuse("topology", error.what());
    }
    output.Keep();
    output.Write(table);
    std::cout << output.GetPath("failures.csv") << ": " << table.GetRows().size() << " rows\n";
    return 0;
}

} // namespace ns3
