// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §13.4 and §12.1.6 in the simulator: an old Network-LSA of a router comes back at MaxAge
// while MinLSInterval holds its successor back. Routes rest all the same.
#include "support/lab-run.h"

#include "ns3/rng-seed-manager.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const std::string TOPOLOGY = R"(
node r0
node r1
node r2
node r3
node r4
node r5
node r6
node r7
node r8
node r9
node r10
node v1 kind=vtep
lan n0 network=10.1.0.0/24 cost=1
lan n3 network=10.1.1.0/24 cost=1
lan n5 network=10.1.2.0/24 cost=1
lan n6 network=10.1.3.0/24 cost=1
lan n7 network=10.1.4.0/24 cost=1
lan n8 network=10.1.5.0/24 cost=1
lan n9 network=10.1.6.0/24 cost=1
lan n12 network=10.1.7.0/24 cost=1
edge r0 n0 address=10.1.0.1
edge r1 n0 address=10.1.0.2
edge r0 n3 address=10.1.1.1
edge r4 n3 address=10.1.1.2
edge r5 n3 address=10.1.1.3
edge r6 n3 address=10.1.1.4
edge r5 n5 address=10.1.2.1
edge r9 n5 address=10.1.2.2
edge r10 n5 address=10.1.2.3
edge r3 n6 address=10.1.3.1
edge r4 n6 address=10.1.3.2
edge r9 n6 address=10.1.3.3
edge r10 n7 address=10.1.4.1
edge r2 n7 address=10.1.4.2
edge r5 n7 address=10.1.4.3
edge r6 n7 address=10.1.4.4
edge v1 n7 address=10.1.4.5
edge r5 n8 address=10.1.5.1
edge r8 n8 address=10.1.5.2
edge r7 n9 address=10.1.6.1
edge r0 n9 address=10.1.6.2
edge r4 n9 address=10.1.6.3
edge r0 n12 address=10.1.7.1
edge r10 n12 address=10.1.7.2
edge r1 n12 address=10.1.7.3
edge r9 n12 address=10.1.7.4
edge r6 r9 network=10.1.8.0/24 cost=1 sourceAddress=10.1.8.1 targetAddress=10.1.8.2
)";

const std::string FAILURES = R"(
duration: 612
events:
  - {at: 217, link: {network: n7, state: down}}
  - {at: 239, link: {network: n12, state: down}}
  - {at: 266, link: {network: n7, state: up}}
  - {at: 268, node: {name: r1, state: down}}
  - {at: 270, link: {network: n0, state: down}}
  - {at: 278, link: {network: n12, state: up}}
  - {at: 291, node: {name: r0, state: down}}
  - {at: 311.5, node: {name: r0, state: up}}
  - {at: 611.5, snapshot: rest}
  - {at: 611.9, expect: {table: routes, where: {node: r0, prefix: 10.1.2.0/24}, rows: 3}}
)";

class OspfOwnLsa : public testing::Test
{
  protected:
    void SetUp() override
    {
        RngSeedManager::SetRun(2);
    }

    void TearDown() override
    {
        RngSeedManager::SetRun(1);
    }
};

TEST_F(OspfOwnLsa, ComesBackAtMaxAgeAndRoutesRest)
{
    LabRun run(TOPOLOGY, FAILURES);
    EXPECT_EQ(run.Run(), 0u) << run.GetPrinted();
    for (int i = 0; i <= 10; ++i)
    {
        const std::string node = "r" + std::to_string(i);
        for (double time : run.GetEventTimes(node, "spf"))
        {
            EXPECT_LT(time, 400) << node << ": nothing happened for minutes";
        }
    }
}

} // namespace
