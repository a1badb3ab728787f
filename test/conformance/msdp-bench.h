// SPDX-License-Identifier: GPL-2.0-only
// An MSDP speaker under test, 10.0.0.5, whose peers are played by the test: 10.0.0.1 and 10.0.0.2 are
// lower and connect, 10.0.0.8 and 10.0.0.9 are higher and listen.
#ifndef VXLAN_MULTICAST_TEST_MSDP_BENCH_H
#define VXLAN_MULTICAST_TEST_MSDP_BENCH_H

#include "support/fake-clock.h"

#include "ns3/msdp-instance.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace ns3
{

/** Keeps what the speaker sends and reports. */
class FakeMsdpEnvironment : public MsdpEnvironment
{
  public:
    using Strings = std::vector<std::string>;

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
    using Strings = std::vector<std::string>;

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

} // namespace ns3

#endif
