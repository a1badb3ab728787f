// SPDX-License-Identifier: GPL-2.0-only
// EvpnProtocol and EvpnControlPlane in the simulator: VTEPs on a LAN, TCP, VXLAN devices.
#include "support/capture.h"
#include "vxlan/vxlan-lan-fixture.h"

#include "ns3/arp-header.h"
#include "ns3/boolean.h"
#include "ns3/evpn-control-plane.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-l4-protocol.h"

#include <unistd.h>

#include <cstdio>
#include <stdexcept>

using namespace ns3;

namespace
{

const Mac48Address T2_MAC("02:00:02:00:00:2a");
const Ipv4Address T2_ADDRESS("192.168.99.102");

/** Nodes 0 to 2 are VTEPs, node 3 is their reflector. */
class EvpnProtocolTest : public VxlanLanTest
{
  protected:
    /** \param ownAddresses the devices are hosts of their own, not ports of a bridge */
    void BuildLab(bool suppress, bool ownAddresses = true)
    {
        Build(4);
        for (uint32_t i = 0; i < 4; ++i)
        {
            Ptr<EvpnProtocol> speaker = CreateObject<EvpnProtocol>();
            m_nodes.Get(i)->AggregateObject(speaker);
            m_speakers.push_back(speaker);
            if (i < 3)
            {
                speaker->AddPeer({GetVtep(3), false, false});
                Ptr<EvpnControlPlane> control = CreateObject<EvpnControlPlane>();
                control->SetAttribute("Suppress", BooleanValue(suppress));
                m_controls.push_back(control);
                m_devices.push_back(AddDevice(i, 42, ""));
                m_devices.back()->SetControlPlane(control);
                if (ownAddresses)
                {
                    AddAddress(m_devices.back(), i);
                }
            }
        }
        for (uint32_t i = 0; i < 3; ++i)
        {
            m_speakers[3]->AddPeer({GetVtep(i), true, true});
        }
    }

    static Ipv4Address GetVtep(uint32_t i)
    {
        return Ipv4Address(0x0a000001 + i);
    }

    /** A tenant's gratuitous ARP at node \p i. */
    void Announce(uint32_t i, Mac48Address mac, Ipv4Address ip)
    {
        ArpHeader arp;
        arp.SetRequest(mac, ip, Mac48Address("00:00:00:00:00:00"), ip);
        Ptr<Packet> packet = Create<Packet>();
        packet->AddHeader(arp);
        m_devices[i]->SendFrom(packet, mac, Mac48Address::GetBroadcast(), 0x0806);
    }

    /** \returns the VTEP that node \p i has for \p mac; any if none. */
    Ipv4Address FindVtep(uint32_t i, Mac48Address mac)
    {
        const VxlanFdbEntry* entry = m_devices[i]->GetFdb().Find(mac);
        return entry ? entry->vtep : Ipv4Address::GetAny();
    }

    std::size_t CountDefaults(uint32_t i)
    {
        return m_devices[i]->GetFdb().GetDefaults().size();
    }

    std::vector<Ptr<EvpnProtocol>> m_speakers;
    std::vector<Ptr<EvpnControlPlane>> m_controls;
    std::vector<Ptr<VxlanNetDevice>> m_devices;
};

TEST_F(EvpnProtocolTest, TablesAreFilled)
{
    BuildLab(false);
    RunUntil(Seconds(2));
    for (uint32_t i = 0; i < 3; ++i)
    {
        EXPECT_EQ(CountDefaults(i), 2u) << i;
        EXPECT_EQ(m_devices[i]->GetFdb().GetSize(), 2u) << i;
        EXPECT_EQ(m_speakers[i]->GetRouterId(), GetVtep(i));
        EXPECT_TRUE(m_speakers[i]->GetInstance().GetPeers().at(GetVtep(3))->IsEstablished());
        EXPECT_EQ(m_speakers[i]->GetInstance().GetRib().GetSize(), 9u);
    }
    const VxlanFdbEntry* entry =
        m_devices[0]->GetFdb().Find(Mac48Address::ConvertFrom(m_devices[1]->GetAddress()));
    ASSERT_NE(entry, nullptr);
    EXPECT_EQ(entry->vtep, GetVtep(1));
    EXPECT_EQ(entry->origin, VxlanFdbOrigin::EVPN);
    const BgpMessageCounts& counts = m_speakers[0]->GetPeerMessageCounts().at(GetVtep(3));
    EXPECT_EQ(counts.sent[0].messages, 1u);
    EXPECT_EQ(counts.sent[0].bytes, 45u);
    EXPECT_EQ(counts.received[0].messages, 1u);
    EXPECT_EQ(counts.sent[1].bytes, 144u + 101 + 29);
    EXPECT_EQ(counts.received[3].messages, 1u);
    EXPECT_TRUE(m_speakers[0]->GetDrops().empty());
}

TEST_F(EvpnProtocolTest, AStrayResetHarmsNoListener)
{
    BuildLab(false);
    RunUntil(Seconds(1));
    m_speakers[0]->Stop();
    RunUntil(Seconds(2));
    TcpHeader reset;
    reset.SetSourcePort(50000);
    reset.SetDestinationPort(BgpConnections::PORT);
    reset.SetFlags(TcpHeader::RST);
    m_nodes.Get(0)->GetObject<TcpL4Protocol>()->SendPacket(
        Create<Packet>(), reset, GetVtep(0), GetVtep(3));
    RunUntil(Seconds(20));
    m_speakers[0]->Start();
    RunUntil(Seconds(60));
    EXPECT_TRUE(m_speakers[0]->GetInstance().GetPeers().at(GetVtep(3))->IsEstablished());
}

TEST_F(EvpnProtocolTest, Rfc5082_TtlSecurityEndsWithTheProcess)
{
    BuildLab(false);
    m_speakers[0]->SetAttribute("TtlSecurity", UintegerValue(1));
    RunUntil(Seconds(1));
    m_speakers[0]->Stop();
    m_speakers[0]->SetAttribute("TtlSecurity", UintegerValue(0));
    const auto before = m_speakers[0]->GetDrops();
    EXPECT_GT(before.at("ttl"), 0u);
    TcpHeader segment;
    segment.SetSourcePort(50000);
    segment.SetDestinationPort(BgpConnections::PORT);
    segment.SetFlags(TcpHeader::SYN);
    m_nodes.Get(3)->GetObject<TcpL4Protocol>()->SendPacket(
        Create<Packet>(), segment, GetVtep(3), GetVtep(0));
    RunUntil(Seconds(2));
    EXPECT_EQ(m_speakers[0]->GetDrops(), before);
    m_speakers[0]->Start();
    RunUntil(Seconds(60));
    EXPECT_TRUE(m_speakers[0]->GetInstance().GetPeers().at(GetVtep(3))->IsEstablished());
}

TEST_F(EvpnProtocolTest, WithoutSuppressionRequestsAreFlooded)
{
    BuildLab(false);
    RunUntil(Seconds(2));
    const int before = m_sent[0];
    Ping(0, "192.168.99.2", Seconds(0));
    RunUntil(Seconds(3));
    EXPECT_EQ(m_answers["192.168.99.2"], 1);
    EXPECT_EQ(m_sent[0] - before, 3); // the request to two VTEPs, then the ping
    EXPECT_EQ(m_controls[0]->GetSuppressed(), 0u);
}

TEST_F(EvpnProtocolTest, Rfc7432S10_ArpIsAnsweredByTheVtep)
{
    BuildLab(true);
    RunUntil(Seconds(2));
    const int before = m_sent[0];
    Ping(0, "192.168.99.2", Seconds(0));
    RunUntil(Seconds(3));
    EXPECT_EQ(m_answers["192.168.99.2"], 1);
    EXPECT_EQ(m_sent[0] - before, 1);
    EXPECT_EQ(m_controls[0]->GetSuppressed(), 1u);
    const uint64_t flooded = m_devices[0]->GetFlooded();
    Announce(0, T2_MAC, T2_ADDRESS);
    EXPECT_EQ(m_devices[0]->GetFlooded(), flooded); // as in Linux, gratuitous ARP neither
    Ping(0, "192.168.99.77", Seconds(0));
    RunUntil(Seconds(4));
    EXPECT_EQ(m_devices[0]->GetFlooded(), flooded + 1); // nobody's: flooded
}

TEST_F(EvpnProtocolTest, AMacThatMovesToAndFro)
{
    BuildLab(false, false);
    RunUntil(Seconds(2));
    EXPECT_EQ(m_devices[0]->GetFdb().GetSize(), 0u);
    // The old port stays up and hears nothing: only the overlay tells of the move.
    for (uint32_t i = 0; i < 4; ++i)
    {
        const uint32_t at = 1 + i % 2;
        Announce(at, T2_MAC, T2_ADDRESS);
        RunUntil(Seconds(3 + i));
        EXPECT_EQ(FindVtep(0, T2_MAC), GetVtep(at)) << i;
        EXPECT_EQ(FindVtep(at, T2_MAC), Ipv4Address::GetAny()) << i;
        EXPECT_EQ(FindVtep(3 - at, T2_MAC), i == 0 ? GetVtep(1) : GetVtep(at)) << i;
        EXPECT_EQ(m_speakers[0]->FindNeighbor(42, T2_ADDRESS)->sequence, i);
        EXPECT_EQ(m_speakers[0]->FindNeighbor(42, T2_ADDRESS)->vtep, GetVtep(at));
        EXPECT_EQ(m_speakers[0]->GetInstance().GetRib().GetSize(), 5u);
    }
    m_devices[2]->ForgetLocalAddress(T2_MAC); // its port goes down
    RunUntil(Seconds(8));
    EXPECT_EQ(FindVtep(0, T2_MAC), Ipv4Address::GetAny());
    EXPECT_FALSE(m_speakers[0]->FindNeighbor(42, T2_ADDRESS));
}

TEST_F(EvpnProtocolTest, AStickyMac)
{
    BuildLab(false, false);
    m_controls[1]->SetSticky(T2_MAC, true);
    RunUntil(Seconds(2));
    Announce(1, T2_MAC, T2_ADDRESS);
    RunUntil(Seconds(3));
    Announce(2, T2_MAC, T2_ADDRESS);
    RunUntil(Seconds(4));
    EXPECT_EQ(FindVtep(0, T2_MAC), GetVtep(1));
    EXPECT_TRUE(
        m_speakers[0]->GetInstance().FindVrf(42)->GetMacs().at(PackMac(T2_MAC)).active->isSticky);
}

TEST_F(EvpnProtocolTest, AKilledSpeakerAndItsRestart)
{
    BuildLab(false, false);
    RunUntil(Seconds(2));
    Announce(1, T2_MAC, T2_ADDRESS);
    RunUntil(Seconds(3));
    m_speakers[1]->Stop();
    EXPECT_FALSE(m_speakers[1]->IsRunning());
    EXPECT_EQ(CountDefaults(1), 0u);
    RunUntil(Seconds(3.2));
    EXPECT_EQ(CountDefaults(0), 1u);
    EXPECT_EQ(FindVtep(0, T2_MAC), Ipv4Address::GetAny());
    EXPECT_FALSE(m_speakers[1]->FindNeighbor(42, T2_ADDRESS));
    RunUntil(Seconds(10));
    m_speakers[1]->Start();
    RunUntil(Seconds(11));
    EXPECT_EQ(CountDefaults(0), 2u);
    EXPECT_EQ(CountDefaults(1), 2u);
    EXPECT_EQ(FindVtep(0, T2_MAC), GetVtep(1)); // the bridge still knows it
}

TEST_F(EvpnProtocolTest, ALostReflectorAndItsReturn)
{
    BuildLab(false);
    RunUntil(Seconds(2));
    m_speakers[3]->Stop();
    RunUntil(Seconds(3));
    EXPECT_EQ(CountDefaults(0), 0u);
    m_speakers[3]->Start();
    RunUntil(Seconds(13));
    EXPECT_EQ(CountDefaults(0), 2u);
    EXPECT_EQ(CountDefaults(2), 2u);
}

TEST_F(EvpnProtocolTest, S6_5_AHungSpeakerIsLostAfterTheHoldTime)
{
    BuildLab(false, false);
    RunUntil(Seconds(2));
    Announce(1, T2_MAC, T2_ADDRESS);
    Announce(0, Mac48Address("02:00:01:00:00:2a"), Ipv4Address("192.168.99.101"));
    RunUntil(Seconds(10));
    m_speakers[1]->SetHanging(true);
    EXPECT_TRUE(m_speakers[1]->IsHanging());
    // Its last UPDATE left at 2.05 s.
    RunUntil(Seconds(182));
    EXPECT_EQ(FindVtep(0, T2_MAC), GetVtep(1));
    RunUntil(Seconds(182.2));
    EXPECT_EQ(FindVtep(0, T2_MAC), Ipv4Address::GetAny());
    EXPECT_EQ(CountDefaults(0), 1u);
    EXPECT_EQ(CountDefaults(1), 2u); // it keeps all
    EXPECT_EQ(m_devices[1]->GetFdb().GetSize(), 1u);
    EXPECT_EQ(m_speakers[3]->GetPeerMessageCounts().at(GetVtep(1)).sent[2].bytes, 21u);
    RunUntil(Seconds(200));
    m_speakers[1]->SetHanging(false);
    RunUntil(Seconds(210));
    EXPECT_EQ(FindVtep(0, T2_MAC), GetVtep(1));
    EXPECT_EQ(CountDefaults(0), 2u);
    EXPECT_EQ(CountDefaults(1), 2u);
}

TEST_F(EvpnProtocolTest, AShortHangLosesNothing)
{
    BuildLab(false, false);
    RunUntil(Seconds(2));
    m_speakers[1]->SetHanging(true);
    Announce(0, T2_MAC, T2_ADDRESS);
    RunUntil(Seconds(50));
    EXPECT_EQ(FindVtep(2, T2_MAC), GetVtep(0));
    EXPECT_EQ(FindVtep(1, T2_MAC), Ipv4Address::GetAny());
    Announce(1, Mac48Address("02:00:01:00:00:2a"), Ipv4Address("192.168.99.101"));
    m_speakers[1]->SetHanging(false);
    RunUntil(Seconds(51));
    EXPECT_EQ(FindVtep(1, T2_MAC), GetVtep(0));
    EXPECT_EQ(FindVtep(0, Mac48Address("02:00:01:00:00:2a")), GetVtep(1));
    EXPECT_EQ(m_speakers[0]->GetInstance().GetPeers().at(GetVtep(3))->GetSessions(), 1u);
}

TEST_F(EvpnProtocolTest, ADeviceThatStopsTakesItsVniAway)
{
    BuildLab(false);
    RunUntil(Seconds(2));
    m_devices[1]->Stop();
    RunUntil(Seconds(3));
    EXPECT_EQ(CountDefaults(0), 1u);
    EXPECT_EQ(m_devices[0]->GetFdb().GetSize(), 1u);
    EXPECT_EQ(CountDefaults(1), 0u);
    m_devices[1]->Start();
    RunUntil(Seconds(4));
    EXPECT_EQ(CountDefaults(0), 2u);
    EXPECT_EQ(CountDefaults(1), 2u);
    EXPECT_EQ(m_devices[0]->GetFdb().GetSize(), 2u);
}

TEST_F(EvpnProtocolTest, AStaticEntryIsKept)
{
    BuildLab(false, false);
    m_devices[0]->GetFdb().Set(T2_MAC, GetVtep(2), VxlanFdbOrigin::STATIC);
    RunUntil(Seconds(2));
    Announce(1, T2_MAC, T2_ADDRESS);
    RunUntil(Seconds(3));
    EXPECT_EQ(FindVtep(0, T2_MAC), GetVtep(2));
    m_devices[1]->ForgetLocalAddress(T2_MAC);
    RunUntil(Seconds(4));
    EXPECT_EQ(FindVtep(0, T2_MAC), GetVtep(2));
}

TEST_F(EvpnProtocolTest, WrongSettingsAreRefused)
{
    Ptr<EvpnProtocol> speaker = CreateObject<EvpnProtocol>();
    EXPECT_THROW(speaker->AddPeer({Ipv4Address::GetAny()}), std::invalid_argument);
    EXPECT_THROW(speaker->AddPeer({Ipv4Address("239.0.0.1")}), std::invalid_argument);
    EXPECT_THROW(speaker->SetAttribute("HoldTime", TimeValue(Seconds(2))), std::invalid_argument);
    speaker->SetAttribute("HoldTime", TimeValue(Seconds(3)));
    speaker->SetAttribute("As", UintegerValue(4200000000));
    speaker->SetAttribute("DuplicateMoves", UintegerValue(7));
    EXPECT_EQ(speaker->GetConfig().bgp.holdTime, Seconds(3));
    EXPECT_EQ(speaker->GetConfig().as, 4200000000u);
    EXPECT_EQ(speaker->GetConfig().duplicateMoves, 7u);
    TimeValue delay;
    speaker->GetAttribute("AdvertisementDelay", delay);
    EXPECT_EQ(delay.Get(), MilliSeconds(50));
}

TEST_F(EvpnProtocolTest, DamagedMessagesEndTheSessionAndAreCounted)
{
    BuildLab(false);
    RunUntil(Seconds(2));
    // Node 1's address, but rubbish.
    m_speakers[1]->Stop();
    Ptr<Socket> socket =
        Socket::CreateSocket(m_nodes.Get(1), TypeId::LookupByName("ns3::TcpSocketFactory"));
    socket->Bind(InetSocketAddress(GetVtep(1), 0));
    socket->Connect(InetSocketAddress(GetVtep(3), 179));
    Simulator::Schedule(Seconds(1), [socket] {
        const uint8_t bytes[30] = {1, 2, 3};
        socket->Send(Create<Packet>(bytes, 30));
    });
    RunUntil(Seconds(4));
    EXPECT_EQ(m_speakers[3]->GetDrops(),
              (std::map<std::string, uint64_t>{{"not-synchronized", 1}}));
    EXPECT_EQ(m_speakers[3]->GetPeerMessageCounts().at(GetVtep(1)).sent[2].messages, 1u);
    m_speakers[1]->Start();
    RunUntil(Seconds(12));
    EXPECT_EQ(CountDefaults(0), 2u);
}

TEST_F(EvpnProtocolTest, TsharkDecodesEachMessage)
{
    if (!Capture::HasTshark())
    {
        GTEST_SKIP() << "no tshark";
    }
    BuildLab(false, false);
    const std::string prefix = testing::TempDir() + "evpn-" + std::to_string(::getpid());
    CsmaHelper().EnablePcap(prefix + ".pcap", m_lan.Get(3), true, true);
    RunUntil(Seconds(2));
    Announce(1, T2_MAC, T2_ADDRESS);
    RunUntil(Seconds(3));
    Announce(2, T2_MAC, T2_ADDRESS);
    RunUntil(Seconds(70));
    m_speakers[3]->RemovePeer(GetVtep(0));
    RunUntil(Seconds(71));
    Simulator::Destroy();
    m_lan = NetDeviceContainer(); // closes the file
    m_nodes = NodeContainer();
    m_devices.clear();
    const Capture capture(prefix + ".pcap", {"bgp.type", "tcp.checksum.status"});
    std::map<std::string, int> types;
    for (const Capture::Frame& frame : capture.GetFrames())
    {
        EXPECT_EQ(frame.count("_ws.malformed"), 0u);
        if (frame.count("bgp.type") != 0)
        {
            for (const std::string& type : frame.at("bgp.type"))
            {
                ++types[type];
            }
        }
    }
    EXPECT_EQ(types["1"], 6);
    // Each speaker's End-of-RIB, three type 3 each to two others; t2's routes, again from node 2
    // and the withdrawal from node 1, each to the reflector and to two clients; node 0's type 3
    // withdrawn from two.
    EXPECT_EQ(types["2"], 6 + 9 + 9 + 2);
    EXPECT_EQ(types["3"], 1);
    EXPECT_GE(types["4"], 12);
    std::remove((prefix + ".pcap").c_str());
}

} // namespace
