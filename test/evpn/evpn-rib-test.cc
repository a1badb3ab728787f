// SPDX-License-Identifier: GPL-2.0-only
// The table of EVPN routes: what speakers share, and entries against a table that is surely right.
#include "ns3/evpn-rib.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

using namespace ns3;

namespace
{

EvpnRouteKey
MakeRibKey(uint32_t number)
{
    const auto rd = RouteDistinguisher::MakeIpv4(Ipv4Address(0x0a000001 + number % 7), 2);
    return EvpnRouteKey::MakeMac(rd, UnpackMac(0x020000000000 + number));
}

EvpnRoutePtr
MakeRibRoute(uint32_t number, uint32_t med = 0)
{
    BgpPathAttributes attributes;
    attributes.nextHop = Ipv4Address("10.0.0.9");
    attributes.localPref = 100;
    attributes.med = med;
    EvpnNlri nlri;
    nlri.key = MakeRibKey(number);
    nlri.label = 42;
    return MakeEvpnRoute(nlri, ShareBgpAttributes(attributes));
}

TEST(EvpnShared, EqualAttributesAreHeldOnceAndGoWithTheirLastHolder)
{
    const std::size_t before = CountSharedEvpnRoutes().attributes;
    {
        BgpPathAttributes attributes;
        attributes.nextHop = Ipv4Address("10.9.9.9");
        attributes.communities = {BgpExtendedCommunity::MakeRouteTarget(65000, 7)};
        const BgpAttributesPtr first = ShareBgpAttributes(attributes);
        EXPECT_EQ(ShareBgpAttributes(attributes), first);
        attributes.asPath = {{BgpAsSegment::AS_SEQUENCE, {1}}};
        const BgpAttributesPtr other = ShareBgpAttributes(attributes);
        EXPECT_NE(other, first);
        attributes.opaque = {{0xc0, 99, {1, 2, 3}}};
        EXPECT_NE(ShareBgpAttributes(attributes), other);
        EXPECT_EQ(CountSharedEvpnRoutes().attributes, before + 2);
    }
    EXPECT_EQ(CountSharedEvpnRoutes().attributes, before);
}

TEST(EvpnShared, SpeakersHoldOneObjectForEqualRoutes)
{
    const std::size_t before = CountSharedEvpnRoutes().routes;
    {
        const auto metric = [](Ipv4Address) { return std::optional<uint32_t>(1); };
        const auto ignored = [](const EvpnRouteKey&, const EvpnPath*) {};
        EvpnRib first(metric, ignored);
        EvpnRib second(metric, ignored);
        for (uint32_t number = 0; number < 100; ++number)
        {
            first.Set({MakeRibRoute(number), 1});
            second.Set({MakeRibRoute(number), 2});
        }
        EXPECT_EQ(CountSharedEvpnRoutes().routes, before + 100);
        EXPECT_EQ(first.FindBest(MakeRibKey(7))->route, second.FindBest(MakeRibKey(7))->route);
        second.Set({MakeRibRoute(7, 5), 2});
        EXPECT_EQ(CountSharedEvpnRoutes().routes, before + 101);
        EXPECT_EQ(first.FindBest(MakeRibKey(7))->GetAttributes().med, 0u);
        EXPECT_EQ(second.FindBest(MakeRibKey(7))->GetAttributes().med, 5u);
        first.RemovePeer(1);
        EXPECT_EQ(first.GetSize(), 0u);
        EXPECT_EQ(CountSharedEvpnRoutes().routes, before + 100);
    }
    EXPECT_EQ(CountSharedEvpnRoutes().routes, before);
}

TEST(EvpnRibTable, AnEntryOfASinglePathIsSmall)
{
    EXPECT_LE(sizeof(EvpnRibEntry), 32u); // 512 VTEPs with 24,576 routes each hold 12 million
}

TEST(EvpnRibTable, IsWhatAMapWouldBe)
{
    std::mt19937 random(7);
    EvpnRibTable table;
    std::map<EvpnRouteKey, std::map<uint32_t, EvpnRoutePtr>> expected;
    for (uint32_t step = 0; step < 20000; ++step)
    {
        const uint32_t number = random() % 600;
        const uint32_t peer = random() % 4 == 0 ? 2 : 1;
        const EvpnRouteKey key = MakeRibKey(number);
        if (random() % 2 == 0 || step < 400)
        {
            const EvpnRoutePtr route = MakeRibRoute(number, random() % 3);
            table.GetOrAdd(key).Set({route, peer});
            expected[key][peer] = route;
            continue;
        }
        EvpnRibEntry* entry = table.Find(key);
        ASSERT_EQ(entry != nullptr, expected.count(key) != 0);
        const EvpnPath* path = entry == nullptr ? nullptr : entry->FindPath(peer);
        if (path == nullptr)
        {
            continue;
        }
        entry->Remove(path);
        expected[key].erase(peer);
        if (entry->GetSize() == 0)
        {
            table.Erase(*entry);
            expected.erase(key);
        }
    }
    ASSERT_GT(expected.size(), 100u);
    ASSERT_EQ(table.GetSize(), expected.size());
    const auto all = table.Select([](const EvpnRibEntry&) { return true; });
    ASSERT_EQ(all.size(), expected.size());
    std::size_t i = 0;
    for (const auto& [key, paths] : expected)
    {
        const EvpnRibEntry& entry = *all[i++];
        EXPECT_TRUE(entry.GetKey() == key);
        EXPECT_EQ(table.Find(key), &entry);
        ASSERT_EQ(entry.GetSize(), paths.size());
        const EvpnPath* path = entry.begin();
        for (const auto& [peer, route] : paths)
        {
            EXPECT_EQ(path->peer, peer);
            EXPECT_EQ(path->route, route);
            ++path;
        }
    }
}

TEST(EvpnRibTable, TheBestPathStaysTheBestWhileOthersComeAndGo)
{
    EvpnRibEntry entry;
    entry.Set({MakeRibRoute(1), 5});
    EXPECT_EQ(entry.FindBest(), nullptr);
    EXPECT_TRUE(entry.SetBest(0));
    EXPECT_FALSE(entry.SetBest(0));
    EXPECT_FALSE(entry.Set({MakeRibRoute(1), 3}));
    EXPECT_FALSE(entry.Set({MakeRibRoute(1), 9}));
    EXPECT_EQ(entry.FindBest()->peer, 5u);
    EXPECT_TRUE(entry.Set({MakeRibRoute(1, 8), 5})); // the best one is another
    EXPECT_FALSE(entry.Remove(entry.FindPath(3)));
    EXPECT_EQ(entry.FindBest()->peer, 5u);
    EXPECT_EQ(entry.FindBest()->GetAttributes().med, 8u);
    EXPECT_TRUE(entry.Remove(entry.FindPath(5)));
    EXPECT_EQ(entry.FindBest(), nullptr);
    EXPECT_EQ(entry.GetSize(), 1u);
    EXPECT_EQ(entry[0].peer, 9u);
}

} // namespace
