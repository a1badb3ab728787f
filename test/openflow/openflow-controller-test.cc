// SPDX-License-Identifier: GPL-2.0-only
// A controller and its switches: what crosses the wire and what arrives at tenants, as in the
// reference lab's stage "controller", and what happens when things move, fail and come back.
#include "openflow-fake-lab.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace ns3;

namespace
{

const char* const VTEPS[] = {"192.168.1.1", "192.168.2.2", "192.168.3.3"};

Mac48Address
TenantMac(int number)
{
    return Mac48Address(("02:00:0" + std::to_string(number) + ":00:00:2a").c_str());
}

std::vector<uint8_t>
Frame(const std::string& packetIn)
{
    OpenflowMessage message;
    ReadMessage(FromHex(packetIn), message);
    return std::get<OpenflowPacketIn>(message.body).frame;
}

/** A ping's frame with other addresses. */
std::vector<uint8_t>
FrameTo(Mac48Address to, Mac48Address from)
{
    std::vector<uint8_t> frame = Frame(golden::PACKET_IN_PING);
    to.CopyTo(frame.data());
    from.CopyTo(frame.data() + 6);
    return frame;
}

class OpenflowControllerTest : public ::testing::Test
{
  protected:
    void Build(OpenflowControllerConfig config = {}, const std::vector<uint32_t>& vnis = {42})
    {
        m_lab = std::make_unique<FakeOpenflowLab>(config);
        for (const char* vtep : VTEPS)
        {
            m_lab->AddSwitch(vtep, vnis);
        }
        for (int i = 1; i <= 3; ++i)
        {
            m_lab->controller->SetTenant(Tenant(i, 42, VTEPS[i - 1]));
        }
        m_lab->Run(1);
    }

    static OpenflowTenant Tenant(int number, uint32_t vni, const char* vtep)
    {
        OpenflowTenant tenant;
        tenant.name = "t" + std::to_string(number);
        tenant.vni = vni;
        tenant.mac = TenantMac(number);
        tenant.ip = Ipv4Address(("192.168.99." + std::to_string(number)).c_str());
        tenant.vtep = Ipv4Address(vtep);
        return tenant;
    }

    FakeSwitch& Switch(int number)
    {
        return *m_lab->switches.at(Ipv4Address(VTEPS[number - 1]));
    }

    void Send(int from, int to)
    {
        Switch(from).FromTenant(42, FrameTo(TenantMac(to), TenantMac(from)));
        m_lab->Run(1);
    }

    std::unique_ptr<FakeOpenflowLab> m_lab;
};

/** An IGMPv2 report or leave. */
std::vector<uint8_t>
IgmpFrame(uint8_t type, Ipv4Address group, Mac48Address from)
{
    std::vector<uint8_t> frame = MakeFrameIgmpQuery(from, group);
    frame[14 + 24] = type;
    frame.resize(14 + 24 + 8);
    frame[14 + 3] = 32;
    return frame;
}

} // namespace

TEST_F(OpenflowControllerTest, FirstArpAndPingsCostWhatTheReferenceLabMeasured)
{
    Build();
    EXPECT_EQ(m_lab->controller->CountReady(), 3u);
    EXPECT_EQ(
        Switch(1).GetFlows(),
        (std::vector<std::string>{"90 ip,nw_proto=2 CONTROLLER:65535", "0  CONTROLLER:65535"}));
    for (auto& [vtep, one] : m_lab->switches)
    {
        one->record.messages.clear();
    }
    Switch(1).FromTenant(42, Frame(golden::PACKET_IN_ARP));
    m_lab->Run(0.1);
    ASSERT_EQ(Switch(1).delivered.size(), 1u);
    OpenflowMessage reply;
    ReadMessage(FromHex(golden::PACKET_OUT_ARP), reply);
    EXPECT_EQ(Switch(1).delivered[0], std::get<OpenflowPacketOut>(reply.body).frame);

    // The ping finds no tunnel: it waits until OVSDB has made one.
    Switch(1).FromTenant(42, Frame(golden::PACKET_IN_PING));
    m_lab->Run(0.1);
    ASSERT_EQ(Switch(2).delivered.size(), 1u);
    EXPECT_EQ(Switch(2).delivered[0], Frame(golden::PACKET_IN_PING));
    Switch(2).FromTenant(42, Frame(golden::PACKET_IN_TUNNEL));
    m_lab->Run(0.1);
    ASSERT_EQ(Switch(1).delivered.size(), 2u);
    for (int i = 0; i < 2; ++i)
    {
        Switch(1).FromTenant(42, Frame(golden::PACKET_IN_PING));
        Switch(2).FromTenant(42, Frame(golden::PACKET_IN_TUNNEL));
        m_lab->Run(0.1);
    }
    const OpenflowRecorder& r1 = Switch(1).record;
    EXPECT_EQ(r1.CountMessages("openflow sent packet-in 84"), 1u);
    EXPECT_EQ(r1.CountMessages("openflow sent packet-in 140"), 1u);
    EXPECT_EQ(r1.CountMessages("openflow sent packet-in 164"), 1u);
    EXPECT_EQ(r1.CountMessages("openflow sent packet-in"), 3u);
    EXPECT_EQ(r1.CountMessages("openflow received packet-out 100"), 1u);
    EXPECT_EQ(r1.CountMessages("openflow received packet-out 138"), 2u);
    EXPECT_EQ(r1.CountMessages("openflow received packet-out"), 3u);
    EXPECT_EQ(r1.CountMessages("openflow received flow-mod 88"), 2u);
    EXPECT_EQ(r1.CountMessages("openflow received flow-mod"), 2u);
    EXPECT_EQ(Switch(1).GetFlows(),
              (std::vector<std::string>{"90 ip,nw_proto=2 CONTROLLER:65535",
                                        "10 dl_dst=02:00:02:00:00:2a output:12",
                                        "10 dl_dst=02:00:01:00:00:2a output:1",
                                        "0  CONTROLLER:65535"}));
    EXPECT_EQ(Switch(1).tunneled.size(), 3u);
    EXPECT_EQ(Switch(1).tunneled[0].second, 42u);
    EXPECT_TRUE(Switch(3).delivered.empty());
}

TEST_F(OpenflowControllerTest, TheSequenceOfOvsdbMethodsIsOvsVsctls)
{
    Build();
    Send(1, 2);
    std::vector<std::string> methods;
    for (const std::string& message : Switch(1).record.messages)
    {
        if (message.rfind("ovsdb", 0) == 0)
        {
            methods.push_back(message.substr(6, message.rfind(' ') - 6));
        }
    }
    EXPECT_EQ(methods,
              (std::vector<std::string>{"received get_schema",
                                        "sent reply",
                                        "received monitor_cond",
                                        "sent reply",
                                        "received monitor_cond_since",
                                        "sent reply",
                                        "received transact",
                                        "sent update3",
                                        "sent reply",
                                        "sent update3"}));
    EXPECT_EQ(Switch(1).record.CountMessages("ovsdb received get_schema 51"), 1u);
    EXPECT_EQ(Switch(1).record.CountMessages("ovsdb sent reply 467"), 1u);
    EXPECT_EQ(Switch(1).record.CountMessages("ovsdb received monitor_cond 161"), 1u);
    EXPECT_EQ(Switch(1).record.CountMessages("ovsdb received monitor_cond_since 425"), 1u);
    EXPECT_EQ(Switch(1).instance->FindPort("vx2")->number, 12u);
    EXPECT_EQ(Switch(2).instance->FindPort("vx1")->number, 11u);
}

TEST_F(OpenflowControllerTest, UnknownDestinationsAreDroppedAndAskForEver)
{
    Build();
    for (int i = 0; i < 3; ++i)
    {
        Switch(1).FromTenant(42, FrameTo(Mac48Address("02:00:09:00:00:2a"), TenantMac(1)));
        Switch(1).FromTenant(42, FrameTo(Mac48Address::GetBroadcast(), TenantMac(1)));
    }
    m_lab->Run(1);
    EXPECT_EQ(Switch(1).record.CountMessages("openflow sent packet-in"), 6u);
    EXPECT_TRUE(Switch(1).tunneled.empty());
}

TEST_F(OpenflowControllerTest, UnknownDestinationsAreFlooded)
{
    OpenflowControllerConfig config;
    config.unknown = OpenflowUnknown::FLOOD;
    Build(config);
    Send(1, 9);
    EXPECT_EQ(Switch(1).tunneled.size(), 2u);
    EXPECT_EQ(Switch(2).delivered.size(), 1u);
    EXPECT_EQ(Switch(3).delivered.size(), 1u);
    // What came out of a tunnel goes into none.
    EXPECT_TRUE(Switch(2).tunneled.empty());
}

TEST_F(OpenflowControllerTest, ProactiveFlowsNeedNoQuestions)
{
    OpenflowControllerConfig config;
    config.mode = OpenflowMode::PROACTIVE;
    Build(config);
    EXPECT_EQ(Switch(1).record.CountMessages("openflow received flow-mod 240"), 2u);
    EXPECT_EQ(Switch(1).record.CountMessages("openflow received flow-mod 56"), 1u);
    Switch(1).delivered.clear();
    Switch(1).FromTenant(42, Frame(golden::PACKET_IN_ARP));
    m_lab->Run(0.1);
    ASSERT_EQ(Switch(1).delivered.size(), 1u);
    const auto arp = ParseFrameArp(Switch(1).delivered[0]);
    ASSERT_TRUE(arp);
    EXPECT_EQ(arp->operation, 2);
    EXPECT_EQ(arp->senderMac, TenantMac(2));
    EXPECT_EQ(arp->senderIp, Ipv4Address("192.168.99.2"));
    EXPECT_EQ(arp->targetIp, Ipv4Address("192.168.99.1"));
    Send(1, 2);
    Send(2, 1);
    EXPECT_EQ(Switch(2).delivered.size(), 1u);
    EXPECT_EQ(Switch(1).record.CountMessages("openflow sent packet-in"), 0u);
}

TEST_F(OpenflowControllerTest, SeveralVnisKeepApart)
{
    Build({}, {42, 43});
    // The same address in another VNI is another tenant's.
    m_lab->controller->SetTenant(Tenant(2, 43, VTEPS[2]));
    Send(1, 2);
    EXPECT_EQ(Switch(2).delivered.size(), 1u);
    Switch(1).FromTenant(43, FrameTo(TenantMac(2), TenantMac(1)));
    m_lab->Run(1);
    EXPECT_EQ(Switch(3).delivered.size(), 1u);
    ASSERT_EQ(Switch(1).tunneled.size(), 2u);
    EXPECT_EQ(Switch(1).tunneled[1].second, 43u);
    const auto flows = Switch(1).GetFlows();
    EXPECT_EQ(std::count(flows.begin(),
                         flows.end(),
                         "10 in_port=1,dl_dst=02:00:02:00:00:2a set_field:0x2a->tun_id,output:12"),
              1);
    EXPECT_EQ(Switch(1).record.CountMessages("openflow received flow-mod 112"), 2u);
    const auto at2 = Switch(2).GetFlows();
    EXPECT_EQ(
        std::count(at2.begin(), at2.end(), "10 tun_id=0x2a,dl_dst=02:00:02:00:00:2a output:1"), 1);
}

TEST_F(OpenflowControllerTest, ASecondVniChangesTheFlowsOfTheFirst)
{
    Build();
    Send(1, 2);
    FakeOpenflowLab::AddAccess(Switch(1), 43);
    m_lab->Run(1);
    const auto flows = Switch(1).GetFlows();
    EXPECT_EQ(std::count(flows.begin(), flows.end(), "10 dl_dst=02:00:02:00:00:2a output:12"), 0);
    EXPECT_EQ(std::count(flows.begin(),
                         flows.end(),
                         "10 in_port=1,dl_dst=02:00:02:00:00:2a set_field:0x2a->tun_id,output:12"),
              1);
}

TEST_F(OpenflowControllerTest, AMoveChangesTheNewPlaceFirst)
{
    Build();
    Send(1, 2);
    Send(3, 2);
    Send(2, 1);
    m_lab->record.messages.clear();
    m_lab->controller->SetTenant(Tenant(2, 42, VTEPS[2]));
    m_lab->Run(1);
    const auto& messages = m_lab->record.messages;
    const auto find = [&](const std::string& start) {
        return std::find_if(messages.begin(), messages.end(), [&](const std::string& message) {
            return message.rfind(start, 0) == 0;
        });
    };
    EXPECT_LT(find("192.168.3.3 openflow sent flow-mod"),
              find("192.168.3.3 openflow received barrier-reply"));
    EXPECT_LT(find("192.168.3.3 openflow received barrier-reply"),
              find("192.168.1.1 openflow sent flow-mod"));
    Switch(2).delivered.clear();
    Switch(3).delivered.clear();
    Send(1, 2);
    EXPECT_EQ(Switch(3).delivered.size(), 1u);
    EXPECT_TRUE(Switch(2).delivered.empty());
    m_lab->controller->RemoveTenant(42, TenantMac(2));
    m_lab->Run(1);
    for (const std::string& flow : Switch(1).GetFlows())
    {
        EXPECT_EQ(flow.find("02:00:02"), std::string::npos) << flow;
    }
}

TEST_F(OpenflowControllerTest, AMoveIsToldToTheSwitchThatWasLeftIfNeighboursAreThere)
{
    Build();
    m_lab->controller->SetTenant(Tenant(4, 42, VTEPS[1]));
    m_lab->Run(1);
    const auto countAt2 = [this](const std::string& flow) {
        const auto flows = Switch(2).GetFlows();
        return std::count(flows.begin(), flows.end(), flow);
    };
    // Frames from 4 to 2 are the bridge's: the switch knows neither of them.
    EXPECT_EQ(Switch(2).GetFlows().size(), 2u);
    m_lab->controller->SetTenant(Tenant(2, 42, VTEPS[2]));
    m_lab->Run(1);
    EXPECT_EQ(countAt2("10 dl_dst=02:00:02:00:00:2a output:13"), 1);
    // Nobody is left behind who would send to 4.
    m_lab->controller->SetTenant(Tenant(4, 42, VTEPS[0]));
    m_lab->Run(1);
    EXPECT_EQ(Switch(2).GetFlows().size(), 3u);
    m_lab->controller->SetTenant(Tenant(2, 42, VTEPS[1]));
    m_lab->Run(1);
    EXPECT_EQ(countAt2("10 dl_dst=02:00:02:00:00:2a output:1"), 1);
}

TEST_F(OpenflowControllerTest, AServiceStopsTheFlooding)
{
    OpenflowControllerConfig config;
    config.unknown = OpenflowUnknown::FLOOD;
    Build(config);
    const Mac48Address shared("02:bf:00:00:00:09");
    const auto send = [&] {
        Switch(1).FromTenant(42, FrameTo(shared, TenantMac(1)));
        m_lab->Run(1);
    };
    send();
    EXPECT_EQ(Switch(1).tunneled.size(), 2u);
    m_lab->controller->SetService({42, Ipv4Address("192.168.99.9"), shared, {TenantMac(2)}});
    Switch(1).tunneled.clear();
    Switch(3).delivered.clear();
    for (int i = 0; i < 5; ++i)
    {
        send();
    }
    EXPECT_EQ(Switch(1).tunneled.size(), 5u);
    EXPECT_TRUE(Switch(3).delivered.empty());
    EXPECT_EQ(Switch(2).delivered.size(), 6u);
    EXPECT_EQ(*m_lab->knowledge.FindMac(42, Ipv4Address("192.168.99.9")), shared);
}

TEST_F(OpenflowControllerTest, MulticastGoesToVtepsWithMembers)
{
    Build();
    const Ipv4Address group("239.9.9.9");
    const auto send = [&] {
        Switch(1).FromTenant(42, FrameTo(Mac48Address::GetMulticast(group), TenantMac(1)));
        m_lab->Run(0.5);
    };
    send();
    EXPECT_TRUE(Switch(1).tunneled.empty());
    Switch(3).FromTenant(42, IgmpFrame(0x16, group, TenantMac(3)));
    m_lab->Run(0.5);
    send();
    EXPECT_EQ(Switch(1).tunneled.size(), 1u);
    EXPECT_EQ(Switch(3).delivered.size(), 1u);
    Switch(2).FromTenant(42, IgmpFrame(0x16, group, TenantMac(2)));
    m_lab->Run(0.5);
    send();
    EXPECT_EQ(Switch(1).tunneled.size(), 3u);
    EXPECT_EQ(Switch(2).delivered.size(), 1u);
    // The leave is followed by a query; nobody else answers.
    Switch(3).FromTenant(42, IgmpFrame(0x17, group, TenantMac(3)));
    m_lab->Run(0.5);
    ASSERT_EQ(Switch(3).delivered.size(), 3u);
    EXPECT_TRUE(IsFrameIgmp(Switch(3).delivered.back()));
    m_lab->Run(2);
    Switch(1).tunneled.clear();
    send();
    ASSERT_EQ(Switch(1).tunneled.size(), 1u);
    EXPECT_EQ(Switch(1).tunneled[0].first, Ipv4Address(VTEPS[1]));
}

TEST_F(OpenflowControllerTest, FailSecureGoesOnAndResynchronizesUntouched)
{
    Build();
    Send(1, 2);
    m_lab->StopController();
    m_lab->Run(20);
    Switch(2).delivered.clear();
    Send(1, 2);
    EXPECT_EQ(Switch(2).delivered.size(), 1u);
    Send(1, 3);
    EXPECT_EQ(Switch(1).record.drops.back(), "no-controller");
    // A flow of the controller that is wrong by now, and a static one.
    OpenflowFlowMod wrong =
        ParseOpenflowFlow("priority=10,dl_dst=02:00:03:00:00:2a,actions=output:12");
    wrong.cookie = OpenflowControllerConfig().cookie;
    Switch(1).instance->ApplyFlow(wrong);
    const OpenflowFlowMod fixed =
        ParseOpenflowFlow("priority=5,dl_dst=02:00:09:00:00:2a,actions=output:12");
    Switch(1).instance->ApplyFlow(fixed);
    const auto packets = Switch(1).instance->GetTable().GetFlows()[1]->packets;
    m_lab->StartController();
    Switch(1).record.messages.clear();
    m_lab->Run(10);
    EXPECT_EQ(m_lab->controller->CountReady(), 3u);
    // The wrong flow is put right, and nothing else is touched.
    EXPECT_EQ(Switch(1).record.CountMessages("openflow received flow-mod"), 1u);
    EXPECT_EQ(Switch(1).instance->GetTable().GetFlows()[1]->packets, packets);
    EXPECT_NE(Switch(1).instance->GetTable().Find(5, fixed.match), nullptr);
    Send(1, 3);
    EXPECT_EQ(Switch(3).delivered.size(), 1u);
}

TEST_F(OpenflowControllerTest, FailStandaloneLearnsAndFloods)
{
    m_lab = std::make_unique<FakeOpenflowLab>();
    OpenflowSwitchConfig config;
    config.failMode = OpenflowFailMode::STANDALONE;
    for (const char* vtep : VTEPS)
    {
        m_lab->AddSwitch(vtep, {42}, config);
    }
    for (int i = 1; i <= 3; ++i)
    {
        m_lab->controller->SetTenant(Tenant(i, 42, VTEPS[i - 1]));
    }
    m_lab->Run(1);
    Send(1, 2);
    Send(1, 3);
    Send(2, 3);
    m_lab->StopController();
    m_lab->Run(14);
    EXPECT_FALSE(Switch(1).instance->IsFailOpen());
    m_lab->Run(2);
    EXPECT_TRUE(Switch(1).instance->IsFailOpen());
    for (auto& [vtep, one] : m_lab->switches)
    {
        one->tunneled.clear();
        one->delivered.clear();
    }
    Send(1, 2);
    EXPECT_EQ(Switch(1).tunneled.size(), 2u);
    EXPECT_EQ(Switch(2).delivered.size(), 1u);
    EXPECT_TRUE(Switch(2).tunneled.empty());
    Send(2, 1);
    EXPECT_EQ(Switch(2).tunneled.size(), 1u);
    m_lab->StartController();
    m_lab->Run(6);
    EXPECT_FALSE(Switch(1).instance->IsFailOpen());
}

TEST_F(OpenflowControllerTest, AFullTableCostsQuestions)
{
    m_lab = std::make_unique<FakeOpenflowLab>();
    OpenflowSwitchConfig small;
    small.capacity = 2;
    m_lab->AddSwitch(VTEPS[0], {42}, small);
    m_lab->AddSwitch(VTEPS[1], {42});
    m_lab->controller->SetTenant(Tenant(1, 42, VTEPS[0]));
    m_lab->controller->SetTenant(Tenant(2, 42, VTEPS[1]));
    m_lab->Run(1);
    Send(1, 2);
    Send(1, 2);
    EXPECT_EQ(Switch(2).delivered.size(), 2u);
    EXPECT_EQ(Switch(1).record.CountMessages("openflow sent packet-in"), 2u);
    EXPECT_EQ(Switch(1).record.CountMessages("openflow sent error"), 2u);
    EXPECT_EQ(m_lab->record.events.back(), "error 192.168.1.1 OFPFMFC_TABLE_FULL");
    EXPECT_EQ(Switch(1).record.drops.back(), "OFPFMFC_TABLE_FULL");
}

TEST_F(OpenflowControllerTest, IdleFlowsComeBackWhenAskedFor)
{
    OpenflowControllerConfig config;
    config.idleTimeout = 5;
    Build(config);
    Send(1, 2);
    EXPECT_EQ(Switch(1).GetFlows().size(), 3u);
    m_lab->Run(6);
    EXPECT_EQ(Switch(1).GetFlows().size(), 2u);
    EXPECT_EQ(Switch(1).record.CountMessages("openflow sent flow-removed"), 1u);
    Send(1, 2);
    EXPECT_EQ(Switch(1).GetFlows().size(), 3u);
    EXPECT_EQ(Switch(2).delivered.size(), 2u);
}

TEST_F(OpenflowControllerTest, ASwitchThatRestartsGetsItsFlowsAndTunnelsAgain)
{
    Build();
    Send(1, 2);
    Switch(1).Disconnect();
    m_lab->AddSwitch(VTEPS[0], {42});
    m_lab->Run(6);
    EXPECT_EQ(m_lab->controller->CountReady(), 3u);
    EXPECT_EQ(Switch(1).GetFlows().size(), 2u);
    m_lab->CloseOvsdb(Ipv4Address(VTEPS[0]));
    m_lab->controller->NotifyOvsdbClosed(Ipv4Address(VTEPS[0]));
    Send(1, 2);
    m_lab->Run(10);
    Send(1, 2);
    EXPECT_GE(Switch(2).delivered.size(), 2u);
    EXPECT_NE(Switch(1).instance->FindPort("vx2"), nullptr);
}

TEST_F(OpenflowControllerTest, ASwitchThatComesLateGetsItsEndsOfTunnels)
{
    m_lab = std::make_unique<FakeOpenflowLab>();
    m_lab->AddSwitch(VTEPS[0], {42});
    m_lab->controller->SetTenant(Tenant(1, 42, VTEPS[0]));
    m_lab->controller->SetTenant(Tenant(2, 42, VTEPS[1]));
    m_lab->Run(1);
    Send(1, 2);
    ASSERT_NE(Switch(1).instance->FindPort("vx2"), nullptr);
    m_lab->AddSwitch(VTEPS[1], {42});
    m_lab->Run(6);
    EXPECT_NE(Switch(2).instance->FindPort("vx1"), nullptr);
    Send(1, 2);
    EXPECT_EQ(Switch(2).delivered.size(), 1u);
}

TEST_F(OpenflowControllerTest, SixtyFourVtepsThreeMembersThreeCopies)
{
    m_lab = std::make_unique<FakeOpenflowLab>();
    std::vector<FakeSwitch*> switches;
    for (uint32_t i = 0; i < 64; ++i)
    {
        std::ostringstream vtep;
        vtep << Ipv4Address(0x0a000001 + i);
        switches.push_back(&m_lab->AddSwitch(vtep.str().c_str(), {42}));
        OpenflowTenant tenant;
        tenant.vni = 42;
        const uint8_t mac[6] = {2, 0, 0, 0, 0, uint8_t(i + 1)};
        tenant.mac.CopyFrom(mac);
        tenant.ip = Ipv4Address(0xc0a86301 + i);
        tenant.vtep = Ipv4Address(0x0a000001 + i);
        m_lab->controller->SetTenant(tenant);
    }
    m_lab->Run(1);
    EXPECT_EQ(m_lab->controller->CountReady(), 64u);
    const Ipv4Address group("239.9.9.9");
    const auto mac = [](uint32_t i) {
        return Mac48Address(("02:00:00:00:00:" + std::string(i < 15 ? "0" : "") +
                             [](uint32_t n) {
                                 std::ostringstream hex;
                                 hex << std::hex << n;
                                 return hex.str();
                             }(i + 1))
                                .c_str());
    };
    for (uint32_t member : {7u, 20u, 63u})
    {
        switches[member]->FromTenant(42, IgmpFrame(0x16, group, mac(member)));
    }
    m_lab->Run(1);
    for (int frame = 1; frame <= 2; ++frame)
    {
        switches[0]->FromTenant(42, FrameTo(Mac48Address::GetMulticast(group), mac(0)));
        m_lab->Run(1);
        EXPECT_EQ(switches[0]->tunneled.size(), 3u * frame);
        EXPECT_EQ(switches[20]->delivered.size(), 1u * frame);
    }
    // The second frame asked nobody.
    EXPECT_EQ(switches[0]->record.CountMessages("openflow sent packet-in"), 1u);
    EXPECT_TRUE(switches[1]->delivered.empty());
}
