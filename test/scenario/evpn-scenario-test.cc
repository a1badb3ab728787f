// SPDX-License-Identifier: GPL-2.0-only
// BGP EVPN as a scenario has it: keys, tables, show commands, processes.
#include "support/plane-stories.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const std::string STORY = R"(
duration: 260s
control:
  evpn: {as: 65001, reflectors: [c3]}
events:
  - {at: 40s, vxlan: {nodes: [r1, r2, r3], name: vxlan42, id: 42, control: evpn, suppress: true, dev: eth0, addresses: [192.168.99.1/24, 192.168.99.2/24, 192.168.99.3/24]}}
  - {at: 80s, snapshot: start}
  - {at: 81s, ping: {node: r1, to: 192.168.99.2, count: 3}}
  - {at: 90s, show: {node: r3, what: bgp l2vpn evpn}}
  - {at: 90s, show: {node: r3, what: evpn arp-cache vni 42}}
  - {at: 90s, show: {node: c3, what: bgp summary}}
  - {at: 90s, snapshot: ping}
  - {at: 91s, ping: {node: r3, to: 192.168.99.2, count: 1}}
  - {at: 95s, snapshot: suppressed}
  - {at: 100s, process: {node: r2, protocol: evpn, state: stop}}
  - {at: 101s, snapshot: stopped}
  - {at: 110s, process: {node: r2, protocol: evpn, state: run}}
  - {at: 120s, snapshot: running}
)";

TEST(EvpnScenario, TablesOfTheReferenceLab)
{
    const LabProgram run(STORY);
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    for (const std::string node : {"r1", "r2", "r3", "c3"})
    {
        // Each device has an address: a MAC, a MAC/IP and a multicast route.
        EXPECT_EQ(run->GetRows("evpn", {{"snapshot", "start"}, {"node", node}}).size(), 9u) << node;
    }
    EXPECT_EQ(run->GetRows("evpn", {{"snapshot", "start"}, {"node", "r1"}, {"from", ""}}).size(),
              3u);
    const LabRow own = {{"snapshot", "start"}, {"node", "r1"}, {"from", ""}, {"type", "3"}};
    EXPECT_EQ(run->GetCell("evpn", own, "rd"), "192.168.1.1:2");
    EXPECT_EQ(run->GetCell("evpn", own, "ip"), "192.168.1.1");
    EXPECT_EQ(run->GetCell("evpn", own, "label"), "42");
    EXPECT_EQ(run->GetCells("fdb", {{"snapshot", "start"}, {"node", "r1"}}, "vtep"),
              (std::set<std::string>{"192.168.2.2", "192.168.3.3"}));
    EXPECT_EQ(run->GetCells("neighbors", {{"snapshot", "ping"}, {"node", "r3"}}, "ip"),
              (std::set<std::string>{"192.168.99.1", "192.168.99.2"}));
    EXPECT_EQ(run->GetCells("neighbors", {{"snapshot", "ping"}}, "origin"),
              std::set<std::string>{"evpn"});
    EXPECT_EQ(run->GetRows("pings", {{"from", "192.168.99.2"}}).size(), 4u);
}

TEST(EvpnScenario, ControlMessagesAndLinks)
{
    const LabProgram run(STORY);
    const LabRow sent = {{"node", "r1"}, {"peer", "c3"}, {"direction", "sent"}};
    const auto count = [&](const std::string& snapshot, const std::string& message) {
        LabRow where = sent;
        where["snapshot"] = snapshot;
        where["message"] = message;
        return run->GetRows("control", where).empty()
                   ? "0"
                   : run->GetCell("control", where, "count") + " x " +
                         run->GetCell("control", where, "bytes");
    };
    EXPECT_EQ(count("start", "open"), "1 x 45");
    EXPECT_EQ(count("start", "update"), "3 x 274"); // MAC and MAC/IP, type 3, End-of-RIB
    EXPECT_EQ(count("ping", "update"), "0");
    EXPECT_FALSE(run->GetRows("links", {{"class", "bgp"}, {"from", "r1"}}).empty());
    EXPECT_FALSE(
        run->GetRows("events", {{"protocol", "bgp"}, {"event", "session-up"}, {"node", "c3"}})
            .empty());
}

/** \returns VXLAN packets and bytes that a VTEP has sent while r1 pinged r2 three times. */
std::string
SentWhilePinging(const LabProgram& run, const std::string& node)
{
    const LabRow where = {{"snapshot", "ping"}, {"from", node}, {"class", "vxlan-unicast"}};
    return run->GetRows("links", where).empty() ? "0"
                                                : run->GetCell("links", where, "packets") + " x " +
                                                      run->GetCell("links", where, "bytes");
}

TEST(EvpnScenario, CopiesOfTheReferenceLab)
{
    // Suppression answers ARP: three pings, three answers.
    const LabProgram on(STORY);
    EXPECT_EQ(SentWhilePinging(on, "r1"), "3 x 402");
    EXPECT_EQ(SentWhilePinging(on, "r2"), "3 x 402");
    EXPECT_EQ(SentWhilePinging(on, "r3"), "0");
    // Without it the request goes to two VTEPs, the answer to one.
    std::string story = STORY;
    story.replace(story.find("suppress: true"), 14, "suppress: false");
    const LabProgram off(story);
    EXPECT_EQ(SentWhilePinging(off, "r1"), "5 x 558");
    EXPECT_EQ(SentWhilePinging(off, "r2"), "4 x 480");
    EXPECT_EQ(SentWhilePinging(off, "r3"), "0");
}

TEST(EvpnScenario, AKilledProcessAndItsRestart)
{
    const LabProgram run(STORY);
    const auto defaults = [&](const std::string& snapshot, const std::string& node) {
        return run
            ->GetRows("fdb", {{"snapshot", snapshot}, {"node", node}, {"mac", "00:00:00:00:00:00"}})
            .size();
    };
    EXPECT_EQ(defaults("suppressed", "r1"), 2u);
    EXPECT_EQ(defaults("stopped", "r1"), 1u);
    EXPECT_EQ(defaults("stopped", "r2"), 0u);
    EXPECT_EQ(defaults("running", "r1"), 2u);
    EXPECT_EQ(defaults("running", "r2"), 2u);
    EXPECT_TRUE(run->GetRows("evpn", {{"snapshot", "stopped"}, {"node", "r2"}}).empty());
}

TEST(EvpnScenario, ShowCommands)
{
    const LabProgram run(STORY);
    const std::string transcript = ReadText(run->GetPath("transcript.txt"));
    for (const char* line : {"r3> show bgp l2vpn evpn",
                             "*>i[2]:[0]:[48]:",
                             "RT:65001:42",
                             "r3> show evpn arp-cache vni 42",
                             "c3> show bgp summary",
                             "192.168.1.1     4      65001"})
    {
        EXPECT_NE(transcript.find(line), std::string::npos) << line;
    }
}

TEST(EvpnScenario, TsharkReadsEveryMessage)
{
    if (RunCommand("tshark --version").status != 0)
    {
        GTEST_SKIP() << "no tshark";
    }
    const LabProgram run(
        MakePlaneStory("evpn: {reflectors: [c3]}",
                       "evpn, suppress: true",
                       "  - {at: 60s, ping: {node: t1, to: 192.168.99.2, count: 3}}\n"
                       "  - {at: 70s, move: {tenant: t2, to: r1, announce: garp}}\n"
                       "  - {at: 75s, move: {tenant: t2, to: r2, announce: garp}}\n"
                       "  - {at: 80s, remove: {tenant: t1}}\n"
                       "  - {at: 90s, process: {node: r1, protocol: evpn, state: hang}}\n",
                       ", announce: garp",
                       "300s"),
        REC_LAB,
        "--pcap=r1:eth0,e1:eth2");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    for (const char* file : {"r1-eth0.pcap", "e1-eth2.pcap"})
    {
        const std::string tshark = "tshark -r " + run.GetPath(file) + " 2>/dev/null ";
        EXPECT_EQ(
            RunCommand(tshark + "-Y '_ws.malformed || _ws.expert.severity == error' | wc -l").out,
            "0\n");
        const std::string types =
            "\n" + RunCommand(tshark + "-Y bgp -T fields -e bgp.type | tr , '\\n' | sort -un").out;
        // OPEN, UPDATE, KEEPALIVE; c3's NOTIFICATION, when r1 has hung for the hold time.
        EXPECT_EQ(types, "\n1\n2\n3\n4\n") << file;
        EXPECT_EQ(RunCommand(tshark + "-Y 'tcp.port == 179 && tcp.len > 0 && !bgp && "
                                      "!tcp.reassembled_in && !tcp.analysis.flags' | wc -l")
                      .out,
                  "0\n");
        const std::string codes =
            RunCommand(tshark + "-Y 'bgp.type == 3' -T fields -e bgp.notify.major_error").out;
        EXPECT_EQ(codes.substr(0, 2), "4\n"); // Hold Timer Expired
    }
}

TEST(EvpnScenario, WrongKeysAreRefused)
{
    const auto check = [](const std::string& text, const std::string& error) {
        const LabProgram run("duration: 10s\n" + text);
        EXPECT_NE(run.GetStatus(), 0) << text;
        EXPECT_NE(run.GetErr().find(error), std::string::npos) << run.GetErr();
    };
    const std::string vxlan =
        "events:\n  - {at: 1s, vxlan: {nodes: [r1], name: vxlan42, id: 42, control: evpn";
    check(vxlan + "}}\n", "control: evpn without speakers");
    check("control: {evpn: {reflectors: [c9]}}\n", "c9");
    check("control: {evpn: {reflectors: [c3, c3]}}\n", "c3 twice");
    check("control: {evpn: {}}\n" + vxlan + ", bum: group}}\n", "go together");
    check("control: {evpn: {}}\n" + vxlan + ", bum: ssm}}\n", "bum: ssm and group: ADDRESS go");
    check("control: {evpn: {}}\n" + vxlan + ", remotes: [10.0.0.1]}}\n", "either control or");
    check("control: {evpn: {}}\nevents:\n"
          "  - {at: 1s, process: {node: r1, protocol: evpn, state: stop}}\n",
          "does not speak BGP");
    check("events:\n  - {at: 1s, show: {node: r1, what: evpn mac vni x}}\n", "cannot show");
}

} // namespace
