// SPDX-License-Identifier: GPL-2.0-only
// Loopbacks and unnumbered links in packets: what OSPF advertises of them, and that trees are the
// same whatever the addresses stand on.
#include "support/lab-run.h"

#include "ns3/scenario-warnings.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/** a - b - c, loopbacks of several lengths; one address on a and c, and a prefix in a prefix. */
const std::string LINE = R"(
node a loopbacks="lo 10.255.0.1/32 any 10.254.0.1/32 rp 10.253.0.1/30"
node b loopbacks="lo 10.255.0.2/32"
node c loopbacks="lo 10.255.0.3/32 any 10.254.0.1/32 rp 10.253.0.4/29"
node d loopbacks="lo 10.255.0.4/32"
edge a b
edge b c cost=3
edge c d
)";

const std::string SNAPSHOT = "duration: 120\nevents:\n  - {at: 75, snapshot: s}\n";

/** \returns "prefix metric next_hop interface protocol" of the routes of \p node, host routes of
 * \p prefix or all. */
std::set<std::string>
RoutesOf(const LabRun& run, const std::string& node, const std::string& prefix)
{
    std::set<std::string> routes;
    for (const LabRow& row : run.GetRows("routes", {{"node", node}, {"prefix", prefix}}))
    {
        routes.insert(row.at("metric") + " " + row.at("next_hop") + " " + row.at("interface") +
                      " " + row.at("protocol"));
    }
    return routes;
}

/** The tables of a fabric with VTEPs on the leaves. */
struct FabricTables
{
    std::multiset<std::string> tib;
    std::multiset<std::string> mfc;
    std::multiset<std::string> fdb;
};

std::multiset<std::string>
ReadTable(const LabRun& run, const std::string& table, const std::vector<std::string>& columns)
{
    std::multiset<std::string> rows;
    for (const LabRow& row : run.GetRows(table))
    {
        std::string text;
        for (const std::string& column : columns)
        {
            text += row.at(column) + " | ";
        }
        rows.insert(text);
    }
    return rows;
}

/**
 * \param vtep what VTEPs are called, but for their numbers 0, 1 and 2
 * \param duplicates as many as there may be while trees switch
 */
FabricTables
RunFabric(const std::string& topology,
          const std::string& trees,
          const std::string& vtep = "leaf",
          int duplicates = 0)
{
    std::string events = R"(
events:
  - {at: 60, vxlan: {nodes: [V0, V1, V2], name: v, id: 42, group: 239.0.0.42, ttl: 10}}
  - {at: 100, flood: {node: V0, device: v, frames: 40, interval: 1s, kind: broadcast}}
  - {at: 150, flood: {node: V2, device: v, frames: 40, interval: 1s, kind: broadcast}}
  - {at: 195, snapshot: s}
)";
    for (std::size_t at = events.find('V'); at != std::string::npos; at = events.find('V', at))
    {
        events.replace(at, 1, vtep);
    }
    LabRun run(topology, "duration: 200\ntrees: " + trees + events);
    run.Run();
    for (const LabRow& row : run.GetRows("flood"))
    {
        const int wanted = std::stoi(row.at("delivered_wanted"));
        EXPECT_GE(wanted, 80) << topology << " " << trees;
        EXPECT_LE(wanted, 80 + duplicates) << topology << " " << trees;
        EXPECT_EQ(row.at("delivered_unwanted"), "0") << topology << " " << trees;
    }
    FabricTables tables;
    tables.tib = ReadTable(run,
                           "tib",
                           {"node",
                            "kind",
                            "source",
                            "group",
                            "upstream_interface",
                            "upstream_state",
                            "outgoing_interfaces"});
    tables.mfc = ReadTable(
        run, "mfc", {"node", "source", "group", "incoming_interface", "outgoing_interfaces"});
    EXPECT_FALSE(tables.tib.empty());
    EXPECT_FALSE(tables.mfc.empty());
    return tables;
}

} // namespace

TEST(Loopbacks, AreStubLinksOfTheirLength)
{
    LabRun run(LINE, SNAPSHOT);
    run.Run();
    using Routes = std::set<std::string>;
    EXPECT_EQ(RoutesOf(run, "d", "10.255.0.1/32"), (Routes{"5 10.0.0.9 eth0 ospf"}));
    EXPECT_EQ(RoutesOf(run, "d", "10.254.0.1/32"), (Routes{"1 10.0.0.9 eth0 ospf"})) << "nearest";
    EXPECT_EQ(RoutesOf(run, "b", "10.254.0.1/32"), (Routes{"1 10.0.0.1 eth0 ospf"}));
    EXPECT_EQ(RoutesOf(run, "b", "10.253.0.0/30"), (Routes{"1 10.0.0.1 eth0 ospf"}));
    EXPECT_EQ(RoutesOf(run, "b", "10.253.0.0/29"), (Routes{"3 10.0.0.6 eth1 ospf"}));
    EXPECT_EQ(RoutesOf(run, "a", "10.254.0.1/32"), (Routes{"0  any connected"}));
    EXPECT_EQ(run.GetCells("links", {}, "network"), (std::set<std::string>{"a-b", "b-c", "c-d"}))
        << "a loopback is no link";
    EXPECT_TRUE(run.GetRows("drops").empty());
}

TEST(Loopbacks, OfAnUnderlayWithoutOspfAreTheSame)
{
    const auto routes = [](const std::string& underlay) {
        LabRun run(LINE, "underlay: " + underlay + "\n" + SNAPSHOT);
        run.Run();
        return ReadTable(run, "routes", {"node", "prefix", "metric", "next_hop", "interface"});
    };
    const auto ospf = routes("ospf");
    EXPECT_FALSE(ospf.empty());
    EXPECT_EQ(routes("static"), ospf);
}

TEST(Loopbacks, MayBeBsrAndRp)
{
    LabRun run("node a loopbacks=\"lo 10.255.0.1\" candidateBsr=lo candidateRp=lo\nnode b\nnode c\n"
               "edge a b\nedge b c\n",
               SNAPSHOT);
    run.Run();
    EXPECT_EQ(run.GetCells("rp", {}, "node"), (std::set<std::string>{"a", "b", "c"}));
    EXPECT_EQ(run.GetCells("rp", {}, "rp"), (std::set<std::string>{"10.255.0.1"}));
    EXPECT_EQ(run.GetCells("rp", {}, "bsr"), (std::set<std::string>{"10.255.0.1"}));
}

TEST(Unnumbered, RoutesLeadToTheLoopbacksOfNeighbours)
{
    LabRun run("node a loopbacks=\"lo 10.255.0.1\"\nnode b loopbacks=\"lo 10.255.0.2\"\n"
               "node c loopbacks=\"lo 10.255.0.3\"\n"
               "edge a b unnumbered=lo\nedge a b unnumbered=lo\nedge b c unnumbered=lo\n",
               "duration: 120\nevents:\n  - {at: 70, ping: {node: a, to: 10.255.0.3, count: 3}}\n"
               "  - {at: 75, snapshot: s}\n"
               "  - {at: 80, link: {network: a-b, state: down}}\n"
               "  - {at: 85, ping: {node: c, to: 10.255.0.1, count: 3}}\n");
    run.Run();
    using Routes = std::set<std::string>;
    EXPECT_EQ(RoutesOf(run, "a", "10.255.0.3/32"),
              (Routes{"2 10.255.0.2 eth0 ospf", "2 10.255.0.2 eth1 ospf"}));
    EXPECT_EQ(RoutesOf(run, "a", "10.255.0.2/32"),
              (Routes{"1 10.255.0.2 eth0 ospf", "1 10.255.0.2 eth1 ospf"}));
    EXPECT_EQ(RoutesOf(run, "a", "10.255.0.1/32"), (Routes{"0  lo connected"}));
    EXPECT_EQ(run.GetRows("routes", {{"node", "a"}}).size(), 5u);
    for (const LabRow& row : run.GetRows("pings"))
    {
        EXPECT_NE(row.at("rtt_ms"), "") << row.at("time_s");
    }
    EXPECT_TRUE(run.GetRows("drops").empty());
}

class FabricDesigns : public testing::TestWithParam<const char*>
{
};

TEST_P(FabricDesigns, HaveTheSameTablesNumberedAndUnnumbered)
{
    const std::string rp = std::string(GetParam()) == "bidir" ? "phantom" : "hashed";
    const std::string spec = "leaf-spine:spines=2,leaves=3,hosts=1,vteps=leaf,rp=" + rp;
    const FabricTables numbered = RunFabric(spec + ",links=numbered", GetParam());
    const FabricTables unnumbered = RunFabric(spec + ",links=unnumbered", GetParam());
    EXPECT_EQ(numbered.tib, unnumbered.tib);
    EXPECT_EQ(numbered.mfc, unnumbered.mfc);
}

/**
 * Two spines, three leaves, a VTEP on each leaf's own network. \param lans each link between routers
 * is a LAN of two \param rp an interface of spine0, the one RP
 */
std::string
WriteSpines(bool lans, const std::string& rp)
{
    std::string text = "node spine0 tier=spine loopbacks=\"lo 10.255.0.1\" candidateBsr=" + rp +
                       " candidateRp=" + rp + "\nnode spine1 loopbacks=\"lo 10.255.0.2\"\n";
    for (const std::string leaf : {"0", "1", "2"})
    {
        text += "node leaf" + leaf + " loopbacks=\"lo 10.255.1." + leaf + "\"\n";
        for (const std::string spine : {"0", "1"})
        {
            const std::string name = "link" + leaf + spine;
            text +=
                lans ? "lan " + name + "\nedge leaf" + leaf + " " + name + "\nedge spine" + spine +
                           " " + name + "\n"
                     : "edge leaf" + leaf + " spine" + spine + " unnumbered=lo name=" + name + "\n";
        }
        text += "node vtep" + leaf + " kind=vtep\nlan access" + leaf + " network=10.1." + leaf +
                ".0/24\nedge leaf" + leaf + " access" + leaf + "\nedge vtep" + leaf + " access" +
                leaf + "\n";
    }
    return text;
}

// Not of bidirectional trees: their RPs are static.
class FabricLoopbacks : public FabricDesigns
{
};

TEST_P(FabricLoopbacks, HaveTheSameTablesAsLans)
{
    const auto run = [](const std::string& topology) {
        return RunFabric(topology, GetParam(), "vtep", 2);
    };
    const FabricTables loopbacks = run(WriteSpines(false, "lo"));
    const FabricTables lans = run(WriteSpines(true, "eth0"));
    EXPECT_EQ(loopbacks.tib, lans.tib);
    EXPECT_EQ(loopbacks.mfc, lans.mfc);
}

INSTANTIATE_TEST_SUITE_P(Trees, FabricDesigns, testing::Values("rpt", "spt", "bidir"));
INSTANTIATE_TEST_SUITE_P(Trees, FabricLoopbacks, testing::Values("rpt", "spt"));

TEST(PhantomRp, IsWhereTheLongestPrefixLeads)
{
    LabRun run("leaf-spine:spines=2,leaves=3,hosts=1,vteps=leaf,rp=phantom", R"(
duration: 200
trees: bidir
events:
  - {at: 60, vxlan: {nodes: [leaf0, leaf1, leaf2], name: v, id: 42, group: 239.0.0.42, ttl: 10}}
  - {at: 100, snapshot: first}
  - {at: 110, node: {name: spine0, state: down}}
  - {at: 130, flood: {node: leaf0, device: v, frames: 10, interval: 1s, kind: broadcast}}
  - {at: 150, snapshot: second}
)");
    run.Run();
    const auto upstream = [&run](const char* snapshot) {
        return run.GetCells("tib",
                            {{"snapshot", snapshot}, {"node", "leaf0"}, {"kind", "*,G"}},
                            "upstream_interface");
    };
    EXPECT_EQ(upstream("first"), (std::set<std::string>{"eth0"}));
    EXPECT_EQ(upstream("second"), (std::set<std::string>{"eth1"}));
    EXPECT_EQ(run.GetCell("flood", {{"node", "leaf0"}}, "delivered_wanted"), "20");
}

namespace
{

/** A LAN of two and a link, for RFC 5309. \param type the LAN's networkType, empty: none */
std::string
WriteLanOfTwo(const std::string& type)
{
    return "node a\nnode b\nnode c\nlan l" + (type.empty() ? "" : " networkType=" + type) +
           "\nedge a l\nedge b l\nedge b c\n";
}

} // namespace

TEST(Rfc5309, S4_2_ALanOfTwoNeedsNoDesignatedRouter)
{
    const auto run = [](const std::string& type) {
        LabRun lab(WriteLanOfTwo(type), "duration: 100\nevents:\n  - {at: 90, snapshot: s}\n");
        lab.Run();
        std::size_t elections = 0;
        for (const LabRow& row : lab.GetRows("events", {{"protocol", "ospf"}, {"event", "dr"}}))
        {
            elections += row.at("time_s").empty() ? 0 : 1;
        }
        EXPECT_FALSE(lab.GetEventTimes("a", "neighbor-full").empty()) << type;
        return std::make_tuple(
            elections,
            lab.GetEventTimes("a", "neighbor-full").front(),
            ReadTable(lab, "routes", {"node", "prefix", "metric", "next_hop", "interface"}));
    };
    const auto [elections, full, routes] = run("");
    const auto [noElections, sooner, sameRoutes] = run("point-to-point");
    EXPECT_GT(elections, 0u);
    EXPECT_EQ(noElections, 0u);
    EXPECT_LT(sooner, full) << "nobody waits for RouterDeadInterval";
    EXPECT_EQ(routes, sameRoutes);
}

TEST(Rfc5309, S4_2_TheDatabaseHasALinkInItsPlace)
{
    const auto run = [](const std::string& type) {
        LabRun lab(WriteLanOfTwo(type),
                   "duration: 100\nevents:\n  - {at: 90, show: {node: c, what: ospf4 database}}\n");
        lab.Run();
        const std::string text = ReadText(lab.GetPath("transcript.txt"));
        std::size_t networks = 0;
        for (std::size_t at = 0; (at = text.find("Network", at)) != std::string::npos; ++at)
        {
            ++networks;
        }
        return networks;
    };
    EXPECT_EQ(run(""), 1u);
    EXPECT_EQ(run("point-to-point"), 0u);
}

TEST(Rfc5309, S4_3_NextHopsAreResolvedByArp)
{
    LabRun run(WriteLanOfTwo("point-to-point"), R"(
duration: 110
events:
  - {at: 90, snapshot: before}
  - {at: 100, ping: {node: a, to: 10.0.0.6, count: 1, interval: 1s}}
  - {at: 109, snapshot: after}
)");
    run.Run();
    EXPECT_EQ(run.GetRows("pings", {{"node", "a"}}).size(), 1u);
    EXPECT_NE(run.GetCell("pings", {{"node", "a"}}, "rtt_ms"), "");
    const auto requests = [&run](const std::string& network) {
        return run.GetRows("links",
                           {{"snapshot", "after"}, {"network", network}, {"class", "arp"}});
    };
    EXPECT_FALSE(requests("l").empty()) << "a LAN has addresses to find out";
    EXPECT_TRUE(requests("b-c").empty()) << "a link has none";
}

TEST(Rfc6987, AMaxMetricRouterIsReachedButNotCrossed)
{
    const std::string square = "node a\nnode b maxMetric=true loopbacks=\"lo 10.255.0.2\"\nnode c "
                               "loopbacks=\"lo 10.255.0.3\"\nnode d\nedge a b\nedge b c\n"
                               "edge a d cost=10\nedge d c cost=10\n";
    for (const std::string underlay : {"ospf", "static"})
    {
        LabRun run(square, "underlay: " + underlay + "\n" + SNAPSHOT);
        run.Run();
        const std::string word = underlay == "ospf" ? "ospf" : "static";
        using Routes = std::set<std::string>;
        EXPECT_EQ(RoutesOf(run, "a", "10.255.0.3/32"), (Routes{"20 10.0.0.10 eth1 " + word}));
        EXPECT_EQ(RoutesOf(run, "a", "10.255.0.2/32"), (Routes{"1 10.0.0.2 eth0 " + word}));
        EXPECT_EQ(RoutesOf(run, "b", "10.255.0.3/32"), (Routes{"1 10.0.0.6 eth1 " + word}));
        EXPECT_EQ(RoutesOf(run, "a", "10.0.0.4/30"), (Routes{"2 10.0.0.2 eth0 " + word}));
    }
}

TEST(OspfKeys, StubAreasGetADefaultRouteAlone)
{
    LabRun run("node a\nnode b stubAreas=\"1 no-summary\"\nnode c stubAreas=\"1 no-summary\"\n"
               "edge a b\nedge b c area=1\n",
               SNAPSHOT);
    run.Run();
    EXPECT_EQ(run.GetCells("routes", {{"node", "c"}}, "prefix"),
              (std::set<std::string>{"0.0.0.0/0", "10.0.0.4/30"}));
}

TEST(OverlayTraps, AreToldOfLoopbacksToo)
{
    const TopologyGraph topology = LoadTopology("leaf-spine:spines=1,leaves=2,hosts=1,vteps=leaf");
    const std::string head = "duration: 10\nevents:\n  - {at: 1, vxlan: {nodes: [leaf0, leaf1], "
                             "name: v, id: 1, ";
    const auto warn = [&](const std::string& rest) {
        const Scenario scenario = ReadScenarioText(head + rest + "}}\n", "s.yaml", topology);
        std::string words;
        for (const ScenarioWarning& warning : FindScenarioWarnings(scenario, topology))
        {
            words += warning.text.substr(0, warning.text.find(',')) + ";";
        }
        return words;
    };
    EXPECT_EQ(warn("group: 239.0.0.42, ttl: 10"), "");
    EXPECT_EQ(warn("group: 232.0.0.42, ttl: 10"),
              "VXLAN group 232.0.0.42 is in the SSM range 232.0.0.0/8;");
    EXPECT_EQ(warn("group: 224.0.0.42, ttl: 10"), "VXLAN group 224.0.0.42 is link-local;");
    EXPECT_EQ(warn("group: 239.0.0.42"), "VXLAN group 239.0.0.42 lies behind routers;");
    EXPECT_EQ(warn("group: 239.0.0.42, ttl: 10, mtu: 1500, dev: lo"),
              "mtu 1500 of v on leaf0 needs an underlay of 1550;");
}

TEST(OverlayTraps, TooLargeAPacketIsDroppedAtALoopback)
{
    LabRun run("leaf-spine:spines=1,leaves=2,hosts=1,vteps=leaf", R"(
duration: 100
events:
  - {at: 60, vxlan: {nodes: [leaf0, leaf1], name: v, id: 1, group: 239.0.0.42, ttl: 10, mtu: 1500, addresses: [192.168.9.1/24, 192.168.9.2/24]}}
  - {at: 70, ping: {node: leaf0, to: 192.168.9.255, count: 1, size: 1472}}
)");
    run.Run();
    EXPECT_EQ(run.GetCell("drops", {{"node", "leaf0"}, {"protocol", "vxlan"}}, "reason"), "mtu");
}
