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

OspfLsdbEntry
MakeLsaTableEntry(const OspfLsaKey& key, int32_t sequence)
{
    OspfLsa lsa;
    lsa.header.type = static_cast<uint8_t>(key.type);
    lsa.header.linkStateId = key.linkStateId;
    lsa.header.advertisingRouter = key.advertisingRouter;
    lsa.header.sequence = sequence;
    return {lsa, Seconds(0)};
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
            OspfLsdbEntry* old = table.Find(key);
            ASSERT_EQ(old != nullptr, map.count(key) != 0);
            OspfLsdbEntry fresh = MakeLsaTableEntry(key, step);
            if (old)
            {
                *old = fresh;
            }
            else
            {
                table.Add(fresh);
            }
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
                ASSERT_EQ(entry.GetHeader().sequence, expected->second);
                ++expected;
            }
            ASSERT_EQ(expected, map.end());
        }
    }
}

TEST(OspfLsaTable, AnEntryStaysWhereItIs)
{
    OspfLsaTable table;
    const OspfLsdbEntry* first = &table.Add(MakeLsaTableEntry(MakeLsaTableKey(0), 0));
    for (uint32_t i = 1; i < 300; ++i)
    {
        table.Add(MakeLsaTableEntry(MakeLsaTableKey(i), 0));
    }
    EXPECT_EQ(table.Find(MakeLsaTableKey(0)), first);
}

} // namespace

} // namespace ns3
