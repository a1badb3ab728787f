// SPDX-License-Identifier: GPL-2.0-only
// OSPF in the simulator against routes worked out from the topology alone: cold starts, failures
// and repairs on random, generated and hand-made topologies; a LAN of five; areas.
#include "support/lab-run.h"
#include "support/route-oracle.h"

#include "ns3/rng-seed-manager.h"
#include "ns3/text.h"
#include "ns3/topology-loader.h"
#include "support/paths.h"

#include <gtest/gtest.h>

#include <random>

using namespace ns3;

namespace
{

/** \returns what `show` printed at \p time on \p node, without the prompt. */
std::string
GetShown(const LabRun& run,
         const std::string& time,
         const std::string& node,
         const std::string& what)
{
    const std::string prompt = "[" + time + "s] " + node + "> show " + what + "\n";
    const std::string all = run.GetPrinted();
    const std::size_t at = all.find(prompt);
    if (at == std::string::npos)
    {
        return "not shown";
    }
    const std::size_t end = all.find("\n[", at + 1);
    return all.substr(at + prompt.size(),
                      end == std::string::npos ? end : end - at - prompt.size());
}

/** \returns state by address, as `show ospf4 neighbor` says. */
std::map<std::string, std::string>
ReadNeighbors(const std::string& shown)
{
    std::istringstream lines(shown);
    std::string line;
    std::getline(lines, line); // the heading
    std::map<std::string, std::string> states;
    while (std::getline(lines, line))
    {
        std::istringstream words(line);
        std::string address;
        std::string interface;
        std::string state;
        if (words >> address >> interface >> state)
        {
            states[address] = state;
        }
    }
    return states;
}

/** \returns the LSAs of `show ospf4 database` as "type id advertising-router seq checksum". */
std::set<std::string>
ReadDatabase(const std::string& shown)
{
    std::istringstream lines(shown);
    std::string line;
    std::set<std::string> lsas;
    while (std::getline(lines, line))
    {
        std::replace(line.begin(), line.end(), '*', ' ');
        std::istringstream words(line);
        std::string type;
        std::string id;
        std::string router;
        std::string sequence;
        std::string age;
        std::string options;
        std::string checksum;
        if (words >> type >> id >> router >> sequence >> age >> options >> checksum &&
            type != "Type" && type != "OSPF")
        {
            lsas.insert(type + " " + id + " " + router + " " + sequence + " " + checksum);
        }
    }
    return lsas;
}

/** \returns "prefix metric next_hop interface" of `show route table ipv4 unicast ospf`. */
std::set<std::string>
ReadRouteTable(const std::string& shown)
{
    std::istringstream lines(shown);
    std::string line;
    std::string route;
    std::set<std::string> routes;
    while (std::getline(lines, line))
    {
        std::istringstream words(line);
        std::string first;
        std::string second;
        std::string gateway;
        std::string via;
        std::string interface;
        words >> first >> second;
        if (first != ">")
        {
            // 10.0.0.0/8  [ospf(110)/METRIC]
            route = first + " " + second.substr(second.find('/') + 1);
            route.pop_back();
        }
        else if (words >> gateway >> via >> interface)
        {
            routes.insert(route + " " + gateway + " " + interface.substr(0, interface.find('/')));
        }
    }
    return routes;
}

std::size_t
CountType(const std::set<std::string>& lsas, const std::string& type)
{
    return static_cast<std::size_t>(
        std::count_if(lsas.begin(), lsas.end(), [&type](const std::string& lsa) {
            return lsa.rfind(type + " ", 0) == 0;
        }));
}

void
ExpectRoutes(LabRun& run, RouteOracle& oracle, const std::string& snapshot)
{
    EXPECT_EQ(oracle.Read(run.GetRows("routes", {{"snapshot", snapshot}})), oracle.GetRows())
        << snapshot;
}

/** Ten routers, LANs of two to five, point-to-point links, LANs of one; costs of 1 to 4. */
class RandomTopology
{
  public:
    explicit RandomTopology(uint32_t seed)
        : m_random(seed)
    {
        for (int i = 0; i < ROUTERS; ++i)
        {
            m_lines << "node n" << i << "\n";
        }
        for (int i = 1; i < ROUTERS; ++i)
        {
            Connect(i, Draw(i));
        }
        for (int i = 0; i < 4; ++i)
        {
            AddLan(2 + Draw(4));
        }
        for (int i = 0; i < 4; ++i)
        {
            AddLan(1);
            const int a = Draw(ROUTERS);
            Connect(a, (a + 1 + Draw(ROUTERS - 1)) % ROUTERS);
        }
    }

    std::string GetLines() const
    {
        return m_lines.str();
    }

    int Draw(int below)
    {
        return static_cast<int>(m_random() % static_cast<uint32_t>(below));
    }

    static constexpr int ROUTERS = 10;

  private:
    void Connect(int a, int b)
    {
        const std::pair<int, int> ends = std::minmax(a, b);
        if (m_joined.insert(ends).second)
        {
            m_lines << "edge n" << ends.first << " n" << ends.second << " cost=" << 1 + Draw(4)
                    << "\n";
        }
    }

    void AddLan(int members)
    {
        const std::string name = "lan" + std::to_string(m_lans++);
        m_lines << "lan " << name << " cost=" << 1 + Draw(4) << "\n";
        const int first = Draw(ROUTERS);
        const int step = 1 + 2 * Draw(2); // 1 or 3, so that members differ
        for (int i = 0; i < members; ++i)
        {
            m_lines << "edge n" << (first + i * step) % ROUTERS << " " << name;
            Draw(3) == 0 ? m_lines << " cost=" << 1 + Draw(4) : m_lines;
            m_lines << "\n";
        }
    }

    std::mt19937 m_random;
    std::ostringstream m_lines;
    std::set<std::pair<int, int>> m_joined;
    int m_lans{0};
};

class OspfRandom : public testing::TestWithParam<uint32_t>
{
  protected:
    void SetUp() override
    {
        RngSeedManager::SetRun(GetParam());
    }

    void TearDown() override
    {
        RngSeedManager::SetRun(1);
    }
};

TEST_P(OspfRandom, RoutesAreDijkstrasThroughFailuresAndRepairs)
{
    RandomTopology topology(GetParam());
    const std::string lan = "lan" + std::to_string(topology.Draw(4));
    const std::string node = "n" + std::to_string(topology.Draw(RandomTopology::ROUTERS));
    const std::string other = "lan" + std::to_string(topology.Draw(4));
    LabRun run(topology.GetLines(),
               "duration: 771\nevents:\n"
               "  - {at: 80, snapshot: start}\n"
               "  - {at: 100, link: {network: " +
                   lan +
                   ", state: down}}\n"
                   "  - {at: 110, snapshot: without-a-link}\n"
                   "  - {at: 120, link: {network: " +
                   lan +
                   ", state: up}}\n"
                   "  - {at: 200, snapshot: link-back}\n"
                   "  - {at: 210, node: {name: " +
                   node +
                   ", state: down}}\n"
                   "  - {at: 260, snapshot: without-a-node}\n"
                   "  - {at: 270, node: {name: " +
                   node +
                   ", state: up}}\n"
                   "  - {at: 350, snapshot: node-back}\n"
                   "  - {at: 400, loss: {network: " +
                   other +
                   ", rate: 1, until: 500}}\n"
                   "  - {at: 450, snapshot: silent}\n"
                   "  - {at: 580, snapshot: loud}\n"
                   "  - {at: 600, loss: {network: " +
                   other +
                   ", rate: 0.3, until: 690}}\n"
                   "  - {at: 770, snapshot: recovered}\n");
    run.Run();
    RouteOracle oracle(run.GetTopology());
    ExpectRoutes(run, oracle, "start");
    ExpectRoutes(run, oracle, "link-back");
    ExpectRoutes(run, oracle, "node-back");
    ExpectRoutes(run, oracle, "loud");
    ExpectRoutes(run, oracle, "recovered");
    oracle.RemoveNetwork(lan);
    ExpectRoutes(run, oracle, "without-a-link");
    oracle.RestoreNetwork(lan);
    oracle.RemoveNode(node);
    ExpectRoutes(run, oracle, "without-a-node");
    oracle.RestoreNode(node);
    oracle.Silence(other);
    ExpectRoutes(run, oracle, "silent");
}

INSTANTIATE_TEST_SUITE_P(Seeds, OspfRandom, testing::Range(1U, 9U));

class OspfGenerated : public testing::TestWithParam<const char*>
{
  protected:
    /** \returns events that show each router's routes and database. */
    static std::string ShowAll()
    {
        std::string events;
        for (const TopologyNode& node : LoadTopology(GetParam()).nodes)
        {
            const std::string show = "  - {at: 75, show: {node: " + node.name + ", what: ";
            if (node.kind != NodeKind::Host)
            {
                events += show + "ospf4 database}}\n";
                events += show + "route table ipv4 unicast ospf}}\n";
            }
        }
        return events;
    }
};

TEST_P(OspfGenerated, RoutesAreDijkstrasAndDatabasesAgree)
{
    LabRun run(GetParam(), R"(
duration: 120
events:
  - {at: 75, snapshot: start}
)" + ShowAll());
    run.Run();
    RouteOracle oracle(run.GetTopology());
    ExpectRoutes(run, oracle, "start");
    std::set<std::string> database;
    std::size_t routers = 0;
    for (const TopologyNode& node : run.GetTopology().nodes)
    {
        if (node.kind == NodeKind::Host)
        {
            continue;
        }
        ++routers;
        std::set<std::string> routes;
        for (const LabRow& row : run.GetRows("routes", {{"node", node.name}, {"protocol", "ospf"}}))
        {
            routes.insert(row.at("prefix") + " " + row.at("metric") + " " + row.at("next_hop") +
                          " " + row.at("interface"));
        }
        EXPECT_EQ(ReadRouteTable(GetShown(run, "75", node.name, "route table ipv4 unicast ospf")),
                  routes)
            << node.name;
        const auto own = ReadDatabase(GetShown(run, "75", node.name, "ospf4 database"));
        database = database.empty() ? own : database;
        EXPECT_EQ(own, database) << node.name;
    }
    EXPECT_EQ(CountType(database, "Router"), routers);
    for (const LabRow& row : run.GetRows("drops"))
    {
        ADD_FAILURE() << row.at("node") << " dropped " << row.at("packets") << " "
                      << row.at("protocol") << " " << row.at("reason");
    }
}

INSTANTIATE_TEST_SUITE_P(Topologies,
                         OspfGenerated,
                         testing::Values("ring:n=20",
                                         "grid:rows=4,columns=5",
                                         "leaf-spine:spines=4,leaves=6,hosts=2",
                                         "fat-tree:k=4",
                                         "random:n=20,degree=4,seed=7",
                                         SOURCE_DIR "/topologies/rec-lab.graphml"));

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

const std::string PINGS = R"(
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
    LabRun run(DIAMOND, "duration: 185\nevents:" + PINGS + R"(
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
    LabRun run(DIAMOND, "duration: 185\nevents:" + PINGS + R"(
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
    LabRun run(DIAMOND, "duration: 300\nevents:" + PINGS + R"(
  - {at: 95, show: {node: c, what: ospf4 database}}
  - {at: 100, node: {name: b, state: down}}
  - {at: 105, node: {name: b, state: up}}
  - {at: 140, snapshot: first}
  - {at: 140, show: {node: c, what: ospf4 database}}
  - {at: 150, node: {name: b, state: down}}
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

// ---- Areas ----

/** Areas 1 to 3 around a backbone of five; areas 1 and 2 have two border routers, 3 has one. */
class RandomAreas
{
  public:
    explicit RandomAreas(uint32_t seed)
        : m_random(seed)
    {
        for (int i = 0; i < 14; ++i)
        {
            m_lines << "node n" << i << "\n";
        }
        AddArea(0, {0, 1, 2, 3, 4});
        AddArea(1, {0, 1, 5, 6, 7});
        AddArea(2, {1, 2, 8, 9, 10});
        AddArea(3, {3, 11, 12, 13});
    }

    std::string GetLines() const
    {
        return m_lines.str();
    }

  private:
    int Draw(int below)
    {
        return static_cast<int>(m_random() % static_cast<uint32_t>(below));
    }

    /** A ring of links, a chord, a LAN of three and one of one; each link twice would be two. */
    void AddArea(int area, const std::vector<int>& nodes)
    {
        const int size = static_cast<int>(nodes.size());
        for (int i = 0; i < size; ++i)
        {
            const int a = nodes[static_cast<std::size_t>(i)];
            const int b = nodes[static_cast<std::size_t>((i + 1) % size)];
            if (m_joined.insert(std::minmax(a, b)).second)
            {
                m_lines << "edge n" << a << " n" << b << " cost=" << 1 + Draw(3) << " area=0.0.0."
                        << area << "\n";
            }
        }
        for (int members : {3, 1})
        {
            const std::string lan = "lan" + std::to_string(m_lans++);
            m_lines << "lan " << lan << " cost=" << 1 + Draw(3) << "\n";
            const int first = Draw(size);
            for (int i = 0; i < members; ++i)
            {
                m_lines << "edge n" << nodes[static_cast<std::size_t>((first + i) % size)] << " "
                        << lan << " area=0.0.0." << area << "\n";
            }
        }
    }

    std::mt19937 m_random;
    std::ostringstream m_lines;
    std::set<std::pair<int, int>> m_joined;
    int m_lans{0};
};

class OspfAreas : public testing::TestWithParam<uint32_t>
{
};

TEST_P(OspfAreas, RoutesFollowTheHierarchy)
{
    LabRun run(RandomAreas(GetParam()).GetLines(), R"(
duration: 301
events:
  - {at: 90, snapshot: start}
  - {at: 100, node: {name: n0, state: down}}
  - {at: 160, snapshot: without-a-border}
  - {at: 160, show: {node: n6, what: ospf4 database}}
  - {at: 170, node: {name: n0, state: up}}
  - {at: 250, snapshot: back}
  - {at: 250, show: {node: n6, what: ospf4 database}}
  - {at: 250, show: {node: n7, what: ospf4 database}}
)");
    run.Run();
    RouteOracle oracle(run.GetTopology());
    ExpectRoutes(run, oracle, "start");
    ExpectRoutes(run, oracle, "back");
    oracle.RemoveNode("n0");
    ExpectRoutes(run, oracle, "without-a-border");
    const std::set<std::string> database =
        ReadDatabase(GetShown(run, "250", "n6", "ospf4 database"));
    EXPECT_EQ(CountType(database, "Router"), 5u) << "those of area 1 alone";
    EXPECT_GE(CountType(database, "SummaryN"), 20u);
    EXPECT_EQ(ReadDatabase(GetShown(run, "250", "n7", "ospf4 database")), database);
}

INSTANTIATE_TEST_SUITE_P(Seeds, OspfAreas, testing::Range(1U, 7U));

} // namespace
