// SPDX-License-Identifier: GPL-2.0-only
// Actions on interfaces, costs, priorities, outside routes and RPs; carrier, and loss one way.
#include "support/lab-run.h"

#include "ns3/input-error.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/** A ring of four routers. */
const std::string RING = "node a loopbacks=\"lo 10.255.0.1\"\nnode b\nnode c\nnode d\n"
                         "edge a b\nedge b c\nedge c d\nedge d a\n";

/** \returns where \p node sends what is for a's loopback, in \p snapshot. */
std::set<std::string>
WayToA(const LabRun& run, const std::string& node, const std::string& snapshot)
{
    std::set<std::string> ways;
    for (const LabRow& row : run.GetRows(
             "routes", {{"snapshot", snapshot}, {"node", node}, {"prefix", "10.255.0.1/32"}}))
    {
        ways.insert(row.at("interface") + " " + row.at("metric"));
    }
    return ways;
}

std::string
ErrorOf(const std::string& event, const std::string& head = "duration: 10\n")
{
    try
    {
        LabRun run("rec-lab", head + "events:\n  - {at: 1s, " + event + "}\n");
    }
    catch (const InputError& error)
    {
        const std::string what = error.what();
        return what.substr(what.find("scenario.yaml:") + 14);
    }
    return "good";
}

using Ways = std::set<std::string>;

} // namespace

TEST(FabricActions, InterfaceOfALinkTakesTheOthersCarrier)
{
    LabRun run(RING, R"(
duration: 100
events:
  - {at: 60, snapshot: before}
  - {at: 61, interface: {node: b, name: eth0, state: down}}
  - {at: 63, snapshot: down}
  - {at: 64, interface: {node: b, name: eth0, state: up}}
  - {at: 90, snapshot: up}
  - {at: 91, interface: {node: a, name: lo, state: down}}
  - {at: 99, snapshot: gone}
)");
    run.Run();
    EXPECT_EQ(WayToA(run, "b", "before"), (Ways{"eth0 1"}));
    EXPECT_EQ(WayToA(run, "b", "down"), (Ways{"eth1 3"}));
    EXPECT_EQ(WayToA(run, "b", "up"), (Ways{"eth0 1"}));
    EXPECT_EQ(WayToA(run, "b", "gone"), (Ways{}));
    const std::vector<double> times = run.GetEventTimes("a", "neighbor-down");
    ASSERT_FALSE(times.empty());
    EXPECT_NEAR(times.front(), 61, 0.01) << "a sees it at once";
}

TEST(FabricActions, DeadNeighboursAreSeenUnlessTheCarrierIsKept)
{
    for (const std::string carrier : {"", ", carrier: lost", ", carrier: kept"})
    {
        LabRun run(RING,
                   "duration: 110\nevents:\n"
                   "  - {at: 60, node: {name: d, state: down" +
                       carrier +
                       "}}\n"
                       "  - {at: 62, snapshot: s}\n  - {at: 108, snapshot: late}\n");
        run.Run();
        const Ways soon = carrier == ", carrier: kept" ? Ways{"eth0 2", "eth1 2"} : Ways{"eth0 2"};
        EXPECT_EQ(WayToA(run, "c", "s"), soon) << carrier;
        EXPECT_EQ(WayToA(run, "c", "late"), (Ways{"eth0 2"})) << carrier;
    }
}

TEST(FabricActions, CostChangesWithoutLosingNeighbours)
{
    LabRun run(RING, R"(
duration: 100
events:
  - {at: 60, cost: {node: b, interface: eth0, value: 10}}
  - {at: 70, snapshot: s}
)");
    run.Run();
    EXPECT_EQ(WayToA(run, "b", "s"), (Ways{"eth1 3"}));
    EXPECT_TRUE(run.GetEventTimes("b", "neighbor-down").empty());
}

TEST(FabricActions, PrioritiesMoveDesignatedRouters)
{
    LabRun run("node a\nnode b\nnode c\nlan l\nedge a l\nedge b l\nedge c l\n", R"(
duration: 160
events:
  - {at: 100, priority: {node: a, interface: eth0, value: 9, protocol: pim}}
  - {at: 100, priority: {node: c, interface: eth0, value: 0, protocol: ospf}}
)");
    run.Run();
    const auto last = [&run](const std::string& protocol) {
        std::string detail;
        for (const LabRow& row :
             run.GetRows("events", {{"node", "b"}, {"protocol", protocol}, {"event", "dr"}}))
        {
            detail = row.at("detail");
        }
        return detail;
    };
    EXPECT_NE(last("pim").find("10.0.0.1"), std::string::npos) << last("pim");
    EXPECT_EQ(last("ospf").find("dr 10.0.0.3"), std::string::npos) << last("ospf");
    EXPECT_FALSE(last("ospf").empty());
    // While there is no Backup Designated Router, c and a are 2-Way (RFC 2328 §10.4).
    const auto count = [&run](const std::string& event) {
        return run.GetRows("events", {{"node", "c"}, {"protocol", "ospf"}, {"event", event}})
            .size();
    };
    EXPECT_EQ(count("neighbor-full"), 2 + count("neighbor-down"));
}

TEST(FabricActions, ExternalRoutesComeAndGo)
{
    LabRun run(RING, R"(
duration: 120
events:
  - {at: 60, external: {node: a, prefix: 172.16.0.0/16, metric: 7, type: 1}}
  - {at: 60, external: {node: a, prefix: 172.17.0.0/16}}
  - {at: 70, snapshot: up}
  - {at: 71, external: {node: a, prefix: 172.16.0.0/16, state: down}}
  - {at: 80, snapshot: down}
)");
    run.Run();
    const auto metric = [&run](const char* prefix, const char* snapshot) {
        return run.GetCells(
            "routes", {{"snapshot", snapshot}, {"node", "b"}, {"prefix", prefix}}, "metric");
    };
    EXPECT_EQ(metric("172.16.0.0/16", "up"), (std::set<std::string>{"8"}));
    EXPECT_EQ(metric("172.17.0.0/16", "up"), (std::set<std::string>{"20"}));
    EXPECT_EQ(metric("172.16.0.0/16", "down"), (std::set<std::string>{}));
}

TEST(FabricActions, StaticRpsComeAndGo)
{
    LabRun run(RING, R"(
duration: 80
events:
  - {at: 60, rp: {node: b, range: 239.1.0.0/16, address: 10.255.0.1}}
  - {at: 61, snapshot: up}
  - {at: 62, rp: {node: b, range: 239.1.0.0/16, address: 10.255.0.1, state: down}}
  - {at: 63, snapshot: down}
)");
    run.Run();
    EXPECT_EQ(run.GetCell("rp", {{"snapshot", "up"}, {"node", "b"}}, "rp"), "10.255.0.1");
    EXPECT_TRUE(run.GetRows("rp", {{"snapshot", "down"}}).empty());
}

TEST(FabricActions, LinkBetweenTwoOfALanCutsThemAlone)
{
    LabRun run("node a\nnode b\nnode c\nnode d\nlan l\nedge a l\nedge b l\nedge c l\nedge d l\n",
               R"(
duration: 120
events:
  - {at: 100, link: {between: [a, b], state: down}}
  - {at: 110, snapshot: s}
)");
    run.Run();
    EXPECT_EQ(run.GetCells("routes", {{"prefix", "10.0.0.0/29"}}, "node"),
              (std::set<std::string>{"c", "d"}));
}

TEST(FabricActions, LossFromOneNodeIsOneWay)
{
    LabRun run(RING, R"(
duration: 100
events:
  - {at: 60, loss: {network: a-b, rate: 1, from: a, until: 80}}
  - {at: 61, ping: {node: b, to: 10.0.0.1, count: 2}}
)");
    run.Watch("a-b");
    run.Run();
    std::size_t requests = 0;
    std::size_t replies = 0;
    for (const LabPacket& packet : run.GetPackets("a-b"))
    {
        requests += packet.header.GetProtocol() == 1 && packet.node == "b" ? 1 : 0;
        replies += packet.header.GetProtocol() == 1 && packet.node == "a" ? 1 : 0;
    }
    EXPECT_EQ(requests, 2u);
    EXPECT_EQ(replies, 2u) << "a hears b";
    for (const LabRow& row : run.GetRows("pings"))
    {
        EXPECT_EQ(row.at("rtt_ms"), "") << "b does not hear a";
    }
}

TEST(FabricActions, VxlanDownLeavesTheGroup)
{
    LabRun run("leaf-spine:spines=1,leaves=2,hosts=1", R"(
duration: 120
events:
  - {at: 60, vxlan: {nodes: [vtep0, vtep1], name: v, id: 42, group: 239.0.0.42, ttl: 10}}
  - {at: 80, snapshot: up}
  - {at: 81, vxlan-down: {nodes: [vtep1], name: v}}
  - {at: 100, snapshot: down}
)");
    run.Run();
    EXPECT_EQ(run.GetCells("igmp", {{"snapshot", "up"}}, "node"),
              (std::set<std::string>{"leaf0", "leaf1"}));
    EXPECT_EQ(run.GetCells("igmp", {{"snapshot", "down"}}, "node"),
              (std::set<std::string>{"leaf0"}));
}

TEST(FabricActions, WrongOnesAreRefused)
{
    EXPECT_EQ(ErrorOf("interface: {node: r1, name: eth9, state: down}"),
              "3: interface: r1 has no interface 'eth9', it has eth0");
    EXPECT_EQ(
        ErrorOf("cost: {node: r1, interface: eth0, value: 5}", "duration: 10\nunderlay: static\n"),
        "4: cost with underlay: static, which has no OSPF, give underlay: ospf");
    EXPECT_EQ(ErrorOf("priority: {node: r1, interface: eth0, value: 5, protocol: pim}"),
              "3: priority: r1 does not run pim, give a router");
    EXPECT_EQ(ErrorOf("external: {node: e1, prefix: 172.16.0.1/16}"),
              "3: external: prefix '172.16.0.1/16' is not right, give one such as 172.16.0.0/16, "
              "no bit set "
              "beyond its length");
    EXPECT_EQ(
        ErrorOf("rp: {node: e1, range: 10.0.0.0/8, address: 192.168.1.11}"),
        "3: rp: range '10.0.0.0/8' is not right, give a multicast prefix such as 239.0.0.0/8");
    EXPECT_EQ(ErrorOf("loss: {network: 11, rate: 1, from: r1}"),
              "3: loss: r1 is not on 11, give a node that is");
    EXPECT_EQ(ErrorOf("vxlan-down: {nodes: [r1], name: v}"),
              "3: r1 has no VXLAN device 'v' by then, add a vxlan event before");
}
