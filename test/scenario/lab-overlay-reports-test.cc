// SPDX-License-Identifier: GPL-2.0-only
// What users have reported of links, neighbours and overlay devices: each input of reports/ with
// the right values, and what else is of the same kind.
#include "support/lab-program.h"

#include <cmath>

using namespace ns3;

namespace
{

/** A report's scenario. */
std::string
Report(const std::string& name)
{
    return SOURCE_DIR "/test/scenario/reports/" + name + ".yaml";
}

TEST(LabReports, ALongDelayDoesNotLimitALan)
{
    const LabProgram run(Report("lan-with-a-long-delay"),
                         SOURCE_DIR "/test/scenario/reports/lan-with-a-long-delay.graphml");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const auto rows = run->GetRows("deliveries", {{"flow", "flow"}, {"receiver", "r"}});
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].at("sent"), "10000");
    EXPECT_EQ(rows[0].at("lost"), "0");
    EXPECT_EQ(rows[0].at("duplicates"), "0");
    const double latency = std::stod(rows[0].at("latency_max_s"));
    EXPECT_GE(latency, 0.02);
    EXPECT_LE(latency, 0.07);
}

} // namespace
