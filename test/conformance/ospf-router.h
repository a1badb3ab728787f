// SPDX-License-Identifier: GPL-2.0-only
// One whole OSPF router (1.0.0.5) on a clock turned by hand; its neighbours are puppets of the
// test.
#ifndef VXLAN_MULTICAST_TEST_OSPF_ROUTER_H
#define VXLAN_MULTICAST_TEST_OSPF_ROUTER_H

#include "support/fake-clock.h"

#include "ns3/ospf-instance.h"

#include <gtest/gtest.h>

#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace ns3
{

class OspfRouterTest : public ::testing::Test, public OspfEnvironment
{
  protected:
    struct Sent
    {
        uint32_t interface;
        Ipv4Address destination;
        OspfPacket packet;
        mutable bool seen{false}; //!< an expectation has looked at it
    };

    const OspfId SELF{Ipv4Address("1.0.0.5")};
    const OspfId NEIGHBOR{Ipv4Address("1.0.0.9")};
    const OspfId OTHER{Ipv4Address("1.0.0.8")};

    OspfRouterTest()
    {
        m_config.helloJitter = Seconds(0);
        MakeRouter();
    }

    void TearDown() override
    {
        ExpectNothingElse();
    }

    /** \returns the packets, other than Hellos, that nothing has looked at since Forget. */
    std::vector<std::string> TakeRest()
    {
        std::vector<std::string> rest;
        for (const Sent& one : m_sent)
        {
            if (one.seen || std::holds_alternative<OspfHello>(one.packet.body))
            {
                continue;
            }
            std::ostringstream text;
            text << one.interface << " " << OspfPacket::GetName(one.packet.body);
            if (const auto* update = std::get_if<OspfLinkStateUpdate>(&one.packet.body))
            {
                for (const OspfLsa& lsa : update->lsas)
                {
                    text << ", " << lsa.header.GetKey() << " number " << lsa.header.sequence
                         << " age " << lsa.header.age;
                }
            }
            if (const auto* ack = std::get_if<OspfLinkStateAck>(&one.packet.body))
            {
                for (const OspfLsaHeader& header : ack->headers)
                {
                    text << ", " << header.GetKey() << " number " << header.sequence;
                }
            }
            rest.push_back(text.str());
            one.seen = true;
        }
        return rest;
    }

    /** Fails if there is such a packet. */
    void ExpectNothingElse()
    {
        for (const std::string& text : TakeRest())
        {
            ADD_FAILURE() << "sent, and expected by nobody: " << text;
        }
    }

    void MakeRouter()
    {
        m_router = std::make_unique<OspfInstance>(*this, SELF, m_config);
    }

    /** \returns 10.0.NETWORK.HOST; this router is host 5. */
    static Ipv4Address Ip(uint32_t network, uint32_t host)
    {
        return Ipv4Address(0x0a000000 + (network << 8) + host);
    }

    void MakeInterface(uint32_t index, OspfNetworkType type, OspfId area)
    {
        OspfInterfaceConfig config;
        config.index = index;
        config.address = Ip(index, 5);
        config.mask = Ipv4Mask("255.255.255.0");
        config.area = area;
        config.type = type;
        m_router->AddInterface(config);
        m_router->SetInterfaceUp(index, true);
    }

    void MakePointToPoint(uint32_t index, OspfId area = OspfId())
    {
        MakeInterface(index, OspfNetworkType::POINT_TO_POINT, area);
    }

    void MakeLan(uint32_t index)
    {
        MakeInterface(index, OspfNetworkType::BROADCAST, OspfId());
    }

    OspfPacket Packet(OspfId from, OspfPacket::Body body, OspfId area = OspfId()) const
    {
        OspfPacket packet;
        packet.routerId = from;
        packet.areaId = area;
        packet.body = std::move(body);
        return packet;
    }

    /** \returns empty, or why the packet, or an LSA of it, was refused. */
    std::string Receive(uint32_t index, Ipv4Address source, const OspfPacket& packet)
    {
        m_dropped.clear();
        m_router->Receive(index, source, packet);
        return m_dropped;
    }

    std::string Receive(uint32_t index, OspfId from, Ipv4Address source, OspfPacket::Body body)
    {
        const OspfId area = GetInterface(index).GetConfig().area;
        return Receive(index, source, Packet(from, std::move(body), area));
    }

    void Hear(uint32_t index,
              OspfId from,
              Ipv4Address source,
              std::vector<OspfId> neighbors,
              Ipv4Address dr = Ipv4Address::GetAny(),
              Ipv4Address backup = Ipv4Address::GetAny())
    {
        OspfHello hello;
        hello.networkMask = Ipv4Mask("255.255.255.0");
        hello.options = m_options;
        hello.designatedRouter = dr;
        hello.backupDesignatedRouter = backup;
        hello.neighbors = std::move(neighbors);
        ASSERT_EQ(Receive(index, from, source, hello), "");
        Advance(0);
    }

    /** The neighbour, whose router id is higher, leads the exchange and offers \p headers. */
    void
    Describe(uint32_t index, OspfId from, Ipv4Address source, std::vector<OspfLsaHeader> headers)
    {
        OspfDatabaseDescription description;
        description.mtu = 1500;
        description.options = m_options;
        description.init = description.more = description.master = true;
        description.sequence = 100;
        ASSERT_EQ(Receive(index, from, source, description), "");
        description.init = description.more = false;
        description.sequence = 101;
        description.headers = std::move(headers);
        ASSERT_EQ(Receive(index, from, source, description), "");
        Advance(0);
    }

    /** Brings a neighbour to Full, on a point-to-point interface made if there is none. */
    void AddFull(uint32_t index,
                 OspfId from,
                 Ipv4Address source,
                 Ipv4Address dr = Ipv4Address::GetAny(),
                 Ipv4Address backup = Ipv4Address::GetAny(),
                 OspfId area = OspfId())
    {
        if (!m_router->GetInterfaces().count(index))
        {
            MakePointToPoint(index, area);
        }
        Hear(index, from, source, {SELF}, dr, backup);
        Describe(index, from, source, {});
        ASSERT_EQ(GetNeighbor(index, from).GetState(), OspfNeighborState::FULL);
        // Own LSAs that MinLSInterval held back go out too.
        AcknowledgeAll();
        Advance(6);
        AcknowledgeAll();
        Forget();
    }

    /** NEIGHBOR on interface 1 is Full. */
    void MakeFull()
    {
        AddFull(1, NEIGHBOR, Ip(1, 9));
    }

    /** NEIGHBOR on interface 1 has been asked for \p headers. */
    void MakeLoading(std::vector<OspfLsaHeader> headers)
    {
        MakePointToPoint(1);
        Hear(1, NEIGHBOR, Ip(1, 9), {SELF});
        Describe(1, NEIGHBOR, Ip(1, 9), std::move(headers));
        ASSERT_EQ(GetNeighbor(1, NEIGHBOR).GetState(), OspfNeighborState::LOADING);
        Forget();
    }

    std::string Update(uint32_t index, OspfId from, Ipv4Address source, std::vector<OspfLsa> lsas)
    {
        return Receive(index, from, source, OspfLinkStateUpdate{std::move(lsas)});
    }

    std::string Update(const OspfLsa& lsa)
    {
        return Update(1, NEIGHBOR, Ip(1, 9), {lsa});
    }

    void Ack(uint32_t index, OspfId from, Ipv4Address source, const OspfLsaHeader& header)
    {
        EXPECT_EQ(Receive(index, from, source, OspfLinkStateAck{{header}}), "");
    }

    /** All neighbours acknowledge all that was sent to them. */
    void AcknowledgeAll()
    {
        Advance(0);
        for (const Sent& one : m_sent)
        {
            one.seen = one.seen || std::holds_alternative<OspfLinkStateUpdate>(one.packet.body);
        }
        const std::vector<Sent> sent = m_sent;
        for (const Sent& one : sent)
        {
            const auto* update = std::get_if<OspfLinkStateUpdate>(&one.packet.body);
            if (!update)
            {
                continue;
            }
            for (const auto& [key, neighbor] : GetInterface(one.interface).GetNeighbors())
            {
                for (const OspfLsa& lsa : update->lsas)
                {
                    Ack(one.interface, neighbor->GetRouterId(), neighbor->GetAddress(), lsa.header);
                }
            }
        }
        Advance(0);
    }

    /** A router-LSA of a router without links; \p metric only makes its contents differ. */
    static OspfLsa Lsa(const char* from, int32_t sequence, uint16_t age = 0, uint16_t metric = 1)
    {
        OspfLsa lsa;
        lsa.header.age = age;
        lsa.header.options = OSPF_OPTION_E;
        lsa.header.type = static_cast<uint8_t>(OspfLsaType::ROUTER);
        lsa.header.linkStateId = OspfId(Ipv4Address(from));
        lsa.header.advertisingRouter = OspfId(Ipv4Address(from));
        lsa.header.sequence = sequence;
        OspfRouterLsa body;
        body.links = {
            {OspfId(0x0a090000), Ipv4Address("255.255.0.0"), OspfRouterLink::STUB, metric}};
        lsa.body = body.Encode();
        lsa.Seal();
        return lsa;
    }

    const OspfLsdbEntry* Find(const OspfLsaKey& key) const
    {
        return m_router->GetLsdb(OspfId(), key.type).Find(key);
    }

    /** \returns the router-LSA of \p id in the backbone. */
    const OspfLsdbEntry* Find(const char* id) const
    {
        return Find({OspfLsaType::ROUTER, OspfId(Ipv4Address(id)), OspfId(Ipv4Address(id))});
    }

    OspfInterface& GetInterface(uint32_t index)
    {
        return *m_router->GetInterfaces().at(index);
    }

    OspfNeighbor& GetNeighbor(uint32_t index, OspfId routerId)
    {
        for (const auto& [key, neighbor] : GetInterface(index).GetNeighbors())
        {
            if (neighbor->GetRouterId() == routerId)
            {
                return *neighbor;
            }
        }
        throw std::out_of_range("no such neighbour");
    }

    /** \returns the LSAs sent out of an interface since Forget. */
    std::vector<OspfLsa> Updates(uint32_t index) const
    {
        std::vector<OspfLsa> lsas;
        for (const Sent& one : m_sent)
        {
            const auto* update = std::get_if<OspfLinkStateUpdate>(&one.packet.body);
            if (update && one.interface == index)
            {
                one.seen = true;
                lsas.insert(lsas.end(), update->lsas.begin(), update->lsas.end());
            }
        }
        return lsas;
    }

    /** \returns the acknowledgements sent since Forget. */
    std::vector<OspfLsaHeader> Acks() const
    {
        std::vector<OspfLsaHeader> headers;
        for (const Sent& one : m_sent)
        {
            if (const auto* ack = std::get_if<OspfLinkStateAck>(&one.packet.body))
            {
                headers.insert(headers.end(), ack->headers.begin(), ack->headers.end());
                one.seen = true;
            }
        }
        return headers;
    }

    void Advance(double seconds)
    {
        m_clock.Advance(Seconds(seconds));
    }

    /** As Advance, while the neighbours go on saying hello. */
    void KeepAlive(double seconds)
    {
        for (; seconds > 0; seconds -= 10)
        {
            for (const auto& [index, interface] : m_router->GetInterfaces())
            {
                for (const auto& [key, neighbor] : interface->GetNeighbors())
                {
                    Hear(index,
                         neighbor->GetRouterId(),
                         neighbor->GetAddress(),
                         {SELF},
                         neighbor->designatedRouter,
                         neighbor->backupDesignatedRouter);
                }
            }
            Advance(std::min(seconds, 10.0));
        }
    }

    void Forget()
    {
        m_sent.clear();
        m_events.clear();
    }

    // OspfEnvironment
    ProtocolClock& GetClock() override
    {
        return m_clock;
    }

    ProtocolRandom& GetRandom() override
    {
        return m_random;
    }

    void Send(uint32_t interface, Ipv4Address destination, const OspfPacket& packet) override
    {
        m_sent.push_back({interface, destination, packet, false});
    }

    void ReportRoutes(const OspfRoutingTable&) override
    {
        ++m_calculations;
    }

    void ReportEvent(const std::string& event, const std::string& detail) override
    {
        m_events.push_back(event + ": " + detail);
    }

    void ReportDrop(const std::string& reason) override
    {
        m_dropped = reason;
    }

    FakeClock m_clock;
    FakeRandom m_random;
    OspfConfig m_config;
    std::vector<Sent> m_sent;
    std::vector<std::string> m_events;
    std::string m_dropped;
    int m_calculations{0};
    uint8_t m_options{OSPF_OPTION_E};
    std::unique_ptr<OspfInstance> m_router;
};

} // namespace ns3

#endif
