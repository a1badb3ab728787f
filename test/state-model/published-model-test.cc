// SPDX-License-Identifier: GPL-2.0-only
// The published multi-tenant model on its three-tier Clos, against the figures that its authors
// give: 1,000,000 groups; means over seeds.
#include "ns3/group-spread.h"
#include "ns3/group-stream.h"
#include "ns3/tier-summary.h"
#include "ns3/topology-loader.h"
#include "ns3/tree-state-model.h"
#include "ns3/vni-mapping.h"
#include "ns3/workload.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace ns3;

namespace
{

#define EXPECT_WITHIN_PERCENT(value, expected, percent) \
    EXPECT_NEAR(value, expected, (expected) * (percent) / 100.0)

class PublishedClos : public ::testing::Test
{
  protected:
    struct Result
    {
        double ratio{0};
        double leaves{0};
        SizeSummary entries; //!< per leaf
        uint32_t redraws{0};
    };

    PublishedClos()
        : m_graph(LoadTopology("clos:pods=12,leaves=48,hosts=48,spines=4,cores=4")),
          m_network(m_graph, RpfEcmp::SG_HASH)
    {
    }

    WorkloadOptions Options(SizeDistribution distribution, const std::string& placement) const
    {
        WorkloadOptions options;
        options.tenants = 3000;
        options.vnis = 1000000;
        options.distribution = distribution;
        options.placement = *ParsePlacement(placement);
        return options;
    }

    Result Run(const WorkloadOptions& options, bool entries) const
    {
        Workload workload(m_network, options);
        const VniMapping mapping("one-to-one", 0, workload);
        GroupSpread spread(m_network);
        TreeStateModel model(m_network, TreePolicy::Bidir);
        ForEachGroup(m_network, workload, mapping, [&](const GroupMembers& group) {
            spread.Add(group);
            if (entries)
            {
                model.Add(group);
            }
        });
        Result result;
        result.ratio = spread.GetUnicastLinks() / spread.GetMulticastLinks();
        result.leaves = spread.GetMeanLeaves();
        result.redraws = workload.GetRedraws();
        for (const TierSummary& tier : SummarizeTiers(m_network, model.GetRouters()))
        {
            result.entries = tier.tier == "leaf" ? tier.starG : result.entries;
        }
        return result;
    }

    TopologyGraph m_graph;
    ModelNetwork m_network;
};

} // namespace

TEST_F(PublishedClos, WveFillLeaf)
{
    constexpr int seeds = 20;
    Result mean;
    double p95 = 0;
    double max = 0;
    double entries = 0;
    for (int seed = 1; seed <= seeds; ++seed)
    {
        WorkloadOptions options = Options(SizeDistribution::Wve, "fill-leaf");
        options.seed = seed;
        const Result result = Run(options, true);
        mean.ratio += result.ratio / seeds;
        mean.leaves += result.leaves / seeds;
        mean.redraws += result.redraws;
        entries += result.entries.mean / seeds;
        p95 += result.entries.p95 / seeds;
        max += static_cast<double>(result.entries.max) / seeds;
    }
    EXPECT_WITHIN_PERCENT(mean.ratio, 4.50, 1);
    EXPECT_WITHIN_PERCENT(mean.leaves, 10.5, 5);
    EXPECT_WITHIN_PERCENT(entries, 18200, 5);
    EXPECT_WITHIN_PERCENT(p95, 28000, 5);
    EXPECT_WITHIN_PERCENT(max, 33900, 8);
    // About one draw in three exceeds the places.
    EXPECT_NEAR(mean.redraws / double(mean.redraws + seeds), 1 / 3.0, 0.2);
}

TEST_F(PublishedClos, OtherSizesAndPlacements)
{
    struct Case
    {
        SizeDistribution distribution;
        const char* placement;
        double least;
        double most;
    };

    // The range of the authors' files for three seeds, and a percent about it.
    for (const Case& c : {Case{SizeDistribution::Wve, "pod-uniform", 4.00, 4.11},
                          Case{SizeDistribution::Uniform, "fill-leaf", 5.72, 5.74},
                          Case{SizeDistribution::Uniform, "pod-uniform", 5.39, 5.46}})
    {
        WorkloadOptions options = Options(c.distribution, c.placement);
        options.vnis = 100000;
        const double ratio = Run(options, false).ratio;
        EXPECT_GT(ratio, 0.99 * c.least) << c.placement;
        EXPECT_LT(ratio, 1.01 * c.most) << c.placement;
    }
}
