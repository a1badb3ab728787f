// SPDX-License-Identifier: GPL-2.0-only
// Small networks in the simulator: sources and members on routers themselves, the RP as first and
// last hop, Keepalive, Registers that are lost, reroutes, fragments, malformed messages.
#include "pim-lab.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/** h1 - a - b - c - h2, with a ring a - d - c beside it; the RP is b. */
class PimChain : public testing::Test
{
  protected:
    PimChain()
    {
        lab.AddLan(1, {{"h1", 1}, {"a", 11}});
        lab.AddLan(2, {{"c", 13}, {"h2", 2}});
        lab.AddLan(12, {{"a", 11}, {"b", 12}});
        lab.AddLan(23, {{"b", 12}, {"c", 13}});
        lab.AddLan(14, {{"a", 11}, {"d", 14}});
        lab.AddLan(34, {{"c", 13}, {"d", 14}});
        lab.ComputeRoutes();
        for (const auto& [name, pim] : lab.GetRouters())
        {
            pim->AddStaticRp(Ipv4Prefix(Ipv4Address("239.0.0.0"), 8), lab.Address("b", 12));
        }
    }

    void SetAll(const char* attribute, const char* value)
    {
        for (const auto& [name, pim] : lab.GetRouters())
        {
            pim->SetAttribute(attribute, StringValue(value));
        }
    }

    bool Knows(const std::string& name, Ipv4Address source)
    {
        for (const PimTibRow& row : lab.GetPim(name)->GetTib())
        {
            if (row.source == source)
            {
                return true;
            }
        }
        return false;
    }

    /** When \p name forgets \p source, within the next ten minutes. */
    double Forgets(const std::string& name, Ipv4Address source)
    {
        while (Knows(name, source) && Simulator::Now() < Seconds(1200))
        {
            lab.RunUntil(Simulator::Now().GetSeconds() + 0.5);
        }
        return Simulator::Now().GetSeconds();
    }

    PimLab lab;
    const Ipv4Address H1{"192.168.1.1"};
};

TEST_F(PimChain, ASourceOnTheFirstHopRouterItself)
{
    LabReceipt& h1 = lab.Receive("h1", GROUP);
    LabReceipt& h2 = lab.Receive("h2", GROUP);
    lab.RunUntil(20);
    lab.Join(2, GROUP);
    lab.Join(1, GROUP);
    lab.RunUntil(30);
    lab.Send("a", 1, GROUP, 100, MilliSeconds(100), 200);
    lab.RunUntil(50);
    EXPECT_EQ(h2.GetLost(100), 0u);
    EXPECT_LE(h2.GetDuplicates(), 1u);
    EXPECT_EQ(h1.GetLost(100), 0u) << "on its own link, too";
    EXPECT_EQ(h1.GetDuplicates(), 0u);
    EXPECT_EQ(h1.lastTtl, 10) << "as a host's packet: not yet forwarded";
    EXPECT_EQ(lab.Row("a", lab.Address("a", 1), GROUP).substr(0, 2), "1>");
}

TEST_F(PimChain, ASourceOnTheRpItself)
{
    LabReceipt& h2 = lab.Receive("h2", GROUP);
    lab.AddLan(5, {{"b", 12}, {"h3", 3}});
    lab.ComputeRoutes();
    lab.RunUntil(20);
    lab.Join(2, GROUP);
    lab.RunUntil(30);
    lab.Send("b", 5, GROUP, 100, MilliSeconds(100), 200);
    lab.RunUntil(50);
    EXPECT_EQ(h2.GetLost(100), 0u);
    EXPECT_EQ(h2.GetDuplicates(), 0u);
}

TEST_F(PimChain, AMemberOnTheLastHopRouterItself)
{
    LabReceipt& h2 = lab.Receive("h2", GROUP);
    const uint32_t interface = lab.Interface("c", 2);
    lab.GetPim("c")->SetOwnMembership([interface](uint32_t i, Ipv4Address, Ipv4Address group) {
        return i == interface && group == GROUP;
    });
    // As VXLAN's socket: bound to the device that the group was joined on.
    uint32_t received = 0;
    std::set<uint8_t> ttls;
    Ptr<Socket> socket = Socket::CreateSocket(lab.GetNode("c"), UdpSocketFactory::GetTypeId());
    socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), PimLab::PORT));
    socket->BindToNetDevice(lab.GetNode("c")->GetObject<Ipv4>()->GetNetDevice(interface));
    socket->SetIpRecvTtl(true);
    socket->SetRecvCallback([&](Ptr<Socket> from) {
        while (Ptr<Packet> packet = from->Recv())
        {
            SocketIpTtlTag tag;
            packet->RemovePacketTag(tag);
            ttls.insert(tag.GetTtl());
            ++received;
        }
    });
    lab.RunUntil(20);
    lab.Join(2, GROUP);
    lab.RunUntil(30);
    lab.Send("h1", 1, GROUP, 100, MilliSeconds(100), 3000);
    lab.RunUntil(50);
    EXPECT_EQ(h2.GetLost(100), 0u);
    EXPECT_EQ(received, 100u) << "fragments are put together";
    EXPECT_EQ(ttls, (std::set<uint8_t>{7})) << "natively and out of the first Register";
}

TEST_F(PimChain, SourceAndReceiverOnOneLan)
{
    LabReceipt& h2 = lab.Receive("h2", GROUP);
    lab.AddLan(2, {{"h3", 3}});
    lab.ComputeRoutes();
    lab.RunUntil(20);
    lab.Join(2, GROUP);
    lab.RunUntil(30);
    lab.Send("h3", 2, GROUP, 50, MilliSeconds(100), 200);
    lab.RunUntil(50);
    EXPECT_EQ(h2.GetLost(50), 0u);
    EXPECT_EQ(h2.GetDuplicates(), 0u) << "nothing comes back from the RP";
}

TEST_F(PimChain, RegistersAreFragmentedAndPutTogether)
{
    SetAll("SptThreshold", "infinity");
    SetAll("RegisterSwitchThreshold", "infinity");
    LabReceipt& h2 = lab.Receive("h2", GROUP);
    uint32_t fragments = 0;
    lab.CountLan(12, [&](const Ipv4Header& header, Ptr<const Packet>) {
        fragments += header.GetProtocol() == PimMessage::PROTOCOL &&
                             (header.GetFragmentOffset() > 0 || !header.IsLastFragment())
                         ? 1
                         : 0;
    });
    lab.RunUntil(20);
    lab.Join(2, GROUP);
    lab.RunUntil(30);
    lab.Send("h1", 1, GROUP, 50, MilliSeconds(100), 1470);
    lab.RunUntil(50);
    EXPECT_EQ(h2.GetLost(50), 0u);
    EXPECT_EQ(h2.GetDuplicates(), 0u);
    EXPECT_EQ(fragments, 100u) << "two to each Register, for ever";
    EXPECT_EQ(h2.lastTtl, 7) << "10, less the DR, the RP and the last hop";
}

TEST_F(PimChain, KeepaliveByRealData)
{
    lab.RunUntil(20);
    lab.Join(2, GROUP);
    lab.RunUntil(30);
    lab.Send("h1", 1, GROUP, 301, MilliSeconds(1000), 200);
    lab.RunUntil(331);
    for (const char* name : {"a", "b", "c", "d"})
    {
        EXPECT_TRUE(Knows(name, H1)) << name;
    }
    // The last packet left at 330 s.
    EXPECT_NEAR(Forgets("d", H1), 540, 1) << "on the tree";
    EXPECT_NEAR(Forgets("c", H1), 540, 1) << "the last hop";
    for (const PimTibRow& row : lab.GetPim("a")->GetTib())
    {
        EXPECT_EQ(row.registerState, "") << "the first hop has no source to register";
    }
    EXPECT_LE(Forgets("b", H1), 330 + 420) << "the RP, which Null-Registers have kept awake";
    EXPECT_LE(Forgets("a", H1), 330 + 425) << "joined by the RP until then";
}

TEST_F(PimChain, NullRegistersComeInTime)
{
    std::vector<Time> stops;
    std::vector<Time> nulls;
    auto count = [&](const Ipv4Header&, const PimMessage& message) {
        if (message.As<PimRegisterStop>())
        {
            stops.push_back(Simulator::Now());
        }
        if (message.As<PimRegister>() && message.As<PimRegister>()->nullRegister)
        {
            nulls.push_back(Simulator::Now());
        }
    };
    lab.CountPim(12, count);
    lab.RunUntil(20);
    lab.Join(2, GROUP);
    lab.RunUntil(30);
    lab.Send("h1", 1, GROUP, 600, MilliSeconds(1000), 200);
    lab.RunUntil(630);
    ASSERT_GE(nulls.size(), 6u);
    ASSERT_EQ(stops.size(), nulls.size() + 1) << "each Null-Register is answered";
    for (std::size_t i = 0; i < nulls.size(); ++i)
    {
        EXPECT_GE(nulls[i] - stops[i], Seconds(25));
        EXPECT_LE(nulls[i] - stops[i], Seconds(85.1));
    }
}

TEST_F(PimChain, ALostRegisterStopIsRepeated)
{
    SetAll("SptThreshold", "infinity");
    LabReceipt& h2 = lab.Receive("h2", GROUP);
    uint32_t registers = 0;
    lab.CountPim(12, [&](const Ipv4Header&, const PimMessage& message) {
        registers += message.As<PimRegister>() != nullptr ? 1 : 0;
    });
    lab.RunUntil(20);
    lab.Join(2, GROUP);
    lab.RunUntil(30);
    // The RP answers at most once in 2 s: most of its Register-Stops are as good as lost.
    lab.GetPim("b")->SetAttribute("RegisterStopRate", DoubleValue(0.5));
    lab.Send("h1", 1, GROUP, 200, MilliSeconds(100), 200);
    lab.RunUntil(60);
    EXPECT_EQ(h2.GetLost(200), 0u);
    EXPECT_LE(h2.GetDuplicates(), 1u) << "Registers beside the native tree are not forwarded";
    EXPECT_LE(registers, 25u);
}

TEST_F(PimChain, RerouteMovesTheTree)
{
    LabReceipt& h2 = lab.Receive("h2", GROUP);
    lab.RunUntil(20);
    lab.Join(2, GROUP);
    lab.RunUntil(30);
    lab.Send("h1", 1, GROUP, 3000, MilliSeconds(10), 200);
    lab.RunUntil(40);
    const std::string before = lab.Row("c", H1, GROUP);
    ASSERT_EQ(before, "34>2") << "of two equal paths the highest next hop, d";
    // The routes change; the old path still works, so nothing need be lost but what is under way.
    lab.SetUp("d", 34, false);
    lab.SetUp("c", 34, false);
    lab.ComputeRoutes({34});
    lab.RunUntil(65);
    EXPECT_EQ(lab.Row("c", H1, GROUP), "23>2");
    EXPECT_EQ(lab.Row("a", H1, GROUP), "1>12");
    EXPECT_LE(h2.GetLost(3000), 2u);
    EXPECT_LE(h2.GetDuplicates(), 1u);
    lab.RunUntil(300);
    EXPECT_EQ(lab.Row("d", H1, GROUP), "");
}

TEST_F(PimChain, AThresholdOfBytesSwitchesInTime)
{
    SetAll("SptThreshold", "20000B/10s");
    Time switched;
    lab.GetPim("c")->TraceConnectWithoutContext(
        "Event", Callback<void, std::string, std::string>([&](std::string event, std::string) {
            if (event == "spt-switch")
            {
                switched = Simulator::Now();
            }
        }));
    lab.RunUntil(20);
    lab.Join(2, GROUP);
    lab.RunUntil(30);
    // 10 kbit/s for ten minutes: 12.7 kB of IP in 10 s.
    lab.Send("h1", 1, GROUP, 510, Seconds(1.176));
    lab.RunUntil(631);
    EXPECT_EQ(switched, Seconds(0));
    lab.Send("h1", 1, Ipv4Address(GROUP.Get() + 1), 100, Seconds(0.1176));
    lab.Join(2, Ipv4Address(GROUP.Get() + 1));
    lab.RunUntil(650);
    EXPECT_GT(switched, Seconds(631));
    EXPECT_LE(switched, Seconds(641)) << "100 kbit/s: within one interval";
}

TEST_F(PimChain, PollingSwitchesAtThePoll)
{
    SetAll("SptThreshold", "1p/5s");
    for (const auto& [name, pim] : lab.GetRouters())
    {
        pim->SetAttribute("PollInterval", TimeValue(Seconds(5)));
    }
    lab.RunUntil(20);
    lab.Join(2, GROUP);
    lab.RunUntil(31);
    lab.Send("h1", 1, GROUP, 1000, MilliSeconds(10), 200);
    lab.RunUntil(34.9);
    EXPECT_EQ(lab.Row("c", H1, GROUP), "");
    lab.RunUntil(36);
    EXPECT_NE(lab.Row("c", H1, GROUP), "");
}

TEST_F(PimChain, TwoThousandGroupsBehindOneLastHop)
{
    constexpr uint32_t groups = 2000;
    lab.RunUntil(20);
    for (uint32_t i = 0; i < groups; ++i)
    {
        lab.Join(2, Ipv4Address(0xef010000 + i));
        lab.RunUntil(20 + 0.01 * (i + 1));
    }
    std::size_t messages = 0;
    std::size_t bytes = 0;
    lab.CountPim(23, [&](const Ipv4Header& header, const PimMessage& message) {
        if (message.As<PimJoinPrune>() != nullptr)
        {
            ++messages;
            bytes += header.GetPayloadSize() + 20;
        }
    });
    lab.RunUntil(200);
    messages = bytes = 0;
    lab.RunUntil(260);
    EXPECT_LE(messages, (bytes + 1499) / 1500 + 3);
    EXPECT_EQ(lab.GetPim("b")->GetTib().size(), groups);
    lab.RunUntil(800);
    EXPECT_EQ(lab.GetPim("b")->GetTib().size(), groups) << "and they stay";
}

TEST_F(PimChain, AnyBytesAreRefusedByName)
{
    lab.RunUntil(20);
    Ptr<PimSmRouting> pim = lab.GetPim("b");
    Ptr<Ipv4> ipv4 = lab.GetNode("a")->GetObject<Ipv4>();
    Ptr<UniformRandomVariable> random = CreateObject<UniformRandomVariable>();
    random->SetStream(5);
    Ipv4ProtocolSender sender(PimMessage::PROTOCOL);
    sender.SetIpv4(ipv4);
    constexpr uint32_t messages = 2000;
    for (uint32_t i = 0; i < messages; ++i)
    {
        std::vector<uint8_t> bytes(random->GetInteger(0, 80));
        for (uint8_t& byte : bytes)
        {
            byte = static_cast<uint8_t>(random->GetInteger(0, 255));
        }
        if (bytes.size() >= 4 && i % 2 == 0)
        {
            // Right version and checksum, so that what follows is looked at.
            bytes[0] = static_cast<uint8_t>(0x20 | random->GetInteger(0, 10));
            bytes[2] = bytes[3] = 0;
            const uint16_t sum = InternetChecksum(bytes.data(), bytes.size());
            bytes[2] = static_cast<uint8_t>(sum >> 8);
            bytes[3] = static_cast<uint8_t>(sum);
        }
        sender.SendOnInterface(Create<Packet>(bytes.data(), bytes.size()),
                               lab.Interface("a", 12),
                               lab.Address("a", 12),
                               i % 3 == 0 ? lab.Address("b", 12) : PimAllRouters(),
                               1);
        lab.RunUntil(Simulator::Now().GetSeconds() + 0.001);
    }
    uint64_t drops = 0;
    for (const auto& [reason, count] : pim->GetDrops())
    {
        EXPECT_FALSE(reason.empty());
        drops += count;
    }
    EXPECT_GT(drops, messages / 2);
}

TEST_F(PimChain, StoppedAndStartedAgain)
{
    SetAll("SptThreshold", "infinity");
    LabReceipt& h2 = lab.Receive("h2", GROUP);
    lab.RunUntil(20);
    lab.Join(2, GROUP);
    lab.RunUntil(30);
    lab.Send("h1", 1, GROUP, 1000, MilliSeconds(50), 200);
    lab.RunUntil(40);
    // The RP and last hop crash for a second.
    for (const char* name : {"b", "c"})
    {
        lab.GetPim(name)->Stop();
        EXPECT_TRUE(lab.GetPim(name)->GetTib().empty());
        EXPECT_TRUE(lab.GetPim(name)->GetForwardingEntries().empty());
    }
    lab.RunUntil(41);
    for (const char* name : {"b", "c"})
    {
        lab.GetPim(name)->Start();
    }
    lab.RunUntil(85);
    EXPECT_EQ(lab.Row("c", ANY, GROUP), "23>2");
    EXPECT_EQ(h2.count.count(990), 1u) << "traffic is back";
}

} // namespace
