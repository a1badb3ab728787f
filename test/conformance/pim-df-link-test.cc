// SPDX-License-Identifier: GPL-2.0-only
// RFC 5015 §3.5.2: the election of Designated Forwarders in stories of several routers on one link,
// messages lost or not; which links of a router have elections.
#include "support/fake-pim-environment.h"

#include "ns3/pim-df-table.h"

#include <gtest/gtest.h>

#include <random>

using namespace ns3;

namespace
{

using Subtype = PimDfElection::Subtype;

const Ipv4Address RPA("10.6.6.6");

/** \returns a metric; 0 stands for no path but over the link itself. */
PimDfMetric
MakeMetric(uint32_t metric, Ipv4Address address)
{
    PimDfMetric made;
    made.address = address;
    if (metric != 0)
    {
        made.preference = 110;
        made.metric = metric;
    }
    return made;
}

// ---- §3.5.2, several routers on one link ----

/** Routers on one link that hears everything, or loses some. */
class Pim5015Link : public testing::Test
{
  protected:
    void Add(uint32_t metric)
    {
        const std::size_t number = routers.size();
        const Ipv4Address address(0x0a000101 + static_cast<uint32_t>(number));
        routers.push_back(std::make_unique<PimDfElectionMachine>(
            environment,
            config,
            RPA,
            MakeMetric(metric, address),
            Seconds(0),
            [this, number](const PimDfElection& message) { Deliver(number, message); },
            [] {}));
        alive.push_back(true);
    }

    void Deliver(std::size_t sender, const PimDfElection& message)
    {
        ++messages;
        if (!alive[sender])
        {
            return;
        }
        for (std::size_t i = 0; i < routers.size(); ++i)
        {
            if (i != sender && alive[i] && random() % 100 >= loss)
            {
                environment.clock.Schedule(MicroSeconds(10), [this, i, sender, message] {
                    routers[i]->Receive(message, routers[sender]->GetOwn().address);
                });
            }
        }
    }

    void Change(std::size_t number, uint32_t metric)
    {
        routers[number]->SetMetric(MakeMetric(metric, routers[number]->GetOwn().address));
    }

    void Advance(double seconds)
    {
        environment.clock.Advance(Seconds(seconds));
    }

    /** Everybody alive agrees on who is DF. */
    void ExpectDf(std::size_t number)
    {
        for (std::size_t i = 0; i < routers.size(); ++i)
        {
            if (alive[i])
            {
                EXPECT_EQ(routers[i]->GetDf(), routers[number]->GetOwn().address) << i;
                EXPECT_EQ(routers[i]->IAmDf(), i == number) << i;
            }
        }
    }

    std::size_t CountDfs() const
    {
        std::size_t count = 0;
        for (std::size_t i = 0; i < routers.size(); ++i)
        {
            count += alive[i] && routers[i]->IAmDf() ? 1 : 0;
        }
        return count;
    }

    FakePimEnvironment environment;
    PimDfConfig config;
    std::mt19937 random{1};
    uint32_t loss{0}; //!< per cent
    uint32_t messages{0};
    std::vector<bool> alive;
    std::vector<std::unique_ptr<PimDfElectionMachine>> routers;
};

TEST_F(Pim5015Link, S3_5_2_1_TheBestIsElected)
{
    for (uint32_t metric : {20, 10, 0, 30, 10})
    {
        Add(metric);
    }
    Advance(1);
    ExpectDf(4);
    const uint32_t before = messages;
    Advance(1000);
    EXPECT_EQ(messages, before + 16) << "nothing is repeated but the periodic Winner";
}

TEST_F(Pim5015Link, S3_5_2_2_ALoserThatBecomesBetterTakesOver)
{
    Add(10);
    Add(20);
    Add(30);
    Advance(1);
    ExpectDf(0);
    Change(2, 5);
    for (int i = 0; i < 300; ++i)
    {
        Advance(0.01);
        EXPECT_LE(CountDfs(), 1u) << "there are never two";
    }
    ExpectDf(2);
}

TEST_F(Pim5015Link, S3_5_2_2_TheBestOfSeveralThatBecomeBetter)
{
    Add(10);
    Add(20);
    Add(30);
    Advance(1);
    Change(1, 6);
    Change(2, 5);
    Advance(4);
    ExpectDf(2);
}

TEST_F(Pim5015Link, S3_5_2_3_AWinnerThatBecomesWorseHandsOver)
{
    Add(10);
    Add(20);
    Add(30);
    Advance(1);
    Change(0, 25);
    Advance(3);
    ExpectDf(1);
}

TEST_F(Pim5015Link, S3_5_2_4_AWinnerThatLosesItsPath)
{
    Add(10);
    Add(20);
    Advance(1);
    Change(0, 0);
    EXPECT_FALSE(routers[0]->IAmDf());
    Advance(2);
    ExpectDf(1);
}

TEST_F(Pim5015Link, S3_5_2_5_ALateRouterThatIsWorse)
{
    Add(10);
    Advance(1);
    Add(20);
    Advance(1);
    ExpectDf(0);
}

TEST_F(Pim5015Link, S3_5_2_5_ALateRouterThatIsBetter)
{
    Add(10);
    Advance(1);
    Add(5);
    Advance(3);
    ExpectDf(1);
}

TEST_F(Pim5015Link, S3_5_2_6_TheWinnerDies)
{
    Add(10);
    Add(20);
    Add(0);
    Advance(1);
    alive[0] = false;
    const Ipv4Address dead = routers[0]->GetOwn().address;
    routers[2]->RecheckDf();
    Advance(2);
    EXPECT_TRUE(routers[1]->IAmDf()) << "the downstream router's Offer wakes it up";
    routers[1]->NeighborLost(dead);
    routers[2]->NeighborLost(dead);
    Advance(2);
    ExpectDf(1);
}

TEST_F(Pim5015Link, S3_5_2_6_SilenceThatNobodyDiesOf)
{
    Add(10);
    Add(0);
    routers[1]->SetNeeded(true);
    Advance(1);
    ExpectDf(0);
    loss = 100;
    routers[1]->RecheckDf();
    Advance(30);
    EXPECT_EQ(routers[1]->GetDf(), Ipv4Address::GetAny());
    loss = 0;
    Advance(2);
    ExpectDf(0);
}

TEST_F(Pim5015Link, S3_5_3_NobodyHasAPath)
{
    Add(0);
    Add(0);
    Add(0);
    Advance(20);
    EXPECT_EQ(CountDfs(), 0u);
    const uint32_t before = messages;
    Advance(100);
    EXPECT_EQ(messages, before) << "they do not call each other up for ever";
}

TEST_F(Pim5015Link, S3_5_4_2_TwoDfsAreOneAfterThePeriod)
{
    Add(10);
    Add(0);
    Advance(1);
    ExpectDf(0);
    loss = 100;
    Change(1, 13);
    routers[1]->RecheckDf();
    Advance(5);
    ASSERT_EQ(CountDfs(), 2u) << "none of the Offers arrived";
    loss = 0;
    Advance(60);
    ExpectDf(0);
}

TEST_F(Pim5015Link, S3_5_4_2_ADfThatLosesItsPathUnheardIsReplaced)
{
    Add(10);
    Add(20);
    Add(0);
    Advance(1);
    ExpectDf(0);
    loss = 100;
    Change(0, 0);
    Advance(5);
    ASSERT_EQ(CountDfs(), 0u);
    loss = 0;
    Advance(212);
    ExpectDf(1);
}

TEST_F(Pim5015Link, S3_5_4_WhateverIsLostOneIsElectedInTheEnd)
{
    for (uint32_t seed = 0; seed < 200; ++seed)
    {
        routers.clear();
        alive.clear();
        random.seed(seed);
        environment.random.tape.clear();
        for (int i = 0; i < 2000; ++i)
        {
            environment.random.tape.push_back((random() % 1000) / 1000.0);
        }
        loss = random() % 101;
        const uint32_t count = 2 + random() % 4;
        for (uint32_t i = 0; i < count; ++i)
        {
            Add(random() % 6);
        }
        for (int i = 0; i < 10; ++i)
        {
            Advance((random() % 300) / 100.0);
            Change(random() % count, random() % 6);
            if (random() % 4 == 0)
            {
                routers[random() % count]->RecheckDf();
            }
        }
        Advance(5);
        loss = 0;
        Advance(64);
        EXPECT_LE(CountDfs(), 1u) << seed << ": the first periodic Winner ends it";
        Advance(150);
        std::size_t best = 0;
        for (std::size_t i = 1; i < count; ++i)
        {
            best = routers[i]->GetOwn().IsBetterThan(routers[best]->GetOwn()) ? i : best;
        }
        if (routers[best]->GetOwn().IsInfinite())
        {
            EXPECT_EQ(CountDfs(), 0u) << seed;
        }
        else
        {
            SCOPED_TRACE(seed);
            ExpectDf(best);
        }
    }
}

// ---- which links have an election ----

/** Interfaces 1 to 3 are 10.0.I.5; the RP address is behind interface 1, at metric 2. */
class Pim5015Table : public testing::Test
{
  protected:
    void TearDown() override
    {
        environment.ExpectNothingElse(FakePimEnvironment::IsHello);
    }

    Pim5015Table()
    {
        for (uint32_t i = 1; i <= 3; ++i)
        {
            const std::string address = "10.0." + std::to_string(i) + ".5";
            environment.AddInterface(i, address.c_str());
            hellos.InterfaceChanged(i);
        }
        environment.rib.Set("10.6.6.0", 24, {{1, "10.0.1.2"}}, 2);
        hellos.neighborUp = [this](uint32_t i, const PimNeighbor&) { table.NeighborUp(i); };
        hellos.neighborDown = [this](uint32_t i, const PimNeighbor& n) {
            table.NeighborDown(i, n.address);
        };
        hellos.generationIdChanged = [this](uint32_t i, const PimNeighbor& n) {
            table.GenerationIdChanged(i, n.address);
        };
        hellos.helloReceived = [this](uint32_t i, const PimNeighbor& n) {
            table.HelloReceived(i, n.address);
        };
        table.changed = [this](Ipv4Address rp, uint32_t interface) {
            std::ostringstream text;
            text << rp << " " << interface << " " << table.GetDf(rp, interface);
            changes.push_back(text.str());
        };
    }

    void Meet(uint32_t interface, Ipv4Address address, bool capable = true, uint32_t id = 1)
    {
        PimHello hello;
        hello.holdtime = PimHello::HOLDTIME_FOREVER;
        hello.generationId = id;
        hello.bidirectionalCapable = capable;
        hellos.ReceiveHello(hello, interface, address);
    }

    /** So many election messages on the interface: 3 Offers, and a Winner where it won. */
    void ExpectSent(uint32_t interface, std::size_t count)
    {
        EXPECT_EQ(environment.Of<PimDfElection>(interface).size(), count) << interface;
    }

    void SetRp(Ipv4Address rp = RPA)
    {
        rpSet.AddStatic(Ipv4Prefix(Ipv4Address("239.0.0.0"), 8), rp, true);
        table.RpSetChanged();
    }

    void Receive(Subtype subtype, uint32_t interface, Ipv4Address source, uint32_t metric)
    {
        PimDfElection message;
        message.subtype = subtype;
        message.rpAddress = RPA;
        message.senderPreference = 110;
        message.senderMetric = metric;
        table.Receive(message, interface, source);
    }

    void Advance(double seconds)
    {
        environment.clock.Advance(Seconds(seconds));
    }

    FakePimEnvironment environment;
    PimHelloConfig helloConfig;
    PimDfConfig config;
    PimHelloMachine hellos{environment, helloConfig};
    PimRpSet rpSet{environment};
    PimDfTable table{environment, hellos, rpSet, config};
    std::vector<std::string> changes;
};

TEST_F(Pim5015Table, S3_5_EveryLinkHasAnElectionOnceTheRpIsKnown)
{
    Meet(2, Ipv4Address("10.0.2.2"));
    SetRp();
    EXPECT_EQ(table.GetRps(), std::vector<Ipv4Address>{RPA});
    Advance(1);
    EXPECT_TRUE(table.IAmDf(RPA, 2)) << "at once where there are neighbours";
    EXPECT_FALSE(table.IAmDf(RPA, 3)) << "where there are none, not before Hellos are through";
    Advance(10);
    EXPECT_TRUE(table.IAmDf(RPA, 3));
    EXPECT_FALSE(table.IAmDf(RPA, 1)) << "the way to the RP address is over this link";
    EXPECT_EQ(environment.Of<PimDfElection>(1)[0].senderPreference, 0x7fffffffu);
    EXPECT_EQ(environment.Of<PimDfElection>(2)[0].senderMetric, 2u);
    EXPECT_EQ(environment.sent.back().destination, PimAllRouters());
    EXPECT_EQ(changes, (std::vector<std::string>{"10.6.6.6 2 10.0.2.5", "10.6.6.6 3 10.0.3.5"}));
    EXPECT_EQ(environment.events.back(), "df 10.0.3.5 eth3 RP 10.6.6.6");
    ExpectSent(3, 4);
}

TEST_F(Pim5015Table, S3_5_ALaterRpNeedNotWaitForHellos)
{
    Advance(4);
    SetRp();
    Advance(5.9);
    EXPECT_FALSE(table.IAmDf(RPA, 3)) << "10 s since the interface came up";
    Advance(0.5);
    EXPECT_TRUE(table.IAmDf(RPA, 3));
    const Ipv4Address another("10.6.6.7");
    SetRp(another);
    Advance(0.5);
    EXPECT_TRUE(table.IAmDf(another, 3));
    ExpectSent(1, 6);
    ExpectSent(2, 8);
    ExpectSent(3, 8);
}

TEST_F(Pim5015Table, S3_5_OnlyRpsOfBidirectionalRanges)
{
    rpSet.AddStatic(Ipv4Prefix(Ipv4Address("239.0.0.0"), 8), RPA, false);
    table.RpSetChanged();
    Advance(20);
    EXPECT_TRUE(table.GetRps().empty());
    EXPECT_TRUE(environment.Of<PimDfElection>(2).empty());
}

TEST_F(Pim5015Table, S3_1_NoneOnTheRpLink)
{
    SetRp(Ipv4Address("10.0.3.77")); // of no router
    Advance(20);
    EXPECT_EQ(table.Find(Ipv4Address("10.0.3.77"), 3), nullptr);
    EXPECT_FALSE(table.IAmDf(Ipv4Address("10.0.3.77"), 3));
    EXPECT_TRUE(table.IAmDf(Ipv4Address("10.0.3.77"), 1));
    EXPECT_TRUE(table.IAmDf(Ipv4Address("10.0.3.77"), 2));
    EXPECT_EQ(environment.Of<PimDfElection>(1)[0].senderMetric, 0u);
    ExpectSent(2, 4);
}

TEST_F(Pim5015Table, S3_1_TheRpAddressMayBeTheRoutersOwn)
{
    SetRp(Ipv4Address("10.0.3.5"));
    Advance(20);
    EXPECT_EQ(table.Find(Ipv4Address("10.0.3.5"), 3), nullptr);
    EXPECT_TRUE(table.IAmDf(Ipv4Address("10.0.3.5"), 2));
    ExpectSent(1, 4);
    ExpectSent(2, 4);
}

TEST_F(Pim5015Table, S3_7_4_NoneWhereANeighborIsNotCapable)
{
    SetRp();
    Advance(20);
    ASSERT_TRUE(table.IAmDf(RPA, 2));
    Meet(2, Ipv4Address("10.0.2.2"), false);
    EXPECT_FALSE(table.IAmDf(RPA, 2));
    EXPECT_EQ(table.Find(RPA, 2), nullptr);
    PimHello goodbye;
    goodbye.holdtime = 0;
    hellos.ReceiveHello(goodbye, 2, Ipv4Address("10.0.2.2"));
    Advance(20);
    EXPECT_TRUE(table.IAmDf(RPA, 2));
    ExpectSent(1, 3);
    ExpectSent(2, 8);
    ExpectSent(3, 4);
}

TEST_F(Pim5015Table, S3_5_MessagesOfStrangersAndOfOtherRpsAreRefused)
{
    SetRp();
    Receive(Subtype::WINNER, 2, Ipv4Address("10.0.2.2"), 1);
    Meet(2, Ipv4Address("10.0.2.2"));
    PimDfElection other;
    other.rpAddress = Ipv4Address("10.6.6.7");
    table.Receive(other, 2, Ipv4Address("10.0.2.2"));
    EXPECT_EQ(environment.drops, (std::vector<std::string>{"not-a-neighbor", "not-bidirectional"}));
    Receive(Subtype::WINNER, 2, Ipv4Address("10.0.2.2"), 1);
    EXPECT_EQ(table.GetDf(RPA, 2), Ipv4Address("10.0.2.2"));
}

TEST_F(Pim5015Table, S3_5_2_3_MetricsFollowTheRoutes)
{
    Meet(2, Ipv4Address("10.0.2.2"));
    SetRp();
    Advance(1);
    environment.Forget();
    environment.rib.Set("10.6.6.0", 24, {{1, "10.0.1.2"}}, 7);
    table.RoutesChanged();
    Advance(1);
    ASSERT_EQ(environment.Of<PimDfElection>(2).size(), 3u);
    EXPECT_EQ(environment.Of<PimDfElection>(2)[0].subtype, Subtype::WINNER);
    EXPECT_EQ(environment.Of<PimDfElection>(2)[0].senderMetric, 7u);
    ExpectSent(3, 4);
}

TEST_F(Pim5015Table, S3_5_2_4_TheRouteMovesToALinkWhereItIsDf)
{
    Meet(2, Ipv4Address("10.0.2.2"));
    SetRp();
    Advance(11);
    environment.rib.Set("10.6.6.0", 24, {{2, "10.0.2.2"}}, 2);
    table.RoutesChanged();
    EXPECT_FALSE(table.IAmDf(RPA, 2));
    EXPECT_EQ(table.Find(RPA, 2)->GetState(), PimDfState::OFFER);
    Advance(1);
    EXPECT_TRUE(table.IAmDf(RPA, 1)) << "and there is a way now for the link that it left";
    ExpectSent(1, 7);
    ExpectSent(2, 7);
    ExpectSent(3, 4);
}

TEST_F(Pim5015Table, S3_5_2_6_TheRouteLeavesTheDf)
{
    Meet(1, Ipv4Address("10.0.1.2"));
    SetRp();
    Receive(Subtype::WINNER, 1, Ipv4Address("10.0.1.2"), 1);
    ASSERT_EQ(table.GetDf(RPA, 1), Ipv4Address("10.0.1.2"));
    environment.rib.Set("10.6.6.0", 24, {{3, "10.0.3.2"}}, 9);
    table.RoutesChanged();
    EXPECT_EQ(table.Find(RPA, 1)->GetState(), PimDfState::OFFER) << "though 9 is no better than 1";
    Receive(Subtype::WINNER, 1, Ipv4Address("10.0.1.2"), 1);
    EXPECT_EQ(table.GetDf(RPA, 1), Ipv4Address("10.0.1.2")) << "it was there all the time";
}

TEST_F(Pim5015Table, S3_5_3_TheDfIsNeededWhereTheNextHopIsAPimRouter)
{
    SetRp();
    Advance(20);
    environment.Forget();
    Advance(20);
    EXPECT_TRUE(environment.Of<PimDfElection>(1).empty()) << "nobody is there";
    Meet(1, Ipv4Address("10.0.1.3"));
    Advance(1);
    environment.Forget();
    Advance(20);
    EXPECT_TRUE(environment.Of<PimDfElection>(1).empty()) << "no PIM router is the next hop";
    Meet(1, Ipv4Address("10.0.1.2"));
    Advance(1);
    environment.Forget();
    Advance(10);
    EXPECT_GE(environment.Of<PimDfElection>(1).size(), 20u);
    EXPECT_LE(environment.Of<PimDfElection>(1).size(), 27u);
    Receive(Subtype::WINNER, 1, Ipv4Address("10.0.1.2"), 1);
    environment.Forget();
    Advance(10);
    EXPECT_TRUE(environment.Of<PimDfElection>(1).empty());
}

TEST_F(Pim5015Table, S3_5_3_AJoinToAnotherRouterMakesTheDfSaySo)
{
    Meet(2, Ipv4Address("10.0.2.2"));
    SetRp();
    Advance(2);
    ASSERT_TRUE(table.IAmDf(RPA, 2));
    PimJoinPrune message;
    message.upstreamNeighbor = Ipv4Address("10.0.2.9");
    message.groups.resize(2);
    for (PimJoinPruneGroup& set : message.groups)
    {
        set.group.address = Ipv4Address("239.0.0.1");
        set.joins.push_back({RPA, 32, true, true});
    }
    const auto announced = [&](Ipv4Address source) {
        environment.Forget();
        table.SeeJoinPrune(message, 2, source);
        Advance(1);
        return environment.Of<PimDfElection>(2).size();
    };
    EXPECT_EQ(announced(Ipv4Address("10.0.2.2")), 3u);
    EXPECT_EQ(announced(Ipv4Address("10.0.2.3")), 0u) << "of a stranger";
    message.upstreamNeighbor = Ipv4Address("10.0.2.5");
    EXPECT_EQ(announced(Ipv4Address("10.0.2.2")), 0u) << "it is for the DF";
    message.upstreamNeighbor = Ipv4Address("10.0.2.9");
    for (PimJoinPruneGroup& set : message.groups)
    {
        set.joins[0].wildcard = false;
    }
    EXPECT_EQ(announced(Ipv4Address("10.0.2.2")), 0u) << "not a (*,G)";
}

TEST_F(Pim5015Table, S3_5_4_1_AfterAMissingPassTheOldDfsNextHelloIsAnswered)
{
    const Ipv4Address old("10.0.2.2");
    const Ipv4Address another("10.6.6.7");
    Meet(2, old);
    environment.rib.Set("10.6.6.0", 24, {{2, "10.0.2.2"}}, 2);
    SetRp();
    rpSet.AddStatic(Ipv4Prefix(Ipv4Address("238.0.0.0"), 8), another, true);
    table.RpSetChanged();
    Receive(Subtype::WINNER, 2, old, 1);
    Advance(1);
    ASSERT_EQ(table.GetDf(RPA, 2), old);
    environment.rib.Set("10.6.6.0", 24, {{1, "10.0.1.2"}}, 5);
    table.RoutesChanged();
    Advance(1);
    ASSERT_TRUE(table.IAmDf(RPA, 2)) << "its Offers have not been answered";
    ASSERT_TRUE(table.IAmDf(another, 2));
    environment.Forget();
    Meet(2, old);
    Advance(1);
    EXPECT_EQ(environment.Of<PimDfElection>(2).size(), 6u) << "of all RP addresses";
    EXPECT_EQ(environment.Of<PimDfElection>(2)[0].subtype, Subtype::WINNER);
    environment.Forget();
    Meet(2, old);
    Advance(1);
    EXPECT_TRUE(environment.Of<PimDfElection>(2).empty()) << "once";
}

TEST_F(Pim5015Table, S3_5_2_6_TheDfRestarts)
{
    Meet(2, Ipv4Address("10.0.2.2"));
    SetRp();
    Receive(Subtype::WINNER, 2, Ipv4Address("10.0.2.2"), 1);
    Meet(2, Ipv4Address("10.0.2.2"), true, 2);
    EXPECT_EQ(table.GetDf(RPA, 2), Ipv4Address::GetAny());
    EXPECT_EQ(table.Find(RPA, 2)->GetState(), PimDfState::OFFER);
}

TEST_F(Pim5015Table, S3_5_InterfacesComeAndGo)
{
    SetRp();
    Advance(11);
    changes.clear();
    environment.interfaces[2].up = false;
    hellos.InterfaceChanged(2);
    table.InterfaceChanged(2);
    EXPECT_EQ(table.Find(RPA, 2), nullptr);
    EXPECT_EQ(changes, std::vector<std::string>{"10.6.6.6 2 0.0.0.0"});
    environment.interfaces[2].up = true;
    hellos.InterfaceChanged(2);
    table.InterfaceChanged(2);
    Advance(11);
    EXPECT_TRUE(table.IAmDf(RPA, 2));
    ExpectSent(1, 3);
    ExpectSent(2, 8);
    ExpectSent(3, 4);
}

TEST_F(Pim5015Table, S3_5_AnRpThatIsGoneHasNoForwarders)
{
    SetRp();
    Advance(11);
    rpSet.RemoveStatic(Ipv4Prefix(Ipv4Address("239.0.0.0"), 8), RPA);
    table.RpSetChanged();
    EXPECT_FALSE(table.IAmDf(RPA, 2));
    EXPECT_TRUE(table.GetRps().empty());
    environment.Forget();
    Advance(60);
    EXPECT_TRUE(environment.Of<PimDfElection>(2).empty());
}

TEST_F(Pim5015Table, S4_3_1_AHelloGoesBeforeTheFirstOffer)
{
    hellos.neighborUp = nullptr;
    Advance(6);
    environment.Forget();
    Meet(2, Ipv4Address("10.0.2.2"));
    SetRp();
    Advance(0.1);
    std::vector<bool> areHellos;
    for (const FakePimEnvironment::Sent& one : environment.sent)
    {
        one.isExpected = one.isExpected || one.interface == 2;
        if (one.interface == 2)
        {
            areHellos.push_back(one.message.As<PimHello>() != nullptr);
        }
    }
    EXPECT_EQ(areHellos, (std::vector<bool>{true, false}));
}

} // namespace
