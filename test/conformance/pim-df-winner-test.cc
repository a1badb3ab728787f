// SPDX-License-Identifier: GPL-2.0-only
// RFC 5015 §3.5.3: each row of the election's table in Win and Backoff; §3.5.4: what is not
// acknowledged.
#include "pim-df-bench.h"

using namespace ns3;

namespace
{

// ---- §3.5.4: what is not acknowledged ----

TEST_F(Pim5015Df, S3_5_4_1_WinsWithoutThePassOfTheDfItKnew)
{
    MakeLoser();
    machine->RecheckDf();
    Advance(4 * OP_LOW);
    ASSERT_EQ(machine->GetState(), State::WIN);
    EXPECT_FALSE(machine->TakeMissingPass(B));
    EXPECT_TRUE(machine->TakeMissingPass(A));
    EXPECT_FALSE(machine->TakeMissingPass(A)) << "once";
    EXPECT_EQ(Sent(), (Subtypes{Subtype::OFFER, Subtype::OFFER, Subtype::OFFER, Subtype::WINNER}));
}

TEST_F(Pim5015Df, S3_5_4_1_NoPassIsMissingOfWhoPassedOfferedOrIsGone)
{
    MakeLoser();
    EXPECT_FALSE(machine->TakeMissingPass(A)) << "it is DF";
    machine->SetMetric(Metric(4));
    Receive(Subtype::PASS, A, 5, ME, 4);
    ASSERT_EQ(machine->GetState(), State::WIN);
    EXPECT_FALSE(machine->TakeMissingPass(A));
    MakeLoser();
    Receive(Subtype::OFFER, A, 20);
    Advance(4 * OP_LOW);
    ASSERT_EQ(machine->GetState(), State::WIN);
    EXPECT_FALSE(machine->TakeMissingPass(A));
    MakeLoser();
    machine->NeighborLost(A);
    Advance(4 * OP_LOW);
    ASSERT_EQ(machine->GetState(), State::WIN);
    EXPECT_FALSE(machine->TakeMissingPass(A));
    EXPECT_EQ(Sent(), (Subtypes{Subtype::OFFER, Subtype::OFFER, Subtype::OFFER, Subtype::WINNER}));
}

TEST_F(Pim5015Df, S3_5_4_2_WinnerPeriodically)
{
    MakeWinner();
    Advance(Seconds(59));
    EXPECT_TRUE(sent.empty());
    Advance(Seconds(1));
    EXPECT_EQ(Sent(), (Subtypes{Subtype::WINNER}));
    EXPECT_EQ(sent[0].senderMetric, 10u);
    Advance(Seconds(120));
    EXPECT_EQ(Sent(), (Subtypes(3, Subtype::WINNER)));
    Receive(Subtype::WINNER, A, 5);
    Advance(Seconds(200));
    EXPECT_TRUE(sent.empty()) << "it is DF no longer";
}

TEST_F(Pim5015Df, S3_5_4_2_WinnerPeriodicallyAfterAPass)
{
    Make();
    Receive(Subtype::PASS, A, 20, ME, 10);
    Advance(Seconds(60));
    EXPECT_EQ(Sent(), (Subtypes{Subtype::WINNER}));
}

TEST_F(Pim5015Df, S3_5_4_2_NoPeriodNoWinner)
{
    config.winnerPeriod = Seconds(0);
    MakeWinner();
    Advance(Seconds(1000));
    EXPECT_TRUE(sent.empty());
    MakeLoser();
    Advance(Seconds(1000));
    EXPECT_EQ(machine->GetState(), State::LOSE) << "nor is any expected";
}

TEST_F(Pim5015Df, S3_5_4_2_ADfThatIsSilentForThreePeriodsIsAsked)
{
    MakeLoser();
    Advance(Seconds(200));
    Receive(Subtype::WINNER, A, 5);
    Advance(Seconds(209));
    EXPECT_EQ(machine->GetState(), State::LOSE);
    Advance(Seconds(1));
    ExpectRestarted(A);
    Receive(Subtype::WINNER, A, 5);
    EXPECT_EQ(machine->GetState(), State::LOSE);
    EXPECT_EQ(told, std::vector<Ipv4Address>{A}) << "nobody had to be told";
    Advance(Seconds(210) + 4 * OP_LOW);
    EXPECT_EQ(machine->GetState(), State::WIN) << "no answer";
    EXPECT_EQ(told, (std::vector<Ipv4Address>{A, ME}));
    EXPECT_EQ(Sent(), (Subtypes{Subtype::OFFER, Subtype::OFFER, Subtype::OFFER, Subtype::WINNER}));
}

// ---- Win ----

TEST_F(Pim5015Df, S3_5_3_WinSaysSoAgainToThoseWhoTakeAnotherForDf)
{
    MakeWinner();
    machine->Announce();
    machine->Announce();
    Advance(3 * OP_LOW);
    EXPECT_EQ(Sent(), (Subtypes(3, Subtype::WINNER)));
    machine->Announce();
    Advance(10 * OP_LOW);
    EXPECT_EQ(Sent(), (Subtypes(6, Subtype::WINNER))) << "the last one was not the answer";
    MakeLoser();
    sent.Forget();
    machine->Announce();
    Advance(10 * OP_LOW);
    EXPECT_TRUE(sent.empty());
}

TEST_F(Pim5015Df, S3_5_3_WinReceivesBetterOffer)
{
    MakeWinner();
    Receive(Subtype::OFFER, A, 5);
    EXPECT_EQ(machine->GetState(), State::BACKOFF);
    EXPECT_EQ(machine->GetTimer(), BO_PERIOD);
    ASSERT_EQ(Sent(), (Subtypes{Subtype::BACKOFF}));
    EXPECT_EQ(sent[0].senderMetric, 10u);
    EXPECT_EQ(sent[0].otherAddress, A);
    EXPECT_EQ(sent[0].otherPreference, 110u);
    EXPECT_EQ(sent[0].otherMetric, 5u);
    EXPECT_EQ(sent[0].interval, 1000);
    EXPECT_TRUE(machine->IAmDf()) << "until the Pass";
}

TEST_F(Pim5015Df, S3_5_3_WinReceivesWorseOffer)
{
    MakeWinner();
    Receive(Subtype::OFFER, B, 11);
    EXPECT_EQ(machine->GetState(), State::WIN);
    EXPECT_EQ(Sent(), (Subtypes{Subtype::WINNER}));
}

TEST_F(Pim5015Df, S3_5_3_WinReceivesBetterPassWinnerOrBackoff)
{
    for (Subtype subtype : {Subtype::WINNER, Subtype::PASS, Subtype::BACKOFF})
    {
        MakeWinner();
        const bool pass = subtype == Subtype::PASS;
        Receive(subtype, pass ? B : A, 5, pass ? A : B, 5);
        EXPECT_EQ(machine->GetState(), State::LOSE);
        EXPECT_EQ(machine->GetDf(), A);
        EXPECT_EQ(machine->GetTimer(), Seconds(0));
        EXPECT_TRUE(sent.empty());
    }
}

TEST_F(Pim5015Df, S3_5_3_WinReceivesWorsePassWinnerOrBackoff)
{
    for (Subtype subtype : {Subtype::WINNER, Subtype::PASS, Subtype::BACKOFF})
    {
        MakeWinner();
        const bool pass = subtype == Subtype::PASS;
        Receive(subtype, pass ? B : A, 20, pass ? A : B, 20);
        ExpectRestarted(A);
    }
}

TEST_F(Pim5015Df, S3_5_3_WinReceivesPassOrBackoffForUs)
{
    MakeWinner();
    Receive(Subtype::PASS, A, 20, ME, 10);
    ExpectRestarted(NOBODY);
    MakeWinner();
    Receive(Subtype::BACKOFF, A, 20, ME, 10);
    ExpectRestarted(NOBODY);
}

TEST_F(Pim5015Df, S3_5_3_WinMetricBecomesWorse)
{
    MakeWinner();
    machine->SetMetric(Metric(20));
    EXPECT_EQ(machine->GetTimer(), OP_LOW);
    Advance(Seconds(5));
    EXPECT_EQ(Sent(), (Subtypes(3, Subtype::WINNER)));
    EXPECT_EQ(sent[0].senderMetric, 20u);
    EXPECT_EQ(machine->GetState(), State::WIN);
}

TEST_F(Pim5015Df, S3_5_3_WinMetricBecomesBetter)
{
    MakeWinner();
    machine->SetMetric(Metric(3));
    Advance(Seconds(5));
    EXPECT_EQ(Sent(), (Subtypes{Subtype::WINNER}));
    EXPECT_EQ(sent[0].senderMetric, 3u);
}

TEST_F(Pim5015Df, S3_5_3_WinLosesItsPath)
{
    MakeWinner();
    told.clear();
    machine->SetMetric(Metric(INFINITE));
    EXPECT_EQ(told, std::vector<Ipv4Address>{NOBODY}) << "stops being DF at once";
    ExpectRestarted(NOBODY);
    EXPECT_EQ(sent[0].senderMetric, 0xffffffffu);
}

TEST_F(Pim5015Df, S3_5_2_5_WinTellsANewNeighbor)
{
    MakeWinner();
    machine->NeighborUp();
    Advance(Seconds(5));
    EXPECT_EQ(Sent(), (Subtypes(3, Subtype::WINNER)));
}

// ---- Backoff ----

TEST_F(Pim5015Df, S3_5_3_BackoffReceivesOfferBetterThanTheBest)
{
    MakeBackoff();
    Receive(Subtype::OFFER, B, 4);
    EXPECT_EQ(machine->GetState(), State::BACKOFF);
    EXPECT_EQ(machine->GetBest().address, B);
    EXPECT_EQ(machine->GetTimer(), BO_PERIOD);
    ASSERT_EQ(Sent(), (Subtypes{Subtype::BACKOFF}));
    EXPECT_EQ(sent[0].otherAddress, B);
}

TEST_F(Pim5015Df, S3_5_3_BackoffReceivesOfferBetterThanItsOwn)
{
    MakeBackoff();
    Receive(Subtype::OFFER, B, 7);
    EXPECT_EQ(machine->GetBest().address, A);
    EXPECT_EQ(machine->GetTimer(), BO_PERIOD - MilliSeconds(100));
    ASSERT_EQ(Sent(), (Subtypes{Subtype::BACKOFF}));
    EXPECT_EQ(sent[0].otherAddress, A) << "the best one";
}

TEST_F(Pim5015Df, S3_5_3_BackoffReceivesWorseOffer)
{
    MakeBackoff();
    Receive(Subtype::OFFER, A, 20);
    EXPECT_EQ(machine->GetState(), State::WIN);
    EXPECT_EQ(machine->GetTimer(), Seconds(0));
    EXPECT_EQ(Sent(), (Subtypes{Subtype::WINNER}));
}

TEST_F(Pim5015Df, S3_5_3_BackoffReceivesBetterPassWinnerOrBackoff)
{
    for (Subtype subtype : {Subtype::WINNER, Subtype::PASS, Subtype::BACKOFF})
    {
        MakeBackoff();
        const bool pass = subtype == Subtype::PASS;
        Receive(subtype, pass ? A : B, 5, pass ? B : A, 5);
        EXPECT_EQ(machine->GetState(), State::LOSE);
        EXPECT_EQ(machine->GetDf(), B);
        EXPECT_EQ(machine->GetTimer(), Seconds(0));
    }
}

TEST_F(Pim5015Df, S3_5_3_BackoffReceivesWorsePassWinnerOrBackoff)
{
    for (Subtype subtype : {Subtype::WINNER, Subtype::PASS, Subtype::BACKOFF})
    {
        MakeBackoff();
        const bool pass = subtype == Subtype::PASS;
        Receive(subtype, pass ? A : B, 20, pass ? B : A, 20);
        ExpectRestarted(B);
    }
}

TEST_F(Pim5015Df, S3_5_3_BackoffReceivesPassOrBackoffForUs)
{
    MakeBackoff();
    Receive(Subtype::PASS, A, 20, ME, 10);
    ExpectRestarted(NOBODY);
}

TEST_F(Pim5015Df, S3_5_3_BackoffTimerExpires)
{
    MakeBackoff();
    Advance(BO_PERIOD);
    EXPECT_EQ(machine->GetState(), State::LOSE);
    EXPECT_EQ(machine->GetDf(), A);
    ASSERT_EQ(Sent(), (Subtypes{Subtype::PASS}));
    EXPECT_EQ(sent[0].senderMetric, 10u);
    EXPECT_EQ(sent[0].otherAddress, A);
    EXPECT_EQ(sent[0].otherMetric, 5u);
    EXPECT_EQ(told.back(), A);
}

TEST_F(Pim5015Df, S3_5_3_BackoffMetricBetterThanTheBest)
{
    MakeBackoff();
    machine->SetMetric(Metric(6));
    EXPECT_EQ(machine->GetState(), State::BACKOFF);
    machine->SetMetric(Metric(4));
    EXPECT_EQ(machine->GetState(), State::WIN);
    EXPECT_EQ(Sent(), (Subtypes{Subtype::WINNER}));
    EXPECT_EQ(machine->GetTimer(), Seconds(0));
}

TEST_F(Pim5015Df, S3_5_3_BackoffLosesItsPath)
{
    MakeBackoff();
    machine->SetMetric(Metric(INFINITE));
    ExpectRestarted(NOBODY);
}

TEST_F(Pim5015Df, S3_5_3_BackoffLosesTheBestOfferer)
{
    MakeBackoff();
    machine->NeighborLost(B);
    EXPECT_EQ(machine->GetState(), State::BACKOFF);
    machine->NeighborLost(A);
    EXPECT_EQ(machine->GetState(), State::WIN);
    EXPECT_TRUE(machine->IAmDf());
}

} // namespace
