// SPDX-License-Identifier: GPL-2.0-only
// Fabrics as they are deployed: unnumbered links, how OSPF takes networks, and the designs of the
// generators.
#include "ns3/shortest-paths.h"
#include "ns3/topology-graph.h"
#include "ns3/topology-loader.h"

#include "topology/temporary-file.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

TopologyGraph
LoadLines(const std::string& lines)
{
    const TemporaryFile file(lines, ".topo");
    return LoadTopology(file.GetName());
}

std::string
ErrorOfLines(const std::string& lines)
{
    const TemporaryFile file(lines, ".topo");
    try
    {
        LoadTopology(file.GetName());
    }
    catch (const TopologyError& error)
    {
        return std::string(error.what()).substr(file.GetName().size() + 1);
    }
    return "loaded";
}

std::string
ErrorOfSpec(const std::string& spec)
{
    try
    {
        LoadTopology(spec);
    }
    catch (const TopologyError& error)
    {
        return error.what();
    }
    return "loaded";
}

const std::string TWO = "node a loopbacks=\"lo 10.255.0.1\"\nnode b loopbacks=\"lo 10.255.0.2\"\n";

} // namespace

TEST(Unnumbered, BorrowsTheLoopbacksAddress)
{
    const TopologyGraph graph = LoadLines(TWO + "edge a b unnumbered=lo\nedge a b\n");
    ASSERT_TRUE(graph.IsUnnumbered(0));
    EXPECT_FALSE(graph.IsUnnumbered(1));
    EXPECT_EQ(graph.networks[0].prefix.GetLength(), 0);
    EXPECT_EQ(graph.networks[1].prefix.ToString(), "10.0.0.0/30") << "takes no prefix of the pool";
    EXPECT_EQ(FormatAddress(graph.attachments[0].address), "10.255.0.1");
    EXPECT_EQ(FormatAddress(graph.attachments[1].address), "10.255.0.2");
    EXPECT_EQ(FormatAddress(*graph.nodes[0].routerId), "10.255.0.1");
}

TEST(Unnumbered, RefusesWhatIsWrong)
{
    EXPECT_EQ(ErrorOfLines(TWO + "edge a b unnumbered=lo1\n"),
              "3: unnumbered is 'lo1', but 'a' has no such loopback, expected one in its key "
              "loopbacks");
    EXPECT_EQ(ErrorOfLines(TWO + "edge a b unnumbered=lo network=10.1.0.0/30\n"),
              "3: network on an unnumbered edge, expected one of the two");
    EXPECT_EQ(ErrorOfLines(TWO + "lan l\nedge a l unnumbered=lo\nedge b l\n"),
              "4: key 'unnumbered' on an edge to a LAN, expected it on an edge between two nodes");
}

TEST(OspfKeys, NetworkTypeAndPassiveOfEdgesAndLans)
{
    const TopologyGraph graph = LoadLines("node a\nnode b\nlan l networkType=point-to-point\n"
                                          "edge a l passive=true\nedge b l\n"
                                          "edge a b networkType=broadcast passive=false\n");
    EXPECT_EQ(graph.GetNetworkType(0), TopologyNetworkType::PointToPoint);
    EXPECT_EQ(graph.GetNetworkType(2), TopologyNetworkType::Broadcast);
    EXPECT_TRUE(graph.IsPassive(0));
    EXPECT_FALSE(graph.IsPassive(1));
    EXPECT_FALSE(graph.IsPassive(2));
    EXPECT_EQ(ErrorOfLines("node a\nnode b\nedge a b networkType=nbma\n"),
              "3: networkType is 'nbma', expected broadcast or point-to-point");
    EXPECT_EQ(ErrorOfLines("node a\nnode b\nedge a b passive=yes\n"),
              "3: passive is 'yes', expected true or false");
    EXPECT_EQ(ErrorOfLines("node a\nnode b\nnode c\nlan l networkType=point-to-point\n"
                           "edge a l\nedge b l\nedge c l\n"),
              "4: 'l' is point-to-point and has 3 routers, expected two, or networkType broadcast");
}

TEST(IgmpKeys, AVersionOfEachEdge)
{
    const TopologyGraph graph =
        LoadLines("node a\nnode b kind=host\nnode c kind=host\nnode d kind=host\nlan l\n"
                  "edge a l igmpVersion=3\nedge b l igmpVersion=2\nedge c l igmpVersion=1\n"
                  "edge d l\n");
    EXPECT_EQ(graph.attachments[0].igmpVersion, 3);
    EXPECT_EQ(graph.attachments[1].igmpVersion, 2);
    EXPECT_EQ(graph.attachments[2].igmpVersion, 1);
    EXPECT_EQ(graph.attachments[3].igmpVersion, std::nullopt);
    for (const char* wrong : {"0", "4", "v1"})
    {
        EXPECT_EQ(ErrorOfLines("node a\nlan l\nedge a l igmpVersion=" + std::string(wrong) + "\n")
                      .substr(0, 3),
                  "3: ")
            << wrong;
    }
    EXPECT_EQ(ErrorOfLines("node a\nlan l\nedge a l igmpVersion=4\n"),
              "3: igmpVersion is '4', expected 1, 2 or 3");
}

TEST(OspfKeys, StubAreasAndMaxMetric)
{
    const TopologyGraph graph =
        LoadLines("node a stubAreas=\"0.0.0.1; 2 no-summary\" maxMetric=true\nnode b\nedge a b\n");
    ASSERT_EQ(graph.nodes[0].stubAreas.size(), 2u);
    EXPECT_EQ(graph.nodes[0].stubAreas[0].area, 1u);
    EXPECT_TRUE(graph.nodes[0].stubAreas[0].summaries);
    EXPECT_EQ(graph.nodes[0].stubAreas[1].area, 2u);
    EXPECT_FALSE(graph.nodes[0].stubAreas[1].summaries);
    EXPECT_TRUE(graph.nodes[0].maxMetric);
    const std::string expected = ", expected an OSPF area other than 0.0.0.0, such as 0.0.0.1 or "
                                 "'0.0.0.1 no-summary', several with ; between";
    EXPECT_EQ(ErrorOfLines("node a stubAreas=0\nnode b\nedge a b\n"),
              "1: stubAreas is '0'" + expected);
    EXPECT_EQ(ErrorOfLines("node a stubAreas=\"1 nosummary\"\nnode b\nedge a b\n"),
              "1: stubAreas is '1 nosummary'" + expected);
}

TEST(ShortestPaths, AvoidAStubRouterButReachIt)
{
    // a to c by b costs 2, by d 20; b is a stub router.
    const std::string edges = "edge a b\nedge b c\nedge a d cost=10\nedge d c cost=10\n";
    const TopologyGraph graph =
        LoadLines("node a\nnode b maxMetric=true\nnode c\nnode d\n" + edges);
    const ShortestPaths paths(graph);
    const std::vector<PathRoute> toC = paths.ToNode(2);
    EXPECT_EQ(toC[0].metric, 20u);
    EXPECT_EQ(toC[1].metric, 1u) << "its own way";
    EXPECT_EQ(paths.ToNode(1)[0].metric, 1u) << "it is as near as ever";
    const std::vector<PathRoute> from = paths.From(0);
    EXPECT_EQ(from[1].metric, 2u) << "and so are its networks";
    for (std::size_t network = 0; network < graph.networks.size(); ++network)
    {
        const std::vector<PathRoute> to = paths.To(network);
        for (std::size_t node = 0; node < graph.nodes.size(); ++node)
        {
            const PathRoute route = paths.From(node)[network];
            EXPECT_EQ(route.metric, to[node].metric) << node << " " << network;
            EXPECT_EQ(route.nextHops, to[node].nextHops) << node << " " << network;
        }
    }
}

TEST(ShortestPaths, CrossNoPassiveInterface)
{
    const TopologyGraph graph = LoadLines("node a\nnode b\nnode c\nedge a b passive=true\n"
                                          "edge a c cost=10\nedge c b cost=10\n");
    const ShortestPaths paths(graph);
    EXPECT_EQ(paths.ToNode(1)[0].metric, 20u);
    EXPECT_EQ(paths.From(2)[0].metric, 11u) << "but its network is advertised";
    EXPECT_EQ(paths.To(0)[2].metric, 11u);
    EXPECT_EQ(paths.To(0)[2].nextHops.size(), 2u);
    EXPECT_EQ(paths.From(2)[0].nextHops, paths.To(0)[2].nextHops);
}

TEST(Generators, LeavesAsVteps)
{
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=2,leaves=3,hosts=4,vteps=leaf");
    EXPECT_EQ(graph.nodes.size(), 5u) << "hosts are ports of the leaves";
    const std::size_t leaf = *graph.FindNode("leaf2");
    EXPECT_TRUE(graph.IsVtep(leaf));
    EXPECT_FALSE(graph.IsVtep(0));
    EXPECT_EQ(graph.nodes[leaf].ports, 4u);
    EXPECT_EQ(graph.GetVtepInterface(leaf), "lo");
    EXPECT_EQ(FormatAddress(graph.GetAddress(leaf, "lo")), "10.255.0.5");
    EXPECT_EQ(graph.nodes[0].candidateRp, "lo");
    EXPECT_EQ(graph.networks[0].prefix.GetLength(), 30);
}

TEST(Generators, UnnumberedLinks)
{
    const TopologyGraph graph =
        LoadTopology("clos:pods=2,leaves=2,hosts=1,spines=2,cores=2,links=unnumbered");
    std::size_t numbered = 0;
    for (std::size_t network = 0; network < graph.networks.size(); ++network)
    {
        numbered += graph.IsUnnumbered(network) ? 0 : 1;
    }
    EXPECT_EQ(numbered, 4u) << "those to the VTEPs, which have no loopback";
}

TEST(Generators, AnycastRp)
{
    const TopologyGraph graph =
        LoadTopology("leaf-spine:spines=2,leaves=2,hosts=1,vteps=leaf,rp=anycast");
    for (const char* spine : {"spine0", "spine1"})
    {
        const TopologyNode& node = graph.nodes[*graph.FindNode(spine)];
        EXPECT_EQ(FormatAddress(graph.GetAddress(*graph.FindNode(spine), "lo1")), "10.254.0.1");
        ASSERT_EQ(node.anycastRps.size(), 1u);
        EXPECT_EQ(node.anycastRps[0].members.size(), 2u);
        EXPECT_TRUE(node.candidateRp.empty());
    }
    for (const TopologyNode& node : graph.nodes)
    {
        ASSERT_EQ(node.staticRps.size(), 1u) << node.name;
        EXPECT_EQ(FormatAddress(node.staticRps[0].address), "10.254.0.1");
    }
}

TEST(Generators, PhantomRpIsOnNoNode)
{
    const TopologyGraph graph =
        LoadTopology("leaf-spine:spines=3,leaves=2,hosts=1,vteps=leaf,rp=phantom");
    for (const TopologyNode& node : graph.nodes)
    {
        ASSERT_EQ(node.bidirRps.size(), 1u) << node.name;
        const TopologyAddress rp = node.bidirRps[0].address;
        EXPECT_EQ(FormatAddress(rp), "10.254.0.2");
        for (const LoopbackAddress& each : GetLoopbackAddresses(node))
        {
            EXPECT_NE(each.address, rp);
        }
    }
    EXPECT_EQ(graph.nodes[0].loopbacks[1].addresses[0].GetPrefix().ToString(), "10.254.0.0/30");
    EXPECT_EQ(graph.nodes[1].loopbacks[1].addresses[0].GetPrefix().ToString(), "10.254.0.0/29");
    EXPECT_EQ(graph.nodes[2].loopbacks[1].addresses[0].GetPrefix().ToString(), "10.254.0.0/28");
}

TEST(Generators, WithoutDesignsAreAsTheyWere)
{
    const TopologyGraph graph =
        LoadTopology("leaf-spine:spines=2,leaves=2,hosts=1,vteps=host,links=numbered,rp=hashed");
    EXPECT_EQ(graph.nodes.size(), 6u);
    EXPECT_TRUE(graph.nodes[0].loopbacks.empty());
    EXPECT_EQ(graph.nodes[0].candidateRp, "eth0");
    EXPECT_EQ(ErrorOfSpec("leaf-spine:spines=2,leaves=2,hosts=1,rp=msdp"),
              "leaf-spine:spines=2,leaves=2,hosts=1,rp=msdp:1: rp is 'msdp', expected hashed or "
              "anycast or phantom");
}
