// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/study-point.h"

#include "ns3/flood-model.h"
#include "ns3/group-stream.h"
#include "ns3/model-network.h"
#include "ns3/run-summary.h"
#include "ns3/sweep-row.h"
#include "ns3/tier-summary.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <numeric>
#include <optional>

namespace ns3
{

namespace
{

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
        state.mfcStarG = tables.mfcStarG;
        states.push_back(state);
    }
    return states;
}

/** \returns what all rows of the point share. */
SweepRow
MakeRow(const SweepPoint& point, const TopologyGraph& graph)
{
    SweepRow row;
    row.point = point;
    row.routers = static_cast<uint64_t>(
        std::count_if(graph.nodes.begin(), graph.nodes.end(), [](const TopologyNode& node) {
            return node.kind == NodeKind::Router;
        }));
    row.vteps = CountVteps(graph);
    return row;
}

SweepRow::Measured
MakeMeasured(const StudyOutcome& outcome)
{
    SweepRow::Measured measured;
    measured.copies = std::accumulate(outcome.copies.begin(), outcome.copies.end(), uint64_t(0));
    measured.deliveries = outcome.deliveries;
    measured.overflow = outcome.overflow;
    measured.controlBytesPerSecond = outcome.controlBytesPerSecond;
    measured.events = outcome.events;
    measured.simulatedSeconds = outcome.simulatedSeconds;
    return measured;
}

SweepRows
MakeSampleRows(const SweepPoint& point, const ModelNetwork& network, const StudyOutcome& outcome)
{
    SweepRows rows;
    for (const StudySample& sample : outcome.samples)
    {
        for (const TierSummary& tier : SummarizeTiers(network, ToRouterStates(network, sample)))
        {
            rows.push_back(MakeCells(GrowthRow{point, sample.time, tier, sample.overflow}));
        }
    }
    return rows;
}

StudySettings
GetStudySettings(const SweepPoint& point, const TopologyGraph& graph)
{
    StudySettings settings;
    settings.tree = point.tree;
    settings.control = point.control;
    settings.vms = point.vms;
    settings.frames = point.frames;
    settings.policy = point.capacityPolicy;
    settings.limits = MakeTableLimits(point.limits, graph);
    return settings;
}

/** \returns whether the demand, which the model predicts, is what the point's tables hold. */
bool
FitsTables(const SweepPoint& point, const std::vector<TierSummary>& demand)
{
    return std::all_of(demand.begin(), demand.end(), [&](const TierSummary& tier) {
        return Fits(tier, point.limits.Get(tier.tier));
    });
}

} // namespace

std::vector<StudyTableLimit>
MakeTableLimits(const PlanLimits& limits, const TopologyGraph& graph)
{
    std::vector<StudyTableLimit> tables;
    for (const TopologyNode& node : graph.nodes)
    {
        tables.emplace_back();
        if (node.kind == NodeKind::Router)
        {
            const PlanTierLimit limit = limits.Get(GetRouterTier(node));
            for (PlanKind kind : {PlanKind::SUM, PlanKind::STAR_G, PlanKind::SG})
            {
                if (limit.Get(kind) == uint64_t(0))
                {
                    throw std::invalid_argument("tier '" + GetRouterTier(node) +
                                                "' has no free entry, which packets cannot try");
                }
            }
            tables.back() = {limit.sum.value_or(0), limit.starG.value_or(0), limit.sg.value_or(0)};
        }
    }
    return tables;
}

bool
Fits(const TierSummary& tier, const PlanTierLimit& limit)
{
    return tier.mfc.max <= limit.sum.value_or(UINT64_MAX) &&
           tier.mfcStarG.max <= limit.starG.value_or(UINT64_MAX) &&
           tier.mfcSg.max <= limit.sg.value_or(UINT64_MAX);
}

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

std::vector<std::size_t>
GetVtepNodes(const ModelNetwork& network, const std::vector<uint32_t>& vteps)
{
    std::vector<std::size_t> nodes;
    nodes.reserve(vteps.size());
    for (uint32_t vtep : vteps)
    {
        nodes.push_back(network.GetVteps()[vtep].node);
    }
    std::sort(nodes.begin(), nodes.end());
    return nodes;
}

std::vector<StudySegment>
MakeSegments(const ModelNetwork& network, Workload& workload, const VniMapping& mapping)
{
    std::vector<StudySegment> segments;
    for (uint32_t vni = 1; vni <= workload.GetVniCount(); ++vni)
    {
        VniTraffic traffic;
        workload.GetVni(vni, traffic);
        StudySegment segment;
        segment.vni = vni;
        segment.members = GetVtepNodes(network, traffic.members);
        segment.senders = GetVtepNodes(network, traffic.senders);
        if (mapping.GetGroup(vni) == VniMapping::NO_GROUP)
        {
            segment.flooding = StudyFlooding::HeadEnd;
        }
        else
        {
            segment.group = Ipv4Address(mapping.GetAddress(mapping.GetGroup(vni)));
        }
        segments.push_back(std::move(segment));
    }
    return segments;
}

TreeTotals
AddHeadEnd(const ModelNetwork& network,
           Workload& workload,
           const VniMapping& mapping,
           TreeTotals totals)
{
    const GroupTraffic headEnd = GetHeadEndTraffic(workload, mapping);
    if (!headEnd.vnis.empty())
    {
        TreeStateModel copies(network, TreePolicy::HeadEnd);
        copies.Add(headEnd);
        totals += copies.GetTotals();
    }
    return totals;
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
    TreeStateModel model(network, point.tree);
    ForEachGroup(
        network, workload, mapping, [&model](const GroupMembers& group) { model.Add(group); });

    const std::vector<TierSummary> demand = SummarizeTiers(network, model.GetRouters());
    const TreeTotals totals = point.control
                                  ? ToFloodTotals(*point.control, model.GetTotals())
                                  : AddHeadEnd(network, workload, mapping, model.GetTotals());
    const bool fits = FitsTables(point, demand);
    SweepRow row = MakeRow(point, graph);
    row.frames = totals.frames * point.frames;
    if (!point.limits.IsEmpty())
    {
        row.fits = fits;
    }
    row.predicted = {
        totals.copies * point.frames, totals.wanted * point.frames, totals.unwanted * point.frames};
    const std::vector<StudySegment> segments = MakeSegments(network, workload, mapping);
    if (point.control && point.vms > 0 && fits)
    {
        row.predictedTenants =
            PredictTenants(MakeTenantPlan(segments, point.vms), segments, network, *point.control);
    }
    SweepResult result;
    std::vector<TierSummary> tables;
    if (packets)
    {
        const StudyOutcome outcome = RunStudy(graph, segments, GetStudySettings(point, graph));
        row.measured = MakeMeasured(outcome);
        row.tenants = outcome.tenants;
        row.frames = outcome.deliveries.frames;
        tables = SummarizeTiers(network, ToRouterStates(network, outcome.rest));
        result.samples = MakeSampleRows(point, network, outcome);
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    row.wallSeconds = wall.count();
    row.peakMemoryMb = GetPeakMemoryMb();
    for (std::size_t i = 0; i < demand.size(); ++i)
    {
        row.demand = demand[i];
        row.tables = packets ? std::make_optional(tables[i]) : std::nullopt;
        result.rows.push_back(MakeCells(row));
    }
    return result;
}

} // namespace ns3
