// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-verification.h"

#include "ns3/number-format.h"
#include "ns3/plan-words.h"
#include "ns3/rp-choice.h"
#include "ns3/study-point.h"
#include "ns3/study-simulation.h"
#include "ns3/sweep-progress.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <sstream>

namespace ns3
{

namespace
{

/** \returns the trees of a plan's groups. */
std::set<TreePolicy>
FindTrees(const PlanPoint& plan)
{
    std::set<TreePolicy> trees;
    for (uint32_t group : plan.assignment.groupOf)
    {
        if (group != PLAN_HEAD_END)
        {
            trees.insert(plan.assignment.trees[group]);
        }
    }
    return trees;
}

/** \returns the graph with the RPs that the plan's trees need. */
TopologyGraph
PreparePlan(const TopologyGraph& graph, const std::set<TreePolicy>& trees)
{
    if (trees.count(TreePolicy::Bidir) == 0)
    {
        return graph;
    }
    if (trees.size() == 1)
    {
        return PrepareStudy(graph, TreePolicy::Bidir);
    }
    // Beside other trees, bidirectional groups have a range with static RPs of its own.
    TopologyGraph prepared = graph;
    const Ipv4Prefix range{GetPlanRange(TreePolicy::Bidir), PLAN_RANGE_BITS};
    for (const RpOffer& offer : RpChoice(graph).GetElected())
    {
        for (TopologyNode& node : prepared.nodes)
        {
            if (node.kind == NodeKind::Router)
            {
                node.bidirRps.push_back({offer.address, range});
            }
        }
    }
    return prepared;
}

/** \returns thresholds by range, where some groups stay on the RP's tree and some do not. */
std::vector<AttributeSetting>
MakeThresholds(const std::set<TreePolicy>& trees)
{
    std::string stays;
    std::string registers;
    for (TreePolicy tree : trees)
    {
        const std::string range =
            Ipv4Prefix{GetPlanRange(tree), PLAN_RANGE_BITS}.ToString() + "=infinity ";
        stays += tree == TreePolicy::Rpt || tree == TreePolicy::RptRegister ? range : "";
        registers += tree == TreePolicy::RptRegister ? range : "";
    }
    return {{"ns3::PimSmRouting::SptThresholdRanges", stays, 0},
            {"ns3::PimSmRouting::RegisterSwitchThresholdRanges", registers, 0}};
}

std::vector<StudySegment>
MakePlanSegments(const ModelNetwork& network,
                 const PlanDemand& demand,
                 const PlanAssignment& plan,
                 const std::vector<uint32_t>& numbers)
{
    std::vector<StudySegment> segments;
    for (std::size_t v = 0; v < demand.vnis.size(); ++v)
    {
        StudySegment segment;
        segment.vni = numbers[v];
        segment.members = GetVtepNodes(network, demand.vnis[v].members);
        segment.senders = GetVtepNodes(network, demand.vnis[v].senders);
        segment.flooding = StudyFlooding::HeadEnd;
        const uint32_t group = plan.groupOf[v];
        if (group != PLAN_HEAD_END)
        {
            segment.group = Ipv4Address(plan.addresses[group]);
            segment.flooding = plan.trees[group] == TreePolicy::Ssm ? StudyFlooding::Named
                                                                    : StudyFlooding::AnySource;
        }
        segments.push_back(std::move(segment));
    }
    return segments;
}

/** \returns about how many seconds a run takes. */
double
EstimateRun(const PlanDemand& demand, const PlanPoint& plan, std::size_t vteps)
{
    std::size_t members = 0;
    std::size_t senders = 0;
    for (const VniTraffic& vni : demand.vnis)
    {
        members += vni.members.size();
        senders += vni.senders.size();
    }
    const std::size_t vnis = std::max<std::size_t>(demand.vnis.size(), 1);
    SweepPoint point;
    point.vnis = static_cast<uint32_t>(vnis);
    point.groups = plan.groups;
    point.tree = plan.tree;
    point.members = static_cast<uint32_t>(members / vnis);
    point.senders = FormatDecimal(static_cast<double>(senders) /
                                  static_cast<double>(std::max<std::size_t>(members, 1)));
    return EstimateSeconds(point, vteps);
}

/** Fills in how the tables of packets compare with those of the plan. */
void
CompareTables(const ModelNetwork& network,
              const PlanPoint& plan,
              const StudySample& rest,
              PlanVerification& result)
{
    for (const PlanRouterRows& promised : plan.use.routers)
    {
        const ModelRouter& router = network.GetRouters()[promised.router];
        const StudyTables& tables = rest.routers[router.node];
        const uint64_t rows = promised.starG + promised.sg;
        if (rows > 0 || tables.mfc > 0)
        {
            ++result.routers;
            result.asPromised += tables.mfc == rows && tables.mfcStarG == promised.starG ? 1 : 0;
        }
    }
}

/** The fullest router of each tier, the fullest of all first. */
std::vector<PlanRouterRows>
FindFullest(const ModelNetwork& network, const PlanPoint& plan)
{
    std::map<std::string, PlanRouterRows> tiers;
    for (const PlanRouterRows& promised : plan.use.routers)
    {
        PlanRouterRows& fullest =
            tiers.emplace(network.GetRouters()[promised.router].tier, promised).first->second;
        fullest = promised.Get(PlanKind::SUM) > fullest.Get(PlanKind::SUM) ? promised : fullest;
    }
    std::vector<PlanRouterRows> routers;
    for (const auto& [tier, fullest] : tiers)
    {
        // A limit of no entries at all is none.
        if (fullest.Get(PlanKind::SUM) >= 2)
        {
            routers.push_back(fullest);
        }
    }
    std::stable_sort(routers.begin(), routers.end(), [](const auto& a, const auto& b) {
        return a.Get(PlanKind::SUM) > b.Get(PlanKind::SUM);
    });
    return routers;
}

/** Limits the fullest router alone; if that costs no frame, that of the next tier. */
void
TryWithLess(const ModelNetwork& network,
            const std::vector<StudySegment>& segments,
            const PlanPoint& plan,
            StudySettings settings,
            const std::function<void(const std::string&)>& say,
            PlanVerification& result)
{
    constexpr std::size_t MAX_TRIES = 2;
    const std::vector<PlanRouterRows> fullest = FindFullest(network, plan);
    const TopologyGraph& graph = network.GetGraph();
    for (std::size_t i = 0; i < std::min(fullest.size(), MAX_TRIES) && result.lostWithLess == 0;
         ++i)
    {
        const std::size_t node = network.GetRouters()[fullest[i].router].node;
        result.spared = result.fullest;
        result.fullest = graph.nodes[node].name;
        result.fullestRows = fullest[i].Get(PlanKind::SUM);
        result.hasSg = fullest[i].sg > 0;
        result.triedWithLess = true;
        say("the same with an entry less on " + result.fullest);
        settings.limits.assign(graph.nodes.size(), StudyTableLimit());
        settings.limits[node].sum = result.fullestRows - 1;
        const StudyOutcome less = RunStudy(graph, segments, settings);
        result.lostWithLess = less.deliveries.lost;
        result.refusedWithLess = less.overflow.refusedRows;
    }
}

} // namespace

std::string
PlanVerification::Describe() const
{
    std::ostringstream text;
    text << "In packets: " << CountOf(frames, "frame") << ", " << wanted << " wanted deliveries, "
         << lost << " lost; " << asPromised << " of " << CountOf(routers, "router")
         << " hold the entries that the plan promises";
    if (refused > 0)
    {
        text << "; no place for " << refused << " of their entries";
    }
    if (triedWithLess)
    {
        if (!spared.empty())
        {
            text << "; an entry less on " << spared << " costs no frame";
        }
        text << "; with " << fullest << " limited to " << fullestRows - 1 << ", one entry less, "
             << lostWithLess << " are lost";
        if (lostWithLess == 0 && refusedWithLess > 0)
        {
            text << (hasSg ? ", as (*,G) forwards for the (S,G) entry that finds no place"
                           : ", as no frame need pass where the entry finds no place");
        }
    }
    text << (IsConfirmed() ? ". The plan is confirmed." : ". THE PLAN IS NOT CONFIRMED.");
    return text.str();
}

PlanVerification
VerifyPlan(const TopologyGraph& graph,
           const PlanQuestion& question,
           const PlanPoint& plan,
           const std::vector<uint32_t>& vniNumbers,
           const std::function<void(const std::string&)>& say,
           RpfEcmp ecmp)
{
    const std::set<TreePolicy> trees = FindTrees(plan);
    const TopologyGraph prepared = PreparePlan(graph, trees);
    const ModelNetwork network(prepared, ecmp);
    const std::vector<StudySegment> segments =
        MakePlanSegments(network, question.demand, plan.assignment, vniNumbers);
    StudySettings settings;
    settings.tree = trees.empty() ? TreePolicy::HeadEnd : *trees.begin();
    if (trees.size() > 1)
    {
        settings.tree = TreePolicy::Spt;
        settings.attributes = MakeThresholds(trees);
    }
    settings.ecmp = ecmp == RpfEcmp::HIGHEST ? "highest" : "sg-hash";
    settings.sampleInterval = Time(0);
    settings.controlWindow = Time(0);
    settings.limits = MakeTableLimits(question.limits, prepared);
    say("running the plan in packets, twice, very roughly " +
        FormatTimeLeft(2 * EstimateRun(question.demand, plan, network.GetVteps().size())));
    const StudyOutcome outcome = RunStudy(prepared, segments, settings);
    PlanVerification result;
    result.frames = outcome.deliveries.frames;
    result.wanted = outcome.deliveries.wanted;
    result.unwanted = outcome.deliveries.unwanted;
    result.lost = outcome.deliveries.lost;
    result.refused = outcome.overflow.refusedRows;
    result.copies = static_cast<double>(std::accumulate(
                        outcome.copies.begin(), outcome.copies.end(), uint64_t(0))) /
                    static_cast<double>(std::max<uint64_t>(result.frames, 1));
    CompareTables(network, plan, outcome.rest, result);
    TryWithLess(network, segments, plan, settings, say, result);
    return result;
}

} // namespace ns3
