// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2 (wrong-interface data), §4.6.5 (assert state macros), §4.8, and the faults that
// users tabled for a well-known daemon.
#include "pim-assert-bench.h"

using namespace ns3;

namespace
{

// ---- §4.2 and §4.6.5: data and the macros ----

TEST_F(Pim7761Assert, S4_2_WinnerRepeatsOncePerSecond)
{
    ReachSgWinner();
    bench.Advance(10);
    for (int i = 0; i < 30; ++i)
    {
        bench.Data(LAN);
        bench.Advance(0.1);
    }
    EXPECT_EQ(Sent(), (Entries{"(S,G) 110/7", "(S,G) 110/7", "(S,G) 110/7"}));
    EXPECT_EQ(Timer(), Seconds(164)) << "the timer goes on";
}

TEST_F(Pim7761Assert, S4_2_TheFirstAssertAfterACancelIsNotHeldBack)
{
    ReachSgWinner();
    bench.JoinPrune(LAN, 2, {}, {Bench::Sg()});
    bench.Advance(3.1);
    ASSERT_EQ(Sent(), Entries{"(S,G) cancel"}) << "0.1 s ago";
    ForwardSg();
    bench.Data(LAN);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::WINNER);
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/7"});
}

TEST_F(Pim7761Assert, S4_2_TheFirstAssertStarGAfterACancelIsNotHeldBack)
{
    ReachStarGWinner();
    bench.JoinPrune(LAN, 2, {}, {Bench::StarG()});
    bench.Advance(3.1);
    ASSERT_EQ(Sent(), Entries{"(*,G) cancel"}) << "0.1 s ago";
    ForwardStarG();
    bench.Data(LAN);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::WINNER);
    EXPECT_EQ(Sent(), Entries{"(*,G) rpt 110/5 by S"});
}

TEST_F(Pim7761Assert, S4_2_TheFirstAssertAfterALostOneIsNotHeldBack)
{
    JoinSg(4);
    ReachSgWinner();
    Sg(110, 6);
    ASSERT_EQ(bench.AssertSg(LAN), PimAssertState::LOSER);
    Sg(110, 9);
    ASSERT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO)
        << "the winner is worse than we are now";
    bench.environment.Forget();
    bench.Data(LAN);
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/7"}) << "within a second of our own last Assert";
}

TEST_F(Pim7761Assert, S4_2_NoAssertOnAnInterfaceThatIsNotOutgoing)
{
    ForwardSg();
    bench.Data(4);
    bench.Data(1);
    EXPECT_EQ(Sent(4), Entries{});
    EXPECT_EQ(Sent(1), Entries{});
}

TEST_F(Pim7761Assert, S4_2_NoAssertForASourceThatIsPrunedThere)
{
    JoinStarG();
    JoinStarG(4);
    bench.JoinPrune(LAN, 2, {}, {Bench::SgRpt()});
    bench.Advance(3.1);
    bench.environment.Forget();
    bench.Data(LAN);
    EXPECT_EQ(Sent(), Entries{});
}

TEST_F(Pim7761Assert, S4_2_JoinStarGThatClearsAPruneOpensTheContestAgain)
{
    JoinStarG();
    JoinStarG(4);
    bench.JoinPrune(LAN, 2, {}, {Bench::SgRpt()});
    bench.Advance(3.1);
    JoinStarG();
    bench.environment.Forget();
    bench.Data(LAN);
    EXPECT_EQ(Sent(), Entries{"(*,G) rpt 110/5 by S"});
}

TEST_F(Pim7761Assert, S4_9_6_OnlyTheDataItselfNamesItsSourceInAnAssertStarG)
{
    ReachStarGWinner();
    bench.Advance(177);
    StarG(110, 9);
    EXPECT_EQ(Sent(), (Entries{"(*,G) rpt 110/5", "(*,G) rpt 110/5"}))
        << "neither the refresh nor the answer to another Assert is about one source";
    bench.environment.Forget();
    bench.Advance(1.1);
    bench.Data(LAN);
    EXPECT_EQ(Sent(), Entries{"(*,G) rpt 110/5 by S"});
}

TEST_F(Pim7761Assert, S4_9_6_TheSourcesTreeAnswersAnAssertStarGThatNamesTheSource)
{
    ForwardStarG();
    ForwardSg();
    SgRpt(110, 1);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::WINNER);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NO_INFO) << "and (*,G) has nothing to lose";
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/7"});
    bench.environment.Forget();
    SgRpt(110, 1);
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/7"}) << "as an answer it is not limited";
}

TEST_F(Pim7761Assert, S4_6_5_StarGLoserWithMembersStopsForwarding)
{
    bench.Member(LAN);
    bench.environment.Forget();
    EXPECT_EQ(bench.Entry()->spec.outgoing, InterfaceSet{LAN});
    StarG(110, 4);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::LOSER);
    EXPECT_EQ(bench.Entry(), nullptr);
    bench.Advance(181);
    EXPECT_EQ(bench.Entry()->spec.outgoing, InterfaceSet{LAN});
}

TEST_F(Pim7761Assert, S4_6_5_WinnerForwardsToMembersWithoutBeingDr)
{
    JoinStarG();
    bench.Member(LAN);
    PimHello dr;
    dr.holdtime = PimHello::HOLDTIME_FOREVER;
    dr.drPriority = 9;
    dr.generationId = 1;
    bench.hellos.ReceiveHello(dr, LAN, Bench::At(LAN, 3));
    bench.Data(LAN);
    ASSERT_EQ(bench.AssertStar(LAN), PimAssertState::WINNER);
    bench.JoinPrune(LAN, 2, {}, {Bench::StarG()});
    bench.Advance(3.1);
    ASSERT_NE(bench.Entry(), nullptr) << "the members are the winner's now";
    EXPECT_EQ(bench.Entry()->spec.outgoing, InterfaceSet{LAN});
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::WINNER);
    EXPECT_EQ(bench.Sent(3), Entries{"P(*,G)->1"});
    EXPECT_EQ(Sent(), Entries{"(*,G) rpt 110/5 by S"});
}

// The faults that users tabled, one by one.

TEST_F(Pim7761Assert, Faults_1_LoserRemovesItsOutgoingInterface)
{
    ReachSgLoser();
    EXPECT_TRUE(bench.Data(2).IsEmpty());
}

TEST_F(Pim7761Assert, Faults_2_StarGInheritanceDoesNotAddItAgain)
{
    JoinStarG();
    JoinStarG(4);
    JoinSg();
    bench.Data(2);
    Sg(110, 1);
    EXPECT_EQ(bench.Data(2), InterfaceSet{4}) << "nor through inherited_olist(S,G,rpt)";
    bench.JoinPrune(4, 2, {Bench::StarG()}, {}, Bench::ANY, 0xffff);
    EXPECT_EQ(bench.Data(2), InterfaceSet{4});
}

TEST_F(Pim7761Assert, Faults_3_CouldAssertCountsStarG)
{
    // Only (*,G) is joined on the LAN; (S,G) on another interface.
    JoinStarG();
    JoinSg(4);
    bench.Data(2);
    ASSERT_TRUE(bench.Source().sptBit);
    bench.environment.Forget();
    bench.Data(LAN);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::WINNER);
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/7"});
}

TEST_F(Pim7761Assert, Faults_4_WinnerRefreshesBeforeTheLosersForget)
{
    ReachSgWinner();
    for (int i = 0; i < 10; ++i)
    {
        bench.Data(2);
        bench.Advance(177);
    }
    EXPECT_EQ(Sent().size(), 10u);
}

TEST_F(Pim7761Assert, Faults_5_LoserJoinsTheWinnerUpstream)
{
    JoinStarG();
    bench.environment.Forget();
    StarG(100, 1, 3, 1);
    bench.Advance(2.5);
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->3"});
}

TEST_F(Pim7761Assert, Faults_6_StarGAssertIsSentForSharedTreeData)
{
    ForwardStarG();
    bench.Data(LAN);
    EXPECT_EQ(Sent(), Entries{"(*,G) rpt 110/5 by S"});
}

TEST_F(Pim7761Assert, Faults_7_SptBitEndsALostContestWithTheRpt)
{
    // Lost on the RPT; when this router forwards on the SPT its metric is better: contest anew.
    JoinStarG();
    SgRpt(110, 1);
    ASSERT_EQ(bench.AssertStar(LAN), PimAssertState::LOSER);
    JoinSg();
    bench.Data(2);
    bench.environment.Forget();
    bench.Data(LAN);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::WINNER);
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/7"});
}

TEST_F(Pim7761Assert, Faults_8_CancelWhenTheWinnerStops)
{
    ReachStarGWinner();
    bench.environment.interfaces[LAN].enabled = true;
    bench.JoinPrune(LAN, 2, {}, {Bench::StarG()});
    bench.Advance(3.1);
    EXPECT_EQ(Sent(), Entries{"(*,G) cancel"});
    EXPECT_EQ(bench.Sent(3), Entries{"P(*,G)->1"});
}

TEST_F(Pim7761Assert, Faults_9_DownstreamFollowsTheWinnerBackWhenItIsGone)
{
    JoinStarG();
    StarG(100, 1, 3, 1);
    ASSERT_EQ(bench.Group().neighbor.address, Bench::At(1, 3));
    bench.Hello(1, 3, 1, 0);
    EXPECT_EQ(bench.Group().neighbor.address, Bench::At(1, 2));
    bench.environment.Forget();
    bench.Advance(2.5);
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim7761Assert, S4_6_AssertOfAStrangerIsDropped)
{
    ForwardSg();
    Sg(110, 1, 77);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO);
    EXPECT_EQ(bench.environment.drops, Entries{"not-a-neighbor"});
}

TEST_F(Pim7761Assert, S4_6_InterfaceDownForgets)
{
    ReachSgLoser();
    bench.environment.interfaces[LAN].up = false;
    bench.hellos.InterfaceChanged(LAN);
    bench.router.InterfaceChanged(LAN);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NO_INFO);
}

TEST_F(Pim7761Assert, S4_8_SsmAssert)
{
    const Ipv4Address group("232.1.1.1");
    PimJoinPrune join;
    join.upstreamNeighbor = Bench::At(LAN, 1);
    join.holdtime = 0xffff;
    join.groups.resize(1);
    join.groups[0].group.address = group;
    join.groups[0].joins = {Bench::Sg()};
    bench.router.Receive(join, LAN, Bench::At(LAN, 2));
    EXPECT_EQ(bench.Data(2, Bench::S, group), InterfaceSet{LAN});
    bench.Data(LAN, Bench::S, group);
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/7"});
}

} // namespace
