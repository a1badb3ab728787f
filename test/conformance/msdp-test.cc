// SPDX-License-Identifier: GPL-2.0-only
// RFC 3618: a speaker, 10.0.0.5, whose peers are played by the test: 10.0.0.1 and 10.0.0.2 are
// lower and connect, 10.0.0.8 and 10.0.0.9 are higher and listen.
#include "support/fake-clock.h"

#include "ns3/msdp-instance.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>

using namespace ns3;

namespace
{

using Strings = std::vector<std::string>;

class FakeMsdpEnvironment : public MsdpEnvironment
{
  public:
    struct Sent
    {
        Ipv4Address peer;
        uint64_t connection;
        MsdpMessage message;
        Time time;
    };

    ProtocolClock& GetClock() override
    {
        return clock;
    }

    uint64_t OpenConnection(Ipv4Address, Ipv4Address peer) override
    {
        opened.push_back({peer, ++last});
        return last;
    }

    void CloseConnection(uint64_t connection) override
    {
        closed.push_back(connection);
    }

    void Send(uint64_t connection, Ipv4Address peer, const MsdpMessage& message) override
    {
        sent.push_back({peer, connection, message, clock.Now()});
    }

    const UnicastRoute* FindRoute(Ipv4Address destination) const override
    {
        const auto it = routes.find(destination);
        return it == routes.end() ? nullptr : &it->second;
    }

    std::vector<SourceGroup> GetRegisteredSources() const override
    {
        return registered;
    }

    void SetExternalSource(const SourceGroup& key, bool active) override
    {
        std::ostringstream text;
        text << (active ? "+" : "-") << key;
        external.push_back(text.str());
    }

    void ReportReceived(Ipv4Address, const std::vector<uint8_t>&) override
    {
    }

    void ReportEvent(const std::string& name, const std::string& detail) override
    {
        events.push_back(name + " " + detail);
    }

    void ReportDrop(const std::string& reason) override
    {
        drops.push_back(reason);
    }

    bool TracesTransitions() const override
    {
        return true;
    }

    void ReportTransition(const ProtocolTransition& step) override
    {
        steps.push_back(step.key + ": " + step.oldState + ", " + step.event + ": " + step.newState);
    }

    void SetRoute(const char* destination, const char* gateway, uint32_t metric)
    {
        UnicastRoute route;
        route.prefix = Ipv4Prefix::Host(Ipv4Address(destination));
        route.metric = metric;
        route.nextHops = {{1, Ipv4Address(gateway)}};
        routes[Ipv4Address(destination)] = route;
    }

    FakeClock clock;
    uint64_t last{0};
    std::vector<std::pair<Ipv4Address, uint64_t>> opened;
    std::vector<uint64_t> closed;
    std::vector<Sent> sent;
    std::map<Ipv4Address, UnicastRoute> routes;
    std::vector<SourceGroup> registered;
    Strings external;
    Strings events;
    Strings drops;
    Strings steps;
};

class Msdp3618 : public testing::Test
{
  protected:
    void AddPeer(Ipv4Address address, const std::string& mesh = "")
    {
        MsdpPeerConfig peer;
        peer.local = OWN;
        peer.address = address;
        peer.meshGroup = mesh;
        config.peers.push_back(peer);
    }

    void Start()
    {
        msdp = std::make_unique<MsdpInstance>(environment, config);
    }

    /** The session with a peer comes up. \returns the connection */
    uint64_t Establish(Ipv4Address peer)
    {
        if (peer < OWN)
        {
            const uint64_t connection = ++environment.last;
            msdp->ConnectionAccepted(peer, connection);
            return connection;
        }
        const uint64_t connection = msdp->GetPeers().at(peer)->GetConnection();
        msdp->ConnectionOpened(peer, connection);
        return connection;
    }

    MsdpPeerState State(Ipv4Address peer) const
    {
        return msdp->GetPeers().at(peer)->GetState();
    }

    void Receive(Ipv4Address peer, const MsdpMessage& message)
    {
        WireWriter writer;
        message.Write(writer);
        msdp->Receive(peer, msdp->GetPeers().at(peer)->GetConnection(), writer.GetBytes());
    }

    void ReceiveBytes(Ipv4Address peer, const std::vector<uint8_t>& bytes)
    {
        msdp->Receive(peer, msdp->GetPeers().at(peer)->GetConnection(), bytes);
    }

    static MsdpMessage Sa(Ipv4Address rp, std::vector<SourceGroup> entries)
    {
        MsdpMessage message;
        message.type = MsdpMessage::SOURCE_ACTIVE;
        message.rp = rp;
        message.entries = std::move(entries);
        return message;
    }

    /** \returns "peer rp: (S,G)…" of the SAs sent, and forgets all that was sent. */
    Strings Sas()
    {
        Strings texts;
        for (const auto& one : environment.sent)
        {
            if (one.message.type == MsdpMessage::SOURCE_ACTIVE)
            {
                std::ostringstream text;
                text << one.peer << " " << one.message.rp << ":";
                for (const SourceGroup& entry : one.message.entries)
                {
                    text << " " << entry;
                }
                texts.push_back(text.str());
            }
        }
        environment.sent.clear();
        return texts;
    }

    std::size_t Keepalives() const
    {
        return std::count_if(environment.sent.begin(), environment.sent.end(), [](const auto& one) {
            return one.message.type == MsdpMessage::KEEPALIVE;
        });
    }

    void Advance(double seconds)
    {
        environment.clock.Advance(Seconds(seconds));
    }

    static inline const Ipv4Address OWN{"10.0.0.5"};
    static inline const Ipv4Address LOW{"10.0.0.1"};
    static inline const Ipv4Address LOW2{"10.0.0.2"};
    static inline const Ipv4Address HIGH{"10.0.0.9"};
    static inline const Ipv4Address HIGH2{"10.0.0.8"};
    static inline const Ipv4Address RP{"10.7.0.1"};
    static inline const SourceGroup SG{Ipv4Address("192.168.1.1"), Ipv4Address("239.1.1.1")};
    static inline const SourceGroup SG2{Ipv4Address("192.168.1.2"), Ipv4Address("239.1.1.2")};
    MsdpConfig config;
    FakeMsdpEnvironment environment;
    std::unique_ptr<MsdpInstance> msdp;
};

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
    EXPECT_EQ(State(HIGH), MsdpPeerState::CONNECTING);
    EXPECT_EQ(environment.opened.size(), 2u);
    EXPECT_EQ(environment.events.back(), "session-down 10.0.0.9 connection closed");
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
        environment.registered.push_back(
            {Ipv4Address(0xc0a80000 + i), Ipv4Address(0xef010000 + i)});
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
        environment.registered.push_back(
            {Ipv4Address(0xc0a80000 + i), Ipv4Address(0xef010000 + i)});
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
