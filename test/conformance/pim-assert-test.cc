// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.6.1 ((S,G)) and §4.6.2 ((*,G)): each transition of the assert machines, and the
// faults that users tabled for a well-known daemon. The LAN in question is interface 3: neighbour 2
// is downstream, 3 another router that may forward. Own address there: 10.0.3.1.
#include "support/pim-test-router.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

using Bench = PimTestRouter;
using Entries = std::vector<std::string>;

class Pim7761Assert : public testing::Test
{
  protected:
    Pim7761Assert()
    {
        bench.Hello(1, 3);
        bench.Hello(2, 3);
        bench.Hello(3, 2);
        bench.Hello(3, 3);
        bench.Hello(4, 2);
        bench.environment.Forget();
    }

    void JoinStarG(uint32_t interface = LAN)
    {
        bench.JoinPrune(interface, 2, {Bench::StarG()}, {}, Bench::ANY, 0xffff);
    }

    void JoinSg(uint32_t interface = LAN)
    {
        bench.JoinPrune(interface, 2, {Bench::Sg()}, {}, Bench::ANY, 0xffff);
    }

    /** (S,G) is forwarded onto the LAN, by the SPT: metric {0, 110, 7, 10.0.3.1}. */
    void ForwardSg()
    {
        JoinSg();
        bench.Data(2);
        ASSERT_TRUE(bench.Source().sptBit);
        bench.environment.Forget();
    }

    /** (*,G) is forwarded onto the LAN: metric {1, 110, 5, 10.0.3.1}. */
    void ForwardStarG()
    {
        JoinStarG();
        bench.environment.Forget();
    }

    void Sg(uint32_t preference, uint32_t metric, uint32_t host = 3, uint32_t interface = LAN)
    {
        bench.Assert(interface, host, Bench::S, false, preference, metric);
    }

    void SgRpt(uint32_t preference, uint32_t metric, uint32_t host = 3, uint32_t interface = LAN)
    {
        bench.Assert(interface, host, Bench::S, true, preference, metric);
    }

    void StarG(uint32_t preference, uint32_t metric, uint32_t host = 3, uint32_t interface = LAN)
    {
        bench.Assert(interface, host, Bench::ANY, true, preference, metric);
    }

    void Cancel(Ipv4Address source, uint32_t host = 3, uint32_t interface = LAN)
    {
        bench.Assert(interface,
                     host,
                     source,
                     true,
                     PimAssert::INFINITE_PREFERENCE,
                     PimAssert::INFINITE_METRIC);
    }

    /** Asserts sent on the LAN: "(S,G) 110/7", "(*,G) rpt 110/5", "(S,G) cancel". */
    Entries Sent(uint32_t interface = LAN) const
    {
        Entries entries;
        for (const PimAssert& message : bench.environment.Of<PimAssert>(interface))
        {
            std::string text = message.source == Bench::ANY ? "(*,G)" : "(S,G)";
            if (message.metric == PimAssert::INFINITE_METRIC)
            {
                text += message.rpt ? " cancel" : " infinite";
            }
            else
            {
                text += message.rpt ? " rpt" : "";
                text += " " + std::to_string(message.metricPreference) + "/" +
                        std::to_string(message.metric);
            }
            entries.push_back(text);
        }
        return entries;
    }

    Time Timer(Ipv4Address source = Bench::S, uint32_t interface = LAN)
    {
        return bench.router.GetTimer({{Bench::G, source}, PimTimer::Assert, interface});
    }

    void ReachSgWinner()
    {
        ForwardSg();
        bench.Data(LAN);
        ASSERT_EQ(bench.AssertSg(LAN), PimAssertState::Winner);
        bench.environment.Forget();
    }

    void ReachSgLoser()
    {
        ForwardSg();
        Sg(110, 1);
        ASSERT_EQ(bench.AssertSg(LAN), PimAssertState::Loser);
        bench.environment.Forget();
    }

    void ReachStarGWinner()
    {
        ForwardStarG();
        bench.Data(LAN);
        ASSERT_EQ(bench.AssertStar(LAN), PimAssertState::Winner);
        bench.environment.Forget();
    }

    void ReachStarGLoser()
    {
        ForwardStarG();
        StarG(110, 1);
        ASSERT_EQ(bench.AssertStar(LAN), PimAssertState::Loser);
        bench.environment.Forget();
    }

    static constexpr uint32_t LAN = 3;
    Bench bench;
};

// ---- §4.6.1, NoInfo ----

TEST_F(Pim7761Assert, S4_6_1_NoInfoInferiorAssert)
{
    ForwardSg();
    Sg(110, 8);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Winner);
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/7"});
    EXPECT_EQ(Timer(), Seconds(177));
    EXPECT_EQ(bench.Source().asserts.at(LAN).winner, Bench::At(LAN, 1));
}

TEST_F(Pim7761Assert, S4_6_1_NoInfoAssertWithRptBit)
{
    ForwardSg();
    SgRpt(1, 1);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Winner) << "the SPT is always better";
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/7"});
}

TEST_F(Pim7761Assert, S4_6_1_NoInfoDataArrives)
{
    ForwardSg();
    bench.Data(LAN);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Winner);
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/7"});
    EXPECT_EQ(Timer(), Seconds(177));
}

TEST_F(Pim7761Assert, S4_6_1_NoInfoAcceptableAssert)
{
    ForwardSg();
    Sg(110, 6);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Loser);
    EXPECT_EQ(Sent(), Entries{});
    EXPECT_EQ(Timer(), Seconds(180));
    ASSERT_EQ(bench.Row(Bench::S), nullptr) << "the only outgoing interface is lost";
}

TEST_F(Pim7761Assert, S4_6_1_NoInfoAcceptableByAddress)
{
    ForwardSg();
    Sg(110, 7);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Loser) << "10.0.3.3 is higher than 10.0.3.1";
}

TEST_F(Pim7761Assert, S4_6_1_NoInfoPreferenceBeforeMetric)
{
    ForwardSg();
    Sg(111, 1);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Winner);
}

TEST_F(Pim7761Assert, S4_6_1_NoInfoAcceptableAssertOnTheRpfInterfaceSetsTheSptBit)
{
    JoinSg();
    JoinStarG(4);
    ASSERT_FALSE(bench.Source().sptBit);
    Sg(110, 1, 3, 2);
    EXPECT_EQ(bench.AssertSg(2), PimAssertState::Loser);
    EXPECT_TRUE(bench.Source().sptBit) << "action A6";
}

TEST_F(Pim7761Assert, S4_6_1_NoInfoNobodyCares)
{
    Sg(110, 1);
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
    JoinStarG(4);
    Sg(110, 1);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NoInfo);
    EXPECT_TRUE(bench.Group().sources.empty());
}

TEST_F(Pim7761Assert, S4_6_1_NoInfoInferiorWithoutCouldAssert)
{
    JoinSg();
    Sg(110, 8);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Loser)
        << "without the SPTbit my metric is infinite: any Assert is better";
}

// ---- §4.6.1, Winner ----

TEST_F(Pim7761Assert, S4_6_1_WinnerAssertTimerExpires)
{
    ReachSgWinner();
    bench.Advance(177);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Winner);
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
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Loser);
    EXPECT_EQ(bench.Source().asserts.at(LAN).winner, Bench::At(LAN, 3));
    EXPECT_EQ(Timer(), Seconds(180));
}

TEST_F(Pim7761Assert, S4_6_1_WinnerCouldAssertFalse)
{
    ReachSgWinner();
    bench.JoinPrune(LAN, 2, {}, {Bench::Sg()});
    bench.Advance(3.1);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NoInfo);
    EXPECT_EQ(Sent(), Entries{"(S,G) cancel"});
    EXPECT_EQ(Timer(), Seconds(0));
}

TEST_F(Pim7761Assert, S4_6_1_WinnerMetricChangesIsSentWithTheNextAssert)
{
    ReachSgWinner();
    bench.environment.rib.Set("10.8.8.0", 24, {{2, "10.0.2.2"}}, 70);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Winner);
    Sg(110, 71);
    EXPECT_EQ(Sent(), Entries{"(S,G) 110/70"});
}

// ---- §4.6.1, Loser ----

TEST_F(Pim7761Assert, S4_6_1_LoserPreferredAssert)
{
    ReachSgLoser();
    bench.Advance(10);
    Sg(100, 1, 2);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Loser);
    EXPECT_EQ(bench.Source().asserts.at(LAN).winner, Bench::At(LAN, 2));
    EXPECT_EQ(Timer(), Seconds(180));
}

TEST_F(Pim7761Assert, S4_6_1_LoserAcceptableAssertFromTheWinner)
{
    ReachSgLoser();
    bench.Advance(10);
    Sg(110, 3);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Loser);
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
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NoInfo);
    EXPECT_EQ(bench.Data(2), (InterfaceSet{LAN, 4}));
}

TEST_F(Pim7761Assert, S4_6_1_LoserThatForwardsNowhereElseHasNoMetric)
{
    // JoinDesired(S,G) is false, so the SPTbit is clear and my metric infinite.
    ReachSgLoser();
    EXPECT_FALSE(bench.Source().sptBit);
    Sg(110, 99);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Loser);
}

TEST_F(Pim7761Assert, S4_6_1_LoserAssertCancelFromTheWinner)
{
    ReachSgLoser();
    Cancel(Bench::S);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NoInfo);
}

TEST_F(Pim7761Assert, S4_6_1_LoserAssertCancelFromAnother)
{
    ReachSgLoser();
    Cancel(Bench::S, 2);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Loser);
}

TEST_F(Pim7761Assert, S4_6_1_LoserAssertTimerExpires)
{
    ReachSgLoser();
    bench.Advance(179);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Loser);
    bench.Advance(2);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NoInfo);
}

TEST_F(Pim7761Assert, S4_6_1_LoserWinnersGenIdChanges)
{
    ReachSgLoser();
    bench.Hello(LAN, 3, 99);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NoInfo);
}

TEST_F(Pim7761Assert, S4_6_1_LoserWinnerIsGone)
{
    ReachSgLoser();
    bench.Hello(LAN, 3, 1, 0);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NoInfo);
}

TEST_F(Pim7761Assert, S4_6_1_LoserAssertTrackingDesiredFalse)
{
    ReachSgLoser();
    bench.JoinPrune(LAN, 2, {}, {Bench::Sg()});
    bench.Advance(3.1);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NoInfo);
    EXPECT_EQ(Sent(), Entries{}) << "a loser has nothing to cancel";
}

TEST_F(Pim7761Assert, S4_6_1_LoserMyMetricBecomesBetter)
{
    JoinSg(4);
    ForwardSg();
    Sg(110, 6);
    bench.environment.rib.Set("10.8.8.0", 24, {{2, "10.0.2.2"}}, 5);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NoInfo);
}

TEST_F(Pim7761Assert, S4_6_1_LoserRpfInterfaceStopsBeingI)
{
    JoinSg();
    Sg(110, 1, 3, 2);
    ASSERT_EQ(bench.AssertSg(2), PimAssertState::Loser);
    bench.environment.rib.Set("10.8.8.0", 24, {{1, "10.0.1.2"}}, 7);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.AssertSg(2), PimAssertState::NoInfo);
}

TEST_F(Pim7761Assert, S4_6_1_LoserReceiveJoin)
{
    ReachSgLoser();
    JoinSg();
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NoInfo);
    EXPECT_EQ(bench.Data(2), InterfaceSet{LAN});
}

// ---- §4.6.2, NoInfo ----

TEST_F(Pim7761Assert, S4_6_2_NoInfoInferiorAssert)
{
    ForwardStarG();
    StarG(110, 6);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::Winner);
    EXPECT_EQ(Sent(), Entries{"(*,G) rpt 110/5"});
    EXPECT_EQ(Timer(Bench::ANY), Seconds(177));
}

TEST_F(Pim7761Assert, S4_6_2_NoInfoDataArrives)
{
    ForwardStarG();
    bench.Data(LAN);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::Winner);
    EXPECT_EQ(Sent(), Entries{"(*,G) rpt 110/5"});
}

TEST_F(Pim7761Assert, S4_6_2_NoInfoAcceptableAssert)
{
    ForwardStarG();
    StarG(110, 4);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::Loser);
    EXPECT_EQ(bench.Row(), nullptr);
    EXPECT_EQ(Timer(Bench::ANY), Seconds(180));
}

TEST_F(Pim7761Assert, S4_6_2_NoInfoSgAssertWithRptBitCountsForStarG)
{
    ForwardStarG();
    SgRpt(110, 4);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::Loser);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NoInfo);
}

TEST_F(Pim7761Assert, S4_6_2_NoInfoCancelIsNotAcceptable)
{
    ForwardStarG();
    Cancel(Bench::ANY);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::Winner) << "an inferior Assert";
}

TEST_F(Pim7761Assert, S4_6_2_SgMachineComesFirst)
{
    // The SPTbit is clear here, so the (S,G) machine loses, and (*,G)'s does not hear of it.
    ForwardStarG();
    Sg(110, 1);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Loser);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NoInfo);
    ASSERT_NE(bench.Row(Bench::S), nullptr);
    EXPECT_TRUE(bench.Row(Bench::S)->row.outgoing.IsEmpty())
        << "this source is not forwarded onto the LAN, although (*,G) is";
    EXPECT_EQ(bench.Row()->row.outgoing, InterfaceSet{LAN});
}

TEST_F(Pim7761Assert, S4_6_2_TransitionOfSgSparesStarG)
{
    ForwardStarG();
    Sg(110, 1);
    SgRpt(110, 50);
    // Worse than my (*,G) metric: (S,G) leaves Loser; the same message does not make (*,G) win.
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NoInfo);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NoInfo);
}

// ---- §4.6.2, Winner ----

TEST_F(Pim7761Assert, S4_6_2_WinnerAssertTimerExpires)
{
    ReachStarGWinner();
    bench.Advance(177);
    EXPECT_EQ(Sent(), Entries{"(*,G) rpt 110/5"});
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::Winner);
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
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::Loser);
}

TEST_F(Pim7761Assert, S4_6_2_WinnerCouldAssertFalse)
{
    ReachStarGWinner();
    bench.JoinPrune(LAN, 2, {}, {Bench::StarG()});
    bench.Advance(3.1);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NoInfo);
    EXPECT_EQ(Sent(), Entries{"(*,G) cancel"});
}

TEST_F(Pim7761Assert, S4_6_2_WinnerSgAssertIsAnsweredBySg)
{
    ReachStarGWinner();
    Sg(110, 1);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::Winner);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Loser);
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
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::Loser);
    EXPECT_EQ(Timer(Bench::ANY), Seconds(180));
}

TEST_F(Pim7761Assert, S4_6_2_LoserInferiorAssertFromTheWinner)
{
    ReachStarGLoser();
    StarG(110, 30);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NoInfo);
}

TEST_F(Pim7761Assert, S4_6_2_LoserAssertCancelFromTheWinner)
{
    ReachStarGLoser();
    Cancel(Bench::ANY);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NoInfo);
    EXPECT_EQ(bench.Row()->row.outgoing, InterfaceSet{LAN});
}

TEST_F(Pim7761Assert, S4_6_2_LoserAssertTimerExpires)
{
    ReachStarGLoser();
    bench.Advance(181);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NoInfo);
}

TEST_F(Pim7761Assert, S4_6_2_LoserWinnersGenIdChanges)
{
    ReachStarGLoser();
    bench.Hello(LAN, 3, 99);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NoInfo);
}

TEST_F(Pim7761Assert, S4_6_2_LoserWinnerIsGone)
{
    ReachStarGLoser();
    bench.Hello(LAN, 3, 1, 0);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NoInfo);
}

TEST_F(Pim7761Assert, S4_6_2_LoserAssertTrackingDesiredFalse)
{
    ReachStarGLoser();
    bench.JoinPrune(LAN, 2, {}, {Bench::StarG()});
    bench.Advance(3.1);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NoInfo);
}

TEST_F(Pim7761Assert, S4_6_2_LoserMyMetricBecomesBetter)
{
    ForwardStarG();
    StarG(110, 4);
    bench.environment.rib.Set("10.9.9.0", 24, {{1, "10.0.1.2"}}, 3);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NoInfo);
}

TEST_F(Pim7761Assert, S4_6_2_LoserRpfInterfaceStopsBeingI)
{
    JoinStarG();
    StarG(100, 1, 3, 1);
    ASSERT_EQ(bench.AssertStar(1), PimAssertState::Loser);
    bench.environment.rib.Set("10.9.9.0", 24, {{2, "10.0.2.2"}}, 5);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.AssertStar(1), PimAssertState::NoInfo);
}

TEST_F(Pim7761Assert, S4_6_2_LoserReceiveJoin)
{
    ReachStarGLoser();
    JoinStarG();
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::NoInfo);
    EXPECT_EQ(bench.Row()->row.outgoing, InterfaceSet{LAN});
}

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
    EXPECT_EQ(Sent(), Entries{"(*,G) rpt 110/5"});
}

TEST_F(Pim7761Assert, S4_6_5_StarGLoserWithMembersStopsForwarding)
{
    bench.Member(LAN);
    bench.environment.Forget();
    EXPECT_EQ(bench.Row()->row.outgoing, InterfaceSet{LAN});
    StarG(110, 4);
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::Loser);
    EXPECT_EQ(bench.Row(), nullptr);
    bench.Advance(181);
    EXPECT_EQ(bench.Row()->row.outgoing, InterfaceSet{LAN});
}

TEST_F(Pim7761Assert, S4_6_5_WinnerForwardsToMembersWithoutBeingDr)
{
    JoinStarG();
    bench.Member(LAN);
    PimHello dr;
    dr.holdtime = PimHello::HOLDTIME_FOREVER;
    dr.drPriority = 9;
    dr.generationId = 1;
    bench.neighbors.ReceiveHello(dr, LAN, Bench::At(LAN, 3));
    bench.Data(LAN);
    ASSERT_EQ(bench.AssertStar(LAN), PimAssertState::Winner);
    bench.JoinPrune(LAN, 2, {}, {Bench::StarG()});
    bench.Advance(3.1);
    ASSERT_NE(bench.Row(), nullptr) << "the members are the winner's now";
    EXPECT_EQ(bench.Row()->row.outgoing, InterfaceSet{LAN});
    EXPECT_EQ(bench.AssertStar(LAN), PimAssertState::Winner);
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
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Winner);
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
    EXPECT_EQ(Sent(), Entries{"(*,G) rpt 110/5"});
}

TEST_F(Pim7761Assert, Faults_7_SptBitEndsALostContestWithTheRpt)
{
    // Lost on the RPT; when this router forwards on the SPT its metric is better: contest anew.
    JoinStarG();
    SgRpt(110, 1);
    ASSERT_EQ(bench.AssertStar(LAN), PimAssertState::Loser);
    JoinSg();
    bench.Data(2);
    bench.environment.Forget();
    bench.Data(LAN);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::Winner);
}

TEST_F(Pim7761Assert, Faults_8_CancelWhenTheWinnerStops)
{
    ReachStarGWinner();
    bench.environment.interfaces[LAN].enabled = true;
    bench.JoinPrune(LAN, 2, {}, {Bench::StarG()});
    bench.Advance(3.1);
    EXPECT_EQ(Sent(), Entries{"(*,G) cancel"});
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
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NoInfo);
    EXPECT_EQ(bench.environment.drops, Entries{"not-a-neighbor"});
}

TEST_F(Pim7761Assert, S4_6_InterfaceDownForgets)
{
    ReachSgLoser();
    bench.environment.interfaces[LAN].up = false;
    bench.neighbors.InterfaceChanged(LAN);
    bench.router.InterfaceChanged(LAN);
    EXPECT_EQ(bench.AssertSg(LAN), PimAssertState::NoInfo);
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
