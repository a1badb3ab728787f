// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059: the tables of §3.1.1 and §3.1.2 row by row, the checks of §3.1.3 one by one, what is
// preferred (§3.1.4), the actions (§3.1.5), timer values (§5). What candidate RPs and flooding do
// is in pim-bsr-messages-test.cc.
#include "support/pim-bsr-bench.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

using Bench = PimBsrBench;
using State = PimBsrState;
using Interfaces = std::vector<uint32_t>;
using Drops = std::vector<std::string>;

const Interfaces EVERYWHERE{1, 2, 3};

/** This router is a candidate of priority 64: it outweighs BSR_1 and BSR_2 by its address. */
class Rfc5059Candidate : public testing::Test
{
  protected:
    void TearDown() override
    {
        bench.ExpectNothingElse();
    }

    Rfc5059Candidate()
    {
        bench.BecomeCandidateBsr(64);
        bench.machine.Start();
    }

    void BecomeElected()
    {
        bench.Advance(6);
        ASSERT_EQ(bench.State(), State::ELECTED);
        bench.environment.Forget();
    }

    void BecomeCandidate()
    {
        bench.Receive(bench.Message(Bench::BSR_1, 100));
        ASSERT_EQ(bench.State(), State::CANDIDATE);
        bench.environment.Forget();
    }

    Bench bench;
};

// ---- §3.1.1, the candidate's table ----

TEST_F(Rfc5059Candidate, S3_1_1_StartsAsPendingForRandOverride)
{
    EXPECT_EQ(bench.State(), State::PENDING);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(5)) << "nothing is stored of a BSR";
    EXPECT_TRUE(bench.Flooded().empty());
}

TEST_F(Rfc5059Candidate, S3_1_1_CandidateReceivesPreferredBsm)
{
    BecomeCandidate();
    bench.Advance(50);
    PimBootstrap next = bench.Message(Bench::BSR_1, 100);
    next.ranges = {Bench::Range(Bench::ALL, {Bench::RP_B})};
    bench.Receive(next);
    EXPECT_EQ(bench.State(), State::CANDIDATE);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE) << "Forward BSM";
    EXPECT_EQ(bench.Rp("239.0.0.1"), Bench::RP_B) << "Store RP-Set";
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(130)) << "BS_Timeout";
}

TEST_F(Rfc5059Candidate, S3_1_1_CandidateBootstrapTimerExpires)
{
    BecomeCandidate();
    bench.Advance(130);
    EXPECT_EQ(bench.State(), State::PENDING);
    const double override =
        5 + 2 * std::log2(1.0 + 100 - 64) + (2 - Bench::OWN.Get() / 2147483648.0);
    EXPECT_NEAR(bench.Zone().GetBootstrapTimer().GetSeconds(), override, 1e-6);
    EXPECT_TRUE(bench.Flooded().empty());
}

TEST_F(Rfc5059Candidate, S3_1_1_CandidateReceivesNonPreferredBsm)
{
    BecomeCandidate();
    bench.Advance(50);
    bench.Receive(bench.Message(Bench::BSR_2, 99));
    EXPECT_EQ(bench.State(), State::CANDIDATE);
    EXPECT_EQ(bench.Zone().GetBsr().address, Bench::BSR_1);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(80));
    EXPECT_TRUE(bench.Flooded().empty());
}

TEST_F(Rfc5059Candidate, S3_1_1_CandidateReceivesNonPreferredBsmFromElectedBsr)
{
    BecomeCandidate();
    bench.Receive(bench.Message(Bench::BSR_1, 63));
    EXPECT_EQ(bench.State(), State::PENDING);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE) << "Forward BSM";
    EXPECT_GT(bench.Zone().GetBootstrapTimer(), Seconds(5)) << "BS_Rand_Override";
    EXPECT_LT(bench.Zone().GetBootstrapTimer(), Seconds(23));
}

TEST_F(Rfc5059Candidate, S3_1_1_PendingReceivesPreferredBsm)
{
    bench.Receive(bench.Message(Bench::BSR_1, 65));
    EXPECT_EQ(bench.State(), State::CANDIDATE);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE);
    EXPECT_EQ(bench.Rp("239.0.0.1"), Bench::RP_A);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(130));
}

TEST_F(Rfc5059Candidate, S3_1_1_PendingBootstrapTimerExpires)
{
    bench.Advance(5);
    EXPECT_EQ(bench.State(), State::ELECTED);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE) << "Originate BSM";
    EXPECT_EQ(bench.Sent()[0].bsrAddress, Bench::OWN);
    EXPECT_EQ(bench.Sent()[0].bsrPriority, 64);
    EXPECT_EQ(bench.Sent()[0].hashMaskLength, 30);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(60)) << "BS_Period";
}

TEST_F(Rfc5059Candidate, S3_1_1_PendingReceivesNonPreferredBsm)
{
    bench.Advance(1);
    bench.Receive(bench.Message(Bench::BSR_1, 63));
    EXPECT_EQ(bench.State(), State::PENDING);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE) << "Forward BSM";
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(4));
    EXPECT_EQ(bench.Rp("239.0.0.1"), Ipv4Address::GetAny()) << "nothing is stored";
}

TEST_F(Rfc5059Candidate, S3_1_1_ElectedReceivesPreferredBsm)
{
    BecomeElected();
    bench.Receive(bench.Message(Bench::BSR_1, 65));
    EXPECT_EQ(bench.State(), State::CANDIDATE);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE);
    EXPECT_EQ(bench.Sent()[0].bsrAddress, Bench::BSR_1);
    EXPECT_EQ(bench.Rp("239.0.0.1"), Bench::RP_A);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(130));
}

TEST_F(Rfc5059Candidate, S3_1_1_ElectedBootstrapTimerExpires)
{
    BecomeElected();
    bench.Advance(59);
    EXPECT_EQ(bench.State(), State::ELECTED);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(60));
}

TEST_F(Rfc5059Candidate, S3_1_1_ElectedReceivesNonPreferredBsm)
{
    BecomeElected();
    bench.Advance(20);
    bench.Receive(bench.Message(Bench::BSR_1, 63));
    bench.Advance(0);
    EXPECT_EQ(bench.State(), State::ELECTED);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE) << "Originate BSM";
    EXPECT_EQ(bench.Sent()[0].bsrAddress, Bench::OWN);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(60));
}

TEST_F(Rfc5059Candidate, S3_1_1_PendingAlsoIfItBecomesACandidateLater)
{
    Bench late;
    late.machine.Start();
    late.Receive(late.Message(Bench::BSR_1, 100));
    late.BecomeCandidateBsr(64);
    late.machine.CandidatesChanged();
    EXPECT_EQ(late.State(), State::PENDING);
    EXPECT_GT(late.Zone().GetBootstrapTimer(), Seconds(10)) << "by what is stored of the BSR";
    late.Receive(late.Message(Bench::BSR_1, 100));
    EXPECT_EQ(late.State(), State::CANDIDATE);
}

TEST_F(Rfc5059Candidate, S3_1_1_ACandidateNoLongerIsAnOrdinaryRouter)
{
    BecomeCandidate();
    bench.config.candidateBsrs.clear();
    bench.machine.CandidatesChanged();
    EXPECT_EQ(bench.State(), State::ACCEPT_PREFERRED);
    EXPECT_EQ(bench.Zone().GetBsr().address, Bench::BSR_1);
}

TEST_F(Rfc5059Candidate, S3_1_1_ABsrWhoseInterfaceIsGoneAcceptsAny)
{
    BecomeElected();
    bench.environment.interfaces[3].up = false;
    bench.machine.InterfaceChanged(3);
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY);
    bench.Receive(bench.Message(Bench::BSR_1, 1));
    EXPECT_EQ(bench.State(), State::ACCEPT_PREFERRED);
    bench.environment.interfaces[3].up = true;
    bench.machine.InterfaceChanged(3);
    EXPECT_EQ(bench.State(), State::PENDING);
    EXPECT_EQ(bench.Flooded().size(), 2u) << "on the interfaces that are left";
}

TEST_F(Rfc5059Candidate, S3_1_1_TheBestOfSeveralInterfacesStands)
{
    Bench two;
    two.BecomeCandidateBsr(10);
    two.BecomeCandidateBsr(20);
    two.config.candidateBsrs[1].interface = 2;
    two.machine.Start();
    EXPECT_EQ(two.Zone().GetOwn()->address, Ipv4Address("10.0.2.1"));
    EXPECT_EQ(two.Zone().GetOwn()->priority, 20);
}

// ---- §3.1.2, everybody else's table ----

class Rfc5059NonCandidate : public testing::Test
{
  protected:
    void TearDown() override
    {
        bench.ExpectNothingElse();
    }

    Rfc5059NonCandidate()
    {
        bench.machine.Start();
    }

    Bench bench;
};

TEST_F(Rfc5059NonCandidate, S3_1_2_TheGlobalZoneStartsAsAcceptAny)
{
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(0));
    EXPECT_EQ(bench.Zone().GetScopeZoneTimer(), Seconds(0));
    EXPECT_EQ(bench.machine.FindZone(Bench::ZONE), nullptr) << "No Info";
}

TEST_F(Rfc5059NonCandidate, S3_1_2_AZoneThatABorderKnowsStartsAsAcceptAny)
{
    Bench border;
    border.environment.interfaces[3].scopeBorders = {Bench::SCOPE};
    border.machine.Start();
    EXPECT_EQ(border.State(Bench::ZONE), State::ACCEPT_ANY);
    EXPECT_EQ(border.Rp("239.1.0.1"), Ipv4Address::GetAny());
}

TEST_F(Rfc5059NonCandidate, S3_1_2_NoInfoReceivesBsm)
{
    bench.Receive(bench.ScopedMessage());
    EXPECT_EQ(bench.State(Bench::ZONE), State::ACCEPT_PREFERRED);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE) << "Forward BSM";
    EXPECT_EQ(bench.Rp("239.1.0.1"), Bench::RP_B) << "Store RP-Set";
    EXPECT_EQ(bench.Zone(Bench::ZONE).GetBootstrapTimer(), Seconds(130)) << "BS_Timeout";
    EXPECT_EQ(bench.Zone(Bench::ZONE).GetScopeZoneTimer(), Seconds(1300)) << "SZ_Timeout";
}

TEST_F(Rfc5059NonCandidate, S3_1_2_AcceptAnyReceivesBsm)
{
    bench.Receive(bench.Message(Bench::BSR_1, 0));
    EXPECT_EQ(bench.State(), State::ACCEPT_PREFERRED);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE);
    EXPECT_EQ(bench.Rp("239.0.0.1"), Bench::RP_A);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(130));
    EXPECT_EQ(bench.Zone().GetScopeZoneTimer(), Seconds(0)) << "the global zone never expires";
    EXPECT_EQ(bench.environment.events.front(), "bsr 10.9.0.1 priority 0");
}

TEST_F(Rfc5059NonCandidate, S3_1_2_AcceptAnyScopeZoneTimerExpires)
{
    bench.Receive(bench.ScopedMessage());
    bench.Advance(130);
    EXPECT_EQ(bench.State(Bench::ZONE), State::ACCEPT_ANY);
    bench.Advance(1169);
    EXPECT_NE(bench.machine.FindZone(Bench::ZONE), nullptr);
    bench.Advance(2);
    EXPECT_EQ(bench.machine.FindZone(Bench::ZONE), nullptr) << "No Info";
    EXPECT_EQ(bench.Flooded().size(), 3u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_2_ABordersZoneIsNotForgotten)
{
    Bench border;
    border.environment.interfaces[3].scopeBorders = {Bench::SCOPE};
    border.machine.Start();
    border.Receive(border.ScopedMessage());
    border.Advance(1301);
    EXPECT_EQ(border.State(Bench::ZONE), State::ACCEPT_ANY);
    EXPECT_EQ(border.Rp("239.1.0.1"), Ipv4Address::GetAny());
}

TEST_F(Rfc5059NonCandidate, S3_1_2_AcceptPreferredReceivesPreferredBsm)
{
    bench.Receive(bench.ScopedMessage());
    bench.Advance(60);
    bench.environment.Forget();
    bench.Receive(bench.ScopedMessage(Bench::BSR_2, 64));
    EXPECT_EQ(bench.State(Bench::ZONE), State::ACCEPT_PREFERRED);
    EXPECT_EQ(bench.Zone(Bench::ZONE).GetBsr().address, Bench::BSR_2);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE);
    EXPECT_EQ(bench.Zone(Bench::ZONE).GetBootstrapTimer(), Seconds(130));
    EXPECT_EQ(bench.Zone(Bench::ZONE).GetScopeZoneTimer(), Seconds(1300));
}

TEST_F(Rfc5059NonCandidate, S3_1_2_AcceptPreferredBootstrapTimerExpires)
{
    bench.Receive(bench.Message());
    bench.environment.Forget();
    bench.Advance(130);
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY);
    EXPECT_EQ(bench.Zone().GetBsr().address, Ipv4Address::GetAny()) << "Remove BSR state";
    EXPECT_TRUE(bench.Zone().GetStoredMessage().empty());
    EXPECT_EQ(bench.Rp("239.0.0.1"), Bench::RP_A);
    EXPECT_EQ(bench.rpSet.GetRemaining(bench.rpSet.GetMappings()[0]), Seconds(150))
        << "Refresh RP-Set";
    EXPECT_EQ(bench.environment.events.front(), "bsr none");
    bench.Advance(151);
    EXPECT_EQ(bench.Rp("239.0.0.1"), Ipv4Address::GetAny());
}

TEST_F(Rfc5059NonCandidate, S3_1_2_AcceptPreferredReceivesNonPreferredBsm)
{
    bench.Receive(bench.Message(Bench::BSR_2));
    bench.Advance(30);
    bench.environment.Forget();
    bench.Receive(bench.Message(Bench::BSR_1));
    EXPECT_EQ(bench.Zone().GetBsr().address, Bench::BSR_2);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(100));
    EXPECT_TRUE(bench.Flooded().empty());
}

// ---- §3.1.3, the checks ----

TEST_F(Rfc5059NonCandidate, S3_1_3_TheSenderHasToBeANeighbor)
{
    bench.machine.Receive(bench.Message(), 1, Ipv4Address("10.0.1.7"), PimAllRouters());
    EXPECT_EQ(bench.environment.drops, (Drops{"not-a-neighbor"}));
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY);
}

TEST_F(Rfc5059NonCandidate, S3_1_3_TheSenderHasToBeTheRpfNeighborOfTheBsr)
{
    bench.machine.Receive(bench.Message(Bench::BSR_1), 2, Bench::OTHER, PimAllRouters());
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY);
    bench.Meet(1, Ipv4Address("10.0.1.3"));
    bench.machine.Receive(bench.Message(), 1, Ipv4Address("10.0.1.3"), PimAllRouters());
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY) << "another on that link";
    EXPECT_TRUE(bench.environment.drops.empty()) << "flooding brings such copies everywhere";
}

TEST_F(Rfc5059NonCandidate, S3_1_3_TheBsrItselfMayBeTheNeighbor)
{
    bench.machine.Receive(bench.Message(Bench::NEAR), 1, Bench::NEAR, PimAllRouters());
    EXPECT_EQ(bench.Zone().GetBsr().address, Bench::NEAR);
    EXPECT_EQ(bench.Flooded().size(), 3u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_3_TheRpfNeighborMayBeKnownByASecondaryAddress)
{
    PimHello hello;
    hello.secondaryAddresses = {Ipv4Address("10.0.1.202")};
    bench.hellos.ReceiveHello(hello, 1, Bench::NEAR);
    bench.environment.rib.Set("10.9.0.1", 32, {{1, "10.0.1.202"}}, 2);
    bench.Receive(bench.Message());
    EXPECT_EQ(bench.Zone().GetBsr().address, Bench::BSR_1);
    EXPECT_EQ(bench.Flooded().size(), 3u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_3_MessagesWaitForARouteToTheBsr)
{
    bench.environment.rib.Remove("10.9.0.1", 32);
    PimBootstrap one = bench.Message();
    PimBootstrap two = one;
    two.ranges = {Bench::Range(Bench::SCOPE, {Bench::RP_B})};
    bench.Receive(one);
    bench.Receive(two);
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY);
    bench.Advance(30);
    bench.machine.RoutesChanged();
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY);
    bench.environment.rib.Set("10.9.0.1", 32, {{1, "10.0.1.2"}}, 2);
    bench.machine.RoutesChanged();
    EXPECT_EQ(bench.Rp("239.0.0.1"), Bench::RP_A);
    EXPECT_EQ(bench.Rp("239.1.0.1"), Bench::RP_B) << "all fragments have waited";
    EXPECT_EQ(bench.Flooded(), (Interfaces{1, 2, 3, 1, 2, 3}));
}

TEST_F(Rfc5059NonCandidate, S3_1_3_OfSeveralMessagesThatWaitThePreferredIsTakenFirst)
{
    bench.environment.rib.Remove("10.9.0.1", 32);
    bench.environment.rib.Remove("10.9.0.2", 32);
    bench.Receive(bench.Message(Bench::BSR_1, 10));
    bench.Receive(bench.Message(Bench::BSR_2, 20));
    bench.environment.rib.Set("10.9.0.1", 32, {{1, "10.0.1.2"}}, 2);
    bench.environment.rib.Set("10.9.0.2", 32, {{2, "10.0.2.2"}}, 2);
    bench.machine.RoutesChanged();
    EXPECT_EQ(bench.Zone().GetBsr().address, Bench::BSR_2);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE) << "one message, not both";
    EXPECT_EQ(bench.environment.events.front(), "bsr 10.9.0.2 priority 20");
}

TEST_F(Rfc5059NonCandidate, S3_1_3_MessagesFromElsewhereThanTheRouteDoNotWait)
{
    bench.machine.Receive(bench.Message(Bench::BSR_1), 2, Bench::OTHER, PimAllRouters());
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
    bench.machine.Receive(message, 2, Bench::OTHER, PimAllRouters());
    EXPECT_EQ(bench.State(), State::ACCEPT_PREFERRED);
    EXPECT_TRUE(bench.Flooded().empty()) << "it is not forwarded";
}

TEST_F(Rfc5059NonCandidate, S3_1_3_ANoForwardMessageIsTakenWithAllItsFragments)
{
    PimBootstrap one = bench.Message();
    one.noForward = true;
    PimBootstrap two = one;
    two.ranges = {Bench::Range(Bench::SCOPE, {Bench::RP_B})};
    bench.machine.Receive(one, 2, Bench::OTHER, PimAllRouters());
    bench.machine.Receive(two, 2, Bench::OTHER, PimAllRouters());
    EXPECT_EQ(bench.Rp("239.1.0.1"), Bench::RP_B);
    EXPECT_TRUE(bench.environment.drops.empty());
}

TEST_F(Rfc5059NonCandidate, S3_1_3_ANoForwardMessageIsNotTakenAfterAnother)
{
    bench.Receive(bench.Message());
    PimBootstrap message = bench.Message(Bench::BSR_2);
    message.noForward = true;
    bench.Receive(message);
    EXPECT_EQ(bench.Zone().GetBsr().address, Bench::BSR_1);
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
    bench.machine.Receive(bench.Message(), 2, Bench::OTHER, Ipv4Address("10.0.2.1"));
    EXPECT_EQ(bench.State(), State::ACCEPT_PREFERRED);
    bench.machine.Receive(bench.Message(Bench::BSR_2), 2, Bench::OTHER, Ipv4Address("10.0.2.1"));
    EXPECT_EQ(bench.Zone().GetBsr().address, Bench::BSR_1) << "only one";
    EXPECT_EQ(bench.Flooded().size(), 3u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_3_AUnicastMessageIsForThisRouter)
{
    bench.machine.Receive(bench.Message(), 2, Bench::OTHER, Ipv4Address("10.0.2.7"));
    bench.config.acceptUnicast = false;
    bench.machine.Receive(bench.Message(), 2, Bench::OTHER, Ipv4Address("10.0.2.1"));
    EXPECT_EQ(bench.environment.drops, (Drops{"destination", "destination"}));
    EXPECT_EQ(bench.State(), State::ACCEPT_ANY);
}

TEST_F(Rfc5059NonCandidate, S3_1_3_AScopedMessageDoesNotComeInOverTheBorder)
{
    bench.environment.interfaces[1].scopeBorders = {Bench::SCOPE};
    bench.Receive(bench.ScopedMessage());
    EXPECT_EQ(bench.environment.drops, (Drops{"scope-border"}));
    EXPECT_EQ(bench.machine.FindZone(Bench::ZONE), nullptr);
    bench.Receive(bench.Message());
    EXPECT_EQ(bench.State(), State::ACCEPT_PREFERRED) << "the global zone's does";
    EXPECT_EQ(bench.Flooded().size(), 3u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_3_ABorderOfAWiderRangeKeepsTheNarrowerZoneOut)
{
    bench.environment.interfaces[1].scopeBorders = {Bench::ALL};
    bench.Receive(bench.ScopedMessage());
    EXPECT_EQ(bench.environment.drops, (Drops{"scope-border"}));
}

TEST_F(Rfc5059NonCandidate, S3_1_3_TheBsrHasAnAddressThatARouterCanHave)
{
    for (const char* address : {"0.0.0.0", "224.0.0.13", "255.255.255.255"})
    {
        bench.machine.Receive(bench.Message(Ipv4Address(address)), 1, Bench::NEAR, PimAllRouters());
    }
    EXPECT_EQ(bench.environment.drops, (Drops{"bsr-address", "bsr-address", "bsr-address"}));
}

TEST_F(Rfc5059Candidate, S3_1_3_ItsOwnMessageThatComesBackIsNothing)
{
    BecomeElected();
    bench.machine.Receive(bench.Message(Bench::OWN, 64), 1, Bench::NEAR, PimAllRouters());
    bench.Advance(1);
    EXPECT_EQ(bench.State(), State::ELECTED);
    EXPECT_TRUE(bench.Flooded().empty());
}

// ---- §3.1.4, what is preferred ----

TEST_F(Rfc5059NonCandidate, S3_1_4_PriorityThenAddress)
{
    bench.Receive(bench.Message(Bench::BSR_2, 64));
    bench.Receive(bench.Message(Bench::BSR_1, 65));
    EXPECT_EQ(bench.Zone().GetBsr().address, Bench::BSR_1) << "higher priority";
    bench.Receive(bench.Message(Bench::BSR_2, 65));
    EXPECT_EQ(bench.Zone().GetBsr().address, Bench::BSR_2) << "equal: higher address";
    EXPECT_EQ(bench.Flooded().size(), 9u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_4_ThePresentBsrMayLowerItsWeight)
{
    bench.Receive(bench.Message(Bench::BSR_2, 64));
    bench.Receive(bench.Message(Bench::BSR_2, 3));
    EXPECT_EQ(bench.Zone().GetBsr().priority, 3);
    bench.Receive(bench.Message(Bench::BSR_1, 4));
    EXPECT_EQ(bench.Zone().GetBsr().address, Bench::BSR_1);
    EXPECT_EQ(bench.Flooded().size(), 9u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059Candidate, S3_1_4_ThePresentBsrMayLowerItsWeightToTheCandidatesOwn)
{
    BecomeCandidate();
    bench.Receive(bench.Message(Bench::BSR_1, 65));
    EXPECT_EQ(bench.State(), State::CANDIDATE);
    EXPECT_EQ(bench.Zone().GetBsr().priority, 65);
    bench.Receive(bench.Message(Bench::BSR_1, 64));
    EXPECT_EQ(bench.State(), State::CANDIDATE) << "10.9.0.1 is higher than 10.0.3.1";
    EXPECT_EQ(bench.Flooded().size(), 6u) << "both are forwarded";
}

TEST_F(Rfc5059Candidate, S3_1_4_PendingComparesWithItsOwnWeight)
{
    bench.environment.rib.Set("10.0.2.0", 24, {{2, "0.0.0.0"}}, 0, 0);
    bench.machine.Receive(bench.Message(Bench::OTHER, 64), 2, Bench::OTHER, PimAllRouters());
    EXPECT_EQ(bench.State(), State::PENDING) << "10.0.2.2 is lower than 10.0.3.1";
    EXPECT_EQ(bench.Flooded().size(), 3u) << "forwarded";
}

// ---- §3.1.5, the actions ----

TEST_F(Rfc5059NonCandidate, S3_1_5_ForwardBsmLeavesOutBordersAndInterfacesWithoutNeighbors)
{
    bench.environment.AddInterface(4, "10.0.4.1");
    bench.hellos.InterfaceChanged(4);
    bench.environment.interfaces[2].scopeBorders = {Bench::SCOPE};
    bench.Receive(bench.ScopedMessage());
    EXPECT_EQ(bench.Flooded(), (Interfaces{1, 3}));
    bench.environment.Forget();
    bench.Receive(bench.Message());
    EXPECT_EQ(bench.Flooded(), EVERYWHERE) << "the border is none for the global zone";
}

TEST_F(Rfc5059NonCandidate, S3_1_5_StoreRpSetTakesTheRangeWhole)
{
    PimBootstrap message = bench.Message();
    message.ranges = {Bench::Range(Bench::ALL, {Bench::RP_A, Bench::RP_B}),
                      Bench::Range(Bench::SCOPE, {Bench::RP_B})};
    bench.Receive(message);
    EXPECT_EQ(bench.rpSet.GetMappings().size(), 3u);
    message = bench.Message();
    message.ranges = {Bench::Range(Bench::ALL, {Bench::RP_A})};
    bench.Receive(message);
    EXPECT_EQ(bench.Rp("239.0.0.1"), Bench::RP_A);
    EXPECT_EQ(bench.rpSet.GetMappings().size(), 2u) << "an RP no longer named goes at once";
    EXPECT_EQ(bench.Rp("239.1.0.1"), Bench::RP_B) << "a range not in the message stays";
    bench.Advance(100);
    message.fragmentTag = ++bench.tag;
    bench.Receive(message);
    bench.Advance(51);
    EXPECT_EQ(bench.Rp("239.1.0.1"), Bench::RP_A) << "until its holdtime is over";
    EXPECT_EQ(bench.Flooded().size(), 9u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_5_AnRpOfHoldtimeZeroGoesAtOnce)
{
    bench.Receive(bench.Message());
    PimBootstrap message = bench.Message();
    message.ranges = {Bench::Range(Bench::ALL, {Bench::RP_A}, 0)};
    bench.Receive(message);
    EXPECT_TRUE(bench.rpSet.GetMappings().empty());
    EXPECT_EQ(bench.Flooded().size(), 6u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_5_ARangeWithoutRpsIsEmptied)
{
    bench.Receive(bench.Message());
    PimBootstrap message = bench.Message();
    message.ranges = {Bench::Range(Bench::ALL, {})};
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
    EXPECT_EQ(bench.Rp("239.0.0.1"), Bench::RP_A);
    EXPECT_EQ(bench.Flooded().size(), 6u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_5_ZonesHaveBsrsOfTheirOwn)
{
    bench.Receive(bench.Message(Bench::BSR_1));
    bench.Receive(bench.ScopedMessage(Bench::BSR_2));
    EXPECT_EQ(bench.Zone().GetBsr().address, Bench::BSR_1);
    EXPECT_EQ(bench.Zone(Bench::ZONE).GetBsr().address, Bench::BSR_2);
    EXPECT_EQ(bench.Rp("239.0.0.1"), Bench::RP_A);
    EXPECT_EQ(bench.Rp("239.1.0.1"), Bench::RP_B);
    EXPECT_EQ(bench.Flooded().size(), 6u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_5_AZonesGroupsHaveNoRpOfTheWiderZone)
{
    bench.Receive(bench.Message());
    EXPECT_EQ(bench.Rp("239.1.0.1"), Bench::RP_A) << "the zone is not known yet";
    PimBootstrap message = bench.ScopedMessage();
    message.ranges[0].rps.clear();
    message.ranges[0].rpCount = 0;
    bench.Receive(message);
    EXPECT_EQ(bench.Rp("239.1.0.1"), Ipv4Address::GetAny());
    EXPECT_EQ(bench.Rp("239.2.0.1"), Bench::RP_A);
    EXPECT_EQ(bench.Flooded().size(), 6u) << "forwarded on all three interfaces";
}

// ---- §5, timer values ----

TEST(Rfc5059, S5_RandOverride)
{
    struct Case
    {
        uint8_t stored;
        const char* storedAddress;
        uint8_t own;
        double seconds;
    };

    const double address = 2 - Bench::OWN.Get() / 2147483648.0;
    const Case cases[] = {
        {64, "10.9.0.1", 64, 5 + std::log2(1.0 + 0x0a090001 - 0x0a000301) / 16},
        {100, "10.9.0.1", 64, 5 + 2 * std::log2(37.0) + address},
        {255, "10.9.0.1", 0, 5 + 2 * std::log2(256.0) + address},
        {10, "10.9.0.1", 64, 5 + std::log2(1.0 + 0x0a090001 - 0x0a000301) / 16},
        {64, "10.0.1.2", 64, 5},
    };
    for (const Case& one : cases)
    {
        Bench bench;
        bench.machine.Start();
        bench.machine.Receive(bench.Message(Ipv4Address(one.storedAddress), one.stored),
                              1,
                              Bench::NEAR,
                              PimAllRouters());
        bench.BecomeCandidateBsr(one.own);
        bench.machine.CandidatesChanged();
        EXPECT_NEAR(bench.Zone().GetBootstrapTimer().GetSeconds(), one.seconds, 1e-6);
        EXPECT_LE(one.seconds, 23);
    }
}

TEST(Rfc5059, S5_InitialPendingMayBeFixedAsInXorp)
{
    Bench bench;
    bench.config.initialPending = Seconds(130);
    bench.BecomeCandidateBsr(64);
    bench.machine.Start();
    bench.Advance(129);
    EXPECT_EQ(bench.State(), State::PENDING);
    bench.Advance(2);
    EXPECT_EQ(bench.State(), State::ELECTED);
    bench.Receive(bench.Message(Bench::BSR_1, 64));
    bench.Advance(130);
    EXPECT_EQ(bench.State(), State::PENDING);
    EXPECT_LT(bench.Zone().GetBootstrapTimer(), Seconds(23)) << "only at the start";
}

TEST(Rfc5059, S5_BsMinIntervalLiesBetweenTriggeredMessages)
{
    Bench bench;
    bench.BecomeCandidateBsr(64);
    bench.machine.Start();
    bench.Advance(5);
    bench.environment.Forget();
    bench.Advance(2);
    for (int i = 0; i < 5; ++i)
    {
        bench.Receive(bench.Message(Bench::BSR_1, 1));
        bench.Advance(1);
    }
    EXPECT_TRUE(bench.Sent().empty()) << "7 s after its last message";
    bench.Advance(3);
    EXPECT_EQ(bench.Sent().size(), 1u) << "10 s after it";
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(60));
}

} // namespace
