// SPDX-License-Identifier: GPL-2.0-only
// Control planes between loopbacks, over links that are numbered and links that are not: sessions
// keep the addresses that they are known by, whichever interface a route leads through.
#include "support/plane-stories.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

struct LoopbackPlane
{
    const char* control; //!< the scenario's key
    const char* name;    //!< what the VTEPs speak
    const char* protocol;
    const char* sessionUp; //!< the event at the server
    std::size_t sessions;
};

class ControlLoopbacks : public ::testing::TestWithParam<std::tuple<LoopbackPlane, const char*>>
{
};

TEST_P(ControlLoopbacks, SessionsStandAndPingsAreAnswered)
{
    const auto& [plane, links] = GetParam();
    std::string story = "duration: 120s\ncontrol: {" + std::string(plane.control) +
                        "}\nevents:\n"
                        "  - {at: 40s, vxlan: {nodes: [leaf0, leaf1, leaf2], name: vxlan42, id: "
                        "42, control: " +
                        plane.name + "}}\n";
    for (int i = 1; i <= 3; ++i)
    {
        story += MakeTenant(i, "leaf" + std::to_string(i - 1), ", announce: garp");
    }
    story += "  - {at: 80s, ping: {node: t1, to: 192.168.99.2, count: 3}}\n"
             "  - {at: 80s, ping: {node: t3, to: 192.168.99.1, count: 3}}\n"
             "  - {at: 100s, snapshot: end}\n";
    const LabProgram run(
        story, "leaf-spine:spines=2,leaves=3,hosts=1,vteps=leaf,links=" + std::string(links));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.2"), "!!!");
    EXPECT_EQ(GetAnswers(run, "t3", "192.168.99.1"), "!!!");
    const LabRow up = {
        {"node", "spine0"}, {"protocol", plane.protocol}, {"event", plane.sessionUp}};
    EXPECT_EQ(run->GetRows("events", up).size(), plane.sessions);
    EXPECT_TRUE(run->GetRows("events", {{"event", "session-down"}}).empty());
    // The places of t1 and t3, as t2's VTEP sees them, are the leaves' loopbacks.
    std::set<std::string> places;
    for (const char* mac : {"02:00:01:00:00:2a", "02:00:02:00:00:2a"})
    {
        const LabRow entry = {{"snapshot", "end"}, {"mac", mac}};
        for (const std::string& vtep : run->GetCells("fdb", entry, "vtep"))
        {
            places.insert(vtep);
        }
    }
    EXPECT_EQ(places, (std::set<std::string>{"10.255.0.3", "10.255.0.4"}));
}

INSTANTIATE_TEST_SUITE_P(
    All,
    ControlLoopbacks,
    ::testing::Combine(
        ::testing::Values(
            LoopbackPlane{"evpn: {reflectors: [spine0]}", "evpn", "bgp", "session-up", 3},
            LoopbackPlane{"controller: {node: spine0}", "controller", "openflow", "session-up", 3},
            LoopbackPlane{"map-server: {node: spine0}", "map-server", "map", "register", 9}),
        ::testing::Values("numbered", "unnumbered")),
    [](const auto& one) {
        return std::string(std::get<0>(one.param).protocol) + "_" + std::get<1>(one.param);
    });

TEST(ControlMesh, AFullMeshOfSpeakersHoldsOverNumberedLinks)
{
    const LabProgram run(
        "duration: 120s\ncontrol: {evpn: {reflectors: []}}\nevents:\n"
        "  - {at: 40s, vxlan: {nodes: [leaf0, leaf1, leaf2], name: vxlan42, id: 42, control: "
        "evpn}}\n" +
            MakeTenant(1, "leaf0") + MakeTenant(2, "leaf2") +
            "  - {at: 80s, ping: {node: t1, to: 192.168.99.2, count: 3}}\n"
            "  - {at: 90s, show: {node: leaf1, what: bgp summary}}\n",
        "leaf-spine:spines=2,leaves=3,hosts=1,vteps=leaf,links=numbered");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.2"), "!!!");
    for (const char* node : {"leaf0", "leaf1", "leaf2"})
    {
        EXPECT_EQ(run->GetEventTimes(node, "session-up").size(), 2u) << node;
    }
    const std::string transcript = ReadText(run->GetPath("transcript.txt"));
    EXPECT_NE(transcript.find("10.255.0.3"), std::string::npos) << transcript;
    EXPECT_NE(transcript.find("10.255.0.5"), std::string::npos) << transcript;
}

} // namespace
