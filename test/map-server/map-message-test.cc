// SPDX-License-Identifier: GPL-2.0-only
// RFC 9301 §5 and RFC 8060: formats, every field malformed, authentication.
#include "ns3/map-message.h"
#include "ns3/wire-buffer.h"

#include <gtest/gtest.h>

#include <random>

using namespace ns3;

namespace
{

const Mac48Address EID_MAC("02:00:02:00:00:2a");
const Ipv4Address VTEP("192.168.2.2");

std::string
ToHex(const std::vector<uint8_t>& bytes)
{
    static const char* const digits = "0123456789abcdef";
    std::string hex;
    for (uint8_t byte : bytes)
    {
        hex += digits[byte >> 4];
        hex += digits[byte & 15];
    }
    return hex;
}

MapRecord
MakeRecord()
{
    MapRecord record;
    record.ttl = 5;
    record.eid = MapEid::Of(42, EID_MAC);
    record.locators = {MapLocator::Of(VTEP)};
    return record;
}

MapMessage
Make(MapMessage::Body body)
{
    MapMessage message;
    message.body = std::move(body);
    return message;
}

MapMessage
MakeRequest()
{
    MapRequest request;
    request.nonce = 0x0102030405060708;
    request.itrLocators = {Ipv4Address("192.168.1.1")};
    request.eids = {MapEid::Of(42, EID_MAC)};
    return Make(request);
}

MapMessage
MakeEncapsulated()
{
    MapEncapsulated outer;
    outer.source = Ipv4Address("192.168.1.1");
    outer.destination = Ipv4Address("192.168.101.133");
    outer.request = std::get<MapRequest>(MakeRequest().body);
    return Make(outer);
}

MapMessage
MakeReply()
{
    MapReply reply;
    reply.nonce = 0x0102030405060708;
    reply.records = {MakeRecord()};
    return Make(reply);
}

MapMessage
MakeRegister()
{
    MapRegister registration;
    registration.nonce = 0x0102030405060708;
    registration.records = {MakeRecord()};
    return Make(registration);
}

/** \returns the error of \p message with bytes replaced. */
std::string
ErrorWith(const MapMessage& message, std::size_t offset, const std::vector<uint8_t>& change)
{
    std::vector<uint8_t> bytes = message.ToBytes();
    std::copy(change.begin(), change.end(), bytes.begin() + offset);
    MapMessage read;
    return MapMessage::Read(bytes, read);
}

} // namespace

TEST(MapMessage, S5_2_MapRequest)
{
    EXPECT_EQ(ToHex(MakeRequest().ToBytes()),
              "10000001"         // type 1, one ITR-RLOC, one record
              "0102030405060708" // nonce
              "0000"             // no source EID
              "0001c0a80101"     // ITR-RLOC
              "0030"             // mask length 48
              "40030000"         // LCAF
              "0200000c"         // instance ID, length 12
              "0000002a"         // 42
              "4005"             // MAC
              "02000200002a");
    MapRequest solicit = std::get<MapRequest>(MakeRequest().body);
    solicit.solicit = true;
    solicit.solicitInvoked = true;
    solicit.probe = true;
    solicit.authoritative = true;
    solicit.hasSource = true;
    solicit.source = MapEid::Of(42, Ipv4Address("192.168.99.2"));
    solicit.itrLocators.push_back(VTEP);
    const auto bytes = Make(solicit).ToBytes();
    EXPECT_EQ(ToHex(bytes).substr(0, 8), "1b400101");
    MapMessage read;
    ASSERT_EQ(MapMessage::Read(bytes, read), "");
    EXPECT_EQ(read.ToBytes(), bytes);
    EXPECT_STREQ(read.GetName(), "solicit-map-request");
    EXPECT_EQ(std::get<MapRequest>(read.body).source.GetIpv4(), Ipv4Address("192.168.99.2"));
}

TEST(MapMessage, S5_4_MapReply)
{
    EXPECT_EQ(ToHex(MakeReply().ToBytes()),
              "20000001"
              "0102030405060708"
              "00000005" // TTL 5 minutes
              "01301000" // one locator, mask length 48, authoritative
              "0000"     // version
              "40030000"
              "0200000c"
              "0000002a"
              "4005"
              "02000200002a"
              "0164ff00" // priorities and weights
              "00010001c0a80202");
    MapReply negative;
    negative.records = {MakeRecord()};
    negative.records[0].locators.clear();
    negative.records[0].action = MapAction::DROP;
    MapRecord address;
    address.eid = MapEid::Of(42, Ipv4Address("192.168.99.2"));
    address.locators = {MapLocator::Of(EID_MAC)};
    negative.records.push_back(address);
    const auto bytes = Make(negative).ToBytes();
    MapMessage read;
    ASSERT_EQ(MapMessage::Read(bytes, read), "");
    EXPECT_EQ(read.ToBytes(), bytes);
    const auto& records = std::get<MapReply>(read.body).records;
    EXPECT_EQ(records[0].action, MapAction::DROP);
    EXPECT_EQ(records[1].locators[0].GetMac(), EID_MAC);
}

TEST(MapMessage, S5_6_MapRegisterAndS5_7_MapNotify)
{
    EXPECT_EQ(ToHex(MakeRegister().ToBytes()).substr(0, 32), "38000101010203040506070800000000");
    MapRegister merge = std::get<MapRegister>(MakeRegister().body);
    merge.merge = merge.useTtl = true;
    merge.proxyReply = false;
    merge.authentication = {1, 2, std::vector<uint8_t>(16, 0xaa)};
    const auto bytes = Make(merge).ToBytes();
    EXPECT_EQ(ToHex(bytes).substr(0, 36), "30000d01010203040506070801020010aaaa");
    MapMessage read;
    ASSERT_EQ(MapMessage::Read(bytes, read), "");
    EXPECT_EQ(read.ToBytes(), bytes);
    for (bool ack : {false, true})
    {
        MapNotify notify;
        notify.ack = ack;
        notify.records = {MakeRecord()};
        const auto sent = Make(notify).ToBytes();
        EXPECT_EQ(sent[0], ack ? 0x50 : 0x40);
        ASSERT_EQ(MapMessage::Read(sent, read), "");
        EXPECT_EQ(read.ToBytes(), sent);
    }
}

TEST(MapMessage, S5_6_XtrIdAndSiteIdFollowTheRecords)
{
    MapRegister registration = std::get<MapRegister>(MakeRegister().body);
    const std::size_t without = MakeRegister().ToBytes().size();
    registration.id = MapXtrId::Of(Ipv4Address("192.168.2.2"));
    registration.id->site = 7;
    const auto bytes = Make(registration).ToBytes();
    ASSERT_EQ(bytes.size(), without + 24);
    EXPECT_EQ(ToHex(bytes).substr(0, 8), "3a000101");
    EXPECT_EQ(ToHex(bytes).substr(2 * without), "000000000000000000000000c0a802020000000000000007");
    MapMessage read;
    ASSERT_EQ(MapMessage::Read(bytes, read), "");
    EXPECT_EQ(read.ToBytes(), bytes);
    ASSERT_TRUE(std::get<MapRegister>(read.body).id.has_value());
    EXPECT_TRUE(*std::get<MapRegister>(read.body).id == *registration.id);
    // The bit without the bytes, and the bytes without the bit.
    EXPECT_EQ(ErrorWith(MakeRegister(), 0, {0x3a}), "truncated");
    EXPECT_EQ(ErrorWith(Make(registration), 0, {0x38}), "record-count");
    for (std::size_t size = 0; size < bytes.size(); ++size)
    {
        const std::vector<uint8_t> cut(bytes.begin(), bytes.begin() + size);
        EXPECT_NE(MapMessage::Read(cut, read), "") << size;
    }
}

TEST(MapMessage, S5_8_EncapsulatedControlMessage)
{
    const auto bytes = MakeEncapsulated().ToBytes();
    EXPECT_EQ(bytes.size(), 4u + 20 + 8 + MakeRequest().ToBytes().size());
    EXPECT_EQ(bytes[0], 0x80);
    EXPECT_EQ(InternetChecksum(bytes.data() + 4, 20), 0);
    MapMessage read;
    ASSERT_EQ(MapMessage::Read(bytes, read), "");
    EXPECT_EQ(read.ToBytes(), bytes);
    EXPECT_STREQ(read.GetName(), "map-request");
    EXPECT_EQ(ErrorWith(MakeEncapsulated(), 4, {0x46}), "encapsulated-ip");
    EXPECT_EQ(ErrorWith(MakeEncapsulated(), 13, {6}), "encapsulated-ip");
    EXPECT_EQ(ErrorWith(MakeEncapsulated(), 6, {0, 20}), "encapsulated-ip");
    EXPECT_EQ(ErrorWith(MakeEncapsulated(), 26, {0, 53}), "encapsulated-udp");
    EXPECT_EQ(ErrorWith(MakeEncapsulated(), 28, {0, 8}), "encapsulated-udp");
    EXPECT_EQ(ErrorWith(MakeEncapsulated(), 32, {0x20}), "encapsulated-type");
}

TEST(MapMessage, WhatIsWrongIsNamed)
{
    EXPECT_EQ(ErrorWith(MakeRequest(), 0, {0x60}), "type");
    EXPECT_EQ(ErrorWith(MakeRequest(), 0, {0x14}), "map-data");
    EXPECT_EQ(ErrorWith(MakeRequest(), 3, {0}), "record-count");
    EXPECT_EQ(ErrorWith(MakeRequest(), 3, {2}), "truncated");
    EXPECT_EQ(ErrorWith(MakeRequest(), 2, {1}), "locator-afi");
    EXPECT_EQ(ErrorWith(MakeRequest(), 12, {0, 1}), "eid-afi");
    EXPECT_EQ(ErrorWith(MakeRequest(), 14, {0, 2}), "locator-afi");
    EXPECT_EQ(ErrorWith(MakeRequest(), 21, {32}), "mask-length");
    EXPECT_EQ(ErrorWith(MakeRequest(), 22, {0, 1}), "eid-afi");
    EXPECT_EQ(ErrorWith(MakeRequest(), 26, {3}), "lcaf");
    EXPECT_EQ(ErrorWith(MakeRequest(), 28, {0, 13}), "truncated");
    EXPECT_EQ(ErrorWith(MakeRequest(), 28, {0, 11}), "lcaf-length");
    EXPECT_EQ(ErrorWith(MakeRequest(), 28, {0, 5}), "lcaf-length");
    EXPECT_EQ(ErrorWith(MakeRequest(), 30, {1}), "instance");
    EXPECT_EQ(ErrorWith(MakeRequest(), 34, {0x40, 2}), "eid-afi");
    EXPECT_EQ(ErrorWith(MakeReply(), 3, {0}), "record-count");
    EXPECT_EQ(ErrorWith(MakeReply(), 16, {2}), "truncated");
    EXPECT_EQ(ErrorWith(MakeReply(), 17, {32}), "mask-length");
    EXPECT_EQ(ErrorWith(MakeReply(), 18, {0x90}), "action");
    EXPECT_EQ(ErrorWith(MakeReply(), 22, {0, 1}), "eid-afi");
    EXPECT_EQ(ErrorWith(MakeReply(), 48, {0, 2}), "locator-afi");
    EXPECT_EQ(ErrorWith(MakeReply(), 48, {0x40, 5}), "truncated");
    EXPECT_EQ(ErrorWith(MakeRegister(), 14, {1, 0}), "truncated");
    for (const MapMessage& message :
         {MakeRequest(), MakeReply(), MakeRegister(), MakeEncapsulated()})
    {
        const auto whole = message.ToBytes();
        for (std::size_t size = 0; size < whole.size(); ++size)
        {
            MapMessage read;
            EXPECT_NE(MapMessage::Read({whole.begin(), whole.begin() + size}, read), "") << size;
        }
        std::vector<uint8_t> longer = whole;
        longer.push_back(0);
        MapMessage read;
        EXPECT_NE(MapMessage::Read(longer, read), "");
    }
}

TEST(MapMessage, S5_6_Authentication)
{
    for (uint8_t algorithm : {0, 1, 2, 3})
    {
        const auto bytes = SignMapMessage(MakeRegister(), algorithm, 7, "secret");
        MapMessage read;
        ASSERT_EQ(MapMessage::Read(bytes, read), "");
        const auto& authentication = std::get<MapRegister>(read.body).authentication;
        EXPECT_EQ(authentication.algorithm, algorithm);
        EXPECT_EQ(authentication.data.size(), algorithm == 0 ? 0u : algorithm == 1 ? 12u : 16u);
        EXPECT_TRUE(VerifyMapMessage(bytes, read, algorithm, "secret"));
        if (algorithm != 0)
        {
            EXPECT_FALSE(VerifyMapMessage(bytes, read, algorithm, "other"));
            EXPECT_FALSE(VerifyMapMessage(bytes, read, 0, "secret"));
            auto changed = bytes;
            changed.back() ^= 1;
            EXPECT_FALSE(VerifyMapMessage(changed, read, algorithm, "secret"));
        }
    }
    EXPECT_FALSE(VerifyMapMessage(MakeReply().ToBytes(), MakeReply(), 2, "secret"));
    // Computed apart, with Python's hmac and hashlib.
    MapRegister empty;
    empty.nonce = 0x0102030405060708;
    const auto digest = [&empty](uint8_t algorithm) {
        return ToHex(SignMapMessage(Make(empty), algorithm, 1, "vxlan")).substr(32);
    };
    EXPECT_EQ(digest(1), "21f8397d11193be717948d13");
    EXPECT_EQ(digest(2), "60a5d7e6b279373802992b09e08b90f2");
    EXPECT_EQ(digest(3), "be1c33f924a962e2ce99cb926edebf3a");
}

TEST(MapMessage, NothingThatIsReadCrashes)
{
    const std::vector<uint8_t> seeds[] = {MakeRequest().ToBytes(),
                                          MakeReply().ToBytes(),
                                          MakeRegister().ToBytes(),
                                          MakeEncapsulated().ToBytes()};
    std::mt19937 random(20260104);
    int read = 0;
    for (int i = 0; i < 200000; ++i)
    {
        std::vector<uint8_t> bytes = seeds[random() % std::size(seeds)];
        for (uint32_t changes = random() % 4; changes > 0; --changes)
        {
            bytes[random() % bytes.size()] = static_cast<uint8_t>(random());
        }
        if (random() % 4 == 0)
        {
            bytes.resize(random() % (bytes.size() + 4));
        }
        MapMessage message;
        if (MapMessage::Read(bytes, message).empty())
        {
            ++read;
            MapMessage again;
            ASSERT_EQ(MapMessage::Read(message.ToBytes(), again), "");
            ASSERT_EQ(again.ToBytes(), message.ToBytes());
        }
    }
    EXPECT_GT(read, 1000);
}
