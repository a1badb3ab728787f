// SPDX-License-Identifier: GPL-2.0-only
// RFC 5015 §3.2 (state), §3.3 (forwarding) and §3.4 (joins and prunes) of bidirectional groups. The
// way to the RP address is interface 1, where 10.0.1.2 is Designated Forwarder; this router is it
// on 3, 4 and 5, and another on 6.
#include "support/pim-test-router.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

using Bench = PimTestRouter;
using Entries = std::vector<std::string>;

class Pim5015 : public testing::Test
{
  protected:
    void TearDown() override
    {
        // The instance also holds the elections of these forwarders; they have tests of their own.
        bench.environment.ExpectNothingElse([](const FakePimEnvironment::Sent& one) {
            return FakePimEnvironment::IsHello(one) || one.message.As<PimDfElection>() != nullptr;
        });
    }

    Pim5015()
    {
        bench.rpSet.AddStatic(Ipv4Prefix(Ipv4Address("239.1.0.0"), 16), RPA, true);
        bench.environment.rib.Set("10.6.6.0", 24, {{1, "10.0.1.2"}}, 5);
        bench.forwarders.mine = {3, 4, 5};
        bench.forwarders.others[1] = Bench::At(1, 2);
        bench.forwarders.others[6] = Bench::At(6, 2);
        bench.Hello(1, 3);
        bench.Hello(3, 2);
        bench.Hello(3, 3);
        bench.Hello(4, 2);
        bench.environment.Forget();
    }

    void Join(uint32_t interface, uint16_t holdtime = 0xffff)
    {
        bench.JoinPrune(interface, 2, {Bench::StarG(RPA)}, {}, Bench::ANY, holdtime);
    }

    void Prune(uint32_t interface)
    {
        bench.JoinPrune(interface, 2, {}, {Bench::StarG(RPA)});
        bench.Advance(0);
    }

    void ChangeDf(uint32_t interface, bool mine, Ipv4Address other = Bench::ANY)
    {
        mine ? bench.forwarders.mine.Add(interface) : bench.forwarders.mine.Remove(interface);
        bench.forwarders.others[interface] = other;
        bench.router.DfChanged(RPA, interface);
    }

    /** The RP address is on interface 1 itself. */
    void BeOnTheRpLink()
    {
        bench.environment.rib.Set("10.6.6.0", 24, {{1, "0.0.0.0"}}, 0);
        bench.forwarders.others.erase(1);
        bench.router.RoutesChanged();
    }

    Time JoinTimer()
    {
        return bench.router.GetTimer({SourceGroup(Bench::ANY, Bench::G), PimTimer::UPSTREAM_JOIN});
    }

    static inline const Ipv4Address RPA{"10.6.6.6"};
    Bench bench;
};

// ---- §3.4.1, downstream ----

TEST_F(Pim5015, S3_4_1_NoInfoReceiveJoin)
{
    Join(3);
    EXPECT_EQ(bench.Downstream(3), PimJoinState::JOIN);
    EXPECT_EQ(bench.Entry()->spec.outgoing, (InterfaceSet{1, 3}));
    EXPECT_EQ(bench.Group().mode, PimMode::BIDIRECTIONAL);
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim5015, S3_4_2_JoinsBearTheBBit)
{
    Join(3);
    const auto sent = bench.environment.Of<PimJoinPrune>(1);
    ASSERT_EQ(sent.size(), 1u);
    ASSERT_EQ(sent[0].groups.size(), 1u);
    EXPECT_TRUE(sent[0].groups[0].group.bidirectional);
}

TEST_F(Pim5015, S3_4_1_JoinWhereAnotherIsDf)
{
    Join(6);
    EXPECT_EQ(bench.Downstream(6), PimJoinState::NO_INFO);
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
}

TEST_F(Pim5015, S3_4_1_JoinReceivePruneOverridden)
{
    Join(3);
    Prune(3);
    EXPECT_EQ(bench.Downstream(3), PimJoinState::PRUNE_PENDING);
    bench.JoinPrune(3, 3, {Bench::StarG(RPA)});
    EXPECT_EQ(bench.Downstream(3), PimJoinState::JOIN);
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim5015, S3_4_1_PrunePendingExpires)
{
    Join(3);
    Prune(3);
    bench.Advance(3.1);
    EXPECT_EQ(bench.Downstream(3), PimJoinState::NO_INFO);
    EXPECT_EQ(bench.Sent(3), Entries{"P(*,G)->1"});
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2", "P(*,G)->2"}));
    EXPECT_EQ(bench.Sent(3), Entries{"P(*,G)->1"});
}

TEST_F(Pim5015, S3_4_1_ExpiryTimerExpires)
{
    Join(3, 100);
    bench.Advance(101);
    EXPECT_EQ(bench.Downstream(3), PimJoinState::NO_INFO);
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2", "J(*,G)->2", "P(*,G)->2"}));
}

TEST_F(Pim5015, S3_4_1_StopBeingDf)
{
    Join(3);
    Join(4);
    ChangeDf(3, false, Bench::At(3, 2));
    EXPECT_EQ(bench.Downstream(3), PimJoinState::NO_INFO);
    EXPECT_EQ(bench.Entry()->spec.outgoing, (InterfaceSet{1, 4}));
    EXPECT_FALSE(bench.Entry()->spec.Accepts(3));
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim5015, S3_4_1_NoSourcesAtAll)
{
    bench.JoinPrune(3, 2, {Bench::Sg()}, {Bench::SgRpt()});
    EXPECT_EQ(bench.environment.drops, (Entries{"source", "source"}));
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
}

// ---- §3.4.2, upstream ----

TEST_F(Pim5015, S3_4_2_NotJoinedJoinDesiredTrue)
{
    Join(3);
    EXPECT_EQ(bench.Group().upstream, PimUpstreamState::JOINED);
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"}) << "to the DF";
    EXPECT_EQ(bench.environment.Of<PimJoinPrune>(1)[0].groups[0].joins[0].address, RPA);
    EXPECT_EQ(JoinTimer(), Seconds(60));
}

TEST_F(Pim5015, S3_4_2_JoinedJoinDesiredFalse)
{
    Join(4);
    bench.environment.Forget();
    Prune(4);
    EXPECT_EQ(bench.Sent(1), Entries{"P(*,G)->2"});
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
}

TEST_F(Pim5015, S3_4_2_JoinsOnTheRpfInterfaceAloneAreNoReason)
{
    bench.forwarders.mine.Add(1);
    Join(1);
    EXPECT_EQ(bench.Group().upstream, PimUpstreamState::NOT_JOINED);
}

TEST_F(Pim5015, S3_4_2_JoinedTimerExpires)
{
    Join(3);
    bench.environment.Forget();
    bench.Advance(60);
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim5015, S3_4_2_SeeJoinSuppresses)
{
    Join(3);
    bench.Advance(10);
    bench.JoinPrune(1, 3, {Bench::StarG(RPA)}, {}, Bench::At(1, 2));
    EXPECT_GE(JoinTimer(), Seconds(66));
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim5015, S3_4_2_SeePruneOverrides)
{
    Join(3);
    bench.JoinPrune(1, 3, {}, {Bench::StarG(RPA)}, Bench::At(1, 2));
    EXPECT_LT(JoinTimer(), Seconds(2.5));
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim5015, S3_4_2_DfChanges)
{
    Join(3);
    bench.environment.Forget();
    ChangeDf(1, false, Bench::At(1, 3));
    EXPECT_EQ(bench.Sent(1), (Entries{"P(*,G)->2", "J(*,G)->3"}));
}

TEST_F(Pim5015, S3_4_2_TheDfIsInDoubtForAMoment)
{
    Join(3);
    bench.environment.Forget();
    ChangeDf(1, false);
    EXPECT_EQ(bench.Sent(1), Entries{}) << "it may yet be the one";
    EXPECT_EQ(JoinTimer(), Seconds(0));
    ChangeDf(1, false, Bench::At(1, 2));
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
    EXPECT_GT(JoinTimer(), Seconds(0));
}

TEST_F(Pim5015, S3_4_2_DfGenIdChanges)
{
    Join(3);
    bench.Hello(1, 2, 99);
    EXPECT_LT(JoinTimer(), Seconds(2.5));
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim5015, S3_4_2_RpfInterfaceChanges)
{
    Join(3);
    bench.environment.Forget();
    bench.forwarders.others[2] = Bench::At(2, 2);
    bench.environment.rib.Set("10.6.6.0", 24, {{2, "10.0.2.2"}}, 5);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.Sent(1), Entries{"P(*,G)->2"});
    EXPECT_EQ(bench.Sent(2), Entries{"J(*,G)->2"});
    EXPECT_EQ(bench.Entry()->spec.outgoing, (InterfaceSet{2, 3}));
}

TEST_F(Pim5015, S3_4_2_OnTheRpLinkNothingIsSent)
{
    BeOnTheRpLink();
    Join(3);
    EXPECT_EQ(bench.Group().upstream, PimUpstreamState::JOINED);
    EXPECT_EQ(bench.Sent(1), Entries{});
    EXPECT_EQ(bench.Data(3), InterfaceSet{1}) << "everything goes onto the RP link";
    EXPECT_EQ(bench.Data(1), InterfaceSet{3});
}

// ---- §3.3, data ----

TEST_F(Pim5015, S3_3_DownstreamAndUpstream)
{
    Join(3);
    Join(4);
    EXPECT_EQ(bench.Data(1), (InterfaceSet{3, 4})) << "down the tree";
    EXPECT_EQ(bench.Data(3), (InterfaceSet{1, 4})) << "up, and down the other branch";
    EXPECT_EQ(bench.Data(5), (InterfaceSet{1, 3, 4})) << "from a link without members";
    EXPECT_TRUE(bench.Data(6).IsEmpty()) << "another is DF there";
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim5015, S3_3_SenderOnlyBranch)
{
    EXPECT_EQ(bench.Data(3), InterfaceSet{1});
    EXPECT_EQ(bench.Data(3), InterfaceSet{1});
    EXPECT_TRUE(bench.Data(6).IsEmpty());
    EXPECT_TRUE(bench.Data(1).IsEmpty());
    EXPECT_TRUE(bench.router.GetTibRows().empty()) << "forwarding, but no state of the tree";
    bench.Advance(100);
    EXPECT_EQ(bench.Data(3), InterfaceSet{1});
    bench.Advance(200);
    EXPECT_NE(bench.Entry(), nullptr);
    bench.Advance(20);
    EXPECT_EQ(bench.Entry(), nullptr) << "idle for 210 s";
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
}

TEST_F(Pim5015, S3_3_SendersAreForgottenWithTheWay)
{
    EXPECT_EQ(bench.Data(3), InterfaceSet{1});
    bench.environment.rib.Remove("10.6.6.0", 24);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.Entry(), nullptr);
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
    bench.environment.rib.Set("10.6.6.0", 24, {{1, "10.0.1.2"}}, 5);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.Data(3), InterfaceSet{1});
}

TEST_F(Pim5015, S3_3_NoStateForPacketsThatAreNotTheDfs)
{
    EXPECT_TRUE(bench.Data(6).IsEmpty());
    EXPECT_TRUE(bench.Data(1).IsEmpty());
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
    EXPECT_EQ(bench.router.GetForwarder().GetCache().GetSize(), 0u);
}

TEST_F(Pim5015, S3_3_MembersAreTheDfs)
{
    bench.Member(5);
    bench.Member(6);
    EXPECT_EQ(bench.Entry()->spec.outgoing, (InterfaceSet{1, 5}));
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
    EXPECT_EQ(bench.Data(1), InterfaceSet{5});
    ChangeDf(6, true);
    EXPECT_EQ(bench.Data(1), (InterfaceSet{5, 6}));
}

TEST_F(Pim5015, S3_3_MembersOfNamedSourcesGetAll)
{
    bench.members.included.insert({5, Bench::G, Bench::S});
    bench.router.MembershipChanged(5, Bench::G);
    EXPECT_EQ(bench.Sent(2), Entries{}) << "no (S,G)";
    EXPECT_EQ(bench.Data(1), InterfaceSet{5});
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim5015, S3_3_NoRegistersNoAsserts)
{
    Join(3);
    bench.Data(5, Ipv4Address("10.0.5.77"));
    EXPECT_TRUE(bench.dataPlane.registers.empty());
    bench.Data(6);
    for (uint32_t i = 1; i <= 6; ++i)
    {
        EXPECT_TRUE(bench.environment.Of<PimAssert>(i).empty());
    }
    bench.Assert(3, 3, Bench::ANY, true, 1, 1);
    EXPECT_EQ(bench.AssertStar(3), PimAssertState::NO_INFO);
    EXPECT_TRUE(bench.Group().sources.empty());
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim5015, S3_3_ARegisterIsRefused)
{
    bench.environment.rib.Set("10.7.7.0", 24, {{2, "10.0.2.2"}});
    bench.Register(false, RPA);
    EXPECT_EQ(bench.environment.Of<PimRegisterStop>(0).size(), 1u);
    EXPECT_TRUE(bench.dataPlane.decapsulated.empty());
}

TEST_F(Pim5015, S3_2_ARangeBecomesBidirectional)
{
    // The group was sparse, with sources; from now on there is the shared tree only.
    bench.rpSet.RemoveStatic(Ipv4Prefix(Ipv4Address("239.1.0.0"), 16), RPA);
    bench.JoinPrune(3, 2, {Bench::StarG(), Bench::Sg()}, {}, Bench::ANY, 0xffff);
    bench.Data(2);
    ASSERT_TRUE(bench.Source().sptBit);
    bench.rpSet.AddStatic(Ipv4Prefix(Ipv4Address("239.1.0.0"), 16), RPA, true);
    EXPECT_EQ(bench.Source().upstream, PimUpstreamState::NOT_JOINED);
    EXPECT_EQ(bench.Entry(Bench::S), nullptr);
    EXPECT_EQ(bench.Data(1), InterfaceSet{3});
    EXPECT_EQ(bench.Data(4), (InterfaceSet{1, 3}));
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2", "P(S,G,rpt)->2"}));
    EXPECT_EQ(bench.Sent(2), (Entries{"J(S,G)->2", "P(S,G)->2"}));
}

TEST_F(Pim5015, S3_3_NoWayToTheRpAddress)
{
    Join(3);
    bench.environment.rib.Remove("10.6.6.0", 24);
    bench.router.RoutesChanged();
    EXPECT_EQ(bench.Entry(), nullptr);
    EXPECT_TRUE(bench.Data(3).IsEmpty());
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2", "P(*,G)->2"}));
}

} // namespace
