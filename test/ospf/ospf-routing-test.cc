// SPDX-License-Identifier: GPL-2.0-only
// OSPF routers in the simulator: adjacencies, routes, failures.
#include "ospf-lab.h"

namespace ns3
{

using OspfRoutingTest = OspfLab;

TEST_F(OspfRoutingTest, TwoRoutersOnALan)
{
    MakeRouters(2);
    Lan(1, {0, 1});
    Lan(2, {0});
    Lan(3, {1});
    RunUntil(60);
    EXPECT_EQ(Way(0, 1), "1: connected");
    EXPECT_EQ(Way(0, 3), "2: 10.0.1.2");
    EXPECT_EQ(Way(1, 2), "2: 10.0.1.1");
    EXPECT_EQ(Route(0, 3)->protocol, "ospf");
    EXPECT_EQ(Route(0, 3)->preference, 110u);
    // Both wait, neither declares itself: the higher router id becomes the DR.
    EXPECT_EQ(Interface(1, 1).GetState(), OspfInterfaceState::DR);
    EXPECT_EQ(Interface(0, 1).GetState(), OspfInterfaceState::BACKUP);
    EXPECT_EQ(CountEvents("neighbor-full"), 2u);
    EXPECT_TRUE(m_drops.empty());
    ExpectSameDatabases({0, 1}, Ipv4Address::GetAny());
}

TEST_F(OspfRoutingTest, TwoRoutersOnAPointToPointLink)
{
    MakeRouters(2);
    PointToPoint(1, 0, 1);
    Lan(2, {0});
    Lan(3, {1});
    RunUntil(25);
    EXPECT_EQ(Way(0, 3), "2: 10.0.1.2");
    EXPECT_EQ(Way(1, 2), "2: 10.0.1.1");
    EXPECT_EQ(Interface(0, 1).GetState(), OspfInterfaceState::POINT_TO_POINT);
    EXPECT_TRUE(m_drops.empty());
    ExpectSameDatabases({0, 1}, Ipv4Address::GetAny());
}

} // namespace ns3
