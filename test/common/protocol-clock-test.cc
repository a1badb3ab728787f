// SPDX-License-Identifier: GPL-2.0-only
#include "support/fake-clock.h"

#include "ns3/deadline-heap.h"
#include "ns3/process-pause.h"
#include "ns3/random-variable-stream.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator-clock.h"
#include "ns3/simulator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <random>
#include <string>
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

TEST(DeadlineHeap, ExtendsWhatIsThereAndOnlyBackwards)
{
    FakeClock clock;
    std::vector<int> expired;
    DeadlineHeap<int> heap(clock, [&](const int& key) { expired.push_back(key); });
    heap.Set(1, Seconds(5));
    heap.Extend(1, Seconds(2));
    heap.Extend(2, Seconds(1));
    EXPECT_EQ(heap.GetRemaining(1), Seconds(5));
    EXPECT_FALSE(heap.Contains(2));
    heap.Extend(1, Seconds(7));
    clock.Advance(Seconds(6));
    EXPECT_TRUE(expired.empty());
    clock.Advance(Seconds(1));
    EXPECT_EQ(expired, std::vector<int>{1});
}

TEST(DeadlineHeap, AnOwnersDeadlineCountsWhereItIsLater)
{
    FakeClock clock;
    std::map<int, Time> owners{{1, Seconds(10)}, {2, Seconds(0)}};
    std::vector<int> expired;
    DeadlineHeap<int> heap(
        clock,
        [&](const int& key) { expired.push_back(key); },
        [&](const int& key) { return owners.at(key); });
    heap.Set(1, Seconds(1));
    heap.Set(2, Seconds(5));
    heap.SetNoLater(2, Seconds(7));
    owners[1] = Seconds(20); // refreshed; the heap does not know
    clock.Advance(Seconds(6));
    EXPECT_EQ(expired, std::vector<int>{2});
    clock.Advance(Seconds(13));
    EXPECT_EQ(expired, std::vector<int>{2});
    heap.SetNoLater(1, Seconds(3));
    EXPECT_EQ(clock.GetPending(), 1u);
    clock.Advance(Seconds(1));
    EXPECT_EQ(expired, (std::vector<int>{2, 1}));
    heap.SetNoLater(2, Seconds(4));
    heap.SetNoLater(2, Seconds(2));
    clock.Advance(Seconds(2));
    EXPECT_EQ(expired, (std::vector<int>{2, 1, 2}));
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

TEST(ProcessPause, WhatWaitsIsDoneInOrderAfterTheAlarms)
{
    std::string done;
    {
        ProcessPause pause;
        const auto note = [&done](const char* what) { return [&done, what] { done += what; }; };
        const auto at = [](double seconds, std::function<void()> action) {
            Simulator::Schedule(Seconds(seconds), std::move(action));
        };
        pause.Do(note("now "));
        pause.GetClock().Schedule(Seconds(2), note("alarm "));
        pause.GetClock().Schedule(Seconds(9), note("late "));
        at(1, [&] { pause.SetHanging(true); });
        at(3, [&] {
            pause.SetHanging(true); // no harm
            EXPECT_TRUE(pause.IsHanging());
            pause.Do(note("first "));
            EXPECT_TRUE(pause.DoPacket(100000, note("second ")));
            EXPECT_TRUE(pause.DoPacket(100000, note("third ")));
            EXPECT_FALSE(pause.DoPacket(100000, note("full ")));
        });
        at(4, [&] { done += "| "; });
        at(5, [&] { pause.SetHanging(false); });
        at(6, [&] {
            // The socket is empty again; a process that ends does what waits, too.
            pause.SetHanging(true);
            EXPECT_TRUE(pause.DoPacket(200000, note("end ")));
            pause.Reset();
            EXPECT_FALSE(pause.IsHanging());
        });
        Simulator::Run();
    }
    Simulator::Destroy();
    EXPECT_EQ(done, "now | alarm first second third end late ");
}

TEST(DeadlineHeap, AsASortedSetWould)
{
    FakeClock clock;
    std::mt19937 random(1);
    std::map<int, Time> deadlines;
    std::vector<int> expired;
    DeadlineHeap<int> heap(clock, [&](const int& key) { expired.push_back(key); });
    for (int round = 0; round < 3000; ++round)
    {
        const int key = random() % 100;
        const Time delay = Seconds(1 + random() % 30);
        if (random() % 4 == 0)
        {
            heap.Remove(key);
            deadlines.erase(key);
        }
        else if (random() % 3 == 0)
        {
            heap.Extend(key, delay);
            const auto known = deadlines.find(key);
            if (known != deadlines.end())
            {
                known->second = std::max(known->second, clock.Now() + delay);
            }
        }
        else
        {
            heap.Set(key, delay);
            deadlines[key] = clock.Now() + delay;
        }
        ASSERT_EQ(heap.GetSize(), deadlines.size());
        if (random() % 3 == 0)
        {
            expired.clear();
            clock.Advance(Seconds(1));
            std::vector<int> due;
            for (auto it = deadlines.begin(); it != deadlines.end();)
            {
                const bool isDue = it->second <= clock.Now();
                isDue ? due.push_back(it->first) : void();
                it = isDue ? deadlines.erase(it) : std::next(it);
            }
            ASSERT_EQ(expired, due);
        }
    }
    EXPECT_EQ(clock.GetPending(), 1u);
    heap.Clear();
    EXPECT_EQ(clock.GetPending(), 0u);
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

TEST(StreamRandom, DrawsTheNumbersOfAUniformRandomVariable)
{
    for (const int64_t stream : {int64_t(0), int64_t(7), int64_t(1) << 41})
    {
        StreamRandom ours;
        EXPECT_EQ(ours.AssignStreams(stream), 1);
        Ptr<UniformRandomVariable> stock = CreateObject<UniformRandomVariable>();
        stock->SetStream(stream);
        for (int i = 0; i < 5; ++i)
        {
            EXPECT_EQ(ours.Uniform(-1, 2.5), stock->GetValue(-1, 2.5));
        }
    }
}

TEST(StreamRandom, TakesAnAutomaticStreamWhenItIsMade)
{
    const uint64_t before = RngSeedManager::GetNextStreamIndex();
    StreamRandom first;
    StreamRandom second;
    const double numbers[] = {second.Uniform(0, 1), first.Uniform(0, 1)};
    for (uint64_t i = 0; i < 2; ++i)
    {
        RngStream stock(RngSeedManager::GetSeed(), before + 2 - i, RngSeedManager::GetRun());
        EXPECT_EQ(numbers[i], stock.RandU01());
    }
}

} // namespace ns3
