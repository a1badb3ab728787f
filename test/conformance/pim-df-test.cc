// SPDX-License-Identifier: GPL-2.0-only
// RFC 5015 §3.5.3: the election of Designated Forwarders, each row of the machine's table in Offer
// and Lose. Win and Backoff are in pim-df-winner-test.cc, stories of several routers in
// pim-df-link-test.cc.
#include "pim-df-bench.h"

using namespace ns3;

namespace
{

TEST_F(Pim5015Df, S3_5_1_LowerPreferenceThenLowerMetricThenHigherAddress)
{
    EXPECT_TRUE((PimDfMetric{1, 9, A}.IsBetterThan({2, 1, B})));
    EXPECT_TRUE((PimDfMetric{1, 1, A}.IsBetterThan({1, 2, B})));
    EXPECT_TRUE((PimDfMetric{1, 1, B}.IsBetterThan({1, 1, A})));
    EXPECT_FALSE((PimDfMetric{1, 1, A}.IsBetterThan({1, 1, A})));
    EXPECT_TRUE(PimDfMetric().IsInfinite());
}

// ---- Offer ----

TEST_F(Pim5015Df, S3_5_3_StartsInOffer)
{
    Make();
    EXPECT_EQ(machine->GetState(), State::OFFER);
    EXPECT_EQ(machine->GetTimer(), OP_LOW);
    EXPECT_EQ(machine->GetDf(), NOBODY);
    environment.random.tape = {0.0};
    Make();
    EXPECT_EQ(machine->GetTimer(), MilliSeconds(50)) << "OPlow is at least half of Offer_Period";
}

TEST_F(Pim5015Df, S3_5_3_OfferTimerExpiresBeforeRobustness)
{
    Make();
    for (std::size_t i = 1; i <= 3; ++i)
    {
        Advance(OP_LOW);
        ASSERT_EQ(sent.size(), i);
        EXPECT_EQ(sent.back().subtype, Subtype::OFFER);
        EXPECT_EQ(sent.back().rpAddress, RPA);
        EXPECT_EQ(sent.back().senderPreference, 110u);
        EXPECT_EQ(sent.back().senderMetric, 10u);
        EXPECT_EQ(machine->GetState(), State::OFFER);
        EXPECT_EQ(machine->GetTimer(), OP_LOW);
    }
}

TEST_F(Pim5015Df, S3_5_3_OfferTimerExpiresAfterRobustness)
{
    Make();
    Advance(4 * OP_LOW);
    EXPECT_EQ(machine->GetState(), State::WIN);
    EXPECT_EQ(Sent(), (Subtypes{Subtype::OFFER, Subtype::OFFER, Subtype::OFFER, Subtype::WINNER}));
    EXPECT_TRUE(machine->IAmDf());
    EXPECT_EQ(told, std::vector<Ipv4Address>{ME});
    Advance(Seconds(10));
    EXPECT_EQ(sent.size(), 4u);
}

TEST_F(Pim5015Df, S3_5_3_OfferTimerExpiresWithoutAPath)
{
    Make(INFINITE);
    Advance(4 * OP_LOW);
    EXPECT_EQ(Sent(), (Subtypes(3, Subtype::OFFER)));
    EXPECT_EQ(sent[0].senderPreference, 0x7fffffffu);
    EXPECT_EQ(sent[0].senderMetric, 0xffffffffu);
    EXPECT_EQ(machine->GetState(), State::LOSE);
    EXPECT_EQ(machine->GetDf(), NOBODY);
    EXPECT_TRUE(told.empty());
}

TEST_F(Pim5015Df, S3_5_3_OfferReceivesBetterOffer)
{
    Make();
    Advance(2 * OP_LOW);
    Receive(Subtype::OFFER, A, 9);
    EXPECT_EQ(machine->GetState(), State::OFFER);
    EXPECT_EQ(machine->GetTimer(), OP_HIGH);
    Advance(OP_HIGH + 2 * OP_LOW);
    EXPECT_EQ(Sent(), (Subtypes(3, Subtype::OFFER))) << "from the beginning, if nobody wins";
}

TEST_F(Pim5015Df, S3_5_3_OfferReceivesWorseOffer)
{
    Make();
    Receive(Subtype::OFFER, A, 9);
    Receive(Subtype::OFFER, B, 11);
    EXPECT_EQ(machine->GetTimer(), OP_LOW) << "lowered";
    Advance(MilliSeconds(30));
    Receive(Subtype::OFFER, B, 11);
    EXPECT_EQ(machine->GetTimer(), OP_LOW - MilliSeconds(30)) << "not raised";
    EXPECT_TRUE(sent.empty());
}

TEST_F(Pim5015Df, S3_5_3_OfferReceivesBetterBackoff)
{
    Make();
    Receive(Subtype::BACKOFF, B, 20, A, 5);
    EXPECT_EQ(machine->GetState(), State::OFFER);
    EXPECT_EQ(machine->GetTimer(), BO_PERIOD + OP_LOW);
}

TEST_F(Pim5015Df, S3_5_3_OfferReceivesBackoffForUs)
{
    Make();
    Advance(OP_LOW);
    Receive(Subtype::BACKOFF, B, 20, ME, 10);
    EXPECT_EQ(machine->GetState(), State::OFFER);
    EXPECT_EQ(machine->GetTimer(), BO_PERIOD + OP_LOW);
    Advance(BO_PERIOD + 3 * OP_LOW);
    EXPECT_EQ(Sent(), (Subtypes(3, Subtype::OFFER))) << "again, if no Pass comes";
}

TEST_F(Pim5015Df, S3_5_3_OfferReceivesBetterPassOrWinner)
{
    Make();
    Receive(Subtype::WINNER, A, 5);
    EXPECT_EQ(machine->GetState(), State::LOSE);
    EXPECT_EQ(machine->GetDf(), A) << "the sender";
    EXPECT_EQ(machine->GetTimer(), Seconds(0));
    Make();
    Receive(Subtype::PASS, A, 20, B, 5);
    EXPECT_EQ(machine->GetState(), State::LOSE);
    EXPECT_EQ(machine->GetDf(), B) << "the target";
    EXPECT_EQ(machine->GetTimer(), Seconds(0));
    EXPECT_EQ(told, (std::vector<Ipv4Address>{A, B}));
}

TEST_F(Pim5015Df, S3_5_3_OfferReceivesPassForUs)
{
    Make();
    Receive(Subtype::PASS, A, 20, ME, 10);
    EXPECT_EQ(machine->GetState(), State::WIN);
    EXPECT_EQ(machine->GetTimer(), Seconds(0));
    EXPECT_TRUE(sent.empty());
    EXPECT_EQ(told, std::vector<Ipv4Address>{ME});
}

TEST_F(Pim5015Df, S3_5_3_OfferReceivesWorsePassWinnerOrBackoff)
{
    for (Subtype subtype : {Subtype::WINNER, Subtype::PASS, Subtype::BACKOFF})
    {
        Make();
        Receive(Subtype::OFFER, A, 5);
        const bool pass = subtype == Subtype::PASS;
        Receive(subtype, pass ? B : A, 20, pass ? A : B, 20);
        ExpectRestarted(A);
    }
}

TEST_F(Pim5015Df, S3_5_3_OfferMetricChanges)
{
    Make();
    Advance(2 * OP_LOW + MilliSeconds(10));
    machine->SetMetric(Metric(8));
    EXPECT_EQ(machine->GetTimer(), OP_LOW - MilliSeconds(10)) << "better: goes on";
    machine->SetMetric(Metric(12));
    EXPECT_EQ(machine->GetTimer(), OP_LOW) << "worse: from the beginning";
    ExpectRestarted(NOBODY);
    EXPECT_EQ(sent[0].senderMetric, 12u);
}

// ---- Lose ----

TEST_F(Pim5015Df, S3_5_3_LoseReceivesBetterOffer)
{
    MakeLoser();
    Receive(Subtype::OFFER, B, 9);
    EXPECT_EQ(machine->GetState(), State::OFFER);
    EXPECT_EQ(machine->GetTimer(), OP_HIGH);
    EXPECT_EQ(machine->GetDf(), A);
}

TEST_F(Pim5015Df, S3_5_3_LoseReceivesWorseOffer)
{
    MakeLoser();
    Receive(Subtype::OFFER, B, 11);
    ExpectRestarted(A);
}

TEST_F(Pim5015Df, S3_5_3_LoseWithoutAPathLeavesWorseOffersAlone)
{
    Make(INFINITE);
    Advance(4 * OP_LOW);
    Receive(Subtype::OFFER, A, INFINITE);
    EXPECT_EQ(machine->GetState(), State::LOSE) << "10.0.1.2 is lower, and has no path either";
    Receive(Subtype::OFFER, B, INFINITE);
    EXPECT_EQ(machine->GetState(), State::OFFER);
}

TEST_F(Pim5015Df, S3_5_3_LoseReceivesBetterPassWinnerOrBackoff)
{
    MakeLoser();
    Receive(Subtype::WINNER, B, 4);
    EXPECT_EQ(machine->GetDf(), B);
    Receive(Subtype::PASS, B, 4, A, 3);
    EXPECT_EQ(machine->GetDf(), A);
    Receive(Subtype::BACKOFF, B, 9, A, 3);
    EXPECT_EQ(machine->GetDf(), B) << "who sends a Backoff is DF";
    EXPECT_EQ(machine->GetState(), State::LOSE);
    EXPECT_EQ(machine->GetTimer(), Seconds(0));
}

TEST_F(Pim5015Df, S3_5_3_LoseReceivesWorsePassWinnerOrBackoff)
{
    for (Subtype subtype : {Subtype::WINNER, Subtype::PASS, Subtype::BACKOFF})
    {
        MakeLoser();
        const bool pass = subtype == Subtype::PASS;
        Receive(subtype, pass ? A : B, 20, pass ? B : A, 20);
        ExpectRestarted(B);
    }
}

TEST_F(Pim5015Df, S3_5_3_LoseReceivesPassOrBackoffForUs)
{
    MakeLoser();
    Receive(Subtype::PASS, A, 20, ME, 10);
    ExpectRestarted(A);
    MakeLoser();
    Receive(Subtype::BACKOFF, A, 20, ME, 10);
    ExpectRestarted(A);
}

TEST_F(Pim5015Df, S3_5_3_LoseMetricChanges)
{
    MakeLoser();
    machine->SetMetric(Metric(20));
    machine->SetMetric(Metric(6));
    EXPECT_EQ(machine->GetState(), State::LOSE) << "not better than the DF's";
    machine->SetMetric(Metric(5));
    ExpectRestarted(A);
}

TEST_F(Pim5015Df, S3_5_3_LoseWithoutDfFindsAPath)
{
    Make(INFINITE);
    Advance(4 * OP_LOW);
    machine->SetMetric(Metric(10));
    ExpectRestarted(NOBODY);
}

TEST_F(Pim5015Df, S3_5_3_LoseWithoutDfAsksWhereTheDfIsNeeded)
{
    Make(INFINITE);
    Advance(Seconds(20));
    sent.Forget();
    machine->SetNeeded(true);
    ExpectRestarted(NOBODY);
    Advance(OP_LOW);
    EXPECT_EQ(machine->GetState(), State::LOSE);
    sent.Forget();
    Advance(BO_PERIOD);
    EXPECT_TRUE(sent.empty()) << "not more often than once per Backoff_Period";
    Advance(4 * OP_LOW);
    EXPECT_EQ(Sent(), (Subtypes(3, Subtype::OFFER)));
    Receive(Subtype::WINNER, A, 5);
    EXPECT_EQ(machine->GetDf(), A);
    Advance(Seconds(20));
    EXPECT_TRUE(sent.empty()) << "it knows the DF";
    machine->NeighborLost(A);
    Advance(4 * OP_LOW);
    machine->SetNeeded(false);
    sent.Forget();
    Advance(Seconds(20));
    EXPECT_TRUE(sent.empty()) << "the way leads elsewhere";
}

TEST_F(Pim5015Df, S3_5_2_4_WhoOffersIsNoLongerDf)
{
    MakeLoser();
    told.clear();
    Receive(Subtype::OFFER, B, 4);
    EXPECT_EQ(machine->GetDf(), A);
    Receive(Subtype::OFFER, A, 5);
    EXPECT_EQ(machine->GetDf(), NOBODY);
    Receive(Subtype::WINNER, A, 5);
    EXPECT_EQ(machine->GetDf(), A);
    EXPECT_EQ(told, (std::vector<Ipv4Address>{NOBODY, A})) << "so that what was joined is again";
}

TEST_F(Pim5015Df, S3_5_2_4_TheDfLosesItsPathAndIsNeeded)
{
    Make(INFINITE);
    machine->SetNeeded(true);
    Receive(Subtype::WINNER, A, 5);
    Receive(Subtype::OFFER, A, INFINITE);
    EXPECT_EQ(machine->GetState(), State::LOSE) << "10.0.1.2 is lower, and has no path either";
    EXPECT_EQ(machine->GetDf(), NOBODY);
    Advance(BO_PERIOD);
    ExpectRestarted(NOBODY);
}

TEST_F(Pim5015Df, S3_5_3_LoseDetectsDfFailure)
{
    MakeLoser();
    machine->NeighborLost(B);
    EXPECT_EQ(machine->GetState(), State::LOSE);
    machine->NeighborLost(A);
    ExpectRestarted(NOBODY);
    EXPECT_EQ(told, (std::vector<Ipv4Address>{A, NOBODY}));
}

TEST_F(Pim5015Df, S3_5_2_6_LoseDoubtsADfThatIsNoLongerTheNextHop)
{
    MakeLoser();
    machine->RecheckDf();
    ExpectRestarted(NOBODY);
}

} // namespace
