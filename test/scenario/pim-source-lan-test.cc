// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2, §4.4.1 and §4.6: LANs on which a source, several routers and the shared tree meet.
#include "support/lab-run.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/** The source's LAN 1 lies on the way from its DR, d, to the RP, p. The member is behind d. */
const std::string SOURCE_LAN = R"(
node s kind=host
node m kind=host
node p candidateRp=eth0 candidateBsr=eth0
node u kind=router
node d kind=router
lan 1 network=10.1.0.0/24
lan 2 network=10.2.0.0/24
lan 3 network=10.3.0.0/24
edge p 2 address=10.2.0.1
edge u 2 address=10.2.0.2
edge u 1 address=10.1.0.2
edge d 1 address=10.1.0.3
edge s 1 address=10.1.0.1
edge d 3 address=10.3.0.3
edge m 3 address=10.3.0.1
)";

/** The RP p and its next hop to the source, u, are on LAN 1 with d, which a member is behind. */
const std::string RP_LAN = R"(
node s kind=host
node m kind=host
node n kind=host
node p candidateRp=eth0 candidateBsr=eth0
node u kind=router
node d kind=router
lan 1 network=10.1.0.0/24
lan 2 network=10.2.0.0/24
lan 3 network=10.3.0.0/24
lan 4 network=10.4.0.0/24
edge p 1 address=10.1.0.4
edge u 1 address=10.1.0.2
edge d 1 address=10.1.0.3
edge u 2 address=10.2.0.2
edge s 2 address=10.2.0.1
edge d 3 address=10.3.0.3
edge m 3 address=10.3.0.1
edge u 4 address=10.4.0.2
edge n 4 address=10.4.0.1
)";

/** On LAN 3 are the member, its DR d, the RP p and p's next hop to the source, w; d reaches p by 2.
 */
const std::string CIRCLE = R"(
node s kind=host
node m kind=host
node p candidateRp=eth0 candidateBsr=eth0
node d kind=router
node w kind=router
lan 1 network=10.1.0.0/24
lan 2 network=10.2.0.0/24
lan 3 network=10.3.0.0/24
edge w 1 address=10.1.0.2
edge s 1 address=10.1.0.1
edge p 2 address=10.2.0.1
edge d 2 address=10.2.0.3
edge p 3 address=10.3.0.4
edge w 3 address=10.3.0.2
edge d 3 address=10.3.0.3 drPriority=5
edge m 3 address=10.3.0.1
)";

/** \returns a scenario in which \p members join at 95 s, and s sends from 100 s to 180 s. */
std::string
MakeScenario(const std::string& trees, const std::vector<std::string>& members)
{
    std::string yaml = "duration: 185s\ntrees: " + trees + "\nevents:\n";
    for (const std::string& member : members)
    {
        yaml += "  - {at: 95s, join: {node: " + member + ", group: 239.1.1.1}}\n";
    }
    return yaml + R"(
  - {at: 100s, send: {node: s, group: 239.1.1.1, rate: 80kbps, size: 1000, until: 180s, name: f}}
  - {at: 150s, snapshot: before}
  - {at: 160s, snapshot: rest}
)";
}

} // namespace

TEST(PimSourceLan, ADrRegistersASourceThatTheSharedTreeBrings)
{
    for (const std::string trees : {"rpt", "spt", "rpt-register"})
    {
        SCOPED_TRACE(trees);
        LabRun run(SOURCE_LAN, MakeScenario(trees, {"m"}));
        EXPECT_EQ(run.Run(), 0u);
        EXPECT_EQ(run.GetEventTimes("d", "register-start").size(), 1u);
        EXPECT_EQ(run.GetNumber("deliveries", {{"receiver", "m"}}, "lost"), 0);
        EXPECT_EQ(run.GetNumber("deliveries", {{"receiver", "m"}}, "duplicates"), 0);
    }
}

TEST(PimSourceLan, TheSharedTreeReachesMembersBehindTheRp)
{
    std::string topology = SOURCE_LAN;
    topology += "node n kind=host\nlan 4 network=10.4.0.0/24\nedge p 4\nedge n 4\n";
    for (const std::string trees : {"rpt", "spt", "rpt-register"})
    {
        SCOPED_TRACE(trees);
        LabRun run(topology, MakeScenario(trees, {"m", "n"}));
        EXPECT_EQ(run.Run(), 0u);
        EXPECT_EQ(run.GetNumber("deliveries", {{"receiver", "n"}}, "lost"), 0);
        EXPECT_EQ(run.GetNumber("deliveries", {{"receiver", "m"}}, "lost"), 0);
        for (const char* network : {"1", "3", "4"})
        {
            const LabRow where{{"snapshot", "rest"}, {"network", network}, {"class", "multicast"}};
            EXPECT_EQ(run.GetNumber("links", where, "packets"), 100) << network;
        }
    }
}

TEST(PimSourceLan, AnRpThatReachesTheSourceThroughItsOwnTreesLan)
{
    LabRun run(RP_LAN, MakeScenario("rpt", {"m", "n"}));
    run.Watch("1");
    EXPECT_EQ(run.Run(), 0u);
    for (const char* receiver : {"m", "n"})
    {
        EXPECT_LE(run.GetNumber("deliveries", {{"receiver", receiver}}, "duplicates"), 1);
    }
    EXPECT_EQ(run.GetNumber("deliveries", {{"receiver", "n"}}, "lost"), 0);
    // When u's Assert ends, d overrides what u had pruned of the shared tree within t_override.
    EXPECT_LE(run.GetNumber("deliveries", {{"receiver", "m"}}, "lost"), 25);
    EXPECT_LE(run.GetPim<PimAssert>("1").size(), 4u) << "nobody asserts data from its own upstream";
}

TEST(PimSourceLan, TheRpsWayToTheSourceIsTheMembersLan)
{
    // w's Assert silences d, so d and then p want no more of the source: w serves the member now.
    for (const std::string trees : {"rpt", "spt", "rpt-register"})
    {
        SCOPED_TRACE(trees);
        LabRun run(CIRCLE, MakeScenario(trees, {"m"}));
        run.Watch("3");
        EXPECT_EQ(run.Run(), 0u);
        EXPECT_EQ(run.GetNumber("deliveries", {{"receiver", "m"}}, "lost"), 0);
        EXPECT_LE(run.GetNumber("deliveries", {{"receiver", "m"}}, "duplicates"), 1);
        EXPECT_LE(run.GetDuplicateTimes("3", Ipv4Address("239.1.1.1")).size(), 1u);
        EXPECT_LE(run.GetPim<PimAssert>("3").size(), 4u);
    }
}

TEST(PimSourceLan, IgmpMessagesMakeNoSources)
{
    for (const std::string version : {"2", "3"})
    {
        SCOPED_TRACE(version);
        std::string topology = SOURCE_LAN;
        const std::string edge = "edge m 3 ";
        topology.replace(topology.find(edge), edge.size(), edge + "igmpVersion=" + version + " ");
        const std::string other = "edge d 3 ";
        topology.replace(
            topology.find(other), other.size(), other + "igmpVersion=" + version + " ");
        LabRun run(topology, R"(
duration: 130s
events:
  - {at: 95s, join: {node: m, group: 239.1.1.1}}
  - {at: 100s, snapshot: joined}
  - {at: 105s, leave: {node: m, group: 239.1.1.1}}
  - {at: 106s, snapshot: leaving}
)");
        EXPECT_EQ(run.Run(), 0u);
        EXPECT_EQ(run.GetRows("tib", {{"node", "d"}, {"kind", "*,G"}}).size(), 2u);
        EXPECT_TRUE(run.GetRows("tib", {{"kind", "S,G"}}).empty());
        EXPECT_TRUE(run.GetRows("events", {{"event", "register-start"}}).empty());
        EXPECT_TRUE(run.GetRows("drops", {{"reason", "register-inner"}}).empty());
    }
}
