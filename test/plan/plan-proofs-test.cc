// SPDX-License-Identifier: GPL-2.0-only
// How good is the search? Against proven optima, and these against two other solvers. 50 small cases
// by default; `make plan-proofs` sets PLAN_PROOFS=500 for the large ones.
#include "plan-fixtures.h"
#include "plan-solvers.h"

#include "ns3/plan-bounds.h"
#include "ns3/plan-breeding.h"
#include "ns3/plan-dual.h"
#include "ns3/plan-exact.h"
#include "ns3/plan-merging.h"
#include "ns3/plan-search.h"

#include <gtest/gtest.h>

#include <ctime>
#include <iostream>

namespace ns3
{

namespace
{

constexpr double TOLERANCE = 1e-6;
constexpr double MAX_SECONDS = 60; //!< for one proof

PlanGrouping
AnnealAndSearch(const PlanProblem& problem, uint32_t groups)
{
    const PlanDeliveries cost;
    const PlanMerging merging(problem, cost, Always);
    const PlanGrouping start =
        AnnealPlan(problem, groups, merging.GetGrouping(groups), 1, 1, Always);
    PlanSearch search(problem, cost, groups, start, 1);
    search.Run(30, 60, Always);
    return search.GetGrouping();
}

struct Case
{
    uint64_t seed;
    uint32_t vnis;
    uint32_t vteps;
    uint32_t groups;
};

/** \returns the number of the first case: PLAN_PROOFS_FIRST, so that a few hours can be taken apart. */
uint64_t
GetFirstCase()
{
    const char* first = std::getenv("PLAN_PROOFS_FIRST");
    return first == nullptr ? 1 : static_cast<uint64_t>(std::atol(first));
}

/** \returns the case of a seed: up to so many VNIs, VTEPs and groups. */
Case
MakeCase(uint64_t seed, uint32_t vnis, uint32_t vteps, uint32_t groups)
{
    StateRandom random(seed, 99);
    return {seed,
            random.Between(vnis / 2, vnis),
            random.Between(vteps / 2, vteps),
            random.Between(2, groups)};
}

/** What the proofs of some cases come to. */
struct Tally
{
    std::vector<double> gaps; //!< of the search, in per cent
    std::size_t unproven{0};
    double slowest{0};
    std::size_t nodes{0};

    void Report(const std::string& name)
    {
        std::sort(gaps.begin(), gaps.end());
        const auto exact =
            std::count_if(gaps.begin(), gaps.end(), [](double gap) { return gap <= 1e-9; });
        std::cout << name << ": " << gaps.size() << " cases, " << unproven << " unproven, search "
                  << exact << " times optimal, gap median " << gaps[gaps.size() / 2] << " %, worst "
                  << gaps.back() << " %, slowest proof " << slowest << " s, " << nodes << " nodes"
                  << std::endl;
    }
};

void
Prove(const Case& c, Tally& tally)
{
    const PlanProblem problem = MakeRandomProblem(c.vnis, c.vteps, c.seed);
    const auto groups =
        static_cast<uint32_t>(std::min<std::size_t>(c.groups, problem.GetItems().size()));
    const PlanGrouping grouping = AnnealAndSearch(problem, groups);
    const double waste = ComputeWaste(problem, grouping);
    const PlanDeliveries cost;
    const PlanExact exact(problem, cost);
    ASSERT_TRUE(exact.IsPossible()) << "seed " << c.seed;
    // Of the processor, so that a machine with other work proves the same.
    const std::clock_t start = std::clock();
    const auto seconds = [start] {
        return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    };
    const PlanProof proof = exact.Solve(groups, grouping, [&] { return seconds() < MAX_SECONDS; });
    tally.slowest = std::max(tally.slowest, seconds());
    tally.nodes += proof.nodes;
    tally.unproven += proof.proven ? 0 : 1;
    EXPECT_TRUE(proof.proven) << "seed " << c.seed;
    const double least = ComputeWaste(problem, proof.grouping);
    const double gap = waste <= least + TOLERANCE ? 0 : 100 * (waste - least) / waste;
    tally.gaps.push_back(gap);
    EXPECT_LE(ComputePlanBounds(problem, groups).GetBest(), least + TOLERANCE) << c.seed;
    EXPECT_LE(PlanDual(problem).Bound(groups, grouping, Always), least + TOLERANCE) << c.seed;
    EXPECT_LE(PlanDual(problem, 0).Bound(groups, grouping, Always), least + TOLERANCE) << c.seed;
}

std::size_t
GetCases(std::size_t fallback)
{
    const char* wanted = std::getenv("PLAN_PROOFS");
    return wanted == nullptr ? fallback : static_cast<std::size_t>(std::atol(wanted));
}

} // namespace

TEST(PlanProofs, TheSearchIsNearlyOptimal)
{
    const std::size_t cases = GetCases(50);
    const bool large = cases > 50;
    Tally tally;
    for (uint64_t seed = GetFirstCase(); seed <= cases; ++seed)
    {
        Prove(large ? MakeCase(seed, 24, 16, 6) : MakeCase(seed, 14, 10, 4), tally);
        if (seed == cases || seed % 50 == 0)
        {
            tally.Report("proofs");
        }
    }
    EXPECT_EQ(tally.unproven, 0u);
    EXPECT_EQ(tally.gaps[tally.gaps.size() / 2], 0) << "median, per cent";
    EXPECT_LE(tally.gaps.back(), 2) << "worst, per cent";
}

/** CBC and GLPK solve another model of the same question. */
TEST(PlanProofs, TwoOtherSolversAgree)
{
    const bool large = GetCases(50) > 50;
    for (const std::string program : {"cbc", "glpsol"})
    {
        if (!HasSolver(program))
        {
            GTEST_SKIP() << program << " is not installed, so nobody contradicts";
        }
    }
    const uint64_t cases = large ? 50 : 12;
    std::size_t agreed = 0;
    for (uint64_t seed = 1; seed <= cases; ++seed)
    {
        const Case c = large ? MakeCase(1000 + seed, 12, 9, 4) : MakeCase(1000 + seed, 9, 7, 3);
        const PlanProblem problem = MakeRandomProblem(c.vnis, c.vteps, c.seed);
        const auto groups =
            static_cast<uint32_t>(std::min<std::size_t>(c.groups, problem.GetItems().size()));
        const PlanDeliveries cost;
        const PlanProof proof =
            PlanExact(problem, cost).Solve(groups, AnnealAndSearch(problem, groups), Always);
        ASSERT_TRUE(proof.proven);
        const std::string model = WriteUnionModel(problem, groups);
        for (const std::string program : {"cbc", "glpsol"})
        {
            const auto value = SolveByProgram(program, model);
            ASSERT_TRUE(value.has_value()) << program << ", seed " << c.seed;
            EXPECT_NEAR(*value, proof.cost, 1e-4 * (1 + proof.cost))
                << program << ", seed " << c.seed;
            agreed += 1;
        }
    }
    std::cout << "two other solvers agree on " << agreed / 2 << " of " << cases << " cases\n";
}

TEST(PlanProofs, BoundsNeverExceedAProvenOptimum)
{
    std::size_t best = 0;
    std::size_t relaxedBest = 0;
    std::size_t close = 0;
    for (uint64_t seed = 1; seed <= 1000; ++seed)
    {
        const Case c = MakeCase(5000 + seed, 9, 8, 4);
        const PlanProblem problem = MakeRandomProblem(c.vnis, c.vteps, c.seed);
        if (problem.GetItems().size() <= c.groups)
        {
            continue;
        }
        const PlanDeliveries cost;
        const PlanGrouping start = PlanMerging(problem, cost, Always).GetGrouping(c.groups);
        const PlanProof proof = PlanExact(problem, cost).Solve(c.groups, start, Always);
        ASSERT_TRUE(proof.proven);
        const double least = ComputeWaste(problem, proof.grouping);
        const PlanBounds bounds = ComputePlanBounds(problem, c.groups);
        const double dual = PlanDual(problem).Bound(c.groups, start, Always);
        const double relaxed = PlanDual(problem, 0).Bound(c.groups, start, Always);
        ASSERT_LE(bounds.nearest, least + TOLERANCE) << "seed " << c.seed;
        ASSERT_LE(bounds.forest, least + TOLERANCE) << "seed " << c.seed;
        ASSERT_LE(dual, least + TOLERANCE) << "seed " << c.seed;
        ASSERT_LE(relaxed, least + TOLERANCE) << "seed " << c.seed;
        ASSERT_LE(proof.bound, proof.cost + TOLERANCE) << "seed " << c.seed;
        best += dual > bounds.GetBest() + TOLERANCE ? 1 : 0;
        relaxedBest += relaxed > bounds.GetBest() + TOLERANCE ? 1 : 0;
        close += dual >= 0.95 * least - TOLERANCE ? 1 : 0;
    }
    EXPECT_GT(best, 500) << "the dual bound is of use";
    EXPECT_GT(relaxedBest, 100) << "also where unions are not listed";
    EXPECT_GT(close, 700) << "mostly it is within 5 % of the optimum";
    std::cout << "dual bound above those of pairs in " << best << " cases, relaxed in "
              << relaxedBest << ", within 5 % of the optimum in " << close << "\n";
}

} // namespace ns3
