// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1.4 (Keepalive Timer), §4.2, §4.4 (Registers), in the simulator: a source that stops
// is forgotten in time, and nothing piles up where the RP does not answer.
#include "ns3/text.h"

#include "support/lab-run.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/** A square: first hop f, last hop l, RP p and another way, m. */
const std::string SQUARE = R"(
node h1 kind=host
node h2 kind=host
node f staticRp="192.168.3.13 239.0.0.0/8"
node l staticRp="192.168.3.13 239.0.0.0/8"
node p staticRp="192.168.3.13 239.0.0.0/8"
node m staticRp="192.168.3.13 239.0.0.0/8"
lan 1 network=192.168.1.0/24
lan 2 network=192.168.2.0/24
lan 3 network=192.168.3.0/24
lan 4 network=192.168.4.0/24
lan 5 network=192.168.5.0/24
lan 6 network=192.168.6.0/24
edge h1 1 address=192.168.1.1
edge f 1 address=192.168.1.11
edge f 3 address=192.168.3.11
edge p 3 address=192.168.3.13
edge p 4 address=192.168.4.13
edge l 4 address=192.168.4.12
edge f 5 address=192.168.5.11
edge m 5 address=192.168.5.14
edge m 6 address=192.168.6.14
edge l 6 address=192.168.6.12
edge l 2 address=192.168.2.12
edge h2 2 address=192.168.2.1
)";

constexpr double LAST = 129; //!< when the last packet is sent

const std::string STOPS = R"(
  - {at: 40, join: {node: h2, group: 239.0.0.10}}
  - {at: 60, send: {node: h1, group: 239.0.0.10, size: 100, rate: 800bps, until: 129.5, name: flow}}
)";

/** \returns snapshots at the given times, called by them. */
std::string
Snapshots(const std::vector<int>& times)
{
    std::ostringstream yaml;
    for (int time : times)
    {
        yaml << "  - {at: " << time << ", snapshot: '" << time << "'}\n";
    }
    return yaml.str();
}

std::vector<LabRow>
SourceRows(LabRun& run, int snapshot, const std::string& node)
{
    return run.GetRows("tib",
                       {{"snapshot", std::to_string(snapshot)}, {"node", node}, {"kind", "S,G"}});
}

/** \returns when the Null-Registers went over a link, in order. */
std::vector<double>
NullRegisterTimes(const LabRun& run, const std::string& network)
{
    std::vector<double> times;
    for (const auto& message : run.GetPim<PimRegister>(network))
    {
        if (message.body.nullRegister)
        {
            times.push_back(message.time);
        }
    }
    return times;
}

class PimKeepaliveOfTree : public testing::TestWithParam<const char*>
{
};

// h2 stays a member, so the RP, whose Keepalive Timer each Null-Register restarts, wants the source
// until that runs out (§4.5.7), and f keeps (S,G) for the RP's Join alone; all else is gone at 339
// s.
TEST_P(PimKeepaliveOfTree, ASourceThatStopsIsGoneAfter210Seconds)
{
    const bool spt = std::string(GetParam()) == "spt";
    std::vector<int> times{100, 338, 340};
    for (int time = 345; time <= 551; ++time)
    {
        times.push_back(time);
    }
    LabRun run(SQUARE,
               std::string("duration: 600\ntrees: ") + GetParam() + "\nevents:" + STOPS +
                   Snapshots(times));
    run.Watch("3");
    run.Run();
    for (const char* node : {"f", "p"})
    {
        EXPECT_EQ(SourceRows(run, 100, node).size(), 1u) << node;
        EXPECT_EQ(SourceRows(run, 338, node).size(), 1u) << node;
    }
    for (const char* node : {"l", "m"})
    {
        EXPECT_EQ(SourceRows(run, 100, node).size(), spt ? 1u : 0u) << node;
        EXPECT_EQ(SourceRows(run, 338, node).size(), spt ? 1u : 0u) << node;
        EXPECT_EQ(SourceRows(run, 340, node).size(), 0u) << node << " after " << LAST + 210;
    }
    const LabRow atF = {{"node", "f"}, {"kind", "S,G"}, {"register_state", "Prune"}};
    LabRow where = atF;
    where["snapshot"] = "338";
    EXPECT_EQ(run.GetRows("tib", where).size(), 1u);
    for (const LabRow& row : run.GetRows("tib", {{"node", "f"}, {"kind", "S,G"}}))
    {
        if (ParseReal(row.at("time_s")).value() >= 340)
        {
            EXPECT_EQ(row.at("register_state"), "") << "f's own Keepalive Timer has run out";
            EXPECT_EQ(row.at("outgoing_interfaces"), "eth1") << "only the RP's branch is left";
        }
    }

    const std::vector<double> nulls = NullRegisterTimes(run, "3");
    const auto stops = run.GetPim<PimRegisterStop>("3");
    ASSERT_GE(nulls.size(), 3u) << "279 s hold three intervals of 85 s";
    EXPECT_LE(nulls.size(), 11u);
    ASSERT_EQ(stops.size(), nulls.size() + 1)
        << "one for the Registers, one for each Null-Register";
    for (std::size_t i = 0; i < nulls.size(); ++i)
    {
        EXPECT_GE(nulls[i] - stops[i].time, 25);
        EXPECT_LE(nulls[i] - stops[i].time, 85);
        EXPECT_LE(stops[i + 1].time - nulls[i], 0.01);
    }
    EXPECT_LE(nulls.back(), LAST + 210);
    EXPECT_GE(nulls.back(), LAST + 210 - 85);
    for (const auto& message : run.GetPim<PimRegister>("3"))
    {
        EXPECT_TRUE(message.body.nullRegister || message.time < 62)
            << "no Register once the RP has the native packets";
    }
    // The RP forgets 210 s after the last one, and f with it.
    for (int time = 345; time <= 551; ++time)
    {
        const std::size_t rows = time < nulls.back() + 210 ? 1 : 0;
        EXPECT_EQ(SourceRows(run, time, "p").size(), rows) << time;
        EXPECT_EQ(SourceRows(run, time, "f").size(), rows) << time;
    }
    EXPECT_EQ(run.GetRows("tib", {{"snapshot", "551"}, {"kind", "*,G"}}).size(), 2u);
    EXPECT_EQ(run.GetRows("tib", {{"snapshot", "551"}}).size(), 2u);
    EXPECT_TRUE(run.GetRows("mfc", {{"snapshot", "551"}, {"source", "192.168.1.1"}}).empty());
}

INSTANTIATE_TEST_SUITE_P(Trees, PimKeepaliveOfTree, testing::Values("rpt", "spt"));

// The member leaves before: nobody joins, so the first hop forgets after 210 s, too.
TEST(PimKeepalive, WhereNobodyJoinsTheFirstHopForgetsAfter210Seconds)
{
    LabRun run(SQUARE,
               "duration: 600\ntrees: spt\nevents:" + STOPS +
                   "  - {at: 110, leave: {node: h2, group: 239.0.0.10}}\n" +
                   Snapshots({120, 338, 340, 551}));
    run.Run();
    for (int time : {120, 338})
    {
        EXPECT_EQ(SourceRows(run, time, "f").size(), 1u) << time;
        EXPECT_EQ(SourceRows(run, time, "p").size(), 1u) << time;
    }
    EXPECT_EQ(run.GetRows("tib", {{"snapshot", "340"}, {"node", "f"}}).size(), 0u);
    EXPECT_EQ(run.GetRows("mfc", {{"snapshot", "120"}}).size(), 0u);
    EXPECT_TRUE(run.GetRows("tib", {{"snapshot", "551"}}).empty());
}

// A source that nobody wants: Registers are stopped, and the RP forgets it too.
TEST(PimKeepalive, WithoutReceiversRegistersStopAndTheRpForgets)
{
    LabRun run(SQUARE,
               "duration: 600\ntrees: spt\nevents:\n"
               "  - {at: 60, send: {node: h1, group: 239.0.0.10, size: 100, rate: 800bps,"
               " until: 129.5, name: flow}}\n" +
                   Snapshots({58, 100, 338, 340, 551}));
    run.Run();
    EXPECT_EQ(SourceRows(run, 338, "f").size(), 1u);
    EXPECT_EQ(SourceRows(run, 340, "f").size(), 0u);
    EXPECT_EQ(SourceRows(run, 551, "p").size(), 0u);
    EXPECT_EQ(run.GetNumber("links",
                            {{"snapshot", "100"}, {"network", "3"}, {"class", "register"}},
                            "packets"),
              1);
    EXPECT_TRUE(run.GetRows("tib", {{"snapshot", "551"}}).empty());
    EXPECT_TRUE(run.GetRows("mfc", {{"snapshot", "551"}}).empty());
}

// Register-Stops are lost for two minutes: the first hop goes on, each packet once as a Register,
// the receiver hears every packet, and all is well when they come through.
TEST(PimKeepalive, ALostRegisterStopPilesNothingUp)
{
    LabRun run(SQUARE,
               "duration: 300\ntrees: rpt\nevents:\n"
               "  - {at: 40, join: {node: h2, group: 239.0.0.10}}\n"
               "  - {at: 60, send: {node: h1, group: 239.0.0.10, size: 100, rate: 8kbps,"
               " until: 290, name: flow}}\n" +
                   Snapshots({70, 179, 200, 299}));
    run.Watch("3");
    run.Watch("4");
    run.Lose("f/eth1", [](double now, const LabPacket& packet) {
        return now < 180 && ReadPim<PimRegisterStop>(packet);
    });
    run.Run();
    EXPECT_EQ(run.GetCell("deliveries", {{"receiver", "h2"}}, "lost"), "0");
    EXPECT_LE(run.GetNumber("deliveries", {{"receiver", "h2"}}, "duplicates"), 1);
    EXPECT_LE(run.GetDuplicateTimes("4", Ipv4Address("239.0.0.10")).size(), 1u);
    const auto registers = run.GetPim<PimRegister>("3");
    std::vector<double> times;
    for (const auto& message : registers)
    {
        if (!message.body.nullRegister)
        {
            times.push_back(message.time);
        }
    }
    EXPECT_NEAR(static_cast<double>(CountBetween(times, 70, 179)), 1090, 3) << "one per packet";
    EXPECT_LE(CountBetween(times, 180.2, 300), 0u);
    // As many Register-Stops as Registers, at most.
    EXPECT_LE(run.GetPim<PimRegisterStop>("3").size(), registers.size());
    for (const char* node : {"f", "p"})
    {
        EXPECT_EQ(run.GetRows("tib", {{"snapshot", "70"}, {"node", node}}).size(),
                  run.GetRows("tib", {{"snapshot", "179"}, {"node", node}}).size());
        EXPECT_EQ(run.GetRows("mfc", {{"snapshot", "70"}, {"node", node}}).size(),
                  run.GetRows("mfc", {{"snapshot", "179"}, {"node", node}}).size());
    }
}

// The RP crashes under 20 groups; Registers go nowhere, no more of them than packets; when it is
// back, so is the traffic.
TEST(PimKeepalive, ADeadRpPilesNothingUp)
{
    std::ostringstream scenario;
    scenario << "duration: 600\ntrees: rpt\nevents:\n";
    for (int i = 1; i <= 20; ++i)
    {
        scenario << "  - {at: 40, join: {node: h2, group: 239.0.0." << i << "}}\n"
                 << "  - {at: 60, send: {node: h1, group: 239.0.0." << i
                 << ", size: 100, rate: 1600bps, until: 590, name: flow" << i << "}}\n";
    }
    scenario << "  - {at: 100, node: {name: p, state: down}}\n"
                "  - {at: 300, node: {name: p, state: up}}\n"
             << Snapshots({99, 200, 299, 500, 580});
    LabRun run(SQUARE, scenario.str());
    run.Run();
    // The way to the RP's address goes on by m and f, onto the link where it was: f gets the Joins.
    const std::map<std::string, std::size_t> entries{{"f", 40}, {"l", 20}, {"m", 20}};
    for (const auto& [node, count] : entries)
    {
        for (const char* snapshot : {"200", "299"})
        {
            const LabRow where = {{"snapshot", snapshot}, {"node", node}};
            EXPECT_EQ(run.GetRows("tib", where).size(), count) << node << " at " << snapshot;
            EXPECT_EQ(run.GetRows("mfc", where).size(), count) << node << " at " << snapshot;
        }
    }
    double registers = 0;
    for (const LabRow& row : run.GetRows("links", {{"snapshot", "299"}, {"class", "register"}}))
    {
        registers += ParseReal(row.at("packets")).value();
    }
    EXPECT_LE(registers, 20 * 99 * 2) << "one per packet at most";
    for (int i = 1; i <= 20; ++i)
    {
        const LabRow flow = {{"flow", "flow" + std::to_string(i)}};
        EXPECT_GE(run.GetNumber("deliveries", flow, "last_s"), 589) << i;
        // OSPF's wait, 40 s at most, then the Joins go to f; two packets per second.
        EXPECT_LE(run.GetNumber("deliveries", flow, "lost"), 2 * (40 + 2)) << i;
        EXPECT_LE(run.GetNumber("deliveries", flow, "duplicates"), 1) << i;
    }
    EXPECT_EQ(run.GetRows("tib", {{"snapshot", "580"}, {"node", "p"}, {"kind", "*,G"}}).size(),
              20u);
    for (const LabRow& row : run.GetRows("links", {{"snapshot", "580"}, {"class", "register"}}))
    {
        ADD_FAILURE() << row.at("packets") << " Registers from " << row.at("from");
    }
}

/** A tree from f's source to h1 beside l1 and, by the RP p, to h2 beside l2. */
const std::string TWO_LAST_HOPS = R"(
node s kind=host
node h1 kind=host
node h2 kind=host
node f
node p candidateBsr=eth2 candidateRp=eth2
node l1
node l2
lan 1 network=10.0.1.0/24
lan 2 network=10.0.2.0/24
lan 3 network=10.0.3.0/24
lan 4 network=10.0.4.0/24
lan 5 network=10.0.5.0/24
lan 6 network=10.0.6.0/24
lan 7 network=10.0.7.0/24
edge s 1 address=10.0.1.1 interface=eth0
edge f 1 address=10.0.1.2 interface=eth0
edge f 2 address=10.0.2.1 interface=eth1
edge p 2 address=10.0.2.2 interface=eth0
edge p 3 address=10.0.3.1 interface=eth1
edge l2 3 address=10.0.3.2 interface=eth0
edge f 5 address=10.0.5.1 interface=eth2
edge l1 5 address=10.0.5.2 interface=eth0
edge l1 4 address=10.0.4.1 interface=eth1
edge h1 4 address=10.0.4.2 interface=eth0
edge l2 7 address=10.0.7.1 interface=eth1
edge h2 7 address=10.0.7.2 interface=eth0
edge p 6 address=10.0.6.1 interface=eth2
)";

class PimSourceThatComesBack
    : public testing::TestWithParam<std::tuple<const char*, const char*, int>>
{
};

// h1 names the source (IGMPv3), h2 takes any: a member of S by whatever way keeps (S,G) at f while
// S is silent. When S is back it is registered again (§4.2, §4.4.1).
TEST_P(PimSourceThatComesBack, IsRegisteredAgain)
{
    const auto& [trees, h1, again] = GetParam();
    const std::string send =
        "send: {node: s, group: 239.7.7.7, rate: 16kbps, size: 200, ttl: 20, until: ";
    std::ostringstream scenario;
    scenario << "duration: " << again + 180 << "\ntrees: " << trees << "\nevents:\n"
             << (*h1 == 0 ? ""
                          : std::string("  - {at: 120, join: {node: ") + h1 +
                                ", group: 239.7.7.7, source: 10.0.1.1}}\n")
             << "  - {at: 120, join: {node: h2, group: 239.7.7.7}}\n"
             << "  - {at: 140, " << send << "200, name: first}}\n"
             << "  - {at: " << again - 10 << ", snapshot: silent}\n"
             << "  - {at: " << again << ", " << send << again + 160
             << ", name: again, port: 6000}}\n"
             << "  - {at: " << again + 20 << ", snapshot: start}\n"
             << "  - {at: " << again + 150 << ", snapshot: end}\n";
    LabRun run(TWO_LAST_HOPS, scenario.str());
    run.Run();
    for (const LabRow& row : run.GetRows("deliveries"))
    {
        EXPECT_LE(ParseReal(row.at("lost")).value(), row.at("receiver") == "h2" ? 1 : 0)
            << row.at("flow") << " to " << row.at("receiver");
        EXPECT_LE(ParseReal(row.at("duplicates")).value(), 1)
            << row.at("flow") << " to " << row.at("receiver");
    }
    auto count = [&](const char* snapshot, const char* network, const char* kind) {
        double packets = 0;
        for (const LabRow& row :
             run.GetRows("links", {{"snapshot", snapshot}, {"network", network}, {"class", kind}}))
        {
            packets += ParseReal(row.at("packets")).value();
        }
        return packets;
    };
    EXPECT_NEAR(count("end", "7", "multicast"), 1300, 5) << "130 s since the last snapshot";
    EXPECT_GE(count("start", "2", "register"), 1);
    EXPECT_LE(count("start", "2", "register"), 4);
    EXPECT_EQ(count("end", "2", "register"), 0);
    EXPECT_EQ(
        run.GetCell("tib", {{"snapshot", "end"}, {"node", "f"}, {"kind", "S,G"}}, "register_state"),
        "Prune");
}

// After 500 s all is forgotten but what h1 keeps; after 300 s the RP still keeps (S,G).
INSTANTIATE_TEST_SUITE_P(Kinds,
                         PimSourceThatComesBack,
                         testing::Combine(testing::Values("spt", "rpt"),
                                          testing::Values("", "h1"),
                                          testing::Values(500, 700)));

} // namespace
