// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059: the checks of §3.1.3 one by one, what is preferred (§3.1.4), the actions (§3.1.5).
#include "pim-bsr-fixtures.h"

using namespace ns3;

namespace
{

// ---- §3.1.3, the checks ----

TEST_F(Rfc5059NonCandidate, S3_1_3_TheSenderHasToBeANeighbor)
{
    bench.machine.Receive(bench.Message(), 1, Ipv4Address("10.0.1.7"), PimAllRouters());
    EXPECT_EQ(bench.environment.drops, (Drops{"not-a-neighbor"}));
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY);
}

TEST_F(Rfc5059NonCandidate, S3_1_3_TheSenderHasToBeTheRpfNeighborOfTheBsr)
{
    bench.machine.Receive(
        bench.Message(PimBsrBench::BSR_1), 2, PimBsrBench::OTHER, PimAllRouters());
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY);
    bench.Meet(1, Ipv4Address("10.0.1.3"));
    bench.machine.Receive(bench.Message(), 1, Ipv4Address("10.0.1.3"), PimAllRouters());
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY) << "another on that link";
    EXPECT_TRUE(bench.environment.drops.empty()) << "flooding brings such copies everywhere";
}

TEST_F(Rfc5059NonCandidate, S3_1_3_TheBsrItselfMayBeTheNeighbor)
{
    bench.machine.Receive(bench.Message(PimBsrBench::NEAR), 1, PimBsrBench::NEAR, PimAllRouters());
    EXPECT_EQ(bench.Zone().GetBsr().address, PimBsrBench::NEAR);
    EXPECT_EQ(bench.Flooded().size(), 3u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_3_TheRpfNeighborMayBeKnownByASecondaryAddress)
{
    PimHello hello;
    hello.secondaryAddresses = {Ipv4Address("10.0.1.202")};
    bench.hellos.ReceiveHello(hello, 1, PimBsrBench::NEAR);
    bench.environment.rib.Set("10.9.0.1", 32, {{1, "10.0.1.202"}}, 2);
    bench.Receive(bench.Message());
    EXPECT_EQ(bench.Zone().GetBsr().address, PimBsrBench::BSR_1);
    EXPECT_EQ(bench.Flooded().size(), 3u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_3_MessagesWaitForARouteToTheBsr)
{
    bench.environment.rib.Remove("10.9.0.1", 32);
    PimBootstrap one = bench.Message();
    PimBootstrap two = one;
    two.ranges = {PimBsrBench::Range(PimBsrBench::SCOPE, {PimBsrBench::RP_B})};
    bench.Receive(one);
    bench.Receive(two);
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY);
    bench.Advance(30);
    bench.machine.RoutesChanged();
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY);
    bench.environment.rib.Set("10.9.0.1", 32, {{1, "10.0.1.2"}}, 2);
    bench.machine.RoutesChanged();
    EXPECT_EQ(bench.Rp("239.0.0.1"), PimBsrBench::RP_A);
    EXPECT_EQ(bench.Rp("239.1.0.1"), PimBsrBench::RP_B) << "all fragments have waited";
    EXPECT_EQ(bench.Flooded(), (Interfaces{1, 2, 3, 1, 2, 3}));
}

TEST_F(Rfc5059NonCandidate, S3_1_3_OfSeveralMessagesThatWaitThePreferredIsTakenFirst)
{
    bench.environment.rib.Remove("10.9.0.1", 32);
    bench.environment.rib.Remove("10.9.0.2", 32);
    bench.Receive(bench.Message(PimBsrBench::BSR_1, 10));
    bench.Receive(bench.Message(PimBsrBench::BSR_2, 20));
    bench.environment.rib.Set("10.9.0.1", 32, {{1, "10.0.1.2"}}, 2);
    bench.environment.rib.Set("10.9.0.2", 32, {{2, "10.0.2.2"}}, 2);
    bench.machine.RoutesChanged();
    EXPECT_EQ(bench.Zone().GetBsr().address, PimBsrBench::BSR_2);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE) << "one message, not both";
    EXPECT_EQ(bench.environment.events.front(), "bsr 10.9.0.2 priority 20");
}

TEST_F(Rfc5059NonCandidate, S3_1_3_MessagesFromElsewhereThanTheRouteDoNotWait)
{
    bench.machine.Receive(
        bench.Message(PimBsrBench::BSR_1), 2, PimBsrBench::OTHER, PimAllRouters());
    bench.environment.rib.Set("10.9.0.1", 32, {{2, "10.0.2.2"}}, 2);
    bench.machine.RoutesChanged();
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY)
        << "an old message must not renew a BSR that is gone";
}

TEST_F(Rfc5059NonCandidate, S3_1_3_NoMessageWaitsLongerThanBsPeriod)
{
    bench.environment.rib.Remove("10.9.0.1", 32);
    bench.Receive(bench.Message());
    bench.Advance(61);
    bench.environment.rib.Set("10.9.0.1", 32, {{1, "10.0.1.2"}}, 2);
    bench.machine.RoutesChanged();
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY);
}

TEST_F(Rfc5059NonCandidate, S3_1_3_WaitingCanBeTurnedOff)
{
    bench.config.holdForRoute = false;
    bench.environment.rib.Remove("10.9.0.1", 32);
    bench.Receive(bench.Message());
    bench.environment.rib.Set("10.9.0.1", 32, {{1, "10.0.1.2"}}, 2);
    bench.machine.RoutesChanged();
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY);
}

TEST_F(Rfc5059NonCandidate, S3_1_3_ANoForwardMessageIsTakenAtTheStartFromAnyNeighbor)
{
    PimBootstrap message = bench.Message();
    message.noForward = true;
    bench.machine.Receive(message, 2, PimBsrBench::OTHER, PimAllRouters());
    EXPECT_EQ(bench.State(), State::ACCEPT_PREFERRED);
    EXPECT_TRUE(bench.Flooded().empty()) << "it is not forwarded";
}

TEST_F(Rfc5059NonCandidate, S3_1_3_ANoForwardMessageIsTakenWithAllItsFragments)
{
    PimBootstrap one = bench.Message();
    one.noForward = true;
    PimBootstrap two = one;
    two.ranges = {PimBsrBench::Range(PimBsrBench::SCOPE, {PimBsrBench::RP_B})};
    bench.machine.Receive(one, 2, PimBsrBench::OTHER, PimAllRouters());
    bench.machine.Receive(two, 2, PimBsrBench::OTHER, PimAllRouters());
    EXPECT_EQ(bench.Rp("239.1.0.1"), PimBsrBench::RP_B);
    EXPECT_TRUE(bench.environment.drops.empty());
}

TEST_F(Rfc5059NonCandidate, S3_1_3_ANoForwardMessageIsNotTakenAfterAnother)
{
    bench.Receive(bench.Message());
    PimBootstrap message = bench.Message(PimBsrBench::BSR_2);
    message.noForward = true;
    bench.Receive(message);
    EXPECT_EQ(bench.Zone().GetBsr().address, PimBsrBench::BSR_1);
    EXPECT_TRUE(bench.environment.drops.empty()) << "it was for a newcomer";
    EXPECT_EQ(bench.Flooded().size(), 3u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_3_ANoForwardMessageIsNotTakenBsPeriodAfterTheStart)
{
    bench.Advance(61);
    PimBootstrap message = bench.Message();
    message.noForward = true;
    bench.Receive(message);
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY);
}

TEST_F(Rfc5059NonCandidate, S3_1_3_AUnicastMessageIsTakenAtTheStart)
{
    bench.machine.Receive(bench.Message(), 2, PimBsrBench::OTHER, Ipv4Address("10.0.2.1"));
    EXPECT_EQ(bench.State(), State::ACCEPT_PREFERRED);
    bench.machine.Receive(
        bench.Message(PimBsrBench::BSR_2), 2, PimBsrBench::OTHER, Ipv4Address("10.0.2.1"));
    EXPECT_EQ(bench.Zone().GetBsr().address, PimBsrBench::BSR_1) << "only one";
    EXPECT_EQ(bench.Flooded().size(), 3u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_3_AUnicastMessageIsForThisRouter)
{
    bench.machine.Receive(bench.Message(), 2, PimBsrBench::OTHER, Ipv4Address("10.0.2.7"));
    bench.config.acceptUnicast = false;
    bench.machine.Receive(bench.Message(), 2, PimBsrBench::OTHER, Ipv4Address("10.0.2.1"));
    EXPECT_EQ(bench.environment.drops, (Drops{"destination", "destination"}));
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY);
}

TEST_F(Rfc5059NonCandidate, S3_1_3_AScopedMessageDoesNotComeInOverTheBorder)
{
    bench.environment.interfaces[1].scopeBorders = {PimBsrBench::SCOPE};
    bench.Receive(bench.ScopedMessage());
    EXPECT_EQ(bench.environment.drops, (Drops{"scope-border"}));
    EXPECT_EQ(bench.machine.FindZone(PimBsrBench::ZONE), nullptr);
    bench.Receive(bench.Message());
    EXPECT_EQ(bench.State(), State::ACCEPT_PREFERRED) << "the global zone's does";
    EXPECT_EQ(bench.Flooded().size(), 3u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_3_ABorderOfAWiderRangeKeepsTheNarrowerZoneOut)
{
    bench.environment.interfaces[1].scopeBorders = {PimBsrBench::ALL};
    bench.Receive(bench.ScopedMessage());
    EXPECT_EQ(bench.environment.drops, (Drops{"scope-border"}));
}

TEST_F(Rfc5059NonCandidate, S3_1_3_TheBsrHasAnAddressThatARouterCanHave)
{
    for (const char* address : {"0.0.0.0", "224.0.0.13", "255.255.255.255"})
    {
        bench.machine.Receive(
            bench.Message(Ipv4Address(address)), 1, PimBsrBench::NEAR, PimAllRouters());
    }
    EXPECT_EQ(bench.environment.drops, (Drops{"bsr-address", "bsr-address", "bsr-address"}));
}

TEST_F(Rfc5059Candidate, S3_1_3_ItsOwnMessageThatComesBackIsNothing)
{
    BecomeElected();
    bench.machine.Receive(
        bench.Message(PimBsrBench::OWN, 64), 1, PimBsrBench::NEAR, PimAllRouters());
    bench.Advance(1);
    EXPECT_EQ(bench.State(), State::ELECTED);
    EXPECT_TRUE(bench.Flooded().empty());
}

// ---- §3.1.4, what is preferred ----

TEST_F(Rfc5059NonCandidate, S3_1_4_PriorityThenAddress)
{
    bench.Receive(bench.Message(PimBsrBench::BSR_2, 64));
    bench.Receive(bench.Message(PimBsrBench::BSR_1, 65));
    EXPECT_EQ(bench.Zone().GetBsr().address, PimBsrBench::BSR_1) << "higher priority";
    bench.Receive(bench.Message(PimBsrBench::BSR_2, 65));
    EXPECT_EQ(bench.Zone().GetBsr().address, PimBsrBench::BSR_2) << "equal: higher address";
    EXPECT_EQ(bench.Flooded().size(), 9u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_4_ThePresentBsrMayLowerItsWeight)
{
    bench.Receive(bench.Message(PimBsrBench::BSR_2, 64));
    bench.Receive(bench.Message(PimBsrBench::BSR_2, 3));
    EXPECT_EQ(bench.Zone().GetBsr().priority, 3);
    bench.Receive(bench.Message(PimBsrBench::BSR_1, 4));
    EXPECT_EQ(bench.Zone().GetBsr().address, PimBsrBench::BSR_1);
    EXPECT_EQ(bench.Flooded().size(), 9u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059Candidate, S3_1_4_ThePresentBsrMayLowerItsWeightToTheCandidatesOwn)
{
    BecomeCandidate();
    bench.Receive(bench.Message(PimBsrBench::BSR_1, 65));
    EXPECT_EQ(bench.State(), State::CANDIDATE);
    EXPECT_EQ(bench.Zone().GetBsr().priority, 65);
    bench.Receive(bench.Message(PimBsrBench::BSR_1, 64));
    EXPECT_EQ(bench.State(), State::CANDIDATE) << "10.9.0.1 is higher than 10.0.3.1";
    EXPECT_EQ(bench.Flooded().size(), 6u) << "both are forwarded";
}

TEST_F(Rfc5059Candidate, S3_1_4_PendingComparesWithItsOwnWeight)
{
    bench.environment.rib.Set("10.0.2.0", 24, {{2, "0.0.0.0"}}, 0, 0);
    bench.machine.Receive(
        bench.Message(PimBsrBench::OTHER, 64), 2, PimBsrBench::OTHER, PimAllRouters());
    EXPECT_EQ(bench.State(), State::PENDING) << "10.0.2.2 is lower than 10.0.3.1";
    EXPECT_EQ(bench.Flooded().size(), 3u) << "forwarded";
}

// ---- §3.1.5, the actions ----

TEST_F(Rfc5059NonCandidate, S3_1_5_ForwardBsmLeavesOutBordersAndInterfacesWithoutNeighbors)
{
    bench.environment.AddInterface(4, "10.0.4.1");
    bench.hellos.InterfaceChanged(4);
    bench.environment.interfaces[2].scopeBorders = {PimBsrBench::SCOPE};
    bench.Receive(bench.ScopedMessage());
    EXPECT_EQ(bench.Flooded(), (Interfaces{1, 3}));
    bench.environment.Forget();
    bench.Receive(bench.Message());
    EXPECT_EQ(bench.Flooded(), EVERYWHERE) << "the border is none for the global zone";
}

TEST_F(Rfc5059NonCandidate, S3_1_5_StoreRpSetTakesTheRangeWhole)
{
    PimBootstrap message = bench.Message();
    message.ranges = {PimBsrBench::Range(PimBsrBench::ALL, {PimBsrBench::RP_A, PimBsrBench::RP_B}),
                      PimBsrBench::Range(PimBsrBench::SCOPE, {PimBsrBench::RP_B})};
    bench.Receive(message);
    EXPECT_EQ(bench.rpSet.GetMappings().size(), 3u);
    message = bench.Message();
    message.ranges = {PimBsrBench::Range(PimBsrBench::ALL, {PimBsrBench::RP_A})};
    bench.Receive(message);
    EXPECT_EQ(bench.Rp("239.0.0.1"), PimBsrBench::RP_A);
    EXPECT_EQ(bench.rpSet.GetMappings().size(), 2u) << "an RP no longer named goes at once";
    EXPECT_EQ(bench.Rp("239.1.0.1"), PimBsrBench::RP_B) << "a range not in the message stays";
    bench.Advance(100);
    message.fragmentTag = ++bench.tag;
    bench.Receive(message);
    bench.Advance(51);
    EXPECT_EQ(bench.Rp("239.1.0.1"), PimBsrBench::RP_A) << "until its holdtime is over";
    EXPECT_EQ(bench.Flooded().size(), 9u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_5_AnRpOfHoldtimeZeroGoesAtOnce)
{
    bench.Receive(bench.Message());
    PimBootstrap message = bench.Message();
    message.ranges = {PimBsrBench::Range(PimBsrBench::ALL, {PimBsrBench::RP_A}, 0)};
    bench.Receive(message);
    EXPECT_TRUE(bench.rpSet.GetMappings().empty());
    EXPECT_EQ(bench.Flooded().size(), 6u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_5_ARangeWithoutRpsIsEmptied)
{
    bench.Receive(bench.Message());
    PimBootstrap message = bench.Message();
    message.ranges = {PimBsrBench::Range(PimBsrBench::ALL, {})};
    bench.Receive(message);
    EXPECT_TRUE(bench.rpSet.GetMappings().empty());
    EXPECT_EQ(bench.Flooded().size(), 6u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_5_AnEmptyMessageWipesNothing)
{
    bench.Receive(bench.Message());
    PimBootstrap message = bench.Message();
    message.ranges.clear();
    bench.Receive(message);
    EXPECT_EQ(bench.Rp("239.0.0.1"), PimBsrBench::RP_A);
    EXPECT_EQ(bench.Flooded().size(), 6u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_5_ZonesHaveBsrsOfTheirOwn)
{
    bench.Receive(bench.Message(PimBsrBench::BSR_1));
    bench.Receive(bench.ScopedMessage(PimBsrBench::BSR_2));
    EXPECT_EQ(bench.Zone().GetBsr().address, PimBsrBench::BSR_1);
    EXPECT_EQ(bench.Zone(PimBsrBench::ZONE).GetBsr().address, PimBsrBench::BSR_2);
    EXPECT_EQ(bench.Rp("239.0.0.1"), PimBsrBench::RP_A);
    EXPECT_EQ(bench.Rp("239.1.0.1"), PimBsrBench::RP_B);
    EXPECT_EQ(bench.Flooded().size(), 6u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_5_AZonesGroupsHaveNoRpOfTheWiderZone)
{
    bench.Receive(bench.Message());
    EXPECT_EQ(bench.Rp("239.1.0.1"), PimBsrBench::RP_A) << "the zone is not known yet";
    PimBootstrap message = bench.ScopedMessage();
    message.ranges[0].rps.clear();
    message.ranges[0].rpCount = 0;
    bench.Receive(message);
    EXPECT_EQ(bench.Rp("239.1.0.1"), Ipv4Address::GetAny());
    EXPECT_EQ(bench.Rp("239.2.0.1"), PimBsrBench::RP_A);
    EXPECT_EQ(bench.Flooded().size(), 6u) << "forwarded on all three interfaces";
}

} // namespace
