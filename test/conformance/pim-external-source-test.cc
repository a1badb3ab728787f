// SPDX-License-Identifier: GPL-2.0-only
// RFC 3618 §3 and §6 at the RP: which sources are its own to advertise, and what it does with those
// of other RPs. The RP is this router, on interface 6.
#include "support/pim-test-router.h"

#include <gtest/gtest.h>

#include <sstream>

using namespace ns3;

namespace
{

using Bench = PimTestRouter;
using Strings = std::vector<std::string>;

class Pim3618 : public testing::Test
{
  protected:
    Pim3618()
    {
        bench.BecomeRp();
        bench.environment.rib.Set("10.7.7.0", 24, {{2, "10.0.2.2"}});
        bench.Hello(3, 2);
        bench.environment.Forget();
        bench.router.registeredSourceChanged = [this](const SourceGroup& key, bool active) {
            std::ostringstream text;
            text << (active ? "+" : "-") << key;
            changes.push_back(text.str());
        };
    }

    void JoinStarG()
    {
        bench.JoinPrune(3, 2, {Bench::StarG(rp)}, {}, Bench::ANY, 0xffff);
    }

    void External(bool active = true)
    {
        bench.router.SetExternalSource(SG, active);
    }

    static inline const SourceGroup SG{Bench::S, Bench::G};
    Bench bench;
    Ipv4Address rp{Bench::At(6, 1)};
    Strings changes;
};

TEST_F(Pim3618, S3_ASourceThatRegistersIsAdvertised)
{
    bench.Register(false, rp);
    EXPECT_EQ(changes, Strings{"+(10.8.8.8,239.1.1.1)"});
    EXPECT_EQ(bench.router.GetRegisteredSources(), std::vector<SourceGroup>{SG});
    bench.Advance(100);
    bench.Register(true, rp);
    bench.Advance(200);
    EXPECT_EQ(changes.size(), 1u) << "a Null-Register keeps it";
    bench.Advance(11);
    EXPECT_EQ(changes.back(), "-(10.8.8.8,239.1.1.1)");
    EXPECT_TRUE(bench.router.GetRegisteredSources().empty());
}

TEST_F(Pim3618, S3_ADirectlyConnectedSourceOnlyByItsDr)
{
    const Ipv4Address local("10.0.5.77");
    bench.Data(5, local);
    EXPECT_EQ(changes, Strings{"+(10.0.5.77,239.1.1.1)"});
    PimHello other;
    other.holdtime = PimHello::HOLDTIME_FOREVER;
    other.drPriority = 5;
    bench.hellos.ReceiveHello(other, 5, Bench::At(5, 2));
    EXPECT_EQ(changes.back(), "-(10.0.5.77,239.1.1.1)");
    bench.Register(false, rp, local);
    EXPECT_EQ(changes.back(), "+(10.0.5.77,239.1.1.1)") << "the DR registers it";
}

TEST_F(Pim3618, S6_OnlyAnRpAdvertises)
{
    Bench other;
    std::size_t count = 0;
    other.router.registeredSourceChanged = [&count](const SourceGroup&, bool) { ++count; };
    other.Data(5, Ipv4Address("10.0.5.77"));
    EXPECT_EQ(count, 0u);
    EXPECT_TRUE(other.router.GetRegisteredSources().empty());
}

TEST_F(Pim3618, S6_ASourceOfAnAnycastMemberIsNotAdvertised)
{
    bench.config.anycastRps = {{rp, {Bench::At(4, 1), Ipv4Address("10.6.0.2")}}};
    bench.instance->AnycastRpsChanged();
    bench.Register(false, Bench::At(4, 1), Bench::S, Ipv4Address("10.6.0.2"));
    EXPECT_TRUE(bench.Source().keepalive);
    EXPECT_TRUE(changes.empty()) << "the member that the DR registers with does so";
}

TEST_F(Pim3618, S3_AnExternalSourceIsJoinedForReceivers)
{
    JoinStarG();
    External();
    EXPECT_EQ(bench.Sent(2), Strings{"J(S,G)->2"});
    EXPECT_EQ(bench.Data(2), InterfaceSet{3});
    EXPECT_TRUE(bench.Source().sptBit);
    EXPECT_TRUE(changes.empty()) << "it is not this RP's own";
}

TEST_F(Pim3618, S3_ReceiversMayComeLater)
{
    External();
    EXPECT_EQ(bench.Sent(2), Strings{});
    EXPECT_EQ(bench.Entry(Bench::S), nullptr);
    JoinStarG();
    EXPECT_EQ(bench.Sent(2), Strings{"J(S,G)->2"});
    bench.environment.Forget();
    bench.JoinPrune(3, 2, {}, {Bench::StarG(rp)});
    bench.Advance(4);
    EXPECT_EQ(bench.Sent(2), Strings{"P(S,G)->2"}) << "and go";
    bench.environment.Forget();
    JoinStarG();
    EXPECT_EQ(bench.Sent(2), Strings{"J(S,G)->2"}) << "and come back";
}

TEST_F(Pim3618, S5_3_AnExternalSourceThatIsGoneIsLeft)
{
    JoinStarG();
    External();
    bench.environment.Forget();
    External(false);
    EXPECT_EQ(bench.Sent(2), Strings{"P(S,G)->2"});
    EXPECT_TRUE(bench.Group().sources.empty());
    External(false);
    EXPECT_TRUE(bench.Group().sources.empty()) << "of nothing nothing is made";
}

TEST_F(Pim3618, S5_3_WhatIsHeardStaysAfterTheCache)
{
    JoinStarG();
    External();
    bench.Data(2);
    bench.environment.Forget();
    External(false);
    EXPECT_EQ(bench.Sent(2), Strings{}) << "its data keep it";
    EXPECT_EQ(bench.Data(2), InterfaceSet{3});
}

TEST_F(Pim3618, S3_ASourceMayBeBothExternalAndOwn)
{
    JoinStarG();
    External();
    bench.Data(2);
    bench.Register(false, rp);
    EXPECT_EQ(changes, Strings{"+(10.8.8.8,239.1.1.1)"}) << "its DR has turned to this RP";
}

TEST_F(Pim3618, S3_ARouterThatIsNotTheRpJoinsNothing)
{
    Bench other;
    other.Hello(3, 2);
    other.JoinPrune(3, 2, {Bench::StarG()}, {}, Bench::ANY, 0xffff);
    other.environment.Forget();
    other.router.SetExternalSource(SG, true);
    EXPECT_EQ(other.Sent(2), Strings{});
}

TEST_F(Pim3618, S7_NoLinkLocalGroups)
{
    bench.router.SetExternalSource(SourceGroup(Bench::S, Ipv4Address("224.0.0.9")), true);
    EXPECT_TRUE(bench.router.GetTib().GetGroups().empty());
}

} // namespace
