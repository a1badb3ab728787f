// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059: the tables of §3.1.1 and §3.1.2 row by row, timer values (§5). The checks of messages
// and what follows from them are in pim-bsr-checks-test.cc, what candidate RPs and flooding do is in
// pim-bsr-messages-test.cc.
#include "pim-bsr-fixtures.h"

using namespace ns3;

namespace
{

// ---- §3.1.1, the candidate's table ----

TEST_F(Rfc5059Candidate, S3_1_1_StartsAsPendingForRandOverride)
{
    EXPECT_EQ(bench.State(), PimBsrState::PENDING);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(5)) << "nothing is stored of a BSR";
    EXPECT_TRUE(bench.Flooded().empty());
}

TEST_F(Rfc5059Candidate, S3_1_1_CandidateReceivesPreferredBsm)
{
    BecomeCandidate();
    bench.Advance(50);
    PimBootstrap next = bench.Message(PimBsrBench::BSR_1, 100);
    next.ranges = {PimBsrBench::Range(PimBsrBench::ALL, {PimBsrBench::RP_B})};
    bench.Receive(next);
    EXPECT_EQ(bench.State(), PimBsrState::CANDIDATE);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE) << "Forward BSM";
    EXPECT_EQ(bench.Rp("239.0.0.1"), PimBsrBench::RP_B) << "Store RP-Set";
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(130)) << "BS_Timeout";
}

TEST_F(Rfc5059Candidate, S3_1_1_CandidateBootstrapTimerExpires)
{
    BecomeCandidate();
    bench.Advance(130);
    EXPECT_EQ(bench.State(), PimBsrState::PENDING);
    const double override =
        5 + 2 * std::log2(1.0 + 100 - 64) + (2 - PimBsrBench::OWN.Get() / 2147483648.0);
    EXPECT_NEAR(bench.Zone().GetBootstrapTimer().GetSeconds(), override, 1e-6);
    EXPECT_TRUE(bench.Flooded().empty());
}

TEST_F(Rfc5059Candidate, S3_1_1_CandidateReceivesNonPreferredBsm)
{
    BecomeCandidate();
    bench.Advance(50);
    bench.Receive(bench.Message(PimBsrBench::BSR_2, 99));
    EXPECT_EQ(bench.State(), PimBsrState::CANDIDATE);
    EXPECT_EQ(bench.Zone().GetBsr().address, PimBsrBench::BSR_1);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(80));
    EXPECT_TRUE(bench.Flooded().empty());
}

TEST_F(Rfc5059Candidate, S3_1_1_CandidateReceivesNonPreferredBsmFromElectedBsr)
{
    BecomeCandidate();
    bench.Receive(bench.Message(PimBsrBench::BSR_1, 63));
    EXPECT_EQ(bench.State(), PimBsrState::PENDING);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE) << "Forward BSM";
    EXPECT_GT(bench.Zone().GetBootstrapTimer(), Seconds(5)) << "BS_Rand_Override";
    EXPECT_LT(bench.Zone().GetBootstrapTimer(), Seconds(23));
}

TEST_F(Rfc5059Candidate, S3_1_1_PendingReceivesPreferredBsm)
{
    bench.Receive(bench.Message(PimBsrBench::BSR_1, 65));
    EXPECT_EQ(bench.State(), PimBsrState::CANDIDATE);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE);
    EXPECT_EQ(bench.Rp("239.0.0.1"), PimBsrBench::RP_A);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(130));
}

TEST_F(Rfc5059Candidate, S3_1_1_PendingBootstrapTimerExpires)
{
    bench.Advance(5);
    EXPECT_EQ(bench.State(), PimBsrState::ELECTED);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE) << "Originate BSM";
    EXPECT_EQ(bench.Sent()[0].bsrAddress, PimBsrBench::OWN);
    EXPECT_EQ(bench.Sent()[0].bsrPriority, 64);
    EXPECT_EQ(bench.Sent()[0].hashMaskLength, 30);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(60)) << "BS_Period";
}

TEST_F(Rfc5059Candidate, S3_1_1_PendingReceivesNonPreferredBsm)
{
    bench.Advance(1);
    bench.Receive(bench.Message(PimBsrBench::BSR_1, 63));
    EXPECT_EQ(bench.State(), PimBsrState::PENDING);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE) << "Forward BSM";
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(4));
    EXPECT_EQ(bench.Rp("239.0.0.1"), Ipv4Address::GetAny()) << "nothing is stored";
}

TEST_F(Rfc5059Candidate, S3_1_1_ElectedReceivesPreferredBsm)
{
    BecomeElected();
    bench.Receive(bench.Message(PimBsrBench::BSR_1, 65));
    EXPECT_EQ(bench.State(), PimBsrState::CANDIDATE);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE);
    EXPECT_EQ(bench.Sent()[0].bsrAddress, PimBsrBench::BSR_1);
    EXPECT_EQ(bench.Rp("239.0.0.1"), PimBsrBench::RP_A);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(130));
}

TEST_F(Rfc5059Candidate, S3_1_1_ElectedBootstrapTimerExpires)
{
    BecomeElected();
    bench.Advance(59);
    EXPECT_EQ(bench.State(), PimBsrState::ELECTED);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(60));
}

TEST_F(Rfc5059Candidate, S3_1_1_ElectedReceivesNonPreferredBsm)
{
    BecomeElected();
    bench.Advance(20);
    bench.Receive(bench.Message(PimBsrBench::BSR_1, 63));
    bench.Advance(0);
    EXPECT_EQ(bench.State(), PimBsrState::ELECTED);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE) << "Originate BSM";
    EXPECT_EQ(bench.Sent()[0].bsrAddress, PimBsrBench::OWN);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(60));
}

TEST_F(Rfc5059Candidate, S3_1_1_PendingAlsoIfItBecomesACandidateLater)
{
    PimBsrBench late;
    late.machine.Start();
    late.Receive(late.Message(PimBsrBench::BSR_1, 100));
    late.BecomeCandidateBsr(64);
    late.machine.CandidatesChanged();
    EXPECT_EQ(late.State(), PimBsrState::PENDING);
    EXPECT_GT(late.Zone().GetBootstrapTimer(), Seconds(10)) << "by what is stored of the BSR";
    late.Receive(late.Message(PimBsrBench::BSR_1, 100));
    EXPECT_EQ(late.State(), PimBsrState::CANDIDATE);
}

TEST_F(Rfc5059Candidate, S3_1_1_ACandidateNoLongerIsAnOrdinaryRouter)
{
    BecomeCandidate();
    bench.config.candidateBsrs.clear();
    bench.machine.CandidatesChanged();
    EXPECT_EQ(bench.State(), PimBsrState::ACCEPT_PREFERRED);
    EXPECT_EQ(bench.Zone().GetBsr().address, PimBsrBench::BSR_1);
}

TEST_F(Rfc5059Candidate, S3_1_1_ABsrWhoseInterfaceIsGoneAcceptsAny)
{
    BecomeElected();
    bench.environment.interfaces[3].up = false;
    bench.machine.InterfaceChanged(3);
    EXPECT_EQ(bench.State(), PimBsrState::ACCEPT_ANY);
    bench.Receive(bench.Message(PimBsrBench::BSR_1, 1));
    EXPECT_EQ(bench.State(), PimBsrState::ACCEPT_PREFERRED);
    bench.environment.interfaces[3].up = true;
    bench.machine.InterfaceChanged(3);
    EXPECT_EQ(bench.State(), PimBsrState::PENDING);
    EXPECT_EQ(bench.Flooded().size(), 2u) << "on the interfaces that are left";
}

TEST_F(Rfc5059Candidate, S3_1_1_TheBestOfSeveralInterfacesStands)
{
    PimBsrBench two;
    two.BecomeCandidateBsr(10);
    two.BecomeCandidateBsr(20);
    two.config.candidateBsrs[1].interface = 2;
    two.machine.Start();
    EXPECT_EQ(two.Zone().GetOwn()->address, Ipv4Address("10.0.2.1"));
    EXPECT_EQ(two.Zone().GetOwn()->priority, 20);
}

// ---- §3.1.2, everybody else's table ----

TEST_F(Rfc5059NonCandidate, S3_1_2_TheGlobalZoneStartsAsAcceptAny)
{
    EXPECT_EQ(bench.State(), PimBsrState::ACCEPT_ANY);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(0));
    EXPECT_EQ(bench.Zone().GetScopeZoneTimer(), Seconds(0));
    EXPECT_EQ(bench.machine.FindZone(PimBsrBench::ZONE), nullptr) << "No Info";
}

TEST_F(Rfc5059NonCandidate, S3_1_2_AZoneThatABorderKnowsStartsAsAcceptAny)
{
    PimBsrBench border;
    border.environment.interfaces[3].scopeBorders = {PimBsrBench::SCOPE};
    border.machine.Start();
    EXPECT_EQ(border.State(PimBsrBench::ZONE), PimBsrState::ACCEPT_ANY);
    EXPECT_EQ(border.Rp("239.1.0.1"), Ipv4Address::GetAny());
}

TEST_F(Rfc5059NonCandidate, S3_1_2_NoInfoReceivesBsm)
{
    bench.Receive(bench.ScopedMessage());
    EXPECT_EQ(bench.State(PimBsrBench::ZONE), PimBsrState::ACCEPT_PREFERRED);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE) << "Forward BSM";
    EXPECT_EQ(bench.Rp("239.1.0.1"), PimBsrBench::RP_B) << "Store RP-Set";
    EXPECT_EQ(bench.Zone(PimBsrBench::ZONE).GetBootstrapTimer(), Seconds(130)) << "BS_Timeout";
    EXPECT_EQ(bench.Zone(PimBsrBench::ZONE).GetScopeZoneTimer(), Seconds(1300)) << "SZ_Timeout";
}

TEST_F(Rfc5059NonCandidate, S3_1_2_AcceptAnyReceivesBsm)
{
    bench.Receive(bench.Message(PimBsrBench::BSR_1, 0));
    EXPECT_EQ(bench.State(), PimBsrState::ACCEPT_PREFERRED);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE);
    EXPECT_EQ(bench.Rp("239.0.0.1"), PimBsrBench::RP_A);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(130));
    EXPECT_EQ(bench.Zone().GetScopeZoneTimer(), Seconds(0)) << "the global zone never expires";
    EXPECT_EQ(bench.environment.events.front(), "bsr 10.9.0.1 priority 0");
}

TEST_F(Rfc5059NonCandidate, S3_1_2_AcceptAnyScopeZoneTimerExpires)
{
    bench.Receive(bench.ScopedMessage());
    bench.Advance(130);
    EXPECT_EQ(bench.State(PimBsrBench::ZONE), PimBsrState::ACCEPT_ANY);
    bench.Advance(1169);
    EXPECT_NE(bench.machine.FindZone(PimBsrBench::ZONE), nullptr);
    bench.Advance(2);
    EXPECT_EQ(bench.machine.FindZone(PimBsrBench::ZONE), nullptr) << "No Info";
    EXPECT_EQ(bench.Flooded().size(), 3u) << "forwarded on all three interfaces";
}

TEST_F(Rfc5059NonCandidate, S3_1_2_ABordersZoneIsNotForgotten)
{
    PimBsrBench border;
    border.environment.interfaces[3].scopeBorders = {PimBsrBench::SCOPE};
    border.machine.Start();
    border.Receive(border.ScopedMessage());
    border.Advance(1301);
    EXPECT_EQ(border.State(PimBsrBench::ZONE), PimBsrState::ACCEPT_ANY);
    EXPECT_EQ(border.Rp("239.1.0.1"), Ipv4Address::GetAny());
}

TEST_F(Rfc5059NonCandidate, S3_1_2_AcceptPreferredReceivesPreferredBsm)
{
    bench.Receive(bench.ScopedMessage());
    bench.Advance(60);
    bench.environment.Forget();
    bench.Receive(bench.ScopedMessage(PimBsrBench::BSR_2, 64));
    EXPECT_EQ(bench.State(PimBsrBench::ZONE), PimBsrState::ACCEPT_PREFERRED);
    EXPECT_EQ(bench.Zone(PimBsrBench::ZONE).GetBsr().address, PimBsrBench::BSR_2);
    EXPECT_EQ(bench.Flooded(), EVERYWHERE);
    EXPECT_EQ(bench.Zone(PimBsrBench::ZONE).GetBootstrapTimer(), Seconds(130));
    EXPECT_EQ(bench.Zone(PimBsrBench::ZONE).GetScopeZoneTimer(), Seconds(1300));
}

TEST_F(Rfc5059NonCandidate, S3_1_2_AcceptPreferredBootstrapTimerExpires)
{
    bench.Receive(bench.Message());
    bench.environment.Forget();
    bench.Advance(130);
    EXPECT_EQ(bench.State(), PimBsrState::ACCEPT_ANY);
    EXPECT_EQ(bench.Zone().GetBsr().address, Ipv4Address::GetAny()) << "Remove BSR state";
    EXPECT_TRUE(bench.Zone().GetStoredMessage().empty());
    EXPECT_EQ(bench.Rp("239.0.0.1"), PimBsrBench::RP_A);
    EXPECT_EQ(bench.rpSet.GetRemaining(bench.rpSet.GetMappings()[0]), Seconds(150))
        << "Refresh RP-Set";
    EXPECT_EQ(bench.environment.events.front(), "bsr none");
    bench.Advance(151);
    EXPECT_EQ(bench.Rp("239.0.0.1"), Ipv4Address::GetAny());
}

TEST_F(Rfc5059NonCandidate, S3_1_2_AcceptPreferredReceivesNonPreferredBsm)
{
    bench.Receive(bench.Message(PimBsrBench::BSR_2));
    bench.Advance(30);
    bench.environment.Forget();
    bench.Receive(bench.Message(PimBsrBench::BSR_1));
    EXPECT_EQ(bench.Zone().GetBsr().address, PimBsrBench::BSR_2);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(100));
    EXPECT_TRUE(bench.Flooded().empty());
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

    const double address = 2 - PimBsrBench::OWN.Get() / 2147483648.0;
    const Case cases[] = {
        {64, "10.9.0.1", 64, 5 + std::log2(1.0 + 0x0a090001 - 0x0a000301) / 16},
        {100, "10.9.0.1", 64, 5 + 2 * std::log2(37.0) + address},
        {255, "10.9.0.1", 0, 5 + 2 * std::log2(256.0) + address},
        {10, "10.9.0.1", 64, 5 + std::log2(1.0 + 0x0a090001 - 0x0a000301) / 16},
        {64, "10.0.1.2", 64, 5},
    };
    for (const Case& one : cases)
    {
        PimBsrBench bench;
        bench.machine.Start();
        bench.machine.Receive(bench.Message(Ipv4Address(one.storedAddress), one.stored),
                              1,
                              PimBsrBench::NEAR,
                              PimAllRouters());
        bench.BecomeCandidateBsr(one.own);
        bench.machine.CandidatesChanged();
        EXPECT_NEAR(bench.Zone().GetBootstrapTimer().GetSeconds(), one.seconds, 1e-6);
        EXPECT_LE(one.seconds, 23);
    }
}

TEST(Rfc5059, S5_InitialPendingMayBeFixedAsInXorp)
{
    PimBsrBench bench;
    bench.config.initialPending = Seconds(130);
    bench.BecomeCandidateBsr(64);
    bench.machine.Start();
    bench.Advance(129);
    EXPECT_EQ(bench.State(), PimBsrState::PENDING);
    bench.Advance(2);
    EXPECT_EQ(bench.State(), PimBsrState::ELECTED);
    bench.Receive(bench.Message(PimBsrBench::BSR_1, 64));
    bench.Advance(130);
    EXPECT_EQ(bench.State(), PimBsrState::PENDING);
    EXPECT_LT(bench.Zone().GetBootstrapTimer(), Seconds(23)) << "only at the start";
}

TEST(Rfc5059, S5_BsMinIntervalLiesBetweenTriggeredMessages)
{
    PimBsrBench bench;
    bench.BecomeCandidateBsr(64);
    bench.machine.Start();
    bench.Advance(5);
    bench.environment.Forget();
    bench.Advance(2);
    for (int i = 0; i < 5; ++i)
    {
        bench.Receive(bench.Message(PimBsrBench::BSR_1, 1));
        bench.Advance(1);
    }
    EXPECT_TRUE(bench.Sent().empty()) << "7 s after its last message";
    bench.Advance(3);
    EXPECT_EQ(bench.Sent().size(), 1u) << "10 s after it";
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(60));
}

} // namespace
