// SPDX-License-Identifier: GPL-2.0-only
// IGMP in the simulator, with PIM above it: leaves in packets, change of querier, versions side by
// side, source lists, hosts that crash, fast leave, limits, the SSM range (RFC 2236, RFC 3376, RFC
// 4604); and what IGMP sends to a group is no data of that group.
#include "lab-names.h"

#include "ns3/text.h"

#include "support/lab-run.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/** The IGMP versions on LAN 2. */
struct Versions
{
    int b{3};
    int c{3};
    int h1{3};
    int h2{3};
};

/**
 * Sources s1, s2 on LAN 1 behind a, the RP; members h1, h2 on LAN 2, where b is the querier and c
 * the DR. One copy of everything comes from c.
 */
std::string
MakeLan(const Versions& versions = {}, const std::string& more = "")
{
    const std::string rp = " staticRp=\"192.168.12.11 239.0.0.0/8\"\n";
    auto edge = [](const std::string& node, int host, int version) {
        return "edge " + node + " 2 address=192.168.2." + std::to_string(host) +
               " igmpVersion=" + std::to_string(version) + "\n";
    };
    return "node s1 kind=host\nnode s2 kind=host\nnode h1 kind=host\nnode h2 kind=host\n"
           "node a" +
           rp + "node b" + rp + "node c" + rp +
           "lan 1 network=192.168.1.0/24\nlan 2 network=192.168.2.0/24\n"
           "lan 12 network=192.168.12.0/24\n"
           "edge s1 1 address=192.168.1.1\nedge s2 1 address=192.168.1.2\n"
           "edge a 1 address=192.168.1.11\nedge a 12 address=192.168.12.11\n"
           "edge b 12 address=192.168.12.12\nedge c 12 address=192.168.12.13\n" +
           edge("b", 12, versions.b) + edge("c", 13, versions.c) + edge("h1", 1, versions.h1) +
           edge("h2", 2, versions.h2) + more;
}

const Ipv4Address S1("192.168.1.1");
const Ipv4Address S2("192.168.1.2");
const Ipv4Address B("192.168.2.12");
const Ipv4Address C("192.168.2.13");

/** A round trip of small packets on a LAN of 10 us. */
constexpr double ROUND_TRIP = 0.0001;

/** \returns a `send` event: 100-byte packets, \p rate a second. */
std::string
Send(const std::string& node, int from, int until, int rate, const std::string& group)
{
    return "  - {at: " + std::to_string(from) + ", send: {node: " + node + ", group: " + group +
           ", size: 100, rate: " + std::to_string(rate * 800) +
           "bps, until: " + std::to_string(until) + ", name: " + node + "}}\n";
}

std::string
Send(const std::string& node, int from, int until, int rate)
{
    return Send(node, from, until, rate, "239.0.0.10");
}

/** \returns when the packets of \p source to \p group went over a network. */
std::vector<double>
GetTimes(const LabRun& run,
         const std::string& network,
         Ipv4Address source,
         Ipv4Address group = GROUP)
{
    std::vector<double> times;
    for (const LabDatum& datum : run.GetData(network, group))
    {
        if (datum.source == source)
        {
            times.push_back(datum.time);
        }
    }
    return times;
}

/** \returns when messages of a type were sent by \p node (any if empty). */
std::vector<double>
GetIgmpTimes(const LabRun& run, uint8_t type, const std::string& node, double from = 0)
{
    std::vector<double> times;
    for (const auto& message : run.GetIgmp("2"))
    {
        if (message.body.type == type && (node.empty() || message.node == node) &&
            message.time >= from)
        {
            times.push_back(message.time);
        }
    }
    return times;
}

/** \returns when General Queries were sent by \p node. */
std::vector<double>
GetGeneralQueryTimes(const LabRun& run, const std::string& node)
{
    std::vector<double> times;
    for (const auto& message : run.GetIgmp("2"))
    {
        if (message.body.type == IgmpMessage::QUERY && message.body.group.IsAny() &&
            message.node == node)
        {
            times.push_back(message.time);
        }
    }
    return times;
}

// ---- Leaves ----

class IgmpLeaveScenario : public testing::TestWithParam<int>
{
  protected:
    std::string MakeTopology() const
    {
        return MakeLan({GetParam(), GetParam(), GetParam(), GetParam()});
    }
};

TEST_P(IgmpLeaveScenario, TrafficEndsTwoSecondsAndARoundTripAfterTheLastLeave)
{
    LabRun run(MakeTopology(),
               "duration: 130\nevents:\n"
               "  - {at: 40, join: {node: h1, group: 239.0.0.10}}\n"
               "  - {at: 100, leave: {node: h1, group: 239.0.0.10}}\n" +
                   Send("s1", 60, 129, 200));
    run.Watch("2");
    run.Run();
    const std::vector<double> times = GetTimes(run, "2", S1);
    EXPECT_LE(times.back(), 102 + ROUND_TRIP);
    EXPECT_GE(times.back(), 102 - 0.006);
    EXPECT_EQ(run.GetCell("deliveries", {{"receiver", "h1"}}, "lost"), "0");
    EXPECT_EQ(run.GetCell("deliveries", {{"receiver", "h1"}}, "duplicates"), "0");
    EXPECT_EQ(run.GetDuplicateTimes("2", GROUP).size(), 0u);
    for (const char* router : {"b", "c"})
    {
        const std::vector<double> left = run.GetEventTimes(router, "leave", "239.0.0.10");
        ASSERT_EQ(left.size(), 1u) << router;
        EXPECT_NEAR(left[0], 102, ROUND_TRIP) << router << ", querier or not";
    }
    // [Last Member Query Count] Queries of the group, from the querier alone.
    EXPECT_EQ(GetIgmpTimes(run, IgmpMessage::QUERY, "b", 100).size(), 2u);
    EXPECT_EQ(GetIgmpTimes(run, IgmpMessage::QUERY, "c", 100).size(), 0u);
}

TEST_P(IgmpLeaveScenario, AMemberThatStaysLosesNothing)
{
    LabRun run(MakeTopology(),
               "duration: 160\nevents:\n"
               "  - {at: 40, join: {node: h1, group: 239.0.0.10}}\n"
               "  - {at: 55, join: {node: h2, group: 239.0.0.10}}\n"
               "  - {at: 100, leave: {node: h2, group: 239.0.0.10}}\n"
               "  - {at: 130, leave: {node: h1, group: 239.0.0.10}}\n" +
                   Send("s1", 60, 159, 200));
    run.Watch("2");
    run.Run();
    for (const char* host : {"h1", "h2"})
    {
        EXPECT_EQ(run.GetCell("deliveries", {{"receiver", host}}, "lost"), "0") << host;
    }
    // h1 answers the Query that h2's leave brings about, within [Last Member Query Interval].
    const uint8_t report = GetParam() == 2 ? IgmpMessage::V2_REPORT : IgmpMessage::V3_REPORT;
    const std::vector<double> answers = GetIgmpTimes(run, report, "h1", 100);
    ASSERT_FALSE(answers.empty());
    EXPECT_LE(answers[0], 101 + ROUND_TRIP);
    EXPECT_EQ(run.GetEventTimes("c", "leave").size(), 1u);
    const std::vector<double> times = GetTimes(run, "2", S1);
    EXPECT_GE(times.back(), 132 - 0.006);
    EXPECT_LE(times.back(), 132 + ROUND_TRIP);
}

TEST_P(IgmpLeaveScenario, WhatIgmpSendsToTheGroupIsNoData)
{
    LabRun run(MakeTopology(),
               "duration: 430\nevents:\n"
               "  - {at: 40, join: {node: h1, group: 239.0.0.10}}\n"
               "  - {at: 41, join: {node: h2, group: 239.0.0.10}}\n"
               "  - {at: 410, leave: {node: h2, group: 239.0.0.10}}\n"
               "  - {at: 420, snapshot: end}\n" +
                   Send("s1", 300, 400, 10));
    run.Watch("2");
    run.Watch("12");
    run.Run();
    // Reports of version 2 and Queries of the group carry its address as their destination.
    std::size_t toGroup = 0;
    for (const LabPacket& packet : run.GetPackets("2"))
    {
        toGroup += packet.header.GetProtocol() == 2 && packet.header.GetDestination() == GROUP;
    }
    EXPECT_GE(toGroup, GetParam() == 2 ? 8u : 2u);
    for (const char* router : {"a", "b", "c"})
    {
        for (const LabRow& row : run.GetRows("tib", {{"node", router}, {"kind", "S,G"}}))
        {
            EXPECT_EQ(row.at("source"), "192.168.1.1") << router;
        }
        for (const LabRow& row : run.GetRows("mfc", {{"node", router}}))
        {
            EXPECT_TRUE(row.at("source") == "*" || row.at("source") == "192.168.1.1") << router;
        }
        EXPECT_EQ(run.GetEventTimes(router, "assert-won").size(), 0u) << router;
        EXPECT_EQ(run.GetEventTimes(router, "assert-lost").size(), 0u) << router;
    }
    EXPECT_EQ(run.GetPim<PimAssert>("2").size(), 0u);
    for (const LabMessage<PimRegister>& message : run.GetPim<PimRegister>("12"))
    {
        ADD_FAILURE() << "Register at " << message.time << ": the RP is the first hop";
    }
    for (const LabPacket& packet : run.GetPackets("12"))
    {
        EXPECT_FALSE(packet.header.GetProtocol() == 2 && packet.header.GetDestination() == GROUP);
    }
    // What the (*,G) and (S,G) rows of the last hop counted are the 1,000 packets, and no more.
    double counted = 0;
    for (const LabRow& row : run.GetRows("mfc", {{"node", "c"}, {"group", "239.0.0.10"}}))
    {
        counted += ParseReal(row.at("packets")).value();
    }
    EXPECT_EQ(counted, 1000);
}

INSTANTIATE_TEST_SUITE_P(Versions, IgmpLeaveScenario, testing::Values(2, 3));

TEST(IgmpScenario, FastLeaveEndsTrafficAtOnce)
{
    LabRun run(MakeLan({2, 2, 2, 2}),
               "duration: 110\ndefaults: {ns3::IgmpProtocol::FastLeave: true}\nevents:\n"
               "  - {at: 40, join: {node: h1, group: 239.0.0.10}}\n"
               "  - {at: 100, leave: {node: h1, group: 239.0.0.10}}\n" +
                   Send("s1", 60, 109, 200));
    run.Watch("2");
    run.Run();
    EXPECT_LE(GetTimes(run, "2", S1).back(), 100 + ROUND_TRIP);
    EXPECT_EQ(GetIgmpTimes(run, IgmpMessage::QUERY, "b", 100).size(), 0u);
}

// ---- Querier ----

TEST(IgmpScenario, TheLowestAddressTakesOverAndIsReplaced255SecondsAfterItsLastQuery)
{
    LabRun run(MakeLan({},
                       "node d staticRp=\"192.168.12.11 239.0.0.0/8\"\n"
                       "edge d 2 address=192.168.2.14\n"),
               R"(
duration: 720
events:
  - {at: 10, node: {name: b, state: down}}
  - {at: 300, node: {name: b, state: up}}
  - {at: 400, node: {name: b, state: down}}
  - {at: 700, node: {name: b, state: up}}
  - {at: 290, show: {node: d, what: igmp interface}}
  - {at: 390, show: {node: d, what: igmp interface}}
  - {at: 690, show: {node: d, what: igmp interface}}
)");
    run.Watch("2");
    run.Run();
    auto expectTimes = [](const std::vector<double>& times, const std::vector<double>& expected) {
        ASSERT_EQ(times.size(), expected.size());
        for (std::size_t i = 0; i < times.size(); ++i)
        {
            EXPECT_NEAR(times[i], expected[i], ROUND_TRIP);
        }
    };
    // [Startup Query Count] Queries at the start-up interval, then one each [Query Interval].
    expectTimes(GetGeneralQueryTimes(run, "b"), {0, 300, 331.25, 700});
    // c and d yield in an instant, and are back [Other Querier Present Interval] after b's last.
    const std::vector<double> queriesOfC = GetGeneralQueryTimes(run, "c");
    expectTimes({queriesOfC.begin() + 1, queriesOfC.end()}, {255, 586.25});
    for (const char* router : {"c", "d"})
    {
        expectTimes(run.GetEventTimes(router, "querier", "192.168.2.12"), {0, 300, 700});
        EXPECT_NEAR(
            run.GetEventTimes(router, "querier", "192.168.2.13").back(), 586.25, ROUND_TRIP);
    }
    for (double time : GetGeneralQueryTimes(run, "d"))
    {
        EXPECT_TRUE(time < 1 || std::abs(time - 255) < 1 || std::abs(time - 586.25) < 1)
            << "d speaks at the same instants as c, and no more: " << time;
    }
    auto shown = [](const std::string& when, const std::string& querierAndTimeout) {
        return "[" + when + "s] d> show igmp interface\n" +
               "Interface    State    Querier         Timeout Version Groups\n" +
               "eth0         UP       " + querierAndTimeout + "       3      0\n\n";
    };
    EXPECT_EQ(run.GetPrinted(),
              shown("290", "192.168.2.13        220") + shown("390", "192.168.2.12        196") +
                  shown("690", "192.168.2.13        151"));
}

TEST(IgmpScenario, MembersOutliveTheQuerier)
{
    LabRun run(MakeLan(),
               "duration: 700\nevents:\n"
               "  - {at: 40, join: {node: h1, group: 239.0.0.10}}\n"
               "  - {at: 300, node: {name: b, state: down}}\n"
               "  - {at: 690, snapshot: end}\n" +
                   Send("s1", 60, 699, 5));
    run.Watch("2");
    run.Run();
    // c was the DR throughout, so b's death is felt through IGMP alone: b's last Query was at
    // 281.25 s, c asks at 536.25 s, when the membership of 260 s may just have lapsed.
    EXPECT_LE(run.GetNumber("deliveries", {{"receiver", "h1"}}, "lost"), 10 * 5);
    EXPECT_GE(run.GetNumber("deliveries", {{"receiver", "h1"}}, "last_s"), 698);
    EXPECT_EQ(run.GetCell("igmp", {{"node", "c"}, {"group", "239.0.0.10"}}, "last_reporter"),
              "192.168.2.1");
}

// ---- Versions side by side ----

TEST(IgmpScenario, Version2HostOnAVersion3Lan)
{
    LabRun run(MakeLan({3, 3, 2, 3}),
               "duration: 460\nevents:\n"
               "  - {at: 40, join: {node: h2, group: 239.0.0.10}}\n"
               "  - {at: 45, leave: {node: h2, group: 239.0.0.10, source: 192.168.1.2}}\n"
               "  - {at: 75, snapshot: alone}\n"
               "  - {at: 75, show: {node: c, what: igmp group}}\n"
               // Between two packets: one sent at the very moment overtakes the Join.
               "  - {at: 79.95, join: {node: h1, group: 239.0.0.10}}\n"
               "  - {at: 110, snapshot: both}\n"
               "  - {at: 110, show: {node: c, what: igmp group}}\n"
               "  - {at: 120, leave: {node: h1, group: 239.0.0.10}}\n"
               "  - {at: 450, snapshot: again}\n"
               "  - {at: 450, show: {node: c, what: igmp group}}\n" +
                   Send("s1", 60, 459, 10) + Send("s2", 60, 459, 10));
    run.Watch("2");
    run.Run();
    for (const auto& message : run.GetIgmp("2"))
    {
        if (message.node == "h1")
        {
            EXPECT_NE(message.body.type, IgmpMessage::V3_REPORT) << message.time;
            EXPECT_EQ(message.header.GetDestination(),
                      message.body.type == IgmpMessage::LEAVE ? Ipv4Address("224.0.0.2") : GROUP);
        }
        else if (message.node == "h2")
        {
            EXPECT_EQ(message.body.type, IgmpMessage::V3_REPORT);
        }
        else
        {
            EXPECT_EQ(message.body.version, 3);
        }
    }
    EXPECT_GE(GetIgmpTimes(run, IgmpMessage::V2_REPORT, "h1").size(), 2u);
    ASSERT_EQ(GetIgmpTimes(run, IgmpMessage::LEAVE, "h1").size(), 1u);
    const LabRow where{{"node", "c"}, {"interface", "eth1"}, {"group", "239.0.0.10"}};
    auto cell = [&](const std::string& snapshot, const std::string& column) {
        LabRow row = where;
        row["snapshot"] = snapshot;
        return run.GetCell("igmp", row, column);
    };
    EXPECT_EQ(cell("alone", "filter_mode") + " " + cell("alone", "sources"), "EXCLUDE 192.168.1.2");
    EXPECT_EQ(cell("both", "filter_mode") + " " + cell("both", "sources"), "EXCLUDE ");
    EXPECT_EQ(cell("again", "filter_mode") + " " + cell("again", "sources"), "EXCLUDE 192.168.1.2");
    EXPECT_EQ(run.GetCell("deliveries", {{"flow", "s1"}, {"receiver", "h1"}}, "lost"), "0");
    EXPECT_EQ(run.GetCell("deliveries", {{"flow", "s1"}, {"receiver", "h2"}}, "lost"), "0");
    EXPECT_EQ(run.GetNumber("deliveries", {{"flow", "s2"}, {"receiver", "h1"}}, "lost"), 0);
    // s2 flows while h1 takes everything; and for [Group Membership Interval] more, as §7.3.2 has
    // the router ignore lists that long.
    const std::vector<double> times = GetTimes(run, "2", S2);
    ASSERT_FALSE(times.empty());
    EXPECT_EQ(CountBetween(times, 64, 80), 0u);
    EXPECT_GE(CountBetween(times, 80, 120), 395u);
    EXPECT_EQ(CountBetween(times, 445, 460), 0u);
    const std::string shown = run.GetPrinted();
    auto versionAt = [&shown](const char* when) {
        const std::size_t at = shown.find(std::string("[") + when);
        std::istringstream words(shown.substr(shown.find("eth1", at)));
        std::string interface;
        std::string group;
        std::string source;
        std::string reporter;
        std::string timeout;
        std::string version;
        words >> interface >> group >> source >> reporter >> timeout >> version;
        return version;
    };
    EXPECT_EQ(versionAt("75"), "3");
    EXPECT_EQ(versionAt("110"), "2");
    EXPECT_EQ(versionAt("450"), "3");
}

TEST(IgmpScenario, Version3HostUnderAVersion2QuerierAndBack)
{
    LabRun run(MakeLan({2, 3, 3, 3}),
               "duration: 680\nevents:\n"
               "  - {at: 40, join: {node: h1, group: 239.0.0.10}}\n"
               "  - {at: 300, node: {name: b, state: down}}\n"
               "  - {at: 290, snapshot: old}\n"
               "  - {at: 675, snapshot: new}\n" +
                   Send("s1", 60, 679, 2));
    run.Watch("2");
    run.Run();
    const std::vector<double> queries = GetGeneralQueryTimes(run, "b");
    ASSERT_FALSE(queries.empty());
    // [Older Version Querier Present Timeout] after the last Query of version 2.
    const double back = queries.back() + 260;
    std::size_t old = 0;
    std::size_t young = 0;
    for (const auto& message : run.GetIgmp("2"))
    {
        if (message.node == "h1")
        {
            EXPECT_EQ(message.body.type,
                      message.time < back ? IgmpMessage::V2_REPORT : IgmpMessage::V3_REPORT)
                << message.time;
            ++(message.time < back ? old : young);
        }
    }
    EXPECT_GE(old, 3u);
    EXPECT_GE(young, 1u);
    EXPECT_EQ(run.GetRows("igmp", {{"snapshot", "old"}, {"node", "c"}}).size(), 1u);
    EXPECT_EQ(run.GetRows("igmp", {{"snapshot", "new"}, {"node", "c"}}).size(), 1u);
    // The change of mode may cancel the answer to c's first Query (§7.2.1), not that to its second.
    EXPECT_GE(run.GetNumber("deliveries", {{"receiver", "h1"}}, "last_s"), 678);
}

// ---- Source lists ----

TEST(IgmpScenario, IncludeListsAndALeaveOfOneSource)
{
    LabRun run(MakeLan(),
               "duration: 160\nevents:\n"
               "  - {at: 40, join: {node: h1, group: 239.0.0.10, source: 192.168.1.1}}\n"
               "  - {at: 42, join: {node: h2, group: 239.0.0.10, source: 192.168.1.1}}\n"
               "  - {at: 80, join: {node: h1, group: 239.0.0.10, source: 192.168.1.2}}\n"
               "  - {at: 90, snapshot: two}\n"
               "  - {at: 90, show: {node: c, what: igmp group}}\n"
               "  - {at: 100, leave: {node: h1, group: 239.0.0.10, source: 192.168.1.2}}\n"
               "  - {at: 110, snapshot: one}\n"
               "  - {at: 120, leave: {node: h1, group: 239.0.0.10, source: 192.168.1.1}}\n"
               "  - {at: 140, leave: {node: h2, group: 239.0.0.10}}\n"
               "  - {at: 150, snapshot: none}\n" +
                   Send("s1", 60, 159, 100) + Send("s2", 60, 159, 100));
    run.Watch("2");
    run.Run();
    const std::vector<double> first = GetTimes(run, "2", S1);
    const std::vector<double> second = GetTimes(run, "2", S2);
    ASSERT_FALSE(first.empty());
    ASSERT_FALSE(second.empty());
    EXPECT_EQ(run.GetCell("deliveries", {{"flow", "s1"}, {"receiver", "h1"}}, "lost"), "0");
    EXPECT_EQ(run.GetCell("deliveries", {{"flow", "s1"}, {"receiver", "h2"}}, "lost"), "0");
    EXPECT_GE(second.front(), 80);
    EXPECT_LE(second.back(), 102 + ROUND_TRIP);
    EXPECT_GE(second.back(), 101.98);
    EXPECT_LE(first.back(), 142 + ROUND_TRIP) << "h2 answered when h1 left";
    EXPECT_GE(first.back(), 141.98);
    const LabRow where{{"node", "c"}, {"interface", "eth1"}, {"group", "239.0.0.10"}};
    LabRow row = where;
    row["snapshot"] = "two";
    EXPECT_EQ(run.GetCell("igmp", row, "sources"), "192.168.1.1 192.168.1.2");
    EXPECT_EQ(run.GetCell("igmp", row, "filter_mode"), "INCLUDE");
    row["snapshot"] = "one";
    EXPECT_EQ(run.GetCell("igmp", row, "sources"), "192.168.1.1");
    EXPECT_EQ(run.GetRows("igmp", {{"snapshot", "none"}}).size(), 0u);
    EXPECT_EQ(run.GetRows("tib", {{"snapshot", "two"}, {"node", "c"}, {"kind", "*,G"}}).size(), 0u)
        << "nobody asked for any source";
    const std::string shown = run.GetPrinted();
    EXPECT_NE(
        shown.find("c> show igmp group\n"
                   "Interface    Group           Source          LastReported Timeout V State\n"
                   "eth1         239.0.0.10      0.0.0.0         192.168.2.1"),
        std::string::npos)
        << shown;
}

TEST(IgmpScenario, AnExcludedSourceIsNotForwarded)
{
    LabRun run(MakeLan(),
               "duration: 160\nevents:\n"
               "  - {at: 40, join: {node: h1, group: 239.0.0.10}}\n"
               "  - {at: 100, leave: {node: h1, group: 239.0.0.10, source: 192.168.1.2}}\n"
               "  - {at: 110, snapshot: excluded}\n"
               "  - {at: 120, join: {node: h2, group: 239.0.0.10, source: 192.168.1.2}}\n"
               "  - {at: 130, snapshot: asked}\n"
               "  - {at: 140, leave: {node: h2, group: 239.0.0.10, source: 192.168.1.2}}\n"
               "  - {at: 150, snapshot: again}\n" +
                   Send("s1", 60, 159, 100) + Send("s2", 60, 159, 100));
    run.Watch("2");
    run.Run();
    EXPECT_EQ(run.GetCell("deliveries", {{"flow", "s1"}, {"receiver", "h1"}}, "lost"), "0");
    EXPECT_EQ(run.GetCell("deliveries", {{"flow", "s2"}, {"receiver", "h1"}}, "lost"), "0")
        << "nothing is due of a source that is excluded";
    EXPECT_EQ(run.GetCell("deliveries", {{"flow", "s2"}, {"receiver", "h1"}}, "sent"), "4000");
    const std::vector<double> second = GetTimes(run, "2", S2);
    EXPECT_EQ(CountBetween(second, 102.01, 120), 0u);
    EXPECT_GE(CountBetween(second, 121, 140), 1890u);
    EXPECT_EQ(CountBetween(second, 142.01, 160), 0u);
    for (const char* snapshot : {"excluded", "again"})
    {
        const LabRow where{{"snapshot", snapshot}, {"node", "b"}, {"group", "239.0.0.10"}};
        EXPECT_EQ(run.GetCell("igmp", where, "filter_mode"), "EXCLUDE") << snapshot;
        EXPECT_EQ(run.GetCell("igmp", where, "sources"), "192.168.1.2") << snapshot;
        EXPECT_EQ(run.GetCell("igmp", where, "interface"), "eth1") << snapshot;
    }
    EXPECT_EQ(run.GetCell("igmp", {{"snapshot", "asked"}, {"node", "b"}}, "sources"), "");
}

// ---- Soft state, limits, the SSM range ----

TEST(IgmpScenario, AHostThatCrashesIsForgotten260SecondsAfterItsLastReport)
{
    for (int version : {2, 3})
    {
        LabRun run(MakeLan({version, version, version, version}),
                   "duration: 540\nevents:\n"
                   "  - {at: 40, join: {node: h1, group: 239.0.0.10}}\n"
                   "  - {at: 200, node: {name: h1, state: down}}\n"
                   "  - {at: 530, snapshot: end}\n" +
                       Send("s1", 60, 539, 10));
        run.Watch("2");
        run.Run();
        const std::vector<double> reports =
            GetIgmpTimes(run, version == 2 ? IgmpMessage::V2_REPORT : IgmpMessage::V3_REPORT, "h1");
        ASSERT_FALSE(reports.empty());
        EXPECT_LT(reports.back(), 200);
        EXPECT_NEAR(GetTimes(run, "2", S1).back(), reports.back() + 260, 0.11);
        for (const char* router : {"b", "c"})
        {
            const std::vector<double> left = run.GetEventTimes(router, "leave", "239.0.0.10");
            ASSERT_EQ(left.size(), 1u);
            EXPECT_NEAR(left[0], reports.back() + 260, ROUND_TRIP);
        }
        EXPECT_EQ(run.GetRows("igmp").size(), 0u);
        EXPECT_EQ(run.GetRows("tib", {{"node", "c"}, {"kind", "*,G"}}).size(), 0u);
    }
}

TEST(IgmpScenario, AHostThatBootsJoinsAgain)
{
    LabRun run(MakeLan(),
               "duration: 300\nevents:\n"
               "  - {at: 40, join: {node: h1, group: 239.0.0.10}}\n"
               "  - {at: 100, node: {name: h1, state: down}}\n"
               "  - {at: 200, node: {name: h1, state: up}}\n" +
                   Send("s1", 210, 299, 10));
    run.Watch("2");
    run.Run();
    const std::vector<double> reports = GetIgmpTimes(run, IgmpMessage::V3_REPORT, "h1", 150);
    ASSERT_FALSE(reports.empty());
    EXPECT_NEAR(reports[0], 200, ROUND_TRIP);
    EXPECT_EQ(run.GetCell("deliveries", {{"receiver", "h1"}}, "lost"), "0");
}

TEST(IgmpScenario, TheMembershipLimitRefusesFurtherGroups)
{
    LabRun run(MakeLan(),
               "duration: 100\n"
               "nodes:\n"
               "  b: {ns3::IgmpProtocol::MembershipLimit: 2}\n"
               "  c: {ns3::IgmpProtocol::MembershipLimit: 2}\n"
               "  h2: {ns3::IgmpProtocol::HostMembershipLimit: 1}\n"
               "events:\n"
               "  - {at: 40, join: {node: h1, group: 239.0.0.1}}\n"
               "  - {at: 45, join: {node: h1, group: 239.0.0.2}}\n"
               "  - {at: 50, join: {node: h1, group: 239.0.0.3}}\n"
               "  - {at: 55, join: {node: h2, group: 239.0.0.2}}\n"
               "  - {at: 56, join: {node: h2, group: 239.0.0.1}}\n"
               "  - {at: 70, snapshot: full}\n"
               "  - {at: 75, leave: {node: h1, group: 239.0.0.1}}\n"
               "  - {at: 80, join: {node: h1, group: 239.0.0.4}}\n"
               "  - {at: 90, snapshot: later}\n");
    run.Watch("2");
    run.Run();
    auto groups = [&run](const std::string& snapshot) {
        std::string all;
        for (const LabRow& row : run.GetRows("igmp", {{"snapshot", snapshot}, {"node", "c"}}))
        {
            all += row.at("group") + " ";
        }
        return all;
    };
    EXPECT_EQ(groups("full"), "239.0.0.1 239.0.0.2 ");
    EXPECT_EQ(groups("later"), "239.0.0.2 239.0.0.4 ");
    // The report of 239.0.0.3 came twice (robustness).
    const LabRow where{{"node", "c"}, {"protocol", "igmp"}, {"reason", "membership-limit"}};
    EXPECT_EQ(run.GetCell("drops", where, "packets"), "2");
    for (const auto& message : run.GetIgmp("2"))
    {
        for (const IgmpGroupRecord& record : message.body.records)
        {
            EXPECT_TRUE(message.node != "h2" || record.group == Ipv4Address("239.0.0.2"));
        }
    }
}

TEST(IgmpScenario, TheSsmRangeIgnoresExclude)
{
    // h1 believes in another SSM range, so it asks for any source of 232.1.1.1.
    LabRun run(MakeLan({3, 3, 3, 3}),
               "duration: 120\n"
               "nodes:\n"
               "  h1: {ns3::IgmpProtocol::SsmPrefix: 233.0.0.0}\n"
               "events:\n"
               "  - {at: 40, join: {node: h1, group: 232.1.1.1}}\n"
               "  - {at: 60, snapshot: exclude}\n"
               "  - {at: 70, join: {node: h2, group: 232.1.1.1, source: 192.168.1.1}}\n"
               "  - {at: 90, snapshot: include}\n" +
                   Send("s1", 80, 119, 10, "232.1.1.1") + Send("s2", 80, 119, 10, "232.1.1.1"));
    run.Watch("2");
    run.Run();
    EXPECT_EQ(run.GetRows("igmp", {{"snapshot", "exclude"}}).size(), 0u);
    EXPECT_EQ(run.GetRows("tib", {{"snapshot", "exclude"}}).size(), 0u);
    const LabRow where{{"node", "b"}, {"protocol", "igmp"}, {"reason", "ssm-range"}};
    EXPECT_GE(run.GetNumber("drops", where, "packets"), 2);
    const LabRow row{{"snapshot", "include"}, {"node", "c"}};
    EXPECT_EQ(run.GetCell("igmp", row, "filter_mode"), "INCLUDE");
    EXPECT_EQ(run.GetCell("igmp", row, "sources"), "192.168.1.1");
    EXPECT_EQ(run.GetCell("deliveries", {{"flow", "s1"}, {"receiver", "h2"}}, "lost"), "0");
    EXPECT_TRUE(GetTimes(run, "2", S2, Ipv4Address("232.1.1.1")).empty());
    EXPECT_EQ(run.GetRows("tib", {{"kind", "*,G"}}).size(), 0u);
}

} // namespace
