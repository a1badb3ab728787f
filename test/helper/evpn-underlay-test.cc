// SPDX-License-Identifier: GPL-2.0-only
// EVPN over OSPF in the R/E/C lab: sessions come with routes, next hops go with them, c3 reflects.
#include "ns3/arp-header.h"
#include "ns3/config.h"
#include "ns3/evpn-helper.h"
#include "ns3/lab-network.h"
#include "ns3/names.h"
#include "ns3/simulator.h"
#include "ns3/topology-graph.h"
#include "ns3/topology-loader.h"
#include "ns3/unicast-rib-routing.h"
#include "ns3/vxlan-helper.h"
#include "support/paths.h"

#include <gtest/gtest.h>

#include <map>

using namespace ns3;

namespace
{

const Mac48Address T2("02:00:02:00:00:2a");
const Ipv4Address A2("192.168.99.2");
const Ipv4Address R2("192.168.2.2");

class EvpnUnderlayTest : public testing::Test
{
  protected:
    EvpnUnderlayTest()
        : m_graph(LoadTopology(SOURCE_DIR "/topologies/rec-lab.graphml"))
    {
        SetLabDefaults();
        m_network = std::make_unique<LabNetwork>(m_graph, LabSettings());
        EvpnHelper evpn;
        for (const char* name : {"r1", "r2", "r3"})
        {
            m_vteps.Add(m_network->GetNode(name).node);
        }
        evpn.Install(m_vteps, NodeContainer(m_network->GetNode("c3").node));
        VxlanHelper vxlan(42);
        vxlan.SetControlPlane(EvpnHelper::MakeControlPlane());
        m_devices = vxlan.Install(m_vteps);
        for (uint32_t i = 0; i < 3; ++i)
        {
            EvpnHelper::Get(m_vteps.Get(i))
                ->TraceConnectWithoutContext("Event",
                                             Callback<void, std::string, std::string>(
                                                 [this, i](std::string event, std::string) {
                                                     m_times[i].emplace(event, Simulator::Now());
                                                 }));
            dynamic_cast<UnicastRibRouting&>(*FindUnicastRib(m_vteps.Get(i)->GetObject<Ipv4>()))
                .AddChangeListener([this, i] {
                    const auto peer = Ipv4Address("192.168.103.133");
                    if (FindUnicastRib(m_vteps.Get(i)->GetObject<Ipv4>())->Lookup(peer))
                    {
                        m_times[i].emplace("route", Simulator::Now());
                    }
                });
        }
    }

    ~EvpnUnderlayTest() override
    {
        m_network.reset();
        Simulator::Destroy();
        Names::Clear();
        Config::Reset();
    }

    VxlanNetDevice& GetDevice(uint32_t i)
    {
        return *DynamicCast<VxlanNetDevice>(m_devices.Get(i));
    }

    void Announce(uint32_t i)
    {
        ArpHeader arp;
        arp.SetRequest(T2, A2, Mac48Address("00:00:00:00:00:00"), A2);
        Ptr<Packet> packet = Create<Packet>();
        packet->AddHeader(arp);
        GetDevice(i).SendFrom(packet, T2, Mac48Address::GetBroadcast(), 0x0806);
    }

    static void RunUntil(double seconds)
    {
        Simulator::Stop(Seconds(seconds) - Simulator::Now());
        Simulator::Run();
    }

    TopologyGraph m_graph;
    std::unique_ptr<LabNetwork> m_network;
    NodeContainer m_vteps;
    NetDeviceContainer m_devices;
    std::map<uint32_t, std::map<std::string, Time>> m_times; //!< of the first of each event
};

TEST_F(EvpnUnderlayTest, SessionsComeWithTheRoutes)
{
    RunUntil(120);
    for (uint32_t i = 0; i < 3; ++i)
    {
        ASSERT_EQ(m_times[i].count("route"), 1u);
        ASSERT_EQ(m_times[i].count("session-up"), 1u);
        // c3's route to the VTEP may come a little later: then a try or two is lost.
        EXPECT_LT(m_times[i]["session-up"] - m_times[i]["route"], Seconds(15)) << i;
        EXPECT_EQ(GetDevice(i).GetFdb().GetDefaults().size(), 2u) << i;
    }
    Announce(1);
    RunUntil(120.2);
    for (uint32_t i : {0, 2})
    {
        ASSERT_TRUE(GetDevice(i).GetFdb().Find(T2)) << i;
        EXPECT_EQ(GetDevice(i).GetFdb().Find(T2)->vtep, R2);
    }
}

TEST_F(EvpnUnderlayTest, ANextHopThatIsLostTakesItsRoutesAway)
{
    RunUntil(120);
    Announce(1);
    RunUntil(121);
    m_network->SetNetworkUp(*m_graph.FindNetwork("2"), false); // r2's only link
    RunUntil(135);
    // Long before the hold timer: OSPF has withdrawn the network.
    EXPECT_TRUE(EvpnHelper::Get(m_network->GetNode("c3").node)
                    ->GetInstance()
                    .GetPeers()
                    .at(R2)
                    ->IsEstablished());
    EXPECT_FALSE(GetDevice(0).GetFdb().Find(T2));
    EXPECT_EQ(GetDevice(0).GetFdb().GetDefaults().size(), 1u);
    m_network->SetNetworkUp(*m_graph.FindNetwork("2"), true);
    RunUntil(220);
    ASSERT_TRUE(GetDevice(0).GetFdb().Find(T2));
    EXPECT_EQ(GetDevice(0).GetFdb().GetDefaults().size(), 2u);
}

TEST_F(EvpnUnderlayTest, ACrashedVtepIsLostWithTheHoldTimeAndComesBack)
{
    RunUntil(120);
    m_network->SetNodeUp("r2", false);
    EvpnHelper::Get(m_vteps.Get(1))->Stop();
    RunUntil(200);
    // e2 still has network 2, so the next hop is resolvable.
    EXPECT_EQ(GetDevice(0).GetFdb().GetDefaults().size(), 2u);
    RunUntil(310);
    EXPECT_EQ(GetDevice(0).GetFdb().GetDefaults().size(), 1u);
    m_network->SetNodeUp("r2", true);
    EvpnHelper::Get(m_vteps.Get(1))->Start();
    RunUntil(400);
    EXPECT_EQ(GetDevice(0).GetFdb().GetDefaults().size(), 2u);
    EXPECT_EQ(GetDevice(1).GetFdb().GetDefaults().size(), 2u);
}

TEST_F(EvpnUnderlayTest, AQuickRebootEndsTheOldSession)
{
    RunUntil(120);
    m_network->SetNodeUp("r2", false);
    EvpnHelper::Get(m_vteps.Get(1))->Stop();
    RunUntil(130);
    m_network->SetNodeUp("r2", true);
    EvpnHelper::Get(m_vteps.Get(1))->Start();
    RunUntil(230);
    EXPECT_EQ(GetDevice(0).GetFdb().GetDefaults().size(), 2u);
    EXPECT_EQ(GetDevice(1).GetFdb().GetDefaults().size(), 2u);
}

} // namespace
