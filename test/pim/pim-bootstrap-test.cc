// SPDX-License-Identifier: GPL-2.0-only
// Fragments of Bootstrap messages cut and put together at random, and random histories of a zone's
// machine: what must hold whatever happens.
#include "support/pim-bsr-bench.h"

#include "ns3/pim-bootstrap-fragments.h"

#include <gtest/gtest.h>

#include <random>

using namespace ns3;

namespace
{

uint32_t
SizeOf(const PimBootstrap& message)
{
    constexpr uint32_t ipHeader = 20;
    WireWriter writer;
    PimMessage(message).Write(writer);
    return ipHeader + static_cast<uint32_t>(writer.GetSize());
}

std::string
Print(const std::vector<PimBootstrapRange>& ranges)
{
    std::ostringstream text;
    PimBootstrap message;
    message.ranges = ranges;
    message.Print(text);
    return text.str();
}

PimBootstrap
MakeMessage(std::mt19937& random, bool scoped)
{
    PimBootstrap message;
    message.bsrAddress = PimBsrBench::BSR_1;
    message.fragmentTag = 7;
    const uint32_t ranges = random() % 12 + 1;
    for (uint32_t i = 0; i < ranges; ++i)
    {
        std::vector<Ipv4Address> rps;
        for (uint32_t j = random() % 20; j > 0; --j)
        {
            rps.emplace_back(0x0a000000 + 256 * i + j);
        }
        message.ranges.push_back(
            PimBsrBench::Range(Ipv4Prefix(Ipv4Address(0xef000000 + (i << 16)), 16), rps));
    }
    message.ranges[0].group.scopeZone = scoped;
    return message;
}

TEST(PimBootstrapFragments, AnyMessageComesBackWholeInAnyOrder)
{
    std::mt19937 random(1);
    for (int round = 0; round < 300; ++round)
    {
        const bool scoped = random() % 2 == 0;
        const PimBootstrap whole = MakeMessage(random, scoped);
        const uint32_t mtu = 80 + random() % 300;
        std::vector<PimBootstrap> fragments = FragmentBootstrap(whole, mtu);
        for (const PimBootstrap& fragment : fragments)
        {
            EXPECT_LE(SizeOf(fragment), mtu);
            EXPECT_EQ(fragment.ranges.front().group.scopeZone, scoped);
        }
        std::shuffle(fragments.begin(), fragments.end(), random);
        PimBootstrapAssembly assembly;
        std::map<Ipv4Prefix, PimBootstrapRange> found;
        for (const PimBootstrap& fragment : fragments)
        {
            for (PimBootstrapRange range : assembly.Add(fragment))
            {
                std::sort(range.rps.begin(), range.rps.end(), [](const auto& a, const auto& b) {
                    return b.address < a.address;
                });
                found[range.group.GetPrefix()] = range;
            }
        }
        std::vector<PimBootstrapRange> list;
        for (const auto& [prefix, range] : found)
        {
            list.push_back(range);
        }
        EXPECT_EQ(Print(list), Print(whole.ranges)) << "MTU " << mtu;
    }
}

TEST(PimBootstrapFragments, ARangeThatFitsIntoOneFragmentIsNotSpread)
{
    std::mt19937 random(2);
    for (int round = 0; round < 300; ++round)
    {
        const PimBootstrap whole = MakeMessage(random, false);
        const uint32_t mtu = 120 + random() % 300;
        for (const PimBootstrap& fragment : FragmentBootstrap(whole, mtu))
        {
            for (const PimBootstrapRange& range : fragment.ranges)
            {
                const uint32_t size = 20 + PimBootstrap::HEADER_SIZE +
                                      PimBootstrapRange::HEADER_SIZE +
                                      PimBootstrapRp::SIZE * range.rpCount;
                EXPECT_TRUE(range.rps.size() == range.rpCount || size > mtu);
            }
        }
    }
}

TEST(PimBootstrapFragments, TheSmallestMtuTakesOneRpAtATime)
{
    PimBootstrap whole;
    whole.ranges = {PimBsrBench::Range(PimBsrBench::ALL, {PimBsrBench::RP_A, PimBsrBench::RP_B})};
    const auto fragments = FragmentBootstrap(whole, 1);
    ASSERT_EQ(fragments.size(), 2u);
    EXPECT_EQ(fragments[0].ranges[0].rps.size(), 1u);
    EXPECT_EQ(fragments[1].ranges[0].rpCount, 2);
}

TEST(PimBootstrapFragments, AMessageWithoutRangesIsOneFragment)
{
    EXPECT_EQ(FragmentBootstrap(PimBootstrap(), 1500).size(), 1u);
}

/** What may happen to a router, at random. */
void
DoAnything(PimBsrBench& bench, std::mt19937& random)
{
    switch (random() % 9)
    {
    case 0:
        bench.Advance(random() % 200);
        break;
    case 1:
        bench.Receive(bench.Message(PimBsrBench::BSR_1, random() % 256));
        break;
    case 2:
        bench.Receive(bench.Message(PimBsrBench::BSR_2, random() % 256));
        break;
    case 3:
        bench.Receive(bench.ScopedMessage(PimBsrBench::BSR_1, random() % 256));
        break;
    case 4:
        bench.Advertise(PimBsrBench::RP_B, PimBsrBench::ALL, random() % 3 * 60);
        break;
    case 5:
        bench.environment.interfaces[3].up = random() % 3 != 0;
        bench.hellos.InterfaceChanged(3);
        bench.machine.InterfaceChanged(3);
        break;
    case 6:
        bench.Meet(1 + random() % 2, Ipv4Address(0x0a000103 + random() % 4), random());
        break;
    case 7:
        random() % 2 == 0 ? bench.environment.rib.Remove("10.9.0.1", 32)
                          : bench.environment.rib.Set("10.9.0.1", 32, {{1, "10.0.1.2"}}, 2);
        bench.machine.RoutesChanged();
        break;
    default: {
        PimBootstrap message = bench.Message(PimBsrBench::BSR_2, random() % 256);
        message.noForward = true;
        bench.machine.Receive(message, 1, PimBsrBench::NEAR, PimAllRouters());
        break;
    }
    }
}

TEST(PimBootstrapMachine, WhateverHappensTheStateIsSound)
{
    for (uint32_t seed = 0; seed < 40; ++seed)
    {
        std::mt19937 random(seed);
        PimBsrBench bench;
        if (seed % 2 == 0)
        {
            bench.BecomeCandidateBsr(128);
            bench.BecomeCandidateBsr(128, PimBsrBench::ZONE);
        }
        bench.BecomeCandidateRp({PimBsrBench::ALL, PimBsrBench::SCOPE});
        bench.machine.Start();
        for (int step = 0; step < 300; ++step)
        {
            DoAnything(bench, random);
            bench.Advance(0);
            for (const PimBootstrapZone* zone : bench.machine.GetZones())
            {
                const PimBsrState state = zone->GetState();
                const bool stands = state == PimBsrState::CANDIDATE ||
                                    state == PimBsrState::PENDING || state == PimBsrState::ELECTED;
                EXPECT_EQ(zone->GetOwn().has_value(), stands);
                EXPECT_EQ(zone->GetBootstrapTimer().IsZero(), state == PimBsrState::ACCEPT_ANY);
                const bool hasBsr = zone->GetBsr().address != Ipv4Address::GetAny();
                EXPECT_EQ(hasBsr,
                          state != PimBsrState::ACCEPT_ANY && state != PimBsrState::PENDING);
                EXPECT_TRUE(zone->GetZone().scoped || zone->GetScopeZoneTimer().IsZero());
                EXPECT_TRUE(state != PimBsrState::CANDIDATE ||
                            zone->GetBsr().GetRank() >= zone->GetOwn()->GetRank());
            }
        }
    }
}

TEST(PimBootstrapMachine, ACrashAndABootStartAgain)
{
    PimBsrBench bench;
    bench.BecomeCandidateBsr(64);
    std::size_t pending = bench.environment.clock.GetPending();
    {
        PimRpSet rpSet(bench.environment);
        PimBootstrapMachine machine(bench.environment, bench.hellos, rpSet, bench.config);
        machine.Start();
        machine.Receive(
            bench.Message(PimBsrBench::BSR_1, 100), 1, PimBsrBench::NEAR, PimAllRouters());
    }
    EXPECT_EQ(bench.environment.clock.GetPending(), pending) << "a crash leaves nothing behind";
    bench.machine.Start();
    EXPECT_EQ(bench.State(), PimBsrState::PENDING);
    EXPECT_EQ(bench.Zone().GetBootstrapTimer(), Seconds(5));
    PimBootstrap copy = bench.Message(PimBsrBench::BSR_1, 100);
    copy.noForward = true;
    bench.machine.Receive(copy, 3, Ipv4Address("10.0.3.2"), PimAllRouters());
    EXPECT_EQ(bench.State(), PimBsrState::CANDIDATE) << "a quick refresh, as at any start";
}

} // namespace
