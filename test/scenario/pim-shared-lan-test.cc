// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5.4 to §4.5.7 on a LAN, in the simulator: three downstream routers (d1, d2, d3)
// joined through one upstream router (u) override each other's Prunes and suppress each other's
// Joins.
#include "lab-names.h"

#include "ns3/text.h"

#include "support/lab-run.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const std::string SHARED_LAN = R"(
node h1 kind=host
node h2 kind=host
node h3 kind=host
node h4 kind=host
node p staticRp="192.168.2.12 239.0.0.0/8"
node u staticRp="192.168.2.12 239.0.0.0/8"
node d1 staticRp="192.168.2.12 239.0.0.0/8"
node d2 staticRp="192.168.2.12 239.0.0.0/8"
node d3 staticRp="192.168.2.12 239.0.0.0/8"
lan 1 network=192.168.1.0/24
lan 2 network=192.168.2.0/24
lan 30 network=192.168.30.0/24
lan 41 network=192.168.41.0/24
lan 42 network=192.168.42.0/24
lan 43 network=192.168.43.0/24
edge h1 1 address=192.168.1.1
edge u 1 address=192.168.1.11
edge u 2 address=192.168.2.11
edge p 2 address=192.168.2.12
edge u 30 address=192.168.30.21
edge d1 30 address=192.168.30.31
edge d2 30 address=192.168.30.32
edge d3 30 address=192.168.30.33
edge d1 41 address=192.168.41.31
edge d2 42 address=192.168.42.32
edge d3 43 address=192.168.43.33
edge h2 41 address=192.168.41.1
edge h3 42 address=192.168.42.1
edge h4 43 address=192.168.43.1
)";

const std::string JOINS = R"(
  - {at: 40, join: {node: h2, group: 239.0.0.10}}
  - {at: 47, join: {node: h3, group: 239.0.0.10}}
  - {at: 54, join: {node: h4, group: 239.0.0.10}}
)";

class PimSharedLanScenario : public testing::TestWithParam<const char*>
{
};

TEST_P(PimSharedLanScenario, OnePrunesAnotherOverridesAndNothingIsLost)
{
    LabRun run(SHARED_LAN,
               std::string("duration: 200\ntrees: ") + GetParam() + "\nevents:" + JOINS + R"(
  - {at: 70, send: {node: h1, group: 239.0.0.10, size: 100, rate: 40kbps, until: 199, name: flow}}
  - {at: 100, leave: {node: h2, group: 239.0.0.10}}
  - {at: 130, leave: {node: h3, group: 239.0.0.10}}
  - {at: 160, leave: {node: h4, group: 239.0.0.10}}
)");
    run.Watch("30");
    run.Run();
    for (int change : {100, 130})
    {
        // The last-member query takes 2 s; the Prune follows.
        double pruned = 0;
        double joined = 0;
        for (const auto& message : run.GetPim<PimJoinPrune>("30"))
        {
            const PimJoinPruneGroup& set = message.body.groups.at(0);
            if (message.time > change && message.time < change + 20)
            {
                pruned = pruned == 0 && !set.prunes.empty() ? message.time : pruned;
                joined = pruned != 0 && joined == 0 && !set.joins.empty() ? message.time : joined;
            }
        }
        EXPECT_GE(pruned, change) << change;
        EXPECT_LE(pruned, change + 2.1) << change;
        EXPECT_GT(joined, pruned) << change;
        EXPECT_LE(joined, pruned + 2.5) << change;
    }
    for (const char* receiver : {"h2", "h3", "h4"})
    {
        EXPECT_EQ(run.GetCell("deliveries", {{"receiver", receiver}}, "lost"), "0") << receiver;
        EXPECT_LE(run.GetNumber("deliveries", {{"receiver", receiver}}, "duplicates"), 1);
    }
    // Nobody overrides the last one: traffic ends after J/P_Override_Interval, 3 s.
    const std::vector<LabDatum> data = run.GetData("30", GROUP);
    EXPECT_GE(data.back().time, 164.9);
    EXPECT_LE(data.back().time, 165.2);
    EXPECT_EQ(run.GetDuplicateTimes("30", GROUP).size(), 0u);
}

TEST_P(PimSharedLanScenario, SuppressionLeavesOneJoinPerPeriod)
{
    LabRun run(SHARED_LAN,
               std::string("duration: 1400\ntrees: ") + GetParam() + "\nevents:" + JOINS + R"(
  - {at: 70, send: {node: h1, group: 239.0.0.10, size: 100, rate: 800bps, until: 1399, name: flow}}
  - {at: 200, snapshot: start}
  - {at: 1400, snapshot: end}
)");
    run.Run();
    double packets = 0;
    for (const LabRow& row : run.GetRows(
             "links", {{"snapshot", "end"}, {"network", "30"}, {"class", "pim-join-prune"}}))
    {
        packets += ParseReal(row.at("packets")).value();
    }
    EXPECT_GE(packets, 16);
    EXPECT_LE(packets, 24);
    for (const char* receiver : {"h2", "h3", "h4"})
    {
        EXPECT_EQ(run.GetCell("deliveries", {{"receiver", receiver}}, "lost"), "0") << receiver;
    }
}

TEST_P(PimSharedLanScenario, WithTheTBitEveryoneJoins)
{
    LabRun run(SHARED_LAN,
               std::string("duration: 800\ntrees: ") + GetParam() +
                   "\ndefaults: {ns3::PimSmRouting::TrackingSupport: true}\nevents:" + JOINS + R"(
  - {at: 70, send: {node: h1, group: 239.0.0.10, size: 100, rate: 800bps, until: 799, name: flow}}
  - {at: 200, snapshot: start}
  - {at: 800, snapshot: end}
)");
    run.Run();
    for (const char* router : {"d1", "d2", "d3"})
    {
        const double packets = run.GetNumber(
            "links",
            {{"snapshot", "end"}, {"network", "30"}, {"from", router}, {"class", "pim-join-prune"}},
            "packets");
        EXPECT_GE(packets, 9) << router;
        EXPECT_LE(packets, 11) << router;
    }
}

INSTANTIATE_TEST_SUITE_P(Trees, PimSharedLanScenario, testing::Values("rpt", "spt"));

} // namespace
