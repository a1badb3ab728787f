// SPDX-License-Identifier: GPL-2.0-only
// Tenants as a scenario has them: boot, talk, move, go; and what is refused.
#include "support/lab-program.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const std::string DEVICES =
    "  - {at: 40s, vxlan: {nodes: [r1, r2, r3], name: vxlan42, id: 42, ttl: 10, dev: eth0, "
    "remotes: [192.168.1.1, 192.168.2.2, 192.168.3.3]}}\n";

/** \returns the event of tenant t\p i behind r\p i. */
std::string
Tenant(int i, const std::string& more = "")
{
    const std::string n = std::to_string(i);
    return "  - {at: 50s, tenant: {name: t" + n + ", node: r" + n +
           ", device: vxlan42, mac: \"02:00:0" + n + ":00:00:2a\", address: 192.168.99." + n +
           "/24" + more + "}}\n";
}

std::string
Story(const std::string& events)
{
    return "duration: 140s\nevents:\n" + DEVICES + Tenant(1) + Tenant(2) + Tenant(3) + events;
}

TEST(TenantScenario, PingMoveRemove)
{
    const LabProgram run(Story("  - {at: 80s, ping: {node: t1, to: 192.168.99.2, count: 3}}\n"
                               "  - {at: 90s, move: {tenant: t2, to: r3, announce: garp}}\n"
                               "  - {at: 91s, ping: {node: t1, to: 192.168.99.2, count: 2}}\n"
                               "  - {at: 95s, snapshot: moved}\n"
                               "  - {at: 99s, remove: {tenant: t2}}\n"
                               "  - {at: 100s, ping: {node: t1, to: 192.168.99.2, count: 2}}\n"
                               "  - {at: 110s, show: {node: t1, what: ip -d link show}}\n"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(run->GetRows("pings", {{"node", "t1"}}).size(), 7u);
    EXPECT_EQ(run->GetRows("pings", {{"node", "t1"}, {"from", "192.168.99.2"}}).size(), 5u);
    EXPECT_EQ(run->GetCell("fdb",
                           {{"snapshot", "moved"}, {"node", "r1"}, {"mac", "02:00:02:00:00:2a"}},
                           "vtep"),
              "192.168.3.3");
    EXPECT_NE(ReadText(run->GetPath("transcript.txt")).find("eth0"), std::string::npos);
}

TEST(TenantScenario, TheirOwnMulticastAndFloods)
{
    const LabProgram run(
        Story("  - {at: 60s, join: {node: t2, group: 239.9.9.9}}\n"
              "  - {at: 60s, join: {node: t3, group: 239.9.9.9, interface: eth0}}\n"
              "  - {at: 70s, send: {node: t1, group: 239.9.9.9, interval: 100ms, packets: 10, "
              "name: music}}\n"
              "  - {at: 70.45s, leave: {node: t3, group: 239.9.9.9}}\n"
              "  - {at: 80s, flood: {node: t1, frames: 10, kind: unknown-unicast}}\n"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(run->GetCell("deliveries", {{"flow", "music"}, {"receiver", "t2"}}, "received"),
              "10");
    EXPECT_EQ(run->GetCell("deliveries", {{"flow", "music"}, {"receiver", "t3"}}, "received"), "5");
    EXPECT_EQ(run->GetCell("flood", {{"node", "t1"}}, "delivered_wanted"), "20");
    EXPECT_EQ(run->GetCell("flood", {{"node", "t1"}}, "device"), "vxlan42");
}

TEST(TenantScenario, ADowntimeEndsInANewPlaceUnlessTheTenantIsRemoved)
{
    const LabProgram run(
        Story("  - {at: 80s, ping: {node: t1, to: 192.168.99.2, count: 40, interval: 1s}}\n"
              "  - {at: 90.5s, move: {tenant: t2, to: r3, announce: garp, downtime: 10s}}\n"
              "  - {at: 110.5s, move: {tenant: t2, to: r2, downtime: 5s}}\n"
              "  - {at: 112s, remove: {tenant: t2}}\n"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    std::string answered;
    for (const LabRow& row : run->GetRows("pings", {{"node", "t1"}}))
    {
        answered += row.at("from").empty() ? '.' : '!';
    }
    EXPECT_EQ(answered, "!!!!!!!!!!!..........!!!!!!!!!!.........");
}

TEST(TenantScenario, SameAddressesInAnotherVni)
{
    const LabProgram run(
        "duration: 100s\nevents:\n" + DEVICES +
        "  - {at: 40s, vxlan: {nodes: [r1, r2], name: vxlan43, id: 43, ttl: 10, remotes: "
        "[192.168.1.1, 192.168.2.2]}}\n" +
        Tenant(1) + Tenant(2) +
        "  - {at: 51s, tenant: {name: u1, node: r1, device: vxlan43, mac: \"02:00:01:00:00:2a\", "
        "address: 192.168.99.1/24}}\n"
        "  - {at: 51s, tenant: {name: u2, node: r2, device: vxlan43, mac: \"02:00:02:00:00:2a\", "
        "address: 192.168.99.2/24, announce: garp}}\n"
        "  - {at: 60s, remove: {tenant: t2}}\n"
        "  - {at: 70s, ping: {node: t1, to: 192.168.99.2, count: 2}}\n"
        "  - {at: 80s, ping: {node: u1, to: 192.168.99.2, count: 2}}\n");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(run->GetRows("pings", {{"node", "t1"}, {"from", "192.168.99.2"}}).size(), 0u);
    EXPECT_EQ(run->GetRows("pings", {{"node", "u1"}, {"from", "192.168.99.2"}}).size(), 2u);
}

TEST(TenantScenario, EveryShowCommandWorksOnATenant)
{
    std::string shows;
    for (const char* what : {"ospf4 neighbor",
                             "ospf4 database",
                             "route table ipv4 unicast ospf",
                             "igmp group",
                             "igmp interface",
                             "pim neighbors",
                             "pim interface",
                             "pim bootstrap",
                             "pim rps",
                             "pim join",
                             "pim mfc",
                             "pim df",
                             "ip mroute",
                             "ip -d link show",
                             "bridge fdb show",
                             "bgp summary",
                             "bgp l2vpn evpn",
                             "evpn mac vni 42",
                             "evpn arp-cache vni 42"})
    {
        shows += std::string("  - {at: 60s, show: {node: t1, what: ") + what + "}}\n";
    }
    const LabProgram run(Story(shows));
    EXPECT_EQ(run.GetStatus(), 0) << run.GetErr();
}

TEST(TenantScenario, WrongEventsAreRefused)
{
    const auto check = [](const std::string& events, const std::string& error) {
        const LabProgram run(Story(events));
        EXPECT_EQ(run.GetStatus(), 2) << events;
        EXPECT_NE(run.GetErr().find(error), std::string::npos) << run.GetErr();
    };
    const std::string start = "  - {at: 60s, tenant: {name: ";
    const std::string mac = "mac: \"02:00:04:00:00:2a\"";
    check(start + "t1, node: r1, device: vxlan42, " + mac + "}}\n", "tenant t1 twice");
    check(start + "r2, node: r1, device: vxlan42, " + mac + "}}\n", "has a node r2");
    check(start + "t4, node: t1, device: vxlan42, " + mac + "}}\n", "unknown node 't1'");
    check(start + "t4, node: r1, device: vxlan43, " + mac + "}}\n", "no VXLAN device 'vxlan43'");
    check(start + "t4, node: e1, device: vxlan42, " + mac + "}}\n", "e1 has no VXLAN device");
    check(start + "t4, node: r1, device: vxlan42, mac: \"02:00:01:00:00:2a\"}}\n",
          "t1 has the MAC address of t4");
    check(start + "t4, node: r1, device: vxlan42, mac: \"03:00:01:00:00:2a\"}}\n", "MAC address");
    check(start + "t4, node: r1, device: vxlan42, mac: 2a}}\n", "MAC address");
    check(start + "t4, node: r1, device: vxlan42, " + mac + ", address: 192.168.99.2/24}}\n",
          "t2 has the address of t4");
    check(start + "t4, node: r1, device: vxlan42, " + mac + ", address: 192.168.99.0/24}}\n",
          "no address of a host");
    check(start + "t4, node: r1, device: vxlan42, " + mac + ", announce: garp}}\n",
          "goes with an address");
    check("  - {at: 45s, ping: {node: t1, to: 192.168.99.2}}\n", "there is no tenant t1 by then");
    check("  - {at: 60s, ping: {node: t9, to: 192.168.99.2}}\n", "unknown node 't9'");
    check("  - {at: 60s, move: {tenant: t9, to: r2}}\n", "unknown tenant 't9', there are t1, t2");
    check("  - {at: 60s, move: {tenant: t1, to: e1}}\n", "e1 has no VXLAN device");
    check("  - {at: 60s, remove: {tenant: t1}}\n  - {at: 61s, move: {tenant: t1, to: r2}}\n",
          "t1 is removed by then");
    check("  - {at: 60s, join: {node: t1, group: 239.1.1.1, interface: eth1}}\n",
          "its only interface is eth0");
    check("  - {at: 60s, flood: {node: t1, device: vxlan42, kind: arp}}\n", "leave device out");
    check(start + "t4, node: r1, device: vxlan42, " + mac +
              "}}\n  - {at: 61s, ping: {node: t4, to: 192.168.99.2}}\n",
          "t4 has no address");
}

} // namespace
