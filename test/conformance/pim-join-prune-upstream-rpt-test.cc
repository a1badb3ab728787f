// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5.6 and §4.5.7 ((S,G,rpt)): each transition of the upstream machine; §4.9.5.2.
#include "pim-upstream-bench.h"

using namespace ns3;

namespace
{

// ---- §4.5.6 ----

TEST_F(Pim7761Upstream, S4_5_6_PeriodicJoinCarriesThePruneOfASourceOnTheSpt)
{
    ReachSpt();
    bench.Advance(60);
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2", "P(S,G,rpt)->2"}));
    EXPECT_EQ(bench.environment.Of<PimJoinPrune>(1).size(), 1u) << "in one message";
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2", "P(S,G,rpt)->2"}));
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_6_NoPruneWhereTheNeighborsAreTheSame)
{
    bench.environment.rib.Set("10.8.8.0", 24, {{1, "10.0.1.2"}}, 7);
    JoinStarG();
    JoinSg();
    bench.Data(1);
    EXPECT_TRUE(bench.Source().sptBit);
    bench.environment.Forget();
    bench.Advance(60);
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2", "J(S,G)->2"}));
}

TEST_F(Pim7761Upstream, S4_5_6_PruneWhereAllDownstreamPruned)
{
    JoinStarG();
    bench.JoinPrune(3, 2, {Bench::StarG()}, {Bench::SgRpt()}, Bench::ANY, 0xffff);
    bench.Advance(0);
    bench.environment.Forget();
    bench.Advance(60);
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2", "P(S,G,rpt)->2"}));
}

TEST_F(Pim7761Upstream, S4_5_6_PruneWhereAnAssertDivertsTheSource)
{
    JoinStarG();
    bench.Member(5);
    // (S,G) state, SPTbit clear: the winner for S on the RPT interface is 10.0.1.3.
    bench.JoinPrune(3, 2, {Bench::StarG(), Bench::Sg()}, {}, Bench::ANY, 0xffff);
    bench.Assert(1, 3, Bench::S, false, 1, 1);
    ASSERT_EQ(bench.AssertSg(1), PimAssertState::LOSER);
    bench.environment.Forget();
    bench.Advance(60);
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2", "P(S,G,rpt)->2"}));
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2", "P(S,G,rpt)->2"}));
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

// ---- §4.5.7 ----

TEST_F(Pim7761Upstream, S4_5_7_RptNotJoinedPruneDesiredTrue)
{
    JoinSg();
    bench.Data(2);
    ASSERT_TRUE(bench.Source().sptBit);
    bench.environment.Forget();
    JoinStarG(4);
    EXPECT_EQ(bench.Source().rptUpstream, PimRptUpstreamState::PRUNED);
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2", "P(S,G,rpt)->2"}));
}

TEST_F(Pim7761Upstream, S4_5_7_RptNotJoinedInheritedOlistNonNull)
{
    JoinSg();
    JoinStarG(4);
    EXPECT_EQ(bench.Source().rptUpstream, PimRptUpstreamState::NOT_PRUNED);
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_7_PrunedPruneDesiredFalse)
{
    ReachSpt();
    ASSERT_EQ(bench.Source().rptUpstream, PimRptUpstreamState::PRUNED);
    Prune(Bench::Sg());
    bench.environment.Forget();
    bench.Advance(211);
    // The Keepalive Timer ran out: no SPT any more, so the RPT it is.
    EXPECT_EQ(bench.Source().rptUpstream, PimRptUpstreamState::RPT_NOT_JOINED) << "state is gone";
    const Entries sent = bench.Sent(1);
    EXPECT_NE(std::find(sent.begin(), sent.end(), "J(S,G,rpt)->2"), sent.end());
    EXPECT_EQ(bench.Sent(1),
              (Entries{"J(*,G)->2",
                       "P(S,G,rpt)->2",
                       "J(*,G)->2",
                       "P(S,G,rpt)->2",
                       "J(*,G)->2",
                       "P(S,G,rpt)->2",
                       "J(S,G,rpt)->2"}));
    EXPECT_EQ(bench.Sent(2), (Entries{"J(S,G)->2", "J(S,G)->2", "J(S,G)->2", "P(S,G)->2"}));
}

TEST_F(Pim7761Upstream, S4_5_7_PrunedRptJoinDesiredFalse)
{
    ReachSpt();
    Prune(Bench::StarG());
    EXPECT_EQ(bench.Source().rptUpstream, PimRptUpstreamState::RPT_NOT_JOINED);
    EXPECT_EQ(bench.Sent(1), Entries{"P(*,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_7_NotPrunedPruneDesiredTrue)
{
    JoinStarG();
    JoinSg();
    bench.environment.Forget();
    bench.Data(2);
    EXPECT_TRUE(bench.Source().sptBit);
    EXPECT_EQ(bench.Source().rptUpstream, PimRptUpstreamState::PRUNED);
    EXPECT_EQ(bench.Sent(1), Entries{"P(S,G,rpt)->2"}) << "at once, not with the next Join";
}

TEST_F(Pim7761Upstream, S4_5_7_NotPrunedAllDownstreamPrune)
{
    JoinStarG();
    bench.environment.Forget();
    Prune(Bench::SgRpt());
    EXPECT_EQ(bench.Sent(1), Entries{"P(S,G,rpt)->2"});
    ASSERT_NE(bench.Entry(Bench::S), nullptr);
    EXPECT_TRUE(bench.Entry(Bench::S) == nullptr || bench.Entry(Bench::S)->spec.outgoing.IsEmpty());
}

TEST_F(Pim7761Upstream, S4_5_7_NotPrunedRptJoinDesiredFalse)
{
    JoinStarG();
    JoinSg();
    Prune(Bench::StarG());
    EXPECT_EQ(bench.Source().rptUpstream, PimRptUpstreamState::RPT_NOT_JOINED);
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2", "P(*,G)->2"}));
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_7_NotPrunedSeePruneSgRptOverrides)
{
    JoinStarG();
    bench.environment.Forget();
    bench.JoinPrune(1, 3, {}, {Bench::SgRpt()}, Bench::At(1, 2));
    EXPECT_GT(OverrideTimer(), Seconds(0)) << "also for a source without state";
    EXPECT_LT(OverrideTimer(), Seconds(2.5));
    bench.Advance(2.5);
    EXPECT_EQ(bench.Sent(1), Entries{"J(S,G,rpt)->2"});
    EXPECT_TRUE(bench.Group().sources.empty()) << "nothing is left of it";
}

TEST_F(Pim7761Upstream, S4_5_7_NotPrunedSeePruneSgOverrides)
{
    JoinStarG();
    bench.JoinPrune(1, 3, {}, {Bench::Sg()}, Bench::At(1, 2));
    EXPECT_GT(OverrideTimer(), Seconds(0));
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_7_NotPrunedSeeJoinSgRptCancels)
{
    JoinStarG();
    bench.JoinPrune(1, 3, {}, {Bench::SgRpt()}, Bench::At(1, 2));
    bench.environment.Forget();
    bench.JoinPrune(1, 3, {Bench::SgRpt()}, {}, Bench::At(1, 2));
    EXPECT_EQ(OverrideTimer(), Seconds(0));
    bench.Advance(3);
    EXPECT_EQ(bench.Sent(1), Entries{});
}

TEST_F(Pim7761Upstream, S4_5_7_NotPrunedOverrideTimerOnlyDecreases)
{
    JoinStarG();
    bench.environment.random.tape = {0.2};
    bench.JoinPrune(1, 3, {}, {Bench::SgRpt()}, Bench::At(1, 2));
    EXPECT_EQ(OverrideTimer(), Seconds(0.5));
    bench.environment.random.tape = {0.8};
    bench.JoinPrune(1, 3, {}, {Bench::SgRpt()}, Bench::At(1, 2));
    EXPECT_EQ(OverrideTimer(), Seconds(0.5));
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim7761Upstream, S4_5_7_NotPrunedRpfNeighborsBecomeEqual)
{
    JoinStarG();
    bench.JoinPrune(3, 2, {Bench::StarG(), Bench::Sg()}, {}, Bench::ANY, 0xffff);
    bench.Assert(1, 3, Bench::S, false, 1, 1);
    ASSERT_TRUE(bench.Source().rptDiverges);
    bench.Assert(1, 3, Bench::S, true, PimAssert::INFINITE_PREFERENCE, PimAssert::INFINITE_METRIC);
    EXPECT_EQ(bench.AssertSg(1), PimAssertState::NO_INFO);
    EXPECT_GT(OverrideTimer(), Seconds(0));
    bench.environment.Forget();
    bench.Advance(2.5);
    EXPECT_EQ(bench.Sent(1), Entries{"J(S,G,rpt)->2"});
}

TEST_F(Pim7761Upstream, S4_5_7_NoOverrideToAnAssertWinner)
{
    JoinStarG();
    bench.JoinPrune(3, 2, {Bench::StarG(), Bench::Sg()}, {}, Bench::ANY, 0xffff);
    bench.Assert(1, 3, Bench::S, false, 1, 1);
    bench.JoinPrune(1, 2, {}, {Bench::Sg()}, Bench::At(1, 3));
    ASSERT_GT(OverrideTimer(), Seconds(0));
    bench.environment.Forget();
    bench.Advance(2.5);
    EXPECT_EQ(bench.Sent(1), Entries{}) << "it may have no Join(*,G), and would not know what for";
}

TEST_F(Pim7761Upstream, S4_5_7_SharedTreeIsKeptForOthersOnTheLan)
{
    // Pruned(S,G,rpt) here must not override another router's Prune.
    ReachSpt();
    bench.JoinPrune(1, 3, {}, {Bench::SgRpt()}, Bench::At(1, 2));
    EXPECT_EQ(OverrideTimer(), Seconds(0));
}

// ---- §4.9.5.2, and refreshing together ----

TEST_F(Pim7761Upstream, S4_9_5_2_AllGroupsInAsFewMessagesAsFit)
{
    constexpr int groups = 2000;
    for (int i = 0; i < groups; ++i)
    {
        const Ipv4Address group(0xef020000 + i);
        bench.members.any.insert({5, group});
        bench.router.MembershipChanged(5, group);
        bench.Advance(0.01);
    }
    bench.Advance(100);
    bench.environment.Forget();
    bench.Advance(60);
    const auto messages = bench.environment.Of<PimJoinPrune>(1);
    std::size_t joins = 0;
    std::size_t bytes = 0;
    for (const PimJoinPrune& message : messages)
    {
        WireWriter writer;
        PimMessage(message).Write(writer);
        EXPECT_LE(writer.GetSize() + 20, 1500u);
        bytes += writer.GetSize() + 20;
        joins += message.groups.size();
    }
    EXPECT_EQ(joins, static_cast<std::size_t>(groups));
    EXPECT_LE(messages.size(), (bytes + 1499) / 1500 + 3);
}

TEST_F(Pim7761Upstream, S4_9_5_2_TheFirstPrunesThatFit)
{
    JoinStarG();
    JoinStarG(4);
    bench.environment.interfaces[1].mtu = 200;
    for (uint32_t i = 0; i < 100; ++i)
    {
        bench.JoinPrune(3, 2, {}, {Bench::SgRpt(Ipv4Address(0x0a080900 + i))}, Bench::ANY, 0xffff);
        bench.JoinPrune(4, 2, {}, {Bench::SgRpt(Ipv4Address(0x0a080900 + i))}, Bench::ANY, 0xffff);
    }
    bench.Advance(1);
    bench.environment.Forget();
    bench.Advance(60);
    const auto messages = bench.environment.Of<PimJoinPrune>(1);
    ASSERT_EQ(messages.size(), 1u);
    const PimJoinPruneGroup& set = messages[0].groups.at(0);
    EXPECT_EQ(set.joins.size(), 1u);
    // 200 bytes less IP (20), PIM header (14) and the group (12): 19 entries.
    EXPECT_EQ(set.prunes.size(), 18u);
    EXPECT_EQ(set.prunes.front().address, Ipv4Address(0x0a080900));
    EXPECT_EQ(set.prunes.back().address, Ipv4Address(0x0a080900 + 17));
}

} // namespace
