// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.6 and §4.2's wrong-interface branch, in the simulator: two upstream routers (u1, u2)
// and two downstream ones (d1, d2) on LAN 30, which do not choose the same upstream router. The
// nine faults that users tabled for a well-known daemon's assert are named where they are looked
// for.
#include "support/lab-run.h"
#include "support/two-roots.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace ns3;

namespace
{

/** h1 sends; its router s, which is the RP too, reaches LAN 30 by u1 and by u2 at equal cost. */
const std::string ONE_ROOT = R"(
node h1 kind=host
node h2 kind=host
node h3 kind=host
node s staticRp="192.168.1.11 239.0.0.0/8"
node u1 staticRp="192.168.1.11 239.0.0.0/8"
node u2 staticRp="192.168.1.11 239.0.0.0/8"
node d1 staticRp="192.168.1.11 239.0.0.0/8"
node d2 staticRp="192.168.1.11 239.0.0.0/8"
lan 1 network=192.168.1.0/24
)" + TWO_BY_TWO_LANS + R"(
edge h1 1 address=192.168.1.1
edge s 1 address=192.168.1.11
edge s 10 address=192.168.10.11
edge s 20 address=192.168.20.11
)" + TWO_BY_TWO_EDGES;

/** \returns the YAML of a flow of 10 packets a second from h1. */
std::string
Flow(const std::string& group, int from, int until)
{
    std::ostringstream yaml;
    yaml << "  - {at: " << from << ", send: {node: h1, group: " << group
         << ", size: 100, rate: 8kbps, until: " << until << ", name: flow}}\n";
    return yaml.str();
}

std::string
Member(const std::string& action, const std::string& node, const std::string& group, double at)
{
    std::ostringstream yaml;
    yaml << "  - {at: " << at << ", " << action << ": {node: " << node << ", group: " << group
         << "}}\n";
    return yaml.str();
}

/** What is wrong with the copies on LAN 30 in a while; empty: at most one contest, over in a
 * second. */
std::string
CheckContest(const std::vector<double>& duplicates, double from, double to)
{
    std::ostringstream fault;
    const auto first = std::lower_bound(duplicates.begin(), duplicates.end(), from);
    if (first != duplicates.end() && *first < to)
    {
        const std::size_t late = CountBetween(duplicates, *first + 1, to);
        if (late != 0)
        {
            fault << late << " copies too many later than a second after " << *first;
        }
    }
    return fault.str();
}

/**
 * Groups by what d1's RpfEcmp `sg-hash` makes of them: it takes the lower of two next hops, u1, ...
 */
struct Case
{
    const char* name;
    const char* trees;
    const char* group;
};

class PimAssertLanScenario : public testing::TestWithParam<Case>
{
  protected:
    std::string Head(int duration) const
    {
        return "duration: " + std::to_string(duration) + "\ntrees: " + GetParam().trees +
               "\nnodes:\n  d1: {ns3::PimSmRouting::RpfEcmp: sg-hash}\nevents:\n";
    }

    const std::string group = GetParam().group;
    const Ipv4Address address{GetParam().group};
};

// Faults 1 to 4: the loser removes its outgoing interface, (*,G) does not add it again, CouldAssert
// counts (*,G), the winner repeats itself before the losers forget.
TEST_P(PimAssertLanScenario, OneCopyWithinASecondAndForHalfAnHour)
{
    LabRun run(ONE_ROOT,
               Head(1900) + Member("join", "h2", group, 40) + Member("join", "h3", group, 40) +
                   Flow(group, 60, 1890));
    run.Watch("30");
    run.Run();
    const std::vector<double> duplicates = run.GetDuplicateTimes("30", address);
    EXPECT_GE(duplicates.size(), 1u) << "there is a contest";
    EXPECT_LE(duplicates.size(), 10u);
    EXPECT_EQ(CheckContest(duplicates, 60, 1900), "");
    for (const char* receiver : {"h2", "h3"})
    {
        EXPECT_EQ(run.GetCell("deliveries", {{"receiver", receiver}}, "lost"), "0");
        EXPECT_LE(run.GetNumber("deliveries", {{"receiver", receiver}}, "duplicates"), 10);
    }
    // The winner refreshes every 177 s, per entry; nobody else says anything.
    const auto asserts = run.GetPim<PimAssert>("30");
    EXPECT_GE(asserts.size(), 10u);
    EXPECT_LE(asserts.size(), 30u);
}

// Faults 5 and 9: downstream routers join the winner, also after changes, and follow it back.
TEST_P(PimAssertLanScenario, EachLaterChangeOpensTheContestOnce)
{
    std::string events;
    for (int round = 0; round < 4; ++round)
    {
        events += Member("join", "h2", group, 100 + 80 * round);
        events += Member("leave", "h3", group, 120 + 80 * round);
        events += Member("join", "h3", group, 140 + 80 * round);
        events += Member("leave", "h2", group, 160 + 80 * round);
    }
    LabRun run(ONE_ROOT,
               Head(500) + Member("join", "h3", group, 40) + Flow(group, 60, 490) + events);
    run.Watch("30");
    run.Run();
    const std::vector<double> duplicates = run.GetDuplicateTimes("30", address);
    EXPECT_EQ(CheckContest(duplicates, 0, 100), "");
    for (int change = 100; change < 420; change += 20)
    {
        EXPECT_EQ(CheckContest(duplicates, change, change + 20), "");
    }
    EXPECT_EQ(CheckContest(duplicates, 420, 500), "");
    EXPECT_LE(duplicates.size(), 40u);
    EXPECT_EQ(run.GetCell("deliveries", {{"receiver", "h2"}}, "lost"), "0");
    EXPECT_EQ(run.GetCell("deliveries", {{"receiver", "h3"}}, "lost"), "0");
}

// Fault 8: a winner that is gone is forgotten at once when its links go, and the loser takes over.
TEST_P(PimAssertLanScenario, TheLoserTakesOverWhenTheWinnerLosesItsWay)
{
    LabRun run(ONE_ROOT,
               Head(400) + Member("join", "h2", group, 40) + Member("join", "h3", group, 40) +
                   Flow(group, 60, 390) + "  - {at: 150, link: {network: 20, state: down}}\n" +
                   "  - {at: 250, link: {network: 20, state: up}}\n");
    run.Watch("30");
    run.Run();
    const std::vector<double> duplicates = run.GetDuplicateTimes("30", address);
    EXPECT_EQ(CheckContest(duplicates, 60, 150), "");
    EXPECT_EQ(CheckContest(duplicates, 150, 250), "");
    EXPECT_EQ(CheckContest(duplicates, 250, 400), "");
    for (const char* receiver : {"h2", "h3"})
    {
        // Detection is immediate; SPF delays and t_override (2.5 s) remain, twice.
        EXPECT_LE(run.GetNumber("deliveries", {{"receiver", receiver}}, "lost"), 60) << receiver;
        EXPECT_LE(run.GetNumber("deliveries", {{"receiver", receiver}}, "duplicates"), 20);
    }
}

// The winner crashes: the losers forget it after its Hello holdtime, 105 s, no later.
TEST_P(PimAssertLanScenario, TheLoserTakesOverWhenTheWinnerDies)
{
    LabRun run(ONE_ROOT,
               Head(500) + Member("join", "h2", group, 40) + Member("join", "h3", group, 40) +
                   Flow(group, 60, 490) + "  - {at: 150, node: {name: u2, state: down}}\n" +
                   "  - {at: 350, node: {name: u2, state: up}}\n");
    run.Watch("30");
    run.Run();
    const std::vector<double> duplicates = run.GetDuplicateTimes("30", address);
    EXPECT_EQ(CheckContest(duplicates, 60, 150), "");
    EXPECT_EQ(CheckContest(duplicates, 150, 350), "");
    EXPECT_EQ(CheckContest(duplicates, 350, 500), "");
    for (const char* receiver : {"h2", "h3"})
    {
        EXPECT_LE(run.GetNumber("deliveries", {{"receiver", receiver}}, "lost"), 1075) << receiver;
    }
}

INSTANTIATE_TEST_SUITE_P(Trees,
                         PimAssertLanScenario,
                         testing::Values(Case{"SharedTree", "rpt", "239.0.0.4"},
                                         Case{"BothTrees", "spt", "239.0.0.4"},
                                         Case{"SourceTreeOnly", "spt", "239.0.0.1"},
                                         Case{"SharedTreeFirst", "spt", "239.0.0.2"}),
                         [](const auto& one) { return std::string(one.param.name); });

// Fault 6 and the Join(*,G) that clears an (S,G,rpt) Prune: d2 is on the source's tree by u2 and
// has pruned it from the RP's tree, which comes by u1; d1 takes the RP's tree only.
TEST(PimAssertLan, JoinStarGThatClearsAPruneOpensTheContestAgain)
{
    const std::string group = "239.0.0.10";
    std::string events;
    for (int round = 0; round < 4; ++round)
    {
        events += Member("join", "h2", group, 100 + 60 * round);
        events += Member("leave", "h2", group, 130 + 60 * round);
    }
    LabRun run(TWO_ROOTS,
               "duration: 2200\ntrees: spt\nnodes:\n"
               "  d1: {ns3::PimSmRouting::SptThreshold: infinity}\nevents:\n" +
                   Member("join", "h3", group, 40) + Flow(group, 60, 2190) + events +
                   Member("join", "h2", group, 350) +
                   "  - {at: 99, snapshot: alone}\n  - {at: 120, snapshot: both}\n");
    run.Watch("30");
    run.Run();
    EXPECT_EQ(run.GetCell("tib",
                          {{"snapshot", "alone"}, {"node", "d2"}, {"kind", "S,G,rpt"}},
                          "upstream_state"),
              "Pruned");
    EXPECT_EQ(run.GetCell("mfc",
                          {{"snapshot", "both"}, {"node", "u2"}, {"source", "192.168.1.1"}},
                          "outgoing_interfaces"),
              "eth1");
    const std::vector<double> duplicates = run.GetDuplicateTimes("30", Ipv4Address(group.c_str()));
    EXPECT_EQ(CheckContest(duplicates, 0, 100), "");
    for (int change = 100; change < 340; change += 30)
    {
        EXPECT_EQ(CheckContest(duplicates, change, change + 30), "");
    }
    EXPECT_LE(CountBetween(duplicates, 340, 2200), 10u) << "half an hour";
    EXPECT_EQ(CheckContest(duplicates, 340, 2200), "");
    EXPECT_EQ(run.GetCell("deliveries", {{"receiver", "h3"}}, "lost"), "0");
    EXPECT_EQ(run.GetCell("deliveries", {{"receiver", "h2"}}, "lost"), "0");
}

// §4.2: data on the wrong interface makes a winner, too, repeat its Assert, at most once a second.
// Here the loser hears no Asserts for a minute, nor does the winner hear those of the loser.
TEST(PimAssertLan, TheWinnerRepeatsItsAssertOncePerSecond)
{
    const std::string group = "239.0.0.4";
    LabRun run(ONE_ROOT,
               "duration: 200\ntrees: rpt\nnodes:\n"
               "  d1: {ns3::PimSmRouting::RpfEcmp: sg-hash}\nevents:\n" +
                   Member("join", "h2", group, 40) + Member("join", "h3", group, 40) +
                   Flow(group, 60, 190));
    run.Watch("30");
    for (const char* router : {"u1", "u2", "d1", "d2"})
    {
        const std::string lan = router[0] == 'u' ? "/eth1" : "/eth0";
        run.Lose(router + lan, [](double now, const LabPacket& packet) {
            return now < 120 && ReadPim<PimAssert>(packet);
        });
    }
    run.Run();
    std::vector<double> times;
    for (const auto& message : run.GetPim<PimAssert>("30"))
    {
        if (message.node == "u2")
        {
            times.push_back(message.time);
        }
    }
    for (std::size_t i = 1; i < times.size() && times[i] < 120; ++i)
    {
        EXPECT_GE(times[i] - times[i - 1], 0.999);
        EXPECT_LE(times[i] - times[i - 1], 1.2);
    }
    EXPECT_GE(CountBetween(times, 60, 120), 54u);
    const std::vector<double> duplicates = run.GetDuplicateTimes("30", Ipv4Address(group.c_str()));
    EXPECT_GE(CountBetween(duplicates, 60, 120), 590u) << "nobody gives way";
    EXPECT_EQ(CountBetween(duplicates, 121.1, 200), 0u) << "it ends when they hear each other";
    EXPECT_EQ(run.GetCell("deliveries", {{"receiver", "h2"}}, "lost"), "0");
}

} // namespace
