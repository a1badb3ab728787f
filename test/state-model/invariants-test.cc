// SPDX-License-Identifier: GPL-2.0-only
// What holds on any topology and workload: every member is reached once, sums agree with rows, and
// the short cuts of TreeDetail::Counts change nothing.
#include "ns3/group-stream.h"
#include "ns3/state-random.h"
#include "ns3/topology-loader.h"
#include "ns3/tree-state-model.h"
#include "ns3/vni-mapping.h"
#include "ns3/workload.h"

#include <gtest/gtest.h>

#include <numeric>
#include <set>

using namespace ns3;

namespace
{

const std::vector<TreePolicy> POLICIES{TreePolicy::Rpt,
                                       TreePolicy::RptRegister,
                                       TreePolicy::Spt,
                                       TreePolicy::Bidir,
                                       TreePolicy::Ssm,
                                       TreePolicy::HeadEnd};

std::string
RandomSpec(StateRandom& random)
{
    const auto between = [&random](uint32_t min, uint32_t max) {
        return std::to_string(random.Between(min, max));
    };
    switch (random.Below(9))
    {
    case 0:
        return "chain:n=" + between(2, 12);
    case 1:
        return "ring:n=" + between(3, 14);
    case 2:
        return "star:n=" + between(3, 12);
    case 3:
        return "grid:rows=" + between(2, 5) + ",columns=" + between(2, 6);
    case 4:
        return "fat-tree:k=4";
    case 5:
        return "clos:pods=" + between(1, 3) + ",leaves=" + between(1, 4) +
               ",hosts=" + between(1, 4) + ",spines=" + between(1, 3) + ",cores=" + between(1, 4);
    case 6:
        return "leaf-spine:spines=" + between(1, 5) + ",leaves=" + between(2, 9) +
               ",hosts=" + between(1, 4);
    case 7:
        return "rec-lab";
    default:
        return "random:n=" + between(5, 30) + ",degree=3.2,seed=" + between(1, 100000);
    }
}

/** Gives links random costs, so that ways to and from differ. */
void
Distort(TopologyGraph& graph, StateRandom& random)
{
    for (TopologyAttachment& attachment : graph.attachments)
    {
        attachment.cost = random.Between(1, 4);
    }
}

struct Case
{
    std::string spec;
    TopologyGraph graph;
    WorkloadOptions options;
    RpfEcmp ecmp;
    uint32_t groups;
};

Case
RandomCase(StateRandom& random, bool distorted)
{
    Case c;
    c.spec = RandomSpec(random);
    c.graph = LoadTopology(c.spec);
    if (distorted)
    {
        Distort(c.graph, random);
    }
    c.ecmp = random.Below(2) == 0 ? RpfEcmp::SG_HASH : RpfEcmp::HIGHEST;
    const auto vteps = static_cast<uint32_t>(ModelNetwork(c.graph, c.ecmp).GetVteps().size());
    c.options.vnis = random.Between(1, 12);
    c.options.members = random.Between(1, vteps);
    c.options.senders = random.Below(2) == 0 ? 1 : 0.4;
    c.options.seed = random.Next();
    c.groups = random.Between(1, c.options.vnis);
    return c;
}

std::unique_ptr<TreeStateModel>
Compute(const Case& c, const ModelNetwork& network, TreePolicy policy, TreeDetail detail)
{
    Workload workload(network, c.options);
    const VniMapping mapping("modulo:" + std::to_string(c.groups), 0, workload);
    auto model = std::make_unique<TreeStateModel>(network, policy, detail);
    ForEachGroup(network, workload, mapping, [&](const GroupMembers& group) { model->Add(group); });
    return model;
}

} // namespace

TEST(Invariants, EveryMemberIsReachedOnce)
{
    StateRandom random(1);
    for (int i = 0; i < 300; ++i)
    {
        const Case c = RandomCase(random, i % 3 == 0);
        const ModelNetwork network(c.graph, c.ecmp);
        for (TreePolicy policy : POLICIES)
        {
            const auto model = Compute(c, network, policy, TreeDetail::Rows);
            const TreeTotals& totals = model->GetTotals();
            EXPECT_EQ(totals.unsettled, 0u) << c.spec << " " << ToString(policy) << " case " << i;
            const auto& copies = model->GetCopies();
            EXPECT_EQ(totals.copies, std::accumulate(copies.begin(), copies.end(), uint64_t(0)));
        }
    }
}

TEST(Invariants, ShortCutsChangeNothing)
{
    StateRandom random(2);
    for (int i = 0; i < 200; ++i)
    {
        const Case c = RandomCase(random, i % 3 == 0);
        const ModelNetwork network(c.graph, c.ecmp);
        for (TreePolicy policy : POLICIES)
        {
            const auto rows = Compute(c, network, policy, TreeDetail::Rows);
            const auto counts = Compute(c, network, policy, TreeDetail::Counts);
            for (std::size_t r = 0; r < rows->GetRouters().size(); ++r)
            {
                const RouterState& a = rows->GetRouters()[r];
                const RouterState& b = counts->GetRouters()[r];
                EXPECT_EQ(a.starG, b.starG) << c.spec;
                EXPECT_EQ(a.sg, b.sg) << c.spec << " " << ToString(policy);
                EXPECT_EQ(a.sgRpt, b.sgRpt) << c.spec << " " << ToString(policy);
                EXPECT_EQ(a.mfc, b.mfc) << c.spec << " " << ToString(policy);
            }
            EXPECT_EQ(rows->GetTotals().copies, counts->GetTotals().copies)
                << c.spec << " " << ToString(policy);
            EXPECT_EQ(rows->GetTotals().unwanted, counts->GetTotals().unwanted);
            EXPECT_EQ(rows->GetTotals().registers, counts->GetTotals().registers);
        }
    }
}

TEST(Invariants, RowsAddUpToCounts)
{
    StateRandom random(3);
    for (int i = 0; i < 50; ++i)
    {
        const Case c = RandomCase(random, false);
        const ModelNetwork network(c.graph, c.ecmp);
        for (TreePolicy policy : POLICIES)
        {
            const auto model = Compute(c, network, policy, TreeDetail::Rows);
            std::vector<RouterState> sums(network.GetRouters().size());
            std::set<std::tuple<int, uint32_t, TopologyAddress, TopologyAddress>> keys;
            for (const TreeRow& row : model->GetRows())
            {
                RouterState& sum = sums[row.router];
                uint64_t* const fields[] = {&sum.starG, &sum.sg, &sum.sgRpt, &sum.mfc};
                ++*fields[static_cast<int>(row.kind)];
                EXPECT_TRUE(
                    keys.emplace(static_cast<int>(row.kind), row.router, row.source, row.group)
                        .second);
                EXPECT_EQ(std::count(row.outgoing.begin(), row.outgoing.end(), MODEL_NONE), 0);
            }
            for (std::size_t r = 0; r < sums.size(); ++r)
            {
                EXPECT_EQ(sums[r].starG, model->GetRouters()[r].starG);
                EXPECT_EQ(sums[r].sg, model->GetRouters()[r].sg);
                EXPECT_EQ(sums[r].sgRpt, model->GetRouters()[r].sgRpt);
                EXPECT_EQ(sums[r].mfc, model->GetRouters()[r].mfc);
            }
        }
    }
}

TEST(Invariants, SsmReachesNobodyWhoSharesTheGroupOnly)
{
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=2,leaves=4,hosts=2");
    const ModelNetwork network(graph, RpfEcmp::SG_HASH);
    TreeStateModel ssm(network, TreePolicy::Ssm);
    TreeStateModel rpt(network, TreePolicy::Rpt);
    const GroupTraffic group{239u << 24 | 1, {{{0, 2}, {0, 2}}, {{4, 6}, {4, 6}}}};
    ssm.Add(group);
    rpt.Add(group);
    EXPECT_EQ(ssm.GetTotals().unwanted, 0u);
    EXPECT_EQ(rpt.GetTotals().unwanted, 8u);
    EXPECT_EQ(rpt.GetTotals().wanted, 4u);
}

TEST(Invariants, LeavesAsVteps)
{
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=2,leaves=4,hosts=3");
    const ModelNetwork network(graph, RpfEcmp::SG_HASH, VtepPlace::Leaves);
    EXPECT_EQ(network.GetVteps().size(), 4u);
    EXPECT_EQ(network.GetHosts().size(), 12u);
    for (TreePolicy policy : POLICIES)
    {
        TreeStateModel model(network, policy, TreeDetail::Rows);
        model.Add({239u << 24 | 1, {{{0, 1, 2, 3}, {0, 1, 2, 3}}}});
        EXPECT_EQ(model.GetTotals().unsettled, 0u) << ToString(policy);
        // No link of a VTEP's own: up to a spine, and down to three leaves. The RP link of bidir is
        // the way up or down itself, for the leaf on it.
        const uint64_t copies = policy == TreePolicy::HeadEnd       ? 4u * 3 * 2
                                : policy == TreePolicy::RptRegister ? 4u * 3
                                                                    : 4u * 4;
        EXPECT_EQ(model.GetTotals().copies, copies) << ToString(policy);
    }
}

TEST(Network, SaysWhatIsMissing)
{
    const TopologyGraph none = LoadTopology("leaf-spine:spines=1,leaves=2,hosts=0");
    EXPECT_THROW(ModelNetwork(none, RpfEcmp::SG_HASH), std::invalid_argument);
    TopologyGraph graph = LoadTopology("chain:n=3");
    for (TopologyNode& node : graph.nodes)
    {
        node.candidateRp.clear();
    }
    const ModelNetwork network(graph, RpfEcmp::SG_HASH);
    TreeStateModel model(network, TreePolicy::Rpt);
    EXPECT_THROW(model.Add({239u << 24 | 1, {{{0, 1}, {0, 1}}}}), std::invalid_argument);
}
