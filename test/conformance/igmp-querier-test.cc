// SPDX-License-Identifier: GPL-2.0-only
// The querier machine: RFC 3376 §6 and §7.3, RFC 2236 §3 and §7 (figures 2 to 5), RFC 4604 §2.3.
#include "support/fake-igmp-environment.h"

#include "ns3/igmp-querier.h"

#include <gtest/gtest.h>

namespace ns3
{

namespace
{

const Ipv4Address G("239.0.0.10");
const Ipv4Address H("239.0.0.11");
const Ipv4Address A("10.0.0.1");
const Ipv4Address B("10.0.0.2");
const Ipv4Address C("10.0.0.3");
const Ipv4Address HOST("192.168.1.100");
const Ipv4Address LOWER("192.168.1.1");
const Ipv4Address HIGHER_THAN_LOWER("192.168.1.2"); // and lower than the router's own
const Ipv4Address HIGHER("192.168.1.200");
constexpr auto INCLUDE = IgmpFilterMode::INCLUDE;
constexpr auto EXCLUDE = IgmpFilterMode::EXCLUDE;
using Sent = std::vector<std::string>;
using Type = IgmpRecordType;
using State = IgmpQuerier::State;

const std::string GENERAL = " 224.0.0.1 v3 Query 0.0.0.0 QRV 2 QQI 125 {}";
const std::string SPECIFIC = " 239.0.0.10 v3 Query 239.0.0.10 QRV 2 QQI 125 {";
const std::string SUPPRESSED = " 239.0.0.10 v3 Query 239.0.0.10 S QRV 2 QQI 125 {";

class IgmpQuerierTest : public testing::Test
{
  protected:
    IgmpQuerierTest()
        : environment(clock),
          querier(environment, FakeIgmpEnvironment::INTERFACE, config)
    {
    }

    void TearDown() override
    {
        environment.ExpectNothingElse();
    }

    /** Starts, and lets the start-up pass: the time is 40 s, the next general Query at 156.25 s. */
    void Start()
    {
        querier.Start();
        clock.Advance(Seconds(40));
        environment.Take();
    }

    /** \returns empty, or why (part of) the message was ignored. */
    std::string Receive(Ipv4Address source, const IgmpMessage& message)
    {
        return EnumName(querier.Receive(source, message));
    }

    std::string Report(Type type, const std::vector<Ipv4Address>& sources = {})
    {
        return Receive(HOST, MakeIgmpReport(type, G, sources));
    }

    std::string Old(IgmpMessage::Type type, Ipv4Address group = G)
    {
        return Receive(HOST, MakeIgmpOldMessage(type, group));
    }

    Sent After(double seconds)
    {
        clock.Advance(Seconds(seconds));
        return environment.Take();
    }

    bool HasGroup() const
    {
        return querier.FindGroup(G) != nullptr;
    }

    FakeClock clock;
    FakeIgmpEnvironment environment;
    IgmpConfig config;
    IgmpQuerier querier;
    Sent& heard{environment.heard};
    Sent& queriers{environment.queriers};
};

using Igmp3376Querier = IgmpQuerierTest;
using Igmp2236Querier = IgmpQuerierTest;
using Igmp4604Querier = IgmpQuerierTest;

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

} // namespace

} // namespace ns3
