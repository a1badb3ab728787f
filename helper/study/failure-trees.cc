// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/failure-trees.h"

#include "ns3/group-stream.h"
#include "ns3/mix-hash.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/rp-choice.h"
#include "ns3/study-point.h"
#include "ns3/study-simulation.h"
#include "ns3/sweep-pool.h"
#include "ns3/unfinished-files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace ns3
{

WorkloadOptions
GetSeededWorkload(const FailureOptions& options, uint64_t seed)
{
    WorkloadOptions workload = options.state.workload;
    workload.seed = seed + (uint64_t(RngSeedManager::GetSeed()) - 1) * (uint64_t(1) << 32);
    return workload;
}

std::string
FindRpObstacle(const TopologyGraph& graph, TreePolicy tree)
{
    if (tree == TreePolicy::Ssm)
    {
        return "";
    }
    const TopologyGraph prepared = PrepareStudy(graph, tree);
    const std::vector<RpOffer> offers = RpChoice(prepared).GetOffers();
    const bool isBidir = tree == TreePolicy::Bidir;
    if (isBidir && std::any_of(offers.begin(), offers.end(), [](const RpOffer& offer) {
            return offer.nodes.size() > 1;
        }))
    {
        return "its RP is on several routers, and bidirectional trees have one root";
    }
    const auto& nodes = prepared.nodes;
    const bool hasBidirRps = std::any_of(nodes.begin(), nodes.end(), [](const TopologyNode& node) {
        return !node.bidirRps.empty();
    });
    return !isBidir && hasBidirRps ? "its RP is for bidirectional trees" : "";
}

namespace
{

const Time OSPF_FINDS = Seconds(41); //!< RouterDeadInterval, and the calculation of routes

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
        if (!node.anycastRps.empty() || !node.msdp.empty())
        {
            return node.anycastRps.empty() ? "msdp" : "anycast";
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

/** \returns what tells one content of the file \p path from another; empty if it is no file. */
std::string
GetFingerprint(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!std::filesystem::is_regular_file(path) || !file)
    {
        return "";
    }
    uint64_t hash = 0;
    for (std::istreambuf_iterator<char> at(file), end; at != end; ++at)
    {
        hash = MixHash(hash + 1 + static_cast<unsigned char>(*at));
    }
    std::ostringstream text;
    text << " file=" << std::hex << hash;
    return text.str();
}

/** One graph under one tree: the model, and what the packets need. */
class TreeStudy
{
  public:
    TreeStudy(const TopologyGraph& graph, const FailureOptions& options, TreePolicy tree)
        : m_options(options),
          m_tree(tree),
          m_graph(PrepareStudy(graph, tree)),
          m_model(m_graph, options.state.ecmp, tree, options.state.place),
          m_workload(m_model.GetNetwork(), GetSeededWorkload(options, options.state.seeds.front())),
          m_mapping(options.state.sizes.front().mapping,
                    options.state.sizes.front().groups,
                    m_workload),
          m_fingerprint(GetFingerprint(graph.name))
    {
        ForEachGroup(
            m_model.GetNetwork(), m_workload, m_mapping, [this](const GroupMembers& group) {
                m_model.Add(group.GetTraffic());
                ++m_groups;
            });
    }

    TreePolicy GetTree() const
    {
        return m_tree;
    }

    const std::string& GetTopology() const
    {
        return m_graph.name;
    }

    /** \returns the options that decide what a run gives, and which file it is of. */
    std::string GetIdentity() const
    {
        return m_options.identity + m_fingerprint;
    }

    /** \returns a row with what the model knows of all failures of \p kind, found by \p detection. */
    FailureRow MakeRow(const std::string& kind, FailureDetection detection) const
    {
        FailureRow row;
        row.kind = kind;
        row.rp = GetRpWord(m_graph, m_tree);
        row.tree = ToString(m_tree);
        row.groups = m_groups;
        for (const Failure& failure : GetFailures(kind))
        {
            const FailureEffect effect = m_model.Evaluate(failure, GetCarrier(detection));
            ++row.failures;
            row.touched.push_back(static_cast<double>(effect.groupsTouched));
            row.changed.push_back(static_cast<double>(effect.entriesChanged));
        }
        return row;
    }

    std::vector<Failure> GetFailures(const std::string& kind) const
    {
        return ListFailures(m_graph, kind);
    }

    FailureOutcome Run(const Failure& failure, FailureDetection detection)
    {
        const TopologyGraph failed = FailIn(m_graph, failure, GetCarrier(detection));
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
        settings.found = GetFound(detection);
        const std::vector<StudySegment> segments =
            MakeSegments(m_model.GetNetwork(), m_workload, m_mapping);
        return RunFailure(m_graph, segments, failure, gone, settings);
    }

  private:
    static FailureCarrier GetCarrier(FailureDetection detection)
    {
        return detection == FailureDetection::Carrier ? FailureCarrier::Lost : FailureCarrier::Kept;
    }

    /** \returns by when, after a failure, its neighbours have found it. */
    Time GetFound(FailureDetection detection) const
    {
        return detection == FailureDetection::Ospf  ? OSPF_FINDS
               : detection == FailureDetection::Bfd ? m_options.settings.bfd
                                                    : Time(0);
    }

    const FailureOptions& m_options;
    TreePolicy m_tree;
    TopologyGraph m_graph;
    FailureModel m_model;
    Workload m_workload;
    VniMapping m_mapping;
    std::string m_fingerprint;
    double m_groups{0};
};

/** \returns which of \p count failures are run: \p sample of them, evenly spread; 0: all. */
std::vector<std::size_t>
GetSample(std::size_t count, std::size_t sample)
{
    const std::size_t wanted = sample == 0 ? count : std::min(count, sample);
    std::vector<std::size_t> chosen;
    chosen.reserve(wanted);
    for (std::size_t i = 0; i < wanted; ++i)
    {
        chosen.push_back((2 * i + 1) * count / (2 * wanted));
    }
    return chosen;
}

/** A failure in packets; several rows may need it, for a spine may be an RP as well. */
struct PlannedFailure
{
    TreeStudy* study;
    Failure failure;
    FailureDetection detection;
};

/** The rows, and the runs in packets that they need. */
class FailurePlan
{
  public:
    FailurePlan(const FailureOptions& options, FailureStore& store)
        : m_options(options),
          m_store(store)
    {
    }

    void Add(TreeStudy& study)
    {
        for (const std::string& kind : m_options.kinds)
        {
            if (!m_options.packets)
            {
                m_rows.push_back(study.MakeRow(kind, FailureDetection::Carrier));
                m_needs.emplace_back();
                continue;
            }
            for (FailureDetection detection : m_options.detections)
            {
                AddMeasured(study, study.MakeRow(kind, detection), detection);
            }
        }
    }

    /** \throws FailuresInterrupted */
    std::vector<FailureRow> Run()
    {
        std::vector<std::size_t> todo;
        for (std::size_t run = 0; run < m_runs.size(); ++run)
        {
            if (!m_store.GetOutcome(run))
            {
                todo.push_back(run);
            }
        }
        if (todo.size() < m_runs.size())
        {
            std::cout << m_runs.size() - todo.size() << " of " << m_runs.size() << " are in "
                      << FailureStore::FILE_NAME << std::endl;
        }
        RunAll(todo);
        for (std::size_t row = 0; row < m_rows.size(); ++row)
        {
            for (std::size_t run : m_needs[row])
            {
                m_rows[row].outcomes.push_back(m_store.GetOutcome(run).value());
            }
        }
        return m_rows;
    }

  private:
    void RunAll(const std::vector<std::size_t>& todo)
    {
        const InterruptWatch watch;
        RunSweepPool(
            todo,
            m_options.jobs,
            nullptr,
            [this](std::size_t index) { return Compute(index); },
            [this](std::size_t index, const SweepResult& result) { Take(index, result); },
            [this] { CheckInterrupted(); });
    }

    void CheckInterrupted() const
    {
        if (InterruptWatch::GetSignal() != 0)
        {
            throw FailuresInterrupted(std::to_string(m_store.CountDone()) + " of " +
                                      std::to_string(m_runs.size()));
        }
    }

    void AddMeasured(TreeStudy& study, const FailureRow& row, FailureDetection detection)
    {
        const std::vector<Failure> failures = study.GetFailures(row.kind);
        FailureRow measured = row;
        measured.detection = EnumName(detection);
        measured.touched.clear();
        measured.changed.clear();
        m_needs.emplace_back();
        for (std::size_t index : GetSample(failures.size(), m_options.sample))
        {
            const FailureEffect predicted{static_cast<uint64_t>(row.touched[index]),
                                          static_cast<uint64_t>(row.changed[index])};
            m_needs.back().push_back(GetOrAddRun(study, failures[index], detection, predicted));
            measured.touched.push_back(row.touched[index]);
            measured.changed.push_back(row.changed[index]);
        }
        m_rows.push_back(std::move(measured));
    }

    std::size_t GetOrAddRun(TreeStudy& study,
                            const Failure& failure,
                            FailureDetection detection,
                            const FailureEffect& predicted)
    {
        const auto [known, isNew] =
            m_known.try_emplace({&study, failure.node, failure.network, detection}, m_runs.size());
        if (isNew)
        {
            m_runs.push_back({&study, failure, detection});
            m_store.AddRun({study.GetIdentity(),
                            study.GetTopology(),
                            ToString(study.GetTree()),
                            EnumName(detection),
                            failure.name,
                            predicted});
        }
        return known->second;
    }

    /** In a child process. */
    SweepResult Compute(std::size_t index) const
    {
        const PlannedFailure& run = m_runs[index];
        SweepResult result;
        result.rows.push_back(PackOutcome(run.study->Run(run.failure, run.detection)));
        return result;
    }

    void Take(std::size_t index, const SweepResult& result)
    {
        const PlannedFailure& run = m_runs[index];
        const std::string name = run.failure.name + ", " + EnumName(run.detection) + ", " +
                                 ToString(run.study->GetTree());
        if (!result.error.empty())
        {
            CheckInterrupted(); // it dies of the signal as well
            throw std::runtime_error(name + ": " + result.error);
        }
        m_store.SetOutcome(index, UnpackOutcome(result.rows.at(0)));
        std::cout << m_store.CountDone() << " of " << m_runs.size() << ": " << name << std::endl;
    }

    const FailureOptions& m_options;
    FailureStore& m_store;
    std::vector<FailureRow> m_rows;
    std::vector<std::vector<std::size_t>> m_needs; //!< by row: its runs
    std::vector<PlannedFailure> m_runs;            //!< with their numbers in the store
    std::map<std::tuple<TreeStudy*,
                        std::optional<std::size_t>,
                        std::optional<std::size_t>,
                        FailureDetection>,
             std::size_t>
        m_known;
};

} // namespace

std::vector<FailureRow>
RunFailureTrees(const std::vector<TopologyGraph>& graphs,
                const FailureOptions& options,
                FailureStore& store)
{
    std::vector<std::unique_ptr<TreeStudy>> studies;
    FailurePlan plan(options, store);
    for (const TopologyGraph& graph : graphs)
    {
        for (TreePolicy tree : options.state.trees)
        {
            if (FindRpObstacle(graph, tree).empty())
            {
                studies.push_back(std::make_unique<TreeStudy>(graph, options, tree));
                plan.Add(*studies.back());
            }
        }
    }
    return plan.Run();
}

} // namespace ns3
