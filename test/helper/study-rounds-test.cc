// SPDX-License-Identifier: GPL-2.0-only
// How many rounds of frames a study sends before its tables are at rest: no more than they need.
#include "ns3/callback.h"
#include "ns3/ip-protocol.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/node-list.h"
#include "ns3/simulator.h"
#include "ns3/study-simulation.h"
#include "ns3/topology-loader.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace ns3
{
namespace
{

/** What a study of one VNI of all VTEPs gave. */
struct RoundCount
{
    double rounds{
        0}; //!< frames of each source, the one during the roll-out and the counted one too
    StudyOutcome outcome;
};

/** \param isLimited whether tables are limited, to more rows than there are */
RoundCount
CountRoundsOf(const std::string& topology, TreePolicy tree, bool isLimited = false)
{
    const TopologyGraph graph = PrepareStudy(LoadTopology(topology), tree);
    StudySegment segment;
    segment.vni = 1;
    segment.group = Ipv4Address(tree == TreePolicy::Ssm ? "232.1.1.1" : "239.1.1.1");
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        if (graph.nodes[node].kind == NodeKind::Vtep)
        {
            segment.members.push_back(node);
        }
    }
    segment.senders = segment.members;
    StudySettings settings;
    settings.tree = tree;
    settings.sampleInterval = Seconds(0);
    settings.controlWindow = Seconds(0);
    settings.limits.assign(isLimited ? graph.nodes.size() : 0, {1000, 0, 0});
    uint64_t frames = 0;
    const Callback<void, const Ipv4Header&, Ptr<const Packet>, uint32_t> count(
        [&frames](const Ipv4Header& header, Ptr<const Packet>, uint32_t) {
            const bool isFrame =
                header.GetProtocol() == IP_PROTOCOL_UDP && header.GetDestination().IsMulticast();
            frames += isFrame ? 1 : 0;
        });
    Simulator::Schedule(Seconds(1), [&count] {
        for (auto node = NodeList::Begin(); node != NodeList::End(); ++node)
        {
            (*node)->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext("SendOutgoing", count);
        }
    });
    RoundCount result;
    result.outcome = RunStudy(graph, {segment}, settings);
    result.rounds = static_cast<double>(frames) / static_cast<double>(segment.senders.size());
    return result;
}

const std::string LEAF_SPINE = "leaf-spine:spines=2,leaves=3,hosts=2";
const std::string GRID = "grid:rows=4,columns=4";

} // namespace

TEST(StudyRounds, AreAsManyAsTheTreesNeed)
{
    // During the roll-out, to set up, to refresh, and counted.
    EXPECT_EQ(CountRoundsOf(LEAF_SPINE, TreePolicy::Spt).rounds, 1 + 2 + 1 + 1);
    EXPECT_EQ(CountRoundsOf(LEAF_SPINE, TreePolicy::Rpt).rounds, 1 + 1 + 1 + 1);
    EXPECT_EQ(CountRoundsOf(GRID, TreePolicy::Rpt).rounds, 1 + 2 + 1 + 1); // Registers go on
    EXPECT_EQ(CountRoundsOf(LEAF_SPINE, TreePolicy::Ssm).rounds, 1 + 0 + 1 + 1);
    EXPECT_EQ(CountRoundsOf(LEAF_SPINE, TreePolicy::Bidir).rounds, 1 + 0 + 0 + 1);
}

TEST(StudyRounds, TheOnesLeftOutChangeNothing)
{
    for (const std::string& topology :
         {LEAF_SPINE, GRID, std::string("rec-lab"), std::string("ring:n=7")})
    {
        for (const TreePolicy tree :
             {TreePolicy::Spt, TreePolicy::Rpt, TreePolicy::Ssm, TreePolicy::Bidir})
        {
            const RoundCount some = CountRoundsOf(topology, tree);
            const RoundCount all = CountRoundsOf(topology, tree, true);
            EXPECT_EQ(all.rounds, tree == TreePolicy::Bidir ? 5 : 6);
            EXPECT_LT(some.rounds, all.rounds);
            EXPECT_EQ(some.outcome.rest.routers, all.outcome.rest.routers) << topology;
            EXPECT_EQ(some.outcome.copies, all.outcome.copies) << topology;
        }
    }
}

} // namespace ns3
