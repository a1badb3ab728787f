// SPDX-License-Identifier: GPL-2.0-only
// OspfHelper, and what the show commands print, column by column as xorpsh does.
#include "ns3/csma-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-list-routing-helper.h"
#include "ns3/names.h"
#include "ns3/nstime.h"
#include "ns3/ospf-helper.h"
#include "ns3/ospf-show.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"

#include <gtest/gtest.h>

#include <regex>

namespace ns3
{

/** Two routers, a and b, on 192.168.1.0/24; each has a network of its own. */
class OspfShowTest : public ::testing::Test
{
  protected:
    OspfShowTest()
    {
        RngSeedManager::SetSeed(1);
        m_nodes.Create(2);
        Names::Add("a", m_nodes.Get(0));
        Names::Add("b", m_nodes.Get(1));
    }

    ~OspfShowTest() override
    {
        Names::Clear();
        Simulator::Destroy();
    }

    static std::string Shown(void (*show)(std::ostream&, Ptr<Node>), Ptr<Node> node)
    {
        std::ostringstream os;
        show(os, node);
        return os.str();
    }

    void Install(const Ipv4RoutingHelper& routing)
    {
        InternetStackHelper internet;
        internet.SetIpv6StackInstall(false);
        internet.SetRoutingHelper(routing);
        internet.Install(m_nodes);
        internet.AssignStreams(m_nodes, 50);
        Connect("192.168.1.0", m_nodes, {"a/eth0", "b/eth0"});
        Connect("192.168.101.0", NodeContainer(m_nodes.Get(0)), {"a/eth1"});
        Connect("10.0.0.0", NodeContainer(m_nodes.Get(1)), {"b/eth1"});
        OspfHelper::SetRouterId(m_nodes.Get(0), Ipv4Address("1.0.0.1"));
        OspfHelper::SetRouterId(m_nodes.Get(1), Ipv4Address("3.0.0.1"));
        EXPECT_EQ(OspfHelper::AssignStreams(m_nodes, 10), 2);
    }

    void Connect(const char* network, NodeContainer nodes, const std::vector<std::string>& names)
    {
        CsmaHelper csma;
        const NetDeviceContainer devices = csma.Install(nodes);
        Ipv4AddressHelper(network, "255.255.255.0").Assign(devices);
        for (uint32_t i = 0; i < devices.GetN(); ++i)
        {
            Names::Add(names[i], devices.Get(i));
            OspfHelper::SetInterfaceCost(nodes.Get(i), nodes.Get(i)->GetNDevices() - 1, 1);
        }
    }

    static void RunUntil(double seconds)
    {
        Simulator::Stop(Seconds(seconds));
        Simulator::Run();
    }

    NodeContainer m_nodes;
};

TEST_F(OspfShowTest, Neighbor)
{
    Install(OspfHelper());
    RunUntil(60);
    const std::string shown = Shown(ShowOspfNeighbor, m_nodes.Get(0));
    EXPECT_TRUE(std::regex_match(
        shown,
        std::regex(
            "  Address         Interface             State      ID              Pri  Dead\n"
            "192\\.168\\.1\\.2      eth0/eth0              Full      3\\.0\\.0\\.1            "
            "1    3[0-9]\n")))
        << shown;
}

TEST_F(OspfShowTest, Database)
{
    Install(OspfHelper());
    OspfExternalRoute outside;
    outside.prefix = Ipv4Prefix(0xac100000, 16);
    OspfHelper::GetOspf(m_nodes.Get(1))->AddExternalRoute(outside);
    RunUntil(60);
    const std::string shown = Shown(ShowOspfDatabase, m_nodes.Get(0));
    EXPECT_TRUE(std::regex_match(
        shown,
        std::regex("   OSPF link state database, Area 0\\.0\\.0\\.0\n"
                   " Type       ID               Adv Rtr           Seq      Age  Opt  Cksum  Len\n"
                   "Router  \\*1\\.0\\.0\\.1          1\\.0\\.0\\.1          0x8000000[0-9]   [ "
                   "0-9]{2}[0-9]  "
                   "0x2  0x[0-9a-f ]{5} 48\n"
                   "Router   3\\.0\\.0\\.1          3\\.0\\.0\\.1          0x8000000[0-9]   [ "
                   "0-9]{2}[0-9]  "
                   "0x2  0x[0-9a-f ]{5} 48\n"
                   "Network  192\\.168\\.1\\.2      3\\.0\\.0\\.1          0x8000000[0-9]   [ "
                   "0-9]{2}[0-9]  "
                   "0x2  0x[0-9a-f ]{5} 32\n"
                   "ASExt-2  172\\.16\\.0\\.0       3\\.0\\.0\\.1          0x8000000[0-9]   [ "
                   "0-9]{2}[0-9]  "
                   "0x2  0x[0-9a-f ]{5} 36\n")))
        << shown;
}

TEST_F(OspfShowTest, RouteTable)
{
    Install(OspfHelper());
    RunUntil(60);
    EXPECT_EQ(Shown(ShowOspfRouteTable, m_nodes.Get(0)),
              "10.0.0.0/24     [ospf(110)/2]\n"
              "                > to 192.168.1.2 via eth0/eth0\n");
    EXPECT_EQ(Shown(ShowOspfRouteTable, m_nodes.Get(1)),
              "192.168.101.0/24        [ospf(110)/2]\n"
              "                > to 192.168.1.1 via eth0/eth0\n");
}

TEST_F(OspfShowTest, InsideAListAndWithAttributes)
{
    OspfHelper ospf;
    ospf.Set("RouterDeadInterval", TimeValue(Seconds(20)));
    ospf.Set("HelloInterval", TimeValue(Seconds(5)));
    Ipv4ListRoutingHelper list;
    list.Add(ospf, 0);
    Install(list);
    OspfHelper::SetInterfacePassive(m_nodes.Get(0), 2);
    RunUntil(30);
    EXPECT_EQ(OspfHelper::GetOspf(m_nodes.Get(1))->GetRoutes().size(), 3u);
}

TEST_F(OspfShowTest, SetOnIpv4AloneItStartsAllTheSame)
{
    InternetStackHelper internet;
    internet.SetIpv6StackInstall(false);
    internet.Install(m_nodes);
    Ptr<OspfRouting> ospf = CreateObject<OspfRouting>();
    m_nodes.Get(0)->GetObject<Ipv4>()->SetRoutingProtocol(ospf);
    EXPECT_EQ(OspfHelper::FindOspf(m_nodes.Get(0)), ospf);
    EXPECT_EQ(OspfHelper::FindOspf(m_nodes.Get(1)), nullptr);
    RunUntil(1);
    EXPECT_TRUE(ospf->IsRunning());
}

TEST_F(OspfShowTest, WhereOspfDoesNotRun)
{
    EXPECT_EQ(Shown(ShowOspfNeighbor, m_nodes.Get(0)), "OSPF is not running.\n");
    Install(OspfHelper());
    EXPECT_EQ(Shown(ShowOspfDatabase, m_nodes.Get(0)), "OSPF is not running.\n");
    EXPECT_EQ(Shown(ShowOspfRouteTable, m_nodes.Get(0)), "OSPF is not running.\n");
}

TEST_F(OspfShowTest, StubAreaByHelper)
{
    Install(OspfHelper());
    OspfHelper::SetStubArea(m_nodes, Ipv4Address("0.0.0.3"), false);
    for (uint32_t i = 0; i < 2; ++i)
    {
        OspfHelper::SetInterfaceArea(m_nodes.Get(i), 1, Ipv4Address("0.0.0.3"));
        OspfHelper::SetInterfaceNetworkType(m_nodes.Get(i), 1, OspfNetworkType::POINT_TO_POINT);
        OspfHelper::SetInterfacePriority(m_nodes.Get(i), 1, 0);
        OspfHelper::SetInterfaceMtu(m_nodes.Get(i), 1, 1400);
    }
    OspfHelper::ExcludeInterface(m_nodes.Get(1), 2);
    RunUntil(20);
    const OspfInstance& instance = OspfHelper::GetOspf(m_nodes.Get(0))->GetInstance();
    EXPECT_TRUE(instance.GetAreas().at(OspfId(3))->config.stub);
    const OspfInterface& interface = *instance.GetInterfaces().at(1);
    EXPECT_EQ(interface.GetState(), OspfInterfaceState::POINT_TO_POINT);
    EXPECT_EQ(interface.GetConfig().mtu, 1400);
    ASSERT_EQ(interface.GetNeighbors().size(), 1u);
    EXPECT_EQ(interface.GetNeighbors().begin()->second->GetState(), OspfNeighborState::FULL);
    EXPECT_EQ(Shown(ShowOspfNeighbor, m_nodes.Get(0)).find("Full") != std::string::npos, true);
}

} // namespace ns3
