// SPDX-License-Identifier: GPL-2.0-only
// RFC 5015 §3.5.3: the election of Designated Forwarders, each row of the machine's table. Random
// delays are in the middle of their range: OPlow is 75 ms. Stories of several routers are in
// pim-df-link-test.cc.
#include "support/fake-pim-environment.h"
#include "support/outbox.h"

#include "ns3/pim-df-election.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

using State = PimDfState;
using Subtype = PimDfElection::Subtype;

const Ipv4Address RPA("10.6.6.6");
const Ipv4Address ME("10.0.1.5");
const Ipv4Address A("10.0.1.2");
const Ipv4Address B("10.0.1.9");
const Ipv4Address NOBODY = Ipv4Address::GetAny();
const Time OP_LOW = MilliSeconds(75);
const Time OP_HIGH = MilliSeconds(300);
const Time BO_PERIOD = Seconds(1);

/** One machine, of metric 10 unless told otherwise; nothing of a message but its metric matters. */
class Pim5015Df : public testing::Test
{
  protected:
    void TearDown() override
    {
        sent.ExpectNothingElse();
    }

    void Make(uint32_t metric = 10)
    {
        machine = std::make_unique<PimDfElectionMachine>(
            environment,
            config,
            RPA,
            Metric(metric),
            Seconds(0),
            [this](const PimDfElection& message) { sent.Add(message); },
            [this] { told.push_back(machine->GetDf()); });
    }

    static PimDfMetric Metric(uint32_t metric)
    {
        return metric == INFINITE ? PimDfMetric{0x7fffffff, 0xffffffff, ME}
                                  : PimDfMetric{110, metric, ME};
    }

    void Receive(Subtype subtype,
                 Ipv4Address source,
                 uint32_t metric,
                 Ipv4Address target = NOBODY,
                 uint32_t targetMetric = 0)
    {
        PimDfElection message;
        message.subtype = subtype;
        message.rpAddress = RPA;
        message.senderPreference = metric == INFINITE ? 0x7fffffff : 110;
        message.senderMetric = metric;
        message.otherAddress = target;
        message.otherPreference = 110;
        message.otherMetric = targetMetric;
        message.interval = 1000;
        sent.Forget();
        machine->Receive(message, source);
    }

    void Advance(Time time)
    {
        environment.clock.Advance(time);
    }

    std::vector<Subtype> Sent() const
    {
        std::vector<Subtype> subtypes;
        for (const PimDfElection& message : sent.Get())
        {
            subtypes.push_back(message.subtype);
        }
        return subtypes;
    }

    void MakeWinner()
    {
        Make();
        Advance(4 * OP_LOW);
        ASSERT_EQ(machine->GetState(), State::WIN);
        sent.Forget();
    }

    /** \returns a machine in Lose: A is DF, with a metric of 5. */
    void MakeLoser()
    {
        Make();
        Receive(Subtype::WINNER, A, 5);
        ASSERT_EQ(machine->GetState(), State::LOSE);
    }

    /** A machine in Backoff: A has offered 5. */
    void MakeBackoff()
    {
        MakeWinner();
        Receive(Subtype::OFFER, A, 5);
        ASSERT_EQ(machine->GetState(), State::BACKOFF);
        Advance(MilliSeconds(100));
        sent.Forget();
    }

    void ExpectRestarted(Ipv4Address df)
    {
        EXPECT_EQ(machine->GetState(), State::OFFER);
        EXPECT_EQ(machine->GetTimer(), OP_LOW);
        EXPECT_EQ(machine->GetDf(), df);
        EXPECT_FALSE(machine->IAmDf());
        sent.Forget();
        Advance(3 * OP_LOW);
        EXPECT_EQ(Sent(), (std::vector<Subtype>(3, Subtype::OFFER))) << "MC=0";
    }

    static constexpr uint32_t INFINITE = 0xffffffff;
    FakePimEnvironment environment;
    PimDfConfig config;
    Outbox<PimDfElection> sent;
    std::vector<Ipv4Address> told;
    std::unique_ptr<PimDfElectionMachine> machine;
};

using Subtypes = std::vector<Subtype>;

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
