// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1.5, RFC 5059 §3.1.3: one of two equal paths leads over a node that forwards unicast
// packets, but speaks no PIM, a VTEP with two legs. Joins and Bootstrap messages take the other.
#include "support/lab-run.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const std::string VTEP_WITH_TWO_LEGS = R"(
node s kind=host
node r kind=host
node e1 candidateBsr=eth3 candidateRp=eth3
node e2
node c
node v kind=vtep
lan 1 network=10.0.1.0/24
lan 3 network=10.0.3.0/24
lan 4 network=10.0.4.0/24
lan 5 network=10.0.5.0/24
lan 6 network=10.0.6.0/24
lan 7 network=10.0.7.0/24
lan 8 network=10.0.8.0/24
edge s 1 address=10.0.1.1 interface=eth0
edge e1 1 address=10.0.1.2 interface=eth0
edge e1 3 address=10.0.3.1 interface=eth1
edge c 3 address=10.0.3.2 interface=eth0
edge c 4 address=10.0.4.1 interface=eth1
edge e2 4 address=10.0.4.2 interface=eth0
edge e1 7 address=10.0.7.1 interface=eth2
edge v 7 address=10.0.7.9 interface=eth0
edge e2 8 address=10.0.8.1 interface=eth1
edge v 8 address=10.0.8.9 interface=eth1
edge e2 5 address=10.0.5.1 interface=eth2
edge r 5 address=10.0.5.2 interface=eth0
edge e1 6 address=10.0.6.1 interface=eth3
)";

TEST(PimEqualCostScenario, ANextHopWithoutPimIsPassedOver)
{
    LabRun run(VTEP_WITH_TWO_LEGS, R"(
duration: 320s
trees: spt
events:
  - {at: 120s, join: {node: r, group: 239.7.7.7}}
  - {at: 140s, send: {node: s, group: 239.7.7.7, rate: 16kbps, size: 200, ttl: 20, until: 300s,
                      name: flow}}
  - {at: 290s, snapshot: end}
)");
    run.Run();
    const LabRow flow{{"flow", "flow"}, {"receiver", "r"}};
    EXPECT_EQ(run.GetNumber("deliveries", flow, "lost"), 0);
    EXPECT_LE(run.GetNumber("deliveries", flow, "duplicates"), 1);
    EXPECT_FALSE(
        run.GetRows("rp", {{"snapshot", "end"}, {"node", "e2"}, {"rp", "10.0.6.1"}}).empty());
    EXPECT_EQ(run.GetCell("tib",
                          {{"snapshot", "end"}, {"node", "e2"}, {"kind", "*,G"}},
                          "upstream_neighbor"),
              "10.0.4.1");
}

} // namespace
