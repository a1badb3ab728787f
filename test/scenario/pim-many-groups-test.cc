// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.9.5.1 and §4.9.5.2, in the simulator: joins of 2,000 groups behind one last hop (l)
// go to the RP (p), by way of m, in few messages.
#include "support/lab-run.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace ns3;

namespace
{

constexpr int GROUPS = 2000;

const std::string CHAIN = R"(
node h kind=host
node l staticRp="192.168.3.13 239.0.0.0/8"
node m staticRp="192.168.3.13 239.0.0.0/8"
node p staticRp="192.168.3.13 239.0.0.0/8"
lan 1 network=192.168.1.0/24
lan 2 network=192.168.2.0/24
lan 3 network=192.168.3.0/24
edge h 1 address=192.168.1.1
edge l 1 address=192.168.1.11
edge l 2 address=192.168.2.11
edge m 2 address=192.168.2.12
edge m 3 address=192.168.3.12
edge p 3 address=192.168.3.13
)";

std::string
GroupOf(int i)
{
    return "239.1." + std::to_string(i / 250) + "." + std::to_string(i % 250 + 1);
}

class PimManyGroups : public testing::TestWithParam<double>
{
};

TEST_P(PimManyGroups, JoinsOfTwoThousandGroupsShareMessages)
{
    std::ostringstream scenario;
    scenario << "duration: 700\nevents:\n";
    for (int i = 0; i < GROUPS; ++i)
    {
        scenario << "  - {at: " << 40 + GetParam() * i << ", join: {node: h, group: " << GroupOf(i)
                 << "}}\n";
    }
    scenario << "  - {at: 100, snapshot: start}\n  - {at: 700, snapshot: end}\n";
    LabRun run(CHAIN, scenario.str());
    run.Run();
    EXPECT_EQ(run.GetRows("tib", {{"snapshot", "end"}, {"node", "p"}, {"kind", "*,G"}}).size(),
              GROUPS);
    EXPECT_EQ(run.GetRows("mfc", {{"snapshot", "end"}, {"node", "p"}}).size(), GROUPS);
    constexpr double periods = 10;
    for (const auto& [network, router] :
         {std::pair<std::string, std::string>("2", "l"), {"3", "m"}})
    {
        const LabRow where = {{"snapshot", "end"},
                              {"network", network},
                              {"from", router},
                              {"class", "pim-join-prune"}};
        const double packets = run.GetNumber("links", where, "packets") / periods;
        const double bytes = run.GetNumber("links", where, "bytes") / periods;
        EXPECT_GE(bytes, GROUPS * 20) << router << " joins every group in every period";
        EXPECT_LE(packets, std::ceil(bytes / 1500) + 3) << router;
    }
    EXPECT_TRUE(run.GetRows("drops").empty());
}

// All at once, and over twenty seconds.
INSTANTIATE_TEST_SUITE_P(Spacing, PimManyGroups, testing::Values(0.0, 0.01));

} // namespace
