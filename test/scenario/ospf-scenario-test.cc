// SPDX-License-Identifier: GPL-2.0-only
// OSPF in the simulator on topologies made for the purpose: a LAN of five; failures, and what they do
// to traffic.
#include "ospf-shown.h"

#include "ns3/text.h"

using namespace ns3;

namespace
{

// ---- A LAN of five ----

/** \param priorities of the routers on the LAN */
std::string
MakeFive(const std::vector<int>& priorities)
{
    std::ostringstream lines;
    lines << "node h1 kind=host\nnode h2 kind=host\nlan 0 network=10.0.0.0/24\n";
    for (int i = 1; i <= 5; ++i)
    {
        lines << "node r" << i << " routerId=1.0.0." << i << "\nlan " << i << " network=10.0." << i
              << ".0/24\nedge r" << i << " 0 address=10.0.0." << i
              << " ospfPriority=" << priorities.at(static_cast<std::size_t>(i - 1)) << "\nedge r"
              << i << " " << i << " address=10.0." << i << ".1\n";
    }
    lines << "edge h1 1 address=10.0.1.100\nedge h2 2 address=10.0.2.100\n";
    return lines.str();
}

/** Asks all five at some times. */
std::string
ShowFive(const std::vector<std::string>& times)
{
    std::string events;
    for (const std::string& time : times)
    {
        events += "  - {at: " + time + ", snapshot: s" + time + "}\n";
        for (int i = 1; i <= 5; ++i)
        {
            const std::string at = "  - {at: " + time + ", show: {node: r" + std::to_string(i);
            events += at + ", what: ospf4 neighbor}}\n" + at + ", what: ospf4 database}}\n";
        }
    }
    return events;
}

/** \returns "address:state …" as router \p i sees the LAN. */
std::string
GetNeighbors(const LabRun& run, const std::string& time, int i)
{
    std::string all;
    for (const auto& [address, state] :
         ReadNeighbors(GetShown(run, time, "r" + std::to_string(i), "ospf4 neighbor")))
    {
        all += (all.empty() ? "" : " ") + address.substr(address.rfind('.') + 1) + ":" + state;
    }
    return all;
}

/** \returns the network-LSAs that router \p i has, without sequence number and checksum. */
std::string
GetNetworkLsas(const LabRun& run, const std::string& time, int i)
{
    std::string all;
    for (const std::string& lsa :
         ReadDatabase(GetShown(run, time, "r" + std::to_string(i), "ospf4 database")))
    {
        std::istringstream words(lsa);
        std::string type;
        std::string id;
        std::string router;
        words >> type >> id >> router;
        all += type == "Network" ? id + " by " + router + ";" : "";
    }
    return all;
}

TEST(OspfLanScenario, SevenAdjacenciesAmongFive)
{
    LabRun run(MakeFive({1, 1, 1, 1, 1}), "duration: 101\nevents:\n" + ShowFive({"100"}));
    run.Run();
    EXPECT_EQ(GetNeighbors(run, "100", 5), "1:Full 2:Full 3:Full 4:Full");
    EXPECT_EQ(GetNeighbors(run, "100", 4), "1:Full 2:Full 3:Full 5:Full");
    EXPECT_EQ(GetNeighbors(run, "100", 1), "2:TwoWay 3:TwoWay 4:Full 5:Full");
    EXPECT_EQ(GetNeighbors(run, "100", 2), "1:TwoWay 3:TwoWay 4:Full 5:Full");
    EXPECT_EQ(GetNeighbors(run, "100", 3), "1:TwoWay 2:TwoWay 4:Full 5:Full");
    std::multiset<std::string> full;
    for (const LabRow& row : run.GetRows("events", {{"event", "neighbor-full"}}))
    {
        full.insert(row.at("node") + " " + row.at("detail"));
    }
    EXPECT_EQ(full.size(), 14u) << "2n - 3 adjacencies, told at both ends";
    const std::set<std::string> database =
        ReadDatabase(GetShown(run, "100", "r1", "ospf4 database"));
    EXPECT_EQ(CountType(database, "Router"), 5u);
    EXPECT_EQ(CountType(database, "Network"), 1u);
    EXPECT_EQ(database.size(), 6u);
    for (int i = 1; i <= 5; ++i)
    {
        EXPECT_EQ(ReadDatabase(GetShown(run, "100", "r" + std::to_string(i), "ospf4 database")),
                  database)
            << i;
        EXPECT_EQ(GetNetworkLsas(run, "100", i), "10.0.0.5 by 1.0.0.5;");
        const std::vector<double> elections = run.GetEventTimes("r" + std::to_string(i), "dr");
        ASSERT_FALSE(elections.empty());
        EXPECT_LE(elections.back(), 45);
    }
    RouteOracle oracle(run.GetTopology());
    ExpectRoutes(run, oracle, "s100");
    EXPECT_EQ(run.GetRows("drops").size(), 0u);
}

TEST(OspfLanScenario, TheBackupTakesOverWhenTheDrDies)
{
    LabRun run(MakeFive({1, 1, 1, 1, 1}),
               "duration: 260\nevents:\n" + ShowFive({"160", "250"}) + R"(
  - {at: 100, node: {name: r5, state: down}}
  - {at: 180, node: {name: r5, state: up}}
  - {at: 95, ping: {node: h1, to: 10.0.2.100, count: 16000, interval: 10ms}}
)");
    run.Run();
    EXPECT_EQ(GetNeighbors(run, "160", 4), "1:Full 2:Full 3:Full");
    EXPECT_EQ(GetNeighbors(run, "160", 3), "1:Full 2:Full 4:Full");
    EXPECT_EQ(GetNeighbors(run, "160", 1), "2:TwoWay 3:Full 4:Full");
    // Who comes later takes no role from anybody (§9.4).
    EXPECT_EQ(GetNeighbors(run, "250", 4), "1:Full 2:Full 3:Full 5:Full");
    EXPECT_EQ(GetNeighbors(run, "250", 5), "1:TwoWay 2:TwoWay 3:Full 4:Full");
    for (int i = 1; i <= 5; ++i)
    {
        EXPECT_EQ(GetNetworkLsas(run, "250", i), "10.0.0.4 by 1.0.0.4;") << i;
    }
    RouteOracle oracle(run.GetTopology());
    ExpectRoutes(run, oracle, "s250");
    oracle.RemoveNode("r5");
    ExpectRoutes(run, oracle, "s160");
    const std::vector<double> down = run.GetEventTimes("r4", "neighbor-down", "10.0.0.5");
    ASSERT_FALSE(down.empty());
    EXPECT_GE(down[0], 130) << "RouterDeadInterval after the last Hello";
    EXPECT_LE(down[0], 140.001);
    // h1 and h2 never needed the DR, and the LAN's network-LSA changes hands within the SPF delay.
    std::size_t lost = 0;
    for (const LabRow& row : run.GetRows("pings"))
    {
        lost += row.at("rtt_ms").empty() ? 1 : 0;
    }
    EXPECT_LE(lost, 10u);
}

TEST(OspfLanScenario, PriorityDecidesAndZeroIsNeverDr)
{
    LabRun run(MakeFive({0, 0, 5, 1, 0}),
               "duration: 460\nevents:\n" + ShowFive({"100", "200", "300", "450"}) + R"(
  - {at: 110, node: {name: r3, state: down}}
  - {at: 210, node: {name: r4, state: down}}
  - {at: 310, node: {name: r3, state: up}}
)");
    run.Run();
    EXPECT_EQ(GetNeighbors(run, "100", 3), "1:Full 2:Full 4:Full 5:Full");
    EXPECT_EQ(GetNeighbors(run, "100", 4), "1:Full 2:Full 3:Full 5:Full");
    EXPECT_EQ(GetNeighbors(run, "100", 5), "1:TwoWay 2:TwoWay 3:Full 4:Full");
    EXPECT_EQ(GetNetworkLsas(run, "100", 1), "10.0.0.3 by 1.0.0.3;");
    EXPECT_EQ(GetNeighbors(run, "200", 5), "1:TwoWay 2:TwoWay 4:Full");
    EXPECT_EQ(GetNetworkLsas(run, "200", 4), "10.0.0.3 by 1.0.0.3;10.0.0.4 by 1.0.0.4;")
        << "nobody can flush the LSA of a router that is dead";
    // Nobody is eligible: neighbours, but no adjacency, no routes.
    EXPECT_EQ(GetNeighbors(run, "300", 5), "1:TwoWay 2:TwoWay");
    EXPECT_EQ(run.GetRows("routes", {{"snapshot", "s300"}, {"protocol", "ospf"}}).size(), 0u);
    EXPECT_EQ(GetNeighbors(run, "450", 5), "1:TwoWay 2:TwoWay 3:Full");
    RouteOracle oracle(run.GetTopology());
    ExpectRoutes(run, oracle, "s100");
    oracle.RemoveNode("r3");
    ExpectRoutes(run, oracle, "s200");
    oracle.RestoreNode("r3");
    oracle.RemoveNode("r4");
    ExpectRoutes(run, oracle, "s450");
}

// ---- Failures, and what they do to traffic ----

/** a to d by b at cost 2, by c at cost 4; h1 behind a, h2 behind d. */
const std::string DIAMOND = R"(
node h1 kind=host
node h2 kind=host
node a routerId=1.0.0.1
node b routerId=1.0.0.2
node c routerId=1.0.0.3
node d routerId=1.0.0.4
lan 1 network=10.0.1.0/24
lan 2 network=10.0.2.0/24
edge a b
edge b d
edge a c cost=2
edge c d cost=2
edge h1 1 address=10.0.1.100
edge a 1 address=10.0.1.1
edge h2 2 address=10.0.2.100
edge d 2 address=10.0.2.1
)";

const std::string ROUTED_PINGS = R"(
  - {at: 90, ping: {node: h1, to: 10.0.2.100, count: 9000, interval: 10ms}}
)";

/** \returns when the pings were sent that were lost. */
std::vector<double>
GetLostPings(LabRun& run)
{
    std::vector<double> times;
    for (const LabRow& row : run.GetRows("pings"))
    {
        if (row.at("rtt_ms").empty())
        {
            times.push_back(ParseReal(row.at("time_s")).value());
        }
    }
    return times;
}

TEST(OspfScenario, ALinkThatGoesDownCostsTheSpfDelay)
{
    LabRun run(DIAMOND, "duration: 185\nevents:" + ROUTED_PINGS + R"(
  - {at: 100, link: {between: [a, b], state: down}}
  - {at: 101, snapshot: down}
  - {at: 130, link: {between: [a, b], state: up}}
  - {at: 160, snapshot: up}
)");
    run.Run();
    const std::vector<double> lost = GetLostPings(run);
    EXPECT_LE(lost.size(), 6u) << "SpfDelay is 50 ms";
    for (double time : lost)
    {
        EXPECT_GE(time, 99.99);
        EXPECT_LE(time, 100.06) << "and coming back costs nothing";
    }
    RouteOracle oracle(run.GetTopology());
    ExpectRoutes(run, oracle, "up");
    oracle.RemoveNetwork("a-b");
    ExpectRoutes(run, oracle, "down");
}

TEST(OspfScenario, ASilentFailureCostsTheDeadInterval)
{
    LabRun run(DIAMOND, "duration: 185\nevents:" + ROUTED_PINGS + R"(
  - {at: 100, loss: {between: [a, b], rate: 1, until: 160}}
  - {at: 129.9, snapshot: early}
  - {at: 141, snapshot: late}
  - {at: 184, snapshot: again}
)");
    run.Run();
    double last = 0;
    for (const auto& [node, address] :
         std::map<std::string, std::string>{{"a", "1.0.0.2"}, {"b", "1.0.0.1"}})
    {
        const std::vector<double> down = run.GetEventTimes(node, "neighbor-down", address);
        ASSERT_EQ(down.size(), 1u) << node;
        EXPECT_GE(down[0], 130) << node;
        EXPECT_LE(down[0], 140) << node;
        last = std::max(last, down[0]);
    }
    const std::vector<double> lost = GetLostPings(run);
    ASSERT_FALSE(lost.empty());
    EXPECT_GE(lost.front(), 99.99);
    EXPECT_LE(lost.back(), last + 0.06);
    RouteOracle oracle(run.GetTopology());
    ExpectRoutes(run, oracle, "early");
    ExpectRoutes(run, oracle, "again");
    oracle.Silence("a-b");
    ExpectRoutes(run, oracle, "late");
}

TEST(OspfScenario, ARebootOvertakesTheLsaOfThePastLife)
{
    // Twice: before anybody missed b, and after.
    LabRun run(DIAMOND, "duration: 300\nevents:" + ROUTED_PINGS + R"(
  - {at: 95, show: {node: c, what: ospf4 database}}
  - {at: 100, node: {name: b, state: down, carrier: kept}}
  - {at: 105, node: {name: b, state: up}}
  - {at: 140, snapshot: first}
  - {at: 140, show: {node: c, what: ospf4 database}}
  - {at: 150, node: {name: b, state: down, carrier: kept}}
  - {at: 192, snapshot: gone}
  - {at: 200, node: {name: b, state: up}}
  - {at: 240, snapshot: second}
  - {at: 240, show: {node: c, what: ospf4 database}}
)");
    run.Run();
    RouteOracle oracle(run.GetTopology());
    ExpectRoutes(run, oracle, "first");
    ExpectRoutes(run, oracle, "second");
    oracle.RemoveNode("b");
    ExpectRoutes(run, oracle, "gone");
    std::string old;
    for (const char* time : {"95", "140", "240"})
    {
        for (const std::string& lsa : ReadDatabase(GetShown(run, time, "c", "ospf4 database")))
        {
            std::istringstream words(lsa);
            std::string type;
            std::string id;
            std::string router;
            std::string sequence;
            words >> type >> id >> router >> sequence;
            if (type == "Router" && id == "1.0.0.2")
            {
                EXPECT_EQ(sequence.size(), 10u) << sequence;
                EXPECT_GT(sequence, old) << time;
                old = sequence;
            }
        }
    }
}

TEST(OspfScenario, PartitionAndHeal)
{
    LabRun run("chain:n=6", R"(
duration: 4200
events:
  - {at: 90, snapshot: whole}
  - {at: 100, link: {between: [router2, router3], state: down}}
  - {at: 101, snapshot: parted}
  - {at: 101, show: {node: router0, what: ospf4 database}}
  - {at: 4000, snapshot: still}
  - {at: 4000, show: {node: router0, what: ospf4 database}}
  - {at: 4010, link: {between: [router2, router3], state: up}}
  - {at: 4100, snapshot: healed}
  - {at: 4100, show: {node: router0, what: ospf4 database}}
  - {at: 4100, show: {node: router5, what: ospf4 database}}
)");
    run.Run();
    RouteOracle oracle(run.GetTopology());
    ExpectRoutes(run, oracle, "whole");
    ExpectRoutes(run, oracle, "healed");
    oracle.RemoveNetwork("router2-router3");
    ExpectRoutes(run, oracle, "parted");
    ExpectRoutes(run, oracle, "still");
    auto routers = [&run](const std::string& time, const std::string& node) {
        return CountType(ReadDatabase(GetShown(run, time, node, "ospf4 database")), "Router");
    };
    // With a VTEP at each end.
    EXPECT_EQ(routers("101", "router0"), 8u);
    EXPECT_EQ(routers("4000", "router0"), 4u) << "the others' LSAs are gone after MaxAge";
    EXPECT_EQ(routers("4100", "router0"), 8u);
    EXPECT_EQ(ReadDatabase(GetShown(run, "4100", "router0", "ospf4 database")),
              ReadDatabase(GetShown(run, "4100", "router5", "ospf4 database")));
}

} // namespace
