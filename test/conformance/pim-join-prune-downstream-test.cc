// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5.1 ((*,G)), §4.5.2 ((S,G)) and §4.5.3 ((S,G,rpt)): each transition of the downstream
// per-interface machines. Interface 3 has two downstream neighbours, interface 4 one.
#include "support/pim-test-router.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

using Bench = PimTestRouter;
using Entries = std::vector<std::string>;

class Pim7761 : public testing::Test
{
  protected:
    void TearDown() override
    {
        bench.ExpectNothingElseDownstream();
    }

    Pim7761()
    {
        bench.Hello(3, 2);
        bench.Hello(3, 3);
        bench.Hello(4, 2);
        bench.environment.Forget();
    }

    void JoinStarG(uint32_t interface = 3, uint16_t holdtime = 210)
    {
        bench.JoinPrune(interface, 2, {Bench::StarG()}, {}, Bench::ANY, holdtime);
    }

    void PruneStarG(uint32_t interface = 3)
    {
        bench.JoinPrune(interface, 2, {}, {Bench::StarG()});
    }

    void PruneSgRpt(uint32_t interface = 3, uint16_t holdtime = 210)
    {
        bench.JoinPrune(interface, 2, {}, {Bench::SgRpt()}, Bench::ANY, holdtime);
    }

    Bench bench;
};

// ---- §4.5.1 and §4.5.2: (*,G) and (S,G), whose machines are twins ----

/** The machine of one of the two entries: §4.5.1's or §4.5.2's, by the parameter. */
class Pim7761Join : public Pim7761, public testing::WithParamInterface<const char*>
{
  protected:
    bool IsStarG() const
    {
        return std::string(GetParam()) == "S4_5_1_StarG";
    }

    PimEncodedSource Entry() const
    {
        return IsStarG() ? Bench::StarG() : Bench::Sg();
    }

    void Join(uint32_t interface = 3, uint16_t holdtime = 210, uint32_t host = 2)
    {
        bench.JoinPrune(interface, host, {Entry()}, {}, Bench::ANY, holdtime);
    }

    void Prune(uint32_t interface = 3)
    {
        bench.JoinPrune(interface, 2, {}, {Entry()});
    }

    PimJoinState State(uint32_t interface = 3) const
    {
        return IsStarG() ? bench.Downstream(interface) : bench.DownstreamSg(interface);
    }

    const MulticastForwardingEntry* Forwarded() const
    {
        return bench.Entry(IsStarG() ? Bench::ANY : Bench::S);
    }
};

INSTANTIATE_TEST_SUITE_P(Downstream,
                         Pim7761Join,
                         testing::Values("S4_5_1_StarG", "S4_5_2_SG"),
                         [](const auto& one) { return std::string(one.param); });

TEST_P(Pim7761Join, NoInfoReceiveJoin)
{
    Join();
    EXPECT_EQ(State(), PimJoinState::JOIN);
    EXPECT_EQ(Forwarded()->spec.outgoing, InterfaceSet{3});
}

TEST_P(Pim7761Join, NoInfoReceivePrune)
{
    Prune();
    EXPECT_EQ(State(), PimJoinState::NO_INFO);
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
}

TEST_P(Pim7761Join, JoinReceiveJoinRestartsExpiryTimer)
{
    Join();
    bench.Advance(200);
    Join();
    bench.Advance(209);
    EXPECT_EQ(State(), PimJoinState::JOIN);
    bench.Advance(2);
    EXPECT_EQ(State(), PimJoinState::NO_INFO);
}

TEST_P(Pim7761Join, JoinExpiryTimerTakesTheMaximum)
{
    Join(3, 210);
    Join(3, 10);
    bench.Advance(209);
    EXPECT_EQ(State(), PimJoinState::JOIN);
}

TEST_P(Pim7761Join, HoldtimeForEver)
{
    Join(3, 0xffff);
    Join(3, 10);
    bench.Advance(100000);
    EXPECT_EQ(State(), PimJoinState::JOIN);
}

TEST_P(Pim7761Join, ExpiryTimersOfInterfacesRunApart)
{
    Join(3, 210);
    Join(4, 20);
    bench.Advance(19);
    EXPECT_EQ(State(4), PimJoinState::JOIN);
    bench.Advance(2);
    EXPECT_EQ(State(4), PimJoinState::NO_INFO);
    EXPECT_EQ(State(3), PimJoinState::JOIN);
    Join(3, 0xffff); // no timer is left
    bench.Advance(300);
    Join(4, 60);
    bench.Advance(59);
    EXPECT_EQ(State(4), PimJoinState::JOIN);
    bench.Advance(2);
    EXPECT_EQ(State(4), PimJoinState::NO_INFO);
    EXPECT_EQ(State(3), PimJoinState::JOIN) << "its holdtime is forever";
}

TEST_P(Pim7761Join, AnEarlierExpiryTimerOfAnotherInterfaceCounts)
{
    Join(3, 210);
    bench.Advance(100);
    Join(3, 210);
    bench.Advance(150); // the first deadline of interface 3 has passed, and moved back
    Join(4, 20);
    bench.Advance(21);
    EXPECT_EQ(State(4), PimJoinState::NO_INFO);
    EXPECT_EQ(State(3), PimJoinState::JOIN);
    bench.Advance(40);
    EXPECT_EQ(State(3), PimJoinState::NO_INFO);
}

TEST_P(Pim7761Join, JoinReceivePrune)
{
    Join();
    Prune();
    EXPECT_EQ(State(), PimJoinState::PRUNE_PENDING);
    EXPECT_EQ(Forwarded()->spec.outgoing, InterfaceSet{3}) << "goes on forwarding";
    bench.Advance(2.9);
    EXPECT_EQ(State(), PimJoinState::PRUNE_PENDING) << "J/P_Override_Interval is 3 s";
}

TEST_P(Pim7761Join, JoinReceivePruneOneNeighborExpiresAtOnce)
{
    Join(4);
    Prune(4);
    bench.Advance(0);
    EXPECT_EQ(State(4), PimJoinState::NO_INFO);
    EXPECT_EQ(bench.Sent(4), Entries{}) << "no PruneEcho: nobody could override";
}

TEST_P(Pim7761Join, JoinExpiryTimerExpires)
{
    Join(3, 100);
    bench.Advance(101);
    EXPECT_EQ(State(), PimJoinState::NO_INFO);
    EXPECT_EQ(Forwarded(), nullptr);
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
}

TEST_P(Pim7761Join, PrunePendingReceiveJoin)
{
    Join();
    Prune();
    bench.Advance(1);
    Join(3, 210, 3);
    EXPECT_EQ(State(), PimJoinState::JOIN);
    bench.Advance(5);
    EXPECT_EQ(State(), PimJoinState::JOIN) << "the PPT is cancelled";
    EXPECT_EQ(bench.Sent(3), Entries{});
}

TEST_P(Pim7761Join, PrunePendingReceiveJoinTakesTheMaximum)
{
    Join(3, 210);
    Prune();
    bench.Advance(1);
    Join(3, 10, 3);
    bench.Advance(208);
    EXPECT_EQ(State(), PimJoinState::JOIN) << "the first Join's 210 s";
    bench.Advance(2);
    EXPECT_EQ(State(), PimJoinState::NO_INFO);
}

TEST_P(Pim7761Join, PrunePendingReceivePrune)
{
    Join();
    Prune();
    bench.Advance(2);
    Prune();
    bench.Advance(1.1);
    EXPECT_EQ(State(), PimJoinState::NO_INFO) << "the PPT is not restarted";
    EXPECT_EQ(bench.Sent(3).size(), 1u) << "the PruneEcho";
}

TEST_P(Pim7761Join, PrunePendingExpiresSendsPruneEcho)
{
    Join();
    Prune();
    bench.Advance(3.1);
    EXPECT_EQ(State(), PimJoinState::NO_INFO);
    EXPECT_EQ(bench.Sent(3), Entries{IsStarG() ? "P(*,G)->1" : "P(S,G)->1"});
}

TEST_P(Pim7761Join, PrunePendingExpiryTimerExpires)
{
    Join(3, 2);
    Prune();
    bench.Advance(2.1);
    EXPECT_EQ(State(), PimJoinState::NO_INFO);
    EXPECT_EQ(bench.Sent(3), Entries{});
}

TEST_P(Pim7761Join, InterfaceDownForgets)
{
    Join();
    Join(4);
    bench.environment.interfaces[3].up = false;
    bench.hellos.InterfaceChanged(3);
    bench.router.InterfaceChanged(3);
    EXPECT_EQ(State(), PimJoinState::NO_INFO);
    EXPECT_EQ(Forwarded()->spec.outgoing, InterfaceSet{4});
}

// ---- §4.5.1, (*,G) alone ----

TEST_F(Pim7761, S4_5_1_JoinWithOtherRpIsDropped)
{
    bench.JoinPrune(3, 2, {Bench::StarG(Ipv4Address("10.9.9.8"))});
    EXPECT_EQ(bench.Downstream(3), PimJoinState::NO_INFO);
}

TEST_F(Pim7761, S4_5_1_JoinWithOtherRpSparesTheRestOfTheSet)
{
    bench.JoinPrune(3, 2, {Bench::StarG(Ipv4Address("10.9.9.8")), Bench::Sg()});
    EXPECT_EQ(bench.Downstream(3), PimJoinState::NO_INFO);
    EXPECT_EQ(bench.DownstreamSg(3), PimJoinState::JOIN);
}

TEST_F(Pim7761, S4_5_1_PruneWithOtherRpIsProcessed)
{
    JoinStarG(4);
    bench.JoinPrune(4, 2, {}, {Bench::StarG(Ipv4Address("10.9.9.8"))});
    bench.Advance(0);
    EXPECT_EQ(bench.Downstream(4), PimJoinState::NO_INFO);
}

TEST_F(Pim7761, S4_5_1_RpFromTheJoinWhereNoRpIsKnown)
{
    bench.rpSet.RemoveStatic(Ipv4Prefix(Ipv4Address("239.0.0.0"), 8), Bench::RP);
    JoinStarG();
    EXPECT_EQ(bench.Downstream(3), PimJoinState::JOIN);
    EXPECT_EQ(bench.Sent(1), Entries{"J(*,G)->2"});
}

TEST_F(Pim7761, S4_5_1_TheRpFromAJoinIsForgottenWithIt)
{
    bench.rpSet.RemoveStatic(Ipv4Prefix(Ipv4Address("239.0.0.0"), 8), Bench::RP);
    JoinStarG();
    bench.Member(4);
    ASSERT_EQ(bench.Group().rp, Bench::RP);
    bench.JoinPrune(3, 2, {}, {Bench::StarG()});
    bench.Advance(4);
    ASSERT_EQ(bench.Downstream(3), PimJoinState::NO_INFO);
    EXPECT_EQ(bench.Sent(3), Entries{"P(*,G)->1"}) << "the PruneEcho";
    EXPECT_EQ(bench.Group().rp, Ipv4Address::GetAny()) << "a member alone knows of none";
    EXPECT_EQ(bench.Group().neighbor.address, Ipv4Address::GetAny());
}

TEST_F(Pim7761, S4_5_1_NoRpFromTheJoinOfABidirectionalTree)
{
    bench.rpSet.RemoveStatic(Ipv4Prefix(Ipv4Address("239.0.0.0"), 8), Bench::RP);
    PimJoinPrune message;
    message.upstreamNeighbor = Bench::At(3, 1);
    message.holdtime = 210;
    message.groups.resize(1);
    message.groups[0].group.address = Bench::G;
    message.groups[0].group.bidirectional = true;
    message.groups[0].joins = {Bench::StarG()};
    bench.router.Receive(message, 3, Bench::At(3, 2));
    EXPECT_EQ(bench.Downstream(3), PimJoinState::NO_INFO);
    EXPECT_EQ(bench.Sent(1), Entries{});
}

TEST_F(Pim7761, S4_5_1_JoinToAnotherRouterChangesNothingHere)
{
    bench.JoinPrune(3, 2, {Bench::StarG()}, {}, Bench::At(3, 3));
    EXPECT_EQ(bench.Downstream(3), PimJoinState::NO_INFO);
}

TEST_F(Pim7761, S4_5_1_MessageOfAStrangerIsDropped)
{
    bench.JoinPrune(3, 77, {Bench::StarG()});
    EXPECT_EQ(bench.Downstream(3), PimJoinState::NO_INFO);
    EXPECT_EQ(bench.environment.drops, Entries{"not-a-neighbor"});
}

TEST_F(Pim7761, S4_5_1_LinkLocalGroupIsRefused)
{
    PimJoinPrune message;
    message.upstreamNeighbor = Bench::At(3, 1);
    message.groups.resize(1);
    message.groups[0].group.address = Ipv4Address("224.0.0.5");
    message.groups[0].joins = {Bench::StarG()};
    bench.router.Receive(message, 3, Bench::At(3, 2));
    EXPECT_EQ(bench.environment.drops, Entries{"group"});
}

// ---- §4.5.3, (S,G,rpt) ----

TEST_F(Pim7761, S4_5_3_NoInfoReceivePrune)
{
    JoinStarG();
    PruneSgRpt();
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::PRUNE_PENDING);
    EXPECT_EQ(bench.Entry(Bench::S), nullptr) << "goes on by (*,G)";
}

TEST_F(Pim7761, S4_5_3_NoInfoReceivePruneOneNeighborPrunesAtOnce)
{
    JoinStarG(4);
    JoinStarG(5);
    PruneSgRpt(4);
    bench.Advance(0);
    EXPECT_EQ(bench.DownstreamRpt(4), PimRptPruneState::PRUNE);
}

TEST_F(Pim7761, S4_5_3_NoInfoReceiveJoin)
{
    JoinStarG();
    bench.JoinPrune(3, 2, {Bench::SgRpt()});
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::NO_INFO);
}

TEST_F(Pim7761, S4_5_3_NoInfoReceiveJoinStarG)
{
    JoinStarG();
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::NO_INFO);
    EXPECT_TRUE(bench.Group().sources.empty());
}

TEST_F(Pim7761, S4_5_3_NoInfoReceiveJoinStarGAndPrune)
{
    bench.JoinPrune(3, 2, {Bench::StarG()}, {Bench::SgRpt()});
    EXPECT_EQ(bench.Downstream(3), PimJoinState::JOIN);
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::PRUNE_PENDING);
}

TEST_F(Pim7761, S4_5_3_PrunePendingExpires)
{
    JoinStarG();
    JoinStarG(4);
    PruneSgRpt();
    bench.Advance(3.1);
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::PRUNE);
    EXPECT_EQ(bench.Entry(Bench::S)->spec.outgoing, InterfaceSet{4});
    EXPECT_EQ(bench.Entry()->spec.outgoing, (InterfaceSet{3, 4}));
}

TEST_F(Pim7761, S4_5_3_PrunePendingReceiveJoin)
{
    JoinStarG();
    PruneSgRpt();
    bench.JoinPrune(3, 3, {Bench::SgRpt()});
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::NO_INFO);
    bench.Advance(5);
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::NO_INFO);
}

TEST_F(Pim7761, S4_5_3_PrunePendingReceivePrune)
{
    JoinStarG();
    PruneSgRpt();
    bench.Advance(2);
    PruneSgRpt();
    bench.Advance(1.1);
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::PRUNE) << "the PPT is not restarted";
}

TEST_F(Pim7761, S4_5_3_PrunePendingExpiryTimerExpires)
{
    JoinStarG();
    PruneSgRpt(3, 2);
    bench.Advance(2.1);
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::NO_INFO) << "a holdtime below the PPT";
    bench.Advance(5);
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::NO_INFO);
}

TEST_F(Pim7761, S4_5_3_PrunePendingReceiveJoinStarGEndOfMessage)
{
    JoinStarG();
    PruneSgRpt();
    JoinStarG();
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::NO_INFO);
}

TEST_F(Pim7761, S4_5_3_PrunePendingTmpReceivePrune)
{
    JoinStarG();
    PruneSgRpt();
    bench.Advance(1);
    bench.JoinPrune(3, 2, {Bench::StarG()}, {Bench::SgRpt()});
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::PRUNE_PENDING);
    bench.Advance(2.1);
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::PRUNE) << "the PPT went on";
}

TEST_F(Pim7761, S4_5_3_PruneReceiveJoin)
{
    JoinStarG();
    PruneSgRpt();
    bench.Advance(4);
    bench.JoinPrune(3, 2, {Bench::SgRpt()});
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::NO_INFO);
    EXPECT_EQ(bench.Entry(Bench::S), nullptr);
}

TEST_F(Pim7761, S4_5_3_PruneReceivePruneRestartsExpiryTimer)
{
    JoinStarG(3, 0xffff);
    PruneSgRpt();
    bench.Advance(200);
    PruneSgRpt();
    bench.Advance(209);
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::PRUNE);
    bench.Advance(2);
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::NO_INFO);
}

TEST_F(Pim7761, S4_5_3_PruneReceiveJoinStarGEndOfMessage)
{
    JoinStarG();
    PruneSgRpt();
    bench.Advance(4);
    JoinStarG();
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::NO_INFO);
}

TEST_F(Pim7761, S4_5_3_PruneTmpReceivePrune)
{
    JoinStarG();
    PruneSgRpt();
    bench.Advance(4);
    bench.environment.Forget();
    bench.JoinPrune(3, 2, {Bench::StarG()}, {Bench::SgRpt()});
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::PRUNE);
    EXPECT_TRUE(bench.environment.sent.empty()) << "no flapping upstream within the message";
}

TEST_F(Pim7761, S4_5_3_PruneTmpOfOneSourceOnly)
{
    const Ipv4Address other("10.8.8.9");
    JoinStarG();
    bench.JoinPrune(3, 2, {Bench::StarG()}, {Bench::SgRpt(), Bench::SgRpt(other)});
    bench.Advance(4);
    bench.JoinPrune(3, 2, {Bench::StarG()}, {Bench::SgRpt(other)});
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::NO_INFO);
    EXPECT_EQ(bench.Source(other).rptDownstream.at(3), PimRptPruneState::PRUNE);
}

TEST_F(Pim7761, S4_5_3_AMessageThatPrunesAndJoinsTheSameSource)
{
    JoinStarG();
    PruneSgRpt();
    bench.Advance(4);
    ASSERT_EQ(bench.DownstreamRpt(3), PimRptPruneState::PRUNE);
    PimJoinPrune message;
    message.upstreamNeighbor = Bench::At(3, 1);
    message.holdtime = 210;
    message.groups.resize(2);
    message.groups[0].group.address = Bench::G;
    message.groups[0].joins = {Bench::StarG()};
    message.groups[0].prunes = {Bench::SgRpt()};
    message.groups[1].group.address = Bench::G;
    message.groups[1].joins = {Bench::SgRpt()};
    bench.router.Receive(message, 3, Bench::At(3, 2));
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::NO_INFO) << "what it says last";
}

TEST_F(Pim7761, S4_5_3_PruneOutlivesTheJoinStarG)
{
    JoinStarG(3, 100);
    PruneSgRpt(3, 210);
    bench.Advance(101);
    EXPECT_EQ(bench.Downstream(3), PimJoinState::NO_INFO);
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::PRUNE) << "it has a timer of its own";
    bench.Advance(110);
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
}

TEST_F(Pim7761, S4_5_3_PruneExpiryTimerExpires)
{
    JoinStarG(3, 0xffff);
    PruneSgRpt(3, 100);
    bench.Advance(101);
    EXPECT_EQ(bench.DownstreamRpt(3), PimRptPruneState::NO_INFO);
}

// ---- §4.8 ----

TEST_F(Pim7761, S4_8_NoStarGInTheSsmRange)
{
    PimJoinPrune message;
    message.upstreamNeighbor = Bench::At(3, 1);
    message.groups.resize(1);
    message.groups[0].group.address = Ipv4Address("232.1.1.1");
    message.groups[0].joins = {Bench::StarG(), Bench::Sg()};
    message.groups[0].prunes = {Bench::SgRpt(Ipv4Address("10.8.8.9"))};
    bench.router.Receive(message, 3, Bench::At(3, 2));
    EXPECT_EQ(bench.environment.drops, (Entries{"source", "source"}));
    const PimGroup* g = bench.router.GetTib().FindGroup(Ipv4Address("232.1.1.1"));
    ASSERT_NE(g, nullptr);
    EXPECT_TRUE(g->downstream.empty());
    EXPECT_EQ(g->sources.size(), 1u);
}

} // namespace
