// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/ipv4-protocol-sender.h"

#include "ns3/csma-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ip-l4-protocol.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-header.h"
#include "ns3/node-container.h"
#include "ns3/simulator.h"
#include "ns3/wire-buffer.h"

#include <gtest/gtest.h>

namespace ns3
{

namespace
{

/** Keeps what arrives for one IP protocol number. */
class Sink : public IpL4Protocol
{
  public:
    void SetNode(Ptr<Node>)
    {
    }

    int GetProtocolNumber() const override
    {
        return 2;
    }

    RxStatus Receive(Ptr<Packet> packet, const Ipv4Header& header, Ptr<Ipv4Interface>) override
    {
        ++count;
        size = packet->GetSize();
        ttl = header.GetTtl();
        return RX_OK;
    }

    RxStatus Receive(Ptr<Packet>, const Ipv6Header&, Ptr<Ipv6Interface>) override
    {
        return RX_OK;
    }

    void SetDownTarget(DownTargetCallback) override
    {
    }

    void SetDownTarget6(DownTargetCallback6) override
    {
    }

    DownTargetCallback GetDownTarget() const override
    {
        return {};
    }

    DownTargetCallback6 GetDownTarget6() const override
    {
        return {};
    }

    int count{0};
    uint32_t size{0};
    int ttl{0};
};

void
Keep(std::vector<uint8_t>* bytes, Ptr<const Packet> frame)
{
    bytes->resize(frame->GetSize());
    frame->CopyData(bytes->data(), frame->GetSize());
}

} // namespace

TEST(Ipv4ProtocolSender, RouterAlertIsOnTheWireAndThePayloadArrivesWhole)
{
    NodeContainer nodes;
    nodes.Create(2);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(nodes);
    Ipv4AddressHelper address;
    address.SetBase("10.0.1.0", "255.255.255.0");
    NetDeviceContainer devices = CsmaHelper().Install(nodes);
    address.Assign(devices);
    Ptr<Sink> sink = CreateObject<Sink>();
    nodes.Get(1)->GetObject<Ipv4>()->Insert(sink);
    std::vector<uint8_t> frame;
    devices.Get(0)->TraceConnectWithoutContext("MacTx", MakeBoundCallback(&Keep, &frame));

    Ipv4ProtocolSender sender(2);
    EXPECT_FALSE(
        sender.SendOnInterface(Create<Packet>(8), 1, Ipv4Address::GetAny(), "224.0.0.1", 1));
    sender.SetIpv4(nodes.Get(0)->GetObject<Ipv4>());
    Simulator::Schedule(Seconds(1), [&] {
        sender.SendOnInterface(
            Create<Packet>(8), 1, Ipv4Address::GetAny(), "224.0.0.1", 1, 0xc0, true);
    });
    Simulator::Stop(Seconds(2));
    Simulator::Run();
    EXPECT_EQ(sink->count, 1);
    EXPECT_EQ(sink->size, 8u);
    EXPECT_EQ(sink->ttl, 1);
    std::size_t ip = 14;
    ASSERT_GE(frame.size(), ip + 32);
    EXPECT_EQ(frame[ip], 0x46);
    EXPECT_EQ(frame[ip + 1], 0xc0);
    EXPECT_EQ(frame[ip + 20], 0x94);
    EXPECT_EQ(InternetChecksum(&frame[ip], 24), 0);

    nodes.Get(0)->GetObject<Ipv4>()->SetDown(1);
    EXPECT_FALSE(
        sender.SendOnInterface(Create<Packet>(8), 1, Ipv4Address::GetAny(), "224.0.0.1", 1));
    Simulator::Destroy();
}

} // namespace ns3
