// SPDX-License-Identifier: GPL-2.0-only
// RFC 3618 §3 to §7 and §10: Source-Actives, their cache, filters, peer-RPF and mesh groups.
#include "msdp-bench.h"

using namespace ns3;

namespace
{

// ---- §3, §5.1, §5.2, §6: own sources ----

TEST_F(Msdp3618, S5_1_ANewSourceIsAdvertisedAtOnce)
{
    AddPeer(LOW);
    AddPeer(HIGH);
    Start();
    Establish(LOW);
    environment.sent.clear();
    environment.registered = {SG};
    msdp->SourceChanged(SG, true);
    EXPECT_EQ(Sas(), Strings{"10.0.0.1 10.0.0.5: (192.168.1.1,239.1.1.1)"})
        << "to peers that are there, under the own address";
    msdp->SourceChanged(SG, false);
    EXPECT_EQ(Sas(), Strings{});
}

TEST_F(Msdp3618, S5_1_TheOriginatorIdMayBeSet)
{
    config.originatorId = Ipv4Address("10.255.0.5");
    AddPeer(LOW);
    Start();
    Establish(LOW);
    environment.sent.clear();
    msdp->SourceChanged(SG, true);
    EXPECT_EQ(Sas(), Strings{"10.0.0.1 10.255.0.5: (192.168.1.1,239.1.1.1)"});
}

TEST_F(Msdp3618, S5_2_PeriodicallyAndSpreadOverThePeriod)
{
    AddPeer(LOW);
    Start();
    Establish(LOW);
    for (uint32_t i = 0; i < 1000; ++i)
    {
        environment.registered.emplace_back(Ipv4Address(0xc0a80000 + i),
                                            Ipv4Address(0xef010000 + i));
    }
    environment.sent.clear();
    std::map<SourceGroup, int> count;
    std::set<Time> times;
    Advance(30);
    Receive(LOW, MsdpMessage());
    Advance(30);
    for (const auto& one : environment.sent)
    {
        EXPECT_LE(one.message.entries.size(), 255u);
        for (const SourceGroup& entry : one.message.entries)
        {
            ++count[entry];
            times.insert(one.time);
        }
    }
    EXPECT_EQ(count.size(), 1000u);
    for (const auto& [entry, times_] : count)
    {
        EXPECT_EQ(times_, 1) << entry << ": once per period";
    }
    EXPECT_GE(times.size(), 5u) << "not all together";
}

TEST_F(Msdp3618, S5_2_ANewPeerIsToldAllThatIsKnown)
{
    AddPeer(LOW);
    AddPeer(HIGH);
    AddPeer(HIGH2);
    Start();
    Establish(LOW);
    environment.registered = {SG};
    Receive(LOW, Sa(LOW, {SG2}));
    environment.sent.clear();
    Establish(HIGH);
    EXPECT_EQ(Sas(),
              (Strings{"10.0.0.9 10.0.0.5: (192.168.1.1,239.1.1.1)",
                       "10.0.0.9 10.0.0.1: (192.168.1.2,239.1.1.2)"}));
    msdp->ConnectionClosed(LOW, msdp->GetPeers().at(LOW)->GetConnection());
    environment.sent.clear();
    Establish(LOW);
    EXPECT_EQ(Sas(), Strings{"10.0.0.1 10.0.0.5: (192.168.1.1,239.1.1.1)"})
        << "but for what it has said itself";
}

// ---- §4, §5.3: the cache ----

TEST_F(Msdp3618, S4_SasAreCachedAndTold)
{
    AddPeer(LOW);
    Start();
    Establish(LOW);
    Receive(LOW, Sa(LOW, {SG, SG2}));
    ASSERT_EQ(msdp->GetSaCache().GetEntries().size(), 2u);
    const auto& [key, entry] = *msdp->GetSaCache().GetEntries().begin();
    EXPECT_EQ(key.key, SG);
    EXPECT_EQ(key.rp, LOW);
    EXPECT_EQ(entry.peer, LOW);
    EXPECT_EQ(environment.external,
              (Strings{"+(192.168.1.1,239.1.1.1)", "+(192.168.1.2,239.1.1.2)"}));
    EXPECT_EQ(environment.events[1], "source-active (192.168.1.1,239.1.1.1) 10.0.0.1 10.0.0.1");
    Receive(LOW, Sa(LOW, {SG}));
    EXPECT_EQ(environment.external.size(), 2u) << "not again";
}

TEST_F(Msdp3618, S5_3_SaStateTimer)
{
    AddPeer(LOW);
    Start();
    Establish(LOW);
    Receive(LOW, Sa(LOW, {SG}));
    for (int i = 0; i < 10; ++i)
    {
        Advance(60);
        Receive(LOW, Sa(LOW, {SG}));
    }
    EXPECT_EQ(environment.external.size(), 1u);
    Advance(74);
    Receive(LOW, MsdpMessage());
    Advance(74);
    EXPECT_EQ(msdp->GetSaCache().GetEntries().size(), 1u);
    Advance(3);
    EXPECT_TRUE(msdp->GetSaCache().GetEntries().empty()) << "150 s";
    EXPECT_EQ(environment.external.back(), "-(192.168.1.1,239.1.1.1)");
    EXPECT_NE(std::find(environment.events.begin(),
                        environment.events.end(),
                        "source-gone (192.168.1.1,239.1.1.1)"),
              environment.events.end());
}

TEST_F(Msdp3618, S5_3_ASourceOfTwoRpsGoesWithTheLast)
{
    AddPeer(LOW);
    AddPeer(LOW2);
    Start();
    Establish(LOW);
    Establish(LOW2);
    Receive(LOW, Sa(LOW, {SG}));
    Advance(50);
    Receive(LOW2, Sa(LOW2, {SG}));
    EXPECT_EQ(msdp->GetSaCache().GetEntries().size(), 2u);
    EXPECT_EQ(environment.external.size(), 1u);
    Advance(120);
    EXPECT_EQ(msdp->GetSaCache().GetEntries().size(), 1u);
    EXPECT_EQ(environment.external.size(), 1u);
    Advance(40);
    EXPECT_EQ(environment.external.size(), 2u);
}

TEST_F(Msdp3618, S4_SentOnAtMostTwiceInAPeriod)
{
    AddPeer(LOW);
    AddPeer(HIGH);
    Start();
    Establish(LOW);
    Establish(HIGH);
    environment.sent.clear();
    for (int i = 0; i < 6; ++i)
    {
        Receive(LOW, Sa(LOW, {SG}));
        Advance(10);
    }
    EXPECT_EQ(Sas().size(), 2u);
}

// ---- §7 ----

TEST_F(Msdp3618, S7_Filters)
{
    AddPeer(LOW);
    AddPeer(HIGH);
    config.peers[0].in.Permit(Ipv4Prefix(Ipv4Address("239.1.1.0"), 24));
    config.peers[0].in.Permit(Ipv4Prefix(Ipv4Address("192.168.1.0"), 24));
    config.peers[1].out.Permit(Ipv4Prefix(Ipv4Address("239.1.1.2"), 32));
    Start();
    Establish(LOW);
    Establish(HIGH);
    environment.sent.clear();
    const SourceGroup otherGroup(SG.GetSource(), Ipv4Address("239.2.0.1"));
    const SourceGroup otherSource(Ipv4Address("10.9.9.9"), SG.GetGroup());
    Receive(LOW, Sa(LOW, {SG, otherGroup, SG2, otherSource}));
    EXPECT_EQ(msdp->GetSaCache().GetEntries().size(), 2u);
    EXPECT_EQ(environment.drops, (Strings{"filter", "filter"}));
    EXPECT_EQ(Sas(), Strings{"10.0.0.9 10.0.0.1: (192.168.1.2,239.1.1.2)"});
    msdp->SourceChanged(SG, true);
    EXPECT_EQ(Sas(), Strings{"10.0.0.1 10.0.0.5: (192.168.1.1,239.1.1.1)"});
}

TEST_F(Msdp3618, S7_WrongEntriesAreRefused)
{
    AddPeer(LOW);
    Start();
    Establish(LOW);
    Receive(LOW,
            Sa(LOW,
               {SourceGroup(SG.GetSource(), Ipv4Address("224.0.0.5")),
                SourceGroup(SG.GetSource(), Ipv4Address("10.1.1.1")),
                SourceGroup(Ipv4Address::GetAny(), SG.GetGroup()),
                SG}));
    EXPECT_EQ(environment.drops, (Strings{"entry", "entry", "entry"}));
    EXPECT_EQ(msdp->GetSaCache().GetEntries().size(), 1u);
}

// ---- §10.1: peer-RPF ----

TEST_F(Msdp3618, S10_1_3_ThePeerIsTheRp)
{
    AddPeer(LOW);
    AddPeer(LOW2);
    Start();
    Establish(LOW);
    Establish(LOW2);
    Receive(LOW2, Sa(LOW, {SG}));
    EXPECT_EQ(environment.drops, Strings{"peer-rpf"});
    Receive(LOW, Sa(LOW, {SG}));
    EXPECT_EQ(msdp->GetSaCache().GetEntries().size(), 1u);
}

TEST_F(Msdp3618, S10_1_3_ThePeerIsOnTheRouteToTheRp)
{
    AddPeer(LOW);
    AddPeer(LOW2);
    AddPeer(HIGH);
    Start();
    for (Ipv4Address peer : {LOW, LOW2, HIGH})
    {
        Establish(peer);
    }
    environment.SetRoute("10.7.0.1", "10.1.0.2", 30);
    environment.SetRoute("10.0.0.1", "10.1.0.2", 10);
    environment.SetRoute("10.0.0.2", "10.2.0.2", 10);
    environment.SetRoute("10.0.0.9", "10.1.0.2", 20);
    EXPECT_EQ(msdp->FindRpfPeer(RP)->GetConfig().address, LOW) << "the nearest of them";
    Receive(LOW2, Sa(RP, {SG}));
    Receive(HIGH, Sa(RP, {SG}));
    EXPECT_EQ(environment.drops, (Strings{"peer-rpf", "peer-rpf"}));
    Receive(LOW, Sa(RP, {SG}));
    EXPECT_EQ(msdp->GetSaCache().GetEntries().size(), 1u);
    environment.SetRoute("10.0.0.1", "10.1.0.2", 40);
    EXPECT_EQ(msdp->FindRpfPeer(RP)->GetConfig().address, HIGH) << "LOW is behind the RP now";
    environment.SetRoute("10.0.0.2", "10.1.0.2", 20);
    EXPECT_EQ(msdp->FindRpfPeer(RP)->GetConfig().address, HIGH) << "the higher of two";
}

TEST_F(Msdp3618, S10_1_3_ThePeerIsTheNextHop)
{
    AddPeer(LOW);
    Start();
    Establish(LOW);
    environment.SetRoute("10.7.0.1", "10.0.0.1", 30);
    environment.SetRoute("10.0.0.1", "0.0.0.0", 0);
    ASSERT_NE(msdp->FindRpfPeer(RP), nullptr);
    EXPECT_EQ(msdp->FindRpfPeer(RP)->GetConfig().address, LOW);
}

TEST_F(Msdp3618, S10_1_3_AStaticRpfPeer)
{
    AddPeer(LOW);
    AddPeer(LOW2);
    config.peers[1].staticRpf = {Ipv4Prefix(Ipv4Address("10.7.0.0"), 16)};
    Start();
    Establish(LOW);
    EXPECT_EQ(msdp->FindRpfPeer(RP), nullptr);
    Establish(LOW2);
    EXPECT_EQ(msdp->FindRpfPeer(RP)->GetConfig().address, LOW2);
    EXPECT_EQ(msdp->FindRpfPeer(Ipv4Address("10.8.0.1")), nullptr);
}

TEST_F(Msdp3618, S10_1_3_OnlyEstablishedPeersCount)
{
    AddPeer(LOW);
    AddPeer(HIGH);
    Start();
    environment.SetRoute("10.7.0.1", "10.1.0.2", 30);
    environment.SetRoute("10.0.0.1", "10.1.0.2", 10);
    environment.SetRoute("10.0.0.9", "10.1.0.2", 20);
    Establish(HIGH);
    EXPECT_EQ(msdp->FindRpfPeer(RP)->GetConfig().address, HIGH);
    Establish(LOW);
    EXPECT_EQ(msdp->FindRpfPeer(RP)->GetConfig().address, LOW);
    EXPECT_EQ(msdp->FindRpfPeer(LOW)->GetConfig().address, LOW);
}

TEST_F(Msdp3618, S10_1_OwnSasThatComeBackAreRefused)
{
    AddPeer(LOW, "A");
    Start();
    Establish(LOW);
    Receive(LOW, Sa(OWN, {SG}));
    EXPECT_EQ(environment.drops, Strings{"rp"});
    EXPECT_TRUE(msdp->GetSaCache().GetEntries().empty());
}

// ---- §10.2: mesh groups ----

TEST_F(Msdp3618, S10_2_FromAMemberToAllOutsideTheGroup)
{
    AddPeer(LOW, "A");
    AddPeer(LOW2, "A");
    AddPeer(HIGH);
    AddPeer(HIGH2, "B");
    Start();
    for (Ipv4Address peer : {LOW, LOW2, HIGH, HIGH2})
    {
        Establish(peer);
    }
    environment.sent.clear();
    Receive(LOW, Sa(RP, {SG}));
    EXPECT_TRUE(environment.drops.empty()) << "accepted without peer-RPF";
    EXPECT_EQ(Sas(),
              (Strings{"10.0.0.8 10.7.0.1: (192.168.1.1,239.1.1.1)",
                       "10.0.0.9 10.7.0.1: (192.168.1.1,239.1.1.1)"}));
}

TEST_F(Msdp3618, S10_2_FromOutsideToAllMembers)
{
    AddPeer(LOW, "A");
    AddPeer(LOW2, "A");
    AddPeer(HIGH);
    AddPeer(HIGH2);
    Start();
    for (Ipv4Address peer : {LOW, LOW2, HIGH, HIGH2})
    {
        Establish(peer);
    }
    environment.sent.clear();
    Receive(HIGH, Sa(HIGH, {SG}));
    EXPECT_EQ(Sas(),
              (Strings{"10.0.0.1 10.0.0.9: (192.168.1.1,239.1.1.1)",
                       "10.0.0.2 10.0.0.9: (192.168.1.1,239.1.1.1)",
                       "10.0.0.8 10.0.0.9: (192.168.1.1,239.1.1.1)"}));
}

} // namespace
