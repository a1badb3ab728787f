// SPDX-License-Identifier: GPL-2.0-only
// OSPF in the simulator against routes worked out from the topology alone: cold starts, failures
// and repairs on random and generated topologies; areas.
#include "ospf-shown.h"
#include "support/paths.h"

#include "ns3/rng-seed-manager.h"
#include "ns3/topology-loader.h"

#include <random>

using namespace ns3;

namespace
{

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
                   ", state: down, carrier: kept}}\n"
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
  - {at: 100, node: {name: n0, state: down, carrier: kept}}
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
