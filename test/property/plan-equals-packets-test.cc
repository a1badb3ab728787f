// SPDX-License-Identifier: GPL-2.0-only
// Plans run in packets: the tables hold what the plan promises, with limits exactly as large no
// wanted delivery is lost, and with an entry less on the fullest router some are.
#include "ns3/plan-verification.h"
#include "ns3/planner.h"
#include "ns3/state-random.h"
#include "ns3/topology-loader.h"
#include "ns3/workload.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace ns3
{

namespace
{

/** A question on a small fabric. */
class PlanPackets : public ::testing::Test
{
  protected:
    void Make(uint64_t seed,
              const std::string& topology,
              uint32_t vnis,
              const char* placement,
              uint32_t members = 4)
    {
        m_graph = LoadTopology(topology);
        m_network = std::make_unique<ModelNetwork>(m_graph, RpfEcmp::SG_HASH);
        WorkloadOptions options;
        options.vnis = vnis;
        options.members = members;
        options.seed = seed;
        options.placement = *ParsePlacement(placement);
        Workload workload(*m_network, options);
        m_question = PlanQuestion();
        m_numbers.resize(vnis);
        std::iota(m_numbers.begin(), m_numbers.end(), 1);
        for (uint32_t vni : m_numbers)
        {
            m_question.demand.vnis.emplace_back();
            workload.GetVni(vni, m_question.demand.vnis.back());
            m_question.demand.rates.push_back(
                static_cast<double>(m_question.demand.vnis.back().senders.size()));
        }
    }

    /** \returns whether the plan has (*,G) entries alone, which nothing stands in for. */
    static bool IsStarGAlone(const PlanPoint& plan)
    {
        return std::all_of(plan.use.routers.begin(),
                           plan.use.routers.end(),
                           [](const PlanRouterRows& rows) { return rows.sg == 0; });
    }

    /**
     * Limits each tier to what the plan needs: exactly, or, where sources have entries for a while
     * until their trees are built, with room for these.
     */
    void LimitTo(const PlanPoint& plan)
    {
        const uint64_t times = IsStarGAlone(plan) ? 1 : 4;
        std::string text;
        for (const auto& [tier, use] : plan.use.tiers)
        {
            if (tier != PlanLimits::VTEP && use.sum > 0)
            {
                text += (text.empty() ? "" : ",") + tier + ":" + std::to_string(use.sum * times);
                text += use.starG > 0 ? ":star-g=" + std::to_string(use.starG * times) : "";
            }
        }
        m_question.limits = text.empty() ? PlanLimits() : PlanLimits::Parse(text);
    }

    void ExpectConfirmed(PlanAssignment assignment, const std::string& what)
    {
        PlanPoint plan = MakePlanPoint(*m_network, m_question, std::move(assignment));
        LimitTo(plan);
        const PlanVerification result =
            VerifyPlan(m_graph, m_question, plan, m_numbers, [](const std::string&) {});
        EXPECT_TRUE(result.IsConfirmed()) << what << ": " << result.Describe();
        EXPECT_EQ(result.lost, 0u) << what;
        EXPECT_EQ(result.refused, 0u) << what;
        EXPECT_EQ(result.asPromised, result.routers) << what;
        EXPECT_NEAR(result.copies, plan.use.copies, 1e-6) << what;
        const double unwanted =
            static_cast<double>(result.unwanted) / static_cast<double>(result.frames);
        EXPECT_NEAR(unwanted, plan.use.waste, 1e-6) << what;
        if (result.triedWithLess)
        {
            EXPECT_GT(result.lostWithLess + result.refusedWithLess, 0u)
                << what << ": " << result.Describe();
        }
    }

    PlanAssignment MakeRandom(uint64_t seed, const std::vector<TreePolicy>& trees, bool headEnd)
    {
        StateRandom random(seed, 17);
        PlanAssignment plan;
        const auto vnis = static_cast<uint32_t>(m_numbers.size());
        const uint32_t groups = random.Between(2, vnis);
        for (uint32_t v = 0; v < vnis; ++v)
        {
            plan.groupOf.push_back(headEnd && random.Below(4) == 0 ? PLAN_HEAD_END
                                                                   : random.Below(groups));
        }
        const bool mixed = trees.size() > 1;
        for (uint32_t g = 0; g < groups; ++g)
        {
            plan.trees.push_back(trees[random.Below(trees.size())]);
            plan.addresses.push_back(GetPlanAddress(g, plan.trees.back(), mixed));
        }
        return plan;
    }

    TopologyGraph m_graph;
    std::unique_ptr<ModelNetwork> m_network;
    PlanQuestion m_question;
    std::vector<uint32_t> m_numbers;
};

const char* const FABRIC = "leaf-spine:spines=2,leaves=3,hosts=2";

} // namespace

TEST_F(PlanPackets, OneTreeForAllGroups)
{
    uint64_t seed = 0;
    for (TreePolicy tree : {TreePolicy::Bidir, TreePolicy::Rpt, TreePolicy::Spt, TreePolicy::Ssm})
    {
        ++seed;
        Make(seed, FABRIC, 8, seed % 2 == 0 ? "uniform" : "fill-leaf");
        ExpectConfirmed(MakeRandom(seed, {tree}, false), EnumName(tree));
    }
}

TEST_F(PlanPackets, TheFullestTableIsNeeded)
{
    Make(1, "leaf-spine:spines=4,leaves=16,hosts=4", 64, "uniform", 6);
    PlanAssignment assignment;
    assignment.groupOf.resize(64);
    std::iota(assignment.groupOf.begin(), assignment.groupOf.end(), 0);
    assignment.SetTree(64, TreePolicy::Bidir);
    PlanPoint plan = MakePlanPoint(*m_network, m_question, std::move(assignment));
    LimitTo(plan);
    const PlanVerification result =
        VerifyPlan(m_graph, m_question, plan, m_numbers, [](const std::string&) {});
    EXPECT_EQ(result.lost, 0u);
    EXPECT_EQ(result.asPromised, result.routers);
    EXPECT_GT(result.lostWithLess, 0u) << result.Describe();
}

TEST_F(PlanPackets, SomeVnisAtTheHeadEnd)
{
    Make(7, FABRIC, 8, "uniform");
    ExpectConfirmed(MakeRandom(7, {TreePolicy::Bidir}, true), "bidir and head-end");
}

TEST_F(PlanPackets, SeveralTreesInOnePlan)
{
    Make(8, FABRIC, 8, "uniform");
    ExpectConfirmed(MakeRandom(8, {TreePolicy::Rpt, TreePolicy::Spt}, false), "rpt, spt");
    ExpectConfirmed(MakeRandom(9, {TreePolicy::Bidir, TreePolicy::Rpt}, false), "bidir, rpt");
    ExpectConfirmed(MakeRandom(10,
                               {TreePolicy::Bidir,
                                TreePolicy::Rpt,
                                TreePolicy::Spt,
                                TreePolicy::Ssm,
                                TreePolicy::RptRegister},
                               true),
                    "all");
}

/** PLAN_PACKETS=100 runs as many random plans; a few by default. */
TEST_F(PlanPackets, RandomPlans)
{
    const char* wanted = std::getenv("PLAN_PACKETS");
    const uint64_t plans = wanted == nullptr ? 6 : static_cast<uint64_t>(std::atol(wanted));
    const std::vector<TreePolicy> all = {
        TreePolicy::Bidir, TreePolicy::Rpt, TreePolicy::Spt, TreePolicy::Ssm};
    for (uint64_t seed = 100; seed < 100 + plans; ++seed)
    {
        Make(seed,
             seed % 3 == 0 ? "clos:pods=2,leaves=2,hosts=2,spines=2,cores=2" : FABRIC,
             6 + seed % 5,
             seed % 2 == 0 ? "uniform" : "fill-leaf");
        std::vector<TreePolicy> trees{all[seed % all.size()]};
        if (seed % 5 == 0)
        {
            trees = all;
        }
        ExpectConfirmed(MakeRandom(seed, trees, seed % 7 == 0), "seed " + std::to_string(seed));
    }
}

} // namespace ns3
