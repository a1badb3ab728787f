// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.7: which RP serves a group; expiry, RPs set by hand, scope zones, what is told of
// changes.
#include "support/fake-pim-environment.h"

#include "ns3/pim-rp-set.h"
#include "ns3/rp-hash.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const PimScopeZone GLOBAL;
const Ipv4Prefix ALL(Ipv4Address("239.0.0.0"), 8);
const Ipv4Address C1("192.168.101.111");
const Ipv4Address C2("192.168.102.122");
const Ipv4Address C3("192.168.101.133");

PimEncodedGroup
Encode(const Ipv4Prefix& range, bool bidirectional = false)
{
    return {range.GetAddress(), range.GetLength(), bidirectional, false};
}

class PimRpSetTest : public testing::Test
{
  protected:
    PimRpSetTest()
    {
        rpSet.AddZone(GLOBAL);
        rpSet.changed = [this](const std::vector<Ipv4Prefix>& ranges) {
            changed.insert(changed.end(), ranges.begin(), ranges.end());
        };
    }

    void Store(const Ipv4Prefix& range, const std::vector<PimBootstrapRp>& rps)
    {
        rpSet.Store(GLOBAL, Encode(range), rps);
    }

    Ipv4Address Rp(const char* group) const
    {
        const auto mapping = rpSet.Lookup(Ipv4Address(group));
        return mapping ? mapping->rp : Ipv4Address::GetAny();
    }

    FakePimEnvironment environment;
    PimRpSet rpSet{environment};
    std::vector<Ipv4Prefix> changed;
};

TEST_F(PimRpSetTest, HashSpreadsGroupsAsInTheLab)
{
    Store(ALL, {{C1, 150, 192}, {C2, 150, 192}});
    EXPECT_EQ(Rp("239.0.0.20"), C1);
    EXPECT_EQ(Rp("239.0.0.16"), C2);
    for (int i = 0; i < 4; ++i)
    {
        EXPECT_EQ(Rp(("239.0.0." + std::to_string(16 + i)).c_str()), C2)
            << "a mask of 30 keeps four groups together";
    }
}

TEST_F(PimRpSetTest, HashIsTakenOfTheGroupNotOfItsRange)
{
    // The value of RFC 7761 §4.7.2, worked out by hand.
    const uint64_t group = 0xef000014;
    const uint64_t inner = (1103515245ULL * group + 12345) % (1ULL << 32);
    const uint64_t outer = (1103515245ULL * (inner ^ C1.Get()) + 12345) % (1ULL << 31);
    EXPECT_EQ(RpHash(Ipv4Address("239.0.0.20").Get(), 30, C1.Get()), outer);
    EXPECT_EQ(RpHash(Ipv4Address("239.0.0.23").Get(), 30, C1.Get()), outer);
    EXPECT_NE(RpHash(Ipv4Address("239.0.0.23").Get(), 32, C1.Get()), outer);
    EXPECT_EQ(RpHash(Ipv4Address("239.0.0.23").Get(), 0, C1.Get()),
              RpHash(Ipv4Address("224.9.9.9").Get(), 0, C1.Get()));
}

TEST_F(PimRpSetTest, TheHashMaskLengthIsTheBsrs)
{
    Store(ALL, {{C1, 150, 192}, {C2, 150, 192}});
    rpSet.SetHashMaskLength(GLOBAL, 8);
    const Ipv4Address all = Rp("239.0.0.20");
    for (uint32_t i = 0; i < 64; ++i)
    {
        EXPECT_EQ(rpSet.Lookup(Ipv4Address(0xef000000 + (i << 10)))->rp, all);
    }
    rpSet.SetHashMaskLength(GLOBAL, 32);
    std::set<Ipv4Address> used;
    for (uint32_t i = 0; i < 64; ++i)
    {
        used.insert(rpSet.Lookup(Ipv4Address(0xef000000 + i))->rp);
    }
    EXPECT_EQ(used.size(), 2u);
}

TEST_F(PimRpSetTest, LowestPriorityValueComesBeforeTheHash)
{
    Store(ALL, {{C1, 150, 192}, {C2, 150, 192}, {C3, 150, 100}});
    EXPECT_EQ(Rp("239.0.0.20"), C3);
    EXPECT_EQ(Rp("239.0.0.16"), C3);
}

TEST_F(PimRpSetTest, LongestRangeComesBeforePriority)
{
    Store(ALL, {{C3, 150, 0}});
    Store(Ipv4Prefix(Ipv4Address("239.1.0.0"), 16), {{C1, 150, 255}});
    Store(Ipv4Prefix(Ipv4Address("239.1.2.3"), 32), {{C2, 150, 255}});
    EXPECT_EQ(Rp("239.2.0.1"), C3);
    EXPECT_EQ(Rp("239.1.0.1"), C1);
    EXPECT_EQ(Rp("239.1.2.3"), C2);
    EXPECT_EQ(Rp("238.0.0.1"), Ipv4Address::GetAny());
}

TEST_F(PimRpSetTest, HighestAddressAmongEqualHashes)
{
    // Addresses that differ in bit 31 alone hash alike, as the hash keeps 31 bits.
    const Ipv4Address low("64.1.1.1");
    const Ipv4Address high("192.1.1.1");
    ASSERT_EQ(RpHash(Ipv4Address("239.0.0.1").Get(), 30, low.Get()),
              RpHash(Ipv4Address("239.0.0.1").Get(), 30, high.Get()));
    Store(ALL, {{high, 150, 192}, {low, 150, 192}});
    EXPECT_EQ(Rp("239.0.0.1"), high);
}

TEST_F(PimRpSetTest, AnRpSetByHandComesFirstInItsRange)
{
    Store(ALL, {{C3, 150, 0}});
    rpSet.AddStatic(ALL, C1);
    EXPECT_EQ(Rp("239.0.0.1"), C1);
    EXPECT_TRUE(rpSet.Lookup(Ipv4Address("239.0.0.1"))->isStatic);
    Store(Ipv4Prefix(Ipv4Address("239.1.0.0"), 16), {{C2, 150, 192}});
    EXPECT_EQ(Rp("239.1.0.1"), C2) << "a longer learned range is still longer";
    rpSet.RemoveStatic(ALL, C1);
    EXPECT_EQ(Rp("239.0.0.1"), C3);
}

TEST_F(PimRpSetTest, RpsSetByHandShareARangeByTheHash)
{
    rpSet.AddStatic(ALL, C1);
    rpSet.AddStatic(ALL, C2);
    EXPECT_EQ(Rp("239.0.0.20"), C1);
    EXPECT_EQ(Rp("239.0.0.16"), C2);
    rpSet.SetStaticHashMaskLength(8);
    EXPECT_EQ(Rp("239.0.0.20"), Rp("239.0.0.16"));
}

TEST_F(PimRpSetTest, StaticRpsAreThereFromTheStart)
{
    environment.Forget();
    const PimRpSet configured(environment, {{Ipv4Prefix(Ipv4Address("239.9.0.0"), 16), C1, true}});
    EXPECT_FALSE(configured.Lookup(Ipv4Address("239.0.0.1")).has_value());
    EXPECT_EQ(configured.Lookup(Ipv4Address("239.9.0.1"))->rp, C1);
    EXPECT_TRUE(configured.Lookup(Ipv4Address("239.9.0.1"))->bidirectional);
    EXPECT_TRUE(configured.IsSparseWithoutRp(Ipv4Address("239.0.0.1")));
    EXPECT_FALSE(configured.IsSparseWithoutRp(Ipv4Address("239.9.0.1")));
    EXPECT_TRUE(environment.events.empty()) << "no change";
}

TEST_F(PimRpSetTest, MappingsExpireOneByOne)
{
    Store(ALL, {{C1, 100, 192}, {C3, 50, 100}});
    environment.Forget();
    changed.clear();
    environment.clock.Advance(Seconds(51));
    EXPECT_EQ(Rp("239.0.0.1"), C1);
    EXPECT_EQ(changed, std::vector<Ipv4Prefix>{ALL});
    EXPECT_EQ(environment.events,
              std::vector<std::string>{"rp 239.0.0.0/8 192.168.101.133 priority 100 expired"});
    Store(ALL, {{C1, 100, 192}});
    environment.clock.Advance(Seconds(99));
    EXPECT_EQ(Rp("239.0.0.1"), C1) << "each message restarts the timer";
    environment.clock.Advance(Seconds(2));
    EXPECT_EQ(Rp("239.0.0.1"), Ipv4Address::GetAny());
}

TEST_F(PimRpSetTest, OnlyChangesAreTold)
{
    Store(ALL, {{C1, 100, 192}, {C2, 100, 192}});
    EXPECT_EQ(changed.size(), 1u) << "once for the range";
    changed.clear();
    Store(ALL, {{C1, 150, 192}, {C2, 150, 192}});
    EXPECT_TRUE(changed.empty()) << "a longer holdtime is no news";
    Store(ALL, {{C1, 150, 191}, {C2, 150, 192}});
    EXPECT_EQ(changed.size(), 1u) << "another priority";
    rpSet.Store(GLOBAL, Encode(ALL, true), {{C1, 150, 191}, {C2, 150, 192}});
    EXPECT_EQ(changed.size(), 2u) << "bidirectional now";
    Store(Ipv4Prefix(Ipv4Address("239.1.0.0"), 16), {});
    EXPECT_EQ(changed.size(), 2u) << "nothing was there to remove";
}

TEST_F(PimRpSetTest, TheSmallestZoneOfAGroupCounts)
{
    const PimScopeZone wide{true, Ipv4Prefix(Ipv4Address("239.192.0.0"), 14)};
    const PimScopeZone narrow{true, Ipv4Prefix(Ipv4Address("239.192.0.0"), 16)};
    Store(Ipv4Prefix(Ipv4Address("224.0.0.0"), 4), {{C1, 150, 0}});
    EXPECT_EQ(Rp("239.192.0.1"), C1);
    rpSet.AddZone(wide);
    EXPECT_EQ(Rp("239.192.0.1"), Ipv4Address::GetAny());
    rpSet.Store(wide, Encode(wide.range), {{C2, 150, 0}});
    EXPECT_EQ(Rp("239.192.0.1"), C2);
    rpSet.AddZone(narrow);
    rpSet.Store(narrow, Encode(narrow.range), {{C3, 150, 255}});
    EXPECT_EQ(Rp("239.192.0.1"), C3);
    EXPECT_EQ(Rp("239.193.0.1"), C2);
    EXPECT_EQ(Rp("239.9.0.1"), C1);
    changed.clear();
    rpSet.RemoveZone(narrow);
    EXPECT_EQ(changed, std::vector<Ipv4Prefix>{narrow.range});
    EXPECT_EQ(Rp("239.192.0.1"), C2);
}

TEST_F(PimRpSetTest, MappingsAreListedInOrder)
{
    Store(ALL, {{C3, 150, 192}, {C1, 150, 192}});
    Store(Ipv4Prefix(Ipv4Address("239.0.0.0"), 16), {{C2, 150, 192}});
    rpSet.AddStatic(Ipv4Prefix(Ipv4Address("239.255.0.0"), 16), C3);
    std::vector<std::string> lines;
    for (const PimRpMapping& mapping : rpSet.GetMappings())
    {
        std::ostringstream line;
        line << mapping.range << " " << mapping.rp;
        lines.push_back(line.str());
    }
    EXPECT_EQ(lines,
              (std::vector<std::string>{"239.255.0.0/16 192.168.101.133",
                                        "239.0.0.0/8 192.168.101.111",
                                        "239.0.0.0/8 192.168.101.133",
                                        "239.0.0.0/16 192.168.102.122"}));
}

} // namespace
