// SPDX-License-Identifier: GPL-2.0-only
// The stages of the reference lab's control planes (Linux's head-end lists; FRR's EVPN): who sends
// how many copies of what over which link, and how large BGP's messages are.
#include "support/lab-program.h"
#include "support/overlay-counts.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/** What differs between the stages. */
struct Stage
{
    std::string top;   //!< keys at the top
    std::string keys;  //!< of the vxlan event
    std::string more;  //!< of each tenant
    double from = 150; //!< when the tenants begin
};

const std::string HEAD_END = "remotes: [192.168.1.1, 192.168.2.2, 192.168.3.3]";
const std::string EVPN = "control: {evpn: {as: 65000, reflectors: [c3]}}\n";
const std::string MAC_ONLY = "defaults: {ns3::EvpnProtocol::AdvertiseIp: false}\n";

std::string
At(double time)
{
    return "  - {at: " + std::to_string(time) + ", ";
}

/** Three tenants, the way t1 finds t2, and \p events. */
std::string
Story(const Stage& stage, double duration, const std::string& events)
{
    std::string text = stage.top + "duration: " + std::to_string(duration) + "\nevents:\n" +
                       "  - {at: 40s, vxlan: {nodes: [r1, r2, r3], name: vxlan42, id: 42, ttl: 10, "
                       "dev: eth0, " +
                       stage.keys + "}}\n";
    for (const std::string n : {"1", "2", "3"})
    {
        text += At(stage.from) + "tenant: {name: t" + n + ", node: r" + n +
                ", device: vxlan42, mac: \"02:00:0" + n + ":00:00:2a\", address: 192.168.99." + n +
                "/24" + stage.more + "}}\n";
    }
    return text + events;
}

/** The first ARP and three pings of t1 to t2, between the snapshots "before" and "pinged". */
std::string
FirstPings(double from)
{
    return At(from + 1) + "snapshot: before}\n" + At(from + 1) +
           "ping: {node: t1, to: 192.168.99.2, count: 3}}\n" + At(from + 5) + "snapshot: pinged}\n";
}

/** \returns messages and bytes of a kind between a node and c3 at a snapshot, "0" if none. */
std::string
Control(const LabProgram& run,
        const std::string& snapshot,
        const std::string& node,
        const std::string& direction,
        const std::string& message = "update")
{
    const LabRow where = {{"snapshot", snapshot},
                          {"node", node},
                          {"peer", "c3"},
                          {"direction", direction},
                          {"message", message}};
    return run->GetRows("control", where).empty()
               ? "0"
               : run->GetCell("control", where, "count") + " x " +
                     run->GetCell("control", where, "bytes");
}

TEST(ReferenceLab, HeadEndFloodsTheRequestAndLearnsTheRest)
{
    const LabProgram run(Story({"", HEAD_END, ""}, 160, FirstPings(150)));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    OverlayCounts expected;
    expected.Add("r1 r2", "arp-request", 1).Add("r1 r3", "arp-request", 1);
    expected.Add("r2 r1", "arp-reply", 1);
    expected.Add("r1 r2", "unicast", 3).Add("r2 r1", "unicast", 3);
    EXPECT_EQ(OverlayCounts(run.GetTables(), "pinged", "42").ToText(), expected.ToText());
    EXPECT_EQ(expected.Get("1 r1 unicast arp-request"), 2);
    EXPECT_EQ(CountAnswers(run), 3u);
    // Sizes of the reference lab's frames, less 14 bytes of Ethernet: 92 and 148.
    const auto bytes = [&](const std::string& from, const std::string& inner) {
        return run->GetCell(
            "overlay",
            {{"snapshot", "pinged"}, {"network", "1"}, {"from", from}, {"inner", inner}},
            "bytes");
    };
    EXPECT_EQ(bytes("r1", "arp-request"), "156");
    EXPECT_EQ(bytes("e1", "arp-reply"), "78");
    EXPECT_EQ(bytes("r1", "unicast"), "402");
}

TEST(ReferenceLab, EvpnWithMacRoutesAloneFloodsFirstReplyAndFirstPing)
{
    for (const std::string suppress : {"false", "true"}) // without MAC/IP routes it changes nothing
    {
        const LabProgram run(Story(
            {EVPN + MAC_ONLY, "control: evpn, suppress: " + suppress, ""}, 160, FirstPings(150)));
        ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
        OverlayCounts expected;
        expected.Add("r1 r2", "arp-request", 1).Add("r1 r3", "arp-request", 1);
        expected.Add("r2 r1", "arp-reply", 1).Add("r2 r3", "arp-reply", 1);
        expected.Add("r1 r2", "unknown-unicast", 1).Add("r1 r3", "unknown-unicast", 1);
        expected.Add("r2 r1", "unknown-unicast", 1).Add("r2 r3", "unknown-unicast", 1);
        expected.Add("r1 r2", "unicast", 2).Add("r2 r1", "unicast", 2);
        EXPECT_EQ(OverlayCounts(run.GetTables(), "pinged", "42").ToText(), expected.ToText())
            << suppress;
        EXPECT_EQ(CountAnswers(run), 3u);
        // A MAC route up, and those of the others down: not one's own (FRR sends it back).
        EXPECT_EQ(Control(run, "pinged", "r1", "sent"), "1 x 105");
        EXPECT_EQ(Control(run, "pinged", "r1", "received"), "1 x 119");
        EXPECT_EQ(Control(run, "pinged", "r3", "received"), "2 x 238");
        EXPECT_EQ(Control(run, "pinged", "r3", "sent"), "0");
    }
}

TEST(ReferenceLab, EvpnWithMacIpRoutesAnswersArpItself)
{
    const LabProgram run(
        Story({EVPN, "control: evpn, suppress: true", ", announce: garp"}, 170, FirstPings(150)));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    OverlayCounts expected;
    expected.Add("r1 r2", "unicast", 3).Add("r2 r1", "unicast", 3);
    EXPECT_EQ(OverlayCounts(run.GetTables(), "pinged", "42").ToText(), expected.ToText());
    // Gratuitous ARP is not flooded to ports that suppress.
    EXPECT_EQ(OverlayCounts(run.GetTables(), "before", "42").ToText(), "");
    EXPECT_EQ(CountAnswers(run), 3u);
    // Type 3, End-of-RIB, MAC and MAC/IP in one.
    EXPECT_EQ(Control(run, "before", "r1", "sent"), "3 x 274"); // 101 + 29 + 144
    EXPECT_EQ(Control(run, "pinged", "r1", "sent"), "0");
    const LabRow keepalives = {{"snapshot", "before"},
                               {"node", "r1"},
                               {"direction", "received"},
                               {"message", "keepalive"}};
    EXPECT_GE(run->GetNumber("control", keepalives, "count"), 2);
    EXPECT_EQ(run->GetNumber("control", keepalives, "bytes"),
              19 * run->GetNumber("control", keepalives, "count"));
}

TEST(ReferenceLab, EvpnWithMacIpRoutesAndWithoutSuppressionFloodsRequests)
{
    const LabProgram run(Story({EVPN, "control: evpn", ", announce: garp"}, 160, FirstPings(150)));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    OverlayCounts announced;
    for (const char* way : {"r1 r2", "r1 r3", "r2 r1", "r2 r3", "r3 r1", "r3 r2"})
    {
        announced.Add(way, "arp-request", 1); // two copies of each gratuitous ARP
    }
    EXPECT_EQ(OverlayCounts(run.GetTables(), "before", "42").ToText(), announced.ToText());
    OverlayCounts expected;
    expected.Add("r1 r2", "arp-request", 1).Add("r1 r3", "arp-request", 1);
    expected.Add("r2 r1", "arp-reply", 1);
    expected.Add("r1 r2", "unicast", 3).Add("r2 r1", "unicast", 3);
    EXPECT_EQ(OverlayCounts(run.GetTables(), "pinged", "42").ToText(), expected.ToText());
}

TEST(ReferenceLab, EvpnOverMulticastSendsOneCopy)
{
    std::string warmUp; // the trees of all VTEPs, at their sources
    for (const std::string n : {"1", "2", "3"})
    {
        warmUp += At(155) + "flood: {node: r" + n +
                  ", device: vxlan42, kind: broadcast, frames: 20, interval: 500ms}}\n";
    }
    const LabProgram run(
        Story({EVPN + MAC_ONLY, "control: evpn, bum: group, group: 239.0.0.42", ""},
              220,
              warmUp + FirstPings(200)));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const OverlayCounts counts(run.GetTables(), "pinged", "42");
    const auto tree = {"1 r1", "11 e1", "12 c1", "2 e2", "21 e1", "23 c3", "3 e3"};
    for (const char* link : tree)
    {
        EXPECT_EQ(counts.Get(std::string(link) + " multicast arp-request"), 1) << link;
    }
    for (const char* link : {"1 r1", "2 e2", "3 e3", "2 r2", "1 e1"})
    {
        EXPECT_EQ(counts.Get(std::string(link) + " multicast unknown-unicast"),
                  link == std::string("3 e3") ? 2 : 1)
            << link; // ping and answer, before the routes are in; both reach r3
    }
    for (const char* link : {"2 r2", "1 e1", "3 e3"})
    {
        EXPECT_EQ(counts.Get(std::string(link) + " multicast arp-reply"), 1) << link;
    }
    EXPECT_EQ(counts.Get("1 r1 unicast unicast"), 2);
    EXPECT_EQ(counts.Get("1 e1 unicast unicast"), 2);
    EXPECT_EQ(counts.Get("1 r1 unicast unknown-unicast"), 0);
    EXPECT_EQ(CountAnswers(run), 3u);
    EXPECT_EQ(run->GetCells("fdb",
                            {{"snapshot", "pinged"}, {"node", "r1"}, {"mac", "00:00:00:00:00:00"}},
                            "vtep"),
              std::set<std::string>{"239.0.0.42"});
}

/** A member of a service that balances load in unicast mode, behind r2, and sixty pings to it. */
std::string
Service(double from)
{
    return At(from) +
           "tenant: {name: n2, node: r2, device: vxlan42, mac: \"02:01:c0:a8:63:c8\", "
           "address: 192.168.99.200/24, answers: \"02:bf:c0:a8:63:c8\"}}\n" +
           At(from + 1) + "snapshot: before}\n" + At(from + 1) +
           "ping: {node: t1, to: 192.168.99.200, count: 60, interval: 500ms}}\n" + At(from + 35) +
           "snapshot: pinged}\n";
}

TEST(ReferenceLab, ABalancedServiceFloodsForEver)
{
    for (const std::string& top : {std::string(), EVPN})
    {
        const LabProgram run(
            Story({top, top.empty() ? HEAD_END : "control: evpn", ", announce: garp"},
                  200,
                  Service(155)));
        ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
        OverlayCounts expected;
        expected.Add("r1 r2", "arp-request", 1).Add("r1 r3", "arp-request", 1);
        expected.Add("r2 r1", "arp-reply", 1);
        expected.Add("r1 r2", "unknown-unicast", 60).Add("r1 r3", "unknown-unicast", 60);
        expected.Add("r2 r1", "unicast", 60);
        EXPECT_EQ(OverlayCounts(run.GetTables(), "pinged", "42").ToText(), expected.ToText());
        EXPECT_EQ(expected.Get("1 r1 unicast unknown-unicast"), 120);
        EXPECT_EQ(CountAnswers(run), 60u);
        // Its own address is advertised, that with which it answers never.
        for (const LabRow& row : run->GetRows("evpn", {{"snapshot", "pinged"}}))
        {
            EXPECT_NE(row.at("mac"), "02:bf:c0:a8:63:c8");
            EXPECT_NE(row.at("ip"), "192.168.99.200");
        }
        EXPECT_EQ(
            run->GetRows("evpn",
                         {{"snapshot", "pinged"}, {"node", "r1"}, {"mac", "02:01:c0:a8:63:c8"}})
                .size(),
            top.empty() ? 0u : 1u);
    }
}

TEST(ReferenceLab, ABalancedServiceCostsHalfWithAGroup)
{
    const LabProgram run(Story({"", "group: 239.0.0.42", ", announce: garp"}, 200, Service(155)));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const OverlayCounts counts(run.GetTables(), "pinged", "42");
    EXPECT_EQ(counts.Get("1 r1 multicast unknown-unicast"), 60);
    EXPECT_EQ(counts.Get("3 e3 multicast unknown-unicast"), 60); // a bystander gets them all
    EXPECT_EQ(counts.Get("1 e1 unicast unicast"), 60);
    EXPECT_EQ(CountAnswers(run), 60u);
}

/** Moves of t2, ten pings a second to it all the while, and a snapshot after each. */
std::string
Moves(const std::string& announce)
{
    std::string events = At(155.05) +
                         "ping: {node: t1, to: 192.168.99.2, count: 200, interval: 100ms}}\n" +
                         At(159) + "snapshot: settled}\n";
    const char* const places[] = {"r3", "r2", "r3"};
    for (int i = 0; i < 3; ++i)
    {
        const double at = 160 + 5 * i;
        events += At(at) + "move: {tenant: t2, to: " + places[i] + ", announce: " + announce +
                  "}}\n" + At(at + 4) + "snapshot: m" + std::to_string(i + 1) + "}\n";
    }
    return events;
}

/** \returns how many pings from \p from to \p to seconds got no answer. */
std::size_t
CountLost(const LabProgram& run, double from, double to)
{
    std::size_t lost = 0;
    for (const LabRow& row : run->GetRows("pings", {{"from", ""}}))
    {
        const double time = std::stod(row.at("time_s"));
        lost += from <= time && time < to ? 1 : 0;
    }
    return lost;
}

TEST(ReferenceLab, EvpnFollowsMovesThatAreAnnounced)
{
    const LabProgram run(
        Story({EVPN, "control: evpn, suppress: true", ", announce: garp"}, 180, Moves("garp")));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const char* const places[] = {"192.168.3.3", "192.168.2.2", "192.168.3.3"};
    for (int i = 0; i < 3; ++i)
    {
        const std::string snapshot = "m" + std::to_string(i + 1);
        const LabRow where = {{"snapshot", snapshot}, {"node", "c3"}, {"mac", "02:00:02:00:00:2a"}};
        // The old VTEP has withdrawn: a MAC and a MAC/IP route are left, of the new one.
        EXPECT_EQ(run->GetRows("evpn", where).size(), 2u) << snapshot;
        EXPECT_EQ(run->GetCells("evpn", where, "sequence"),
                  std::set<std::string>{std::to_string(i + 1)});
        EXPECT_EQ(run->GetCells("evpn", where, "next_hop"), std::set<std::string>{places[i]});
        EXPECT_LE(CountLost(run, 160 + 5 * i, 165 + 5 * i), 3u) << snapshot;
        EXPECT_GE(CountLost(run, 160 + 5 * i, 165 + 5 * i), 1u)
            << snapshot; // until the routes are in
        EXPECT_EQ(Control(run, snapshot, i == 1 ? "r2" : "r3", "sent"), "1 x 152"); // 144 + 8
        EXPECT_EQ(Control(run, snapshot, i == 1 ? "r3" : "r2", "sent"), "1 x 104"); // withdrawn
    }
    EXPECT_EQ(CountLost(run, 155, 160), 0u);
    EXPECT_EQ(run->GetRows("overlay", {{"inner", "arp-request"}}).size(), 0u);
}

TEST(ReferenceLab, HeadEndFollowsAnnouncedMovesAtOnce)
{
    const LabProgram run(Story({"", HEAD_END, ""}, 180, Moves("garp")));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(CountLost(run, 155, 180), 0u);
    const OverlayCounts counts(run.GetTables(), "m1", "42");
    EXPECT_EQ(counts.Get("3 r3 unicast arp-request"), 2);
}

TEST(ReferenceLab, ASilentMoveIsLostUntilTheTenantSpeaks)
{
    std::string events = Moves("none");
    events.erase(events.find(At(165)));
    events += At(168) + "ping: {node: t2, to: 192.168.99.3, count: 1}}\n";
    const LabProgram run(Story(
        {EVPN, "control: evpn, suppress: true, learning: false", ", announce: garp"}, 180, events));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(CountLost(run, 155, 160), 0u);
    EXPECT_EQ(CountLost(run, 160, 168), 80u);
    EXPECT_LE(CountLost(run, 168, 180), 3u);
}

TEST(ReferenceLab, RoutesOfAVtepThatHangsStayUntilTheHoldTimer)
{
    const LabProgram run(Story({EVPN, "control: evpn", ", announce: garp"},
                               480,
                               At(200) + "process: {node: r2, protocol: evpn, state: hang}}\n" +
                                   At(430) + "snapshot: gone}\n" + At(440) +
                                   "process: {node: r3, protocol: evpn, state: stop}}\n" +
                                   At(440.3) + "snapshot: stopped}\n"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    // The last message of r2: its tenant's route at 150 s, or a KEEPALIVE after it.
    double last = 0;
    for (double time : run->GetEventTimes("c3", "session-down", "192.168.2.2"))
    {
        last = last == 0 ? time : last;
    }
    EXPECT_GT(last, 200 + 180 - 60);
    EXPECT_LE(last, 200 + 180);
    const auto floods = [&](const std::string& snapshot) {
        return run->GetCells(
            "fdb", {{"snapshot", snapshot}, {"node", "r1"}, {"mac", "00:00:00:00:00:00"}}, "vtep");
    };
    EXPECT_EQ(floods("gone"), std::set<std::string>{"192.168.3.3"});
    EXPECT_EQ(floods("stopped"), std::set<std::string>{}); // at once: FIN
}

class ControlExample : public testing::TestWithParam<const char*>
{
};

TEST_P(ControlExample, HoldsWhatItExpects)
{
    const LabProgram run(ExampleScenario(std::string("controls/") + GetParam()));
    EXPECT_EQ(run.GetStatus(), 0) << run.GetErr() << run.GetOut();
}

INSTANTIATE_TEST_SUITE_P(All,
                         ControlExample,
                         testing::Values("multicast", "head-end", "evpn", "evpn-group"));

} // namespace
