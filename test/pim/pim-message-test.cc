// SPDX-License-Identifier: GPL-2.0-only
// Every PIM message against bytes that real daemons sent (FRR pimd, troglobit pimd), round trips,
// and any bytes at all.
#include "ns3/pim-message.h"
#include "ns3/wire-header.h"

#include <gtest/gtest.h>

#include <random>
#include <sstream>

namespace ns3
{
namespace
{

std::vector<uint8_t>
FromHex(const std::string& hex)
{
    std::vector<uint8_t> bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    {
        bytes.push_back(static_cast<uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

std::string
ReadBytes(const std::vector<uint8_t>& bytes, PimMessage& message)
{
    WireReader reader(bytes.data(), bytes.size());
    message = PimMessage();
    return PimMessage::Read(reader, message);
}

std::vector<uint8_t>
WriteBytes(const PimMessage& message)
{
    WireWriter writer;
    message.Write(writer);
    return writer.GetBytes();
}

std::string
Printed(const PimMessage& message)
{
    std::ostringstream text;
    message.Print(text);
    return text.str();
}

/** Reads \p hex, which must be right, and checks that writing gives the same bytes again. */
template <typename T>
T
Golden(const std::string& hex)
{
    PimMessage message;
    EXPECT_EQ(ReadBytes(FromHex(hex), message), "");
    EXPECT_EQ(WriteBytes(message), FromHex(hex));
    const T* body = message.As<T>();
    EXPECT_NE(body, nullptr);
    return body == nullptr ? T() : *body;
}

/** Sets the checksum of bytes changed by hand. */
void
Seal(std::vector<uint8_t>& bytes)
{
    bytes[2] = bytes[3] = 0;
    const uint16_t sum = InternetChecksum(bytes.data(), bytes.size());
    bytes[2] = static_cast<uint8_t>(sum >> 8);
    bytes[3] = static_cast<uint8_t>(sum);
}

TEST(PimMessage, HelloAsFrrSendsIt)
{
    const auto hello =
        Golden<PimHello>("200073860001000200690002000401f409c40013000400000001001400047418ec06");
    EXPECT_EQ(hello.holdtime, 105);
    ASSERT_TRUE(hello.lanPruneDelay);
    EXPECT_FALSE(hello.lanPruneDelay->trackingSupport);
    EXPECT_EQ(hello.lanPruneDelay->propagationDelay, 500);
    EXPECT_EQ(hello.lanPruneDelay->overrideInterval, 2500);
    EXPECT_EQ(hello.drPriority, 1U);
    EXPECT_EQ(hello.generationId, 0x7418ec06U);
}

TEST(PimMessage, HelloAsPimdSendsIt)
{
    const auto hello = Golden<PimHello>("200024f20001000200690013000400000001001400041f439b2e");
    EXPECT_FALSE(hello.lanPruneDelay);
    EXPECT_TRUE(hello.secondaryAddresses.empty());
}

TEST(PimMessage, NullRegisterAsFrrSendsIt)
{
    const auto message =
        Golden<PimRegister>("21009eff40000000450000140000000000670000c0a80101ef00000a");
    EXPECT_TRUE(message.nullRegister);
    EXPECT_FALSE(message.border);
    EXPECT_EQ(message.packet.size(), 20U);
}

TEST(PimMessage, RegisterAsPimdSendsIt)
{
    const auto message = Golden<PimRegister>(
        "2100deff000000004500004e3fa900000a11c022c0a80101ef00002abc9c2118003add090800000000002a00ff"
        "ffffffffff02420000000108060001080006040001024200000001c0a86301000000000000c0a86302");
    EXPECT_FALSE(message.nullRegister);
    EXPECT_EQ(message.packet.size(), 78U);
}

TEST(PimMessage, RegisterStopAsFrrSendsIt)
{
    const auto message = Golden<PimRegisterStop>("22002b2b01000020ef00000a0100c0a80101");
    EXPECT_EQ(message.group, Ipv4Address("239.0.0.10"));
    EXPECT_EQ(message.source, Ipv4Address("192.168.1.1"));
}

TEST(PimMessage, JoinPruneAsFrrSendsIt)
{
    const auto message = Golden<PimJoinPrune>(
        "2300b03d0100c0a86585000200d201000020ef00000a0001000101000720c0a8658501000520c0a80101010000"
        "20ef00000b0001000001000720c0a86585");
    EXPECT_EQ(message.upstreamNeighbor, Ipv4Address("192.168.101.133"));
    EXPECT_EQ(message.holdtime, 210);
    ASSERT_EQ(message.groups.size(), 2U);
    const PimJoinPruneGroup& first = message.groups[0];
    EXPECT_EQ(first.group.address, Ipv4Address("239.0.0.10"));
    ASSERT_EQ(first.joins.size(), 1U);
    EXPECT_TRUE(first.joins[0].wildcard && first.joins[0].rpt && first.joins[0].sparse);
    ASSERT_EQ(first.prunes.size(), 1U);
    EXPECT_FALSE(first.prunes[0].wildcard);
    EXPECT_TRUE(first.prunes[0].rpt);
    EXPECT_EQ(WriteBytes(message).size(),
              PimJoinPrune::HEADER_SIZE + first.GetSize() + message.groups[1].GetSize());
}

TEST(PimMessage, BootstrapAsPimdSendsIt)
{
    const auto message = Golden<PimBootstrap>(
        "2400bdd28ad31e0a0100c0a8658501000008ef000000030300000100c0a86585003764000100c0a8667a002dc0"
        "000100c0a8656f0046c000");
    EXPECT_EQ(message.fragmentTag, 0x8ad3);
    EXPECT_EQ(message.hashMaskLength, 30);
    EXPECT_EQ(message.bsrPriority, 10);
    EXPECT_EQ(message.bsrAddress, Ipv4Address("192.168.101.133"));
    EXPECT_FALSE(message.noForward);
    ASSERT_EQ(message.ranges.size(), 1U);
    EXPECT_EQ(message.ranges[0].group.GetPrefix(), Ipv4Prefix(Ipv4Address("239.0.0.0"), 8));
    EXPECT_EQ(message.ranges[0].rpCount, 3);
    ASSERT_EQ(message.ranges[0].rps.size(), 3U);
    EXPECT_EQ(message.ranges[0].rps[0].priority, 100);
    EXPECT_EQ(message.ranges[0].rps[0].holdtime, 55);
    EXPECT_EQ(message.ranges[0].rps[2].address, Ipv4Address("192.168.101.111"));
}

TEST(PimMessage, EmptyBootstrapAsPimdSendsIt)
{
    EXPECT_TRUE(Golden<PimBootstrap>("240058613e851e010100c0a8656f").ranges.empty());
}

TEST(PimMessage, CandidateRpAdvertisementAsPimdSendsIt)
{
    const auto message =
        Golden<PimCandidateRpAdvertisement>("2800bed301c0004b0100c0a8656f01000008ef000000");
    EXPECT_EQ(message.priority, 192);
    EXPECT_EQ(message.holdtime, 75);
    EXPECT_EQ(message.rpAddress, Ipv4Address("192.168.101.111"));
    ASSERT_EQ(message.groups.size(), 1U);
}

PimMessage
RoundTrip(const PimMessage& message)
{
    PimMessage again;
    EXPECT_EQ(FromPacket(ToPacket(message), again), "");
    EXPECT_EQ(Printed(again), Printed(message));
    return again;
}

TEST(PimMessage, HelloWithAllOptionsComesBack)
{
    PimHello hello;
    hello.holdtime = 0;
    hello.lanPruneDelay = PimLanPruneDelay{true, 0x7fff, 0xffff};
    hello.drPriority = 0xffffffff;
    hello.generationId = 7;
    hello.secondaryAddresses = {Ipv4Address("10.0.0.2"), Ipv4Address("10.0.0.3")};
    hello.bidirectionalCapable = true;
    const PimMessage read = RoundTrip(hello);
    const PimHello& again = *read.As<PimHello>();
    EXPECT_TRUE(again.lanPruneDelay->trackingSupport);
    EXPECT_EQ(again.lanPruneDelay->propagationDelay, 0x7fff);
    EXPECT_EQ(again.secondaryAddresses, hello.secondaryAddresses);
    EXPECT_TRUE(again.bidirectionalCapable);
}

TEST(PimMessage, AssertComesBack)
{
    PimAssert assert;
    assert.group.address = Ipv4Address("239.1.2.3");
    assert.source = Ipv4Address("10.0.0.1");
    assert.rpt = true;
    assert.metricPreference = PimAssert::INFINITE_PREFERENCE;
    assert.metric = PimAssert::INFINITE_METRIC;
    const PimMessage read = RoundTrip(assert);
    EXPECT_TRUE(read.As<PimAssert>()->rpt);
    EXPECT_EQ(read.As<PimAssert>()->metricPreference, PimAssert::INFINITE_PREFERENCE);
    EXPECT_EQ(WriteBytes(assert).size(), 26U);
}

TEST(PimMessage, DfElectionComesBackInAllForms)
{
    PimDfElection election;
    election.rpAddress = Ipv4Address("10.9.9.9");
    election.senderPreference = 110;
    election.senderMetric = 3;
    election.otherAddress = Ipv4Address("10.0.0.2");
    election.otherPreference = 90;
    election.otherMetric = 2;
    election.interval = 1000;
    const std::pair<PimDfElection::Subtype, std::size_t> sizes[] = {
        {PimDfElection::Subtype::OFFER, 18},
        {PimDfElection::Subtype::WINNER, 18},
        {PimDfElection::Subtype::BACKOFF, 34},
        {PimDfElection::Subtype::PASS, 32}};
    for (auto [subtype, size] : sizes)
    {
        election.subtype = subtype;
        const PimMessage read = RoundTrip(election);
        EXPECT_EQ(read.As<PimDfElection>()->subtype, subtype);
        EXPECT_EQ(WriteBytes(election).size(), size);
    }
}

TEST(PimMessage, BootstrapFlagsComeBack)
{
    PimBootstrap message;
    message.noForward = true;
    PimBootstrapRange range;
    range.group = {Ipv4Address("239.0.0.0"), 8, true, true};
    range.rpCount = 5;
    message.ranges.push_back(range);
    const PimMessage read = RoundTrip(message);
    const PimBootstrap& again = *read.As<PimBootstrap>();
    EXPECT_TRUE(again.noForward);
    EXPECT_TRUE(again.ranges[0].group.bidirectional);
    EXPECT_TRUE(again.ranges[0].group.scopeZone);
    EXPECT_EQ(again.ranges[0].rpCount, 5);
    EXPECT_TRUE(again.ranges[0].rps.empty());
}

TEST(PimMessage, RegisterIsAHeaderOnAPacketWithoutCopyingIt)
{
    Ptr<Packet> packet = Create<Packet>(1470);
    packet->AddHeader(WireHeader<PimMessage>(PimRegister()));
    EXPECT_EQ(packet->GetSize(), 1478U);
    PimMessage message;
    ASSERT_EQ(FromPacket(packet, message), "");
    EXPECT_EQ(message.As<PimRegister>()->packet.size(), 1470U);
}

TEST(Pim7761, S4_9_3_RegisterChecksumMayCoverTheWholeMessage)
{
    std::vector<uint8_t> bytes = WriteBytes(PimRegister{false, false, {1, 2, 3, 4}});
    PimMessage message;
    EXPECT_EQ(ReadBytes(bytes, message), "");
    Seal(bytes);
    EXPECT_EQ(ReadBytes(bytes, message), "");
    bytes[3] ^= 1;
    EXPECT_EQ(ReadBytes(bytes, message), "checksum");
}

TEST(Pim7761, S4_9_2_UnknownHelloOptionsAreSkipped)
{
    std::vector<uint8_t> bytes = FromHex("20000000"
                                         "fde80003010203"
                                         "000100020069"
                                         "fde90000");
    Seal(bytes);
    PimMessage message;
    ASSERT_EQ(ReadBytes(bytes, message), "");
    EXPECT_EQ(message.As<PimHello>()->holdtime, 105);
}

struct Malformed
{
    const char* hex;
    const char* error;
};

TEST(PimMessage, WhatIsWrongIsNamed)
{
    const Malformed cases[] = {
        {"", "truncated"},
        {"2000", "truncated"},
        {"10000000", "version"},
        {"26000000", "type"},
        {"29000000", "type"},
        {"2f000000", "type"},
        {"2a0000000100", "subtype"},
        {"2a5000000100", "subtype"},
        {"2a100000010001020304", "truncated"},
        {"200000000001000200", "truncated"},
        {"20000000000100010000", "option-length"},
        {"200000000018000501000a0000", "option-length"},
        {"2000000000180007"
         "01000a000001ff",
         "option-length"},
        {"200000000018000602000a000001", "address-family"},
        {"22000000", "truncated"},
        {"2200000002000020ef00000a0100c0a80101", "address-family"},
        {"2200000001010020ef00000a0100c0a80101", "encoding"},
        {"2200000001000021ef00000a0100c0a80101", "mask-length"},
        {"230000000100c0a86585000200d2", "truncated"},
        {"230000000100c0a86585000100d201000020ef00000affffffff", "truncated"},
        {"24000000000121400100c0a86585", "mask-length"},
        {"24000000000120400100c0a8658501000008ef00000003030000", "truncated"},
        {"280000000102", "truncated"},
        {"2800000001c0004b0100c0a8656f", "truncated"},
        {"2500000001000020ef00000a0100c0a8010100000000", "truncated"},
    };
    for (const Malformed& one : cases)
    {
        std::vector<uint8_t> bytes = FromHex(one.hex);
        if (bytes.size() >= 4)
        {
            Seal(bytes);
        }
        PimMessage message;
        EXPECT_EQ(ReadBytes(bytes, message), one.error) << one.hex;
    }
}

TEST(PimMessage, EveryPrefixOfAMessageIsReadWithoutHarm)
{
    PimJoinPrune joinPrune;
    joinPrune.groups.push_back({PimEncodedGroup(), {PimEncodedSource()}, {PimEncodedSource()}});
    PimBootstrap bootstrap;
    bootstrap.ranges.push_back({PimEncodedGroup(), 1, {PimBootstrapRp()}});
    for (const PimMessage& whole : {PimMessage(joinPrune), PimMessage(bootstrap)})
    {
        const std::vector<uint8_t> bytes = WriteBytes(whole);
        for (std::size_t size = 0; size < bytes.size(); ++size)
        {
            std::vector<uint8_t> part(bytes.begin(), bytes.begin() + size);
            if (size >= 4)
            {
                Seal(part);
            }
            PimMessage message;
            ReadBytes(part, message);
            Printed(message);
        }
    }
}

TEST(PimMessage, AnyBytesGiveAValueOrAnError)
{
    std::mt19937 generator(1);
    std::size_t good = 0;
    for (int i = 0; i < 50000; ++i)
    {
        std::vector<uint8_t> bytes(generator() % 80);
        for (uint8_t& byte : bytes)
        {
            // Small values make well-formed families, lengths and counts likely.
            byte = static_cast<uint8_t>(generator() % 3 == 0 ? generator() : generator() % 4);
        }
        if (bytes.size() >= 4)
        {
            bytes[0] = static_cast<uint8_t>(0x20 | generator() % 16);
            Seal(bytes);
        }
        PimMessage message;
        if (ReadBytes(bytes, message).empty())
        {
            ++good;
            PimMessage again;
            EXPECT_EQ(ReadBytes(WriteBytes(message), again), "");
            EXPECT_EQ(Printed(again), Printed(message));
        }
    }
    EXPECT_GT(good, 100U);
}

TEST(Ipv4Prefix, ContainsOverlapsAndOrders)
{
    const Ipv4Prefix all;
    const Ipv4Prefix site(Ipv4Address("239.5.6.7"), 8);
    const Ipv4Prefix group(Ipv4Address("239.0.0.16"), 28);
    EXPECT_EQ(site.ToString(), "239.0.0.0/8");
    EXPECT_TRUE(all.Contains(Ipv4Address("1.2.3.4")));
    EXPECT_TRUE(site.Contains(group));
    EXPECT_FALSE(group.Contains(site));
    EXPECT_TRUE(group.Overlaps(site));
    EXPECT_FALSE(group.Contains(Ipv4Address("239.0.0.32")));
    EXPECT_LT(all, site);
    EXPECT_LT(site, Ipv4Prefix(Ipv4Address("239.0.0.0"), 28));
    EXPECT_EQ(Ipv4Prefix(Ipv4Address("1.2.3.4"), 40).GetLength(), 32);
}

} // namespace
} // namespace ns3
