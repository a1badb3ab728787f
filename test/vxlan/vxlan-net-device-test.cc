// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4 in the simulator: VTEPs on one LAN.
#include "vxlan-lan-fixture.h"

#include "ns3/bridge-helper.h"
#include "ns3/ethernet-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-route.h"
#include "ns3/udp-header.h"

#include <random>

namespace ns3
{

TEST_F(VxlanDeviceTest, PingLearnsAndOnlyTheFirstRequestFloods)
{
    Build(3);
    std::vector<Ptr<VxlanNetDevice>> devices;
    for (uint32_t i = 0; i < 3; ++i)
    {
        devices.push_back(AddDevice(i, 42, "239.0.0.42"));
        AddAddress(devices[i], i);
        EXPECT_EQ(devices[i]->GetMtu(), 1450);
    }
    Ping(0, "192.168.99.2", Seconds(1));
    RunUntil(Seconds(2));
    EXPECT_EQ(m_answers["192.168.99.2"], 1);
    EXPECT_EQ(TakeEvents(),
              "1 learn vxlan42 02:42:00:00:2a:01 10.0.0.1\n"
              "2 learn vxlan42 02:42:00:00:2a:01 10.0.0.1\n"
              "0 learn vxlan42 02:42:00:00:2a:02 10.0.0.2\n");
    EXPECT_EQ(devices[0]->GetFlooded(), 1u);
    // The side that answers has learned the sender and asks nothing: reply to ARP, reply to echo.
    EXPECT_EQ(devices[1]->GetFlooded(), 0u);
    EXPECT_EQ(TakeSent(), (Counts{{0, 2}, {1, 2}}));

    Ping(0, "192.168.99.2", Seconds(1));
    RunUntil(Seconds(4));
    EXPECT_EQ(m_answers["192.168.99.2"], 2);
    EXPECT_EQ(TakeSent(), (Counts{{0, 1}, {1, 1}}));
    EXPECT_EQ(devices[0]->GetFlooded(), 1u);
    EXPECT_EQ(TakeEvents(), "");
}

TEST_F(VxlanDeviceTest, BroadcastPingFloodsAndIsAnsweredByAll)
{
    Build(3);
    std::vector<Ptr<VxlanNetDevice>> devices;
    for (uint32_t i = 0; i < 3; ++i)
    {
        devices.push_back(AddDevice(i, 42, "239.0.0.42"));
        AddAddress(devices[i], i);
    }
    Ping(0, "192.168.99.255", Seconds(1));
    RunUntil(Seconds(3));
    // ns-3's own ICMP answers from the broadcast address; what counts here are two answers.
    EXPECT_EQ(m_answers, (std::map<std::string, int>{{"192.168.99.255", 2}}));
    EXPECT_EQ(devices[0]->GetFlooded(), 1u);
    // Each answers by unicast, after one ARP request for the sender.
    EXPECT_EQ(devices[1]->GetFlooded(), 1u);
    EXPECT_EQ(devices[2]->GetFlooded(), 1u);
    EXPECT_EQ(TakeSent(), (Counts{{0, 3}, {1, 2}, {2, 2}}));
}

TEST_F(VxlanDeviceTest, HeadEndListSendsACopyToEach)
{
    Build(3);
    for (uint32_t i = 0; i < 3; ++i)
    {
        Ptr<VxlanNetDevice> device = AddDevice(i, 42, "");
        std::vector<Ipv4Address> remotes;
        for (uint32_t other = 0; other < 3; ++other)
        {
            if (other != i)
            {
                remotes.emplace_back(0x0a000001 + other);
            }
        }
        device->SetRemotes(remotes);
        AddAddress(device, i);
    }
    Ping(0, "192.168.99.3", Seconds(1));
    RunUntil(Seconds(2));
    EXPECT_EQ(m_answers["192.168.99.3"], 1);
    // The ARP request twice, the echo request once; an answer to each.
    EXPECT_EQ(TakeSent(), (Counts{{0, 3}, {2, 2}}));
    EXPECT_FALSE(Endpoint(1)->IsMember(Ipv4Address("239.0.0.42")));
}

TEST_F(VxlanDeviceTest, AddressMovesToAnotherVtep)
{
    Build(3);
    std::vector<Ptr<VxlanNetDevice>> devices;
    for (uint32_t i = 0; i < 3; ++i)
    {
        devices.push_back(AddDevice(i, 42, "239.0.0.42"));
    }
    const Mac48Address vm("02:00:00:00:00:99");
    const auto announce = [&](uint32_t i) {
        devices[i]->SendFrom(Create<Packet>(46), vm, Mac48Address::GetBroadcast(), 0x88b5);
    };
    Simulator::Schedule(Seconds(1), [&] { announce(1); });
    Simulator::Schedule(Seconds(2), [&] { announce(2); });
    RunUntil(Seconds(3));
    EXPECT_EQ(TakeEvents(),
              "0 learn vxlan42 02:00:00:00:00:99 10.0.0.2\n"
              "2 learn vxlan42 02:00:00:00:00:99 10.0.0.2\n"
              "0 move vxlan42 02:00:00:00:00:99 10.0.0.2 10.0.0.3\n"
              "1 learn vxlan42 02:00:00:00:00:99 10.0.0.3\n");
    // A frame to it goes to its new place alone.
    EXPECT_EQ(TakeSent(), (Counts{{1, 1}, {2, 1}}));
    Simulator::Schedule(Seconds(0), [&] { devices[0]->Send(Create<Packet>(46), vm, 0x88b5); });
    RunUntil(Seconds(4));
    EXPECT_EQ(TakeSent(), (Counts{{0, 1}}));
    EXPECT_EQ(devices[0]->GetFlooded(), 0u);
    RunUntil(Seconds(303));
    EXPECT_EQ(TakeEvents(),
              "2 learn vxlan42 02:42:00:00:2a:01 10.0.0.1\n"
              "2 age vxlan42 02:00:00:00:00:99 10.0.0.2\n"
              "1 age vxlan42 02:00:00:00:00:99 10.0.0.3\n"
              "0 age vxlan42 02:00:00:00:00:99 10.0.0.3\n");
}

TEST_F(VxlanDeviceTest, VnisAreApartAndShareAGroup)
{
    Build(2);
    AddAddress(AddDevice(0, 42, "239.0.0.42"), 0);
    AddDevice(0, 43, "239.0.0.42");
    Ptr<VxlanNetDevice> other = AddDevice(1, 43, "239.0.0.42");
    int joins = 0;
    Endpoint(1)->SetMembershipHook([&](uint32_t interface, Ipv4Address, bool join) {
        EXPECT_EQ(interface, 1u);
        joins += join ? 1 : -1;
    });
    Ptr<VxlanNetDevice> third = AddDevice(1, 44, "239.0.0.42");
    Ping(0, "192.168.99.2", Seconds(1));
    RunUntil(Seconds(1.5));
    // VNI 42 is unknown at node 1, which is a member of the group for the sake of 43 and 44.
    EXPECT_GE(Endpoint(1)->GetUnwanted(), 1u);
    EXPECT_EQ(joins, 1);
    EXPECT_EQ(TakeEvents(), "");
    EXPECT_EQ(TakeSent(), (Counts{{0, 1}}));
    other->Stop();
    EXPECT_EQ(joins, 1);
    third->Stop();
    EXPECT_EQ(joins, 0);
    const uint64_t unwanted = Endpoint(1)->GetUnwanted();
    Ping(0, "192.168.99.2", Seconds(1));
    RunUntil(Seconds(4));
    // No member any more: the packets on the LAN are nobody's at node 1.
    EXPECT_EQ(Endpoint(1)->GetUnwanted(), unwanted);
    EXPECT_EQ(TakeSent(), (Counts{{0, 2}})); // the request again, a second apart
}

TEST_F(VxlanDeviceTest, OneNodeOneVniOnEachPort)
{
    Build(1);
    Ptr<VxlanNetDevice> first = AddDevice(0, 42, "239.0.0.42");
    Ptr<VxlanNetDevice> second = AddDevice(0, 42, "239.0.0.42", 8472);
    RunUntil(Seconds(1));
    EXPECT_EQ(Endpoint(0)->Find(4789, 42), static_cast<VxlanSegment*>(PeekPointer(first)));
    EXPECT_EQ(Endpoint(0)->Find(8472, 42), static_cast<VxlanSegment*>(PeekPointer(second)));
    EXPECT_EQ(Endpoint(0)->Find(4789, 43), nullptr);
    EXPECT_EQ(GetVxlanDevices(m_nodes.Get(0)).size(), 2u);
    EXPECT_FALSE(Endpoint(0)->Register(PeekPointer(second), 4789));
}

/** \returns the parts one after the other. */
std::vector<uint8_t>
Join(std::initializer_list<std::vector<uint8_t>> parts)
{
    std::vector<uint8_t> all;
    for (const std::vector<uint8_t>& part : parts)
    {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

TEST_F(VxlanDeviceTest, MalformedPacketsAreCountedByReason)
{
    Build(2);
    AddAddress(AddDevice(0, 42, "239.0.0.42"), 0);
    const std::vector<uint8_t> vni42 = {8, 0, 0, 0, 0, 0, 42, 0};
    const std::vector<uint8_t> everybody(6, 0xff);
    const std::vector<uint8_t> sender = {2, 0, 0, 0, 0, 9};
    const std::vector<uint8_t> macs = Join({everybody, sender});
    const std::vector<uint8_t> own = {2, 0x42, 0, 0, 42, 1};
    const std::vector<std::pair<std::string, std::vector<uint8_t>>> packets = {
        {"truncated", {}},
        {"truncated", {8, 0, 0, 0, 0, 0, 42}},
        {"truncated", Join({vni42, {1, 2, 3}})},
        {"no-i-flag", {0xf7, 0, 0, 0, 0, 0, 42, 0}},
        {"unknown-vni", {8, 0, 0, 0, 0, 0, 41, 0}},
        {"inner-frame", Join({vni42, macs, {0, 4, 1, 2, 3, 4}})},
        {"inner-frame", Join({vni42, everybody, {3, 0, 0, 0, 0, 9}, {8, 0, 0}})},
        {"inner-vlan", Join({vni42, macs, {0x81, 0, 0, 1, 8, 0}})},
        {"inner-arp", Join({vni42, macs, {8, 6, 0, 1}})},
        {"inner-arp", Join({vni42, macs, {8, 6}, std::vector<uint8_t>(28, 255)})},
        {"echo", Join({vni42, everybody, own, {8, 0, 0}})},
    };
    Ptr<Socket> socket = Socket::CreateSocket(m_nodes.Get(1), UdpSocketFactory::GetTypeId());
    std::map<std::string, uint64_t> expected;
    Time when = Seconds(1);
    for (const auto& [reason, bytes] : packets)
    {
        ++expected[reason];
        Ptr<Packet> packet = Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
        when += MilliSeconds(100);
        Simulator::Schedule(when, [socket, packet] {
            socket->SendTo(packet, 0, InetSocketAddress(Ipv4Address("10.0.0.1"), 4789));
        });
    }
    RunUntil(Seconds(5));
    EXPECT_EQ(Endpoint(0)->GetDrops(), expected);
    EXPECT_EQ(Endpoint(0)->GetUnwanted(), 1u);
    EXPECT_EQ(TakeEvents(), "");
}

TEST_F(VxlanDeviceTest, APortThatASocketHadIsHeardFromTheNextStart)
{
    Build(2);
    Ptr<Socket> holder = Socket::CreateSocket(m_nodes.Get(1), UdpSocketFactory::GetTypeId());
    ASSERT_EQ(holder->Bind(InetSocketAddress(Ipv4Address::GetAny(), 4789)), 0);
    Ptr<VxlanNetDevice> a = AddDevice(0, 42, "239.0.0.42");
    Ptr<VxlanNetDevice> b = AddDevice(1, 42, "239.0.0.42");
    const auto send = [](Ptr<VxlanNetDevice> device) {
        device->Send(Create<Packet>(46), Mac48Address::GetBroadcast(), 0x88b5);
    };
    Simulator::Schedule(Seconds(1), [&] {
        send(a);
        send(b);
    });
    RunUntil(Seconds(2));
    EXPECT_EQ(TakeEvents(), "0 learn vxlan42 02:42:00:00:2a:02 10.0.0.2\n");
    EXPECT_NE(holder->Recv(), nullptr) << "the packet is the socket's";
    holder->Close();
    Simulator::Schedule(Seconds(1), [&] {
        b->Stop();
        b->Start();
        send(a);
    });
    RunUntil(Seconds(4));
    EXPECT_EQ(TakeEvents(), "1 learn vxlan42 02:42:00:00:2a:01 10.0.0.1\n");
    EXPECT_EQ(TakeSent(), (Counts{{0, 2}, {1, 1}}));
}

TEST_F(VxlanDeviceTest, ThePriorityOfTheOuterPacketEndsWithIt)
{
    Build(2);
    Ptr<VxlanNetDevice> a = AddDevice(0, 42, "239.0.0.42");
    int frames = 0;
    a->TraceConnectWithoutContext("Frame",
                                  Callback<void, Ptr<const Packet>>([&](Ptr<const Packet> frame) {
                                      SocketPriorityTag priority;
                                      EXPECT_FALSE(frame->PeekPacketTag(priority));
                                      ++frames;
                                  }));
    const std::vector<uint8_t> bytes = Join(
        {{8, 0, 0, 0, 0, 0, 42, 0}, std::vector<uint8_t>(6, 0xff), {2, 0, 0, 0, 0, 9, 0x88, 0xb5}});
    Ptr<Packet> packet = Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
    UdpHeader udp;
    udp.SetSourcePort(50000);
    udp.SetDestinationPort(4789);
    packet->AddHeader(udp);
    Ipv4Header ip;
    ip.SetSource(Ipv4Address("10.0.0.2"));
    ip.SetDestination(Ipv4Address("10.0.0.1"));
    ip.SetProtocol(17);
    ip.SetTtl(64);
    ip.SetPayloadSize(static_cast<uint16_t>(packet->GetSize()));
    packet->AddHeader(ip);
    packet->AddPacketTag(SocketPriorityTag());
    // Not by way of traffic control, which takes the tag off before devices of one queue.
    Simulator::Schedule(Seconds(1),
                        [&] { m_lan.Get(1)->Send(packet, m_lan.Get(0)->GetAddress(), 0x0800); });
    RunUntil(Seconds(2));
    EXPECT_EQ(frames, 1);
    EXPECT_EQ(TakeEvents(), "0 learn vxlan42 02:00:00:00:00:09 10.0.0.2\n");
}

TEST_F(VxlanDeviceTest, AnyBytesAreTakenOrCounted)
{
    Build(1);
    Ptr<VxlanNetDevice> device = AddDevice(0, 42, "239.0.0.42");
    RunUntil(Seconds(1));
    std::mt19937 random(7);
    uint64_t refused = 0;
    for (int i = 0; i < 5000; ++i)
    {
        std::vector<uint8_t> bytes(random() % 80);
        for (uint8_t& byte : bytes)
        {
            byte = static_cast<uint8_t>(random() % 4 == 0 ? random() : random() % 9);
        }
        Ptr<Packet> frame = Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
        refused += device->ReceiveFrame(frame, Ipv4Address("10.0.0.9")).has_value() ? 1 : 0;
    }
    EXPECT_GT(refused, 500u);
    EXPECT_LT(refused, 5000u);
}

TEST_F(VxlanDeviceTest, OurOwnPacketComesBack)
{
    Build(2);
    AddDevice(0, 42, "");
    // Node 1 throws node 0's packet back at it.
    const uint8_t bytes[] = {8, 0, 0, 0, 0, 0, 42, 0};
    Ptr<Packet> packet = Create<Packet>(bytes, 8);
    UdpHeader udp;
    udp.SetSourcePort(50000);
    udp.SetDestinationPort(4789);
    packet->AddHeader(udp);
    Ptr<Ipv4Route> route = Create<Ipv4Route>();
    route->SetDestination(Ipv4Address("10.0.0.1"));
    route->SetGateway(Ipv4Address::GetAny());
    route->SetOutputDevice(m_lan.Get(1));
    const Ipv4Address own("10.0.0.1");
    Simulator::Schedule(
        Seconds(1), [&] { m_nodes.Get(1)->GetObject<Ipv4>()->Send(packet, own, own, 17, route); });
    RunUntil(Seconds(2));
    EXPECT_EQ(Drops(0, "echo"), 1u);
}

TEST_F(VxlanDeviceTest, PermanentEntryIsNotTakenOver)
{
    Build(3);
    Ptr<VxlanNetDevice> device = AddDevice(0, 42, "239.0.0.42");
    Ptr<VxlanNetDevice> imposter = AddDevice(2, 42, "239.0.0.42");
    device->GetFdb().Set(
        Mac48Address("02:42:00:00:2a:03"), Ipv4Address("10.0.0.2"), VxlanFdbOrigin::STATIC);
    Simulator::Schedule(Seconds(1), [&] {
        imposter->Send(Create<Packet>(46), Mac48Address::GetBroadcast(), 0x88b5);
    });
    RunUntil(Seconds(2));
    EXPECT_EQ(Drops(0, "static-entry"), 1u);
    EXPECT_EQ(TakeSent(), (Counts{{2, 1}}));
}

TEST_F(VxlanDeviceTest, NothingIsFragmented)
{
    Build(2);
    Ptr<VxlanNetDevice> a = AddDevice(0, 42, "239.0.0.42");
    AddDevice(1, 42, "239.0.0.42");
    const auto send = [&](uint32_t size) {
        return a->Send(Create<Packet>(size), Mac48Address::GetBroadcast(), 0x88b5);
    };
    Simulator::Schedule(Seconds(1), [&] {
        EXPECT_TRUE(send(1450));
        EXPECT_FALSE(send(1451));
        EXPECT_FALSE(a->SetMtu(1500));
        a->GetUnderlay()->SetMtu(1499); // less than the device was made for
        send(1450);
    });
    RunUntil(Seconds(2));
    EXPECT_EQ(Drops(0, "mtu"), 2u);
    EXPECT_EQ(TakeSent(), (Counts{{0, 1}}));
}

TEST_F(VxlanDeviceTest, WithoutRemotesThereIsNowhereToFlood)
{
    Build(1);
    Ptr<VxlanNetDevice> device = AddDevice(0, 42, "");
    Simulator::Schedule(Seconds(1), [&] {
        EXPECT_FALSE(device->Send(Create<Packet>(46), Mac48Address::GetBroadcast(), 0x88b5));
    });
    RunUntil(Seconds(2));
    EXPECT_EQ(Drops(0, "no-remote"), 1u);
}

TEST_F(VxlanDeviceTest, OuterPacketIsAsConfigured)
{
    Build(2);
    Ptr<VxlanNetDevice> a = AddDevice(0, 42, "239.0.0.42", 8472);
    a->SetAttribute("Ttl", UintegerValue(10));
    std::vector<std::vector<uint8_t>> frames;
    m_lan.Get(0)->TraceConnectWithoutContext(
        "MacTx", Callback<void, Ptr<const Packet>>([&](Ptr<const Packet> packet) {
            std::vector<uint8_t> bytes(packet->GetSize());
            packet->CopyData(bytes.data(), uint32_t(bytes.size()));
            frames.push_back(bytes);
        }));
    Simulator::Schedule(Seconds(1),
                        [&] { a->Send(Create<Packet>(28), Mac48Address::GetBroadcast(), 0x0806); });
    RunUntil(Seconds(2));
    ASSERT_EQ(frames.size(), 1u);
    EXPECT_EQ(TakeSent(), (Counts{{0, 1}}));
    // An ARP request in the tunnel: 92 bytes on the wire, as Linux sends it, and the check
    // sequence.
    ASSERT_EQ(frames[0].size(), 92u + 4u);
    const uint8_t* ip = frames[0].data() + 14;
    EXPECT_EQ(ip[8], 10); // TTL
    EXPECT_EQ(ip[9], 17); // UDP
    EXPECT_EQ(std::vector<uint8_t>(ip + 16, ip + 20), (std::vector<uint8_t>{239, 0, 0, 42}));
    EXPECT_GE(ip[20] << 8 | ip[21], 49152);
    EXPECT_EQ(ip[22] << 8 | ip[23], 8472);
    EXPECT_EQ(std::vector<uint8_t>(ip + 28, ip + 36),
              (std::vector<uint8_t>{8, 0, 0, 0, 0, 0, 42, 0}));
    EXPECT_EQ(ip[36], 0xff); // the inner frame's destination
    EXPECT_EQ(ip[48] << 8 | ip[49], 0x0806);
}

TEST_F(VxlanDeviceTest, CrashForgetsAndRebootJoinsAgain)
{
    Build(2);
    std::vector<Ptr<VxlanNetDevice>> devices;
    std::string hooks;
    Endpoint(0)->SetMembershipHook(
        [&](uint32_t, Ipv4Address, bool join) { hooks += join ? "J" : "L"; });
    for (uint32_t i = 0; i < 2; ++i)
    {
        devices.push_back(AddDevice(i, 42, "239.0.0.42"));
        AddAddress(devices[i], i);
    }
    Ping(0, "192.168.99.2", Seconds(1));
    RunUntil(Seconds(2));
    EXPECT_EQ(devices[0]->GetFdb().GetSize(), 1u);
    EXPECT_EQ(TakeSent(), (Counts{{0, 2}, {1, 2}}));
    Endpoint(0)->Stop();
    EXPECT_EQ(hooks, "J"); // a crash tells nobody
    EXPECT_FALSE(devices[0]->IsStarted());
    EXPECT_EQ(devices[0]->GetFdb().GetSize(), 0u);
    EXPECT_FALSE(devices[0]->Send(Create<Packet>(46), Mac48Address::GetBroadcast(), 0x88b5));
    EXPECT_EQ(Drops(0, "stopped"), 1u);
    Endpoint(0)->Start();
    EXPECT_EQ(hooks, "JJ");
    Ping(1, "192.168.99.1", Seconds(1));
    RunUntil(Seconds(4));
    EXPECT_EQ(m_answers["192.168.99.1"], 1);
    EXPECT_EQ(TakeSent(), (Counts{{0, 1}, {1, 1}}));
    devices[0]->Stop();
    EXPECT_EQ(hooks, "JJL");
}

TEST_F(VxlanDeviceTest, PortOfABridge)
{
    // A host behind each VTEP, on a LAN that a bridge joins to the VXLAN device.
    Build(2);
    NodeContainer hosts(2);
    InternetStackHelper internet;
    internet.SetIpv6StackInstall(false);
    internet.Install(hosts);
    Ipv4AddressHelper addresses("172.16.0.0", "255.255.255.0");
    CsmaHelper csma;
    for (uint32_t i = 0; i < 2; ++i)
    {
        const NetDeviceContainer link = csma.Install(NodeContainer(hosts.Get(i), m_nodes.Get(i)));
        addresses.Assign(NetDeviceContainer(link.Get(0)));
        NetDeviceContainer ports(link.Get(1));
        ports.Add(AddDevice(i, 42, "239.0.0.42"));
        BridgeHelper().Install(m_nodes.Get(i), ports);
    }
    const NodeContainer vteps = m_nodes;
    m_nodes = hosts;
    Ping(0, "172.16.0.2", Seconds(1));
    m_nodes = vteps;
    RunUntil(Seconds(2));
    EXPECT_EQ(m_answers["172.16.0.2"], 1);
    // ns-3's hosts learn nothing from a request: the one that answers asks, too.
    EXPECT_EQ(TakeSent(), (Counts{{0, 3}, {1, 3}}));
    // The hosts' own addresses are what the VTEPs have learned.
    EXPECT_EQ(GetVxlanDevices(m_nodes.Get(0)).at(0)->GetFdb().GetSize(), 1u);
    EXPECT_EQ(GetVxlanDevices(m_nodes.Get(1)).at(0)->GetFdb().GetSize(), 1u);
}

TEST_F(VxlanDeviceTest, FramesOfTheTraceAreWhole)
{
    Build(2);
    Ptr<VxlanNetDevice> a = AddDevice(0, 42, "239.0.0.42");
    Ptr<VxlanNetDevice> b = AddDevice(1, 42, "239.0.0.42");
    std::vector<uint32_t> sizes;
    const Callback<void, Ptr<const Packet>> record([&](Ptr<const Packet> frame) {
        EthernetHeader header(false);
        frame->PeekHeader(header);
        EXPECT_EQ(header.GetLengthType(), 0x88b5);
        sizes.push_back(frame->GetSize());
    });
    a->TraceConnectWithoutContext("Frame", record);
    b->TraceConnectWithoutContext("Frame", record);
    Simulator::Schedule(Seconds(1),
                        [&] { a->Send(Create<Packet>(50), Mac48Address::GetBroadcast(), 0x88b5); });
    RunUntil(Seconds(2));
    EXPECT_EQ(sizes, (std::vector<uint32_t>{64, 64}));
    EXPECT_EQ(TakeSent(), (Counts{{0, 1}}));
}

TEST_F(VxlanDeviceTest, MulticastMapsToEthernet)
{
    Build(1);
    Ptr<VxlanNetDevice> device = AddDevice(0, 42, "239.0.0.42");
    EXPECT_TRUE(device->IsMulticast());
    EXPECT_EQ(Mac48Address::ConvertFrom(device->GetMulticast(Ipv4Address("239.129.2.3"))),
              Mac48Address("01:00:5e:01:02:03"));
    EXPECT_TRUE(device->SupportsSendFrom());
    EXPECT_TRUE(device->NeedsArp());
}

TEST_F(VxlanDeviceTest, ThousandsOfVnis)
{
    Build(2);
    for (uint32_t i = 0; i < 2; ++i)
    {
        for (uint32_t vni = 1; vni <= 3000; ++vni)
        {
            AddDevice(i, vni, "239.0.0.1");
        }
    }
    RunUntil(Seconds(1));
    EXPECT_EQ(GetVxlanDevices(m_nodes.Get(0)).size(), 3000u);
    // In order of VNIs, which begin at 1.
    GetVxlanDevices(m_nodes.Get(0))[1233]->Send(
        Create<Packet>(46), Mac48Address::GetBroadcast(), 0x88b5);
    RunUntil(Seconds(2));
    const std::vector<Ptr<VxlanNetDevice>> receivers = GetVxlanDevices(m_nodes.Get(1));
    EXPECT_EQ(TakeSent(), (Counts{{0, 1}}));
    EXPECT_EQ(receivers[1233]->GetVni(), 1234u);
    EXPECT_EQ(receivers[1233]->GetFdb().GetSize(), 1u);
    EXPECT_EQ(receivers[1234]->GetFdb().GetSize(), 0u);
}

} // namespace ns3
