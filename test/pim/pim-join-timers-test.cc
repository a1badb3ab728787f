// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.10: the Join Timers of entries that join one neighbour run together.
#include "ns3/pim-join-timers.h"
#include "support/fake-clock.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace ns3;

namespace
{

class PimJoinTimersTest : public testing::Test
{
  protected:
    PimGroup& Add(uint32_t number, uint32_t neighbor = 1)
    {
        PimGroup& g = tib.GetOrAddGroup(Ipv4Address(0xef010000 + number));
        g.neighbor = {1, Ipv4Address(0x0a000000 + neighbor), false};
        return g;
    }

    void Start(PimGroup& g)
    {
        joins.StartPeriodic(SourceGroup::StarG(g.group), g);
    }

    Time GetRemaining(const PimGroup& g) const
    {
        return joins.GetRemaining(SourceGroup::StarG(g.group), g);
    }

    std::vector<uint32_t> Take()
    {
        return std::exchange(rung, {});
    }

    FakeClock clock;
    PimTreeInformationBase tib;
    PimTimerValues values;
    std::vector<uint32_t> rung; //!< groups, by the last half of the address
    DeadlineHeap<PimTimerKey> timers{clock, [this](const PimTimerKey& key) {
                                         joins.Expire(key, [this](SourceGroup, PimTreeState& e) {
                                             rung.push_back(PimGroupOf(e).group.Get() & 0xffff);
                                             Start(PimGroupOf(e));
                                         });
                                     }};
    PimJoinTimers joins{clock, timers, tib, values};
};

TEST_F(PimJoinTimersTest, RunWithTheirNeighborInOrderOfGroups)
{
    Start(Add(7));
    clock.Advance(Seconds(10));
    Start(Add(9));
    Start(Add(3));
    EXPECT_EQ(GetRemaining(Add(3)), Seconds(50)) << "no later than t_periodic";
    EXPECT_EQ(timers.GetSize(), 1u);
    clock.Advance(Seconds(50));
    EXPECT_EQ(Take(), (std::vector<uint32_t>{3, 7, 9}));
    clock.Advance(Seconds(60));
    EXPECT_EQ(Take(), (std::vector<uint32_t>{3, 7, 9}));
    EXPECT_EQ(GetRemaining(Add(9)), Seconds(60));
}

TEST_F(PimJoinTimersTest, NeighborsRunApart)
{
    Start(Add(1));
    clock.Advance(Seconds(10));
    Start(Add(2, 2));
    EXPECT_EQ(GetRemaining(Add(2, 2)), Seconds(60));
    PimGroup& moved = Add(1, 2); // its RPF' is another now
    Start(moved);
    clock.Advance(Seconds(50));
    EXPECT_EQ(Take(), std::vector<uint32_t>());
    clock.Advance(Seconds(10));
    EXPECT_EQ(Take(), (std::vector<uint32_t>{1, 2}));
}

TEST_F(PimJoinTimersTest, OneThatLeavesAndComesBackIsThereOnce)
{
    for (uint32_t group : {1, 2, 3})
    {
        Start(Add(group));
    }
    joins.Stop(SourceGroup::StarG(Add(2).group), Add(2));
    EXPECT_EQ(GetRemaining(Add(2)), Seconds(0));
    Start(Add(2));
    joins.Stop(SourceGroup::StarG(Add(1).group), Add(1));
    tib.EraseGroup(Add(1).group);
    clock.Advance(Seconds(60));
    EXPECT_EQ(Take(), (std::vector<uint32_t>{2, 3}));
    for (uint32_t group : {2, 3})
    {
        joins.Stop(SourceGroup::StarG(Add(group).group), Add(group));
    }
    clock.Advance(Seconds(60));
    EXPECT_EQ(timers.GetSize(), 0u) << "nothing runs for nobody";
}

TEST_F(PimJoinTimersTest, OverridesAndSuppressionAreAnEntrysOwn)
{
    PimGroup& overrides = Add(1);
    PimGroup& suppressed = Add(2);
    PimGroup& third = Add(3);
    for (PimGroup* g : {&overrides, &suppressed, &third})
    {
        Start(*g);
    }
    joins.Decrease(SourceGroup::StarG(overrides.group), overrides, Seconds(2));
    joins.Decrease(SourceGroup::StarG(overrides.group), overrides, Seconds(5));
    EXPECT_EQ(GetRemaining(overrides), Seconds(2));
    joins.Increase(SourceGroup::StarG(suppressed.group), suppressed, Seconds(70));
    joins.Increase(SourceGroup::StarG(third.group), third, Seconds(50));
    EXPECT_EQ(GetRemaining(third), Seconds(60));
    clock.Advance(Seconds(2));
    EXPECT_EQ(Take(), std::vector<uint32_t>{1});
    clock.Advance(Seconds(58));
    EXPECT_EQ(Take(), (std::vector<uint32_t>{1, 3})) << "in step with the others again";
    clock.Advance(Seconds(10));
    EXPECT_EQ(Take(), std::vector<uint32_t>{2});
    clock.Advance(Seconds(50));
    EXPECT_EQ(Take(), (std::vector<uint32_t>{1, 2, 3}));
}

TEST_F(PimJoinTimersTest, WhatStartsWhenTheListRingsRingsAPeriodLater)
{
    PimGroup& late = Add(5);
    ProtocolTimer before(clock, [&] { Start(late); });
    before.Start(Seconds(60)); // before the list's alarm of that instant
    Start(Add(1));
    clock.Advance(Seconds(60));
    EXPECT_EQ(Take(), std::vector<uint32_t>{1});
    clock.Advance(Seconds(60));
    EXPECT_EQ(Take(), (std::vector<uint32_t>{1, 5}));
    EXPECT_EQ(timers.GetSize(), 1u);
}

TEST_F(PimJoinTimersTest, AnotherPeriodCountsFromTheNextStartOn)
{
    Start(Add(1));
    values.joinPrunePeriod = Seconds(20);
    Start(Add(2));
    EXPECT_EQ(GetRemaining(Add(2)), Seconds(20));
    clock.Advance(Seconds(60));
    EXPECT_EQ(Take(), (std::vector<uint32_t>{2, 2, 1, 2}));
    clock.Advance(Seconds(20));
    EXPECT_EQ(Take(), (std::vector<uint32_t>{1, 2}));
}

TEST_F(PimJoinTimersTest, NeighborsBeyondTheNumbersShareTheLastList)
{
    constexpr uint32_t LISTS = 65533;
    for (uint32_t neighbor = 1; neighbor <= LISTS; ++neighbor)
    {
        Start(Add(neighbor, neighbor));
    }
    clock.Advance(Seconds(10));
    for (uint32_t neighbor : {LISTS + 1, LISTS + 2})
    {
        Start(Add(neighbor, neighbor));
        EXPECT_EQ(GetRemaining(Add(neighbor, neighbor)), Seconds(50));
    }
    EXPECT_EQ(timers.GetSize(), LISTS);
    for (int period = 0; period < 2; ++period)
    {
        clock.Advance(Seconds(60));
        std::vector<uint32_t> rang = Take();
        ASSERT_EQ(rang.size(), LISTS + 2);
        EXPECT_TRUE(std::is_sorted(rang.begin(), rang.end()));
        EXPECT_EQ(timers.GetSize(), LISTS);
    }
}

TEST_F(PimJoinTimersTest, ANeighborThatComesBackIsRefreshedInItsOldStep)
{
    PimGroup& g = Add(1);
    Start(g);
    joins.Stop(SourceGroup::StarG(g.group), g);
    clock.Advance(Seconds(70));
    EXPECT_EQ(timers.GetSize(), 0u);
    Start(g);
    EXPECT_EQ(GetRemaining(g), Seconds(50));
}

TEST_F(PimJoinTimersTest, WithoutANeighborNoneRuns)
{
    PimGroup& g = Add(1);
    Start(g);
    g.neighbor = {};
    Start(g);
    EXPECT_EQ(GetRemaining(g), Seconds(0));
    clock.Advance(Seconds(200));
    EXPECT_TRUE(rung.empty());
}

} // namespace
