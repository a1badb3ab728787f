// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.4.1 (the DR's register machine) and §4.4.2 (the RP's end of the tunnel): each
// transition. Interface 5 is the source's LAN where this router is the DR.
#include "support/pim-test-router.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace ns3;

namespace
{

using Bench = PimTestRouter;
using Entries = std::vector<std::string>;

class Pim7761Dr : public testing::Test
{
  protected:
    void TearDown() override
    {
        bench.ExpectNothingElseDownstream();
    }

    PimRegisterState State()
    {
        return bench.Source(LOCAL).registerState;
    }

    Time StopTimer()
    {
        return bench.router.GetTimer({SourceGroup(LOCAL, Bench::G), PimTimer::REGISTER_STOP});
    }

    void Stop(Ipv4Address source = LOCAL)
    {
        PimRegisterStop message;
        message.group = Bench::G;
        message.source = source;
        const Ipv4Address rp = bench.Source(LOCAL).registerRp;
        bench.router.Receive(message, rp == Bench::ANY ? Bench::RP : rp);
    }

    /** The source's LAN goes down and comes up again: nothing has been said there yet. */
    void BounceLan()
    {
        for (bool up : {false, true})
        {
            bench.environment.interfaces[5].up = up;
            bench.hellos.InterfaceChanged(5);
            bench.router.InterfaceChanged(5);
        }
        bench.environment.Forget();
    }

    std::size_t Nulls() const
    {
        const auto all = bench.environment.Of<PimRegister>(0);
        return std::count_if(all.begin(), all.end(), [](const PimRegister& message) {
            return message.nullRegister;
        });
    }

    static inline const Ipv4Address LOCAL{"10.0.5.77"};
    Bench bench;
};

TEST_F(Pim7761Dr, S4_4_1_NoInfoCouldRegisterTrue)
{
    EXPECT_EQ(State(), PimRegisterState::NO_INFO);
    bench.Data(5, LOCAL);
    EXPECT_EQ(State(), PimRegisterState::JOIN);
    EXPECT_EQ(bench.dataPlane.registers, std::vector<Ipv4Address>{Bench::RP})
        << "the very first packet is registered";
    EXPECT_TRUE(bench.Source(LOCAL).sptBit);
    EXPECT_EQ(bench.Source(LOCAL).upstream, PimUpstreamState::JOINED);
    EXPECT_EQ(bench.environment.events[0], "register-start (10.0.5.77,239.1.1.1) 10.9.9.9");
}

TEST_F(Pim7761Dr, S4_4_1_NotTheDr)
{
    PimHello other;
    other.holdtime = PimHello::HOLDTIME_FOREVER;
    other.drPriority = 5;
    bench.hellos.ReceiveHello(other, 5, Bench::At(5, 2));
    bench.Data(5, LOCAL);
    EXPECT_EQ(State(), PimRegisterState::NO_INFO);
    EXPECT_TRUE(bench.dataPlane.registers.empty());
    EXPECT_TRUE(bench.Source(LOCAL).keepalive);
}

TEST_F(Pim7761Dr, S4_4_1_NotDirectlyConnected)
{
    bench.Data(2, Bench::S);
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
}

TEST_F(Pim7761Dr, S4_4_1_JoinCouldRegisterFalse)
{
    bench.Data(5, LOCAL);
    PimHello other;
    other.holdtime = PimHello::HOLDTIME_FOREVER;
    other.drPriority = 5;
    bench.hellos.ReceiveHello(other, 5, Bench::At(5, 2));
    EXPECT_EQ(State(), PimRegisterState::NO_INFO);
    bench.Data(5, LOCAL);
    EXPECT_EQ(bench.dataPlane.registers.size(), 1u);
}

TEST_F(Pim7761Dr, S4_4_1_JoinAgainWhenTheInterfaceIsBack)
{
    bench.Data(5, LOCAL);
    bench.environment.interfaces[5].up = false;
    bench.hellos.InterfaceChanged(5);
    bench.router.InterfaceChanged(5);
    EXPECT_EQ(State(), PimRegisterState::NO_INFO);
    bench.environment.interfaces[5].up = true;
    bench.hellos.InterfaceChanged(5);
    bench.router.InterfaceChanged(5);
    EXPECT_EQ(bench.Source(LOCAL).rpf.interface, 5u) << "its route was there all the time";
    EXPECT_EQ(State(), PimRegisterState::JOIN);
}

TEST_F(Pim7761Dr, S4_4_1_JoinKeepaliveExpires)
{
    bench.Data(5, LOCAL);
    bench.Advance(200);
    bench.Data(5, LOCAL);
    bench.Advance(209.9);
    EXPECT_EQ(State(), PimRegisterState::JOIN);
    bench.Advance(0.2);
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty()) << "210 s after the last packet";
}

TEST_F(Pim7761Dr, S6_2_ARegisterStopFromAnotherThanTheRpIsRefused)
{
    bench.Data(5, LOCAL);
    PimRegisterStop message;
    message.group = Bench::G;
    message.source = LOCAL;
    // For a DR outside an Anycast-RP set (RFC 4610 §3) a member's own address is one of these.
    for (const char* from : {"10.9.9.10", "10.0.5.77", "0.0.0.0"})
    {
        bench.router.Receive(message, Ipv4Address(from));
        EXPECT_EQ(State(), PimRegisterState::JOIN) << from;
    }
    EXPECT_EQ(bench.environment.drops, Entries(3, "register-stop-source"));
    bench.router.Receive(message, Bench::RP);
    EXPECT_EQ(State(), PimRegisterState::PRUNE);
}

TEST_F(Pim7761Dr, S4_4_1_JoinRegisterStop)
{
    bench.Data(5, LOCAL);
    bench.environment.random.tape = {0.0};
    Stop();
    EXPECT_EQ(State(), PimRegisterState::PRUNE);
    EXPECT_EQ(StopTimer(), Seconds(25)) << "0.5 x 60 - 5";
    bench.Data(5, LOCAL);
    EXPECT_EQ(bench.dataPlane.registers.size(), 1u) << "no more Registers";
}

TEST_F(Pim7761Dr, S4_4_1_RegisterStopTimerIsRandom)
{
    bench.Data(5, LOCAL);
    bench.environment.random.tape = {1.0};
    Stop();
    EXPECT_EQ(StopTimer(), Seconds(85)) << "1.5 x 60 - 5";
}

TEST_F(Pim7761Dr, S4_4_1_JoinRegisterStopForAllSources)
{
    bench.Data(5, LOCAL);
    bench.Data(5, Ipv4Address("10.0.5.78"));
    Stop(Bench::ANY);
    EXPECT_EQ(State(), PimRegisterState::PRUNE);
    EXPECT_EQ(bench.Source(Ipv4Address("10.0.5.78")).registerState, PimRegisterState::PRUNE);
    bench.Data(5, Ipv4Address("10.0.5.79"));
    EXPECT_EQ(bench.Source(Ipv4Address("10.0.5.79")).registerState, PimRegisterState::JOIN)
        << "not for sources that become active later";
}

TEST_F(Pim7761Dr, S4_4_1_JoinRpChanges)
{
    bench.Data(5, LOCAL);
    bench.rpSet.AddStatic(Ipv4Prefix(Ipv4Address("239.1.0.0"), 16), Ipv4Address("10.9.8.8"));
    EXPECT_EQ(State(), PimRegisterState::JOIN);
    bench.Data(5, LOCAL);
    EXPECT_EQ(bench.dataPlane.registers.back(), Ipv4Address("10.9.8.8"));
}

TEST_F(Pim7761Dr, S4_4_1_PruneRegisterStopTimerExpires)
{
    bench.Data(5, LOCAL);
    bench.environment.random.tape = {0.0};
    Stop();
    bench.Advance(25);
    EXPECT_EQ(State(), PimRegisterState::JOIN_PENDING);
    EXPECT_EQ(Nulls(), 1u);
    EXPECT_EQ(StopTimer(), Seconds(5)) << "Register_Probe_Time";
    bench.Data(5, LOCAL);
    EXPECT_EQ(bench.dataPlane.registers.size(), 1u);
}

TEST_F(Pim7761Dr, S4_4_1_PruneCouldRegisterFalse)
{
    bench.Data(5, LOCAL);
    Stop();
    bench.Advance(211);
    EXPECT_EQ(State(), PimRegisterState::NO_INFO);
    EXPECT_EQ(StopTimer(), Seconds(0));
    EXPECT_EQ(Nulls(), 1u) << "before Keepalive(S,G) expired";
}

TEST_F(Pim7761Dr, S4_4_1_PruneRpChanges)
{
    bench.Data(5, LOCAL);
    Stop();
    bench.rpSet.AddStatic(Ipv4Prefix(Ipv4Address("239.1.0.0"), 16), Ipv4Address("10.9.8.8"));
    EXPECT_EQ(State(), PimRegisterState::JOIN);
    EXPECT_EQ(StopTimer(), Seconds(0));
}

TEST_F(Pim7761Dr, S4_4_1_JoinPendingRegisterStop)
{
    bench.Data(5, LOCAL);
    bench.environment.random.tape = {0.0};
    Stop();
    bench.Advance(26);
    ASSERT_EQ(State(), PimRegisterState::JOIN_PENDING);
    EXPECT_EQ(Nulls(), 1u);
    bench.environment.random.tape = {0.0};
    Stop();
    EXPECT_EQ(State(), PimRegisterState::PRUNE);
    EXPECT_EQ(StopTimer(), Seconds(25));
}

TEST_F(Pim7761Dr, S4_4_1_JoinPendingRegisterStopTimerExpires)
{
    bench.Data(5, LOCAL);
    bench.environment.random.tape = {0.0};
    Stop();
    bench.Advance(31);
    EXPECT_EQ(State(), PimRegisterState::JOIN);
    bench.Data(5, LOCAL);
    EXPECT_EQ(bench.dataPlane.registers.size(), 2u);
    EXPECT_EQ(Nulls(), 1u);
}

TEST_F(Pim7761Dr, S4_4_1_JoinPendingCouldRegisterFalse)
{
    bench.Data(5, LOCAL);
    bench.environment.random.tape = {0.0};
    Stop();
    bench.Advance(26);
    bench.environment.interfaces[5].enabled = false;
    bench.hellos.InterfaceChanged(5);
    bench.router.InterfaceChanged(5);
    EXPECT_EQ(State(), PimRegisterState::NO_INFO);
    EXPECT_EQ(Nulls(), 1u);
}

TEST_F(Pim7761Dr, S4_4_1_JoinPendingRpChanges)
{
    bench.Data(5, LOCAL);
    bench.environment.random.tape = {0.0};
    Stop();
    bench.Advance(26);
    bench.rpSet.AddStatic(Ipv4Prefix(Ipv4Address("239.1.0.0"), 16), Ipv4Address("10.9.8.8"));
    EXPECT_EQ(State(), PimRegisterState::JOIN);
    EXPECT_EQ(Nulls(), 1u);
}

TEST_F(Pim7761Dr, S4_4_1_PruneRegisterStopAgain)
{
    bench.Data(5, LOCAL);
    bench.environment.random.tape = {0.0};
    Stop();
    bench.Advance(10);
    Stop();
    EXPECT_EQ(StopTimer(), Seconds(15)) << "not restarted";
}

TEST_F(Pim7761Dr, S4_4_1_NullRegisterNamesSourceAndGroup)
{
    bench.Data(5, LOCAL);
    Stop();
    bench.Advance(86);
    const auto all = bench.environment.Of<PimRegister>(0);
    ASSERT_FALSE(all.empty());
    WireReader reader(all[0].packet.data(), all[0].packet.size());
    EXPECT_EQ(all[0].packet.size(), 20u);
    EXPECT_EQ(InternetChecksum(all[0].packet.data(), 20), 0);
    reader.Skip(12);
    EXPECT_EQ(reader.ReadIpv4(), LOCAL);
    EXPECT_EQ(reader.ReadIpv4(), Bench::G);
}

TEST_F(Pim7761Dr, S4_4_1_DeadRpPilesNothingUp)
{
    bench.Data(5, LOCAL);
    for (int i = 0; i < 1000; ++i)
    {
        bench.Advance(1);
        bench.Data(5, LOCAL);
    }
    EXPECT_EQ(State(), PimRegisterState::JOIN);
    EXPECT_EQ(bench.dataPlane.registers.size(), 1001u);
    EXPECT_TRUE(bench.environment.Of<PimRegister>(0).empty());
    EXPECT_EQ(bench.Group().sources.size(), 1u);
}

TEST_F(Pim7761Dr, S4_4_1_AHelloGoesBeforeTheFirstRegister)
{
    BounceLan();
    bench.Data(5, LOCAL);
    EXPECT_EQ(bench.environment.Of<PimHello>(5).size(), 1u)
        << "another that still takes itself for the DR stops at once";
    bench.Data(5, LOCAL);
    EXPECT_EQ(bench.environment.Of<PimHello>(5).size(), 1u);
}

TEST_F(Pim7761Dr, S4_4_1_NoHelloGoesBeforeARegisterWithoutARoute)
{
    BounceLan();
    bench.environment.rib.Remove("10.9.9.0", 24);
    bench.Data(5, LOCAL);
    EXPECT_TRUE(bench.environment.Of<PimHello>(5).empty()) << "the other still registers";
}

TEST_F(Pim7761Dr, S4_3_1_AHelloGoesBeforeMembersAreServed)
{
    BounceLan();
    bench.Member(5);
    EXPECT_EQ(bench.environment.Of<PimHello>(5).size(), 1u);
    EXPECT_EQ(bench.Sent(1), (Entries{"J(*,G)->2"}));
}

TEST_F(Pim7761Dr, S4_3_1_NoHelloGoesBeforeMembersThatCannotBeServed)
{
    BounceLan();
    bench.environment.rib.Remove("10.9.9.0", 24);
    bench.Member(5);
    EXPECT_TRUE(bench.environment.Of<PimHello>(5).empty()) << "another still serves them";
}

TEST_F(Pim7761Dr, S4_4_1_RateLimit)
{
    bench.values.registerRate = 10;
    for (int i = 0; i < 1000; ++i)
    {
        bench.Data(5, LOCAL);
        bench.Advance(0.01);
    }
    EXPECT_NEAR(bench.dataPlane.registers.size(), 100, 2);
}

TEST_F(Pim7761Dr, S4_4_1_TheRateLimitHoldsNoFirstRegisterBack)
{
    bench.values.registerRate = 0.01;
    bench.Data(5, LOCAL);
    bench.Data(5, LOCAL);
    EXPECT_EQ(bench.dataPlane.registers.size(), 1u);
    bench.environment.rib.Set("10.9.8.0", 24, {{1, "10.0.1.2"}});
    bench.rpSet.AddStatic(Ipv4Prefix(Ipv4Address("239.1.0.0"), 16), Ipv4Address("10.9.8.8"));
    bench.Data(5, LOCAL);
    EXPECT_EQ(bench.dataPlane.registers.size(), 2u) << "the first to the new RP";
    bench.environment.random.tape = {0.0};
    Stop();
    bench.Advance(31);
    ASSERT_EQ(State(), PimRegisterState::JOIN);
    EXPECT_EQ(Nulls(), 1u);
    bench.Data(5, LOCAL);
    EXPECT_EQ(bench.dataPlane.registers.size(), 3u) << "the first of a new Join state";
    bench.Data(5, LOCAL);
    EXPECT_EQ(bench.dataPlane.registers.size(), 3u);
}

TEST_F(Pim7761Dr, S4_4_1_TheRateLimitCountsNothingThatDoesNotLeave)
{
    bench.values.registerRate = 0.01;
    bench.environment.rib.Remove("10.9.9.0", 24);
    bench.Data(5, LOCAL);
    bench.environment.rib.Set("10.9.9.0", 24, {{1, "10.0.1.2"}}, 5);
    bench.dataPlane.registers.clear();
    bench.Data(5, LOCAL);
    bench.Data(5, LOCAL);
    EXPECT_EQ(bench.dataPlane.registers.size(), 1u);
}

TEST_F(Pim7761Dr, S4_4_1_TheTtlIsDecrementedBeforeTheTunnel)
{
    bench.Data(5, LOCAL, Bench::G, 3);
    bench.Data(5, LOCAL, Bench::G, 2);
    EXPECT_EQ(bench.dataPlane.registeredTtls, (std::vector<uint8_t>{2, 1}));
    bench.Data(5, LOCAL, Bench::G, 1);
    EXPECT_EQ(bench.dataPlane.registers.size(), 2u) << "its TTL ends here";
    EXPECT_TRUE(bench.Source(LOCAL).keepalive);
}

TEST_F(Pim7761Dr, S4_4_1_SourceAndReceiverOnOneLan)
{
    bench.Member(5);
    EXPECT_TRUE(bench.Data(5, LOCAL).IsEmpty()) << "never back onto the LAN";
    EXPECT_EQ(bench.dataPlane.registers.size(), 1u);
}

TEST_F(Pim7761Dr, S4_4_1_LocalReceiversBesideTheTunnel)
{
    bench.Member(4);
    EXPECT_EQ(bench.Data(5, LOCAL), InterfaceSet{4});
    EXPECT_EQ(bench.dataPlane.registers.size(), 1u);
    Stop();
    EXPECT_EQ(bench.Data(5, LOCAL), InterfaceSet{4});
}

TEST_F(Pim7761Dr, S4_4_1_NoRpYet)
{
    bench.rpSet.RemoveStatic(Ipv4Prefix(Ipv4Address("239.0.0.0"), 8), Bench::RP);
    bench.Member(4);
    EXPECT_EQ(bench.Data(5, LOCAL), InterfaceSet{4});
    EXPECT_TRUE(bench.dataPlane.registers.empty());
    bench.rpSet.AddStatic(Ipv4Prefix(Ipv4Address("239.0.0.0"), 8), Bench::RP);
    bench.Data(5, LOCAL);
    EXPECT_EQ(bench.dataPlane.registers.size(), 1u);
}

TEST_F(Pim7761Dr, S4_4_1_NoRpEverKnown)
{
    Bench fresh(false);
    fresh.Hello(3, 2);
    fresh.Member(4);
    EXPECT_TRUE(fresh.Data(5, LOCAL).IsEmpty()) << "the group may be bidirectional";
    fresh.JoinPrune(3, 2, {Bench::Sg(LOCAL)});
    EXPECT_EQ(fresh.Data(5, LOCAL), InterfaceSet{3}) << "a Join(S,G) says that it is not";
    fresh.rpSet.AddStatic(Ipv4Prefix(Ipv4Address("239.0.0.0"), 8), Bench::RP);
    EXPECT_EQ(fresh.Data(5, LOCAL), (InterfaceSet{3, 4}));
}

TEST_F(Pim7761Dr, S4_8_NoRegisterInTheSsmRange)
{
    bench.Data(5, LOCAL, Ipv4Address("232.1.1.1"));
    EXPECT_TRUE(bench.dataPlane.registers.empty());
}

// ---- §4.4.2 ----

class Pim7761Rp : public testing::Test
{
  protected:
    void TearDown() override
    {
        bench.ExpectNothingElseDownstream();
    }

    Pim7761Rp()
    {
        bench.BecomeRp();
        bench.environment.rib.Set("10.7.7.0", 24, {{2, "10.0.2.2"}});
        bench.Hello(3, 2);
        bench.environment.Forget();
    }

    void JoinStarG()
    {
        bench.JoinPrune(3, 2, {Bench::StarG(rp)}, {}, Bench::ANY, 0xffff);
    }

    std::size_t Stops() const
    {
        return bench.environment.Of<PimRegisterStop>(0).size();
    }

    Time Keepalive()
    {
        return bench.router.GetTimer({SourceGroup(Bench::S, Bench::G), PimTimer::KEEPALIVE});
    }

    Bench bench;
    Ipv4Address rp{Bench::At(6, 1)};
};

TEST_F(Pim7761Rp, S4_4_2_FirstRegisterIsForwardedAndJoinsTheSource)
{
    JoinStarG();
    bench.Register(false, rp);
    EXPECT_EQ(bench.dataPlane.decapsulated, std::vector<InterfaceSet>{InterfaceSet{3}});
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
    EXPECT_EQ(Stops(), 0u) << "not before native packets come";
    EXPECT_EQ(Keepalive(), Seconds(210));
}

TEST_F(Pim7761Rp, S4_4_2_RegisterStopOnceTheSptBitIsSet)
{
    JoinStarG();
    bench.Register(false, rp);
    EXPECT_EQ(bench.Data(2), InterfaceSet{3}) << "the native packet that sets the SPTbit";
    EXPECT_TRUE(bench.Source().sptBit);
    bench.Register(false, rp);
    EXPECT_EQ(Stops(), 1u);
    EXPECT_EQ(bench.dataPlane.decapsulated.size(), 1u) << "no duplicate";
    const auto stop = bench.environment.Of<PimRegisterStop>(0)[0];
    EXPECT_EQ(stop.source, Bench::S);
    EXPECT_EQ(stop.group, Bench::G);
}

TEST_F(Pim7761Rp, S4_4_2_NoReceiversStopsAtOnce)
{
    bench.Register(false, rp);
    EXPECT_EQ(Stops(), 1u);
    EXPECT_TRUE(bench.dataPlane.decapsulated.empty());
    EXPECT_TRUE(bench.Source().keepalive);
    EXPECT_EQ(bench.Source().upstream, PimUpstreamState::NOT_JOINED);
    EXPECT_EQ(Keepalive(), Seconds(210)) << "max(Keepalive_Period, RP_Keepalive_Period)";
    EXPECT_EQ(bench.Entry(Bench::S), nullptr) << "kept alive, but no entry";
}

TEST_F(Pim7761Rp, S4_4_2_TheRateLimitHoldsNoFirstRegisterStopBack)
{
    bench.values.registerStopRate = 0.01;
    const Ipv4Address other("10.8.8.9");
    bench.Register(false, rp);
    bench.Register(false, rp);
    EXPECT_EQ(Stops(), 1u);
    bench.Register(false, rp, other);
    EXPECT_EQ(Stops(), 2u) << "of another source";
    bench.Register(false, rp, Bench::S, Ipv4Address("10.7.7.8"));
    EXPECT_EQ(Stops(), 3u) << "to another DR";
    bench.Advance(99);
    bench.Register(false, rp, other);
    EXPECT_EQ(Stops(), 3u);
    bench.Advance(2);
    bench.Register(false, rp, other);
    EXPECT_EQ(Stops(), 4u);
}

TEST_F(Pim7761Rp, S4_4_2_ReceiverComesLater)
{
    bench.Register(false, rp);
    bench.environment.Forget();
    JoinStarG();
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

TEST_F(Pim7761Rp, S4_4_2_NullRegisterKeepsTheSourceAlive)
{
    bench.Register(false, rp);
    bench.Advance(100);
    bench.Register(true, rp);
    EXPECT_EQ(Keepalive(), Seconds(210));
    EXPECT_EQ(Stops(), 2u);
    bench.Advance(211);
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
}

TEST_F(Pim7761Rp, S4_4_2_NullRegisterIsNotForwarded)
{
    JoinStarG();
    bench.Register(true, rp);
    EXPECT_TRUE(bench.dataPlane.decapsulated.empty());
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

TEST_F(Pim7761Rp, S4_4_2_NotTheRp)
{
    bench.Register(false, Bench::RP);
    EXPECT_EQ(Stops(), 1u);
    EXPECT_TRUE(bench.dataPlane.decapsulated.empty());
    EXPECT_EQ(bench.environment.drops, Entries{"not-rp"});
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty()) << "no state is left of it";
}

TEST_F(Pim7761Rp, S4_4_2_NotTheRpComesBeforeFiltersAndBounds)
{
    bench.config.access.registers.Set("10.7.7.8");
    bench.config.entryLimit = 1;
    bench.Register(false, Bench::RP);
    EXPECT_EQ(bench.environment.drops, Entries{"not-rp"}) << "I_am_RP(G) is the first question";
    EXPECT_EQ(Stops(), 1u) << "whoever has sent it";
    bench.environment.drops.clear();
    bench.Register(false, rp);
    EXPECT_EQ(bench.environment.drops, Entries{"register-filter"}) << "the filter is the RP's";
    bench.environment.drops.clear();
    bench.Register(false, rp, Bench::S, Ipv4Address("10.7.7.8"));
    EXPECT_EQ(bench.environment.drops, Entries{"entry-limit"});
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
    JoinStarG();
    bench.environment.drops.clear();
    bench.Register(false, Bench::RP);
    EXPECT_EQ(bench.environment.drops, Entries{"not-rp"}) << "with an entry as without";
    EXPECT_EQ(Stops(), 2u) << "what is refused is not answered";
}

TEST_F(Pim7761Rp, S4_4_2_SwitchNever)
{
    bench.config.registerSwitchPolicy.SetDefault("infinity");
    JoinStarG();
    for (int i = 0; i < 100; ++i)
    {
        bench.Register(false, rp);
        bench.Advance(1);
    }
    EXPECT_EQ(bench.dataPlane.decapsulated.size(), 100u);
    EXPECT_EQ(Stops(), 0u);
    EXPECT_EQ(bench.Sent(2), Entries{});
    EXPECT_TRUE(bench.Group().sources.empty());
}

TEST_F(Pim7761Rp, S4_4_2_SwitchByRate)
{
    bench.config.registerSwitchPolicy.SetDefault("1200B/10s");
    JoinStarG();
    for (int i = 0; i < 9; ++i)
    {
        bench.Register(false, rp);
        bench.Advance(0.5);
    }
    EXPECT_EQ(bench.Sent(2), Entries{}) << "9 packets of 120 bytes";
    bench.Register(false, rp);
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

TEST_F(Pim7761Rp, S4_4_2_SwitchAtThePoll)
{
    bench.values.pollInterval = Seconds(5);
    JoinStarG();
    bench.Advance(5 - std::fmod(bench.environment.clock.Now().GetSeconds(), 5) + 1);
    for (int i = 0; i < 4; ++i)
    {
        bench.Register(false, rp);
        bench.Advance(0.9);
    }
    EXPECT_EQ(bench.Sent(2), Entries{}) << "a daemon looks at its counters every 5 s";
    bench.Advance(1);
    bench.Register(false, rp);
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
    EXPECT_EQ(bench.dataPlane.decapsulated.size(), 5u);
}

TEST_F(Pim7761Rp, S4_4_2_AllDownstreamPrunedTheSource)
{
    bench.JoinPrune(3, 2, {Bench::StarG(rp)}, {Bench::SgRpt()}, Bench::ANY, 0xffff);
    bench.Advance(0);
    bench.Register(false, rp);
    EXPECT_TRUE(bench.dataPlane.decapsulated.empty());
    EXPECT_EQ(Stops(), 1u);
}

TEST_F(Pim7761Rp, S4_4_2_RpAsFirstHop)
{
    JoinStarG();
    const Ipv4Address local("10.0.5.77");
    EXPECT_EQ(bench.Data(5, local), InterfaceSet{3}) << "natively, without Registers";
    EXPECT_TRUE(bench.dataPlane.registers.empty());
    EXPECT_EQ(bench.Source(local).registerState, PimRegisterState::NO_INFO);
}

TEST_F(Pim7761Rp, S4_4_2_RpAsLastHop)
{
    bench.Member(5);
    bench.Register(false, rp);
    EXPECT_EQ(bench.dataPlane.decapsulated, std::vector<InterfaceSet>{InterfaceSet{5}});
    EXPECT_EQ(bench.Sent(2), Entries{"J(S,G)->2"});
}

TEST_F(Pim7761Rp, S4_4_2_KeepaliveByNativeData)
{
    JoinStarG();
    bench.Register(false, rp);
    for (int i = 0; i < 10; ++i)
    {
        bench.Data(2);
        bench.Advance(100);
    }
    EXPECT_TRUE(bench.Source().keepalive);
    bench.Advance(109);
    EXPECT_TRUE(bench.Source().keepalive);
    bench.Advance(2);
    EXPECT_FALSE(bench.Source().keepalive) << "210 s after the last packet";
}

TEST_F(Pim7761Rp, S4_4_2_RegisterForALinkLocalGroup)
{
    Ipv4Header header;
    header.SetSource(Bench::S);
    header.SetDestination(Ipv4Address("224.0.0.9"));
    bench.router.Receive({header, Create<Packet>(1), MulticastEntrySpec::REGISTER_INTERFACE},
                         false,
                         Ipv4Address("10.7.7.7"),
                         rp);
    EXPECT_EQ(bench.environment.drops, Entries{"group"});
}

} // namespace
