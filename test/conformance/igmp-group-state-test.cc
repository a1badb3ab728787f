// SPDX-License-Identifier: GPL-2.0-only
// RFC 3376 §6.4.1, §6.4.2 and §6.5: the router's tables, row by row.
#include "ns3/igmp-group-state.h"

#include <gtest/gtest.h>

namespace ns3
{

namespace
{

const Ipv4Address A("10.0.0.1");
const Ipv4Address B("10.0.0.2");
const Ipv4Address C("10.0.0.3");
const Ipv4Address D("10.0.0.4");
const Ipv4Address E("10.0.0.5");
const Time NOW = Seconds(1000);
const Time GMI = Seconds(260);
const Time OLD = NOW + Seconds(100); //!< where the timers of the states below stand
constexpr auto INCLUDE = IgmpFilterMode::INCLUDE;
constexpr auto EXCLUDE = IgmpFilterMode::EXCLUDE;
using Type = IgmpRecordType;

/** INCLUDE (list) */
IgmpGroupState
Include(const IgmpSourceSet& list)
{
    IgmpGroupState state;
    for (Ipv4Address source : list)
    {
        state.sources[source] = {OLD, true, 0};
    }
    return state;
}

/** EXCLUDE (x,y) */
IgmpGroupState
Exclude(const IgmpSourceSet& x, const IgmpSourceSet& y)
{
    IgmpGroupState state = Include(x);
    state.mode = EXCLUDE;
    state.groupDeadline = OLD;
    for (Ipv4Address source : y)
    {
        state.sources[source] = {};
    }
    return state;
}

IgmpSourceSet
Running(const IgmpGroupState& state)
{
    IgmpSourceSet running;
    for (const auto& [source, record] : state.sources)
    {
        if (record.IsRunning())
        {
            running.insert(source);
        }
    }
    return running;
}

IgmpSourceSet
Stopped(const IgmpGroupState& state)
{
    IgmpSourceSet stopped;
    for (const auto& [source, record] : state.sources)
    {
        if (!record.IsRunning())
        {
            stopped.insert(source);
        }
    }
    return stopped;
}

Time
TimerOf(const IgmpGroupState& state, Ipv4Address source)
{
    return state.sources.at(source).deadline;
}

using Set = IgmpSourceSet;

TEST(Igmp3376, S6_4_1_IncludeIsIn)
{
    auto state = Include({A, B});
    const auto query = state.Apply(Type::IS_IN, {B, C}, NOW, GMI);
    EXPECT_EQ(state.mode, INCLUDE);
    EXPECT_EQ(Running(state), (Set{A, B, C}));
    EXPECT_EQ(TimerOf(state, A), OLD);
    EXPECT_EQ(TimerOf(state, B), NOW + GMI);
    EXPECT_EQ(TimerOf(state, C), NOW + GMI);
    EXPECT_FALSE(query.group);
    EXPECT_TRUE(query.sources.empty());
}

TEST(Igmp3376, S6_4_1_IncludeIsEx)
{
    auto state = Include({A, B});
    const auto query = state.Apply(Type::IS_EX, {B, C}, NOW, GMI);
    EXPECT_EQ(state.mode, EXCLUDE);
    EXPECT_EQ(Running(state), (Set{B}));
    EXPECT_EQ(Stopped(state), (Set{C}));
    EXPECT_EQ(TimerOf(state, B), OLD);
    EXPECT_EQ(state.groupDeadline, NOW + GMI);
    EXPECT_TRUE(query.sources.empty());
}

TEST(Igmp3376, S6_4_1_ExcludeIsIn)
{
    auto state = Exclude({A}, {B});
    state.Apply(Type::IS_IN, {B, C}, NOW, GMI);
    EXPECT_EQ(state.mode, EXCLUDE);
    EXPECT_EQ(Running(state), (Set{A, B, C}));
    EXPECT_TRUE(Stopped(state).empty());
    EXPECT_EQ(TimerOf(state, B), NOW + GMI);
    EXPECT_EQ(state.groupDeadline, OLD);
}

TEST(Igmp3376, S6_4_1_ExcludeIsEx)
{
    auto state = Exclude({A, B}, {C, D});
    const auto query = state.Apply(Type::IS_EX, {B, D, E}, NOW, GMI);
    EXPECT_EQ(state.mode, EXCLUDE);
    EXPECT_EQ(Running(state), (Set{B, E}));
    EXPECT_EQ(Stopped(state), (Set{D}));
    EXPECT_EQ(TimerOf(state, B), OLD);
    EXPECT_EQ(TimerOf(state, E), NOW + GMI);
    EXPECT_EQ(state.groupDeadline, NOW + GMI);
    EXPECT_TRUE(query.sources.empty());
}

TEST(Igmp3376, S6_4_2_IncludeAllow)
{
    auto state = Include({A});
    state.Apply(Type::ALLOW, {B}, NOW, GMI);
    EXPECT_EQ(Running(state), (Set{A, B}));
    EXPECT_EQ(TimerOf(state, B), NOW + GMI);
}

TEST(Igmp3376, S6_4_2_IncludeBlock)
{
    auto state = Include({A, B});
    const auto query = state.Apply(Type::BLOCK, {B, C}, NOW, GMI);
    EXPECT_EQ(Running(state), (Set{A, B}));
    EXPECT_EQ(query.sources, (Set{B}));
    EXPECT_FALSE(query.group);
}

TEST(Igmp3376, S6_4_2_IncludeToEx)
{
    auto state = Include({A, B});
    const auto query = state.Apply(Type::TO_EX, {B, C}, NOW, GMI);
    EXPECT_EQ(state.mode, EXCLUDE);
    EXPECT_EQ(Running(state), (Set{B}));
    EXPECT_EQ(Stopped(state), (Set{C}));
    EXPECT_EQ(state.groupDeadline, NOW + GMI);
    EXPECT_EQ(query.sources, (Set{B}));
    EXPECT_FALSE(query.group);
}

TEST(Igmp3376, S6_4_2_IncludeToIn)
{
    auto state = Include({A, B});
    const auto query = state.Apply(Type::TO_IN, {B, C}, NOW, GMI);
    EXPECT_EQ(state.mode, INCLUDE);
    EXPECT_EQ(Running(state), (Set{A, B, C}));
    EXPECT_EQ(TimerOf(state, C), NOW + GMI);
    EXPECT_EQ(query.sources, (Set{A}));
    EXPECT_FALSE(query.group);
}

TEST(Igmp3376, S6_4_2_ExcludeAllow)
{
    auto state = Exclude({A}, {B});
    const auto query = state.Apply(Type::ALLOW, {B, C}, NOW, GMI);
    EXPECT_EQ(Running(state), (Set{A, B, C}));
    EXPECT_TRUE(Stopped(state).empty());
    EXPECT_EQ(TimerOf(state, C), NOW + GMI);
    EXPECT_TRUE(query.sources.empty());
}

TEST(Igmp3376, S6_4_2_ExcludeBlock)
{
    auto state = Exclude({A}, {B});
    const auto query = state.Apply(Type::BLOCK, {A, B, C}, NOW, GMI);
    EXPECT_EQ(Running(state), (Set{A, C}));
    EXPECT_EQ(Stopped(state), (Set{B}));
    EXPECT_EQ(TimerOf(state, C), OLD); // the group timer
    EXPECT_EQ(query.sources, (Set{A, C}));
    EXPECT_FALSE(query.group);
    EXPECT_EQ(state.groupDeadline, OLD);
}

TEST(Igmp3376, S6_4_2_ExcludeToEx)
{
    auto state = Exclude({A, B}, {C, D});
    const auto query = state.Apply(Type::TO_EX, {B, D, E}, NOW, GMI);
    EXPECT_EQ(Running(state), (Set{B, E}));
    EXPECT_EQ(Stopped(state), (Set{D}));
    EXPECT_EQ(TimerOf(state, E), OLD); // the group timer as it stood
    EXPECT_EQ(query.sources, (Set{B, E}));
    EXPECT_EQ(state.groupDeadline, NOW + GMI);
}

TEST(Igmp3376, S6_4_2_ExcludeToIn)
{
    auto state = Exclude({A, B}, {C});
    const auto query = state.Apply(Type::TO_IN, {B, C}, NOW, GMI);
    EXPECT_EQ(state.mode, EXCLUDE);
    EXPECT_EQ(Running(state), (Set{A, B, C}));
    EXPECT_EQ(TimerOf(state, C), NOW + GMI);
    EXPECT_EQ(query.sources, (Set{A}));
    EXPECT_TRUE(query.group);
}

TEST(Igmp3376, S6_3_SourceTimerExpiresInInclude)
{
    auto state = Include({A});
    state.Expire(OLD - NanoSeconds(1));
    EXPECT_FALSE(state.IsEmpty());
    state.Expire(OLD);
    EXPECT_TRUE(state.IsEmpty());
}

TEST(Igmp3376, S6_3_SourceTimerExpiresInExclude)
{
    auto state = Exclude({A}, {B});
    state.groupDeadline = OLD + GMI;
    state.Expire(OLD);
    EXPECT_EQ(state.mode, EXCLUDE);
    EXPECT_TRUE(Running(state).empty());
    EXPECT_EQ(Stopped(state), (Set{A, B}));
}

TEST(Igmp3376, S6_5_GroupTimerExpiresAndRunningSourcesStay)
{
    auto state = Exclude({A}, {B});
    state.sources[A].deadline = OLD + GMI;
    state.Expire(OLD);
    EXPECT_EQ(state.mode, INCLUDE);
    EXPECT_EQ(Running(state), (Set{A}));
    EXPECT_TRUE(Stopped(state).empty());
}

TEST(Igmp3376, S6_5_GroupTimerExpiresAndNothingIsLeft)
{
    auto state = Exclude({A}, {B});
    state.Expire(OLD); // A's timer, due at the same moment, goes first
    EXPECT_TRUE(state.IsEmpty());
}

TEST(Igmp3376, S6_6_1_QueriesLowerTimersAndNeverRaiseThem)
{
    auto state = Exclude({A, B}, {C});
    state.sources[B].deadline = NOW + Seconds(1);
    state.Lower({true, {A, B, C, D}}, NOW + Seconds(2));
    EXPECT_EQ(state.groupDeadline, NOW + Seconds(2));
    EXPECT_EQ(TimerOf(state, A), NOW + Seconds(2));
    EXPECT_EQ(TimerOf(state, B), NOW + Seconds(1));
    EXPECT_EQ(Stopped(state), (Set{C}));
    EXPECT_EQ(state.sources.count(D), 0u);
}

TEST(Igmp3376, S7_3_2_GroupCompatibilityMode)
{
    IgmpGroupState state;
    EXPECT_EQ(state.GetCompatibilityMode(NOW), 3);
    state.version2HostUntil = NOW + Seconds(20);
    EXPECT_EQ(state.GetCompatibilityMode(NOW), 2);
    state.version1HostUntil = NOW + Seconds(10);
    EXPECT_EQ(state.GetCompatibilityMode(NOW), 1);
    EXPECT_EQ(state.GetCompatibilityMode(NOW + Seconds(10)), 2);
    EXPECT_EQ(state.GetCompatibilityMode(NOW + Seconds(20)), 3);
}

// RFC 7761 §4.1.5: a source that is merely being queried is not one that somebody named.
TEST(Igmp3376, S6_2_BlockedSourceUnderQueryIsNeitherWantedNorExcluded)
{
    auto state = Exclude({}, {});
    state.Apply(Type::BLOCK, {A}, NOW, GMI);
    EXPECT_FALSE(state.IsWanted(A));
    EXPECT_FALSE(state.IsExcluded(A));
    state.Apply(Type::IS_IN, {A}, NOW, GMI);
    EXPECT_TRUE(state.IsWanted(A));
    state.Expire(NOW + GMI);
    EXPECT_FALSE(state.IsWanted(A));
}

} // namespace

} // namespace ns3
