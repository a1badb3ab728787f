// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 A.3 and A.4: bytes to values and back, against packets of FRR's ospfd; and any bytes.
#include "ns3/ospf-packet.h"
#include "ns3/wire-header.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <sstream>

namespace ns3
{

namespace
{

// Captured from FRR 8.4.4.
const char* const HELLO = "0201002c0100000100000000fb9d00000000000000000000"
                          "ffffff00000a0201000000280000000000000000";
const char* const DESCRIPTION = "02020020010000010000000 00d450000000000000000000"
                                "005dc020746d8a0dc";
const char* const REQUEST = "02030024030000010000 0000f8d400000000000000000000"
                            "000000010100000101000001";
const char* const UPDATE =
    "020400b4030000010000000093a700000000000000000000"
    "00000003"
    "00010201030000010300000180000006e6de003c00000003"
    "c0a80100ffffff0003000001c0a80b00ffffff0003000001c0a81500ffffff0003000001"
    "000102010300000103000001800000071c29003c00000003"
    "c0a8010bc0a8010b02000001c0a80b00ffffff0003000001c0a81500ffffff0003000001"
    "00010202c0a8010b030000018000000175650020ffffff000100000103000001";
const char* const ACK = "0205002c020000030000000084480000000000000000000000020202"
                        "c0a8667a0200000280000001cc380020";

std::vector<uint8_t>
Bytes(const std::string& hex)
{
    std::vector<uint8_t> bytes;
    std::string digits;
    for (char c : hex)
    {
        if (c != ' ')
        {
            digits += c;
        }
    }
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    {
        bytes.push_back(static_cast<uint8_t>(std::stoul(digits.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

std::string
Read(const std::vector<uint8_t>& bytes, OspfPacket& packet)
{
    WireReader reader(bytes.data(), bytes.size());
    packet = OspfPacket();
    return OspfPacket::Read(reader, packet);
}

std::vector<uint8_t>
Write(const OspfPacket& packet)
{
    WireWriter writer;
    packet.Write(writer);
    return writer.GetBytes();
}

/** Sets the length and the checksum of bytes that were tampered with. */
std::vector<uint8_t>
Mend(std::vector<uint8_t> bytes)
{
    bytes[2] = static_cast<uint8_t>(bytes.size() >> 8);
    bytes[3] = static_cast<uint8_t>(bytes.size());
    bytes[12] = 0;
    bytes[13] = 0;
    std::vector<uint8_t> covered(bytes.begin(), bytes.begin() + 16);
    covered.insert(covered.end(), bytes.begin() + 24, bytes.end());
    const uint16_t sum = InternetChecksum(covered.data(), covered.size());
    bytes[12] = static_cast<uint8_t>(sum >> 8);
    bytes[13] = static_cast<uint8_t>(sum);
    return bytes;
}

} // namespace

TEST(OspfPacket, ReadsAndWritesWhatADaemonSent)
{
    for (const char* hex : {HELLO, DESCRIPTION, REQUEST, UPDATE, ACK})
    {
        const std::vector<uint8_t> bytes = Bytes(hex);
        OspfPacket packet;
        EXPECT_EQ(Read(bytes, packet), "");
        EXPECT_EQ(Write(packet), bytes);
    }
}

TEST(OspfPacket, HelloFields)
{
    OspfPacket packet;
    ASSERT_EQ(Read(Bytes(HELLO), packet), "");
    EXPECT_EQ(packet.routerId, OspfId(Ipv4Address("1.0.0.1")));
    EXPECT_EQ(packet.areaId, OspfId(Ipv4Address("0.0.0.0")));
    const auto& hello = std::get<OspfHello>(packet.body);
    EXPECT_EQ(hello.networkMask, Ipv4Mask("255.255.255.0"));
    EXPECT_EQ(hello.helloInterval, 10);
    EXPECT_EQ(hello.deadInterval, 40u);
    EXPECT_EQ(hello.options, OSPF_OPTION_E);
    EXPECT_EQ(hello.priority, 1);
    EXPECT_TRUE(hello.neighbors.empty());
    std::ostringstream os;
    packet.Print(os);
    EXPECT_EQ(os.str(), "OSPF Hello router 1.0.0.1 area 0.0.0.0");
}

TEST(OspfPacket, DescriptionAndRequestFields)
{
    OspfPacket packet;
    ASSERT_EQ(Read(Bytes(DESCRIPTION), packet), "");
    const auto& description = std::get<OspfDatabaseDescription>(packet.body);
    EXPECT_EQ(description.mtu, 1500);
    EXPECT_TRUE(description.init && description.more && description.master);
    EXPECT_EQ(description.sequence, 0x46d8a0dcu);
    ASSERT_EQ(Read(Bytes(REQUEST), packet), "");
    const auto& request = std::get<OspfLinkStateRequest>(packet.body);
    ASSERT_EQ(request.items.size(), 1u);
    EXPECT_EQ(request.items[0].type, 1u);
    EXPECT_EQ(request.items[0].linkStateId, OspfId(Ipv4Address("1.0.0.1")));
}

TEST(OspfPacket, UpdateFieldsAndChecksums)
{
    OspfPacket packet;
    ASSERT_EQ(Read(Bytes(UPDATE), packet), "");
    const auto& update = std::get<OspfLinkStateUpdate>(packet.body);
    ASSERT_EQ(update.lsas.size(), 3u);
    for (const OspfLsa& lsa : update.lsas)
    {
        EXPECT_EQ(lsa.ComputeChecksum(), lsa.header.checksum);
        EXPECT_EQ(CheckOspfLsaBody(lsa), "");
    }
    OspfRouterLsa router;
    ASSERT_EQ(OspfRouterLsa::Decode(update.lsas[1].body, router), "");
    ASSERT_EQ(router.links.size(), 3u);
    EXPECT_EQ(router.links[0].type, OspfRouterLink::TRANSIT);
    EXPECT_EQ(router.links[0].id, OspfId(Ipv4Address("192.168.1.11")));
    EXPECT_EQ(router.links[1].type, OspfRouterLink::STUB);
    EXPECT_EQ(router.Encode(), update.lsas[1].body);
    OspfNetworkLsa network;
    ASSERT_EQ(OspfNetworkLsa::Decode(update.lsas[2].body, network), "");
    EXPECT_EQ(network.mask, Ipv4Mask("255.255.255.0"));
    ASSERT_EQ(network.attachedRouters.size(), 2u);
    EXPECT_EQ(network.attachedRouters[1], OspfId(Ipv4Address("3.0.0.1")));
    EXPECT_EQ(network.Encode(), update.lsas[2].body);
}

TEST(OspfPacket, SummaryAndExternalRoundTrip)
{
    const OspfSummaryLsa summary{Ipv4Mask("255.255.0.0"), 0x123456};
    OspfSummaryLsa summaryBack;
    EXPECT_EQ(OspfSummaryLsa::Decode(summary.Encode(), summaryBack), "");
    EXPECT_EQ(summaryBack.metric, 0x123456u);
    EXPECT_EQ(summaryBack.mask, summary.mask);
    for (bool type2 : {false, true})
    {
        const OspfExternalLsa external{
            Ipv4Mask("255.0.0.0"), type2, 77, Ipv4Address("10.1.2.3"), 0xdeadbeef};
        OspfExternalLsa back;
        EXPECT_EQ(OspfExternalLsa::Decode(external.Encode(), back), "");
        EXPECT_EQ(back.type2, type2);
        EXPECT_EQ(back.metric, 77u);
        EXPECT_EQ(back.forwardingAddress, external.forwardingAddress);
        EXPECT_EQ(back.tag, external.tag);
    }
}

TEST(OspfPacket, TosMetricsAreSkipped)
{
    OspfRouterLsa lsa;
    lsa.links = {{OspfId(0x0a000000), Ipv4Address("255.0.0.0"), OspfRouterLink::STUB, 7},
                 {OspfId(0x0b000000), Ipv4Address("255.0.0.0"), OspfRouterLink::STUB, 8}};
    std::vector<uint8_t> bytes = lsa.Encode();
    bytes[4 + 9] = 1; // one TOS metric on the first link
    bytes.insert(bytes.begin() + 4 + 12, {8, 0, 0, 99});
    OspfRouterLsa back;
    ASSERT_EQ(OspfRouterLsa::Decode(bytes, back), "");
    ASSERT_EQ(back.links.size(), 2u);
    EXPECT_EQ(back.links[0].metric, 7);
    EXPECT_EQ(back.links[1].metric, 8);
}

TEST(OspfPacket, NamedErrors)
{
    OspfPacket packet;
    const std::vector<uint8_t> hello = Bytes(HELLO);
    std::vector<uint8_t> bad = hello;
    bad[0] = 3;
    EXPECT_EQ(Read(bad, packet), "version");
    bad = hello;
    bad[25] ^= 1;
    EXPECT_EQ(Read(bad, packet), "checksum");
    bad = hello;
    bad[3] = 23;
    EXPECT_EQ(Read(bad, packet), "length");
    bad = hello;
    bad[15] = 2;
    EXPECT_EQ(Read(bad, packet), "authentication");
    bad = hello;
    bad[1] = 6;
    EXPECT_EQ(Read(Mend(bad), packet), "type");
    bad[1] = 0;
    EXPECT_EQ(Read(Mend(bad), packet), "type");
    for (std::size_t size = 0; size < hello.size(); ++size)
    {
        EXPECT_EQ(Read({hello.begin(), hello.begin() + size}, packet), "truncated");
    }
    bad = hello;
    bad.resize(30);
    EXPECT_EQ(Read(Mend(bad), packet), "truncated");
    // An update that ends early, one that goes on, and an LSA shorter than its header.
    bad = Bytes(UPDATE);
    bad[27] = 4;
    EXPECT_EQ(Read(Mend(bad), packet), "truncated");
    bad[27] = 2;
    EXPECT_EQ(Read(Mend(bad), packet), "length");
    bad[27] = 3;
    bad[47] = 19;
    EXPECT_EQ(Read(Mend(bad), packet), "truncated");
}

TEST(OspfPacket, WhatFollowsTheLengthIsIgnored)
{
    std::vector<uint8_t> bytes = Bytes(HELLO);
    bytes.insert(bytes.end(), {0xff, 0xf6, 0, 3, 0, 1, 0, 4, 0, 0, 0, 1}); // an LLS block
    OspfPacket packet;
    EXPECT_EQ(Read(bytes, packet), "");
    EXPECT_TRUE(std::get<OspfHello>(packet.body).neighbors.empty());
}

TEST(OspfPacket, AsAnNs3Header)
{
    OspfPacket packet;
    ASSERT_EQ(Read(Bytes(ACK), packet), "");
    Ptr<Packet> sent = ToPacket(packet);
    EXPECT_EQ(sent->GetSize(), 44u);
    OspfPacket received;
    EXPECT_EQ(FromPacket(sent, received), "");
    EXPECT_EQ(std::get<OspfLinkStateAck>(received.body).headers.size(), 1u);
}

TEST(OspfPacket, AnyBytesAreRead)
{
    std::mt19937 random(2328);
    const std::vector<std::vector<uint8_t>> seeds = {
        Bytes(HELLO), Bytes(DESCRIPTION), Bytes(REQUEST), Bytes(UPDATE), Bytes(ACK)};
    std::size_t good = 0;
    for (int i = 0; i < 50000; ++i)
    {
        std::vector<uint8_t> bytes = seeds[random() % seeds.size()];
        if (i % 2)
        {
            bytes.resize(24 + random() % 200);
        }
        for (uint32_t changes = random() % 6; changes > 0; --changes)
        {
            bytes[random() % bytes.size()] = static_cast<uint8_t>(random());
        }
        OspfPacket packet;
        const std::string error = Read(i % 3 ? Mend(bytes) : bytes, packet);
        good += error.empty();
        if (error.empty())
        {
            Write(packet);
            if (const auto* update = std::get_if<OspfLinkStateUpdate>(&packet.body))
            {
                for (const OspfLsa& lsa : update->lsas)
                {
                    CheckOspfLsaBody(lsa);
                    lsa.ComputeChecksum();
                }
            }
        }
    }
    EXPECT_GT(good, 1000u);
}

TEST(OspfPacket, AnyBodyIsDecoded)
{
    std::mt19937 random(2);
    for (int i = 0; i < 20000; ++i)
    {
        OspfLsa lsa;
        lsa.header.type = static_cast<uint8_t>(random() % 7);
        std::vector<uint8_t> body(random() % 80);
        for (uint8_t& byte : body)
        {
            byte = static_cast<uint8_t>(random() % 8 ? random() % 3 : random());
        }
        lsa.body = std::move(body);
        CheckOspfLsaBody(lsa);
    }
}

TEST(OspfPacket, FletcherOfEveryLength)
{
    std::mt19937 random(3);
    for (int i = 0; i < 2000; ++i)
    {
        OspfLsa lsa;
        lsa.header.type = 1;
        std::vector<uint8_t> body(random() % 300);
        for (uint8_t& byte : body)
        {
            byte = static_cast<uint8_t>(random());
        }
        lsa.body = std::move(body);
        lsa.Seal();
        // ISO 8473: both sums over all covered bytes, check bytes included, vanish mod 255.
        WireWriter writer;
        lsa.Write(writer);
        uint32_t c0 = 0;
        uint32_t c1 = 0;
        for (std::size_t at = 2; at < writer.GetSize(); ++at)
        {
            c0 = (c0 + writer.GetBytes()[at]) % 255;
            c1 = (c1 + c0) % 255;
        }
        EXPECT_EQ(c0, 0u);
        EXPECT_EQ(c1, 0u);
        EXPECT_NE(lsa.header.checksum, 0);
    }
}

TEST(Ospf2328Lsa, S13_1_WhichIsMoreRecent)
{
    const OspfConfig config;
    OspfLsaHeader a;
    OspfLsaHeader b;
    EXPECT_EQ(CompareOspfInstances(a, b, config), 0);
    a.sequence = OSPF_INITIAL_SEQUENCE_NUMBER + 1;
    EXPECT_GT(CompareOspfInstances(a, b, config), 0);
    a.sequence = 1; // signed numbers: -1 comes before 1
    b.sequence = -1;
    EXPECT_GT(CompareOspfInstances(a, b, config), 0);
    b.sequence = 1;
    b.checksum = 7;
    EXPECT_LT(CompareOspfInstances(a, b, config), 0);
    a.checksum = 7;
    a.age = 3600;
    EXPECT_GT(CompareOspfInstances(a, b, config), 0);
    a.age = 950;
    b.age = 20;
    EXPECT_LT(CompareOspfInstances(a, b, config), 0); // the younger, MaxAgeDiff apart
    a.age = 920;
    EXPECT_EQ(CompareOspfInstances(a, b, config), 0);
}

TEST(OspfLsa, WhatIsKnownOfABodyHoldsForItsTypeAlone)
{
    OspfLsa lsa;
    lsa.header.type = static_cast<uint8_t>(OspfLsaType::NETWORK);
    lsa.body = OspfNetworkLsa{OspfMask(0xffffff00), {OspfId(1)}}.Encode(); // 8 bytes
    for (int i = 0; i < 2; ++i)
    {
        for (const auto& [type, error] : std::map<int, std::string>{{0, "lsa-type"},
                                                                    {1, "truncated"},
                                                                    {2, ""},
                                                                    {3, ""},
                                                                    {4, ""},
                                                                    {5, "truncated"},
                                                                    {6, "lsa-type"},
                                                                    {9, "lsa-type"},
                                                                    {10, "lsa-type"},
                                                                    {255, "lsa-type"}})
        {
            lsa.header.type = static_cast<uint8_t>(type);
            EXPECT_EQ(CheckOspfLsaBody(lsa), error) << type;
        }
    }
}

TEST(OspfLsa, AByteOfAKnownBodyIsMissed)
{
    OspfLsa lsa;
    lsa.body = OspfSummaryLsa{OspfMask(0xffffff00), 7}.Encode();
    lsa.Seal();
    EXPECT_EQ(lsa.ComputeChecksum(), lsa.header.checksum);
    OspfLsa other = lsa;
    other.body = OspfSummaryLsa{OspfMask(0xffffff00), 8}.Encode();
    EXPECT_NE(other.ComputeChecksum(), lsa.header.checksum);
    other.body = lsa.body;
    EXPECT_EQ(other.ComputeChecksum(), lsa.header.checksum);
    other.header.options ^= 1;
    EXPECT_NE(other.ComputeChecksum(), lsa.header.checksum);
    other = lsa;
    other.header.age = 77; // not covered
    EXPECT_EQ(other.ComputeChecksum(), lsa.header.checksum);
}

} // namespace ns3
