// SPDX-License-Identifier: GPL-2.0-only
// Tables that hold (*,G) and (S,G) entries apart.
#include "ns3/multicast-forwarding-cache.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const Ipv4Address GROUP("239.0.0.1");

SourceGroup
StarG(uint32_t number)
{
    return SourceGroup::StarG(Ipv4Address(GROUP.Get() + number));
}

SourceGroup
Sg(uint32_t number)
{
    return SourceGroup(Ipv4Address(0x0a000001 + number), GROUP);
}

/** \returns how many of some new entries are installed. */
int
Fill(MulticastForwardingCache& cache, SourceGroup (*key)(uint32_t), int count)
{
    int installed = 0;
    for (int i = 0; i < count; ++i)
    {
        installed +=
            cache.Set(key(static_cast<uint32_t>(i)), MulticastEntrySpec(), Seconds(i)).installed;
    }
    return installed;
}

} // namespace

TEST(MulticastKinds, EachKindHasItsOwnRoom)
{
    MulticastForwardingCache cache;
    cache.SetKindCapacities(2, 3);
    EXPECT_EQ(Fill(cache, StarG, 5), 2);
    EXPECT_EQ(Fill(cache, Sg, 5), 3) << "(*,G) entries do not take their room";
    EXPECT_EQ(cache.GetInstalledSize(), 5u);
    EXPECT_EQ(cache.GetInstalledStarG(), 2u);
    EXPECT_EQ(cache.GetCounters().refusedEntries, 3u + 2u);
    EXPECT_FALSE(cache.HasRoom(StarG(9)));
    cache.Remove(StarG(0));
    cache.Remove(StarG(1));
    EXPECT_TRUE(cache.HasRoom(StarG(9)));
    EXPECT_FALSE(cache.HasRoom(Sg(9)));
}

TEST(MulticastKinds, TheSumCountsToo)
{
    MulticastForwardingCache cache;
    cache.SetCapacity(4, MulticastOverflowPolicy::PUNT);
    cache.SetKindCapacities(3, MulticastForwardingCache::UNLIMITED);
    EXPECT_EQ(Fill(cache, StarG, 5), 3);
    EXPECT_EQ(Fill(cache, Sg, 5), 1);
}

TEST(MulticastKinds, EvictingMakesRoomInTheFullPart)
{
    MulticastForwardingCache cache;
    cache.SetCapacity(MulticastForwardingCache::UNLIMITED, MulticastOverflowPolicy::EVICT);
    cache.SetKindCapacities(2, 2);
    EXPECT_EQ(Fill(cache, StarG, 2), 2);
    EXPECT_EQ(Fill(cache, Sg, 4), 4) << "each throws out an (S,G) entry";
    EXPECT_EQ(cache.GetInstalledStarG(), 2u) << "though these are older";
    EXPECT_EQ(cache.GetInstalledSize(), 4u);
    EXPECT_EQ(cache.GetCounters().evictedEntries, 2u);
}
