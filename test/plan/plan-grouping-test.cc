// SPDX-License-Identifier: GPL-2.0-only
// Grouping VNIs: values worked out by hand, bounds and search against all groupings, proofs against
// both.
#include "plan-fixtures.h"

#include "ns3/plan-annealing.h"
#include "ns3/plan-bounds.h"
#include "ns3/plan-breeding.h"
#include "ns3/plan-dual.h"
#include "ns3/plan-exact.h"
#include "ns3/plan-merging.h"
#include "ns3/plan-search.h"
#include "ns3/plan-unions.h"

#include <gtest/gtest.h>

#include <array>

namespace ns3
{

namespace
{

constexpr PlanAnnealing::Cooling COOLING{0.6, 0.02};

/** Three VNIs: two alike but for a member, one apart. */
PlanProblem
MakeThree()
{
    PlanProblem problem(8);
    problem.Add(10, {0, 1, 2}, 3);
    problem.Add(11, {0, 1, 3}, 5);
    problem.Add(12, {6, 7}, 2);
    return problem;
}

PlanGrouping
Search(const PlanProblem& problem, uint32_t groups, std::size_t shakes = 60)
{
    const PlanDeliveries cost;
    const PlanMerging merging(problem, cost, Always);
    PlanSearch search(problem, cost, groups, merging.GetGrouping(groups), 1);
    search.Run(30, shakes, Always);
    return search.GetGrouping();
}

} // namespace

TEST(PlanProblemTest, EqualMembersAreOneItem)
{
    PlanProblem problem(70);
    problem.Add(1, {69, 3}, 2);
    problem.Add(2, {3}, 1);
    problem.Add(3, {3, 69}, 5);
    ASSERT_EQ(problem.GetItems().size(), 2u);
    double together = 0;
    for (const PlanItem& item : problem.GetItems())
    {
        if (item.size == 2)
        {
            together = item.rate;
            EXPECT_EQ(item.vnis, (std::vector<uint32_t>{1, 3}));
            EXPECT_EQ(item.members.List(), (std::vector<uint32_t>{3, 69}));
        }
    }
    EXPECT_EQ(together, 7);
    EXPECT_EQ(problem.GetWantedRate(), 15);
}

TEST(PlanProblemTest, WasteIsRateTimesMembersOutsideTheVni)
{
    const PlanProblem problem = MakeThree();
    std::vector<uint32_t> group(3);
    for (std::size_t i = 0; i < 3; ++i)
    {
        group[i] = problem.GetItems()[i].vnis.front() == 12 ? 1 : 0;
    }
    EXPECT_EQ(ComputeWaste(problem, group), 3 + 5);
    EXPECT_EQ(ComputeWaste(problem, {0, 1, 2}), 0);
    // All in one: the union has six members; 3 × 3 + 5 × 3 + 2 × 4.
    EXPECT_EQ(ComputeWaste(problem, {0, 0, 0}), 32);
}

TEST(PlanBoundsTest, ByHand)
{
    const PlanProblem problem = MakeThree();
    // The two alike each waste their rate; the nearest of the third is 3 members away.
    const PlanBounds two = ComputePlanBounds(problem, 2);
    EXPECT_EQ(two.nearest, 3 + 5);
    EXPECT_EQ(two.forest, 8) << "one edge of 3 + 5, times 2 / 2";
    const PlanBounds one = ComputePlanBounds(problem, 1);
    EXPECT_EQ(one.nearest, 3 + 5 + 2 * 3);
    EXPECT_EQ(one.forest, (8 + 3 * 2 + 2 * 3) * 3.0 / 4);
    EXPECT_EQ(ComputePlanBounds(problem, 3).GetBest(), 0);
}

TEST(PlanBoundsTest, NeverExceedTheOptimum)
{
    for (uint64_t seed = 1; seed <= 300; ++seed)
    {
        const PlanProblem problem = MakeRandomProblem(7, 9, seed);
        for (uint32_t groups = 1; groups <= 5; ++groups)
        {
            if (groups <= problem.GetItems().size())
            {
                ASSERT_LE(ComputePlanBounds(problem, groups).GetBest(),
                          FindLeastWaste(problem, groups) + 1e-9)
                    << "seed " << seed << ", groups " << groups;
            }
        }
    }
}

TEST(PlanMergingTest, GivesEveryNumberOfGroupsAndNoneIsEmpty)
{
    const PlanProblem problem = MakeRandomProblem(20, 16, 2);
    const PlanDeliveries cost;
    const PlanMerging merging(problem, cost, Always);
    double last = -1;
    for (auto groups = static_cast<uint32_t>(problem.GetItems().size()); groups >= 1; --groups)
    {
        const PlanGrouping grouping = merging.GetGrouping(groups);
        std::vector<bool> used(groups, false);
        for (uint32_t group : grouping)
        {
            ASSERT_LT(group, groups);
            used[group] = true;
        }
        EXPECT_EQ(std::count(used.begin(), used.end(), true), groups);
        const double waste = ComputeWaste(problem, grouping);
        EXPECT_GE(waste, last) << "fewer groups never waste less in a merging";
        last = waste;
    }
}

TEST(PlanSearchTest, FindsTheOptimumOfSmallProblems)
{
    for (uint64_t seed = 1; seed <= 60; ++seed)
    {
        const PlanProblem problem = MakeRandomProblem(8, 10, seed);
        for (uint32_t groups = 2; groups <= 4; ++groups)
        {
            if (groups < problem.GetItems().size())
            {
                EXPECT_NEAR(ComputeWaste(problem, Search(problem, groups, 5)),
                            FindLeastWaste(problem, groups),
                            1e-9)
                    << "seed " << seed << ", groups " << groups;
            }
        }
    }
}

TEST(PlanSearchTest, SameSeedSameGrouping)
{
    const PlanProblem problem = MakeRandomProblem(30, 20, 5);
    EXPECT_EQ(Search(problem, 7, 3), Search(problem, 7, 3));
}

TEST(PlanSearchTest, IsNeverWorseThanWhereItStarts)
{
    const PlanDeliveries cost;
    for (uint64_t seed = 1; seed <= 20; ++seed)
    {
        const PlanProblem problem = MakeRandomProblem(40, 30, seed);
        const PlanGrouping start = PlanMerging(problem, cost, Always).GetGrouping(6);
        PlanSearch search(problem, cost, 6, start, seed);
        search.Run(5, 2, Always);
        EXPECT_LE(ComputeWaste(problem, search.GetGrouping()), ComputeWaste(problem, start));
        EXPECT_NEAR(search.GetCost() - problem.GetWantedRate(),
                    ComputeWaste(problem, search.GetGrouping()),
                    1e-6)
            << "costs that were kept up agree with those worked out from nothing";
    }
}

TEST(PlanAnnealingTest, FindsTheOptimumOfSmallProblems)
{
    for (uint64_t seed = 1; seed <= 40; ++seed)
    {
        const PlanProblem problem = MakeRandomProblem(8, 8, seed);
        const std::size_t items = problem.GetItems().size();
        const auto groups = static_cast<uint32_t>(std::min<std::size_t>(2 + seed % 3, items));
        PlanAnnealing annealing(problem, groups, PlanGrouping(items, 0), seed);
        annealing.Run(20000, COOLING, Always);
        const double waste = ComputeWaste(problem, annealing.GetGrouping());
        EXPECT_NEAR(waste, FindLeastWaste(problem, groups), 1e-6) << "seed " << seed;
        EXPECT_NEAR(annealing.GetCost(), waste + problem.GetWantedRate(), 1e-6) << "seed " << seed;
    }
}

TEST(PlanAnnealingTest, SameSeedSameGroupingAndNeverWorseThanWhereItStarts)
{
    const PlanProblem problem = MakeRandomProblem(60, 40, 5);
    const PlanDeliveries cost;
    const PlanGrouping start = PlanMerging(problem, cost, Always).GetGrouping(9);
    const auto run = [&](uint64_t seed, std::size_t steps) {
        PlanAnnealing annealing(problem, 9, start, seed);
        annealing.Run(steps, COOLING, Always);
        return annealing.GetGrouping();
    };
    EXPECT_EQ(run(1, 50000), run(1, 50000));
    EXPECT_NE(run(1, 50000), run(2, 50000));
    EXPECT_LE(ComputeWaste(problem, run(1, 100)), ComputeWaste(problem, start))
        << "hot until the end";
    EXPECT_LT(ComputeWaste(problem, run(1, 50000)), ComputeWaste(problem, start));
}

TEST(PlanAnnealingTest, VtepsOfTheSameItemsShareABit)
{
    // 200 VTEPs: 30 sets of three, 80 that only one item has, and 30 of none: several weights.
    PlanProblem problem(200);
    StateRandom random(3, 1);
    for (uint32_t item = 0; item < 40; ++item)
    {
        std::vector<uint32_t> members{120 + 2 * item, 121 + 2 * item};
        for (uint32_t i = 0; i < 3; ++i)
        {
            const uint32_t first = 3 * random.Below(30);
            members.insert(members.end(), {first, first + 1, first + 2});
        }
        members.resize(item % 4 == 0 ? members.size() - 1 : members.size());
        problem.Add(item, members, 1 + item % 3);
    }
    PlanGrouping start;
    for (uint32_t item = 0; item < problem.GetItems().size(); ++item)
    {
        start.push_back(item % 7);
    }
    const PlanGroups groups(problem, 7, start);
    std::size_t bits = 0;
    for (uint32_t item = 0; item < start.size(); ++item)
    {
        bits += groups.GetBits(item).size();
    }
    const auto items = static_cast<double>(start.size());
    EXPECT_NEAR(groups.GetMeanBits(), static_cast<double>(bits) / items, 1e-9);
    EXPECT_EQ(PlanGroups(problem, 1, PlanGrouping(start.size(), 0)).GetMeanBits(),
              groups.GetMeanBits())
        << "the groups make no difference";
    PlanAnnealing annealing(problem, 7, start, 1);
    EXPECT_DOUBLE_EQ(annealing.GetCost(), ComputeWaste(problem, start) + problem.GetWantedRate());
    annealing.Run(50000, COOLING, Always);
    EXPECT_NEAR(annealing.GetCost(),
                ComputeWaste(problem, annealing.GetGrouping()) + problem.GetWantedRate(),
                1e-6);
    EXPECT_LT(ComputeWaste(problem, annealing.GetGrouping()), ComputeWaste(problem, start));
}

TEST(PlanAnnealingTest, EndsWhenItIsTold)
{
    const PlanProblem problem = MakeRandomProblem(20, 12, 3);
    const PlanGrouping start(problem.GetItems().size(), 0);
    PlanAnnealing annealing(problem, 3, start, 1);
    int asked = 0;
    annealing.Run(100000000, COOLING, [&asked] { return ++asked < 3; });
    EXPECT_EQ(asked, 3);
    PlanAnnealing atOnce(problem, 3, start, 1);
    atOnce.Run(1000, COOLING, [] { return false; });
    EXPECT_EQ(atOnce.GetGrouping(), start);
    PlanAnnealing alone(problem, 1, start, 1);
    alone.Run(1000, COOLING, Always);
    EXPECT_EQ(alone.GetGrouping(), start) << "one group is one group";
}

TEST(PlanGroupsTest, WhatIsLookedUpIsWhatCountingGives)
{
    // Two or three VTEPs that always come together, some that do not; rates that differ.
    PlanProblem problem(90);
    StateRandom random(9, 1);
    for (uint32_t item = 0; item < 30; ++item)
    {
        std::vector<uint32_t> members{60 + item};
        for (uint32_t i = 0; i < 4; ++i)
        {
            const uint32_t first = 3 * random.Below(20);
            members.insert(members.end(), {first, first + 1});
            members.resize(item % 2 == 0 ? members.size() : members.size() - 1);
        }
        problem.Add(item, members, 1 + item % 5);
    }
    PlanGroups groups(problem, 5, PlanGrouping(problem.GetItems().size(), 0));
    const auto costOf = [&](const PlanGrouping& grouping) {
        return ComputeWaste(problem, grouping) + problem.GetWantedRate();
    };
    const auto items = static_cast<uint32_t>(problem.GetItems().size());
    for (int step = 0; step < 400; ++step)
    {
        const uint32_t item = random.Below(items);
        const uint32_t to = random.Below(5);
        const uint32_t from = groups.GetGrouping()[item];
        const double before = groups.GetCost();
        PlanGrouping moved = groups.GetGrouping();
        moved[item] = to;
        if (to != from)
        {
            ASSERT_NEAR(groups.CostOfJoining(item, to) - groups.SavingOf(item),
                        costOf(moved) - before,
                        1e-6);
            std::array<float, PlanGroups::LANES> costs{};
            groups.CostsOfJoining(item, 0, 5, costs.data());
            ASSERT_NEAR(costs[to], groups.CostOfJoining(item, to), 0.1);
            double increase = 0;
            const uint32_t other = groups.GetItems(to).empty()
                                       ? item
                                       : groups.FindExchange(item, to, 0, 1e9, increase);
            if (other != item)
            {
                PlanGrouping exchanged = moved;
                exchanged[other] = from;
                ASSERT_NEAR(increase, costOf(exchanged) - before, 1e-6);
            }
        }
        const uint32_t bit = groups.GetBits(item).front();
        std::vector<uint32_t> evicted;
        const double saved = groups.FindEvicted(from, bit, evicted);
        ASSERT_EQ(evicted.size(), groups.CountOf(from, bit));
        PlanGroups without = groups;
        for (uint32_t gone : evicted)
        {
            without.Move(gone, (from + 1) % 5);
        }
        ASSERT_NEAR(saved,
                    before - without.GetCost() + without.GetCost((from + 1) % 5) -
                        groups.GetCost((from + 1) % 5),
                    1e-6);
        groups.Move(item, to);
        ASSERT_NEAR(groups.GetCost(), costOf(groups.GetGrouping()), 1e-6);
    }
}

TEST(PlanBreedingTest, AChildTakesWholeGroupsInTurn)
{
    PlanProblem problem(8);
    for (uint32_t vtep = 0; vtep < 8; ++vtep)
    {
        problem.Add(vtep, {vtep}, 1);
    }
    StateRandom random(1, 1);
    const PlanGrouping a{0, 0, 0, 0, 1, 1, 2, 2};
    EXPECT_EQ(ComputeWaste(problem, CrossPlans(problem, 3, a, a, random)), ComputeWaste(problem, a))
        << "of two that are equal comes the same";
    // Groups that both have, whatever their numbers, are the child's, too.
    const PlanGrouping b{2, 2, 2, 2, 0, 1, 0, 1};
    for (int i = 0; i < 20; ++i)
    {
        const PlanGrouping child = CrossPlans(problem, 3, a, b, random);
        EXPECT_LT(*std::max_element(child.begin(), child.end()), 3u);
        EXPECT_EQ(child[0], child[1]);
        EXPECT_EQ(child[1], child[2]);
        EXPECT_EQ(child[2], child[3]);
    }
}

TEST(PlanBreedingTest, TheSameSeedGivesTheSameAndNothingWorseThanTheStart)
{
    const PlanProblem problem = MakeRandomProblem(20, 16, 4);
    const PlanDeliveries cost;
    const PlanGrouping start = PlanMerging(problem, cost, Always).GetGrouping(5);
    const auto run = [&](uint64_t seed) { return AnnealPlan(problem, 5, start, seed, 1, Always); };
    EXPECT_EQ(run(1), run(1));
    EXPECT_LE(ComputeWaste(problem, run(2)), ComputeWaste(problem, start));
    EXPECT_EQ(AnnealPlan(problem, 5, start, 1, 1, [] { return false; }), start) << "no time";
    EXPECT_TRUE(CanAnnealPlan(problem, 5));
    EXPECT_FALSE(CanAnnealPlan(PlanProblem(70000), 5)) << "counts have 16 bits";
}

TEST(PlanUnionsTest, AllOrNone)
{
    PlanProblem problem(70);
    problem.Add(1, {0, 1}, 1);
    problem.Add(2, {1, 2}, 1);
    problem.Add(3, {0, 1, 2}, 1);
    problem.Add(4, {69}, 1);
    // {01} {12} {012} and each with 69, and 69 alone.
    const std::vector<PlanMembers> unions = ListPlanUnions(problem);
    EXPECT_EQ(unions.size(), 7u);
    EXPECT_TRUE(std::is_sorted(unions.begin(), unions.end()));
    EXPECT_EQ(ListPlanUnions(problem, 7).size(), 7u);
    EXPECT_TRUE(ListPlanUnions(problem, 6).empty());
}

TEST(PlanDualTest, IsTheLinearProgramsWhereUnionsCanBeListed)
{
    // Three pairs of three VTEPs, two groups: a pair of items and a single one, a waste of 2.
    PlanProblem problem(3);
    problem.Add(1, {0, 1}, 1);
    problem.Add(2, {1, 2}, 1);
    problem.Add(3, {0, 2}, 1);
    const PlanDual dual(problem);
    EXPECT_TRUE(dual.IsExact());
    EXPECT_FALSE(PlanDual(problem, 0).IsExact());
    const PlanGrouping start{0, 0, 1};
    EXPECT_EQ(ComputeWaste(problem, start), 2);
    // The program wastes 1.5: half of all three together, and half of each alone.
    EXPECT_NEAR(dual.Bound(2, start, Always), 1.5, 0.02);
    EXPECT_EQ(dual.Bound(3, {0, 1, 2}, Always), 0) << "a group each";
    EXPECT_EQ(dual.Bound(2, start, [] { return false; }), 0) << "no step, no bound";
}

TEST(PlanExactTest, EqualsTheBestOfAllGroupings)
{
    for (uint64_t seed = 1; seed <= 60; ++seed)
    {
        const PlanProblem problem = MakeRandomProblem(8, 10, seed);
        const PlanDeliveries cost;
        const PlanExact exact(problem, cost);
        ASSERT_TRUE(exact.IsPossible());
        for (uint32_t groups = 2; groups <= 4; ++groups)
        {
            if (groups >= problem.GetItems().size())
            {
                continue;
            }
            const PlanGrouping start(problem.GetItems().size(), 0);
            const PlanProof proof = exact.Solve(groups, start, Always);
            const double least = FindLeastWaste(problem, groups);
            EXPECT_TRUE(proof.proven) << "seed " << seed << ", groups " << groups;
            EXPECT_NEAR(proof.cost - problem.GetWantedRate(), least, 1e-6)
                << "seed " << seed << ", groups " << groups;
            EXPECT_NEAR(ComputeWaste(problem, proof.grouping), least, 1e-6);
            EXPECT_LE(proof.bound, proof.cost + 1e-6);
        }
    }
}

TEST(PlanExactTest, TheSearchIsAtMostTwoPerCentOffAndMostlyNotAtAll)
{
    int optimal = 0;
    for (uint64_t seed = 1; seed <= 10; ++seed)
    {
        const PlanProblem problem = MakeRandomProblem(20, 14, seed);
        const PlanDeliveries cost;
        const PlanGrouping grouping = Search(problem, 5);
        const double waste = ComputeWaste(problem, grouping);
        const PlanProof proof = PlanExact(problem, cost).Solve(5, grouping, Always);
        ASSERT_TRUE(proof.proven) << "seed " << seed;
        const double least = proof.cost - problem.GetWantedRate();
        EXPECT_LE(waste, least * 1.02 + 1e-6) << "seed " << seed;
        EXPECT_LE(ComputePlanBounds(problem, 5).GetBest(), least + 1e-6) << "seed " << seed;
        optimal += waste <= least + 1e-6 ? 1 : 0;
    }
    EXPECT_GT(optimal, 5);
}

TEST(PlanExactTest, SaysWhenItCannotProve)
{
    PlanProblem problem(40);
    for (uint32_t vni = 0; vni < 30; ++vni)
    {
        problem.Add(vni, {vni, vni + 5, (vni * 7) % 40}, 1);
    }
    const PlanDeliveries cost;
    EXPECT_FALSE(PlanExact(problem, cost).IsPossible()) << "more unions than can be listed";
}

TEST(PlanExactTest, AnInterruptedProofKeepsABoundBelowTheBest)
{
    const PlanProblem problem = MakeRandomProblem(20, 14, 4);
    const PlanDeliveries cost;
    int left = 3;
    const PlanProof proof =
        PlanExact(problem, cost).Solve(5, Search(problem, 5, 1), [&left] { return left-- > 0; });
    EXPECT_FALSE(proof.proven);
    EXPECT_LE(proof.bound, proof.cost);
}

} // namespace ns3
