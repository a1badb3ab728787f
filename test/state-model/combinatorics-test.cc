// SPDX-License-Identifier: GPL-2.0-only
// The model against figures that follow from combinatorics alone: leaf-spine of 32 leaves with 16
// hosts each and 4 spines, 400 VNIs of 20 members, all of which send; means over 30 seeds, to 1 %.
#include "ns3/group-spread.h"
#include "ns3/group-stream.h"
#include "ns3/tier-summary.h"
#include "ns3/topology-loader.h"
#include "ns3/tree-state-model.h"
#include "ns3/vni-mapping.h"
#include "ns3/workload.h"

#include <gtest/gtest.h>

#include <functional>

using namespace ns3;

namespace
{

constexpr int SEEDS = 30;

class LeafSpine : public ::testing::Test
{
  protected:
    /** What a run gives. */
    struct Result
    {
        TierSummary leaf;
        double copies;
        double wanted;
        double unwanted;
    };

    LeafSpine()
        : m_graph(LoadTopology("leaf-spine:spines=4,leaves=32,hosts=16")),
          m_network(m_graph, RpfEcmp::SG_HASH)
    {
    }

    Result Run(TreePolicy policy, const std::string& mappingText, uint64_t seed) const
    {
        WorkloadOptions options;
        options.vnis = 400;
        options.members = 20;
        options.seed = seed;
        Workload workload(m_network, options);
        const VniMapping mapping(mappingText, 0, workload);
        TreeStateModel model(m_network, policy);
        ForEachGroup(
            m_network, workload, mapping, [&](const GroupMembers& group) { model.Add(group); });
        EXPECT_EQ(model.GetTotals().unsettled, 0u);
        const auto frames = static_cast<double>(model.GetTotals().frames);
        return {SummarizeTiers(m_network, model.GetRouters()).front(),
                static_cast<double>(model.GetTotals().copies) / frames,
                static_cast<double>(model.GetTotals().wanted) / frames,
                static_cast<double>(model.GetTotals().unwanted) / frames};
    }

    /** Means over the seeds of what \p figure says of a run. */
    double Mean(TreePolicy policy,
                const std::string& mapping,
                const std::function<double(const Result&)>& figure,
                int seeds = SEEDS) const
    {
        double sum = 0;
        for (int seed = 1; seed <= seeds; ++seed)
        {
            const Result result = Run(policy, mapping, seed);
            EXPECT_EQ(result.leaf.tier, "leaf");
            sum += figure(result);
        }
        return sum / seeds;
    }

    TopologyGraph m_graph;
    ModelNetwork m_network;
};

double
StarG(const TierSummary& tier)
{
    return tier.starG.mean;
}

#define EXPECT_WITHIN_PERCENT(value, expected, percent) \
    EXPECT_NEAR(value, expected, (expected) * (percent) / 100.0)

} // namespace

TEST_F(LeafSpine, OneToOneStarG)
{
    EXPECT_WITHIN_PERCENT(
        Mean(TreePolicy::Bidir, "one-to-one", [](const Result& r) { return StarG(r.leaf); }),
        190.61,
        1);
}

TEST_F(LeafSpine, OneToOneRpt)
{
    double copies = 0;
    const double sg = Mean(TreePolicy::Rpt, "one-to-one", [&](const Result& r) {
        copies += r.copies / SEEDS;
        return r.leaf.sg.mean;
    });
    EXPECT_DOUBLE_EQ(sg, 250.0);
    EXPECT_WITHIN_PERCENT(copies, 35.25, 1);
}

TEST_F(LeafSpine, OneToOneSpt)
{
    double copies = 0;
    const double sg = Mean(TreePolicy::Spt, "one-to-one", [&](const Result& r) {
        copies += r.copies / SEEDS;
        EXPECT_DOUBLE_EQ(r.wanted, 19);
        EXPECT_DOUBLE_EQ(r.unwanted, 0);
        return r.leaf.sg.mean;
    });
    EXPECT_WITHIN_PERCENT(sg, 3812, 1);
    EXPECT_WITHIN_PERCENT(copies, 35.25, 1);
}

TEST_F(LeafSpine, OneToOneHeadEnd)
{
    EXPECT_WITHIN_PERCENT(
        Mean(TreePolicy::HeadEnd, "one-to-one", [](const Result& r) { return r.copies; }),
        74.88,
        1);
}

TEST_F(LeafSpine, EightVnisPerGroup)
{
    double starG = 0;
    double unwanted = 0;
    const double sg = Mean(TreePolicy::Spt, "modulo:50", [&](const Result& r) {
        starG += StarG(r.leaf) / SEEDS;
        unwanted += r.unwanted / SEEDS;
        EXPECT_DOUBLE_EQ(r.wanted, 19);
        return r.leaf.sg.mean;
    });
    EXPECT_WITHIN_PERCENT(starG, 49.72, 1);
    EXPECT_WITHIN_PERCENT(sg, 6949, 1);
    EXPECT_WITHIN_PERCENT(unwanted, 119.75, 1);
}

TEST_F(LeafSpine, SharingShrinksStarGAndMultipliesSgUnderSpt)
{
    double lastStarG = 1e9;
    double sptPeak = 0;
    double sptLast = 0;
    double sptFirst = 0;
    for (const char* mapping : {"one-to-one", "modulo:200", "modulo:100", "modulo:50", "modulo:4"})
    {
        const Result spt = Run(TreePolicy::Spt, mapping, 1);
        EXPECT_LT(StarG(spt.leaf), lastStarG) << mapping;
        lastStarG = StarG(spt.leaf);
        sptPeak = std::max(sptPeak, spt.leaf.sg.mean);
        sptFirst = sptFirst == 0 ? spt.leaf.sg.mean : sptFirst;
        sptLast = spt.leaf.sg.mean;
        EXPECT_LE(Run(TreePolicy::Rpt, mapping, 1).leaf.sg.mean, 250.0) << mapping;
    }
    // A hump: first a leaf pulls every source of every group it joins, then sources run out.
    EXPECT_GT(sptPeak, 1.5 * sptFirst);
    EXPECT_LT(sptLast, 0.5 * sptPeak);
}

TEST_F(LeafSpine, ClusteringWastesClearlyLessThanModulo)
{
    const auto unwanted = [](const Result& r) { return r.unwanted; };
    EXPECT_LT(Mean(TreePolicy::Bidir, "cluster:50", unwanted, 3),
              0.9 * Mean(TreePolicy::Bidir, "modulo:50", unwanted, 3));
}
