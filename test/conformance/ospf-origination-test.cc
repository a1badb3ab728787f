// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §12.1.6, §12.4, §13.4, §14.1 and the throttle of §16: what one router says of itself.
#include "ospf-router.h"

#include <algorithm>
#include <sstream>

namespace ns3
{

class Ospf2328Origination : public OspfRouterTest
{
  protected:
    OspfLsaKey OwnKey() const
    {
        return {OspfLsaType::ROUTER, SELF, SELF};
    }

    int32_t OwnSequence() const
    {
        return Find(OwnKey())->GetHeader().sequence;
    }

    /** \returns "TYPE id/data cost" of each link of the own router-LSA. */
    std::string OwnLinks(OspfId area = OspfId()) const
    {
        OspfRouterLsa lsa;
        const OspfLsdbEntry* entry = m_router->GetLsdb(area, OspfLsaType::ROUTER).Find(OwnKey());
        EXPECT_EQ(OspfRouterLsa::Decode(entry->GetBody(), lsa), "");
        std::ostringstream os;
        for (const OspfRouterLink& link : lsa.links)
        {
            os << (os.tellp() > 0 ? ", " : "") << unsigned(link.type) << ' ' << link.id << '/'
               << link.data << ' ' << link.metric;
        }
        return os.str();
    }

    /** An LSA of this router's past life. */
    OspfLsa OldOwn(int32_t sequence, uint16_t metric = 77) const
    {
        return Lsa("1.0.0.5", sequence, 10, metric);
    }

    OspfExternalRoute Outside() const
    {
        OspfExternalRoute route;
        route.prefix = Ipv4Prefix(0xac100000, 16);
        return route;
    }

    const OspfLsdbEntry* FindOutside() const
    {
        return Find({OspfLsaType::AS_EXTERNAL, OspfId(0xac100000), SELF});
    }
};

// §12.4.1: router-LSAs

TEST_F(Ospf2328Origination, S12_4_1_InterfaceWithoutNeighborsIsAStub)
{
    MakePointToPoint(1);
    MakeLan(2);
    Advance(0);
    EXPECT_EQ(OwnLinks(), "3 10.0.1.0/255.255.255.0 1, 3 10.0.2.0/255.255.255.0 1");
    EXPECT_EQ(OwnSequence(), OSPF_INITIAL_SEQUENCE_NUMBER);
    Advance(40);
    EXPECT_EQ(OwnLinks(), "3 10.0.1.0/255.255.255.0 1, 3 10.0.2.0/255.255.255.0 1");
}

TEST_F(Ospf2328Origination, S12_4_1_1_PointToPointLinks)
{
    MakeFull();
    EXPECT_EQ(OwnLinks(), "1 1.0.0.9/10.0.1.5 1, 3 10.0.1.0/255.255.255.0 1");
    GetNeighbor(1, NEIGHBOR).HandleEvent(OspfNeighborEvent::ONE_WAY_RECEIVED);
    Advance(5);
    EXPECT_EQ(OwnLinks(), "3 10.0.1.0/255.255.255.0 1");
}

TEST_F(Ospf2328Origination, S12_4_1_2_TransitLinkWhenFullWithTheDesignatedRouter)
{
    MakeLan(1);
    Hear(1, NEIGHBOR, Ip(1, 9), {SELF}, Ip(1, 9));
    Advance(6);
    EXPECT_EQ(OwnLinks(), "3 10.0.1.0/255.255.255.0 1") << "not yet Full";
    AddFull(1, NEIGHBOR, Ip(1, 9), Ip(1, 9), Ip(1, 5));
    EXPECT_EQ(OwnLinks(), "2 10.0.1.9/10.0.1.5 1");
}

TEST_F(Ospf2328Origination, S12_4_1_2_TransitLinkOfTheDesignatedRouterItself)
{
    MakeLan(1);
    Advance(40);
    EXPECT_EQ(OwnLinks(), "3 10.0.1.0/255.255.255.0 1");
    AddFull(1, NEIGHBOR, Ip(1, 9));
    EXPECT_EQ(OwnLinks(), "2 10.0.1.5/10.0.1.5 1");
}

TEST_F(Ospf2328Origination, S12_4_1_LoopbacksAreHostRoutesOrTheirPrefixes)
{
    OspfInterfaceConfig config;
    config.index = 7;
    config.address = Ipv4Address("10.255.0.1");
    config.mask = Ipv4Mask::GetOnes();
    config.type = OspfNetworkType::LOOPBACK;
    config.cost = 0;
    config.loopback = {Ipv4Prefix(0x0aff0001, 32), Ipv4Prefix(0x0afe0001, 30)};
    m_router->AddInterface(config);
    m_router->SetInterfaceUp(7, true);
    Advance(30);
    EXPECT_EQ(GetInterface(7).GetState(), OspfInterfaceState::LOOPBACK);
    EXPECT_EQ(OwnLinks(), "3 10.255.0.1/255.255.255.255 0, 3 10.254.0.0/255.255.255.252 0");
    m_router->SetInterfaceUp(7, false);
    Advance(6);
    EXPECT_EQ(OwnLinks(), "");
}

TEST_F(Ospf2328Origination, S12_4_1_1_UnnumberedLinksHaveTheirIfIndex)
{
    OspfInterfaceConfig config;
    config.index = 1;
    config.address = Ipv4Address("10.255.0.1");
    config.mask = Ipv4Mask::GetOnes();
    config.type = OspfNetworkType::POINT_TO_POINT;
    config.unnumbered = true;
    m_router->AddInterface(config);
    m_router->SetInterfaceUp(1, true);
    Advance(0);
    EXPECT_EQ(OwnLinks(), "") << "no network, no stub";
    AddFull(1, NEIGHBOR, Ipv4Address("10.255.0.2"));
    EXPECT_EQ(OwnLinks(), "1 1.0.0.9/0.0.0.1 1");
    OspfLsa other = Lsa("1.0.0.9", 1, 0, 5);
    OspfRouterLsa body;
    body.links = {{SELF, Ipv4Address(3), OspfRouterLink::POINT_TO_POINT, 1},
                  {OspfId(0x0aff0002), Ipv4Address("255.255.255.255"), OspfRouterLink::STUB, 0}};
    other.body = body.Encode();
    other.Seal();
    EXPECT_EQ(Update(1, NEIGHBOR, Ipv4Address("10.255.0.2"), {other}), "");
    Advance(6);
    const auto& networks = m_router->GetTable().networks;
    const auto found = networks.find(Ipv4Prefix(0x0aff0002, 32));
    ASSERT_NE(found, networks.end());
    EXPECT_EQ(found->second.path.nextHops, (UnicastNextHops{{1, Ipv4Address("10.255.0.2")}}));
    EXPECT_EQ(Acks().size(), 1u);
}

TEST_F(Ospf2328Origination, S12_4_1_InterfaceThatIsDownHasNoLink)
{
    MakePointToPoint(1);
    MakePointToPoint(2);
    Advance(10);
    m_router->SetInterfaceUp(1, false);
    Advance(0);
    EXPECT_EQ(OwnLinks(), "3 10.0.2.0/255.255.255.0 1");
}

TEST_F(Ospf2328Origination, S12_4_1_BitsOfBorderAndBoundaryRouters)
{
    MakePointToPoint(1);
    MakePointToPoint(2, OspfId(1));
    m_router->SetExternalRoute(Outside());
    Advance(0);
    OspfRouterLsa lsa;
    OspfRouterLsa::Decode(Find(OwnKey())->GetBody(), lsa);
    EXPECT_TRUE(lsa.areaBorder);
    EXPECT_TRUE(lsa.asBoundary);
    EXPECT_EQ(OwnLinks(OspfId(1)), "3 10.0.2.0/255.255.255.0 1");
}

// §12.4.2: network-LSAs

TEST_F(Ospf2328Origination, S12_4_2_DesignatedRouterOriginatesAndFlushes)
{
    MakeLan(1);
    Advance(40);
    const OspfLsaKey key{OspfLsaType::NETWORK, OspfId(Ip(1, 5)), SELF};
    EXPECT_EQ(Find(key), nullptr) << "nobody is Full";
    AddFull(1, NEIGHBOR, Ip(1, 9));
    AddFull(1, OTHER, Ip(1, 8));
    ASSERT_NE(Find(key), nullptr);
    OspfNetworkLsa lsa;
    OspfNetworkLsa::Decode(Find(key)->GetBody(), lsa);
    EXPECT_EQ(lsa.mask, Ipv4Mask("255.255.255.0"));
    EXPECT_EQ(lsa.attachedRouters, (std::vector<OspfId>{SELF, OTHER, NEIGHBOR}));
    GetNeighbor(1, NEIGHBOR).HandleEvent(OspfNeighborEvent::ONE_WAY_RECEIVED);
    Forget();
    GetNeighbor(1, OTHER).HandleEvent(OspfNeighborEvent::ONE_WAY_RECEIVED);
    Advance(0);
    EXPECT_EQ(Find(key), nullptr) << "flushed, and nobody is left to acknowledge";
}

// §12.4: how often

TEST_F(Ospf2328Origination, S12_4_MinLsInterval)
{
    MakeFull();
    Advance(5);
    const int32_t sequence = OwnSequence();
    m_router->SetInterfaceCost(1, 2);
    Advance(0);
    EXPECT_EQ(OwnSequence(), sequence + 1);
    m_router->SetInterfaceCost(1, 3);
    Advance(1);
    m_router->SetInterfaceCost(1, 4);
    Advance(3.9);
    EXPECT_EQ(OwnSequence(), sequence + 1);
    Advance(0.2);
    EXPECT_EQ(OwnSequence(), sequence + 2) << "both changes in one";
    EXPECT_EQ(OwnLinks(), "1 1.0.0.9/10.0.1.5 4, 3 10.0.1.0/255.255.255.0 4");
    EXPECT_EQ(TakeRest(),
              (std::vector<std::string>{
                  "1 Link State Update, type 1 id 1.0.0.5 from 1.0.0.5 number -2147483645 age 1",
                  "1 Link State Update, type 1 id 1.0.0.5 from 1.0.0.5 number -2147483645 age 6",
                  "1 Link State Update, type 1 id 1.0.0.5 from 1.0.0.5 number -2147483644 age 1"}));
}

TEST_F(Ospf2328Origination, S12_4_NothingChangedNothingOriginated)
{
    MakeFull();
    const int32_t sequence = OwnSequence();
    m_router->ScheduleOrigination();
    Advance(10);
    EXPECT_EQ(OwnSequence(), sequence);
}

TEST_F(Ospf2328Origination, S12_4_RefreshedEveryLsRefreshTime)
{
    MakePointToPoint(1);
    Advance(0);
    Advance(1799);
    EXPECT_EQ(OwnSequence(), OSPF_INITIAL_SEQUENCE_NUMBER);
    Advance(1);
    EXPECT_EQ(OwnSequence(), OSPF_INITIAL_SEQUENCE_NUMBER + 1);
    Advance(1800);
    EXPECT_EQ(OwnSequence(), OSPF_INITIAL_SEQUENCE_NUMBER + 2);
    EXPECT_EQ(m_router->FindLsa(OspfId(), OwnKey())->age, 0);
}

// §13.4: a past life

TEST_F(Ospf2328Origination, S13_4_OwnLsaOfAPastLifeIsOutrun)
{
    MakeFull();
    const std::string links = OwnLinks();
    EXPECT_EQ(Update(OldOwn(1000)), "");
    Advance(5);
    EXPECT_EQ(OwnSequence(), 1001);
    EXPECT_EQ(OwnLinks(), links);
    ASSERT_FALSE(Updates(1).empty());
    EXPECT_EQ(Updates(1).back().header.sequence, 1001);
    EXPECT_EQ(TakeRest(),
              (std::vector<std::string>{
                  "1 Link State Acknowledgment, type 1 id 1.0.0.5 from 1.0.0.5 number 1000"}));
}

TEST_F(Ospf2328Origination, S13_4_OwnLsaThatComesBackAtMaxAgeIsOutrun)
{
    MakeFull();
    const std::string links = OwnLinks();
    Update(OldOwn(1000));
    Advance(5);
    ASSERT_EQ(OwnSequence(), 1001);
    AcknowledgeAll();
    // Somebody flushes what is not his to flush; MinLSInterval holds the answer back.
    EXPECT_EQ(Update(Lsa("1.0.0.5", 1005, 3600)), "");
    Advance(1);
    EXPECT_EQ(Find(OwnKey()), nullptr) << "nobody is left to acknowledge it, so it is gone";
    Advance(5);
    EXPECT_EQ(OwnSequence(), 1006);
    EXPECT_EQ(OwnLinks(), links);
    ASSERT_FALSE(Updates(1).empty());
    EXPECT_EQ(Updates(1).back().header.sequence, 1006);
    EXPECT_EQ(TakeRest(),
              (std::vector<std::string>{
                  "1 Link State Acknowledgment, type 1 id 1.0.0.5 from 1.0.0.5 number 1000",
                  "1 Link State Acknowledgment, type 1 id 1.0.0.5 from 1.0.0.5 number 1005"}));
}

TEST_F(Ospf2328Origination, S13_4_AMaxAgeCopyThatFindsNoOwnLsaIsOutrunToo)
{
    MakeFull();
    Advance(5);
    Update(Lsa("1.0.0.5", 1005, 3600));
    Advance(0.5);
    ASSERT_EQ(OwnSequence(), 1006);
    AcknowledgeAll();
    Update(Lsa("1.0.0.5", 1010, 3600));
    Advance(0.5);
    ASSERT_EQ(Find(OwnKey()), nullptr);
    Update(Lsa("1.0.0.5", 1020, 3600)); // step 4 of §13: acknowledged, not installed
    Advance(0.5);
    ASSERT_EQ(Find(OwnKey()), nullptr);
    Advance(5);
    EXPECT_EQ(OwnSequence(), 1021);
    EXPECT_EQ(TakeRest(),
              (std::vector<std::string>{
                  "1 Link State Acknowledgment, type 1 id 1.0.0.5 from 1.0.0.5 number 1005, type 1 "
                  "id 1.0.0.5 from 1.0.0.5 number 1010",
                  "1 Link State Acknowledgment, type 1 id 1.0.0.5 from 1.0.0.5 number 1020",
                  "1 Link State Update, type 1 id 1.0.0.5 from 1.0.0.5 number 1021 age 1"}));
}

TEST_F(Ospf2328Origination, S13_4_OlderOwnLsaIsAnsweredWithTheCurrentOne)
{
    MakeFull();
    const int32_t sequence = OwnSequence();
    Advance(2);
    Forget();
    Update(OldOwn(OSPF_INITIAL_SEQUENCE_NUMBER));
    EXPECT_EQ(OwnSequence(), sequence);
    ASSERT_EQ(Updates(1).size(), 1u);
    EXPECT_EQ(Updates(1)[0].header.sequence, sequence);
}

TEST_F(Ospf2328Origination, S13_4_OwnLsaNoLongerWantedIsFlushed)
{
    MakeFull();
    OspfLsa network = Lsa("1.0.0.5", 8);
    network.header.type = static_cast<uint8_t>(OspfLsaType::NETWORK);
    network.header.linkStateId = OspfId(Ip(1, 5));
    network.body = OspfNetworkLsa{Ipv4Mask("255.255.255.0"), {SELF, NEIGHBOR}}.Encode();
    network.Seal();
    Update(network);
    Advance(0);
    ASSERT_EQ(Updates(1).size(), 1u);
    EXPECT_EQ(Updates(1)[0].header.age, 3600);
    EXPECT_EQ(Updates(1)[0].header.sequence, 8);
    Ack(1, NEIGHBOR, Ip(1, 9), Updates(1)[0].header);
    Advance(0);
    EXPECT_EQ(Find(network.header.GetKey()), nullptr);
}

TEST_F(Ospf2328Origination, S13_4_TheFlushedInstanceGoesInThePlaceOfTheStaleOne)
{
    // Behind it, it would meet MinLSArrival, and the two would go round for ever.
    MakeFull();
    AddFull(2, OTHER, Ip(2, 8));
    Advance(10);
    Forget();
    OspfLsa network = Lsa("1.0.0.5", 8);
    network.header.type = static_cast<uint8_t>(OspfLsaType::NETWORK);
    network.header.linkStateId = OspfId(Ip(1, 5));
    network.body = OspfNetworkLsa{Ipv4Mask("255.255.255.0"), {SELF, NEIGHBOR}}.Encode();
    network.Seal();
    Update(1, NEIGHBOR, Ip(1, 9), {Lsa("7.0.0.1", 1), network});
    Advance(0);
    std::vector<uint16_t> ages;
    for (const OspfLsa& lsa : Updates(2))
    {
        if (lsa.header.GetKey() == network.header.GetKey())
        {
            ages.push_back(lsa.header.age);
        }
    }
    EXPECT_EQ(ages, std::vector<uint16_t>{3600});
    EXPECT_EQ(Updates(1).size(), 1u);
}

TEST_F(Ospf2328Origination, S13_4_NetworkLsaUnderAnOwnAddressIsFlushedWhoeverSentIt)
{
    MakeFull();
    OspfLsa network = Lsa("6.6.6.6", 8); // this router's former router id
    network.header.type = static_cast<uint8_t>(OspfLsaType::NETWORK);
    network.header.linkStateId = OspfId(Ip(1, 5));
    network.body = OspfNetworkLsa{Ipv4Mask("255.255.255.0"), {NEIGHBOR}}.Encode();
    network.Seal();
    Update(network);
    Advance(0);
    ASSERT_EQ(Updates(1).size(), 1u);
    EXPECT_EQ(Updates(1)[0].header.age, 3600);
}

// §12.1.6: sequence numbers come to their end

TEST_F(Ospf2328Origination, S12_1_6_WrapFlushesFirstAndStartsAnewWhenAcknowledged)
{
    MakeFull();
    Update(OldOwn(OSPF_MAX_SEQUENCE_NUMBER));
    Advance(5);
    ASSERT_FALSE(Updates(1).empty());
    const OspfLsaHeader flushed = Updates(1).back().header;
    EXPECT_EQ(flushed.age, 3600);
    EXPECT_EQ(flushed.sequence, OSPF_MAX_SEQUENCE_NUMBER);
    Advance(3);
    EXPECT_EQ(OwnSequence(), OSPF_MAX_SEQUENCE_NUMBER) << "not before it is gone everywhere";
    Ack(1, NEIGHBOR, Ip(1, 9), flushed);
    Advance(0);
    EXPECT_EQ(OwnSequence(), OSPF_INITIAL_SEQUENCE_NUMBER);
    EXPECT_EQ(OwnLinks(), "1 1.0.0.9/10.0.1.5 1, 3 10.0.1.0/255.255.255.0 1");
    EXPECT_EQ(TakeRest(),
              (std::vector<std::string>{
                  "1 Link State Acknowledgment, type 1 id 1.0.0.5 from 1.0.0.5 number 2147483647",
                  "1 Link State Update, type 1 id 1.0.0.5 from 1.0.0.5 number -2147483647 age 1"}));
}

TEST_F(Ospf2328Origination, S12_1_6_MaxSequenceNumberAtMaxAgeStartsAnewToo)
{
    MakeFull();
    Update(Lsa("1.0.0.5", OSPF_MAX_SEQUENCE_NUMBER, 3600));
    Advance(6);
    EXPECT_EQ(OwnSequence(), OSPF_INITIAL_SEQUENCE_NUMBER);
    EXPECT_EQ(TakeRest(),
              (std::vector<std::string>{
                  "1 Link State Acknowledgment, type 1 id 1.0.0.5 from 1.0.0.5 number 2147483647",
                  "1 Link State Update, type 1 id 1.0.0.5 from 1.0.0.5 number -2147483647 age 1"}));
}

TEST_F(Ospf2328Origination, S12_1_6_NetworkLsaThatWasFlushedGoesOnCounting)
{
    MakeLan(1);
    Advance(40);
    const OspfLsaKey key{OspfLsaType::NETWORK, OspfId(Ip(1, 5)), SELF};
    AddFull(1, NEIGHBOR, Ip(1, 9));
    ASSERT_NE(Find(key), nullptr);
    const int32_t sequence = Find(key)->GetHeader().sequence;
    GetNeighbor(1, NEIGHBOR).HandleEvent(OspfNeighborEvent::ONE_WAY_RECEIVED);
    Advance(0);
    ASSERT_EQ(Find(key), nullptr);
    AddFull(1, NEIGHBOR, Ip(1, 9));
    ASSERT_NE(Find(key), nullptr);
    EXPECT_EQ(Find(key)->GetHeader().sequence, sequence + 1);
}

TEST_F(Ospf2328Origination, S12_1_6_SummaryThatWasFlushedGoesOnCounting)
{
    const OspfId area(1);
    MakePointToPoint(1);
    MakePointToPoint(2, area);
    Advance(10);
    const OspfLsaKey key{OspfLsaType::SUMMARY_NETWORK, OspfId(Ip(1, 0)), SELF};
    const auto find = [&] { return m_router->GetLsdb(area, key.type).Find(key); };
    ASSERT_NE(find(), nullptr);
    const int32_t sequence = find()->GetHeader().sequence;
    m_router->SetInterfaceUp(1, false);
    Advance(10);
    ASSERT_EQ(find(), nullptr);
    m_router->SetInterfaceUp(1, true);
    Advance(10);
    ASSERT_NE(find(), nullptr);
    EXPECT_EQ(find()->GetHeader().sequence, sequence + 1);
}

TEST_F(Ospf2328Origination, S12_1_6_ExternalLsaThatWasFlushedGoesOnCounting)
{
    MakeFull();
    m_router->SetExternalRoute(Outside());
    Advance(10);
    AcknowledgeAll();
    m_router->RemoveExternalRoute(Outside().prefix);
    Advance(0);
    AcknowledgeAll();
    ASSERT_EQ(FindOutside(), nullptr);
    m_router->SetExternalRoute(Outside());
    Advance(10);
    ASSERT_NE(FindOutside(), nullptr);
    EXPECT_EQ(FindOutside()->GetHeader().sequence, OSPF_INITIAL_SEQUENCE_NUMBER + 1);
    EXPECT_EQ(TakeRest(),
              (std::vector<std::string>{
                  "1 Link State Update, type 5 id 172.16.0.0 from 1.0.0.5 number -2147483646 age 1",
                  "1 Link State Update, type 5 id 172.16.0.0 from 1.0.0.5 number -2147483646 age 6",
                  "1 Link State Update, type 1 id 1.0.0.5 from 1.0.0.5 number -2147483643 age 1",
                  "1 Link State Update, type 1 id 1.0.0.5 from 1.0.0.5 number -2147483643 age 6, "
                  "type 5 id 172.16.0.0 from 1.0.0.5 number -2147483646 age 11"}));
}

TEST_F(Ospf2328Origination, S12_1_6_ARouterThatBootsCountsFromTheStart)
{
    MakeFull();
    Update(OldOwn(1000));
    Advance(5);
    ASSERT_EQ(OwnSequence(), 1001);
    MakeRouter();
    MakePointToPoint(1);
    Advance(0);
    EXPECT_EQ(OwnSequence(), OSPF_INITIAL_SEQUENCE_NUMBER);
    EXPECT_TRUE(GetInterface(1).GetNeighbors().empty());
    EXPECT_EQ(TakeRest(),
              (std::vector<std::string>{
                  "1 Link State Acknowledgment, type 1 id 1.0.0.5 from 1.0.0.5 number 1000",
                  "1 Link State Update, type 1 id 1.0.0.5 from 1.0.0.5 number 1001 age 1"}));
}

// RFC 6987: stub routers

TEST_F(Ospf2328Origination, Rfc6987_S2_TransitLinksAtMaxLinkMetricStubLinksAsTheyAre)
{
    m_config.stubRouter = true;
    MakeRouter();
    MakeFull();
    m_router->SetInterfaceCost(1, 7);
    Advance(6);
    EXPECT_EQ(OwnLinks(), "1 1.0.0.9/10.0.1.5 65535, 3 10.0.1.0/255.255.255.0 7");
    EXPECT_EQ(TakeRest(),
              (std::vector<std::string>{
                  "1 Link State Update, type 1 id 1.0.0.5 from 1.0.0.5 number -2147483645 age 1"}));
}

TEST_F(Ospf2328Origination, Rfc6987_S2_ItsOwnRoutesCostWhatTheyCost)
{
    m_config.stubRouter = true;
    MakeRouter();
    MakeFull();
    OspfLsa other = Lsa("1.0.0.9", 1, 0, 5);
    OspfRouterLsa body;
    body.links = {{SELF, Ip(1, 9), OspfRouterLink::POINT_TO_POINT, 1},
                  {OspfId(0x0a090000), Ipv4Address("255.255.0.0"), OspfRouterLink::STUB, 5}};
    other.body = body.Encode();
    other.Seal();
    Update(other);
    Advance(6);
    const auto& networks = m_router->GetTable().networks;
    const auto found = networks.find(Ipv4Prefix(0x0a090000, 16));
    ASSERT_NE(found, networks.end());
    EXPECT_EQ(found->second.GetMetric(), 6u);
    EXPECT_EQ(TakeRest(),
              (std::vector<std::string>{
                  "1 Link State Acknowledgment, type 1 id 1.0.0.9 from 1.0.0.9 number 1"}));
}

TEST_F(Ospf2328Origination, Rfc6987_S2_ItsOwnRoutesFollowACostThatNoLsaHas)
{
    m_config.stubRouter = true;
    MakeRouter();
    MakeLan(1);
    Hear(1, NEIGHBOR, Ip(1, 9), {SELF}, Ip(1, 9));
    AddFull(1, NEIGHBOR, Ip(1, 9), Ip(1, 9), Ip(1, 5));
    OspfLsa router = Lsa("1.0.0.9", 1);
    OspfRouterLsa links;
    links.links = {{OspfId(Ip(1, 9)), Ip(1, 9), OspfRouterLink::TRANSIT, 1},
                   {OspfId(0x0a090000), Ipv4Address("255.255.0.0"), OspfRouterLink::STUB, 5}};
    router.body = links.Encode();
    router.Seal();
    OspfLsa lan = Lsa("1.0.0.9", 1);
    lan.header.type = static_cast<uint8_t>(OspfLsaType::NETWORK);
    lan.header.linkStateId = OspfId(Ip(1, 9));
    lan.body = OspfNetworkLsa{OspfMask(0xffffff00), {NEIGHBOR, SELF}}.Encode();
    lan.Seal();
    Update(1, NEIGHBOR, Ip(1, 9), {router, lan});
    Advance(6);
    const Ipv4Prefix beyond(0x0a090000, 16);
    const std::string advertised = "2 10.0.1.9/10.0.1.5 65535";
    EXPECT_EQ(OwnLinks(), advertised);
    ASSERT_EQ(m_router->GetTable().networks.at(beyond).GetMetric(), 6u);
    TakeRest();
    m_router->SetInterfaceCost(1, 7);
    Advance(6);
    EXPECT_EQ(m_router->GetTable().networks.at(beyond).GetMetric(), 12u);
    EXPECT_EQ(OwnLinks(), advertised);
    EXPECT_EQ(TakeRest(), std::vector<std::string>()) << "there is nothing to flood";
}

// §14.1: premature ageing

TEST_F(Ospf2328Origination, S14_1_ExternalLsaIsWithdrawnByPrematureAgeing)
{
    MakeFull();
    m_router->SetExternalRoute(Outside());
    Advance(0);
    ASSERT_NE(FindOutside(), nullptr);
    Advance(10);
    AcknowledgeAll();
    Forget();
    m_router->RemoveExternalRoute(Outside().prefix);
    Advance(0);
    const auto updates = Updates(1);
    ASSERT_EQ(updates.size(), 2u) << "and the router-LSA without the E-bit";
    EXPECT_EQ(updates[1].header.type, 5);
    EXPECT_EQ(updates[1].header.age, 3600);
    AcknowledgeAll();
    EXPECT_EQ(FindOutside(), nullptr);
}

TEST_F(Ospf2328Origination, S14_1_WithdrawnAndAdvertisedAgainGoesOnCounting)
{
    MakeFull();
    m_router->SetExternalRoute(Outside());
    Advance(10);
    m_router->RemoveExternalRoute(Outside().prefix);
    Advance(0);
    m_router->SetExternalRoute(Outside());
    Advance(0);
    ASSERT_NE(FindOutside(), nullptr);
    EXPECT_EQ(FindOutside()->GetHeader().sequence, OSPF_INITIAL_SEQUENCE_NUMBER + 1);
    EXPECT_EQ(FindOutside()->GetHeader().age, 0);
    EXPECT_EQ(TakeRest().size(), 7u);
}

// §16 and §13.2: when routes are calculated

TEST_F(Ospf2328Origination, S13_2_RefreshCausesNoCalculation)
{
    MakeFull();
    Update(Lsa("7.0.0.1", 1));
    Advance(10);
    m_calculations = 0;
    Update(Lsa("7.0.0.1", 2));
    Advance(1);
    EXPECT_EQ(m_calculations, 0);
    Update(Lsa("7.0.0.1", 3, 0, 9));
    Advance(1);
    EXPECT_EQ(m_calculations, 1);
    EXPECT_EQ(TakeRest(),
              (std::vector<std::string>{
                  "1 Link State Acknowledgment, type 1 id 7.0.0.1 from 7.0.0.1 number 1",
                  "1 Link State Acknowledgment, type 1 id 7.0.0.1 from 7.0.0.1 number 2",
                  "1 Link State Acknowledgment, type 1 id 7.0.0.1 from 7.0.0.1 number 3"}));
}

TEST_F(Ospf2328Origination, S16_CalculationsAreThrottledInAStorm)
{
    MakeFull();
    Advance(10);
    m_calculations = 0;
    Update(Lsa("7.0.0.1", 1));
    Advance(0.04);
    EXPECT_EQ(m_calculations, 0);
    Advance(0.02);
    EXPECT_EQ(m_calculations, 1);
    const char* const ids[] = {"7.0.0.2", "7.0.0.3", "7.0.0.4", "7.0.0.5", "7.0.0.6", "7.0.0.7"};
    for (const char* id : ids)
    {
        Update(Lsa(id, 1));
        Advance(0.1);
    }
    EXPECT_LE(m_calculations, 3) << "0.2 s, then 0.4 s between them";
    Advance(1);
    EXPECT_LE(m_calculations, 4);
    Advance(20);
    m_calculations = 0;
    Update(Lsa("7.0.0.8", 1));
    Advance(0.06);
    EXPECT_EQ(m_calculations, 1) << "after a rest the first delay holds again";
    EXPECT_EQ(TakeRest(),
              (std::vector<std::string>{
                  "1 Link State Acknowledgment, type 1 id 7.0.0.1 from 7.0.0.1 number 1, type 1 id "
                  "7.0.0.2 from 7.0.0.2 number 1, type 1 id 7.0.0.3 from 7.0.0.3 number 1, type 1 "
                  "id 7.0.0.4 from 7.0.0.4 number 1, type 1 id 7.0.0.5 from 7.0.0.5 number 1, type "
                  "1 id 7.0.0.6 from 7.0.0.6 number 1, type 1 id 7.0.0.7 from 7.0.0.7 number 1"}));
}

TEST_F(Ospf2328Origination, EventsTellOfNeighborsRolesAndCalculations)
{
    MakeLan(1);
    Advance(40);
    EXPECT_EQ(m_events.at(m_events.size() - 1), "dr: interface 10.0.1.5 dr 10.0.1.5 bdr 0.0.0.0");
    Hear(1, NEIGHBOR, Ip(1, 9), {SELF});
    Describe(1, NEIGHBOR, Ip(1, 9), {});
    EXPECT_EQ(m_events.back(), "neighbor-full: 10.0.1.9 id 1.0.0.9");
    Advance(0.3);
    EXPECT_EQ(m_events.back().substr(0, 5), "spf: ");
    Advance(40);
    EXPECT_NE(std::find(m_events.begin(), m_events.end(), "neighbor-down: 10.0.1.9 id 1.0.0.9"),
              m_events.end());
    EXPECT_EQ(TakeRest().size(), 11u);
}

} // namespace ns3
