// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/study-point.h"

#include "ns3/csv-writer.h"
#include "ns3/group-stream.h"
#include "ns3/model-network.h"
#include "ns3/tier-summary.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <optional>
#include <sys/resource.h>

namespace ns3
{

namespace
{

constexpr int DECIMALS = 6;

/** A row in the making, by column name; columns that nobody sets stay empty. */
using Cells = std::map<std::string, std::string>;

void
Set(Cells& cells, const std::string& column, uint64_t value)
{
    cells[column] = std::to_string(value);
}

void
Set(Cells& cells, const std::string& column, double value)
{
    cells[column] = FormatDecimal(value, DECIMALS);
}

void
SetSize(Cells& cells, const std::string& what, const SizeSummary& size)
{
    Set(cells, what + "_max", size.max);
    Set(cells, what + "_mean", size.mean);
}

/** \returns the tables of \p sample in the order of the model's routers. */
std::vector<RouterState>
ToRouterStates(const ModelNetwork& network, const StudySample& sample)
{
    std::vector<RouterState> states;
    for (const ModelRouter& router : network.GetRouters())
    {
        const StudyTables& tables = sample.routers[router.node];
        RouterState state;
        state.starG = tables.starG;
        state.sg = tables.sg;
        state.sgRpt = tables.sgRpt;
        state.mfc = tables.mfc;
        states.push_back(state);
    }
    return states;
}

void
SetPoint(Cells& cells, const SweepPoint& point, const TopologyGraph& graph)
{
    const std::vector<std::string> key = GetSweepKey(point);
    for (std::size_t i = 0; i < key.size(); ++i)
    {
        cells[GetSweepKeyColumns()[i]] = key[i];
    }
    const auto routers =
        std::count_if(graph.nodes.begin(), graph.nodes.end(), [](const TopologyNode& node) {
            return node.kind == NodeKind::Router;
        });
    Set(cells, "routers", static_cast<uint64_t>(routers));
    Set(cells, "vteps", static_cast<uint64_t>(CountVteps(graph)));
    Set(cells, "ratio", double(point.vnis) / point.groups);
}

/** What the model says for the whole point. Its tables have no limit: where the point's limit
 * binds, it predicts nothing but the demand. */
void
SetPredicted(Cells& cells, const SweepPoint& point, const TreeTotals& totals, bool fits)
{
    if (fits)
    {
        Set(cells, "predicted_copies", totals.copies * point.frames);
        Set(cells, "predicted_wanted", totals.wanted * point.frames);
        Set(cells, "predicted_unwanted", totals.unwanted * point.frames);
    }
    Set(cells, "bum_frames", totals.frames * point.frames);
}

void
SetPredicted(Cells& cells, const TierSummary& tier, bool fits)
{
    cells["tier"] = tier.tier;
    Set(cells, "routers_in_tier", static_cast<uint64_t>(tier.routers));
    SetSize(cells, "demand_mfc", tier.mfc);
    if (fits)
    {
        SetSize(cells, "predicted_star_g", tier.starG);
        SetSize(cells, "predicted_sg", tier.sg);
        SetSize(cells, "predicted_sg_rpt", tier.sgRpt);
        SetSize(cells, "predicted_mfc", tier.mfc);
    }
}

void
SetMeasured(Cells& cells, const StudyOutcome& outcome)
{
    uint64_t copies = 0;
    for (uint64_t count : outcome.copies)
    {
        copies += count;
    }
    Set(cells, "copies_on_links", copies);
    Set(cells, "bum_frames", outcome.deliveries.frames);
    Set(cells, "delivered_wanted", outcome.deliveries.wanted);
    Set(cells, "delivered_unwanted", outcome.deliveries.unwanted);
    Set(cells, "delivered_duplicates", outcome.deliveries.duplicates);
    Set(cells, "delivered_lost", outcome.deliveries.lost);
    Set(cells, "overflow_drops", outcome.overflow.lostPackets);
    Set(cells, "refused_rows", outcome.overflow.refusedRows);
    Set(cells, "evicted_rows", outcome.overflow.evictedRows);
    Set(cells, "punted_packets", outcome.overflow.puntedPackets);
    Set(cells, "fallback_packets", outcome.overflow.fallbackPackets);
    Set(cells, "control_bytes_per_s", outcome.controlBytesPerSecond);
    Set(cells, "events", outcome.events);
    Set(cells, "simulated_s", outcome.simulatedSeconds);
}

void
SetMeasured(Cells& cells, const TierSummary& tier)
{
    SetSize(cells, "star_g", tier.starG);
    SetSize(cells, "sg", tier.sg);
    SetSize(cells, "sg_rpt", tier.sgRpt);
    SetSize(cells, "mfc", tier.mfc);
}

std::vector<std::string>
MakeRow(const Cells& cells)
{
    std::vector<std::string> row;
    for (const std::string& column : GetSweepColumns())
    {
        const auto found = cells.find(column);
        row.push_back(found == cells.end() ? "" : found->second);
    }
    return row;
}

SweepRows
MakeSampleRows(const SweepPoint& point, const ModelNetwork& network, const StudyOutcome& outcome)
{
    SweepRows rows;
    for (const StudySample& sample : outcome.samples)
    {
        for (const TierSummary& tier : SummarizeTiers(network, ToRouterStates(network, sample)))
        {
            std::vector<std::string> row = GetSweepKey(point);
            row.push_back(FormatSeconds(sample.time));
            row.push_back(tier.tier);
            for (double value : {tier.starG.mean, tier.sg.mean, tier.sgRpt.mean, tier.mfc.mean})
            {
                row.push_back(FormatDecimal(value, DECIMALS));
            }
            const StudyOverflow& overflow = sample.overflow;
            for (uint64_t count : {tier.mfc.max,
                                   overflow.lostPackets,
                                   overflow.refusedRows,
                                   overflow.evictedRows,
                                   overflow.puntedPackets,
                                   overflow.fallbackPackets})
            {
                row.push_back(std::to_string(count));
            }
            rows.push_back(row);
        }
    }
    return rows;
}

/** \returns the most memory that this process has used, in megabytes. */
double
GetPeakMemory()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

} // namespace

WorkloadOptions
GetWorkloadOptions(const SweepPoint& point)
{
    WorkloadOptions options;
    options.vnis = point.vnis;
    options.members = point.members;
    options.placement = ParsePlacement(point.placement).value_or(Placement());
    options.senders = point.senders == "all" ? 1 : std::atof(point.senders.c_str());
    options.seed = point.seed;
    return options;
}

std::vector<StudySegment>
MakeSegments(const ModelNetwork& network, Workload& workload, const VniMapping& mapping)
{
    const auto toNodes = [&network](const std::vector<uint32_t>& vteps) {
        std::vector<std::size_t> nodes;
        for (uint32_t vtep : vteps)
        {
            nodes.push_back(network.GetVteps()[vtep].node);
        }
        std::sort(nodes.begin(), nodes.end());
        return nodes;
    };
    std::vector<StudySegment> segments;
    for (uint32_t vni = 1; vni <= workload.GetVniCount(); ++vni)
    {
        VniTraffic traffic;
        workload.GetVni(vni, traffic);
        segments.push_back({vni,
                            Ipv4Address(mapping.GetAddress(mapping.GetGroup(vni))),
                            toNodes(traffic.members),
                            toNodes(traffic.senders)});
    }
    return segments;
}

SweepResult
ComputeStudyPoint(const SweepPoint& point, const TopologyGraph& loaded, bool packets)
{
    const auto start = std::chrono::steady_clock::now();
    const TopologyGraph graph = PrepareStudy(loaded, point.tree);
    const ModelNetwork network(graph, RpfEcmp::SG_HASH);
    Workload workload(network, GetWorkloadOptions(point));
    const VniMapping mapping(
        point.mapping, HasOwnGroups(point.mapping) ? 0 : point.groups, workload);
    TreeStateModel model(network, ParseTreePolicy(point.tree).value());
    ForEachGroup(
        network, workload, mapping, [&model](const GroupMembers& group) { model.Add(group); });

    const std::vector<TierSummary> predicted = SummarizeTiers(network, model.GetRouters());
    const bool fits = point.capacity == 0 ||
                      std::all_of(predicted.begin(), predicted.end(), [&](const TierSummary& t) {
                          return t.mfc.max <= point.capacity;
                      });
    SweepResult result;
    Cells all;
    SetPoint(all, point, graph);
    SetPredicted(all, point, model.GetTotals(), fits);
    std::vector<TierSummary> measured;
    if (packets)
    {
        StudySettings settings;
        settings.tree = point.tree;
        settings.frames = point.frames;
        settings.capacity = point.capacity;
        settings.policy = point.capacityPolicy;
        const StudyOutcome outcome =
            RunStudy(graph, MakeSegments(network, workload, mapping), settings);
        SetMeasured(all, outcome);
        measured = SummarizeTiers(network, ToRouterStates(network, outcome.rest));
        result.samples = MakeSampleRows(point, network, outcome);
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    all["wall_s"] = FormatDecimal(wall.count(), 2);
    all["peak_rss_mb"] = FormatDecimal(GetPeakMemory(), 1);
    for (std::size_t i = 0; i < predicted.size(); ++i)
    {
        Cells cells = all;
        SetPredicted(cells, predicted[i], fits);
        if (packets)
        {
            SetMeasured(cells, measured[i]);
        }
        result.rows.push_back(MakeRow(cells));
    }
    return result;
}

} // namespace ns3
