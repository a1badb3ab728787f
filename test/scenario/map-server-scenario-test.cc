// SPDX-License-Identifier: GPL-2.0-only
// A map server as a scenario has it: registrations, cache, negative replies, moves, failures.
#include "support/plane-stories.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const std::string GARP = ", announce: garp";
const std::string MAPPED_PINGS = "  - {at: 59s, snapshot: idle}\n"
                                 "  - {at: 60s, ping: {node: t1, to: 192.168.99.2, count: 3}}\n"
                                 "  - {at: 69s, snapshot: first}\n";

TEST(MapServerScenario, NothingIsFloodedOnceTenantsHaveSpoken)
{
    const LabProgram run(
        MakePlaneStory("map-server: {node: c3}", "map-server", MAPPED_PINGS, GARP));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.2"), "!!!");
    EXPECT_EQ(GetLinkPackets(run, "first", "1", "r1"), "3 x 402");
    EXPECT_EQ(GetLinkPackets(run, "first", "1", "e1"), "3 x 402");
    EXPECT_EQ(GetLinkPackets(run, "first", "3", "e3"), "0");
    EXPECT_EQ(GetInnerKinds(run, "first", "1"), "unicast");
    // The address, then the place; at the other end both as well.
    for (const char* vtep : {"r1", "r2"})
    {
        EXPECT_EQ(GetMessages(run, "first", vtep, "sent", "map-request").substr(0, 4), "2 x ");
        EXPECT_EQ(GetMessages(run, "first", vtep, "received", "map-reply").substr(0, 4), "2 x ");
    }
    EXPECT_NE(GetMessages(run, "idle", "r1", "sent", "map-register"), "0");
    EXPECT_NE(GetMessages(run, "idle", "r1", "received", "map-notify"), "0");
    EXPECT_NE(GetLinkPackets(run, "first", "1", "r1", "map"), "0");
    EXPECT_FALSE(
        run->GetRows("events", {{"node", "c3"}, {"protocol", "map"}, {"event", "register"}})
            .empty());
    const LabRow fdb = {{"snapshot", "first"}, {"node", "r1"}, {"mac", "02:00:02:00:00:2a"}};
    EXPECT_EQ(run->GetCell("fdb", fdb, "vtep"), "192.168.2.2");
    EXPECT_EQ(run->GetCell("fdb", fdb, "origin"), "map");
    const LabRow neighbor = {{"snapshot", "first"}, {"node", "r1"}, {"ip", "192.168.99.2"}};
    EXPECT_EQ(run->GetCell("neighbors", neighbor, "mac"), "02:00:02:00:00:2a");
    EXPECT_EQ(run->GetCell("neighbors", neighbor, "vtep"), "192.168.2.2");
    EXPECT_EQ(run->GetCell("neighbors", neighbor, "origin"), "map");
}

TEST(MapServerScenario, ASilentTenantIsFoundByFlooding)
{
    const LabProgram run(MakePlaneStory("map-server: {node: c3}", "map-server", MAPPED_PINGS));
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.2"), "!!!");
    EXPECT_EQ(GetLinkPackets(run, "first", "1", "r1"), "5 x 558"); // two copies of the request
    // Without suppression the first request is a broadcast like any other.
    std::string story = MakePlaneStory("map-server: {node: c3}", "map-server", MAPPED_PINGS, GARP);
    story.replace(story.find("dev: eth0"), 9, "suppress: false, dev: eth0");
    const LabProgram off(story);
    EXPECT_EQ(GetLinkPackets(off, "first", "1", "r1"), "5 x 558");
}

TEST(MapServerScenario, MappingsLiveForTheirTtl)
{
    const LabProgram run(MakePlaneStory(
        "map-server: {node: c3, ttl: 60s}",
        "map-server",
        MAPPED_PINGS + "  - {at: 115s, snapshot: old}\n"
                       "  - {at: 125s, snapshot: gone}\n"
                       "  - {at: 130s, ping: {node: t1, to: 192.168.99.2, count: 1}}\n"
                       "  - {at: 140s, snapshot: again}\n",
        GARP));
    const auto count = [&](const std::string& snapshot) {
        return run
            ->GetRows("fdb", {{"snapshot", snapshot}, {"node", "r1"}, {"mac", "02:00:02:00:00:2a"}})
            .size();
    };
    EXPECT_EQ(count("old"), 1u);
    EXPECT_EQ(count("gone"), 0u);
    EXPECT_EQ(count("again"), 1u);
    EXPECT_EQ(GetMessages(run, "gone", "r1", "sent", "map-request"), "0");
    EXPECT_NE(GetMessages(run, "again", "r1", "sent", "map-request"), "0");
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.2"), "!!!!");
}

TEST(MapServerScenario, NegativeRepliesAreKeptForAMinute)
{
    const LabProgram run(
        MakePlaneStory("map-server: {node: c3}",
                       "map-server",
                       "  - {at: 59s, snapshot: idle}\n"
                       "  - {at: 60s, ping: {node: t1, to: 192.168.99.77, count: 1}}\n"
                       "  - {at: 61s, show: {node: r1, what: map-cache}}\n"
                       "  - {at: 70s, snapshot: asked}\n"
                       "  - {at: 80s, ping: {node: t1, to: 192.168.99.77, count: 1}}\n"
                       "  - {at: 90s, snapshot: cached}\n"
                       "  - {at: 130s, ping: {node: t1, to: 192.168.99.77, count: 1}}\n"
                       "  - {at: 140s, snapshot: again}\n",
                       GARP));
    EXPECT_EQ(GetMessages(run, "asked", "r1", "sent", "map-request").substr(0, 4), "1 x ");
    EXPECT_EQ(GetMessages(run, "asked", "r1", "received", "map-reply").substr(0, 4), "1 x ");
    EXPECT_EQ(GetMessages(run, "cached", "r1", "sent", "map-request"), "0");
    EXPECT_EQ(GetMessages(run, "again", "r1", "sent", "map-request").substr(0, 4), "1 x ");
    EXPECT_EQ(GetInnerKinds(run, "asked", "1"), "arp-request"); // nobody knows: to all
    EXPECT_NE(ReadText(run->GetPath("transcript.txt")).find("192.168.99.77/32"), std::string::npos);
}

TEST(MapServerScenario, MovesAreSolicited)
{
    const LabProgram run(MakePlaneStory(
        "map-server: {node: c3}",
        "map-server",
        "  - {at: 60s, ping: {node: t1, to: 192.168.99.2, count: 300, interval: 100ms}}\n"
        "  - {at: 69s, snapshot: before}\n"
        "  - {at: 70.05s, move: {tenant: t2, to: r3, announce: garp}}\n"
        "  - {at: 75s, snapshot: moved}\n"
        "  - {at: 80.05s, move: {tenant: t2, to: r2, announce: garp}}\n",
        GARP));
    const std::string answers = GetAnswers(run, "t1", "192.168.99.2");
    ASSERT_EQ(answers.size(), 300u) << run.GetErr();
    for (std::size_t from = 0; from < 300; from += 100)
    {
        const std::string part = answers.substr(from, 100);
        EXPECT_LE(std::count(part.begin(), part.end(), '.'), 3) << part;
    }
    EXPECT_EQ(run->GetEventTimes("c3", "move").size(), 4u); // a MAC and an IP address, twice
    EXPECT_EQ(run->GetEventTimes("r2", "moved-away").size(), 1u);
    EXPECT_EQ(GetMessages(run, "moved", "r2", "sent", "solicit-map-request").substr(0, 4), "1 x ");
    EXPECT_EQ(GetMessages(run, "moved", "r1", "received", "solicit-map-request").substr(0, 4),
              "1 x ");
    EXPECT_EQ(run->GetCell("fdb",
                           {{"snapshot", "moved"}, {"node", "r1"}, {"mac", "02:00:02:00:00:2a"}},
                           "vtep"),
              "192.168.3.3");
}

TEST(MapServerScenario, AServersRestartIsBridgedByCaches)
{
    const LabProgram run(MakePlaneStory(
        "map-server: {node: c3}",
        "map-server",
        MAPPED_PINGS + "  - {at: 80s, process: {node: c3, protocol: map-server, state: stop}}\n"
                       "  - {at: 82s, ping: {node: t1, to: 192.168.99.2, count: 3}}\n"
                       "  - {at: 90s, process: {node: c3, protocol: map-server, state: run}}\n"
                       "  - {at: 90s, snapshot: empty}\n"
                       "  - {at: 165s, show: {node: c3, what: map-cache}}\n"
                       "  - {at: 170s, snapshot: registered}\n"
                       "  - {at: 171s, ping: {node: t1, to: 192.168.99.3, count: 3}}\n"
                       "  - {at: 180s, snapshot: new}\n",
        GARP));
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.2"), "!!!!!!");
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.3"), "!!!");
    EXPECT_EQ(GetLinkPackets(run, "new", "1", "r1"), "3 x 402");
    EXPECT_NE(ReadText(run->GetPath("transcript.txt")).find("Registrations, 7 entries"),
              std::string::npos)
        << ReadText(run->GetPath("transcript.txt"));
}

TEST(MapServerScenario, AHangingServerAnswersLate)
{
    const LabProgram run(
        MakePlaneStory("map-server: {node: c3}",
                       "map-server",
                       "  - {at: 60s, process: {node: c3, protocol: map-server, state: hang}}\n"
                       "  - {at: 70s, ping: {node: t1, to: 192.168.99.2, count: 1}}\n"
                       "  - {at: 72s, process: {node: c3, protocol: map-server, state: run}}\n"
                       "  - {at: 80s, snapshot: end}\n",
                       GARP));
    const double roundTrip = run->GetNumber("pings", {{"node", "t1"}}, "rtt_ms");
    EXPECT_GT(roundTrip, 1900);
    EXPECT_LT(roundTrip, 2500);
}

TEST(MapServerScenario, RemovedTenantsAreWithdrawn)
{
    const LabProgram run(MakePlaneStory("map-server: {node: c3}",
                                        "map-server",
                                        MAPPED_PINGS + "  - {at: 70s, remove: {tenant: t2}}\n"
                                                       "  - {at: 75s, show: {node: c3, what: "
                                                       "map-cache}}\n",
                                        GARP));
    EXPECT_NE(ReadText(run->GetPath("transcript.txt")).find("Registrations, 5 entries"),
              std::string::npos);
    EXPECT_FALSE(run->GetEventTimes("c3", "withdraw").empty());
}

TEST(MapServerScenario, ACrashSaysNoGoodbye)
{
    const LabProgram run(MakePlaneStory("map-server: {node: c3}, controller: {node: c3}",
                                        "map-server",
                                        "  - {at: 41s, vxlan: {nodes: [r2, r3], name: vxlan43, "
                                        "id: 43, control: controller, dev: eth0}}\n"
                                        "  - {at: 70s, node: {name: r2, state: down}}\n",
                                        GARP,
                                        "300s"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    // Registrations go 180 s after the last, the session after two intervals of silence.
    EXPECT_TRUE(run->GetEventTimes("c3", "withdraw").empty());
    const auto timeouts = run->GetEventTimes("c3", "timeout");
    ASSERT_FALSE(timeouts.empty());
    EXPECT_GT(timeouts[0], 180);
    EXPECT_LE(timeouts.back(), 70 + 180);
    const auto down = run->GetEventTimes("c3", "session-down", "192.168.2.2");
    ASSERT_FALSE(down.empty());
    EXPECT_GT(down[0], 75);
    EXPECT_LT(down[0], 102);
}

TEST(MapServerScenario, TsharkReadsEveryMessage)
{
    if (RunCommand("tshark --version").status != 0)
    {
        GTEST_SKIP() << "no tshark";
    }
    const LabProgram run(
        MakePlaneStory("map-server: {node: c3}",
                       "map-server",
                       MAPPED_PINGS +
                           "  - {at: 70s, move: {tenant: t2, to: r3, announce: garp}}\n"
                           "  - {at: 71s, ping: {node: t1, to: 192.168.99.2, count: 3}}\n"
                           "  - {at: 75s, ping: {node: t1, to: 192.168.99.77, count: 1}}\n",
                       GARP),
        REC_LAB,
        "--pcap=r1:eth0,e2:eth0");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    for (const char* file : {"r1-eth0.pcap", "e2-eth0.pcap"})
    {
        const std::string tshark = "tshark -r " + run.GetPath(file) + " 2>/dev/null ";
        EXPECT_EQ(
            RunCommand(tshark + "-Y '_ws.malformed || _ws.expert.severity == error' | wc -l").out,
            "0\n");
        EXPECT_EQ(RunCommand(tshark + "-Y 'udp.port == 4342 && !lisp' | wc -l").out, "0\n");
        EXPECT_NE(RunCommand(tshark + "-Y lisp | wc -l").out, "0\n");
    }
}

TEST(MapServerScenario, WrongKeysAreRefused)
{
    const auto check = [](const std::string& text, const std::string& error) {
        const LabProgram run("duration: 100s\n" + text);
        EXPECT_EQ(run.GetStatus(), 2) << text;
        EXPECT_NE(run.GetErr().find(run.GetScenarioPath() + ":"), std::string::npos)
            << run.GetErr();
        EXPECT_NE(run.GetErr().find(error), std::string::npos) << run.GetErr();
    };
    const std::string vxlan =
        "events:\n  - {at: 1s, vxlan: {nodes: [r1, r2], name: vxlan42, id: 42, control: "
        "map-server}}\n";
    check(vxlan, "give control: {map-server: {node: NAME}} at the top");
    check("control: {map-server: {node: r2}}\n" + vxlan, "a map server cannot be on a VTEP");
    check("control: {map-server: {ttl: 60s}}\n", "no 'node'");
    check("control: {map-server: {node: x}}\n", "unknown node 'x'");
    check("control: {map-server: {node: c3, ttl: 0s}}\n", "a time of more than 0s");
    check("control: {map-server: {node: c3, size: 3}}\n", "unknown key 'size'");
    check("control: {map-server: {node: c3}}\nevents:\n"
          "  - {at: 1s, process: {node: r1, protocol: map-server, state: stop}}\n",
          "r1 has no part in the mapping system");
    const LabProgram odd("duration: 10s\ncontrol: {map-server: {node: c3, ttl: 90s}}\n" + vxlan);
    EXPECT_EQ(odd.GetStatus(), 0);
    EXPECT_NE(odd.GetErr().find("ttl 90s is 2 minutes in LISP's messages"), std::string::npos)
        << odd.GetErr();
}

} // namespace
