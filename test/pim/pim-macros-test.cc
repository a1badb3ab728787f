// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1.5, §4.2.2, §4.4.1, §4.5, §4.6.5: each macro on state made by hand.
#include "support/pim-test-router.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

using Bench = PimTestRouter;

/** State of one (S,G) with RPF interfaces 1 (RP) and 2 (source); macros are asked, nothing runs. */
class PimMacrosTest : public testing::Test
{
  protected:
    PimMacrosTest()
        : macros(bench.environment, bench.neighbors)
    {
        macros.SetMembership(&bench.members);
        g.group = Bench::G;
        g.mode = PimMode::SPARSE;
        g.rp = Bench::RP;
        g.rpf = {1, Bench::At(1, 2), 5, 110, false};
        s.source = Bench::S;
        s.rpf = {2, Bench::At(2, 2), 7, 110, false};
    }

    void Member(uint32_t interface)
    {
        bench.members.any.insert({interface, Bench::G});
        g.members.Add(interface);
    }

    static PimAssertRecord Lost(bool rpt = false, uint32_t metric = 1)
    {
        const Ipv4Address winner("10.0.3.9");
        return {PimAssertState::LOSER, winner, {rpt, 110, metric, winner}, false};
    }

    static PimAssertRecord Won()
    {
        return {PimAssertState::WINNER, Bench::At(3, 1), {false, 110, 7, Bench::At(3, 1)}, false};
    }

    Bench bench;
    PimMacros macros;
    PimGroup g;
    PimSource s;
};

TEST_F(PimMacrosTest, JoinsAreJoinAndPrunePending)
{
    g.downstream[3] = PimJoinState::JOIN;
    g.downstream[4] = PimJoinState::PRUNE_PENDING;
    g.downstream[5] = PimJoinState::NO_INFO;
    EXPECT_EQ(macros.Joins(g), (InterfaceSet{3, 4}));
}

TEST_F(PimMacrosTest, PrunesArePruneAndPruneTmp)
{
    s.rptDownstream[3] = PimRptPruneState::PRUNE;
    s.rptDownstream[4] = PimRptPruneState::PRUNE_TMP;
    s.rptDownstream[5] = PimRptPruneState::PRUNE_PENDING;
    s.rptDownstream[6] = PimRptPruneState::PRUNE_PENDING_TMP;
    EXPECT_EQ(macros.Prunes(s), (InterfaceSet{3, 4}));
}

TEST_F(PimMacrosTest, PimIncludeNeedsTheDrOrTheAssertWinner)
{
    Member(3);
    EXPECT_EQ(macros.PimInclude(g), InterfaceSet{3});
    g.asserts[3] = Lost(true);
    EXPECT_EQ(macros.PimInclude(g), InterfaceSet{});
    g.asserts[3] = Won();
    PimHello dr;
    dr.holdtime = PimHello::HOLDTIME_FOREVER;
    dr.drPriority = 9;
    bench.hellos.ReceiveHello(dr, 3, Bench::At(3, 2));
    EXPECT_EQ(macros.PimInclude(g), InterfaceSet{3}) << "AssertWinner(*,G,I) is me";
    g.asserts.clear();
    EXPECT_EQ(macros.PimInclude(g), InterfaceSet{});
}

TEST_F(PimMacrosTest, PimIncludeAndExcludeOfASource)
{
    bench.members.included.insert({3, Bench::G, Bench::S});
    g.members.Add(3);
    EXPECT_EQ(macros.PimInclude(g), InterfaceSet{});
    EXPECT_EQ(macros.PimInclude(g, s), InterfaceSet{3});
    Member(4);
    bench.members.excluded.insert({4, Bench::G, Bench::S});
    EXPECT_EQ(macros.PimInclude(g), InterfaceSet{4});
    EXPECT_EQ(macros.PimExclude(g, s), InterfaceSet{4});
    EXPECT_EQ(macros.InheritedOlistRpt(g, s), InterfaceSet{});
    EXPECT_EQ(macros.InheritedOlist(g, s), InterfaceSet{3});
}

TEST_F(PimMacrosTest, ImmediateOlist)
{
    g.downstream[3] = PimJoinState::JOIN;
    g.downstream[4] = PimJoinState::JOIN;
    Member(5);
    EXPECT_EQ(macros.ImmediateOlist(g), (InterfaceSet{3, 4, 5}));
    g.asserts[3] = Lost(true);
    g.asserts[4] = Won();
    EXPECT_EQ(macros.ImmediateOlist(g), (InterfaceSet{4, 5}));
    s.downstream[6] = PimJoinState::JOIN;
    EXPECT_EQ(macros.ImmediateOlist(g, s), InterfaceSet{6});
}

TEST_F(PimMacrosTest, InheritedOlistRpt)
{
    g.downstream[3] = PimJoinState::JOIN;
    g.downstream[4] = PimJoinState::JOIN;
    Member(5);
    s.rptDownstream[3] = PimRptPruneState::PRUNE;
    EXPECT_EQ(macros.InheritedOlistRpt(g, s), (InterfaceSet{4, 5}));
    Member(3);
    EXPECT_EQ(macros.InheritedOlistRpt(g, s), (InterfaceSet{3, 4, 5}))
        << "a prune concerns joins, not members";
    g.asserts[4] = Lost(true);
    EXPECT_EQ(macros.InheritedOlistRpt(g, s), (InterfaceSet{3, 5})) << "lost_assert(*,G)";
    s.asserts[5] = Lost();
    EXPECT_EQ(macros.InheritedOlistRpt(g, s), InterfaceSet{3}) << "lost_assert(S,G,rpt)";
}

TEST_F(PimMacrosTest, InheritedOlist)
{
    g.downstream[3] = PimJoinState::JOIN;
    s.downstream[4] = PimJoinState::JOIN;
    EXPECT_EQ(macros.InheritedOlist(g, s), (InterfaceSet{3, 4}));
    s.asserts[4] = Lost();
    EXPECT_EQ(macros.InheritedOlist(g, s), InterfaceSet{3});
    s.asserts[3] = Lost();
    EXPECT_EQ(macros.InheritedOlist(g, s), InterfaceSet{});
}

TEST_F(PimMacrosTest, LostAssertSparesTheRpfInterface)
{
    g.asserts[1] = Lost(true);
    EXPECT_FALSE(macros.LostAssert(g, 1)) << "RPF_interface(RP(G))";
    g.asserts[3] = Lost(true);
    EXPECT_TRUE(macros.LostAssert(g, 3));
    s.asserts[2] = Lost();
    EXPECT_FALSE(macros.LostAssert(g, s, 2)) << "RPF_interface(S)";
    EXPECT_TRUE(macros.LostAssertRpt(g, s, 2)) << "before the SPTbit is set";
    s.sptBit = true;
    EXPECT_FALSE(macros.LostAssertRpt(g, s, 2));
}

TEST_F(PimMacrosTest, LostAssertOfASourceComparesWithTheSpt)
{
    s.asserts[3] = Lost(true);
    EXPECT_FALSE(macros.LostAssert(g, s, 3)) << "an RPT winner does not stop the SPT";
    s.asserts[3] = Lost(false, 6);
    EXPECT_TRUE(macros.LostAssert(g, s, 3));
    s.asserts[3] = Lost(false, 8);
    EXPECT_FALSE(macros.LostAssert(g, s, 3));
}

TEST_F(PimMacrosTest, RpfNeighbors)
{
    EXPECT_EQ(macros.RpfNeighbor(g), Bench::At(1, 2));
    EXPECT_EQ(macros.RpfNeighbor(g, s), Bench::At(2, 2));
    EXPECT_EQ(macros.RpfNeighborRpt(g, s), Bench::At(1, 2));
    s.asserts[1] = Lost();
    EXPECT_EQ(macros.RpfNeighborRpt(g, s), Ipv4Address("10.0.3.9"));
    EXPECT_EQ(macros.RpfNeighbor(g), Bench::At(1, 2));
    g.asserts[1] = Lost(true);
    EXPECT_EQ(macros.RpfNeighbor(g), Ipv4Address("10.0.3.9"));
    s.rpf.nextHop = Bench::At(2, 9);
    EXPECT_EQ(macros.RpfNeighbor(g, s), Bench::ANY) << "no PIM neighbour there";
    s.rpf = {};
    EXPECT_EQ(macros.RpfNeighbor(g, s), Bench::ANY);
}

TEST_F(PimMacrosTest, RpfNeighborBySecondaryAddress)
{
    PimHello message;
    message.holdtime = PimHello::HOLDTIME_FOREVER;
    message.generationId = 1;
    message.secondaryAddresses = {Bench::At(1, 22)};
    bench.hellos.ReceiveHello(message, 1, Bench::At(1, 2));
    g.rpf.nextHop = Bench::At(1, 22);
    EXPECT_EQ(macros.RpfNeighbor(g), Bench::At(1, 2));
}

TEST_F(PimMacrosTest, JoinDesired)
{
    EXPECT_FALSE(macros.JoinDesired(g));
    EXPECT_FALSE(macros.JoinDesired(g, s));
    g.downstream[3] = PimJoinState::JOIN;
    EXPECT_TRUE(macros.JoinDesired(g));
    EXPECT_FALSE(macros.JoinDesired(g, s));
    s.keepalive = true;
    EXPECT_TRUE(macros.JoinDesired(g, s)) << "Keepalive and inherited_olist(S,G)";
    s.keepalive = false;
    s.downstream[4] = PimJoinState::JOIN;
    EXPECT_TRUE(macros.JoinDesired(g, s)) << "immediate_olist(S,G)";
    s.downstream.clear();
    s.registerState = PimRegisterState::JOIN;
    EXPECT_TRUE(macros.JoinDesired(g, s)) << "the Register tunnel";
    g.mode = PimMode::SSM;
    EXPECT_FALSE(macros.JoinDesired(g));
}

TEST_F(PimMacrosTest, PruneDesired)
{
    EXPECT_FALSE(macros.PruneDesired(g, s));
    g.downstream[3] = PimJoinState::JOIN;
    EXPECT_FALSE(macros.PruneDesired(g, s));
    s.rptDownstream[3] = PimRptPruneState::PRUNE;
    EXPECT_TRUE(macros.PruneDesired(g, s)) << "inherited_olist(S,G,rpt) is NULL";
    s.rptDownstream.clear();
    s.sptBit = true;
    EXPECT_TRUE(macros.PruneDesired(g, s)) << "the SPT comes from another neighbour";
    s.rpf = g.rpf;
    EXPECT_FALSE(macros.PruneDesired(g, s));
    g.iAmRp = true;
    s.rpf.interface = 2;
    EXPECT_FALSE(macros.PruneDesired(g, s)) << "nobody is upstream of the RP";
}

TEST_F(PimMacrosTest, CouldRegister)
{
    s.rpf = {5, Bench::S, 0, 0, true};
    EXPECT_FALSE(macros.CouldRegister(g, s));
    s.keepalive = true;
    EXPECT_TRUE(macros.CouldRegister(g, s));
    s.rpf.directlyConnected = false;
    EXPECT_FALSE(macros.CouldRegister(g, s));
    s.rpf.directlyConnected = true;
    g.mode = PimMode::BIDIRECTIONAL;
    EXPECT_FALSE(macros.CouldRegister(g, s));
    g.mode = PimMode::SSM;
    EXPECT_FALSE(macros.CouldRegister(g, s));
}

TEST_F(PimMacrosTest, UpdateSptBit)
{
    s.downstream[3] = PimJoinState::JOIN;
    EXPECT_TRUE(macros.UpdateSptBit(g, s, 2)) << "RPF interfaces differ";
    EXPECT_FALSE(macros.UpdateSptBit(g, s, 1)) << "not RPF_interface(S)";
    g.downstream[4] = PimJoinState::JOIN;
    s.rpf = g.rpf;
    EXPECT_TRUE(macros.UpdateSptBit(g, s, 1)) << "RPF'(S,G) is RPF'(*,G)";
    bench.Hello(1, 3);
    s.rpf.nextHop = Bench::At(1, 3);
    EXPECT_FALSE(macros.UpdateSptBit(g, s, 1));
    s.asserts[1] = {PimAssertState::LOSER, Bench::At(1, 3), {}, true};
    EXPECT_TRUE(macros.UpdateSptBit(g, s, 1)) << "I am an assert loser there";
    s.asserts.clear();
    s.rpf.directlyConnected = true;
    EXPECT_TRUE(macros.UpdateSptBit(g, s, 1));
    s.rpf.directlyConnected = false;
    g.downstream.clear();
    EXPECT_TRUE(macros.UpdateSptBit(g, s, 1)) << "nothing inherited from the shared tree";
    s.downstream.clear();
    EXPECT_FALSE(macros.UpdateSptBit(g, s, 1)) << "JoinDesired(S,G) is false";
}

TEST_F(PimMacrosTest, CouldAssert)
{
    g.downstream[3] = PimJoinState::JOIN;
    EXPECT_TRUE(macros.CouldAssert(g, 3));
    EXPECT_FALSE(macros.CouldAssert(g, 4));
    EXPECT_FALSE(macros.CouldAssert(g, s, 3)) << "the SPTbit is clear";
    s.sptBit = true;
    EXPECT_TRUE(macros.CouldAssert(g, s, 3)) << "(*,G) counts";
    s.rptDownstream[3] = PimRptPruneState::PRUNE;
    EXPECT_FALSE(macros.CouldAssert(g, s, 3));
    s.downstream[3] = PimJoinState::JOIN;
    EXPECT_TRUE(macros.CouldAssert(g, s, 3));
    s.rpf.interface = 3;
    EXPECT_FALSE(macros.CouldAssert(g, s, 3)) << "not on RPF_interface(S)";
    g.rpf.interface = 3;
    EXPECT_FALSE(macros.CouldAssert(g, 3)) << "not on RPF_interface(RP(G))";
}

TEST_F(PimMacrosTest, CouldAssertWithoutTheSptBit)
{
    s.rpf.interface = g.rpf.interface;
    g.downstream[3] = PimJoinState::JOIN;
    EXPECT_FALSE(macros.CouldAssert(g, s, 3)) << "who joined (*,G) is served by it";
    s.downstream[3] = PimJoinState::JOIN;
    EXPECT_TRUE(macros.CouldAssert(g, s, 3));
    s.rpf.interface = g.rpf.interface + 1;
    EXPECT_FALSE(macros.CouldAssert(g, s, 3)) << "the two trees come in by two links";
    s.rpf.interface = PIM_NO_INTERFACE;
    g.rpf.interface = PIM_NO_INTERFACE;
    EXPECT_FALSE(macros.CouldAssert(g, s, 3)) << "no route to either";
}

TEST_F(PimMacrosTest, AssertTrackingDesired)
{
    EXPECT_FALSE(macros.AssertTrackingDesired(g, 3));
    EXPECT_FALSE(macros.AssertTrackingDesired(g, s, 3));
    g.downstream[3] = PimJoinState::JOIN;
    EXPECT_TRUE(macros.AssertTrackingDesired(g, 3));
    EXPECT_TRUE(macros.AssertTrackingDesired(g, s, 3));
    EXPECT_TRUE(macros.AssertTrackingDesired(g, 1)) << "the way to the RP";
    EXPECT_TRUE(macros.AssertTrackingDesired(g, s, 1)) << "the same, while the SPTbit is clear";
    s.sptBit = true;
    EXPECT_FALSE(macros.AssertTrackingDesired(g, s, 1));
    s.downstream[4] = PimJoinState::JOIN;
    EXPECT_TRUE(macros.AssertTrackingDesired(g, s, 2)) << "the way to the source";
    Member(5);
    EXPECT_TRUE(macros.AssertTrackingDesired(g, 5)) << "a member, and I am the DR";
}

TEST_F(PimMacrosTest, MyAssertMetric)
{
    EXPECT_TRUE(macros.MyAssertMetric(g, s, 3).IsInfinite());
    g.downstream[3] = PimJoinState::JOIN;
    PimAssertMetric mine = macros.MyAssertMetric(g, s, 3);
    EXPECT_TRUE(mine.rpt);
    EXPECT_EQ(mine.metric, 5u);
    EXPECT_EQ(mine.address, Bench::At(3, 1));
    s.sptBit = true;
    mine = macros.MyAssertMetric(g, s, 3);
    EXPECT_FALSE(mine.rpt);
    EXPECT_EQ(mine.metric, 7u);
}

TEST_F(PimMacrosTest, SsmKnowsNoSharedTree)
{
    g.mode = PimMode::SSM;
    g.downstream[3] = PimJoinState::JOIN;
    s.downstream[4] = PimJoinState::JOIN;
    EXPECT_EQ(macros.InheritedOlistRpt(g, s), InterfaceSet{});
    EXPECT_EQ(macros.InheritedOlist(g, s), InterfaceSet{4});
    EXPECT_TRUE(macros.UpdateSptBit(g, s, 2));
}

} // namespace
