// SPDX-License-Identifier: GPL-2.0-only
// Workloads from a file: what is wrong is said with its line, sums are finite.
#include "topology/temporary-file.h"

#include "ns3/input-error.h"
#include "ns3/plan-workload.h"
#include "ns3/topology-loader.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

class PlanWorkloadFile : public testing::Test
{
  protected:
    /** \returns the workload of \p text. \throws InputError */
    PlanWorkload Read(const std::string& text) const
    {
        return ReadPlanWorkload(m_network, TemporaryFile(text, ".csv").GetName());
    }

    /** \returns what the refusal of \p text says after the file's name. */
    std::string Refusal(const std::string& text) const
    {
        const TemporaryFile file(text, ".csv");
        try
        {
            ReadPlanWorkload(m_network, file.GetName());
        }
        catch (const InputError& error)
        {
            return std::string(error.what()).substr(file.GetName().size());
        }
        return "";
    }

  private:
    const TopologyGraph m_graph = LoadTopology("leaf-spine:spines=1,leaves=2,hosts=1");
    const ModelNetwork m_network{m_graph, RpfEcmp::HIGHEST};
};

} // namespace

TEST_F(PlanWorkloadFile, RatesOfAVniAddUp)
{
    const std::string member = "vtep0";
    const PlanWorkload workload =
        Read("vni,node,frames_per_s\n7," + member + ",1e15\n7,vtep1,2.5\n9," + member + ",0\n");
    EXPECT_EQ(workload.numbers, (std::vector<uint32_t>{7, 9}));
    EXPECT_DOUBLE_EQ(workload.demand.rates[0], 1e15 + 2.5);
    EXPECT_EQ(workload.demand.rates[1], 0);
    EXPECT_EQ(workload.demand.vnis[0].senders.size(), 2u);
    EXPECT_TRUE(workload.demand.vnis[1].senders.empty());
}

TEST_F(PlanWorkloadFile, WhatIsWrongIsSaidWithItsLine)
{
    const std::string header = "vni,node,frames_per_s\n";
    EXPECT_EQ(Refusal(header + "1,vtep0,1\n1,vtep1,1e308\n"),
              ":3: frames_per_s is '1e308', expected a number from 0 to 1e15");
    EXPECT_EQ(Refusal(header + "1,vtep0,-1\n"),
              ":2: frames_per_s is '-1', expected a number from 0 to 1e15");
    EXPECT_EQ(Refusal(header + "16777216,vtep0,1\n"),
              ":2: vni is '16777216', expected a number up to 16777215");
    EXPECT_EQ(Refusal(header + "1,leaf0,1\n"), ":2: 'leaf0' is no VTEP of the topology");
    EXPECT_EQ(Refusal(header + "1,vtep0\n"), ":2: 2 cells, expected 3");
    EXPECT_EQ(Refusal(header), ":1: no rows, expected a row per member");
}
