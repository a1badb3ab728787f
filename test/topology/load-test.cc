// SPDX-License-Identifier: GPL-2.0-only
// Loading what is good: the lab, the generators, files of others.
#include "ns3/shortest-paths.h"
#include "ns3/topology-graph.h"
#include "ns3/topology-loader.h"

#include "support/paths.h"
#include "topology/temporary-file.h"

#include <boost/property_tree/json_parser.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

using namespace ns3;

namespace
{

const std::string LAB_FILE = SOURCE_DIR "/topologies/rec-lab.graphml";

std::string
AddressOf(const TopologyGraph& graph, const std::string& node, const std::string& interface)
{
    const std::size_t n = graph.FindNode(node).value();
    return FormatAddress(graph.attachments[graph.FindInterface(n, interface).value()].address);
}

std::size_t
CountKind(const TopologyGraph& graph, NodeKind kind)
{
    std::size_t count = 0;
    for (const TopologyNode& node : graph.nodes)
    {
        count += node.kind == kind ? 1 : 0;
    }
    return count;
}

void
ExpectEqualNodes(const TopologyGraph& a, const TopologyGraph& b)
{
    ASSERT_EQ(a.nodes.size(), b.nodes.size());
    for (std::size_t i = 0; i < a.nodes.size(); ++i)
    {
        const TopologyNode& x = a.nodes[i];
        const TopologyNode& y = b.nodes[i];
        EXPECT_EQ(x.name, y.name);
        EXPECT_EQ(x.kind, y.kind);
        EXPECT_EQ(x.tier, y.tier);
        EXPECT_EQ(x.routerId, y.routerId);
        EXPECT_EQ(x.candidateBsr, y.candidateBsr);
        EXPECT_EQ(x.candidateBsrPriority, y.candidateBsrPriority);
        EXPECT_EQ(x.candidateRp, y.candidateRp);
        EXPECT_EQ(x.candidateRpPriority, y.candidateRpPriority);
        ASSERT_EQ(x.candidateRpGroups.size(), y.candidateRpGroups.size());
        for (std::size_t g = 0; g < x.candidateRpGroups.size(); ++g)
        {
            EXPECT_EQ(x.candidateRpGroups[g].ToString(), y.candidateRpGroups[g].ToString());
        }
        EXPECT_EQ(x.x, y.x);
        EXPECT_EQ(x.y, y.y);
        EXPECT_EQ(x.attachments, y.attachments);
    }
}

void
ExpectEqualNetworks(const TopologyGraph& a, const TopologyGraph& b)
{
    ASSERT_EQ(a.networks.size(), b.networks.size());
    for (std::size_t i = 0; i < a.networks.size(); ++i)
    {
        EXPECT_EQ(a.networks[i].name, b.networks[i].name);
        EXPECT_EQ(a.networks[i].pointToPoint, b.networks[i].pointToPoint);
        EXPECT_EQ(a.networks[i].prefix.ToString(), b.networks[i].prefix.ToString());
        EXPECT_EQ(a.networks[i].cost, b.networks[i].cost);
        EXPECT_EQ(a.networks[i].attachments, b.networks[i].attachments);
    }
    ASSERT_EQ(a.attachments.size(), b.attachments.size());
    for (std::size_t i = 0; i < a.attachments.size(); ++i)
    {
        EXPECT_EQ(a.attachments[i].node, b.attachments[i].node);
        EXPECT_EQ(a.attachments[i].network, b.attachments[i].network);
        EXPECT_EQ(a.attachments[i].interface, b.attachments[i].interface);
        EXPECT_EQ(a.attachments[i].address, b.attachments[i].address);
    }
}

} // namespace

TEST(RecLab, HasTheAddressesOfTheLab)
{
    const TopologyGraph lab = LoadTopology(LAB_FILE);
    EXPECT_EQ(lab.nodes.size(), 9u);
    EXPECT_EQ(lab.networks.size(), 12u);
    EXPECT_EQ(AddressOf(lab, "r1", "eth0"), "192.168.1.1");
    EXPECT_EQ(AddressOf(lab, "e1", "eth0"), "192.168.1.11");
    EXPECT_EQ(AddressOf(lab, "e1", "eth1"), "192.168.11.11");
    EXPECT_EQ(AddressOf(lab, "e1", "eth2"), "192.168.21.11");
    EXPECT_EQ(AddressOf(lab, "c1", "eth3"), "192.168.102.111");
    EXPECT_EQ(AddressOf(lab, "c2", "eth2"), "192.168.102.122");
    EXPECT_EQ(AddressOf(lab, "c3", "eth2"), "192.168.101.133");
    const TopologyNode& c3 = lab.nodes[lab.FindNode("c3").value()];
    EXPECT_EQ(FormatAddress(*c3.routerId), "2.0.0.3");
    EXPECT_EQ(c3.candidateBsrPriority, 10);
    EXPECT_EQ(c3.candidateRpPriority, 100);
    const std::size_t network = lab.FindNetwork("101").value();
    EXPECT_FALSE(lab.networks[network].pointToPoint);
    EXPECT_EQ(lab.networks[network].prefix.ToString(), "192.168.101.0/24");
}

TEST(RecLab, GeneratorAndFileAreEqual)
{
    const TopologyGraph file = LoadTopology(LAB_FILE);
    const TopologyGraph generated = LoadTopology("rec-lab");
    ExpectEqualNodes(file, generated);
    ExpectEqualNetworks(file, generated);
}

TEST(RecLab, GeneratorsWinOverWhatIsCalledLikeThem)
{
    namespace fs = std::filesystem;
    const fs::path before = fs::current_path();
    const TemporaryFile name("", ".folder");
    const fs::path folder = name.GetName() + "s";
    fs::create_directories(folder / "rec-lab"); // where results of an earlier run are
    fs::copy_file(SOURCE_DIR "/topologies/two-vteps.graphml", folder / "ring:n=4");
    fs::copy_file(SOURCE_DIR "/topologies/two-vteps.graphml", folder / "mine");
    fs::current_path(folder);
    EXPECT_EQ(LoadTopology("rec-lab").nodes.size(), 9u);
    EXPECT_EQ(CountKind(LoadTopology("ring:n=4"), NodeKind::Router), 4u);
    EXPECT_EQ(LoadTopology("./ring:n=4").nodes.size(), 3u);
    EXPECT_EQ(LoadTopology("mine").nodes.size(), 3u);
    fs::current_path(before);
    fs::remove_all(folder);
}

TEST(RecLab, RoutesAreThoseOfRealOspf)
{
    const TopologyGraph lab = LoadTopology(LAB_FILE);
    boost::property_tree::ptree golden;
    boost::property_tree::read_json(SOURCE_DIR "/test/topology/rec-lab-routes.json", golden);
    std::map<TopologyAddress, std::string> owners;
    for (const TopologyAttachment& attachment : lab.attachments)
    {
        owners[attachment.address] = lab.nodes[attachment.node].name;
    }
    const ShortestPaths paths(lab);
    for (std::size_t node = 0; node < lab.nodes.size(); ++node)
    {
        const std::vector<PathRoute> routes = paths.From(node);
        for (std::size_t network = 0; network < lab.networks.size(); ++network)
        {
            const std::string prefix = lab.networks[network].prefix.ToString();
            const auto& expected = golden.get_child(lab.nodes[node].name)
                                       .get_child(boost::property_tree::path(prefix, '|'));
            EXPECT_EQ(routes[network].metric, expected.get<uint32_t>("cost"))
                << lab.nodes[node].name << " " << prefix;
            std::set<std::string> wanted;
            for (const auto& hop : expected.get_child("nexthops"))
            {
                wanted.insert(hop.second.data());
            }
            std::set<std::string> found;
            for (const PathNextHop& hop : routes[network].nextHops)
            {
                found.insert((hop.gateway == 0 ? "direct" : owners.at(hop.gateway)) + "(" +
                             lab.attachments[hop.attachment].interface + ")");
            }
            EXPECT_EQ(found, wanted) << lab.nodes[node].name << " " << prefix;
        }
    }
}

TEST(Generators, LeafSpine)
{
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=4,leaves=16,hosts=4");
    EXPECT_EQ(graph.nodes.size(), 4u + 16 + 64);
    EXPECT_EQ(graph.networks.size(), 16u * 4 + 64);
    const TopologyNode& spine = graph.nodes[graph.FindNode("spine3").value()];
    EXPECT_EQ(spine.candidateRp, "eth0");
    EXPECT_EQ(spine.candidateBsr, "eth0");
    EXPECT_EQ(spine.attachments.size(), 16u);
    EXPECT_EQ(graph.attachments[spine.attachments[10]].interface, "eth10");
    EXPECT_TRUE(graph.FindNetwork("leaf4-vtep17").has_value());
    EXPECT_TRUE(graph.FindNetwork("vtep17-leaf4").has_value());
    const TopologyNode& vtep = graph.nodes[graph.FindNode("vtep17").value()];
    EXPECT_EQ(vtep.kind, NodeKind::Vtep);
    EXPECT_EQ(vtep.routerId, graph.attachments[vtep.attachments[0]].address);
}

TEST(Generators, LeafSpinePathsUseEverySpine)
{
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=4,leaves=3,hosts=1");
    const auto routes = ShortestPaths(graph).From(graph.FindNode("leaf0").value());
    const PathRoute& route = routes[graph.FindNetwork("leaf2-vtep2").value()];
    EXPECT_EQ(route.metric, 3u);
    EXPECT_EQ(route.nextHops.size(), 4u);
    EXPECT_TRUE(std::is_sorted(route.nextHops.begin(), route.nextHops.end()));
}

TEST(Generators, Shapes)
{
    struct Case
    {
        std::string spec;
        std::size_t routers;
        std::size_t vteps;
        std::size_t networks;
    };

    for (const Case& c : {Case{"chain:n=5", 5, 2, 6},
                          Case{"ring:n=5", 5, 5, 10},
                          Case{"star:n=5", 5, 4, 8},
                          Case{"grid:rows=3,columns=4", 12, 10, 27},
                          Case{"fat-tree:k=4", 20, 16, 48},
                          Case{"random:n=20,degree=3,seed=7", 20, 20, 50},
                          Case{"clos:pods=2,leaves=3,hosts=4,spines=2,cores=4", 14, 24, 52},
                          Case{"leaf-spine:spines=2,leaves=2,hosts=0", 4, 0, 4}})
    {
        const TopologyGraph graph = LoadTopology(c.spec);
        EXPECT_EQ(CountKind(graph, NodeKind::Router), c.routers) << c.spec;
        EXPECT_EQ(CountKind(graph, NodeKind::Vtep), c.vteps) << c.spec;
        EXPECT_EQ(graph.networks.size(), c.networks) << c.spec;
    }
}

TEST(Generators, RpIsOnTheMostCentralRouter)
{
    const auto rp = [](const std::string& spec) {
        for (const TopologyNode& node : LoadTopology(spec).nodes)
        {
            if (!node.candidateRp.empty())
            {
                return node.name;
            }
        }
        return std::string();
    };
    EXPECT_EQ(rp("chain:n=5"), "router2");
    EXPECT_EQ(rp("star:n=5"), "router0");
    EXPECT_EQ(rp("grid:rows=3,columns=3"), "router4");
}

TEST(Generators, RandomIsTheSameForOneSeed)
{
    const TopologyGraph a = LoadTopology("random:n=30,degree=3.5,seed=3");
    const TopologyGraph b = LoadTopology("random:n=30,degree=3.5,seed=3");
    const TopologyGraph c = LoadTopology("random:n=30,degree=3.5,seed=4");
    ExpectEqualNetworks(a, b);
    bool differs = false;
    for (std::size_t i = 0; i < a.networks.size() && i < c.networks.size(); ++i)
    {
        differs = differs || a.networks[i].name != c.networks[i].name;
    }
    EXPECT_TRUE(differs);
}

TEST(Numbering, ThousandsOfNetworks)
{
    const TopologyGraph graph = LoadTopology("clos:pods=12,leaves=48,hosts=48,spines=4,cores=4");
    EXPECT_EQ(CountKind(graph, NodeKind::Vtep), 27648u);
    std::set<TopologyAddress> addresses;
    for (const TopologyAttachment& attachment : graph.attachments)
    {
        EXPECT_TRUE(graph.networks[attachment.network].prefix.Contains(attachment.address));
        addresses.insert(attachment.address);
    }
    EXPECT_EQ(addresses.size(), graph.attachments.size());
}

TEST(Numbering, GoesRoundWhatIsGiven)
{
    const TemporaryFile file(R"(<graphml>
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="network" for="all" attr.name="network" attr.type="string"/>
<key id="address" for="edge" attr.name="address" attr.type="string"/>
<key id="interface" for="edge" attr.name="interface" attr.type="string"/>
<graph edgedefault="undirected">
<node id="a"/><node id="b"/><node id="c"/>
<node id="lan"><data key="kind">lan</data><data key="network">10.0.0.0/29</data></node>
<edge source="a" target="lan"><data key="interface">eth1</data></edge>
<edge source="b" target="lan"><data key="address">10.0.0.1</data></edge>
<edge source="c" target="lan"/>
<edge source="a" target="b"/>
<edge source="a" target="b"/>
</graph></graphml>)");
    const TopologyGraph graph = LoadTopology(file.GetName());
    EXPECT_EQ(AddressOf(graph, "a", "eth1"), "10.0.0.2");
    EXPECT_EQ(AddressOf(graph, "c", "eth0"), "10.0.0.3");
    EXPECT_EQ(AddressOf(graph, "a", "eth0"), "10.0.0.9");
    EXPECT_EQ(AddressOf(graph, "a", "eth2"), "10.0.0.13");
    EXPECT_EQ(graph.nodes[0].attachments, (std::vector<std::size_t>{3, 0, 5}));
    EXPECT_EQ(FormatAddress(*graph.nodes[1].routerId), "10.0.0.14");
    EXPECT_EQ(graph.networks[1].name, "a-b");
    EXPECT_EQ(graph.networks[2].name, "a-b.2");
}

TEST(Graphml, KeysOfEveryKind)
{
    const TemporaryFile file(R"(<?xml version="1.0"?>
<!-- <node id="not this one"/> -->
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="k0" for="node" attr.name="kind" attr.type="string"><default>router</default></key>
<key id="k1" for="node" attr.name="staticRp" attr.type="string"/>
<key id="k2" for="node" attr.name="bidirRp" attr.type="string"/>
<key id="k3" for="edge" attr.name="area" attr.type="string"/>
<key id="k4" for="edge" attr.name="scopeBorder" attr.type="string"/>
<key id="k5" for="edge" attr.name="cost" attr.type="int"/>
<key id="k6" for="edge" attr.name="igmpVersion" attr.type="int"/>
<key id="k7" for="edge" attr.name="sourceAddress" attr.type="string"/>
<key id="k8" for="edge" attr.name="network" attr.type="string"/>
<key id="k9" for="edge" attr.name="dataRate" attr.type="string"/>
<key id="k10" for="edge" attr.name="targetInterface" attr.type="string"/>
<key id="k11" for="node" attr.name="Country" attr.type="string"/>
<graph edgedefault="directed">
<node id="a"><data key="k1">10.1.0.1 239.1.0.0/16, 10.1.0.2 239.2.0.0/16</data>
  <data key="k2">10.9.9.9 239.3.0.0/16</data><data key="k11">Iceland</data></node>
<node id="h"><data key="k0">host</data></node>
<node id="net"><data key="k0">lan</data></node>
<edge source="a" target="h"><data key="k3">0.0.0.1</data><data key="k4">239.255.0.0/16</data>
  <data key="k5">7</data><data key="k7">10.1.0.2</data><data key="k8">10.1.0.0/30</data>
  <data key="k9">10Mbps</data><data key="k10">lan0</data></edge>
<edge source="net" target="a"><data key="k5">9</data><data key="k6">2</data></edge>
</graph></graphml>)");
    const TopologyGraph graph = LoadTopology(file.GetName());
    const TopologyNode& a = graph.nodes[0];
    ASSERT_EQ(a.staticRps.size(), 2u);
    EXPECT_EQ(FormatAddress(a.staticRps[1].address), "10.1.0.2");
    ASSERT_EQ(a.bidirRps.size(), 1u);
    EXPECT_EQ(a.bidirRps[0].groups.ToString(), "239.3.0.0/16");
    EXPECT_EQ(a.other.at("Country"), "Iceland");
    EXPECT_EQ(graph.nodes[1].kind, NodeKind::Host);
    const std::size_t link = graph.FindNetwork("h-a").value();
    EXPECT_EQ(graph.networks[link].cost, 7u);
    EXPECT_EQ(graph.networks[link].dataRate, "10Mbps");
    EXPECT_EQ(AddressOf(graph, "a", "eth0"), "10.1.0.2");
    EXPECT_EQ(AddressOf(graph, "h", "lan0"), "10.1.0.1");
    const TopologyAttachment& onLan = graph.attachments[graph.FindInterface(0, "eth1").value()];
    EXPECT_EQ(onLan.cost, 9u);
    EXPECT_EQ(onLan.igmpVersion, 2);
    const TopologyAttachment& onLink = graph.attachments[graph.FindInterface(0, "eth0").value()];
    EXPECT_EQ(onLink.area, 1u);
    ASSERT_EQ(onLink.scopeBorder.size(), 1u);
}

TEST(Graphml, AnEdgeToALanHasAnMtuOfItsOwn)
{
    const TemporaryFile file(R"(<graphml>
<key id="kind" for="node" attr.name="kind"/><key id="mtu" for="all" attr.name="mtu"/>
<graph edgedefault="undirected">
<node id="a"/><node id="b"/><node id="c"/>
<node id="net"><data key="kind">lan</data><data key="mtu">9000</data></node>
<edge source="a" target="net"><data key="mtu">1400</data></edge>
<edge source="b" target="net"/>
<edge source="b" target="c"><data key="mtu">1600</data></edge>
</graph></graphml>)");
    const TopologyGraph graph = LoadTopology(file.GetName());
    const auto mtu = [&graph](const char* node, const char* interface) {
        return graph.GetMtu(*graph.FindInterface(*graph.FindNode(node), interface));
    };
    EXPECT_EQ(mtu("a", "eth0"), 1400u);
    EXPECT_EQ(mtu("b", "eth0"), 9000u);
    EXPECT_EQ(mtu("b", "eth1"), 1600u);
    EXPECT_EQ(mtu("c", "eth0"), 1600u);
}

TEST(Graphml, FilesOfTheTopologyZoo)
{
    const TemporaryFile file(R"(<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
  <key attr.name="LinkLabel" attr.type="string" for="edge" id="d36" />
  <key attr.name="label" attr.type="string" for="edge" id="d35" />
  <key attr.name="Network" attr.type="string" for="graph" id="d5" />
  <key attr.name="Longitude" attr.type="double" for="node" id="d31" />
  <key attr.name="Internal" attr.type="int" for="node" id="d30" />
  <key attr.name="label" attr.type="string" for="node" id="d33" />
  <graph edgedefault="undirected">
    <data key="d5">Somewhere</data>
    <node id="0"><data key="d30">1</data><data key="d31">-71.06</data><data key="d33">Boston</data></node>
    <node id="1"><data key="d33">New York &amp; more</data></node>
    <node id="2"><data key="d33">New York &amp; more</data></node>
    <edge source="0" target="1"><data key="d36">OC-3</data></edge>
    <edge source="0" target="2"><data key="d35">x</data></edge>
    <edge source="2" target="2"/>
  </graph>
</graphml>
)");
    const TopologyGraph graph = LoadTopology(file.GetName());
    EXPECT_EQ(graph.nodes.size(), 3u);
    EXPECT_EQ(graph.nodes[0].name, "0");
    EXPECT_EQ(graph.nodes[1].other.at("label"), "New York & more");
    EXPECT_EQ(graph.nodes[0].kind, NodeKind::Router);
    EXPECT_TRUE(graph.FindNetwork("0-2").has_value());
    EXPECT_EQ(graph.networks.size(), 2u);
}

TEST(Graphml, XmlOfEveryForm)
{
    const std::string body = R"(<graphml>
<key id="t" for="node" attr.name="tier"/><key id="c" for="edge" attr.name="cost"><default>5</default></key>
<graph edgedefault="undirected">
<node id="&#97;"><data key="t"> the <![CDATA[<edge>]]>
  &amp; <!-- not this --> more</data></node><node id="b"/><node id="c"/>
<edge source="a" target='b'/><edge source="b" target="c"><data key="c">6</data></edge>
</graph></graphml>)";
    for (const std::string& text :
         {body,
          "\n \n<?xml version=\"1.0\"?>\n" + body,
          "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + body})
    {
        const TemporaryFile file(text);
        const TopologyGraph graph = LoadTopology(file.GetName());
        EXPECT_EQ(graph.nodes[0].name, "a");
        EXPECT_EQ(graph.nodes[0].tier, "the <edge> & more");
        EXPECT_EQ(graph.networks[0].cost, 5u) << "the key's default";
        EXPECT_EQ(graph.networks[1].cost, 6u);
    }
    std::string wide = "\xff\xfe";
    for (char c : body)
    {
        wide += c;
        wide += '\0';
    }
    EXPECT_EQ(LoadTopology(TemporaryFile(wide).GetName()).nodes[0].tier, "the <edge> & more");
    const TemporaryFile latin(
        "<?xml version='1.0' encoding='ISO-8859-1'?><graphml><key id='k' "
        "attr.name='tier' for='node'/><graph edgedefault='directed'><node id='a'>"
        "<data key='k'>Z\xfcrich</data></node><node id='b'/>"
        "<edge source='a' target='b'/></graph></graphml>");
    EXPECT_EQ(LoadTopology(latin.GetName()).nodes[0].tier, "Zürich");
}

TEST(Graphml, FilesOfEditors)
{
    const TemporaryFile file(R"(<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <!--Created by an editor-->
  <key for="graphml" id="d0" yfiles.type="resources"/>
  <key attr.name="description" attr.type="string" for="node" id="d7"/>
  <key for="node" id="d8" yfiles.type="nodegraphics"/>
  <key for="edge" id="d9" yfiles.type="edgegraphics"/>
  <graph edgedefault="directed" id="G">
    <node id="n0">
      <data key="d7"><![CDATA[Seattle & <more>]]></data>
      <data key="d8"><y:ShapeNode><y:Geometry height="15.0"/><node>n0</node></y:ShapeNode></data>
    </node>
    <node id="n1"><data key="d7"/></node>
    <edge id="e0" source="n0" target="n1"><data key="d9"><y:PolyLineEdge/></data></edge>
  </graph>
  <data key="d0"><y:Resources/></data>
</graphml>
)");
    const TopologyGraph graph = LoadTopology(file.GetName());
    EXPECT_EQ(graph.nodes.size(), 2u);
    EXPECT_EQ(graph.nodes[0].other.at("description"), "Seattle & <more>");
    EXPECT_EQ(graph.networks[0].name, "n0-n1");
}

TEST(Graphml, Samples)
{
    EXPECT_EQ(LoadTopology(SOURCE_DIR "/topologies/two-vteps.graphml").nodes.size(), 3u);
    EXPECT_EQ(LoadTopology(SOURCE_DIR "/topologies/shared-lan.graphml").nodes.size(), 8u);
}
