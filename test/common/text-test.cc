// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/text.h"

#include <gtest/gtest.h>

using namespace ns3;

TEST(Text, OneLineShowsControlCharacters)
{
    EXPECT_EQ(ToOneLine("plain, ö"), "plain, ö");
    EXPECT_EQ(ToOneLine(std::string("a\0b", 3)), "a\\x00b");
    EXPECT_EQ(ToOneLine("a\nb\r\tc\x1b[1m\x7f"), "a\\nb\\r\\tc\\x1b[1m\\x7f");
}

TEST(Text, SlipsAreLettersAddedLeftOutChangedOrSwapped)
{
    EXPECT_EQ(CountSlips("cost", "cost"), 0u);
    EXPECT_EQ(CountSlips("Cost", "cOST"), 0u);
    EXPECT_EQ(CountSlips("cots", "cost"), 1u);
    EXPECT_EQ(CountSlips("cst", "cost"), 1u);
    EXPECT_EQ(CountSlips("cosst", "cost"), 1u);
    EXPECT_EQ(CountSlips("cast", "cost"), 1u);
    EXPECT_EQ(CountSlips("", "cost"), 4u);
    EXPECT_EQ(CountSlips("adress", "sourceAddress"), 7u);
}

TEST(Text, NumberLists)
{
    using Numbers = std::vector<uint64_t>;
    EXPECT_EQ(ParseNumberList("4", 1, 9), Numbers({4}));
    EXPECT_EQ(ParseNumberList("1,4,2-4,9", 1, 9), Numbers({1, 4, 2, 3, 9}));
    EXPECT_EQ(ParseNumberList("1-5", 1, 9, 5), Numbers({1, 2, 3, 4, 5}));
    for (const char* wrong : {"", "0", "10", "a", "1,", "3-2", "1-2-3", "-3", "1 2", "1-x"})
    {
        EXPECT_EQ(ParseNumberList(wrong, 1, 9), std::nullopt) << wrong;
    }
    EXPECT_EQ(ParseNumberList("1-6", 1, 9, 5), std::nullopt);
}

TEST(Text, NearMiss)
{
    const std::set<std::string> known{"x", "mtu", "cost", "drPriority", "dataRate"};
    EXPECT_EQ(FindNearMiss("cost", known), std::nullopt);
    EXPECT_EQ(FindNearMiss("Cost", known), "cost");
    EXPECT_EQ(FindNearMiss("X", known), "x");
    EXPECT_EQ(FindNearMiss("id", known), std::nullopt) << "every short word is near another";
    EXPECT_EQ(FindNearMiss("mut", known), "mtu");
    EXPECT_EQ(FindNearMiss("ospfPriority", known), std::nullopt);
    EXPECT_EQ(FindNearMiss("drPriorty", known), "drPriority");
    EXPECT_EQ(FindNearMiss("datarates", known), "dataRate");
    EXPECT_EQ(FindNearMiss("", known), std::nullopt);
}
