// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/keyed-slab.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace ns3
{

struct SlabEntry
{
    uint64_t key{0};
    int value{0};
};

struct SlabEntryKey
{
    uint64_t operator()(const SlabEntry& entry) const
    {
        return entry.key;
    }
};

TEST(KeyedSlab, AgreesWithAMapAndEntriesStayWhereTheyAre)
{
    KeyedSlab<SlabEntry, SlabEntryKey> slab;
    std::map<uint64_t, SlabEntry*> expected;
    std::mt19937 random(1);
    for (int round = 0; round < 5000; ++round)
    {
        const uint64_t key = random() % 200;
        ASSERT_EQ(slab.Find(key), expected.count(key) == 0 ? nullptr : expected[key]);
        if (random() % 2 == 0)
        {
            ASSERT_EQ(slab.Erase(key), expected.erase(key) == 1);
        }
        else if (slab.Find(key) == nullptr)
        {
            SlabEntry& entry = slab.Add(key);
            ASSERT_EQ(entry.value, 0) << "left by an earlier one";
            entry = {key, round + 1};
            expected[key] = &entry;
        }
        ASSERT_EQ(slab.GetSize(), expected.size());
    }
    std::vector<SlabEntry*> sorted;
    for (const auto& [key, entry] : expected)
    {
        EXPECT_EQ(entry->key, key);
        sorted.push_back(entry);
    }
    EXPECT_EQ(slab.GetSorted(), sorted);
}

} // namespace ns3
