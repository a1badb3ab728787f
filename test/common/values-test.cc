// SPDX-License-Identifier: GPL-2.0-only
// The values that all components share: prefix, (S,G) key, OSPF id, RP rank, mixer, names of enums.
#include "ns3/ip-sizes.h"
#include "ns3/ipv4-prefix.h"
#include "ns3/mix-hash.h"
#include "ns3/ospf-id.h"
#include "ns3/printed.h"
#include "ns3/rp-hash.h"
#include "ns3/source-group.h"
#include "ns3/stored-ipv4-address.h"
#include "ns3/tree-policy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <sstream>
#include <unordered_set>
#include <vector>

namespace ns3
{

namespace
{

template <typename T>
std::string
Print(const T& value)
{
    std::ostringstream text;
    text << value;
    return text.str();
}

} // namespace

TEST(Ipv4PrefixValue, ClearsHostBits)
{
    const Ipv4Prefix prefix(Ipv4Address("239.1.2.3"), 8);
    EXPECT_EQ(prefix.GetAddress(), Ipv4Address("239.0.0.0"));
    EXPECT_EQ(prefix.GetMask(), Ipv4Mask("255.0.0.0"));
    EXPECT_EQ(Print(prefix), "239.0.0.0/8");
    EXPECT_EQ(prefix, Ipv4Prefix(0xef000000, 8));
}

TEST(Ipv4PrefixValue, LengthsAtTheEnds)
{
    const Ipv4Prefix all;
    EXPECT_EQ(Print(all), "0.0.0.0/0");
    EXPECT_TRUE(all.Contains(Ipv4Address("255.255.255.255")));
    EXPECT_EQ(all, Ipv4Prefix(Ipv4Address("10.0.0.1"), 0));
    const Ipv4Prefix host = Ipv4Prefix::Host(Ipv4Address("10.0.0.1"));
    EXPECT_TRUE(host.Contains(Ipv4Address("10.0.0.1")));
    EXPECT_FALSE(host.Contains(Ipv4Address("10.0.0.0")));
    EXPECT_EQ(Ipv4Prefix(Ipv4Address("10.0.0.1"), 77), host) << "longer counts as 32";
}

TEST(Ipv4PrefixValue, ContainsAndOverlaps)
{
    const Ipv4Prefix eight(Ipv4Address("10.0.0.0"), 8);
    const Ipv4Prefix sixteen(Ipv4Address("10.3.0.0"), 16);
    const Ipv4Prefix other(Ipv4Address("11.0.0.0"), 16);
    EXPECT_TRUE(eight.Contains(sixteen));
    EXPECT_FALSE(sixteen.Contains(eight));
    EXPECT_TRUE(eight.Contains(eight));
    EXPECT_TRUE(sixteen.Overlaps(eight));
    EXPECT_FALSE(other.Overlaps(eight));
}

TEST(Ipv4PrefixValue, FromMaskRefusesHoles)
{
    EXPECT_EQ(Ipv4Prefix::FromMask(Ipv4Address("10.1.2.3"), Ipv4Mask("255.255.0.0")),
              Ipv4Prefix(Ipv4Address("10.1.0.0"), 16));
    EXPECT_EQ(Ipv4Prefix::FromMask(Ipv4Address("10.1.2.3"), Ipv4Mask::GetZero()), Ipv4Prefix());
    EXPECT_EQ(Ipv4Prefix::FromMask(Ipv4Address("10.1.2.3"), Ipv4Mask::GetOnes()),
              Ipv4Prefix::Host(Ipv4Address("10.1.2.3")));
    EXPECT_FALSE(Ipv4Prefix::FromMask(Ipv4Address("10.1.2.3"), 0xff00ff00));
    EXPECT_EQ(Ipv4Prefix::FromMask(Ipv4Address("10.1.2.3"), 0xfffffffe)->GetLength(), 31);
}

TEST(Ipv4PrefixValue, OrderIsByAddressThenTheShorterMask)
{
    const Ipv4Prefix a(Ipv4Address("10.0.0.0"), 8);
    const Ipv4Prefix b(Ipv4Address("10.0.0.0"), 16);
    const Ipv4Prefix c(Ipv4Address("200.0.0.0"), 8);
    EXPECT_TRUE(a < b && b < c && a < c);
    EXPECT_FALSE(b < a || a < a);
}

TEST(SourceGroupValue, KeepsBothAddresses)
{
    const SourceGroup key(Ipv4Address("192.168.1.1"), Ipv4Address("239.0.0.10"));
    EXPECT_EQ(key.GetSource(), Ipv4Address("192.168.1.1"));
    EXPECT_EQ(key.GetGroup(), Ipv4Address("239.0.0.10"));
    EXPECT_FALSE(key.IsStarG());
    EXPECT_EQ(Print(key), "(192.168.1.1,239.0.0.10)");
    EXPECT_EQ(SourceGroup::FromBits(key.GetBits()), key);
}

TEST(SourceGroupValue, StarG)
{
    const SourceGroup star = SourceGroup::StarG(Ipv4Address("239.0.0.10"));
    EXPECT_TRUE(star.IsStarG());
    EXPECT_EQ(Print(star), "(*,239.0.0.10)");
    EXPECT_EQ(SourceGroup(Ipv4Address("192.168.1.1"), Ipv4Address("239.0.0.10")).ToStarG(), star);
}

TEST(SourceGroupValue, OrderIsByGroupThenSourceSoThatStarGComesFirst)
{
    const Ipv4Address low("239.0.0.1");
    const Ipv4Address high("239.0.0.2");
    std::vector<SourceGroup> keys{SourceGroup(Ipv4Address("1.1.1.1"), high),
                                  SourceGroup::StarG(high),
                                  SourceGroup(Ipv4Address("200.1.1.1"), low),
                                  SourceGroup(Ipv4Address("1.1.1.1"), low),
                                  SourceGroup::StarG(low)};
    std::sort(keys.begin(), keys.end());
    EXPECT_EQ(keys.front(), SourceGroup::StarG(low));
    EXPECT_EQ(keys[1], SourceGroup(Ipv4Address("1.1.1.1"), low));
    EXPECT_EQ(keys[2], SourceGroup(Ipv4Address("200.1.1.1"), low));
    EXPECT_EQ(keys[3], SourceGroup::StarG(high));
    EXPECT_EQ(keys[4], SourceGroup(Ipv4Address("1.1.1.1"), high));
}

TEST(SourceGroupValue, HashSpreads)
{
    std::unordered_set<std::size_t> low;
    for (uint32_t i = 0; i < 1000; ++i)
    {
        low.insert(std::hash<SourceGroup>{}(
                       SourceGroup(Ipv4Address(0x0a000001), Ipv4Address(0xef000000 + i))) &
                   0xffff);
    }
    EXPECT_GT(low.size(), 980u) << "consecutive groups share few of 65,536 buckets";
}

TEST(MixHashValue, KnownNumbers)
{
    // The first outputs of SplitMix64 from state 0, as its authors publish them.
    EXPECT_EQ(MixHash(0x9e3779b97f4a7c15ULL), 0xe220a8397b1dcdafULL);
    EXPECT_EQ(MixHash(2 * 0x9e3779b97f4a7c15ULL), 0x6e789e6aa1b965f4ULL);
    EXPECT_EQ(MixHash(0), 0u);
}

TEST(OspfIdValue, IsNoAddressButPrintsAsOne)
{
    const OspfId id(Ipv4Address("1.0.0.2"));
    EXPECT_EQ(id.Get(), 0x01000002u);
    EXPECT_EQ(Print(id), "1.0.0.2");
    EXPECT_EQ(id.ToAddress(), Ipv4Address("1.0.0.2"));
    EXPECT_TRUE(OspfId() < id && OspfId().IsZero());
    EXPECT_TRUE(OspfId(3) > OspfId(2));
}

TEST(RpHashValue, S4_7_2_IsTheFormulaOfTheRfc)
{
    // Value(G,M,C) worked out in 64-bit integers, as the RFC writes it, modulo 2^31.
    std::mt19937 random(1);
    for (int i = 0; i < 1000; ++i)
    {
        const uint32_t group = 0xe0000000 | (random() & 0x0fffffff);
        const uint32_t rp = random();
        const uint64_t masked = group & 0xfffffffc;
        const uint64_t inner = (1103515245ULL * masked + 12345) ^ rp;
        const uint64_t value = (1103515245ULL * inner + 12345) % (1ULL << 31);
        ASSERT_EQ(RpHash(group, 30, rp), value);
    }
}

TEST(RpHashValue, S4_7_1_OrderOfTheRules)
{
    const RpRank reference(8, false, 192, 100, 5);
    EXPECT_TRUE(reference < RpRank(16, false, 255, 0, 0)) << "the longer range";
    EXPECT_TRUE(reference < RpRank(8, true, 255, 0, 0)) << "a static RP";
    EXPECT_TRUE(reference < RpRank(8, false, 191, 0, 0)) << "the lower priority value";
    EXPECT_TRUE(reference < RpRank(8, false, 192, 101, 0)) << "the higher hash";
    EXPECT_TRUE(reference < RpRank(8, false, 192, 100, 6)) << "the higher address";
    EXPECT_FALSE(reference < reference);
}

TEST(RpSelectionValue, TheBestOfThoseThatServeTheGroup)
{
    const uint32_t group = Ipv4Address("239.0.0.10").Get();
    const Ipv4Prefix wide(Ipv4Address("239.0.0.0"), 8);
    const Ipv4Prefix narrow(Ipv4Address("239.0.0.0"), 24);
    RpSelection<const char*> selection(group);
    EXPECT_FALSE(selection.Get());
    selection.Consider({Ipv4Prefix(Ipv4Address("238.0.0.0"), 16), true, 0, 1}, "elsewhere");
    EXPECT_FALSE(selection.Get());
    selection.Consider({wide, false, 9, 2}, "first");
    selection.Consider({wide, false, 9, 2}, "equal");
    EXPECT_STREQ(*selection.Get(), "first");
    selection.Consider({wide, true, 200, 3}, "static");
    EXPECT_STREQ(*selection.Get(), "static");
    selection.Consider({narrow, false, 255, 4}, "narrow");
    selection.Consider({wide, true, 0, 5}, "wide");
    EXPECT_STREQ(*selection.Get(), "narrow");
    // By the hash, which the mask length enters.
    for (uint8_t length : {0, 30, 32})
    {
        RpSelection<uint32_t> byHash(group);
        byHash.Consider({wide, false, 9, 0x0a000001, length}, 1);
        byHash.Consider({wide, false, 9, 0x0a000002, length}, 2);
        EXPECT_EQ(*byHash.Get(),
                  RpHash(group, length, 0x0a000001) < RpHash(group, length, 0x0a000002) ? 2u : 1u);
    }
}

TEST(EnumNamesValue, BothWaysAndListed)
{
    EXPECT_STREQ(EnumName(TreePolicy::RptRegister), "rpt-register");
    EXPECT_EQ(ParseEnumName<TreePolicy>("head-end"), TreePolicy::HeadEnd);
    EXPECT_FALSE(ParseEnumName<TreePolicy>("Rpt"));
    EXPECT_FALSE(ParseEnumName<TreePolicy>(""));
    EXPECT_EQ(ListEnumNames<TreePolicy>(), "rpt, rpt-register, spt, bidir, ssm, head-end");
    EXPECT_STREQ(EnumName(static_cast<TreePolicy>(99)), "?");
}

TEST(StoredIpv4AddressValue, IsAnIpv4AddressInFourBytes)
{
    StoredIpv4Address stored;
    EXPECT_EQ(sizeof stored, 4u);
    EXPECT_EQ(stored, Ipv4Address::GetAny());
    EXPECT_TRUE(stored.IsAny());
    for (const char* text :
         {"10.0.0.1", "223.255.255.255", "224.0.0.1", "224.0.1.0", "239.255.255.255", "240.0.0.0"})
    {
        const Ipv4Address address(text);
        stored = address;
        EXPECT_EQ(address, stored);
        EXPECT_NE(stored, Ipv4Address::GetAny());
        EXPECT_EQ(stored, StoredIpv4Address::FromBits(address.Get()));
        EXPECT_EQ(stored.IsMulticast(), address.IsMulticast()) << text;
        EXPECT_EQ(stored.IsMulticast() && stored.IsLocalMulticast(),
                  address.IsMulticast() && address.IsLocalMulticast())
            << text;
    }
}

TEST(AddressText, IsWhatPrints)
{
    for (const char* text : {"0.0.0.0", "10.0.200.3", "255.255.255.255"})
    {
        EXPECT_EQ(ToText(Ipv4Address(text)), text);
        for (const SourceGroup key :
             {SourceGroup(Ipv4Address(text), Ipv4Address("239.0.0.10")), SourceGroup()})
        {
            std::string appended = "x";
            AppendText(appended, key);
            std::ostringstream printed;
            printed << "x" << key;
            EXPECT_EQ(appended, printed.str());
        }
    }
}

} // namespace ns3
