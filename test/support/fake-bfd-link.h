// SPDX-License-Identifier: GPL-2.0-only
// Two BFD systems on a link that a test can cut in either direction, with one clock.
#ifndef VXLAN_MULTICAST_TEST_FAKE_BFD_LINK_H
#define VXLAN_MULTICAST_TEST_FAKE_BFD_LINK_H

#include "support/fake-clock.h"

#include "ns3/bfd-instance.h"

#include <functional>
#include <string>
#include <vector>

namespace ns3
{

/** One system: keeps what it sends and reports. */
class FakeBfdSystem : public BfdEnvironment
{
  public:
    /** A packet sent. */
    struct Sent
    {
        BfdPacket packet;
        uint16_t port;
        Time time;
    };

    FakeBfdSystem(FakeClock& theClock, Ipv4Address theAddress)
        : clock(theClock),
          address(theAddress)
    {
    }

    ProtocolClock& GetClock() override
    {
        return clock;
    }

    ProtocolRandom& GetRandom() override
    {
        return random;
    }

    void Send(const BfdSessionKey& session, uint16_t port, const BfdPacket& packet) override
    {
        sent.push_back({packet, port, clock.Now()});
        if (deliver)
        {
            // After the event that has sent it, as on a wire.
            clock.Schedule(Seconds(0), [this, session, packet] { deliver(session, packet); });
        }
    }

    void NeighborDown(const BfdSessionKey& session) override
    {
        lost.push_back({session, clock.Now()});
        if (onLost)
        {
            onLost(session);
        }
    }

    std::string GetInterfaceName(uint32_t interface) const override
    {
        return "eth" + std::to_string(interface);
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
        steps.push_back(std::string(step.oldState) + ", " + step.event + ": " + step.newState);
    }

    FakeClock& clock;
    Ipv4Address address;
    FakeRandom random;
    std::function<void(const BfdSessionKey&, const BfdPacket&)> deliver;
    std::function<void(const BfdSessionKey&)> onLost;
    std::vector<Sent> sent;
    std::vector<std::pair<BfdSessionKey, Time>> lost;
    std::vector<std::string> events;
    std::vector<std::string> drops;
    std::vector<std::string> steps;
    BfdInstance bfd{*this};
};

/** Systems 10.0.1.1 and 10.0.1.2, both on their interface 1. */
class FakeBfdLink
{
  public:
    FakeBfdLink()
    {
        a.deliver = [this](const BfdSessionKey& session, const BfdPacket& packet) {
            aToB&& session == keyAtA ? b.bfd.Receive(1, a.address, ttl, packet) : void();
        };
        b.deliver = [this](const BfdSessionKey& session, const BfdPacket& packet) {
            bToA&& session == keyAtB ? a.bfd.Receive(1, b.address, ttl, packet) : void();
        };
    }

    void Start(const BfdSessionConfig& config = {})
    {
        a.bfd.Add(keyAtA, config);
        b.bfd.Add(keyAtB, config);
    }

    void Advance(Time time)
    {
        clock.Advance(time);
    }

    BfdState StateOfA() const
    {
        return a.bfd.Find(keyAtA)->GetState();
    }

    BfdState StateOfB() const
    {
        return b.bfd.Find(keyAtB)->GetState();
    }

    FakeClock clock;
    bool aToB{true};
    bool bToA{true};
    uint8_t ttl{255};
    FakeBfdSystem a{clock, Ipv4Address("10.0.1.1")};
    FakeBfdSystem b{clock, Ipv4Address("10.0.1.2")};
    const BfdSessionKey keyAtA{1, b.address};
    const BfdSessionKey keyAtB{1, a.address};
};

} // namespace ns3

#endif
