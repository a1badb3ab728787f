// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/ospf-lsa-table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

namespace ns3
{

namespace
{

OspfLsaKey
MakeLsaTableKey(uint32_t number)
{
    return {static_cast<OspfLsaType>(1 + number % 5), OspfId(number / 5 % 9), OspfId(number / 45)};
}

TEST(OspfLsaTable, IsWhatAMapWouldBe)
{
    std::mt19937 random(2);
    OspfLsaTable table;
    std::map<OspfLsaKey, int32_t> map;
    for (int step = 0; step < 3000; ++step)
    {
        const OspfLsaKey key = MakeLsaTableKey(static_cast<uint32_t>(random() % 300));
        if (random() % 3 == 0)
        {
            table.Remove(key);
            map.erase(key);
        }
        else
        {
            const auto [entry, added] = table.GetOrAdd(key);
            ASSERT_EQ(added, map.count(key) == 0);
            entry->lsa.header.sequence = step;
            map[key] = step;
        }
        ASSERT_EQ(table.size(), map.size());
        ASSERT_EQ(table.empty(), map.empty());
        const OspfLsaKey other = MakeLsaTableKey(static_cast<uint32_t>(random() % 300));
        ASSERT_EQ(table.Find(other) != nullptr, map.count(other) != 0);
        if (step % 10 == 0)
        {
            auto expected = map.begin();
            for (const auto& [found, entry] : table)
            {
                ASSERT_EQ(found, expected->first);
                ASSERT_EQ(entry.lsa.header.sequence, expected->second);
                ++expected;
            }
            ASSERT_EQ(expected, map.end());
        }
    }
}

TEST(OspfLsaTable, AnEntryStaysWhereItIs)
{
    OspfLsaTable table;
    const OspfLsdbEntry* first = table.GetOrAdd(MakeLsaTableKey(0)).first;
    for (uint32_t i = 1; i < 300; ++i)
    {
        table.GetOrAdd(MakeLsaTableKey(i));
    }
    EXPECT_EQ(table.Find(MakeLsaTableKey(0)), first);
}

} // namespace

} // namespace ns3
