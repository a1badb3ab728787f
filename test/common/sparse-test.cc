// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/sparse.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace ns3
{

TEST(Sparse, IsAPointerUntilItHoldsSomething)
{
    Sparse<std::map<int, int>> map;
    EXPECT_EQ(sizeof(map), sizeof(void*));
    EXPECT_TRUE(map.empty());
    EXPECT_EQ(map.begin(), map.end());
    EXPECT_EQ(map.find(3), map.end());
    EXPECT_EQ(map.count(3), 0u);
    EXPECT_EQ(map.erase(3), 0u);
    map[3] = 4;
    EXPECT_EQ(map.at(3), 4);
    EXPECT_EQ(map.size(), 1u);
    EXPECT_EQ(map.erase(map.begin()), map.end());
    EXPECT_TRUE(map.empty());
    EXPECT_EQ(map, (Sparse<std::map<int, int>>()));
}

TEST(Sparse, IsCopiedAndComparedByWhatItHolds)
{
    using Set = Sparse<std::set<int>>;
    const Set set{2, 1};
    Set copy = set;
    EXPECT_EQ(copy, set);
    copy.insert(3);
    EXPECT_NE(copy, set);
    EXPECT_EQ(set.size(), 2u);
    copy = Set();
    EXPECT_TRUE(copy.empty());
    EXPECT_FALSE(copy.emplace(1).first == copy.end());
    copy.clear();
    EXPECT_EQ(copy, Set());
}

} // namespace ns3
