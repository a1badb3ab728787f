// SPDX-License-Identifier: GPL-2.0-only
// Anycast-RP (RFC 4610), BFD (RFC 5880) and MSDP (RFC 3618) in runs: messages on links as tshark
// reads them, processes that stop and hang, wrong keys.
#include "support/capture.h"
#include "support/lab-program.h"
#include "support/lab-run.h"

#include <gtest/gtest.h>

#include <set>

using namespace ns3;

namespace
{

const char* const ANYCAST = "leaf-spine:spines=3,leaves=3,hosts=1,links=unnumbered,rp=anycast";
const char* const ANYCAST_BFD =
    "leaf-spine:spines=2,leaves=2,hosts=1,links=unnumbered,rp=anycast,bfd=150ms";

/** Two RPs with one address and MSDP between them, on a link of their own. */
const char* const MSDP = R"(
node a loopbacks="lo 10.255.0.1 lo1 10.254.0.1" msdp="10.255.0.1 > 10.255.0.2" staticRp="10.254.0.1 239.0.0.0/8"
node b loopbacks="lo 10.255.0.2 lo1 10.254.0.1" msdp="10.255.0.2 > 10.255.0.1" staticRp="10.254.0.1 239.0.0.0/8"
node l staticRp="10.254.0.1 239.0.0.0/8"
node r staticRp="10.254.0.1 239.0.0.0/8"
node v kind=vtep
node w kind=vtep
edge a b
edge l a
edge r b
edge v l
edge w r
)";

std::string
Scenario(const std::string& events, const std::string& duration = "120s")
{
    return "duration: " + duration + "\ntrees: rpt\nevents:\n" + events;
}

TEST(RedundancyScenario, ARegisterMakesMembersLessOneCopies)
{
    LabRun run(ANYCAST,
               Scenario("  - {at: 70s, send: {node: vtep0, group: 239.1.1.1, rate: 8kbps, size: "
                        "1000, ttl: 10, packets: 1}}\n"));
    for (const TopologyNetwork& network : run.GetTopology().networks)
    {
        run.Watch(network.name);
    }
    EXPECT_EQ(run.Run(), 0u) << run.GetPrinted();
    std::size_t toTheRp = 0;
    std::multiset<Ipv4Address> copies;
    std::set<Ipv4Address> senders;
    for (const TopologyNetwork& network : run.GetTopology().networks)
    {
        for (const auto& message : run.GetPim<PimRegister>(network.name))
        {
            if (message.body.nullRegister)
            {
                continue;
            }
            if (message.header.GetDestination() == Ipv4Address("10.254.0.1"))
            {
                ++toTheRp;
            }
            else if (message.node.compare(0, 5, "spine") == 0)
            {
                copies.insert(message.header.GetDestination());
                senders.insert(message.header.GetSource());
            }
        }
    }
    EXPECT_EQ(toTheRp, 1u);
    EXPECT_EQ(copies.size(), 2u) << "three members less one";
    ASSERT_EQ(senders.size(), 1u);
    EXPECT_EQ(copies.count(*senders.begin()), 0u) << "under the member's own address";
}

TEST(RedundancyScenario, TsharkDecodesAnycastRegisters)
{
    if (!Capture::HasTshark())
    {
        GTEST_SKIP() << "tshark is not installed";
    }
    LabRun run(ANYCAST,
               Scenario("  - {at: 70s, send: {node: vtep0, group: 239.1.1.1, rate: 800bps, size: "
                        "1000, ttl: 10, packets: 3}}\n",
                        "190s"),
               "spine0:*,spine1:*,spine2:*");
    EXPECT_EQ(run.Run(), 0u) << run.GetPrinted();
    run.Close();
    std::set<std::string> copied; // source and destination of what one spine sends to others
    std::set<std::string> nulls;  // the same of Null-Registers
    for (const std::string spine : {"spine0", "spine1", "spine2"})
    {
        for (const std::string interface : {"eth0", "eth1", "eth2"})
        {
            const Capture capture(
                run.GetPath(spine + "-" + interface + ".pcap"),
                {"pim.type", "pim.register_flag.null_register", "ip.src", "ip.dst"});
            EXPECT_EQ(capture.FindFaults(), "") << spine << " " << interface;
            for (const Capture::Frame& frame : capture.GetFrames())
            {
                if (frame.count("pim.type") == 0 || frame.at("pim.type").front() != "1" ||
                    frame.at("ip.dst").front() == "10.254.0.1")
                {
                    continue;
                }
                const bool isNull = frame.count("pim.register_flag.null_register") != 0 &&
                                    frame.at("pim.register_flag.null_register").front() == "1";
                (isNull ? nulls : copied)
                    .insert(frame.at("ip.src").front() + " " + frame.at("ip.dst").front());
            }
        }
    }
    EXPECT_EQ(copied.size(), 2u) << "from one member to two others";
    EXPECT_EQ(nulls, copied) << "Null-Registers are copied alike";
}

TEST(RedundancyScenario, TsharkDecodesBfd)
{
    if (!Capture::HasTshark())
    {
        GTEST_SKIP() << "tshark is not installed";
    }
    LabRun run(ANYCAST_BFD, Scenario("  - {at: 59s, note: end}\n", "60s"), "leaf0:eth0");
    EXPECT_EQ(run.Run(), 0u) << run.GetPrinted();
    run.Close();
    const Capture capture(run.GetPath("leaf0-eth0.pcap"),
                          {"bfd.version",
                           "bfd.sta",
                           "bfd.flags.p",
                           "bfd.flags.f",
                           "bfd.detect_time_multiplier",
                           "bfd.desired_min_tx_interval",
                           "ip.ttl",
                           "udp.dstport"});
    std::size_t packets = 0;
    std::set<std::string> states;
    for (const Capture::Frame& frame : capture.GetFrames())
    {
        if (frame.count("bfd.sta") == 0)
        {
            continue;
        }
        ++packets;
        states.insert(frame.at("bfd.sta").front());
        EXPECT_EQ(frame.at("ip.ttl").front(), "255");
        EXPECT_EQ(frame.at("udp.dstport").front(), "3784");
    }
    EXPECT_EQ(capture.FindFaults(), "");
    EXPECT_GT(packets, 1000u) << "20 a second";
    EXPECT_EQ(states.size(), 3u) << "Down, Init, Up";
}

TEST(RedundancyScenario, TsharkDecodesMsdp)
{
    if (!Capture::HasTshark())
    {
        GTEST_SKIP() << "tshark is not installed";
    }
    LabRun run(MSDP,
               Scenario("  - {at: 60s, join: {node: w, group: 239.1.1.1}}\n"
                        "  - {at: 70s, send: {node: v, group: 239.1.1.1, rate: 8kbps, size: 1000, "
                        "ttl: 10, until: 110s, name: f}}\n"
                        "  - {at: 119s, expect: {table: deliveries, where: {flow: f}, at-most: "
                        "{lost: 2, duplicates: 0}}}\n"),
               "a:*");
    EXPECT_EQ(run.Run(), 0u) << run.GetPrinted();
    run.Close();
    const Capture capture(run.GetPath("a-eth0.pcap"),
                          {"msdp.type", "msdp.sa.group_addr", "msdp.sa.src_addr", "tcp.dstport"});
    std::size_t keepalives = 0;
    std::size_t actives = 0;
    for (const Capture::Frame& frame : capture.GetFrames())
    {
        for (const std::string& type :
             frame.count("msdp.type") != 0 ? frame.at("msdp.type") : std::vector<std::string>())
        {
            keepalives += type == "4" ? 1 : 0;
            actives += type == "1" ? 1 : 0;
        }
        if (frame.count("msdp.sa.group_addr") != 0)
        {
            EXPECT_EQ(frame.at("msdp.sa.group_addr").front(), "239.1.1.1");
        }
        EXPECT_EQ(frame.count("_ws.malformed"), 0u);
    }
    EXPECT_GE(keepalives, 2u);
    EXPECT_GE(actives, 1u);
}

TEST(RedundancyScenario, MsdpTablesCountsAndProcesses)
{
    LabRun run(
        MSDP,
        Scenario("  - {at: 70s, send: {node: v, group: 239.1.1.1, rate: 8kbps, size: 1000, ttl: "
                 "10, until: 300s, name: f}}\n"
                 "  - {at: 80s, snapshot: one}\n"
                 "  - {at: 80s, expect: {table: msdp, where: {node: a}, equals: {group: "
                 "239.1.1.1, rp: 10.255.0.1, peer: ''}}}\n"
                 "  - {at: 80s, expect: {table: msdp, where: {node: b}, equals: {rp: 10.255.0.1, "
                 "peer: 10.255.0.1}}}\n"
                 "  - {at: 80s, expect: {table: control, where: {snapshot: one, node: a, protocol: "
                 "msdp, "
                 "direction: sent, message: source-active}, at-least: {count: 1, bytes: 20}}}\n"
                 "  - {at: 90s, process: {node: a, protocol: msdp, state: stop}}\n"
                 "  - {at: 95s, expect: {table: events, where: {node: b, protocol: msdp, event: "
                 "session-down}, rows: 1}}\n"
                 "  - {at: 239s, expect: {table: msdp, where: {node: b}, rows: 0}}\n"
                 "  - {at: 240s, process: {node: a, protocol: msdp, state: run}}\n"
                 "  - {at: 290s, expect: {table: msdp, where: {node: b}, rows: 1}}\n",
                 "300s"));
    EXPECT_EQ(run.Run(), 0u) << run.GetPrinted();
}

TEST(RedundancyScenario, BfdThatEndsIsNoFailureAndBfdThatHangsIsOne)
{
    LabRun run(ANYCAST_BFD,
               Scenario("  - {at: 60s, process: {node: leaf0, protocol: bfd, state: stop}}\n"
                        "  - {at: 70s, process: {node: leaf0, protocol: bfd, state: run}}\n"
                        "  - {at: 80s, expect: {table: events, where: {node: leaf0, protocol: bfd, "
                        "event: session-up}, rows: 4}}\n"
                        "  - {at: 80s, process: {node: leaf1, protocol: ospf, state: stop}}\n"
                        "  - {at: 80.5s, expect: {table: events, where: {node: spine0, protocol: "
                        "ospf, event: neighbor-down}, rows: 1}}\n"));
    EXPECT_EQ(run.Run(), 0u) << run.GetPrinted();
}

TEST(RedundancyScenario, WrongKeysAreRefused)
{
    const auto errorOf = [](const std::string& topology) {
        try
        {
            LabRun run(topology, Scenario("  - {at: 1s, note: x}\n", "2s"));
        }
        catch (const std::exception& error)
        {
            return std::string(error.what());
        }
        return std::string();
    };
    const auto with = [](const std::string& node, const std::string& edge) {
        return "node a candidateRp=eth0 candidateBsr=eth0 " + node +
               "\nnode b\nnode v kind=vtep\nedge a b " + edge + "\nedge v a\n";
    };
    EXPECT_EQ(errorOf(with("", "bfd=150ms")), "");
    EXPECT_NE(errorOf(with("", "bfd=0ms")).find("3us to 1h"), std::string::npos);
    EXPECT_NE(errorOf(with("", "bfd=soon")).find("such as 150ms"), std::string::npos);
    EXPECT_NE(errorOf(with("loopbacks=\"lo 10.255.0.1\" msdp=\"10.255.0.1 10.255.0.2\"", ""))
                  .find("peerings such as"),
              std::string::npos);
    EXPECT_NE(errorOf(with("loopbacks=\"lo 10.255.0.1\" msdp=\"10.255.0.9 > 10.255.0.2\"", ""))
                  .find("expected an address of its own"),
              std::string::npos);
    EXPECT_NE(errorOf("leaf-spine:spines=2,leaves=2,hosts=1,bfd=never").find("detection time"),
              std::string::npos);
}

} // namespace
