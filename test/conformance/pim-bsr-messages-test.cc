// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059 §3.2 (candidate RPs), §3.3 (the BSR's list of them), §3.4 and §3.5 (flooding, and the
// copy for a router that comes up), §4.1 (fragments), §1.3 (admin-scope zones).
#include "support/pim-bsr-bench.h"

#include "ns3/pim-bootstrap-fragments.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

using Interfaces = std::vector<uint32_t>;
using Drops = std::vector<std::string>;

// ---- §3.2, sending Candidate-RP-Advertisements ----

class Rfc5059CandidateRp : public testing::Test
{
  protected:
    void TearDown() override
    {
        bench.ExpectNothingElse();
    }

    void Start(std::vector<Ipv4Prefix> ranges)
    {
        bench.BecomeCandidateRp(std::move(ranges), 100);
        bench.machine.Start();
    }

    PimBsrBench bench;
};

TEST_F(Rfc5059CandidateRp, S3_2_AdvertisesToTheBsrWithinTheBackoffThenEveryPeriod)
{
    Start({PimBsrBench::ALL});
    bench.Advance(100);
    EXPECT_TRUE(bench.Advertised().empty()) << "there is no BSR";
    bench.Receive(bench.Message());
    bench.environment.Forget();
    bench.Advance(3);
    ASSERT_FALSE(bench.Advertised().empty());
    const PimCandidateRpAdvertisement message = bench.Advertised()[0];
    EXPECT_EQ(message.rpAddress, PimBsrBench::OWN);
    EXPECT_EQ(message.priority, 100);
    EXPECT_EQ(message.holdtime, 150);
    ASSERT_EQ(message.groups.size(), 1u);
    EXPECT_EQ(message.groups[0].GetPrefix(), PimBsrBench::ALL);
    EXPECT_FALSE(message.groups[0].scopeZone);
    EXPECT_EQ(bench.environment.sent[0].destination, PimBsrBench::BSR_1);
    EXPECT_EQ(bench.environment.sent[0].source, PimBsrBench::OWN);
    bench.Advance(7);
    EXPECT_EQ(bench.Advertised().size(), 3u) << "a few in quick succession";
    bench.environment.Forget();
    bench.Receive(bench.Message());
    bench.Advance(60);
    EXPECT_EQ(bench.Advertised().size(), 1u) << "C_RP_Adv_Period";
    EXPECT_EQ(bench.Flooded().size(), 3u) << "the BSR's message is forwarded";
}

TEST_F(Rfc5059CandidateRp, S3_2_NoRangesMeansAllGroups)
{
    Start({});
    bench.Receive(bench.Message());
    bench.Advance(3);
    EXPECT_EQ(bench.Advertised()[0].groups[0].GetPrefix(), Ipv4Prefix(Ipv4Address("224.0.0.0"), 4));
    EXPECT_EQ(bench.Flooded().size(), 3u) << "the BSR's message is forwarded";
}

TEST_F(Rfc5059CandidateRp, S3_2_ANewBsrIsToldAtOnce)
{
    Start({PimBsrBench::ALL});
    bench.Receive(bench.Message(PimBsrBench::BSR_1));
    bench.Advance(20);
    bench.environment.Forget();
    bench.Receive(bench.Message(PimBsrBench::BSR_2));
    bench.environment.Forget();
    bench.Advance(3);
    ASSERT_FALSE(bench.Advertised().empty());
    for (const FakePimEnvironment::Sent& one : bench.environment.sent)
    {
        EXPECT_EQ(one.destination, PimBsrBench::BSR_2);
    }
}

TEST_F(Rfc5059CandidateRp, S3_2_HoldtimeZeroWhenItLeaves)
{
    Start({PimBsrBench::ALL, PimBsrBench::SCOPE});
    bench.Receive(bench.Message());
    bench.Advance(20);
    bench.environment.Forget();
    bench.machine.Withdraw();
    ASSERT_EQ(bench.Advertised().size(), 1u);
    EXPECT_EQ(bench.Advertised()[0].holdtime, 0);
    EXPECT_EQ(bench.Advertised()[0].rpAddress, PimBsrBench::OWN);
    EXPECT_EQ(bench.Advertised()[0].groups.size(), 2u);
}

TEST_F(Rfc5059CandidateRp, S3_2_HoldtimeZeroWhenItsInterfaceGoes)
{
    Start({PimBsrBench::ALL});
    bench.Receive(bench.Message());
    bench.Advance(20);
    bench.environment.Forget();
    bench.environment.interfaces[3].up = false;
    bench.machine.InterfaceChanged(3);
    ASSERT_EQ(bench.Advertised().size(), 1u);
    EXPECT_EQ(bench.Advertised()[0].holdtime, 0);
    bench.Advance(200);
    EXPECT_EQ(bench.Advertised().size(), 1u);
}

TEST_F(Rfc5059CandidateRp, S3_2_HoldtimeZeroForWhatItOffersNoLonger)
{
    Start({PimBsrBench::ALL, PimBsrBench::SCOPE});
    bench.Receive(bench.Message());
    bench.Advance(20);
    bench.environment.Forget();
    bench.config.candidateRps[0].ranges = {PimBsrBench::ALL};
    bench.machine.CandidatesChanged();
    ASSERT_GE(bench.Advertised().size(), 2u);
    EXPECT_EQ(bench.Advertised()[0].holdtime, 0);
    EXPECT_EQ(bench.Advertised()[0].groups[0].GetPrefix(), PimBsrBench::SCOPE);
    EXPECT_EQ(bench.Advertised()[1].holdtime, 150);
}

TEST_F(Rfc5059CandidateRp, S3_2_WaitsForARouteToTheBsr)
{
    Start({PimBsrBench::ALL});
    bench.Receive(bench.Message());
    bench.environment.rib.Remove("10.9.0.1", 32);
    bench.Advance(10);
    EXPECT_TRUE(bench.Advertised().empty());
    bench.environment.rib.Set("10.9.0.1", 32, {{1, "10.0.1.2"}}, 2);
    bench.machine.RoutesChanged();
    bench.Advance(3);
    EXPECT_FALSE(bench.Advertised().empty());
    EXPECT_EQ(bench.Flooded().size(), 3u) << "the BSR's message is forwarded";
}

TEST_F(Rfc5059CandidateRp, S3_2_ScopedRangesGoToTheZonesBsrWithTheZBit)
{
    Start({PimBsrBench::ALL, PimBsrBench::SCOPE});
    bench.Receive(bench.Message(PimBsrBench::BSR_1));
    bench.Receive(bench.ScopedMessage(PimBsrBench::BSR_2));
    bench.environment.Forget();
    bench.Advance(20);
    std::map<Ipv4Address, int> sent;
    for (const FakePimEnvironment::Sent& one : bench.environment.sent)
    {
        if (const auto* message = one.message.As<PimCandidateRpAdvertisement>())
        {
            const bool scoped = one.destination == PimBsrBench::BSR_2;
            ++sent[one.destination];
            ASSERT_EQ(message->groups.size(), 1u);
            EXPECT_EQ(message->groups[0].GetPrefix(),
                      scoped ? PimBsrBench::SCOPE : PimBsrBench::ALL);
            EXPECT_EQ(message->groups[0].scopeZone, scoped);
        }
    }
    EXPECT_EQ(sent[PimBsrBench::BSR_1], 2) << "and one at once, when the zone took a range away";
    EXPECT_EQ(sent[PimBsrBench::BSR_2], 3);
    EXPECT_EQ(bench.Advertised().size(), 5u) << "the burst to each BSR";
}

TEST_F(Rfc5059CandidateRp, S3_2_RangesMoveToAZoneOnceItIsKnown)
{
    Start({PimBsrBench::SCOPE});
    bench.Receive(bench.Message(PimBsrBench::BSR_1));
    bench.Advance(20);
    bench.environment.Forget();
    bench.Receive(bench.ScopedMessage(PimBsrBench::BSR_2));
    ASSERT_FALSE(bench.Advertised().empty());
    EXPECT_EQ(bench.Advertised()[0].holdtime, 0) << "taken back from the global zone's BSR";
    bench.Advance(3);
    EXPECT_EQ(bench.environment.sent.back().destination, PimBsrBench::BSR_2);
    EXPECT_EQ(bench.Flooded().size(), 3u) << "the zone's message is forwarded";
    EXPECT_FALSE(bench.Advertised().empty());
}

TEST_F(Rfc5059CandidateRp, S3_2_AdvertisementsAreCutToTheMtu)
{
    std::vector<Ipv4Prefix> ranges;
    for (uint32_t i = 0; i < 10; ++i)
    {
        ranges.emplace_back(Ipv4Address(0xef000000 + (i << 16)), 16);
    }
    bench.environment.interfaces[1].mtu = 100;
    Start(ranges);
    bench.Receive(bench.Message());
    bench.Advance(20);
    bench.environment.Forget();
    bench.machine.Withdraw();
    ASSERT_EQ(bench.Advertised().size(), 2u);
    EXPECT_EQ(bench.Advertised()[0].groups.size(), 8u) << "34 + 8 * 8 bytes of 100";
    EXPECT_EQ(bench.Advertised()[1].groups.size(), 2u);
    EXPECT_EQ(bench.Advertised()[1].groups[1].GetPrefix(), ranges[9]);
}

// ---- §3.3, the BSR's RP-Set ----

class Rfc5059Bsr : public testing::Test
{
  protected:
    void TearDown() override
    {
        bench.ExpectNothingElse();
    }

    Rfc5059Bsr()
    {
        bench.BecomeCandidateBsr(64);
        bench.machine.Start();
        bench.Advance(20);
        bench.environment.Forget();
    }

    /** \returns the last message, after all that is under way has been sent. */
    PimBootstrap Last()
    {
        bench.Advance(11);
        return bench.Sent().empty() ? PimBootstrap() : bench.Sent().back();
    }

    PimBsrBench bench;
};

TEST_F(Rfc5059Bsr, S3_3_CandidatesAreInTheNextMessageAtOnce)
{
    bench.Advertise(PimBsrBench::RP_A, PimBsrBench::ALL, 150, 20);
    bench.Advance(0);
    ASSERT_EQ(bench.Sent().size(), 1u) << "a change of the RP-Set triggers a message";
    bench.Advertise(PimBsrBench::RP_B, PimBsrBench::ALL, 120, 10);
    bench.Advance(9);
    EXPECT_EQ(bench.Sent().size(), 1u) << "but not within BS_Min_Interval";
    const PimBootstrap message = Last();
    ASSERT_EQ(message.ranges.size(), 1u);
    EXPECT_EQ(message.ranges[0].rpCount, 2);
    ASSERT_EQ(message.ranges[0].rps.size(), 2u);
    EXPECT_EQ(message.ranges[0].rps[0].address, PimBsrBench::RP_B);
    EXPECT_EQ(message.ranges[0].rps[0].holdtime, 120);
    EXPECT_EQ(message.ranges[0].rps[0].priority, 10);
    EXPECT_EQ(bench.Rp("239.0.0.1"), PimBsrBench::RP_B) << "the BSR uses it, too";
}

TEST_F(Rfc5059Bsr, S3_3_AnotherHashMaskLengthIsInTheNextMessage)
{
    bench.config.candidateBsrs[0].hashMaskLength = 20;
    bench.machine.CandidatesChanged();
    EXPECT_EQ(bench.State(), PimBsrState::ELECTED) << "no other BSR is called for";
    EXPECT_EQ(Last().hashMaskLength, 20);
    EXPECT_EQ(bench.Zone().GetBsr().hashMaskLength, 20);
}

TEST_F(Rfc5059Bsr, S3_3_ARefreshTriggersNothing)
{
    bench.Advertise(PimBsrBench::RP_A, PimBsrBench::ALL);
    Last();
    bench.environment.Forget();
    bench.Advertise(PimBsrBench::RP_A, PimBsrBench::ALL);
    bench.Advance(20);
    EXPECT_TRUE(bench.Sent().empty());
}

TEST_F(Rfc5059Bsr, S3_3_HoldtimeZeroRemovesTheCandidateAndEmptiesItsRange)
{
    bench.Advertise(PimBsrBench::RP_A, PimBsrBench::ALL);
    Last();
    bench.Advertise(PimBsrBench::RP_A, PimBsrBench::ALL, 0);
    const PimBootstrap message = Last();
    ASSERT_EQ(message.ranges.size(), 1u) << "so that routers need not wait for the holdtime";
    EXPECT_EQ(message.ranges[0].rpCount, 0);
    EXPECT_EQ(bench.Rp("239.0.0.1"), Ipv4Address::GetAny());
    bench.Advance(300);
    EXPECT_TRUE(bench.Sent().back().ranges.empty()) << "but only for a few messages";
}

TEST_F(Rfc5059Bsr, S3_3_CandidatesExpireAfterTheirHoldtime)
{
    bench.Advertise(PimBsrBench::RP_A, PimBsrBench::ALL, 30);
    bench.Advertise(PimBsrBench::RP_B, PimBsrBench::ALL, 150);
    bench.Advance(29);
    EXPECT_EQ(Last().ranges[0].rpCount, 1);
    EXPECT_EQ(bench.Sent().back().ranges[0].rps[0].address, PimBsrBench::RP_B);
}

TEST_F(Rfc5059Bsr, S3_3_NobodyButTheBsrListens)
{
    bench.Receive(bench.Message(PimBsrBench::BSR_1, 100));
    bench.Advertise(PimBsrBench::RP_B, PimBsrBench::SCOPE);
    EXPECT_EQ(bench.environment.drops, (Drops{"not-bsr"}));
    bench.Advance(20);
    EXPECT_EQ(bench.Rp("239.1.0.1"), PimBsrBench::RP_A);
    EXPECT_EQ(bench.Flooded().size(), 3u) << "the preferred BSR's message is forwarded";
}

TEST_F(Rfc5059Bsr, S3_3_ANewTermStartsWithAnEmptyList)
{
    bench.Advertise(PimBsrBench::RP_B, PimBsrBench::SCOPE);
    bench.Receive(bench.Message(PimBsrBench::BSR_1, 100));
    bench.Advance(130 + 23);
    ASSERT_EQ(bench.State(), PimBsrState::ELECTED);
    EXPECT_TRUE(bench.Sent().back().ranges.empty());
}

TEST_F(Rfc5059Bsr, S3_3_AdvertisementsForOthersOrOfNobodyAreRefused)
{
    PimCandidateRpAdvertisement message;
    message.rpAddress = PimBsrBench::RP_A;
    bench.machine.Receive(message, Ipv4Address("10.0.3.9"));
    message.rpAddress = Ipv4Address("239.0.0.1");
    bench.machine.Receive(message, PimBsrBench::OWN);
    EXPECT_EQ(bench.environment.drops, (Drops{"destination", "rp-address"}));
}

TEST_F(Rfc5059Bsr, S3_3_ItsOwnCandidateNeedsNoMessage)
{
    bench.BecomeCandidateRp({PimBsrBench::ALL});
    bench.machine.CandidatesChanged();
    EXPECT_TRUE(bench.Advertised().empty());
    EXPECT_EQ(Last().ranges[0].rps[0].address, PimBsrBench::OWN);
}

TEST(Rfc5059Zone, S3_3_AZonesMessageBeginsWithTheZone)
{
    PimBsrBench bench;
    bench.BecomeCandidateBsr(64, PimBsrBench::ZONE);
    bench.machine.Start();
    bench.Advance(5);
    ASSERT_EQ(bench.State(PimBsrBench::ZONE), PimBsrState::ELECTED);
    PimBootstrap message = bench.Sent().back();
    ASSERT_EQ(message.ranges.size(), 1u);
    EXPECT_TRUE(message.ranges[0].group.scopeZone);
    EXPECT_EQ(message.ranges[0].group.GetPrefix(), PimBsrBench::SCOPE);
    EXPECT_EQ(message.ranges[0].rpCount, 0);
    const Ipv4Prefix part(Ipv4Address("239.1.0.0"), 24);
    bench.Advertise(PimBsrBench::RP_B, part);
    bench.Advertise(PimBsrBench::RP_A, PimBsrBench::SCOPE);
    bench.Advance(11);
    message = bench.Sent().back();
    ASSERT_EQ(message.ranges.size(), 2u);
    EXPECT_EQ(message.ranges[0].group.GetPrefix(), PimBsrBench::SCOPE);
    EXPECT_TRUE(message.ranges[0].group.scopeZone);
    EXPECT_EQ(message.ranges[1].group.GetPrefix(), part);
    EXPECT_EQ(bench.Rp("239.1.0.9"), PimBsrBench::RP_B) << "the longer range";
    EXPECT_EQ(bench.Rp("239.1.9.9"), PimBsrBench::RP_A);
}

TEST(Rfc5059Zone, S1_3_AWithdrawnZoneGivesItsRangesBack)
{
    PimBsrBench bench;
    bench.BecomeCandidateRp({PimBsrBench::SCOPE});
    bench.machine.Start();
    bench.Receive(bench.Message(PimBsrBench::BSR_1));
    bench.Receive(bench.ScopedMessage(PimBsrBench::BSR_2));
    bench.Advance(20);
    for (int i = 0; i < 25; ++i)
    {
        bench.Receive(bench.Message(PimBsrBench::BSR_1));
        bench.Advance(60);
    }
    ASSERT_EQ(bench.machine.FindZone(PimBsrBench::ZONE), nullptr);
    bench.environment.Forget();
    bench.Receive(bench.Message(PimBsrBench::BSR_1));
    bench.Advance(60);
    ASSERT_FALSE(bench.Advertised().empty());
    EXPECT_EQ(bench.Advertised()[0].groups[0].GetPrefix(), PimBsrBench::SCOPE);
    EXPECT_FALSE(bench.Advertised()[0].groups[0].scopeZone);
}

// ---- §3.5, the copy for a router that comes up ----

class Rfc5059Refresh : public testing::Test
{
  protected:
    void TearDown() override
    {
        bench.ExpectNothingElse();
    }

    Rfc5059Refresh()
    {
        bench.machine.Start();
        bench.Receive(bench.Message());
        bench.environment.Forget();
    }

    PimBsrBench bench;
    const Ipv4Address newcomer{"10.0.3.0"};
};

TEST_F(Rfc5059Refresh, S3_5_TheDrSendsACopyAfterItsHello)
{
    // 10.0.3.2 is DR on interface 3, so this one needs a higher priority.
    bench.environment.interfaces[3].drPriority = 9;
    bench.hellos.InterfaceChanged(3);
    bench.environment.Forget();
    bench.Meet(3, newcomer);
    bench.Advance(5);
    ASSERT_EQ(bench.environment.sent.size(), 2u);
    EXPECT_NE(bench.environment.sent[0].message.As<PimHello>(), nullptr);
    const auto* copy = bench.environment.sent[1].message.As<PimBootstrap>();
    ASSERT_NE(copy, nullptr);
    EXPECT_TRUE(copy->noForward);
    EXPECT_EQ(copy->bsrAddress, PimBsrBench::BSR_1);
    EXPECT_EQ(copy->ranges[0].rps[0].address, PimBsrBench::RP_A);
    EXPECT_EQ(bench.Flooded(), std::vector<uint32_t>{3}) << "once, and nowhere else";
}

TEST_F(Rfc5059Refresh, S3_5_ARouterThatRestartsGetsOneToo)
{
    bench.environment.interfaces[3].drPriority = 9;
    bench.hellos.InterfaceChanged(3);
    bench.environment.Forget();
    bench.Meet(3, Ipv4Address("10.0.3.2"), 2);
    bench.Advance(5);
    EXPECT_EQ(bench.Flooded(), (Interfaces{3}));
}

TEST_F(Rfc5059Refresh, S3_5_OthersThanTheDrSendNone)
{
    bench.Meet(3, newcomer);
    bench.Advance(5);
    EXPECT_TRUE(bench.Flooded().empty());
}

TEST_F(Rfc5059Refresh, S3_5_ThePreviousDrSendsItIfTheNewcomerIsDr)
{
    bench.environment.AddInterface(4, "10.0.4.1");
    bench.hellos.InterfaceChanged(4);
    bench.Advance(6);
    bench.environment.Forget();
    bench.Meet(4, Ipv4Address("10.0.4.200"));
    ASSERT_FALSE(bench.hellos.GetTable().IAmDr(4));
    bench.Advance(5);
    EXPECT_EQ(bench.Flooded(), (Interfaces{4}));
}

TEST_F(Rfc5059Refresh, S3_5_NothingWithoutABsr)
{
    bench.environment.interfaces[3].drPriority = 9;
    bench.hellos.InterfaceChanged(3);
    bench.Advance(130);
    ASSERT_EQ(bench.State(), PimBsrState::ACCEPT_ANY);
    bench.environment.Forget();
    bench.Meet(3, newcomer);
    bench.Advance(5);
    EXPECT_TRUE(bench.Flooded().empty());
}

TEST_F(Rfc5059Refresh, S3_5_AZonesCopyDoesNotCrossItsBorder)
{
    bench.environment.interfaces[3].drPriority = 9;
    bench.environment.interfaces[3].scopeBorders = {PimBsrBench::SCOPE};
    bench.hellos.InterfaceChanged(3);
    bench.Receive(bench.ScopedMessage());
    bench.environment.Forget();
    bench.Meet(3, newcomer);
    bench.Advance(5);
    ASSERT_EQ(bench.environment.Of<PimBootstrap>(3).size(), 1u);
    EXPECT_FALSE(bench.environment.Of<PimBootstrap>(3)[0].ranges[0].group.scopeZone);
}

TEST_F(Rfc5059Refresh, S3_5_AllFragmentsAreCopied)
{
    bench.environment.interfaces[3].drPriority = 9;
    bench.hellos.InterfaceChanged(3);
    PimBootstrap one = bench.Message();
    PimBootstrap two = one;
    two.ranges = {PimBsrBench::Range(PimBsrBench::SCOPE, {PimBsrBench::RP_B})};
    bench.Receive(one);
    bench.Receive(two);
    bench.Receive(two);
    bench.environment.Forget();
    bench.Meet(3, newcomer);
    bench.Advance(5);
    EXPECT_EQ(bench.environment.Of<PimBootstrap>(3).size(), 2u);
}

TEST_F(Rfc5059Refresh, S3_5_TheCopyHoldsFragmentsOfTheLatestMessageAlone)
{
    bench.environment.interfaces[3].drPriority = 9;
    bench.hellos.InterfaceChanged(3);
    PimBootstrap old = bench.Message();
    old.ranges = {PimBsrBench::Range(PimBsrBench::SCOPE, {PimBsrBench::RP_B})};
    bench.Receive(old);
    PimBootstrap one = bench.Message();
    PimBootstrap two = one;
    // Alike at a glance: the same range, as many RPs, the same first one.
    one.ranges = {PimBsrBench::Range(PimBsrBench::ALL, {PimBsrBench::RP_A, PimBsrBench::RP_B})};
    two.ranges = {
        PimBsrBench::Range(PimBsrBench::ALL, {PimBsrBench::RP_A, Ipv4Address("10.8.0.3")})};
    one.ranges[0].rpCount = two.ranges[0].rpCount = 3;
    bench.Receive(one);
    bench.Receive(two);
    bench.environment.Forget();
    bench.Meet(3, newcomer);
    bench.Advance(5);
    const std::vector<PimBootstrap> copies = bench.environment.Of<PimBootstrap>(3);
    ASSERT_EQ(copies.size(), 2u);
    for (const PimBootstrap& copy : copies)
    {
        EXPECT_EQ(copy.fragmentTag, one.fragmentTag);
        EXPECT_TRUE(copy.noForward);
    }
    // Another BSR with the same tag by chance does not mix with it either.
    PimBootstrap other = bench.Message(PimBsrBench::BSR_2);
    other.fragmentTag = one.fragmentTag;
    bench.Receive(other);
    bench.environment.Forget();
    bench.Meet(3, newcomer, 2);
    bench.Advance(5);
    ASSERT_EQ(bench.environment.Of<PimBootstrap>(3).size(), 1u);
    EXPECT_EQ(bench.environment.Of<PimBootstrap>(3)[0].bsrAddress, PimBsrBench::BSR_2);
}

// ---- §4.1, fragments ----

TEST(Rfc5059Fragments, S4_1_ALostFragmentWipesNothing)
{
    PimBsrBench bench;
    bench.machine.Start();
    PimBootstrap whole = bench.Message();
    whole.ranges.push_back(
        PimBsrBench::Range(PimBsrBench::SCOPE, {PimBsrBench::RP_A, PimBsrBench::RP_B}));
    bench.Receive(whole);
    // The next message: the first range is lost whole, of the second one half.
    PimBootstrap part = bench.Message();
    part.ranges = {PimBsrBench::Range(PimBsrBench::SCOPE, {PimBsrBench::RP_B})};
    part.ranges[0].rpCount = 2;
    bench.Receive(part);
    EXPECT_EQ(bench.Rp("239.0.0.1"), PimBsrBench::RP_A);
    EXPECT_EQ(bench.rpSet.GetMappings().size(), 3u);
    // The missing half makes it whole.
    part.ranges = {PimBsrBench::Range(PimBsrBench::SCOPE, {Ipv4Address("10.8.0.3")})};
    part.ranges[0].rpCount = 2;
    bench.Receive(part);
    const auto mappings = bench.rpSet.GetMappings();
    ASSERT_EQ(mappings.size(), 3u);
    EXPECT_EQ(mappings[1].rp, PimBsrBench::RP_B);
    EXPECT_EQ(mappings[2].rp, Ipv4Address("10.8.0.3"));
}

/** Messages of two fragments each, a period apart; of all but the first the second is lost. */
Ipv4Prefix
LoseFragments(PimBsrBench& bench, int lost)
{
    const Ipv4Prefix range(Ipv4Address("239.2.0.0"), 16);
    PimBootstrap first = bench.Message();
    PimBootstrap second = first;
    second.ranges = {PimBsrBench::Range(range, {PimBsrBench::RP_B})};
    bench.Receive(first);
    bench.Receive(second);
    for (int i = 0; i < lost; ++i)
    {
        bench.Advance(60);
        bench.Receive(bench.Message());
    }
    return range;
}

TEST(Rfc5059Fragments, S4_1_WhatLostFragmentsWouldHaveSaidIsRetained)
{
    PimBsrBench bench;
    bench.machine.Start();
    LoseFragments(bench, 5);
    EXPECT_EQ(bench.Rp("239.2.0.1"), PimBsrBench::RP_B) << "300 s later, with a holdtime of 150 s";
}

TEST(Rfc5059Fragments, S4_1_ButNotForEver)
{
    PimBsrBench bench;
    bench.machine.Start();
    LoseFragments(bench, 9);
    EXPECT_EQ(bench.Rp("239.2.0.1"), PimBsrBench::RP_A) << "the wider range serves";
}

TEST(Rfc5059Fragments, S4_1_AnotherBsrDoesNotRetainIt)
{
    PimBsrBench bench;
    bench.machine.Start();
    LoseFragments(bench, 1);
    for (int i = 0; i < 3; ++i)
    {
        bench.Receive(bench.Message(PimBsrBench::BSR_2));
        bench.Advance(60);
    }
    EXPECT_EQ(bench.Rp("239.2.0.1"), PimBsrBench::RP_A);
}

TEST(Rfc5059Fragments, S4_1_HoldtimeAloneIfConfigured)
{
    PimBsrBench bench;
    bench.config.retainedMessages = 0;
    bench.machine.Start();
    LoseFragments(bench, 3);
    EXPECT_EQ(bench.Rp("239.2.0.1"), PimBsrBench::RP_A);
}

TEST(Rfc5059Fragments, S4_1_HalvesOfDifferentMessagesMakeNoWhole)
{
    PimBsrBench bench;
    bench.machine.Start();
    for (Ipv4Address rp : {PimBsrBench::RP_A, PimBsrBench::RP_B})
    {
        PimBootstrap part = bench.Message();
        part.ranges = {PimBsrBench::Range(PimBsrBench::ALL, {rp})};
        part.ranges[0].rpCount = 2;
        bench.Receive(part);
    }
    EXPECT_TRUE(bench.rpSet.GetMappings().empty());
}

TEST(Rfc5059Fragments, S4_1_TheBsrCutsItsMessagesToTheLinksMtu)
{
    PimBsrBench bench;
    bench.environment.interfaces[2].mtu = 100;
    bench.BecomeCandidateBsr(64);
    bench.machine.Start();
    bench.Advance(5);
    for (uint32_t i = 0; i < 10; ++i)
    {
        const Ipv4Prefix range(Ipv4Address(0xef000000 + (i << 16)), 16);
        bench.Advertise(PimBsrBench::RP_A, range);
        bench.Advertise(PimBsrBench::RP_B, range);
    }
    bench.environment.Forget();
    bench.Advance(11);
    const std::vector<PimBootstrap> fragments = bench.Sent();
    EXPECT_EQ(fragments.size(), 5u) << "a range with two RPs takes 32 of 66 bytes";
    std::size_t ranges = 0;
    for (const PimBootstrap& fragment : fragments)
    {
        WireWriter writer;
        PimMessage(fragment).Write(writer);
        EXPECT_LE(writer.GetSize() + 20, 100u);
        EXPECT_EQ(fragment.fragmentTag, fragments[0].fragmentTag);
        ranges += fragment.ranges.size();
    }
    EXPECT_EQ(ranges, 10u);

    PimBsrBench other;
    other.machine.Start();
    for (PimBootstrap fragment : fragments)
    {
        fragment.bsrAddress = PimBsrBench::BSR_1;
        other.Receive(fragment);
    }
    EXPECT_EQ(other.rpSet.GetMappings().size(), 20u);
}

TEST(Rfc5059Fragments, S4_1_AForwarderCutsMessagesToTheLinksMtu)
{
    PimBsrBench bench;
    bench.environment.interfaces[2].mtu = 100;
    bench.machine.Start();
    PimBootstrap message = bench.Message();
    message.ranges.clear();
    for (uint32_t i = 0; i < 10; ++i)
    {
        const Ipv4Prefix range(Ipv4Address(0xef000000 + (i << 16)), 16);
        message.ranges.push_back(PimBsrBench::Range(range, {PimBsrBench::RP_A, PimBsrBench::RP_B}));
    }
    bench.Receive(message);
    EXPECT_EQ(bench.environment.Of<PimBootstrap>(1).size(), 1u);
    EXPECT_EQ(bench.environment.Of<PimBootstrap>(3).size(), 1u);
    const std::vector<PimBootstrap> fragments = bench.environment.Of<PimBootstrap>(2);
    EXPECT_EQ(fragments.size(), 5u);

    PimBsrBench other;
    other.machine.Start();
    for (const PimBootstrap& fragment : fragments)
    {
        EXPECT_EQ(fragment.fragmentTag, message.fragmentTag);
        other.Receive(fragment);
    }
    EXPECT_EQ(other.rpSet.GetMappings().size(), 20u);
}

} // namespace
