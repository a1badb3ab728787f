// SPDX-License-Identifier: GPL-2.0-only
// Topologies as lines of text: the same graph as from GraphML, and faults by file and line.
#include "ns3/topology-loader.h"

#include "topology/temporary-file.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/** \returns what loading \p text says, without the file name; "loaded" if it says nothing. */
std::string
ErrorOfTopo(const std::string& text)
{
    const TemporaryFile file(text, ".topo");
    try
    {
        LoadTopology(file.GetName());
    }
    catch (const TopologyError& error)
    {
        const std::string what = error.what();
        EXPECT_EQ(what.compare(0, file.GetName().size() + 1, file.GetName() + ":"), 0) << what;
        EXPECT_EQ(what.find('\n'), std::string::npos) << what;
        return what.substr(file.GetName().size() + 1);
    }
    return "loaded";
}

} // namespace

TEST(Topo, IsTheGraphOfTheSameGraphml)
{
    const TemporaryFile lines(R"(# two routers and a host on a LAN
node a tier=edge candidateRp=eth0 candidateRpGroups="239.1.0.0/16 239.2.0.0/16"
node b name=beta   # a comment
	node h kind=host

lan net network=10.1.0.0/24 dataRate=10Mbps
edge a net address=10.1.0.7 drPriority=5
edge b net
edge h net mtu=1400
edge a b cost=7 sourceInterface=core0
)",
                              ".topo");
    const TemporaryFile xml(R"(<graphml>
<key id="k" for="node" attr.name="kind"/><key id="t" for="node" attr.name="tier"/>
<key id="r" for="node" attr.name="candidateRp"/><key id="g" for="node" attr.name="candidateRpGroups"/>
<key id="n" for="node" attr.name="name"/><key id="w" for="all" attr.name="network"/>
<key id="d" for="all" attr.name="dataRate"/><key id="a" for="edge" attr.name="address"/>
<key id="p" for="edge" attr.name="drPriority"/><key id="m" for="edge" attr.name="mtu"/>
<key id="c" for="edge" attr.name="cost"/><key id="s" for="edge" attr.name="sourceInterface"/>
<graph edgedefault="undirected">
<node id="a"><data key="t">edge</data><data key="r">eth0</data><data key="g">239.1.0.0/16
  239.2.0.0/16</data></node>
<node id="b"><data key="n">beta</data></node><node id="h"><data key="k">host</data></node>
<node id="net"><data key="k">lan</data><data key="w">10.1.0.0/24</data><data key="d">10Mbps</data></node>
<edge source="a" target="net"><data key="a">10.1.0.7</data><data key="p">5</data></edge>
<edge source="b" target="net"/><edge source="h" target="net"><data key="m">1400</data></edge>
<edge source="a" target="b"><data key="c">7</data><data key="s">core0</data></edge>
</graph></graphml>)");
    const TopologyGraph topo = LoadTopology(lines.GetName());
    const TopologyGraph graphml = LoadTopology(xml.GetName());
    ASSERT_EQ(topo.nodes.size(), 3u);
    ASSERT_EQ(topo.attachments.size(), 5u);
    EXPECT_EQ(topo.nodes[0].candidateRpGroups.size(), 2u);
    EXPECT_EQ(topo.nodes[1].name, "beta");
    EXPECT_EQ(topo.nodes[2].kind, NodeKind::Host);
    for (std::size_t i = 0; i < topo.nodes.size(); ++i)
    {
        EXPECT_EQ(topo.nodes[i].name, graphml.nodes[i].name);
        EXPECT_EQ(topo.nodes[i].kind, graphml.nodes[i].kind);
        EXPECT_EQ(topo.nodes[i].tier, graphml.nodes[i].tier);
        EXPECT_EQ(topo.nodes[i].routerId, graphml.nodes[i].routerId);
    }
    for (std::size_t i = 0; i < topo.attachments.size(); ++i)
    {
        EXPECT_EQ(topo.attachments[i].interface, graphml.attachments[i].interface);
        EXPECT_EQ(topo.attachments[i].address, graphml.attachments[i].address);
        EXPECT_EQ(topo.attachments[i].drPriority, graphml.attachments[i].drPriority);
        EXPECT_EQ(topo.GetCost(i), graphml.GetCost(i));
        EXPECT_EQ(topo.GetMtu(i), graphml.GetMtu(i));
    }
}

TEST(Topo, EndOfLineAndQuotes)
{
    const TemporaryFile file(
        "node a tier=\"the \\\"edge\\\" # 1\"\r\nnode b\tlabel=#1\r\nedge a b\r\n", ".topo");
    const TopologyGraph graph = LoadTopology(file.GetName());
    EXPECT_EQ(graph.nodes[0].tier, "the \"edge\" # 1");
    EXPECT_EQ(graph.nodes[1].other.at("label"), "#1");
}

TEST(Topo, FaultsHaveALine)
{
    EXPECT_EQ(ErrorOfTopo(""),
              "1: the file is empty, expected lines that begin with node, lan or edge");
    EXPECT_EQ(ErrorOfTopo("# nothing\n"),
              "1: no nodes, expected at least two and a network between them");
    EXPECT_EQ(ErrorOfTopo("node a\n\nnod b\n"),
              "3: 'nod' begins no line, expected node, lan or edge");
    EXPECT_EQ(ErrorOfTopo("node\n"), "1: the line ends, expected a name");
    EXPECT_EQ(ErrorOfTopo("node kind=host\n"),
              "1: 'kind=host' is no name, expected node NAME key=value …");
    EXPECT_EQ(ErrorOfTopo("node a\nedge a\n"),
              "2: the line ends, expected the name of the edge's other end");
    EXPECT_EQ(ErrorOfTopo("node a\nnode a\n"), "2: node id 'a' is used twice, expected another id");
    EXPECT_EQ(ErrorOfTopo("node a\nnode b\nedge a c\n"),
              "3: unknown node 'c', expected the id of a node or LAN");
    EXPECT_EQ(ErrorOfTopo("node a\nnode b\nedge a b cost\n"),
              "3: 'cost' has no value, expected key=value");
    EXPECT_EQ(ErrorOfTopo("node a\nnode b\nedge a b cost = 3\n"),
              "3: 'cost' has no value, expected key=value");
    EXPECT_EQ(ErrorOfTopo("node a\nnode b\nedge a b cost=3 cost=4\n"),
              "3: key 'cost' is given twice, expected once");
    EXPECT_EQ(ErrorOfTopo("node a\nnode b\nedge a b cost=0\n"),
              "3: cost is '0', expected a number from 1 to 65535");
    EXPECT_EQ(ErrorOfTopo("node a\nnode b\nedge a b cots=3\n"),
              "3: unknown key 'cots' on an edge between two nodes, expected 'cost'");
    EXPECT_EQ(ErrorOfTopo("node a tier=\"x\nnode b\n"),
              "1: the value of tier has no end, expected another \"");
    EXPECT_EQ(ErrorOfTopo("node a tier=\"x\"y\n"),
              "1: the value of tier goes on after its quotes, expected a blank");
    EXPECT_EQ(ErrorOfTopo("lan l kind=host\n"),
              "1: kind in a line that begins with lan, expected node, or no kind");
    EXPECT_EQ(ErrorOfTopo("node a\nlan l\nlan m\nedge l m\n"),
              "4: an edge between two LANs, expected a node at one end");
    EXPECT_EQ(ErrorOfTopo(std::string("node a\0b\n", 9)).rfind("1: name is 'a\\x00b'", 0), 0u);
}

TEST(Topo, LargeNonsenseIsRefusedQuickly)
{
    EXPECT_EQ(ErrorOfTopo(std::string(30 * 1024 * 1024, 'x')).rfind("1: 'xxx", 0), 0u);
    EXPECT_NE(ErrorOfTopo(std::string(30 * 1024 * 1024, '\n')), "loaded");
}
