// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5.4 ((*,G)) and §4.5.5 ((S,G)): each transition of the upstream machines.
#include "pim-upstream-bench.h"

using namespace ns3;

namespace
{

// ---- §4.5.4 ----

TEST_F(Pim7761Upstream, S4_5_4_NotJoinedJoinDesiredTrue)
{
    JoinStarG();
    EXPECT_EQ(bench.Group().upstream, PimUpstreamState::JOINED);
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
    EXPECT_EQ(JoinTimer(), Seconds(60));
    EXPECT_EQ(bench.environment.events, Entries{"join (*,239.1.1.1) to 10.0.1.2"});
}

TEST_F(Pim7761Upstream, S4_5_4_NotJoinedLocalMemberMakesJoinDesired)
{
    bench.Member(5);
    EXPECT_EQ(bench.Group().upstream, PimUpstreamState::JOINED);
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_4_JoinedJoinDesiredFalse)
{
    JoinStarG();
    bench.environment.Forget();
    Prune(Bench::StarG());
    EXPECT_EQ(bench.Sent(1), Entries{"P(*,G)->2"});
    EXPECT_EQ(JoinTimer(), Seconds(0));
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
}

TEST_F(Pim7761Upstream, S4_5_4_JoinedTimerExpires)
{
    JoinStarG();
    bench.environment.Forget();
    bench.Advance(60);
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
    bench.Advance(60);
    EXPECT_EQ(bench.Sent(1).size(), 2u);
}

TEST_F(Pim7761Upstream, S4_5_4_SeeJoinSuppresses)
{
    JoinStarG();
    bench.Advance(10);
    bench.environment.random.tape = {0.0};
    bench.JoinPrune(1, 3, {Bench::StarG()}, {}, Bench::At(1, 2));
    EXPECT_EQ(JoinTimer(), Seconds(66)) << "t_suppressed is 1.1 to 1.4 times t_periodic";
    bench.environment.random.tape = {1.0};
    bench.JoinPrune(1, 3, {Bench::StarG()}, {}, Bench::At(1, 2));
    EXPECT_EQ(JoinTimer(), Seconds(84));
    bench.environment.random.tape = {0.0};
    bench.JoinPrune(1, 3, {Bench::StarG()}, {}, Bench::At(1, 2));
    EXPECT_EQ(JoinTimer(), Seconds(84)) << "only ever increased";
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_4_SeeJoinSuppressesForTheHoldtimeAtMost)
{
    JoinStarG();
    bench.Advance(50);
    bench.JoinPrune(1, 3, {Bench::StarG()}, {}, Bench::At(1, 2), 20);
    EXPECT_EQ(JoinTimer(), Seconds(20));
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_4_SeeJoinToAnotherUpstream)
{
    JoinStarG();
    bench.Advance(10);
    bench.JoinPrune(1, 2, {Bench::StarG()}, {}, Bench::At(1, 3));
    EXPECT_EQ(JoinTimer(), Seconds(50));
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_4_SeePruneOverrides)
{
    JoinStarG();
    bench.environment.Forget();
    bench.environment.random.tape = {0.4};
    bench.JoinPrune(1, 3, {}, {Bench::StarG()}, Bench::At(1, 2));
    EXPECT_EQ(JoinTimer(), Seconds(1)) << "t_override is below 2.5 s";
    bench.Advance(1);
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_4_SeePruneEchoOverrides)
{
    JoinStarG();
    bench.JoinPrune(1, 2, {}, {Bench::StarG()}, Bench::At(1, 2));
    EXPECT_LT(JoinTimer(), Seconds(2.5));
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_4_RpfNeighborChangesByRoute)
{
    JoinStarG();
    bench.environment.Forget();
    bench.environment.rib.Set("10.9.9.0", 24, {{2, "10.0.2.2"}}, 5);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.Sent(1), Entries{"P(*,G)->2"});
    EXPECT_EQ(bench.Sent(2), Entries{"J(*,G)->2"});
    EXPECT_EQ(bench.Entry()->spec.incoming, 2u);
}

TEST_F(Pim7761Upstream, S4_5_4_RpfNeighborChangesByRpMapping)
{
    JoinStarG();
    bench.environment.Forget();
    bench.environment.rib.Set("10.9.8.0", 24, {{2, "10.0.2.2"}}, 5);
    bench.rpSet.AddStatic(Ipv4Prefix(Ipv4Address("239.1.0.0"), 16), Ipv4Address("10.9.8.8"));
    EXPECT_EQ(bench.Sent(1), Entries{"P(*,G)->2"});
    EXPECT_EQ(bench.Sent(2), Entries{"J(*,G)->2"});
    EXPECT_EQ(bench.environment.Of<PimJoinPrune>(2)[0].groups[0].joins[0].address,
              Ipv4Address("10.9.8.8"));
    EXPECT_EQ(bench.environment.Of<PimJoinPrune>(1)[0].groups[0].prunes[0].address, Bench::RP);
}

TEST_F(Pim7761Upstream, S4_5_4_RpfNeighborDies)
{
    JoinStarG();
    bench.environment.Forget();
    bench.Hello(1, 2, 1, 0);
    EXPECT_EQ(JoinTimer(), Seconds(0));
    bench.environment.Forget();
    bench.Hello(1, 2);
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_4_RpfNeighborGenIdChanges)
{
    JoinStarG();
    bench.environment.Forget();
    bench.Hello(1, 2, 77);
    EXPECT_LT(JoinTimer(), Seconds(2.5));
    bench.Advance(2.5);
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_4_RpfNeighborChangesByAssert)
{
    JoinStarG();
    bench.environment.Forget();
    bench.Assert(1, 3, Bench::ANY, true, 100, 1);
    EXPECT_EQ(bench.Group().neighbor.address, Bench::At(1, 3));
    EXPECT_EQ(bench.Sent(1), Entries{}) << "no Prune to the old one";
    EXPECT_LT(JoinTimer(), Seconds(2.5));
    bench.Advance(2.5);
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->3"});
}

TEST_F(Pim7761Upstream, S4_5_4_NothingIsSentAtTheRp)
{
    bench.BecomeRp();
    bench.JoinPrune(3, 2, {Bench::StarG(Bench::At(6, 1))});
    EXPECT_EQ(bench.Group().upstream, PimUpstreamState::JOINED);
    EXPECT_TRUE(bench.environment.sent.empty());
    ASSERT_NE(bench.Entry(), nullptr);
    EXPECT_EQ(bench.Entry()->spec.incoming, MulticastEntrySpec::REGISTER_INTERFACE);
}

TEST_F(Pim7761Upstream, S4_5_4_NoSuppressionWhereEveryoneTracks)
{
    bench.config.hello.trackingSupport = true;
    for (uint32_t host : {2, 3})
    {
        PimHello message;
        message.holdtime = PimHello::HOLDTIME_FOREVER;
        message.generationId = 1;
        message.lanPruneDelay = PimLanPruneDelay{true, 500, 2500};
        bench.hellos.ReceiveHello(message, 1, Bench::At(1, host));
    }
    JoinStarG();
    bench.Advance(10);
    bench.JoinPrune(1, 3, {Bench::StarG()}, {}, Bench::At(1, 2));
    EXPECT_EQ(JoinTimer(), Seconds(50));
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_4_SeePruneLeavesASoonerJoinAlone)
{
    JoinStarG();
    bench.Advance(59);
    bench.environment.random.rest = 1.0; // t_override: 2.5 s
    bench.JoinPrune(1, 3, {}, {Bench::StarG()}, Bench::At(1, 2));
    EXPECT_EQ(JoinTimer(), Seconds(1));
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_4_NotJoinedIgnoresWhatOthersSend)
{
    bench.JoinPrune(1, 3, {Bench::StarG()}, {}, Bench::At(1, 2));
    bench.JoinPrune(1, 3, {}, {Bench::StarG(), Bench::Sg()}, Bench::At(1, 2));
    EXPECT_EQ(JoinTimer(), Seconds(0));
    bench.Advance(5);
    EXPECT_EQ(bench.Sent(1), Entries{});
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
}

TEST_F(Pim7761Upstream, S4_5_4_NoJoinTimerWithoutARpfNeighbor)
{
    // The winner of the upstream LAN goes after the next hop: RPF'(*,G) is NULL, by an assert's
    // end.
    JoinStarG();
    bench.Assert(1, 3, Bench::ANY, true, 100, 1);
    ASSERT_EQ(bench.Group().neighbor.address, Bench::At(1, 3));
    bench.Hello(1, 2, 1, 0);
    bench.Hello(1, 3, 1, 0);
    EXPECT_EQ(bench.Group().neighbor.address, Bench::ANY);
    EXPECT_EQ(JoinTimer(), Seconds(0));
    bench.environment.Forget();
    bench.Hello(1, 2, 2);
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"}) << "and joins at once when one comes";
}

// ---- §4.5.5 ----

TEST_F(Pim7761Upstream, S4_5_5_NotJoinedJoinDesiredTrue)
{
    JoinSg();
    EXPECT_EQ(bench.Source().upstream, PimUpstreamState::JOINED);
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
    EXPECT_EQ(JoinTimer(Bench::S), Seconds(60));
}

TEST_F(Pim7761Upstream, S4_5_5_NotJoinedKeepaliveAndInheritedOlist)
{
    bench.Member(5);
    bench.environment.Forget();
    bench.Data(1);
    EXPECT_TRUE(bench.Source().keepalive);
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"}) << "the last hop's switch at the first packet";
}

TEST_F(Pim7761Upstream, S4_5_5_JoinedJoinDesiredFalse)
{
    ReachSpt();
    EXPECT_TRUE(bench.Source().sptBit);
    Prune(Bench::Sg());
    EXPECT_TRUE(bench.Source().sptBit) << "Keepalive and (*,G) still want it";
    bench.Advance(420);
    EXPECT_EQ(bench.Source().upstream, PimUpstreamState::NOT_JOINED);
    EXPECT_FALSE(bench.Source().sptBit);
    const Entries sent = bench.Sent(2);
    EXPECT_EQ(sent.back(), "P(S,G)->2");
    EXPECT_EQ(bench.Sent(1),
              (Entries{"J(*,G)->2",
                       "P(S,G,rpt)->2",
                       "J(*,G)->2",
                       "P(S,G,rpt)->2",
                       "J(*,G)->2",
                       "P(S,G,rpt)->2",
                       "J(S,G,rpt)->2",
                       "J(*,G)->2",
                       "J(*,G)->2",
                       "J(*,G)->2",
                       "J(*,G)->2"}));
    EXPECT_EQ(bench.Sent(2), (Entries{"J(S,G)->2", "J(S,G)->2", "J(S,G)->2", "P(S,G)->2"}));
}

TEST_F(Pim7761Upstream, S4_5_5_JoinedTimerExpires)
{
    JoinSg();
    bench.environment.Forget();
    bench.Advance(60);
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_5_SeeJoinSuppresses)
{
    JoinSg();
    bench.Advance(10);
    bench.JoinPrune(2, 3, {Bench::Sg()}, {}, Bench::At(2, 2));
    EXPECT_GE(JoinTimer(Bench::S), Seconds(66));
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_5_APeriodicJoinStarGTakesSuppressedSourcesAlong)
{
    bench.environment.rib.Set("10.8.8.0", 24, {{1, "10.0.1.2"}}, 7);
    bench.environment.rib.Set("10.7.7.0", 24, {{2, "10.0.2.2"}}, 7);
    const Ipv4Address elsewhere("10.7.7.7");
    JoinStarG();
    bench.JoinPrune(3, 2, {Bench::Sg(), {elsewhere, 32, true}}, {}, Bench::ANY, 0xffff);
    bench.Advance(50);
    bench.JoinPrune(1, 3, {Bench::Sg()}, {}, Bench::At(1, 2));
    bench.JoinPrune(2, 3, {{elsewhere, 32, true}}, {}, Bench::At(2, 2));
    EXPECT_GE(JoinTimer(Bench::S), Seconds(66));
    bench.environment.Forget();
    bench.Advance(10);
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2", "J(S,G)->2"}));
    EXPECT_EQ(bench.environment.Of<PimJoinPrune>(1).size(), 1u) << "in one message";
    EXPECT_EQ(JoinTimer(Bench::S), Seconds(60)) << "no later than after any Join that is sent";
    EXPECT_EQ(bench.Sent(2), Entries{}) << "what goes to another router has its own time";
    EXPECT_GE(JoinTimer(elsewhere), Seconds(56));
}

TEST_F(Pim7761Upstream, S4_5_5_ThatJoinOverridesToo)
{
    bench.environment.rib.Set("10.8.8.0", 24, {{1, "10.0.1.2"}}, 7);
    JoinStarG();
    JoinSg();
    bench.Advance(59);
    bench.environment.random.tape = {0.9};
    bench.JoinPrune(1, 3, {}, {Bench::Sg()}, Bench::At(1, 2));
    EXPECT_EQ(JoinTimer(Bench::S), Seconds(1)) << "an override only ever comes sooner";
    bench.environment.Forget();
    bench.Advance(1);
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2", "J(S,G)->2"}));
}

TEST_F(Pim7761Upstream, S4_5_5_SeePruneOverrides)
{
    JoinSg();
    bench.JoinPrune(2, 3, {}, {Bench::Sg()}, Bench::At(2, 2));
    EXPECT_LT(JoinTimer(Bench::S), Seconds(2.5));
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_5_SeePruneSgRptOverrides)
{
    JoinSg();
    bench.JoinPrune(2, 3, {}, {Bench::SgRpt()}, Bench::At(2, 2));
    EXPECT_LT(JoinTimer(Bench::S), Seconds(2.5));
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_5_SeePruneStarGOverrides)
{
    JoinSg();
    bench.JoinPrune(2, 3, {}, {Bench::StarG()}, Bench::At(2, 2));
    EXPECT_LT(JoinTimer(Bench::S), Seconds(2.5));
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_5_RpfNeighborChangesByRoute)
{
    JoinSg();
    bench.environment.Forget();
    bench.environment.rib.Set("10.8.8.0", 24, {{1, "10.0.1.3"}}, 7);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.Sent(2), Entries{"P(S,G)->2"});
    EXPECT_EQ(bench.Sent(1), Entries{"J(S,G)->3"});
}

TEST_F(Pim7761Upstream, S4_5_5_RpfNeighborGenIdChanges)
{
    JoinSg();
    bench.Hello(2, 2, 77);
    EXPECT_LT(JoinTimer(Bench::S), Seconds(2.5));
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_5_RpfNeighborChangesByAssert)
{
    JoinSg();
    bench.environment.Forget();
    bench.Assert(2, 3, Bench::S, false, 1, 1);
    EXPECT_EQ(bench.Source().neighbor.address, Bench::At(2, 3));
    EXPECT_LT(JoinTimer(Bench::S), Seconds(2.5));
    bench.Advance(2.5);
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->3"});
}

TEST_F(Pim7761Upstream, S4_5_5_LostRouteAndBack)
{
    JoinSg();
    bench.environment.rib.Remove("10.8.8.0", 24);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.Source().rpf.interface, PIM_NO_INTERFACE);
    bench.environment.Forget();
    bench.environment.rib.Set("10.8.8.0", 24, {{2, "10.0.2.2"}}, 7);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

} // namespace
