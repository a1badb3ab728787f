// SPDX-License-Identifier: GPL-2.0-only
// Several areas, stub areas, routes from outside, in the simulator.
#include "ospf-lab.h"

namespace ns3
{

/**
 *   0 --1-- 1 --2-- 2 --3-- 3      networks 1, 7: area 1; 2: backbone; 3, 8: area 2
 *   |7                      |8     routers 1 and 2 are area border routers
 */
class OspfAreaTest : public OspfLab
{
  protected:
    const OspfId m_area1{1};
    const OspfId m_area2{2};

    void MakeAreas()
    {
        MakeRouters(4);
        PointToPoint(1, 0, 1);
        PointToPoint(2, 1, 2);
        PointToPoint(3, 2, 3);
        Lan(7, {0});
        Lan(8, {3});
        SetArea(0, 1, m_area1);
        SetArea(1, 1, m_area1);
        SetArea(0, 7, m_area1);
        SetArea(2, 3, m_area2);
        SetArea(3, 3, m_area2);
        SetArea(3, 8, m_area2);
    }

    static Ipv4Prefix Net(uint32_t network)
    {
        return {0x0a000000 | network << 8, 24};
    }

    void SetArea(std::size_t router, uint32_t network, OspfId area)
    {
        OspfInterfaceSettings settings = Ospf(router)->GetInterfaceSettings(If(router, network));
        settings.area = area;
        Set(router, network, settings);
    }

    void MakeStub(OspfId area, const std::vector<std::size_t>& routers, bool summaries)
    {
        OspfAreaConfig config;
        config.id = area;
        config.stub = true;
        config.importSummaries = summaries;
        config.stubDefaultCost = 5;
        for (std::size_t router : routers)
        {
            Ospf(router)->ConfigureArea(config);
        }
    }

    void AddOutside(std::size_t router, const char* prefix, bool type2, uint32_t metric)
    {
        OspfExternalRoute route;
        route.prefix = Ipv4Prefix(Ipv4Address(prefix), 16);
        route.type2 = type2;
        route.metric = metric;
        Ospf(router)->AddExternalRoute(route);
    }

    std::string WayTo(std::size_t router, const char* address) const
    {
        return Describe(Ospf(router)->Lookup(Ipv4Address(address)));
    }

    std::size_t CountLsas(std::size_t router, OspfId area, OspfLsaType type) const
    {
        std::size_t count = 0;
        const auto& entries = Ospf(router)->GetInstance().GetLsdb(area, type).GetEntries();
        for (const auto& [key, entry] : entries)
        {
            count += key.type == type;
        }
        return count;
    }
};

TEST_F(OspfAreaTest, BorderRoutersTellTheOtherAreas)
{
    MakeAreas();
    RunUntil(60);
    EXPECT_EQ(Way(0, 8), "4: 10.0.1.2");
    EXPECT_EQ(Way(0, 2), "2: 10.0.1.2");
    EXPECT_EQ(Way(3, 7), "4: 10.0.3.3");
    EXPECT_EQ(Way(1, 8), "3: 10.0.2.3");
    EXPECT_TRUE(Ospf(1)->GetInstance().GetTables().IsAreaBorderRouter());
    EXPECT_FALSE(Ospf(0)->GetInstance().GetTables().IsAreaBorderRouter());
    EXPECT_EQ(CountLsas(0, m_area1, OspfLsaType::ROUTER), 2u);
    EXPECT_EQ(CountLsas(0, m_area1, OspfLsaType::SUMMARY_NETWORK), 3u);
    EXPECT_EQ(Drops(), "");
    ExpectSameDatabases({0, 1}, m_area1);
    ExpectSameDatabases({1, 2}, OspfId());
}

TEST_F(OspfAreaTest, SummariesOfALostNetworkAreFlushed)
{
    MakeAreas();
    RunUntil(60);
    SetLink(8, false);
    RunUntil(70);
    EXPECT_EQ(Way(0, 8), "none");
    EXPECT_EQ(CountLsas(0, m_area1, OspfLsaType::SUMMARY_NETWORK), 2u);
    SetLink(8, true);
    RunUntil(80);
    EXPECT_EQ(Way(0, 8), "4: 10.0.1.2");
}

TEST_F(OspfAreaTest, ExternalRoutesAndSummariesOfTheirBoundaryRouter)
{
    MakeAreas();
    AddOutside(3, "172.16.0.0", true, 20);
    AddOutside(3, "172.17.0.0", false, 20);
    RunUntil(60);
    EXPECT_EQ(WayTo(2, "172.16.1.1"), "20: 10.0.3.4");
    EXPECT_EQ(WayTo(0, "172.16.1.1"), "20: 10.0.1.2");
    EXPECT_EQ(WayTo(0, "172.17.1.1"), "23: 10.0.1.2");
    EXPECT_EQ(CountLsas(0, m_area1, OspfLsaType::SUMMARY_ASBR), 1u);
    EXPECT_EQ(CountLsas(1, OspfId(), OspfLsaType::SUMMARY_ASBR), 1u);
    EXPECT_EQ(CountLsas(3, m_area2, OspfLsaType::SUMMARY_ASBR), 0u);
    Ospf(3)->RemoveExternalRoute(Ipv4Prefix(Ipv4Address("172.16.0.0"), 16));
    RunUntil(70);
    EXPECT_EQ(WayTo(0, "172.16.1.1"), "none");
    EXPECT_EQ(WayTo(0, "172.17.1.1"), "23: 10.0.1.2");
    Ospf(3)->RemoveExternalRoute(Ipv4Prefix(Ipv4Address("172.17.0.0"), 16));
    RunUntil(80);
    EXPECT_EQ(CountLsas(0, m_area1, OspfLsaType::SUMMARY_ASBR), 0u);
    EXPECT_EQ(Drops(), "");
}

TEST_F(OspfAreaTest, TheTableHasWhatIsInTheAreasAndBeyond)
{
    MakeAreas();
    AddOutside(3, "172.16.0.0", true, 20);
    AddOutside(3, "172.17.0.0", false, 20);
    RunUntil(60);
    using P = OspfPathType;
    const std::map<Ipv4Prefix, P> expected[] = {
        {{Net(1), P::INTRA_AREA}, {Net(7), P::INTRA_AREA}, {Net(2), P::INTER_AREA}},
        {{Net(1), P::INTRA_AREA}, {Net(2), P::INTRA_AREA}, {Net(7), P::INTRA_AREA}},
        {{Net(2), P::INTRA_AREA}, {Net(3), P::INTRA_AREA}, {Net(8), P::INTRA_AREA}},
        {{Net(3), P::INTRA_AREA}, {Net(8), P::INTRA_AREA}, {Net(2), P::INTER_AREA}},
    };
    for (std::size_t router = 0; router < 4; ++router)
    {
        const OspfRoutingTable table = Ospf(router)->GetInstance().GetTable();
        for (const auto& [prefix, type] : expected[router])
        {
            EXPECT_EQ(table.networks.at(prefix).type, type) << router << ' ' << prefix.ToString();
        }
        const bool own = router == 3;
        const auto type1 = table.networks.find({Ipv4Address("172.17.0.0"), 16});
        ASSERT_EQ(type1 == table.networks.end(), own);
        EXPECT_TRUE(own || type1->second.type == P::TYPE_1_EXTERNAL);
        EXPECT_EQ(table.networks.size(), own ? 5u : 7u);
        // What forwards is what the table says, but for connected networks.
        for (const UnicastRoute& route : Ospf(router)->GetRoutes())
        {
            const OspfRoute& from = table.networks.at(route.prefix);
            EXPECT_EQ(from.GetMetric(), route.metric);
            EXPECT_EQ(from.path.nextHops, route.nextHops);
        }
    }
}

TEST_F(OspfAreaTest, StubAreaHasADefaultRouteInsteadOfExternalOnes)
{
    MakeAreas();
    MakeStub(m_area1, {0, 1}, true);
    AddOutside(3, "172.16.0.0", true, 20);
    RunUntil(60);
    EXPECT_EQ(Way(0, 8), "4: 10.0.1.2");
    EXPECT_EQ(WayTo(0, "172.16.1.1"), "6: 10.0.1.2");
    EXPECT_TRUE(Ospf(0)->GetInstance().GetExternalLsdb().GetEntries().empty());
    EXPECT_EQ(CountLsas(0, m_area1, OspfLsaType::SUMMARY_ASBR), 0u);
    EXPECT_EQ(WayTo(1, "172.16.1.1"), "20: 10.0.2.3");
    EXPECT_EQ(Drops(), "");
}

TEST_F(OspfAreaTest, StubAreaWithoutSummariesHasTheDefaultRouteAlone)
{
    MakeAreas();
    MakeStub(m_area1, {0, 1}, false);
    RunUntil(60);
    EXPECT_EQ(Way(0, 8), "6: 10.0.1.2");
    EXPECT_EQ(CountLsas(0, m_area1, OspfLsaType::SUMMARY_NETWORK), 1u);
    EXPECT_EQ(Way(3, 7), "4: 10.0.3.3");
}

TEST_F(OspfAreaTest, StubAndPlainNeighborsDoNotAgree)
{
    MakeAreas();
    MakeStub(m_area1, {0}, true);
    RunUntil(60);
    EXPECT_EQ(Way(0, 8), "none");
    EXPECT_GT(m_drops["wrong-options"], 0u);
}

TEST_F(OspfAreaTest, AddressRangeStandsForItsNetworks)
{
    MakeAreas();
    Lan(9, {3});
    SetArea(3, 9, m_area2);
    OspfAreaConfig config;
    config.id = m_area2;
    config.ranges = {{Ipv4Prefix(Ipv4Address("10.0.8.0"), 23), true},
                     {Ipv4Prefix(Ipv4Address("10.0.3.0"), 24), false}};
    Ospf(2)->ConfigureArea(config);
    Ospf(3)->SetInterfaceCost(If(3, 9), 7);
    RunUntil(60);
    EXPECT_EQ(Way(1, 8), "9: 10.0.2.3") << "the range costs as its farthest network";
    EXPECT_EQ(Way(1, 8), Way(1, 9));
    EXPECT_EQ(Way(1, 3), "none") << "hidden";
    EXPECT_EQ(CountLsas(1, OspfId(), OspfLsaType::SUMMARY_NETWORK), 3u);
}

TEST_F(OspfAreaTest, IntraAreaBeatsInterAreaWhateverItCosts)
{
    // A ring 0-1-2 of area 1, with 1 and 2 also joined over the backbone at no cost to speak of.
    MakeRouters(3);
    PointToPoint(1, 0, 1);
    PointToPoint(2, 1, 2);
    PointToPoint(3, 2, 0);
    Lan(9, {2});
    for (const auto& [router, network] :
         std::vector<std::pair<std::size_t, uint32_t>>{{0, 1}, {1, 1}, {2, 3}, {0, 3}, {2, 9}})
    {
        SetArea(router, network, m_area1);
    }
    Ospf(0)->SetInterfaceCost(If(0, 3), 50);
    RunUntil(60);
    EXPECT_EQ(Way(0, 9), "51: 10.0.3.3");
}

} // namespace ns3
