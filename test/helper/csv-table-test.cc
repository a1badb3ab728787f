// SPDX-License-Identifier: GPL-2.0-only

#include "ns3/csv-table.h"
#include "ns3/csv.h"
#include "ns3/number-format.h"

#include <gtest/gtest.h>

#include <sstream>

using namespace ns3;

TEST(CsvWriter, QuotesWhatRfc4180SaysMustBeQuoted)
{
    EXPECT_EQ(QuoteCsvCell("eth1 eth2"), "eth1 eth2");
    EXPECT_EQ(QuoteCsvCell("S,G"), "\"S,G\"");
    EXPECT_EQ(QuoteCsvCell("say \"no\""), "\"say \"\"no\"\"\"");
    EXPECT_EQ(QuoteCsvCell("two\nlines"), "\"two\nlines\"");
}

TEST(CsvWriter, WritesHeaderAndRowsWithCrLf)
{
    CsvTable table("tib", {"node", "kind"});
    table.AddRow({"e1", "*,G"});
    std::ostringstream os;
    table.Write(os);
    EXPECT_EQ(os.str(), "node,kind\r\ne1,\"*,G\"\r\n");
    EXPECT_EQ(table.FindColumn("kind"), 1u);
    EXPECT_FALSE(table.FindColumn("source"));
}

TEST(CsvWriter, FormatsTimesExactlyAndShortly)
{
    EXPECT_EQ(FormatSeconds(Seconds(92)), "92");
    EXPECT_EQ(FormatSeconds(Seconds(0)), "0");
    EXPECT_EQ(FormatSeconds(NanoSeconds(70001176000)), "70.001176");
    EXPECT_EQ(FormatSeconds(NanoSeconds(1)), "0.000000001");
    EXPECT_EQ(FormatSeconds(NanoSeconds(-1500000000)), "-1.5");
    EXPECT_EQ(FormatDecimal(0.25), "0.25");
    EXPECT_EQ(FormatDecimal(-0.0), "0");
    EXPECT_EQ(FormatDecimal(100, 0), "100");
}
