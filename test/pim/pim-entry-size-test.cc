// SPDX-License-Identifier: GPL-2.0-only
// What an entry of a router takes: the tree information base, the forwarding cache, all timers.
#include "support/pim-test-router.h"

#include "ns3/simulator.h"

#include <gtest/gtest.h>

#include <malloc.h>

using namespace ns3;

namespace
{

using Bench = PimTestRouter;

/** A Join(*,G) of each of \p groups groups arrives on interfaces 3 to 6. */
void
JoinAll(Bench& bench, uint32_t groups)
{
    constexpr uint32_t GROUPS_OF_A_MESSAGE = 70;
    for (uint32_t interface = 3; interface <= 6; ++interface)
    {
        for (uint32_t first = 0; first < groups; first += GROUPS_OF_A_MESSAGE)
        {
            PimJoinPrune message;
            message.upstreamNeighbor = Bench::At(interface, 1);
            for (uint32_t i = first; i < std::min(groups, first + GROUPS_OF_A_MESSAGE); ++i)
            {
                message.groups.emplace_back().group.address = Ipv4Address(0xef010000 + i);
                message.groups.back().joins = {Bench::StarG()};
            }
            bench.router.Receive(message, interface, Bench::At(interface, 2));
            bench.environment.Forget();
        }
    }
}

/** \returns the bytes in use, as glibc counts them. */
std::size_t
CountBytes()
{
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

TEST(PimEntrySize, IsWhatTheTreeInformationBaseSays)
{
    EXPECT_LE(sizeof(PimGroup), 112u);
    EXPECT_LE(sizeof(PimSource), 104u);
    EXPECT_EQ(sizeof(PimJoinStates::value_type), 16u);
}

TEST(PimEntrySize, OfAStarGEntryWithFourInterfaces)
{
    constexpr uint32_t GROUPS = 10000;
    Simulator::Run(); // until then ns-3 keeps a list of all times
    Simulator::Destroy();
    Bench bench;
    for (uint32_t interface = 3; interface <= 6; ++interface)
    {
        bench.Hello(interface, 2);
    }
    const std::size_t before = CountBytes();
    JoinAll(bench, GROUPS);
    const std::size_t used = CountBytes() - before;
    ASSERT_EQ(bench.router.GetTib().GetSize(), GROUPS);
    ASSERT_EQ(bench.router.GetForwarder().GetCache().GetSize(), GROUPS);
    RecordProperty("bytes", static_cast<int>(used / GROUPS));
    if (used < GROUPS)
    {
        GTEST_SKIP() << "another allocator counts";
    }
    EXPECT_LT(used / GROUPS, 520u) << "bytes of an entry";
    bench.Advance(130); // periodic Joins, and no growth
    bench.environment.Forget();
    JoinAll(bench, GROUPS);
    EXPECT_LE((CountBytes() - before) / GROUPS, used / GROUPS + 8);
}

} // namespace
