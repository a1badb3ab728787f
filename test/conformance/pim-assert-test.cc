// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.6.1 ((S,G)) and §4.6.2 ((*,G)): each transition of the assert machines.
#include "pim-assert-bench.h"

using namespace ns3;

namespace
{

// ---- §4.6.1, NoInfo ----

TEST_F(Pim7761Assert, S4_6_1_NoInfoInferiorAssert)
{
    ForwardSg();
    Sg(110, 8);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::WINNER);
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/7"});
    EXPECT_EQ(Timer(), Seconds(177));
    EXPECT_EQ(bench.Source().asserts.at(LAN).winner, Bench::At(LAN, 1));
}

TEST_F(Pim7761Assert, S4_6_1_NoInfoAssertWithRptBit)
{
    ForwardSg();
    SgRpt(1, 1);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::WINNER) << "the SPT is always better";
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/7"});
}

TEST_F(Pim7761Assert, S4_6_1_NoInfoDataArrives)
{
    ForwardSg();
    bench.Data(LAN);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::WINNER);
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/7"});
    EXPECT_EQ(Timer(), Seconds(177));
}

TEST_F(Pim7761Assert, S4_6_1_NoInfoAcceptableAssert)
{
    ForwardSg();
    Sg(110, 6);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::LOSER);
    EXPECT_EQ(Sent(), Entries{});
    EXPECT_EQ(Timer(), Seconds(180));
    ASSERT_EQ(bench.Entry(Bench::S), nullptr) << "the only outgoing interface is lost";
}

TEST_F(Pim7761Assert, S4_6_1_NoInfoAcceptableByAddress)
{
    ForwardSg();
    Sg(110, 7);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::LOSER) << "10.0.3.3 is higher than 10.0.3.1";
}

TEST_F(Pim7761Assert, S4_6_1_NoInfoPreferenceBeforeMetric)
{
    ForwardSg();
    Sg(111, 1);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::WINNER);
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/7"});
}

TEST_F(Pim7761Assert, S4_6_1_NoInfoAcceptableAssertOnTheRpfInterfaceSetsTheSptBit)
{
    JoinSg();
    JoinStarG(4);
    ASSERT_FALSE(bench.Source().sptBit);
    Sg(110, 1, 3, 2);
    EXPECT_EQ(bench.AssertSg(2), PimAssertState::LOSER);
    EXPECT_TRUE(bench.Source().sptBit) << "action A6";
}

TEST_F(Pim7761Assert, S4_6_1_NoInfoTrackingNotDesired)
{
    Sg(110, 1);
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
    JoinStarG(4);
    Sg(110, 1);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO);
    EXPECT_TRUE(bench.Group().sources.empty());
}

TEST_F(Pim7761Assert, S4_6_1_NoInfoInferiorWithoutCouldAssert)
{
    JoinSg();
    Sg(110, 8);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::LOSER)
        << "without the SPTbit my metric is infinite: any Assert is better";
}

// ---- §4.6.1, Winner ----

TEST_F(Pim7761Assert, S4_6_1_WinnerAssertTimerExpires)
{
    ReachSgWinner();
    bench.Advance(177);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::WINNER);
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/7"});
    EXPECT_EQ(Timer(), Seconds(177));
}

TEST_F(Pim7761Assert, S4_6_1_WinnerInferiorAssert)
{
    ReachSgWinner();
    bench.Advance(10);
    Sg(110, 8);
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/7"});
    EXPECT_EQ(Timer(), Seconds(177));
}

TEST_F(Pim7761Assert, S4_6_1_WinnerPreferredAssert)
{
    ReachSgWinner();
    Sg(100, 100);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::LOSER);
    EXPECT_EQ(bench.Source().asserts.at(LAN).winner, Bench::At(LAN, 3));
    EXPECT_EQ(Timer(), Seconds(180));
}

TEST_F(Pim7761Assert, S4_6_1_WinnerCouldAssertFalse)
{
    ReachSgWinner();
    bench.JoinPrune(LAN, 2, {}, {Bench::Sg()});
    bench.Advance(3.1);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO);
    EXPECT_EQ(Sent(), Entries{"(S,G) cancel"});
    EXPECT_EQ(Timer(), Seconds(0));
    EXPECT_EQ(bench.Sent(3), Entries{"P(S,G)->1"});
}

TEST_F(Pim7761Assert, S4_6_1_WinnerSptBitIsCleared)
{
    // On the SPT by the Keepalive Timer alone: joined on (*,G), for a member on interface 4.
    JoinStarG();
    bench.Member(4);
    bench.Data(1);
    bench.Data(2);
    bench.Data(LAN);
    ASSERT_TRUE(bench.Source().sptBit);
    ASSERT_EQ(bench.AssertSg(LAN), PimAssertState::WINNER);
    bench.Advance(209);
    bench.environment.Forget();
    bench.Advance(2);
    EXPECT_FALSE(bench.Source().sptBit) << "no source for 210 s: JoinDesired(S,G) is false";
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO) << "nor can it assert any more";
    EXPECT_EQ(Sent(), Entries{"(S,G) cancel"});
}

TEST_F(Pim7761Assert, S4_6_1_WinnerMetricChangesIsSentWithTheNextAssert)
{
    ReachSgWinner();
    bench.environment.rib.Set("10.8.8.0", 24, {{2, "10.0.2.2"}}, 70);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::WINNER);
    Sg(110, 71);
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/70"});
}

TEST_F(Pim7761Assert, S4_6_1_WinnerAssertBetterThanItsMetricOfNow)
{
    ReachSgWinner();
    bench.environment.rib.Set("10.8.8.0", 24, {{2, "10.0.2.2"}}, 70);
    bench.router.RoutesChanged();
    Sg(110, 69);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::LOSER) << "no matter that 7 had won";
    EXPECT_EQ(bench.Source().asserts.at(LAN).winner, Bench::At(LAN, 3));
    EXPECT_EQ(Sent(), Entries{});
}

// ---- §4.6.1, Loser ----

TEST_F(Pim7761Assert, S4_6_1_LoserPreferredAssert)
{
    ReachSgLoser();
    bench.Advance(10);
    Sg(100, 1, 2);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::LOSER);
    EXPECT_EQ(bench.Source().asserts.at(LAN).winner, Bench::At(LAN, 2));
    EXPECT_EQ(Timer(), Seconds(180));
}

TEST_F(Pim7761Assert, S4_6_1_LoserAcceptableAssertFromTheWinner)
{
    ReachSgLoser();
    bench.Advance(10);
    Sg(110, 3);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::LOSER);
    EXPECT_EQ(bench.Source().asserts.at(LAN).metric.metric, 3u) << "worse than before, but stored";
    EXPECT_EQ(Timer(), Seconds(180));
}

TEST_F(Pim7761Assert, S4_6_1_LoserAcceptableAssertFromAnother)
{
    ReachSgLoser();
    Sg(110, 3, 2);
    EXPECT_EQ(bench.Source().asserts.at(LAN).winner, Bench::At(LAN, 3)) << "not better: ignored";
}

TEST_F(Pim7761Assert, S4_6_1_LoserInferiorAssertFromTheWinner)
{
    JoinSg(4);
    ReachSgLoser();
    Sg(110, 99);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO);
    EXPECT_EQ(bench.Data(2), (InterfaceSet{LAN, 4}));
}

TEST_F(Pim7761Assert, S4_6_1_LoserThatForwardsNowhereElseHasNoMetric)
{
    // JoinDesired(S,G) is false, so the SPTbit is clear and my metric infinite.
    ReachSgLoser();
    EXPECT_FALSE(bench.Source().sptBit);
    Sg(110, 99);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::LOSER);
}

TEST_F(Pim7761Assert, S4_6_1_LoserAssertCancelFromTheWinner)
{
    ReachSgLoser();
    Cancel(Bench::S);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO);
}

TEST_F(Pim7761Assert, S4_6_1_LoserAssertCancelFromAnother)
{
    ReachSgLoser();
    Cancel(Bench::S, 2);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::LOSER);
}

TEST_F(Pim7761Assert, S4_6_1_LoserAssertTimerExpires)
{
    ReachSgLoser();
    bench.Advance(179);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::LOSER);
    bench.Advance(2);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO);
}

TEST_F(Pim7761Assert, S4_6_1_LoserWinnersGenIdChanges)
{
    ReachSgLoser();
    bench.Hello(LAN, 3, 99);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO);
}

TEST_F(Pim7761Assert, S4_6_1_LoserWinnerIsGone)
{
    ReachSgLoser();
    bench.Hello(LAN, 3, 1, 0);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO);
}

TEST_F(Pim7761Assert, S4_6_1_LoserAssertTrackingDesiredFalse)
{
    ReachSgLoser();
    bench.JoinPrune(LAN, 2, {}, {Bench::Sg()});
    bench.Advance(3.1);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO);
    EXPECT_EQ(Sent(), Entries{}) << "a loser has nothing to cancel";
    EXPECT_EQ(bench.Sent(3), Entries{"P(S,G)->1"});
}

TEST_F(Pim7761Assert, S4_6_1_LoserMyMetricBecomesBetter)
{
    JoinSg(4);
    ForwardSg();
    Sg(110, 6);
    bench.environment.rib.Set("10.8.8.0", 24, {{2, "10.0.2.2"}}, 5);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO);
}

TEST_F(Pim7761Assert, S4_6_1_LoserRpfInterfaceStopsBeingI)
{
    JoinSg();
    Sg(110, 1, 3, 2);
    ASSERT_EQ(bench.AssertSg(2), PimAssertState::LOSER);
    bench.environment.rib.Set("10.8.8.0", 24, {{1, "10.0.1.2"}}, 7);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.AssertSg(2), PimAssertState::NO_INFO);
}

TEST_F(Pim7761Assert, S4_6_1_LoserReceiveJoin)
{
    ReachSgLoser();
    JoinSg();
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO);
    EXPECT_EQ(bench.Data(2), InterfaceSet{LAN});
}

// ---- §4.6.2, NoInfo ----

TEST_F(Pim7761Assert, S4_6_2_NoInfoInferiorAssert)
{
    ForwardStarG();
    StarG(110, 6);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::WINNER);
    EXPECT_EQ(Sent(), Entries{"(*,G) rpt 110/5"});
    EXPECT_EQ(Timer(Bench::ANY), Seconds(177));
}

TEST_F(Pim7761Assert, S4_6_2_NoInfoDataArrives)
{
    ForwardStarG();
    bench.Data(LAN);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::WINNER);
    EXPECT_EQ(Sent(), Entries{"(*,G) rpt 110/5 by S"});
}

TEST_F(Pim7761Assert, S4_6_2_NoInfoAcceptableAssert)
{
    ForwardStarG();
    StarG(110, 4);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::LOSER);
    EXPECT_EQ(bench.Entry(), nullptr);
    EXPECT_EQ(Timer(Bench::ANY), Seconds(180));
}

TEST_F(Pim7761Assert, S4_6_2_NoInfoSgAssertWithRptBitCountsForStarG)
{
    ForwardStarG();
    SgRpt(110, 4);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::LOSER);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO);
}

TEST_F(Pim7761Assert, S4_6_2_NoInfoCancelIsNotAcceptable)
{
    ForwardStarG();
    Cancel(Bench::ANY);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::WINNER) << "an inferior Assert";
    EXPECT_EQ(Sent(), Entries{"(*,G) rpt 110/5"});
}

TEST_F(Pim7761Assert, S4_6_2_SgMachineComesFirst)
{
    // The SPTbit is clear here, so the (S,G) machine loses, and (*,G)'s does not hear of it.
    ForwardStarG();
    Sg(110, 1);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::LOSER);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NO_INFO);
    ASSERT_NE(bench.Entry(Bench::S), nullptr);
    EXPECT_TRUE(bench.Entry(Bench::S)->spec.outgoing.IsEmpty())
        << "this source is not forwarded onto the LAN, although (*,G) is";
    EXPECT_EQ(bench.Entry()->spec.outgoing, InterfaceSet{LAN});
}

TEST_F(Pim7761Assert, S4_6_2_TransitionOfSgSparesStarG)
{
    ForwardStarG();
    Sg(110, 1);
    SgRpt(110, 50);
    // Worse than my (*,G) metric: (S,G) leaves Loser; the same message does not make (*,G) win.
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NO_INFO);
}

// ---- §4.6.2, Winner ----

TEST_F(Pim7761Assert, S4_6_2_WinnerAssertTimerExpires)
{
    ReachStarGWinner();
    bench.Advance(177);
    EXPECT_EQ(Sent(), Entries{"(*,G) rpt 110/5"});
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::WINNER);
}

TEST_F(Pim7761Assert, S4_6_2_WinnerInferiorAssert)
{
    ReachStarGWinner();
    StarG(110, 9);
    EXPECT_EQ(Sent(), Entries{"(*,G) rpt 110/5"});
}

TEST_F(Pim7761Assert, S4_6_2_WinnerPreferredAssert)
{
    ReachStarGWinner();
    StarG(110, 1);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::LOSER);
}

TEST_F(Pim7761Assert, S4_6_2_WinnerAssertBetterThanItsMetricOfNow)
{
    ReachStarGWinner();
    bench.environment.rib.Set("10.9.9.0", 24, {{1, "10.0.1.2"}}, 50);
    bench.router.RoutesChanged();
    StarG(110, 49);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::LOSER) << "no matter that 5 had won";
    EXPECT_EQ(Sent(), Entries{});
}

TEST_F(Pim7761Assert, S4_6_2_WinnerCouldAssertFalse)
{
    ReachStarGWinner();
    bench.JoinPrune(LAN, 2, {}, {Bench::StarG()});
    bench.Advance(3.1);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NO_INFO);
    EXPECT_EQ(Sent(), Entries{"(*,G) cancel"});
    EXPECT_EQ(bench.Sent(3), Entries{"P(*,G)->1"});
}

TEST_F(Pim7761Assert, S4_6_2_WinnerSgAssertIsAnsweredBySg)
{
    ReachStarGWinner();
    Sg(110, 1);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::WINNER);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::LOSER);
}

// ---- §4.6.2, Loser ----

TEST_F(Pim7761Assert, S4_6_2_LoserPreferredAssert)
{
    ReachStarGLoser();
    StarG(109, 1, 2);
    EXPECT_EQ(bench.Group().asserts.at(LAN).winner, Bench::At(LAN, 2));
}

TEST_F(Pim7761Assert, S4_6_2_LoserAcceptableAssertFromTheWinner)
{
    ReachStarGLoser();
    bench.Advance(10);
    StarG(110, 3);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::LOSER);
    EXPECT_EQ(Timer(Bench::ANY), Seconds(180));
}

TEST_F(Pim7761Assert, S4_6_2_LoserInferiorAssertFromTheWinner)
{
    ReachStarGLoser();
    StarG(110, 30);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NO_INFO);
}

TEST_F(Pim7761Assert, S4_6_2_LoserAssertCancelFromTheWinner)
{
    ReachStarGLoser();
    Cancel(Bench::ANY);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NO_INFO);
    EXPECT_EQ(bench.Entry()->spec.outgoing, InterfaceSet{LAN});
}

TEST_F(Pim7761Assert, S4_6_2_LoserAssertTimerExpires)
{
    ReachStarGLoser();
    bench.Advance(181);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NO_INFO);
}

TEST_F(Pim7761Assert, S4_6_2_LoserWinnersGenIdChanges)
{
    ReachStarGLoser();
    bench.Hello(LAN, 3, 99);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NO_INFO);
}

TEST_F(Pim7761Assert, S4_6_2_LoserWinnerIsGone)
{
    ReachStarGLoser();
    bench.Hello(LAN, 3, 1, 0);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NO_INFO);
}

TEST_F(Pim7761Assert, S4_6_2_LoserAssertTrackingDesiredFalse)
{
    ReachStarGLoser();
    bench.JoinPrune(LAN, 2, {}, {Bench::StarG()});
    bench.Advance(3.1);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NO_INFO);
    EXPECT_EQ(bench.Sent(3), Entries{"P(*,G)->1"});
}

TEST_F(Pim7761Assert, S4_6_2_LoserMyMetricBecomesBetter)
{
    ForwardStarG();
    StarG(110, 4);
    bench.environment.rib.Set("10.9.9.0", 24, {{1, "10.0.1.2"}}, 3);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NO_INFO);
}

TEST_F(Pim7761Assert, S4_6_2_LoserRpfInterfaceStopsBeingI)
{
    JoinStarG();
    StarG(100, 1, 3, 1);
    ASSERT_EQ(bench.AssertStar(1), PimAssertState::LOSER);
    bench.environment.rib.Set("10.9.9.0", 24, {{2, "10.0.2.2"}}, 5);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.AssertStar(1), PimAssertState::NO_INFO);
}

TEST_F(Pim7761Assert, S4_6_2_LoserReceiveJoin)
{
    ReachStarGLoser();
    JoinStarG();
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NO_INFO);
    EXPECT_EQ(bench.Entry()->spec.outgoing, InterfaceSet{LAN});
}

// ---- §4.6.5 ----

TEST_F(Pim7761Assert, S4_6_5_AWinnerServesMembersOfTheGroupWhileDataComes)
{
    ReachSgWinner();
    bench.Member(LAN);
    bench.JoinPrune(LAN, 2, {}, {Bench::Sg()});
    bench.Advance(3.1);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::WINNER) << "the DR has lost, and is silent";
    EXPECT_EQ(Sent(), Entries{});
    EXPECT_EQ(bench.Data(2), InterfaceSet{LAN});
    bench.Advance(210.1);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO);
    EXPECT_EQ(Sent().back(), "(S,G) cancel");
    EXPECT_EQ(bench.Sent(3), Entries{"P(S,G)->1"});
}

TEST_F(Pim7761Assert, S4_6_5_AWinnerWithoutMembersOrJoinsCancels)
{
    ReachSgWinner();
    bench.Member(LAN);
    bench.JoinPrune(LAN, 2, {}, {Bench::Sg()});
    bench.Advance(3.1);
    bench.Member(LAN, false);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO);
    EXPECT_EQ(Sent(), Entries{"(S,G) cancel"});
    EXPECT_EQ(bench.Sent(3), Entries{"P(S,G)->1"});
}

} // namespace
