// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4.1: learning, migration; ageing as Linux does it; permanent entries; limit.
#include "ns3/vxlan-fdb.h"
#include "support/fake-clock.h"

#include <gtest/gtest.h>

namespace ns3
{

class VxlanFdbTest : public testing::Test
{
  protected:
    using LearnResult = VxlanFdb::LearnResult;

    const Mac48Address m_a{"02:42:00:00:00:01"};
    const Mac48Address m_b{"02:42:00:00:00:02"};
    const Ipv4Address m_r1{"192.168.1.1"};
    const Ipv4Address m_r2{"192.168.2.2"};
    FakeClock m_clock;
    std::vector<VxlanFdbEntry> m_aged;
    VxlanFdb m_fdb{m_clock, [this](const VxlanFdbEntry& entry) { m_aged.push_back(entry); }};
};

TEST_F(VxlanFdbTest, LearnsAndMoves)
{
    EXPECT_EQ(m_fdb.Find(m_a), nullptr);
    EXPECT_EQ(m_fdb.Learn(m_a, m_r1), LearnResult::LEARNED);
    EXPECT_EQ(m_fdb.Learn(m_a, m_r1), LearnResult::KNOWN);
    EXPECT_EQ(m_fdb.Find(m_a)->vtep, m_r1);
    EXPECT_EQ(m_fdb.Learn(m_a, m_r2), LearnResult::MOVED);
    EXPECT_EQ(m_fdb.Find(m_a)->vtep, m_r2);
    EXPECT_EQ(m_fdb.GetSize(), 1u);
}

TEST_F(VxlanFdbTest, AgesAfter300SecondsOfSilence)
{
    m_fdb.Learn(m_a, m_r1);
    m_clock.Advance(Seconds(100));
    m_fdb.Learn(m_b, m_r1);
    m_clock.Advance(Seconds(100));
    m_fdb.Learn(m_a, m_r2); // heard again at 200
    m_clock.Advance(MilliSeconds(199999));
    EXPECT_TRUE(m_aged.empty());
    m_clock.Advance(MilliSeconds(1));
    ASSERT_EQ(m_aged.size(), 1u);
    EXPECT_EQ(m_aged[0].mac, m_b);
    m_clock.Advance(Seconds(100));
    ASSERT_EQ(m_aged.size(), 2u);
    EXPECT_EQ(m_aged[1].mac, m_a);
    EXPECT_EQ(m_aged[1].vtep, m_r2);
    EXPECT_EQ(m_fdb.GetSize(), 0u);
    EXPECT_EQ(m_clock.GetPending(), 0u);
}

TEST_F(VxlanFdbTest, OneAlarmForATable)
{
    for (uint8_t i = 0; i < 200; ++i)
    {
        const uint8_t bytes[6] = {2, 0, 0, 0, 0, i};
        Mac48Address mac;
        mac.CopyFrom(bytes);
        m_fdb.Learn(mac, m_r1);
        m_clock.Advance(MilliSeconds(10));
    }
    EXPECT_EQ(m_clock.GetPending(), 1u);
    m_clock.Advance(Seconds(301));
    EXPECT_EQ(m_aged.size(), 200u);
}

TEST_F(VxlanFdbTest, AgeingCanChangeAndEnd)
{
    m_fdb.Learn(m_a, m_r1);
    m_clock.Advance(Seconds(50));
    m_fdb.SetAgeing(Seconds(60));
    m_clock.Advance(Seconds(10));
    EXPECT_EQ(m_aged.size(), 1u);
    m_fdb.SetAgeing(Seconds(0));
    m_fdb.Learn(m_a, m_r1);
    m_clock.Advance(Seconds(100000));
    EXPECT_NE(m_fdb.Find(m_a), nullptr);
}

TEST_F(VxlanFdbTest, PermanentEntriesNeitherMoveNorAge)
{
    m_fdb.Learn(m_a, m_r2);
    m_fdb.Set(m_a, m_r1, VxlanFdbOrigin::STATIC);
    EXPECT_EQ(m_fdb.Learn(m_a, m_r2), LearnResult::PERMANENT);
    EXPECT_EQ(m_fdb.Learn(m_a, m_r1), LearnResult::KNOWN);
    m_clock.Advance(Seconds(1000));
    EXPECT_EQ(m_fdb.Find(m_a)->vtep, m_r1);
    m_fdb.Learn(m_b, m_r2);
    m_fdb.Flush();
    EXPECT_EQ(m_fdb.GetSize(), 1u);
    EXPECT_TRUE(m_fdb.Remove(m_a));
    EXPECT_FALSE(m_fdb.Remove(m_a));
    EXPECT_EQ(m_clock.GetPending(), 0u);
}

TEST_F(VxlanFdbTest, EntriesKnowWhereTheyCameFrom)
{
    m_fdb.Learn(m_a, m_r2);
    EXPECT_TRUE(m_fdb.Set(m_a, m_r1, VxlanFdbOrigin::EVPN));
    EXPECT_STREQ(EnumName(m_fdb.Find(m_a)->origin), "evpn");
    EXPECT_FALSE(m_fdb.Remove(m_a, VxlanFdbOrigin::MAP));
    // What the user configures stands above what a control plane says.
    EXPECT_TRUE(m_fdb.Set(m_a, m_r2, VxlanFdbOrigin::STATIC));
    EXPECT_FALSE(m_fdb.Set(m_a, m_r1, VxlanFdbOrigin::EVPN));
    EXPECT_EQ(m_fdb.Find(m_a)->vtep, m_r2);
    EXPECT_FALSE(m_fdb.Remove(m_a, VxlanFdbOrigin::EVPN));
    EXPECT_TRUE(m_fdb.Remove(m_a, VxlanFdbOrigin::STATIC));
    EXPECT_EQ(m_fdb.GetSize(), 0u);
}

TEST_F(VxlanFdbTest, LimitCountsLearnedEntriesOnly)
{
    m_fdb.SetLimit(1);
    m_fdb.Set(m_b, m_r1, VxlanFdbOrigin::STATIC);
    EXPECT_EQ(m_fdb.Learn(m_a, m_r1), LearnResult::LEARNED);
    EXPECT_EQ(m_fdb.Learn(Mac48Address("02:00:00:00:00:09"), m_r1), LearnResult::FULL);
    EXPECT_EQ(m_fdb.Learn(m_a, m_r2), LearnResult::MOVED);
    m_clock.Advance(Seconds(300));
    EXPECT_EQ(m_fdb.Learn(Mac48Address("02:00:00:00:00:09"), m_r1), LearnResult::LEARNED);
}

TEST_F(VxlanFdbTest, ListsInOrderOfAddresses)
{
    m_fdb.Learn(m_b, m_r1);
    m_fdb.Learn(m_a, m_r1);
    m_fdb.Set(Mac48Address("01:ff:00:00:00:00"), m_r2, VxlanFdbOrigin::EVPN);
    const std::vector<VxlanFdbEntry> entries = m_fdb.GetEntries();
    ASSERT_EQ(entries.size(), 3u);
    EXPECT_TRUE(entries[0].IsPermanent());
    EXPECT_EQ(entries[1].mac, m_a);
    EXPECT_EQ(entries[2].mac, m_b);
}

TEST_F(VxlanFdbTest, DefaultDestinationsKeepTheirOrder)
{
    m_fdb.AddDefault(m_r2);
    m_fdb.AddDefault(m_r1);
    m_fdb.AddDefault(m_r2);
    EXPECT_EQ(m_fdb.GetDefaults(), (std::vector<Ipv4Address>{m_r2, m_r1}));
    EXPECT_TRUE(m_fdb.RemoveDefault(m_r2));
    EXPECT_FALSE(m_fdb.RemoveDefault(m_r2));
}

TEST_F(VxlanFdbTest, DefaultDestinationsKnowTheirOrigin)
{
    m_fdb.AddDefault(m_r1);
    m_fdb.AddDefault(m_r2, VxlanFdbOrigin::EVPN);
    EXPECT_EQ(m_fdb.GetDefaultOrigin(m_r1), VxlanFdbOrigin::STATIC);
    EXPECT_EQ(m_fdb.GetDefaultOrigin(m_r2), VxlanFdbOrigin::EVPN);
    m_fdb.RemoveDefault(m_r2);
    m_fdb.AddDefault(m_r2);
    EXPECT_EQ(m_fdb.GetDefaultOrigin(m_r2), VxlanFdbOrigin::STATIC);
}

} // namespace ns3
