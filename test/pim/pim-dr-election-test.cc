// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.3.2: dr_is_better.
#include "ns3/pim-dr-election.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const Ipv4Address LOW("10.0.0.1");
const Ipv4Address HIGH("10.0.0.9");

TEST(PimDrElection, ARouterAloneIsDr)
{
    EXPECT_EQ(ElectPimDr({{LOW, 0}}), LOW);
    EXPECT_EQ(ElectPimDr({{LOW, std::nullopt}}), LOW);
}

TEST(PimDrElection, ThePriorityComesBeforeTheAddress)
{
    EXPECT_EQ(ElectPimDr({{LOW, 2}, {HIGH, 1}}), LOW);
    EXPECT_EQ(ElectPimDr({{HIGH, 1}, {LOW, 4294967295}}), LOW);
}

TEST(PimDrElection, TheAddressDecidesBetweenEqualPriorities)
{
    EXPECT_EQ(ElectPimDr({{LOW, 1}, {HIGH, 1}}), HIGH);
}

TEST(PimDrElection, OneRouterWithoutTheOptionMakesTheAddressDecide)
{
    EXPECT_EQ(ElectPimDr({{LOW, 200}, {HIGH, std::nullopt}}), HIGH);
    EXPECT_EQ(ElectPimDr({{LOW, 200}, {HIGH, 1}, {Ipv4Address("10.0.0.5"), std::nullopt}}), HIGH);
}

} // namespace
