// SPDX-License-Identifier: GPL-2.0-only
#include "support/fake-clock.h"

#include "ns3/deadline-heap.h"
#include "ns3/simulator-clock.h"
#include "ns3/simulator.h"

#include <gtest/gtest.h>

#include <vector>

namespace ns3
{

TEST(ProtocolTimer, RestartReplacesTheDeadline)
{
    FakeClock clock;
    int rings = 0;
    ProtocolTimer timer(clock, [&] { ++rings; });
    timer.Start(Seconds(5));
    clock.Advance(Seconds(4));
    timer.Start(Seconds(5));
    EXPECT_EQ(timer.GetRemaining(), Seconds(5));
    clock.Advance(Seconds(4));
    EXPECT_EQ(rings, 0);
    clock.Advance(Seconds(1));
    EXPECT_EQ(rings, 1);
    EXPECT_FALSE(timer.IsRunning());
}

TEST(ProtocolTimer, DiesWithItsOwner)
{
    FakeClock clock;
    int rings = 0;
    {
        ProtocolTimer timer(clock, [&] { ++rings; });
        timer.Start(Seconds(1));
    }
    clock.Advance(Seconds(2));
    EXPECT_EQ(rings, 0);
}

TEST(DeadlineHeap, ExpiresInOrderOfTimeThenKeyWithOneAlarm)
{
    FakeClock clock;
    std::vector<int> expired;
    DeadlineHeap<int> heap(clock, [&](const int& key) { expired.push_back(key); });
    heap.Set(3, Seconds(2));
    heap.Set(1, Seconds(2));
    heap.Set(2, Seconds(1));
    heap.Set(4, Seconds(1));
    heap.Remove(4);
    EXPECT_EQ(clock.GetPending(), 1u);
    clock.Advance(Seconds(3));
    EXPECT_EQ(expired, (std::vector<int>{2, 1, 3}));
    EXPECT_EQ(clock.GetPending(), 0u);
}

TEST(DeadlineHeap, ADeadlineMovedBackIsKept)
{
    FakeClock clock;
    std::vector<int> expired;
    DeadlineHeap<int> heap(clock, [&](const int& key) { expired.push_back(key); });
    heap.Set(1, Seconds(1));
    heap.Set(1, Seconds(10));
    clock.Advance(Seconds(9));
    EXPECT_TRUE(expired.empty());
    EXPECT_EQ(heap.GetRemaining(1), Seconds(1));
    clock.Advance(Seconds(1));
    EXPECT_EQ(expired, std::vector<int>{1});
}

TEST(DeadlineHeap, AnExpiringKeyMayBeSetAgain)
{
    FakeClock clock;
    int expiries = 0;
    DeadlineHeap<int>* self = nullptr;
    DeadlineHeap<int> heap(clock, [&](const int& key) {
        if (++expiries < 3)
        {
            self->Set(key, Seconds(1));
        }
    });
    self = &heap;
    heap.Set(7, Seconds(1));
    clock.Advance(Seconds(10));
    EXPECT_EQ(expiries, 3);
}

TEST(SimulatorClock, RingsCancelsAndForgetsOnDestruction)
{
    std::vector<int> rung;
    auto clock = std::make_unique<SimulatorClock>();
    clock->Schedule(Seconds(1), [&] { rung.push_back(1); });
    const auto second = clock->Schedule(Seconds(2), [&] { rung.push_back(2); });
    clock->Schedule(Seconds(9), [&] { rung.push_back(9); });
    clock->Cancel(second);
    clock->Cancel(0);
    Simulator::Stop(Seconds(5));
    Simulator::Run();
    clock.reset();
    Simulator::Run();
    Simulator::Destroy();
    EXPECT_EQ(rung, std::vector<int>{1});
}

} // namespace ns3
