// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2 (data packet forwarding), §4.2.1 (last-hop switchover), §4.2.2 (SPTbit), §4.1 (the
// Keepalive Timer), §4.8 (SSM), RFC 3376's source lists in pim_include and pim_exclude, and which
// entries the forwarding cache holds.
#include "support/pim-test-router.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

using Bench = PimTestRouter;
using Entries = std::vector<std::string>;

class Pim7761Data : public testing::Test
{
  protected:
    void TearDown() override
    {
        bench.ExpectNothingElseDownstream();
    }

    Pim7761Data()
    {
        bench.Hello(3, 2);
        bench.Hello(4, 2);
        bench.environment.Forget();
    }

    void JoinStarG(uint32_t interface = 3)
    {
        bench.JoinPrune(interface, 2, {Bench::StarG()}, {}, Bench::ANY, 0xffff);
    }

    void JoinSg(uint32_t interface = 3)
    {
        bench.JoinPrune(interface, 2, {Bench::Sg()}, {}, Bench::ANY, 0xffff);
    }

    void Never()
    {
        bench.config.sptPolicy.SetDefault("infinity");
    }

    Bench bench;
};

TEST_F(Pim7761Data, S4_2_NoState)
{
    EXPECT_TRUE(bench.Data(2).IsEmpty());
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
}

TEST_F(Pim7761Data, S4_2_SharedTree)
{
    JoinStarG();
    JoinStarG(4);
    EXPECT_EQ(bench.Data(1), (InterfaceSet{3, 4}));
    EXPECT_TRUE(bench.Data(2).IsEmpty()) << "not from the source's side";
    EXPECT_TRUE(bench.Group().sources.empty()) << "and no state by source";
}

TEST_F(Pim7761Data, S4_2_SptBitFalseTakesTheSharedTree)
{
    JoinStarG();
    JoinSg(4);
    EXPECT_EQ(bench.Data(1), InterfaceSet{3}) << "inherited_olist(S,G,rpt)";
    EXPECT_FALSE(bench.Source().sptBit);
}

TEST_F(Pim7761Data, S4_2_TheFirstPacketOnTheSptIsForwarded)
{
    JoinStarG();
    JoinSg(4);
    EXPECT_EQ(bench.Data(2), (InterfaceSet{3, 4})) << "inherited_olist(S,G)";
    EXPECT_TRUE(bench.Source().sptBit);
    EXPECT_TRUE(bench.Data(1).IsEmpty()) << "from now on not from the shared tree";
    EXPECT_EQ(bench.Data(2), (InterfaceSet{3, 4}));
}

TEST_F(Pim7761Data, S4_2_NeverBackToWhereItCameFrom)
{
    JoinStarG();
    bench.JoinPrune(1, 2, {Bench::StarG()}, {}, Bench::ANY, 0xffff);
    EXPECT_EQ(bench.Data(1), InterfaceSet{3});
}

TEST_F(Pim7761Data, S4_2_DirectlyConnectedSetsKeepalive)
{
    bench.Data(5, Ipv4Address("10.0.5.77"));
    const PimTimerKey key{SourceGroup(Ipv4Address("10.0.5.77"), Bench::G), PimTimer::KEEPALIVE};
    EXPECT_EQ(bench.router.GetTimer(key), Seconds(210));
}

TEST_F(Pim7761Data, S4_2_DirectlyConnectedOnTheWayToTheRpSetsKeepalive)
{
    const Ipv4Address local("10.0.1.77");
    JoinStarG();
    EXPECT_EQ(bench.Data(1, local), InterfaceSet{3});
    EXPECT_TRUE(bench.Source(local).keepalive) << "although the (*,G) entry accepts it";
    EXPECT_EQ(bench.dataPlane.registers, std::vector<Ipv4Address>{Bench::RP});
    EXPECT_EQ(bench.Data(1), InterfaceSet{3});
    EXPECT_EQ(bench.Group().sources.size(), 1u) << "no state for sources further up";
}

/** What keeps (S,G) while the source is silent. */
enum class Keeps
{
    NOTHING,
    JOIN_STAR_G,
    JOIN_SG,
    MEMBER_OF_S,
    MEMBER_OF_S_ON_ITS_LAN,
    MEMBER_OF_S_AND_JOIN_STAR_G
};

class Pim7761Silence : public testing::TestWithParam<std::tuple<Keeps, bool>>
{
  protected:
    void TearDown() override
    {
        bench.ExpectNothingElseDownstream();
    }

    /** Whatever keeps (S,G), for ever. */
    void Keep(Keeps what, Ipv4Address source)
    {
        if (what == Keeps::JOIN_STAR_G || what == Keeps::MEMBER_OF_S_AND_JOIN_STAR_G)
        {
            bench.JoinPrune(3, 2, {Bench::StarG()}, {}, Bench::ANY, 0xffff);
        }
        if (what == Keeps::JOIN_SG)
        {
            bench.JoinPrune(3, 2, {Bench::Sg(source)}, {}, Bench::ANY, 0xffff);
        }
        const bool onItsLan = what == Keeps::MEMBER_OF_S_ON_ITS_LAN;
        if (onItsLan || what == Keeps::MEMBER_OF_S || what == Keeps::MEMBER_OF_S_AND_JOIN_STAR_G)
        {
            const uint32_t interface = onItsLan ? 5 : 6;
            bench.members.included.insert({interface, Bench::G, source});
            bench.router.MembershipChanged(interface, Bench::G);
        }
    }

    Bench bench;
};

TEST_P(Pim7761Silence, S4_2_DataOfADirectlyConnectedSourceRestartsKeepaliveAndRegisters)
{
    const Ipv4Address local("10.0.5.77");
    const auto& [keeps, stopped] = GetParam();
    bench.Hello(3, 2);
    Keep(keeps, local);
    for (std::size_t round = 1; round <= 3; ++round)
    {
        bench.Data(5, local);
        EXPECT_EQ(bench.dataPlane.registers.size(), round) << "its first packet is registered";
        EXPECT_EQ(bench.Source(local).registerState, PimRegisterState::JOIN);
        if (stopped)
        {
            PimRegisterStop stop;
            stop.group = Bench::G;
            stop.source = local;
            bench.router.Receive(stop, Bench::RP);
        }
        bench.Advance(209);
        EXPECT_TRUE(bench.Source(local).keepalive);
        bench.Advance(2);
        EXPECT_FALSE(bench.Source(local).keepalive);
        EXPECT_EQ(bench.Source(local).registerState, PimRegisterState::NO_INFO);
    }
    EXPECT_EQ(bench.environment.Of<PimRegister>(0).size(), stopped ? 3u : 0u)
        << "a Null-Register at the end of each suppression";
}

class Pim7761SilenceFar : public Pim7761Silence
{
};

TEST_P(Pim7761SilenceFar, S4_2_DataOnTheSourceTreeRestartsKeepalive)
{
    const auto& [keeps, shared] = GetParam();
    bench.Hello(3, 2);
    Keep(keeps, Bench::S);
    if (shared)
    {
        bench.JoinPrune(4, 2, {Bench::StarG()}, {}, Bench::ANY, 0xffff);
    }
    for (int round = 1; round <= 3; ++round)
    {
        EXPECT_FALSE(bench.Data(2).IsEmpty());
        EXPECT_TRUE(bench.Source().keepalive) << round;
        EXPECT_TRUE(bench.Source().sptBit) << round;
        bench.Advance(209);
        EXPECT_TRUE(bench.Source().keepalive) << round;
        bench.Advance(2);
        EXPECT_FALSE(bench.Source().keepalive) << round;
    }
}

INSTANTIATE_TEST_SUITE_P(Kinds,
                         Pim7761Silence,
                         testing::Combine(testing::Values(Keeps::NOTHING,
                                                          Keeps::JOIN_STAR_G,
                                                          Keeps::JOIN_SG,
                                                          Keeps::MEMBER_OF_S,
                                                          Keeps::MEMBER_OF_S_ON_ITS_LAN,
                                                          Keeps::MEMBER_OF_S_AND_JOIN_STAR_G),
                                          testing::Bool()));

INSTANTIATE_TEST_SUITE_P(Kinds,
                         Pim7761SilenceFar,
                         testing::Combine(testing::Values(Keeps::JOIN_SG,
                                                          Keeps::MEMBER_OF_S,
                                                          Keeps::MEMBER_OF_S_AND_JOIN_STAR_G),
                                          testing::Bool()));

TEST_F(Pim7761Data, S4_2_KeepaliveWithoutSptBit)
{
    // The way to the source is the way to the RP, but by another neighbor.
    bench.environment.rib.Set("10.8.8.0", 24, {{1, "10.0.1.3"}}, 7);
    bench.router.RoutesChanged();
    bench.Hello(1, 3);
    JoinStarG();
    JoinSg(4);
    EXPECT_EQ(bench.Data(1), (InterfaceSet{3, 4})) << "inherited_olist(S,G): nobody may ever assert";
    EXPECT_FALSE(bench.Source().sptBit);
    EXPECT_TRUE(bench.Source().keepalive);
    bench.Advance(211);
    EXPECT_FALSE(bench.Source().keepalive);
    EXPECT_EQ(bench.Data(1), (InterfaceSet{3, 4}));
    EXPECT_TRUE(bench.Source().keepalive);
}

TEST_F(Pim7761Data, S4_2_DirectlyConnectedOnTheWayToTheRpThatSomePruned)
{
    const Ipv4Address local("10.0.1.77");
    JoinStarG(4);
    JoinStarG();
    bench.JoinPrune(3, 2, {}, {Bench::SgRpt(local)}, Bench::ANY, 0xffff);
    bench.Advance(4);
    ASSERT_EQ(bench.Entry(local)->spec.outgoing, InterfaceSet{4});
    EXPECT_EQ(bench.Data(1, local), InterfaceSet{4});
    EXPECT_TRUE(bench.Source(local).keepalive);
}

TEST_F(Pim7761Data, S4_2_NoAssertOfDataFromTheSource)
{
    // The RP's way to the source is one of the interfaces that the shared tree goes out of.
    bench.BecomeRp();
    bench.Hello(2, 3);
    bench.JoinPrune(2, 3, {Bench::StarG(Bench::At(6, 1))}, {}, Bench::ANY, 0xffff);
    bench.Register(false, Bench::At(6, 1));
    bench.Data(2);
    ASSERT_TRUE(bench.Source().sptBit);
    EXPECT_TRUE(bench.Data(2).IsEmpty());
    EXPECT_TRUE(bench.environment.Of<PimAssert>(2).empty());
    EXPECT_EQ(bench.Source().upstream, PimUpstreamState::JOINED);
}

TEST_F(Pim7761Data, S4_2_KeepaliveByEachPacketThatIsForwarded)
{
    bench.Member(5);
    bench.Data(1);
    bench.Data(2);
    for (int i = 0; i < 20; ++i)
    {
        bench.Advance(50);
        EXPECT_EQ(bench.Data(2), InterfaceSet{5});
    }
    bench.Advance(209.9);
    EXPECT_TRUE(bench.Source().keepalive);
    bench.Advance(0.2);
    EXPECT_FALSE(bench.Source().keepalive) << "exactly 210 s after the last packet";
}

TEST_F(Pim7761Data, S4_2_KeepaliveByDataForMembersOfTheLinkThatItComesFrom)
{
    bench.environment.interfaces[2].drPriority = 9;
    bench.hellos.InterfaceChanged(2);
    bench.Member(2);
    EXPECT_EQ(bench.Data(1), InterfaceSet{2});
    EXPECT_EQ(bench.Source().upstream, PimUpstreamState::JOINED) << "a last hop switches";
    for (int i = 0; i < 20; ++i)
    {
        bench.Advance(50);
        EXPECT_EQ(bench.Data(2), InterfaceSet{}) << "the members have it already";
        EXPECT_EQ(bench.Source().upstream, PimUpstreamState::JOINED) << 50 * i << " s";
    }
    bench.Advance(210.1);
    EXPECT_FALSE(bench.Source().keepalive);
}

TEST_F(Pim7761Data, S4_2_1_FirstPacketSwitches)
{
    bench.Member(5);
    bench.environment.Forget();
    EXPECT_EQ(bench.Data(1), InterfaceSet{5}) << "the packet that switches is forwarded";
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
    EXPECT_EQ(bench.Data(1), InterfaceSet{5}) << "by the shared tree as long as need be";
    EXPECT_EQ(bench.Data(2), InterfaceSet{5});
    EXPECT_EQ(bench.Sent(1), Entries{"P(S,G,rpt)->2"}) << "pruned off the shared tree at once";
    EXPECT_TRUE(bench.Data(1).IsEmpty());
    EXPECT_EQ(bench.environment.events.back(), "spt-switch (10.8.8.8,239.1.1.1)");
}

TEST_F(Pim7761Data, S4_2_1_SwitchesForMembersOnTheLinkTowardsTheRp)
{
    bench.environment.interfaces[1].drPriority = 9;
    bench.hellos.InterfaceChanged(1);
    bench.Member(1);
    bench.environment.Forget();
    EXPECT_TRUE(bench.Data(1).IsEmpty()) << "the members have it already";
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"}) << "pim_include(*,G) is not empty";
    EXPECT_EQ(bench.Data(2), InterfaceSet{1});
    EXPECT_EQ(bench.Sent(1), Entries{"P(S,G,rpt)->2"});
}

TEST_F(Pim7761Data, S4_2_1_InfinityNeverSwitches)
{
    Never();
    bench.Member(5);
    for (int i = 0; i < 1000; ++i)
    {
        EXPECT_EQ(bench.Data(1), InterfaceSet{5});
    }
    EXPECT_TRUE(bench.Group().sources.empty());
}

TEST_F(Pim7761Data, S4_2_1_OnlyTheLastHopSwitches)
{
    JoinStarG();
    bench.Data(1);
    EXPECT_TRUE(bench.Group().sources.empty());
}

TEST_F(Pim7761Data, S4_2_1_BytesWithinAnInterval)
{
    bench.config.sptPolicy.SetDefault("1200B/10s");
    bench.Member(5);
    bench.environment.Forget();
    for (int i = 0; i < 50; ++i)
    {
        bench.Data(1);
        bench.Advance(1.2);
    }
    EXPECT_EQ(bench.Sent(2), Entries{}) << "9 packets of 120 bytes in 10 s";
    for (int i = 0; i < 9; ++i)
    {
        bench.Data(1);
    }
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

TEST_F(Pim7761Data, S4_2_1_PolicyByGroup)
{
    bench.config.sptPolicy.SetDefault("infinity");
    bench.config.sptPolicy.SetRanges("239.1.0.0/16=0, 239.0.0.0/8=infinity");
    bench.Member(5);
    bench.environment.Forget();
    bench.Data(1);
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

TEST_F(Pim7761Data, S4_2_1_SwitchesAgainAfterKeepalive)
{
    bench.Member(5);
    bench.Data(1);
    bench.Data(2);
    bench.Advance(220);
    EXPECT_EQ(bench.Source().upstream, PimUpstreamState::NOT_JOINED);
    bench.environment.Forget();
    EXPECT_EQ(bench.Data(1), InterfaceSet{5});
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

TEST_F(Pim7761Data, S4_2_2_SamePathSetsTheBitWithTheNextPacket)
{
    bench.environment.rib.Set("10.8.8.0", 24, {{1, "10.0.1.2"}}, 7);
    bench.Member(5);
    EXPECT_EQ(bench.Data(1), InterfaceSet{5});
    EXPECT_EQ(bench.Data(1), InterfaceSet{5});
    EXPECT_TRUE(bench.Source().sptBit);
    EXPECT_EQ(bench.Source().rptUpstream, PimRptUpstreamState::NOT_PRUNED);
}

TEST_F(Pim7761Data, S4_2_2_OtherNeighborOnTheSameInterfaceDoesNot)
{
    bench.Hello(1, 3);
    bench.environment.rib.Set("10.8.8.0", 24, {{1, "10.0.1.3"}}, 7);
    bench.Member(5);
    bench.Data(1);
    bench.Data(1);
    bench.Data(1);
    EXPECT_FALSE(bench.Source().sptBit) << "nobody can tell which neighbour sent it";
}

TEST_F(Pim7761Data, S4_2_2_NothingInheritedFromTheSharedTree)
{
    bench.Hello(1, 3);
    bench.environment.rib.Set("10.8.8.0", 24, {{1, "10.0.1.3"}}, 7);
    JoinSg();
    EXPECT_EQ(bench.Data(1), InterfaceSet{3});
    EXPECT_TRUE(bench.Source().sptBit);
}

TEST_F(Pim7761Data, S4_2_2_NotJoinedDoesNot)
{
    JoinStarG();
    bench.JoinPrune(4, 2, {Bench::StarG()}, {Bench::SgRpt()}, Bench::ANY, 0xffff);
    bench.Advance(0);
    bench.Data(2);
    EXPECT_FALSE(bench.Source().sptBit);
}

TEST_F(Pim7761Data, S4_8_SsmNeedsNoRp)
{
    const Ipv4Address group("232.1.1.1");
    bench.members.included.insert({5, group, Bench::S});
    bench.router.MembershipChanged(5, group);
    EXPECT_EQ(bench.Sent(1), Entries{});
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
    EXPECT_EQ(bench.Data(2, Bench::S, group), InterfaceSet{5});
    EXPECT_TRUE(bench.Data(1, Bench::S, group).IsEmpty());
    EXPECT_TRUE(bench.Data(2, Ipv4Address("10.8.8.9"), group).IsEmpty());
    bench.members.included.clear();
    bench.environment.Forget();
    bench.router.MembershipChanged(5, group);
    EXPECT_EQ(bench.Sent(2), Entries{"P(S,G)->2"});
    bench.Advance(211);
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
}

TEST_F(Pim7761Data, S4_1_5_IncludeOfASourceInASharedGroup)
{
    bench.members.included.insert({5, Bench::G, Bench::S});
    bench.router.MembershipChanged(5, Bench::G);
    EXPECT_EQ(bench.Sent(1), Entries{}) << "no (*,G) for one source";
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
    EXPECT_EQ(bench.Data(2), InterfaceSet{5});
}

TEST_F(Pim7761Data, S4_1_5_ExcludeOfASource)
{
    Never();
    bench.Member(5);
    bench.Member(6);
    bench.members.excluded.insert({6, Bench::G, Bench::S});
    bench.router.MembershipChanged(6, Bench::G);
    EXPECT_EQ(bench.Data(1), InterfaceSet{5});
    EXPECT_EQ(bench.Data(1, Ipv4Address("10.8.8.9")), (InterfaceSet{5, 6}));
    bench.members.excluded.insert({5, Bench::G, Bench::S});
    bench.environment.Forget();
    bench.router.MembershipChanged(5, Bench::G);
    EXPECT_EQ(bench.Sent(1), Entries{"P(S,G,rpt)->2"}) << "nobody here wants the source";
    bench.members.excluded.clear();
    bench.environment.Forget();
    bench.router.MembershipChanged(5, Bench::G);
    bench.router.MembershipChanged(6, Bench::G);
    EXPECT_EQ(bench.Sent(1), Entries{"J(S,G,rpt)->2"});
    EXPECT_TRUE(bench.Group().sources.empty());
}

TEST_F(Pim7761Data, S4_1_5_OnlyTheDrActsForMembers)
{
    PimHello other;
    other.holdtime = PimHello::HOLDTIME_FOREVER;
    other.drPriority = 9;
    bench.hellos.ReceiveHello(other, 5, Bench::At(5, 2));
    bench.environment.Forget();
    bench.Member(5);
    EXPECT_EQ(bench.Entry(), nullptr);
    EXPECT_TRUE(bench.environment.sent.empty());
    other.holdtime = 0;
    bench.hellos.ReceiveHello(other, 5, Bench::At(5, 2));
    ASSERT_NE(bench.Entry(), nullptr) << "the DR is gone: now this router is";
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim7761Data, S4_1_5_AMemberLeavesWhileTheInterfaceIsDown)
{
    const auto set = [&](bool up) {
        bench.environment.interfaces[5].up = up;
        bench.hellos.InterfaceChanged(5);
        bench.router.InterfaceChanged(5);
    };
    bench.Member(5);
    set(false);
    EXPECT_EQ(bench.Entry(), nullptr);
    bench.Member(5, false);
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
    set(true);
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
    bench.Member(5);
    set(false);
    set(true);
    ASSERT_NE(bench.Entry(), nullptr) << "one that stays is served again";
    EXPECT_EQ(bench.Entry()->spec.outgoing, InterfaceSet{5});
}

TEST_F(Pim7761Data, EntriesOfAnRptPrunedSource)
{
    JoinStarG();
    JoinStarG(4);
    bench.JoinPrune(4, 2, {Bench::StarG()}, {Bench::SgRpt()}, Bench::ANY, 0xffff);
    bench.Advance(0);
    ASSERT_NE(bench.Entry(Bench::S), nullptr) << "it forwards otherwise than (*,G)";
    EXPECT_EQ(bench.Data(1), InterfaceSet{3});
    bench.JoinPrune(3, 2, {Bench::StarG()}, {Bench::SgRpt()}, Bench::ANY, 0xffff);
    bench.Advance(0);
    ASSERT_NE(bench.Entry(Bench::S), nullptr) << "an empty entry keeps (*,G) from forwarding it";
    EXPECT_TRUE(bench.Data(1).IsEmpty());
    EXPECT_EQ(bench.Data(1, Ipv4Address("10.8.8.9")), (InterfaceSet{3, 4}));
}

TEST_F(Pim7761Data, EntriesVanishWithTheState)
{
    JoinStarG();
    JoinSg(4);
    bench.Data(2);
    bench.JoinPrune(3, 2, {}, {Bench::StarG()});
    bench.JoinPrune(4, 2, {}, {Bench::Sg()});
    bench.Advance(220);
    EXPECT_EQ(bench.router.GetForwarder().GetCache().GetSize(), 0u);
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
    EXPECT_TRUE(bench.router.GetTib().CountEntriesByTarget().empty());
    EXPECT_TRUE(bench.router.GetTib().GetEntriesOfInterface(3).empty());
}

TEST_F(Pim7761Data, TibRows)
{
    JoinStarG();
    JoinSg(4);
    bench.Data(2);
    const std::vector<PimTibRow> rows = bench.router.GetTibRows();
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0].kind, PimTibRow::Kind::STAR_G);
    EXPECT_EQ(rows[0].upstreamInterface, 1u);
    EXPECT_EQ(rows[0].upstreamNeighbor, Bench::At(1, 2));
    EXPECT_EQ(rows[0].upstreamState, "Joined");
    EXPECT_EQ(rows[0].outgoing, InterfaceSet{3});
    EXPECT_EQ(rows[1].kind, PimTibRow::Kind::SG);
    EXPECT_EQ(rows[1].upstreamInterface, 2u);
    EXPECT_EQ(rows[1].outgoing, (InterfaceSet{3, 4}));
    EXPECT_EQ(rows[2].kind, PimTibRow::Kind::SG_RPT);
    EXPECT_EQ(rows[2].upstreamState, "Pruned");
}

TEST_F(Pim7761Data, S4_7_ScopeBorderStopsAll)
{
    bench.environment.interfaces[3].scopeBorders = {Ipv4Prefix(Ipv4Address("239.1.0.0"), 16)};
    JoinStarG();
    EXPECT_EQ(bench.environment.drops, Entries{"group"});
    bench.Member(3);
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
    bench.environment.interfaces[1].scopeBorders = {Ipv4Prefix(Ipv4Address("239.1.0.0"), 16)};
    JoinStarG(4);
    EXPECT_EQ(bench.Sent(1), Entries{}) << "the RP is behind the border";
    EXPECT_EQ(bench.Entry(), nullptr);
}

TEST_F(Pim7761Data, ManyInterfaces)
{
    for (uint32_t i = 7; i < 200; ++i)
    {
        bench.environment.AddInterface(i, ("10.0." + std::to_string(i) + ".1").c_str());
        bench.hellos.InterfaceChanged(i);
        bench.router.InterfaceChanged(i);
        bench.Hello(i, 2);
        JoinStarG(i);
    }
    EXPECT_EQ(bench.Data(1).GetSize(), 193u);
}

TEST_F(Pim7761Data, ACrashLosesEverything)
{
    JoinStarG();
    JoinSg(4);
    bench.Data(2);
    bench.environment.Forget();
    bench.Crash();
    EXPECT_EQ(bench.environment.clock.GetPending(), 0u);
    EXPECT_EQ(bench.environment.sent.size(), 0u);
}

} // namespace
