// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §9: Figure 11 transition by transition, the election of §9.4, and Hellos (§9.5, §10.5).
#include "ospf-fake-context.h"

#include <gtest/gtest.h>

namespace ns3
{

namespace
{

Ipv4Address
Ip(uint32_t host)
{
    return Ipv4Address(0x0a000000 + host);
}

OspfId
Id(uint32_t n)
{
    return OspfId(0x01000000 + n);
}

const Ipv4Address NONE = Ipv4Address::GetAny();

} // namespace

/** Interface 10.0.0.5/24 of router 1.0.0.5. */
class Ospf2328Interface : public ::testing::Test
{
  protected:
    using State = OspfInterfaceState;
    using Event = OspfInterfaceEvent;

    Ospf2328Interface()
    {
        m_config.index = 1;
        m_config.address = Ip(5);
        m_config.mask = Ipv4Mask("255.255.255.0");
        m_context.config.helloJitter = Seconds(0);
    }

    void TearDown() override
    {
        m_context.ExpectNothingElse();
    }

    OspfInterface& Make()
    {
        m_interface = std::make_unique<OspfInterface>(m_context, m_config);
        return *m_interface;
    }

    OspfInterface& MakeUp()
    {
        Make().HandleEvent(Event::INTERFACE_UP);
        m_context.clock.Advance(Seconds(0));
        return *m_interface;
    }

    OspfHello Hello(Ipv4Address dr = NONE, Ipv4Address backup = NONE, uint8_t priority = 1) const
    {
        OspfHello hello;
        hello.networkMask = m_config.mask;
        hello.options = OSPF_OPTION_E;
        hello.priority = priority;
        hello.designatedRouter = dr;
        hello.backupDesignatedRouter = backup;
        hello.neighbors = {m_context.routerId};
        return hello;
    }

    /** Router N at address .N says hello; scheduled events run. */
    std::string Hear(uint32_t n, const OspfHello& hello)
    {
        std::string error = EnumName(m_interface->ReceiveHello(Ip(n), Id(n), hello));
        m_context.clock.Advance(Seconds(0));
        return error;
    }

    State GetState() const
    {
        return m_interface->GetState();
    }

    /** \returns "DR BACKUP" as last bytes of the addresses, 0 for none. */
    std::string Roles() const
    {
        return std::to_string(m_interface->GetDesignatedRouter().Get() & 0xff) + " " +
               std::to_string(m_interface->GetBackupDesignatedRouter().Get() & 0xff);
    }

    OspfFakeContext m_context;
    OspfInterfaceConfig m_config;
    std::unique_ptr<OspfInterface> m_interface;
};

// §9.3: the state machine

TEST_F(Ospf2328Interface, S9_3_InterfaceUpOnBroadcastWaits)
{
    MakeUp();
    EXPECT_EQ(GetState(), State::WAITING);
    m_context.clock.Advance(Seconds(39.9));
    EXPECT_EQ(GetState(), State::WAITING);
    m_context.clock.Advance(Seconds(0.2));
    EXPECT_EQ(GetState(), State::DR) << "WaitTimer: alone, it is the Designated Router";
    EXPECT_EQ(Roles(), "5 0");
    EXPECT_EQ(m_context.designatedRouterChanges, 1);
}

TEST_F(Ospf2328Interface, S9_3_InterfaceUpOnPointToPoint)
{
    m_config.type = OspfNetworkType::POINT_TO_POINT;
    MakeUp();
    EXPECT_EQ(GetState(), State::POINT_TO_POINT);
    m_context.clock.Advance(Seconds(100));
    EXPECT_EQ(GetState(), State::POINT_TO_POINT);
}

TEST_F(Ospf2328Interface, S9_3_InterfaceUpWithPriorityZeroIsDrOther)
{
    m_config.priority = 0;
    MakeUp();
    EXPECT_EQ(GetState(), State::DR_OTHER);
    m_context.clock.Advance(Seconds(100));
    EXPECT_EQ(GetState(), State::DR_OTHER);
    EXPECT_EQ(Roles(), "0 0");
}

TEST_F(Ospf2328Interface, S9_3_InterfaceUpCountsOnlyWhenDown)
{
    MakeUp();
    m_context.clock.Advance(Seconds(50));
    m_interface->HandleEvent(Event::INTERFACE_UP);
    EXPECT_EQ(GetState(), State::DR);
}

TEST_F(Ospf2328Interface, S9_3_BackupSeenFromTheBackupItself)
{
    MakeUp();
    m_context.clock.Advance(Seconds(3));
    EXPECT_EQ(Hear(7, Hello(Ip(9), Ip(7))), "");
    EXPECT_EQ(GetState(), State::DR_OTHER);
    EXPECT_EQ(Roles(), "7 0") << "9 was not heard, so its backup takes both roles for now";
    EXPECT_EQ(m_context.TakeRest(), (std::vector<std::string>{"Database Description to 10.0.0.7"}));
}

TEST_F(Ospf2328Interface, S9_3_BackupSeenFromADesignatedRouterWithoutBackup)
{
    MakeUp();
    Hear(7, Hello(Ip(7), NONE));
    EXPECT_EQ(GetState(), State::BACKUP);
    EXPECT_EQ(Roles(), "7 5");
    EXPECT_EQ(m_context.TakeRest(), (std::vector<std::string>{"Database Description to 10.0.0.7"}));
}

TEST_F(Ospf2328Interface, S9_3_NoBackupSeenFromADesignatedRouterWithOne)
{
    MakeUp();
    Hear(7, Hello(Ip(7), Ip(8)));
    EXPECT_EQ(GetState(), State::WAITING);
}

TEST_F(Ospf2328Interface, S9_3_NoBackupSeenOneWay)
{
    MakeUp();
    OspfHello hello = Hello(Ip(7), NONE);
    hello.neighbors.clear();
    Hear(7, hello);
    EXPECT_EQ(GetState(), State::WAITING);
}

TEST_F(Ospf2328Interface, S9_3_NeighborChangeIsIgnoredWhileWaiting)
{
    MakeUp();
    m_interface->HandleEvent(Event::NEIGHBOR_CHANGE);
    EXPECT_EQ(GetState(), State::WAITING);
}

TEST_F(Ospf2328Interface, S9_3_NeighborChangeElectsAnew)
{
    MakeUp();
    m_context.clock.Advance(Seconds(40));
    ASSERT_EQ(GetState(), State::DR);
    Hear(7, Hello(NONE, NONE, 200));
    EXPECT_EQ(GetState(), State::DR) << "no preemption, whatever the priority";
    EXPECT_EQ(Roles(), "5 7");
    Hear(7, Hello(Ip(5), Ip(7), 0));
    EXPECT_EQ(Roles(), "5 0") << "priority changed to 0";
    EXPECT_EQ(m_context.TakeRest(), (std::vector<std::string>{"Database Description to 10.0.0.7"}));
}

TEST_F(Ospf2328Interface, S9_3_InterfaceDownFromEveryState)
{
    for (int kind = 0; kind < 3; ++kind)
    {
        m_config.type = kind == 0 ? OspfNetworkType::POINT_TO_POINT : OspfNetworkType::BROADCAST;
        MakeUp();
        m_context.clock.Advance(Seconds(kind * 30));
        Hear(7, Hello());
        EXPECT_EQ(m_interface->GetNeighbors().size(), 1u);
        m_interface->HandleEvent(Event::INTERFACE_DOWN);
        EXPECT_EQ(GetState(), State::DOWN);
        EXPECT_EQ(Roles(), "0 0");
        EXPECT_TRUE(m_interface->GetNeighbors().empty());
        m_context.Forget();
        m_context.clock.Advance(Seconds(100));
        EXPECT_TRUE(m_context.sent.empty());
        EXPECT_EQ(GetState(), State::DOWN);
    }
}

TEST_F(Ospf2328Interface, S9_3_LoopIndAndUnloopInd)
{
    MakeUp();
    m_interface->HandleEvent(Event::UNLOOP_IND);
    EXPECT_EQ(GetState(), State::WAITING);
    m_interface->HandleEvent(Event::LOOP_IND);
    EXPECT_EQ(GetState(), State::LOOPBACK);
    m_context.clock.Advance(Seconds(100));
    EXPECT_EQ(GetState(), State::LOOPBACK);
    m_interface->HandleEvent(Event::UNLOOP_IND);
    EXPECT_EQ(GetState(), State::DOWN);
}

TEST_F(Ospf2328Interface, S9_3_PassiveIsSilent)
{
    m_config.passive = true;
    MakeUp();
    m_context.clock.Advance(Seconds(100));
    EXPECT_EQ(GetState(), State::DR_OTHER);
    EXPECT_TRUE(m_context.sent.empty());
}

// §9.4: the election

TEST_F(Ospf2328Interface, S9_4_HighestRouterIdAmongEqualPriorities)
{
    MakeUp();
    m_context.clock.Advance(Seconds(5));
    Hear(7, Hello());
    Hear(3, Hello());
    m_context.clock.Advance(Seconds(35));
    EXPECT_EQ(Roles(), "7 0");
    EXPECT_EQ(GetState(), State::DR_OTHER);
    // 7 has elected too, and says so.
    Hear(7, Hello(Ip(7), Ip(5)));
    EXPECT_EQ(Roles(), "7 5");
    EXPECT_EQ(GetState(), State::BACKUP);
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 10.0.0.7",
                                        "Database Description to 10.0.0.3"}));
}

TEST_F(Ospf2328Interface, S9_4_HigherPriorityWinsOverRouterId)
{
    m_config.priority = 2;
    MakeUp();
    m_context.clock.Advance(Seconds(5));
    Hear(7, Hello());
    m_context.clock.Advance(Seconds(35));
    EXPECT_EQ(GetState(), State::DR);
    EXPECT_EQ(Roles(), "5 7") << "step 4: elected, it looks for a backup";
    EXPECT_EQ(m_context.TakeRest(), (std::vector<std::string>{"Database Description to 10.0.0.7"}));
}

TEST_F(Ospf2328Interface, S9_4_PriorityZeroIsNotEligible)
{
    MakeUp();
    m_context.clock.Advance(Seconds(5));
    Hear(7, Hello(NONE, NONE, 0));
    m_context.clock.Advance(Seconds(35));
    EXPECT_EQ(Roles(), "5 0");
    EXPECT_EQ(m_context.TakeRest(), (std::vector<std::string>{"Database Description to 10.0.0.7"}));
}

TEST_F(Ospf2328Interface, S9_4_OneWayNeighborsAreNotEligible)
{
    MakeUp();
    OspfHello hello = Hello();
    hello.neighbors.clear();
    Hear(7, hello);
    m_context.clock.Advance(Seconds(39));
    Hear(7, hello);
    m_context.clock.Advance(Seconds(1));
    EXPECT_EQ(Roles(), "5 0");
}

TEST_F(Ospf2328Interface, S9_4_BackupBecomesDesignatedRouterWhenItGoes)
{
    MakeUp();
    Hear(7, Hello(Ip(7), NONE));
    Hear(3, Hello(Ip(7), Ip(5)));
    ASSERT_EQ(GetState(), State::BACKUP);
    // 7 falls silent; 3 goes on.
    for (int i = 0; i < 5; ++i)
    {
        m_context.clock.Advance(Seconds(9));
        Hear(3, Hello(Ip(7), Ip(5)));
    }
    EXPECT_EQ(GetState(), State::DR);
    EXPECT_EQ(Roles(), "5 3");
    EXPECT_EQ(m_context.TakeRest().size(), 18u);
}

TEST_F(Ospf2328Interface, S9_4_TwoDeclaredDesignatedRoutersMerge)
{
    // Two halves of a LAN meet: the higher router id keeps the role.
    MakeUp();
    m_context.clock.Advance(Seconds(40));
    ASSERT_EQ(Roles(), "5 0");
    Hear(7, Hello(Ip(7), NONE));
    EXPECT_EQ(Roles(), "7 5");
    EXPECT_EQ(GetState(), State::BACKUP);
    EXPECT_EQ(m_context.TakeRest(), (std::vector<std::string>{"Database Description to 10.0.0.7"}));
}

TEST_F(Ospf2328Interface, S9_4_ChangeAsksEveryNeighborWhetherAdjacencyIsWanted)
{
    MakeUp();
    Hear(7, Hello(Ip(7), Ip(8)));
    Hear(8, Hello(Ip(7), Ip(8)));
    Hear(3, Hello(Ip(7), Ip(8)));
    EXPECT_EQ(GetState(), State::DR_OTHER);
    EXPECT_EQ(m_interface->FindNeighbor(Ip(7), Id(7))->GetState(), OspfNeighborState::EX_START);
    EXPECT_EQ(m_interface->FindNeighbor(Ip(8), Id(8))->GetState(), OspfNeighborState::EX_START);
    EXPECT_EQ(m_interface->FindNeighbor(Ip(3), Id(3))->GetState(), OspfNeighborState::TWO_WAY);
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 10.0.0.7",
                                        "Database Description to 10.0.0.8"}));
}

// §9.5 and §10.5: Hellos

TEST_F(Ospf2328Interface, S9_5_HelloFieldsAndInterval)
{
    MakeUp();
    Hear(7, Hello());
    m_context.clock.Advance(Seconds(30));
    const auto hellos = m_context.Get<OspfHello>();
    ASSERT_EQ(hellos.size(), 4u);
    EXPECT_EQ(m_context.sent[0].destination, OspfAllSpfRouters());
    EXPECT_TRUE(hellos[0].neighbors.empty());
    EXPECT_EQ(hellos[3].neighbors, std::vector<OspfId>{Id(7)});
    EXPECT_EQ(hellos[3].networkMask, m_config.mask);
    EXPECT_EQ(hellos[3].helloInterval, 10);
    EXPECT_EQ(hellos[3].deadInterval, 40u);
    EXPECT_EQ(hellos[3].priority, 1);
    EXPECT_EQ(hellos[3].options, OSPF_OPTION_E);
    EXPECT_EQ(hellos[3].designatedRouter, NONE) << "still waiting";
    m_context.clock.Advance(Seconds(20));
    EXPECT_EQ(m_context.Get<OspfHello>().back().designatedRouter, Ip(5))
        << "7 has been silent for longer than RouterDeadInterval";
    EXPECT_EQ(m_context.TakeRest(), (std::vector<std::string>{"Database Description to 10.0.0.7"}));
}

TEST_F(Ospf2328Interface, S10_5_ParametersMustAgree)
{
    MakeUp();
    OspfHello hello = Hello();
    hello.networkMask = Ipv4Mask("255.255.0.0");
    EXPECT_EQ(Hear(7, hello), "wrong-mask");
    hello = Hello();
    hello.helloInterval = 11;
    EXPECT_EQ(Hear(7, hello), "wrong-hello-interval");
    hello = Hello();
    hello.deadInterval = 41;
    EXPECT_EQ(Hear(7, hello), "wrong-dead-interval");
    hello = Hello();
    hello.options = 0;
    EXPECT_EQ(Hear(7, hello), "wrong-options");
    EXPECT_TRUE(m_interface->GetNeighbors().empty());
}

TEST_F(Ospf2328Interface, S10_5_MaskIsNotLookedAtOnPointToPoint)
{
    m_config.type = OspfNetworkType::POINT_TO_POINT;
    MakeUp();
    OspfHello hello = Hello();
    hello.networkMask = Ipv4Mask::GetZero();
    EXPECT_EQ(Hear(7, hello), "");
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 224.0.0.5"}));
}

TEST_F(Ospf2328Interface, S10_5_OneWayAgain)
{
    MakeUp();
    Hear(7, Hello());
    OspfNeighbor* neighbor = m_interface->FindNeighbor(Ip(7), Id(7));
    EXPECT_EQ(neighbor->GetState(), OspfNeighborState::TWO_WAY);
    OspfHello hello = Hello();
    hello.neighbors = {Id(1)};
    Hear(7, hello);
    EXPECT_EQ(neighbor->GetState(), OspfNeighborState::INIT);
}

TEST_F(Ospf2328Interface, S10_5_InactivityTimer)
{
    MakeUp();
    Hear(7, Hello());
    m_context.clock.Advance(Seconds(30));
    Hear(7, Hello());
    m_context.clock.Advance(Seconds(39));
    EXPECT_EQ(m_interface->GetNeighbors().size(), 1u);
    EXPECT_EQ(m_interface->GetDeadTime(*m_interface->FindNeighbor(Ip(7), Id(7))), Seconds(1));
    m_context.clock.Advance(Seconds(1));
    EXPECT_TRUE(m_interface->GetNeighbors().empty());
    EXPECT_EQ(m_context.neighborStates.back(), OspfNeighborState::DOWN);
    EXPECT_EQ(m_context.TakeRest().size(), 6u);
}

TEST_F(Ospf2328Interface, S10_5_AnotherRouterIdAtTheSameAddressIsANewNeighbor)
{
    MakeUp();
    Hear(7, Hello());
    EXPECT_STREQ(EnumName(m_interface->ReceiveHello(Ip(7), Id(99), Hello())), "");
    EXPECT_EQ(m_interface->GetNeighbors().size(), 1u);
    EXPECT_EQ(m_interface->FindNeighbor(Ip(7), Id(7)), nullptr);
    EXPECT_NE(m_interface->FindNeighbor(Ip(7), Id(99)), nullptr);
}

TEST_F(Ospf2328Interface, S10_5_PointToPointPeerReplacedByAnother)
{
    m_config.type = OspfNetworkType::POINT_TO_POINT;
    MakeUp();
    Hear(7, Hello());
    EXPECT_STREQ(EnumName(m_interface->ReceiveHello(Ip(7), Id(8), Hello())), "");
    EXPECT_EQ(m_interface->GetNeighbors().size(), 1u);
    EXPECT_STREQ(EnumName(m_interface->ReceiveHello(Ip(9), Id(8), Hello())), "");
    EXPECT_EQ(m_interface->GetNeighbors().size(), 1u);
    EXPECT_EQ(m_interface->FindNeighbor(Ip(9), Id(8))->GetAddress(), Ip(9));
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 224.0.0.5",
                                        "Database Description to 224.0.0.5",
                                        "Database Description to 224.0.0.5"}));
}

// RFC 5309 §4: a LAN that is taken for a link has one neighbour

TEST_F(Ospf2328Interface, Rfc5309_S4_ASecondNeighborIsRefusedWhileOneIsAdjacent)
{
    m_config.type = OspfNetworkType::POINT_TO_POINT;
    m_config.overLan = true;
    MakeUp();
    Hear(7, Hello());
    EXPECT_EQ(Hear(8, Hello()), "") << "no adjacency yet: the last one that speaks";
    Hear(7, Hello());
    OspfNeighbor* neighbor = m_interface->FindNeighbor(Ip(7), Id(7));
    neighbor->HandleEvent(OspfNeighborEvent::NEGOTIATION_DONE);
    neighbor->HandleEvent(OspfNeighborEvent::EXCHANGE_DONE);
    ASSERT_EQ(neighbor->GetState(), OspfNeighborState::FULL);
    EXPECT_EQ(Hear(8, Hello()), "second-neighbor");
    EXPECT_EQ(m_interface->FindNeighbor(Ip(7), Id(7)), neighbor);
    EXPECT_EQ(neighbor->GetState(), OspfNeighborState::FULL);
    m_context.clock.Advance(Seconds(41));
    EXPECT_EQ(m_interface->FindNeighbor(Ip(7), Id(7)), nullptr) << "it has gone";
    EXPECT_EQ(Hear(8, Hello()), "") << "and another takes its place";
    m_context.TakeRest();
}

// §13.5: acknowledgements that wait

TEST_F(Ospf2328Interface, S13_5_DelayedAcksShareAPacketAndGoWhereTheRoleSays)
{
    MakeUp();
    m_context.clock.Advance(Seconds(40));
    m_context.Forget();
    m_interface->AddDelayedAck(OspfFakeContext::RouterLsa("9.0.0.1"));
    m_context.clock.Advance(Seconds(0.5));
    m_interface->AddDelayedAck(OspfFakeContext::RouterLsa("9.0.0.2"));
    EXPECT_TRUE(m_context.Get<OspfLinkStateAck>().empty());
    m_context.clock.Advance(Seconds(0.5));
    const auto acks = m_context.Get<OspfLinkStateAck>();
    ASSERT_EQ(acks.size(), 1u);
    EXPECT_EQ(acks[0].headers.size(), 2u);
    EXPECT_EQ(m_interface->GetFloodDestination(), OspfAllSpfRouters()) << "as DR";
    Hear(8, Hello(Ip(8), Ip(7)));
    Hear(7, Hello(Ip(8), Ip(7)));
    ASSERT_EQ(GetState(), State::DR_OTHER);
    EXPECT_EQ(m_interface->GetFloodDestination(), OspfAllDRouters());
    EXPECT_EQ(m_context.TakeRest(),
              (std::vector<std::string>{"Database Description to 10.0.0.8",
                                        "Database Description to 10.0.0.7"}));
}

TEST_F(Ospf2328Interface, S13_5_ManyAcksAreSplitAtTheMtu)
{
    m_config.mtu = 100;
    MakeUp();
    m_context.Forget();
    for (int i = 0; i < 5; ++i)
    {
        m_interface->AddDelayedAck(OspfFakeContext::RouterLsa("9.0.0.1"));
    }
    m_context.clock.Advance(Seconds(1));
    const auto acks = m_context.Get<OspfLinkStateAck>();
    ASSERT_EQ(acks.size(), 3u);
    EXPECT_EQ(acks[0].headers.size(), 2u);
    EXPECT_EQ(acks[2].headers.size(), 1u);
}

TEST_F(Ospf2328Interface, S13_5_AFullPacketOfAcksDoesNotWait)
{
    m_config.mtu = 100;
    MakeUp();
    m_context.Forget();
    m_interface->AddDelayedAck(OspfFakeContext::RouterLsa("9.0.0.1"));
    EXPECT_TRUE(m_context.Get<OspfLinkStateAck>().empty());
    m_interface->AddDelayedAck(OspfFakeContext::RouterLsa("9.0.0.2"));
    ASSERT_EQ(m_context.Get<OspfLinkStateAck>().size(), 1u);
    m_interface->AddDelayedAck(OspfFakeContext::RouterLsa("9.0.0.3"));
    m_context.Forget();
    m_context.clock.Advance(Seconds(1));
    const auto acks = m_context.Get<OspfLinkStateAck>();
    ASSERT_EQ(acks.size(), 1u) << "once, and the timer is that of the third";
    EXPECT_EQ(acks[0].headers.size(), 1u);
}

TEST(OspfNames, StatesAndEvents)
{
    EXPECT_STREQ(EnumName(OspfInterfaceState::DR_OTHER), "DROther");
    EXPECT_STREQ(EnumName(OspfInterfaceEvent::BACKUP_SEEN), "BackupSeen");
    EXPECT_STREQ(EnumName(OspfNeighborState::TWO_WAY), "TwoWay");
    EXPECT_STREQ(EnumName(OspfNeighborEvent::LL_DOWN), "LLDown");
}

} // namespace ns3
