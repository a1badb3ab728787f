// SPDX-License-Identifier: GPL-2.0-only
// A map server and VTEPs on a fake clock, joined by wires of 1 ms: no node, no socket.
#ifndef VXLAN_MULTICAST_TEST_MAP_FAKE_LAB_H
#define VXLAN_MULTICAST_TEST_MAP_FAKE_LAB_H

#include "support/fake-clock.h"

#include "ns3/map-server-instance.h"
#include "ns3/map-xtr-instance.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace ns3
{

class FakeMapLab;

/** One end's surroundings. */
class FakeMapEnd : public MapXtrEnvironment
{
  public:
    FakeMapEnd(FakeMapLab& theLab, Ipv4Address own)
        : lab(theLab),
          address(own)
    {
    }

    ProtocolClock& GetClock() override;

    ProtocolRandom& GetRandom() override
    {
        return random;
    }

    void SendMap(Ipv4Address to, uint16_t port, const std::vector<uint8_t>& bytes) override;

    void SetMapping(uint32_t instance, Mac48Address mac, Ipv4Address vtep) override
    {
        fdb[{instance, mac}] = vtep;
    }

    void RemoveMapping(uint32_t instance, Mac48Address mac) override
    {
        fdb.erase({instance, mac});
    }

    void AddFloodVtep(uint32_t instance, Ipv4Address vtep) override
    {
        floods[instance].insert(vtep);
    }

    void RemoveFloodVtep(uint32_t instance, Ipv4Address vtep) override
    {
        floods[instance].erase(vtep);
    }

    void SendFrame(uint32_t, Ptr<const Packet> frame, Ipv4Address vtep) override
    {
        sent.emplace_back(frame->GetSize(), vtep);
    }

    void FloodFrame(uint32_t, Ptr<const Packet> frame) override
    {
        flooded.push_back(frame->GetSize());
    }

    void AnswerArp(uint32_t, Ptr<const Packet>, Mac48Address mac) override
    {
        answers.push_back(mac);
    }

    void ForgetLocal(uint32_t instance, Mac48Address mac) override
    {
        forgotten.emplace_back(instance, mac);
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
        steps.push_back(step.key + ": " + step.oldState + " " + step.event + " " + step.newState);
    }

    void ReportMessage(const std::string&,
                       const char*,
                       bool isSent,
                       const std::string& message,
                       std::size_t) override
    {
        ++messages[(isSent ? "sent " : "received ") + message];
    }

    /** Starts a VTEP's process, or starts it again. */
    void Start()
    {
        xtr = std::make_unique<MapXtrInstance>(*this, config, nonce);
    }

    FakeMapLab& lab;
    const Ipv4Address address;
    FakeRandom random;
    std::map<std::pair<uint32_t, Mac48Address>, Ipv4Address> fdb;
    std::map<uint32_t, std::set<Ipv4Address>> floods;
    std::vector<std::pair<uint32_t, Ipv4Address>> sent;
    std::vector<uint32_t> flooded;
    std::vector<Mac48Address> answers;
    std::vector<std::pair<uint32_t, Mac48Address>> forgotten;
    std::vector<std::string> events;
    std::vector<std::string> drops;
    std::vector<std::string> steps;
    std::map<std::string, int> messages;
    MapXtrConfig config;
    uint64_t nonce{0};                      //!< on a VTEP's disk
    std::vector<std::vector<uint8_t>> wire; //!< what it has sent
    std::unique_ptr<MapXtrInstance> xtr;
    std::unique_ptr<MapServerInstance> server;
};

/** All of it. */
class FakeMapLab
{
  public:
    explicit FakeMapLab(uint8_t algorithm = MAP_HMAC_SHA256_128)
        : m_algorithm(algorithm)
    {
        ends[GetServer()] = std::make_unique<FakeMapEnd>(*this, GetServer());
        StartServer();
    }

    static Ipv4Address GetServer()
    {
        return Ipv4Address("10.0.0.100");
    }

    void StartServer()
    {
        MapServerConfig config;
        config.key.algorithm = m_algorithm;
        Server().server = std::make_unique<MapServerInstance>(Server(), config, nonces);
    }

    FakeMapEnd& Server()
    {
        return *ends.at(GetServer());
    }

    FakeMapEnd& AddVtep(const char* address, MapXtrConfig config = {})
    {
        auto& end = ends[Ipv4Address(address)];
        end = std::make_unique<FakeMapEnd>(*this, Ipv4Address(address));
        config.server = GetServer();
        config.locator = Ipv4Address(address);
        config.key.algorithm = m_algorithm;
        end->random.rest = 0.1 + 0.01 * double(ends.size());
        end->config = config;
        end->Start();
        return *end;
    }

    void Run(double seconds)
    {
        clock.Advance(Seconds(seconds));
    }

    FakeClock clock;
    MapRegisterNonces nonces; //!< on the server's disk
    std::map<Ipv4Address, std::unique_ptr<FakeMapEnd>> ends;
    bool isCut{false};

  private:
    const uint8_t m_algorithm;
};

inline ProtocolClock&
FakeMapEnd::GetClock()
{
    return lab.clock;
}

inline void
FakeMapEnd::SendMap(Ipv4Address to, uint16_t port, const std::vector<uint8_t>& bytes)
{
    wire.push_back(bytes);
    // Nonces differ: the tape of random numbers goes on.
    random.rest = random.rest + 1e-4 < 1 ? random.rest + 1e-4 : 0.1;
    lab.clock.Schedule(MilliSeconds(1), [this, to, port, bytes] {
        const auto it = lab.ends.find(to);
        if (lab.isCut || it == lab.ends.end() || port != MAP_PORT)
        {
            return;
        }
        if (it->second->server)
        {
            it->second->server->Receive(address, MAP_PORT, bytes);
        }
        else if (it->second->xtr)
        {
            it->second->xtr->Receive(address, bytes);
        }
    });
}

} // namespace ns3

#endif
