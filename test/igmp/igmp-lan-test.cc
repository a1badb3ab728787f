// SPDX-License-Identifier: GPL-2.0-only
// IGMP in the simulator: hosts and routers on one Ethernet.
#include "igmp-lan-fixture.h"

#include "ns3/boolean.h"
#include "ns3/config.h"

namespace ns3
{

namespace
{

const Ipv4Address G("239.0.0.10");
const Ipv4Address H("239.0.0.11");
constexpr double ROUND_TRIP = 0.001; // generous: 10 us each way and a few hundred bits

TEST_F(IgmpLanTest, Version3JoinIsKnownAtOnceAndLeaveAfterTwoSeconds)
{
    Build(3, 1);
    Join(10, 2, G);
    Leave(60, 2, G);
    RunTo(59);
    EXPECT_TRUE(HasMember(0, G));
    EXPECT_GE(TimeOf("0 join 1 239.0.0.10"), 10);
    EXPECT_LT(TimeOf("0 join 1 239.0.0.10"), 10 + ROUND_TRIP);
    EXPECT_EQ(TimeOf("2 join 1 239.0.0.10"), 10);
    ASSERT_EQ(Igmp(0)->GetMemberships().size(), 1u);
    EXPECT_EQ(Igmp(0)->GetMemberships()[0].lastReporter, Ipv4Address("192.168.1.3"));
    RunTo(61.9);
    EXPECT_TRUE(HasMember(0, G));
    RunTo(100);
    EXPECT_FALSE(HasMember(0, G));
    EXPECT_LT(TimeOf("0 leave 1 239.0.0.10"), 62 + ROUND_TRIP);
    EXPECT_EQ(TimeOf("2 leave 1 239.0.0.10"), 60);
}

TEST_F(IgmpLanTest, Version2LeaveTakesTwoSecondsAndOneRoundTrip)
{
    Build(3, 1, 2);
    Join(10, 2, G);
    Leave(60, 2, G);
    RunTo(100);
    EXPECT_LT(TimeOf("0 join 1 239.0.0.10"), 10 + ROUND_TRIP);
    EXPECT_GE(TimeOf("0 leave 1 239.0.0.10"), 62);
    EXPECT_LT(TimeOf("0 leave 1 239.0.0.10"), 62 + ROUND_TRIP);
    EXPECT_EQ(CountSent(IgmpMessage::LEAVE, 0, 100), 1u);
    EXPECT_EQ(CountSent(IgmpMessage::QUERY, 60, 62), 2u);
}

TEST_F(IgmpLanTest, ALeaveWithAnotherMemberKeepsTheGroupWithoutInterruption)
{
    for (uint8_t version : {2, 3})
    {
        Simulator::Destroy();
        nodes = NodeContainer();
        events.clear();
        Build(3, 1, version);
        Join(10, 1, G);
        Join(20, 2, G);
        Leave(60, 2, G);
        RunTo(400);
        EXPECT_TRUE(HasMember(0, G));
        EXPECT_EQ(TimeOf("0 leave 1 239.0.0.10"), -1);
    }
}

TEST_F(IgmpLanTest, TheLowerAddressTakesOverAtOnceAndTheOtherIsBackAfter255Seconds)
{
    Build(3, 2);
    Ptr<Ipv4> late = nodes.Get(0)->GetObject<Ipv4>();
    late->SetDown(LAN);
    Simulator::Schedule(Seconds(100), [this, late] {
        late->SetUp(LAN);
        Igmp(0)->NotifyInterfaceUp(LAN);
    });
    Join(50, 2, G);
    RunTo(99);
    EXPECT_EQ(Igmp(1)->FindQuerier(LAN)->GetState(), IgmpQuerier::State::QUERIER);
    EXPECT_TRUE(HasMember(1, G));
    RunTo(101);
    EXPECT_EQ(Igmp(1)->FindQuerier(LAN)->GetState(), IgmpQuerier::State::NON_QUERIER);
    EXPECT_LT(TimeOf("1 querier 1 192.168.1.1"), 100 + ROUND_TRIP);
    RunTo(200);
    EXPECT_TRUE(HasMember(0, G)); // from the answers to its start-up Queries
    // It dies; its last Query was the second of the start-up, at 131.25 s.
    Igmp(0)->Stop();
    RunTo(131.25 + 254);
    EXPECT_EQ(Igmp(1)->FindQuerier(LAN)->GetState(), IgmpQuerier::State::NON_QUERIER);
    RunTo(131.25 + 256);
    EXPECT_EQ(Igmp(1)->FindQuerier(LAN)->GetState(), IgmpQuerier::State::QUERIER);
    EXPECT_NEAR(TimeOf("1 querier 1 192.168.1.2", 100), 131.25 + 255, ROUND_TRIP);
    EXPECT_TRUE(HasMember(1, G));
}

TEST_F(IgmpLanTest, Version2ReportsAreSuppressed)
{
    Build(21, 1, 2);
    for (uint32_t host = 1; host <= 20; ++host)
    {
        Join(40, host, G);
    }
    RunTo(700);
    // General Queries at 156.25, 281.25, 406.25, 531.25 and 656.25 s; one answer to each, or two
    // when delays fall together.
    const std::size_t reports = CountSent(IgmpMessage::V2_REPORT, 156, 700);
    EXPECT_GE(reports, 5u);
    EXPECT_LE(reports, 6u);
    EXPECT_TRUE(HasMember(0, G));
}

TEST_F(IgmpLanTest, FastLeave)
{
    Config::SetDefault("ns3::IgmpProtocol::FastLeave", BooleanValue(true));
    Build(3, 1);
    Config::Reset();
    Join(10, 2, G);
    Leave(60, 2, G);
    RunTo(100);
    EXPECT_LT(TimeOf("0 leave 1 239.0.0.10"), 60 + ROUND_TRIP);
    EXPECT_EQ(CountSent(IgmpMessage::QUERY, 59, 100), 0u);
}

TEST_F(IgmpLanTest, AVersion3HostFollowsAVersion2Querier)
{
    Build(2, 1, 2);
    Igmp(1)->SetInterfaceSettings(LAN, {3});
    Join(10, 1, G);
    RunTo(20);
    EXPECT_EQ(Igmp(1)->FindHost(LAN)->GetCompatibilityMode(), 2);
    EXPECT_TRUE(HasMember(0, G));
    EXPECT_EQ(CountSent(IgmpMessage::V3_REPORT, 0, 20), 0u);
}

TEST_F(IgmpLanTest, AVersion3QuerierTakesAVersion2Host)
{
    Build(2, 1, 3);
    Igmp(1)->SetInterfaceSettings(LAN, {2});
    Join(10, 1, G);
    Leave(60, 1, G);
    RunTo(30);
    EXPECT_TRUE(HasMember(0, G));
    EXPECT_EQ(Igmp(0)->GetMemberships().at(0).version, 2);
    RunTo(100);
    EXPECT_LT(TimeOf("0 leave 1 239.0.0.10"), 62 + ROUND_TRIP);
}

TEST_F(IgmpLanTest, ARouterHearsItsOwnJoins)
{
    for (uint8_t version : {2, 3})
    {
        Simulator::Destroy();
        nodes = NodeContainer();
        sent.clear();
        Build(2, 2, version);
        Join(10, 0, G); // the querier
        Join(10, 1, H); // the other router
        RunTo(600);     // well beyond a membership interval: it answers its own Queries, too
        for (uint32_t router : {0, 1})
        {
            EXPECT_TRUE(HasMember(router, G)) << "router " << router << " v" << int(version);
            EXPECT_TRUE(HasMember(router, H)) << "router " << router << " v" << int(version);
        }
        Igmp(0)->Leave(LAN, G);
        RunTo(610);
        EXPECT_FALSE(HasMember(0, G));
        EXPECT_FALSE(HasMember(1, G));
    }
}

TEST_F(IgmpLanTest, SourceListsReachTheRouter)
{
    const Ipv4Address a("10.0.0.1");
    const Ipv4Address b("10.0.0.2");
    Build(3, 1);
    std::vector<std::pair<uint32_t, Ipv4Address>> told;
    Igmp(0)->AddMembershipListener(
        [&](uint32_t interface, Ipv4Address group) { told.emplace_back(interface, group); });
    RunTo(10);
    EXPECT_TRUE(Igmp(1)->Join(LAN, G, {a}));
    EXPECT_TRUE(Igmp(1)->Join(LAN, G, {b}));
    EXPECT_TRUE(Igmp(1)->IsMember(LAN, a, G));
    EXPECT_FALSE(Igmp(1)->IsMember(LAN, Ipv4Address("10.0.0.3"), G));
    RunTo(20);
    EXPECT_EQ(Igmp(0)->GetNamedSources(G, LAN), (std::vector<Ipv4Address>{a, b}));
    EXPECT_TRUE(Igmp(0)->LocalReceiverInclude(a, G, LAN));
    EXPECT_FALSE(HasMember(0, G));
    EXPECT_EQ(told.size(), 1u); // one message, one word
    EXPECT_TRUE(Igmp(2)->Join(LAN, G, IgmpFilterMode::EXCLUDE, {a}));
    RunTo(30);
    EXPECT_TRUE(HasMember(0, G));
    EXPECT_TRUE(Igmp(0)->LocalReceiverInclude(a, G, LAN)); // node 1 answered the Query
    Igmp(1)->Leave(LAN, G, {a});
    RunTo(40);
    EXPECT_TRUE(Igmp(0)->LocalReceiverExclude(a, G, LAN));
    EXPECT_FALSE(Igmp(0)->LocalReceiverInclude(a, G, LAN));
    ASSERT_EQ(Igmp(0)->GetMemberships().size(), 1u);
    EXPECT_EQ(Igmp(0)->GetMemberships()[0].GetFilterSources(), std::vector<Ipv4Address>{a});
    EXPECT_EQ(Igmp(0)->GetGroups(), (std::vector<std::pair<uint32_t, Ipv4Address>>{{LAN, G}}));
}

TEST_F(IgmpLanTest, TwoUsersOfOneGroupDoNotDisturbEachOther)
{
    Build(2, 1);
    RunTo(10);
    EXPECT_TRUE(Igmp(1)->Listen(7, LAN, G, {IgmpFilterMode::EXCLUDE, {}}));
    EXPECT_TRUE(Igmp(1)->Join(LAN, G));
    RunTo(20);
    Igmp(1)->Leave(LAN, G);
    RunTo(30);
    EXPECT_TRUE(HasMember(0, G));
    EXPECT_TRUE(Igmp(1)->Listen(7, LAN, G, {}));
    RunTo(40);
    EXPECT_FALSE(HasMember(0, G));
}

TEST_F(IgmpLanTest, JoinsThatCannotBeAreRefused)
{
    Build(2, 1);
    EXPECT_FALSE(Igmp(1)->Join(0, G)); // the loopback
    EXPECT_FALSE(Igmp(1)->Join(9, G));
    EXPECT_FALSE(Igmp(1)->Join(LAN, Ipv4Address("10.0.0.1")));
    EXPECT_FALSE(Igmp(1)->Join(LAN, Ipv4Address("232.0.0.1")));
    EXPECT_TRUE(Igmp(1)->Join(LAN, Ipv4Address("232.0.0.1"), {Ipv4Address("10.0.0.1")}));
    EXPECT_EQ(Igmp(1)->GetJoinedGroups().size(), 1u);
    Igmp(1)->Leave(9, G);
}

TEST_F(IgmpLanTest, ACrashForgetsAndARebootReportsAnew)
{
    Build(2, 1);
    Join(0, 1, G);
    RunTo(50);
    Igmp(0)->Stop();
    EXPECT_TRUE(Igmp(0)->GetGroups().empty());
    EXPECT_FALSE(Igmp(0)->GetInterfaces().at(0).up);
    RunTo(60);
    Igmp(0)->Start();
    RunTo(75); // its start-up Query is answered within 10 s
    EXPECT_TRUE(HasMember(0, G));
    Igmp(1)->Stop();
    RunTo(60 + 31.25 + 10 + 260);
    EXPECT_FALSE(HasMember(0, G));
    Igmp(1)->Start();
    RunTo(500);
    EXPECT_TRUE(HasMember(0, G));
}

TEST_F(IgmpLanTest, InterfacesDownAndUpAreHeardOfFromTheUnicastRib)
{
    nodes.Create(2);
    CsmaHelper csma;
    devices = csma.Install(nodes);
    for (uint32_t i = 0; i < 2; ++i)
    {
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        stack.Install(nodes.Get(i));
        auto rib = CreateObject<StaticUnderlayRouting>();
        auto list =
            DynamicCast<Ipv4ListRouting>(nodes.Get(i)->GetObject<Ipv4>()->GetRoutingProtocol());
        list->AddRoutingProtocol(rib, 10);
        auto igmp = CreateObject<IgmpProtocol>();
        nodes.Get(i)->AggregateObject(igmp);
        Watch(i, igmp);
    }
    Ipv4AddressHelper addresses("192.168.1.0", "255.255.255.0");
    addresses.Assign(devices);
    Igmp(0)->SetInterfaceSettings(LAN, {std::nullopt, true});
    Join(0, 1, G);
    RunTo(50);
    EXPECT_TRUE(HasMember(0, G));
    nodes.Get(0)->GetObject<Ipv4>()->SetDown(LAN);
    EXPECT_FALSE(HasMember(0, G));
    EXPECT_EQ(TimeOf("0 leave 1 239.0.0.10"), 50);
    RunTo(60);
    nodes.Get(0)->GetObject<Ipv4>()->SetUp(LAN);
    RunTo(75);
    EXPECT_TRUE(HasMember(0, G));
    nodes.Get(1)->GetObject<Ipv4>()->SetDown(LAN);
    nodes.Get(1)->GetObject<Ipv4>()->SetUp(LAN);
    const std::size_t reports = sent.size();
    RunTo(75.001);
    EXPECT_EQ(sent.size(), reports + 1); // joined anew, unasked
}

TEST_F(IgmpLanTest, SameStreamsSameMessages)
{
    std::vector<std::string> runs[2];
    for (auto& run : runs)
    {
        Simulator::Destroy();
        nodes = NodeContainer();
        sent.clear();
        Build(6, 2);
        for (uint32_t host = 2; host < 6; ++host)
        {
            Join(host, host, G);
            Leave(100 + host, host, G);
        }
        RunTo(300);
        for (const Sent& message : sent)
        {
            std::ostringstream text;
            text << message.time << " " << message.node << " ";
            message.message.Print(text);
            run.push_back(text.str());
        }
    }
    EXPECT_EQ(runs[0], runs[1]);
    EXPECT_GT(runs[0].size(), 20u);
}

TEST_F(IgmpLanTest, FiveThousandGroupsAreFewMessages)
{
    Build(2, 1);
    Simulator::Schedule(Seconds(10), [this] {
        for (uint32_t i = 0; i < 5000; ++i)
        {
            Igmp(1)->Join(LAN, Ipv4Address(0xef000100 + i));
        }
    });
    RunTo(150);
    EXPECT_EQ(Igmp(0)->GetGroups().size(), 5000u);
    // 183 records fill a report: 28 reports at once, 28 repeated, 28 per Query (31.25 s).
    EXPECT_EQ(CountSent(IgmpMessage::V3_REPORT, 0, 20), 56u);
    EXPECT_EQ(CountSent(IgmpMessage::V3_REPORT, 31, 150), 28u);
}

} // namespace

} // namespace ns3
