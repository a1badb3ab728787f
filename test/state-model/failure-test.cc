// SPDX-License-Identifier: GPL-2.0-only
// What failures touch, from the graph alone; and the published figures.
#include "ns3/failure-model.h"
#include "ns3/failure-spread.h"
#include "ns3/group-stream.h"
#include "ns3/topology-loader.h"
#include "ns3/tree-state-model.h"
#include "ns3/vni-mapping.h"
#include "ns3/workload.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <stdexcept>
#include <string>
#include <unistd.h>

using namespace ns3;

namespace
{

constexpr TopologyAddress FAILURE_GROUP = 0xef010101;

std::vector<std::string>
NamesOf(const TopologyGraph& graph, const std::string& kind)
{
    std::vector<std::string> names;
    for (const Failure& failure : ListFailures(graph, kind))
    {
        names.push_back(failure.name);
    }
    return names;
}

Failure
FindFailure(const TopologyGraph& graph, const std::string& kind, const std::string& name)
{
    for (const Failure& failure : ListFailures(graph, kind))
    {
        if (failure.name == name)
        {
            return failure;
        }
    }
    throw std::invalid_argument(name);
}

/** A model with one group of some VTEPs, of which one sends. */
struct OneGroup
{
    OneGroup(const TopologyGraph& theGraph, TreePolicy tree, const std::vector<std::string>& vteps)
        : graph(theGraph),
          model(graph, RpfEcmp::SG_HASH, tree, VtepPlace::Hosts)
    {
        GroupTraffic traffic;
        traffic.address = FAILURE_GROUP;
        traffic.vnis.resize(1);
        for (const std::string& name : vteps)
        {
            traffic.vnis[0].members.push_back(model.GetNetwork().FindVtep(*graph.FindNode(name)));
        }
        traffic.vnis[0].senders = {traffic.vnis[0].members.front()};
        model.Add(traffic);
    }

    FailureEffect Fail(const std::string& kind,
                       const std::string& name,
                       FailureCarrier carrier = FailureCarrier::Lost) const
    {
        return model.Evaluate(FindFailure(graph, kind, name), carrier);
    }

    const TopologyGraph& graph;
    FailureModel model;
};

TEST(FailureModel, WhatCanFail)
{
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=2,leaves=3,hosts=1");
    EXPECT_EQ(NamesOf(graph, "spine"), (std::vector<std::string>{"spine0", "spine1"}));
    EXPECT_EQ(NamesOf(graph, "rp"), (std::vector<std::string>{"spine0", "spine1"}));
    EXPECT_EQ(NamesOf(graph, "leaf").size(), 3u);
    EXPECT_EQ(NamesOf(graph, "vtep").size(), 3u);
    EXPECT_EQ(NamesOf(graph, "link").size(), 6u) << "those of VTEPs are none";
    EXPECT_TRUE(NamesOf(graph, "core").empty());
}

TEST(FailureModel, ADeadNodeAndWhatItCutsOff)
{
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=2,leaves=3,hosts=2");
    const TopologyGraph failed =
        FailIn(graph, FindFailure(graph, "leaf", "leaf1"), FailureCarrier::Lost);
    ASSERT_EQ(failed.nodes.size(), graph.nodes.size());
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        const bool isDead = graph.nodes[node].name == "leaf1" ||
                            graph.nodes[node].name == "vtep2" || graph.nodes[node].name == "vtep3";
        EXPECT_EQ(failed.nodes[node].attachments.empty(), isDead) << graph.nodes[node].name;
    }
}

TEST(FailureModel, AMemberThatDiesChangesTheRowsOnItsBranch)
{
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=1,leaves=3,hosts=2");
    const OneGroup group(graph, TreePolicy::Rpt, {"vtep0", "vtep2", "vtep4", "vtep5"});
    EXPECT_EQ(group.Fail("vtep", "vtep1").groupsTouched, 0u) << "no member";
    EXPECT_EQ(group.Fail("vtep", "vtep1").entriesChanged, 0u);
    const FailureEffect beside = group.Fail("vtep", "vtep5");
    EXPECT_EQ(beside.groupsTouched, 1u);
    const FailureEffect alone = group.Fail("vtep", "vtep2");
    EXPECT_GT(alone.entriesChanged, beside.entriesChanged) << "its leaf leaves the spine's row";
}

TEST(FailureModel, ASpineThatIsNotUsedTouchesNothing)
{
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=2,leaves=3,hosts=1");
    const OneGroup group(graph, TreePolicy::Bidir, {"vtep0", "vtep1", "vtep2"});
    const uint64_t touched =
        group.Fail("spine", "spine0").groupsTouched + group.Fail("spine", "spine1").groupsTouched;
    EXPECT_EQ(touched, 1u) << "a bidirectional tree has one root";
}

TEST(FailureModel, WithoutAnRpAllRowsGo)
{
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=1,leaves=3,hosts=1");
    const OneGroup group(graph, TreePolicy::Bidir, {"vtep0", "vtep1", "vtep2"});
    const FailureEffect effect = group.Fail("rp", "spine0");
    EXPECT_EQ(effect.groupsTouched, 1u);
    EXPECT_EQ(effect.entriesChanged, 3u) << "each leaf's; the spine's own died with it";
}

TEST(FailureModel, AnRpLivesAsLongAsItsInterface)
{
    const TopologyGraph graph =
        LoadTopology("clos:pods=2,leaves=2,hosts=1,spines=2,cores=1,rp=hashed");
    const OneGroup group(graph, TreePolicy::Rpt, {"vtep0", "vtep1", "vtep3"});
    const TopologyNode& core = graph.nodes[*graph.FindNode("core0")];
    ASSERT_EQ(core.candidateRp, "eth0");
    const Failure failure = FindFailure(graph, "spine", "spine0");
    EXPECT_TRUE(FailIn(graph, failure, FailureCarrier::Lost)
                    .nodes[*graph.FindNode("core0")]
                    .candidateRp.empty());
    EXPECT_EQ(
        FailIn(graph, failure, FailureCarrier::Kept).nodes[*graph.FindNode("core0")].candidateRp,
        "eth0");
    EXPECT_GT(group.Fail("spine", "spine0").entriesChanged,
              group.Fail("spine", "spine0", FailureCarrier::Kept).entriesChanged)
        << "all rows, or those on the way to the RP";
}

TEST(FailureModel, SourceTreesOutliveTheRp)
{
    const std::string file =
        ::testing::TempDir() + "/rp-gone-" + std::to_string(getpid()) + ".topo";
    std::ofstream(file) << "node a\nnode s\nnode b\nnode c candidateBsr=eth0 candidateRp=eth0\n"
                           "node v kind=vtep\nnode w kind=vtep\nedge v a\nedge w b\n"
                           "edge a s\nedge b s\nedge s c\n";
    const TopologyGraph graph = LoadTopology(file);
    const OneGroup group(graph, TreePolicy::Spt, {"v", "w"});
    EXPECT_EQ(group.Fail("rp", "c").entriesChanged, 3u) << "(*,G) of a, s and b; (S,G) stay";
}

TEST(FailureModel, ABidirectionalRpNeedsAPrefixAlone)
{
    const std::string file =
        ::testing::TempDir() + "/rp-link-" + std::to_string(getpid()) + ".topo";
    std::ofstream(file) << "node a\nnode s\nnode b\n"
                           "node c bidirRp=\"10.9.0.2 224.0.0.0/4\"\n"
                           "node v kind=vtep\nnode w kind=vtep\nedge v a\nedge w b\n"
                           "edge a s\nedge b s\nedge s c network=10.9.0.0/30\n";
    const TopologyGraph graph = LoadTopology(file);
    ASSERT_EQ(graph.GetAddress(*graph.FindNode("c"), "eth0"), TopologyAddress(0x0a090002));
    const OneGroup group(graph, TreePolicy::Bidir, {"v", "w"});
    EXPECT_EQ(group.Fail("rp", "c", FailureCarrier::Lost).entriesChanged, 3u) << "of a, s and b";
    EXPECT_EQ(group.Fail("rp", "c", FailureCarrier::Kept).entriesChanged, 0u)
        << "s still has the link";
    EXPECT_EQ(group.Fail("link", "s-c", FailureCarrier::Lost).entriesChanged, 3u);
}

TEST(FailureModel, ALinkThatNoTreeCrossesMayStillMoveEqualPaths)
{
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=4,leaves=2,hosts=1");
    const OneGroup group(graph, TreePolicy::Spt, {"vtep0", "vtep1"});
    uint64_t touched = 0;
    for (const Failure& failure : ListFailures(graph, "link"))
    {
        touched += group.model.Evaluate(failure, FailureCarrier::Lost).groupsTouched;
    }
    EXPECT_GE(touched, 2u) << "the two links of the path";
    EXPECT_LE(touched, 8u);
}

TEST(FailureModel, ARouterKeepsTheSourceThatItStillHasReceiversFor)
{
    // s1 is on the tree of v and has w behind it; without l0-s1 it joins v by m and n, since its
    // Keepalive Timer runs. A network that never had l0-s1 has the detour by the RP instead.
    const std::string file = ::testing::TempDir() + "/kept-" + std::to_string(getpid()) + ".topo";
    std::ofstream(file) << "node rp loopbacks=\"lo 10.255.0.1\" candidateBsr=lo candidateRp=lo\n"
                           "node s1\nnode s2\nnode l0\nnode l1\nnode m\nnode n\n"
                           "node v kind=vtep\nnode w kind=vtep\nedge rp s1 cost=3\n"
                           "edge rp s2 cost=2\nedge l0 s1\nedge l0 s2 cost=4\nedge l1 s1\n"
                           "edge s1 m\nedge m n cost=2\nedge n s2\n"
                           "edge v l0\nedge w l1\n";
    const TopologyGraph graph = LoadTopology(file);
    const OneGroup group(graph, TreePolicy::Rpt, {"v", "w"});
    EXPECT_EQ(group.Fail("link", "l0-s1").entriesChanged, 9u)
        << "(*,G) of l0, s1, s2 and rp; (S,G) of l0 and s1, and new ones of s2, n and m";
    EXPECT_EQ(group.Fail("link", "m-n").entriesChanged, 0u);
    const TopologyGraph never =
        FailIn(graph, FindFailure(graph, "link", "l0-s1"), FailureCarrier::Lost);
    const ModelNetwork network(never, RpfEcmp::SG_HASH, VtepPlace::Hosts);
    TreeStateModel fresh(network, TreePolicy::Rpt, TreeDetail::Rows);
    GroupTraffic traffic;
    traffic.address = FAILURE_GROUP;
    traffic.vnis.resize(1);
    traffic.vnis[0].members = {network.FindVtep(*graph.FindNode("v")),
                               network.FindVtep(*graph.FindNode("w"))};
    traffic.vnis[0].senders = {traffic.vnis[0].members.front()};
    fresh.Add(traffic);
    for (const TreeRow& row : fresh.GetRows())
    {
        EXPECT_NE(graph.nodes[network.GetRouters()[row.router].node].name, "m");
    }
}

TEST(FailureSpread, CountsByHand)
{
    const TopologyGraph graph = LoadTopology("clos:pods=2,leaves=2,hosts=2,spines=1,cores=1");
    const ModelNetwork network(graph, RpfEcmp::SG_HASH);
    const auto vtep = [&](const std::string& name) {
        return network.FindVtep(*graph.FindNode(name));
    };
    GroupMembers members(network);
    const auto count = [&](const std::vector<std::string>& names) {
        FailureSpread spread(network, 1);
        GroupTraffic traffic;
        traffic.address = FAILURE_GROUP;
        traffic.vnis.resize(1);
        for (const std::string& name : names)
        {
            traffic.vnis[0].members.push_back(vtep(name));
        }
        traffic.vnis[0].senders = traffic.vnis[0].members;
        members.Set(traffic);
        for (int i = 0; i < 3000; ++i)
        {
            spread.Add(members);
        }
        return spread;
    };
    const FailureSpread oneLeaf = count({"vtep0", "vtep1"});
    EXPECT_EQ(oneLeaf.GetGroups(), 3000u);
    EXPECT_EQ(oneLeaf.GetCoreGroups(), 0u);
    EXPECT_EQ(oneLeaf.GetSpineGroups(), 0);
    const FailureSpread onePod = count({"vtep0", "vtep2"});
    EXPECT_EQ(onePod.GetCoreGroups(), 0u);
    // At least one sends: 1 - 1/9; of one pod of two.
    EXPECT_NEAR(onePod.GetSpineGroups() / 3000, (1 - 1 / 9.0) / 2, 0.02);
    const FailureSpread twoPods = count({"vtep0", "vtep4"});
    EXPECT_NEAR(static_cast<double>(twoPods.GetCoreGroups()) / 3000, 1 - 1 / 9.0, 0.02);
    // A pod's member sends, or receives while the other sends: 2/3 + 1/3 x 2/3.
    EXPECT_NEAR(twoPods.GetSpineGroups() / 3000, 2 / 3.0 + 2 / 9.0, 0.02);
}

TEST(PublishedFailures, WvePodUniform)
{
    const TopologyGraph graph = LoadTopology("clos:pods=12,leaves=48,hosts=48,spines=4,cores=4");
    const ModelNetwork network(graph, RpfEcmp::SG_HASH);
    constexpr int SEED_COUNT = 20;
    double core = 0;
    double spine = 0;
    for (int seed = 1; seed <= SEED_COUNT; ++seed)
    {
        WorkloadOptions options;
        options.tenants = 3000;
        options.vnis = 1000000;
        options.distribution = SizeDistribution::Wve;
        options.placement = *ParsePlacement("pod-uniform");
        options.seed = seed;
        Workload workload(network, options);
        const VniMapping mapping("one-to-one", 0, workload);
        FailureSpread spread(network, options.seed);
        ForEachGroup(network, workload, mapping, [&spread](const GroupMembers& group) {
            spread.Add(group);
        });
        core += 100.0 * spread.GetCoreGroups() / spread.GetGroups() / SEED_COUNT;
        spine += 100.0 * spread.GetSpineGroups() / spread.GetGroups() / SEED_COUNT;
    }
    EXPECT_NEAR(core, 20.4, 2.5);
    EXPECT_NEAR(spine, 10.5, 0.4);
}

} // namespace
