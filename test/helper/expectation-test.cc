// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/expectation.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

CsvTable
Mfc()
{
    CsvTable table("mfc", {"node", "source", "outgoing_interfaces", "packets"});
    table.AddRow({"e1", "192.168.1.1", "eth1 eth2", "10"});
    table.AddRow({"e2", "*", "eth0", "3"});
    table.AddRow({"e2", "192.168.1.1", "eth0", "0"});
    return table;
}

TEST(Expectation, EveryRowThatMatchesMustBeRight)
{
    ExpectAction expect;
    expect.where = {{"node", "e2"}};
    expect.equals = {{"outgoing_interfaces", "eth0"}};
    EXPECT_EQ(CheckExpectation(expect, Mfc()), "");
    expect.equals = {{"packets", "3"}};
    EXPECT_EQ(CheckExpectation(expect, Mfc()),
              "table mfc where node 'e2': packets is '0', not '3'");
}

TEST(Expectation, SomeRowMustMatch)
{
    ExpectAction expect;
    expect.where = {{"node", "c2"}};
    EXPECT_EQ(CheckExpectation(expect, Mfc()), "table mfc where node 'c2': no such row");
    expect.rows = 0;
    EXPECT_EQ(CheckExpectation(expect, Mfc()), "");
    expect.where = {{"node", "e2"}};
    EXPECT_EQ(CheckExpectation(expect, Mfc()), "table mfc where node 'e2': 2 rows, not 0");
}

TEST(Expectation, NumbersAreComparedAsNumbers)
{
    ExpectAction expect;
    expect.where = {{"node", "e1"}, {"packets", "10.0"}};
    expect.atLeast = {{"packets", 9}};
    expect.atMost = {{"packets", 10}};
    EXPECT_EQ(CheckExpectation(expect, Mfc()), "");
    expect.atMost = {{"packets", 9.5}};
    EXPECT_EQ(CheckExpectation(expect, Mfc()),
              "table mfc where node 'e1', packets '10.0': packets is '10', not at most 9.5");
}

} // namespace
