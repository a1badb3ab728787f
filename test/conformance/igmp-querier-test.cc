// SPDX-License-Identifier: GPL-2.0-only
// The querier machine: RFC 3376 §6.1 to §6.5, §6.6.3, RFC 4604 §2.3. Elections are in
// igmp-querier-election-test.cc, older hosts in igmp-querier-compatibility-test.cc.
#include "igmp-querier-bench.h"

namespace ns3
{

// ---- RFC 3376 §6.1, §8.6, §8.7; RFC 2236 figure 2, Initial

TEST_F(Igmp3376Querier, S6_1_StartupQueriesThenOneEachInterval)
{
    querier.Start();
    EXPECT_EQ(querier.GetState(), State::QUERIER);
    EXPECT_EQ(After(300),
              (Sent{"0" + GENERAL, "31.25" + GENERAL, "156.25" + GENERAL, "281.25" + GENERAL}));
    EXPECT_EQ(queriers, Sent{"192.168.1.11"});
}

TEST_F(Igmp3376Querier, S4_1_GeneralQueryFields)
{
    config.robustness = 9; // does not fit the QRV
    config.queryInterval = Seconds(300);
    config.queryResponseInterval = MilliSeconds(30100);
    querier.Start();
    const IgmpMessage& query = environment.messages.at(0);
    EXPECT_EQ(query.robustness, 0);
    EXPECT_EQ(DecodeIgmpFloat(query.queryIntervalCode), 288u); // 300 s has no code
    EXPECT_EQ(DecodeIgmpFloat(query.maxRespCode), 288u);       // nor have 30.1 s
    EXPECT_FALSE(query.suppress);
    EXPECT_EQ(environment.Take(), (Sent{"0 224.0.0.1 v3 Query 0.0.0.0 QRV 0 QQI 288 {}"}));
}

// ---- RFC 3376 §6.2 to §6.5, end to end

TEST_F(Igmp3376Querier, S6_4_1_MembershipLivesForItsInterval)
{
    Start();
    EXPECT_EQ(Report(Type::IS_EX), "");
    EXPECT_EQ(heard, Sent{"JOINED 239.0.0.10"});
    EXPECT_EQ(querier.FindGroup(G)->lastReporter, HOST);
    clock.Advance(Seconds(200));
    Report(Type::IS_EX);
    clock.Advance(Seconds(259));
    EXPECT_TRUE(HasGroup());
    clock.Advance(Seconds(1));
    EXPECT_FALSE(HasGroup());
    EXPECT_EQ(heard, (Sent{"JOINED 239.0.0.10", "LEFT 239.0.0.10"}));
    EXPECT_EQ(environment.Take(),
              (Sent{"156.25" + GENERAL, "281.25" + GENERAL, "406.25" + GENERAL}));
}

TEST_F(Igmp3376Querier, S6_2_RecordsThatAskForNothingMakeNoGroup)
{
    Start();
    Report(Type::TO_IN);
    Report(Type::IS_IN);
    Report(Type::BLOCK, {A});
    Report(static_cast<Type>(7), {A});
    EXPECT_FALSE(HasGroup());
    EXPECT_TRUE(heard.empty());
    EXPECT_EQ(After(10), Sent{});
}

TEST_F(Igmp3376Querier, S6_3_ListenersHearEveryChangeOnceAndAfterIt)
{
    Start();
    Report(Type::ALLOW, {A, B});
    Report(Type::ALLOW, {A, B}); // nothing new
    Report(Type::TO_EX, {C});
    EXPECT_EQ(heard, (Sent{"JOINED 239.0.0.10", "CHANGED 239.0.0.10"}));
    clock.Advance(Seconds(300));
    EXPECT_EQ(heard.back(), "LEFT 239.0.0.10");
    EXPECT_EQ(heard.size(), 3u);
    EXPECT_EQ(environment.Take(), (Sent{"156.25" + GENERAL, "281.25" + GENERAL}));
}

TEST_F(Igmp3376Querier, S6_5_SeveralSourcesThatExpireTogetherAreToldOnce)
{
    Start();
    Report(Type::ALLOW, {A, B});
    clock.Advance(Seconds(10));
    Report(Type::ALLOW, {C});
    heard.clear();
    clock.Advance(Seconds(255));
    EXPECT_EQ(heard, Sent{"CHANGED 239.0.0.10"});
    EXPECT_EQ(environment.Take(), (Sent{"156.25" + GENERAL, "281.25" + GENERAL}));
}

TEST_F(Igmp3376Querier, S6_LinkLocalGroupsAreNotTracked)
{
    Start();
    EXPECT_EQ(Receive(HOST, MakeIgmpReport(Type::TO_EX, Ipv4Address("224.0.0.13"))), "");
    EXPECT_TRUE(querier.GetGroups().empty());
}

// ---- RFC 3376 §6.6.3.1

TEST_F(Igmp3376Querier, S6_6_3_1_LeaveIsQueriedTwiceAndTakesLastMemberQueryTime)
{
    Start();
    Report(Type::TO_EX);
    clock.Advance(Seconds(10));
    Report(Type::TO_IN);
    EXPECT_EQ(After(1.5), (Sent{"50" + SPECIFIC + "}", "51" + SPECIFIC + "}"}));
    EXPECT_EQ(environment.messages.size(), 0u);
    EXPECT_TRUE(HasGroup());
    EXPECT_EQ(After(0.5), Sent{});
    EXPECT_FALSE(HasGroup());
    EXPECT_EQ(After(10), Sent{});
}

TEST_F(Igmp3376Querier, S8_8_SpecificQueriesAskForAnswersWithinLastMemberQueryInterval)
{
    Start();
    Report(Type::TO_EX);
    Report(Type::TO_IN);
    EXPECT_EQ(environment.messages.at(0).maxRespCode, 10);
    EXPECT_EQ(environment.Take(), (Sent{"40" + SPECIFIC + "}"}));
}

TEST_F(Igmp3376Querier, S6_6_3_1_ARepeatedLeaveStartsNoSecondSeries)
{
    Start();
    Report(Type::TO_EX);
    Report(Type::TO_IN);
    clock.Advance(MilliSeconds(400));
    Report(Type::TO_IN);
    EXPECT_EQ(After(10), (Sent{"40" + SPECIFIC + "}", "41" + SPECIFIC + "}"}));
    EXPECT_FALSE(HasGroup());
}

TEST_F(Igmp3376Querier, S6_6_3_1_AnAnswerKeepsTheGroupAndLaterQueriesAreSuppressed)
{
    Start();
    Report(Type::TO_EX);
    Report(Type::TO_IN);
    clock.Advance(MilliSeconds(400));
    Report(Type::IS_EX);
    EXPECT_EQ(After(10), (Sent{"40" + SPECIFIC + "}", "41" + SUPPRESSED + "}"}));
    clock.Advance(Seconds(200));
    EXPECT_TRUE(HasGroup());
    EXPECT_EQ(heard, Sent{"JOINED 239.0.0.10"});
    EXPECT_EQ(environment.Take(), (Sent{"156.25" + GENERAL}));
}

TEST_F(Igmp3376Querier, S8_9_LastMemberQueryCountAndInterval)
{
    config.lastMemberQueryCount = 3;
    config.lastMemberQueryInterval = MilliSeconds(500);
    Start();
    Report(Type::TO_EX);
    Report(Type::TO_IN);
    EXPECT_EQ(After(1.4).size(), 3u);
    EXPECT_TRUE(HasGroup());
    clock.Advance(MilliSeconds(100));
    EXPECT_FALSE(HasGroup());
}

// ---- RFC 3376 §6.6.3.2

TEST_F(Igmp3376Querier, S6_6_3_2_BlockedSourcesAreQueriedAndGo)
{
    Start();
    Report(Type::ALLOW, {A, B, C});
    Report(Type::BLOCK, {A, B});
    EXPECT_EQ(
        After(1.5),
        (Sent{"40" + SPECIFIC + "10.0.0.1 10.0.0.2}", "41" + SPECIFIC + "10.0.0.1 10.0.0.2}"}));
    EXPECT_EQ(querier.FindGroup(G)->sources.size(), 3u);
    EXPECT_EQ(After(0.5), Sent{});
    EXPECT_EQ(querier.FindGroup(G)->sources.size(), 1u);
    EXPECT_EQ(heard.back(), "CHANGED 239.0.0.10");
}

TEST_F(Igmp3376Querier, S6_6_3_2_AnsweredSourcesGoIntoASuppressedQuery)
{
    Start();
    Report(Type::ALLOW, {A, B});
    Report(Type::BLOCK, {A, B});
    clock.Advance(MilliSeconds(500));
    Report(Type::IS_IN, {A});
    environment.Take();
    EXPECT_EQ(After(10), (Sent{"41" + SUPPRESSED + "10.0.0.1}", "41" + SPECIFIC + "10.0.0.2}"}));
    EXPECT_EQ(querier.FindGroup(G)->sources.size(), 1u);
}

TEST_F(Igmp3376Querier, S6_6_3_2_NewSourcesMergeWithPendingOnes)
{
    Start();
    Report(Type::ALLOW, {A, B});
    Report(Type::BLOCK, {A});
    clock.Advance(MilliSeconds(500));
    Report(Type::BLOCK, {A, B}); // A is below LMQT already and has one Query left
    EXPECT_EQ(After(10),
              (Sent{"40" + SPECIFIC + "10.0.0.1}",
                    "40.5" + SPECIFIC + "10.0.0.1 10.0.0.2}",
                    "41.5" + SPECIFIC + "10.0.0.2}"}));
    EXPECT_FALSE(HasGroup());
}

TEST_F(Igmp3376Querier, S6_6_3_2_BesideAGroupQueryTheSuppressedListIsLeftOut)
{
    Start();
    Report(Type::TO_EX);
    Report(Type::ALLOW, {A, B});
    Report(Type::TO_IN, {}); // Send Q(G,{A,B}), Send Q(G)
    clock.Advance(MilliSeconds(500));
    Report(Type::IS_IN, {A});
    EXPECT_EQ(After(10),
              (Sent{"40" + SPECIFIC + "}",
                    "40" + SPECIFIC + "10.0.0.1 10.0.0.2}",
                    "41" + SPECIFIC + "}",
                    "41" + SPECIFIC + "10.0.0.2}"}));
    // The mode went back to INCLUDE with the source that is still wanted.
    ASSERT_TRUE(HasGroup());
    EXPECT_EQ(querier.FindGroup(G)->mode, INCLUDE);
    EXPECT_TRUE(querier.FindGroup(G)->IsWanted(A));
    EXPECT_EQ(querier.FindGroup(G)->sources.size(), 1u);
}

TEST_F(Igmp3376Querier, S6_6_3_2_BlockInExcludeEndsInTheExcludedList)
{
    Start();
    Report(Type::TO_EX);
    Report(Type::BLOCK, {A});
    EXPECT_EQ(heard, Sent{"JOINED 239.0.0.10"}); // still forwarded with the rest
    EXPECT_EQ(After(10), (Sent{"40" + SPECIFIC + "10.0.0.1}", "41" + SPECIFIC + "10.0.0.1}"}));
    EXPECT_TRUE(querier.FindGroup(G)->IsExcluded(A));
    EXPECT_EQ(heard.back(), "CHANGED 239.0.0.10");
}

TEST_F(Igmp3376Querier, S4_1_8_LongSourceListsGoInSeveralQueries)
{
    environment.maxMessageSize = 12 + 4 * 2;
    Start();
    Report(Type::ALLOW, {A, B, C});
    Report(Type::BLOCK, {A, B, C});
    EXPECT_EQ(environment.Take(),
              (Sent{"40" + SPECIFIC + "10.0.0.1 10.0.0.2}", "40" + SPECIFIC + "10.0.0.3}"}));
}

// ---- RFC 4604

TEST_F(Igmp4604Querier, S2_3_SsmRangeTakesNoAnySourceReports)
{
    const Ipv4Address ssm("232.1.1.1");
    Start();
    for (Type type : {Type::IS_EX, Type::TO_EX})
    {
        EXPECT_EQ(Receive(HOST, MakeIgmpReport(type, ssm)), "ssm-range");
    }
    EXPECT_EQ(Old(IgmpMessage::V1_REPORT, ssm), "ssm-range");
    EXPECT_EQ(Old(IgmpMessage::V2_REPORT, ssm), "ssm-range");
    EXPECT_EQ(Old(IgmpMessage::LEAVE, ssm), "ssm-range");
    EXPECT_TRUE(querier.GetGroups().empty());
    EXPECT_EQ(Receive(HOST, MakeIgmpReport(Type::ALLOW, ssm, {A})), "");
    EXPECT_EQ(querier.GetGroups().size(), 1u);
}

TEST_F(Igmp4604Querier, S2_3_ARefusedRecordDoesNotSpoilItsReport)
{
    Start();
    IgmpMessage report = MakeIgmpReport(Type::TO_EX, Ipv4Address("232.1.1.1"));
    report.records.push_back({Type::TO_EX, G, {}});
    EXPECT_EQ(Receive(HOST, report), "ssm-range");
    EXPECT_TRUE(HasGroup());
}

// ---- beyond the RFCs

TEST_F(IgmpQuerierTest, FastLeaveRemovesAtOnceWithoutAQuery)
{
    config.fastLeave = true;
    Start();
    Old(IgmpMessage::V2_REPORT);
    Old(IgmpMessage::LEAVE);
    EXPECT_FALSE(HasGroup());
    EXPECT_EQ(heard, (Sent{"JOINED 239.0.0.10", "LEFT 239.0.0.10"}));
    Report(Type::ALLOW, {A, B});
    Report(Type::BLOCK, {A});
    EXPECT_EQ(querier.FindGroup(G)->sources.size(), 1u);
    EXPECT_EQ(After(100), Sent{});
}

TEST_F(IgmpQuerierTest, MembershipLimit)
{
    config.membershipLimit = 1;
    Start();
    EXPECT_EQ(Old(IgmpMessage::V2_REPORT), "");
    EXPECT_EQ(Old(IgmpMessage::V2_REPORT, H), "membership-limit");
    EXPECT_EQ(Old(IgmpMessage::LEAVE, H), "");
    EXPECT_EQ(Old(IgmpMessage::V2_REPORT), "");
    EXPECT_EQ(querier.GetGroups().size(), 1u);
    Old(IgmpMessage::LEAVE);
    clock.Advance(Seconds(2));
    EXPECT_EQ(Old(IgmpMessage::V2_REPORT, H), "");
    EXPECT_EQ(environment.Take(), (Sent{"40" + SPECIFIC + "}", "41" + SPECIFIC + "}"}));
}

TEST_F(IgmpQuerierTest, SourceLimit)
{
    config.sourceLimit = 2;
    Start();
    EXPECT_EQ(Report(Type::ALLOW, {A, B, C}), "source-limit");
    EXPECT_EQ(querier.FindGroup(G)->sources.size(), 2u);
    EXPECT_TRUE(querier.FindGroup(G)->IsWanted(A));
    EXPECT_FALSE(querier.FindGroup(G)->IsWanted(C));
    EXPECT_EQ(Report(Type::IS_IN, {A, B}), "") << "those that are there are refreshed";
    EXPECT_EQ(Report(Type::TO_EX, {A, B, C}), "source-limit");
    EXPECT_FALSE(querier.FindGroup(G)->IsExcluded(C))
        << "so that the rest of the group comes, with it";
    EXPECT_EQ(heard.front(), "JOINED 239.0.0.10");
    EXPECT_EQ(environment.Take(), Sent{"40" + SPECIFIC + "10.0.0.1 10.0.0.2}"});
}

TEST_F(IgmpQuerierTest, SourceLimitCountsWhatIsTrackedAfterwards)
{
    config.sourceLimit = 2;
    Start();
    Report(Type::ALLOW, {A, B});
    EXPECT_EQ(Report(Type::BLOCK, {C}), "") << "no source that is there";
    EXPECT_EQ(Report(Type::TO_EX, {B, C}), "") << "A is deleted";
    EXPECT_EQ(querier.FindGroup(G)->sources.size(), 2u);
    EXPECT_TRUE(querier.FindGroup(G)->IsExcluded(C));
    EXPECT_EQ(Report(Type::BLOCK, {A}), "source-limit");
    const Ipv4Address d("10.0.0.4");
    EXPECT_EQ(Report(Type::IS_EX, {A, d}), "") << "B and C are deleted";
    EXPECT_EQ(Report(Type::IS_EX, {A, B, C}), "source-limit");
    EXPECT_EQ(querier.FindGroup(G)->sources.size(), 2u);
    EXPECT_EQ(environment.Take(), Sent{"40" + SPECIFIC + "10.0.0.2}"});
}

TEST_F(IgmpQuerierTest, SourceLimitLeavesSourcesOfOlderVersionsAlone)
{
    config.sourceLimit = 1;
    Start();
    Old(IgmpMessage::V2_REPORT);
    EXPECT_EQ(Report(Type::TO_EX, {A, B}), "") << "its sources are not taken (RFC 3376 7.3.2)";
    EXPECT_TRUE(querier.FindGroup(G)->sources.empty());
}

TEST_F(IgmpQuerierTest, SourceLimitEndsWithItsSources)
{
    config.sourceLimit = 1;
    Start();
    EXPECT_EQ(Report(Type::ALLOW, {A}), "");
    EXPECT_EQ(Report(Type::ALLOW, {B}), "source-limit");
    Report(Type::BLOCK, {A});
    clock.Advance(Seconds(2));
    EXPECT_EQ(environment.Take(),
              (Sent{"40" + SPECIFIC + "10.0.0.1}", "41" + SPECIFIC + "10.0.0.1}"}));
    EXPECT_FALSE(HasGroup());
    EXPECT_EQ(Report(Type::ALLOW, {B}), "");
    EXPECT_TRUE(querier.FindGroup(G)->IsWanted(B));
}

TEST_F(IgmpQuerierTest, StopForgetsAndTells)
{
    Start();
    Report(Type::TO_EX);
    querier.Stop();
    EXPECT_EQ(heard.back(), "LEFT 239.0.0.10");
    EXPECT_EQ(clock.GetPending(), 0u);
    EXPECT_EQ(Report(Type::TO_EX), "");
    EXPECT_FALSE(HasGroup());
    querier.Start();
    EXPECT_EQ(environment.Take(), Sent{"40" + GENERAL});
}

TEST_F(Igmp2236Querier, S7_TransitionsAreReported)
{
    Start();
    Report(Type::TO_EX);
    querier.Receive(LOWER, MakeIgmpQuery(3, 100));
    clock.Advance(Seconds(260));
    querier.Stop();
    EXPECT_EQ(environment.transitions,
              (Sent{"igmp-querier 1 192.168.1.11: Initial, interface up -> Querier",
                    "igmp-group 1 239.0.0.10: INCLUDE, TO_EX -> EXCLUDE",
                    "igmp-querier 1 192.168.1.11: Querier, query from a lower address -> "
                    "Non-Querier",
                    "igmp-querier 1 192.168.1.11: Non-Querier, other querier present timer "
                    "expired -> Querier",
                    "igmp-group 1 239.0.0.10: EXCLUDE, group timer expired -> INCLUDE",
                    "igmp-querier 1 192.168.1.11: Querier, interface down -> Initial"}));
    EXPECT_EQ(environment.Take(), Sent{"295" + GENERAL});
}

} // namespace ns3
