// SPDX-License-Identifier: GPL-2.0-only
// A controller on one of its own VTEPs; what the frames that it floods count as; tenants that leave a
// reactive switch.
#include "support/overlay-counts.h"
#include "support/plane-stories.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

using namespace ns3;

namespace
{

class ControllerOnAVtep : public testing::TestWithParam<const char*>
{
};

TEST_P(ControllerOnAVtep, ServesItsOwnSwitchLikeTheOthers)
{
    const LabProgram run(
        MakePlaneStory("controller: {node: r1, mode: " + std::string(GetParam()) + "}",
                       "controller",
                       "  - {at: 60s, ping: {node: t1, to: 192.168.99.2, count: 3}}\n"
                       "  - {at: 60s, ping: {node: t3, to: 192.168.99.1, count: 3}}\n"
                       "  - {at: 69s, snapshot: first}\n"
                       "  - {at: 70s, show: {node: r1, what: ovs-vsctl show}}\n"
                       "  - {at: 80s, move: {tenant: t2, to: r1, announce: garp}}\n"
                       "  - {at: 85s, ping: {node: t1, to: 192.168.99.2, count: 3}}\n"
                       "  - {at: 90s, process: {node: r1, protocol: controller, state: stop}}\n"
                       "  - {at: 100s, process: {node: r1, protocol: controller, state: run}}\n"
                       "  - {at: 120s, ping: {node: t1, to: 192.168.99.3, count: 3}}\n"
                       "  - {at: 130s, node: {name: r1, state: down}}\n"
                       "  - {at: 140s, node: {name: r1, state: up}}\n"
                       "  - {at: 190s, ping: {node: t1, to: 192.168.99.3, count: 3}}\n"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.2"), "!!!!!!");
    EXPECT_EQ(GetAnswers(run, "t3", "192.168.99.1"), "!!!");
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.3"), "!!!!!!");
    // Its own switch's session is a session, but on no link.
    EXPECT_NE(GetMessages(run, "first", "r1", "received", "flow-mod"), "0");
    // Three at the controller, one at the switch.
    EXPECT_GE(run->GetEventTimes("r1", "session-up", "192.168.1.1").size(), 2u);
    EXPECT_FALSE(run->GetRows("flows", {{"snapshot", "first"}, {"node", "r1"}}).empty());
    EXPECT_EQ(run->GetCells("links", {{"class", "openflow"}, {"network", "1"}}, "from"),
              (std::set<std::string>{"e1", "r1"}));
    for (const LabRow& row : run->GetRows("control", {{"node", "r1"}, {"protocol", "openflow"}}))
    {
        EXPECT_NE(row.at("peer"), "");
    }
    EXPECT_TRUE(
        run->GetRows("drops", {{"protocol", "openflow"}, {"reason", "OFPBRC_BAD_LEN"}}).empty());
}

INSTANTIATE_TEST_SUITE_P(All,
                         ControllerOnAVtep,
                         testing::Values("reactive", "proactive"),
                         [](const auto& one) { return std::string(one.param); });

TEST(ControllerFloods, CountAsFloodsInTheOverlay)
{
    const std::string flood =
        "  - {at: 60s, ping: {node: t1, to: 192.168.99.2, count: 1}}\n"
        "  - {at: 65s, snapshot: known}\n"
        "  - {at: 66s, flood: {node: t1, frames: 10, interval: 100ms, kind: unknown-unicast}}\n"
        "  - {at: 70s, snapshot: unknown}\n"
        "  - {at: 75s, ping: {node: t1, to: 192.168.99.3, count: 2}}\n"
        "  - {at: 80s, snapshot: again}\n";
    for (const char* mode : {"reactive", "proactive"})
    {
        const LabProgram run(MakePlaneStory(
            "controller: {node: c3, unknown: flood, mode: " + std::string(mode) + "}",
            "controller",
            flood));
        ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
        EXPECT_EQ(GetInnerKinds(run, "known", "1"), "unicast") << mode;
        EXPECT_EQ(GetInnerKinds(run, "unknown", "1"), "unknown-unicast") << mode;
        EXPECT_EQ(run->GetCell("overlay",
                               {{"snapshot", "unknown"}, {"network", "1"}, {"from", "r1"}},
                               "packets"),
                  "20")
            << mode;
        EXPECT_EQ(GetInnerKinds(run, "again", "1"), "unicast") << mode;
    }
    // The map server's VTEPs flood what nobody has registered.
    const LabProgram map(
        MakePlaneStory("map-server: {node: c3}", "map-server", flood, ", announce: garp"));
    ASSERT_EQ(map.GetStatus(), 0) << map.GetErr();
    EXPECT_EQ(GetInnerKinds(map, "unknown", "1"), "unknown-unicast");
    EXPECT_EQ(GetInnerKinds(map, "known", "1"), "unicast");
}

TEST(ControllerFloods, StandaloneSwitchesFloodWhatTheyHaveNotLearned)
{
    const LabProgram run(MakePlaneStory(
        "controller: {node: c3, mode: proactive, fail: standalone}",
        "controller",
        "  - {at: 60s, process: {node: c3, protocol: controller, state: stop}}\n"
        "  - {at: 79s, snapshot: alone}\n"
        "  - {at: 80s, flood: {node: t1, frames: 10, interval: 100ms, kind: unknown-unicast}}\n"
        "  - {at: 89s, snapshot: flooded}\n"
        "  - {at: 90s, ping: {node: t1, to: 192.168.99.2, count: 1}}\n"
        "  - {at: 95s, snapshot: learned}\n"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(GetInnerKinds(run, "flooded", "1"), "unknown-unicast");
    EXPECT_EQ(GetInnerKinds(run, "learned", "1"), "arp-reply arp-request unicast");
}

TEST(ControllerMoves, AReactiveControllerTellsTheSwitchThatWasLeft)
{
    const LabProgram run(
        MakePlaneStory("controller: {node: c3}",
                       "controller",
                       MakeTenant(4, "r2", ", announce: garp") +
                           "  - {at: 60s, ping: {node: t4, to: 192.168.99.2, count: 3}}\n"
                           "  - {at: 69s, snapshot: before}\n"
                           "  - {at: 70s, move: {tenant: t2, to: r3, announce: none}}\n"
                           "  - {at: 74s, snapshot: moved}\n"
                           "  - {at: 75s, ping: {node: t4, to: 192.168.99.2, count: 3}}\n",
                       ", announce: garp"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(GetAnswers(run, "t4", "192.168.99.2"), "!!!!!!");
    const LabRow flow = {{"node", "r2"}, {"match", "dl_dst=02:00:02:00:00:2a"}};
    const auto at = [&flow](const std::string& snapshot) {
        LabRow where = flow;
        where["snapshot"] = snapshot;
        return where;
    };
    EXPECT_EQ(run->GetRows("flows", at("before")).size(), 0u); // the bridge served both
    EXPECT_EQ(run->GetCell("flows", at("moved"), "actions").substr(0, 7), "output:");
    EXPECT_EQ(run->GetCell("fdb",
                           {{"snapshot", "moved"}, {"node", "r2"}, {"mac", "02:00:02:00:00:2a"}},
                           "vtep"),
              "192.168.3.3");
}

TEST(ControllerReferenceLab, OverlayCountsOfFirstArpAndThreePings)
{
    const std::string pings = "  - {at: 59s, snapshot: idle}\n"
                              "  - {at: 60s, ping: {node: t1, to: 192.168.99.2, count: 3}}\n"
                              "  - {at: 69s, snapshot: first}\n";
    OverlayCounts expected;
    expected.Add("r1 r2", "unicast", 3).Add("r2 r1", "unicast", 3);
    for (const char* mode : {"reactive", "proactive"})
    {
        const LabProgram run(MakePlaneStory(
            "controller: {node: c3, mode: " + std::string(mode) + "}", "controller", pings));
        ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
        EXPECT_EQ(OverlayCounts(run.GetTables(), "first", "42").ToText(), expected.ToText())
            << mode;
    }
    const LabProgram map(
        MakePlaneStory("map-server: {node: c3}", "map-server", pings, ", announce: garp"));
    EXPECT_EQ(OverlayCounts(map.GetTables(), "first", "42").ToText(), expected.ToText());
}

/** \returns the JSON values that one end of a TCP connection has sent, as tshark puts them together. */
std::vector<nlohmann::json>
ReadOvsdb(const std::string& file, const std::string& filter)
{
    const std::string hex =
        RunCommand("tshark -r " + file + " -Y '" + filter +
                   " && tcp.len > 0 && !tcp.analysis.retransmission' -T fields -e tcp.payload "
                   "2>/dev/null | tr -d ':\\n'")
            .out;
    std::string text;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    {
        text.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    std::istringstream in(text);
    std::vector<nlohmann::json> values;
    while ((in >> std::ws).peek() != std::istringstream::traits_type::eof())
    {
        in >> values.emplace_back();
    }
    return values;
}

TEST(ControllerOvsdb, EveryMessageIsJsonRpc)
{
    if (RunCommand("tshark --version").status != 0)
    {
        GTEST_SKIP() << "no tshark";
    }
    const LabProgram run(
        MakePlaneStory("controller: {node: c3}",
                       "controller",
                       "  - {at: 60s, ping: {node: t1, to: 192.168.99.2, count: 1}}\n"
                       "  - {at: 61s, ping: {node: t1, to: 192.168.99.3, count: 1}}\n"),
        REC_LAB,
        "--pcap=r1:eth0");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const std::string file = run.GetPath("r1-eth0.pcap");
    std::vector<std::string> methods;
    std::map<std::string, int> open;
    for (const nlohmann::json& one : ReadOvsdb(file, "tcp.dstport == 6640"))
    {
        ASSERT_TRUE(one.is_object() && one.contains("id")) << one;
        if (one.contains("method"))
        {
            ASSERT_TRUE(one.at("method").is_string() && one.at("params").is_array()) << one;
            methods.push_back(one.at("method"));
            ++open[one.at("id").dump()];
        }
    }
    // As ovs-vsctl's, in ovs/3-ovsdb-messages.txt; then a transaction for each tunnel.
    ASSERT_GE(methods.size(), 5u);
    methods.erase(std::remove(methods.begin(), methods.end(), "echo"), methods.end());
    EXPECT_EQ(
        std::vector<std::string>(methods.begin(), methods.begin() + 4),
        (std::vector<std::string>{"get_schema", "monitor_cond", "monitor_cond_since", "transact"}));
    std::size_t updates = 0;
    for (const nlohmann::json& one : ReadOvsdb(file, "tcp.srcport == 6640"))
    {
        ASSERT_TRUE(one.is_object() && one.contains("id")) << one;
        if (one.contains("method"))
        {
            // RFC 7047 §4.1.6: a notification, whose id is null.
            EXPECT_TRUE(one.at("id").is_null()) << one;
            EXPECT_TRUE(one.at("params").is_array()) << one;
            ++updates;
            continue;
        }
        // §4.1: result and error, one of them null.
        EXPECT_TRUE(one.at("error").is_null() != one.at("result").is_null()) << one;
        EXPECT_EQ(--open[one.at("id").dump()], 0) << one;
    }
    EXPECT_GE(updates, 4u); // two for each of two tunnels
}

} // namespace
