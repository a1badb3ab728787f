// SPDX-License-Identifier: GPL-2.0-only
// Speakers on a wire without ns-3: connections that take a millisecond each way, an underlay that a
// test cuts, the VTEPs' tables as maps, and everything that was said.
#ifndef VXLAN_MULTICAST_TEST_EVPN_LAB_H
#define VXLAN_MULTICAST_TEST_EVPN_LAB_H

#include "bgp-bytes.h"
#include "support/fake-clock.h"

#include "ns3/evpn-instance.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

namespace ns3
{

class EvpnLab;

/** A speaker's surroundings. */
class EvpnSpeaker : public EvpnEnvironment
{
  public:
    /** One VNI's part of the maps below. */
    class Tables : public EvpnVtepTables
    {
      public:
        Tables(EvpnSpeaker& speaker, uint32_t number)
            : m_speaker(speaker),
              m_vni(number)
        {
        }

        void SetRemoteMac(Mac48Address mac, Ipv4Address vtep) override
        {
            m_speaker.fdb[{m_vni, mac}] = vtep;
        }

        void RemoveRemoteMac(Mac48Address mac) override
        {
            EXPECT_EQ(m_speaker.fdb.erase({m_vni, mac}), 1u) << mac;
        }

        void AddFloodVtep(Ipv4Address vtep) override
        {
            EXPECT_TRUE(m_speaker.floods[m_vni].insert(vtep).second) << vtep;
        }

        void RemoveFloodVtep(Ipv4Address vtep) override
        {
            EXPECT_EQ(m_speaker.floods[m_vni].erase(vtep), 1u) << vtep;
        }

        void ForgetLocalMac(Mac48Address mac) override
        {
            m_speaker.forgotten.insert({m_vni, mac});
        }

      private:
        EvpnSpeaker& m_speaker;
        uint32_t m_vni;
    };

    EvpnSpeaker(EvpnLab& net, Ipv4Address own)
        : lab(net),
          address(own)
    {
        config.routerId = own;
    }

    ~EvpnSpeaker() override
    {
        instance.reset(); // it takes back what it has set
    }

    void Start()
    {
        instance = std::make_unique<EvpnInstance>(*this, config);
        for (const EvpnPeerConfig& peer : peers)
        {
            instance->AddPeer(peer);
        }
        for (const EvpnVniConfig& vni : vnis)
        {
            instance->AddVni(vni);
        }
    }

    /** As a killed daemon: what it holds goes, and its connections end. */
    void Stop();

    ProtocolClock& GetClock() override;
    uint64_t OpenConnection(Ipv4Address peer) override;
    void CloseConnection(uint64_t connection) override;
    void Send(uint64_t connection, Ipv4Address peer, const Bytes& message) override;

    std::optional<uint32_t> GetMetric(Ipv4Address destination) const override
    {
        return unreachable.count(destination) != 0
                   ? std::nullopt
                   : std::optional<uint32_t>(metrics.count(destination) ? metrics.at(destination)
                                                                        : 2);
    }

    EvpnVtepTables& GetTables(uint32_t vni) override
    {
        tables.try_emplace(vni, *this, vni);
        return tables.at(vni);
    }

    void ReportReceived(Ipv4Address, const Bytes&) override
    {
    }

    void ReportDrop(const std::string& reason) override
    {
        ++drops[reason];
    }

    void ReportEvent(const std::string& event, const std::string& detail) override
    {
        events.push_back(event + " " + detail);
    }

    bool TracesTransitions() const override
    {
        return true;
    }

    void ReportTransition(const ProtocolTransition& step) override
    {
        states.push_back(step.key + " " + step.newState);
    }

    /** \returns the VTEP of \p mac in VNI 42; any if there is none. */
    Ipv4Address GetVtep(Mac48Address mac) const
    {
        const auto it = fdb.find({42, mac});
        return it == fdb.end() ? Ipv4Address::GetAny() : it->second;
    }

    EvpnLab& lab;
    const Ipv4Address address;
    EvpnConfig config;
    std::vector<EvpnPeerConfig> peers;
    std::vector<EvpnVniConfig> vnis;
    std::unique_ptr<EvpnInstance> instance;
    std::set<Ipv4Address> unreachable;
    std::map<Ipv4Address, uint32_t> metrics;
    std::map<std::pair<uint32_t, Mac48Address>, Ipv4Address> fdb;
    std::map<uint32_t, std::set<Ipv4Address>> floods;
    std::map<uint32_t, Tables> tables;
    std::set<std::pair<uint32_t, Mac48Address>> forgotten;
    std::map<std::string, int> drops;
    std::vector<std::string> events;
    std::vector<std::string> states;
};

/** The wire. */
class EvpnLab
{
  public:
    /** A message that was sent. */
    struct Sent
    {
        Time time;
        Ipv4Address from{Ipv4Address::GetAny()};
        Ipv4Address to{Ipv4Address::GetAny()};
        BgpMessage message;
        std::size_t size{0};
    };

    static constexpr int64_t DELAY_MS = 1;

    EvpnSpeaker& Add(Ipv4Address address)
    {
        return *(speakers[address] = std::make_unique<EvpnSpeaker>(*this, address));
    }

    EvpnSpeaker* Find(Ipv4Address address)
    {
        const auto it = speakers.find(address);
        return it == speakers.end() || !it->second->instance ? nullptr : it->second.get();
    }

    uint64_t Connect(Ipv4Address from, Ipv4Address to)
    {
        const uint64_t near = ++last;
        const uint64_t far = ++last;
        ends[near] = {from, to, far};
        ends[far] = {to, from, near};
        Later([this, near, far, from, to] {
            if (ends.count(near) == 0)
            {
                return;
            }
            if (!Find(to) || Find(from) == nullptr || Find(from)->unreachable.count(to) != 0)
            {
                ends.erase(far);
                return Later([this, near] { Drop(near); });
            }
            Later([this, near, from, to] {
                if (ends.count(near) != 0 && Find(from))
                {
                    Find(from)->instance->ConnectionOpened(to, near);
                }
            });
            Find(to)->instance->ConnectionAccepted(from, far);
        });
        return near;
    }

    void Close(uint64_t end)
    {
        const auto it = ends.find(end);
        if (it != ends.end())
        {
            const uint64_t far = it->second.other;
            ends.erase(it);
            Later([this, far] { Drop(far); });
        }
    }

    /** The end \p end hears that its connection is gone. */
    void Drop(uint64_t end)
    {
        const auto it = ends.find(end);
        if (it != ends.end())
        {
            const End gone = it->second;
            ends.erase(it);
            if (Find(gone.address))
            {
                Find(gone.address)->instance->ConnectionClosed(gone.peer, end);
            }
        }
    }

    void Deliver(uint64_t end, const Bytes& bytes)
    {
        const auto it = ends.find(end);
        if (it == ends.end())
        {
            return;
        }
        const End from = it->second;
        WireReader reader(bytes.data(), bytes.size());
        Sent message{clock.Now(), from.address, from.peer, {}, bytes.size()};
        EXPECT_EQ(BgpMessage::Parse(reader, true, message.message), BgpError{});
        sent.push_back(message);
        Later([this, from, bytes] {
            if (ends.count(from.other) != 0 && Find(from.peer))
            {
                Find(from.peer)->instance->Receive(from.address, from.other, bytes);
            }
        });
    }

    void Later(std::function<void()> action)
    {
        clock.Schedule(MilliSeconds(DELAY_MS), std::move(action));
    }

    /** \returns the sizes of the UPDATEs from \p from to \p to, and forgets all messages. */
    std::vector<std::size_t> TakeUpdates(Ipv4Address from, Ipv4Address to)
    {
        std::vector<std::size_t> sizes;
        for (const Sent& message : sent)
        {
            if (message.from == from && message.to == to &&
                message.message.GetType() == BgpMessage::UPDATE)
            {
                sizes.push_back(message.size);
            }
        }
        sent.clear();
        return sizes;
    }

    /** One end of a connection. */
    struct End
    {
        Ipv4Address address{Ipv4Address::GetAny()};
        Ipv4Address peer{Ipv4Address::GetAny()};
        uint64_t other{0};
    };

    FakeClock clock;
    uint64_t last{0};
    std::map<uint64_t, End> ends;
    std::vector<Sent> sent;
    std::map<Ipv4Address, std::unique_ptr<EvpnSpeaker>> speakers;
};

inline void
EvpnSpeaker::Stop()
{
    instance.reset();
    std::vector<uint64_t> own;
    for (const auto& [end, what] : lab.ends)
    {
        if (what.address == address)
        {
            own.push_back(end);
        }
    }
    for (uint64_t end : own)
    {
        lab.Close(end);
    }
}

inline ProtocolClock&
EvpnSpeaker::GetClock()
{
    return lab.clock;
}

inline uint64_t
EvpnSpeaker::OpenConnection(Ipv4Address peer)
{
    return lab.Connect(address, peer);
}

inline void
EvpnSpeaker::CloseConnection(uint64_t connection)
{
    lab.Close(connection);
}

inline void
EvpnSpeaker::Send(uint64_t connection, Ipv4Address, const Bytes& message)
{
    lab.Deliver(connection, message);
}

/** Three VTEPs and a reflector, as in the reference lab. */
class RecEvpnLab : public EvpnLab
{
  public:
    RecEvpnLab()
    {
        for (EvpnSpeaker* vtep : vteps)
        {
            vtep->peers = {{c3.address, false, false}};
            vtep->vnis = {{42, vtep->address}};
            c3.peers.push_back({vtep->address, true, true});
        }
    }

    void StartAll()
    {
        c3.Start();
        for (EvpnSpeaker* vtep : vteps)
        {
            vtep->Start();
        }
        clock.Advance(Seconds(1));
    }

    EvpnSpeaker& r1{Add("192.168.1.1")};
    EvpnSpeaker& r2{Add("192.168.2.2")};
    EvpnSpeaker& r3{Add("192.168.3.3")};
    EvpnSpeaker& c3{Add("192.168.101.133")};
    std::vector<EvpnSpeaker*> vteps{&r1, &r2, &r3};
};

} // namespace ns3

#endif
