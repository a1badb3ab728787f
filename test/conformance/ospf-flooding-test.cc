// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §13 and §14 step by step: one router with Full neighbours, driven by packets.
#include "ospf-router.h"

namespace ns3
{

using Ospf2328Flooding = OspfRouterTest;

// §8.2: what is not even looked at

TEST_F(Ospf2328Flooding, S8_2_PacketsOfStrangersAreRefused)
{
    MakePointToPoint(1);
    OspfPacket packet = Packet(NEIGHBOR, OspfLinkStateAck());
    EXPECT_EQ(Receive(1, Ip(1, 9), packet), "unknown-neighbor");
    EXPECT_EQ(Receive(7, Ip(1, 9), packet), "no-ospf-interface");
    packet.areaId = OspfId(1);
    EXPECT_EQ(Receive(1, Ip(1, 9), packet), "wrong-area");
    packet.areaId = OspfId();
    packet.routerId = SELF;
    EXPECT_EQ(Receive(1, Ip(1, 9), packet), "duplicate-router-id");
    EXPECT_EQ(Receive(1, Ip(1, 5), packet), "own-address");
    m_router->SetInterfaceUp(1, false);
    EXPECT_EQ(Receive(1, Ip(1, 9), packet), "interface-down");
}

TEST_F(Ospf2328Flooding, S8_2_SourceMustLieInTheSubnet)
{
    MakeLan(1);
    EXPECT_EQ(Receive(1, Ip(2, 9), Packet(NEIGHBOR, OspfLinkStateAck())), "wrong-subnet");
}

TEST_F(Ospf2328Flooding, S8_2_AllDRoutersIsHeardByDrAndBackupOnly)
{
    MakeLan(1);
    EXPECT_FALSE(m_router->ListensTo(1, OspfAllDRouters()));
    EXPECT_TRUE(m_router->ListensTo(1, OspfAllSpfRouters()));
    Advance(40);
    ASSERT_EQ(GetInterface(1).GetState(), OspfInterfaceState::DR);
    EXPECT_TRUE(m_router->ListensTo(1, OspfAllDRouters()));
}

// §13: the steps

TEST_F(Ospf2328Flooding, S13_UpdateBeforeExchangeIsDropped)
{
    MakePointToPoint(1);
    Hear(1, NEIGHBOR, Ip(1, 9), {});
    EXPECT_EQ(Update(1, NEIGHBOR, Ip(1, 9), {Lsa("7.0.0.1", 1)}), "neighbor-state");
    EXPECT_EQ(Find("7.0.0.1"), nullptr);
}

TEST_F(Ospf2328Flooding, S13_Step1_BadChecksum)
{
    MakeFull();
    OspfLsa lsa = Lsa("7.0.0.1", 1);
    lsa.header.checksum ^= 1;
    EXPECT_EQ(Update(lsa), "lsa-checksum");
    EXPECT_EQ(Find("7.0.0.1"), nullptr);
}

TEST_F(Ospf2328Flooding, S13_Step1_TheRestOfTheUpdateIsStillRead)
{
    MakeFull();
    OspfLsa bad = Lsa("7.0.0.1", 1);
    bad.header.checksum ^= 1;
    EXPECT_EQ(Update(1, NEIGHBOR, Ip(1, 9), {bad, Lsa("7.0.0.2", 1)}), "lsa-checksum");
    EXPECT_EQ(Find("7.0.0.1"), nullptr);
    EXPECT_NE(Find("7.0.0.2"), nullptr);
}

TEST_F(Ospf2328Flooding, S13_Step2_UnknownType)
{
    MakeFull();
    OspfLsa lsa = Lsa("7.0.0.1", 1);
    lsa.header.type = 9;
    lsa.Seal();
    EXPECT_EQ(Update(lsa), "lsa-type");
}

TEST_F(Ospf2328Flooding, S13_Step2_BodyThatCannotBeRead)
{
    MakeFull();
    OspfLsa lsa = Lsa("7.0.0.1", 1);
    lsa.body = {0, 0, 0, 9};
    lsa.Seal();
    EXPECT_EQ(Update(lsa), "lsa-malformed");
}

TEST_F(Ospf2328Flooding, S13_Step3_ExternalLsaInAStubArea)
{
    OspfAreaConfig stub;
    stub.stub = true;
    m_router->ConfigureArea(stub);
    m_options = 0;
    MakeFull();
    OspfLsa lsa;
    lsa.header.type = static_cast<uint8_t>(OspfLsaType::AS_EXTERNAL);
    lsa.header.linkStateId = OspfId(Ipv4Address("172.16.0.0"));
    lsa.header.advertisingRouter = OspfId(Ipv4Address("7.0.0.1"));
    lsa.body = OspfExternalLsa().Encode();
    lsa.Seal();
    EXPECT_EQ(Update(lsa), "lsa-in-stub-area");
    EXPECT_TRUE(m_router->GetExternalLsdb().GetEntries().empty());
}

TEST_F(Ospf2328Flooding, S13_Step4_UnknownMaxAgeLsaIsAcknowledgedAndForgotten)
{
    MakeFull();
    EXPECT_EQ(Update(Lsa("7.0.0.1", 1, 3600)), "");
    EXPECT_EQ(Find("7.0.0.1"), nullptr);
    ASSERT_EQ(Acks().size(), 1u) << "at once";
    EXPECT_EQ(Acks()[0].linkStateId, OspfId(Ipv4Address("7.0.0.1")));
}

TEST_F(Ospf2328Flooding, S13_Step5_NewerLsaIsInstalledFloodedAndAcknowledged)
{
    MakeFull();
    AddFull(2, OTHER, Ip(2, 8));
    EXPECT_EQ(Update(Lsa("7.0.0.1", 1)), "");
    ASSERT_NE(Find("7.0.0.1"), nullptr);
    Advance(0);
    const auto flooded = Updates(2);
    ASSERT_EQ(flooded.size(), 1u);
    EXPECT_EQ(flooded[0].header.age, 1) << "InfTransDelay older";
    EXPECT_TRUE(Updates(1).empty()) << "not back to the only neighbour there";
    EXPECT_TRUE(GetNeighbor(2, OTHER).IsOnRetransmissionList(flooded[0].header.GetKey()));
    EXPECT_TRUE(Acks().empty()) << "delayed";
    Advance(1);
    EXPECT_EQ(Acks().size(), 1u);
}

TEST_F(Ospf2328Flooding, S13_Step5a_MinLsArrival)
{
    MakeFull();
    Update(Lsa("7.0.0.1", 1));
    Advance(0.5);
    Forget();
    EXPECT_EQ(Update(Lsa("7.0.0.1", 2)), "");
    EXPECT_EQ(Find("7.0.0.1")->GetHeader().sequence, 1);
    Advance(0.4);
    EXPECT_TRUE(Acks().empty()) << "dropped without acknowledgement";
    Advance(0.6);
    Update(Lsa("7.0.0.1", 2));
    EXPECT_EQ(Find("7.0.0.1")->GetHeader().sequence, 2);
    EXPECT_EQ(TakeRest(),
              (std::vector<std::string>{
                  "1 Link State Acknowledgment, type 1 id 7.0.0.1 from 7.0.0.1 number 1"}));
}

TEST_F(Ospf2328Flooding, S13_Step5a_NotForWhatWasRequested)
{
    MakeLoading({Lsa("7.0.0.1", 1).header, Lsa("7.0.0.2", 1).header});
    EXPECT_EQ(Update(Lsa("7.0.0.1", 1)), "");
    EXPECT_EQ(Update(Lsa("7.0.0.1", 2)), "");
    EXPECT_EQ(Find("7.0.0.1")->GetHeader().sequence, 2) << "a change just after the exchange";
    EXPECT_EQ(Update(Lsa("7.0.0.1", 3)), "");
    EXPECT_EQ(Find("7.0.0.1")->GetHeader().sequence, 2) << "two changes within MinLSArrival";
}

TEST_F(Ospf2328Flooding, S13_Step5c_OldInstanceLeavesTheRetransmissionLists)
{
    MakeFull();
    AddFull(2, OTHER, Ip(2, 8));
    Update(Lsa("7.0.0.1", 1));
    Advance(2);
    Forget();
    // The newer one comes from the other side: nothing is left to retransmit there.
    EXPECT_EQ(Update(2, OTHER, Ip(2, 8), {Lsa("7.0.0.1", 2)}), "");
    const OspfLsaKey key = Lsa("7.0.0.1", 1).header.GetKey();
    EXPECT_FALSE(GetNeighbor(2, OTHER).IsOnRetransmissionList(key));
    EXPECT_TRUE(GetNeighbor(1, NEIGHBOR).IsOnRetransmissionList(key));
}

TEST_F(Ospf2328Flooding, S13_Step6_OlderThanWhatItPromisedIsABadRequest)
{
    MakeLoading({Lsa("7.0.0.1", 5).header});
    // The database already holds what a later update of it brings.
    EXPECT_EQ(Update(Lsa("7.0.0.1", 3)), "");
    EXPECT_EQ(GetNeighbor(1, NEIGHBOR).GetState(), OspfNeighborState::LOADING);
    EXPECT_EQ(Update(Lsa("7.0.0.1", 3)), "bad-request");
    EXPECT_EQ(GetNeighbor(1, NEIGHBOR).GetState(), OspfNeighborState::EX_START);
    EXPECT_EQ(TakeRest(), (std::vector<std::string>{"1 Database Description"}));
}

TEST_F(Ospf2328Flooding, S13_Step7_DuplicateIsAcknowledgedAtOnce)
{
    MakeFull();
    Update(Lsa("7.0.0.1", 1));
    Advance(2);
    Forget();
    Update(Lsa("7.0.0.1", 1));
    EXPECT_EQ(Acks().size(), 1u);
}

TEST_F(Ospf2328Flooding, S13_Step7a_DuplicateAsImpliedAcknowledgement)
{
    MakeFull();
    AddFull(2, OTHER, Ip(2, 8));
    Update(Lsa("7.0.0.1", 1));
    Advance(0);
    Forget();
    Update(2, OTHER, Ip(2, 8), {Lsa("7.0.0.1", 1)});
    EXPECT_FALSE(GetNeighbor(2, OTHER).IsOnRetransmissionList(Lsa("7.0.0.1", 1).header.GetKey()));
    EXPECT_TRUE(Acks().empty());
}

TEST_F(Ospf2328Flooding, S13_Step8_OlderLsaIsAnsweredWithTheDatabaseCopy)
{
    MakeFull();
    Update(Lsa("7.0.0.1", 5));
    Advance(2);
    Forget();
    Update(Lsa("7.0.0.1", 4));
    ASSERT_EQ(Updates(1).size(), 1u);
    EXPECT_EQ(Updates(1)[0].header.sequence, 5);
    EXPECT_TRUE(Acks().empty());
    EXPECT_EQ(GetNeighbor(1, NEIGHBOR).GetRetransmissionListSize(), 0u);
    Forget();
    Update(Lsa("7.0.0.1", 4));
    EXPECT_TRUE(Updates(1).empty()) << "at most once per MinLSArrival";
}

// §13.3: where it goes

TEST_F(Ospf2328Flooding, S13_3_DesignatedRouterFloodsBackToTheLan)
{
    MakeLan(1);
    Advance(40);
    AddFull(1, NEIGHBOR, Ip(1, 9));
    AddFull(1, OTHER, Ip(1, 8));
    ASSERT_EQ(GetInterface(1).GetBackupDesignatedRouter(), Ip(1, 9));
    Update(1, OTHER, Ip(1, 8), {Lsa("7.0.0.1", 1)});
    Advance(0);
    ASSERT_EQ(Updates(1).size(), 1u);
    EXPECT_EQ(m_sent.back().destination, OspfAllSpfRouters());
    const OspfLsaKey key = Lsa("7.0.0.1", 1).header.GetKey();
    EXPECT_FALSE(GetNeighbor(1, OTHER).IsOnRetransmissionList(key));
    EXPECT_TRUE(GetNeighbor(1, NEIGHBOR).IsOnRetransmissionList(key));
    Advance(2);
    EXPECT_TRUE(Acks().empty()) << "flooding back acknowledges";
    Forget();
    Update(Lsa("7.0.0.2", 1));
    Advance(2);
    EXPECT_TRUE(Updates(1).empty()) << "all have heard the backup";
    EXPECT_EQ(Acks().size(), 1u);
}

TEST_F(Ospf2328Flooding, S13_3_BackupLeavesTheLanToTheDesignatedRouter)
{
    MakeLan(1);
    Hear(1, NEIGHBOR, Ip(1, 9), {SELF}, Ip(1, 9));
    ASSERT_EQ(GetInterface(1).GetState(), OspfInterfaceState::BACKUP);
    AddFull(1, NEIGHBOR, Ip(1, 9), Ip(1, 9), Ip(1, 5));
    AddFull(1, OTHER, Ip(1, 8), Ip(1, 9), Ip(1, 5));
    Advance(2);
    Forget();
    Update(1, OTHER, Ip(1, 8), {Lsa("7.0.0.1", 1)});
    Advance(2);
    EXPECT_TRUE(Updates(1).empty());
    EXPECT_TRUE(Acks().empty()) << "§13.5: nor does it acknowledge";
    Update(1, NEIGHBOR, Ip(1, 9), {Lsa("7.0.0.2", 1)});
    Advance(2);
    EXPECT_TRUE(Updates(1).empty());
    EXPECT_EQ(Acks().size(), 1u) << "§13.5: the DR is acknowledged";
}

TEST_F(Ospf2328Flooding, S13_3_ExternalLsasGoToAllPlainAreas)
{
    MakeFull();
    AddFull(2, OTHER, Ip(2, 8), {}, {}, OspfId(1));
    Forget();
    OspfLsa lsa;
    lsa.header.type = static_cast<uint8_t>(OspfLsaType::AS_EXTERNAL);
    lsa.header.linkStateId = OspfId(Ipv4Address("172.16.0.0"));
    lsa.header.advertisingRouter = OspfId(Ipv4Address("7.0.0.1"));
    lsa.header.sequence = 1;
    lsa.body = OspfExternalLsa{Ipv4Mask("255.255.0.0"), true, 20, {}, 0}.Encode();
    lsa.Seal();
    Update(lsa);
    Update(Lsa("7.0.0.1", 1));
    Advance(0);
    ASSERT_EQ(Updates(2).size(), 1u) << "the router-LSA stays in its area";
    EXPECT_EQ(Updates(2)[0].header.type, 5);
}

TEST_F(Ospf2328Flooding, S13_3_RequestedLsaIsTakenOffTheRequestList)
{
    MakeLoading({Lsa("7.0.0.1", 5).header});
    EXPECT_EQ(Update(Lsa("7.0.0.1", 5)), "");
    EXPECT_EQ(GetNeighbor(1, NEIGHBOR).GetState(), OspfNeighborState::FULL);
}

TEST_F(Ospf2328Flooding, S13_3_PacedFloodingSharesPackets)
{
    m_config.floodBurst = 1;
    MakeRouter();
    MakeFull();
    AddFull(2, OTHER, Ip(2, 8));
    Advance(1);
    Forget();
    Update(Lsa("7.0.0.1", 1));
    Advance(0);
    EXPECT_EQ(Updates(2).size(), 1u) << "the first at once";
    Forget();
    Update(Lsa("7.0.0.2", 1));
    Advance(0.010);
    Update(Lsa("7.0.0.3", 1));
    Advance(0.022);
    EXPECT_TRUE(Updates(2).empty()) << "32 ms after the first";
    Advance(0.001);
    EXPECT_EQ(Updates(2).size(), 2u);
    EXPECT_EQ(m_sent.size(), 1u) << "in one packet";
    Forget();
    Advance(0.100);
    Update(Lsa("7.0.0.4", 1));
    Advance(0);
    EXPECT_EQ(Updates(2).size(), 1u) << "after a pause at once again";
}

TEST_F(Ospf2328Flooding, S13_3_OnlyWhatIsAboveTheBurstIsPaced)
{
    m_config.floodBurst = 3;
    MakeRouter();
    MakeFull();
    AddFull(2, OTHER, Ip(2, 8));
    Advance(1);
    Forget();
    for (const char* router : {"7.0.0.1", "7.0.0.2", "7.0.0.3", "7.0.0.4", "7.0.0.5"})
    {
        Update(Lsa(router, 1));
        Advance(0);
    }
    EXPECT_EQ(m_sent.size(), 3u) << "the burst at once, one by one";
    Advance(0.032);
    EXPECT_EQ(m_sent.size(), 3u);
    Advance(0.001);
    EXPECT_EQ(m_sent.size(), 4u) << "the rest in one packet";
    EXPECT_EQ(Updates(2).size(), 5u);
    Advance(0.033);
    Forget();
    Update(Lsa("7.0.0.6", 1));
    Advance(0);
    Update(Lsa("7.0.0.7", 1));
    Advance(0);
    EXPECT_EQ(m_sent.size(), 1u) << "one more for each FloodPacing that has passed";
    Advance(0.033);
    EXPECT_EQ(Updates(2).size(), 2u);
}

// §13.6 and §13.7

TEST_F(Ospf2328Flooding, S13_7_AcknowledgementEndsRetransmission)
{
    MakeFull();
    AddFull(2, OTHER, Ip(2, 8));
    Update(Lsa("7.0.0.1", 1));
    Advance(5.5);
    EXPECT_EQ(Updates(2).size(), 2u);
    Ack(2, OTHER, Ip(2, 8), Lsa("7.0.0.1", 0).header);
    EXPECT_EQ(GetNeighbor(2, OTHER).GetRetransmissionListSize(), 1u) << "of another instance";
    Ack(2, OTHER, Ip(2, 8), Lsa("7.0.0.1", 1).header);
    EXPECT_EQ(GetNeighbor(2, OTHER).GetRetransmissionListSize(), 0u);
    Forget();
    Advance(20);
    EXPECT_TRUE(Updates(2).empty());
}

// §14: ageing

TEST_F(Ospf2328Flooding, S14_LsaOfMaxAgeIsFloodedAndLeavesWhenAcknowledged)
{
    MakeFull();
    Update(Lsa("7.0.0.1", 1, 3590));
    KeepAlive(9);
    Forget();
    KeepAlive(2);
    ASSERT_NE(Find("7.0.0.1"), nullptr);
    ASSERT_EQ(Updates(1).size(), 1u);
    EXPECT_EQ(Updates(1)[0].header.age, 3600);
    Ack(1, NEIGHBOR, Ip(1, 9), Updates(1)[0].header);
    Advance(0);
    EXPECT_EQ(Find("7.0.0.1"), nullptr);
}

TEST_F(Ospf2328Flooding, S14_LsaFlushedByItsRouterLeavesToo)
{
    MakeFull();
    Update(Lsa("7.0.0.1", 1));
    Advance(2);
    EXPECT_EQ(Update(Lsa("7.0.0.1", 1, 3600)), "");
    Advance(0);
    EXPECT_EQ(Find("7.0.0.1"), nullptr) << "nobody else is to hear of it";
    EXPECT_EQ(TakeRest(),
              (std::vector<std::string>{
                  "1 Link State Acknowledgment, type 1 id 7.0.0.1 from 7.0.0.1 number 1"}));
}

TEST_F(Ospf2328Flooding, S14_MaxAgeLsaStaysWhileANeighborLoads)
{
    MakeLoading({Lsa("7.0.0.9", 5).header});
    Update(Lsa("7.0.0.1", 1));
    Advance(2);
    Update(Lsa("7.0.0.1", 1, 3600));
    Advance(0);
    EXPECT_NE(Find("7.0.0.1"), nullptr);
    Update(Lsa("7.0.0.9", 5));
    Advance(0);
    EXPECT_EQ(Find("7.0.0.1"), nullptr);
    EXPECT_EQ(TakeRest(),
              (std::vector<std::string>{
                  "1 Link State Acknowledgment, type 1 id 7.0.0.1 from 7.0.0.1 number 1"}));
}

TEST_F(Ospf2328Flooding, S10_3_MaxAgeLsasAreNotDescribedButRetransmitted)
{
    MakeFull();
    AddFull(2, OTHER, Ip(2, 8));
    Update(Lsa("7.0.0.1", 1));
    Advance(2);
    Update(Lsa("7.0.0.1", 1, 3600)); // unacknowledged by OTHER, so it stays
    GetNeighbor(1, NEIGHBOR).HandleEvent(OspfNeighborEvent::SEQ_NUMBER_MISMATCH);
    Describe(1, NEIGHBOR, Ip(1, 9), {});
    EXPECT_TRUE(GetNeighbor(1, NEIGHBOR).IsOnRetransmissionList(Lsa("7.0.0.1", 1).header.GetKey()));
    EXPECT_EQ(TakeRest().size(), 6u);
}

} // namespace ns3
