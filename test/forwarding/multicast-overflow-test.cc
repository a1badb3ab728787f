// SPDX-License-Identifier: GPL-2.0-only
// A limited table under each policy, and the cache against a plain model over random histories.
#include "forwarder-fixture.h"

#include <map>
#include <random>

namespace ns3
{

class MulticastOverflowTest : public ForwarderFixture
{
  protected:
    static SourceGroup Source(uint32_t n)
    {
        return SourceGroup(Ipv4Address(0x0a000000 + n), Ipv4Address("239.1.1.1"));
    }

    void Fill(std::size_t capacity, MulticastOverflowPolicy policy)
    {
        m_forwarder.SetCapacity(capacity, policy);
        for (uint32_t n = 1; n <= capacity; ++n)
        {
            ASSERT_TRUE(m_forwarder.Set(Source(n), Spec(1, {2})));
        }
    }
};

TEST_F(MulticastOverflowTest, RefuseResumesBelow95Percent)
{
    Fill(100, MulticastOverflowPolicy::REFUSE);
    EXPECT_FALSE(m_forwarder.GetCache().HasRoom());
    EXPECT_FALSE(m_forwarder.Set(Source(101), Spec(1, {2})));
    EXPECT_EQ(Counters().refusedEntries, 1u);
    EXPECT_EQ(Send(Source(101), 1).outcome, Outcome::NO_ROOM);
    EXPECT_EQ(Counters().lostPackets, 1u);
    EXPECT_EQ(m_upcalls.Take(), "");
    for (uint32_t n = 1; n <= 5; ++n)
    {
        m_forwarder.Remove(Source(n));
    }
    // 95 of 100: still refusing. Changing an installed entry adds none.
    EXPECT_FALSE(m_forwarder.Set(Source(102), Spec(1, {2})));
    EXPECT_TRUE(m_forwarder.Set(Source(50), Spec(1, {3})));
    m_forwarder.Remove(Source(6));
    // 94: the refused entry takes its place at its next packet, and the table fills up again.
    EXPECT_EQ(Send(Source(101), 1).outcome, Outcome::FORWARDED);
    EXPECT_TRUE(Installed(Source(101)));
    for (uint32_t n = 201; n <= 205; ++n)
    {
        EXPECT_TRUE(m_forwarder.Set(Source(n), Spec(1, {2})));
    }
    EXPECT_FALSE(m_forwarder.Set(Source(206), Spec(1, {2})));
    EXPECT_EQ(m_forwarder.GetCache().GetInstalledSize(), 100u);
    EXPECT_EQ(m_forwarder.GetCache().GetEntries().size(), 100u);
    EXPECT_EQ(m_forwarder.GetCache().GetEntries(false).size(), 102u);
}

TEST_F(MulticastOverflowTest, RefusedSourceFallsOntoStarG)
{
    m_forwarder.Set(Any("239.1.1.1"), Spec(1, {2, 3}));
    m_forwarder.SetCapacity(1, MulticastOverflowPolicy::REFUSE);
    EXPECT_FALSE(m_forwarder.Set(Source(1), Spec(4, {2})));
    EXPECT_EQ(Out(Send(Source(1), 1)), InterfaceSet({2, 3}));
    EXPECT_EQ(Counters().fallbackPackets, 1u);
    // The (*,G) entry refuses the source's own path; that is a loss, not a wrong interface.
    EXPECT_EQ(Send(Source(1), 4).outcome, Outcome::NO_ROOM);
    EXPECT_EQ(m_upcalls.Take(), "");
    EXPECT_EQ(Counters().lostPackets, 1u);
}

TEST_F(MulticastOverflowTest, EvictThrowsOutTheLeastRecentlyUsed)
{
    Fill(3, MulticastOverflowPolicy::EVICT);
    m_clock.Advance(Seconds(1));
    Send(Source(1), 1);
    m_clock.Advance(Seconds(1));
    EXPECT_TRUE(m_forwarder.Set(Source(4), Spec(1, {2})));
    EXPECT_EQ(m_upcalls.Take(), "displaced 10.0.0.2 239.1.1.1 0\n");
    EXPECT_EQ(Counters().evictedEntries, 1u);
    // A packet of the evicted entry brings it back.
    EXPECT_EQ(Send(Source(2), 1).outcome, Outcome::FORWARDED);
    EXPECT_EQ(m_upcalls.Take(), "displaced 10.0.0.3 239.1.1.1 0\n");
    EXPECT_TRUE(Installed(Source(1)));
    EXPECT_FALSE(Installed(Source(3)));
    EXPECT_EQ(m_forwarder.GetCache().GetInstalledSize(), 3u);
}

TEST_F(MulticastOverflowTest, ATableThatIsLimitedLaterKnowsTheLeastRecentlyUsed)
{
    for (uint32_t n = 1; n <= 3; ++n)
    {
        m_forwarder.Set(Source(n), Spec(1, {2}));
    }
    for (uint32_t n : {3, 1, 2})
    {
        m_clock.Advance(Seconds(1));
        Send(Source(n), 1);
    }
    m_forwarder.SetCapacity(3, MulticastOverflowPolicy::EVICT);
    m_forwarder.Set(Source(4), Spec(1, {2}));
    m_forwarder.Set(Source(5), Spec(1, {2}));
    EXPECT_EQ(m_upcalls.Take(),
              "displaced 10.0.0.3 239.1.1.1 0\ndisplaced 10.0.0.1 239.1.1.1 0\n");
}

TEST_F(MulticastOverflowTest, PuntIsLimitedTo70PerSecond)
{
    Fill(1, MulticastOverflowPolicy::PUNT);
    EXPECT_FALSE(m_forwarder.Set(Source(2), Spec(1, {2})));
    for (int i = 0; i < 3000; ++i)
    {
        Send(Source(2), 1);
        m_clock.Advance(MilliSeconds(1));
    }
    // 3 s at 70/s after a burst of 70, of 3,000 packets.
    EXPECT_NEAR(static_cast<double>(Counters().puntedPackets), 280, 1);
    EXPECT_EQ(Counters().puntedPackets + Counters().lostPackets, 3000u);
    EXPECT_EQ(m_upcalls.Take(), "");
    m_forwarder.Remove(Source(1));
    Send(Source(2), 1);
    EXPECT_TRUE(Installed(Source(2)));
}

TEST_F(MulticastOverflowTest, FallbackKeepsSharedTrees)
{
    Fill(3, MulticastOverflowPolicy::FALLBACK_STAR_G);
    EXPECT_FALSE(m_forwarder.Set(Source(4), Spec(1, {2})));
    EXPECT_TRUE(m_forwarder.Set(Any("239.1.1.1"), Spec(1, {2, 3})));
    EXPECT_EQ(m_upcalls.Take(), "displaced 10.0.0.1 239.1.1.1 0\n");
    EXPECT_EQ(Out(Send(Source(1), 1)), InterfaceSet({2, 3}));
    EXPECT_EQ(Out(Send(Source(2), 1)), InterfaceSet({2}));
    EXPECT_EQ(Counters().fallbackPackets, 1u);
    EXPECT_TRUE(m_forwarder.Set(Any("239.1.1.2"), Spec(1, {2})));
    EXPECT_TRUE(m_forwarder.Set(Any("239.1.1.3"), Spec(1, {2})));
    EXPECT_FALSE(m_forwarder.Set(Any("239.1.1.4"), Spec(1, {2})));
    EXPECT_EQ(m_forwarder.GetCache().GetInstalledSize(), 3u);
}

TEST_F(MulticastOverflowTest, FallbackGivesThePlaceOfARowThatYields)
{
    m_forwarder.SetCapacity(3, MulticastOverflowPolicy::FALLBACK_STAR_G);
    MulticastEntrySpec yields = Spec(1, {2});
    yields.yields = true;
    m_forwarder.Set(Source(1), Spec(1, {2}));
    m_forwarder.Set(Source(2), yields);
    m_forwarder.Set(Source(3), yields);
    EXPECT_FALSE(m_forwarder.Set(Source(4), yields));
    EXPECT_TRUE(m_forwarder.Set(Source(5), Spec(1, {2})));
    EXPECT_EQ(m_upcalls.Take(), "displaced 10.0.0.2 239.1.1.1 0\n");
    m_forwarder.Set(Source(3), Spec(1, {2}));
    EXPECT_FALSE(m_forwarder.Set(Source(6), Spec(1, {2}))) << "none yields any more";
    m_forwarder.Set(Source(1), yields);
    EXPECT_TRUE(m_forwarder.Set(Source(6), Spec(1, {2})));
    EXPECT_EQ(m_upcalls.Take(), "displaced 10.0.0.1 239.1.1.1 0\n");
}

TEST_F(MulticastOverflowTest, ZeroCapacityHoldsNothing)
{
    for (MulticastOverflowPolicy policy : {MulticastOverflowPolicy::REFUSE,
                                           MulticastOverflowPolicy::EVICT,
                                           MulticastOverflowPolicy::FALLBACK_STAR_G})
    {
        Replace();
        m_forwarder.SetCapacity(0, policy);
        EXPECT_FALSE(m_forwarder.Set(Source(1), Spec(1, {2})));
        EXPECT_EQ(Send(Source(1), 1).outcome, Outcome::NO_ROOM);
    }
}

TEST(MulticastOverflowPolicy, Names)
{
    for (const char* name : {"refuse", "evict", "punt", "fallback-star-g"})
    {
        EXPECT_EQ(GetMulticastOverflowPolicyName(ParseMulticastOverflowPolicy(name)), name);
    }
    EXPECT_THROW(ParseMulticastOverflowPolicy("drop"), std::invalid_argument);
}

/** Over random histories: the limit holds, lists are ordered, and installed entries forward as set. */
TEST_F(MulticastOverflowTest, InvariantsOverRandomHistories)
{
    for (uint32_t seed = 1; seed <= 40; ++seed)
    {
        std::mt19937 random(seed);
        const auto policy = static_cast<MulticastOverflowPolicy>(seed % 4);
        const std::size_t capacity = seed % 8 == 7 ? MulticastForwardingCache::UNLIMITED : 12;
        Replace();
        m_forwarder.SetCapacity(capacity, policy);
        std::map<uint64_t, MulticastEntrySpec> wanted;
        for (int step = 0; step < 3000; ++step)
        {
            const SourceGroup key{Ipv4Address(random() % 5 == 0 ? 0 : 0x0a000000 + random() % 6),
                                  Ipv4Address(0xef000000 + random() % 5)};
            const uint32_t incoming = random() % 4;
            switch (random() % 4)
            {
            case 0: {
                const MulticastEntrySpec spec =
                    Spec(incoming, InterfaceSet({static_cast<uint32_t>(random() % 100)}));
                wanted[key.GetBits()] = spec;
                m_forwarder.Set(key, spec);
                break;
            }
            case 1:
                wanted.erase(key.GetBits());
                m_forwarder.Remove(key);
                break;
            default: {
                m_clock.Advance(MilliSeconds(random() % 20));
                const SourceGroup packet{Ipv4Address(0x0a000000 + random() % 6), key.GetGroup()};
                const bool installed = Installed(packet);
                const MulticastDecision decision = Send(packet, incoming);
                auto found = wanted.find(packet.GetBits());
                if (installed && found->second.Accepts(incoming))
                {
                    InterfaceSet expected = found->second.outgoing;
                    expected.Remove(incoming);
                    ASSERT_EQ(decision.outcome, Outcome::FORWARDED);
                    ASSERT_EQ(Out(decision), expected);
                }
                ASSERT_TRUE(decision.outcome != Outcome::NO_ENTRY ||
                            (found == wanted.end() && !wanted.count(packet.ToStarG().GetBits())));
            }
            }
            ASSERT_LE(m_forwarder.GetCache().GetInstalledSize(), capacity);
            ASSERT_EQ(m_forwarder.GetCache().GetSize(), wanted.size());
        }
        const auto entries = m_forwarder.GetCache().GetEntries(false);
        ASSERT_EQ(entries.size(), wanted.size());
        auto expected = wanted.begin();
        for (const MulticastForwardingEntry* entry : entries)
        {
            EXPECT_EQ(entry->key.GetBits(), expected->first);
            EXPECT_EQ(entry->spec, expected->second);
            ++expected;
        }
        EXPECT_EQ(m_forwarder.GetCache().GetEntries().size(),
                  m_forwarder.GetCache().GetInstalledSize());
        m_upcalls.Take();
    }
}

} // namespace ns3
