// SPDX-License-Identifier: GPL-2.0-only
// The closed formulas of doc/cross-over.rst against the graph model.
#include "ns3/model-network.h"
#include "ns3/topology-loader.h"
#include "ns3/tree-state-model.h"
#include "ns3/vni-mapping.h"
#include "ns3/workload.h"

#include "ns3/group-stream.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace ns3;

namespace
{

constexpr double LEAVES = 16;
constexpr double PER_LEAF = 4;
constexpr double VTEPS = LEAVES * PER_LEAF;
constexpr uint32_t VNIS = 4096;

/** \returns the chance that a leaf has none of \p members VTEPs. */
double
ChanceOfNone(uint32_t members)
{
    double chance = 1;
    for (uint32_t i = 0; i < members; ++i)
    {
        chance *= (VTEPS - PER_LEAF - i) / (VTEPS - i);
    }
    return chance;
}

/** \returns the copies per frame that the model counts. */
TreeTotals
Count(uint32_t members, uint32_t perGroup, TreePolicy tree, const std::string& placement)
{
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=4,leaves=16,hosts=4");
    const ModelNetwork network(graph, RpfEcmp::SG_HASH);
    WorkloadOptions options;
    options.vnis = VNIS;
    options.members = members;
    options.placement = *ParsePlacement(placement);
    Workload workload(network, options);
    const VniMapping mapping("modulo", VNIS / perGroup, workload);
    TreeStateModel model(network, tree);
    ForEachGroup(
        network, workload, mapping, [&model](const GroupMembers& group) { model.Add(group); });
    return model.GetTotals();
}

double
CopiesOf(uint32_t members, uint32_t perGroup, TreePolicy tree, const std::string& placement)
{
    const TreeTotals totals = Count(members, perGroup, tree, placement);
    return static_cast<double>(totals.copies) / static_cast<double>(totals.frames);
}

} // namespace

TEST(CrossOver, UniformMembers)
{
    for (uint32_t members : {4, 8, 16})
    {
        const double headEnd = (members - 1) * (4 - 2 * (PER_LEAF - 1) / (VTEPS - 1));
        EXPECT_NEAR(CopiesOf(members, 1, TreePolicy::HeadEnd, "uniform"), headEnd, 0.015 * headEnd);
        for (uint32_t perGroup : {1, 2, 4, 16})
        {
            const double reached = VTEPS * (1 - std::pow(1 - members / VTEPS, perGroup));
            const double none = std::pow(ChanceOfNone(members), perGroup);
            const double spt = reached + LEAVES * (1 - none);
            EXPECT_NEAR(CopiesOf(members, perGroup, TreePolicy::Spt, "uniform"), spt, 0.015 * spt)
                << members << " members, " << perGroup << " VNIs per group";
            const double bidir = spt + none;
            EXPECT_NEAR(
                CopiesOf(members, perGroup, TreePolicy::Bidir, "uniform"), bidir, 0.015 * bidir)
                << members << " members, " << perGroup << " VNIs per group";
            const TreeTotals totals = Count(members, perGroup, TreePolicy::Bidir, "uniform");
            const double waste =
                static_cast<double>(totals.unwanted) / static_cast<double>(totals.frames);
            EXPECT_NEAR(waste, reached - members, 0.015 * reached);
        }
    }
}

TEST(CrossOver, MembersOnOneLeaf)
{
    for (uint32_t members : {2, 4})
    {
        EXPECT_EQ(CopiesOf(members, 1, TreePolicy::HeadEnd, "fill-leaf"), 2 * (members - 1));
        EXPECT_EQ(CopiesOf(members, 1, TreePolicy::Spt, "fill-leaf"), members);
    }
}
