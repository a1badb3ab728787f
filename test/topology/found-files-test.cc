// SPDX-License-Identifier: GPL-2.0-only
// Files as they are found: the oddities of the Internet Topology Zoo and of yEd, each in a small
// file, and the options by which such files run without being edited.
#include "ns3/topology-graph.h"
#include "ns3/topology-loader.h"

#include "topology/temporary-file.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const std::string KEYS = "<graphml>\n<key id='l' for='node' attr.name='label'/>"
                         "<key id='s' for='edge' attr.name='LinkSpeed'/>"
                         "<key id='k' for='node' attr.name='kind'/>\n";

std::string
Undirected(const std::string& body)
{
    return KEYS + "<graph edgedefault='undirected'>\n" + body + "</graph></graphml>\n";
}

TopologyGraph
LoadFound(const std::string& text, const TopologyOptions& options = {})
{
    const TemporaryFile file(text);
    return LoadTopology(file.GetName(), options);
}

std::string
FoundError(const std::string& text, const TopologyOptions& options = {})
{
    const TemporaryFile file(text);
    try
    {
        LoadTopology(file.GetName(), options);
    }
    catch (const TopologyError& error)
    {
        return std::string(error.what()).substr(file.GetName().size() + 1);
    }
    return "loaded";
}

/** 0-1-2-3 in a line, 4 on 1; 5 and 6 alone, 7-8 a part of its own. */
const std::string ZOO = Undirected(
    "<node id='0'><data key='l'>New York</data></node><node id='1'/><node id='2'/><node id='3'/>"
    "<node id='4'/>\n<node id='5'/>\n<node id='6'/><node id='7'/><node id='8'/>\n"
    "<edge source='0' target='1'><data key='s'>10</data></edge><edge source='1' target='2'/>"
    "<edge source='2' target='3'/><edge source='1' target='4'/><edge source='7' target='8'/>\n");

TopologyOptions
Largest()
{
    TopologyOptions options;
    options.largestComponent = true;
    return options;
}

std::vector<std::string>
NamesOf(const TopologyGraph& graph)
{
    std::vector<std::string> names;
    for (const TopologyNode& node : graph.nodes)
    {
        names.push_back(node.name);
    }
    return names;
}

} // namespace

TEST(FoundFiles, EveryIsolatedVertexIsNamedAtOnce)
{
    EXPECT_EQ(FoundError(ZOO),
              "5: '5', '6' have no network, expected an edge to another node or a LAN, or "
              "--component=largest");
}

TEST(FoundFiles, TheLargestComponentAlone)
{
    const TopologyGraph graph = LoadFound(ZOO, Largest());
    EXPECT_EQ(NamesOf(graph), (std::vector<std::string>{"0", "1", "2", "3", "4"}));
    EXPECT_EQ(graph.networks.size(), 4u);
    EXPECT_EQ(graph.attachments.size(), 8u);
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        for (std::size_t attachment : graph.nodes[node].attachments)
        {
            EXPECT_EQ(graph.attachments[attachment].node, node);
        }
    }
    EXPECT_EQ(graph.networks[3].name, "1-4");
}

TEST(FoundFiles, HostsAtTheEndsAndAnRpAtTheCentre)
{
    TopologyOptions options = Largest();
    options.vteps = "ends";
    options.rp = "center";
    const TopologyGraph graph = LoadFound(ZOO, options);
    std::vector<std::string> links;
    for (const TopologyNetwork& network : graph.networks)
    {
        links.push_back(network.name);
    }
    EXPECT_EQ(
        links,
        (std::vector<std::string>{"0-1", "1-2", "2-3", "1-4", "0-vtep0", "3-vtep1", "4-vtep2"}));
    EXPECT_EQ(graph.nodes[1].candidateRp, "eth0");
    EXPECT_EQ(graph.nodes[1].candidateBsr, "eth0");
    EXPECT_TRUE(graph.nodes[2].candidateRp.empty());
    EXPECT_EQ(graph.nodes[5].kind, NodeKind::Vtep);
}

TEST(FoundFiles, NamedVtepsAndRps)
{
    TopologyOptions options = Largest();
    options.vteps = "0,3";
    options.rp = "2,4";
    const TopologyGraph graph = LoadFound(ZOO, options);
    EXPECT_TRUE(graph.IsVtep(0));
    EXPECT_FALSE(graph.IsVtep(1));
    EXPECT_EQ(FormatAddress(graph.GetAddress(0, "lo")), "10.255.0.1");
    EXPECT_EQ(FormatAddress(graph.GetAddress(3, "lo")), "10.255.0.2");
    EXPECT_EQ(graph.nodes[4].candidateRp, "eth0");
    options.vteps = "0,x";
    EXPECT_EQ(FoundError(ZOO, options),
              "1: --vteps names 'x', which is no node, expected one such as '0'");
    options.vteps = "tier:leaf";
    EXPECT_EQ(FoundError(ZOO, options),
              "1: --vteps names tier 'leaf', which no node has, expected names of nodes, or ends");
}

TEST(FoundFiles, VtepsOfATier)
{
    TopologyOptions options;
    options.vteps = "tier:leaf";
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=2,leaves=3,hosts=0", options);
    EXPECT_TRUE(graph.IsVtep(*graph.FindNode("leaf1")));
    EXPECT_FALSE(graph.IsVtep(*graph.FindNode("spine1")));
    options.vteps = "tier:edge";
    try
    {
        LoadTopology("leaf-spine:spines=2,leaves=3,hosts=0", options);
        FAIL();
    }
    catch (const TopologyError& error)
    {
        EXPECT_EQ(std::string(error.what()),
                  "leaf-spine:spines=2,leaves=3,hosts=0:1: --vteps names tier 'edge', which no "
                  "node has, expected one of leaf, spine");
    }
}

TEST(FoundFiles, NamesFromLabelsAreMended)
{
    TopologyOptions options;
    options.namesFromLabels = true;
    const TopologyGraph graph =
        LoadFound(Undirected("<node id='0'><data key='l'>New York, NY</data></node>"
                             "<node id='1'><data key='l'>New York, NY</data></node>"
                             "<node id='2'><data key='l'> A:B/C;D\"E </data></node>"
                             "<node id='3'/><node id='4'><data key='l'>3</data></node>"
                             "<edge source='0' target='1'/><edge source='1' target='2'/>"
                             "<edge source='2' target='3'/><edge source='3' target='4'/>"),
                  options);
    EXPECT_EQ(
        NamesOf(graph),
        (std::vector<std::string>{"New-York--NY", "New-York--NY.2", "A-B-C-D-E", "3", "3.2"}));
    try
    {
        LoadTopology("ring:n=3", options);
        FAIL();
    }
    catch (const TopologyError& error)
    {
        EXPECT_EQ(std::string(error.what()),
                  "ring:n=3:1: --names=label of a generator, whose nodes have none, expected a "
                  "file");
    }
}

TEST(FoundFiles, BothDirectionsOfADirectedExportAreOneLink)
{
    const std::string edges = "<node id='a'/><node id='b'/><node id='c'/>\n"
                              "<edge source='a' target='b'/><edge source='b' target='a'/>"
                              "<edge source='a' target='b'/><edge source='b' target='c'/>"
                              "<edge source='c' target='b'/>\n";
    const TopologyGraph directed =
        LoadFound(KEYS + "<graph edgedefault='directed'>" + edges + "</graph></graphml>");
    ASSERT_EQ(directed.networks.size(), 3u);
    EXPECT_EQ(directed.networks[1].name, "a-b.2") << "two of a-b, one of which goes back";
    EXPECT_EQ(LoadFound(Undirected(edges)).networks.size(), 5u) << "undirected ones are links each";
}

TEST(FoundFiles, GroupsOfYedAreFlattened)
{
    const TopologyGraph graph = LoadFound(
        Undirected("<node id='n0'><data key='l'>Rack</data>"
                   "<graph edgedefault='directed'><node id='n0::n0'><data key='k'>host</data>"
                   "</node><node id='n0::n1'/><edge source='n0::n0' target='n0::n1'/></graph>"
                   "<data key='k'>router</data></node>\n<node id='n1'/>"
                   "<edge source='n0::n1' target='n1'/>\n"));
    EXPECT_EQ(NamesOf(graph), (std::vector<std::string>{"n0.n0", "n0.n1", "n1"}));
    EXPECT_EQ(graph.nodes[0].kind, NodeKind::Host);
    EXPECT_EQ(graph.networks.size(), 2u);
}

TEST(FoundFiles, DescriptionsTellOptionsApart)
{
    TopologyOptions options;
    EXPECT_EQ(DescribeTopology("x.graphml", options), "x.graphml");
    options = Largest();
    options.vteps = "ends";
    options.rp = "center";
    options.namesFromLabels = true;
    EXPECT_EQ(DescribeTopology("x.graphml", options),
              "x.graphml vteps=ends rp=center component=largest names=label");
}
