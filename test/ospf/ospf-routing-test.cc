// SPDX-License-Identifier: GPL-2.0-only
// OSPF routers in the simulator: adjacencies, routes, failures.
#include "ospf-lab.h"

#include "ns3/error-model.h"
#include "ns3/pointer.h"

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
    EXPECT_EQ(Route(0, 3)->protocol, UnicastProtocol::OSPF);
    EXPECT_EQ(Route(0, 3)->preference, 110u);
    // Both wait, neither declares itself: the higher router id becomes the DR.
    EXPECT_EQ(Interface(1, 1).GetState(), OspfInterfaceState::DR);
    EXPECT_EQ(Interface(0, 1).GetState(), OspfInterfaceState::BACKUP);
    EXPECT_EQ(CountEvents("neighbor-full"), 2u);
    EXPECT_EQ(Drops(), "");
    ExpectSameDatabases({0, 1}, OspfId());
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
    EXPECT_EQ(Drops(), "");
    ExpectSameDatabases({0, 1}, OspfId());
}

TEST_F(OspfRoutingTest, TriangleReroutesWhenALinkGoesDownAndComesBack)
{
    MakeRouters(3);
    Lan(1, {0, 1});
    Lan(2, {1, 2});
    Lan(3, {2, 0});
    RunUntil(80);
    EXPECT_EQ(Way(0, 2), "2: 10.0.1.2 10.0.3.3");
    SetLink(1, false);
    EXPECT_EQ(Way(0, 2), "2: 10.0.3.3") << "a way out that is down is left at once";
    RunUntil(81);
    EXPECT_EQ(Way(0, 2), "2: 10.0.3.3");
    EXPECT_EQ(Way(0, 1), "none") << "nobody is on it any more";
    EXPECT_EQ(Way(2, 1), "none");
    EXPECT_EQ(Way(1, 3), "2: 10.0.2.3");
    SetLink(1, true);
    RunUntil(150);
    EXPECT_EQ(Way(0, 2), "2: 10.0.1.2 10.0.3.3");
    EXPECT_EQ(Way(2, 1), "2: 10.0.2.2 10.0.3.1");
    ExpectSameDatabases({0, 1, 2}, OspfId());
    EXPECT_EQ(Drops(), "");
}

TEST_F(OspfRoutingTest, CostsAndInterfaceCostChange)
{
    MakeRouters(3);
    PointToPoint(1, 0, 1);
    PointToPoint(2, 1, 2);
    PointToPoint(3, 2, 0);
    Lan(9, {2});
    Ospf(0)->SetInterfaceCost(If(0, 3), 10);
    RunUntil(40);
    EXPECT_EQ(Way(0, 9), "3: 10.0.1.2");
    Ospf(0)->SetInterfaceCost(If(0, 3), 2);
    RunUntil(50);
    EXPECT_EQ(Way(0, 9), "3: 10.0.1.2 10.0.3.3");
    Ospf(0)->SetInterfaceCost(If(0, 3), 1);
    RunUntil(60);
    EXPECT_EQ(Way(0, 9), "2: 10.0.3.3");
    EXPECT_EQ(Way(0, 3), "1: connected");
}

TEST_F(OspfRoutingTest, CostFollowsTheReferenceBandwidth)
{
    MakeRouters(2);
    Lan(1, {0, 1});
    PointToPoint(2, 0, 1);
    Ospf(0)->SetAttribute("ReferenceBandwidth", DataRateValue(DataRate("10Gbps")));
    RunUntil(1);
    EXPECT_EQ(Interface(0, 1).GetConfig().cost, 100);
    EXPECT_EQ(Interface(0, 2).GetConfig().cost, 100);
    EXPECT_EQ(Interface(1, 1).GetConfig().cost, 1);
}

TEST_F(OspfRoutingTest, FiveRoutersOnALanHaveTwoNMinusThreeAdjacencies)
{
    MakeRouters(5);
    Lan(1, {0, 1, 2, 3, 4});
    RunUntil(120);
    std::size_t full = 0;
    std::size_t twoWay = 0;
    for (std::size_t router = 0; router < 5; ++router)
    {
        full += CountNeighbors(router, 1, OspfNeighborState::FULL);
        twoWay += CountNeighbors(router, 1, OspfNeighborState::TWO_WAY);
        EXPECT_EQ(Interface(router, 1).GetDesignatedRouter(), Address(1, 4));
        EXPECT_EQ(Interface(router, 1).GetBackupDesignatedRouter(), Address(1, 3));
    }
    EXPECT_EQ(full, 2 * (2 * 5 - 3));
    EXPECT_EQ(twoWay, 2 * 3);
    EXPECT_EQ(Interface(0, 1).GetState(), OspfInterfaceState::DR_OTHER);
    ExpectSameDatabases({0, 1, 2, 3, 4}, OspfId());
}

TEST_F(OspfRoutingTest, BackupTakesOverFromALostDesignatedRouter)
{
    MakeRouters(5);
    Lan(1, {0, 1, 2, 3, 4});
    for (uint32_t router = 0; router < 5; ++router)
    {
        Lan(10 + router, {router});
    }
    RunUntil(120);
    EXPECT_EQ(Way(0, 11), "2: 10.0.1.2");
    // A silent crash: only the Hellos tell.
    Ospf(4)->Stop();
    RunUntil(149);
    EXPECT_EQ(Interface(0, 1).GetDesignatedRouter(), Address(1, 4));
    RunUntil(190);
    for (std::size_t router = 0; router < 4; ++router)
    {
        EXPECT_EQ(Interface(router, 1).GetDesignatedRouter(), Address(1, 3));
        EXPECT_EQ(Interface(router, 1).GetBackupDesignatedRouter(), Address(1, 2));
    }
    EXPECT_EQ(Way(0, 11), "2: 10.0.1.2");
    EXPECT_EQ(Way(0, 14), "none");
    // Back again, it finds a Designated Router and leaves it its role.
    Ospf(4)->Start();
    RunUntil(260);
    EXPECT_EQ(Interface(4, 1).GetState(), OspfInterfaceState::DR_OTHER);
    EXPECT_EQ(Interface(0, 1).GetDesignatedRouter(), Address(1, 3));
    EXPECT_EQ(Way(0, 14), "2: 10.0.1.5");
    ExpectSameDatabases({0, 1, 2, 3, 4}, OspfId());
}

TEST_F(OspfRoutingTest, PriorityZeroNeverServesAndHighestPriorityDoes)
{
    MakeRouters(4);
    Lan(1, {0, 1, 2, 3});
    OspfInterfaceSettings never;
    never.priority = 0;
    Set(3, 1, never);
    OspfInterfaceSettings first;
    first.priority = 9;
    Set(0, 1, first);
    RunUntil(90);
    EXPECT_EQ(Interface(0, 1).GetState(), OspfInterfaceState::DR);
    EXPECT_EQ(Interface(2, 1).GetState(), OspfInterfaceState::BACKUP);
    EXPECT_EQ(Interface(3, 1).GetState(), OspfInterfaceState::DR_OTHER);
}

TEST_F(OspfRoutingTest, ALanOfPriorityZeroRoutersHasNoDesignatedRouter)
{
    MakeRouters(2);
    Lan(1, {0, 1});
    Lan(2, {1});
    OspfInterfaceSettings never;
    never.priority = 0;
    Set(0, 1, never);
    Set(1, 1, never);
    RunUntil(90);
    EXPECT_EQ(CountNeighbors(0, 1, OspfNeighborState::TWO_WAY), 1u);
    EXPECT_EQ(Way(0, 2), "none");
}

TEST_F(OspfRoutingTest, PassiveInterfaceIsAdvertisedWithoutNeighbors)
{
    MakeRouters(3);
    Lan(1, {0, 1});
    Lan(2, {1, 2});
    OspfInterfaceSettings passive;
    passive.passive = true;
    Set(1, 2, passive);
    RunUntil(90);
    EXPECT_EQ(Way(0, 2), "2: 10.0.1.2");
    EXPECT_TRUE(Interface(1, 2).GetNeighbors().empty());
    EXPECT_TRUE(Interface(2, 2).GetNeighbors().empty());
    EXPECT_GT(m_drops["passive"], 0u);
}

TEST_F(OspfRoutingTest, ExcludedInterfaceIsNotAdvertised)
{
    MakeRouters(2);
    Lan(1, {0, 1});
    Lan(2, {1});
    Ospf(1)->ExcludeInterface(If(1, 2));
    RunUntil(60);
    EXPECT_EQ(Way(0, 2), "none");
    EXPECT_EQ(Way(1, 2), "0: connected");
    Ospf(1)->EnableInterface(If(1, 2));
    RunUntil(70);
    EXPECT_EQ(Way(0, 2), "2: 10.0.1.2");
}

TEST_F(OspfRoutingTest, RebootOutrunsTheLsasOfThePastLife)
{
    MakeRouters(3);
    Lan(1, {0, 1});
    Lan(2, {1, 2});
    Lan(3, {2});
    RunUntil(100);
    ASSERT_EQ(Way(0, 3), "3: 10.0.1.2");
    const OspfLsaKey key{OspfLsaType::ROUTER, Id(1), Id(1)};
    const auto sequence = [&](std::size_t router) {
        return Ospf(router)->GetInstance().FindLsa(OspfId(), key)->sequence;
    };
    const int32_t before = sequence(0);
    Ospf(1)->Stop();
    EXPECT_EQ(Way(1, 3), "none");
    Simulator::Schedule(Seconds(5), &OspfRouting::Start, Ospf(1));
    RunUntil(200);
    EXPECT_EQ(Way(0, 3), "3: 10.0.1.2");
    EXPECT_EQ(Way(1, 3), "2: 10.0.2.3");
    EXPECT_GT(sequence(0), before);
    EXPECT_EQ(sequence(0), sequence(1));
    ExpectSameDatabases({0, 1, 2}, OspfId());
}

TEST_F(OspfRoutingTest, SilentFailureIsSeenAfterTheDeadInterval)
{
    MakeRouters(3);
    PointToPoint(1, 0, 1);
    PointToPoint(2, 1, 2);
    RunUntil(60);
    ASSERT_EQ(Way(0, 2), "2: 10.0.1.2");
    // Router 1's side goes away unseen.
    GetIpv4(1)->SetDown(If(1, 1));
    RunUntil(88);
    EXPECT_EQ(Way(0, 2), "2: 10.0.1.2");
    RunUntil(101);
    EXPECT_EQ(Way(0, 2), "none");
}

TEST_F(OspfRoutingTest, MismatchedRoutersNeverBecomeNeighbors)
{
    MakeRouters(2);
    Lan(1, {0, 1});
    Lan(2, {0, 1});
    PointToPoint(3, 0, 1);
    OspfInterfaceSettings slow;
    slow.helloInterval = Seconds(5);
    Set(0, 1, slow);
    OspfInterfaceSettings dead;
    dead.routerDeadInterval = Seconds(41);
    Set(0, 2, dead);
    OspfInterfaceSettings elsewhere;
    elsewhere.area = OspfId(1);
    Set(0, 3, elsewhere);
    RunUntil(60);
    EXPECT_TRUE(Interface(0, 1).GetNeighbors().empty());
    EXPECT_TRUE(Interface(0, 2).GetNeighbors().empty());
    EXPECT_TRUE(Interface(0, 3).GetNeighbors().empty());
    EXPECT_GT(m_drops["wrong-hello-interval"], 0u);
    EXPECT_GT(m_drops["wrong-dead-interval"], 0u);
    EXPECT_GT(m_drops["wrong-area"], 0u);
}

TEST_F(OspfRoutingTest, MtuMismatchStopsTheExchange)
{
    MakeRouters(2);
    Lan(1, {0, 1});
    OspfInterfaceSettings big;
    big.mtu = 1600;
    Set(0, 1, big);
    RunUntil(80);
    EXPECT_EQ(CountEvents("neighbor-full"), 0u);
    EXPECT_GT(m_drops["mtu"], 0u);
}

TEST_F(OspfRoutingTest, DuplicateRouterIdIsRefused)
{
    MakeRouters(2);
    Lan(1, {0, 1});
    Ospf(1)->SetRouterId(Id(0));
    RunUntil(60);
    EXPECT_TRUE(Interface(0, 1).GetNeighbors().empty());
    EXPECT_GT(m_drops["duplicate-router-id"], 0u);
}

TEST_F(OspfRoutingTest, DefaultRouterIdIsTheHighestAddress)
{
    MakeRouters(1);
    Lan(7, {0});
    Lan(3, {0});
    Ospf(0)->SetRouterId(OspfId());
    RunUntil(1);
    EXPECT_EQ(Ospf(0)->GetRouterId(), OspfId(Address(7, 0)));
}

TEST_F(OspfRoutingTest, SmallMtuSplitsTheExchange)
{
    MakeRouters(12);
    for (uint32_t i = 0; i + 1 < 12; ++i)
    {
        PointToPoint(i, i, i + 1);
        OspfInterfaceSettings tiny;
        tiny.mtu = 100;
        Set(i, i, tiny);
        Set(i + 1, i, tiny);
    }
    // The chain's two halves meet late, so that each side has much to describe.
    SetLink(5, false);
    Simulator::Schedule(Seconds(60), [this] { SetLink(5, true); });
    RunUntil(120);
    EXPECT_EQ(Way(0, 10), "11: 10.0.0.2");
    ExpectSameDatabases({0, 3, 6, 11}, OspfId());
    EXPECT_EQ(Drops(), "");
}

TEST_F(OspfRoutingTest, LossyLinkStillSynchronizes)
{
    MakeRouters(3);
    PointToPoint(1, 0, 1);
    PointToPoint(2, 1, 2);
    Lan(9, {2});
    auto loss = CreateObject<RateErrorModel>();
    loss->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
    loss->SetRate(0.3);
    loss->AssignStreams(7);
    m_nodes.Get(1)->GetDevice(1)->SetAttribute("ReceiveErrorModel", PointerValue(loss));
    RunUntil(300);
    EXPECT_EQ(Way(0, 9), "3: 10.0.1.2");
    ExpectSameDatabases({0, 1, 2}, OspfId());
}

TEST_F(OspfRoutingTest, QuietForHoursAndStillThere)
{
    MakeRouters(3);
    Lan(1, {0, 1});
    Lan(2, {1, 2});
    RunUntil(3 * 3600);
    EXPECT_EQ(Way(0, 2), "2: 10.0.1.2");
    const OspfLsaKey key{OspfLsaType::ROUTER, Id(2), Id(2)};
    const auto lsa = Ospf(0)->GetInstance().FindLsa(OspfId(), key);
    ASSERT_TRUE(lsa);
    EXPECT_LT(lsa->age, 1810);
    EXPECT_GE(lsa->sequence, OSPF_INITIAL_SEQUENCE_NUMBER + 5) << "refreshed every half hour";
    ExpectSameDatabases({0, 1, 2}, OspfId());
}

TEST_F(OspfRoutingTest, SameSeedSameEvents)
{
    const auto run = [this] {
        MakeRouters(4);
        Lan(1, {0, 1, 2, 3});
        Lan(2, {0, 3});
        RunUntil(100);
        std::ostringstream os;
        for (const Event& event : m_events)
        {
            os << event.time.GetNanoSeconds() << ' ' << event.router << ' ' << event.name << ' '
               << event.detail << '\n';
        }
        return os.str();
    };
    const std::string first = run();
    Simulator::Destroy();
    m_nodes = NodeContainer();
    m_events.clear();
    m_interfaces.clear();
    RngSeedManager::SetRun(1);
    EXPECT_EQ(first, run());
}

} // namespace ns3
