// SPDX-License-Identifier: GPL-2.0-only
// Routing processes that hang, as by SIGSTOP: they say nothing, keep all, and their neighbours time
// them out; forwarding goes on by what is there. Continued, they do what waits.
#include "support/lab-program.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/** \returns packets of a class that \p from has sent since the snapshot before. */
int
CountSentBy(const LabProgram& run,
            const std::string& snapshot,
            const std::string& from,
            const std::string& linkClass)
{
    int packets = 0;
    for (const LabRow& row :
         run->GetRows("links", {{"snapshot", snapshot}, {"from", from}, {"class", linkClass}}))
    {
        packets += std::stoi(row.at("packets"));
    }
    return packets;
}

/** \returns "prefix next_hop", of a node's routes. */
std::set<std::string>
GetRouteSet(const LabProgram& run, const std::string& snapshot, const std::string& node)
{
    std::set<std::string> routes;
    for (const LabRow& row : run->GetRows("routes", {{"snapshot", snapshot}, {"node", node}}))
    {
        routes.insert(row.at("prefix") + " " + row.at("next_hop"));
    }
    return routes;
}

/** \returns "(source, group) in -> out", of a node's forwarding cache. */
std::set<std::string>
GetMfcEntries(const LabProgram& run, const std::string& snapshot, const std::string& node)
{
    std::set<std::string> entries;
    for (const LabRow& row : run->GetRows("mfc", {{"snapshot", snapshot}, {"node", node}}))
    {
        entries.insert("(" + row.at("source") + ", " + row.at("group") + ") " +
                       row.at("incoming_interface") + " -> " + row.at("outgoing_interfaces"));
    }
    return entries;
}

TEST(ProcessHang, NeighboursOfAHungOspfTakeAnotherPathAndItsOwnRoutesStay)
{
    const LabProgram run(R"(
duration: 300s
events:
  - {at: 60s, snapshot: before}
  - {at: 60s, process: {node: c1, protocol: ospf, state: hang}}
  - {at: 89s, snapshot: silent}
  - {at: 130s, snapshot: lost}
  - {at: 140s, ping: {node: r1, to: 192.168.2.2, count: 3}}
  - {at: 150s, process: {node: c1, protocol: ospf, state: run}}
  - {at: 290s, snapshot: after}
)");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_GT(CountSentBy(run, "before", "c1", "ospf"), 0);
    EXPECT_EQ(CountSentBy(run, "silent", "c1", "ospf"), 0);
    EXPECT_EQ(CountSentBy(run, "lost", "c1", "ospf"), 0);
    // RFC 2328 §10.5: RouterDeadInterval, 40 s, after the last Hello.
    for (const char* neighbor : {"e1", "e2"})
    {
        const auto down = run->GetEventTimes(neighbor, "neighbor-down");
        ASSERT_EQ(down.size(), 1u) << neighbor;
        EXPECT_GT(down[0], 60 + 30 - 0.1) << neighbor;
        EXPECT_LE(down[0], 60 + 40) << neighbor;
    }
    const auto before = GetRouteSet(run, "before", "c1");
    EXPECT_EQ(GetRouteSet(run, "silent", "c1"), before);
    EXPECT_EQ(GetRouteSet(run, "lost", "c1"), before);
    EXPECT_EQ(GetRouteSet(run, "silent", "e1"), GetRouteSet(run, "before", "e1"));
    EXPECT_NE(GetRouteSet(run, "lost", "e1"), GetRouteSet(run, "before", "e1"));
    EXPECT_EQ(run->GetRows("pings", {{"from", "192.168.2.2"}}).size(), 3u);
    // It went on: the same routes everywhere.
    for (const char* node : {"r1", "e1", "e2", "c1", "c3"})
    {
        EXPECT_EQ(GetRouteSet(run, "after", node), GetRouteSet(run, "before", node)) << node;
    }
}

TEST(ProcessHang, AShortHangOfOspfIsNotSeen)
{
    const LabProgram run(R"(
duration: 200s
events:
  - {at: 60s, snapshot: before}
  - {at: 61s, process: {node: c1, protocol: ospf, state: hang}}
  - {at: 81s, process: {node: c1, protocol: ospf, state: run}}
  - {at: 190s, snapshot: after}
)");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_TRUE(run->GetRows("events", {{"protocol", "ospf"}, {"event", "neighbor-down"}}).empty());
    EXPECT_EQ(GetRouteSet(run, "after", "e1"), GetRouteSet(run, "before", "e1"));
    EXPECT_GT(CountSentBy(run, "after", "c1", "ospf"), 0);
}

TEST(ProcessHang, AKillWhileHangingIsAKill)
{
    const LabProgram run(R"(
duration: 200s
events:
  - {at: 60s, process: {node: c1, protocol: ospf, state: hang}}
  - {at: 60s, process: {node: e3, protocol: pim, state: hang}}
  - {at: 60s, process: {node: e3, protocol: igmp, state: hang}}
  - {at: 70s, process: {node: c1, protocol: ospf, state: stop}}
  - {at: 70s, process: {node: e3, protocol: pim, state: stop}}
  - {at: 70s, process: {node: e3, protocol: igmp, state: stop}}
  - {at: 75s, snapshot: killed}
  - {at: 80s, node: {name: e2, state: down}}
  - {at: 80s, process: {node: e1, protocol: pim, state: hang}}
  - {at: 81s, node: {name: e1, state: down}}
  - {at: 90s, node: {name: e1, state: up}}
  - {at: 100s, process: {node: c1, protocol: ospf, state: run}}
  - {at: 100s, process: {node: e3, protocol: pim, state: run}}
  - {at: 100s, process: {node: e3, protocol: igmp, state: run}}
  - {at: 190s, snapshot: after}
)");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    for (const LabRow& row : run->GetRows("routes", {{"snapshot", "killed"}, {"node", "c1"}}))
    {
        EXPECT_NE(row.at("protocol"), "ospf");
    }
    EXPECT_GT(CountSentBy(run, "after", "c1", "ospf"), 0);
    EXPECT_GT(CountSentBy(run, "after", "e1", "pim-hello"), 0);
    EXPECT_GT(CountSentBy(run, "after", "e3", "pim-hello"), 0);
}

const std::string HANG_STREAM =
    "  - {at: 90s, join: {node: r2, group: 239.0.0.10}}\n"
    "  - {at: 100s, send: {node: r1, group: 239.0.0.10, interval: 1s, packets: 440, size: 100, "
    "ttl: 10, name: f}}\n"
    "  - {at: 119.5s, snapshot: before}\n";

/** \returns how many of the stream's packets were on a network between two snapshots. */
int
CountStream(const LabProgram& run, const std::string& snapshot, const std::string& network)
{
    int packets = 0;
    for (const LabRow& row : run->GetRows(
             "links", {{"snapshot", snapshot}, {"network", network}, {"class", "multicast"}}))
    {
        packets += std::stoi(row.at("packets"));
    }
    return packets;
}

TEST(ProcessHang, AHungPimGoesOnForwardingUntilItsNeighboursHaveForgottenIt)
{
    const LabProgram run("duration: 600s\nevents:\n" + HANG_STREAM + R"(
  - {at: 120s, process: {node: c1, protocol: pim, state: hang}}
  - {at: 219.5s, snapshot: silent}
  - {at: 230s, snapshot: timed-out}
  - {at: 335s, snapshot: unjoined}
  - {at: 345s, snapshot: quiet}
  - {at: 400s, process: {node: c1, protocol: pim, state: run}}
  - {at: 520s, snapshot: after}
)");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    // The tree is r1-e1-c1-e2-r2; 2 is r2's network.
    const auto entries = GetMfcEntries(run, "before", "c1");
    ASSERT_FALSE(entries.empty());
    for (const char* snapshot : {"silent", "timed-out", "unjoined", "quiet"})
    {
        EXPECT_EQ(GetMfcEntries(run, snapshot, "c1"), entries) << snapshot;
        EXPECT_EQ(CountSentBy(run, snapshot, "c1", "pim-hello"), 0) << snapshot;
        EXPECT_EQ(CountSentBy(run, snapshot, "c1", "pim-join-prune"), 0) << snapshot;
    }
    EXPECT_EQ(CountStream(run, "silent", "2"), 100);
    // RFC 7761 §4.3.2: Default_Hello_Holdtime, 105 s, after the last Hello.
    for (const char* neighbor : {"e1", "e2"})
    {
        const auto down = run->GetEventTimes(neighbor, "neighbor-down");
        ASSERT_FALSE(down.empty()) << neighbor;
        EXPECT_GT(down[0], 120 + 75 - 0.1) << neighbor;
        EXPECT_LE(down[0], 120 + 105) << neighbor;
    }
    // e1 holds c1's Join for up to 210 s after the last one; then nothing reaches c1.
    EXPECT_EQ(CountStream(run, "quiet", "2"), 0);
    EXPECT_GT(CountStream(run, "after", "2"), 60);
}

TEST(ProcessHang, AHungRpTakesRegistersAsItsKernelDoes)
{
    // c3 is the RP; with trees: rpt-register all packets of r1 go there inside Registers.
    const LabProgram run("duration: 300s\ntrees: rpt-register\nevents:\n" + HANG_STREAM + R"(
  - {at: 120.5s, process: {node: c3, protocol: pim, state: hang}}
  - {at: 130.5s, snapshot: hanging}
  - {at: 131.5s, process: {node: e1, protocol: pim, state: hang}}
  - {at: 132s, snapshot: both}
  - {at: 142s, snapshot: silent}
)");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(CountSentBy(run, "hanging", "c3", "register-stop"), 0);
    EXPECT_EQ(CountStream(run, "hanging", "2"), 11); // at 120 s, …, 130 s
    // Making Registers is the process's work: the DR's own hang ends them.
    EXPECT_EQ(CountStream(run, "silent", "2"), 0);
    EXPECT_EQ(CountSentBy(run, "silent", "e1", "register"), 0);
}

TEST(ProcessHang, AHungQuerierKeepsItsMembersAndAsksNobody)
{
    const LabProgram run(R"(
duration: 700s
events:
  - {at: 60s, join: {node: r2, group: 239.0.0.10}}
  - {at: 70s, snapshot: before}
  - {at: 70s, process: {node: e2, protocol: igmp, state: hang}}
  - {at: 80s, leave: {node: r2, group: 239.0.0.10}}
  - {at: 81s, join: {node: r2, group: 239.0.0.11}}
  - {at: 500s, snapshot: hanging}
  - {at: 500s, process: {node: e2, protocol: igmp, state: run}}
  - {at: 510s, snapshot: running}
  - {at: 690s, snapshot: after}
)");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const auto groups = [&run](const std::string& snapshot) {
        return run->GetCells("igmp", {{"snapshot", snapshot}, {"node", "e2"}}, "group");
    };
    const std::set<std::string> old{"239.0.0.10"};
    EXPECT_EQ(groups("before"), old);
    EXPECT_EQ(groups("hanging"), old); // Group Membership Interval, 260 s, is over by far
    EXPECT_EQ(CountSentBy(run, "hanging", "e2", "igmp"), 0);
    EXPECT_FALSE(
        run->GetRows("tib", {{"snapshot", "hanging"}, {"node", "e2"}, {"group", "239.0.0.10"}})
            .empty());
    // The reports that waited are read, the timer that fell due rings.
    EXPECT_EQ(groups("running"), std::set<std::string>{"239.0.0.11"});
    EXPECT_EQ(groups("after"), std::set<std::string>{"239.0.0.11"});
    EXPECT_TRUE(
        run->GetRows("tib", {{"snapshot", "after"}, {"node", "e2"}, {"group", "239.0.0.10"}})
            .empty());
}

TEST(ProcessHang, WhatAnApplicationAsksOfAHungHostIsDoneLater)
{
    const LabProgram run(R"(
duration: 200s
events:
  - {at: 60s, process: {node: r2, protocol: igmp, state: hang}}
  - {at: 61s, join: {node: r2, group: 239.0.0.10}}
  - {at: 80s, snapshot: hanging}
  - {at: 81s, process: {node: r2, protocol: igmp, state: run}}
  - {at: 90s, snapshot: running}
  - {at: 100s, process: {node: r3, protocol: igmp, state: hang}}
  - {at: 101s, join: {node: r3, group: 239.0.0.10}}
  - {at: 110s, process: {node: r3, protocol: igmp, state: stop}}
  - {at: 120s, process: {node: r3, protocol: igmp, state: run}}
  - {at: 130s, snapshot: restarted}
)");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const auto count = [&run](const std::string& snapshot, const std::string& node) {
        return run
            ->GetRows("igmp", {{"snapshot", snapshot}, {"node", node}, {"group", "239.0.0.10"}})
            .size();
    };
    EXPECT_EQ(count("hanging", "e2"), 0u);
    EXPECT_EQ(count("running", "e2"), 1u);
    EXPECT_EQ(count("restarted", "e3"), 1u);
}

} // namespace
