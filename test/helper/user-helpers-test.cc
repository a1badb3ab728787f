// SPDX-License-Identifier: GPL-2.0-only
// The helpers as users of ns-3 call them: in any order, with mistakes, without a routing protocol.
#include "ns3/csma-helper.h"
#include "ns3/gratuitous-arp.h"
#include "ns3/igmp-helper.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/multicast-sink-helper.h"
#include "ns3/on-off-helper.h"
#include "ns3/ospf-helper.h"
#include "ns3/packet-sink.h"
#include "ns3/pim-show.h"
#include "ns3/pim-sm-helper.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/static-underlay-helper.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"
#include "ns3/unicast-rib.h"
#include "ns3/vxlan-helper.h"

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>
#include <string>

namespace ns3
{
namespace
{

const Ipv4Address GROUP("239.1.1.1");

/** Source - router - router - two receivers on a LAN, and a second, equal path between the routers. */
class UserHelpersTest : public testing::Test
{
  protected:
    UserHelpersTest()
    {
        m_source.Create(1);
        m_routers.Create(2);
        m_receivers.Create(2);
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        stack.SetRoutingHelper(StaticUnderlayHelper());
        stack.Install(NodeContainer(m_source, m_routers, m_receivers));
        const NodeContainer left(m_source.Get(0), m_routers.Get(0));
        const NodeContainer right(m_routers.Get(1), m_receivers);
        for (const NodeContainer& network : {left, m_routers, m_routers, right})
        {
            m_addresses.Assign(CsmaHelper().Install(network));
            m_addresses.NewNetwork();
        }
    }

    ~UserHelpersTest() override
    {
        Simulator::Destroy();
    }

    void InstallPim()
    {
        PimSmHelper().Install(m_routers);
        PimSmHelper::SetStaticRp(m_routers, "239.0.0.0/8", Ipv4Address("10.0.1.1"));
    }

    void InstallIgmp()
    {
        IgmpHelper().Install(NodeContainer(m_routers, m_receivers));
        IgmpHelper::EnableQuerier(m_routers.Get(1), 3);
    }

    /** 10 packets a second to the group from 1 s on. */
    void Send()
    {
        OnOffHelper stream("ns3::UdpSocketFactory", InetSocketAddress(GROUP, 9));
        stream.SetConstantRate(DataRate("8000bps"), 100);
        stream.Install(m_source).Start(Seconds(1));
    }

    NodeContainer m_source;
    NodeContainer m_routers;
    NodeContainer m_receivers;
    Ipv4AddressHelper m_addresses{"10.0.0.0", "255.255.255.0"};
};

TEST_F(UserHelpersTest, StaticUnderlayFindsAllEqualPaths)
{
    StaticUnderlayHelper::PopulateRoutingTables();
    const UnicastRib* rib = FindUnicastRib(m_routers.Get(0)->GetObject<Ipv4>());
    const UnicastRoute* route = rib->Lookup(Ipv4Address("10.0.3.2"));
    ASSERT_NE(route, nullptr);
    EXPECT_EQ(route->metric, 2u);
    EXPECT_EQ(route->nextHops.size(), 2u);
    EXPECT_EQ(route->nextHops.front().gateway, Ipv4Address("10.0.1.2"));
    EXPECT_EQ(
        FindUnicastRib(m_source.Get(0)->GetObject<Ipv4>())->Lookup(Ipv4Address("10.0.3.3"))->metric,
        3u);
}

TEST_F(UserHelpersTest, StaticUnderlayFollowsMetricsAndInterfaces)
{
    Ptr<Ipv4> ipv4 = m_routers.Get(0)->GetObject<Ipv4>();
    ipv4->SetMetric(3, 10);
    StaticUnderlayHelper::PopulateRoutingTables();
    EXPECT_EQ(FindUnicastRib(ipv4)->Lookup(Ipv4Address("10.0.3.2"))->nextHops.size(), 1u);
    ipv4->SetDown(2);
    StaticUnderlayHelper::PopulateRoutingTables();
    EXPECT_EQ(FindUnicastRib(ipv4)->Lookup(Ipv4Address("10.0.3.2"))->metric, 11u);
}

TEST_F(UserHelpersTest, SinkJoinsAndLeavesWithItsApplication)
{
    InstallIgmp();
    InstallPim();
    StaticUnderlayHelper::PopulateRoutingTables();
    MulticastSinkHelper sinks(GROUP, 9);
    ApplicationContainer first = sinks.Install(m_receivers.Get(0));
    first.Start(Seconds(5));
    first.Stop(Seconds(10));
    Send();
    Simulator::Stop(Seconds(20));
    Simulator::Run();
    const uint64_t received = DynamicCast<PacketSink>(first.Get(0))->GetTotalRx();
    EXPECT_GE(received, 45u * 100);
    EXPECT_LE(received, 51u * 100);
    EXPECT_TRUE(m_receivers.Get(0)->GetObject<IgmpProtocol>()->GetJoinedGroups().empty());
}

TEST_F(UserHelpersTest, PimBeforeIgmpHasMembersToo)
{
    InstallPim();
    InstallIgmp();
    StaticUnderlayHelper::PopulateRoutingTables();
    IgmpHelper::JoinAt(m_receivers, GROUP, Seconds(2));
    Simulator::Stop(Seconds(10));
    Simulator::Run();
    EXPECT_NE(ShowPimJoin(m_routers.Get(1)).find("239.1.1.1"), std::string::npos);
}

TEST_F(UserHelpersTest, MembershipConnectedLateBringsMembers)
{
    PimSmHelper().Install(m_routers);
    PimSmHelper::SetStaticRp(m_routers, "239.0.0.0/8", Ipv4Address("10.0.1.1"));
    Ptr<IgmpProtocol> igmp = CreateObject<IgmpProtocol>();
    m_routers.Get(1)->AggregateObject(igmp); // by hand: nobody connects it
    IgmpHelper().Install(m_receivers);
    IgmpHelper::EnableQuerier(m_routers.Get(1), 3);
    StaticUnderlayHelper::PopulateRoutingTables();
    IgmpHelper::JoinAt(m_receivers, GROUP, Seconds(2));
    Simulator::Stop(Seconds(10));
    Simulator::Run();
    EXPECT_EQ(ShowPimJoin(m_routers.Get(1)).find("239.1.1.1"), std::string::npos);
    PimSmHelper::ConnectMembership(m_routers.Get(1));
    Simulator::Stop(Seconds(1));
    Simulator::Run();
    EXPECT_NE(ShowPimJoin(m_routers.Get(1)).find("239.1.1.1"), std::string::npos);
}

TEST_F(UserHelpersTest, WrongValuesAreRefusedWithASentence)
{
    InstallPim();
    InstallIgmp();
    const NodeContainer& r = m_routers;
    const Ipv4Address rp("10.0.1.1");
    EXPECT_THROW(PimSmHelper::SetStaticRp(r, "10.0.0.0/8", rp), std::invalid_argument);
    EXPECT_THROW(PimSmHelper::SetStaticRp(r, "239.0.0.0/33", rp), std::invalid_argument);
    EXPECT_THROW(PimSmHelper::SetStaticRp(r, "239.0.0.0/8", GROUP), std::invalid_argument);
    EXPECT_THROW(PimSmHelper::SetBidirRp(r, "224.0.0.0/3", rp), std::invalid_argument);
    EXPECT_THROW(PimSmHelper::SetCandidateRp(r.Get(0), 9), std::invalid_argument);
    EXPECT_THROW(PimSmHelper::SetCandidateBsr(r.Get(0), 0), std::invalid_argument);
    EXPECT_THROW(PimSmHelper::SetStaticRp(m_source, "239.0.0.0/8", rp), std::invalid_argument);
    EXPECT_THROW(PimSmHelper().Install(r), std::invalid_argument);
    EXPECT_THROW(IgmpHelper::EnableQuerier(r.Get(0), 9), std::invalid_argument);
    EXPECT_THROW(IgmpHelper::EnableQuerier(m_source.Get(0), 1), std::invalid_argument);
    EXPECT_THROW(IgmpHelper::JoinAt(r, rp, Seconds(1)), std::invalid_argument);
    EXPECT_THROW(MulticastSinkHelper(rp, 9), std::invalid_argument);
    EXPECT_THROW(VxlanHelper(42).SetGroup(rp), std::invalid_argument);
}

TEST(OspfHelperRefusals, CostAndInterface)
{
    Ptr<Node> node = CreateObject<Node>();
    InternetStackHelper stack;
    stack.SetRoutingHelper(OspfHelper());
    stack.Install(node);
    EXPECT_THROW(OspfHelper::SetInterfaceCost(node, 9, 1), std::invalid_argument);
    EXPECT_THROW(OspfHelper::SetInterfacePriority(node, 9, 1), std::invalid_argument);
    Simulator::Destroy();
}

TEST_F(UserHelpersTest, AsciiTraceShowsFramesOfTheOverlay)
{
    StaticUnderlayHelper::PopulateRoutingTables();
    VxlanHelper vxlan;
    vxlan.Set("Vni", UintegerValue(7));
    vxlan.SetRemotes({Ipv4Address("10.0.3.2")});
    Ptr<VxlanNetDevice> a = vxlan.Install(m_source.Get(0));
    vxlan.SetRemotes({Ipv4Address("10.0.0.1")});
    Ptr<VxlanNetDevice> b = vxlan.Install(m_receivers.Get(0));
    std::ostringstream text;
    NetDeviceContainer both(a);
    both.Add(b);
    vxlan.EnableAscii(Create<OutputStreamWrapper>(&text), both);
    Simulator::Schedule(Seconds(1), &SendGratuitousArp, a, Ipv4Address("192.168.99.1"));
    Simulator::Stop(Seconds(2));
    Simulator::Run();
    EXPECT_NE(text.str().find("- 1 /NodeList/" + std::to_string(a->GetNode()->GetId())),
              std::string::npos)
        << text.str();
    EXPECT_NE(text.str().find("r 1.0"), std::string::npos) << text.str();
    EXPECT_NE(text.str().find("source ipv4: 192.168.99.1"), std::string::npos) << text.str();
}

} // namespace
} // namespace ns3
