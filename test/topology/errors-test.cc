// SPDX-License-Identifier: GPL-2.0-only
// What is bad is refused with one line that says where, what, and what would be right.
#include "ns3/topology-graph.h"
#include "ns3/topology-loader.h"

#include "topology/temporary-file.h"

#include <gtest/gtest.h>

#include <chrono>

using namespace ns3;

namespace
{

const std::string HEAD = R"(<graphml>
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="name" for="node" attr.name="name" attr.type="string"/>
<key id="rp" for="node" attr.name="candidateRp" attr.type="string"/>
<key id="routerId" for="node" attr.name="routerId" attr.type="string"/>
<key id="network" for="all" attr.name="network" attr.type="string"/>
<key id="address" for="edge" attr.name="address" attr.type="string"/>
<key id="interface" for="edge" attr.name="interface" attr.type="string"/>
<key id="cost" for="all" attr.name="cost" attr.type="int"/>
<graph edgedefault="undirected">
)";
const std::string TAIL = "</graph></graphml>\n";

/** \returns what loading \p text says, without the file name; "loaded" if it says nothing. */
std::string
ErrorOf(const std::string& text)
{
    const TemporaryFile file(text);
    try
    {
        LoadTopology(file.GetName());
    }
    catch (const TopologyError& error)
    {
        const std::string what = error.what();
        EXPECT_EQ(what.compare(0, file.GetName().size() + 1, file.GetName() + ":"), 0) << what;
        EXPECT_EQ(what.find('\n'), std::string::npos) << what;
        EXPECT_NE(what.find(", expected "), std::string::npos) << what;
        return what.substr(file.GetName().size() + 1);
    }
    return "loaded";
}

/** The same for the elements \p body of an otherwise good file; they begin at line 11. */
std::string
ErrorIn(const std::string& body)
{
    return ErrorOf(HEAD + body + TAIL);
}

std::string
SpecError(const std::string& spec)
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

void
ExpectStart(const std::string& text, const std::string& start)
{
    EXPECT_EQ(text.substr(0, start.size()), start);
}

} // namespace

TEST(BadFile, NotGraphml)
{
    ExpectStart(ErrorOf(""), "1: the file is empty");
    ExpectStart(ErrorOf("hello"), "1: not GraphML");
    ExpectStart(ErrorOf(std::string(20000, '\0')), "1: not GraphML");
    ExpectStart(ErrorOf("\n\n<html><body/></html>"), "3: <html> is not GraphML");
    ExpectStart(ErrorOf("<graphml/>"), "1: no <graph> element");
    ExpectStart(ErrorOf("<graphml>\n<graph edgedefault='undirected'>"), "2: <graph> is not closed");
    ExpectStart(ErrorOf("<graphml>\n<graph></graphml>"), "2: <graph> has no edgedefault");
    ExpectStart(ErrorOf("<graphml>\n<!-- "), "2: <!-- has no end");
    ExpectStart(ErrorOf("<graphml>\n<graph edgedefault=un"), "2: the value of edgedefault");
    ExpectStart(ErrorOf("<graphml>\n<"), "2: a name is missing");
    ExpectStart(ErrorOf("<?xml version=\"1.0\"?>"), "1: no <graph> element");
    ExpectStart(ErrorOf("<graphml><graph edgedefault='undirected'/></graphml>"), "1: no nodes");
    ExpectStart(ErrorIn("<node id='a'>\n</edge>"), "12: </edge> closes nothing");
}

TEST(BadFile, ZeroIsNoValueAndNotUnset)
{
    const std::string lan = "<node id='a'/><node id='b'/><node id='n'><data key='kind'>lan</data>";
    const std::string edges = "</node><edge source='b' target='n'/>\n<edge source='a' target='n'>";
    ExpectStart(ErrorIn(lan + edges + "<data key='address'>0.0.0.0</data></edge>"),
                "12: address is '0.0.0.0', expected ");
    ExpectStart(ErrorIn(lan + edges + "<data key='network'>0.0.0.0/0</data></edge>"),
                "12: network is '0.0.0.0/0', expected ");
}

TEST(BadFile, CannotBeRead)
{
    ExpectStart(SpecError("no/such/file.graphml"), "no/such/file.graphml:1: cannot be read");
    ExpectStart(SpecError("/"), "/:1: ");
    ExpectStart(SpecError(""), ":1: unknown generator ''");
}

TEST(BadFile, DeepNestingIsRefused)
{
    std::string deep;
    for (int i = 0; i < 200000; ++i)
    {
        deep += "<a>";
    }
    ExpectStart(ErrorIn(deep), "11: elements are nested too deep");
}

TEST(BadFile, NonsenseOf100MegabytesIsRefusedQuickly)
{
    const auto start = std::chrono::steady_clock::now();
    const std::string nonsense(100 * 1024 * 1024, 'x');
    ExpectStart(ErrorOf(nonsense), "1: the file has 100 MB");
    std::string tags;
    while (tags.size() < 30 * 1024 * 1024)
    {
        tags += "<x y='z'/>\n";
    }
    ExpectStart(ErrorOf("<graphml>" + tags), "");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(BadFile, XmlThatIsNotWellFormed)
{
    ExpectStart(ErrorIn("<node id='a' id='b'/>"), "11: duplicate attribute");
    ExpectStart(ErrorIn("<node id='a'/>\n<node id='&nosuch;'/>"), "12: undefined entity");
    ExpectStart(ErrorIn("<node id='a'/>\n<node id='\x01'/>"), "12: not well-formed");
    ExpectStart(ErrorIn("<node id='a\xff'/>"), "11: not well-formed");
    ExpectStart(ErrorIn(std::string("<node id='a'/>\n\0", 16)), "12: not well-formed");
    ExpectStart(ErrorOf("<graphml/>\n<graphml/>"), "2: junk after document element");
    ExpectStart(ErrorOf("<?xml version='1.0' encoding='klingon'?><graphml/>"),
                "1: unknown encoding");
    std::string laughs = "<!DOCTYPE graphml [<!ENTITY a0 'ha'>";
    for (int i = 1; i < 40; ++i)
    {
        const std::string last = "&a" + std::to_string(i - 1) + ";";
        laughs += "<!ENTITY a" + std::to_string(i) + " '" + last + last + "'>";
    }
    ExpectStart(ErrorOf(laughs +
                        "]><graphml><graph edgedefault='undirected'>"
                        "<node id='a'><data key='k'>&a39;</data></node></graph></graphml>"),
                "1: limit on input amplification factor");
}

TEST(BadFile, WhatIsNotAFlatGraph)
{
    ExpectStart(ErrorOf("<graphml>\n<desc><graph edgedefault='directed'/></desc></graphml>"),
                "2: a graph within another element");
    ExpectStart(ErrorIn("<node id='a'/>\n<hyperedge><endpoint node='a'/></hyperedge>"),
                "12: a hyperedge, expected a node of kind lan");
    ExpectStart(ErrorIn("<node id='a'/><node id='b'/>\n"
                        "<edge source='a' target='b'>\n<data key='kind'>host</data></edge>"),
                "13: key 'kind' is declared for node, expected <key for=\"edge\" …>");
}

TEST(BadGraph, NodesAndEdges)
{
    ExpectStart(ErrorIn("<node id='a'/>\n<node id='a'/>\n"), "12: node id 'a' is used twice");
    ExpectStart(ErrorIn("<node id='a'/><node id='b'/>\n<edge source='a' target='z'/>\n"),
                "12: unknown node 'z'");
    ExpectStart(ErrorIn("<node id='a'/><node id='b'/>\n<edge source='a'/>\n"),
                "12: <edge> has no target");
    ExpectStart(ErrorIn("<node id='a'/>\n<node id='b'><data key='name'>a</data></node>\n"
                        "<edge source='a' target='b'/>\n"),
                "12: name 'a' is used twice");
    ExpectStart(ErrorIn("<node id='a'/>\n<edge source='a' target='a'/>\n"),
                "11: 'a' has no network");
    ExpectStart(ErrorIn("<node id='a'><data key='kind'>lan</data></node>\n"
                        "<node id='b'><data key='kind'>lan</data></node>\n"
                        "<edge source='a' target='b'/>\n"),
                "13: an edge between two LANs");
    ExpectStart(ErrorIn("<node id='a'/><node id='b'/><edge source='a' target='b'/>\n"
                        "<node id='c'/><node id='d'/><edge source='c' target='d'/>\n"),
                "12: 'c' has no path to 'a'");
    ExpectStart(ErrorIn("<node id='a'/>\n"), "11: 'a' has no network");
    ExpectStart(ErrorIn("<node id='a'/><node id='l'><data key='kind'>lan</data></node>\n"
                        "<edge source='a' target='l'/>\n<edge source='a' target='l'/>\n"),
                "13: 'a' is on network 'l' twice");
    ExpectStart(ErrorIn("<node id='a b'/>\n"), "11: name is 'a b'");
    ExpectStart(ErrorIn("<node id=''/>\n"), "11: the name is empty");
    ExpectStart(ErrorIn("<graph edgedefault='directed'/>"), "11: a graph within a graph");
    ExpectStart(ErrorIn("<node id='a'><graph edgedefault='directed'><node id='b'/></graph></node>\n"
                        "<node id='c'/><edge source='c' target='a'/>"),
                "12: an edge to group 'a', expected one to a node within it");
}

TEST(BadGraph, Values)
{
    ExpectStart(ErrorIn("<node id='a'/>\n<node id='b'><data key='kind'>bridge</data></node>\n"
                        "<edge source='a' target='b'/>\n"),
                "12: kind is 'bridge', expected router, vtep, host, lan or controller");
    ExpectStart(ErrorIn("<node id='a'/><node id='b'/>\n"
                        "<edge source='a' target='b'><data key='cost'>0</data></edge>\n"),
                "12: cost is '0', expected a number from 1 to 65535");
    ExpectStart(ErrorIn("<node id='a'/><node id='b'/>\n<edge source='a' target='b'>"
                        "<data key='network'>10.0.0.1/24</data></edge>\n"),
                "12: network is '10.0.0.1/24', expected a prefix");
    ExpectStart(ErrorIn("<node id='a'><data key='rp'>eth7</data></node><node id='b'/>\n"
                        "<edge source='a' target='b'/>\n"),
                "11: candidate interface 'eth7' is not on 'a'");
    ExpectStart(ErrorIn("<node id='a'><data key='nosuch'>1</data></node><node id='b'/>\n"
                        "<edge source='a' target='b'/>\n"),
                "11: data with key 'nosuch', expected the id of a <key>");
    ExpectStart(ErrorIn("<node id='a'><data key='routerId'>1.1.1.1</data></node>\n"
                        "<node id='b'><data key='routerId'>1.1.1.1</data></node>\n"
                        "<edge source='a' target='b'/>\n"),
                "12: router id 1.1.1.1 of 'b' is used twice");
}

/** \returns what loading says of \p key on the first node, or on the edge, of two joined nodes. */
std::string
ErrorOfKey(const std::string& key, const std::string& value, const std::string& element)
{
    const std::string data = "<data key='k'>" + value + "</data>";
    const std::string lan =
        element == "lan" || element == "lan edge" ? "<data key='kind'>lan</data>" : "";
    return ErrorOf("<graphml><key id='k' for='all' attr.name='" + key +
                   "'/><key id='kind' for='node' attr.name='kind'/>"
                   "<graph edgedefault='undirected'>\n<node id='a'>" +
                   (element == "node" ? data : "") + "</node>\n<node id='b'>" + lan +
                   (element == "lan" ? data : "") + "</node>\n<edge source='a' target='b'>" +
                   (element == "edge" || element == "lan edge" ? data : "") +
                   "</edge></graph></graphml>");
}

TEST(BadGraph, KeysThatAreNearlyKnown)
{
    EXPECT_EQ(ErrorOfKey("Kind", "router", "node"),
              "2: unknown key 'Kind' on a node, expected 'kind'");
    EXPECT_EQ(ErrorOfKey("candidateRP", "eth0", "node"),
              "2: unknown key 'candidateRP' on a node, expected 'candidateRp'");
    EXPECT_EQ(ErrorOfKey("routerid", "1.1.1.1", "node"),
              "2: unknown key 'routerid' on a node, expected 'routerId'");
    EXPECT_EQ(ErrorOfKey("naem", "r1", "node"), "2: unknown key 'naem' on a node, expected 'name'");
    EXPECT_EQ(ErrorOfKey("netwrok", "10.0.0.0/8", "lan"),
              "3: unknown key 'netwrok' on a LAN, expected 'network'");
    EXPECT_EQ(ErrorOfKey("adress", "10.0.0.1", "lan edge"),
              "4: unknown key 'adress' on an edge to a LAN, expected 'address'");
    EXPECT_EQ(ErrorOfKey("sourceAdress", "10.0.0.1", "edge"),
              "4: unknown key 'sourceAdress' on an edge between two nodes, "
              "expected 'sourceAddress'");
    EXPECT_EQ(ErrorOfKey("delays", "1ms", "edge"),
              "4: unknown key 'delays' on an edge between two nodes, expected 'delay'");
}

TEST(BadGraph, KeysOnTheWrongElement)
{
    EXPECT_EQ(
        ErrorOfKey("cost", "3", "node"),
        "2: key 'cost' on a node, expected it on a LAN or an edge to a LAN or an edge between "
        "two nodes");
    EXPECT_EQ(ErrorOfKey("candidateRp", "eth0", "edge"),
              "4: key 'candidateRp' on an edge between two nodes, expected it on a node");
    EXPECT_EQ(ErrorOfKey("routerId", "1.1.1.1", "lan"),
              "3: key 'routerId' on a LAN, expected it on a node");
    EXPECT_EQ(
        ErrorOfKey("area", "1", "lan"),
        "3: key 'area' on a LAN, expected it on an edge to a LAN or an edge between two nodes");
    EXPECT_EQ(
        ErrorOfKey("sourceAddress", "10.0.0.1", "lan edge"),
        "4: key 'sourceAddress' on an edge to a LAN, expected it on an edge between two nodes");
    EXPECT_EQ(
        ErrorOfKey("name", "l", "lan edge"),
        "4: key 'name' on an edge to a LAN, expected it on a node or a LAN or an edge between "
        "two nodes");
}

TEST(BadGraph, KeysOfOtherProgramsAreIgnored)
{
    for (const char* key : {"label",
                            "Country",
                            "Internal",
                            "Longitude",
                            "Latitude",
                            "id",
                            "type",
                            "hyperedge",
                            "doubled",
                            "Note",
                            "weight",
                            "r",
                            "size",
                            "description"})
    {
        EXPECT_EQ(ErrorOfKey(key, "1", "node"), "loaded") << key;
    }
    for (const char* key : {"id",
                            "key",
                            "label",
                            "LinkLabel",
                            "LinkNote",
                            "LinkSpeed",
                            "LinkType",
                            "LinkSpeedRaw",
                            "LinkSpeedUnits",
                            "weight",
                            "type",
                            "url"})
    {
        EXPECT_EQ(ErrorOfKey(key, "1", "edge"), "loaded") << key;
        EXPECT_EQ(ErrorOfKey(key, "1", "lan edge"), "loaded") << key;
    }
}

TEST(BadGraph, Addresses)
{
    const std::string lan = "<node id='a'/><node id='b'/><node id='c'/>"
                            "<node id='l'><data key='kind'>lan</data>"
                            "<data key='network'>10.1.0.0/30</data></node>\n";
    const auto edge = [](const std::string& node, const std::string& address) {
        return "<edge source='" + node + "' target='l'>" +
               (address.empty() ? "" : "<data key='address'>" + address + "</data>") + "</edge>\n";
    };
    ExpectStart(
        ErrorIn(lan + edge("a", "10.2.0.1") + edge("b", "") + "<edge source='b' target='c'/>"),
        "12: address 10.2.0.1 of 'a' is outside its network, expected one in 10.1.0.0/30");
    ExpectStart(
        ErrorIn(lan + edge("a", "10.1.0.3") + edge("b", "") + "<edge source='b' target='c'/>"),
        "12: address 10.1.0.3 of 'a' is the network's own or its broadcast");
    ExpectStart(ErrorIn(lan + edge("a", "10.1.0.1") + edge("b", "10.1.0.1") +
                        "<edge source='b' target='c'/>"),
                "13: address 10.1.0.1 of 'b' is used twice, by 'a' too");
    ExpectStart(ErrorIn(lan + edge("a", "") + edge("b", "") + edge("c", "")),
                "14: no room left in 10.1.0.0/30");
    ExpectStart(
        ErrorIn(lan + edge("a", "") + edge("b", "") +
                "<edge source='b' target='c'><data key='network'>10.1.0.0/24</data></edge>"),
        "14: network 10.1.0.0/24 of 'b-c' overlaps 10.1.0.0/30 of 'l'");
    ExpectStart(ErrorIn("<node id='a'/><node id='l'><data key='kind'>lan</data></node>"
                        "<node id='m'><data key='kind'>lan</data></node>\n"
                        "<edge source='a' target='l'><data key='interface'>x0</data></edge>\n"
                        "<edge source='a' target='m'><data key='interface'>x0</data></edge>\n"),
                "13: interface 'x0' of 'a' is used twice");
    ExpectStart(ErrorIn("<node id='a'/><node id='b'/>\n<edge source='a' target='b'>"
                        "<data key='address'>10.0.0.1</data></edge>\n"),
                "12: address on an edge between two nodes, expected sourceAddress");
    ExpectStart(ErrorIn("<node id='a'/><node id='b'/>\n<edge source='a' target='b'>"
                        "<data key='network'>224.0.0.0/24</data></edge>\n"),
                "12: network 224.0.0.0/24 is not unicast");
    ExpectStart(ErrorIn("<node id='a'/><node id='l'><data key='kind'>lan</data></node>\n" +
                        edge("a", "10.0.0.1")),
                "12: an address on 'l', which has no network");
}

TEST(BadSpec, SaysWhat)
{
    EXPECT_EQ(SpecError("leafspine:spines=2"),
              "leafspine:spines=2:1: unknown generator 'leafspine' and no such file, expected "
              "chain, clos, fat-tree, grid, leaf-spine, random, rec-lab, ring, star");
    EXPECT_EQ(SpecError("chain"), "chain:1: parameter n is missing, expected chain:n=…");
    EXPECT_EQ(SpecError("chain:m=3"),
              "chain:m=3:1: parameter n is missing beside m, expected chain:n=…");
    EXPECT_EQ(SpecError("chain:n=0"), "chain:n=0:1: n is '0', expected a number from 2 to 1000000");
    EXPECT_EQ(SpecError("chain:n=3,m=4"),
              "chain:n=3,m=4:1: unknown parameter 'm' of chain, expected none");
    EXPECT_EQ(SpecError("chain:n"), "chain:n:1: 'n' is no parameter, expected key=value");
    EXPECT_EQ(SpecError("chain:n=2,n=3"),
              "chain:n=2,n=3:1: parameter n is given twice, expected once");
    EXPECT_EQ(SpecError("fat-tree:k=3"), "fat-tree:k=3:1: k is 3, expected an even number");
    EXPECT_EQ(SpecError("random:n=5,degree=9"),
              "random:n=5,degree=9:1: degree is '9', expected a number from 1 to n - 1");
    ExpectStart(SpecError("leaf-spine:spines=1000000,leaves=1000000,hosts=1000000"),
                "leaf-spine:spines=1000000,leaves=1000000,hosts=1000000:1: ");
}
