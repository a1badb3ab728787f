// SPDX-License-Identifier: GPL-2.0-only
// A router around one OSPF interface, made of a tape, a clock turned by hand and a small database.
#ifndef VXLAN_MULTICAST_TEST_OSPF_FAKE_HOST_H
#define VXLAN_MULTICAST_TEST_OSPF_FAKE_HOST_H

#include "support/fake-clock.h"

#include "ns3/ospf-interface.h"

#include <string>
#include <vector>

namespace ns3
{

class OspfFakeHost : public OspfHost
{
  public:
    struct Sent
    {
        Ipv4Address destination;
        OspfPacket::Body body;
    };

    ProtocolClock& GetClock() override
    {
        return clock;
    }

    ProtocolRandom& GetRandom() override
    {
        return random;
    }

    const OspfConstants& GetConstants() const override
    {
        return constants;
    }

    Ipv4Address GetRouterId() const override
    {
        return routerId;
    }

    uint8_t GetOptions(Ipv4Address) const override
    {
        return options;
    }

    void Send(OspfInterface&, Ipv4Address destination, OspfPacket::Body body) override
    {
        sent.push_back({destination, std::move(body)});
    }

    std::size_t SendLsas(OspfNeighbor&,
                         const std::vector<OspfLsaKey>& keys,
                         std::size_t packets) override
    {
        const std::size_t count = packets == 1 ? std::min(keys.size(), lsasPerPacket) : keys.size();
        lsasSent.insert(lsasSent.end(), keys.begin(), keys.begin() + count);
        return count;
    }

    std::optional<OspfLsaHeader> FindLsa(Ipv4Address, const OspfLsaKey& key) const override
    {
        for (const OspfLsaHeader& header : database)
        {
            if (header.GetKey() == key)
            {
                return header;
            }
        }
        return std::nullopt;
    }

    std::vector<OspfLsaHeader> SummarizeDatabase(OspfNeighbor&) override
    {
        return database;
    }

    void InterfaceStateChanged(OspfInterface& interface, OspfInterfaceState) override
    {
        interfaceStates.push_back(interface.GetState());
    }

    void DesignatedRouterChanged(OspfInterface&) override
    {
        ++designatedRouterChanges;
    }

    void NeighborStateChanged(OspfNeighbor& neighbor, OspfNeighborState) override
    {
        neighborStates.push_back(neighbor.GetState());
    }

    /** \returns the bodies of one kind sent since the last Forget. */
    template <typename Body>
    std::vector<Body> Get() const
    {
        std::vector<Body> bodies;
        for (const Sent& packet : sent)
        {
            if (const auto* body = std::get_if<Body>(&packet.body))
            {
                bodies.push_back(*body);
            }
        }
        return bodies;
    }

    void Forget()
    {
        sent.clear();
        lsasSent.clear();
        interfaceStates.clear();
        neighborStates.clear();
        designatedRouterChanges = 0;
    }

    /** \returns the header of a router-LSA. */
    static OspfLsaHeader RouterLsa(const char* from, int32_t sequence = 1)
    {
        OspfLsaHeader header;
        header.type = static_cast<uint8_t>(OspfLsaType::ROUTER);
        header.linkStateId = Ipv4Address(from);
        header.advertisingRouter = Ipv4Address(from);
        header.sequence = sequence;
        return header;
    }

    FakeClock clock;
    FakeRandom random;
    OspfConstants constants;
    Ipv4Address routerId{"1.0.0.5"};
    uint8_t options{OSPF_OPTION_E};
    std::vector<OspfLsaHeader> database;
    std::vector<Sent> sent;
    std::vector<OspfLsaKey> lsasSent;
    std::size_t lsasPerPacket{100};
    std::vector<OspfInterfaceState> interfaceStates;
    std::vector<OspfNeighborState> neighborStates;
    int designatedRouterChanges{0};
};

} // namespace ns3

#endif
