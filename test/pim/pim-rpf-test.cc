// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1.5: the next hop towards a source, RP or BSR among several of equal cost.
#include "support/pim-test-router.h"

#include "ns3/pim-rpf.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

using Bench = PimTestRouter;
using Entries = std::vector<std::string>;

/** The RP and the source are reached over interfaces 1, 3 and 4 at equal cost. */
class PimEqualCost : public testing::Test
{
  protected:
    PimEqualCost()
    {
        for (const char* prefix : {"10.9.9.0", "10.8.8.0"})
        {
            bench.environment.rib.Set(
                prefix, 24, {{1, "10.0.1.2"}, {3, "10.0.3.2"}, {4, "10.0.4.2"}});
        }
        bench.router.RoutesChanged();
    }

    /** \returns the interface of the path to the RP. */
    uint32_t Choose()
    {
        return FindPimRpf(bench.environment, bench.neighbors, Bench::RP, Bench::ANY, Bench::G)
            ->interface;
    }

    Bench bench;
};

TEST_F(PimEqualCost, OnlyNeighborsAreChosen)
{
    EXPECT_EQ(Choose(), 1u) << "the others speak no PIM";
    bench.Hello(3, 2);
    EXPECT_EQ(Choose(), 3u);
    bench.Hello(4, 2);
    EXPECT_EQ(Choose(), 4u);
    bench.Hello(4, 2, 1, 0);
    EXPECT_EQ(Choose(), 3u);
}

TEST_F(PimEqualCost, TheHashIsOverTheNeighbors)
{
    bench.environment.rpfEcmp = RpfEcmp::SG_HASH;
    bench.Hello(3, 2);
    std::set<uint32_t> chosen;
    for (uint32_t i = 0; i < 100; ++i)
    {
        chosen.insert(
            FindPimRpf(
                bench.environment, bench.neighbors, Bench::S, Bench::S, Ipv4Address(0xef010000 + i))
                ->interface);
    }
    EXPECT_EQ(chosen, (std::set<uint32_t>{1, 3}));
}

TEST_F(PimEqualCost, WithoutNeighborsTheHighest)
{
    bench.Hello(1, 2, 1, 0);
    EXPECT_EQ(Choose(), 4u);
    bench.Member(5);
    EXPECT_EQ(bench.Group().rpf.interface, 4u);
    EXPECT_EQ(bench.Group().neighbor.address, Bench::ANY) << "RPF' is NULL";
}

TEST_F(PimEqualCost, NotAcrossTheBorderOfTheGroup)
{
    bench.Hello(3, 2);
    bench.environment.interfaces[3].scopeBorders = {Ipv4Prefix(Ipv4Address("239.1.0.0"), 16)};
    EXPECT_EQ(Choose(), 1u);
    bench.environment.interfaces[3].scopeBorders.clear();
    EXPECT_EQ(Choose(), 3u);
}

TEST_F(PimEqualCost, JoinsMoveToANeighborThatComesAndFromOneThatGoes)
{
    bench.Member(5);
    bench.JoinPrune(2, 2, {Bench::Sg()});
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2", "J(S,G)->2"}));
    bench.environment.Forget();
    bench.Hello(3, 2);
    EXPECT_EQ(bench.Sent(1), (Entries{"P(*,G)->2", "P(S,G)->2"}));
    EXPECT_EQ(bench.Sent(3), (Entries{"J(*,G)->2", "J(S,G)->2"}));
    bench.environment.Forget();
    bench.Hello(3, 2, 1, 0);
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2", "J(S,G)->2"}));
}

TEST_F(PimEqualCost, OtherRoutesStay)
{
    bench.environment.rib.Set("10.8.8.0", 24, {{1, "10.0.1.2"}});
    bench.router.RoutesChanged();
    bench.JoinPrune(2, 2, {Bench::Sg()});
    bench.environment.Forget();
    bench.Hello(3, 2);
    EXPECT_EQ(bench.Sent(1), Entries{});
    EXPECT_EQ(bench.Source().rpf.interface, 1u);
}

} // namespace
