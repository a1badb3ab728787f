// SPDX-License-Identifier: GPL-2.0-only
// The R/E/C lab's VTEPs: VXLAN 42 over 239.0.0.42, as the article tells it.
#include "ns3/text.h"

#include "support/lab-program.h"

#include <regex>

using namespace ns3;

namespace
{

/** Three VTEPs, a ping, a second one, one to the broadcast address; a snapshot after each. */
const std::string VXLAN_STORY = R"(
duration: 200s
events:
  - {at: 90s, vxlan: {nodes: [r1, r2, r3], name: vxlan42, id: 42, group: 239.0.0.42, ttl: 10, dev: eth0, port: 8472, addresses: [192.168.99.1/24, 192.168.99.2/24, 192.168.99.3/24]}}
  - {at: 95s, show: {node: r1, what: ip -d link show}}
  - {at: 95s, show: {node: r1, what: bridge fdb show}}
  - {at: 100s, snapshot: start}
  - {at: 100s, ping: {node: r1, to: 192.168.99.2, count: 5, interval: 1s}}
  - {at: 110s, show: {node: r1, what: bridge fdb show}}
  - {at: 110s, snapshot: ping}
  - {at: 120s, ping: {node: r1, to: 192.168.99.2, count: 5, interval: 1s}}
  - {at: 130s, snapshot: second}
  - {at: 140s, ping: {node: r1, to: 192.168.99.255, count: 3, interval: 1s}}
  - {at: 150s, snapshot: broadcast}
  - {at: 160s, ping: {node: r1, to: 192.168.99.3, count: 1}}
  - {at: 170s, snapshot: third}
)";

/** \returns packets and bytes of a class that a VTEP has sent in a snapshot, "0" if none. */
std::string
Sent(const LabProgram& run,
     const std::string& snapshot,
     const std::string& node,
     const std::string& linkClass)
{
    const auto rows =
        run->GetRows("links", {{"snapshot", snapshot}, {"from", node}, {"class", linkClass}});
    return rows.empty() ? "0" : rows[0].at("packets") + " x " + rows[0].at("bytes");
}

TEST(RecLabVxlan, OneArpRequestGoesToTheGroup)
{
    const LabProgram run(VXLAN_STORY);
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    // ARP: 28 + 14 inner, 50 outer; ping: 98 inner. On eth0 they are 92 and 148 bytes.
    EXPECT_EQ(Sent(run, "ping", "r1", "vxlan-multicast"), "1 x 78");
    EXPECT_EQ(Sent(run, "ping", "r1", "vxlan-unicast"), "5 x 670");
    // R2 has learned R1 from the request: the answer goes straight back, and R2 asks nobody.
    EXPECT_EQ(Sent(run, "ping", "r2", "vxlan-multicast"), "0");
    EXPECT_EQ(Sent(run, "ping", "r2", "vxlan-unicast"), "6 x 748");
    EXPECT_EQ(Sent(run, "ping", "r3", "vxlan-multicast"), "0");
    EXPECT_EQ(Sent(run, "ping", "r3", "vxlan-unicast"), "0");
}

TEST(RecLabVxlan, EveryPingIsAnswered)
{
    const LabProgram run(VXLAN_STORY);
    const auto rows = run->GetRows("pings", {{"to", "192.168.99.2"}});
    ASSERT_EQ(rows.size(), 10u);
    for (std::size_t i = 0; i < rows.size(); ++i)
    {
        EXPECT_EQ(rows[i].at("node"), "r1");
        EXPECT_EQ(rows[i].at("from"), "192.168.99.2");
        EXPECT_EQ(rows[i].at("sequence"), std::to_string(i % 5 + 1));
        EXPECT_EQ(rows[i].at("time_s"), std::to_string((i < 5 ? 100 : 120) + i % 5));
        EXPECT_LT(ParseReal(rows[i].at("rtt_ms")).value(), 1);
    }
}

TEST(RecLabVxlan, SecondPingSendsNothingToTheGroup)
{
    const LabProgram run(VXLAN_STORY);
    EXPECT_TRUE(
        run->GetRows("links", {{"snapshot", "second"}, {"class", "vxlan-multicast"}}).empty());
    EXPECT_EQ(Sent(run, "second", "r1", "vxlan-unicast"), "5 x 670");
    EXPECT_EQ(Sent(run, "second", "r2", "vxlan-unicast"), "5 x 670");
}

TEST(RecLabVxlan, BroadcastPingGoesToTheGroup)
{
    const LabProgram run(VXLAN_STORY);
    EXPECT_EQ(Sent(run, "broadcast", "r1", "vxlan-multicast"), "3 x 402");
    // R3 has to ask for R1's address; R1's answer to that is its only unicast packet.
    EXPECT_EQ(Sent(run, "broadcast", "r3", "vxlan-multicast"), "1 x 78");
    EXPECT_EQ(Sent(run, "broadcast", "r1", "vxlan-unicast"), "1 x 78");
    EXPECT_EQ(Sent(run, "broadcast", "r2", "vxlan-unicast"), "3 x 402");
    EXPECT_EQ(Sent(run, "broadcast", "r3", "vxlan-unicast"), "3 x 402");
    for (const std::string from : {"192.168.99.2", "192.168.99.3"})
    {
        EXPECT_EQ(run->GetRows("pings", {{"to", "192.168.99.255"}, {"from", from}}).size(), 3u);
    }
    EXPECT_EQ(run->GetRows("pings", {{"to", "192.168.99.255"}}).size(), 6u);
    // R1 knows R3 now.
    EXPECT_EQ(Sent(run, "third", "r1", "vxlan-multicast"), "0");
    EXPECT_EQ(run->GetCell("pings", {{"to", "192.168.99.3"}}, "from"), "192.168.99.3");
}

TEST(RecLabVxlan, ForwardingDatabases)
{
    const LabProgram run(VXLAN_STORY);
    const auto learned = [&](const std::string& snapshot, const std::string& node) {
        return run->GetCells(
            "fdb", {{"snapshot", snapshot}, {"node", node}, {"state", "learned"}}, "vtep");
    };
    EXPECT_EQ(learned("ping", "r1"), std::set<std::string>{"192.168.2.2"});
    EXPECT_EQ(learned("ping", "r2"), std::set<std::string>{"192.168.1.1"});
    EXPECT_EQ(learned("ping", "r3"), std::set<std::string>{"192.168.1.1"});
    EXPECT_EQ(learned("broadcast", "r1"), (std::set<std::string>{"192.168.2.2", "192.168.3.3"}));
    const LabRow fallback = {{"mac", "00:00:00:00:00:00"}, {"snapshot", "start"}};
    EXPECT_EQ(run->GetRows("fdb", fallback).size(), 3u);
    EXPECT_EQ(run->GetCells("fdb", fallback, "vtep"), std::set<std::string>{"239.0.0.42"});
    EXPECT_EQ(run->GetCells("fdb", fallback, "state"), std::set<std::string>{"permanent"});
    EXPECT_EQ(run->GetCells("fdb", {}, "vni"), std::set<std::string>{"42"});
    EXPECT_EQ(run->GetCells("fdb", {}, "device"), std::set<std::string>{"vxlan42"});
    EXPECT_LT(run->GetNumber(
                  "fdb", {{"snapshot", "ping"}, {"node", "r3"}, {"state", "learned"}}, "age_s") -
                  10,
              0.001); // only the ARP request came by there
}

/** \returns the lines that a show command has printed, \p number from 0. */
std::string
GetShown(const LabProgram& run, const std::string& command, std::size_t number)
{
    const std::string text = run.GetOut();
    std::size_t start = 0;
    for (std::size_t i = 0; i <= number; ++i)
    {
        start = text.find(command + "\n", start + 1);
    }
    start = text.find('\n', start) + 1;
    return text.substr(start, text.find("\n\n", start) + 1 - start);
}

TEST(RecLabVxlan, BridgeFdbShowReadsAsIproute2s)
{
    const LabProgram run(VXLAN_STORY);
    EXPECT_EQ(GetShown(run, "r1# bridge fdb show", 0),
              "00:00:00:00:00:00 dev vxlan42 dst 239.0.0.42 via eth0 self permanent\n");
    EXPECT_TRUE(std::regex_match(
        GetShown(run, "r1# bridge fdb show", 1),
        std::regex("([0-9a-f]{2}:){5}[0-9a-f]{2} dev vxlan42 dst 192.168.2.2 self \n"
                   "00:00:00:00:00:00 dev vxlan42 dst 239.0.0.42 via eth0 self permanent\n")))
        << GetShown(run, "r1# bridge fdb show", 1);
}

TEST(RecLabVxlan, IpLinkShowReadsAsIproute2s)
{
    const LabProgram run(VXLAN_STORY);
    const std::string shown = GetShown(run, "r1# ip -d link show", 0);
    const std::size_t start = shown.find("3: vxlan42");
    ASSERT_NE(start, std::string::npos) << shown;
    // As the kernel printed it in the same lab, but for the hardware address.
    EXPECT_EQ(
        std::regex_replace(shown.substr(start), std::regex("ether ([0-9a-f:]{17})"), "ether MAC"),
        "3: vxlan42: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue state UNKNOWN mode "
        "DEFAULT group default qlen 1000\n"
        "    link/ether MAC brd ff:ff:ff:ff:ff:ff promiscuity 0  allmulti 0 minmtu 68 maxmtu 65535 "
        "\n"
        "    vxlan id 42 group 239.0.0.42 dev eth0 srcport 0 0 dstport 8472 ttl 10 ageing 300 "
        "udpcsum noudp6zerocsumtx noudp6zerocsumrx addrgenmode eui64 numtxqueues 1 numrxqueues 1 "
        "gso_max_size 65536 gso_max_segs 65535 tso_max_size 524280 tso_max_segs 65535 "
        "gro_max_size 65536\n");
}

TEST(RecLabVxlan, LargestInnerPacketIs1450Bytes)
{
    // 20 + 8 + 1422 = 1450 goes as it is; one byte more goes in two inner fragments.
    const LabProgram run(
        "duration: 130s\nevents:\n"
        "  - {at: 90s, vxlan: {nodes: [r1, r2], name: v, id: 7, group: 239.0.0.7, "
        "ttl: 10, addresses: [192.168.99.1/24, 192.168.99.2/24]}}\n"
        "  - {at: 100s, ping: {node: r1, to: 192.168.99.2, count: 1}}\n"
        "  - {at: 105s, snapshot: arp}\n"
        "  - {at: 105s, ping: {node: r1, to: 192.168.99.2, count: 1, size: 1422}}\n"
        "  - {at: 110s, snapshot: whole}\n"
        "  - {at: 110s, ping: {node: r1, to: 192.168.99.2, count: 1, size: 1423}}\n"
        "  - {at: 115s, snapshot: fragments}\n");
    EXPECT_EQ(Sent(run, "whole", "r1", "vxlan-unicast"), "1 x 1500");
    EXPECT_EQ(Sent(run, "fragments", "r1", "vxlan-unicast").substr(0, 4), "2 x ");
    EXPECT_EQ(run->GetRows("pings", {{"from", "192.168.99.2"}}).size(), 3u);
}

TEST(RecLabVxlan, SilentAddressesAgeOut)
{
    const LabProgram run("duration: 500s\nevents:\n"
                         "  - {at: 90s, vxlan: {nodes: [r1, r2], name: v, id: 7, group: 239.0.0.7, "
                         "ttl: 10, addresses: [192.168.99.1/24, 192.168.99.2/24]}}\n"
                         "  - {at: 100s, ping: {node: r1, to: 192.168.99.2, count: 1}}\n"
                         "  - {at: 390s, snapshot: before}\n"
                         "  - {at: 420s, snapshot: after}\n");
    EXPECT_EQ(run->GetRows("fdb", {{"snapshot", "before"}, {"state", "learned"}}).size(), 2u);
    EXPECT_EQ(run->GetRows("fdb", {{"snapshot", "after"}, {"state", "learned"}}).size(), 0u);
    EXPECT_EQ(run->GetRows("events", {{"event", "age"}}).size(), 2u);
    EXPECT_EQ(run->GetRows("events", {{"event", "learn"}, {"protocol", "vxlan"}}).size(), 2u);
}

TEST(RecLabVxlan, TheStoryHoldsUnderEveryTreePolicyAndSeed)
{
    for (const std::string trees : {"rpt", "rpt-register", "spt"})
    {
        for (const std::string seed : {"1", "2"})
        {
            const LabProgram run(
                "trees: " + trees + "\n" + VXLAN_STORY, REC_LAB, "--RngRun=" + seed);
            EXPECT_EQ(Sent(run, "ping", "r1", "vxlan-multicast"), "1 x 78") << trees;
            EXPECT_EQ(Sent(run, "ping", "r2", "vxlan-multicast"), "0") << trees;
            EXPECT_EQ(run->GetRows("pings", {{"rtt_ms", ""}}).size(), 0u) << trees;
            EXPECT_EQ(run->GetRows("pings").size(), 17u) << trees;
        }
    }
}

} // namespace
