// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/pim-tree-information-base.h"

#include <gtest/gtest.h>

#include <sstream>

using namespace ns3;

namespace
{

const Ipv4Address NO_ADDRESS = Ipv4Address::GetAny();
const Ipv4Address G1("239.1.1.1");
const Ipv4Address G2("239.1.1.2");
const Ipv4Address S1("10.0.0.1");
const Ipv4Address S2("10.0.0.2");

TEST(PimTreeInformationBase, KeysAreOrderedByGroupThenSource)
{
    const std::set<SourceGroup> keys{SourceGroup(NO_ADDRESS, G2),
                                     SourceGroup(S2, G1),
                                     SourceGroup(NO_ADDRESS, G1),
                                     SourceGroup(S1, G1)};
    std::ostringstream os;
    for (const SourceGroup& key : keys)
    {
        os << key;
    }
    EXPECT_EQ(os.str(), "(*,239.1.1.1)(10.0.0.1,239.1.1.1)(10.0.0.2,239.1.1.1)(*,239.1.1.2)");
}

TEST(PimTreeInformationBase, EntriesAreMadeAndErased)
{
    PimTreeInformationBase tib;
    EXPECT_EQ(tib.FindGroup(G1), nullptr);
    EXPECT_EQ(tib.FindSource(SourceGroup(S1, G1)), nullptr);
    tib.GetOrAddSource(SourceGroup(S1, G1)).sptBit = true;
    EXPECT_TRUE(tib.FindSource(SourceGroup(S1, G1))->sptBit);
    EXPECT_EQ(tib.FindEntry(SourceGroup(NO_ADDRESS, G1)), tib.FindGroup(G1));
    EXPECT_EQ(tib.FindEntry(SourceGroup(S1, G1)), tib.FindSource(SourceGroup(S1, G1)));
    tib.EraseSource(SourceGroup(S1, G1));
    EXPECT_EQ(tib.FindSource(SourceGroup(S1, G1)), nullptr);
    tib.EraseGroup(G1);
    EXPECT_TRUE(tib.GetGroups().empty());
}

TEST(PimTreeInformationBase, IndexFollowsInterfacesAndTarget)
{
    PimTreeInformationBase tib;
    const SourceGroup key(S1, G1);
    PimSource& s = tib.GetOrAddSource(key);
    tib.Index(s, {1, 100}, S1);
    EXPECT_EQ(tib.GetEntriesOfInterface(100), std::vector<SourceGroup>{key});
    EXPECT_EQ(tib.CountEntriesByTarget().at(S1.Get()), 1u);
    EXPECT_EQ(tib.GetEntriesOfTargets({S1.Get()}), std::vector<SourceGroup>{key});
    tib.Index(s, {1, 2}, S2);
    EXPECT_TRUE(tib.GetEntriesOfInterface(100).empty());
    EXPECT_EQ(tib.GetEntriesOfInterface(2), std::vector<SourceGroup>{key});
    EXPECT_EQ(tib.CountEntriesByTarget().count(S1.Get()), 0u);
    tib.EraseSource(key);
    EXPECT_TRUE(tib.GetEntriesOfInterface(1).empty());
    EXPECT_TRUE(tib.CountEntriesByTarget().empty());
}

TEST(PimTreeInformationBase, EntriesOfAnInterfaceAreInOrder)
{
    PimTreeInformationBase tib;
    std::set<SourceGroup> expected;
    for (uint32_t i = 0; i < 100; ++i)
    {
        const Ipv4Address group(0xef010000 + i * 37 % 100);
        const SourceGroup key(i % 2 == 0 ? S1 : S2, group);
        tib.Index(tib.GetOrAddSource(key), {1}, S1);
        tib.Index(tib.GetGroup(group), {i % 3}, S1);
        expected.insert(key);
        i % 3 == 1 ? void(expected.insert(key.ToStarG())) : void();
    }
    const std::vector<SourceGroup> ordered(expected.begin(), expected.end());
    EXPECT_EQ(tib.GetEntriesOfInterface(1), ordered);
    EXPECT_EQ(tib.GetEntriesOfTargets({S1.Get()}).size(), 200u);
}

TEST(PimTreeInformationBase, AssertMetricsCompareInTheOrderOfTheRfc)
{
    const PimAssertMetric spt{false, 110, 10, Ipv4Address("10.0.0.1")};
    const PimAssertMetric rpt{true, 1, 1, Ipv4Address("10.0.0.9")};
    const PimAssertMetric preferred{false, 100, 99, Ipv4Address("10.0.0.1")};
    const PimAssertMetric nearer{false, 110, 9, Ipv4Address("10.0.0.1")};
    const PimAssertMetric higher{false, 110, 10, Ipv4Address("10.0.0.2")};
    for (const PimAssertMetric& better : {preferred, nearer, higher})
    {
        EXPECT_TRUE(better.IsBetterThan(spt));
        EXPECT_FALSE(spt.IsBetterThan(better));
    }
    EXPECT_TRUE(spt.IsBetterThan(rpt));
    EXPECT_TRUE(rpt.IsBetterThan(PimAssertMetric::Infinite()));
    EXPECT_FALSE(PimAssertMetric::Infinite().IsBetterThan(PimAssertMetric::Infinite()));
    EXPECT_TRUE(PimAssertMetric::Infinite().IsInfinite());
    EXPECT_FALSE(spt.IsBetterThan(spt));
}

} // namespace
