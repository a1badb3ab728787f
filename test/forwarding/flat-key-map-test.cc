// SPDX-License-Identifier: GPL-2.0-only
// The flat hash behaves as std::map does, over long random histories.
#include "ns3/flat-key-map.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

using namespace ns3;

TEST(FlatKeyMap, AgreesWithMapOverRandomHistories)
{
    for (uint32_t seed = 1; seed <= 20; ++seed)
    {
        std::mt19937 random(seed);
        FlatKeyMap<int> flat;
        std::map<uint64_t, int> reference;
        // Few keys collide often; many make the table grow.
        const uint64_t keys = seed % 2 ? 40 : 4000;
        for (int step = 0; step < 20000; ++step)
        {
            const uint64_t key = 1 + random() % keys;
            switch (random() % 3)
            {
            case 0:
                flat[key] = step;
                reference[key] = step;
                break;
            case 1:
                ASSERT_EQ(flat.Erase(key), reference.erase(key) == 1);
                break;
            default: {
                const int* found = flat.Find(key);
                auto it = reference.find(key);
                ASSERT_EQ(found != nullptr, it != reference.end());
                ASSERT_TRUE(found == nullptr || *found == it->second);
            }
            }
            ASSERT_EQ(flat.GetSize(), reference.size());
        }
        std::vector<uint64_t> expected;
        for (const auto& [key, value] : reference)
        {
            expected.push_back(key);
        }
        EXPECT_EQ(flat.GetKeys(), expected);
    }
}

TEST(FlatKeyMap, ErasesByCondition)
{
    FlatKeyMap<int> flat;
    for (int i = 1; i <= 100; ++i)
    {
        flat[i] = i;
    }
    flat.EraseIf([](uint64_t key, int) { return key % 3 != 0; });
    EXPECT_EQ(flat.GetSize(), 33u);
    EXPECT_NE(flat.Find(99), nullptr);
    EXPECT_EQ(flat.Find(98), nullptr);
}
