// SPDX-License-Identifier: GPL-2.0-only
// The querier machine: RFC 3376 §6.6.1 and §6.6.2, RFC 2236 §3 and figure 2.
#include "igmp-querier-bench.h"

namespace ns3
{

// ---- RFC 3376 §6.6.1, §6.6.2; RFC 2236 figure 2

TEST_F(Igmp2236Querier, S7_Querier_QueryFromALowerAddress)
{
    Start();
    EXPECT_EQ(Receive(LOWER, MakeIgmpQuery(3, 100)), "");
    EXPECT_EQ(querier.GetState(), State::NON_QUERIER);
    EXPECT_EQ(querier.GetQuerier(), LOWER);
    EXPECT_EQ(queriers, (Sent{"192.168.1.11", "192.168.1.1"}));
    EXPECT_EQ(After(254.9), Sent{});
}

TEST_F(Igmp2236Querier, S7_Querier_QueryFromAHigherAddress)
{
    Start();
    querier.Receive(HIGHER, MakeIgmpQuery(3, 100));
    EXPECT_EQ(querier.GetState(), State::QUERIER);
    EXPECT_EQ(querier.GetQuerier(), environment.address);
}

TEST_F(Igmp2236Querier, S7_NonQuerier_OtherQuerierPresentTimerExpires)
{
    Start();
    querier.Receive(LOWER, MakeIgmpQuery(3, 100));
    EXPECT_EQ(After(255), Sent{"295" + GENERAL});
    EXPECT_EQ(querier.GetState(), State::QUERIER);
    EXPECT_EQ(querier.GetQuerier(), environment.address);
    EXPECT_EQ(After(125), Sent{"420" + GENERAL}); // no start-up Queries again
}

TEST_F(Igmp2236Querier, S7_NonQuerier_QueryFromALowerAddressRestartsTheTimer)
{
    Start();
    querier.Receive(LOWER, MakeIgmpQuery(3, 100));
    clock.Advance(Seconds(200));
    querier.Receive(LOWER, MakeIgmpQuery(3, 100));
    clock.Advance(Seconds(200));
    EXPECT_EQ(querier.GetState(), State::NON_QUERIER);
    EXPECT_EQ(querier.GetOtherQuerierPresent(), Seconds(55));
}

TEST_F(Igmp2236Querier, S3_NonQuerierIgnoresLeaves)
{
    Start();
    querier.Receive(LOWER, MakeIgmpQuery(2, 100));
    Old(IgmpMessage::V2_REPORT);
    Old(IgmpMessage::LEAVE);
    EXPECT_EQ(After(10), Sent{});
    EXPECT_TRUE(HasGroup());
}

TEST_F(Igmp2236Querier, S3_NonQuerierFollowsAGroupSpecificQuery)
{
    Start();
    querier.Receive(LOWER, MakeIgmpQuery(2, 100));
    Old(IgmpMessage::V2_REPORT);
    querier.Receive(LOWER, MakeIgmpQuery(2, 20, G)); // 2 s, twice
    clock.Advance(MilliSeconds(3999));
    EXPECT_TRUE(HasGroup());
    clock.Advance(MilliSeconds(1));
    EXPECT_FALSE(HasGroup());
}

TEST_F(Igmp2236Querier, S3_NoTransitionToNonQuerierWhileItAsksForLastMembers)
{
    querier.SetVersion(2);
    Start();
    Old(IgmpMessage::V2_REPORT);
    Old(IgmpMessage::V2_REPORT, H);
    Old(IgmpMessage::LEAVE);
    EXPECT_EQ(After(0.5).size(), 1u);
    querier.Receive(LOWER, MakeIgmpQuery(2, 100));
    EXPECT_EQ(querier.GetState(), State::QUERIER);
    EXPECT_EQ(After(0.5).size(), 1u) << "the second Query of the series";
    Old(IgmpMessage::LEAVE, H);
    EXPECT_EQ(environment.Take().size(), 1u) << "a leave that comes meanwhile is answered";
    querier.Receive(LOWER, MakeIgmpQuery(2, 100));
    clock.Advance(Seconds(1.9));
    querier.Receive(LOWER, MakeIgmpQuery(2, 100));
    EXPECT_EQ(querier.GetState(), State::QUERIER);
    clock.Advance(Seconds(0.2));
    EXPECT_TRUE(querier.GetGroups().empty());
    querier.Receive(LOWER, MakeIgmpQuery(2, 100));
    EXPECT_EQ(querier.GetState(), State::NON_QUERIER) << "the time is over";
    EXPECT_EQ(queriers, (Sent{"192.168.1.11", "192.168.1.1"}));
    EXPECT_EQ(environment.Take(), (Sent{"42 239.0.0.11 v2 Query 239.0.0.11"}));
}

TEST_F(Igmp2236Querier, S3_AnAnswerEndsTheTimeInWhichItAsks)
{
    querier.SetVersion(2);
    Start();
    Old(IgmpMessage::V2_REPORT);
    Old(IgmpMessage::LEAVE);
    clock.Advance(Seconds(0.5));
    Old(IgmpMessage::V2_REPORT);
    querier.Receive(LOWER, MakeIgmpQuery(2, 100));
    EXPECT_EQ(querier.GetState(), State::NON_QUERIER);
    EXPECT_EQ(environment.Take(), (Sent{"40 239.0.0.10 v2 Query 239.0.0.10"}));
}

TEST_F(Igmp3376Querier, S6_6_2_NoTransitionToNonQuerierWhileItAsksForSources)
{
    Start();
    Report(Type::ALLOW, {A, B});
    Report(Type::BLOCK, {A});
    querier.Receive(LOWER, MakeIgmpQuery(3, 100));
    EXPECT_EQ(querier.GetState(), State::QUERIER);
    clock.Advance(Seconds(2));
    querier.Receive(LOWER, MakeIgmpQuery(3, 100));
    EXPECT_EQ(querier.GetState(), State::NON_QUERIER);
    EXPECT_EQ(querier.FindGroup(G)->sources.count(A), 0u);
    EXPECT_EQ(querier.FindGroup(G)->sources.count(B), 1u);
    EXPECT_EQ(environment.Take(),
              (Sent{"40" + SPECIFIC + "10.0.0.1}", "41" + SPECIFIC + "10.0.0.1}"}));
}

TEST_F(Igmp3376Querier, S6_6_2_ATransitionIsIgnoredNotPutOff)
{
    Start();
    Report(Type::TO_EX);
    Report(Type::TO_IN);
    querier.Receive(LOWER, MakeIgmpQuery(3, 100));
    clock.Advance(Seconds(100));
    EXPECT_EQ(querier.GetState(), State::QUERIER);
    EXPECT_EQ(environment.Take(), (Sent{"40" + SPECIFIC + "}", "41" + SPECIFIC + "}"}));
}

TEST_F(Igmp3376Querier, S4_1_6_AnOlderQuerierEndsWhatAVersion3QuerierSaid)
{
    Start();
    IgmpMessage query = MakeIgmpQuery(3, 100);
    query.robustness = 5;
    query.queryIntervalCode = 60;
    querier.Receive(HIGHER_THAN_LOWER, query);
    EXPECT_EQ(querier.GetGroupMembershipInterval(), Seconds(310));
    querier.Receive(LOWER, MakeIgmpQuery(2, 100));
    EXPECT_EQ(querier.GetGroupMembershipInterval(), Seconds(260));
}

TEST_F(Igmp2236Querier, S3_ASeriesBegunIsFinishedByTheFormerQuerier)
{
    Start();
    Report(Type::TO_EX);
    Report(Type::TO_IN);
    querier.Receive(LOWER, MakeIgmpQuery(3, 100));
    EXPECT_EQ(After(10).size(), 2u);
}

TEST_F(Igmp3376Querier, S6_6_1_NonQuerierLowersTimersForAClearSFlagOnly)
{
    Start();
    querier.Receive(LOWER, MakeIgmpQuery(3, 100));
    Report(Type::TO_EX);
    IgmpMessage query = MakeIgmpQuery(3, 10, G);
    query.suppress = true;
    querier.Receive(LOWER, query);
    clock.Advance(Seconds(3));
    EXPECT_TRUE(HasGroup());
    query.suppress = false;
    querier.Receive(LOWER, query);
    clock.Advance(Seconds(2));
    EXPECT_FALSE(HasGroup());
}

TEST_F(Igmp3376Querier, S6_6_1_NonQuerierLowersTheQueriedSources)
{
    Start();
    querier.Receive(LOWER, MakeIgmpQuery(3, 100));
    Report(Type::ALLOW, {A, B});
    querier.Receive(LOWER, MakeIgmpQuery(3, 10, G, {A}));
    clock.Advance(Seconds(2));
    EXPECT_EQ(querier.FindGroup(G)->sources.count(A), 0u);
    EXPECT_EQ(querier.FindGroup(G)->sources.count(B), 1u);
}

TEST_F(Igmp3376Querier, S4_1_6_NonQuerierTakesTheQueriersRobustnessAndInterval)
{
    Start();
    IgmpMessage query = MakeIgmpQuery(3, 100);
    query.robustness = 3;
    query.queryIntervalCode = 20;
    querier.Receive(LOWER, query);
    EXPECT_EQ(querier.GetGroupMembershipInterval(), Seconds(3 * 20 + 10));
    EXPECT_EQ(querier.GetOtherQuerierPresent(), Seconds(3 * 20 + 5));
    query.robustness = 0;
    query.queryIntervalCode = 0;
    querier.Receive(LOWER, query); // unknown: our own
    EXPECT_EQ(querier.GetGroupMembershipInterval(), Seconds(260));
    clock.Advance(Seconds(255));
    EXPECT_EQ(querier.GetState(), State::QUERIER);
    EXPECT_EQ(environment.Take(), (Sent{"295" + GENERAL}));
}

TEST_F(Igmp3376Querier, S6_6_2_QueriesFromElsewhereElectNobody)
{
    Start();
    EXPECT_EQ(Receive(Ipv4Address("10.0.0.1"), MakeIgmpQuery(3, 100)), "source-not-on-link");
    EXPECT_EQ(Receive(Ipv4Address::GetAny(), MakeIgmpQuery(3, 100)), "source-not-on-link");
    EXPECT_EQ(Receive(environment.address, MakeIgmpQuery(3, 100)), "own-address");
    EXPECT_EQ(querier.GetState(), State::QUERIER);
}

TEST_F(Igmp3376Querier, S4_2_13_ReportsFromElsewhereAreIgnoredThoseFromNoAddressAreNot)
{
    Start();
    const IgmpMessage report = MakeIgmpReport(Type::TO_EX, G);
    EXPECT_EQ(Receive(Ipv4Address("10.0.0.1"), report), "source-not-on-link");
    EXPECT_FALSE(HasGroup());
    EXPECT_EQ(Receive(Ipv4Address::GetAny(), report), "");
    EXPECT_TRUE(HasGroup());
}

} // namespace ns3
