// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/rpf-tie.h"

#include <gtest/gtest.h>

#include <array>

namespace ns3
{

TEST(RpfTie, HighestTakesTheLastOfTheSortedNextHops)
{
    EXPECT_EQ(SelectRpfNextHop(RpfEcmp::HIGHEST, 3, 1, 2), 2u);
    EXPECT_EQ(SelectRpfNextHop(RpfEcmp::HIGHEST, 1, 1, 2), 0u);
}

TEST(RpfTie, HashSpreadsGroupsEvenly)
{
    std::array<int, 4> hits{};
    for (uint32_t group = 0; group < 4000; ++group)
    {
        ++hits[SelectRpfNextHop(RpfEcmp::SG_HASH, 4, 0, 0xef000000 + group)];
    }
    for (int count : hits)
    {
        EXPECT_NEAR(count, 1000, 120);
    }
}

TEST(RpfTie, HashIsAFunctionOfSourceAndGroup)
{
    EXPECT_EQ(RpfHash(0x0a000001, 0xef000001), RpfHash(0x0a000001, 0xef000001));
    EXPECT_NE(RpfHash(0x0a000001, 0xef000001), RpfHash(0x0a000002, 0xef000001));
}

} // namespace ns3
