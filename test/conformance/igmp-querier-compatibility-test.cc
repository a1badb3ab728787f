// SPDX-License-Identifier: GPL-2.0-only
// The querier machine among older hosts and routers: RFC 3376 §7.3, RFC 2236 figures 3 to 5.
#include "igmp-querier-bench.h"

namespace ns3
{

// ---- RFC 3376 §7.3.2; RFC 2236 figures 3 to 5

TEST_F(Igmp2236Querier, S7_NoMembersPresent_V2ReportReceived)
{
    Start();
    EXPECT_EQ(Old(IgmpMessage::V2_REPORT), "");
    EXPECT_EQ(heard, Sent{"JOINED 239.0.0.10"});
    EXPECT_EQ(querier.FindGroup(G)->mode, EXCLUDE);
    EXPECT_EQ(querier.FindGroup(G)->GetCompatibilityMode(clock.Now()), 2);
}

TEST_F(Igmp2236Querier, S7_NoMembersPresent_V1ReportReceived)
{
    Start();
    EXPECT_EQ(Old(IgmpMessage::V1_REPORT), "");
    EXPECT_EQ(heard, Sent{"JOINED 239.0.0.10"});
    EXPECT_EQ(querier.FindGroup(G)->GetCompatibilityMode(clock.Now()), 1);
}

TEST_F(Igmp2236Querier, S7_NoMembersPresent_LeaveReceived)
{
    Start();
    EXPECT_EQ(Old(IgmpMessage::LEAVE), "");
    EXPECT_EQ(After(10), Sent{});
    EXPECT_FALSE(HasGroup());
    EXPECT_EQ(heard, Sent{});
}

TEST_F(Igmp2236Querier, S7_MembersPresent_V2ReportReceived)
{
    Start();
    Old(IgmpMessage::V2_REPORT);
    clock.Advance(Seconds(200));
    Old(IgmpMessage::V2_REPORT);
    clock.Advance(Seconds(259));
    EXPECT_TRUE(HasGroup()) << "the timer starts anew";
    clock.Advance(Seconds(1));
    EXPECT_FALSE(HasGroup());
    EXPECT_EQ(environment.Take(),
              (Sent{"156.25" + GENERAL, "281.25" + GENERAL, "406.25" + GENERAL}));
}

TEST_F(Igmp2236Querier, S7_MembersPresent_V1ReportReceived)
{
    Start();
    Old(IgmpMessage::V2_REPORT);
    Old(IgmpMessage::V1_REPORT);
    Old(IgmpMessage::LEAVE);
    EXPECT_EQ(After(10), Sent{}) << "version 1 members do not answer specific Queries in time";
    EXPECT_TRUE(HasGroup());
}

TEST_F(Igmp2236Querier, S7_MembersPresent_TimerExpired)
{
    Start();
    Old(IgmpMessage::V2_REPORT);
    clock.Advance(Seconds(260));
    EXPECT_FALSE(HasGroup());
    EXPECT_EQ(environment.Take(), (Sent{"156.25" + GENERAL, "281.25" + GENERAL}));
}

TEST_F(Igmp2236Querier, S7_MembersPresent_LeaveReceived)
{
    Start();
    Old(IgmpMessage::V2_REPORT);
    Old(IgmpMessage::LEAVE);
    EXPECT_EQ(After(1.9), (Sent{"40" + SPECIFIC + "}", "41" + SPECIFIC + "}"}));
    EXPECT_TRUE(HasGroup());
    clock.Advance(MilliSeconds(100));
    EXPECT_FALSE(HasGroup());
}

TEST_F(Igmp2236Querier, S7_CheckingMembership_V2ReportReceived)
{
    Start();
    Old(IgmpMessage::V2_REPORT);
    Old(IgmpMessage::LEAVE);
    clock.Advance(Seconds(1));
    Old(IgmpMessage::V2_REPORT);
    clock.Advance(Seconds(100));
    EXPECT_TRUE(HasGroup());
    EXPECT_EQ(heard, Sent{"JOINED 239.0.0.10"});
    EXPECT_EQ(environment.Take(), (Sent{"40" + SPECIFIC + "}", "41" + SPECIFIC + "}"}));
}

TEST_F(Igmp2236Querier, S7_CheckingMembership_LeaveReceived)
{
    Start();
    Old(IgmpMessage::V2_REPORT);
    Old(IgmpMessage::LEAVE);
    clock.Advance(MilliSeconds(1500));
    Old(IgmpMessage::LEAVE);
    EXPECT_EQ(After(10).size(), 2u); // 40 and 41 s, none for the second leave
    EXPECT_FALSE(HasGroup());
}

TEST_F(Igmp2236Querier, S7_CheckingMembership_TimerExpired)
{
    Start();
    Old(IgmpMessage::V2_REPORT);
    heard.clear();
    Old(IgmpMessage::LEAVE);
    clock.Advance(Seconds(2));
    EXPECT_FALSE(HasGroup());
    EXPECT_EQ(heard, Sent{"LEFT 239.0.0.10"});
    EXPECT_EQ(environment.Take(), (Sent{"40" + SPECIFIC + "}", "41" + SPECIFIC + "}"}));
}

TEST_F(Igmp2236Querier, S7_CheckingMembership_RexmtTimerExpired)
{
    config.lastMemberQueryCount = 3;
    Start();
    Old(IgmpMessage::V2_REPORT);
    Old(IgmpMessage::LEAVE);
    EXPECT_EQ(After(2.9),
              (Sent{"40" + SPECIFIC + "}", "41" + SPECIFIC + "}", "42" + SPECIFIC + "}"}));
    clock.Advance(MilliSeconds(100));
    EXPECT_FALSE(HasGroup());
}

TEST_F(Igmp2236Querier, S7_Version1MembersPresent_TimerExpired)
{
    Start();
    Old(IgmpMessage::V1_REPORT);
    clock.Advance(Seconds(259));
    EXPECT_TRUE(HasGroup());
    clock.Advance(Seconds(1));
    EXPECT_FALSE(HasGroup());
    EXPECT_EQ(environment.Take(), (Sent{"156.25" + GENERAL, "281.25" + GENERAL}));
}

TEST_F(Igmp2236Querier, S7_Version1MembersPresent_LeavesAreIgnored)
{
    Start();
    Old(IgmpMessage::V1_REPORT);
    Old(IgmpMessage::LEAVE);
    Report(Type::TO_IN);
    EXPECT_EQ(After(10), Sent{});
    EXPECT_TRUE(HasGroup());
}

TEST_F(Igmp2236Querier, S7_Version1MembersPresent_V1HostTimerExpires)
{
    Start();
    Old(IgmpMessage::V1_REPORT);
    clock.Advance(Seconds(200));
    Old(IgmpMessage::V2_REPORT);
    clock.Advance(Seconds(60));
    EXPECT_EQ(querier.FindGroup(G)->GetCompatibilityMode(clock.Now()), 2);
    environment.Take();
    Old(IgmpMessage::LEAVE);
    EXPECT_EQ(environment.sent.size(), 1u);
    EXPECT_EQ(environment.Take(), (Sent{"300" + SPECIFIC + "}"}));
}

TEST_F(Igmp2236Querier, S7_CheckingMembership_V1ReportReceived)
{
    Start();
    Old(IgmpMessage::V2_REPORT);
    Old(IgmpMessage::LEAVE);
    Old(IgmpMessage::V1_REPORT);
    clock.Advance(Seconds(100));
    EXPECT_TRUE(HasGroup());
    EXPECT_EQ(querier.FindGroup(G)->GetCompatibilityMode(clock.Now()), 1);
    EXPECT_EQ(environment.Take(), (Sent{"40" + SPECIFIC + "}", "41" + SUPPRESSED + "}"}));
}

TEST_F(Igmp3376Querier, S7_3_2_Version2ModeIgnoresBlockAndSourceListsOfToEx)
{
    Start();
    Old(IgmpMessage::V2_REPORT);
    Report(Type::BLOCK, {A});
    Report(Type::TO_EX, {B});
    EXPECT_EQ(After(10), Sent{});
    EXPECT_TRUE(querier.FindGroup(G)->sources.empty());
}

TEST_F(Igmp3376Querier, S7_3_2_Version3HostsStayInASegmentWithOlderOnes)
{
    Start();
    Report(Type::ALLOW, {A});
    Old(IgmpMessage::V2_REPORT);
    EXPECT_EQ(querier.FindGroup(G)->mode, EXCLUDE);
    clock.Advance(Seconds(100));
    Report(Type::IS_IN, {A});
    // The version 2 member goes silent: back to INCLUDE {A}, and to version 3.
    clock.Advance(Seconds(160));
    EXPECT_EQ(querier.FindGroup(G)->mode, INCLUDE);
    EXPECT_EQ(querier.FindGroup(G)->GetCompatibilityMode(clock.Now()), 3);
    EXPECT_TRUE(querier.FindGroup(G)->IsWanted(A));
    EXPECT_EQ(environment.Take(), (Sent{"156.25" + GENERAL, "281.25" + GENERAL}));
}

// ---- RFC 3376 §7.3.1

TEST_F(Igmp3376Querier, S7_3_1_Version2RouterSendsShortQueriesWithLinearCodes)
{
    config.queryResponseInterval = Seconds(20);
    querier.SetVersion(2);
    Start();
    EXPECT_EQ(Report(Type::TO_EX), "version");
    Old(IgmpMessage::V2_REPORT);
    Old(IgmpMessage::LEAVE);
    EXPECT_EQ(environment.messages.at(0).maxRespCode, 10);
    EXPECT_EQ(After(120),
              (Sent{"40 239.0.0.10 v2 Query 239.0.0.10",
                    "41 239.0.0.10 v2 Query 239.0.0.10",
                    "156.25 224.0.0.1 v2 Query 0.0.0.0"}));
    clock.Advance(Seconds(125));
    EXPECT_EQ(environment.messages.at(0).maxRespCode, 200);
    EXPECT_EQ(environment.Take(), (Sent{"281.25 224.0.0.1 v2 Query 0.0.0.0"}));
}

TEST_F(Igmp3376Querier, S7_3_1_Version1RouterIgnoresLeaves)
{
    querier.SetVersion(1);
    Start();
    EXPECT_EQ(Old(IgmpMessage::V1_REPORT), "");
    EXPECT_EQ(Old(IgmpMessage::LEAVE), "version");
    clock.Advance(Seconds(120));
    EXPECT_EQ(environment.sent, Sent{"156.25 224.0.0.1 v1 Query 0.0.0.0"});
    EXPECT_EQ(environment.messages.at(0).maxRespCode, 0);
    EXPECT_EQ(environment.Take(), (Sent{"156.25 224.0.0.1 v1 Query 0.0.0.0"}));
}

} // namespace ns3
