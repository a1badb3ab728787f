// SPDX-License-Identifier: GPL-2.0-only
// Limits, tables, and the planner's answers on small fabrics.
#include "plan-fixtures.h"

#include "ns3/plan-growth.h"
#include "ns3/plan-replan.h"
#include "ns3/plan-verdict.h"
#include "ns3/planner.h"
#include "ns3/tier-summary.h"
#include "ns3/topology-loader.h"
#include "ns3/vni-clustering.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>

namespace ns3
{

namespace
{

/** A leaf-spine fabric and VNIs on it. */
class PlanAnswerTest : public ::testing::Test
{
  protected:
    void Make(const std::string& topology, const WorkloadOptions& options)
    {
        m_graph = LoadTopology(topology);
        m_network = std::make_unique<ModelNetwork>(m_graph, RpfEcmp::SG_HASH);
        Workload workload(*m_network, options);
        m_question.demand = PlanDemand();
        for (uint32_t vni = 1; vni <= workload.GetVniCount(); ++vni)
        {
            m_question.demand.vnis.emplace_back();
            workload.GetVni(vni, m_question.demand.vnis.back());
            m_question.demand.rates.push_back(
                static_cast<double>(m_question.demand.vnis.back().senders.size()));
        }
    }

    void MakeSmall(uint32_t vnis, const std::string& placement = "uniform", double senders = 1)
    {
        WorkloadOptions options;
        options.vnis = vnis;
        options.members = 4;
        options.senders = senders;
        options.placement = *ParsePlacement(placement);
        Make("leaf-spine:spines=2,leaves=6,hosts=3", options);
    }

    PlanAnswer Ask(std::vector<TreePolicy> trees, const std::string& limits)
    {
        m_question.trees = std::move(trees);
        m_question.limits = limits.empty() ? PlanLimits() : PlanLimits::Parse(limits);
        return Planner(*m_network, m_question, m_watch).Run();
    }

    TopologyGraph m_graph;
    std::unique_ptr<ModelNetwork> m_network;
    PlanQuestion m_question;
    PlanWatch m_watch;
};

} // namespace

TEST(PlanLimitsTest, ReadsTiersAndKinds)
{
    PlanLimits limits = PlanLimits::Parse("leaf:sg=8192:star-g=1000,spine:32000");
    EXPECT_EQ(limits.Get("leaf").sg, 8192u);
    EXPECT_EQ(limits.Get("leaf").starG, 1000u);
    EXPECT_FALSE(limits.Get("leaf").sum);
    EXPECT_EQ(limits.Get("spine").sum, 32000u);
    EXPECT_TRUE(limits.Get("core").IsEmpty());
    EXPECT_EQ(limits.ToText(), "leaf:star-g=1000:sg=8192,spine:32000");
    limits.Subtract("leaf:sg=192,spine:2000");
    EXPECT_EQ(limits.ToText(), "leaf:star-g=1000:sg=8000,spine:30000");
    PlanLimits all = PlanLimits::ForAllRouters(500);
    EXPECT_EQ(all.Get("leaf").sum, 500u);
    EXPECT_TRUE(all.Get(PlanLimits::VTEP).IsEmpty());
    all.Subtract("leaf:100");
    EXPECT_EQ(all.ToText(), "500,leaf:400");
}

TEST(PlanLimitsTest, RefusesWhatIsNoLimit)
{
    for (const char* text : {"",
                             "leaf",
                             "leaf:",
                             ":5",
                             "leaf:x",
                             "leaf:-1",
                             "leaf:sq=5",
                             "leaf:5:6",
                             "leaf:5,leaf:6",
                             "leaf:sg=1:sg=2",
                             "leaf:1,,spine:2"})
    {
        EXPECT_THROW(PlanLimits::Parse(text), std::invalid_argument) << text;
    }
    PlanLimits limits = PlanLimits::Parse("leaf:10");
    EXPECT_THROW(limits.Subtract("spine:1"), std::invalid_argument) << "has no limit";
    EXPECT_THROW(limits.Subtract("leaf:11"), std::invalid_argument);
    EXPECT_THROW(limits.Subtract("leaf:sg=1"), std::invalid_argument);
}

/** What a plan promises is what the state model counts for the same groups, on 100 random plans. */
TEST_F(PlanAnswerTest, TablesAreThoseOfTheStateModel)
{
    const TreePolicy trees[] = {TreePolicy::Rpt,
                                TreePolicy::Spt,
                                TreePolicy::Bidir,
                                TreePolicy::Ssm,
                                TreePolicy::RptRegister};
    for (uint64_t seed = 1; seed <= 100; ++seed)
    {
        StateRandom random(seed, 3);
        WorkloadOptions options;
        options.seed = seed;
        options.vnis = random.Between(4, 20);
        options.members = random.Between(2, 6);
        options.senders = seed % 3 == 0 ? 0.5 : 1;
        options.placement = *ParsePlacement(seed % 2 == 0 ? "uniform" : "fill-leaf");
        Make(seed % 4 == 0 ? "clos:pods=2,leaves=2,hosts=3,spines=2,cores=2"
                           : "leaf-spine:spines=2,leaves=4,hosts=3",
             options);
        const TreePolicy tree = trees[seed % 5];
        const uint32_t groups = random.Between(1, options.vnis);
        PlanAssignment plan;
        for (uint32_t v = 0; v < options.vnis; ++v)
        {
            plan.groupOf.push_back(random.Below(groups));
        }
        plan.SetTree(groups, tree);
        const PlanTableUse use = CountPlanTables(*m_network, m_question.demand, plan);
        TreeStateModel model(*m_network, tree);
        for (const GroupTraffic& group : MakePlanGroups(m_question.demand, plan))
        {
            if (!group.vnis.empty())
            {
                model.Add(group);
            }
        }
        for (const TierSummary& tier : SummarizeTiers(*m_network, model.GetRouters()))
        {
            EXPECT_EQ(use.tiers.at(tier.tier).sum, tier.mfc.max) << "seed " << seed;
            EXPECT_EQ(use.tiers.at(tier.tier).starG, tier.mfcStarG.max) << "seed " << seed;
            EXPECT_EQ(use.tiers.at(tier.tier).sg, tier.mfcSg.max) << "seed " << seed;
        }
        const TreeTotals& totals = model.GetTotals();
        const auto frames = static_cast<double>(totals.frames);
        EXPECT_NEAR(use.copies * frames, static_cast<double>(totals.copies), 1e-6 * frames);
        EXPECT_NEAR(use.waste * frames, static_cast<double>(totals.unwanted), 1e-6 * frames)
            << "seed " << seed << ", " << EnumName(tree);
        EXPECT_NEAR(use.wanted * frames, static_cast<double>(totals.wanted), 1e-6 * frames);
    }
}

TEST_F(PlanAnswerTest, AGroupForEachVniIsBestWhereItFits)
{
    MakeSmall(30);
    const PlanAnswer answer = Ask({TreePolicy::Bidir, TreePolicy::Spt}, "leaf:1000,spine:1000");
    ASSERT_TRUE(answer.best);
    const PlanPoint& best = answer.points[*answer.best];
    // Of plans without waste that with fewer entries: VNIs with equal members share.
    const std::set<std::vector<uint32_t>> different = [this] {
        std::set<std::vector<uint32_t>> sets;
        for (VniTraffic vni : m_question.demand.vnis)
        {
            std::sort(vni.members.begin(), vni.members.end());
            sets.insert(vni.members);
        }
        return sets;
    }();
    EXPECT_EQ(best.groups, different.size());
    EXPECT_GE(best.groups, 28u);
    EXPECT_EQ(best.use.waste, 0);
    EXPECT_TRUE(answer.proven);
    EXPECT_EQ(answer.GetGap(), 0);
}

TEST_F(PlanAnswerTest, KeepsWithinLimitsAndSaysWhenNothingDoes)
{
    MakeSmall(30);
    const PlanAnswer fits = Ask({TreePolicy::Bidir}, "leaf:10");
    ASSERT_TRUE(fits.best);
    EXPECT_LE(fits.points[*fits.best].use.tiers.at("leaf").sum, 10u);
    EXPECT_GT(fits.value, 0) << "groups are shared";
    EXPECT_GT(fits.bound, 0);
    EXPECT_LE(fits.bound, fits.value);
    const PlanAnswer nothing = Ask({TreePolicy::Spt}, "leaf:2");
    EXPECT_FALSE(nothing.best);
    EXPECT_FALSE(nothing.points.empty());
}

/** Fewest VNIs at the head-end first, then waste, then entries. */
TEST_F(PlanAnswerTest, HeadEndTakesNoMoreVnisThanItMust)
{
    MakeSmall(20);
    m_question.mayHeadEnd = true;
    m_question.groups = {20};
    const PlanAnswer answer = Ask({TreePolicy::Bidir}, "leaf:6");
    ASSERT_TRUE(answer.best);
    const PlanPoint& best = answer.points[*answer.best];
    EXPECT_GT(best.headEndVnis, 0u);
    EXPECT_LE(answer.bound, answer.value + 1e-9);
    EXPECT_FALSE(answer.proven);
    EXPECT_LT(best.headEndVnis, 20u);
    EXPECT_LE(best.use.tiers.at("leaf").sum, 6u);
    EXPECT_GT(best.use.tiers.at("vtep").replication, 0u);
    for (uint32_t v = 0; v < 20; ++v)
    {
        PlanAssignment more = best.assignment;
        more.groupOf[v] = v;
        EXPECT_TRUE(best.assignment.groupOf[v] != PLAN_HEAD_END ||
                    !MakePlanPoint(*m_network, m_question, more).IsFeasible())
            << "VNI " << v << " has room in its group";
    }
    m_question.groups.clear();
    const PlanAnswer shared = Ask({TreePolicy::Bidir}, "leaf:6");
    EXPECT_EQ(shared.points[*shared.best].headEndVnis, 0u) << "where sharing does, nobody copies";
    m_question.groups = {20};
    const PlanAnswer none = Ask({TreePolicy::Bidir}, "leaf:6,vtep:replication=1");
    EXPECT_FALSE(none.best) << "the lists of VTEPs are limited, too";
}

/** Where tables bind, several trees together do what none does alone. */
TEST_F(PlanAnswerTest, MixedPlansGiveEachGroupATree)
{
    MakeSmall(40);
    m_question.groups = {40};
    m_question.mixed = true;
    const PlanAnswer rpt = Ask({TreePolicy::Rpt}, "leaf:200,spine:200");
    ASSERT_TRUE(rpt.best);
    const uint64_t spine = rpt.points[*rpt.best].use.tiers.at("spine").sum;
    const std::string limits = "spine:" + std::to_string(spine - 5);
    EXPECT_FALSE(Ask({TreePolicy::Rpt}, limits).best);
    m_question.objective = PlanObjective::COPIES;
    const PlanAnswer mixed = Ask({TreePolicy::Rpt, TreePolicy::Bidir}, limits);
    ASSERT_TRUE(mixed.best);
    std::size_t mixes = 0;
    for (const PlanPoint& point : mixed.points)
    {
        mixes += point.mixed ? 1 : 0;
        EXPECT_TRUE(!point.mixed || point.GetTreeName() == "mixed");
        std::set<TopologyAddress> addresses(point.assignment.addresses.begin(),
                                            point.assignment.addresses.end());
        EXPECT_EQ(addresses.size(), point.assignment.addresses.size());
    }
    EXPECT_LE(mixed.bound, mixed.value);
}

/** VNIs with equal members stay apart where one of them may do with a tree that others may not. */
TEST_F(PlanAnswerTest, MixedPlansPartEqualMembersByTheirSenders)
{
    m_graph = LoadTopology("leaf-spine:spines=2,leaves=3,hosts=3");
    m_network = std::make_unique<ModelNetwork>(m_graph, RpfEcmp::SG_HASH);
    PlanAssignment apart;
    for (uint32_t v = 0; v < 10; ++v)
    {
        // All on a leaf, where a bidirectional tree crosses the RP's link for nothing.
        VniTraffic vni{{0, 1, 2}, {0, 1, 2}};
        vni.senders.resize(v < 5 ? 1 : 3);
        m_question.demand.rates.push_back(static_cast<double>(vni.senders.size()));
        m_question.demand.vnis.push_back(vni);
        apart.groupOf.push_back(v < 5 ? 0 : 1);
    }
    apart.trees = {TreePolicy::Spt, TreePolicy::Bidir};
    apart.addresses = {GetPlanAddress(0, TreePolicy::Spt, true),
                       GetPlanAddress(1, TreePolicy::Bidir, true)};
    const PlanTableUse use = CountPlanTables(*m_network, m_question.demand, apart);
    const std::string limit = "leaf:" + std::to_string(use.tiers.at("leaf").sum);
    m_question.objective = PlanObjective::COPIES;
    m_question.groups = {1, 2};
    const PlanAnswer together = Ask({TreePolicy::Bidir, TreePolicy::Spt}, limit);
    ASSERT_TRUE(together.best);
    EXPECT_EQ(together.points[*together.best].tree, TreePolicy::Bidir)
        << "all as (S,G) are too many";
    m_question.mixed = true;
    const PlanAnswer mixed = Ask({TreePolicy::Bidir, TreePolicy::Spt}, limit);
    ASSERT_TRUE(mixed.best);
    const PlanPoint& best = mixed.points[*mixed.best];
    EXPECT_TRUE(best.mixed);
    EXPECT_NEAR(best.use.copies, use.copies, 1e-9);
    EXPECT_LT(mixed.value, together.value);
    EXPECT_NE(best.assignment.groupOf[0], best.assignment.groupOf[9]);
    EXPECT_LE(mixed.GetGap(), 0.12) << mixed.bound << " of " << mixed.value;
}

/** A VNI that sends much counts for much, whoever shares its group. */
TEST_F(PlanAnswerTest, CopiesCountByTheRateOfEachVni)
{
    m_graph = LoadTopology("leaf-spine:spines=2,leaves=3,hosts=3");
    m_network = std::make_unique<ModelNetwork>(m_graph, RpfEcmp::SG_HASH);
    m_question.demand.vnis = {{{0, 1, 2}, {0, 1, 2}}, {{0, 3, 6}, {3}}};
    PlanAssignment plan;
    plan.groupOf = {0, 0};
    plan.SetTree(1, TreePolicy::Bidir);
    const auto copies = [&](double first, double second) {
        m_question.demand.rates = {first, second};
        return CountPlanTables(*m_network, m_question.demand, plan).copies;
    };
    const double one = copies(1, 0);
    const double other = copies(0, 1);
    EXPECT_NEAR(copies(3, 1), (3 * one + other) / 4, 1e-9) << "frames alike, as the model counts";
    EXPECT_NEAR(copies(1, 99), (one + 99 * other) / 100, 1e-9);
}

/** The study's fabric: never worse than VniClustering, and better with 4 and 16 VNIs per group. */
TEST_F(PlanAnswerTest, BeatsClusteringOnTheFabricOfTheStudy)
{
    for (const char* placement : {"uniform", "fill-leaf"})
    {
        WorkloadOptions options;
        options.vnis = 256;
        options.members = 8;
        options.placement = *ParsePlacement(placement);
        Make("leaf-spine:spines=4,leaves=16,hosts=4", options);
        m_question.compare = true;
        m_question.groups = {16, 64};
        const PlanAnswer answer = Ask({TreePolicy::Spt}, "");
        for (uint32_t groups : m_question.groups)
        {
            std::map<PlanMapping, const PlanPoint*> found;
            for (const PlanPoint& point : answer.points)
            {
                if (point.groups == groups)
                {
                    found[point.mapping] = &point;
                }
            }
            ASSERT_EQ(found.count(PlanMapping::PLAN) + found.count(PlanMapping::CLUSTER), 2u);
            EXPECT_LT(found[PlanMapping::PLAN]->use.waste, found[PlanMapping::CLUSTER]->use.waste)
                << placement << ", " << groups << " groups";
        }
    }
}

/** The linear program bounds what is minimized, within the limits. */
TEST_F(PlanAnswerTest, TheLinearProgramBoundsEveryObjective)
{
    WorkloadOptions options;
    options.vnis = 12;
    options.members = 3;
    options.placement = *ParsePlacement("uniform");
    Make("leaf-spine:spines=2,leaves=3,hosts=3", options);
    m_question.groups = {4};
    for (PlanObjective objective :
         {PlanObjective::WASTE, PlanObjective::COPIES, PlanObjective::ROWS})
    {
        m_question.objective = objective;
        const PlanAnswer answer = Ask({TreePolicy::Spt, TreePolicy::Bidir}, "leaf:12");
        ASSERT_TRUE(answer.best);
        EXPECT_LE(answer.bound, answer.value) << EnumName(objective);
        EXPECT_LE(answer.GetGap(), 0.2) << EnumName(objective) << ": " << answer.bound << " of "
                                        << answer.value << " by " << answer.boundBy;
        EXPECT_TRUE(answer.proven || answer.boundBy.find("linear program") == 0) << answer.boundBy;
    }
}

/** Never worse than VniClustering, for every number of groups. */
TEST_F(PlanAnswerTest, WastesNoMoreThanClustering)
{
    for (const char* placement : {"uniform", "fill-leaf"})
    {
        MakeSmall(48, placement);
        m_question.compare = true;
        m_question.groups = {2, 4, 8, 12, 24};
        const PlanAnswer answer = Ask({TreePolicy::Spt}, "");
        std::map<PlanMapping, std::map<uint32_t, double>> waste;
        for (const PlanPoint& point : answer.points)
        {
            waste[point.mapping][point.groups] = point.use.waste;
        }
        ASSERT_EQ(waste[PlanMapping::CLUSTER].size(), 5u);
        ASSERT_EQ(waste[PlanMapping::MODULO].size(), 5u);
        for (const auto& [groups, clustered] : waste[PlanMapping::CLUSTER])
        {
            ASSERT_EQ(waste[PlanMapping::PLAN].count(groups), 1u) << groups;
            EXPECT_LE(waste[PlanMapping::PLAN][groups], clustered + 1e-9) << placement << groups;
            EXPECT_LE(clustered, waste[PlanMapping::MODULO][groups] + 1e-9);
        }
    }
}

/** A limit that the least waste exceeds is met by a grouping that spares entries. */
TEST_F(PlanAnswerTest, SparesEntriesWhereTheyAreTooMany)
{
    MakeSmall(36, "fill-leaf");
    m_question.groups = {9};
    const PlanAnswer free = Ask({TreePolicy::Spt}, "");
    ASSERT_TRUE(free.best);
    const uint64_t rows = free.points[*free.best].use.tiers.at("leaf").sum;
    const PlanAnswer bound = Ask({TreePolicy::Spt}, "leaf:" + std::to_string(rows - 1));
    ASSERT_TRUE(bound.best) << "one entry less is not much";
    EXPECT_LT(bound.points[*bound.best].use.tiers.at("leaf").sum, rows);
    EXPECT_GE(bound.value, free.value - 1e-9);
}

TEST_F(PlanAnswerTest, SparesNoEntriesWhereAnotherTreeFitsWithLessWaste)
{
    MakeSmall(36);
    m_question.groups = {9, 36};
    const PlanAnswer free = Ask({TreePolicy::Bidir}, "");
    const uint64_t rows = free.points[*free.best].use.tiers.at("leaf").sum;
    const PlanAnswer answer =
        Ask({TreePolicy::Spt, TreePolicy::Bidir}, "leaf:" + std::to_string(rows));
    ASSERT_TRUE(answer.best);
    EXPECT_EQ(answer.value, 0);
    EXPECT_EQ(answer.points.size(), 4u) << "two numbers of groups under two trees, as searched";
    EXPECT_FALSE(answer.points[0].IsFeasible()) << "spt has more entries";
}

TEST_F(PlanAnswerTest, OtherObjectivesAreMinimizedAndBounded)
{
    MakeSmall(24);
    m_question.groups = {6};
    std::map<PlanObjective, PlanPoint> best;
    for (PlanObjective objective :
         {PlanObjective::WASTE, PlanObjective::COPIES, PlanObjective::ROWS})
    {
        m_question.objective = objective;
        const PlanAnswer answer = Ask({TreePolicy::Spt}, "");
        ASSERT_TRUE(answer.best);
        best[objective] = answer.points[*answer.best];
        EXPECT_LE(answer.bound, answer.value) << EnumName(objective);
        EXPECT_GT(answer.bound, 0) << EnumName(objective);
    }
    EXPECT_LE(best[PlanObjective::ROWS].use.entries, best[PlanObjective::WASTE].use.entries);
    EXPECT_LE(best[PlanObjective::COPIES].use.copies, best[PlanObjective::WASTE].use.copies + 1e-9);
    EXPECT_LE(best[PlanObjective::WASTE].use.waste, best[PlanObjective::ROWS].use.waste + 1e-9);
}

/** No plan of these VNIs has fewer copies or entries than the bounds say. */
TEST_F(PlanAnswerTest, BoundsOfCopiesAndEntriesHoldForRandomPlans)
{
    for (uint64_t seed = 1; seed <= 40; ++seed)
    {
        MakeSmall(12, seed % 2 == 0 ? "uniform" : "fill-leaf", seed % 3 == 0 ? 0.5 : 1);
        StateRandom random(seed, 11);
        const TreePolicy tree = seed % 4 == 0   ? TreePolicy::Bidir
                                : seed % 4 == 1 ? TreePolicy::Spt
                                : seed % 4 == 2 ? TreePolicy::Rpt
                                                : TreePolicy::Ssm;
        PlanAssignment plan;
        const uint32_t groups = random.Between(1, 12);
        for (uint32_t v = 0; v < 12; ++v)
        {
            plan.groupOf.push_back(random.Below(groups));
        }
        plan.SetTree(groups, tree);
        const PlanTableUse use = CountPlanTables(*m_network, m_question.demand, plan);
        EXPECT_LE(ComputeCopiesBound(*m_network, m_question.demand, {tree}), use.copies + 1e-9)
            << seed;
        EXPECT_LE(ComputeRowsBound(*m_network, m_question.demand, {tree}), use.entries) << seed;
    }
}

TEST_F(PlanAnswerTest, RegroupsNoMoreThanItMay)
{
    MakeSmall(30);
    m_question.trees = {TreePolicy::Bidir};
    PlanAssignment old;
    for (uint32_t v = 0; v < 30; ++v)
    {
        old.groupOf.push_back(v < 28 ? v % 6 : PLAN_NEW);
    }
    old.SetTree(6, TreePolicy::Bidir);
    PlanAssignment without = old;
    PlanReplan replan(*m_network, m_question, old, m_watch);
    const PlanPoint none = replan.Run(0, false);
    EXPECT_EQ(replan.GetChanges(none).size(), 2u) << "the new ones";
    double last = none.use.waste;
    for (uint64_t moves : {1, 3, 10})
    {
        const PlanPoint some = replan.Run(moves, false);
        const std::size_t changed = replan.GetChanges(some).size();
        EXPECT_LE(changed, moves + 2);
        EXPECT_LE(some.use.waste, last);
        EXPECT_EQ(some.groups, 6u);
        last = some.use.waste;
    }
    EXPECT_LT(last, none.use.waste);
    EXPECT_EQ(replan.Run(30, true).use.waste, 0) << "as many groups as it takes";
}

TEST_F(PlanAnswerTest, SaysHowLongAPlanLasts)
{
    MakeSmall(30);
    const PlanAnswer answer = Ask({TreePolicy::Bidir}, "leaf:40");
    ASSERT_TRUE(answer.best);
    const PlanPoint& plan = answer.points[*answer.best];
    ASSERT_EQ(plan.use.waste, 0);
    const PlanNextVni next = [this](uint32_t number) {
        return std::make_pair(m_question.demand.vnis[number % 30], 4.0);
    };
    const PlanGrowth growth = FindPlanGrowth(*m_network, m_question, plan, 0.5, next, m_watch);
    ASSERT_FALSE(growth.lasts);
    EXPECT_GT(growth.months, 0);
    EXPECT_GT(growth.over.used, 40u);
    EXPECT_EQ(growth.over.tier, "leaf");
    // Copies of the VNIs in their order: twice as many of them have twice the entries.
    const auto used = static_cast<double>(plan.use.tiers.at("leaf").sum);
    EXPECT_NEAR(static_cast<double>(growth.vnis), 30 * 41 / used, 8);
}

TEST_F(PlanAnswerTest, MembersComeAndGoAtTheRatesOfTheTrace)
{
    MakeSmall(40, "fill-leaf");
    m_question.groups = {8};
    const PlanAnswer answer = Ask({TreePolicy::Bidir}, "");
    ASSERT_TRUE(answer.best);
    const PlanPoint& plan = answer.points[*answer.best];
    const PlanChurn day =
        RunPlanChurn(*m_network, m_question, plan, 24, 40, PlanChurnRates(), m_watch);
    // 160 machines: 24 h × 160 / 38.7 h leave, and as many come.
    EXPECT_NEAR(static_cast<double>(day.joined), 24 * 160 / 38.7, 35);
    EXPECT_NEAR(static_cast<double>(day.left), 24 * 160 / 38.7, 35);
    EXPECT_GE(day.after.use.waste, day.replanned.use.waste);
    EXPECT_GT(day.moved, 0u);
    const PlanChurn again =
        RunPlanChurn(*m_network, m_question, plan, 24, 40, PlanChurnRates(), m_watch);
    EXPECT_EQ(again.joined, day.joined);
    EXPECT_EQ(again.replanned.use.waste, day.replanned.use.waste);
}

TEST_F(PlanAnswerTest, TablesOfTheSamePlanAreCountedOnce)
{
    struct Listener : PlanWatch
    {
        bool GoOn(const std::string& step) override
        {
            steps.insert(step);
            return true;
        }

        std::multiset<std::string> steps;
    } watch;

    MakeSmall(12);
    m_question.trees = {TreePolicy::Rpt, TreePolicy::Bidir};
    m_question.groups = {1, 12};
    m_question.compare = true;
    const PlanAnswer answer = Planner(*m_network, m_question, watch).Run();
    for (const char* plan : {"rpt with 1", "bidir with 1", "rpt with 12", "bidir with 12"})
    {
        EXPECT_EQ(watch.steps.count("counting " + std::string(plan) + " groups"), 1u) << plan;
    }
    std::map<std::pair<TreePolicy, PlanMapping>, const PlanPoint*> ones;
    for (const PlanPoint& point : answer.points)
    {
        EXPECT_EQ(point.use.copies,
                  CountPlanTables(*m_network, m_question.demand, point.assignment).copies);
        if (point.groups == 1)
        {
            ones[{point.tree, point.mapping}] = &point;
        }
    }
    ASSERT_EQ(ones.size(), 6u) << "two trees; plan, modulo and cluster";
    for (const auto& [key, point] : ones)
    {
        EXPECT_EQ(point->use.entries, (ones[{key.first, PlanMapping::PLAN}])->use.entries);
    }
}

TEST_F(PlanAnswerTest, SaysWhetherAnnealingFoundIt)
{
    MakeSmall(12);
    m_question.groups = {4};
    EXPECT_EQ(Ask({TreePolicy::Bidir}, "").solver, "merging, annealing, moves, rebuilding");
    m_question.objective = PlanObjective::COPIES;
    EXPECT_EQ(Ask({TreePolicy::Bidir}, "").solver, "merging, moves, rebuilding");
}

/** The same question may then get another answer. */
TEST_F(PlanAnswerTest, SaysWhenTheSearchWasCutShort)
{
    struct Hurried : PlanWatch
    {
        double GetUsedShare() const override
        {
            return used;
        }

        double used{0};
    } watch;

    MakeSmall(12);
    m_question.trees = {TreePolicy::Bidir};
    m_question.groups = {4};
    EXPECT_FALSE(Planner(*m_network, m_question, watch).Run().cut);
    watch.used = 0.9;
    const PlanAnswer answer = Planner(*m_network, m_question, watch).Run();
    EXPECT_TRUE(answer.cut) << "no time to improve the merging";
    EXPECT_TRUE(answer.best.has_value());
}

/** Who is told to stop says no more than is known. */
TEST_F(PlanAnswerTest, AnInterruptedLookAheadClaimsNothing)
{
    struct Stopped : PlanWatch
    {
        bool GoOn(const std::string&) override
        {
            return false;
        }
    };

    MakeSmall(30);
    const PlanAnswer answer = Ask({TreePolicy::Bidir}, "leaf:40");
    ASSERT_TRUE(answer.best);
    const PlanPoint& plan = answer.points[*answer.best];
    Stopped stopped;
    const PlanNextVni next = [this](uint32_t number) {
        return std::make_pair(m_question.demand.vnis[number % 30], 4.0);
    };
    const PlanGrowth growth = FindPlanGrowth(*m_network, m_question, plan, 0.5, next, stopped);
    EXPECT_TRUE(growth.cut);
    EXPECT_FALSE(growth.lasts);
    EXPECT_EQ(growth.months, 0);
    const PlanChurn churn =
        RunPlanChurn(*m_network, m_question, plan, 24, 40, PlanChurnRates(), stopped);
    EXPECT_EQ(churn.hours, 0);
    EXPECT_EQ(churn.joined + churn.left, 0u);
}

} // namespace ns3
