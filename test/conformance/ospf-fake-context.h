// SPDX-License-Identifier: GPL-2.0-only
// A router around one OSPF interface, made of a tape, a clock turned by hand and a small database.
#ifndef VXLAN_MULTICAST_TEST_OSPF_FAKE_CONTEXT_H
#define VXLAN_MULTICAST_TEST_OSPF_FAKE_CONTEXT_H

#include "support/fake-clock.h"

#include "ns3/ospf-interface.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

class OspfFakeContext : public OspfContext, public ProtocolObserver
{
  public:
    struct Sent
    {
        Ipv4Address destination;
        OspfPacket::Body body;
        mutable bool seen{false}; //!< Get has returned it
    };

    ProtocolClock& GetClock() override
    {
        return clock;
    }

    ProtocolRandom& GetRandom() override
    {
        return random;
    }

    ProtocolObserver& GetObserver() override
    {
        return *this;
    }

    const OspfConfig& GetConfig() const override
    {
        return config;
    }

    OspfId GetRouterId() const override
    {
        return routerId;
    }

    uint8_t GetOptions(OspfId) const override
    {
        return options;
    }

    void Send(const OspfLink&, Ipv4Address destination, OspfPacket::Body body) override
    {
        sent.push_back({destination, std::move(body), false});
    }

    std::size_t SendLsas(OspfNeighbor&,
                         const std::vector<OspfLsaKey>& keys,
                         std::size_t packets) override
    {
        const std::size_t count = packets == 1 ? std::min(keys.size(), lsasPerPacket) : keys.size();
        lsasSent.insert(lsasSent.end(), keys.begin(), keys.begin() + count);
        return count;
    }

    std::optional<OspfLsaHeader> FindLsa(OspfId, const OspfLsaKey& key) const override
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

    // ProtocolObserver
    void ReportEvent(const std::string&, const std::string&) override
    {
    }

    void ReportDrop(const std::string&) override
    {
    }

    bool TracesTransitions() const override
    {
        return true;
    }

    void ReportTransition(const ProtocolTransition& step) override
    {
        transitions.push_back(std::string(step.machine) + " " + step.key + ": " + step.oldState +
                              ", " + step.event + " -> " + step.newState);
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
                packet.seen = true;
            }
        }
        return bodies;
    }

    /** \returns the packets, other than Hellos, and LSAs that nothing has looked at since Forget.
     */
    std::vector<std::string> TakeRest()
    {
        std::vector<std::string> rest;
        for (const Sent& packet : sent)
        {
            if (!packet.seen && !std::holds_alternative<OspfHello>(packet.body))
            {
                std::ostringstream text;
                text << OspfPacket::GetName(packet.body) << " to " << packet.destination;
                rest.push_back(text.str());
                packet.seen = true;
            }
        }
        for (const OspfLsaKey& key : TakeLsas())
        {
            std::ostringstream text;
            text << key;
            rest.push_back(text.str());
        }
        return rest;
    }

    /** Fails if there is such a packet or LSA. */
    void ExpectNothingElse()
    {
        for (const std::string& text : TakeRest())
        {
            ADD_FAILURE() << "sent, and expected by nobody: " << text;
        }
    }

    /** \returns the LSAs sent since the last call or Forget. */
    std::vector<OspfLsaKey> TakeLsas()
    {
        return std::exchange(lsasSent, {});
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
        header.linkStateId = OspfId(Ipv4Address(from));
        header.advertisingRouter = OspfId(Ipv4Address(from));
        header.sequence = sequence;
        return header;
    }

    FakeClock clock;
    FakeRandom random;
    OspfConfig config;
    OspfId routerId{Ipv4Address("1.0.0.5")};
    uint8_t options{OSPF_OPTION_E};
    std::vector<OspfLsaHeader> database;
    std::vector<Sent> sent;
    std::vector<OspfLsaKey> lsasSent;
    std::size_t lsasPerPacket{100};
    std::vector<OspfInterfaceState> interfaceStates;
    std::vector<OspfNeighborState> neighborStates;
    int designatedRouterChanges{0};
    std::vector<std::string> transitions;
};

} // namespace ns3

#endif
