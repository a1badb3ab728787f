// SPDX-License-Identifier: GPL-2.0-only
// OpenflowSwitch, OpenflowController and ControllerControlPlane in the simulator: VTEPs on a LAN,
// TCP, VXLAN devices that are hosts of their own.
#include "support/capture.h"
#include "vxlan/vxlan-lan-fixture.h"

#include "ns3/arp-header.h"
#include "ns3/controller-control-plane.h"
#include "ns3/openflow-controller.h"
#include "ns3/openflow-text.h"

#include <unistd.h>

#include <cstdio>

using namespace ns3;

namespace
{

/** Nodes 0 to 2 are VTEPs, node 3 is the controller. */
class OpenflowProtocolTest : public VxlanLanTest
{
  protected:
    void BuildLab(const char* mode = "reactive", const char* failMode = "secure")
    {
        Build(4);
        m_controller = CreateObject<OpenflowController>();
        m_controller->SetAttribute("Mode", StringValue(mode));
        m_nodes.Get(3)->AggregateObject(m_controller);
        for (uint32_t i = 0; i < 3; ++i)
        {
            Ptr<OpenflowSwitch> one = CreateObject<OpenflowSwitch>();
            one->SetAttribute("Controller", Ipv4AddressValue(GetVtep(3)));
            one->SetAttribute("FailMode", StringValue(failMode));
            m_nodes.Get(i)->AggregateObject(one);
            m_switches.push_back(one);
            m_devices.push_back(AddDevice(i, 42, ""));
            m_devices.back()->SetControlPlane(CreateObject<ControllerControlPlane>());
            AddAddress(m_devices.back(), i);
            m_controller->SetTenant(MakeTenant(i, i));
        }
    }

    static Ipv4Address GetVtep(uint32_t i)
    {
        return Ipv4Address(0x0a000001 + i);
    }

    OpenflowTenant MakeTenant(uint32_t i, uint32_t at) const
    {
        OpenflowTenant tenant;
        tenant.name = "t" + std::to_string(i);
        tenant.vni = 42;
        tenant.mac = Mac48Address::ConvertFrom(m_devices[i]->GetAddress());
        tenant.ip = Ipv4Address(0xc0a86301 + i);
        tenant.vtep = GetVtep(at);
        return tenant;
    }

    /** \returns messages of this name at the controller, from or to \p peer. */
    uint64_t Count(uint32_t peer, const char* protocol, bool sent, const std::string& message)
    {
        std::ostringstream text;
        text << GetVtep(peer);
        const auto& counts = m_controller->GetMessageCounts();
        const auto it = counts.find({text.str(), protocol, sent, message});
        return it == counts.end() ? 0 : it->second.messages;
    }

    Ptr<OpenflowController> m_controller;
    std::vector<Ptr<OpenflowSwitch>> m_switches;
    std::vector<Ptr<VxlanNetDevice>> m_devices;
};

TEST_F(OpenflowProtocolTest, ThreePingsCostEightMessagesAndNoFlooding)
{
    BuildLab();
    RunUntil(Seconds(2));
    EXPECT_EQ(m_controller->GetInstance().CountReady(), 3u);
    const uint64_t flowMods = Count(0, "openflow", true, "flow-mod");
    for (int i = 0; i < 3; ++i)
    {
        Ping(0, "192.168.99.2", Seconds(i));
    }
    RunUntil(Seconds(6));
    EXPECT_EQ(m_answers["192.168.99.2"], 3);
    EXPECT_EQ(m_sent[0], 3);
    EXPECT_EQ(m_sent[1], 3);
    EXPECT_EQ(m_sent[2], 0);
    EXPECT_EQ(Count(0, "openflow", false, "packet-in"), 3u);
    EXPECT_EQ(Count(0, "openflow", true, "packet-out"), 3u);
    EXPECT_EQ(Count(0, "openflow", true, "flow-mod") - flowMods, 2u);
    EXPECT_EQ(Count(0, "ovsdb", true, "transact"), 1u);
    EXPECT_EQ(Count(1, "ovsdb", true, "transact"), 1u);
    EXPECT_EQ(Count(2, "ovsdb", true, "transact"), 0u);
    EXPECT_EQ(m_devices[0]->GetFlooded(), 0u);
    const VxlanFdbEntry* entry =
        m_devices[0]->GetFdb().Find(Mac48Address::ConvertFrom(m_devices[1]->GetAddress()));
    ASSERT_NE(entry, nullptr);
    EXPECT_EQ(entry->vtep, GetVtep(1));
    EXPECT_EQ(entry->origin, VxlanFdbOrigin::CONTROLLER);
    EXPECT_TRUE(m_controller->GetDrops().empty());
}

TEST_F(OpenflowProtocolTest, ProactiveFlowsAnswerArp)
{
    BuildLab("proactive");
    RunUntil(Seconds(3));
    Ping(0, "192.168.99.2", Seconds(0));
    Ping(1, "192.168.99.3", Seconds(0));
    RunUntil(Seconds(4));
    EXPECT_EQ(m_answers["192.168.99.2"], 1);
    EXPECT_EQ(m_answers["192.168.99.3"], 1);
    EXPECT_EQ(m_sent[0], 1);
    for (uint32_t i = 0; i < 3; ++i)
    {
        EXPECT_EQ(Count(i, "openflow", false, "packet-in"), 0u) << i;
        // IGMP, miss, two ARP responders, three addresses.
        EXPECT_EQ(m_switches[i]->GetInstance().GetTable().GetSize(), 7u) << i;
    }
}

TEST_F(OpenflowProtocolTest, AResponderDoesNotAnswerTheAnnouncementOfATenantThatHasComeHere)
{
    BuildLab("proactive");
    RunUntil(Seconds(3));
    // Tenant 1 announces itself at VTEP 0, whose flows still say that it is at VTEP 1.
    const Mac48Address mac = Mac48Address::ConvertFrom(m_devices[1]->GetAddress());
    const Ipv4Address ip("192.168.99.2");
    int answers = 0;
    m_nodes.Get(0)->RegisterProtocolHandler(
        Node::ProtocolHandler([&](Ptr<NetDevice>,
                                  Ptr<const Packet>,
                                  uint16_t,
                                  const Address& from,
                                  const Address&,
                                  NetDevice::PacketType) { answers += from == mac ? 1 : 0; }),
        0x0806,
        m_devices[0],
        true);
    const auto ask = [&](Ipv4Address sender, Mac48Address from) {
        ArpHeader arp;
        arp.SetRequest(from, sender, Mac48Address::GetBroadcast(), ip);
        Ptr<Packet> packet = Create<Packet>();
        packet->AddHeader(arp);
        m_devices[0]->SendFrom(packet, from, Mac48Address::GetBroadcast(), 0x0806);
        RunUntil(Simulator::Now() + Seconds(1));
    };
    ask(ip, mac);
    EXPECT_EQ(answers, 0);
    ask(Ipv4Address("192.168.99.77"), Mac48Address("02:00:00:00:00:77"));
    EXPECT_EQ(answers, 1);
}

TEST_F(OpenflowProtocolTest, AKilledControllerAndItsReturn)
{
    BuildLab();
    RunUntil(Seconds(1));
    Ping(0, "192.168.99.2", Seconds(0));
    RunUntil(Seconds(3));
    m_controller->Stop();
    RunUntil(Seconds(4));
    EXPECT_EQ(m_switches[0]->GetInstance().GetChannelState(), OpenflowChannelState::BACKOFF);
    Ping(0, "192.168.99.2", Seconds(0));
    RunUntil(Seconds(20));
    EXPECT_EQ(m_answers["192.168.99.2"], 2);
    m_controller->Start();
    RunUntil(Seconds(26));
    EXPECT_EQ(m_controller->GetInstance().CountReady(), 3u);
    const uint64_t flowMods = Count(0, "openflow", true, "flow-mod");
    Ping(0, "192.168.99.2", Seconds(0));
    Ping(0, "192.168.99.3", Seconds(0));
    RunUntil(Seconds(28));
    EXPECT_EQ(m_answers["192.168.99.2"], 3);
    EXPECT_EQ(m_answers["192.168.99.3"], 1);
    EXPECT_EQ(Count(0, "openflow", true, "flow-mod") - flowMods, 1u);
}

TEST_F(OpenflowProtocolTest, AHungControllerIsGivenUpAndComesBack)
{
    BuildLab();
    RunUntil(Seconds(2));
    m_controller->SetHanging(true);
    // Silent since about 0 s: ECHO_REQUEST after 5 s of silence, given up after 5 s more.
    RunUntil(Seconds(13));
    EXPECT_NE(m_switches[0]->GetInstance().GetChannelState(), OpenflowChannelState::ACTIVE);
    m_controller->SetHanging(false);
    RunUntil(Seconds(30));
    EXPECT_EQ(m_controller->GetInstance().CountReady(), 3u);
    Ping(0, "192.168.99.2", Seconds(0));
    RunUntil(Seconds(32));
    EXPECT_EQ(m_answers["192.168.99.2"], 1);
}

TEST_F(OpenflowProtocolTest, StandaloneSwitchesLearn)
{
    BuildLab("reactive", "standalone");
    RunUntil(Seconds(1));
    Ping(0, "192.168.99.2", Seconds(0));
    Ping(0, "192.168.99.3", Seconds(0));
    Ping(1, "192.168.99.3", Seconds(0));
    RunUntil(Seconds(3));
    m_controller->Stop();
    RunUntil(Seconds(25));
    EXPECT_TRUE(m_switches[0]->GetInstance().IsFailOpen());
    Ping(0, "192.168.99.2", Seconds(0));
    RunUntil(Seconds(27));
    EXPECT_EQ(m_answers["192.168.99.2"], 2);
}

TEST_F(OpenflowProtocolTest, FlowsByHandWithoutAController)
{
    Build(2);
    for (uint32_t i = 0; i < 2; ++i)
    {
        Ptr<OpenflowSwitch> one = CreateObject<OpenflowSwitch>();
        m_nodes.Get(i)->AggregateObject(one);
        m_switches.push_back(one);
        m_devices.push_back(AddDevice(i, 42, ""));
        m_devices.back()->SetControlPlane(CreateObject<ControllerControlPlane>());
        AddAddress(m_devices.back(), i);
    }
    RunUntil(Seconds(1));
    for (uint32_t i = 0; i < 2; ++i)
    {
        const auto resolve = [this, i](const std::string& name) {
            return m_switches[i]->ResolvePort(name);
        };
        m_switches[i]->AddFlow(
            ParseOpenflowFlow("in_port=1,actions=output:10.0.0." + std::to_string(2 - i), resolve));
        m_switches[i]->AddFlow(ParseOpenflowFlow(
            "in_port=10.0.0." + std::to_string(2 - i) + ",actions=output:vni42", resolve));
        EXPECT_THROW(m_switches[i]->AddFlow(ParseOpenflowFlow("table=9,actions=drop")),
                     std::invalid_argument);
    }
    Ping(0, "192.168.99.2", Seconds(0));
    RunUntil(Seconds(3));
    EXPECT_EQ(m_answers["192.168.99.2"], 1);
    EXPECT_EQ(m_switches[0]->GetInstance().GetTable().GetFlows().front()->packets, 2u);
}

TEST_F(OpenflowProtocolTest, RubbishFromASwitchIsCountedAndEndsItsSession)
{
    BuildLab();
    RunUntil(Seconds(2));
    Ptr<Socket> socket =
        Socket::CreateSocket(m_nodes.Get(1), TypeId::LookupByName("ns3::TcpSocketFactory"));
    socket->Bind();
    socket->Connect(InetSocketAddress(GetVtep(3), OPENFLOW_PORT));
    Ptr<Socket> json =
        Socket::CreateSocket(m_nodes.Get(3), TypeId::LookupByName("ns3::TcpSocketFactory"));
    json->Bind();
    json->Connect(InetSocketAddress(GetVtep(0), 6640));
    Simulator::Schedule(Seconds(1), [socket, json] {
        const uint8_t bytes[30] = {4, 14, 0, 2};
        socket->Send(Create<Packet>(bytes, 30));
        json->Send(Create<Packet>(bytes, 30));
    });
    RunUntil(Seconds(5));
    EXPECT_EQ(m_controller->GetDrops(), (std::map<std::string, uint64_t>{{"OFPBRC_BAD_LEN", 1}}));
    EXPECT_EQ(m_switches[0]->GetOvsdbDrops().at("syntax error"), 1u);
    EXPECT_EQ(m_controller->GetInstance().CountReady(), 3u);
}

TEST_F(OpenflowProtocolTest, TsharkDecodesEachMessage)
{
    if (!Capture::HasTshark())
    {
        GTEST_SKIP() << "no tshark";
    }
    BuildLab();
    const std::string prefix = testing::TempDir() + "openflow-" + std::to_string(::getpid());
    CsmaHelper().EnablePcap(prefix + ".pcap", m_lan.Get(3), true, true);
    RunUntil(Seconds(2));
    Ping(0, "192.168.99.2", Seconds(0));
    RunUntil(Seconds(3));
    m_controller->SetTenant(MakeTenant(1, 2));
    RunUntil(Seconds(10));
    Simulator::Destroy();
    m_lan = NetDeviceContainer(); // closes the file
    m_nodes = NodeContainer();
    m_devices.clear();
    m_controller = nullptr;
    m_switches.clear();
    const Capture capture(prefix + ".pcap", {"openflow_v4.type", "openflow.version"});
    std::map<std::string, int> types;
    for (const Capture::Frame& frame : capture.GetFrames())
    {
        EXPECT_EQ(frame.count("_ws.malformed"), 0u) << frame.at("frame.number").front();
        if (frame.count("openflow_v4.type") != 0)
        {
            for (const std::string& type : frame.at("openflow_v4.type"))
            {
                ++types[type];
            }
        }
    }
    EXPECT_EQ(types["0"], 6);
    EXPECT_EQ(types["6"], 3);
    EXPECT_EQ(types["10"], 6); // each end: its own ARP, the first ping and the first answer
    EXPECT_EQ(types["13"], 6);
    EXPECT_GE(types["14"], 3 * 2 + 4 + 2);
    EXPECT_EQ(types["18"], 6);
    EXPECT_EQ(types["20"], 1);
    EXPECT_EQ(types["21"], 1);
    std::remove((prefix + ".pcap").c_str());
}

} // namespace
