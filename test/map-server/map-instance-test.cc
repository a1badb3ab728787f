// SPDX-License-Identifier: GPL-2.0-only
// RFC 9301: registrations, requests, notifications and solicit-map-requests between a map server
// and its VTEPs, and the map cache's machine.
#include <gtest/gtest.h>

#include "map-fake-lab.h"

#include <algorithm>
#include <random>

using namespace ns3;

namespace
{

const Mac48Address T1("02:00:01:00:00:2a");
const Mac48Address T2("02:00:02:00:00:2a");
const Ipv4Address A1("192.168.99.1");
const Ipv4Address A2("192.168.99.2");

class MapInstanceTest : public ::testing::Test
{
  protected:
    void Build(uint8_t algorithm = MAP_HMAC_SHA256_128, MapXtrConfig config = {})
    {
        m_lab = std::make_unique<FakeMapLab>(algorithm);
        for (const char* address : {"10.0.0.1", "10.0.0.2", "10.0.0.3"})
        {
            m_lab->AddVtep(address, config).xtr->AddInstance(42);
        }
        m_lab->Run(1);
        Vtep(1).xtr->AddLocal(42, T1, A1);
        Vtep(2).xtr->AddLocal(42, T2, A2);
        m_lab->Run(1);
    }

    FakeMapEnd& Vtep(int number)
    {
        return *m_lab->ends.at(Ipv4Address(("10.0.0." + std::to_string(number)).c_str()));
    }

    void Send(int from, Mac48Address to)
    {
        Vtep(from).xtr->SendUnicast(42, to, Create<Packet>(100));
    }

    /** \returns the machine's steps for \p eid at a VTEP. */
    std::vector<std::string> Steps(int vtep, const std::string& eid)
    {
        std::vector<std::string> steps;
        for (const std::string& step : Vtep(vtep).steps)
        {
            if (step.rfind(eid + ": ", 0) == 0)
            {
                steps.push_back(step.substr(eid.size() + 2));
            }
        }
        return steps;
    }

    std::unique_ptr<FakeMapLab> m_lab;
};

} // namespace

TEST_F(MapInstanceTest, S8_2_RegistrationsAreConfirmedAndRepeated)
{
    for (uint8_t algorithm : {0, 1, 2, 3})
    {
        Build(algorithm);
        for (int i = 1; i <= 3; ++i)
        {
            for (const auto& [eid, confirmed] : Vtep(i).xtr->GetLocals())
            {
                EXPECT_TRUE(confirmed) << i << ' ' << eid;
            }
            EXPECT_EQ(Vtep(i).floods[42].size(), 2u) << i;
            EXPECT_EQ(Vtep(i).floods[42].count(Vtep(i).address), 0u);
        }
        // Broadcast, two MACs, two addresses.
        EXPECT_EQ(m_lab->Server().server->GetEntries().size(), 5u);
        EXPECT_EQ(Vtep(1).messages["sent map-register"], 2);
        m_lab->Run(60);
        EXPECT_EQ(Vtep(1).messages["sent map-register"], 4);
        EXPECT_TRUE(m_lab->Server().drops.empty());
    }
}

TEST_F(MapInstanceTest, S8_2_ARegistrationThatIsNotRepeatedIsForgotten)
{
    Build();
    Vtep(2).xtr.reset();
    m_lab->Run(100);
    EXPECT_EQ(m_lab->Server().server->GetEntries().size(), 5u);
    m_lab->Run(100);
    EXPECT_EQ(m_lab->Server().server->GetEntries().size(), 3u);
    EXPECT_EQ(Vtep(1).floods[42].size(), 1u);
    EXPECT_EQ(std::count(m_lab->Server().steps.begin(),
                         m_lab->Server().steps.end(),
                         "[42] 02:00:02:00:00:2a: registered timeout absent"),
              1);
}

TEST_F(MapInstanceTest, WithoutAServerRegistrationsAreTriedAgain)
{
    m_lab = std::make_unique<FakeMapLab>();
    m_lab->isCut = true;
    m_lab->AddVtep("10.0.0.1").xtr->AddInstance(42);
    m_lab->Run(11);
    EXPECT_EQ(Vtep(1).messages["sent map-register"], 3);
    m_lab->isCut = false;
    m_lab->Run(5);
    EXPECT_TRUE(Vtep(1).xtr->GetLocals().begin()->second);
    m_lab->Run(20);
    EXPECT_EQ(Vtep(1).messages["sent map-register"], 4);
}

TEST_F(MapInstanceTest, FramesWaitForTheReplyAndTheMappingAges)
{
    Build();
    Send(1, T2);
    Send(1, T2);
    EXPECT_TRUE(Vtep(1).sent.empty());
    m_lab->Run(0.01);
    EXPECT_EQ(Vtep(1).sent.size(), 2u);
    EXPECT_EQ(Vtep(1).sent[0].second, Vtep(2).address);
    EXPECT_EQ((Vtep(1).fdb[{42, T2}]), Vtep(2).address);
    EXPECT_EQ(Vtep(1).messages["sent map-request"], 1);
    m_lab->Run(299);
    EXPECT_EQ(Vtep(1).fdb.size(), 1u);
    m_lab->Run(2);
    EXPECT_TRUE(Vtep(1).fdb.empty());
    EXPECT_EQ(Steps(1, "[42] 02:00:02:00:00:2a"),
              (std::vector<std::string>{
                  "absent lookup requested", "requested reply mapped", "mapped ttl absent"}));
}

TEST_F(MapInstanceTest, ArpIsAnsweredFromTheServersAddresses)
{
    Build();
    Vtep(1).xtr->ResolveArp(42, A2, Create<Packet>(42));
    m_lab->Run(0.01);
    EXPECT_EQ(Vtep(1).answers, std::vector<Mac48Address>{T2});
    Vtep(1).xtr->ResolveArp(42, A2, Create<Packet>(42));
    EXPECT_EQ(Vtep(1).answers.size(), 2u);
    EXPECT_EQ(Vtep(1).messages["sent map-request"], 1);
    // One's own side answers itself; nobody's address is asked of all.
    Vtep(1).xtr->ResolveArp(42, A1, Create<Packet>(42));
    Vtep(1).xtr->ResolveArp(42, Ipv4Address("192.168.99.77"), Create<Packet>(42));
    m_lab->Run(0.01);
    EXPECT_EQ(Vtep(1).answers.size(), 2u);
    EXPECT_EQ(Vtep(1).flooded.size(), 1u);
    EXPECT_EQ(Vtep(1).messages["sent map-request"], 2);
}

TEST_F(MapInstanceTest, UnknownAddressesAreFloodedUntilTheySpeak)
{
    Build();
    const Mac48Address silent("02:00:03:00:00:2a");
    Send(1, silent);
    m_lab->Run(0.01);
    Send(1, silent);
    EXPECT_EQ(Vtep(1).flooded.size(), 2u);
    EXPECT_EQ(Vtep(1).messages["sent map-request"], 1);
    Vtep(3).xtr->AddLocal(42, silent, Ipv4Address::GetAny());
    m_lab->Run(0.01);
    EXPECT_TRUE(Vtep(1).xtr->ReceiveFrame(42, silent, T1, Vtep(3).address, Create<Packet>(100)));
    Send(1, silent);
    m_lab->Run(0.01);
    EXPECT_EQ(Vtep(1).flooded.size(), 2u);
    EXPECT_EQ(Vtep(1).sent.back().second, Vtep(3).address);
    EXPECT_EQ(Steps(1, "[42] 02:00:03:00:00:2a"),
              (std::vector<std::string>{"absent lookup requested",
                                        "requested negative-reply negative",
                                        "negative heard absent",
                                        "absent lookup requested",
                                        "requested reply mapped"}));
    // A negative answer is believed for a minute.
    const Mac48Address nobody("02:00:09:00:00:2a");
    Send(1, nobody);
    m_lab->Run(59);
    EXPECT_EQ(Vtep(1).xtr->GetCache().at(MapEid::Of(42, nobody)).state, MapCacheState::NEGATIVE);
    m_lab->Run(2);
    EXPECT_EQ(Vtep(1).xtr->GetCache().count(MapEid::Of(42, nobody)), 0u);
}

TEST_F(MapInstanceTest, UnknownAddressesMayBeDropped)
{
    MapXtrConfig config;
    config.floodUnknown = false;
    Build(MAP_HMAC_SHA256_128, config);
    Send(1, Mac48Address("02:00:09:00:00:2a"));
    m_lab->Run(0.01);
    EXPECT_TRUE(Vtep(1).flooded.empty());
    EXPECT_EQ(Vtep(1).drops, std::vector<std::string>{"unknown-eid"});
}

TEST_F(MapInstanceTest, S5_3_RequestsAreRepeatedAndGivenUp)
{
    Build();
    m_lab->isCut = true;
    Send(1, T2);
    m_lab->Run(8);
    EXPECT_EQ(Vtep(1).messages["sent map-request"], 4);
    EXPECT_TRUE(Vtep(1).flooded.empty());
    m_lab->Run(8);
    EXPECT_EQ(Vtep(1).flooded.size(), 1u);
    EXPECT_EQ(Vtep(1).xtr->GetCache().count(MapEid::Of(42, T2)), 0u);
    for (int i = 0; i < 20; ++i)
    {
        Send(1, T2);
    }
    EXPECT_EQ(Vtep(1).drops.size(), 4u);
    EXPECT_EQ(Vtep(1).drops[0], "waiting-frames");
}

TEST_F(MapInstanceTest, S6_1_AMoveSolicitsRequests)
{
    Build();
    Send(1, T2);
    m_lab->Run(0.01);
    // It speaks at 3; the server tells 2, its old place.
    Vtep(3).xtr->AddLocal(42, T2, A2);
    m_lab->Run(0.01);
    EXPECT_EQ(Vtep(2).forgotten.size(), 1u);
    EXPECT_EQ((Vtep(2).fdb[{42, T2}]), Vtep(3).address);
    EXPECT_EQ(Vtep(2).messages["sent map-notify-ack"], 3); // node 3 in the broadcast, MAC, address
    EXPECT_EQ(m_lab->Server().messages["received map-notify-ack"],
              m_lab->Server().messages["sent map-notify"] -
                  m_lab->Server().messages["received map-register"]);
    EXPECT_EQ((Vtep(1).fdb[{42, T2}]), Vtep(2).address);
    // A frame of 1 arrives at 2: it is sent on, and 1 is told.
    EXPECT_FALSE(Vtep(2).xtr->ReceiveFrame(42, T1, T2, Vtep(1).address, Create<Packet>(100)));
    EXPECT_FALSE(Vtep(2).xtr->ReceiveFrame(42, T1, T2, Vtep(1).address, Create<Packet>(100)));
    EXPECT_EQ(Vtep(2).sent.size(), 2u);
    EXPECT_EQ(Vtep(2).sent[0].second, Vtep(3).address);
    EXPECT_EQ(Vtep(2).messages["sent solicit-map-request"], 1);
    m_lab->Run(0.01);
    EXPECT_EQ((Vtep(1).fdb[{42, T2}]), Vtep(3).address);
    EXPECT_EQ(Steps(1, "[42] 02:00:02:00:00:2a"),
              (std::vector<std::string>{"absent lookup requested",
                                        "requested reply mapped",
                                        "mapped solicited requested",
                                        "requested reply mapped"}));
    // And back: 2's cache gives way to its own side.
    Vtep(2).xtr->AddLocal(42, T2, A2);
    EXPECT_EQ(Vtep(2).fdb.count({42, T2}), 0u);
    m_lab->Run(0.01);
    EXPECT_EQ(Vtep(3).forgotten.size(), 1u);
    EXPECT_EQ(std::count(m_lab->Server().events.begin(),
                         m_lab->Server().events.end(),
                         "move [42] 02:00:02:00:00:2a 10.0.0.2"),
              1);
}

TEST_F(MapInstanceTest, ARemovedTenantIsWithdrawn)
{
    Build();
    Vtep(2).xtr->RemoveLocal(42, T2);
    m_lab->Run(0.01);
    EXPECT_EQ(m_lab->Server().server->GetEntries().count(MapEid::Of(42, T2)), 0u);
    EXPECT_EQ(m_lab->Server().server->GetEntries().count(MapEid::Of(42, A2)), 0u);
    Vtep(3).xtr->RemoveInstance(42);
    m_lab->Run(0.01);
    EXPECT_EQ(Vtep(1).floods[42].size(), 1u);
    EXPECT_TRUE(Vtep(3).floods[42].empty());
}

TEST_F(MapInstanceTest, InstancesKeepApart)
{
    Build();
    Vtep(1).xtr->AddInstance(43);
    Vtep(3).xtr->AddInstance(43);
    Vtep(3).xtr->AddLocal(43, T2, A2);
    m_lab->Run(0.01);
    Send(1, T2);
    Vtep(1).xtr->SendUnicast(43, T2, Create<Packet>(100));
    m_lab->Run(0.01);
    EXPECT_EQ((Vtep(1).fdb[{42, T2}]), Vtep(2).address);
    EXPECT_EQ((Vtep(1).fdb[{43, T2}]), Vtep(3).address);
    EXPECT_EQ(Vtep(1).floods[43], std::set<Ipv4Address>{Vtep(3).address});
}

TEST_F(MapInstanceTest, AnUnacknowledgedNotifyIsRepeatedThreeTimes)
{
    Build();
    const int before = m_lab->Server().messages["sent map-notify"];
    Vtep(2).xtr.reset();
    Vtep(3).xtr->AddLocal(42, T2, Ipv4Address::GetAny());
    m_lab->Run(30);
    // The answer to 3, and four to 2, which is gone.
    EXPECT_EQ(m_lab->Server().messages["sent map-notify"] - before, 5);
}

TEST_F(MapInstanceTest, S5_6_AReplayedMapRegisterIsDropped)
{
    Build();
    const MapEid eid = MapEid::Of(42, T2);
    MapServerInstance& server = *m_lab->Server().server;
    const auto placeOf = [&server](const MapEid& one) {
        return server.GetEntries().at(one).registrations.begin()->first;
    };
    const std::vector<uint8_t> recorded = Vtep(2).wire.back();
    ASSERT_EQ(std::string(GetMapMessageName(recorded)), "map-register");
    Vtep(3).xtr->AddLocal(42, T2, A2);
    m_lab->Run(0.01);
    EXPECT_EQ(placeOf(eid), Vtep(3).address);
    // Byte for byte and rightly signed, from whatever address.
    for (const char* from : {"10.0.0.66", "10.0.0.2", "10.0.0.3"})
    {
        EXPECT_EQ(server.Receive(Ipv4Address(from), MAP_PORT, recorded), "replay") << from;
    }
    EXPECT_EQ(m_lab->Server().drops, std::vector<std::string>(3, "replay"));
    EXPECT_EQ(placeOf(eid), Vtep(3).address);
    EXPECT_EQ(m_lab->nonces.at({MapXtrId::Of(Vtep(2).address), Ipv4Address::GetAny()}),
              Vtep(2).nonce);
    // A server that starts again has its table lost, but not this.
    m_lab->StartServer();
    EXPECT_EQ(m_lab->Server().server->Receive(Vtep(2).address, MAP_PORT, recorded), "replay");
    EXPECT_TRUE(m_lab->Server().server->GetEntries().empty());
}

TEST_F(MapInstanceTest, S5_6_NoncesCountOnOverARestart)
{
    Build();
    const uint64_t before = Vtep(2).nonce;
    Vtep(2).Start();
    Vtep(2).xtr->AddInstance(42);
    Vtep(2).xtr->AddLocal(42, T2, A2);
    m_lab->Run(0.01);
    EXPECT_EQ(Vtep(2).nonce, before + 2); // the broadcast address apart
    for (const auto& [eid, confirmed] : Vtep(2).xtr->GetLocals())
    {
        EXPECT_TRUE(confirmed) << eid;
    }
    EXPECT_TRUE(m_lab->Server().drops.empty());
    // A VTEP that has lost its disk would need another key.
    Vtep(2).nonce = 1;
    Vtep(2).Start();
    Vtep(2).xtr->AddInstance(42);
    m_lab->Run(0.01);
    EXPECT_EQ(m_lab->Server().drops, std::vector<std::string>{"replay"});
    EXPECT_FALSE(Vtep(2).xtr->GetLocals().begin()->second);
}

TEST_F(MapInstanceTest, S5_6_WithoutAnXtrIdTheAddressIsTheSender)
{
    Build();
    MapRegister registration;
    registration.nonce = 5;
    registration.records.resize(1);
    registration.records[0].ttl = 5;
    registration.records[0].eid = MapEid::Of(42, Mac48Address("02:00:09:00:00:2a"));
    registration.records[0].locators = {MapLocator::Of(Ipv4Address("10.0.0.66"))};
    const auto receive = [&](const char* from) {
        MapMessage message;
        message.body = registration;
        return m_lab->Server().server->Receive(
            Ipv4Address(from), MAP_PORT, SignMapMessage(message, MAP_HMAC_SHA256_128, 1, "vxlan"));
    };
    EXPECT_EQ(receive("10.0.0.66"), "");
    EXPECT_EQ(receive("10.0.0.66"), "replay");
    EXPECT_EQ(receive("10.0.0.67"), "");
    registration.nonce = 4;
    EXPECT_EQ(receive("10.0.0.66"), "replay");
    registration.nonce = 6;
    EXPECT_EQ(receive("10.0.0.66"), "");
}

TEST_F(MapInstanceTest, WhatDoesNotBelongIsRefusedAndCounted)
{
    Build();
    MapServerInstance& server = *m_lab->Server().server;
    MapRegister registration;
    registration.records.resize(1);
    registration.records[0].ttl = 5;
    registration.records[0].eid = MapEid::Of(42, T1);
    registration.records[0].locators = {MapLocator::Of(Ipv4Address("10.0.0.66"))};
    MapMessage message;
    message.body = registration;
    const Ipv4Address stranger("10.0.0.66");
    EXPECT_EQ(server.Receive(stranger, MAP_PORT, message.ToBytes()), "authentication");
    EXPECT_EQ(server.Receive(stranger, MAP_PORT, SignMapMessage(message, 2, 1, "guess")),
              "authentication");
    EXPECT_EQ(server.Receive(stranger, MAP_PORT, {0x70}), "type");
    EXPECT_EQ(server.Receive(stranger, MAP_PORT, {}), "truncated");
    message.body = MapReply();
    EXPECT_EQ(server.Receive(stranger, MAP_PORT, message.ToBytes()), "unexpected");
    EXPECT_EQ(m_lab->Server().drops.size(), 5u);
    EXPECT_EQ(server.GetEntries().at(MapEid::Of(42, T1)).registrations.begin()->first,
              Vtep(1).address);

    MapXtrInstance& xtr = *Vtep(1).xtr;
    EXPECT_EQ(xtr.Receive(stranger, message.ToBytes()), "nonce");
    MapNotify notify;
    notify.records = registration.records;
    message.body = notify;
    EXPECT_EQ(xtr.Receive(stranger, message.ToBytes()), "authentication");
    MapRequest request;
    request.itrLocators = {stranger};
    request.eids = {MapEid::Of(42, T1)};
    message.body = request;
    EXPECT_EQ(xtr.Receive(stranger, message.ToBytes()), "unexpected");
    request.solicit = true;
    message.body = request;
    EXPECT_EQ(xtr.Receive(stranger, message.ToBytes()), "eid-afi");
    request.hasSource = true;
    request.source = MapEid::Of(42, T2);
    message.body = request;
    EXPECT_EQ(xtr.Receive(stranger, message.ToBytes()), "unknown-eid");
    EXPECT_EQ(Vtep(1).xtr->GetLocals().count(MapEid::Of(42, T1)), 1u);
}

TEST_F(MapInstanceTest, NothingThatIsReceivedCrashes)
{
    Build(MAP_NONE);
    std::vector<std::vector<uint8_t>> seeds;
    MapRecord record;
    record.ttl = 5;
    record.eid = MapEid::Of(42, T2);
    record.locators = {MapLocator::Of(Ipv4Address("10.0.0.3"))};
    MapRequest request;
    request.itrLocators = {Ipv4Address("10.0.0.1")};
    request.eids = {MapEid::Of(42, T2)};
    request.hasSource = true;
    request.source = MapEid::Of(42, T2);
    MapMessage message;
    const MapMessage::Body bodies[] = {
        request,
        MapReply{false, 0, {record}},
        MapRegister{true, false, false, true, 7, {}, {record}},
        MapNotify{false, 7, {}, {record}},
        MapEncapsulated{Ipv4Address("10.0.0.1"), FakeMapLab::GetServer(), MAP_PORT, request}};
    for (const MapMessage::Body& body : bodies)
    {
        message.body = body;
        seeds.push_back(message.ToBytes());
    }
    std::mt19937 random(20260105);
    for (int i = 0; i < 30000; ++i)
    {
        std::vector<uint8_t> bytes = seeds[random() % seeds.size()];
        for (int at = 0; at < 4; ++at)
        {
            bytes[8 + at] = static_cast<uint8_t>(i >> (24 - 8 * at)); // no replay, most often
        }
        for (uint32_t changes = random() % 4; changes > 0; --changes)
        {
            bytes[random() % bytes.size()] = static_cast<uint8_t>(random());
        }
        m_lab->Server().server->Receive(Ipv4Address("10.0.0.66"), MAP_PORT, bytes);
        Vtep(1).xtr->Receive(Ipv4Address("10.0.0.66"), bytes);
        Send(1, T2);
        m_lab->Run(0.01);
    }
    EXPECT_GT(m_lab->Server().drops.size(), 1000u);
}
