// SPDX-License-Identifier: GPL-2.0-only
// A VTEP that crashes announces nothing: what its devices' end would have its control plane say
// neither leaves nor counts as sent.
#include "support/plane-stories.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const std::string GARPS = ", announce: garp";
const std::string CRASH = "  - {at: 59s, snapshot: before}\n"
                          "  - {at: 60s, node: {name: r2, state: down}}\n"
                          "  - {at: 80s, snapshot: down}\n"
                          "  - {at: 81s, node: {name: r2, state: up}}\n"
                          "  - {at: 140s, snapshot: after}\n"
                          "  - {at: 141s, ping: {node: t1, to: 192.168.99.2, count: 1}}\n";

void
ExpectSilentCrash(const std::string& control, const std::string& plane)
{
    SCOPED_TRACE(control);
    const LabProgram run(MakePlaneStory(control, plane, CRASH, GARPS));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const auto sent = [&run](const std::string& snapshot) {
        return run
            ->GetRows("control", {{"snapshot", snapshot}, {"node", "r2"}, {"direction", "sent"}})
            .size();
    };
    EXPECT_GT(sent("before"), 0u);
    EXPECT_EQ(sent("down"), 0u);
    EXPECT_GT(sent("after"), 0u);
    EXPECT_EQ(GetAnswers(run, "t1", "192.168.99.2"), "!");
}

TEST(PlaneCrash, AVtepThatCrashesSendsNothing)
{
    ExpectSilentCrash("evpn: {as: 65000, reflectors: [c3]}", "evpn");
    ExpectSilentCrash("map-server: {node: c3}", "map-server");
    ExpectSilentCrash("controller: {node: c3, mode: reactive}", "controller");
    ExpectSilentCrash("controller: {node: c3, mode: proactive}", "controller");
}

} // namespace
