// SPDX-License-Identifier: GPL-2.0-only
// An OpenFlow controller as a scenario has it, against the reference lab (Open vSwitch 3.1, os-ken):
// messages, copies, failures.
#include "support/plane-stories.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const std::string PINGS = "  - {at: 59s, snapshot: idle}\n"
                          "  - {at: 60s, ping: {node: t1, to: 192.168.99.2, count: 3}}\n"
                          "  - {at: 69s, snapshot: first}\n";

std::size_t
CountRows(const LabProgram& run, const std::string& table, const LabRow& where)
{
    return run->GetRows(table, where).size();
}

TEST(ControllerScenario, ReactiveCountsOfTheReferenceLab)
{
    const LabProgram run(MakePlaneStory("controller: {node: c3}", "controller", PINGS));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.2"), "!!!");
    // ARP, ping, answer from the tunnel: 84, 140, 164 bytes; at the other end the same.
    for (const char* vtep : {"r1", "r2"})
    {
        EXPECT_EQ(GetMessages(run, "first", vtep, "sent", "packet-in"), "3 x 388") << vtep;
        EXPECT_EQ(GetMessages(run, "first", vtep, "received", "packet-out"), "3 x 376") << vtep;
        EXPECT_EQ(GetMessages(run, "first", vtep, "received", "flow-mod"), "2 x 176") << vtep;
    }
    EXPECT_EQ(GetMessages(run, "first", "r3", "sent", "packet-in"), "0");
    EXPECT_EQ(GetLinkPackets(run, "first", "1", "r1"), "3 x 402");
    EXPECT_EQ(GetLinkPackets(run, "first", "1", "e1"), "3 x 402");
    EXPECT_EQ(GetLinkPackets(run, "first", "3", "e3"), "0");
    EXPECT_EQ(GetInnerKinds(run, "first", "1"), "unicast");
}

TEST(ControllerScenario, TheFirstSessionAndItsTunnels)
{
    const LabProgram run(MakePlaneStory("controller: {node: c3}", "controller", PINGS));
    EXPECT_EQ(GetMessages(run, "idle", "r1", "sent", "hello"), "1 x 8");
    EXPECT_EQ(GetMessages(run, "idle", "r1", "received", "features-request"), "1 x 8");
    EXPECT_EQ(GetMessages(run, "idle", "r1", "sent", "features-reply"), "1 x 32");
    // ovs-vsctl's methods, in ovs/3-ovsdb-messages.txt.
    EXPECT_EQ(GetMessages(run, "first", "r1", "received", "get_schema"), "1 x 51");
    EXPECT_EQ(GetMessages(run, "first", "r1", "received", "monitor_cond"), "1 x 161");
    EXPECT_EQ(GetMessages(run, "first", "r1", "received", "monitor_cond_since"), "1 x 425");
    EXPECT_EQ(GetMessages(run, "first", "r1", "received", "transact").substr(0, 4), "1 x ");
    EXPECT_EQ(GetMessages(run, "first", "r1", "sent", "update3").substr(0, 4), "2 x ");
    EXPECT_EQ(GetMessages(run, "first", "r3", "received", "transact"), "0");
    EXPECT_EQ(run->GetCells("events", {{"node", "r1"}, {"protocol", "ovsdb"}}, "event"),
              (std::set<std::string>{"session-up", "tunnel"}));
    EXPECT_EQ(CountRows(run, "events", {{"node", "c3"}, {"protocol", "openflow"}}), 3u);
    for (const char* kind : {"openflow", "ovsdb"})
    {
        EXPECT_NE(GetLinkPackets(run, "first", "1", "r1", kind), "0") << kind;
    }
}

TEST(ControllerScenario, TablesOfAReactiveController)
{
    const LabProgram run(MakePlaneStory("controller: {node: c3}", "controller", PINGS));
    const LabRow r1 = {{"snapshot", "first"}, {"node", "r1"}};
    EXPECT_EQ(run->GetCells("flows", r1, "match"),
              (std::set<std::string>{
                  "", "ip,nw_proto=2", "dl_dst=02:00:01:00:00:2a", "dl_dst=02:00:02:00:00:2a"}));
    LabRow flow = r1;
    flow["match"] = "dl_dst=02:00:02:00:00:2a";
    EXPECT_EQ(run->GetCell("flows", flow, "actions"), "output:12");
    EXPECT_EQ(run->GetCell("flows", flow, "priority"), "10");
    EXPECT_EQ(run->GetCell("flows", flow, "packets"), "2"); // the first was a PACKET_OUT
    EXPECT_EQ(run->GetCell("flows", flow, "bytes"), "196");
    const LabRow fdb = {{"snapshot", "first"}, {"node", "r1"}, {"mac", "02:00:02:00:00:2a"}};
    EXPECT_EQ(run->GetCell("fdb", fdb, "vtep"), "192.168.2.2");
    EXPECT_EQ(run->GetCell("fdb", fdb, "origin"), "controller");
    const LabRow known = {{"snapshot", "first"}, {"node", "c3"}, {"origin", "controller"}};
    EXPECT_EQ(run->GetCells("neighbors", known, "ip"),
              (std::set<std::string>{"192.168.99.1", "192.168.99.2", "192.168.99.3"}));
    EXPECT_EQ(run->GetCells("neighbors", known, "vtep"),
              (std::set<std::string>{"192.168.1.1", "192.168.2.2", "192.168.3.3"}));
}

TEST(ControllerScenario, ProactiveAsksNothing)
{
    const LabProgram run(
        MakePlaneStory("controller: {node: c3, mode: proactive}", "controller", PINGS));
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.2"), "!!!");
    EXPECT_EQ(GetMessages(run, "first", "r1", "sent", "packet-in"), "0");
    EXPECT_EQ(GetMessages(run, "first", "r1", "received", "flow-mod"), "0");
    // IGMP 88, miss 56; own address 88, two others 88, two ARP responders 240.
    EXPECT_EQ(GetMessages(run, "idle", "r1", "received", "flow-mod"), "7 x 888");
    EXPECT_EQ(GetLinkPackets(run, "first", "1", "r1"), "3 x 402");
    const LabRow answers = {{"snapshot", "first"}, {"node", "r1"}, {"origin", "controller"}};
    EXPECT_EQ(run->GetCells("neighbors", answers, "ip"),
              (std::set<std::string>{"192.168.99.2", "192.168.99.3"}));
    EXPECT_EQ(run->GetCells("neighbors", answers, "vtep"),
              (std::set<std::string>{"192.168.2.2", "192.168.3.3"}));
}

TEST(ControllerScenario, UnknownAddressesAreDroppedOrFlooded)
{
    const std::string flood =
        "  - {at: 60s, flood: {node: t1, frames: 10, interval: 100ms, kind: unknown-unicast}}\n"
        "  - {at: 70s, flood: {node: t1, frames: 10, interval: 100ms, kind: broadcast}}\n";
    const LabProgram drop(MakePlaneStory("controller: {node: c3}", "controller", flood));
    EXPECT_EQ(drop->GetCells("flood", {}, "delivered_wanted"), std::set<std::string>{"0"});
    const LabProgram all(
        MakePlaneStory("controller: {node: c3, unknown: flood}", "controller", flood));
    EXPECT_EQ(all->GetCells("flood", {}, "delivered_wanted"), std::set<std::string>{"20"});
}

const std::string NEW_PAIR =
    "  - {at: 100s, ping: {node: t1, to: 192.168.99.2, count: 3}}\n"
    "  - {at: 100s, ping: {node: t1, to: 192.168.99.3, count: 3}}\n"
    "  - {at: 110s, snapshot: alone}\n"
    "  - {at: 120s, process: {node: c3, protocol: controller, state: run}}\n"
    "  - {at: 135s, snapshot: back}\n"
    "  - {at: 140s, ping: {node: t1, to: 192.168.99.2, count: 3}}\n"
    "  - {at: 140s, ping: {node: t2, to: 192.168.99.3, count: 3}}\n"
    "  - {at: 150s, snapshot: end}\n";

TEST(ControllerScenario, FailSecureThenAResynchronizationThatTouchesNothing)
{
    const LabProgram run(MakePlaneStory(
        "controller: {node: c3}",
        "controller",
        PINGS + "  - {at: 80s, process: {node: c3, protocol: controller, state: stop}}\n" +
            NEW_PAIR));
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.2"), "!!!!!!!!!");
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.3"), "...");
    EXPECT_EQ(GetAnswers(run, "t2", "192.168.99.3"), "!!!");
    EXPECT_NEAR(run->GetEventTimes("r1", "session-down").at(0), 80, 0.1);
    EXPECT_LE(run->GetEventTimes("r1", "session-up").back(), 125.1);
    // No flow is sent again, and the counters go on.
    EXPECT_EQ(GetMessages(run, "back", "r1", "received", "flow-mod"), "0");
    const auto packets = [&](const std::string& snapshot) {
        return run->GetNumber(
            "flows",
            {{"snapshot", snapshot}, {"node", "r1"}, {"match", "dl_dst=02:00:02:00:00:2a"}},
            "packets");
    };
    EXPECT_EQ(packets("alone"), packets("first") + 3);
    EXPECT_EQ(packets("end"), packets("first") + 6);
    EXPECT_GT(
        run->GetNumber("drops",
                       {{"node", "r1"}, {"protocol", "openflow"}, {"reason", "no-controller"}},
                       "packets"),
        0);
}

TEST(ControllerScenario, FailStandaloneLearnsAndFloods)
{
    const LabProgram run(
        MakePlaneStory("controller: {node: c3, mode: proactive, fail: standalone}",
                       "controller",
                       PINGS +
                           "  - {at: 70s, move: {tenant: t3, to: r2, announce: none}}\n"
                           "  - {at: 80s, process: {node: c3, protocol: controller, state: stop}}\n"
                           "  - {at: 81s, tenant: {name: t4, node: r3, device: vxlan42, mac: "
                           "\"02:00:04:00:00:2a\", address: 192.168.99.4/24}}\n"
                           "  - {at: 98s, ping: {node: t1, to: 192.168.99.4, count: 3}}\n" +
                           NEW_PAIR));
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.4"), "!!!");
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.3"), "!!!");
    EXPECT_EQ(GetAnswers(run, "t2", "192.168.99.3"), "!!!");
    EXPECT_NEAR(run->GetEventTimes("r1", "fail-open").back(), 95, 0.2);
}

TEST(ControllerScenario, AHangingControllerIsGivenUpAfterTwoEchoIntervals)
{
    const LabProgram run(MakePlaneStory(
        "controller: {node: c3}",
        "controller",
        PINGS + "  - {at: 80s, process: {node: c3, protocol: controller, state: hang}}\n"
                "  - {at: 100s, process: {node: c3, protocol: controller, state: run}}\n"
                "  - {at: 140s, ping: {node: t1, to: 192.168.99.3, count: 3}}\n"));
    const auto down = run->GetEventTimes("r1", "session-down");
    ASSERT_FALSE(down.empty());
    EXPECT_GT(down[0], 84);
    EXPECT_LT(down[0], 90.1);
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.3"), "!!!");
}

TEST(ControllerScenario, AKilledSwitchLosesItsFlowsAndGetsThemAgain)
{
    const LabProgram run(MakePlaneStory(
        "controller: {node: c3, mode: proactive}",
        "controller",
        PINGS + "  - {at: 80s, process: {node: r1, protocol: controller, state: stop}}\n"
                "  - {at: 81s, snapshot: stopped}\n"
                "  - {at: 82s, ping: {node: t2, to: 192.168.99.1, count: 2}}\n"
                "  - {at: 90s, process: {node: r1, protocol: controller, state: run}}\n"
                "  - {at: 100s, snapshot: again}\n"
                "  - {at: 101s, ping: {node: t2, to: 192.168.99.1, count: 2}}\n"
                "  - {at: 110s, node: {name: r1, state: down}}\n"
                "  - {at: 120s, node: {name: r1, state: up}}\n"
                "  - {at: 190s, ping: {node: t2, to: 192.168.99.1, count: 2}}\n"));
    EXPECT_EQ(CountRows(run, "flows", {{"snapshot", "stopped"}, {"node", "r1"}}), 0u);
    EXPECT_EQ(CountRows(run, "flows", {{"snapshot", "again"}, {"node", "r1"}}), 7u);
    EXPECT_EQ(GetAnswers(run, "t2", "192.168.99.1"), "..!!!!");
}

TEST(ControllerScenario, FullTablesCostQuestions)
{
    std::string events;
    for (int i = 4; i <= 9; ++i)
    {
        events += MakeTenant(i, "r3");
        events +=
            "  - {at: 70s, ping: {node: t1, to: 192.168.99." + std::to_string(i) + ", count: 2}}\n";
    }
    const LabProgram run(MakePlaneStory("controller: {node: c3, capacity: 6}",
                                        "controller",
                                        events + "  - {at: 80s, snapshot: full}\n"));
    EXPECT_EQ(CountRows(run, "flows", {{"snapshot", "full"}, {"node", "r1"}}), 6u);
    for (int i = 4; i <= 9; ++i)
    {
        EXPECT_EQ(GetAnswers(run, "t1", "192.168.99." + std::to_string(i)), "!!") << i;
    }
    EXPECT_FALSE(run->GetEventTimes("c3", "error", "OFPFMFC_TABLE_FULL").empty());
    EXPECT_NE(GetMessages(run, "full", "r1", "sent", "error"), "0");
}

TEST(ControllerScenario, IdleAndHardTimeouts)
{
    const std::string events = "  - {at: 60s, ping: {node: t1, to: 192.168.99.2, count: 20}}\n"
                               "  - {at: 70s, snapshot: busy}\n"
                               "  - {at: 79.9s, snapshot: old}\n"
                               "  - {at: 86s, snapshot: quiet}\n";
    const auto count = [](const LabProgram& run, const std::string& snapshot) {
        return CountRows(
            run, "flows", {{"snapshot", snapshot}, {"node", "r1"}, {"priority", "10"}});
    };
    const LabProgram idle(MakePlaneStory("controller: {node: c3, idle: 5s}", "controller", events));
    EXPECT_EQ(count(idle, "busy"), 2u);
    EXPECT_EQ(count(idle, "old"), 2u);
    EXPECT_EQ(count(idle, "quiet"), 0u);
    EXPECT_EQ(GetMessages(idle, "quiet", "r1", "sent", "flow-removed").substr(0, 4), "2 x ");
    const LabProgram hard(
        MakePlaneStory("controller: {node: c3, hard: 15s}", "controller", events));
    EXPECT_EQ(GetAnswers(hard, "t1", "192.168.99.2"), std::string(20, '!'));
    EXPECT_EQ(GetMessages(hard, "old", "r1", "sent", "flow-removed").substr(0, 4), "2 x ");
    EXPECT_EQ(GetMessages(hard, "old", "r1", "sent", "packet-in").substr(0, 1), "2");
}

TEST(ControllerScenario, MovesLoseNoMoreThanThreePingsOfTenASecond)
{
    for (const char* mode : {"reactive", "proactive"})
    {
        const LabProgram run(MakePlaneStory(
            std::string("controller: {node: c3, mode: ") + mode + "}",
            "controller",
            "  - {at: 60s, ping: {node: t1, to: 192.168.99.2, count: 400, interval: 100ms}}\n"
            "  - {at: 70.05s, move: {tenant: t2, to: r3, announce: garp}}\n"
            "  - {at: 80.05s, move: {tenant: t2, to: r2, announce: garp}}\n"
            "  - {at: 90.05s, move: {tenant: t2, to: r3, announce: none}}\n"));
        const std::string answers = GetAnswers(run, "t1", "192.168.99.2");
        ASSERT_EQ(answers.size(), 400u) << run.GetErr();
        for (std::size_t from = 0; from < 400; from += 100)
        {
            const std::string part = answers.substr(from, 100);
            EXPECT_LE(std::count(part.begin(), part.end(), '.'), 3) << mode << " " << part;
        }
        EXPECT_EQ(answers.back(), '!');
    }
}

TEST(ControllerScenario, ThoseLeftBehindFindAMovedTenant)
{
    const std::pair<const char*, const char*> planes[] = {
        {"controller: {node: c3, mode: proactive}", "controller"},
        {"controller: {node: c3, mode: reactive}", "controller"},
        {"map-server: {node: c3}", "map-server"},
        {"evpn: {reflectors: [c3]}", "evpn, suppress: true"}};
    for (const auto& [control, name] : planes)
    {
        // t2's old port keeps its carrier: that it has gone, its bridge hears from the plane.
        const LabProgram run(
            MakePlaneStory(control,
                           name,
                           MakeTenant(4, "r2", ", announce: garp") +
                               "  - {at: 60s, ping: {node: t4, to: 192.168.99.2, count: 3}}\n"
                               "  - {at: 70s, move: {tenant: t2, to: r3, announce: garp}}\n"
                               "  - {at: 75s, ping: {node: t4, to: 192.168.99.2, count: 3}}\n",
                           ", announce: garp"));
        EXPECT_EQ(GetAnswers(run, "t4", "192.168.99.2"), "!!!!!!") << control << run.GetErr();
    }
}

TEST(ControllerScenario, AServiceStopsTheFloodingOfASharedAddress)
{
    const LabProgram run(MakePlaneStory(
        "controller: {node: c3, unknown: flood}",
        "controller",
        "  - {at: 50s, tenant: {name: nlb, node: r2, device: vxlan42, mac: "
        "\"02:01:00:00:00:09\", address: 192.168.99.9/24, answers: \"02:bf:00:00:00:09\"}}\n"
        "  - {at: 55s, ping: {node: t1, to: 192.168.99.9, count: 1}}\n"
        "  - {at: 59s, snapshot: start}\n"
        "  - {at: 60s, ping: {node: t1, to: 192.168.99.9, count: 60, interval: 100ms}}\n"
        "  - {at: 70s, snapshot: flooded}\n"
        "  - {at: 70s, service: {device: vxlan42, address: 192.168.99.9, mac: "
        "\"02:bf:00:00:00:09\", members: [nlb]}}\n"
        "  - {at: 75s, ping: {node: t1, to: 192.168.99.9, count: 60, interval: 100ms}}\n"
        "  - {at: 90s, snapshot: told}\n"));
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.9"), std::string(121, '!'));
    // The reference lab's 120 copies for 60 pings, and half as many.
    EXPECT_EQ(GetLinkPackets(run, "flooded", "1", "r1"), "120 x 16080");
    EXPECT_EQ(GetLinkPackets(run, "told", "1", "r1"), "60 x 8040");
    EXPECT_EQ(GetLinkPackets(run, "flooded", "3", "e3"), "60 x 8040");
    EXPECT_EQ(GetLinkPackets(run, "told", "3", "e3"), "0");
}

/** Sixty-four VTEPs, a sender and three members. \param vxlan the devices' group, remotes or
 * control */
std::string
MakeFabricStory(const std::string& control, const std::string& vxlan)
{
    std::string vteps;
    for (int i = 0; i < 64; ++i)
    {
        vteps += (i == 0 ? "vtep" : ", vtep") + std::to_string(i);
    }
    std::string story = "duration: 160s\nunderlay: static\n" + control +
                        "events:\n  - {at: 80s, vxlan: {nodes: [" + vteps +
                        "], name: vxlan42, id: 42, ttl: 10, " + vxlan + "}}\n";
    for (int i = 0; i < 64; ++i)
    {
        const std::string n = std::to_string(i);
        char mac[32];
        std::snprintf(mac, sizeof(mac), "02:00:00:00:01:%02x", static_cast<unsigned>(i));
        story += "  - {at: 90s, tenant: {name: t" + n + ", node: vtep" + n +
                 ", device: vxlan42, mac: \"" + mac + "\", address: 192.168.99." +
                 std::to_string(i + 1) + "/24}}\n";
    }
    for (const char* member : {"t7", "t20", "t63"})
    {
        story += "  - {at: 100s, join: {node: " + std::string(member) + ", group: 239.9.9.9}}\n";
    }
    return story +
           "  - {at: 129s, snapshot: before}\n"
           "  - {at: 130s, send: {node: t0, group: 239.9.9.9, interval: 100ms, packets: 10, size: "
           "100, name: music}}\n"
           "  - {at: 140s, snapshot: sent}\n";
}

/** \returns how many VXLAN packets the sender's VTEP has sent. */
uint64_t
CountCopies(const LabProgram& run)
{
    uint64_t packets = 0;
    for (const char* kind : {"vxlan-unicast", "vxlan-multicast"})
    {
        for (const LabRow& row :
             run->GetRows("links", {{"snapshot", "sent"}, {"from", "vtep0"}, {"class", kind}}))
        {
            packets += std::stoull(row.at("packets"));
        }
    }
    return packets;
}

TEST(ControllerScenario, MulticastToThreeMembersAmongSixtyFourVteps)
{
    const std::string fabric = "leaf-spine:spines=2,leaves=16,hosts=4";
    const LabProgram controller(
        MakeFabricStory("control: {controller: {node: spine0}}\n", "control: controller"), fabric);
    const LabProgram group(MakeFabricStory("", "group: 239.0.0.42"), fabric);
    std::string remotes;
    for (const std::string& vtep :
         controller->GetCells("neighbors", {{"snapshot", "before"}}, "vtep"))
    {
        remotes += (remotes.empty() ? "" : ", ") + vtep;
    }
    const LabProgram headEnd(MakeFabricStory("", "remotes: [" + remotes + "]"), fabric);
    for (const LabProgram* run : {&controller, &group, &headEnd})
    {
        ASSERT_EQ(run->GetStatus(), 0) << run->GetErr();
        EXPECT_EQ((*run)->GetRows("deliveries", {{"flow", "music"}, {"received", "10"}}).size(),
                  3u);
    }
    EXPECT_EQ(CountCopies(controller), 3 * 10u);
    EXPECT_EQ(CountCopies(headEnd), 63 * 10u);
    EXPECT_EQ(CountCopies(group), 10u);
    // The tree's links carry one each; the first may be inside a Register on the way to the RP.
    const auto tree = group->GetRows("links", {{"snapshot", "sent"}, {"class", "vxlan-multicast"}});
    EXPECT_EQ(tree.size(), 64u + 16); // to each VTEP, and to or from the root of 16 leaves
    for (const LabRow& row : tree)
    {
        EXPECT_LE(std::stoi(row.at("packets")), 10) << row.at("network");
        EXPECT_GE(std::stoi(row.at("packets")), 9) << row.at("network");
    }
}

TEST(ControllerScenario, FlowsByHandOfTheReferenceLab)
{
    std::string events;
    const std::string names[] = {"", "192.168.1.1", "192.168.2.2", "192.168.3.3"};
    for (int own = 1; own <= 3; ++own)
    {
        const std::string node = "r" + std::to_string(own);
        const auto mac = [](int i) { return "02:00:0" + std::to_string(i) + ":00:00:2a"; };
        const auto ip = [](int i) { return "192.168.99." + std::to_string(i); };
        const auto add = [&](const std::string& flow) {
            events += "  - {at: 55s, flow: {node: " + node + ", " + flow + "}}\n";
        };
        for (int other = 1; other <= 3; ++other)
        {
            if (other == own)
            {
                continue;
            }
            add("priority: 100, match: {in_port: vni42, arp: , arp_op: 1, arp_tpa: " + ip(other) +
                "}, actions: [\"move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[]\", \"set_field:" +
                mac(other) +
                "->eth_src\", \"set_field:2->arp_op\", "
                "\"move:NXM_NX_ARP_SHA[]->NXM_NX_ARP_THA[]\", "
                "\"move:NXM_OF_ARP_SPA[]->NXM_OF_ARP_TPA[]\", \"set_field:" +
                mac(other) + "->arp_sha\", \"set_field:" + ip(other) + "->arp_spa\", in_port]");
            add("priority: 50, match: {in_port: vni42, dl_dst: \"" + mac(other) +
                "\"}, actions: [\"set_field:42->tun_id\", \"output:" + names[other] + "\"]");
            add("priority: 50, match: {in_port: " + names[other] + ", dl_dst: \"" + mac(own) +
                "\"}, actions: [\"output:vni42\"]");
        }
        add("priority: 0, actions: [drop]");
    }
    const LabProgram run(MakePlaneStory("", "controller", events + PINGS));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.2"), "!!!");
    for (const char* node : {"r1", "r2", "r3"})
    {
        EXPECT_EQ(CountRows(run, "flows", {{"snapshot", "idle"}, {"node", node}}), 7u) << node;
    }
    EXPECT_EQ(GetLinkPackets(run, "first", "1", "r1"), "3 x 402");
    EXPECT_EQ(GetLinkPackets(run, "first", "1", "e1"), "3 x 402");
    EXPECT_EQ(GetInnerKinds(run, "first", "1"), "unicast");
    EXPECT_EQ(CountRows(run, "control", {}), 0u);
    EXPECT_EQ(run->GetCell("flows",
                           {{"snapshot", "first"},
                            {"node", "r1"},
                            {"match", "arp,in_port=1,arp_tpa=192.168.99.2,arp_op=1"}},
                           "packets"),
              "1");
    EXPECT_EQ(run->GetCells("neighbors", {{"snapshot", "first"}, {"node", "r1"}}, "ip"),
              (std::set<std::string>{"192.168.99.2", "192.168.99.3"}));
}

TEST(ControllerScenario, StaticFlowsAndTheirLimits)
{
    const LabProgram run(MakePlaneStory(
        "controller: {node: c3, capacity: 4}",
        "controller",
        "  - {at: 55s, flow: {node: r1, priority: 77, match: {dl_dst: \"02:00:09:00:00:2a\"}, "
        "actions: [\"output:t1\"], idle: 5s}}\n"
        "  - {at: 56s, snapshot: there}\n"
        "  - {at: 61s, snapshot: idle}\n"
        "  - {at: 65s, flow: {node: r1, priority: 1, actions: [drop]}}\n"
        "  - {at: 65s, flow: {node: r1, priority: 2, actions: [drop]}}\n"
        "  - {at: 65s, flow: {node: r1, priority: 3, actions: [drop]}}\n"
        "  - {at: 70s, process: {node: c3, protocol: controller, state: stop}}\n"
        "  - {at: 75s, process: {node: c3, protocol: controller, state: run}}\n"
        "  - {at: 90s, snapshot: resynchronized}\n"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const LabRow flow = {{"snapshot", "there"}, {"node", "r1"}, {"priority", "77"}};
    EXPECT_EQ(run->GetCell("flows", flow, "actions"), "output:1");
    EXPECT_EQ(CountRows(run, "flows", {{"snapshot", "idle"}, {"priority", "77"}}), 0u);
    EXPECT_NE(ReadText(run->GetPath("transcript.txt"))
                  .find("[65s] r1# ovs-ofctl add-flow: the flow is refused: OFPFMFC_TABLE_FULL"),
              std::string::npos);
    EXPECT_EQ(CountRows(run, "flows", {{"snapshot", "resynchronized"}, {"priority", "1"}}), 1u);
    EXPECT_EQ(CountRows(run, "flows", {{"snapshot", "resynchronized"}, {"priority", "2"}}), 1u);
}

TEST(ControllerScenario, ShowCommands)
{
    const LabProgram run(MakePlaneStory("controller: {node: c3}",
                                        "controller",
                                        PINGS + "  - {at: 69s, show: {node: r1, what: ovs-vsctl "
                                                "show}}\n"
                                                "  - {at: 69s, show: {node: r1, what: ovs-ofctl "
                                                "dump-flows}}\n"));
    const std::string transcript = ReadText(run->GetPath("transcript.txt"));
    for (const char* line : {"r1# ovs-vsctl show",
                             "Controller \"tcp:192.168.21.133:6653\"",
                             "remote_ip=\"192.168.2.2\"",
                             "r1# ovs-ofctl dump-flows",
                             "priority=10,dl_dst=02:00:02:00:00:2a actions=output:12"})
    {
        EXPECT_NE(transcript.find(line), std::string::npos) << line << '\n' << transcript;
    }
}

TEST(ControllerScenario, AControllerOnANodeOfItsOwnAndOnARouter)
{
    const std::string topology = "node c kind=controller\n"
                                 "node s\n"
                                 "node v1 kind=vtep\n"
                                 "node v2 kind=vtep\n"
                                 "lan 1\nlan 2\nlan 3\n"
                                 "edge c 1\nedge s 1\nedge s 2\nedge v1 2\nedge s 3\nedge v2 3\n";
    for (const std::string node : {"c", "s"})
    {
        const ScratchFolder scratch;
        const LabProgram run(
            "duration: 100s\ncontrol: {controller: {node: " + node +
                "}}\nevents:\n"
                "  - {at: 60s, vxlan: {nodes: [v1, v2], name: vxlan42, id: 42, control: "
                "controller, addresses: [192.168.99.1/24, 192.168.99.2/24]}}\n"
                "  - {at: 80s, ping: {node: v1, to: 192.168.99.2, count: 3}}\n",
            scratch.Write("a.topo", topology));
        ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
        EXPECT_EQ(GetAnswers(run, "v1", "192.168.99.2"), "!!!") << node;
    }
}

TEST(ControllerScenario, ExamplesMeetTheirExpectations)
{
    for (const char* name : {"flows", "controller-reactive", "controller-proactive", "map-server"})
    {
        const LabProgram run(ExampleScenario("controls/" + std::string(name)));
        EXPECT_EQ(run.GetStatus(), 0) << name << '\n' << run.GetOut() << run.GetErr();
    }
}

TEST(ControllerScenario, TsharkReadsEveryMessage)
{
    if (RunCommand("tshark --version").status != 0)
    {
        GTEST_SKIP() << "no tshark";
    }
    const LabProgram run(
        MakePlaneStory("controller: {node: c3, idle: 5s, capacity: 4}",
                       "controller",
                       PINGS + "  - {at: 60s, ping: {node: t1, to: 192.168.99.3, count: 3}}\n"
                               "  - {at: 70s, move: {tenant: t2, to: r3, announce: garp}}\n"
                               "  - {at: 75s, join: {node: t1, group: 239.9.9.9}}\n"),
        REC_LAB,
        "--pcap=r1:eth0");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const std::string tshark = "tshark -r " + run.GetPath("r1-eth0.pcap") + " 2>/dev/null ";
    EXPECT_EQ(RunCommand(tshark + "-Y '_ws.malformed || _ws.expert.severity == error' | wc -l").out,
              "0\n");
    // Every kind of message that crosses r1's link is decoded as OpenFlow 1.3.
    const std::string types =
        RunCommand(tshark + "-Y openflow_v4 -T fields -e openflow_v4.type | tr , '\\n' | sort -un")
            .out;
    for (const char* type : {"0", "1", "5", "6", "10", "11", "13", "14", "18", "19"})
    {
        EXPECT_NE(("\n" + types).find("\n" + std::string(type) + "\n"), std::string::npos)
            << type << " of\n"
            << types;
    }
    EXPECT_EQ(RunCommand(tshark + "-Y 'tcp.port == 6653 && tcp.len > 0 && !openflow_v4 && "
                                  "!tcp.reassembled_in && !tcp.analysis.flags' | wc -l")
                  .out,
              "0\n");
}

TEST(ControllerScenario, WrongKeysAreRefused)
{
    const auto check = [](const std::string& text, const std::string& error) {
        const LabProgram run("duration: 100s\n" + text);
        EXPECT_EQ(run.GetStatus(), 2) << text;
        EXPECT_NE(run.GetErr().find(run.GetScenarioPath() + ":"), std::string::npos)
            << run.GetErr();
        EXPECT_NE(run.GetErr().find(error), std::string::npos) << run.GetErr();
        EXPECT_FALSE(run.HasOutput());
    };
    const std::string vxlan =
        "events:\n  - {at: 1s, vxlan: {nodes: [r1], name: vxlan42, id: 42, control: controller";
    const std::string c3 = "control: {controller: {node: c3}}\n";
    check(vxlan + "}}\n", "give control: {controller: {node: NAME}} at the top, or flow events");
    check("control: {controller: {mode: reactive}}\n", "no 'node'");
    check("control: {controller: {node: c9}}\n", "unknown node 'c9'");
    check("control: {controller: {node: c3, mode: lazy}}\n", "known are reactive, proactive");
    check("control: {controller: {node: c3, unknown: lose}}\n", "known are drop, flood");
    check("control: {controller: {node: c3, fail: open}}\n", "known are secure, standalone");
    check("control: {controller: {node: c3, idle: 1500ms}}\n", "whole seconds from 0s to 65535s");
    check("control: {controller: {node: c3, hard: 70000s}}\n", "whole seconds from 0s to 65535s");
    check("control: {controller: {node: c3, capacity: 0}}\n", "a number from 1");
    check("control: {controller: {node: c3, port: 1}}\n", "unknown key 'port'");
    check("control:\n  controller: {node: c3}\n  controller: {node: c2}\n", "twice, keep one");
    check("control: {controller: [{node: c3}, {node: c2}]}\n", "no mapping");
    check(c3 + vxlan + ", suppress: false}}\n", "always answers ARP");
    check(c3 + vxlan + ", bum: group, group: 239.0.0.42}}\n", "goes with control: evpn");
    check(c3 + "events:\n  - {at: 1s, flow: {node: r1, actions: [drop]}}\n", "r1 has no switch");
    const std::string flow = c3 + vxlan + "}}\n  - {at: 2s, flow: {node: r1, ";
    check(flow + "actions: [fly]}}\n", "'fly' is no action, or names no port");
    check(flow + "match: {colour: 3}, actions: [drop]}}\n", "'colour' is no field");
    check(flow + "match: {arp_tpa: 10.0.0.1}, actions: [drop]}}\n", "needs a protocol");
    check(flow + "priority: 65536, actions: [drop]}}\n", "a number from 0 to 65535");
    check(flow + "idle: 1.5s, actions: [drop]}}\n", "whole seconds");
    check(c3 + "events:\n"
               "  - {at: 1s, process: {node: r1, protocol: controller, state: stop}}\n",
          "r1 has neither a controller nor a switch");
    check(c3 + "events:\n  - {at: 1s, service: {device: vxlan42, address: 10.0.0.9, mac: "
               "\"02:bf:00:00:00:09\", members: [t1]}}\n",
          "t1");
}

} // namespace
