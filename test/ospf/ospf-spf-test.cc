// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §16 on small databases made by hand.
#include "support/fake-clock.h"

#include "ns3/ospf-origination.h"
#include "ns3/ospf-routes.h"

#include <gtest/gtest.h>

#include <sstream>

namespace ns3
{

namespace
{

const Ipv4Mask MASK24("255.255.255.0");

OspfId
Id(uint32_t n)
{
    return OspfId(0x01000000 + n);
}

/** 10.0.NETWORK.HOST */
Ipv4Address
Ip(uint32_t network, uint32_t host)
{
    return Ipv4Address(0x0a000000 + (network << 8) + host);
}

} // namespace

class Ospf2328Spf : public ::testing::Test
{
  protected:
    using Links = std::vector<OspfRouterLink>;

    Ospf2328Spf()
        : m_lsdb(m_clock, m_config, [](const OspfLsaKey&) {}),
          m_externals(m_clock, m_config, [](const OspfLsaKey&) {})
    {
    }

    static OspfRouterLink ToRouter(uint32_t router, Ipv4Address own, uint16_t metric)
    {
        return {Id(router), own, OspfRouterLink::POINT_TO_POINT, metric};
    }

    static OspfRouterLink ToLan(Ipv4Address dr, Ipv4Address own, uint16_t metric)
    {
        return {OspfId(dr), own, OspfRouterLink::TRANSIT, metric};
    }

    static OspfRouterLink Stub(uint32_t network, uint16_t metric)
    {
        return {OspfId(Ip(network, 0)), Ipv4Address(MASK24.Get()), OspfRouterLink::STUB, metric};
    }

    void Add(OspfLsdb& lsdb,
             OspfLsaType type,
             OspfId id,
             OspfId from,
             std::vector<uint8_t> body,
             uint16_t age = 0)
    {
        OspfLsa lsa;
        lsa.header.type = static_cast<uint8_t>(type);
        lsa.header.linkStateId = id;
        lsa.header.advertisingRouter = from;
        lsa.header.age = age;
        lsa.body = std::move(body);
        lsa.Seal();
        lsdb.Install(lsa, true, false);
    }

    void Router(uint32_t router, const Links& links, bool border = false, bool boundary = false)
    {
        OspfRouterLsa lsa;
        lsa.areaBorder = border;
        lsa.asBoundary = boundary;
        lsa.links = links;
        Add(m_lsdb, OspfLsaType::ROUTER, Id(router), Id(router), lsa.Encode());
    }

    void Lan(Ipv4Address dr, uint32_t drRouter, const std::vector<uint32_t>& routers)
    {
        OspfNetworkLsa lsa{MASK24, {}};
        for (uint32_t router : routers)
        {
            lsa.attachedRouters.push_back(Id(router));
        }
        Add(m_lsdb, OspfLsaType::NETWORK, OspfId(dr), Id(drRouter), lsa.Encode());
    }

    void Local(uint32_t interface, Ipv4Address address, uint32_t neighbor = 0, uint32_t host = 0)
    {
        OspfLocalLink link;
        link.interface = interface;
        link.address = address;
        if (neighbor != 0)
        {
            link.neighborId = Id(neighbor);
            link.neighborAddress = Ipv4Address((address.Get() & ~0xffU) + host);
        }
        m_links.push_back(link);
    }

    OspfAreaRoutes Calculate()
    {
        return CalculateOspfArea(m_lsdb, Id(1), m_links);
    }

    OspfRoutingTable Table(uint32_t attachedAreas = 1)
    {
        m_routes = Calculate();
        std::vector<OspfAreaView> views{{OspfId(), &m_lsdb, &m_routes}};
        const OspfLsdb empty(m_clock, m_config, [](const OspfLsaKey&) {});
        const OspfAreaRoutes none;
        if (attachedAreas > 1)
        {
            views.push_back({OspfId(1), &empty, &none});
        }
        return CalculateOspfRoutes(Id(1), views, m_externals, m_config);
    }

    static std::string Print(const OspfPath& path)
    {
        std::ostringstream os;
        os << path.cost << ':';
        for (const UnicastNextHop& hop : path.nextHops)
        {
            os << ' ' << hop.gateway << '@' << hop.interface;
        }
        return os.str();
    }

    static std::string Way(const OspfAreaRoutes& routes, uint32_t network)
    {
        auto it = routes.networks.find(Ipv4Prefix(Ip(network, 0), 24));
        return it == routes.networks.end() ? "none" : Print(it->second);
    }

    static std::string Way(const OspfRoutingTable& table, Ipv4Address prefix, Ipv4Mask mask)
    {
        auto it = table.networks.find(Ipv4Prefix::FromMask(prefix, mask).value());
        return it == table.networks.end() ? "none" : Print(it->second.path);
    }

    /** Two ways of equal cost from 1 over 2 and 3 to 4, all point-to-point. */
    void MakeDiamond()
    {
        Local(1, Ip(12, 1), 2, 2);
        Local(2, Ip(13, 1), 3, 3);
        Router(1, {ToRouter(2, Ip(12, 1), 1), Stub(12, 1), ToRouter(3, Ip(13, 1), 1), Stub(13, 1)});
        Router(2, {ToRouter(1, Ip(12, 2), 1), Stub(12, 1), ToRouter(4, Ip(24, 2), 1), Stub(24, 1)});
        Router(3, {ToRouter(1, Ip(13, 3), 1), Stub(13, 1), ToRouter(4, Ip(34, 3), 1), Stub(34, 1)});
        Router(4,
               {ToRouter(2, Ip(24, 4), 1),
                Stub(24, 1),
                ToRouter(3, Ip(34, 4), 1),
                Stub(34, 1),
                Stub(9, 5)},
               false,
               true);
    }

    FakeClock m_clock;
    OspfConfig m_config;
    OspfLsdb m_lsdb;
    OspfLsdb m_externals;
    OspfAreaRoutes m_routes;
    std::vector<OspfLocalLink> m_links;
};

TEST_F(Ospf2328Spf, S16_1_EqualCostPathsAreKept)
{
    MakeDiamond();
    const OspfAreaRoutes routes = Calculate();
    EXPECT_EQ(Way(routes, 9), "7: 10.0.12.2@1 10.0.13.3@2");
    EXPECT_EQ(Way(routes, 24), "2: 10.0.12.2@1");
    EXPECT_EQ(Way(routes, 12), "1: 0.0.0.0@1");
    EXPECT_EQ(Print(routes.routers.at(Id(4)).path), "2: 10.0.12.2@1 10.0.13.3@2");
    EXPECT_TRUE(routes.routers.at(Id(4)).asBoundary);
}

TEST_F(Ospf2328Spf, S16_1_LinksMustBeAdvertisedFromBothEnds)
{
    MakeDiamond();
    Router(2, {Stub(12, 1), Stub(24, 1)});
    EXPECT_EQ(Way(Calculate(), 9), "7: 10.0.13.3@2");
    EXPECT_EQ(Way(Calculate(), 24), "3: 10.0.13.3@2");
}

TEST_F(Ospf2328Spf, S16_1_UnreachableAndAgedAreLeftOut)
{
    MakeDiamond();
    Router(7, {ToRouter(8, Ip(78, 7), 1), Stub(78, 1)});
    Router(8, {ToRouter(7, Ip(78, 8), 1), Stub(78, 1)});
    EXPECT_EQ(Way(Calculate(), 78), "none");
    OspfLsa aged = m_lsdb.Find({OspfLsaType::ROUTER, Id(3), Id(3)})->GetLsa();
    aged.header.age = 3600;
    m_lsdb.Install(aged, true, false);
    EXPECT_EQ(Way(Calculate(), 9), "7: 10.0.12.2@1");
}

TEST_F(Ospf2328Spf, S16_1_LanOfFour)
{
    Local(1, Ip(1, 1));
    Router(1, {ToLan(Ip(1, 4), Ip(1, 1), 10)});
    Router(2, {ToLan(Ip(1, 4), Ip(1, 2), 10), Stub(2, 3)});
    Router(3, {ToLan(Ip(1, 4), Ip(1, 3), 10), Stub(2, 3)});
    Router(4, {ToLan(Ip(1, 4), Ip(1, 4), 10), Stub(4, 1)});
    Lan(Ip(1, 4), 4, {1, 2, 3, 4});
    const OspfAreaRoutes routes = Calculate();
    EXPECT_EQ(Way(routes, 1), "10: 0.0.0.0@1");
    EXPECT_EQ(Way(routes, 4), "11: 10.0.1.4@1");
    EXPECT_EQ(Way(routes, 2), "13: 10.0.1.2@1 10.0.1.3@1");
}

TEST_F(Ospf2328Spf, S16_1_RouterNotInTheNetworkLsaIsNotReached)
{
    Local(1, Ip(1, 1));
    Router(1, {ToLan(Ip(1, 4), Ip(1, 1), 10)});
    Router(2, {ToLan(Ip(1, 4), Ip(1, 2), 10), Stub(2, 3)});
    Router(4, {ToLan(Ip(1, 4), Ip(1, 4), 10)});
    Lan(Ip(1, 4), 4, {1, 4});
    EXPECT_EQ(Way(Calculate(), 2), "none");
}

TEST_F(Ospf2328Spf, S16_1_NetworksBeforeRoutersOfEqualCost)
{
    // Router 3 lies at 2 over the LAN and over the link of cost 2: both ways count.
    Local(1, Ip(1, 1));
    Local(2, Ip(13, 1), 3, 3);
    Router(1, {ToLan(Ip(1, 3), Ip(1, 1), 2), ToRouter(3, Ip(13, 1), 2)});
    Router(3, {ToLan(Ip(1, 3), Ip(1, 3), 1), ToRouter(1, Ip(13, 3), 1), Stub(9, 1)});
    Lan(Ip(1, 3), 3, {1, 3});
    EXPECT_EQ(Way(Calculate(), 9), "3: 10.0.1.3@1 10.0.13.3@2");
}

TEST_F(Ospf2328Spf, ParallelLinksAreTwoNextHops)
{
    Local(1, Ip(1, 1), 2, 2);
    Local(2, Ip(2, 1), 2, 2);
    Router(1, {ToRouter(2, Ip(1, 1), 1), ToRouter(2, Ip(2, 1), 1)});
    Router(2, {ToRouter(1, Ip(1, 2), 1), ToRouter(1, Ip(2, 2), 1), Stub(9, 1)});
    EXPECT_EQ(Way(Calculate(), 9), "2: 10.0.1.2@1 10.0.2.2@2");
}

TEST_F(Ospf2328Spf, ALinkOfCostZeroIsFollowed)
{
    Local(1, Ip(12, 1), 2, 2);
    Router(1, {ToRouter(2, Ip(12, 1), 1)});
    Router(2, {ToRouter(1, Ip(12, 2), 1), ToLan(Ip(1, 3), Ip(1, 2), 0)});
    Router(3, {ToLan(Ip(1, 3), Ip(1, 3), 0), Stub(9, 1)});
    Lan(Ip(1, 3), 3, {2, 3});
    EXPECT_EQ(Way(Calculate(), 9), "2: 10.0.12.2@1");
}

TEST_F(Ospf2328Spf, ALocalLinkThatIsDownIsNotUsedWhateverTheLsaSays)
{
    MakeDiamond();
    m_links.erase(m_links.begin());
    EXPECT_EQ(Way(Calculate(), 9), "7: 10.0.13.3@2");
    m_links.clear();
    EXPECT_EQ(Way(Calculate(), 9), "none");
}

TEST_F(Ospf2328Spf, NoOwnRouterLsaNoRoutes)
{
    EXPECT_TRUE(Calculate().networks.empty());
}

TEST_F(Ospf2328Spf, S16_2_SummariesOfBorderRouters)
{
    MakeDiamond();
    Router(
        2, {ToRouter(1, Ip(12, 2), 1), Stub(12, 1), ToRouter(4, Ip(24, 2), 1), Stub(24, 1)}, true);
    const auto summary = [this](uint32_t network, uint32_t from, uint32_t metric) {
        Add(m_lsdb,
            OspfLsaType::SUMMARY_NETWORK,
            OspfId(Ip(network, 0)),
            Id(from),
            OspfSummaryLsa{MASK24, metric}.Encode());
    };
    summary(50, 2, 7);
    summary(51, 3, 7);                // not a border router
    summary(52, 2, OSPF_LS_INFINITY); // unreachable
    summary(9, 2, 1);                 // an intra-area route wins whatever it costs
    const OspfRoutingTable table = Table();
    EXPECT_EQ(Way(table, Ip(50, 0), MASK24), "8: 10.0.12.2@1");
    EXPECT_EQ(table.networks.at(Ipv4Prefix(Ip(50, 0), 24)).type, OspfPathType::INTER_AREA);
    EXPECT_EQ(Way(table, Ip(51, 0), MASK24), "none");
    EXPECT_EQ(Way(table, Ip(52, 0), MASK24), "none");
    EXPECT_EQ(Way(table, Ip(9, 0), MASK24), "7: 10.0.12.2@1 10.0.13.3@2");
    // A border router itself reads the summaries of the backbone, which this area is.
    EXPECT_EQ(Way(Table(2), Ip(50, 0), MASK24), "8: 10.0.12.2@1");
}

TEST_F(Ospf2328Spf, S16_4_ExternalRoutes)
{
    MakeDiamond();
    Router(2,
           {ToRouter(1, Ip(12, 2), 1), Stub(12, 1), ToRouter(4, Ip(24, 2), 1), Stub(24, 1)},
           false,
           true);
    const auto external =
        [this](uint32_t network, uint32_t from, bool type2, uint32_t metric, Ipv4Address forward) {
            Add(m_externals,
                OspfLsaType::AS_EXTERNAL,
                OspfId(Ip(network, 0)),
                Id(from),
                OspfExternalLsa{MASK24, type2, metric, forward, 0}.Encode());
        };
    const Ipv4Address none = Ipv4Address::GetAny();
    external(60, 4, true, 20, none);
    external(60, 2, true, 30, none); // a greater Type 2 cost loses, near as it is
    external(61, 4, true, 20, none);
    external(61, 2, true, 20, none); // same Type 2 cost: the nearer boundary router wins
    external(62, 4, true, 1, none);
    external(62, 2, false, 900, none);      // Type 1 wins over Type 2
    external(63, 4, false, 3, Ip(34, 77));  // by its forwarding address
    external(64, 4, false, 3, Ip(200, 77)); // forwarding address unknown
    external(65, 3, true, 3, none);         // not a boundary router
    external(9, 4, false, 1, none);         // an internal route wins
    const OspfRoutingTable table = Table();
    EXPECT_EQ(Way(table, Ip(60, 0), MASK24), "2: 10.0.12.2@1 10.0.13.3@2");
    EXPECT_EQ(table.networks.at(Ipv4Prefix(Ip(60, 0), 24)).GetMetric(), 20u);
    EXPECT_EQ(Way(table, Ip(61, 0), MASK24), "1: 10.0.12.2@1");
    EXPECT_EQ(Way(table, Ip(62, 0), MASK24), "901: 10.0.12.2@1");
    EXPECT_EQ(Way(table, Ip(63, 0), MASK24), "5: 10.0.13.3@2");
    EXPECT_EQ(Way(table, Ip(64, 0), MASK24), "none");
    EXPECT_EQ(Way(table, Ip(65, 0), MASK24), "none");
    EXPECT_EQ(Way(table, Ip(9, 0), MASK24), "7: 10.0.12.2@1 10.0.13.3@2");
}

TEST_F(Ospf2328Spf, MaxPathsKeepsTheLowestNextHops)
{
    MakeDiamond();
    m_config.maxPaths = 1;
    EXPECT_EQ(Way(Table(), Ip(9, 0), MASK24), "7: 10.0.12.2@1");
}

TEST(Ospf2328LinkStateIds, AppendixE_HostBitsTellMasksApart)
{
    const Ipv4Prefix wide(Ipv4Address("10.0.0.0"), 8);
    const Ipv4Prefix narrow(Ipv4Address("10.0.0.0"), 16);
    const Ipv4Prefix other(Ipv4Address("11.0.0.0"), 8);
    auto ids = AssignOspfLinkStateIds({wide, narrow, other});
    EXPECT_EQ(ids.at(wide), OspfId(Ipv4Address("10.0.0.0")));
    EXPECT_EQ(ids.at(narrow), OspfId(Ipv4Address("10.0.255.255")));
    EXPECT_EQ(ids.at(other), OspfId(Ipv4Address("11.0.0.0")));
    const Ipv4Prefix host = Ipv4Prefix::Host(Ipv4Address("10.0.0.0"));
    ids = AssignOspfLinkStateIds({wide, host});
    EXPECT_EQ(ids.at(host), OspfId(Ipv4Address("10.0.0.0")));
    EXPECT_EQ(ids.at(wide), OspfId(Ipv4Address("10.255.255.255")));
}

} // namespace ns3
