// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §6 leaves bounds on state to implementations: EntryLimit at exactly its bound, for all
// that makes entries. What has an entry is taken at any bound.
#include "support/pim-test-router.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

using Bench = PimTestRouter;
using Entries = std::vector<std::string>;

const Entries REFUSED{"entry-limit"};
const Ipv4Address SECOND_SOURCE("10.8.8.9");

class PimEntryLimit : public testing::Test
{
  protected:
    PimEntryLimit()
    {
        bench.Hello(3, 2);
        bench.Hello(4, 2);
    }

    std::size_t GetSize() const
    {
        return bench.router.GetTib().GetSize();
    }

    /** \returns what has been refused since the last call. */
    Entries TakeDrops()
    {
        return std::exchange(bench.environment.drops, {});
    }

    Bench bench;
};

} // namespace

TEST_F(PimEntryLimit, AJoinOfAGroupNeedsOneEntry)
{
    bench.config.entryLimit = 1;
    bench.JoinPrune(3, 2, {Bench::StarG()});
    EXPECT_EQ(GetSize(), 1u);
    bench.JoinPrune(4, 2, {Bench::StarG()}); // the same entry
    EXPECT_EQ(TakeDrops(), Entries{});
    EXPECT_EQ(bench.router.GetTib().GetGroups().begin()->second.downstream.size(), 2u);
    bench.JoinPrune(3, 2, {Bench::Sg()});
    EXPECT_EQ(TakeDrops(), REFUSED);
    EXPECT_EQ(GetSize(), 1u);
    bench.config.entryLimit = 2;
    bench.JoinPrune(3, 2, {Bench::Sg()});
    EXPECT_EQ(TakeDrops(), Entries{});
    EXPECT_EQ(GetSize(), 2u);
}

TEST_F(PimEntryLimit, AJoinOfASourceNeedsTwo)
{
    bench.config.entryLimit = 1;
    bench.JoinPrune(3, 2, {Bench::Sg()});
    EXPECT_EQ(TakeDrops(), REFUSED);
    EXPECT_EQ(GetSize(), 0u) << "no half of it is left";
    bench.config.entryLimit = 2;
    bench.JoinPrune(3, 2, {Bench::Sg()});
    EXPECT_EQ(TakeDrops(), Entries{});
    EXPECT_EQ(GetSize(), 2u);
}

TEST_F(PimEntryLimit, APruneOfASourceOnTheSharedTreeNeedsOne)
{
    bench.config.entryLimit = 1;
    bench.JoinPrune(3, 2, {Bench::StarG()}, {Bench::SgRpt()});
    EXPECT_EQ(TakeDrops(), REFUSED);
    bench.config.entryLimit = 2;
    bench.JoinPrune(3, 2, {Bench::StarG()}, {Bench::SgRpt()});
    EXPECT_EQ(TakeDrops(), Entries{});
    EXPECT_EQ(GetSize(), 2u);
    bench.JoinPrune(3, 2, {}, {Bench::Sg(SECOND_SOURCE)});
    EXPECT_EQ(TakeDrops(), Entries{}) << "a Prune of what is not there makes nothing";
}

TEST_F(PimEntryLimit, ARegisterNeedsTwo)
{
    bench.BecomeRp();
    const Ipv4Address rp = Bench::At(6, 1);
    bench.config.entryLimit = 1;
    bench.Register(false, rp);
    EXPECT_EQ(TakeDrops(), REFUSED);
    EXPECT_EQ(GetSize(), 0u);
    bench.config.entryLimit = 2;
    bench.Register(false, rp);
    bench.Register(true, rp);
    EXPECT_EQ(TakeDrops(), Entries{});
    EXPECT_EQ(GetSize(), 2u);
    bench.Register(false, rp, SECOND_SOURCE);
    EXPECT_EQ(TakeDrops(), REFUSED);
    bench.config.entryLimit = 3;
    bench.Register(false, rp, SECOND_SOURCE);
    EXPECT_EQ(TakeDrops(), Entries{});
    EXPECT_EQ(GetSize(), 3u);
}

TEST_F(PimEntryLimit, DataOfASourceOnALinkNeedTwo)
{
    const Ipv4Address local("10.0.5.77");
    bench.config.entryLimit = 1;
    bench.Data(5, local);
    EXPECT_EQ(TakeDrops(), REFUSED);
    EXPECT_EQ(GetSize(), 0u);
    bench.config.entryLimit = 2;
    bench.Data(5, local);
    bench.Data(5, local);
    EXPECT_EQ(TakeDrops(), Entries{});
    EXPECT_EQ(GetSize(), 2u);
}

TEST_F(PimEntryLimit, AnAssertOfASourceNeedsOne)
{
    bench.config.entryLimit = 1;
    bench.JoinPrune(3, 2, {Bench::StarG()});
    bench.Assert(1, 2, Bench::S, false, 0, 0); // on the way to the RP: the router tracks it
    EXPECT_EQ(TakeDrops(), REFUSED);
    EXPECT_EQ(GetSize(), 1u);
    bench.Assert(1, 2, Bench::ANY, true, 0, 0);
    EXPECT_EQ(TakeDrops(), Entries{}) << "the group's own needs none";
    EXPECT_EQ(bench.AssertStar(1), PimAssertState::LOSER);
    bench.config.entryLimit = 2;
    bench.Assert(1, 2, Bench::S, false, 0, 0);
    EXPECT_EQ(TakeDrops(), Entries{});
    EXPECT_EQ(bench.AssertSg(1), PimAssertState::LOSER);
    EXPECT_EQ(GetSize(), 2u);
}

TEST_F(PimEntryLimit, APruneThatIsToBeOverriddenNeedsOne)
{
    bench.Hello(1, 3);
    bench.JoinPrune(3, 2, {Bench::StarG()});
    bench.config.entryLimit = 1;
    bench.JoinPrune(1, 3, {}, {Bench::SgRpt()}, Bench::At(1, 2));
    EXPECT_EQ(TakeDrops(), REFUSED);
    EXPECT_EQ(GetSize(), 1u);
    bench.config.entryLimit = 2;
    bench.JoinPrune(1, 3, {}, {Bench::SgRpt()}, Bench::At(1, 2));
    EXPECT_EQ(TakeDrops(), Entries{});
    EXPECT_EQ(GetSize(), 2u) << "while its Override Timer runs";
}

TEST_F(PimEntryLimit, TheSwitchToASourcesTreeNeedsOne)
{
    bench.Member(5);
    bench.config.entryLimit = 1;
    EXPECT_EQ(bench.Data(1), InterfaceSet{5}) << "by the shared tree";
    EXPECT_EQ(TakeDrops(), REFUSED);
    EXPECT_EQ(GetSize(), 1u);
    bench.config.entryLimit = 2;
    EXPECT_EQ(bench.Data(1), InterfaceSet{5});
    EXPECT_EQ(TakeDrops(), Entries{});
    EXPECT_EQ(GetSize(), 2u) << "as soon as there is room";
}

TEST_F(PimEntryLimit, MembersAreNotItsMatter)
{
    bench.config.entryLimit = 1;
    bench.JoinPrune(3, 2, {Bench::StarG()});
    bench.members.any.insert({5, Ipv4Address("239.1.1.2")});
    bench.router.MembershipChanged(5, Ipv4Address("239.1.1.2"));
    EXPECT_EQ(TakeDrops(), Entries{}) << "IGMP has a bound of its own";
    EXPECT_EQ(GetSize(), 2u);
    bench.JoinPrune(3, 2, {Bench::Sg()});
    EXPECT_EQ(TakeDrops(), REFUSED) << "but theirs count";
}

TEST_F(PimEntryLimit, ThereIsRoomAgainWhenAnEntryIsGone)
{
    bench.config.entryLimit = 2;
    bench.JoinPrune(3, 2, {Bench::Sg()}, {}, Bench::ANY, 60);
    bench.JoinPrune(3, 2, {Bench::Sg(SECOND_SOURCE)});
    EXPECT_EQ(TakeDrops(), REFUSED);
    bench.Advance(61);
    EXPECT_EQ(GetSize(), 0u);
    bench.JoinPrune(3, 2, {Bench::Sg(SECOND_SOURCE)});
    EXPECT_EQ(TakeDrops(), Entries{});
    EXPECT_EQ(GetSize(), 2u);
}
