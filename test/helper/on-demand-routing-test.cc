// SPDX-License-Identifier: GPL-2.0-only
// Routes of a static underlay that are found one by one are those of the whole table.
#include "ns3/ipv4.h"
#include "ns3/lab-network.h"
#include "ns3/names.h"
#include "ns3/on-demand-routing.h"
#include "ns3/simulator.h"
#include "ns3/topology-loader.h"

#include "support/paths.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace
{

/** The lab's network on a topology, with a static underlay. */
class OnDemandRoutingTest : public testing::Test
{
  protected:
    ~OnDemandRoutingTest() override
    {
        m_network.reset();
        Simulator::Destroy();
        Names::Clear();
    }

    void Build(const std::string& topology)
    {
        SetLabDefaults();
        m_graph = LoadTopology(topology);
        LabSettings settings;
        settings.staticUnderlay = true;
        m_network = std::make_unique<LabNetwork>(m_graph, settings);
    }

    UnicastRib& GetRib(std::size_t node) const
    {
        return *FindUnicastRib(m_network->GetNodes()[node].node->GetObject<Ipv4>());
    }

    /** \returns each address of the topology, and some of nobody. */
    std::vector<Ipv4Address> GetAddresses() const
    {
        std::vector<Ipv4Address> addresses;
        for (const TopologyAttachment& attachment : m_graph.attachments)
        {
            addresses.emplace_back(attachment.address);
            addresses.emplace_back(attachment.address + 100);
        }
        for (const TopologyNode& each : m_graph.nodes)
        {
            for (const TopologyLoopback& loopback : each.loopbacks)
            {
                addresses.emplace_back(loopback.addresses.front().address);
            }
        }
        return addresses;
    }

    /** \returns what \p node takes to each of these addresses. */
    std::vector<std::optional<UnicastRoute>> LookUpAll(std::size_t node) const
    {
        std::vector<std::optional<UnicastRoute>> routes;
        for (Ipv4Address address : GetAddresses())
        {
            const UnicastRoute* route = GetRib(node).Lookup(address);
            routes.push_back(route ? std::optional(*route) : std::nullopt);
        }
        return routes;
    }

    /** \returns the longest match for each of these addresses in the whole table of \p node. */
    std::vector<std::optional<UnicastRoute>> MatchAll(std::size_t node) const
    {
        const std::vector<UnicastRoute> table = GetRib(node).GetRoutes();
        std::vector<std::optional<UnicastRoute>> routes;
        for (Ipv4Address address : GetAddresses())
        {
            std::optional<UnicastRoute> longest;
            for (const UnicastRoute& route : table)
            {
                const bool isLonger =
                    !longest || route.prefix.GetLength() > longest->prefix.GetLength();
                longest = isLonger && route.prefix.Contains(address) ? route : longest;
            }
            routes.push_back(longest);
        }
        return routes;
    }

    TopologyGraph m_graph;
    std::unique_ptr<LabNetwork> m_network;
};

TEST_F(OnDemandRoutingTest, FindsWhatTheWholeTableHas)
{
    const std::string folder = std::string(SOURCE_DIR) + "/topologies/";
    for (const std::string& topology :
         {std::string("leaf-spine:spines=2,leaves=3,hosts=2"),
          std::string("clos:pods=2,leaves=2,hosts=2,spines=2,cores=2"),
          folder + "rec-lab.graphml",
          folder + "shared-lan.graphml"})
    {
        Build(topology);
        for (std::size_t node = 0; node < m_graph.nodes.size(); ++node)
        {
            const auto found = LookUpAll(node);
            const std::size_t size = GetRib(node).GetRoutes().size(); // makes the table
            EXPECT_GT(size, 0u);
            EXPECT_EQ(found, LookUpAll(node)) << topology << " " << m_graph.nodes[node].name;
            EXPECT_EQ(found, MatchAll(node)) << topology << " " << m_graph.nodes[node].name;
        }
        m_network.reset();
        Simulator::Destroy();
        Names::Clear();
    }
}

TEST_F(OnDemandRoutingTest, RoutesThatWereFoundOutliveTheTableThatIsMade)
{
    Build("leaf-spine:spines=2,leaves=3,hosts=2");
    for (std::size_t node = 0; node < m_graph.nodes.size(); ++node)
    {
        for (Ipv4Address address : GetAddresses())
        {
            const UnicastRoute* route = GetRib(node).Lookup(address);
            GetRib(node).GetRoutes(); // no change, and so no notice of one
            EXPECT_EQ(GetRib(node).Lookup(address), route) << m_graph.nodes[node].name;
        }
    }
}

TEST_F(OnDemandRoutingTest, ListenersHearOfInterfacesButNotOfATableThatIsMade)
{
    Build("leaf-spine:spines=2,leaves=3,hosts=2");
    const std::size_t leaf = m_graph.FindNode("leaf1").value();
    int changes = 0;
    GetRib(leaf).AddChangeListener([&changes] { ++changes; });
    Ptr<Ipv4> ipv4 = m_network->GetNodes()[leaf].node->GetObject<Ipv4>();
    const auto before = LookUpAll(leaf);
    ipv4->SetDown(1);
    EXPECT_EQ(changes, 1);
    const auto down = LookUpAll(leaf);
    EXPECT_NE(down, before);
    GetRib(leaf).GetRoutes();
    EXPECT_EQ(changes, 1);
    EXPECT_EQ(LookUpAll(leaf), down);
    EXPECT_EQ(MatchAll(leaf), down);
    ipv4->SetUp(1);
    EXPECT_EQ(changes, 2);
    EXPECT_EQ(LookUpAll(leaf), before);
}

} // namespace
} // namespace ns3
