// SPDX-License-Identifier: GPL-2.0-only
// The neighbour table as a table: several interfaces, look-ups, random histories. The rules of RFC
// 7761 §4.3 one by one are in test/conformance/pim-hello-test.cc.
#include "support/fake-pim-environment.h"

#include "ns3/pim-hello.h"

#include <gtest/gtest.h>

#include <random>

using namespace ns3;

namespace
{

class PimNeighborTableTest : public testing::Test
{
  protected:
    PimNeighborTableTest()
    {
        environment.AddInterface(1, "10.0.1.5");
        environment.AddInterface(2, "10.0.2.5");
        hellos.InterfaceChanged(1);
        hellos.InterfaceChanged(2);
    }

    void Hear(uint32_t interface, const char* address, uint32_t priority = 1)
    {
        PimHello hello;
        hello.holdtime = 105;
        hello.drPriority = priority;
        hellos.ReceiveHello(hello, interface, Ipv4Address(address));
    }

    FakePimEnvironment environment;
    PimHelloConfig config;
    PimHelloMachine hellos{environment, config};
    const PimNeighborTable& table{hellos.GetTable()};
};

TEST_F(PimNeighborTableTest, InterfacesAreApart)
{
    Hear(1, "10.0.1.9");
    EXPECT_EQ(table.GetSize(1), 1u);
    EXPECT_EQ(table.GetSize(2), 0u);
    EXPECT_EQ(table.GetSize(3), 0u);
    EXPECT_NE(table.Find(1, Ipv4Address("10.0.1.9")), nullptr);
    EXPECT_EQ(table.Find(2, Ipv4Address("10.0.1.9")), nullptr);
    EXPECT_FALSE(table.IAmDr(1));
    EXPECT_TRUE(table.IAmDr(2));
    EXPECT_NE(table.GetGenerationId(1), 0u);
    EXPECT_EQ(table.GetGenerationId(3), 0u);
}

TEST_F(PimNeighborTableTest, ReportsNameTheInterface)
{
    Hear(1, "10.0.1.9");
    EXPECT_EQ(environment.events.back(), "dr 10.0.1.9 eth1");
    EXPECT_EQ(environment.events[environment.events.size() - 2], "neighbor-up 10.0.1.9 eth1");
}

TEST_F(PimNeighborTableTest, ACrashNotifiesNobody)
{
    hellos.InterfaceChanged(1);
    environment.clock.Advance(Seconds(6));
    const std::size_t pending = environment.clock.GetPending();
    bool notified = false;
    {
        environment.AddInterface(3, "10.0.3.5");
        PimHelloMachine crashing(environment, config);
        crashing.neighborDown = [&](uint32_t, const PimNeighbor&) { notified = true; };
        crashing.InterfaceChanged(3);
        PimHello hello;
        hello.holdtime = 105;
        crashing.ReceiveHello(hello, 3, Ipv4Address("10.0.3.9"));
        environment.Forget();
    }
    EXPECT_TRUE(environment.sent.empty());
    EXPECT_FALSE(notified);
    EXPECT_EQ(environment.clock.GetPending(), pending);
}

TEST_F(PimNeighborTableTest, ACallbackMaySendAJoinToTheNewcomer)
{
    environment.clock.Advance(Seconds(6));
    environment.Forget();
    hellos.neighborUp = [this](uint32_t interface, const PimNeighbor& neighbor) {
        hellos.EnsureHelloSent(interface);
        PimJoinPrune join;
        join.upstreamNeighbor = neighbor.address;
        environment.Send(join, interface, PimAllRouters(), Ipv4Address::GetAny());
    };
    Hear(1, "10.0.1.9");
    ASSERT_EQ(environment.sent.size(), 2u);
    EXPECT_NE(environment.sent[0].message.As<PimHello>(), nullptr);
}

/** The DR by RFC 7761 §4.3.2, found the slow way. */
Ipv4Address
ExpectedDr(const FakePimEnvironment& environment, const PimNeighborTable& table)
{
    const PimInterface& own = environment.interfaces.at(1);
    std::vector<std::pair<std::optional<uint32_t>, Ipv4Address>> all{{own.drPriority, own.address}};
    for (const auto& [address, neighbor] : table.GetNeighbors(1))
    {
        all.emplace_back(neighbor.drPriority, address);
    }
    const bool byPriority =
        std::all_of(all.begin(), all.end(), [](const auto& one) { return one.first.has_value(); });
    return std::max_element(all.begin(),
                            all.end(),
                            [byPriority](const auto& a, const auto& b) {
                                return byPriority && a.first != b.first ? a.first < b.first
                                                                        : a.second < b.second;
                            })
        ->second;
}

TEST_F(PimNeighborTableTest, WhateverHappensTheDrIsRight)
{
    std::mt19937 random(3);
    for (int step = 0; step < 2000; ++step)
    {
        PimHello hello;
        hello.holdtime = random() % 4 == 0 ? 0 : random() % 40;
        if (random() % 5 != 0)
        {
            hello.drPriority = random() % 3;
        }
        hello.secondaryAddresses = {Ipv4Address(0x0a000164 + random() % 3)};
        hellos.ReceiveHello(hello, 1, Ipv4Address(0x0a000101 + random() % 9));
        if (random() % 10 == 0)
        {
            environment.interfaces[1].drPriority = random() % 3;
            hellos.InterfaceChanged(1);
        }
        environment.clock.Advance(Seconds(random() % 5));
        EXPECT_EQ(table.GetDr(1), ExpectedDr(environment, table));
        std::map<Ipv4Address, int> claims;
        for (const auto& [address, neighbor] : table.GetNeighbors(1))
        {
            for (Ipv4Address secondary : neighbor.secondary)
            {
                EXPECT_EQ(++claims[secondary], 1) << "an address has one owner";
                EXPECT_EQ(table.Find(1, secondary)->address, address);
            }
        }
    }
}

} // namespace
