// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/interface-set.h"

#include <gtest/gtest.h>

#include <sstream>

namespace ns3
{

TEST(InterfaceSet, HoldsMoreThan32And64Interfaces)
{
    InterfaceSet set{1, 31, 32, 64, 200};
    EXPECT_EQ(set.GetSize(), 5u);
    EXPECT_TRUE(set.Contains(200));
    EXPECT_FALSE(set.Contains(199));
    EXPECT_FALSE(set.Contains(100000));
    std::ostringstream os;
    os << set;
    EXPECT_EQ(os.str(), "1 31 32 64 200");
}

TEST(InterfaceSet, AlgebraIsThatOfRfc7761)
{
    const InterfaceSet a{1, 2, 70};
    const InterfaceSet b{2, 3};
    EXPECT_EQ(a + b, (InterfaceSet{1, 2, 3, 70}));
    EXPECT_EQ(a - b, (InterfaceSet{1, 70}));
    EXPECT_EQ(b - a, InterfaceSet{3});
    EXPECT_TRUE((a - a).IsEmpty());
}

TEST(InterfaceSet, EqualityDoesNotDependOnHistory)
{
    InterfaceSet set{5};
    set.Add(300);
    set.Remove(300);
    set.Remove(4000);
    EXPECT_EQ(set, InterfaceSet{5});
    set.Remove(5);
    EXPECT_TRUE(set.IsEmpty());
    EXPECT_EQ(set, InterfaceSet());
}

TEST(InterfaceSet, IsOneWordWhateverItHolds)
{
    EXPECT_EQ(sizeof(InterfaceSet), sizeof(uint64_t));
    // 62 is the last interface whose bit fits beside the mark of a set of more words.
    for (uint32_t interface : {62u, 63u, 64u, 128u})
    {
        InterfaceSet set{0, interface};
        const InterfaceSet copy = set;
        EXPECT_EQ(copy, set);
        EXPECT_EQ(copy.GetHash(), set.GetHash());
        EXPECT_EQ(set.GetSize(), 2u);
        EXPECT_EQ(InterfaceSet{0} + InterfaceSet{interface}, set);
        EXPECT_EQ(set - InterfaceSet{interface}, InterfaceSet{0});
        EXPECT_EQ((set - InterfaceSet{interface}).GetHash(), InterfaceSet{0}.GetHash());
        set.Remove(0);
        EXPECT_EQ(set, InterfaceSet{interface});
        set = InterfaceSet{1};
        EXPECT_EQ(set, InterfaceSet{1});
    }
}

} // namespace ns3
