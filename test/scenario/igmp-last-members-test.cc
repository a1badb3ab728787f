// SPDX-License-Identifier: GPL-2.0-only
// RFC 2236 §3 in the simulator: a router of a lower address boots while the querier asks for last
// members. The querier stays one until the answer is in, so that no leave falls between the two.
#include "support/lab-run.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

class IgmpLastMembers : public testing::TestWithParam<int>
{
  protected:
    /** Routers a, b, c of rising addresses on LAN 9, with the host h; p is the RP. */
    static std::string MakeTopology(int version)
    {
        const std::string speaks = " igmpVersion=" + std::to_string(version) + "\n";
        return R"(
node p candidateBsr=eth0 candidateRp=eth0
node a
node b
node c
node h kind=host
lan 2 network=10.0.2.0/24
lan 3 network=10.0.3.0/24
lan 4 network=10.0.4.0/24
lan 9 network=10.0.9.0/24
edge p 2 address=10.0.2.1
edge a 2 address=10.0.2.2
edge p 3 address=10.0.3.1
edge b 3 address=10.0.3.2
edge p 4 address=10.0.4.1
edge c 4 address=10.0.4.2
edge a 9 address=10.0.9.1)" +
               speaks + "edge b 9 address=10.0.9.2" + speaks + "edge c 9 address=10.0.9.3" +
               speaks + "edge h 9 address=10.0.9.9" + speaks;
    }
};

TEST_P(IgmpLastMembers, NoLeaveIsLostBetweenTwoQueriers)
{
    LabRun run(MakeTopology(GetParam()), R"(
duration: 420
trees: rpt
events:
  - {at: 1, node: {name: a, state: down}}
  - {at: 120, join: {node: h, group: 239.7.7.1}}
  - {at: 120, join: {node: h, group: 239.7.7.2}}
  - {at: 299, snapshot: before}
  - {at: 300, leave: {node: h, group: 239.7.7.1}}
  - {at: 300.5, node: {name: a, state: up}}
  - {at: 301, leave: {node: h, group: 239.7.7.2}}
  - {at: 304, snapshot: left}
  - {at: 400, snapshot: end}
)");
    run.Run();
    EXPECT_EQ(run.GetRows("igmp", {{"snapshot", "before"}, {"node", "c"}}).size(), 2u);
    EXPECT_EQ(run.GetRows("igmp", {{"snapshot", "left"}}).size(), 0u) << "on any router";
    EXPECT_EQ(run.GetRows("tib", {{"snapshot", "left"}, {"node", "c"}}).size(), 0u);
    // b yields to the Query after: the second of a's start-up.
    const std::vector<double> yielded = run.GetEventTimes("b", "querier", "10.0.9.1");
    ASSERT_FALSE(yielded.empty());
    EXPECT_NEAR(yielded.back(), 300.5 + 31.25, 0.001);
}

INSTANTIATE_TEST_SUITE_P(Versions, IgmpLastMembers, testing::Values(2, 3));

} // namespace
