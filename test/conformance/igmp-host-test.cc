// SPDX-License-Identifier: GPL-2.0-only
// The host machine: RFC 3376 §5 and §7.2, RFC 2236 §6 (figure 1), RFC 4604 §2.2. Random delays are
// the middle of their range unless the tape says otherwise.
#include "support/fake-igmp-environment.h"

#include "ns3/igmp-host.h"

#include <gtest/gtest.h>

namespace ns3
{

namespace
{

const Ipv4Address G("239.0.0.10");
const Ipv4Address H("239.0.0.11");
using Sent = std::vector<std::string>;

class IgmpHostTest : public testing::Test
{
  protected:
    using State = IgmpHost::MemberState;
    static inline const Ipv4Address A{"10.0.0.1"};
    static inline const Ipv4Address B{"10.0.0.2"};
    static inline const Ipv4Address C{"10.0.0.3"};
    static constexpr auto INCLUDE = IgmpFilterMode::INCLUDE;
    static constexpr auto EXCLUDE = IgmpFilterMode::EXCLUDE;

    IgmpHostTest()
        : environment(clock),
          host(environment, FakeIgmpEnvironment::INTERFACE, config, requests)
    {
        host.Start();
    }

    void TearDown() override
    {
        environment.ExpectNothingElse();
    }

    void Set(Ipv4Address group, IgmpFilterMode mode, const IgmpSourceSet& sources)
    {
        EXPECT_TRUE(host.Listen(0, group, {mode, sources}));
    }

    /** Brings the interface to a state, and all its reports out of the way. */
    void Settle(IgmpFilterMode mode, const IgmpSourceSet& sources)
    {
        Set(G, mode, sources);
        clock.Advance(Seconds(100) - Time(clock.Now().GetTimeStep() % Seconds(100).GetTimeStep()));
        environment.Take();
    }

    /** Lets what is due in this instant happen. */
    Sent Now()
    {
        clock.Advance(Seconds(0));
        return environment.Take();
    }

    Sent After(double seconds)
    {
        clock.Advance(Seconds(seconds));
        return environment.Take();
    }

    FakeClock clock;
    FakeIgmpEnvironment environment;
    FakeRandom& random{environment.random};
    IgmpConfig config;
    IgmpReceptionState requests;
    IgmpHost host;
};

using Igmp3376Host = IgmpHostTest;
using Igmp4604Host = IgmpHostTest;

// ---- RFC 3376 §5.1

TEST_F(Igmp3376Host, S5_1_JoinIsReportedAtOnceAndRepeated)
{
    Set(G, EXCLUDE, {});
    EXPECT_EQ(Now(), Sent{"0 224.0.0.22 v3 Report TO_EX 239.0.0.10 {}"});
    EXPECT_EQ(After(1), Sent{"0.5 224.0.0.22 v3 Report TO_EX 239.0.0.10 {}"});
    EXPECT_EQ(After(300), Sent{});
}

TEST_F(Igmp3376Host, S5_1_LeaveIsReportedAtOnceAndRepeated)
{
    Settle(EXCLUDE, {});
    Set(G, INCLUDE, {});
    EXPECT_EQ(Now(), Sent{"100 224.0.0.22 v3 Report TO_IN 239.0.0.10 {}"});
    EXPECT_TRUE(host.GetFilters().empty());
    EXPECT_EQ(After(1), Sent{"100.5 224.0.0.22 v3 Report TO_IN 239.0.0.10 {}"});
    EXPECT_EQ(clock.GetPending(), 0u);
}

TEST_F(Igmp3376Host, S5_1_IncludeToIncludeSendsAllowAndBlock)
{
    Settle(INCLUDE, {A, B});
    Set(G, INCLUDE, {B, C});
    EXPECT_EQ(Now(),
              Sent{"100 224.0.0.22 v3 Report ALLOW 239.0.0.10 {10.0.0.3} "
                   "BLOCK 239.0.0.10 {10.0.0.1}"});
}

TEST_F(Igmp3376Host, S5_1_ExcludeToExcludeSendsAllowAndBlock)
{
    Settle(EXCLUDE, {A, B});
    Set(G, EXCLUDE, {B, C});
    EXPECT_EQ(Now(),
              Sent{"100 224.0.0.22 v3 Report ALLOW 239.0.0.10 {10.0.0.1} "
                   "BLOCK 239.0.0.10 {10.0.0.3}"});
}

TEST_F(Igmp3376Host, S5_1_IncludeToExcludeSendsToEx)
{
    Settle(INCLUDE, {A});
    Set(G, EXCLUDE, {B});
    EXPECT_EQ(Now(), Sent{"100 224.0.0.22 v3 Report TO_EX 239.0.0.10 {10.0.0.2}"});
}

TEST_F(Igmp3376Host, S5_1_ExcludeToIncludeSendsToIn)
{
    Settle(EXCLUDE, {B});
    Set(G, INCLUDE, {A});
    EXPECT_EQ(Now(), Sent{"100 224.0.0.22 v3 Report TO_IN 239.0.0.10 {10.0.0.1}"});
}

TEST_F(Igmp3376Host, S5_1_FirstSourceOfAGroupIsAnAllow)
{
    Set(G, INCLUDE, {A});
    EXPECT_EQ(Now(), Sent{"0 224.0.0.22 v3 Report ALLOW 239.0.0.10 {10.0.0.1}"});
}

TEST_F(Igmp3376Host, S5_1_LastSourceOfAGroupIsABlockAndIsRepeated)
{
    Settle(INCLUDE, {A});
    Set(G, INCLUDE, {});
    const Sent blocks{"100 224.0.0.22 v3 Report BLOCK 239.0.0.10 {10.0.0.1}",
                      "100.5 224.0.0.22 v3 Report BLOCK 239.0.0.10 {10.0.0.1}"};
    EXPECT_EQ(After(10), blocks);
    EXPECT_EQ(clock.GetPending(), 0u);
}

TEST_F(Igmp3376Host, S5_1_ALaterChangeIsMergedWithThePendingReport)
{
    config.robustness = 3;
    Settle(INCLUDE, {A});
    Set(G, INCLUDE, {A, B}); // ALLOW B, three times
    EXPECT_EQ(Now(), Sent{"100 224.0.0.22 v3 Report ALLOW 239.0.0.10 {10.0.0.2}"});
    clock.Advance(MilliSeconds(200));
    Set(G, INCLUDE, {B}); // BLOCK A; B has two more reports to be in
    const std::string both =
        " 224.0.0.22 v3 Report ALLOW 239.0.0.10 {10.0.0.2} BLOCK 239.0.0.10 {10.0.0.1}";
    EXPECT_EQ(Now(), Sent{"100.2" + both});
    EXPECT_EQ(After(0.5), Sent{"100.7" + both});
    EXPECT_EQ(After(0.5), Sent{"101.2 224.0.0.22 v3 Report BLOCK 239.0.0.10 {10.0.0.1}"});
    EXPECT_EQ(After(10), Sent{});
}

TEST_F(Igmp3376Host, S5_1_ASourceChangeDuringAModeChangeStaysAModeChange)
{
    Set(G, EXCLUDE, {});
    Now();
    clock.Advance(MilliSeconds(200));
    Set(G, EXCLUDE, {A});
    EXPECT_EQ(Now(), Sent{"0.2 224.0.0.22 v3 Report TO_EX 239.0.0.10 {10.0.0.1}"});
    // The mode change has had its two reports; the source has had one.
    EXPECT_EQ(After(0.5), Sent{"0.7 224.0.0.22 v3 Report BLOCK 239.0.0.10 {10.0.0.1}"});
    EXPECT_EQ(After(10), Sent{});
}

TEST_F(Igmp3376Host, S5_1_RejoinWithinRetransmissionTellsTheLatestState)
{
    Set(G, EXCLUDE, {});
    Now();
    Set(G, INCLUDE, {});
    Set(G, EXCLUDE, {});
    EXPECT_EQ(Now(), Sent{"0 224.0.0.22 v3 Report TO_EX 239.0.0.10 {}"});
    EXPECT_EQ(After(10), Sent{"0.5 224.0.0.22 v3 Report TO_EX 239.0.0.10 {}"});
}

TEST_F(Igmp3376Host, S3_2_ASecondSocketThatChangesNothingIsNotReported)
{
    Settle(EXCLUDE, {});
    EXPECT_TRUE(host.Listen(7, G, {EXCLUDE, {}}));
    EXPECT_TRUE(host.Listen(0, G, {}));
    EXPECT_EQ(Now(), Sent{});
    EXPECT_TRUE(host.Listen(7, G, {}));
    EXPECT_EQ(Now(), Sent{"100 224.0.0.22 v3 Report TO_IN 239.0.0.10 {}"});
}

TEST_F(Igmp3376Host, S4_2_16_ChangesOfOneInstantShareReports)
{
    for (uint32_t i = 0; i < 2000; ++i)
    {
        Set(Ipv4Address(0xef000100 + i), EXCLUDE, {});
    }
    clock.Advance(Seconds(2));
    // 2000 records of 8 bytes, 183 to a report of 1476: 11 at once, 11 repeated together.
    ASSERT_EQ(environment.messages.size(), 22u);
    std::size_t records = 0;
    for (const IgmpMessage& report : environment.messages)
    {
        records += report.records.size();
    }
    EXPECT_EQ(records, 4000u);
    environment.Take();
    host.HandleQuery(MakeIgmpQuery(3, 100));
    clock.Advance(Seconds(10));
    EXPECT_EQ(environment.Take().size(), 11u);
}

// ---- RFC 3376 §5.2

TEST_F(Igmp3376Host, S5_2_GeneralQueryIsAnsweredForEveryGroupInOneReport)
{
    Settle(EXCLUDE, {A});
    Set(H, INCLUDE, {B});
    After(10);
    host.HandleQuery(MakeIgmpQuery(3, 100));
    EXPECT_EQ(Now(), Sent{}); // MUST NOT answer at once
    EXPECT_EQ(After(10),
              Sent{"115 224.0.0.22 v3 Report IS_EX 239.0.0.10 {10.0.0.1} "
                   "IS_IN 239.0.0.11 {10.0.0.2}"});
}

TEST_F(Igmp3376Host, S5_2_NothingToReportNoAnswer)
{
    host.HandleQuery(MakeIgmpQuery(3, 100));
    EXPECT_EQ(clock.GetPending(), 0u);
    Settle(EXCLUDE, {});
    host.HandleQuery(MakeIgmpQuery(3, 10, H));
    EXPECT_EQ(clock.GetPending(), 0u);
}

TEST_F(Igmp3376Host, S5_2_Rule1_APendingGeneralAnswerThatIsSoonerServes)
{
    Settle(EXCLUDE, {});
    random.tape = {0.1, 0.9};
    host.HandleQuery(MakeIgmpQuery(3, 100));    // at 101
    host.HandleQuery(MakeIgmpQuery(3, 100, G)); // would be at 109
    EXPECT_EQ(After(20), Sent{"101 224.0.0.22 v3 Report IS_EX 239.0.0.10 {}"});
}

TEST_F(Igmp3376Host, S5_2_Rule2_ASoonerGeneralAnswerReplacesThePendingOne)
{
    Settle(EXCLUDE, {});
    random.tape = {0.9, 0.1};
    host.HandleQuery(MakeIgmpQuery(3, 100));
    host.HandleQuery(MakeIgmpQuery(3, 100));
    EXPECT_EQ(After(20), Sent{"101 224.0.0.22 v3 Report IS_EX 239.0.0.10 {}"});
}

TEST_F(Igmp3376Host, S5_2_Rule3_GroupSpecificQueryTakesTheGroupTimer)
{
    Settle(EXCLUDE, {A});
    host.HandleQuery(MakeIgmpQuery(3, 10, G));
    EXPECT_EQ(After(10), Sent{"100.5 224.0.0.22 v3 Report IS_EX 239.0.0.10 {10.0.0.1}"});
}

TEST_F(Igmp3376Host, S5_2_Rule3_SourcesAreRecorded_IncludeAnswersTheIntersection)
{
    Settle(INCLUDE, {A, B});
    host.HandleQuery(MakeIgmpQuery(3, 10, G, {B, C}));
    EXPECT_EQ(After(10), Sent{"100.5 224.0.0.22 v3 Report IS_IN 239.0.0.10 {10.0.0.2}"});
}

TEST_F(Igmp3376Host, S5_2_Rule3_SourcesAreRecorded_ExcludeAnswersTheDifference)
{
    Settle(EXCLUDE, {A, B});
    host.HandleQuery(MakeIgmpQuery(3, 10, G, {B, C}));
    EXPECT_EQ(After(10), Sent{"100.5 224.0.0.22 v3 Report IS_IN 239.0.0.10 {10.0.0.3}"});
}

TEST_F(Igmp3376Host, S5_2_AnEmptyAnswerIsNotSent)
{
    Settle(EXCLUDE, {A});
    host.HandleQuery(MakeIgmpQuery(3, 10, G, {A}));
    EXPECT_EQ(After(10), Sent{});
}

TEST_F(Igmp3376Host, S5_2_Rule4_AGroupQueryClearsTheRecordedSources)
{
    Settle(INCLUDE, {A, B});
    random.tape = {0.5, 0.9};
    host.HandleQuery(MakeIgmpQuery(3, 10, G, {A}));
    host.HandleQuery(MakeIgmpQuery(3, 10, G));
    EXPECT_EQ(After(10), Sent{"100.5 224.0.0.22 v3 Report IS_IN 239.0.0.10 {10.0.0.1 10.0.0.2}"});
}

TEST_F(Igmp3376Host, S5_2_Rule4_SourcesAfterAGroupQueryAddNothing)
{
    Settle(INCLUDE, {A, B});
    random.tape = {0.9, 0.5};
    host.HandleQuery(MakeIgmpQuery(3, 10, G));
    host.HandleQuery(MakeIgmpQuery(3, 10, G, {A}));
    EXPECT_EQ(After(10), Sent{"100.5 224.0.0.22 v3 Report IS_IN 239.0.0.10 {10.0.0.1 10.0.0.2}"});
}

TEST_F(Igmp3376Host, S5_2_Rule5_SourceListsAreMerged)
{
    Settle(INCLUDE, {A, B, C});
    random.tape = {0.5, 0.9};
    host.HandleQuery(MakeIgmpQuery(3, 10, G, {A}));
    host.HandleQuery(MakeIgmpQuery(3, 10, G, {B}));
    EXPECT_EQ(After(10), Sent{"100.5 224.0.0.22 v3 Report IS_IN 239.0.0.10 {10.0.0.1 10.0.0.2}"});
    // The lists are cleared once answered.
    host.HandleQuery(MakeIgmpQuery(3, 10, G, {C}));
    EXPECT_EQ(After(10), Sent{"110.5 224.0.0.22 v3 Report IS_IN 239.0.0.10 {10.0.0.3}"});
}

TEST_F(Igmp3376Host, S5_2_AGroupLeftMeanwhileIsNotReported)
{
    Settle(EXCLUDE, {});
    random.tape = {0.9};
    host.HandleQuery(MakeIgmpQuery(3, 10, G));
    Set(G, INCLUDE, {});
    const Sent leaves{"100 224.0.0.22 v3 Report TO_IN 239.0.0.10 {}",
                      "100.5 224.0.0.22 v3 Report TO_IN 239.0.0.10 {}"};
    EXPECT_EQ(After(10), leaves);
}

TEST_F(Igmp3376Host, S5_OtherHostsReportsAreIgnored)
{
    Settle(EXCLUDE, {});
    host.HandleQuery(MakeIgmpQuery(3, 10, G));
    host.HandleReport(MakeIgmpOldMessage(IgmpMessage::V2_REPORT, G));
    EXPECT_EQ(After(10).size(), 1u);
}

TEST_F(Igmp3376Host, S5_AllSystemsIsNeverJoinedNorReported)
{
    EXPECT_FALSE(host.Listen(0, Ipv4Address("224.0.0.1"), {EXCLUDE, {}}));
    EXPECT_FALSE(host.Listen(0, Ipv4Address("10.0.0.1"), {EXCLUDE, {}}));
    EXPECT_TRUE(host.IsMember(A, Ipv4Address("224.0.0.1")));
    EXPECT_EQ(Now(), Sent{});
}

TEST_F(Igmp3376Host, S3_2_IsMemberFollowsTheInterfaceFilter)
{
    EXPECT_FALSE(host.IsMember(A, G));
    Set(G, EXCLUDE, {A});
    EXPECT_FALSE(host.IsMember(A, G));
    EXPECT_TRUE(host.IsMember(B, G));
    Set(G, INCLUDE, {A});
    EXPECT_TRUE(host.IsMember(A, G));
    EXPECT_FALSE(host.IsMember(B, G));
    Set(G, INCLUDE, {});
    EXPECT_FALSE(host.IsMember(A, G));
}

// ---- RFC 3376 §7.2.1

TEST_F(Igmp3376Host, S7_2_1_Version2QueryTurnsTheHostFor260Seconds)
{
    Settle(EXCLUDE, {});
    host.HandleQuery(MakeIgmpQuery(2, 100));
    EXPECT_EQ(host.GetCompatibilityMode(), 2);
    EXPECT_EQ(After(10), Sent{"105 239.0.0.10 v2 Report 239.0.0.10"});
    After(249);
    EXPECT_EQ(host.GetCompatibilityMode(), 2);
    After(1);
    EXPECT_EQ(host.GetCompatibilityMode(), 3);
}

TEST_F(Igmp3376Host, S7_2_1_Version1QueryTurnsTheHostAndCode0Means10Seconds)
{
    Settle(EXCLUDE, {});
    random.rest = 0.99;
    host.HandleQuery(MakeIgmpQuery(1, 0));
    EXPECT_EQ(host.GetCompatibilityMode(), 1);
    EXPECT_EQ(After(10), Sent{"109.9 239.0.0.10 v1 Report 239.0.0.10"});
    Set(G, INCLUDE, {});
    EXPECT_EQ(After(10), Sent{}); // version 1 has no leave
}

TEST_F(Igmp3376Host, S7_2_1_Version1TimerEndsInVersion2WhileThatRuns)
{
    host.HandleQuery(MakeIgmpQuery(1, 0));
    After(100);
    host.HandleQuery(MakeIgmpQuery(2, 100));
    EXPECT_EQ(host.GetCompatibilityMode(), 1);
    After(160);
    EXPECT_EQ(host.GetCompatibilityMode(), 2);
    After(100);
    EXPECT_EQ(host.GetCompatibilityMode(), 3);
}

TEST_F(Igmp3376Host, S7_2_1_AGroupSpecificVersion2QueryDoesNotTurnTheHost)
{
    Settle(EXCLUDE, {});
    host.HandleQuery(MakeIgmpQuery(2, 10, G));
    EXPECT_EQ(host.GetCompatibilityMode(), 3);
    EXPECT_EQ(After(10), Sent{"100.5 224.0.0.22 v3 Report IS_EX 239.0.0.10 {}"});
}

TEST_F(Igmp3376Host, S7_2_1_AChangeOfModeCancelsWhatIsPending)
{
    Settle(EXCLUDE, {});
    Set(H, EXCLUDE, {});
    Now();
    host.HandleQuery(MakeIgmpQuery(3, 10, G));
    random.rest = 0.8;
    host.HandleQuery(MakeIgmpQuery(2, 100)); // before the repetition at 100.5
    const Sent old{"108 239.0.0.10 v2 Report 239.0.0.10", "108 239.0.0.11 v2 Report 239.0.0.11"};
    EXPECT_EQ(After(10), old);
}

TEST_F(Igmp3376Host, S7_2_1_Version2CodesAreLinearVersion3CodesAreFloats)
{
    Settle(EXCLUDE, {});
    random.rest = 0.999;
    host.HandleQuery(MakeIgmpQuery(3, 0x80 | 0x0f, G)); // 31 << 3 = 248 tenths
    EXPECT_EQ(After(25), Sent{"124.775 224.0.0.22 v3 Report IS_EX 239.0.0.10 {}"});
    host.HandleQuery(MakeIgmpQuery(2, 200));
    EXPECT_EQ(After(21), Sent{"144.98 239.0.0.10 v2 Report 239.0.0.10"});
}

TEST_F(Igmp3376Host, S7_2_1_LeaveAfterATurnToVersion2IsTold)
{
    Settle(EXCLUDE, {});
    random.rest = 0.9;
    host.HandleQuery(MakeIgmpQuery(2, 100));
    Set(G, INCLUDE, {});
    EXPECT_EQ(After(10), Sent{"100 224.0.0.2 Leave 239.0.0.10"});
}

// ---- RFC 2236 §6, figure 1

class IgmpVersion2HostTest : public IgmpHostTest
{
  protected:
    IgmpVersion2HostTest()
    {
        host.SetVersion(2);
    }

    void Join()
    {
        Set(G, EXCLUDE, {});
        EXPECT_EQ(host.GetMemberState(G), State::DELAYING_MEMBER);
        environment.Take();
    }

    void BecomeIdle()
    {
        Join();
        clock.Advance(Seconds(100));
        EXPECT_EQ(host.GetMemberState(G), State::IDLE_MEMBER);
        environment.Take();
    }
};

using Igmp2236Host = IgmpVersion2HostTest;

TEST_F(Igmp2236Host, S6_NonMember_JoinGroup)
{
    EXPECT_EQ(host.GetMemberState(G), State::NON_MEMBER);
    Set(G, EXCLUDE, {});
    EXPECT_EQ(Now(), Sent{"0 239.0.0.10 v2 Report 239.0.0.10"});
    EXPECT_EQ(host.GetMemberState(G), State::DELAYING_MEMBER);
    EXPECT_EQ(After(10), Sent{"5 239.0.0.10 v2 Report 239.0.0.10"}); // within 10 s
    EXPECT_EQ(host.GetMemberState(G), State::IDLE_MEMBER);
}

TEST_F(Igmp2236Host, S6_DelayingMember_QueryReceivedWithLessTimeDrawsAnew)
{
    Join(); // timer at 5 s
    random.rest = 0.5;
    host.HandleQuery(MakeIgmpQuery(2, 20));
    EXPECT_EQ(After(10), Sent{"1 239.0.0.10 v2 Report 239.0.0.10"});
}

TEST_F(Igmp2236Host, S6_DelayingMember_QueryReceivedWithMoreTimeIsIgnored)
{
    Join();
    random.rest = 0.1;
    host.HandleQuery(MakeIgmpQuery(2, 100));
    EXPECT_EQ(After(10), Sent{"5 239.0.0.10 v2 Report 239.0.0.10"});
}

TEST_F(Igmp2236Host, S6_DelayingMember_ReportReceivedSuppresses)
{
    Join();
    host.HandleReport(MakeIgmpOldMessage(IgmpMessage::V2_REPORT, G));
    EXPECT_EQ(host.GetMemberState(G), State::IDLE_MEMBER);
    EXPECT_EQ(After(10), Sent{});
    Set(G, INCLUDE, {});
    EXPECT_EQ(Now(), Sent{}); // not the last to report: no leave
}

TEST_F(Igmp2236Host, S6_DelayingMember_Version1ReportSuppressesToo)
{
    Join();
    host.HandleReport(MakeIgmpOldMessage(IgmpMessage::V1_REPORT, G));
    EXPECT_EQ(After(10), Sent{});
}

TEST_F(Igmp2236Host, S6_DelayingMember_ReportOfAnotherGroupDoesNot)
{
    Join();
    host.HandleReport(MakeIgmpOldMessage(IgmpMessage::V2_REPORT, H));
    EXPECT_EQ(After(10).size(), 1u);
}

TEST_F(Igmp2236Host, S6_DelayingMember_LeaveGroup)
{
    Join();
    Set(G, INCLUDE, {});
    EXPECT_EQ(Now(), Sent{"0 224.0.0.2 Leave 239.0.0.10"});
    EXPECT_EQ(host.GetMemberState(G), State::NON_MEMBER);
    EXPECT_EQ(clock.GetPending(), 0u);
}

TEST_F(Igmp2236Host, S6_IdleMember_QueryReceivedGeneral)
{
    BecomeIdle();
    host.HandleQuery(MakeIgmpQuery(2, 100));
    EXPECT_EQ(host.GetMemberState(G), State::DELAYING_MEMBER);
    EXPECT_EQ(After(10), Sent{"105 239.0.0.10 v2 Report 239.0.0.10"});
}

TEST_F(Igmp2236Host, S6_IdleMember_QueryReceivedForTheGroup)
{
    BecomeIdle();
    host.HandleQuery(MakeIgmpQuery(2, 10, G));
    EXPECT_EQ(After(10), Sent{"100.5 239.0.0.10 v2 Report 239.0.0.10"});
}

TEST_F(Igmp2236Host, S6_IdleMember_QueryReceivedForAnotherGroup)
{
    BecomeIdle();
    host.HandleQuery(MakeIgmpQuery(2, 10, H));
    EXPECT_EQ(host.GetMemberState(G), State::IDLE_MEMBER);
}

TEST_F(Igmp2236Host, S6_IdleMember_LeaveGroupWithTheFlag)
{
    BecomeIdle();
    Set(G, INCLUDE, {});
    EXPECT_EQ(Now(), Sent{"100 224.0.0.2 Leave 239.0.0.10"});
}

TEST_F(Igmp2236Host, S6_DelayingMember_TimerExpired)
{
    Join();
    host.HandleReport(MakeIgmpOldMessage(IgmpMessage::V2_REPORT, G));
    host.HandleQuery(MakeIgmpQuery(2, 100));
    ASSERT_EQ(host.GetMemberState(G), State::DELAYING_MEMBER);
    EXPECT_EQ(After(10), Sent{"5 239.0.0.10 v2 Report 239.0.0.10"});
    EXPECT_EQ(host.GetMemberState(G), State::IDLE_MEMBER);
    Set(G, INCLUDE, {});
    EXPECT_EQ(Now(), Sent{"10 224.0.0.2 Leave 239.0.0.10"}) << "it was the last to report";
}

TEST_F(Igmp2236Host, S6_IdleMember_LeaveGroupWithoutTheFlag)
{
    BecomeIdle();
    host.HandleQuery(MakeIgmpQuery(2, 100));
    host.HandleReport(MakeIgmpOldMessage(IgmpMessage::V2_REPORT, G));
    ASSERT_EQ(host.GetMemberState(G), State::IDLE_MEMBER);
    Set(G, INCLUDE, {});
    EXPECT_EQ(Now(), Sent{}) << "another reported last";
    EXPECT_EQ(host.GetMemberState(G), State::NON_MEMBER);
}

TEST_F(Igmp2236Host, S6_DelayingMember_LeaveGroupWithoutTheFlag)
{
    BecomeIdle();
    host.HandleQuery(MakeIgmpQuery(2, 100));
    host.HandleReport(MakeIgmpOldMessage(IgmpMessage::V2_REPORT, G));
    host.HandleQuery(MakeIgmpQuery(2, 100));
    ASSERT_EQ(host.GetMemberState(G), State::DELAYING_MEMBER);
    Set(G, INCLUDE, {});
    EXPECT_EQ(Now(), Sent{});
    EXPECT_EQ(After(20), Sent{});
}

TEST_F(Igmp2236Host, S6_NonMember_QueryAndReportReceived)
{
    host.HandleQuery(MakeIgmpQuery(2, 100));
    host.HandleReport(MakeIgmpOldMessage(IgmpMessage::V2_REPORT, G));
    EXPECT_EQ(After(20), Sent{});
    EXPECT_EQ(host.GetMemberState(G), State::NON_MEMBER);
}

TEST_F(Igmp2236Host, S6_IdleMember_ReportReceivedKeepsTheFlag)
{
    BecomeIdle();
    host.HandleReport(MakeIgmpOldMessage(IgmpMessage::V2_REPORT, G));
    Set(G, INCLUDE, {});
    EXPECT_EQ(Now(), Sent{"100 224.0.0.2 Leave 239.0.0.10"});
}

TEST_F(Igmp2236Host, S4_AVersion1RouterIsRememberedFor400Seconds)
{
    BecomeIdle();
    host.HandleQuery(MakeIgmpQuery(1, 0));
    EXPECT_EQ(After(10), Sent{"105 239.0.0.10 v1 Report 239.0.0.10"});
    After(389);
    EXPECT_EQ(host.GetCompatibilityMode(), 1);
    After(1);
    EXPECT_EQ(host.GetCompatibilityMode(), 2);
}

TEST_F(Igmp2236Host, S2_5_AVersion3QueryIsReadAsAVersion2Query)
{
    BecomeIdle();
    host.HandleQuery(MakeIgmpQuery(3, 200));
    EXPECT_EQ(After(20), Sent{"110 239.0.0.10 v2 Report 239.0.0.10"}); // linear: 20 s
}

// ---- RFC 4604

TEST_F(Igmp4604Host, S2_2_1_AnySourceIsRefusedInTheSsmRange)
{
    const Ipv4Address ssm("232.1.1.1");
    EXPECT_FALSE(host.Listen(0, ssm, {EXCLUDE, {}}));
    EXPECT_TRUE(host.Listen(0, ssm, {INCLUDE, {A}}));
    EXPECT_EQ(Now(), Sent{"0 224.0.0.22 v3 Report ALLOW 232.1.1.1 {10.0.0.1}"});
}

TEST_F(Igmp4604Host, S2_2_3_NoOldReportsForTheSsmRange)
{
    host.SetVersion(2);
    EXPECT_TRUE(host.Listen(0, Ipv4Address("232.1.1.1"), {INCLUDE, {A}}));
    host.HandleQuery(MakeIgmpQuery(2, 100));
    EXPECT_EQ(After(20), Sent{});
    EXPECT_TRUE(host.Listen(0, Ipv4Address("232.1.1.1"), {}));
    EXPECT_EQ(Now(), Sent{});
}

// ---- the interface

TEST_F(IgmpHostTest, LimitOfMemberships)
{
    config.hostMembershipLimit = 1;
    EXPECT_TRUE(host.Listen(0, G, {EXCLUDE, {}}));
    EXPECT_FALSE(host.Listen(0, H, {EXCLUDE, {}}));
    EXPECT_TRUE(host.Listen(0, G, {EXCLUDE, {A}}));
    EXPECT_TRUE(host.Listen(0, G, {}));
    EXPECT_TRUE(host.Listen(0, H, {EXCLUDE, {}}));
}

TEST_F(IgmpHostTest, InterfaceDownAndUpReportsAnew)
{
    Settle(EXCLUDE, {});
    host.HandleQuery(MakeIgmpQuery(2, 100));
    host.Stop();
    EXPECT_EQ(clock.GetPending(), 0u);
    host.HandleQuery(MakeIgmpQuery(3, 100));
    EXPECT_EQ(After(100), Sent{});
    EXPECT_TRUE(host.Listen(0, H, {EXCLUDE, {}}));
    EXPECT_EQ(After(100), Sent{});
    EXPECT_TRUE(host.IsMember(A, G));
    host.Start();
    EXPECT_EQ(Now(), Sent{"300 224.0.0.22 v3 Report TO_EX 239.0.0.10 {} TO_EX 239.0.0.11 {}"});
}

TEST_F(IgmpHostTest, ListenerHearsJoinAndLeaveOnce)
{
    Set(G, EXCLUDE, {});
    Set(G, EXCLUDE, {A});
    Set(G, INCLUDE, {B});
    Set(G, INCLUDE, {});
    EXPECT_EQ(environment.heard, (Sent{"join 239.0.0.10", "leave 239.0.0.10"}));
}

TEST_F(Igmp2236Host, S6_TransitionsAreReported)
{
    host.SetVersion(2);
    Set(G, EXCLUDE, {});
    EXPECT_EQ(After(5).size(), 2u);
    host.HandleQuery(MakeIgmpQuery(2, 100));
    host.HandleReport(MakeIgmpOldMessage(IgmpMessage::V2_REPORT, G));
    Set(G, INCLUDE, {});
    EXPECT_EQ(environment.transitions,
              (Sent{"igmp-host 1 239.0.0.10: Non-Member, join group -> Delaying Member",
                    "igmp-host 1 239.0.0.10: Delaying Member, timer expired -> Idle Member",
                    "igmp-host 1 239.0.0.10: Idle Member, query received -> Delaying Member",
                    "igmp-host 1 239.0.0.10: Delaying Member, report received -> Idle Member",
                    "igmp-host 1 239.0.0.10: Idle Member, leave group -> Non-Member"}));
}

} // namespace

} // namespace ns3
