// SPDX-License-Identifier: GPL-2.0-only
// What a newcomer met: wrong values taken in silence, traffic lost in silence, orders that mattered.
// doc/frictions.rst names these tests.
#include "ns3/bfd-helper.h"
#include "ns3/csma-helper.h"
#include "ns3/igmp-helper.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-generator.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/log.h"
#include "ns3/multicast-sink-helper.h"
#include "ns3/names.h"
#include "ns3/ospf-helper.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet-sink.h"
#include "ns3/pim-show.h"
#include "ns3/pim-sm-helper.h"
#include "ns3/simulator.h"
#include "ns3/static-underlay-helper.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/udp-socket.h"
#include "ns3/uinteger.h"
#include "ns3/vxlan-helper.h"

#include "support/lab-program.h"

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>
#include <string>

namespace ns3
{
namespace
{

/** Two nodes on a LAN, 10.0.0.1 and .2, called a and b; static unicast routes. */
class FrontDoorTest : public testing::Test
{
  protected:
    FrontDoorTest()
    {
        m_nodes.Create(2);
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        stack.SetRoutingHelper(StaticUnderlayHelper());
        stack.Install(m_nodes);
        m_lan = CsmaHelper().Install(m_nodes);
        Ipv4AddressHelper("10.0.0.0", "255.255.255.0").Assign(m_lan);
        Names::Add("a", m_nodes.Get(0));
        Names::Add("b", m_nodes.Get(1));
    }

    ~FrontDoorTest() override
    {
        Simulator::Destroy();
        Names::Clear();
        Ipv4AddressGenerator::Reset();
    }

    void RunFor(Time time)
    {
        Simulator::Stop(time);
        Simulator::Run();
    }

    NetDeviceContainer InstallVxlan(uint32_t vni = 42)
    {
        VxlanHelper vxlan(vni);
        vxlan.SetGroup("239.0.0.42");
        return vxlan.Install(m_nodes);
    }

    NodeContainer m_nodes;
    NetDeviceContainer m_lan;
};

TEST_F(FrontDoorTest, FramesThatAreTooLargeAreWarnedOfOnce)
{
    const NetDeviceContainer overlay = InstallVxlan();
    RunFor(Seconds(1));
    testing::internal::CaptureStderr();
    for (int i = 0; i < 2; ++i)
    {
        EXPECT_TRUE(
            overlay.Get(0)->Send(Create<Packet>(1450), overlay.Get(1)->GetAddress(), 0x88b5));
        EXPECT_FALSE(
            overlay.Get(0)->Send(Create<Packet>(1500), overlay.Get(1)->GetAddress(), 0x88b5));
    }
    const std::string warning = testing::internal::GetCapturedStderr();
    EXPECT_EQ(warning.rfind("warning: at +1s a drops a frame of 1514 bytes", 0), 0u) << warning;
    EXPECT_EQ(warning.find('\n'), warning.size() - 1) << warning;
}

TEST_F(FrontDoorTest, AnMtuThatTheUnderlayDoesNotCarryIsRefused)
{
    VxlanHelper vxlan(42);
    vxlan.Set("Mtu", UintegerValue(9000));
    EXPECT_THROW(vxlan.Install(m_nodes.Get(0)), std::invalid_argument);
    Ptr<VxlanNetDevice> device = VxlanHelper(43).Install(m_nodes.Get(0));
    EXPECT_FALSE(device->SetMtu(1451));
    EXPECT_TRUE(device->SetMtu(1450));
    VxlanHelper knowing(44);
    knowing.SetOversizedMtu(1500);
    EXPECT_EQ(knowing.Install(m_nodes.Get(0))->GetMtu(), 1500);
}

TEST_F(FrontDoorTest, TenantsOfTwoVnisMayHaveTheSameAddresses)
{
    Ipv4AddressGenerator::TestMode(); // what doc/pitfalls.rst says
    for (uint32_t vni : {42u, 43u})
    {
        Ipv4AddressHelper("172.16.0.0", "255.255.255.0").Assign(InstallVxlan(vni));
    }
    EXPECT_EQ(m_nodes.Get(0)->GetObject<Ipv4>()->GetNInterfaces(), 4u);
}

TEST_F(FrontDoorTest, ASocketThatJoinsAloneReceivesNothingAndTheHelpersSinkDoes)
{
    // ns-3's MulticastJoinGroup says yes and tells nobody: doc/joining.rst.
    auto socket =
        DynamicCast<UdpSocket>(Socket::CreateSocket(m_nodes.Get(1), UdpSocketFactory::GetTypeId()));
    EXPECT_EQ(socket->MulticastJoinGroup(0, Ipv4Address("239.1.1.1")), 0);
    IgmpHelper().Install(m_nodes);
    IgmpHelper::EnableQuerier(m_nodes.Get(0), 1);
    RunFor(Seconds(5));
    Ptr<IgmpProtocol> igmp = m_nodes.Get(1)->GetObject<IgmpProtocol>();
    EXPECT_TRUE(igmp->GetJoinedGroups().empty());
    MulticastSinkHelper("239.1.1.1", 9).Install(m_nodes.Get(1)).Start(Seconds(0));
    RunFor(Seconds(5));
    EXPECT_FALSE(igmp->GetJoinedGroups().empty());
}

TEST_F(FrontDoorTest, TracesAreCalledByNames)
{
    const ScratchFolder scratch;
    VxlanHelper vxlan(42);
    vxlan.SetGroup("239.0.0.42");
    vxlan.EnablePcap(scratch.GetPath("inner"), vxlan.Install(m_nodes), false);
    RunFor(Seconds(1));
    EXPECT_TRUE(std::filesystem::exists(scratch.GetPath("inner-a-vxlan42.pcap")));
    EXPECT_TRUE(std::filesystem::exists(scratch.GetPath("inner-b-vxlan42.pcap")));
}

TEST_F(FrontDoorTest, RoutingTableHasNs3sColumns)
{
    StaticUnderlayHelper::PopulateRoutingTables();
    std::ostringstream text;
    m_nodes.Get(0)->GetObject<Ipv4>()->GetRoutingProtocol()->PrintRoutingTable(
        Create<OutputStreamWrapper>(&text));
    EXPECT_EQ(text.str(),
              "Node: " + std::to_string(m_nodes.Get(0)->GetId()) +
                  ", Time: +0s, Local time: +0s, StaticUnderlayRouting table\n"
                  "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface\n"
                  "10.0.0.0        0.0.0.0         255.255.255.0   U     1      -      -   1\n\n");
}

TEST_F(FrontDoorTest, BfdBeforePimIsAsGood)
{
    BfdHelper().Install(m_nodes);
    PimSmHelper().Install(m_nodes);
    for (uint32_t i = 0; i < 2; ++i)
    {
        BfdHelper::EnableInterface(m_nodes.Get(i), 1, MilliSeconds(150));
    }
    RunFor(Seconds(40));
    EXPECT_NE(ShowPimNeighbors(m_nodes.Get(0)).find("10.0.0.2"), std::string::npos);
    m_nodes.Get(1)->GetObject<Ipv4>()->SetDown(1);
    RunFor(Seconds(1)); // Hellos alone would take 105 s
    EXPECT_EQ(ShowPimNeighbors(m_nodes.Get(0)).find("10.0.0.2"), std::string::npos);
}

TEST_F(FrontDoorTest, EveryShowWritesIntoAStream)
{
    PimSmHelper().Install(m_nodes);
    RunFor(Seconds(40));
    std::ostringstream neighbors;
    ShowPimNeighbors(neighbors, m_nodes.Get(0));
    EXPECT_NE(neighbors.str().find("10.0.0.2"), std::string::npos);
    EXPECT_EQ(neighbors.str(), ShowPimNeighbors(m_nodes.Get(0)));
    std::ostringstream join;
    ShowPimJoin(join, m_nodes.Get(0));
    EXPECT_EQ(join.str(), ShowPimJoin(m_nodes.Get(0)));
}

TEST_F(FrontDoorTest, HelpersRefuseWithASentence)
{
    Ptr<Node> bare = CreateObject<Node>();
    EXPECT_THROW(BfdHelper().Install(bare), std::invalid_argument);
    EXPECT_THROW(BfdHelper::EnableInterface(m_nodes.Get(0), 1, Seconds(1)), std::invalid_argument);
    EXPECT_THROW(OspfHelper::SetInterfaceCost(m_nodes.Get(0), 1, 1), std::invalid_argument);
    EXPECT_THROW(PimSmHelper::SetAnycastRp(m_nodes, "10.254.0.1", {}), std::invalid_argument);
    EXPECT_THROW(PimSmHelper().Install(bare), std::invalid_argument);
}

TEST(TenantMovesExample, AnnouncementTellsTheOthersAtOnce)
{
    const CommandResult run = RunCommand(BIN_DIR "/tenant-moves");
    ASSERT_EQ(run.status, 0) << run.err;
    const std::string before = run.out.substr(0, run.out.find("[+12s]"));
    EXPECT_NE(before.find("[+8s] 4 answers"), std::string::npos) << run.out;
    EXPECT_EQ(before.find("dst 10.0.0.3"), std::string::npos) << run.out;
    EXPECT_NE(run.out.find("[+12s] 7 answers"), std::string::npos) << run.out;
    EXPECT_NE(run.out.find("dst 10.0.0.3"), std::string::npos) << run.out;
}

TEST(OspfCosts, FollowNs3sMetricAndAreNever0)
{
    NodeContainer nodes(2);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.SetRoutingHelper(OspfHelper());
    stack.Install(nodes);
    Ipv4InterfaceContainer interfaces =
        Ipv4AddressHelper("10.0.0.0", "255.255.255.0").Assign(CsmaHelper().Install(nodes));
    interfaces.SetMetric(0, 7);
    EXPECT_THROW(OspfHelper::SetInterfaceCost(nodes.Get(0), 1, 0), std::invalid_argument);
    OspfHelper::SetInterfaceCost(nodes.Get(1), 1, 3);
    Simulator::Stop(Seconds(1));
    Simulator::Run();
    const Ipv4Address there("10.0.0.2");
    EXPECT_EQ(OspfHelper::GetOspf(nodes.Get(0))->Lookup(there)->metric, 7u);
    EXPECT_EQ(OspfHelper::GetOspf(nodes.Get(1))->Lookup(there)->metric, 3u);
    Simulator::Destroy();
    Ipv4AddressGenerator::Reset();
}

TEST(LogComponents, EachClassThatNs3SeesHasOne)
{
    // A type of an aggregated protocol or device is a class that users name in NS_LOG.
    const auto* components = LogComponent::GetComponentList();
    std::size_t known = 0;
    for (uint16_t i = 0; i < TypeId::GetRegisteredN(); ++i)
    {
        const TypeId type = TypeId::GetRegistered(i);
        for (std::size_t j = 0; j < type.GetTraceSourceN(); ++j)
        {
            const std::string source = type.GetTraceSource(j).name;
            if (type.GetGroupName() == "VxlanMulticast" && source == "Event" &&
                type.GetName() != "ns3::MapFace") // its processes have their own
            {
                EXPECT_EQ(components->count(type.GetName().substr(5)), 1u) << type.GetName();
                ++known;
            }
        }
    }
    EXPECT_GE(known, 5u);
    for (const char* name :
         {"VxlanNetDevice", "MulticastForwarder", "UnicastRibRouting", "IgmpMember"})
    {
        EXPECT_EQ(components->count(name), 1u) << name;
    }
}

} // namespace
} // namespace ns3
