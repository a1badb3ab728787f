// SPDX-License-Identifier: GPL-2.0-only
// What the study is for, on the rows that vni-group-sweep writes: what sharing groups does to the
// tables, every kind of workload, and limited tables.
#include "helper/sweep-program.h"

using namespace ns3;

namespace
{

const std::string FABRIC =
    " --topology=leaf-spine:spines=2,leaves=8,hosts=4 --vnis=64 --members=4 --plots=false";
const std::string CLOS = " --topology=clos:pods=2,leaves=2,hosts=3,spines=2,cores=2 --vnis=12"
                         " --members=4 --plots=false";

bool
Falls(const std::vector<double>& values)
{
    return std::is_sorted(values.rbegin(), values.rend()) && values.front() > values.back();
}

} // namespace

/** A leaf pulls every source of every group that it joins: at first more sharing means more. */
TEST_F(SweepProgram, SharingShrinksStarGAndMultipliesSgUnderSpt)
{
    const SweepCells cells = Sweep(FABRIC + " --ratios=1,2,4,8,64 --trees=rpt,spt,bidir", "hump");
    ExpectModelEqualsPackets(cells);
    for (const char* of : {"", "predicted_"})
    {
        const auto leaves = [&](const std::string& tree, const std::string& column) {
            return cells.Pick(of + column, {{"tree", tree}, {"tier", "leaf"}});
        };
        const std::vector<double> sg = leaves("spt", "sg_mean");
        ASSERT_EQ(sg.size(), 5u);
        EXPECT_TRUE(Falls(leaves("spt", "star_g_mean")));
        EXPECT_GT(sg[1], 1.3 * sg[0]);
        EXPECT_GT(sg[2], 1.5 * sg[0]) << "4 VNIs per group";
        EXPECT_LT(sg[3], sg[2]) << "then sources run out: a VTEP is a source of a group once";
        EXPECT_LT(sg[4], 0.5 * sg[0]);
        EXPECT_TRUE(Falls(leaves("rpt", "sg_mean")));
        EXPECT_TRUE(Falls(leaves("rpt", "mfc_mean")));
        EXPECT_TRUE(Falls(leaves("bidir", "mfc_mean")));
        EXPECT_EQ(leaves("bidir", "sg_mean"), std::vector<double>(5, 0));
    }
}

TEST_F(SweepProgram, EveryMappingPlacementAndTree)
{
    const std::string file = Output("groups");
    {
        std::ofstream lines(file);
        for (int vni = 1; vni <= 12; ++vni)
        {
            lines << vni << ",239.7.7." << vni % 5 << "\n";
        }
    }
    const SweepCells cells =
        Sweep(CLOS + " --groups=3 --trees=rpt,rpt-register,spt,bidir,ssm,head-end"
                     " --placement=uniform,fill-leaf,pod-uniform,cap:1 --senders=all,0.5"
                     " --mapping=modulo,cluster",
              "placements");
    EXPECT_EQ(cells.GetSize(), 6u * 4u * 2u * 2u * 3u);
    ExpectModelEqualsPackets(cells);
    const SweepCells mappings =
        Sweep(CLOS +
                  " --groups=4 --trees=rpt,spt"
                  " --mapping=one-to-one,modulo,hash,last-octet,cluster,explicit:" +
                  file,
              "mappings");
    EXPECT_EQ(mappings.GetSize(), 6u * 2u * 3u);
    ExpectModelEqualsPackets(mappings);
    const auto groups = [&](const std::string& mapping) {
        return mappings.Pick("groups", {{"mapping", mapping}, {"tree", "spt"}, {"tier", "core"}});
    };
    EXPECT_EQ(groups("one-to-one"), std::vector<double>{12});
    EXPECT_EQ(groups("last-octet"), std::vector<double>{12});
    EXPECT_EQ(groups("hash"), std::vector<double>{4});
    EXPECT_EQ(groups("explicit:" + file), std::vector<double>{5});
}

TEST_F(SweepProgram, ClusteringWastesLessThanModulo)
{
    const SweepCells cells =
        Sweep(FABRIC + " --ratios=4 --trees=bidir --placement=fill-leaf --mapping=modulo,cluster",
              "waste");
    const auto wasted = [&](const std::string& mapping) {
        return cells.Pick("delivered_unwanted", {{"mapping", mapping}, {"tier", "leaf"}}).at(0);
    };
    EXPECT_LT(wasted("cluster"), 0.8 * wasted("modulo"));
}

TEST_F(SweepProgram, LimitedTables)
{
    const SweepCells cells = Sweep(FABRIC + " --ratios=4 --trees=spt --capacity=120,400"
                                            " --capacity-policy=refuse,evict,punt,fallback-star-g",
                                   "limited");
    ASSERT_EQ(cells.GetSize(), 2u * 4u * 2u);
    const auto at = [&](const std::string& column,
                        const std::string& policy,
                        const std::string& capacity = "120") {
        return cells
            .Pick(column, {{"capacity", capacity}, {"capacity_policy", policy}, {"tier", "leaf"}})
            .at(0);
    };
    for (const std::string policy : {"refuse", "evict", "punt", "fallback-star-g"})
    {
        EXPECT_LE(at("mfc_max", policy), 120) << policy;
        EXPECT_GT(at("demand_mfc_max", policy), 120) << policy;
        EXPECT_EQ(at("overflow_drops", policy, "400"), 0) << policy;
        EXPECT_EQ(at("delivered_lost", policy, "400"), 0) << policy;
        EXPECT_EQ(at("mfc_max", policy, "400"), at("predicted_mfc_max", policy, "400"));
    }
    EXPECT_GT(at("delivered_lost", "refuse"), 0);
    EXPECT_GT(at("refused_rows", "refuse"), 0);
    EXPECT_EQ(at("delivered_lost", "evict"), 0) << "rows come back at once";
    EXPECT_GT(at("evicted_rows", "evict"), 0);
    EXPECT_GT(at("punted_packets", "punt"), 0);
    EXPECT_GT(at("fallback_packets", "fallback-star-g"), 0);
    EXPECT_LT(at("delivered_lost", "fallback-star-g"), at("delivered_lost", "refuse") / 2);
}
