// SPDX-License-Identifier: GPL-2.0-only
// RFC 5880 §6 and RFC 5881: one system whose neighbour is played by the test, and two systems on a
// link.
#include "support/fake-bfd-link.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>

using namespace ns3;

namespace
{

using Strings = std::vector<std::string>;

/** The session of 10.0.1.1 with 10.0.1.2; what the neighbour says is told by the test. */
class Bfd5880 : public testing::Test
{
  protected:
    Bfd5880()
    {
        system.bfd.Add(key, {});
    }

    /** A packet of the neighbour, discriminator 77, 50 ms, multiplier 3. */
    BfdPacket Packet(BfdState state) const
    {
        BfdPacket packet;
        packet.state = state;
        packet.myDiscriminator = 77;
        packet.yourDiscriminator = Session().GetLocalDiscriminator();
        packet.desiredMinTx = 50000;
        packet.requiredMinRx = 50000;
        return packet;
    }

    void Receive(const BfdPacket& packet)
    {
        system.bfd.Receive(1, neighbor, 255, packet);
    }

    void Receive(BfdState state)
    {
        Receive(Packet(state));
    }

    const BfdSession& Session() const
    {
        return *system.bfd.Find(key);
    }

    BfdState State() const
    {
        return Session().GetState();
    }

    /** To Up, by Init, and the Poll answered. */
    void BringUp()
    {
        Receive(BfdState::DOWN);
        Receive(BfdState::INIT);
        BfdPacket final = Packet(BfdState::UP);
        final.final = true;
        Receive(final);
        system.sent.clear();
        system.steps.clear();
        system.events.clear();
    }

    const BfdPacket& Last() const
    {
        return system.sent.back().packet;
    }

    FakeClock clock;
    FakeBfdSystem system{clock, Ipv4Address("10.0.1.1")};
    const Ipv4Address neighbor{"10.0.1.2"};
    const BfdSessionKey key{1, neighbor};
};

// ---- §6.8.1, §6.2, §6.8.6: the state machine ----

TEST_F(Bfd5880, S6_8_1_InitialValues)
{
    EXPECT_EQ(State(), BfdState::DOWN);
    EXPECT_EQ(Session().GetRemoteState(), BfdState::DOWN);
    EXPECT_NE(Session().GetLocalDiscriminator(), 0u);
    EXPECT_EQ(Session().GetRemoteDiscriminator(), 0u);
    EXPECT_EQ(Session().GetDiagnostic(), BfdDiagnostic::NONE);
    EXPECT_EQ(Session().GetTransmitInterval(), Seconds(1)) << "not less than a second";
    EXPECT_EQ(Session().GetDetectionTime(), Seconds(0));
}

TEST_F(Bfd5880, S6_8_1_DiscriminatorsAreUnique)
{
    system.random.rest = 0.25; // the same number again and again
    system.bfd.Add({2, neighbor}, {});
    system.bfd.Add({3, neighbor}, {});
    EXPECT_NE(system.bfd.Find({2, neighbor})->GetLocalDiscriminator(),
              system.bfd.Find({3, neighbor})->GetLocalDiscriminator());
}

/** What a state makes of each received state: Down, Init, Up, AdminDown. */
struct Row
{
    BfdState from;
    BfdState received;
    BfdState to;
    BfdDiagnostic diagnostic;
};

class Bfd5880Machine : public Bfd5880, public testing::WithParamInterface<Row>
{
};

TEST_P(Bfd5880Machine, S6_8_6_ReceivedState)
{
    const Row& row = GetParam();
    if (row.from == BfdState::INIT)
    {
        Receive(BfdState::DOWN);
    }
    else if (row.from == BfdState::UP)
    {
        BringUp();
    }
    else if (row.from == BfdState::ADMIN_DOWN)
    {
        system.bfd.Remove(key);
    }
    ASSERT_EQ(State(), row.from);
    Receive(row.received);
    EXPECT_EQ(State(), row.to);
    EXPECT_EQ(Session().GetDiagnostic(), row.diagnostic);
}

const Row FIGURE[] = {
    Row{BfdState::DOWN, BfdState::DOWN, BfdState::INIT, BfdDiagnostic::NONE},
    Row{BfdState::DOWN, BfdState::INIT, BfdState::UP, BfdDiagnostic::NONE},
    Row{BfdState::DOWN, BfdState::UP, BfdState::DOWN, BfdDiagnostic::NONE},
    Row{BfdState::DOWN, BfdState::ADMIN_DOWN, BfdState::DOWN, BfdDiagnostic::NONE},
    Row{BfdState::INIT, BfdState::DOWN, BfdState::INIT, BfdDiagnostic::NONE},
    Row{BfdState::INIT, BfdState::INIT, BfdState::UP, BfdDiagnostic::NONE},
    Row{BfdState::INIT, BfdState::UP, BfdState::UP, BfdDiagnostic::NONE},
    Row{BfdState::INIT,
        BfdState::ADMIN_DOWN,
        BfdState::DOWN,
        BfdDiagnostic::NEIGHBOR_SIGNALED_DOWN},
    Row{BfdState::UP, BfdState::DOWN, BfdState::DOWN, BfdDiagnostic::NEIGHBOR_SIGNALED_DOWN},
    Row{BfdState::UP, BfdState::INIT, BfdState::UP, BfdDiagnostic::NONE},
    Row{BfdState::UP, BfdState::UP, BfdState::UP, BfdDiagnostic::NONE},
    Row{BfdState::UP, BfdState::ADMIN_DOWN, BfdState::DOWN, BfdDiagnostic::NEIGHBOR_SIGNALED_DOWN},
    Row{BfdState::ADMIN_DOWN,
        BfdState::DOWN,
        BfdState::ADMIN_DOWN,
        BfdDiagnostic::ADMINISTRATIVELY_DOWN},
    Row{BfdState::ADMIN_DOWN,
        BfdState::UP,
        BfdState::ADMIN_DOWN,
        BfdDiagnostic::ADMINISTRATIVELY_DOWN}};

INSTANTIATE_TEST_SUITE_P(Figure, Bfd5880Machine, testing::ValuesIn(FIGURE));

TEST_F(Bfd5880, S6_2_StepsAreTracedAndReported)
{
    Receive(BfdState::DOWN);
    Receive(BfdState::INIT);
    EXPECT_EQ(system.steps, (Strings{"Down, received Down: Init", "Init, received Init: Up"}));
    EXPECT_EQ(system.events, Strings{"session-up 10.0.1.2 eth1"});
    Receive(BfdState::DOWN);
    EXPECT_EQ(system.events.back(), "session-down 10.0.1.2 eth1 neighbor-signaled-down");
    EXPECT_EQ(system.lost.size(), 1u);
}

TEST_F(Bfd5880, S6_3_ByDiscriminatorElseByInterfaceAndAddress)
{
    BfdPacket packet = Packet(BfdState::DOWN);
    packet.yourDiscriminator = 0;
    Receive(packet);
    EXPECT_EQ(State(), BfdState::INIT);
    packet.yourDiscriminator = Session().GetLocalDiscriminator() + 1;
    Receive(packet);
    system.bfd.Receive(2, neighbor, 255, Packet(BfdState::UP));
    packet.yourDiscriminator = 0;
    system.bfd.Receive(1, Ipv4Address("10.0.1.3"), 255, packet);
    EXPECT_EQ(system.drops, (Strings{"no-session", "interface", "no-session"}));
    EXPECT_EQ(State(), BfdState::INIT);
    Receive(BfdState::UP);
    EXPECT_EQ(State(), BfdState::UP);
}

TEST_F(Bfd5880, S6_8_6_APollIsAnsweredAtOnceByAFinal)
{
    BringUp();
    BfdPacket poll = Packet(BfdState::UP);
    poll.poll = true;
    Receive(poll);
    ASSERT_EQ(system.sent.size(), 1u);
    EXPECT_TRUE(Last().final);
    EXPECT_FALSE(Last().poll);
}

TEST_F(Bfd5880, S6_8_6_NothingIsAnsweredInAdminDown)
{
    system.bfd.Remove(key);
    system.sent.clear();
    BfdPacket poll = Packet(BfdState::UP);
    poll.poll = true;
    Receive(poll);
    EXPECT_TRUE(system.sent.empty());
}

// ---- §6.8.4: detection ----

TEST_F(Bfd5880, S6_8_4_TheDetectionTimeIsTheNeighborsMultiplierTimesTheSlowerInterval)
{
    BringUp();
    EXPECT_EQ(Session().GetDetectionTime(), MilliSeconds(150));
    BfdPacket packet = Packet(BfdState::UP);
    packet.desiredMinTx = 200000;
    packet.detectMult = 5;
    Receive(packet);
    EXPECT_EQ(Session().GetDetectionTime(), Seconds(1)) << "5 x 200 ms";
    packet.desiredMinTx = 1000;
    Receive(packet);
    EXPECT_EQ(Session().GetDetectionTime(), MilliSeconds(250)) << "5 x 50 ms, this end's";
}

TEST_F(Bfd5880, S6_8_4_SilenceTakesTheSessionDown)
{
    BringUp();
    clock.Advance(MilliSeconds(149));
    EXPECT_EQ(State(), BfdState::UP);
    Receive(BfdState::UP);
    clock.Advance(MilliSeconds(149));
    EXPECT_EQ(State(), BfdState::UP);
    clock.Advance(MilliSeconds(2));
    EXPECT_EQ(State(), BfdState::DOWN);
    EXPECT_EQ(Session().GetDiagnostic(), BfdDiagnostic::DETECTION_TIME_EXPIRED);
    EXPECT_EQ(Session().GetRemoteDiscriminator(), 0u) << "§6.8.1";
    EXPECT_EQ(system.events, Strings{"session-down 10.0.1.2 eth1 detection-time-expired"});
    ASSERT_EQ(system.lost.size(), 1u);
    EXPECT_EQ(system.lost[0].second, MilliSeconds(299));
    EXPECT_EQ(Last().state, BfdState::DOWN) << "the neighbour hears of it at once";
    EXPECT_EQ(Last().diagnostic, 1);
    EXPECT_EQ(system.sent.back().time, MilliSeconds(299));
}

TEST_F(Bfd5880, S6_8_4_SilenceInInitToo)
{
    Receive(BfdState::DOWN);
    clock.Advance(MilliSeconds(151));
    EXPECT_EQ(State(), BfdState::DOWN);
    EXPECT_TRUE(system.lost.empty()) << "it has never been Up";
}

// ---- §6.8.2, §6.8.3, §6.5: intervals and Polls ----

TEST_F(Bfd5880, S6_8_3_SlowUntilUp)
{
    clock.Advance(Seconds(10));
    EXPECT_GE(system.sent.size(), 10u);
    EXPECT_LE(system.sent.size(), 14u);
    EXPECT_EQ(Last().desiredMinTx, 1000000u);
    EXPECT_EQ(Last().requiredMinRx, 50000u);
}

TEST_F(Bfd5880, S6_8_3_UpMeansFasterByAPoll)
{
    Receive(BfdState::DOWN);
    Receive(BfdState::INIT);
    EXPECT_TRUE(Session().IsPolling());
    EXPECT_TRUE(Last().poll);
    EXPECT_EQ(Last().desiredMinTx, 50000u);
    EXPECT_EQ(Session().GetTransmitInterval(), MilliSeconds(50)) << "a decrease counts at once";
    BfdPacket final = Packet(BfdState::UP);
    final.final = true;
    Receive(final);
    EXPECT_FALSE(Session().IsPolling());
    clock.Advance(MilliSeconds(60));
    EXPECT_FALSE(Last().poll);
}

TEST_F(Bfd5880, S6_8_3_AnIncreaseWaitsForTheEndOfThePoll)
{
    BringUp();
    BfdSessionConfig slower;
    slower.desiredMinTx = MilliSeconds(400);
    slower.requiredMinRx = MilliSeconds(10);
    system.bfd.SetConfig(1, slower);
    EXPECT_TRUE(Session().IsPolling());
    EXPECT_EQ(Session().GetTransmitInterval(), MilliSeconds(50));
    EXPECT_EQ(Session().GetDetectionTime(), MilliSeconds(150)) << "a reduced RequiredMinRx neither";
    clock.Advance(MilliSeconds(60));
    EXPECT_TRUE(Last().poll);
    EXPECT_EQ(Last().desiredMinTx, 400000u);
    EXPECT_EQ(Last().requiredMinRx, 10000u);
    BfdPacket final = Packet(BfdState::UP);
    final.final = true;
    final.desiredMinTx = 20000;
    Receive(final);
    EXPECT_EQ(Session().GetTransmitInterval(), MilliSeconds(400));
    EXPECT_EQ(Session().GetDetectionTime(), MilliSeconds(60));
}

TEST_F(Bfd5880, S6_8_3_AFasterNeighborIsHonoredAtOnce)
{
    BringUp();
    BfdPacket slow = Packet(BfdState::UP);
    slow.requiredMinRx = 2000000;
    slow.desiredMinTx = 2000000;
    Receive(slow);
    clock.Advance(MilliSeconds(60));
    system.sent.clear();
    clock.Advance(MilliSeconds(500));
    EXPECT_TRUE(system.sent.empty());
    Receive(BfdState::UP);
    clock.Advance(MilliSeconds(1));
    EXPECT_EQ(system.sent.size(), 1u) << "no longer than the new interval since the last packet";
}

TEST_F(Bfd5880, S6_8_7_JitterIsUpToAQuarter)
{
    BringUp();
    for (double fraction : {0.0, 1.0})
    {
        clock.Advance(MilliSeconds(100));
        Receive(BfdState::UP);
        system.random.rest = fraction;
        clock.Advance(MilliSeconds(60));
        Receive(BfdState::UP);
        system.sent.clear();
        clock.Advance(MilliSeconds(120));
        ASSERT_GE(system.sent.size(), 2u);
        const Time between = system.sent[1].time - system.sent[0].time;
        EXPECT_EQ(between, fraction == 0 ? MicroSeconds(37500) : MilliSeconds(50));
        Receive(BfdState::UP);
    }
}

TEST_F(Bfd5880, S6_8_7_WithAMultiplierOfOneByATenthAtLeast)
{
    BringUp();
    BfdSessionConfig one;
    one.detectMult = 1;
    system.bfd.SetConfig(1, one);
    system.random.rest = 1.0;
    clock.Advance(MilliSeconds(60));
    Receive(BfdState::UP);
    system.sent.clear();
    clock.Advance(MilliSeconds(100));
    ASSERT_GE(system.sent.size(), 2u);
    EXPECT_EQ(system.sent[1].time - system.sent[0].time, MilliSeconds(45));
    EXPECT_EQ(Last().detectMult, 1);
}

TEST_F(Bfd5880, S6_8_7_ANeighborThatAsksForNothingGetsNothing)
{
    BringUp();
    BfdPacket packet = Packet(BfdState::UP);
    packet.requiredMinRx = 0;
    packet.desiredMinTx = 5000000;
    Receive(packet);
    system.sent.clear();
    clock.Advance(Seconds(2));
    EXPECT_TRUE(system.sent.empty());
    packet.poll = true;
    Receive(packet);
    EXPECT_EQ(system.sent.size(), 1u) << "but for the Final";
}

TEST_F(Bfd5880, S6_6_DemandIsHonoredButNotAskedFor)
{
    BringUp();
    BfdPacket packet = Packet(BfdState::UP);
    packet.demand = true;
    packet.desiredMinTx = 5000000;
    Receive(packet);
    system.sent.clear();
    clock.Advance(Seconds(2));
    EXPECT_TRUE(system.sent.empty());
    packet.demand = false;
    Receive(packet);
    clock.Advance(MilliSeconds(60));
    ASSERT_FALSE(system.sent.empty());
    EXPECT_FALSE(Last().demand);
    EXPECT_EQ(Last().requiredMinEchoRx, 0u) << "no Echo packets";
}

// ---- §6.8.16 ----

TEST_F(Bfd5880, S6_8_16_ADisabledSessionSaysSoForADetectionTime)
{
    BringUp();
    system.bfd.Remove(key);
    EXPECT_EQ(State(), BfdState::ADMIN_DOWN);
    EXPECT_EQ(Last().state, BfdState::ADMIN_DOWN);
    EXPECT_EQ(Last().diagnostic, 7);
    EXPECT_TRUE(system.lost.empty()) << "nobody has failed";
    clock.Advance(Seconds(4));
    EXPECT_EQ(system.bfd.Find(key), nullptr);
    system.sent.clear();
    clock.Advance(Seconds(10));
    EXPECT_TRUE(system.sent.empty());
}

TEST_F(Bfd5880, S6_8_16_EnabledAgain)
{
    BringUp();
    const uint32_t discriminator = Session().GetLocalDiscriminator();
    system.bfd.Remove(key);
    system.bfd.Add(key, {});
    EXPECT_EQ(State(), BfdState::DOWN);
    EXPECT_EQ(Session().GetDiagnostic(), BfdDiagnostic::NONE);
    EXPECT_EQ(Session().GetLocalDiscriminator(), discriminator);
    clock.Advance(Seconds(10));
    EXPECT_NE(system.bfd.Find(key), nullptr);
}

TEST_F(Bfd5880, S6_8_16_ANeighborThatIsSwitchedOffIsNotDead)
{
    BringUp();
    Receive(BfdState::ADMIN_DOWN);
    EXPECT_EQ(State(), BfdState::DOWN);
    EXPECT_TRUE(system.lost.empty()) << "RFC 5882 §3.2";
}

TEST_F(Bfd5880, S6_8_16_ASessionMayEndWhileItFails)
{
    BringUp();
    system.onLost = [this](const BfdSessionKey& session) { system.bfd.Remove(session); };
    clock.Advance(MilliSeconds(151));
    EXPECT_EQ(State(), BfdState::ADMIN_DOWN);
    clock.Advance(Seconds(10));
    EXPECT_EQ(system.bfd.Find(key), nullptr);
}

TEST_F(Bfd5880, S6_8_1_WrongValuesAreRefused)
{
    BfdSessionConfig config;
    EXPECT_NO_THROW(config.Check());
    config.detectMult = 0;
    EXPECT_THROW(config.Check(), std::invalid_argument);
    config = {};
    config.desiredMinTx = Seconds(0);
    EXPECT_THROW(config.Check(), std::invalid_argument);
    config = {};
    config.requiredMinRx = Seconds(5000);
    EXPECT_THROW(config.Check(), std::invalid_argument);
    config = {};
    config.slowMinTx = MilliSeconds(999);
    EXPECT_THROW(config.Check(), std::invalid_argument);
}

// ---- Two systems ----

TEST(Bfd5881, S3_TwoSystemsComeUp)
{
    FakeBfdLink link;
    link.Start();
    link.Advance(Seconds(3));
    EXPECT_EQ(link.StateOfA(), BfdState::UP);
    EXPECT_EQ(link.StateOfB(), BfdState::UP);
    EXPECT_FALSE(link.a.bfd.Find(link.keyAtA)->IsPolling());
    EXPECT_EQ(link.a.bfd.Find(link.keyAtA)->GetDetectionTime(), MilliSeconds(150));
    link.a.sent.clear();
    link.Advance(Seconds(1));
    EXPECT_GE(link.a.sent.size(), 20u);
    EXPECT_LE(link.a.sent.size(), 27u);
    EXPECT_TRUE(link.a.drops.empty());
}

TEST(Bfd5881, S4_SourcePortsAreOfTheDynamicRangeOneForEachSession)
{
    FakeBfdLink link;
    link.Start();
    link.a.bfd.Add({2, Ipv4Address("10.0.2.2")}, {});
    link.Advance(Seconds(2));
    std::set<uint16_t> ports;
    for (const auto& one : link.a.sent)
    {
        EXPECT_GE(one.port, 49152);
        ports.insert(one.port);
    }
    EXPECT_EQ(ports.size(), 2u);
}

TEST(Bfd5881, S5_OnlyTtl255)
{
    FakeBfdLink link;
    link.ttl = 254;
    link.Start();
    link.Advance(Seconds(3));
    EXPECT_EQ(link.StateOfA(), BfdState::DOWN);
    ASSERT_FALSE(link.a.drops.empty());
    EXPECT_TRUE(std::all_of(link.a.drops.begin(), link.a.drops.end(), [](const std::string& one) {
        return one == "ttl";
    }));
}

TEST(Bfd5881, S3_ACutLinkIsFoundByBothWithinTheDetectionTime)
{
    FakeBfdLink link;
    link.Start();
    link.Advance(Seconds(3));
    link.aToB = link.bToA = false;
    const Time cut = link.clock.Now();
    link.Advance(MilliSeconds(151));
    ASSERT_EQ(link.a.lost.size(), 1u);
    ASSERT_EQ(link.b.lost.size(), 1u);
    for (const auto* system : {&link.a, &link.b})
    {
        EXPECT_GE(system->lost[0].second - cut, MilliSeconds(100));
        EXPECT_LE(system->lost[0].second - cut, MilliSeconds(150));
    }
}

TEST(Bfd5881, S3_LossInOneDirectionIsFoundByBoth)
{
    FakeBfdLink link;
    link.Start();
    link.Advance(Seconds(3));
    link.aToB = false;
    link.Advance(MilliSeconds(151));
    EXPECT_EQ(link.b.lost.size(), 1u) << "it hears nothing";
    EXPECT_EQ(link.a.lost.size(), 1u) << "it is told so";
    EXPECT_EQ(link.a.bfd.Find(link.keyAtA)->GetDiagnostic(), BfdDiagnostic::NEIGHBOR_SIGNALED_DOWN);
    link.Advance(Seconds(10));
    EXPECT_NE(link.StateOfA(), BfdState::UP);
    link.aToB = true;
    link.Advance(Seconds(3));
    EXPECT_EQ(link.StateOfA(), BfdState::UP);
    EXPECT_EQ(link.StateOfB(), BfdState::UP);
}

TEST(Bfd5881, S3_ARestartedNeighborIsFound)
{
    FakeBfdLink link;
    link.Start();
    link.Advance(Seconds(3));
    link.b.bfd.InterfaceDown(1);
    link.b.bfd.Add(link.keyAtB, {});
    link.Advance(Seconds(5));
    EXPECT_EQ(link.a.lost.size(), 1u);
    EXPECT_EQ(link.StateOfA(), BfdState::UP);
    EXPECT_EQ(link.StateOfB(), BfdState::UP);
}

TEST(Bfd5881, S3_AnInterfaceThatGoesDownTakesItsSessionsAlong)
{
    FakeBfdLink link;
    link.Start();
    link.a.bfd.Add({2, Ipv4Address("10.0.2.2")}, {});
    link.Advance(Seconds(3));
    link.a.bfd.InterfaceDown(1);
    EXPECT_EQ(link.a.bfd.Find(link.keyAtA), nullptr);
    EXPECT_EQ(link.a.bfd.GetSessions().size(), 1u);
    EXPECT_TRUE(link.a.lost.empty()) << "its clients have seen the interface themselves";
}

} // namespace
