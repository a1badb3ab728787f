// SPDX-License-Identifier: GPL-2.0-only
// MapServer, MapXtr and MapServerControlPlane in the simulator: VTEPs on a LAN, UDP, VXLAN devices.
#include "support/capture.h"
#include "vxlan/vxlan-lan-fixture.h"

#include "ns3/arp-header.h"
#include "ns3/map-server-control-plane.h"
#include "ns3/map-server.h"

#include <unistd.h>

#include <cstdio>

using namespace ns3;

namespace
{

const Mac48Address T2_MAC("02:00:02:00:00:2a");
const Ipv4Address T2_ADDRESS("192.168.99.102");

/** Nodes 0 to 2 are VTEPs, node 3 is the map server. */
class MapProtocolTest : public VxlanLanTest
{
  protected:
    void BuildLab(bool ownAddresses = true)
    {
        Build(4);
        m_server = CreateObject<MapServer>();
        m_server->AssignStreams(100);
        m_nodes.Get(3)->AggregateObject(m_server);
        for (uint32_t i = 0; i < 3; ++i)
        {
            Ptr<MapXtr> xtr = CreateObject<MapXtr>();
            xtr->SetAttribute("Server", Ipv4AddressValue(GetVtep(3)));
            xtr->AssignStreams(200 + i);
            m_nodes.Get(i)->AggregateObject(xtr);
            m_xtrs.push_back(xtr);
            m_controls.push_back(CreateObject<MapServerControlPlane>());
            m_devices.push_back(AddDevice(i, 42, ""));
            m_devices.back()->SetControlPlane(m_controls.back());
            if (ownAddresses)
            {
                AddAddress(m_devices.back(), i);
            }
        }
    }

    static Ipv4Address GetVtep(uint32_t i)
    {
        return Ipv4Address(0x0a000001 + i);
    }

    /** A tenant's gratuitous ARP at node \p i. */
    void Announce(uint32_t i)
    {
        ArpHeader arp;
        arp.SetRequest(T2_MAC, T2_ADDRESS, Mac48Address("00:00:00:00:00:00"), T2_ADDRESS);
        Ptr<Packet> packet = Create<Packet>();
        packet->AddHeader(arp);
        m_devices[i]->SendFrom(packet, T2_MAC, Mac48Address::GetBroadcast(), 0x0806);
    }

    Ipv4Address FindVtep(uint32_t i, Mac48Address mac)
    {
        const VxlanFdbEntry* entry = m_devices[i]->GetFdb().Find(mac);
        return entry ? entry->vtep : Ipv4Address::GetAny();
    }

    uint64_t CountSent(uint32_t i, const std::string& message)
    {
        const auto& counts = m_xtrs[i]->GetMessageCounts();
        const auto it = counts.find({"10.0.0.4", "map", true, message});
        return it == counts.end() ? 0 : it->second.messages;
    }

    Ptr<MapServer> m_server;
    std::vector<Ptr<MapXtr>> m_xtrs;
    std::vector<Ptr<MapServerControlPlane>> m_controls;
    std::vector<Ptr<VxlanNetDevice>> m_devices;
};

TEST_F(MapProtocolTest, PingsAreResolvedByTheMapServer)
{
    BuildLab();
    RunUntil(Seconds(1));
    EXPECT_EQ(m_devices[0]->GetFdb().GetDefaults().size(), 2u);
    // Addresses are known once they have spoken ARP: the first request is flooded.
    Ping(1, "192.168.99.1", Seconds(0));
    Ping(0, "192.168.99.2", Seconds(1));
    RunUntil(Seconds(4));
    EXPECT_EQ(m_answers["192.168.99.1"], 1);
    EXPECT_EQ(m_answers["192.168.99.2"], 1);
    const Mac48Address mac = Mac48Address::ConvertFrom(m_devices[1]->GetAddress());
    EXPECT_EQ(FindVtep(0, mac), GetVtep(1));
    EXPECT_EQ(m_devices[0]->GetFdb().Find(mac)->origin, VxlanFdbOrigin::MAP);
    const uint64_t requests = CountSent(0, "map-request");
    Ping(2, "192.168.99.2", Seconds(0));
    RunUntil(Seconds(6));
    EXPECT_EQ(m_answers["192.168.99.2"], 2);
    EXPECT_EQ(m_controls[2]->GetSuppressed(), 1u);
    EXPECT_EQ(CountSent(0, "map-request"), requests);
    EXPECT_TRUE(m_server->GetDrops().empty());
}

TEST_F(MapProtocolTest, AMoveAndTheSolicitMapRequest)
{
    BuildLab();
    RunUntil(Seconds(1));
    Announce(1);
    RunUntil(Seconds(2));
    // Node 0 sends to it, node 2 takes it over.
    const auto send = [this] {
        m_devices[0]->SendFrom(Create<Packet>(100), m_devices[0]->GetAddress(), T2_MAC, 0x0800);
    };
    send();
    RunUntil(Seconds(3));
    EXPECT_EQ(FindVtep(0, T2_MAC), GetVtep(1));
    Announce(2);
    RunUntil(Seconds(4));
    EXPECT_EQ(FindVtep(1, T2_MAC), GetVtep(2));
    EXPECT_EQ(FindVtep(0, T2_MAC), GetVtep(1));
    send();
    RunUntil(Seconds(5));
    EXPECT_EQ(FindVtep(0, T2_MAC), GetVtep(2));
    EXPECT_EQ(
        m_xtrs[1]->GetMessageCounts().at({"10.0.0.1", "map", true, "solicit-map-request"}).messages,
        1u);
    m_devices[2]->ForgetLocalAddress(T2_MAC);
    RunUntil(Seconds(6));
    EXPECT_EQ(m_server->GetInstance().GetEntries().count(MapEid::Of(42, T2_MAC)), 0u);
}

TEST_F(MapProtocolTest, AKilledServerAndItsReturn)
{
    BuildLab();
    RunUntil(Seconds(1));
    Announce(1);
    RunUntil(Seconds(2));
    m_server->Stop();
    RunUntil(Seconds(3));
    EXPECT_EQ(m_devices[0]->GetFdb().GetDefaults().size(), 2u);
    m_server->Start();
    EXPECT_TRUE(m_server->GetInstance().GetEntries().empty());
    RunUntil(Seconds(70));
    EXPECT_EQ(m_server->GetInstance().GetEntries().count(MapEid::Of(42, T2_MAC)), 1u);
    m_server->SetHanging(true);
    Announce(2);
    RunUntil(Seconds(72));
    EXPECT_EQ(FindVtep(1, T2_MAC), Ipv4Address::GetAny());
    m_server->SetHanging(false);
    RunUntil(Seconds(73));
    EXPECT_EQ(FindVtep(1, T2_MAC), GetVtep(2));
}

TEST_F(MapProtocolTest, ARestartedVtepRegistersAgain)
{
    BuildLab(false);
    RunUntil(Seconds(1));
    Announce(1);
    RunUntil(Seconds(2));
    m_xtrs[1]->Stop();
    EXPECT_TRUE(m_devices[1]->GetFdb().GetDefaults().empty());
    m_xtrs[1]->Start();
    RunUntil(Seconds(3));
    EXPECT_EQ(m_devices[1]->GetFdb().GetDefaults().size(), 2u);
    EXPECT_TRUE(m_xtrs[1]->GetInstance().GetLocals().at(MapEid::Of(42, T2_MAC)));
}

TEST_F(MapProtocolTest, AReplayIsDroppedAndARestartIsNone)
{
    BuildLab(false);
    std::vector<uint8_t> recorded;
    m_xtrs[1]->TraceConnectWithoutContext(
        "Tx",
        Callback<void, Ptr<const Packet>, uint32_t>(
            [&recorded](Ptr<const Packet> packet, uint32_t) {
                std::vector<uint8_t> bytes(packet->GetSize());
                packet->CopyData(bytes.data(), packet->GetSize());
                const bool isRegister = std::string(GetMapMessageName(bytes)) == "map-register";
                recorded = isRegister ? bytes : recorded;
            }));
    RunUntil(Seconds(1));
    Announce(1);
    RunUntil(Seconds(2));
    Announce(2);
    RunUntil(Seconds(3));
    const auto placeOfT2 = [this] {
        return m_server->GetInstance()
            .GetEntries()
            .at(MapEid::Of(42, T2_MAC))
            .registrations.begin()
            ->first;
    };
    EXPECT_EQ(placeOfT2(), GetVtep(2));
    // Node 0 has heard it, and says it again: rightly signed, of an EID that has moved since.
    ASSERT_FALSE(recorded.empty());
    Ptr<Socket> socket = Socket::CreateSocket(m_nodes.Get(0), UdpSocketFactory::GetTypeId());
    socket->Bind();
    const std::vector<uint8_t> replay = recorded;
    Simulator::Schedule(Seconds(0), [&] {
        socket->SendTo(Create<Packet>(replay.data(), static_cast<uint32_t>(replay.size())),
                       0,
                       InetSocketAddress(GetVtep(3), MAP_PORT));
    });
    RunUntil(Seconds(4));
    EXPECT_EQ(m_server->GetDrops().at("replay"), 1u);
    EXPECT_EQ(placeOfT2(), GetVtep(2));
    // Both ends count on after a restart.
    m_server->Stop();
    m_server->Start();
    m_xtrs[2]->Stop();
    m_xtrs[2]->Start();
    RunUntil(Seconds(6));
    EXPECT_EQ(placeOfT2(), GetVtep(2));
    EXPECT_EQ(m_server->GetDrops().at("replay"), 1u);
}

TEST_F(MapProtocolTest, WrongKeysRegisterNothing)
{
    BuildLab(false);
    m_xtrs[1]->SetAttribute("Key", StringValue("other"));
    m_xtrs[2]->SetAttribute("Algorithm", UintegerValue(0));
    RunUntil(Seconds(2));
    EXPECT_EQ(m_server->GetInstance().GetEntries().begin()->second.registrations.size(), 1u);
    EXPECT_EQ(m_server->GetDrops().at("authentication"), 2u);
}

TEST_F(MapProtocolTest, TsharkDecodesEachMessage)
{
    if (!Capture::HasTshark())
    {
        GTEST_SKIP() << "no tshark";
    }
    BuildLab();
    const std::string prefix = testing::TempDir() + "map-" + std::to_string(::getpid());
    CsmaHelper().EnablePcap(prefix + ".pcap", m_lan.Get(3), true, true);
    RunUntil(Seconds(1));
    Announce(1);
    RunUntil(Seconds(2));
    m_devices[0]->SendFrom(Create<Packet>(100), m_devices[0]->GetAddress(), T2_MAC, 0x0800);
    RunUntil(Seconds(3));
    Announce(2);
    RunUntil(Seconds(4));
    m_devices[0]->SendFrom(Create<Packet>(100), m_devices[0]->GetAddress(), T2_MAC, 0x0800);
    RunUntil(Seconds(5));
    Simulator::Destroy();
    m_lan = NetDeviceContainer(); // closes the file
    m_nodes = NodeContainer();
    m_devices.clear();
    m_controls.clear();
    m_xtrs.clear();
    m_server = nullptr;
    const Capture capture(prefix + ".pcap", {"lisp.type"});
    std::map<std::string, int> types;
    for (const Capture::Frame& frame : capture.GetFrames())
    {
        EXPECT_EQ(frame.count("_ws.malformed"), 0u) << frame.at("frame.number").front();
        if (frame.count("lisp.type") != 0)
        {
            for (const std::string& type : frame.at("lisp.type"))
            {
                ++types[type];
            }
        }
    }
    EXPECT_GE(types["1"], 3);
    EXPECT_EQ(types["2"], 2);
    EXPECT_GE(types["3"], 5);
    EXPECT_GE(types["4"], 5);
    EXPECT_GE(types["5"], 1);
    EXPECT_EQ(types["8"], 2);
    std::remove((prefix + ".pcap").c_str());
}

} // namespace
