// SPDX-License-Identifier: GPL-2.0-only
// The codec against bytes that real hosts and routers sent, and against bytes that nobody should.
#include "ns3/igmp-message.h"
#include "ns3/wire-header.h"

#include <gtest/gtest.h>

#include <cstdlib>
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
    for (std::size_t i = 0; i < hex.size(); i += 2)
    {
        bytes.push_back(static_cast<uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

std::string
Read(const std::vector<uint8_t>& bytes, IgmpMessage& message)
{
    WireReader reader(bytes.data(), bytes.size());
    return IgmpMessage::Read(reader, message);
}

std::vector<uint8_t>
Write(const IgmpMessage& message)
{
    WireWriter writer;
    message.Write(writer);
    return writer.GetBytes();
}

std::string
Print(const IgmpMessage& message)
{
    std::ostringstream text;
    message.Print(text);
    return text.str();
}

/** Sets the checksum right, so that a test reaches what is behind it. */
std::vector<uint8_t>
WithChecksum(std::vector<uint8_t> bytes)
{
    bytes[2] = bytes[3] = 0;
    const uint16_t sum = InternetChecksum(bytes.data(), bytes.size());
    bytes[2] = static_cast<uint8_t>(sum >> 8);
    bytes[3] = static_cast<uint8_t>(sum);
    return bytes;
}

struct Golden
{
    const char* hex;
    const char* text;
};

/** From captures of Linux hosts, troglobit pimd and FRR pimd. */
const Golden GOLDEN[] = {
    {"1600faf4ef00000a", "v2 Report 239.0.0.10"},
    {"1164ee9b00000000", "v2 Query 0.0.0.0"},
    {"1164e41e000000000a7d0000", "v3 Query 0.0.0.0 S QRV 2 QQI 125 {}"},
    {"2200f7e60000000204000000ef00000b04000000ef00000a",
     "v3 Report TO_EX 239.0.0.11 {} TO_EX 239.0.0.10 {}"},
    {"220031d50000000304000000e000000d04000000e000001604000000e0000002",
     "v3 Report TO_EX 224.0.0.13 {} TO_EX 224.0.0.22 {} TO_EX 224.0.0.2 {}"},
    {"220073c60000000502000000e000000d02000000e000001602000000e000000202000000e000000602000000"
     "e0000005",
     "v3 Report IS_EX 224.0.0.13 {} IS_EX 224.0.0.22 {} IS_EX 224.0.0.2 {} IS_EX 224.0.0.6 {} "
     "IS_EX 224.0.0.5 {}"},
};

TEST(IgmpMessage, GoldenBytesReadAndWriteTheSame)
{
    for (const Golden& golden : GOLDEN)
    {
        IgmpMessage message;
        EXPECT_EQ(Read(FromHex(golden.hex), message), "") << golden.hex;
        EXPECT_EQ(Print(message), golden.text);
        EXPECT_EQ(Write(message), FromHex(golden.hex)) << golden.text;
    }
}

TEST(IgmpMessage, GroupAndSourceSpecificQueryRoundTrip)
{
    IgmpMessage query;
    query.maxRespCode = 10;
    query.group = Ipv4Address("239.0.0.10");
    query.suppress = true;
    query.robustness = 2;
    query.queryIntervalCode = 125;
    query.sources = {Ipv4Address("192.168.1.1"), Ipv4Address("192.168.2.2")};
    const std::vector<uint8_t> bytes = Write(query);
    EXPECT_EQ(bytes.size(), 20u);
    IgmpMessage back;
    EXPECT_EQ(Read(bytes, back), "");
    EXPECT_EQ(Print(back), "v3 Query 239.0.0.10 S QRV 2 QQI 125 {192.168.1.1 192.168.2.2}");
    EXPECT_EQ(back.maxRespCode, 10);
    EXPECT_EQ(Write(back), bytes);
}

TEST(IgmpMessage, AllRecordTypesRoundTripThroughAPacket)
{
    IgmpMessage report;
    report.type = IgmpMessage::V3_REPORT;
    for (uint8_t type = 1; type <= 6; ++type)
    {
        report.records.push_back({static_cast<IgmpRecordType>(type),
                                  Ipv4Address(0xef000000 + type),
                                  {Ipv4Address(type), Ipv4Address(100U + type)}});
    }
    IgmpMessage back;
    EXPECT_EQ(FromPacket(ToPacket(report), back), "");
    EXPECT_EQ(Print(back), Print(report));
}

TEST(Igmp3376, S4_1_12_AdditionalDataIsCheckedAndIgnored)
{
    std::vector<uint8_t> bytes = FromHex("1164e41e000000000a7d0000");
    bytes.insert(bytes.end(), {1, 2, 3});
    IgmpMessage message;
    EXPECT_EQ(Read(bytes, message), "checksum");
    EXPECT_EQ(Read(WithChecksum(bytes), message), "");
    EXPECT_EQ(message.version, 3);
}

TEST(Igmp3376, S4_2_6_AuxiliaryDataIsSkipped)
{
    // Two records, the first with one word of auxiliary data.
    const auto bytes =
        WithChecksum(FromHex("220000000000000202010001ef00000ac0a80101deadbeef04000000ef00000b"));
    IgmpMessage message;
    EXPECT_EQ(Read(bytes, message), "");
    EXPECT_EQ(Print(message), "v3 Report IS_EX 239.0.0.10 {192.168.1.1} TO_EX 239.0.0.11 {}");
}

TEST(Igmp3376, S7_1_QueryVersions)
{
    IgmpMessage message;
    EXPECT_EQ(Read(WithChecksum(FromHex("1100000000000000")), message), "");
    EXPECT_EQ(message.version, 1);
    EXPECT_EQ(Read(WithChecksum(FromHex("1101000000000000")), message), "");
    EXPECT_EQ(message.version, 2);
    EXPECT_EQ(Read(WithChecksum(FromHex("11000000000000000000")), message), "query-length");
    EXPECT_EQ(Read(WithChecksum(FromHex("110000000000000002000000")), message), "");
    EXPECT_EQ(message.version, 3);
}

TEST(IgmpMessage, NamesWhatIsWrong)
{
    IgmpMessage message;
    EXPECT_EQ(Read({}, message), "truncated");
    EXPECT_EQ(Read(FromHex("1164ee9b000000"), message), "truncated");
    EXPECT_EQ(Read(FromHex("1164ee9c00000000"), message), "checksum");
    EXPECT_EQ(Read(WithChecksum(FromHex("1300000000000000")), message), "type");
    // One source is promised and missing; so is a record; so is auxiliary data.
    EXPECT_EQ(Read(WithChecksum(FromHex("1164000000000000027d0001")), message), "truncated");
    EXPECT_EQ(Read(WithChecksum(FromHex("2200000000000001")), message), "truncated");
    EXPECT_EQ(Read(WithChecksum(FromHex("220000000000000102010000ef00000a")), message),
              "truncated");
}

TEST(Igmp3376, S4_1_1_FloatCodes)
{
    EXPECT_EQ(DecodeIgmpFloat(127), 127u);
    EXPECT_EQ(DecodeIgmpFloat(128), 128u);
    EXPECT_EQ(DecodeIgmpFloat(0xff), 31744u);
    EXPECT_EQ(EncodeIgmpFloat(100), 100);
    EXPECT_EQ(EncodeIgmpFloat(135), 128); // the next lower number with a code
    EXPECT_EQ(EncodeIgmpFloat(1000000), 0xff);
    for (uint32_t code = 0; code < 256; ++code)
    {
        const uint32_t value = DecodeIgmpFloat(static_cast<uint8_t>(code));
        EXPECT_EQ(EncodeIgmpFloat(value), code);
        EXPECT_LE(DecodeIgmpFloat(EncodeIgmpFloat(value + 1)), value + 1);
    }
}

std::vector<Ipv4Address>
MakeSources(uint32_t count)
{
    std::vector<Ipv4Address> sources;
    for (uint32_t i = 0; i < count; ++i)
    {
        sources.emplace_back(0x0a000001 + i);
    }
    return sources;
}

TEST(Igmp3376, S4_2_16_RecordsArePackedAndLongOnesSplitOrCut)
{
    using Type = IgmpRecordType;
    // 48 bytes: the report's 8, then two records of 20 (three sources), or one of 8 sources.
    const Ipv4Address g1("239.0.0.1");
    const Ipv4Address g2("239.0.0.2");
    const auto two = PackIgmpReports({{Type::IS_IN, g1, MakeSources(3)},
                                      {Type::IS_IN, g2, MakeSources(3)},
                                      {Type::IS_IN, g1, MakeSources(1)}},
                                     48);
    ASSERT_EQ(two.size(), 2u);
    EXPECT_EQ(two[0].records.size(), 2u);
    EXPECT_EQ(two[1].records.size(), 1u);
    EXPECT_EQ(Write(two[0]).size(), 48u);

    const auto split = PackIgmpReports({{Type::ALLOW, g1, MakeSources(20)}}, 48);
    ASSERT_EQ(split.size(), 3u);
    std::size_t sources = 0;
    for (const IgmpMessage& report : split)
    {
        sources += report.records.at(0).sources.size();
        EXPECT_LE(Write(report).size(), 48u);
    }
    EXPECT_EQ(sources, 20u);

    const auto cut = PackIgmpReports({{Type::TO_EX, g1, MakeSources(20)}}, 48);
    ASSERT_EQ(cut.size(), 1u);
    EXPECT_EQ(cut[0].records.at(0).sources.size(), 8u);
    EXPECT_TRUE(PackIgmpReports({}, 48).empty());
}

TEST(IgmpMessage, ReadingIsTotalUnderRandomBytes)
{
    std::mt19937 random(3376);
    const uint8_t types[] = {0x11, 0x12, 0x16, 0x17, 0x22, 0x13};
    std::size_t wellFormed = 0;
    for (int run = 0; run < 50000; ++run)
    {
        std::vector<uint8_t> bytes(random() % 64);
        for (uint8_t& byte : bytes)
        {
            // Small numbers are likely, so that counts are often plausible.
            byte = static_cast<uint8_t>(random() % 2 == 0 ? random() % 4 : random());
        }
        if (bytes.size() >= 4)
        {
            bytes[0] = types[random() % std::size(types)];
            bytes = WithChecksum(bytes);
        }
        IgmpMessage message;
        if (Read(bytes, message).empty())
        {
            ++wellFormed;
            IgmpMessage again;
            EXPECT_EQ(Read(Write(message), again), "");
            EXPECT_EQ(Print(again), Print(message));
        }
    }
    EXPECT_GT(wellFormed, 1000u);
}

} // namespace

} // namespace ns3
