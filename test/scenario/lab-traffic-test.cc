// SPDX-License-Identifier: GPL-2.0-only
// The scenario's events that make traffic, key by key: join, leave, send, vxlan, ping, flood.
#include "support/lab-program.h"

using namespace ns3;

namespace
{

/** A scenario of routes computed once, so that everything can begin at 90 s; 239/8 has its RP. */
std::string
TrafficScenario(const std::string& events, const std::string& top = "")
{
    return "duration: 200s\n" + top + "events:\n" + events;
}

std::string
Delivered(const LabProgram& run, const std::string& flow, const std::string& receiver)
{
    const LabRow where = {{"flow", flow}, {"receiver", receiver}};
    return run->GetCell("deliveries", where, "received") + " of " +
           run->GetCell("deliveries", where, "sent");
}

TEST(LabTraffic, JoinNamesSources)
{
    const LabProgram run(TrafficScenario(
        "  - {at: 90s, join: {node: r2, group: 239.0.0.10, interface: eth0, source: 192.168.1.1}}\n"
        "  - {at: 100s, send: {node: r1, group: 239.0.0.10, rate: 10kbps, packets: 9, name: a}}\n"
        "  - {at: 100s, send: {node: r3, group: 239.0.0.10, rate: 10kbps, packets: 9, name: b}}\n"
        "  - {at: 130s, snapshot: s}\n"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(Delivered(run, "a", "r2"), "9 of 9");
    EXPECT_EQ(Delivered(run, "b", "r2"), "0 of 0");
    EXPECT_EQ(run->GetCell("deliveries", {{"flow", "b"}}, "outside"), "0");
    const LabRow e2 = {{"node", "e2"}, {"group", "239.0.0.10"}};
    EXPECT_EQ(run->GetCell("igmp", e2, "filter_mode"), "INCLUDE");
    EXPECT_EQ(run->GetCell("igmp", e2, "sources"), "192.168.1.1");
    EXPECT_EQ(run->GetCell("igmp", e2, "interface"), "eth0");
    EXPECT_EQ(run->GetCell("igmp", e2, "last_reporter"), "192.168.2.2");
    // A join that names its source needs no RP tree.
    EXPECT_EQ(run->GetCells("tib", {{"node", "e2"}}, "kind"), std::set<std::string>{"S,G"});
    EXPECT_EQ(run->GetCells("tib", {{"kind", "*,G"}}, "node"), std::set<std::string>{});
}

TEST(LabTraffic, LeaveEndsAMembership)
{
    const LabProgram run(TrafficScenario(
        "  - {at: 90s, join:  {node: r2, group: 239.0.0.10, source: [192.168.1.1, 192.168.3.3]}}\n"
        "  - {at: 90s, join:  {node: e3, group: 239.0.0.10, interface: eth0}}\n"
        "  - {at: 100s, send: {node: r1, group: 239.0.0.10, rate: 100kbps, size: 1250, name: a}}\n"
        "  - {at: 100s, send: {node: r3, group: 239.0.0.10, rate: 100kbps, size: 1250, name: b}}\n"
        "  - {at: 110s, leave: {node: r2, group: 239.0.0.10, source: 192.168.3.3}}\n"
        "  - {at: 115s, snapshot: one}\n"
        "  - {at: 120s, leave: {node: r2, group: 239.0.0.10}}\n"
        "  - {at: 130s, leave: {node: e3, group: 239.0.0.10, interface: eth0}}\n"
        // A join is as far away as the packet that it is for: 50 ms ahead of it.
        "  - {at: 139.95s, join:  {node: r2, group: 239.0.0.10}}\n"
        "  - {at: 150s, leave: {node: r2, group: 239.0.0.10}}\n"
        "  - {at: 160s, snapshot: none}\n"));
    // A packet every 100 ms; sent counts those with join <= time < leave, over both memberships.
    EXPECT_EQ(Delivered(run, "a", "r2"), "300 of 300");
    EXPECT_EQ(Delivered(run, "b", "r2"), "200 of 200");
    EXPECT_EQ(Delivered(run, "a", "e3"), "300 of 300");
    EXPECT_EQ(run->GetCell("igmp", {{"snapshot", "one"}, {"node", "e2"}}, "sources"),
              "192.168.1.1");
    EXPECT_TRUE(run->GetRows("igmp", {{"snapshot", "none"}, {"group", "239.0.0.10"}}).empty());
}

TEST(LabTraffic, SeveralNodesJoinAndLeaveAtOnce)
{
    const LabProgram run(TrafficScenario(
        "  - {at: 90s, join:  {nodes: [r2, e3], group: 239.0.0.10, print: true}}\n"
        "  - {at: 100s, send: {node: r1, group: 239.0.0.10, rate: 100kbps, size: 1250, name: a}}\n"
        "  - {at: 110s, leave: {nodes: [r2, e3], group: 239.0.0.10}}\n"));
    EXPECT_EQ(Delivered(run, "a", "r2"), "100 of 100");
    EXPECT_EQ(Delivered(run, "a", "e3"), "100 of 100");
    const std::string transcript = ReadText(run.GetPath("transcript.txt"));
    EXPECT_NE(transcript.find("r2# iperf -u -s"), std::string::npos) << transcript;
    EXPECT_NE(transcript.find("e3# iperf -u -s"), std::string::npos) << transcript;
}

TEST(LabTraffic, RateCountsPayloadBits)
{
    const LabProgram run(TrafficScenario(
        "  - {at: 90s, join: {node: r2, group: 239.0.0.10}}\n"
        // 10 kbit/s of 1470 bytes: every 1.176 s; 100 s hold 85.03 of those.
        "  - {at: 100s, send: {node: r1, group: 239.0.0.10, rate: 10kbps, size: 1470, until: 200s, "
        "name: a}}\n"
        "  - {at: 100s, send: {node: r1, group: 239.0.0.10, rate: 10kbps, packets: 7}}\n"
        "  - {at: 100s, send: {node: r3, group: 239.0.0.10, interval: 500ms, size: 8, packets: 7, "
        "ttl: 3, name: c}}\n"
        "  - {at: 100s, send: {node: r1, group: 239.0.0.10, rate: 1Mbps, packets: 1000, until: "
        "101s, "
        "name: d}}\n"));
    EXPECT_EQ(Delivered(run, "a", "r2"), "86 of 86");
    EXPECT_EQ(Delivered(run, "r1-239.0.0.10", "r2"), "7 of 7"); // the name, if none is given
    EXPECT_EQ(Delivered(run, "c", "r2"), "0 of 7");   // a TTL of 3 does not reach over four routers
    EXPECT_EQ(Delivered(run, "d", "r2"), "86 of 86"); // until comes first
    EXPECT_EQ(run->GetCells("deliveries", {{"flow", "a"}}, "source"),
              std::set<std::string>{"192.168.1.1"});
    EXPECT_EQ(run->GetCells("deliveries", {{"flow", "c"}}, "first_s"), std::set<std::string>{""});
    EXPECT_GE(run->GetNumber("deliveries", {{"flow", "a"}}, "first_s"), 100);
    EXPECT_NEAR(run->GetNumber("deliveries", {{"flow", "a"}}, "last_s"), 199.96, 0.001);
}

TEST(LabTraffic, LatencyGrowsWithTheLinks)
{
    // 1 Gbit/s and 10 us per link by default: a packet of 1498 bytes needs 12 us more on each.
    const LabProgram run(TrafficScenario("  - {at: 90s, join: {node: r2, group: 239.0.0.10}}\n"
                                         "  - {at: 100s, send: {node: r1, group: 239.0.0.10, rate: "
                                         "10kbps, packets: 9, ttl: 10}}\n"));
    const LabRow row = {{"receiver", "r2"}};
    EXPECT_NEAR(run->GetNumber("deliveries", row, "latency_min_s"), 4 * 22e-6, 2e-6);
    EXPECT_LE(run->GetNumber("deliveries", row, "latency_min_s"),
              run->GetNumber("deliveries", row, "latency_mean_s"));
    EXPECT_LE(run->GetNumber("deliveries", row, "latency_mean_s"),
              run->GetNumber("deliveries", row, "latency_max_s"));
    EXPECT_EQ(run->GetCell("deliveries", row, "reordered"), "0");
}

TEST(LabTraffic, RoutersSendAndReceive)
{
    const LabProgram run(TrafficScenario(
        "  - {at: 90s, join: {node: e2, group: 239.0.0.10, interface: eth0}}\n"
        "  - {at: 90s, join: {node: c3, group: 239.0.0.10}}\n"
        "  - {at: 100s, send: {node: e1, group: 239.0.0.10, rate: 100kbps, packets: 50, name: a}}\n"
        "  - {at: 100s, send: {node: c3, group: 239.0.0.10, rate: 100kbps, packets: 50, name: b, "
        "interface: eth1}}\n"));
    EXPECT_EQ(Delivered(run, "a", "e2"), "50 of 50");
    EXPECT_EQ(Delivered(run, "a", "c3"), "50 of 50");
    EXPECT_EQ(Delivered(run, "b", "e2"), "50 of 50");
    EXPECT_EQ(run->GetRows("deliveries", {{"flow", "b"}, {"receiver", "c3"}}).size(), 0u);
    EXPECT_EQ(run->GetCell("deliveries", {{"flow", "b"}}, "source"), "192.168.23.133");
    for (const LabRow& row : run->GetRows("deliveries"))
    {
        EXPECT_LE(std::stoi(row.at("duplicates")), 1) << row.at("flow") << row.at("receiver");
    }
}

TEST(LabTraffic, VxlanWithRemotesReplicatesAtTheHead)
{
    const LabProgram run(TrafficScenario(
        "  - {at: 90s, vxlan: {nodes: [r1, r2, r3], name: v, id: 7, remotes: [192.168.1.1, "
        "192.168.2.2, 192.168.3.3], addresses: [172.16.0.1/24, 172.16.0.2/24, 172.16.0.3/24]}}\n"
        "  - {at: 100s, snapshot: start}\n"
        "  - {at: 100s, ping: {node: r1, to: 172.16.0.2, count: 1}}\n"
        "  - {at: 110s, snapshot: ping}\n"
        "  - {at: 120s, flood: {node: r1, device: v, frames: 10, interval: 1s, kind: "
        "broadcast}}\n"));
    EXPECT_EQ(run->GetCell("pings", {{"node", "r1"}}, "from"), "172.16.0.2");
    EXPECT_TRUE(run->GetRows("links", {{"class", "vxlan-multicast"}}).empty());
    EXPECT_TRUE(run->GetRows("tib").empty());
    // The request goes to both others, the echo to r2 alone.
    EXPECT_EQ(run->GetCell("links",
                           {{"snapshot", "ping"}, {"from", "r1"}, {"class", "vxlan-unicast"}},
                           "packets"),
              "3");
    EXPECT_EQ(run->GetCells("fdb", {{"snapshot", "start"}, {"node", "r1"}}, "vtep"),
              (std::set<std::string>{"192.168.2.2", "192.168.3.3"}));
    EXPECT_EQ(run->GetCell("flood", {}, "delivered_wanted"), "20");
    EXPECT_EQ(run->GetCell("flood", {}, "copies_on_links"), "80"); // 4 links to each
}

TEST(LabTraffic, VxlanTakesItsOptions)
{
    const LabProgram run(TrafficScenario(
        "  - {at: 90s, vxlan: {nodes: [r1, r2], name: a, id: 7, group: 239.0.0.7, "
        "ttl: 20, dev: eth0, port: 4790, ageing: 30s, mtu: 1400, srcport: [50000, 50003], "
        "addresses: [172.16.0.1/24, 172.16.0.2/24]}}\n"
        "  - {at: 90s, vxlan: {nodes: [r1, r2], name: b, id: 8, group: 239.0.0.7, "
        "learning: false}}\n"
        "  - {at: 100s, ping: {node: r1, to: 172.16.0.2, count: 1}}\n"
        "  - {at: 105s, show: {node: r1, what: ip -d link show}}\n"
        "  - {at: 110s, snapshot: early}\n"
        "  - {at: 160s, snapshot: late}\n"));
    const std::string& out = run.GetOut();
    EXPECT_NE(out.find("a: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1400 "), std::string::npos) << out;
    EXPECT_NE(out.find("vxlan id 7 group 239.0.0.7 dev eth0 srcport 50000 50003 dstport 4790 "
                       "ttl 20 ageing 30 udpcsum"),
              std::string::npos)
        << out;
    EXPECT_NE(out.find("vxlan id 8 group 239.0.0.7 dev eth0 srcport 0 0 dstport 4789 "),
              std::string::npos)
        << out;
    EXPECT_NE(out.find("nolearning"), std::string::npos) << out;
    const auto learned = [&](const std::string& snapshot) {
        return run->GetRows("fdb", {{"snapshot", snapshot}, {"state", "learned"}}).size();
    };
    EXPECT_EQ(learned("early"), 2u);
    EXPECT_EQ(learned("late"), 0u);
}

TEST(LabTraffic, RoutersAreVtepsToo)
{
    const LabProgram run(TrafficScenario(
        "  - {at: 90s, vxlan: {nodes: [r1, e2, e3], name: v, id: 7, group: 239.0.0.7, ttl: 10, "
        "addresses: [172.16.0.1/24, 172.16.0.2/24, 172.16.0.3/24]}}\n"
        "  - {at: 100s, ping: {node: e2, to: 172.16.0.3, count: 2}}\n"
        "  - {at: 110s, ping: {node: r1, to: 172.16.0.255, count: 2}}\n"
        "  - {at: 120s, flood: {node: e2, device: v, frames: 100, kind: unknown-unicast}}\n"
        "  - {at: 130s, flood: {node: r1, device: v, frames: 100, kind: broadcast}}\n"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(run->GetRows("pings", {{"node", "e2"}, {"from", "172.16.0.3"}}).size(), 2u);
    EXPECT_EQ(run->GetRows("pings", {{"node", "r1"}, {"from", "172.16.0.2"}}).size(), 2u);
    EXPECT_EQ(run->GetRows("pings", {{"node", "r1"}, {"from", "172.16.0.3"}}).size(), 2u);
    for (const std::string node : {"e2", "r1"})
    {
        const double wanted = run->GetNumber("flood", {{"node", node}}, "delivered_wanted");
        EXPECT_GE(wanted, 200) << node; // arrivals at two others, at most a duplicate each
        EXPECT_LE(wanted, 202) << node;
    }
}

TEST(LabTraffic, PingTellsWhoAnswered)
{
    const LabProgram run(TrafficScenario(
        "  - {at: 90s, ping: {node: r1, to: 192.168.2.2, count: 2, interval: 500ms, size: 100}}\n"
        "  - {at: 92s, ping: {node: r1, to: 192.168.77.1, count: 1}}\n"
        "  - {at: 93s, ping: {node: c1, to: 192.168.3.3}}\n"
        "  - {at: 100s, node: {name: r2, state: down}}\n"
        "  - {at: 101s, ping: {node: r1, to: 192.168.2.2, count: 1}}\n"));
    const auto rows = run->GetRows("pings");
    ASSERT_EQ(rows.size(), 7u);
    EXPECT_EQ(rows[1].at("time_s"), "90.5");
    EXPECT_EQ(rows[1].at("sequence"), "2");
    EXPECT_EQ(rows[1].at("from"), "192.168.2.2");
    EXPECT_NE(rows[1].at("rtt_ms"), "");
    EXPECT_EQ(rows[2].at("rtt_ms"), "");
    EXPECT_EQ(rows[2].at("from"), "");
    EXPECT_EQ(rows[5].at("time_s"), "95"); // three, every second
    EXPECT_EQ(rows[6].at("rtt_ms"), "");
}

TEST(LabTraffic, FloodsOfEveryKind)
{
    // VNIs 7 and 8 share a group; r3 has only 8.
    std::string events =
        "  - {at: 90s, vxlan: {nodes: [r1, r2], name: v7, id: 7, group: 239.0.0.7, ttl: 10}}\n"
        "  - {at: 90s, vxlan: {nodes: [r2, r3], name: v8, id: 8, group: 239.0.0.7, ttl: 10}}\n"
        "  - {at: 95s, flood: {node: r1, device: v7, frames: 5, interval: 1s, kind: broadcast}}\n";
    int at = 110;
    const std::vector<std::string> kinds = {"arp", "unknown-unicast", "broadcast", "multicast"};
    for (const std::string& kind : kinds)
    {
        events += "  - {at: " + std::to_string(at) +
                  "s, flood: {node: r1, device: v7, frames: 40, " +
                  "interval: 100ms, kind: " + kind + "}}\n";
        at += 10;
    }
    const LabProgram run(TrafficScenario(events));
    const auto rows = run->GetRows("flood");
    ASSERT_EQ(rows.size(), 5u);
    for (std::size_t i = 0; i < kinds.size(); ++i)
    {
        const LabRow& row = rows[i + 1];
        EXPECT_EQ(row.at("kind"), kinds[i]);
        EXPECT_EQ(row.at("node"), "r1");
        EXPECT_EQ(row.at("device"), "v7");
        EXPECT_EQ(row.at("vni"), "7");
        EXPECT_EQ(row.at("frames"), "40");
        EXPECT_EQ(row.at("copies_on_links"), "280");   // seven links
        EXPECT_EQ(row.at("delivered_wanted"), "40");   // r2
        EXPECT_EQ(row.at("delivered_unwanted"), "40"); // r3
    }
    EXPECT_EQ(run->GetCell("drops", {{"node", "r3"}, {"protocol", "vxlan"}}, "packets"), "165");
}

TEST(LabTraffic, ANoteIsACaption)
{
    const LabProgram run(TrafficScenario("  - {at: 88s, note: \"R1 begins to send: 10 kbit/s\"}\n"
                                         "  - {at: 89s, show: {node: r1, what: igmp group}}\n"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const std::string start = "[88s] R1 begins to send: 10 kbit/s\n\n[89s] r1> show igmp group\n";
    EXPECT_EQ(ReadText(run.GetPath("transcript.txt")).substr(0, start.size()), start);
    EXPECT_EQ(run.GetOut().substr(0, start.size()), start);
}

TEST(LabTraffic, ExpectationsOfEarlierRowsSeeThoseAlone)
{
    const LabProgram run(TrafficScenario(
        "  - {at: 90s, join: {node: r2, group: 239.0.0.10}}\n"
        "  - {at: 94s, snapshot: joined}\n"
        "  - {at: 95s, leave: {node: r2, group: 239.0.0.10}}\n"
        "  - {at: 150s, snapshot: left}\n"
        "  - {at: 151s, expect: {table: igmp, where: {snapshot: joined, node: e2}, rows: 1}}\n"
        "  - {at: 151s, expect: {table: igmp, where: {snapshot: left, node: e2}, rows: 0}}\n"
        "  - {at: 151s, expect: {table: igmp, where: {node: e2}, rows: 0}}\n"
        "  - {at: 93s, expect: {table: igmp, where: {snapshot: joined}, rows: 0}}\n"
        "  - {at: 91s, expect: {table: events, where: {node: e2, protocol: igmp, event: join}, "
        "rows: 1}}\n"
        "  - {at: 89s, expect: {table: events, where: {node: e2, protocol: igmp, event: join}, "
        "rows: 0}}\n"));
    EXPECT_EQ(run.GetStatus(), 0) << run.GetOut();
}

} // namespace
