// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2.1 and §4.4.2 with a forwarding cache that is full: SwitchToSptDesired(S,G) is a
// matter of policy, and under `fallback-star-g` the policy asks for room.
#include "support/pim-test-router.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

using Bench = PimTestRouter;
using Entries = std::vector<std::string>;

const Ipv4Address OTHER_GROUP("239.1.1.2");
const Ipv4Address OTHER_SOURCE("10.8.8.9");

class PimFullTable : public testing::Test
{
  protected:
    /** A last hop with a member on interface 5. */
    void Prepare(std::size_t capacity, MulticastOverflowPolicy policy)
    {
        bench.router.GetForwarder().SetCapacity(capacity, policy);
        bench.Member(5);
        bench.environment.Forget();
    }

    /** S's packets move to its own tree. */
    void Switch()
    {
        bench.Data(1);
        bench.Data(2);
        ASSERT_TRUE(bench.Source().sptBit);
        bench.environment.Forget();
    }

    Bench bench;
};

} // namespace

TEST_F(PimFullTable, FallbackStaysOnTheSharedTreeUntilThereIsRoom)
{
    Prepare(2, MulticastOverflowPolicy::FALLBACK_STAR_G);
    Switch();
    for (int i = 0; i < 3; ++i)
    {
        EXPECT_EQ(bench.Data(1, OTHER_SOURCE), InterfaceSet{5});
    }
    EXPECT_EQ(bench.Sent(2), Entries{}) << "no row for another source";
    EXPECT_EQ(bench.Source(OTHER_SOURCE).upstream, PimUpstreamState::NOT_JOINED);
    EXPECT_EQ(bench.router.GetForwarder().GetCache().GetCounters().lostPackets, 0u);
    bench.Advance(220);
    bench.environment.Forget();
    EXPECT_EQ(bench.Data(1, OTHER_SOURCE), InterfaceSet{5});
    EXPECT_EQ(bench.Sent(2), Entries{"J(9,G)->2"}) << "S is gone, its row free";
}

TEST_F(PimFullTable, FallbackLeavesTheSourceTreeWhoseRowASharedTreeTook)
{
    Prepare(2, MulticastOverflowPolicy::FALLBACK_STAR_G);
    Switch();
    bench.members.any.insert({5, OTHER_GROUP});
    bench.router.MembershipChanged(5, OTHER_GROUP);
    bench.Advance(0);
    EXPECT_EQ(bench.Sent(2), Entries{"P(S,G)->2"});
    const Entries back = bench.Sent(1);
    EXPECT_EQ(std::count(back.begin(), back.end(), "J(S,G,rpt)->2"), 1);
    EXPECT_EQ(bench.Data(1), InterfaceSet{5});
    EXPECT_EQ(bench.Data(1, Bench::S, OTHER_GROUP), InterfaceSet{5});
}

TEST_F(PimFullTable, FallbackOfTheRpLeavesSourcesToTheirRegisters)
{
    bench.BecomeRp();
    bench.environment.rib.Set("10.7.7.0", 24, {{2, "10.0.2.2"}});
    Prepare(1, MulticastOverflowPolicy::FALLBACK_STAR_G);
    bench.Register(false, Bench::At(6, 1));
    bench.Register(false, Bench::At(6, 1));
    EXPECT_EQ(bench.dataPlane.decapsulated, (std::vector<InterfaceSet>{{5}, {5}}));
    EXPECT_EQ(bench.Sent(2), Entries{});
    EXPECT_TRUE(bench.environment.Of<PimRegisterStop>(0).empty());
    bench.Member(5, false);
    bench.Register(false, Bench::At(6, 1));
    EXPECT_EQ(bench.environment.Of<PimRegisterStop>(0).size(), 1u) << "nobody wants it: no row";
}

TEST_F(PimFullTable, OtherPoliciesSwitchAllTheSame)
{
    for (const auto policy : {MulticastOverflowPolicy::REFUSE, MulticastOverflowPolicy::PUNT})
    {
        Bench other;
        other.router.GetForwarder().SetCapacity(1, policy);
        other.Member(5);
        other.environment.Forget();
        other.Data(1);
        EXPECT_EQ(other.Sent(2), Entries{"J(S,G)->2"});
    }
}
