// SPDX-License-Identifier: GPL-2.0-only
// What makes routing tables small: shared values, next hops, and a table in one piece.
#include "ns3/unicast-route-table.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace
{

using SharedText = Interned<std::string, std::hash<std::string>>;

TEST(Interned, EqualValuesAreOne)
{
    const SharedText a("one");
    const SharedText b(std::string("o") + "ne");
    EXPECT_EQ(a, b);
    EXPECT_EQ(&a.Get(), &b.Get());
    EXPECT_NE(a, SharedText("two"));
    EXPECT_EQ(SharedText(""), SharedText());
    EXPECT_EQ(sizeof(SharedText), 4u);
}

TEST(Interned, AValueGoesWithItsLastUser)
{
    const std::size_t before = SharedText::CountValues();
    {
        SharedText a("short-lived");
        SharedText b = a;
        const SharedText moved = std::move(a);
        EXPECT_EQ(SharedText::CountValues(), before + 1);
        b = SharedText("another");
        EXPECT_EQ(SharedText::CountValues(), before + 2);
        b = moved;
        EXPECT_EQ(SharedText::CountValues(), before + 1);
        EXPECT_EQ(b.Get(), "short-lived");
    }
    EXPECT_EQ(SharedText::CountValues(), before);
    EXPECT_EQ(SharedText("short-lived").Get(), "short-lived");
}

TEST(Interned, AsMapsOfStringsWould)
{
    std::mt19937 random(1);
    std::map<int, SharedText> shared;
    std::map<int, std::string> plain;
    for (int i = 0; i < 20000; ++i)
    {
        const int key = random() % 50;
        const std::string text(random() % 20, static_cast<char>('a' + random() % 2));
        if (random() % 3 == 0)
        {
            shared.erase(key);
            plain.erase(key);
            continue;
        }
        shared[key] = SharedText(text);
        plain[key] = text;
        const int other = random() % 50;
        shared[other] = shared[key];
        plain[other] = text;
    }
    ASSERT_EQ(shared.size(), plain.size());
    for (const auto& [key, text] : plain)
    {
        EXPECT_EQ(shared.at(key).Get(), text);
    }
}

UnicastNextHop
Hop(uint32_t interface, const char* gateway)
{
    return {interface, Ipv4Address(gateway)};
}

TEST(UnicastNextHops, AreSortedByGatewayAndEachThereOnce)
{
    const UnicastNextHops hops = {Hop(2, "10.0.0.9"), Hop(7, "10.0.0.1"), Hop(2, "10.0.0.9")};
    ASSERT_EQ(hops.size(), 2u);
    EXPECT_EQ(hops.front(), Hop(7, "10.0.0.1"));
    EXPECT_EQ(hops.back(), hops[1]);
    EXPECT_EQ(hops, UnicastNextHops({Hop(7, "10.0.0.1"), Hop(2, "10.0.0.9")}));
    EXPECT_TRUE(UnicastNextHops().empty());
}

TEST(UnicastNextHops, Add)
{
    UnicastNextHops hops;
    hops.Add(Hop(2, "10.0.0.9"));
    hops.Add(Hop(7, "10.0.0.1"));
    hops.Add(Hop(2, "10.0.0.9"));
    EXPECT_EQ(hops.size(), 2u);
    hops.Add(UnicastNextHops{Hop(3, "10.0.0.5"), Hop(2, "10.0.0.9")});
    EXPECT_EQ(hops, UnicastNextHops({Hop(7, "10.0.0.1"), Hop(3, "10.0.0.5"), Hop(2, "10.0.0.9")}));
    hops.Truncate(2);
    EXPECT_EQ(hops, UnicastNextHops({Hop(7, "10.0.0.1"), Hop(3, "10.0.0.5")}));
    hops.Truncate(5);
    EXPECT_EQ(hops.size(), 2u);
}

UnicastRoute
RouteTo(const char* prefix, uint8_t length, uint32_t metric)
{
    return {Ipv4Prefix(Ipv4Address(prefix), length),
            metric,
            1,
            UnicastProtocol::STATIC,
            {Hop(1, "10.0.0.1")}};
}

TEST(UnicastRouteTable, OfSeveralRoutesToOnePrefixTheLastCounts)
{
    const UnicastRouteTable table({RouteTo("10.2.0.0", 16, 1),
                                   RouteTo("10.1.0.0", 16, 2),
                                   RouteTo("10.2.0.0", 16, 3),
                                   RouteTo("10.2.0.0", 24, 4)});
    ASSERT_EQ(table.GetRoutes().size(), 3u);
    EXPECT_EQ(table.GetRoutes().front().metric, 2u);
    EXPECT_EQ(table.Find(Ipv4Prefix(Ipv4Address("10.2.0.0"), 16))->metric, 3u);
    EXPECT_EQ(table.Find(Ipv4Prefix(Ipv4Address("10.2.0.0"), 24))->metric, 4u);
    EXPECT_EQ(table.Find(Ipv4Prefix(Ipv4Address("10.2.0.0"), 17)), nullptr);
    EXPECT_EQ(table.Find(Ipv4Prefix(Ipv4Address("10.3.0.0"), 16)), nullptr);
    EXPECT_TRUE(table.HasLength(16));
    EXPECT_TRUE(table.HasLength(24));
    EXPECT_FALSE(table.HasLength(32));
    EXPECT_FALSE(UnicastRouteTable().HasLength(0));
}

TEST(UnicastRoute, TakesNoMoreThan24Bytes)
{
    EXPECT_LE(sizeof(UnicastRoute), 24u);
}

} // namespace
} // namespace ns3
