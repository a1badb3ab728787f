// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/run-summary.h"

#include <gtest/gtest.h>

namespace ns3
{

TEST(RunSummary, FilesAreReadAsTheyWereWritten)
{
    const std::set<std::string> files = {"a \"b\".svg", "r1-eth0.pcap", "x\\y.svg", "z], [z.svg"};
    const std::string summary = MakeRunSummary(Seconds(1), 0.5, files);
    EXPECT_EQ(ReadSummaryFiles(summary), std::vector<std::string>(files.begin(), files.end()));
    EXPECT_NE(summary.find("\"files\": [\"a \\\"b\\\".svg\", \"r1-eth0.pcap\", "),
              std::string::npos);
    EXPECT_NE(MakeRunSummary(Seconds(1), 0.5, {}).find("\"files\": []\n}\n"), std::string::npos);
}

TEST(RunSummary, WhatIsNoSummaryNamesNoFiles)
{
    for (const char* text : {"",
                             "{",
                             "[]",
                             "7",
                             "{}",
                             "{\"files\": 1}",
                             "{\"files\": [1, null]}",
                             "{\"files\": [\"a.svg\""})
    {
        EXPECT_TRUE(ReadSummaryFiles(text).empty()) << text;
    }
}

} // namespace ns3
