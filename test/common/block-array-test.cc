// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/block-array.h"

#include <gtest/gtest.h>

namespace ns3
{

namespace
{

TEST(BlockArray, NothingMovesWhenItGrows)
{
    BlockArray<uint32_t, 4> array;
    EXPECT_EQ(array.Add(), 0u);
    const uint32_t* first = &array[0];
    EXPECT_EQ(*first, 0u);
    for (uint32_t i = 1; i < 30; ++i)
    {
        ASSERT_EQ(array.Add(), i);
        array[i] = i;
    }
    for (uint32_t i = 0; i < 30; ++i)
    {
        ASSERT_EQ(array[i], i);
    }
    EXPECT_EQ(&array[0], first);
}

} // namespace

} // namespace ns3
