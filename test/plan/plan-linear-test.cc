// SPDX-License-Identifier: GPL-2.0-only
// The linear program's bound for every objective and with limits, against all plans of small fabrics.
#include "plan-fixtures.h"

#include "ns3/plan-linear.h"
#include "ns3/plan-verdict.h"
#include "ns3/topology-loader.h"

#include <gtest/gtest.h>

#include <iostream>
#include <memory>
#include <optional>

namespace ns3
{

namespace
{

bool
GoesOn()
{
    return true;
}

/** A small fabric, random VNIs on it, and a question about them. */
class LinearCase
{
  public:
    explicit LinearCase(uint64_t seed)
        : m_random(seed, 21),
          m_network(GetNetwork(seed))
    {
        const auto vteps = static_cast<uint32_t>(m_network.GetVteps().size());
        const uint32_t vnis = m_random.Between(3, 5);
        for (uint32_t v = 0; v < vnis; ++v)
        {
            std::vector<uint32_t> members(vteps);
            std::iota(members.begin(), members.end(), 0);
            const uint32_t size = m_random.Between(2, vteps - 2);
            for (uint32_t i = 0; i < size; ++i)
            {
                std::swap(members[i], members[i + m_random.Below(vteps - i)]);
            }
            members.resize(size);
            VniTraffic vni{members, members};
            if (seed % 2 == 0)
            {
                vni.senders.resize(m_random.Between(1, size));
            }
            m_question.demand.rates.push_back(seed % 3 == 0 ? m_random.Between(1, 9)
                                                            : vni.senders.size());
            m_question.demand.vnis.push_back(std::move(vni));
        }
        const TreePolicy trees[] = {TreePolicy::Bidir, TreePolicy::Spt, TreePolicy::Rpt};
        m_question.trees = {trees[seed % 3]};
        if (seed % 4 == 0)
        {
            m_question.trees.push_back(trees[(seed + 1) % 3]);
            m_question.mixed = seed % 8 == 0;
        }
        m_question.objective = static_cast<PlanObjective>(seed / 4 % 3);
        m_groups = m_random.Between(2, 3);
        m_plans = ListPlans();
    }

    /** Takes an entry off what leaves need for the best plan, if any plan needs less. */
    void Limit()
    {
        const uint64_t most = FindBest()->use.tiers.at("leaf").sum;
        const bool spared = std::any_of(m_plans.begin(), m_plans.end(), [most](const auto& plan) {
            return plan.use.tiers.at("leaf").sum < most;
        });
        m_question.limits = PlanLimits::Parse("leaf:" + std::to_string(most - (spared ? 1 : 0)) +
                                              (m_groups == 2 ? ",spine:sg=9:star-g=2" : ""));
    }

    /** \returns the best plan that fits, if any: all groupings, numberings of groups, and trees. */
    std::optional<PlanPoint> FindBest()
    {
        std::optional<PlanPoint> best;
        for (PlanPoint& plan : m_plans)
        {
            plan.margins = ComputeMargins(plan.use, m_question.limits);
            if (plan.IsFeasible() && (!best || IsBetterPlan(m_question, plan, *best)))
            {
                best = plan;
            }
        }
        if (best)
        {
            // A plan with fewer groups is one of as many.
            best->groups = m_groups;
            best->assignment.SetTree(m_groups, best->tree, best->mixed);
        }
        return best;
    }

    PlanLinearBound Bound(const PlanPoint& plan, const std::function<bool()>& goOn = GoesOn) const
    {
        return ComputeLinearBound(m_network, m_question, plan, goOn);
    }

    const PlanQuestion& GetQuestion() const
    {
        return m_question;
    }

    const ModelNetwork& GetNetwork() const
    {
        return m_network;
    }

  private:
    static const ModelNetwork& GetNetwork(uint64_t seed)
    {
        static const TopologyGraph graphs[] = {
            LoadTopology("leaf-spine:spines=2,leaves=3,hosts=2"),
            LoadTopology("clos:pods=2,leaves=2,hosts=2,spines=2,cores=2")};
        static const ModelNetwork networks[] = {{graphs[0], RpfEcmp::SG_HASH},
                                                {graphs[1], RpfEcmp::SG_HASH}};
        return networks[seed % 5 == 0 ? 1 : 0];
    }

    /** \returns every plan with up to so many groups; of several trees all choices if it is mixed. */
    std::vector<PlanPoint> ListPlans() const
    {
        std::vector<PlanPoint> plans;
        const std::size_t vnis = m_question.demand.vnis.size();
        std::size_t groupings = 1;
        std::size_t choices = 1;
        for (std::size_t v = 0; v < vnis; ++v)
        {
            groupings *= m_groups;
        }
        for (uint32_t g = 0; g < m_groups; ++g)
        {
            choices *= m_question.trees.size();
        }
        for (std::size_t number = 0; number < groupings; ++number)
        {
            PlanAssignment plan;
            for (std::size_t v = 0, rest = number; v < vnis; ++v, rest /= m_groups)
            {
                plan.groupOf.push_back(static_cast<uint32_t>(rest % m_groups));
            }
            for (std::size_t choice = 0; choice < choices; ++choice)
            {
                plan.trees.clear();
                plan.addresses.clear();
                for (std::size_t g = 0, rest = choice; g < m_groups; ++g)
                {
                    plan.trees.push_back(m_question.trees[rest % m_question.trees.size()]);
                    plan.addresses.push_back(GetPlanAddress(
                        static_cast<uint32_t>(g), plan.trees.back(), m_question.mixed));
                    rest /= m_question.trees.size();
                }
                const bool equal =
                    std::equal(plan.trees.begin() + 1, plan.trees.end(), plan.trees.begin());
                if (m_question.mixed || equal)
                {
                    plans.push_back(MakePlanPoint(m_network, m_question, plan));
                }
            }
        }
        return plans;
    }

    StateRandom m_random;
    const ModelNetwork& m_network;
    PlanQuestion m_question;
    uint32_t m_groups;
    std::vector<PlanPoint> m_plans;
};

} // namespace

TEST(PlanLinearTest, NeverExceedsTheOptimumAndIsMostlyNear)
{
    std::map<std::string, std::pair<int, int>> near; // by objective: cases, within 5 %
    int limited = 0;
    int above = 0;
    for (uint64_t seed = 1; seed <= 1000; ++seed)
    {
        LinearCase c(seed);
        if (seed % 3 != 1)
        {
            c.Limit();
        }
        const auto best = c.FindBest();
        if (!best)
        {
            continue; // no plan fits
        }
        const double value = GetPlanObjective(c.GetQuestion(), *best);
        const PlanLinearBound bound = c.Bound(*best);
        ASSERT_LE(bound.bound, value + 1e-6) << "seed " << seed;
        EXPECT_TRUE(bound.exact) << "seed " << seed;
        int steps = static_cast<int>(seed % 40) + 60;
        const PlanLinearBound early = c.Bound(*best, [&steps] { return steps-- > 0; });
        ASSERT_LE(early.bound, bound.bound + 1e-6) << "seed " << seed;
        auto& [cases, close] = near[EnumName(c.GetQuestion().objective)];
        ++cases;
        close += bound.bound >= 0.95 * value - 1e-9 ? 1 : 0;
        limited += best->margins.empty() ? 0 : 1;
        if (c.GetQuestion().objective == PlanObjective::COPIES)
        {
            const PlanQuestion& question = c.GetQuestion();
            const std::size_t groups = question.mixed ? 0 : best->groups;
            const double own =
                ComputeCopiesBound(c.GetNetwork(), question.demand, question.trees, groups);
            ASSERT_LE(own, value + 1e-6) << "seed " << seed;
            ASSERT_LE(ComputeCopiesBound(c.GetNetwork(), question.demand, question.trees),
                      value + 1e-6)
                << "seed " << seed;
            above += bound.bound > own + 1e-6 ? 1 : 0;
        }
    }
    for (const auto& [objective, counts] : near)
    {
        std::cout << objective << ": linear program within 5 % of the optimum in " << counts.second
                  << " of " << counts.first << " cases\n";
        EXPECT_GT(counts.first, 150) << objective;
        EXPECT_GT(2 * counts.second, counts.first) << objective;
    }
    EXPECT_GT(limited, 300) << "cases with limits in which some plan fits";
    EXPECT_GT(above, 100) << "cases in which a group for each VNI is no close bound";
}

/** Limits cost something, and the program knows it. */
TEST(PlanLinearTest, LimitsRaiseTheBound)
{
    int raised = 0;
    for (uint64_t seed = 1; seed <= 60; ++seed)
    {
        LinearCase c(seed);
        const double free = c.Bound(*c.FindBest()).bound;
        c.Limit();
        const auto best = c.FindBest();
        raised += best && c.Bound(*best).bound > free + 1e-6 ? 1 : 0;
    }
    EXPECT_GT(raised, 10);
}

TEST(PlanLinearTest, KnowsNothingWhereSourcesAreNamedOrUnionsAreMany)
{
    LinearCase c(1);
    const auto best = c.FindBest();
    ASSERT_TRUE(best);
    PlanQuestion named = c.GetQuestion();
    named.trees.push_back(TreePolicy::Ssm);
    EXPECT_EQ(ComputeLinearBound(c.GetNetwork(), named, *best, GoesOn).bound, 0);
    EXPECT_EQ(c.Bound(*best, [] { return false; }).bound, 0) << "no step, no bound";

    const TopologyGraph graph = LoadTopology("leaf-spine:spines=2,leaves=10,hosts=4");
    const ModelNetwork network(graph, RpfEcmp::SG_HASH);
    PlanQuestion large;
    large.trees = {TreePolicy::Bidir};
    large.objective = PlanObjective::COPIES;
    PlanAssignment plan;
    for (uint32_t v = 0; v < 30; ++v)
    {
        const std::vector<uint32_t> members{v, v + 5, (v * 7) % 40 == v ? v + 1 : (v * 7) % 40};
        large.demand.vnis.push_back({members, members});
        large.demand.rates.push_back(3);
        plan.groupOf.push_back(v % 4);
    }
    plan.SetTree(4, TreePolicy::Bidir);
    const PlanPoint point = MakePlanPoint(network, large, plan);
    const PlanLinearBound bound = ComputeLinearBound(network, large, point, GoesOn);
    EXPECT_EQ(bound.bound, 0);
    EXPECT_FALSE(bound.exact);
}

} // namespace ns3
