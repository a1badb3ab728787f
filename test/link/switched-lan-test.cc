// SPDX-License-Identifier: GPL-2.0-only
// IEEE 802.3 in full duplex: rate and delay do not hinder each other, frames are ns-3's CSMA
// frames.
#include "ns3/access-bridge.h"
#include "ns3/boolean.h"
#include "ns3/csma-channel.h"
#include "ns3/csma-net-device.h"
#include "ns3/drop-tail-queue.h"
#include "ns3/error-model.h"
#include "ns3/global-value.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/switched-lan-channel.h"
#include "ns3/switched-lan-device.h"
#include "ns3/uinteger.h"

#include <gtest/gtest.h>

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace ns3
{

namespace
{

/** \returns 02:00:00:00:00:0i. */
Mac48Address
MakeAddress(uint8_t i)
{
    const uint8_t bytes[6] = {2, 0, 0, 0, 0, i};
    Mac48Address address;
    address.CopyFrom(bytes);
    return address;
}

std::vector<uint8_t>
Bytes(Ptr<const Packet> packet)
{
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    return bytes;
}

} // namespace

class SwitchedLanTest : public testing::Test
{
  protected:
    ~SwitchedLanTest() override
    {
        Simulator::Destroy();
    }

    /** Stations 1 to \p count at 8 Mbit/s: a byte takes 1 us. */
    void Build(uint8_t count, const std::string& delay)
    {
        Ptr<SwitchedLanChannel> channel = CreateObject<SwitchedLanChannel>();
        channel->SetAttribute("DataRate", StringValue("8Mbps"));
        channel->SetAttribute("Delay", StringValue(delay));
        m_channel = channel;
        for (uint8_t i = 1; i <= count; ++i)
        {
            Ptr<Node> node = CreateObject<Node>();
            Ptr<SwitchedLanDevice> device = CreateObject<SwitchedLanDevice>();
            device->SetAddress(MakeAddress(i));
            device->Attach(channel);
            node->AddDevice(device);
            device->SetReceiveCallback(
                [this,
                 i](Ptr<NetDevice>, Ptr<const Packet> packet, uint16_t protocol, const Address&) {
                    EXPECT_EQ(protocol, 0x88b5);
                    EXPECT_GE(packet->GetSize(), 46u);
                    m_arrivals[i].push_back(Simulator::Now().GetMicroSeconds());
                    return true;
                });
            m_devices[i] = device;
        }
    }

    /** Station \p from sends \p bytes of payload now: bytes + 18 on the wire. */
    bool Send(uint8_t from, Mac48Address to, uint32_t bytes = 982)
    {
        return m_devices[from]->Send(Create<Packet>(bytes), to, 0x88b5);
    }

    const Mac48Address m_all{Mac48Address::GetBroadcast()};
    Ptr<SwitchedLanChannel> m_channel;
    std::map<int, Ptr<SwitchedLanDevice>> m_devices;
    std::map<int, std::vector<int64_t>> m_arrivals; //!< in us, by station
};

using Arrivals = std::map<int, std::vector<int64_t>>;

TEST_F(SwitchedLanTest, BothEndsSendAtTheSameTime)
{
    Build(2, "10us");
    Send(1, m_all);
    Send(2, m_all);
    Simulator::Run();
    EXPECT_EQ(m_arrivals, (Arrivals{{1, {1010}}, {2, {1010}}}));
}

TEST_F(SwitchedLanTest, ALongDelayHoldsUpNothing)
{
    Build(2, "20ms");
    for (int i = 0; i < 3; ++i)
    {
        Send(1, MakeAddress(2));
    }
    Simulator::Run();
    // One after the other, with a gap of 12 bytes.
    EXPECT_EQ(m_arrivals, (Arrivals{{2, {21000, 22012, 23024}}}));
}

TEST_F(SwitchedLanTest, SendersWaitForEachOtherOnTheWayToOneReceiver)
{
    Build(4, "10us");
    Send(1, MakeAddress(4));
    Send(2, MakeAddress(4));
    Send(3, MakeAddress(1));
    Simulator::Run();
    EXPECT_EQ(m_arrivals, (Arrivals{{1, {1010}}, {4, {1010, 2010}}}));
}

TEST_F(SwitchedLanTest, TheSwitchHasRoomForSoManyFrames)
{
    Build(3, "10us");
    m_channel->SetAttribute("QueueLimit", UintegerValue(1));
    int lost = 0;
    m_devices[3]->TraceConnectWithoutContext(
        "PhyRxDrop", Callback<void, Ptr<const Packet>>([&](Ptr<const Packet>) { ++lost; }));
    for (int i = 0; i < 4; ++i)
    {
        Send(1, MakeAddress(3));
        Send(2, MakeAddress(3));
    }
    Simulator::Run();
    // Eight come in at twice the rate at which they leave.
    EXPECT_EQ(m_arrivals[3].size() + static_cast<std::size_t>(lost), 8u);
    EXPECT_GE(lost, 2);
    EXPECT_LE(lost, 3);
}

TEST_F(SwitchedLanTest, AStationThatIsDisposedOfReceivesNothing)
{
    Build(3, "10us");
    m_devices[3]->Dispose();
    Send(1, m_all);
    EXPECT_FALSE(Send(3, m_all));
    Simulator::Run();
    EXPECT_EQ(m_arrivals, (Arrivals{{2, {1010}}}));
}

TEST_F(SwitchedLanTest, OnlyGroupsAndUnknownAddressesReachEverybody)
{
    Build(3, "10us");
    std::map<int, int> seen;
    for (int i = 1; i <= 3; ++i)
    {
        m_devices[i]->TraceConnectWithoutContext(
            "PhyRxEnd",
            Callback<void, Ptr<const Packet>>([&seen, i](Ptr<const Packet>) { ++seen[i]; }));
    }
    Send(1, MakeAddress(2));
    Simulator::Run();
    EXPECT_EQ(seen, (std::map<int, int>{{2, 1}}));
    Send(1, MakeAddress(9));
    Send(1, MakeAddress(1)); // to itself: nowhere
    Simulator::Run();
    EXPECT_EQ(seen, (std::map<int, int>{{2, 2}, {3, 1}}));
    EXPECT_EQ(m_arrivals[2].size(), 1u); // not for it
    Send(1, Mac48Address("01:00:5e:00:00:05"));
    Simulator::Run();
    EXPECT_EQ(seen, (std::map<int, int>{{2, 3}, {3, 2}}));
}

TEST_F(SwitchedLanTest, FramesAreThoseOfTheCsmaDevice)
{
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
    Build(2, "10us");
    Ptr<CsmaChannel> cable = CreateObject<CsmaChannel>();
    Ptr<CsmaNetDevice> csma = CreateObject<CsmaNetDevice>();
    csma->SetQueue(CreateObject<DropTailQueue<Packet>>());
    csma->Attach(cable);
    csma->SetAddress(MakeAddress(1));
    CreateObject<Node>()->AddDevice(csma);
    std::vector<std::vector<uint8_t>> frames[2];
    int i = 0;
    for (Ptr<NetDevice> device : {Ptr<NetDevice>(m_devices[1]), Ptr<NetDevice>(csma)})
    {
        device->TraceConnectWithoutContext(
            "PromiscSniffer",
            Callback<void, Ptr<const Packet>>(
                [&list = frames[i++]](Ptr<const Packet> frame) { list.push_back(Bytes(frame)); }));
        for (uint32_t size : {0, 28, 46, 1500})
        {
            const std::vector<uint8_t> payload(size, 0x5a);
            device->Send(Create<Packet>(payload.data(), size), m_all, 0x88b5);
        }
    }
    Simulator::Run();
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(false));
    ASSERT_EQ(frames[0].size(), 4u);
    EXPECT_EQ(frames[0][0].size(), 64u);
    EXPECT_EQ(frames[0], frames[1]);
}

TEST_F(SwitchedLanTest, PaddingCanBeLeftOut)
{
    Build(2, "10us");
    m_devices[1]->SetAttribute("Padding", BooleanValue(false));
    uint32_t size = 0;
    m_devices[1]->TraceConnectWithoutContext(
        "PhyTxEnd", Callback<void, Ptr<const Packet>>([&](Ptr<const Packet> frame) {
            size = frame->GetSize();
        }));
    m_devices[1]->Send(Create<Packet>(28), MakeAddress(9), 0x0806);
    Simulator::Run();
    EXPECT_EQ(size, 14u + 28u + 4u);
}

TEST_F(SwitchedLanTest, FramesAreLostInAFullQueueInAFlushAndByTheErrorModel)
{
    Build(2, "10us");
    Ptr<DropTailQueue<Packet>> queue = CreateObject<DropTailQueue<Packet>>();
    queue->SetMaxSize(QueueSize("2p"));
    m_devices[1]->SetQueue(queue);
    EXPECT_TRUE(Send(1, m_all)); // on the line at once
    EXPECT_TRUE(Send(1, m_all));
    EXPECT_TRUE(Send(1, m_all));
    EXPECT_FALSE(Send(1, m_all));
    m_devices[1]->Flush();
    Simulator::Run();
    EXPECT_EQ(m_arrivals, (Arrivals{{2, {1010}}}));
    Ptr<RateErrorModel> model = CreateObject<RateErrorModel>();
    model->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
    model->SetRate(1);
    m_devices[2]->SetAttribute("ReceiveErrorModel", PointerValue(model));
    EXPECT_TRUE(Send(1, m_all));
    Simulator::Run();
    EXPECT_EQ(m_arrivals[2].size(), 1u);
}

TEST_F(SwitchedLanTest, AnUnpluggedStationNeitherSendsNorReceives)
{
    Build(3, "10us");
    Send(1, m_all);
    Simulator::Stop(MicroSeconds(1005)); // the frame is on its way
    Simulator::Run();
    m_devices[2]->Detach();
    EXPECT_FALSE(m_devices[2]->IsLinkUp());
    Simulator::Run();
    EXPECT_EQ(m_arrivals, (Arrivals{{3, {1010}}}));
    Send(2, m_all);
    Send(1, MakeAddress(2)); // unknown now: to all who are left
    Simulator::Run();
    EXPECT_EQ(m_arrivals.count(1), 0u);
    EXPECT_EQ(m_arrivals.count(2), 0u);
    m_devices[2]->Attach(m_channel);
    EXPECT_TRUE(m_devices[2]->IsLinkUp());
    Send(1, m_all);
    Simulator::Run();
    EXPECT_EQ(m_arrivals[2].size(), 1u);
}

TEST_F(SwitchedLanTest, WhatADeviceSendsBeforeItIsPluggedInIsLost)
{
    Ptr<SwitchedLanDevice> device = CreateObject<SwitchedLanDevice>();
    int lost = 0;
    device->TraceConnectWithoutContext(
        "MacTxDrop", Callback<void, Ptr<const Packet>>([&lost](Ptr<const Packet>) { ++lost; }));
    EXPECT_FALSE(device->IsLinkUp());
    EXPECT_FALSE(device->Send(Create<Packet>(100), m_all, 0x88b5));
    EXPECT_EQ(lost, 1);
    device->Flush();
    device->Detach();
    EXPECT_EQ(device->GetChannel(), nullptr);
}

TEST_F(SwitchedLanTest, TellsWhenItsLinkChanges)
{
    Build(2, "10us");
    std::vector<bool> states;
    m_devices[1]->AddLinkChangeCallback(
        Callback<void>([&] { states.push_back(m_devices[1]->IsLinkUp()); }));
    m_devices[1]->Detach();
    m_devices[1]->Detach(); // is unplugged already
    m_devices[1]->Attach(m_channel);
    EXPECT_EQ(states, (std::vector<bool>{false, true}));
}

TEST_F(SwitchedLanTest, AnswersAsAnEthernetDeviceOfNs3)
{
    Build(2, "10us");
    Ptr<NetDevice> device = m_devices[2];
    EXPECT_EQ(device->GetChannel(), m_channel);
    EXPECT_EQ(m_channel->GetNDevices(), 2u);
    EXPECT_EQ(m_channel->GetDevice(1), device);
    EXPECT_EQ(m_channel->GetDelay(), MicroSeconds(10));
    EXPECT_EQ(device->GetNode()->GetDevice(device->GetIfIndex()), device);
    EXPECT_EQ(device->GetMtu(), 1500);
    EXPECT_TRUE(device->SetMtu(9000));
    EXPECT_EQ(device->GetMtu(), 9000);
    EXPECT_TRUE(device->IsBroadcast());
    EXPECT_EQ(device->GetBroadcast(), Address(m_all));
    EXPECT_TRUE(device->IsMulticast());
    EXPECT_EQ(device->GetMulticast(Ipv4Address("239.129.2.3")),
              Address(Mac48Address("01:00:5e:01:02:03")));
    EXPECT_EQ(device->GetMulticast(Ipv6Address("ff02::1:ff00:1")),
              Address(Mac48Address("33:33:ff:00:00:01")));
    EXPECT_TRUE(device->NeedsArp());
    EXPECT_TRUE(device->SupportsSendFrom());
    EXPECT_FALSE(device->IsBridge());
    EXPECT_FALSE(device->IsPointToPoint());
}

class AccessBridgeTest : public SwitchedLanTest
{
  protected:
    /** Stations 1, 2, 3 of one LAN each, whose other station is a port of one bridge. */
    void SetUp() override
    {
        m_bridge = CreateObject<AccessBridge>();
        Ptr<Node> node = CreateObject<Node>();
        for (uint8_t i = 1; i <= 3; ++i)
        {
            Build(1, "10us");
            m_hosts[i] = m_devices[1];
            m_hosts[i]->SetAddress(MakeAddress(i));
            m_hosts[i]->SetReceiveCallback(
                [this, i](Ptr<NetDevice>, Ptr<const Packet>, uint16_t, const Address&) {
                    ++m_received[i];
                    return true;
                });
            m_ports[i] = CreateObject<SwitchedLanDevice>();
            m_ports[i]->SetAddress(MakeAddress(static_cast<uint8_t>(0xf0 + i)));
            m_ports[i]->Attach(m_channel);
            node->AddDevice(m_ports[i]);
            m_bridge->AddPort(m_ports[i]);
        }
    }

    /** \returns how many frames each host receives when one sends to an address. */
    std::map<int, int> Send(int from, Mac48Address to)
    {
        m_received.clear();
        m_hosts[from]->Send(Create<Packet>(100), to, 0x88b5);
        Simulator::Run();
        return m_received;
    }

    Ptr<AccessBridge> m_bridge;
    std::map<int, Ptr<SwitchedLanDevice>> m_hosts;
    std::map<int, Ptr<SwitchedLanDevice>> m_ports;
    std::map<int, int> m_received;
};

TEST_F(AccessBridgeTest, LearnsAndFloodsWhatItDoesNotKnow)
{
    using Counts = std::map<int, int>;
    EXPECT_EQ(Send(1, m_all), (Counts{{2, 1}, {3, 1}}));
    EXPECT_EQ(m_bridge->Find(MakeAddress(1)), Ptr<NetDevice>(m_ports[1]));
    EXPECT_EQ(Send(2, MakeAddress(1)), (Counts{{1, 1}}));
    EXPECT_EQ(Send(1, MakeAddress(2)), (Counts{{2, 1}}));
    EXPECT_EQ(Send(1, MakeAddress(3)), (Counts{{3, 1}})); // flooded; host 2 ignores it
    EXPECT_EQ(m_bridge->GetAddresses(m_ports[1]), std::vector<Mac48Address>{MakeAddress(1)});
}

TEST_F(AccessBridgeTest, APortWithoutCarrierForgetsAndForwardsNothing)
{
    using Counts = std::map<int, int>;
    Send(1, m_all);
    Send(2, m_all);
    m_bridge->SetPortUp(m_ports[1], false);
    EXPECT_EQ(m_bridge->Find(MakeAddress(1)), nullptr);
    EXPECT_EQ(m_bridge->Find(MakeAddress(2)), Ptr<NetDevice>(m_ports[2]));
    EXPECT_EQ(Send(1, m_all), Counts{});
    EXPECT_EQ(Send(2, m_all), (Counts{{3, 1}}));
    m_bridge->SetPortUp(m_ports[1], true);
    EXPECT_EQ(Send(2, m_all), (Counts{{1, 1}, {3, 1}}));
}

TEST_F(AccessBridgeTest, SilentAddressesAge)
{
    Send(1, m_all);
    Simulator::Stop(Seconds(299));
    Simulator::Run();
    EXPECT_NE(m_bridge->Find(MakeAddress(1)), nullptr);
    Simulator::Stop(Seconds(2));
    Simulator::Run();
    EXPECT_EQ(m_bridge->Find(MakeAddress(1)), nullptr);
}

TEST_F(AccessBridgeTest, RefusesPortsOfOtherNodes)
{
    EXPECT_THROW(m_bridge->AddPort(m_hosts[1]), std::invalid_argument);
    EXPECT_THROW(m_bridge->AddPort(CreateObject<SwitchedLanDevice>()), std::invalid_argument);
}

} // namespace ns3
