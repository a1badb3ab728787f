// SPDX-License-Identifier: GPL-2.0-only
// RFC 3618 §5.4 to §5.6, §11 to §13: sessions, their timers and what is wrong in messages. What
// speakers say of sources is in msdp-source-active-test.cc.
#include "msdp-bench.h"

using namespace ns3;

namespace
{

// ---- §11, §5.4 to §5.6 ----

TEST_F(Msdp3618, S11_1_TheLowerAddressConnects)
{
    AddPeer(LOW);
    AddPeer(HIGH);
    Start();
    EXPECT_EQ(State(LOW), MsdpPeerState::LISTEN);
    EXPECT_EQ(State(HIGH), MsdpPeerState::CONNECTING);
    ASSERT_EQ(environment.opened.size(), 1u);
    EXPECT_EQ(environment.opened[0].first, HIGH);
    EXPECT_EQ(environment.steps,
              (Strings{"10.0.0.1: DISABLED, enable: INACTIVE",
                       "10.0.0.1: INACTIVE, own address higher: LISTEN",
                       "10.0.0.9: DISABLED, enable: INACTIVE",
                       "10.0.0.9: INACTIVE, own address lower: CONNECTING"}));
}

TEST_F(Msdp3618, S11_1_BothWaysToEstablished)
{
    AddPeer(LOW);
    AddPeer(HIGH);
    Start();
    Establish(LOW);
    Establish(HIGH);
    EXPECT_EQ(State(LOW), MsdpPeerState::ESTABLISHED);
    EXPECT_EQ(State(HIGH), MsdpPeerState::ESTABLISHED);
    EXPECT_EQ(Keepalives(), 2u) << "each sends one at once";
    EXPECT_EQ(environment.events, (Strings{"session-up 10.0.0.1", "session-up 10.0.0.9"}));
    EXPECT_EQ(environment.steps.back(), "10.0.0.9: CONNECTING, connection opened: ESTABLISHED");
}

TEST_F(Msdp3618, S11_1_AnUnknownOrUnwantedConnectionIsClosed)
{
    AddPeer(HIGH);
    Start();
    msdp->ConnectionAccepted(LOW, 77);
    msdp->ConnectionAccepted(HIGH, 78);
    EXPECT_EQ(environment.closed, (std::vector<uint64_t>{77, 78}));
    EXPECT_EQ(environment.drops, (Strings{"unknown-peer", "not-listening"}));
    EXPECT_EQ(State(HIGH), MsdpPeerState::CONNECTING);
}

TEST_F(Msdp3618, S11_1_ASecondConnectionOfThePeerReplacesTheFirst)
{
    AddPeer(LOW);
    Start();
    const uint64_t first = Establish(LOW);
    Establish(LOW);
    EXPECT_EQ(environment.closed, std::vector<uint64_t>{first}) << "the peer has restarted";
    EXPECT_EQ(State(LOW), MsdpPeerState::ESTABLISHED);
}

TEST_F(Msdp3618, S11_1_AClosedConnectionBeginsAgain)
{
    AddPeer(LOW);
    AddPeer(HIGH);
    Start();
    const uint64_t low = Establish(LOW);
    const uint64_t high = Establish(HIGH);
    msdp->ConnectionClosed(LOW, low);
    msdp->ConnectionClosed(HIGH, high);
    EXPECT_EQ(State(LOW), MsdpPeerState::LISTEN);
    EXPECT_EQ(State(HIGH), MsdpPeerState::INACTIVE);
    EXPECT_EQ(environment.opened.size(), 1u) << "not at once";
    EXPECT_EQ(environment.events.back(), "session-down 10.0.0.9 connection closed");
    Advance(30);
    EXPECT_EQ(State(HIGH), MsdpPeerState::CONNECTING) << "§5.6: ConnectRetry-Period";
    EXPECT_EQ(environment.opened.size(), 2u);
    msdp->ConnectionClosed(HIGH, high);
    EXPECT_EQ(State(HIGH), MsdpPeerState::CONNECTING) << "an old connection's end";
}

TEST_F(Msdp3618, S5_6_ConnectRetry)
{
    AddPeer(HIGH);
    Start();
    msdp->ConnectionClosed(HIGH, environment.opened[0].second);
    Advance(29.9);
    EXPECT_EQ(environment.opened.size(), 1u);
    Advance(0.2);
    EXPECT_EQ(environment.opened.size(), 2u);
    Advance(30);
    EXPECT_EQ(environment.opened.size(), 3u) << "also when nothing has come of the attempt";
    EXPECT_EQ(environment.closed.size(), 1u);
    Establish(HIGH);
    Advance(70);
    EXPECT_EQ(environment.opened.size(), 3u) << "the timer is deleted";
}

TEST_F(Msdp3618, S5_6_ARouteThatAppearsIsTriedAtOnce)
{
    AddPeer(HIGH);
    Start();
    msdp->RoutesChanged();
    EXPECT_EQ(environment.opened.size(), 1u) << "an attempt is on its way";
    msdp->ConnectionClosed(HIGH, environment.opened[0].second);
    msdp->RoutesChanged();
    EXPECT_EQ(environment.opened.size(), 1u) << "no route";
    environment.SetRoute("10.0.0.9", "10.1.0.2", 1);
    msdp->RoutesChanged();
    EXPECT_EQ(environment.opened.size(), 2u);
}

TEST_F(Msdp3618, S5_4_HoldTimer)
{
    AddPeer(LOW);
    Start();
    const uint64_t connection = Establish(LOW);
    Advance(74);
    Receive(LOW, MsdpMessage());
    Advance(74);
    EXPECT_EQ(State(LOW), MsdpPeerState::ESTABLISHED) << "any TLV starts it again";
    Advance(2);
    EXPECT_EQ(State(LOW), MsdpPeerState::LISTEN);
    EXPECT_EQ(environment.closed, std::vector<uint64_t>{connection});
    EXPECT_EQ(environment.events.back(), "session-down 10.0.0.1 Hold timer expires");
}

TEST_F(Msdp3618, S5_5_KeepaliveTimer)
{
    AddPeer(LOW);
    Start();
    Establish(LOW);
    environment.sent.clear();
    Advance(40);
    Receive(LOW, MsdpMessage());
    msdp->SourceChanged(SG, true);
    EXPECT_EQ(Sas().size(), 1u);
    Advance(59);
    EXPECT_EQ(Keepalives(), 0u) << "each message starts it again";
    Receive(LOW, MsdpMessage());
    Advance(2);
    EXPECT_EQ(Keepalives(), 1u);
    Advance(60);
    EXPECT_EQ(Keepalives(), 2u);
}

// ---- §13 ----

TEST_F(Msdp3618, S13_AFormatErrorResetsTheSession)
{
    AddPeer(LOW);
    Start();
    const uint64_t connection = Establish(LOW);
    ReceiveBytes(LOW, {1, 0, 8, 1, 10, 7, 0, 1, 4, 0, 3});
    EXPECT_EQ(environment.drops, Strings{"length"});
    EXPECT_EQ(environment.closed, std::vector<uint64_t>{connection});
    EXPECT_EQ(State(LOW), MsdpPeerState::LISTEN);
    EXPECT_EQ(environment.events.back(), "session-down 10.0.0.1 TLV format error");
}

TEST_F(Msdp3618, S13_OtherErrorsAreDiscarded)
{
    AddPeer(LOW);
    Start();
    Establish(LOW);
    ReceiveBytes(LOW, {9, 0, 5, 1, 2});
    ReceiveBytes(LOW, {2, 0, 3});
    ReceiveBytes(LOW, {1, 0, 20, 1, 10, 0, 0, 1, 0, 0, 0, 24, 239, 1, 1, 1, 192, 168, 1, 1});
    EXPECT_EQ(environment.drops, (Strings{"type", "type", "sprefix-length"}));
    EXPECT_EQ(State(LOW), MsdpPeerState::ESTABLISHED);
    EXPECT_TRUE(msdp->GetSaCache().GetEntries().empty());
}

TEST_F(Msdp3618, S12_ATlvInPieces)
{
    AddPeer(LOW);
    Start();
    Establish(LOW);
    WireWriter writer;
    Sa(LOW, {SG}).Write(writer);
    for (uint8_t byte : writer.GetBytes())
    {
        EXPECT_TRUE(msdp->GetSaCache().GetEntries().empty());
        ReceiveBytes(LOW, {byte});
    }
    EXPECT_EQ(msdp->GetSaCache().GetEntries().size(), 1u);
}

TEST_F(Msdp3618, S12_2_1_ManySourcesTakeSeveralTlvs)
{
    AddPeer(LOW);
    Start();
    for (uint32_t i = 0; i < 600; ++i)
    {
        environment.registered.emplace_back(Ipv4Address(0xc0a80000 + i),
                                            Ipv4Address(0xef010000 + i));
    }
    Establish(LOW);
    EXPECT_EQ(Sas().size(), 3u);
}

TEST_F(Msdp3618, S11_WrongPeeringsAreRefused)
{
    MsdpPeerConfig peer;
    EXPECT_THROW(peer.Check(), std::invalid_argument);
    peer.local = OWN;
    peer.address = Ipv4Address("239.1.1.1");
    EXPECT_THROW(peer.Check(), std::invalid_argument);
    peer.address = OWN;
    EXPECT_THROW(peer.Check(), std::invalid_argument);
    peer.address = HIGH;
    EXPECT_NO_THROW(peer.Check());
}

} // namespace
