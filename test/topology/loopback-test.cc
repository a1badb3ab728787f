// SPDX-License-Identifier: GPL-2.0-only
// Loopbacks: what the key says, what may not be said, numbers that go round them, and the RPs of
// the graph model that stand on them.
#include "ns3/topology-graph.h"
#include "ns3/topology-loader.h"

#include "topology/temporary-file.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/** \returns the topology of a .topo file. */
TopologyGraph
Load(const std::string& lines)
{
    const TemporaryFile file(lines, ".topo");
    return LoadTopology(file.GetName());
}

/** \returns what loading \p lines says, without the file name. */
std::string
ErrorOfLoopback(const std::string& lines)
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

/** \returns the same for two routers, the first with \p keys. */
std::string
ErrorOfNode(const std::string& keys, const std::string& edge = "")
{
    return ErrorOfLoopback("node a " + keys + "\nnode b\nedge a b " + edge + "\n");
}

} // namespace

TEST(Loopbacks, HaveNamesAndAddresses)
{
    const TopologyGraph graph = Load("node a loopbacks=\"lo 10.255.0.1/32 lo 10.253.0.1/30 lo1 "
                                     "10.254.0.1\"\nnode b\nedge a b\n");
    ASSERT_EQ(graph.nodes[0].loopbacks.size(), 2u);
    EXPECT_EQ(graph.nodes[0].loopbacks[0].name, "lo");
    ASSERT_EQ(graph.nodes[0].loopbacks[0].addresses.size(), 2u);
    EXPECT_EQ(graph.nodes[0].loopbacks[0].addresses[1].GetPrefix().ToString(), "10.253.0.0/30");
    EXPECT_EQ(graph.nodes[0].loopbacks[1].addresses[0].length, 32);
    EXPECT_EQ(FormatAddress(graph.GetAddress(0, "lo1")), "10.254.0.1");
    EXPECT_TRUE(graph.HasInterface(0, "lo"));
    EXPECT_FALSE(graph.FindInterface(0, "lo"));
    EXPECT_EQ(graph.GetInterfaceNames(0), (std::vector<std::string>{"eth0", "lo", "lo1"}));
    EXPECT_EQ(graph.networks.size(), 1u) << "a loopback is no network";
}

TEST(Loopbacks, RouterIdIsTheHighestAddressOfOneNodeOnly)
{
    const TopologyGraph graph = Load("node a loopbacks=\"lo 10.255.0.1 any 10.255.9.9\"\n"
                                     "node b loopbacks=\"lo 10.255.0.2 any 10.255.9.9\"\n"
                                     "node c loopbacks=\"any 10.255.9.9\"\n"
                                     "edge a b\nedge b c\n");
    EXPECT_EQ(FormatAddress(*graph.nodes[0].routerId), "10.255.0.1");
    EXPECT_EQ(FormatAddress(*graph.nodes[1].routerId), "10.255.0.2");
    EXPECT_EQ(FormatAddress(*graph.nodes[2].routerId), "10.0.0.6");
}

TEST(Loopbacks, NumberingGoesRoundThem)
{
    const TopologyGraph graph = Load("node a loopbacks=\"lo 10.0.0.1/29 lo1 10.0.0.2/30\"\n"
                                     "node b loopbacks=\"eth0 10.0.0.13\"\nedge a b\nedge a b\n");
    EXPECT_EQ(graph.networks[0].prefix.ToString(), "10.0.0.8/30");
    EXPECT_EQ(graph.networks[1].prefix.ToString(), "10.0.0.16/30");
    EXPECT_EQ(graph.GetInterfaceNames(1), (std::vector<std::string>{"eth1", "eth2", "eth0"}));
}

TEST(Loopbacks, MayBeCandidates)
{
    const TopologyGraph graph = Load(
        "node a loopbacks=\"lo 10.255.0.1\" candidateRp=lo candidateBsr=lo\nnode b\nedge a b\n");
    EXPECT_EQ(graph.nodes[0].candidateRp, "lo");
    EXPECT_EQ(ErrorOfNode("loopbacks=\"lo 10.255.0.1\" candidateRp=lo1"),
              "1: candidate interface 'lo1' is not on 'a', expected one of its own such as 'eth0'");
}

TEST(Loopbacks, RefusesWhatIsWrong)
{
    const std::string expected = ", expected names and addresses such as 'lo 10.255.0.1/32 lo1 "
                                 "10.254.0.1/32', masks of 8 to 32";
    EXPECT_EQ(ErrorOfNode("loopbacks=lo"), "1: loopbacks is 'lo'" + expected);
    EXPECT_EQ(ErrorOfNode("loopbacks=\"lo 10.1/32\""), "1: loopbacks is 'lo 10.1/32'" + expected);
    EXPECT_EQ(ErrorOfNode("loopbacks=\"lo 10.1.1.1/33\""),
              "1: loopbacks is 'lo 10.1.1.1/33'" + expected);
    EXPECT_EQ(ErrorOfNode("loopbacks=\"lo 127.0.0.1/32\""),
              "1: loopback address 127.0.0.1/32 of 'a' is not unicast, expected such as "
              "10.255.0.1/32");
    EXPECT_EQ(ErrorOfNode("loopbacks=\"lo 10.255.0.0/30\""),
              "1: loopback address 10.255.0.0/30 of 'a' is the prefix's own or its broadcast "
              "address, expected a host in 10.255.0.0/30");
    EXPECT_EQ(ErrorOfNode("loopbacks=\"lo 10.255.0.1 lo1 10.255.0.1/30\""),
              "1: loopback address 10.255.0.1 of 'a' is given twice, expected it once");
    EXPECT_EQ(ErrorOfNode("loopbacks=\"lo 10.9.0.1\"", "network=10.9.0.0/30"),
              "1: loopback address 10.9.0.1 of 'a' lies in network 'a-b', 10.9.0.0/30, expected "
              "one of no link");
    EXPECT_EQ(ErrorOfNode("loopbacks=\"eth0 10.9.0.1\"", "sourceInterface=eth0"),
              "3: interface 'eth0' of 'a' is used twice, expected another name");
    EXPECT_EQ(ErrorOfNode("kind=host loopbacks=\"lo 10.9.0.1\""),
              "1: loopback address 10.9.0.1/32 of 'a', expected kind router or vtep: others run no "
              "OSPF");
    EXPECT_EQ(ErrorOfNode("loopback=\"lo 10.9.0.1\""),
              "1: unknown key 'loopback' on a node, expected 'loopbacks'");
}

TEST(Loopbacks, AnycastRpsAreCheckedAgainstThem)
{
    const TopologyGraph graph =
        Load("node a loopbacks=\"lo 10.255.0.1 rp 10.254.0.1\" "
             "anycastRp=\"10.254.0.1 10.255.0.1 10.255.0.2\"\nnode b\nedge a b\n");
    ASSERT_EQ(graph.nodes[0].anycastRps.size(), 1u);
    EXPECT_EQ(FormatAddress(graph.nodes[0].anycastRps[0].address), "10.254.0.1");
    EXPECT_EQ(graph.nodes[0].anycastRps[0].members.size(), 2u);
    const std::string loopbacks = "loopbacks=\"lo 10.255.0.1 rp 10.254.0.1\" ";
    EXPECT_EQ(ErrorOfNode(loopbacks + "anycastRp=10.254.0.1"),
              "1: anycastRp is '10.254.0.1', expected the RP's address and every member's own, "
              "such as '10.254.0.1 10.255.0.1 10.255.0.2'");
    EXPECT_EQ(ErrorOfNode(loopbacks + "anycastRp=\"10.254.0.2 10.255.0.1\""),
              "1: anycast RP 10.254.0.2 is no address of 'a', expected it in key loopbacks");
    EXPECT_EQ(ErrorOfNode(loopbacks + "anycastRp=\"10.254.0.1 10.255.0.2\""),
              "1: no member of anycast RP 10.254.0.1 is 'a', expected another address of its own "
              "after the RP's");
}
