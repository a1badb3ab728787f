// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/expectation.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/** \returns what differs from \p expectation in a small mfc.csv. */
std::string
Check(const Expectation& expectation)
{
    ExpectedRows rows(expectation, {"node", "source", "outgoing_interfaces", "packets"});
    rows.Offer({"e1", "192.168.1.1", "eth1 eth2", "10"});
    rows.Offer({"e2", "*", "eth0", "3"});
    rows.Offer({"e2", "192.168.1.1", "eth0", "0"});
    return rows.Check();
}

TEST(Expectation, EveryRowThatMatchesMustBeRight)
{
    Expectation expect;
    expect.table = "mfc";
    expect.where = {{"node", "e2"}};
    expect.equals = {{"outgoing_interfaces", "eth0"}};
    EXPECT_EQ(Check(expect), "");
    expect.equals = {{"packets", "3"}};
    EXPECT_EQ(Check(expect), "table mfc where node 'e2': packets is '0', not '3'");
}

TEST(Expectation, SomeRowMustMatch)
{
    Expectation expect;
    expect.table = "mfc";
    expect.where = {{"node", "c2"}};
    EXPECT_EQ(Check(expect), "table mfc where node 'c2': no such row");
    expect.rows = 0;
    EXPECT_EQ(Check(expect), "");
    expect.where = {{"node", "e2"}};
    EXPECT_EQ(Check(expect), "table mfc where node 'e2': 2 rows, not 0");
}

TEST(Expectation, NumbersAreComparedAsNumbers)
{
    Expectation expect;
    expect.table = "mfc";
    expect.where = {{"node", "e1"}, {"packets", "10.0"}};
    expect.atLeast = {{"packets", 9}};
    expect.atMost = {{"packets", 10}};
    EXPECT_EQ(Check(expect), "");
    expect.atMost = {{"packets", 9.5}};
    EXPECT_EQ(Check(expect),
              "table mfc where node 'e1', packets '10.0': packets is '10', not at most 9.5");
}

} // namespace
