// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2, RFC 5015 §3.3: forwarding entries as a function of state, without an engine.
// Interface 1 leads to the RP, 2 to the source, 3 and 4 are downstream.
#include "support/pim-test-router.h"

#include "ns3/pim-forwarding-entries.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

using Bench = PimTestRouter;

class PimForwardingEntriesTest : public testing::Test
{
  protected:
    PimForwardingEntriesTest()
    {
        macros.SetDesignatedForwarders(&forwarders);
        for (uint32_t i = 1; i <= 4; ++i)
        {
            environment.AddInterface(i, ("10.0." + std::to_string(i) + ".1").c_str());
        }
        g.group = Bench::G;
        g.mode = PimMode::SPARSE;
        g.rp = Bench::RP;
        g.rpf.interface = 1;
        s.source = Bench::S;
        s.rpf.interface = 2;
    }

    static void Join(PimTreeState& entry, uint32_t interface)
    {
        entry.downstream[interface] = PimJoinState::JOIN;
    }

    FakePimEnvironment environment;
    PimConfig config;
    PimNeighborTable neighbors{environment, config.hello};
    PimMacros macros{environment, neighbors};
    FakePimForwarders forwarders;
    PimForwardingEntries entries{environment, macros, config};
    PimGroup g;
    PimSource s;
};

TEST_F(PimForwardingEntriesTest, NothingWithoutOutgoingInterfaces)
{
    EXPECT_FALSE(entries.Make(g).has_value());
    EXPECT_FALSE(entries.Make(g, s, nullptr).has_value());
    Join(g, 1);
    EXPECT_FALSE(entries.Make(g).has_value()) << "not back to the RP";
}

TEST_F(PimForwardingEntriesTest, SharedTree)
{
    Join(g, 3);
    const auto entry = entries.Make(g);
    ASSERT_TRUE(entry.has_value());
    EXPECT_EQ(entry->incoming, 1u);
    EXPECT_EQ(entry->outgoing, InterfaceSet{3});
    EXPECT_TRUE(entry->NotifiesOf(Ipv4Address("10.0.1.77"))) << "a source on the link itself";
    EXPECT_FALSE(entry->NotifiesOf(Bench::S));
    EXPECT_EQ(entry->threshold.unit, MulticastThreshold::Unit::NONE) << "no members here";
}

TEST_F(PimForwardingEntriesTest, AtTheRpPacketsComeOutOfRegisters)
{
    g.iAmRp = true;
    g.rpf = {};
    Join(g, 3);
    EXPECT_EQ(entries.Make(g)->incoming, MulticastEntrySpec::REGISTER_INTERFACE);
}

TEST_F(PimForwardingEntriesTest, NoSharedTreeForSourceSpecificGroups)
{
    g.mode = PimMode::SSM;
    Join(g, 3);
    EXPECT_FALSE(entries.Make(g).has_value());
}

TEST_F(PimForwardingEntriesTest, SourceTreeBeforeAndAfterTheSptBit)
{
    Join(g, 3);
    Join(s, 4);
    s.upstream = PimUpstreamState::JOINED;
    const MulticastEntrySpec star = *entries.Make(g);
    const auto before = entries.Make(g, s, &star);
    ASSERT_TRUE(before.has_value());
    EXPECT_EQ(before->incoming, 1u) << "RPF_interface(RP(G))";
    EXPECT_EQ(before->outgoing, InterfaceSet{3}) << "inherited_olist(S,G,rpt)";
    s.sptBit = true;
    const auto after = entries.Make(g, s, &star);
    EXPECT_EQ(after->incoming, 2u) << "RPF_interface(S)";
    EXPECT_EQ(after->outgoing, (InterfaceSet{3, 4})) << "inherited_olist(S,G)";
}

TEST_F(PimForwardingEntriesTest, AnEntryNotifiesWhileAPacketWouldSetTheKeepaliveTimer)
{
    Join(s, 4);
    s.upstream = PimUpstreamState::JOINED;
    s.sptBit = true;
    EXPECT_TRUE(entries.Make(g, s, nullptr)->notifySources);
    s.keepalive = true;
    EXPECT_FALSE(entries.Make(g, s, nullptr)->notifySources);
}

TEST_F(PimForwardingEntriesTest, TheRegisterTunnelIsAnOutgoingInterface)
{
    s.rpf.directlyConnected = true;
    s.keepalive = true;
    s.sptBit = true;
    s.registerState = PimRegisterState::JOIN;
    const auto entry = entries.Make(g, s, nullptr);
    ASSERT_TRUE(entry.has_value());
    EXPECT_TRUE(entry->registerTunnel);
    EXPECT_TRUE(entry->outgoing.IsEmpty());
}

TEST_F(PimForwardingEntriesTest, AnEmptyEntryKeepsTheSharedTreeFromForwarding)
{
    Join(g, 3);
    s.rptDownstream[3] = PimRptPruneState::PRUNE;
    const MulticastEntrySpec star = *entries.Make(g);
    const auto entry = entries.Make(g, s, &star);
    ASSERT_TRUE(entry.has_value());
    EXPECT_TRUE(entry->outgoing.IsEmpty());
    EXPECT_FALSE(entries.Make(g, s, nullptr).has_value()) << "nothing forwards anyway";
}

TEST_F(PimForwardingEntriesTest, OfABidirectionalGroup)
{
    g.mode = PimMode::BIDIRECTIONAL;
    forwarders.mine = {3, 4};
    EXPECT_FALSE(entries.Make(g).has_value());
    Join(g, 3);
    const auto entry = entries.Make(g);
    ASSERT_TRUE(entry.has_value());
    EXPECT_TRUE(entry->Accepts(1));
    EXPECT_TRUE(entry->Accepts(4)) << "this router is DF there";
    EXPECT_FALSE(entry->Accepts(2));
    EXPECT_EQ(entry->outgoing, (InterfaceSet{1, 3}));
    EXPECT_FALSE(entries.Make(g, s, &*entry).has_value()) << "no (S,G)";
}

TEST_F(PimForwardingEntriesTest, SendersAloneKeepABidirectionalEntryWhileTheySend)
{
    g.mode = PimMode::BIDIRECTIONAL;
    forwarders.mine = {3};
    g.hasSenders = true;
    const auto entry = entries.Make(g);
    ASSERT_TRUE(entry.has_value());
    EXPECT_EQ(entry->outgoing, InterfaceSet{1});
    EXPECT_EQ(entry->idleAfter, config.timers.keepalivePeriod);
}

} // namespace
