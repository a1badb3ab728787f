// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/ospf-retransmission-list.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <vector>

namespace ns3
{

namespace
{

OspfLsaKey
MakeListedKey(uint32_t number)
{
    return {static_cast<OspfLsaType>(1 + number % 5), OspfId(number / 5 % 9), OspfId(number / 45)};
}

TEST(OspfRetransmissionList, IsWhatAMapWouldBe)
{
    std::mt19937 random(3);
    OspfRetransmissionList list;
    std::map<OspfLsaKey, Time> map;
    for (int step = 0; step < 6000; ++step)
    {
        // By turns it grows long and is emptied.
        const OspfLsaKey key = MakeListedKey(static_cast<uint32_t>(random() % 300));
        const bool removes = random() % 10 < (step / 1000 % 2 == 0 ? 3 : 8);
        if (removes)
        {
            ASSERT_EQ(list.Remove(key), map.erase(key) > 0);
        }
        else
        {
            list.Set(key, Seconds(step));
            map[key] = Seconds(step);
        }
        ASSERT_EQ(list.GetSize(), map.size());
        ASSERT_EQ(list.IsEmpty(), map.empty());
        const OspfLsaKey other = MakeListedKey(static_cast<uint32_t>(random() % 300));
        ASSERT_EQ(list.Contains(other), map.count(other) != 0);
        Time earliest = Time::Max();
        std::vector<OspfLsaKey> until;
        for (const auto& [listed, sent] : map)
        {
            earliest = std::min(earliest, sent);
            if (sent <= Seconds(step / 2))
            {
                until.push_back(listed);
            }
        }
        ASSERT_EQ(list.GetEarliest(), earliest);
        ASSERT_EQ(list.GetSentUntil(Seconds(step / 2)), until);
    }
}

TEST(OspfRetransmissionList, AnEmptyOneHasNothing)
{
    OspfRetransmissionList list;
    EXPECT_FALSE(list.Contains(MakeListedKey(0)));
    EXPECT_FALSE(list.Remove(MakeListedKey(0)));
    EXPECT_EQ(list.GetEarliest(), Time::Max());
    list.Set(MakeListedKey(0), Seconds(1));
    list.Clear();
    EXPECT_TRUE(list.IsEmpty());
    EXPECT_TRUE(list.GetSentUntil(Seconds(2)).empty());
}

} // namespace

} // namespace ns3
