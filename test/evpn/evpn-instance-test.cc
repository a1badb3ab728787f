// SPDX-License-Identifier: GPL-2.0-only
// Whole speakers on a wire without ns-3: the reference lab's stages, reflection, losses, mobility.
#include "evpn-lab.h"

#include <algorithm>

using namespace ns3;

namespace
{

const Mac48Address T1("02:00:01:00:00:2a");
const Mac48Address T2("02:00:02:00:00:2a");
const Ipv4Address A1("192.168.99.1");
const Ipv4Address A2("192.168.99.2");
const Ipv4Address NOBODY = Ipv4Address::GetAny();

using Sizes = std::vector<std::size_t>;

class EvpnInstanceTest : public testing::Test
{
  public:
    void StartAll()
    {
        lab.StartAll();
        lab.sent.clear();
    }

    void LocalMac(EvpnSpeaker& vtep, Mac48Address mac, Ipv4Address ip = NOBODY)
    {
        vtep.instance->LocalMac(42, mac, ip);
    }

    void Advance(double seconds)
    {
        lab.clock.Advance(Seconds(seconds));
    }

    /** \returns how many events of \p speaker begin with \p word. */
    static int CountEvents(const EvpnSpeaker& speaker, const std::string& word)
    {
        int count = 0;
        for (const std::string& event : speaker.events)
        {
            count += event.rfind(word + " ", 0) == 0 ? 1 : 0;
        }
        return count;
    }

    RecEvpnLab lab;
    EvpnSpeaker& r1{lab.r1};
    EvpnSpeaker& r2{lab.r2};
    EvpnSpeaker& r3{lab.r3};
    EvpnSpeaker& c3{lab.c3};
};

TEST_F(EvpnInstanceTest, ColdStartAsInTheReferenceLab)
{
    lab.StartAll();
    std::string up;
    std::string down;
    for (const EvpnLab::Sent& message : lab.sent)
    {
        std::string& log = message.from == r1.address ? up : down;
        if (message.from == r1.address || message.to == r1.address)
        {
            log += std::string(ToString(message.message.GetType())) + " " +
                   std::to_string(message.size) + " ";
        }
    }
    EXPECT_EQ(up, "open 45 keepalive 19 update 101 update 29 ");
    EXPECT_EQ(down, "open 45 keepalive 19 update 29 update 115 update 115 ");
    for (EvpnSpeaker* vtep : lab.vteps)
    {
        EXPECT_EQ(vtep->floods[42].size(), 2u);
        EXPECT_EQ(vtep->floods[42].count(vtep->address), 0u);
        EXPECT_EQ(vtep->instance->GetRib().GetSize(), 3u);
    }
    EXPECT_EQ(c3.instance->GetRib().GetSize(), 3u);
    EXPECT_EQ(CountEvents(c3, "session-up"), 3);
}

TEST_F(EvpnInstanceTest, AMacTakesFiftyMillisecondsAtEachSpeaker)
{
    StartAll();
    LocalMac(r1, T1);
    Advance(0.0499);
    EXPECT_TRUE(lab.sent.empty());
    Advance(0.0520);
    EXPECT_EQ(r2.GetVtep(T1), NOBODY);
    Advance(0.0011);
    EXPECT_EQ(r2.GetVtep(T1), r1.address);
    EXPECT_EQ(r3.GetVtep(T1), r1.address);
    ASSERT_EQ(lab.sent.size(), 3u); // the originator does not get its route back
    EXPECT_EQ(lab.sent[0].size, 105u);
    EXPECT_EQ(lab.sent[1].size, 119u);
    EXPECT_EQ(lab.sent[2].size, 119u);
    EXPECT_EQ(lab.sent[1].time - lab.sent[0].time, MilliSeconds(51));
}

TEST_F(EvpnInstanceTest, MacAndIpShareAnUpdate)
{
    StartAll();
    LocalMac(r1, T1, A1);
    Advance(1);
    EXPECT_EQ(lab.TakeUpdates(r1.address, c3.address), (Sizes{144}));
    const auto neighbor = r2.instance->FindVrf(42)->FindNeighbor(A1);
    ASSERT_TRUE(neighbor);
    EXPECT_EQ(neighbor->mac, T1);
    EXPECT_EQ(neighbor->vtep, r1.address);
    EXPECT_EQ(r1.instance->FindVrf(42)->FindNeighbor(A1)->vtep, NOBODY);
    EXPECT_FALSE(r2.instance->FindVrf(42)->FindNeighbor(A2));

    LocalMac(r2, T2);
    Advance(1);
    LocalMac(r2, T2, A2);
    Advance(1);
    EXPECT_EQ(lab.TakeUpdates(r2.address, c3.address), (Sizes{105, 109}));
    r2.instance->LocalMacGone(42, T2);
    Advance(1);
    EXPECT_EQ(lab.TakeUpdates(r2.address, c3.address), (Sizes{104}));
    EXPECT_EQ(r1.GetVtep(T2), NOBODY);
    EXPECT_FALSE(r1.instance->FindVrf(42)->FindNeighbor(A2));
}

TEST_F(EvpnInstanceTest, WithoutAdvertiseIpMacsAlone)
{
    r1.config.advertiseIp = false;
    StartAll();
    LocalMac(r1, T1, A1);
    Advance(1);
    EXPECT_EQ(lab.TakeUpdates(r1.address, c3.address), (Sizes{105}));
    EXPECT_FALSE(r2.instance->FindVrf(42)->FindNeighbor(A1));
}

TEST_F(EvpnInstanceTest, Rfc7432S15_AMoveCountsUp)
{
    StartAll();
    LocalMac(r2, T2, A2);
    Advance(1);
    lab.sent.clear();
    LocalMac(r3, T2, A2); // the old port stays up
    Advance(0.0519);
    EXPECT_EQ(r1.GetVtep(T2), r2.address);
    Advance(0.0521);
    EXPECT_EQ(r1.GetVtep(T2), r3.address);
    EXPECT_EQ(r2.GetVtep(T2), r3.address);
    EXPECT_EQ(r3.GetVtep(T2), NOBODY);
    Advance(0.2);
    EXPECT_EQ(lab.TakeUpdates(r3.address, c3.address), (Sizes{152}));
    EXPECT_EQ(r1.instance->FindVrf(42)->FindNeighbor(A2)->sequence, 1u);
    EXPECT_EQ(r1.instance->GetRib().GetSize(), 5u); // r2 has withdrawn its own
    LocalMac(r2, T2, A2);
    Advance(1);
    EXPECT_EQ(r1.instance->FindVrf(42)->FindNeighbor(A2)->sequence, 2u);
    LocalMac(r3, T2);
    Advance(1);
    EXPECT_EQ(r1.instance->FindVrf(42)->GetMacs().at(PackMac(T2)).remoteSequence, 3u);
    EXPECT_EQ(r1.GetVtep(T2), r3.address);
    EXPECT_EQ(r2.instance->FindVrf(42)->GetMacs().at(PackMac(T2)).moves, 1u);
}

TEST_F(EvpnInstanceTest, Rfc7432S15_AMoveWithDowntimeBeginsAgain)
{
    StartAll();
    LocalMac(r2, T2);
    Advance(1);
    r2.instance->LocalMacGone(42, T2);
    Advance(1);
    LocalMac(r3, T2);
    Advance(1);
    EXPECT_EQ(r1.GetVtep(T2), r3.address);
    EXPECT_EQ(lab.TakeUpdates(r3.address, c3.address), (Sizes{105}));
}

TEST_F(EvpnInstanceTest, Rfc7432S15_OfEqualSequencesTheLowerVtepWins)
{
    StartAll();
    LocalMac(r2, T2);
    LocalMac(r3, T2);
    Advance(1);
    EXPECT_EQ(r1.GetVtep(T2), r2.address);
    EXPECT_EQ(r3.GetVtep(T2), r2.address);
    EXPECT_EQ(r2.GetVtep(T2), NOBODY);
    EXPECT_EQ(r1.instance->GetRib().GetSize(), 4u); // r3 has withdrawn
}

TEST_F(EvpnInstanceTest, Rfc7432S15_1_DuplicatesAreNotAdvertised)
{
    StartAll();
    for (int i = 0; i < 12; ++i)
    {
        LocalMac(i % 2 == 0 ? r2 : r3, T2);
        Advance(1);
    }
    // The first learning is no move: r3 moves at 1, 3, …, 9 and is the first to have five.
    EXPECT_EQ(CountEvents(r3, "duplicate-mac"), 1);
    EXPECT_EQ(CountEvents(r2, "duplicate-mac"), 0);
    EXPECT_EQ(r1.GetVtep(T2), r2.address);
    EXPECT_EQ(r1.instance->FindVrf(42)->GetMacs().at(PackMac(T2)).remoteSequence, 8u);
    EXPECT_TRUE(r3.instance->FindVrf(42)->GetMacs().at(PackMac(T2)).isDuplicate);
    // The operator's corrective action.
    r3.instance->ClearDuplicate(42, T2);
    LocalMac(r3, T2);
    Advance(1);
    EXPECT_EQ(r1.GetVtep(T2), r3.address);
}

TEST_F(EvpnInstanceTest, Rfc7432S15_1_SlowMovesAreNoDuplicates)
{
    StartAll();
    for (int i = 0; i < 20; ++i)
    {
        LocalMac(i % 2 == 0 ? r2 : r3, T2);
        Advance(45);
    }
    EXPECT_EQ(CountEvents(r2, "duplicate-mac") + CountEvents(r3, "duplicate-mac"), 0);
    EXPECT_EQ(r1.GetVtep(T2), r3.address);
}

TEST_F(EvpnInstanceTest, Rfc7432S15_2_StickyAddressesStay)
{
    StartAll();
    r2.instance->LocalMac(42, T2, NOBODY, true);
    Advance(1);
    EXPECT_EQ(lab.TakeUpdates(r2.address, c3.address), (Sizes{113}));
    LocalMac(r3, T2);
    Advance(1);
    EXPECT_EQ(lab.TakeUpdates(r3.address, c3.address), Sizes{});
    EXPECT_EQ(CountEvents(r3, "sticky-mac"), 1);
    EXPECT_EQ(r3.GetVtep(T2), r2.address);
    // One that was dynamic elsewhere first.
    LocalMac(r3, T1);
    Advance(1);
    r2.instance->LocalMac(42, T1, NOBODY, true);
    Advance(1);
    EXPECT_EQ(r1.GetVtep(T1), r2.address);
    EXPECT_EQ(r3.GetVtep(T1), r2.address);
    EXPECT_EQ(CountEvents(r3, "sticky-mac"), 2);
}

TEST_F(EvpnInstanceTest, AnIpAddressGoesToTheMacThatHasItNow)
{
    StartAll();
    LocalMac(r1, T1, A1);
    Advance(1);
    LocalMac(r1, T2, A1);
    Advance(1);
    EXPECT_EQ(r2.instance->FindVrf(42)->FindNeighbor(A1)->mac, T2);
    EXPECT_EQ(r2.GetVtep(T1), r1.address);
    EXPECT_EQ(r2.instance->GetRib().GetSize(), 3u + 3u);
}

TEST_F(EvpnInstanceTest, AKilledSpeakersRoutesGoAtOnce)
{
    StartAll();
    LocalMac(r2, T2, A2);
    LocalMac(r1, T1);
    Advance(1);
    lab.sent.clear();
    r2.Stop();
    EXPECT_TRUE(r2.fdb.empty());
    EXPECT_TRUE(r2.floods[42].empty());
    Advance(0.1);
    EXPECT_EQ(r1.GetVtep(T2), NOBODY);
    EXPECT_EQ(r1.floods[42], (std::set<Ipv4Address>{r3.address}));
    EXPECT_EQ(lab.TakeUpdates(c3.address, r1.address), (Sizes{123}));
    r2.Start();
    r2.instance->LocalMac(42, T2, A2);
    Advance(0.2);
    EXPECT_EQ(r1.GetVtep(T2), r2.address);
    EXPECT_EQ(r2.GetVtep(T1), r1.address);
    EXPECT_EQ(r1.floods[42].size(), 2u);
}

TEST_F(EvpnInstanceTest, ReflectorLost)
{
    StartAll();
    LocalMac(r2, T2);
    Advance(1);
    c3.Stop();
    Advance(0.1);
    EXPECT_EQ(r1.GetVtep(T2), NOBODY);
    EXPECT_TRUE(r1.floods[42].empty());
    Advance(20);
    c3.Start();
    Advance(6); // r1 tries every 5 s
    EXPECT_EQ(r1.GetVtep(T2), r2.address);
    EXPECT_EQ(r1.floods[42].size(), 2u);
}

TEST_F(EvpnInstanceTest, ASecondReflectorCarriesOn)
{
    EvpnSpeaker& c2 = lab.Add("192.168.102.122");
    for (EvpnSpeaker* vtep : lab.vteps)
    {
        vtep->peers.push_back({c2.address, false, false});
        c2.peers.push_back({vtep->address, true, true});
    }
    c2.peers.push_back({c3.address, false, false});
    c3.peers.push_back({c2.address, false, false});
    c2.Start();
    StartAll();
    LocalMac(r2, T2);
    Advance(1);
    const EvpnRibEntry* entry = r1.instance->GetRib().Find(
        EvpnRouteKey::MakeMac(RouteDistinguisher::MakeIpv4(r2.address, 2), T2));
    ASSERT_NE(entry, nullptr);
    EXPECT_EQ(entry->GetSize(), 2u);
    // Equal but for the peer's address (RFC 4271 §9.1.2.2 g).
    EXPECT_EQ(r1.instance->FindPeer(entry->FindBest()->peer)->GetAddress(), c3.address);
    EXPECT_GT(c2.drops["cluster-loop"] + c3.drops["cluster-loop"], -1);
    c3.Stop();
    Advance(1);
    EXPECT_EQ(r1.GetVtep(T2), r2.address);
    EXPECT_EQ(r1.floods[42].size(), 2u);
}

TEST_F(EvpnInstanceTest, FullMeshWithoutReflectors)
{
    for (EvpnSpeaker* vtep : lab.vteps)
    {
        vtep->peers.clear();
        for (EvpnSpeaker* other : lab.vteps)
        {
            if (vtep != other)
            {
                vtep->peers.push_back({other->address, false, false});
            }
        }
    }
    StartAll();
    LocalMac(r1, T1);
    Advance(1);
    EXPECT_EQ(r2.GetVtep(T1), r1.address);
    EXPECT_EQ(r3.GetVtep(T1), r1.address);
    for (EvpnSpeaker* vtep : lab.vteps)
    {
        for (const auto& [address, peer] : vtep->instance->GetPeers())
        {
            EXPECT_TRUE(peer->IsEstablished()) << vtep->address << " " << address;
            EXPECT_EQ(peer->GetSessions(), 1u);
        }
    }
    // An iBGP speaker that is no reflector passes nothing on (RFC 4271 §9.1.3).
    EXPECT_EQ(lab.TakeUpdates(r2.address, r3.address), Sizes{});
}

TEST_F(EvpnInstanceTest, S6_8_CollisionsAtAnyDistanceLeaveOneSession)
{
    for (int milliseconds = 0; milliseconds < 8; ++milliseconds)
    {
        EvpnLab two;
        EvpnSpeaker& a = two.Add("10.0.0.1");
        EvpnSpeaker& b = two.Add("10.0.0.2");
        a.peers = {{b.address, false, false}};
        b.peers = {{a.address, false, false}};
        EvpnSpeaker& first = milliseconds % 2 == 0 ? a : b;
        EvpnSpeaker& second = milliseconds % 2 == 0 ? b : a;
        first.unreachable.insert(second.address); // it waits for a route
        first.Start();
        second.unreachable.insert(first.address);
        second.Start();
        first.unreachable.clear();
        first.instance->UnderlayChanged();
        two.clock.Advance(MilliSeconds(milliseconds));
        second.unreachable.clear();
        second.instance->UnderlayChanged();
        two.clock.Advance(Seconds(1));
        const BgpPeer& peer = *a.instance->GetPeers().at(b.address);
        EXPECT_TRUE(peer.IsEstablished()) << milliseconds;
        EXPECT_TRUE(b.instance->GetPeers().at(a.address)->IsEstablished()) << milliseconds;
        EXPECT_EQ(peer.GetSessions(), 1u) << milliseconds;
        EXPECT_EQ(two.ends.size(), 2u) << milliseconds;
    }
}

TEST_F(EvpnInstanceTest, S8_TheFirstTryComesWithTheRoute)
{
    r1.unreachable.insert(c3.address);
    StartAll();
    EXPECT_FALSE(r1.instance->GetPeers().at(c3.address)->IsEstablished());
    Advance(2.5);
    r1.unreachable.clear();
    r1.instance->UnderlayChanged();
    Advance(0.01);
    EXPECT_TRUE(r1.instance->GetPeers().at(c3.address)->IsEstablished());
}

TEST_F(EvpnInstanceTest, S8_ThenEveryFiveSeconds)
{
    r1.Start();
    Advance(12.5); // tried at 0, 5 and 10 s
    c3.Start();
    Advance(2.4);
    EXPECT_FALSE(r1.instance->GetPeers().at(c3.address)->IsEstablished());
    Advance(0.2);
    EXPECT_TRUE(r1.instance->GetPeers().at(c3.address)->IsEstablished());
}

TEST_F(EvpnInstanceTest, S9_1_2_1_NextHopsMustBeResolvable)
{
    StartAll();
    LocalMac(r2, T2);
    Advance(1);
    lab.sent.clear();
    r1.unreachable.insert(r2.address);
    r1.instance->UnderlayChanged();
    EXPECT_EQ(r1.GetVtep(T2), NOBODY);
    EXPECT_EQ(r1.floods[42].size(), 1u);
    r1.unreachable.clear();
    r1.instance->UnderlayChanged();
    EXPECT_EQ(r1.GetVtep(T2), r2.address);
    // The reflector withdraws what it cannot resolve itself.
    c3.unreachable.insert(r2.address);
    c3.instance->UnderlayChanged();
    Advance(1);
    EXPECT_EQ(r1.GetVtep(T2), NOBODY);
    EXPECT_EQ(lab.TakeUpdates(c3.address, r1.address), (Sizes{84}));
}

TEST_F(EvpnInstanceTest, S9_2_1_1_MinRouteAdvertisementInterval)
{
    r1.config.bgp.minRouteAdvertisementInterval = Seconds(5);
    StartAll();
    LocalMac(r1, T1);
    Advance(1);
    r1.instance->LocalMacGone(42, T1);
    LocalMac(r1, T2); // another destination
    Advance(1);
    EXPECT_EQ(lab.TakeUpdates(r1.address, c3.address), (Sizes{105, 105}));
    Advance(3);
    EXPECT_EQ(r2.GetVtep(T1), r1.address);
    Advance(0.2);
    EXPECT_EQ(r2.GetVtep(T1), NOBODY);
}

TEST_F(EvpnInstanceTest, S9_2_1_2_MinAsOriginationInterval)
{
    r1.config.bgp.minAsOriginationInterval = Seconds(15);
    StartAll();
    Advance(100);
    LocalMac(r1, T1);
    Advance(1);
    LocalMac(r1, T2);
    Advance(13.9);
    EXPECT_EQ(r2.GetVtep(T1), r1.address);
    EXPECT_EQ(r2.GetVtep(T2), NOBODY);
    Advance(0.3);
    EXPECT_EQ(r2.GetVtep(T2), r1.address);
}

TEST_F(EvpnInstanceTest, VnisHaveRoutesOfTheirOwn)
{
    r1.vnis.push_back({43, r1.address});
    r2.vnis.push_back({43, r2.address});
    StartAll();
    r1.instance->LocalMac(43, T1, A1);
    Advance(1);
    EXPECT_EQ(r2.GetVtep(T1), NOBODY);
    EXPECT_EQ((r2.fdb[{43, T1}]), r1.address);
    EXPECT_TRUE(r3.fdb.empty());
    EXPECT_EQ(r3.floods.count(43), 0u);
    EXPECT_TRUE(r2.instance->FindVrf(43)->FindNeighbor(A1));
    EXPECT_FALSE(r2.instance->FindVrf(42)->FindNeighbor(A1));
    // A VNI that comes later imports what is there; one that goes withdraws.
    r3.instance->AddVni({43, r3.address});
    EXPECT_EQ((r3.fdb[{43, T1}]), r1.address);
    EXPECT_EQ(r3.floods[43].size(), 2u);
    r1.instance->RemoveVni(43);
    Advance(1);
    EXPECT_TRUE(r2.fdb.empty());
    EXPECT_EQ(r2.floods[43], (std::set<Ipv4Address>{r3.address}));
}

TEST_F(EvpnInstanceTest, MulticastUnderlayHasNoFloodList)
{
    for (EvpnSpeaker* vtep : lab.vteps)
    {
        vtep->vnis = {{42, vtep->address, Ipv4Address("239.0.0.42")}};
    }
    lab.StartAll();
    EXPECT_TRUE(r1.floods[42].empty());
    EXPECT_EQ(lab.TakeUpdates(r1.address, c3.address), (Sizes{105, 29}));
    LocalMac(r1, T1);
    Advance(1);
    EXPECT_EQ(r2.GetVtep(T1), r1.address);
}

TEST_F(EvpnInstanceTest, Rfc6514S5_SourceSpecificUnderlayTellsWhomToJoin)
{
    const Ipv4Address group("232.0.0.42");
    for (EvpnSpeaker* vtep : lab.vteps)
    {
        vtep->vnis = {{42, vtep->address, group, BgpExtendedCommunity::TUNNEL_VXLAN, true}};
    }
    r3.vnis.front().isSourceSpecific = false; // a PIM-SM tree to the same group
    lab.StartAll();
    EXPECT_EQ(r1.floods[42], (std::set<Ipv4Address>{r2.address}));
    EXPECT_EQ(r2.floods[42], (std::set<Ipv4Address>{r1.address}));
    EXPECT_TRUE(r3.floods[42].empty());
    EXPECT_EQ(lab.TakeUpdates(r1.address, c3.address), (Sizes{105, 29})) << "as a PIM-SM tree's";
    r2.instance->RemoveVni(42);
    Advance(1);
    EXPECT_TRUE(r1.floods[42].empty());
    // Another group is another tree.
    r2.instance->AddVni({42, r2.address, Ipv4Address("232.0.0.43"), 8, true});
    Advance(1);
    EXPECT_TRUE(r1.floods[42].empty());
}

TEST_F(EvpnInstanceTest, OtherEncapsulationsAreNotImported)
{
    r2.vnis = {{42, r2.address, NOBODY, BgpExtendedCommunity::TUNNEL_NVGRE}};
    StartAll();
    LocalMac(r2, T2);
    Advance(1);
    EXPECT_EQ(r1.GetVtep(T2), NOBODY);
    EXPECT_EQ(r1.instance->GetRib().GetSize(), 4u);
    EXPECT_EQ(r1.floods[42], (std::set<Ipv4Address>{r3.address}));
}

TEST_F(EvpnInstanceTest, UnknownPeersAreRefused)
{
    EvpnSpeaker& stranger = lab.Add("10.9.9.9");
    stranger.peers = {{c3.address, false, false}};
    StartAll();
    stranger.Start();
    Advance(1);
    EXPECT_FALSE(stranger.instance->GetPeers().at(c3.address)->IsEstablished());
    EXPECT_EQ(c3.drops["unknown-peer"], 1);
}

TEST_F(EvpnInstanceTest, ManyRoutesShareMessagesOfFourKilobytes)
{
    StartAll();
    for (uint32_t i = 0; i < 1000; ++i)
    {
        LocalMac(r1, UnpackMac(0x020000000000 + i), Ipv4Address(0x0a000001 + i));
    }
    Advance(1);
    const Sizes sizes = lab.TakeUpdates(r1.address, c3.address);
    EXPECT_EQ(sizes.size(), 19u); // 2000 routes of 35 and 39 bytes
    for (std::size_t size : sizes)
    {
        EXPECT_LE(size, BgpMessage::MAX_SIZE);
    }
    EXPECT_EQ(r2.fdb.size(), 1000u);
    for (uint32_t i = 0; i < 1000; ++i)
    {
        r1.instance->LocalMacGone(42, UnpackMac(0x020000000000 + i));
    }
    Advance(1);
    EXPECT_TRUE(r2.fdb.empty());
    EXPECT_TRUE(r1.instance->FindVrf(42)->GetMacs().empty());
    EXPECT_TRUE(r2.instance->FindVrf(42)->GetMacs().empty());
}

/** RFC 4271 §9.2: "the BGP speaker MUST NOT advertise the route", if it does not fit a message. */
TEST_F(EvpnInstanceTest, S9_2_ARouteTooLongToReflectGoesToNobody)
{
    StartAll();
    const auto end = std::find_if(lab.ends.begin(), lab.ends.end(), [this](const auto& one) {
        return one.second.address == r1.address && one.second.peer == c3.address;
    });
    ASSERT_NE(end, lab.ends.end());
    const auto send = [&](std::size_t size) {
        BgpUpdate update;
        update.attributes.nextHop = r1.address;
        update.attributes.localPref = 100;
        update.attributes.communities = {
            BgpExtendedCommunity::MakeEncapsulation(BgpExtendedCommunity::TUNNEL_VXLAN),
            BgpExtendedCommunity::MakeRouteTarget(65000, 42)};
        update.hasReach = true;
        EvpnNlri route;
        route.key = EvpnRouteKey::MakeMac(RouteDistinguisher::MakeIpv4(r1.address, 9), T1);
        route.label = 42;
        update.reach.routes.push_back(route);
        const std::size_t least = BgpMessage{update}.GetBytes().size();
        update.attributes.opaque.push_back(
            {BGP_OPTIONAL | BGP_TRANSITIVE, 99, Bytes(size - least - 4)});
        const Bytes bytes = BgpMessage{update}.GetBytes();
        EXPECT_EQ(bytes.size(), size);
        lab.Deliver(end->first, bytes);
        Advance(1);
    };
    constexpr std::size_t added = 7 + 7; // ORIGINATOR_ID, CLUSTER_LIST
    lab.sent.clear();
    send(BgpMessage::MAX_SIZE - added + 1);
    EXPECT_TRUE(lab.TakeUpdates(c3.address, r2.address).empty());
    EXPECT_EQ(r2.GetVtep(T1), NOBODY);
    send(BgpMessage::MAX_SIZE - added);
    EXPECT_EQ(lab.TakeUpdates(c3.address, r2.address), Sizes{BgpMessage::MAX_SIZE});
    EXPECT_EQ(r2.GetVtep(T1), r1.address);
    send(BgpMessage::MAX_SIZE); // what was advertised is withdrawn
    EXPECT_EQ(lab.TakeUpdates(c3.address, r2.address).size(), 1u);
    EXPECT_EQ(r2.GetVtep(T1), NOBODY);
    EXPECT_TRUE(r2.instance->GetPeers().at(c3.address)->IsEstablished());
}

/** RFC 4271 §6.7 leaves the bound to implementations: here it is kept without closing. */
TEST_F(EvpnInstanceTest, S6_7_ARouteLimitIsOfEachPeerAndExact)
{
    c3.config.routeLimit = 2; // each VTEP's multicast route, and one more
    StartAll();
    LocalMac(r1, T1);
    LocalMac(r2, T2);
    Advance(1);
    EXPECT_EQ(c3.drops.count("route-limit"), 0u);
    EXPECT_EQ(c3.instance->GetRib().GetSize(), 5u) << "the bound is of each peer";
    EXPECT_EQ(r3.GetVtep(T1), r1.address);
    EXPECT_EQ(r3.GetVtep(T2), r2.address);
    const Mac48Address beyond("02:00:01:00:01:2a");
    LocalMac(r1, beyond);
    Advance(1);
    EXPECT_EQ(c3.drops["route-limit"], 1);
    EXPECT_EQ(c3.instance->GetRib().GetSize(), 5u);
    EXPECT_EQ(r3.GetVtep(beyond), NOBODY);
    EXPECT_TRUE(c3.instance->GetPeers().at(r1.address)->IsEstablished());
}

TEST_F(EvpnInstanceTest, S6_7_AtTheRouteLimitWhatIsThereMayChangeAndGo)
{
    c3.config.routeLimit = 2;
    StartAll();
    LocalMac(r1, T1);
    Advance(1);
    r1.instance->LocalMac(42, T1, NOBODY, true); // the same route, sticky now
    Advance(1);
    EXPECT_EQ(c3.drops.count("route-limit"), 0u) << "no route is new";
    LocalMac(r3, T1);
    EXPECT_EQ(CountEvents(r3, "sticky-mac"), 1) << "c3 has reflected what it is now";
    r1.instance->LocalMacGone(42, T1);
    Advance(1);
    LocalMac(r1, T2);
    Advance(1);
    EXPECT_EQ(r3.GetVtep(T2), r1.address) << "there is room again";
    EXPECT_EQ(c3.drops.count("route-limit"), 0u);
}

TEST_F(EvpnInstanceTest, APeerThatIsTakenAwayGetsACease)
{
    StartAll();
    c3.instance->RemovePeer(r1.address);
    Advance(0.1);
    ASSERT_FALSE(lab.sent.empty());
    EXPECT_EQ(std::get<BgpNotification>(lab.sent[0].message.body).error.GetName(),
              "administrative-shutdown");
    EXPECT_EQ(r1.events.back(), "session-down 192.168.101.133 administrative-shutdown");
    EXPECT_TRUE(r1.floods[42].empty());
}

} // namespace
