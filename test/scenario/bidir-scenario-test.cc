// SPDX-License-Identifier: GPL-2.0-only
// RFC 5015 in the simulator, through scenarios: the R/E/C lab with bidirectional trees, an RP
// address that belongs to no router, a LAN of several routers whose Designated Forwarder dies,
// sparse groups beside bidirectional ones.
#include "lab-names.h"

#include "ns3/text.h"

#include "support/lab-run.h"
#include "support/paths.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/** \returns "incoming > outgoing" of a node's only row for the group in the forwarding cache. */
std::string
GetRow(LabRun& run, const std::string& snapshot, const std::string& node)
{
    const LabRow where{{"snapshot", snapshot}, {"node", node}, {"group", "239.0.0.10"}};
    return run.GetCell("mfc", where, "incoming_interface") + " > " +
           run.GetCell("mfc", where, "outgoing_interfaces");
}

/** Nothing of sources, Registers or asserts. */
void
ExpectBidirectional(LabRun& run)
{
    EXPECT_FALSE(run.GetRows("tib").empty());
    for (const LabRow& row : run.GetRows("tib"))
    {
        EXPECT_EQ(row.at("kind"), "*,G");
    }
    for (const LabRow& row : run.GetRows("mfc"))
    {
        EXPECT_EQ(row.at("source"), "*");
    }
    for (const char* name : {"register", "null-register", "register-stop", "pim-assert"})
    {
        EXPECT_TRUE(run.GetRows("links", {{"class", name}}).empty()) << name;
    }
}

TEST(BidirScenario, RecLab)
{
    LabRun run(REC_LAB, R"(
duration: 200s
trees: bidir
events:
  - {at: 90s, join: {node: r2, group: 239.0.0.10}}
  - {at: 90s, join: {node: r3, group: 239.0.0.10}}
  - {at: 95s, snapshot: joined}
  - {at: 100s, send: {node: r1, group: 239.0.0.10, rate: 10kbps, size: 1470, ttl: 10, packets: 50, name: up}}
  - {at: 110s, send: {node: r2, group: 239.0.0.10, rate: 10kbps, size: 1470, ttl: 10, packets: 50, name: across}}
  - {at: 180s, show: {node: e1, what: "pim df"}}
  - {at: 180s, snapshot: traffic}
)");
    run.Run();
    ExpectBidirectional(run);
    // The RP link is 101: c3 and c1 are on it. e1 has no member, so it has no tree until r1 sends.
    EXPECT_EQ(run.GetRows("tib", {{"snapshot", "joined"}}).size(), 4u);
    EXPECT_EQ(run.GetRows("tib", {{"snapshot", "traffic"}}).size(), 4u);
    EXPECT_EQ(GetRow(run, "joined", "e2"), "eth1 > eth0 eth1");
    EXPECT_EQ(GetRow(run, "joined", "e3"), "eth2 > eth0 eth2");
    EXPECT_EQ(GetRow(run, "joined", "c1"), "eth2 > eth1 eth2");
    EXPECT_EQ(GetRow(run, "joined", "c3"), "eth2 > eth1 eth2");
    EXPECT_EQ(GetRow(run, "traffic", "e1"), "eth2 > eth2");
    EXPECT_EQ(run.GetRows("mfc", {{"snapshot", "traffic"}, {"node", "c2"}}).size(), 0u);
    for (const LabRow& row : run.GetRows("deliveries"))
    {
        EXPECT_EQ(row.at("lost"), "0") << row.at("flow");
        EXPECT_EQ(row.at("duplicates"), "0") << row.at("flow");
    }
    std::map<std::string, int> copies;
    for (const LabRow& row : run.GetRows("links", {{"class", "multicast"}}))
    {
        copies[row.at("network")] += std::stoi(row.at("packets"));
    }
    const std::map<std::string, int> expected{
        {"1", 50}, {"21", 50}, {"101", 100}, {"12", 100}, {"2", 100}, {"23", 100}, {"3", 100}};
    EXPECT_EQ(copies, expected) << "each packet once on each link of the tree";
    EXPECT_NE(run.GetPrinted().find("192.168.101.133 eth2         Lose     192.168.21.133"),
              std::string::npos)
        << run.GetPrinted();
}

/** The RP address is on the link between x and y, and nobody's. */
const std::string PHANTOM = R"(
node h1 kind=host
node h2 kind=host
node a bidirRp="192.168.50.1 239.0.0.0/8"
node x bidirRp="192.168.50.1 239.0.0.0/8"
node y bidirRp="192.168.50.1 239.0.0.0/8"
node b bidirRp="192.168.50.1 239.0.0.0/8"
lan 1 network=192.168.1.0/24
lan 2 network=192.168.2.0/24
lan 10 network=192.168.10.0/24
lan 20 network=192.168.20.0/24
lan 50 network=192.168.50.0/24
edge h1 1 address=192.168.1.9
edge a 1 address=192.168.1.1
edge a 10 address=192.168.10.1
edge x 10 address=192.168.10.2
edge x 50 address=192.168.50.2
edge y 50 address=192.168.50.3
edge y 20 address=192.168.20.2
edge b 20 address=192.168.20.1
edge b 2 address=192.168.2.1
edge h2 2 address=192.168.2.9
)";

TEST(BidirScenario, AnRpAddressOfNoRouter)
{
    LabRun run(PHANTOM, R"(
duration: 700s
events:
  - {at: 60s, join: {node: h1, group: 239.0.0.10}}
  - {at: 60s, join: {node: h2, group: 239.0.0.10}}
  - {at: 70s, send: {node: h1, group: 239.0.0.10, rate: 16kbps, size: 200, packets: 100, name: there}}
  - {at: 70s, send: {node: h2, group: 239.0.0.10, rate: 16kbps, size: 200, until: 150s, name: back}}
  - {at: 90s, snapshot: traffic}
  - {at: 95s, leave: {node: h2, group: 239.0.0.10}}
  - {at: 120s, snapshot: left}
  - {at: 690s, snapshot: end}
)");
    run.Watch("50");
    run.Run();
    ExpectBidirectional(run);
    for (const LabRow& row : run.GetRows("deliveries"))
    {
        EXPECT_EQ(row.at("lost"), "0");
        EXPECT_EQ(row.at("duplicates"), "0");
    }
    EXPECT_EQ(run.GetData("50", GROUP).size(), 900u);
    EXPECT_TRUE(run.GetPim<PimJoinPrune>("50").empty()) << "nobody is upstream of the RP link";
    EXPECT_EQ(run.GetRows("tib", {{"snapshot", "traffic"}}).size(), 4u);
    EXPECT_EQ(run.GetRows("tib", {{"snapshot", "left"}}).size(), 2u) << "a and x still serve h1";
    EXPECT_EQ(run.GetRows("mfc", {{"snapshot", "left"}}).size(), 4u) << "b and y serve a sender";
    EXPECT_EQ(run.GetRows("mfc", {{"snapshot", "end"}}).size(), 2u) << "that is silent now";
}

/** x, y and z are on the RP link; x and y lead to LAN 30, from where d and w lead to LAN 41. */
const std::string LATTICE = R"(
node h2 kind=host
node h3 kind=host
node h4 kind=host
node h5 kind=host
node x bidirRp="192.168.50.1 239.0.0.0/8"
node y bidirRp="192.168.50.1 239.0.0.0/8"
node z bidirRp="192.168.50.1 239.0.0.0/8"
node d bidirRp="192.168.50.1 239.0.0.0/8"
node w bidirRp="192.168.50.1 239.0.0.0/8"
lan 20 network=192.168.20.0/24
lan 30 network=192.168.30.0/24
lan 41 network=192.168.41.0/24
lan 50 network=192.168.50.0/24
edge x 50 address=192.168.50.2
edge x 30 address=192.168.30.2
edge y 50 address=192.168.50.3
edge y 30 address=192.168.30.3
edge z 50 address=192.168.50.4
edge z 20 address=192.168.20.4
edge d 30 address=192.168.30.31
edge d 41 address=192.168.41.31
edge w 30 address=192.168.30.32
edge w 41 address=192.168.41.32
edge h2 20 address=192.168.20.9
edge h3 30 address=192.168.30.9
edge h4 41 address=192.168.41.9
edge h5 50 address=192.168.50.9
)";

// Hosts and routers send and receive, DFs and others, on the RP link and off it.
class BidirLattice : public testing::TestWithParam<const char*>
{
};

TEST_P(BidirLattice, EveryoneSendsAndReceivesOnce)
{
    std::ostringstream scenario;
    scenario << "duration: 100\nevents:\n";
    for (const std::string node : {"h2", "h3", "h4", "h5", "x", "y", "z", "d", "w"})
    {
        scenario << "  - {at: 60, join: {node: " << node
                 << ", group: 239.0.0.10, interface: " << (node[0] == 'h' ? "eth0" : GetParam())
                 << "}}\n"
                 << "  - {at: 70, send: {node: " << node
                 << ", group: 239.0.0.10, rate: 16kbps, size: 200, packets: 100, name: " << node
                 << "}}\n";
    }
    scenario << "  - {at: 99, snapshot: end}\n";
    LabRun run(LATTICE, scenario.str());
    for (const char* lan : {"20", "30", "41", "50"})
    {
        run.Watch(lan);
    }
    run.Run();
    ExpectBidirectional(run);
    const std::vector<LabRow> rows = run.GetRows("deliveries");
    EXPECT_EQ(rows.size(), 72u) << "nine senders, eight others each";
    for (const LabRow& row : rows)
    {
        const std::string what = row.at("flow") + " to " + row.at("receiver");
        EXPECT_EQ(row.at("received"), "100") << what;
        EXPECT_EQ(row.at("duplicates"), "0") << what;
    }
    for (const char* lan : {"20", "30", "41", "50"})
    {
        EXPECT_EQ(run.GetData(lan, GROUP).size(), 900u) << lan;
        EXPECT_TRUE(run.GetDuplicateTimes(lan, GROUP).empty()) << lan;
    }
    EXPECT_EQ(run.GetCells("mfc", {}, "node"), (std::set<std::string>{"w", "y", "z"}))
        << "x and d are DF of no link";
}

// The routers' interfaces towards the RP link, and away from it.
INSTANTIATE_TEST_SUITE_P(MembersAt, BidirLattice, testing::Values("eth0", "eth1"));

TEST(BidirScenario, SparseGroupsBesideBidirectionalOnes)
{
    std::string topology = PHANTOM;
    for (std::size_t at = 0; (at = topology.find(" bidirRp", at)) != std::string::npos; at += 60)
    {
        topology.insert(at, " staticRp=\"192.168.50.2 238.0.0.0/8\"");
    }
    LabRun run(topology, R"(
duration: 200s
events:
  - {at: 60s, join: {node: h2, group: 239.0.0.10}}
  - {at: 60s, join: {node: h2, group: 238.0.0.10}}
  - {at: 70s, send: {node: h1, group: 239.0.0.10, rate: 16kbps, size: 200, packets: 100, name: bidir}}
  - {at: 70s, send: {node: h1, group: 238.0.0.10, rate: 16kbps, size: 200, packets: 100, name: sparse}}
  - {at: 85s, snapshot: traffic}
)");
    run.Run();
    for (const LabRow& row : run.GetRows("deliveries"))
    {
        EXPECT_EQ(row.at("lost"), "0") << row.at("flow");
        EXPECT_LE(ParseReal(row.at("duplicates")).value(), 1) << row.at("flow");
    }
    for (const LabRow& row : run.GetRows("tib"))
    {
        EXPECT_TRUE(row.at("group") == "238.0.0.10" || row.at("kind") == "*,G");
    }
    EXPECT_FALSE(run.GetRows("tib", {{"group", "238.0.0.10"}, {"kind", "S,G"}}).empty());
    EXPECT_FALSE(run.GetRows("links", {{"class", "register"}}).empty());
}

// 239.0.0.0/8 is sparse and its RP comes by BSR; 239.1.0.0/16 within it is bidirectional by hand.
TEST(BidirScenario, ABidirectionalRangeWithinOneOfTheBsr)
{
    std::string topology = PHANTOM;
    for (std::size_t at = 0; (at = topology.find("239.0.0.0/8", at)) != std::string::npos;)
    {
        topology.replace(at, 11, "239.1.0.0/16");
    }
    topology.replace(topology.find("node x "), 7, "node x candidateBsr=eth1 candidateRp=eth1 ");
    LabRun run(topology, R"(
duration: 250s
events:
  - {at: 90s, join: {node: h2, group: 239.0.0.10}}
  - {at: 90s, join: {node: h2, group: 239.1.0.10}}
  - {at: 100s, send: {node: h1, group: 239.0.0.10, rate: 16kbps, size: 200, packets: 1000, name: sparse}}
  - {at: 100s, send: {node: h1, group: 239.1.0.10, rate: 16kbps, size: 200, packets: 1000, name: bidir}}
  - {at: 100s, send: {node: h2, group: 239.1.0.10, rate: 16kbps, size: 200, packets: 1000, name: back}}
  - {at: 150s, snapshot: traffic}
)");
    run.Run();
    for (const char* node : {"a", "x", "y", "b"})
    {
        LabRow where = {{"node", node}, {"group_prefix", "239.0.0.0/8"}};
        EXPECT_EQ(run.GetCell("rp", where, "rp"), "192.168.50.2") << node;
        where["group_prefix"] = "239.1.0.0/16";
        EXPECT_EQ(run.GetCell("rp", where, "rp"), "192.168.50.1") << node;
    }
    EXPECT_EQ(run.GetCells("tib", {{"group", "239.1.0.10"}}, "kind"), std::set<std::string>{"*,G"});
    EXPECT_EQ(run.GetCells("tib", {{"group", "239.1.0.10"}}, "rp"),
              std::set<std::string>{"192.168.50.1"});
    EXPECT_EQ(run.GetCells("tib", {{"group", "239.0.0.10"}}, "rp"),
              std::set<std::string>{"192.168.50.2"});
    for (const LabRow& row : run.GetRows("deliveries"))
    {
        EXPECT_EQ(row.at("lost"), "0") << row.at("flow");
        EXPECT_LE(ParseReal(row.at("duplicates")).value(), row.at("flow") == "sparse" ? 1 : 0);
    }
    EXPECT_TRUE(run.GetRows("drops").empty());
}

// The BSR and RP of all groups crashes: another RP, other DFs, and back.
TEST(BidirScenario, TheRpOfTheBsrCrashes)
{
    LabRun run(REC_LAB, R"(
duration: 560s
trees: bidir
events:
  - {at: 90s, join: {node: r1, group: 239.0.0.16}}
  - {at: 90s, join: {node: r2, group: 239.0.0.16}}
  - {at: 90s, join: {node: r3, group: 239.0.0.16}}
  - {at: 100s, send: {node: r1, group: 239.0.0.16, rate: 16kbps, size: 200, ttl: 10, until: 500s, name: all}}
  - {at: 120s, node: {name: c3, state: down}}
  - {at: 300s, snapshot: without}
  - {at: 300s, node: {name: c3, state: up}}
  - {at: 520s, send: {node: r1, group: 239.0.0.16, rate: 16kbps, size: 200, ttl: 10, packets: 100, name: rest-1}}
  - {at: 520s, send: {node: r2, group: 239.0.0.16, rate: 16kbps, size: 200, ttl: 10, packets: 100, name: rest-2}}
  - {at: 520s, send: {node: r3, group: 239.0.0.16, rate: 16kbps, size: 200, ttl: 10, packets: 100, name: rest-3}}
  - {at: 550s, snapshot: again}
)");
    run.Run();
    ExpectBidirectional(run);
    EXPECT_EQ(run.GetCells("tib", {{"snapshot", "without"}}, "rp"),
              std::set<std::string>{"192.168.102.122"});
    EXPECT_EQ(run.GetCells("tib", {{"snapshot", "again"}}, "rp"),
              std::set<std::string>{"192.168.101.133"});
    for (const LabRow& row : run.GetRows("deliveries"))
    {
        const std::string what = row.at("flow") + " to " + row.at("receiver");
        EXPECT_EQ(row.at("duplicates"), "0") << what;
        if (row.at("flow") != "all")
        {
            EXPECT_EQ(row.at("received"), "100") << what;
            continue;
        }
        // OSPF's wait; later c3 forwards by its routes, but has to learn the RPs first: it begins
        // as BSR within 5 s (priority) and tells the RPs after BS_Min_Interval, 10 s.
        EXPECT_LE(ParseReal(row.at("lost")).value(), 10 * (40 + 1) + 10 * (5 + 10 + 1)) << what;
    }
}

} // namespace
