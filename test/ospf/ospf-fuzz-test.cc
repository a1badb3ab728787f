// SPDX-License-Identifier: GPL-2.0-only
// Any well-formed packet may come at any time, with any contents: the router lives, and what it
// holds stays readable.
#include "conformance/ospf-router.h"

#include "ns3/ospf-instance.h"

#include <map>
#include <random>
#include <utility>
#include <vector>

namespace ns3
{

class OspfFuzzTest : public OspfRouterTest
{
  protected:
    uint32_t Dice()
    {
        return static_cast<uint32_t>(m_dice());
    }

    /** \returns an address of few, so that packets refer to one another. */
    Ipv4Address AnyAddress()
    {
        static const char* const some[] = {"1.0.0.5",
                                           "1.0.0.9",
                                           "1.0.0.8",
                                           "10.0.1.5",
                                           "10.0.1.9",
                                           "10.0.2.8",
                                           "7.0.0.1",
                                           "0.0.0.0"};
        return Dice() % 9 == 0 ? Ipv4Address(Dice()) : Ipv4Address(some[Dice() % 8]);
    }

    /** \returns an id of few: addresses serve as ids, and ids as addresses. */
    OspfId AnyId()
    {
        return OspfId(AnyAddress());
    }

    OspfLsa AnyLsa()
    {
        OspfLsa lsa;
        lsa.header.age = Dice() % 5 == 0 ? Dice() % 65536 : Dice() % 3600;
        lsa.header.options = Dice() % 4 == 0 ? Dice() % 256 : OSPF_OPTION_E;
        lsa.header.type = Dice() % 20 == 0 ? Dice() % 256 : 1 + Dice() % 5;
        lsa.header.linkStateId = AnyId();
        if (lsa.header.linkStateId == SELF && Dice() % 20 != 0)
        {
            // Now and then only, or the router does nothing but outrun its own LSAs.
            lsa.header.linkStateId = OTHER;
        }
        lsa.header.advertisingRouter = lsa.header.type == 1 ? lsa.header.linkStateId : AnyId();
        lsa.header.sequence = static_cast<int32_t>(Dice() % 500 == 0 ? Dice() : ++m_sequence);
        lsa.body = AnyBody(lsa.header.type);
        lsa.Seal();
        return lsa;
    }

    std::vector<uint8_t> AnyBody(uint8_t type)
    {
        const OspfMask mask(Dice() % 5 == 0 ? Dice() : 0xffffff00);
        if (Dice() % 10 == 0)
        {
            return std::vector<uint8_t>(Dice() % 60, static_cast<uint8_t>(Dice()));
        }
        switch (type)
        {
        case 1: {
            OspfRouterLsa lsa;
            lsa.areaBorder = Dice() % 2;
            lsa.asBoundary = Dice() % 2;
            for (uint32_t links = Dice() % 5; links > 0; --links)
            {
                const auto linkType = static_cast<uint8_t>(Dice() % 5);
                lsa.links.push_back(
                    {Dice() % 2 == 0 ? SELF : AnyId(),
                     linkType == OspfRouterLink::STUB ? Ipv4Address(mask.Get()) : AnyAddress(),
                     linkType,
                     static_cast<uint16_t>(Dice() % 3)});
            }
            return lsa.Encode();
        }
        case 2: {
            OspfNetworkLsa lsa{mask, {}};
            for (uint32_t routers = Dice() % 4; routers > 0; --routers)
            {
                lsa.attachedRouters.push_back(AnyId());
            }
            return lsa.Encode();
        }
        case 5:
            return OspfExternalLsa{mask, Dice() % 2 == 0, Dice() % 300, AnyAddress(), 0}.Encode();
        default:
            return OspfSummaryLsa{mask, Dice() % 300}.Encode();
        }
    }

    OspfPacket::Body AnyPacket()
    {
        switch (Dice() % 60) // mostly updates: the others break the adjacency
        {
        case 0: {
            OspfHello hello;
            hello.networkMask = Ipv4Mask("255.255.255.0");
            hello.options = Dice() % 9 == 0 ? 0 : OSPF_OPTION_E;
            hello.priority = Dice() % 3;
            hello.designatedRouter = AnyAddress();
            hello.backupDesignatedRouter = AnyAddress();
            hello.neighbors = {Dice() % 9 == 0 ? AnyId() : SELF};
            return hello;
        }
        case 1: {
            OspfDatabaseDescription description;
            description.mtu = Dice() % 9 == 0 ? 9000 : 1500;
            description.options = OSPF_OPTION_E;
            description.init = Dice() % 3 == 0;
            description.more = Dice() % 2;
            description.master = Dice() % 2;
            description.sequence = Dice() % 4;
            for (uint32_t headers = Dice() % 4; headers > 0; --headers)
            {
                description.headers.push_back(AnyLsa().header);
            }
            return description;
        }
        case 2: {
            OspfLinkStateRequest request;
            request.items = {{Dice() % 7, AnyId(), AnyId()}};
            return request;
        }
        case 3:
            return OspfLinkStateAck{{AnyLsa().header, AnyLsa().header}};
        default: {
            OspfLinkStateUpdate update;
            for (uint32_t lsas = Dice() % 4; lsas > 0; --lsas)
            {
                update.lsas.push_back(AnyLsa());
            }
            return update;
        }
        }
    }

    /** Makes a neighbour Full again whatever has become of it. */
    void Revive(uint32_t index, OspfId from, Ipv4Address source)
    {
        OspfHello hello;
        hello.networkMask = Ipv4Mask("255.255.255.0");
        hello.options = OSPF_OPTION_E;
        hello.neighbors = {SELF};
        Receive(index, from, source, hello);
        OspfDatabaseDescription description;
        description.mtu = 1500;
        description.options = OSPF_OPTION_E;
        description.init = description.more = description.master = true;
        description.sequence = Dice();
        Receive(index, from, source, description); // a mismatch, if it was Full
        Receive(index, from, source, description);
        description.init = description.more = false;
        ++description.sequence;
        Receive(index, from, source, description);
        Advance(0);
    }

    /** \returns the LSAs that \p interface sends and receives. */
    std::vector<std::pair<OspfLsaHeader, uint32_t>> GetListable(const OspfInterface& interface)
    {
        std::vector<std::pair<OspfLsaHeader, uint32_t>> headers;
        const OspfLsdb& area = m_router->GetAreas().at(interface.GetConfig().area)->lsdb;
        for (const OspfLsdb* lsdb : {&area, &m_router->GetExternalLsdb()})
        {
            for (const auto& [key, entry] : lsdb->GetEntries())
            {
                headers.emplace_back(lsdb->GetHeader(entry), entry.GetMaxLists());
            }
        }
        return headers;
    }

    /** Each list has LSAs of the databases alone, which know on how many lists they may be. */
    void CheckLists()
    {
        std::map<const OspfArea*, std::map<OspfLsaKey, uint32_t>> counts;
        std::map<OspfLsaKey, uint32_t> externals;
        for (const auto& [index, interface] : m_router->GetInterfaces())
        {
            const OspfArea* area = m_router->GetAreas().at(interface->GetConfig().area).get();
            for (const auto& [id, neighbor] : interface->GetNeighbors())
            {
                std::size_t found = 0;
                for (const auto& [header, lists] : GetListable(*interface))
                {
                    const OspfLsaKey key = header.GetKey();
                    if (neighbor->IsOnRetransmissionList(key))
                    {
                        ++found;
                        uint32_t& count = key.type == OspfLsaType::AS_EXTERNAL ? externals[key]
                                                                               : counts[area][key];
                        ASSERT_LE(++count, lists) << key;
                    }
                }
                ASSERT_EQ(found, neighbor->GetRetransmissionListSize());
                m_listed += found;
            }
        }
    }

    /** A neighbour acknowledges all that it may have been sent. */
    void AcknowledgeDatabase(uint32_t index, OspfId from, Ipv4Address source)
    {
        OspfLinkStateAck ack;
        for (const auto& [header, lists] : GetListable(GetInterface(index)))
        {
            ack.headers.push_back(header);
        }
        Receive(index, from, source, ack);
    }

    std::mt19937 m_dice{5};
    std::size_t m_listed{0};
    uint32_t m_sequence{0};
};

TEST_F(OspfFuzzTest, AnyPacketAtAnyTime)
{
    MakeLan(1);
    MakePointToPoint(2);
    MakePointToPoint(3, OspfId(1));
    Advance(40);
    std::size_t full = 0;
    std::size_t routes = 0;
    for (int i = 0; i < 6000; ++i)
    {
        if (i % 30 == 0)
        {
            Revive(1, NEIGHBOR, Ip(1, 9));
            Revive(2, OTHER, Ip(2, 8));
            full += m_router->GetInterfaces().at(2)->GetNeighbors().size();
        }
        const uint32_t index = 1 + Dice() % 3;
        const bool lan = index == 1;
        Receive(index, lan ? NEIGHBOR : OTHER, lan ? Ip(1, 9) : Ip(index, 8), AnyPacket());
        Advance(Dice() % 100 == 0 ? 60.0 : (Dice() % 100) / 100.0);
        routes = std::max(routes, m_router->GetTable().networks.size());
        for (const auto& [prefix, route] : m_router->GetTable().networks)
        {
            ASSERT_TRUE(Ipv4Prefix::FromMask(prefix.GetAddress(), prefix.GetMask()));
            ASSERT_FALSE(route.path.nextHops.empty());
        }
        Forget();
    }
    EXPECT_GT(full, 100u);
    EXPECT_GT(routes, 3u) << "own networks alone";
    // Left in peace, it says again what is true of itself.
    m_router->SetInterfaceUp(1, false);
    Advance(100);
    const OspfLsaKey own{OspfLsaType::ROUTER, SELF, SELF};
    ASSERT_NE(Find(own), nullptr);
    OspfRouterLsa lsa;
    EXPECT_EQ(OspfRouterLsa::Decode(Find(own)->GetBody(), lsa), "");
    ASSERT_EQ(lsa.links.size(), 1u);
    EXPECT_EQ(lsa.links[0].id, OspfId(0x0a000200));
}

TEST_F(OspfFuzzTest, NoLsaIsOnMoreListsThanItsEntryCounts)
{
    MakeLan(1);
    MakePointToPoint(2);
    MakePointToPoint(3, OspfId(1));
    Advance(40);
    std::size_t emptied = 0;
    for (int i = 0; i < 3000; ++i)
    {
        if (i % 30 == 0)
        {
            Revive(1, NEIGHBOR, Ip(1, 9));
            Revive(2, OTHER, Ip(2, 8));
            Revive(3, OTHER, Ip(3, 8));
        }
        const uint32_t index = 1 + Dice() % 3;
        const bool lan = index == 1;
        const OspfId from = lan ? NEIGHBOR : OTHER;
        const Ipv4Address source = lan ? Ip(1, 9) : Ip(index, 8);
        if (Dice() % 10 == 0)
        {
            AcknowledgeDatabase(index, from, source);
            const auto& neighbors = GetInterface(index).GetNeighbors();
            const bool isFull = !neighbors.empty() &&
                                neighbors.begin()->second->GetState() == OspfNeighborState::FULL;
            ASSERT_TRUE(!isFull || neighbors.begin()->second->GetRetransmissionListSize() == 0);
            emptied += isFull ? 1 : 0;
        }
        else
        {
            Receive(index, from, source, AnyPacket());
        }
        Advance(Dice() % 100 == 0 ? 60.0 : (Dice() % 100) / 100.0);
        ASSERT_NO_FATAL_FAILURE(CheckLists());
        Forget();
    }
    EXPECT_GT(emptied, 30u);
    EXPECT_GT(m_listed, 1000u);
}

} // namespace ns3
