// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.3: Hellos, DR election, LAN Prune Delay, secondary addresses; each rule of each
// section. This router is 10.0.1.5 on interface 1. Random delays are half of their range.
#include "support/fake-pim-environment.h"

#include "ns3/pim-hello.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const Ipv4Address A("10.0.1.2");
const Ipv4Address B("10.0.1.9");

PimHello
MakeHello(uint32_t priority = 1, uint32_t generationId = 77)
{
    PimHello hello;
    hello.holdtime = 105;
    hello.drPriority = priority;
    hello.generationId = generationId;
    hello.lanPruneDelay = PimLanPruneDelay{};
    return hello;
}

class Pim7761Hello : public testing::Test
{
  protected:
    void TearDown() override
    {
        environment.ExpectNothingElse([](const FakePimEnvironment::Sent&) { return false; });
    }

    Pim7761Hello()
    {
        environment.AddInterface(1, "10.0.1.5");
        hellos.neighborUp = [this](uint32_t, const PimNeighbor& n) { Tell("up", n.address); };
        hellos.neighborDown = [this](uint32_t, const PimNeighbor& n) { Tell("down", n.address); };
        hellos.generationIdChanged = [this](uint32_t, const PimNeighbor& n) {
            Tell("restarted", n.address);
        };
        hellos.drChanged = [this](uint32_t i) { Tell("dr", table.GetDr(i)); };
        hellos.lanDelayChanged = [this](uint32_t) { told.push_back("delay"); };
        hellos.InterfaceChanged(1);
        told.clear();
    }

    void Tell(const char* what, Ipv4Address who)
    {
        std::ostringstream text;
        text << what << " " << who;
        told.push_back(text.str());
    }

    void Advance(double seconds)
    {
        environment.clock.Advance(Seconds(seconds));
    }

    /** \returns when Hellos were sent, in seconds. */
    std::vector<double> HelloTimes() const
    {
        std::vector<double> times;
        for (const FakePimEnvironment::Sent& one : environment.sent)
        {
            if (one.message.As<PimHello>())
            {
                times.push_back(one.time.GetSeconds());
                one.isExpected = true;
            }
        }
        return times;
    }

    PimHello LastHello() const
    {
        return environment.Of<PimHello>(1).back();
    }

    FakePimEnvironment environment;
    PimHelloConfig config;
    PimHelloMachine hellos{environment, config};
    const PimNeighborTable& table{hellos.GetTable()};
    std::vector<std::string> told;
};

using Times = std::vector<double>;
using Told = std::vector<std::string>;

TEST_F(Pim7761Hello, S4_3_1_FirstHelloWithinTriggeredHelloDelayThenEveryPeriod)
{
    Advance(100);
    EXPECT_EQ(HelloTimes(), (Times{2.5, 32.5, 62.5, 92.5}));
    EXPECT_EQ(environment.sent[0].destination, PimAllRouters());
    EXPECT_EQ(environment.sent[0].source, Ipv4Address("10.0.1.5"));
}

TEST_F(Pim7761Hello, S4_3_1_FirstHelloIsRandom)
{
    for (double fraction : {0.0, 0.25, 0.999})
    {
        environment.interfaces[1].up = false;
        hellos.InterfaceChanged(1);
        environment.Forget();
        environment.random.tape = {0.1, fraction}; // Generation ID, delay
        environment.interfaces[1].up = true;
        hellos.InterfaceChanged(1);
        const double now = environment.clock.Now().GetSeconds();
        Advance(5);
        ASSERT_EQ(HelloTimes().size(), 1u);
        EXPECT_NEAR(HelloTimes()[0] - now, 5 * fraction, 1e-6);
    }
}

TEST_F(Pim7761Hello, S4_3_1_HelloCarriesAllOptions)
{
    config.trackingSupport = true;
    config.propagationDelay = MilliSeconds(300);
    config.overrideInterval = MilliSeconds(1500);
    config.bidirectionalCapable = true;
    environment.interfaces[1].drPriority = 9;
    environment.interfaces[1].secondary = {Ipv4Address("10.0.1.105")};
    hellos.InterfaceChanged(1);
    const PimHello hello = LastHello();
    EXPECT_EQ(hello.holdtime, 105);
    ASSERT_TRUE(hello.lanPruneDelay);
    EXPECT_TRUE(hello.lanPruneDelay->trackingSupport);
    EXPECT_EQ(hello.lanPruneDelay->propagationDelay, 300);
    EXPECT_EQ(hello.lanPruneDelay->overrideInterval, 1500);
    EXPECT_EQ(hello.drPriority, 9u);
    EXPECT_EQ(hello.generationId, table.GetGenerationId(1));
    EXPECT_EQ(hello.secondaryAddresses, std::vector<Ipv4Address>{Ipv4Address("10.0.1.105")});
    EXPECT_TRUE(hello.bidirectionalCapable);
}

TEST_F(Pim7761Hello, S4_3_1_OptionsMayBeLeftOut)
{
    config.sendLanPruneDelay = false;
    config.sendDrPriority = false;
    config.sendGenerationId = false;
    Advance(5);
    EXPECT_FALSE(LastHello().lanPruneDelay);
    EXPECT_FALSE(LastHello().drPriority);
    EXPECT_FALSE(LastHello().generationId);
    EXPECT_TRUE(LastHello().holdtime);
}

TEST_F(Pim7761Hello, S4_3_1_NewNeighborTriggersAHelloBesideThePeriodicOnes)
{
    hellos.ReceiveHello(MakeHello(), 1, A);
    Advance(10);
    environment.Forget();
    told.clear();
    hellos.ReceiveHello(MakeHello(), 1, B);
    Advance(55);
    EXPECT_EQ(HelloTimes(), (Times{12.5, 32.5, 62.5}));
    EXPECT_EQ(told, (Told{"up 10.0.1.9", "dr 10.0.1.9"}));
}

TEST_F(Pim7761Hello, S4_3_1_APeriodicHelloThatComesSoonerServesTheNewcomer)
{
    hellos.ReceiveHello(MakeHello(), 1, A);
    Advance(31);
    environment.Forget();
    hellos.ReceiveHello(MakeHello(), 1, B);
    Advance(20);
    EXPECT_EQ(HelloTimes(), (Times{32.5}));
}

TEST_F(Pim7761Hello, S4_3_1_KnownNeighborTriggersNothing)
{
    hellos.ReceiveHello(MakeHello(), 1, A);
    Advance(10);
    environment.Forget();
    told.clear();
    hellos.ReceiveHello(MakeHello(), 1, A);
    Advance(10);
    EXPECT_TRUE(HelloTimes().empty());
    EXPECT_TRUE(told.empty());
}

TEST_F(Pim7761Hello, S4_3_1_ChangedGenerationIdTriggersAHello)
{
    hellos.ReceiveHello(MakeHello(), 1, A);
    hellos.ReceiveHello(MakeHello(), 1, B);
    Advance(10);
    environment.Forget();
    told.clear();
    hellos.ReceiveHello(MakeHello(1, 78), 1, B);
    EXPECT_EQ(told, (Told{"restarted 10.0.1.9"}));
    Advance(5);
    EXPECT_EQ(HelloTimes(), (Times{12.5}));
    EXPECT_EQ(table.Find(1, B)->generationId, 78u);
}

TEST_F(Pim7761Hello, S4_3_1_AHelloGoesBeforeAnythingElseToANewcomer)
{
    hellos.ReceiveHello(MakeHello(), 1, A);
    Advance(10);
    hellos.ReceiveHello(MakeHello(), 1, B);
    environment.Forget();
    hellos.EnsureHelloSent(1);
    EXPECT_EQ(HelloTimes(), (Times{10}));
    hellos.EnsureHelloSent(1);
    Advance(10);
    EXPECT_EQ(HelloTimes(), (Times{10})) << "the triggered Hello has been sent by that";
}

TEST_F(Pim7761Hello, S4_3_1_TheDrAnswersANewcomerAtOnce)
{
    hellos.ReceiveHello(MakeHello(), 1, A);
    hellos.ReceiveHello(MakeHello(), 1, Ipv4Address("10.0.1.3"));
    Advance(10);
    environment.Forget();
    hellos.ReceiveHello(MakeHello(1, 78), 1, A);
    EXPECT_EQ(HelloTimes(), (Times{10})) << "a restarted neighbor";
    hellos.ReceiveHello(MakeHello(), 1, Ipv4Address("10.0.1.4"));
    EXPECT_EQ(HelloTimes(), (Times{10, 10})) << "a new one";
    Advance(10);
    EXPECT_EQ(HelloTimes(), (Times{10, 10})) << "and no other for their sake";
}

TEST_F(Pim7761Hello, S4_3_1_TheOnlyOtherRouterAnswersANewcomerAtOnce)
{
    Advance(10);
    environment.Forget();
    hellos.ReceiveHello(MakeHello(), 1, B);
    EXPECT_FALSE(table.IAmDr(1));
    Advance(10);
    EXPECT_EQ(HelloTimes(), (Times{10}));
}

TEST_F(Pim7761Hello, S4_3_1_ARouterThatHasNotSaidHelloWaitsForItsFirst)
{
    hellos.ReceiveHello(MakeHello(), 1, A);
    EXPECT_TRUE(HelloTimes().empty());
    Advance(10);
    EXPECT_EQ(HelloTimes(), (Times{2.5}));
}

TEST_F(Pim7761Hello, S4_3_1_AHelloGoesBeforeAnythingElseAtTheStart)
{
    hellos.EnsureHelloSent(1);
    EXPECT_EQ(HelloTimes(), (Times{0}));
    Advance(40);
    EXPECT_EQ(HelloTimes(), (Times{0, 2.5, 32.5}));
}

TEST_F(Pim7761Hello, S4_3_1_GoodbyeWhenPimLeavesTheInterface)
{
    Advance(5);
    hellos.ReceiveHello(MakeHello(), 1, A);
    environment.Forget();
    told.clear();
    environment.interfaces[1].enabled = false;
    hellos.InterfaceChanged(1);
    ASSERT_EQ(environment.Of<PimHello>(1).size(), 1u);
    EXPECT_EQ(LastHello().holdtime, 0);
    EXPECT_EQ(told, (Told{"down 10.0.1.2", "dr 0.0.0.0"}));
    EXPECT_EQ(table.GetSize(1), 0u);
    Advance(100);
    EXPECT_EQ(environment.Of<PimHello>(1).size(), 1u);
}

TEST_F(Pim7761Hello, S4_3_1_NoGoodbyeFromARouterThatHasNotSaidHello)
{
    hellos.SendGoodbye(1);
    EXPECT_TRUE(HelloTimes().empty());
}

TEST_F(Pim7761Hello, S4_3_1_NoGoodbyeOnAnInterfaceThatIsDown)
{
    Advance(5);
    environment.Forget();
    environment.interfaces[1].up = false;
    hellos.InterfaceChanged(1);
    EXPECT_TRUE(HelloTimes().empty());
}

TEST_F(Pim7761Hello, S4_3_1_NewPrimaryAddressSaysGoodbyeFromTheOldOne)
{
    Advance(5);
    environment.Forget();
    environment.interfaces[1].address = Ipv4Address("10.0.1.6");
    hellos.InterfaceChanged(1);
    ASSERT_EQ(HelloTimes(), (Times{5, 5}));
    EXPECT_EQ(environment.sent[0].source, Ipv4Address("10.0.1.5"));
    EXPECT_EQ(environment.sent[0].message.As<PimHello>()->holdtime, 0);
    EXPECT_EQ(environment.sent[1].source, Ipv4Address("10.0.1.6"));
    EXPECT_EQ(environment.sent[1].message.As<PimHello>()->holdtime, 105);
    EXPECT_EQ(table.GetDr(1), Ipv4Address("10.0.1.6"));
}

TEST_F(Pim7761Hello, S4_3_1_NewSecondaryAddressIsToldAtOnce)
{
    Advance(5);
    environment.Forget();
    environment.interfaces[1].secondary = {Ipv4Address("10.0.1.105")};
    hellos.InterfaceChanged(1);
    ASSERT_EQ(environment.sent.size(), 1u);
    EXPECT_EQ(LastHello().holdtime, 105);
    EXPECT_EQ(LastHello().secondaryAddresses.size(), 1u);
}

TEST_F(Pim7761Hello, S4_3_1_AnInterfaceThatComesBackHasAnotherGenerationId)
{
    const uint32_t before = table.GetGenerationId(1);
    environment.interfaces[1].up = false;
    hellos.InterfaceChanged(1);
    environment.random.tape = {0.9};
    environment.interfaces[1].up = true;
    hellos.InterfaceChanged(1);
    EXPECT_NE(table.GetGenerationId(1), before);
}

TEST_F(Pim7761Hello, S4_3_1_HoldtimeZeroRemovesTheNeighborAtOnce)
{
    hellos.ReceiveHello(MakeHello(9), 1, A);
    told.clear();
    PimHello goodbye;
    goodbye.holdtime = 0;
    hellos.ReceiveHello(goodbye, 1, A);
    EXPECT_EQ(told, (Told{"down 10.0.1.2", "dr 10.0.1.5"}));
    EXPECT_EQ(table.Find(1, A), nullptr);
    told.clear();
    hellos.ReceiveHello(goodbye, 1, B);
    EXPECT_TRUE(told.empty()) << "a goodbye makes no neighbour";
}

TEST_F(Pim7761Hello, S4_3_1_NeighborExpiresAfterItsHoldtime)
{
    PimHello hello = MakeHello();
    hello.holdtime = 20;
    hellos.ReceiveHello(hello, 1, A);
    Advance(19);
    EXPECT_EQ(hellos.GetRemaining(1, A), Seconds(1));
    hellos.ReceiveHello(hello, 1, A);
    Advance(19.9);
    EXPECT_NE(table.Find(1, A), nullptr) << "each Hello restarts the Neighbor Liveness Timer";
    told.clear();
    Advance(0.2);
    EXPECT_EQ(table.Find(1, A), nullptr);
    EXPECT_EQ(told, (Told{"down 10.0.1.2"}));
    EXPECT_EQ(environment.events.back(), "neighbor-down 10.0.1.2 eth1");
    EXPECT_EQ(HelloTimes(), (Times{2.5, 32.5})) << "of this router, and no goodbye";
}

TEST_F(Pim7761Hello, S4_3_1_HoldtimeOfAllOnesNeverExpires)
{
    PimHello hello = MakeHello();
    hello.holdtime = PimHello::HOLDTIME_FOREVER;
    hellos.ReceiveHello(hello, 1, A);
    Advance(1e6);
    EXPECT_NE(table.Find(1, A), nullptr);
    hello.holdtime = 10;
    hellos.ReceiveHello(hello, 1, A);
    Advance(11);
    EXPECT_EQ(table.Find(1, A), nullptr) << "a later Hello may set an end";
    EXPECT_EQ(HelloTimes().size(), 33334u) << "one each 30 s";
}

TEST_F(Pim7761Hello, S4_3_1_HoldtimeLeftOutIsTheDefault)
{
    hellos.ReceiveHello(PimHello{}, 1, A);
    EXPECT_EQ(hellos.GetRemaining(1, A), Seconds(105));
}

TEST_F(Pim7761Hello, S4_3_1_HellosOfOneselfOrWithoutPimAreRefused)
{
    hellos.ReceiveHello(MakeHello(), 1, Ipv4Address("10.0.1.5"));
    hellos.ReceiveHello(MakeHello(), 2, A);
    EXPECT_EQ(environment.drops, (std::vector<std::string>{"own-address", "pim-disabled"}));
    EXPECT_EQ(table.GetSize(1), 0u);
}

TEST_F(Pim7761Hello, S4_3_2_AloneIAmDr)
{
    EXPECT_TRUE(table.IAmDr(1));
    EXPECT_EQ(table.GetDr(1), Ipv4Address("10.0.1.5"));
    EXPECT_FALSE(table.IAmDr(2));
}

TEST_F(Pim7761Hello, S4_3_2_HighestPriorityIsDr)
{
    hellos.ReceiveHello(MakeHello(2), 1, A);
    EXPECT_EQ(table.GetDr(1), A);
    EXPECT_EQ(told, (Told{"up 10.0.1.2", "dr 10.0.1.2"}));
    hellos.ReceiveHello(MakeHello(1), 1, B);
    EXPECT_EQ(table.GetDr(1), A) << "a higher address of less priority changes nothing";
    hellos.ReceiveHello(MakeHello(0xffffffff), 1, B);
    EXPECT_EQ(table.GetDr(1), B) << "a known neighbour's priority may change";
    EXPECT_EQ(environment.events.back(), "dr 10.0.1.9 eth1");
}

TEST_F(Pim7761Hello, S4_3_2_HighestAddressAmongEqualPriorities)
{
    hellos.ReceiveHello(MakeHello(1), 1, A);
    EXPECT_TRUE(table.IAmDr(1));
    hellos.ReceiveHello(MakeHello(1), 1, B);
    EXPECT_EQ(table.GetDr(1), B);
}

TEST_F(Pim7761Hello, S4_3_2_PriorityZeroNeverWinsAgainstAnother)
{
    environment.interfaces[1].drPriority = 0;
    hellos.InterfaceChanged(1);
    EXPECT_TRUE(table.IAmDr(1)) << "nobody else is there";
    hellos.ReceiveHello(MakeHello(1), 1, A);
    EXPECT_EQ(table.GetDr(1), A);
    EXPECT_EQ(HelloTimes(), (Times{0, 0})) << "the new priority, and an answer to A";
}

TEST_F(Pim7761Hello, S4_3_2_AddressAloneIfOneNeighborSendsNoPriority)
{
    hellos.ReceiveHello(MakeHello(9), 1, A);
    EXPECT_EQ(table.GetDr(1), A);
    PimHello old = MakeHello();
    old.drPriority.reset();
    hellos.ReceiveHello(old, 1, Ipv4Address("10.0.1.1"));
    EXPECT_TRUE(table.IAmDr(1)) << "10.0.1.5 is the highest address";
    old.holdtime = 0;
    hellos.ReceiveHello(old, 1, Ipv4Address("10.0.1.1"));
    EXPECT_EQ(table.GetDr(1), A) << "without it, priorities count again";
}

TEST_F(Pim7761Hello, S4_3_2_AddressAloneIfThisRouterSendsNoPriority)
{
    config.sendDrPriority = false;
    hellos.ReceiveHello(MakeHello(9), 1, A);
    EXPECT_TRUE(table.IAmDr(1));
}

TEST_F(Pim7761Hello, S4_3_2_AnotherIsElectedWhenTheDrExpires)
{
    PimHello hello = MakeHello(5);
    hello.holdtime = 10;
    hellos.ReceiveHello(hello, 1, B);
    hellos.ReceiveHello(MakeHello(3), 1, A);
    Advance(11);
    EXPECT_EQ(table.GetDr(1), A);
    EXPECT_EQ(hellos.GetDrElection().GetDrWithout(1, A), Ipv4Address("10.0.1.5"));
    EXPECT_EQ(HelloTimes(), (Times{2.5}));
}

TEST_F(Pim7761Hello, S4_3_2_OwnPriorityIsToldAtOnceWhenItChanges)
{
    Advance(5);
    hellos.ReceiveHello(MakeHello(9), 1, A);
    environment.Forget();
    environment.interfaces[1].drPriority = 10;
    hellos.InterfaceChanged(1);
    EXPECT_EQ(LastHello().drPriority, 10u);
    EXPECT_TRUE(table.IAmDr(1));
}

TEST_F(Pim7761Hello, S4_3_3_OwnDelaysWithoutNeighbors)
{
    config.propagationDelay = MilliSeconds(100);
    config.overrideInterval = MilliSeconds(900);
    EXPECT_EQ(table.GetEffectivePropagationDelay(1), MilliSeconds(100));
    EXPECT_EQ(table.GetEffectiveOverrideInterval(1), MilliSeconds(900));
    EXPECT_EQ(table.GetJoinPruneOverrideInterval(1), MilliSeconds(1000));
}

TEST_F(Pim7761Hello, S4_3_3_TheLargestDelayOfAllCounts)
{
    PimHello hello = MakeHello();
    hello.lanPruneDelay = PimLanPruneDelay{false, 700, 100};
    hellos.ReceiveHello(hello, 1, A);
    EXPECT_EQ(table.GetEffectivePropagationDelay(1), MilliSeconds(700));
    EXPECT_EQ(table.GetEffectiveOverrideInterval(1), MilliSeconds(2500)) << "this router's own";
    EXPECT_EQ(told, (Told{"up 10.0.1.2", "delay"}));
    hello.lanPruneDelay = PimLanPruneDelay{false, 600, 4000};
    hellos.ReceiveHello(hello, 1, B);
    EXPECT_EQ(table.GetEffectivePropagationDelay(1), MilliSeconds(700));
    EXPECT_EQ(table.GetEffectiveOverrideInterval(1), MilliSeconds(4000));
    EXPECT_EQ(table.GetJoinPruneOverrideInterval(1), MilliSeconds(4700));
}

TEST_F(Pim7761Hello, S4_3_3_DefaultsIfOneNeighborSendsNoOption)
{
    PimHello hello = MakeHello();
    hello.lanPruneDelay = PimLanPruneDelay{true, 700, 9000};
    hellos.ReceiveHello(hello, 1, A);
    hello.lanPruneDelay.reset();
    hellos.ReceiveHello(hello, 1, B);
    EXPECT_EQ(table.GetEffectivePropagationDelay(1), MilliSeconds(500));
    EXPECT_EQ(table.GetEffectiveOverrideInterval(1), MilliSeconds(2500));
    hello.holdtime = 0;
    hellos.ReceiveHello(hello, 1, B);
    EXPECT_EQ(table.GetEffectiveOverrideInterval(1), MilliSeconds(9000));
}

TEST_F(Pim7761Hello, S4_3_3_TOverrideIsRandomWithinTheOverrideInterval)
{
    environment.random.tape = {0.0, 0.5, 0.999};
    EXPECT_EQ(table.GetTOverride(1), Seconds(0));
    EXPECT_EQ(table.GetTOverride(1), MilliSeconds(1250));
    EXPECT_LT(table.GetTOverride(1), MilliSeconds(2500));
}

TEST_F(Pim7761Hello, S4_3_3_SuppressionIsOffOnlyIfAllCanTrack)
{
    const PimLanPruneDelay tracks{true, 500, 2500};
    EXPECT_TRUE(table.IsSuppressionEnabled(1)) << "this router cannot";
    config.trackingSupport = true;
    PimHello hello = MakeHello();
    hello.lanPruneDelay = tracks;
    hellos.ReceiveHello(hello, 1, A);
    EXPECT_FALSE(table.IsSuppressionEnabled(1));
    hello.lanPruneDelay->trackingSupport = false;
    hellos.ReceiveHello(hello, 1, B);
    EXPECT_TRUE(table.IsSuppressionEnabled(1)) << "B cannot";
    hello.lanPruneDelay = tracks;
    hellos.ReceiveHello(hello, 1, B);
    EXPECT_FALSE(table.IsSuppressionEnabled(1));
    hello.lanPruneDelay.reset();
    hellos.ReceiveHello(hello, 1, B);
    EXPECT_TRUE(table.IsSuppressionEnabled(1)) << "B does not say";
}

TEST_F(Pim7761Hello, S4_3_4_SecondaryAddressesNameTheNeighbor)
{
    PimHello hello = MakeHello();
    hello.secondaryAddresses = {Ipv4Address("10.0.1.102"), Ipv4Address("10.5.5.5")};
    hellos.ReceiveHello(hello, 1, A);
    EXPECT_EQ(table.Find(1, Ipv4Address("10.5.5.5"))->address, A);
    hello.secondaryAddresses = {Ipv4Address("10.0.1.102")};
    hellos.ReceiveHello(hello, 1, A);
    EXPECT_EQ(table.Find(1, Ipv4Address("10.5.5.5")), nullptr) << "the list is replaced whole";
    hello.secondaryAddresses.clear();
    hellos.ReceiveHello(hello, 1, A);
    EXPECT_EQ(table.Find(1, Ipv4Address("10.0.1.102")), nullptr);
}

TEST_F(Pim7761Hello, S4_3_4_AnAddressBelongsToWhoClaimedItLast)
{
    PimHello hello = MakeHello();
    hello.secondaryAddresses = {Ipv4Address("10.5.5.5"), B};
    hellos.ReceiveHello(hello, 1, A);
    EXPECT_EQ(table.Find(1, B)->address, A);
    hello.secondaryAddresses = {Ipv4Address("10.5.5.5")};
    hellos.ReceiveHello(hello, 1, B);
    EXPECT_EQ(table.Find(1, Ipv4Address("10.5.5.5"))->address, B);
    EXPECT_EQ(table.Find(1, B)->address, B) << "a primary address is its owner's";
    EXPECT_TRUE(table.Find(1, A)->secondary.empty());
}

TEST_F(Pim7761Hello, Rfc5015_S3_7_4_EveryNeighborHasToBeCapable)
{
    EXPECT_TRUE(table.AreAllBidirectionalCapable(1)) << "nobody is there";
    PimHello hello = MakeHello();
    hello.bidirectionalCapable = true;
    hellos.ReceiveHello(hello, 1, A);
    EXPECT_TRUE(table.AreAllBidirectionalCapable(1));
    hellos.ReceiveHello(MakeHello(), 1, B);
    EXPECT_FALSE(table.AreAllBidirectionalCapable(1));
}

} // namespace
