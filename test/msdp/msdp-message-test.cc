// SPDX-License-Identifier: GPL-2.0-only
// RFC 3618 §12: bytes of MSDP's TLVs, and their cutting.
#include "ns3/msdp-message.h"

#include <gtest/gtest.h>

#include <random>

using namespace ns3;

namespace
{

using Bytes = std::vector<uint8_t>;

/** RP 10.255.0.1, (192.168.1.1, 239.1.1.1). */
Bytes
Golden()
{
    return {1, 0, 20, 1, 10, 255, 0, 1, 0, 0, 0, 32, 239, 1, 1, 1, 192, 168, 1, 1};
}

std::string
Read(const Bytes& bytes, MsdpMessage& message)
{
    WireReader reader(bytes.data(), bytes.size());
    message = MsdpMessage();
    return MsdpMessage::Read(reader, message);
}

Bytes
Write(const MsdpMessage& message)
{
    WireWriter writer;
    message.Write(writer);
    return writer.GetBytes();
}

TEST(MsdpMessage, GoldenBytes)
{
    MsdpMessage message;
    ASSERT_EQ(Read(Golden(), message), "");
    EXPECT_EQ(message.type, MsdpMessage::SOURCE_ACTIVE);
    EXPECT_EQ(message.rp, Ipv4Address("10.255.0.1"));
    ASSERT_EQ(message.entries.size(), 1u);
    EXPECT_EQ(message.entries[0],
              SourceGroup(Ipv4Address("192.168.1.1"), Ipv4Address("239.1.1.1")));
    EXPECT_EQ(Write(message), Golden());
    EXPECT_EQ(Write(MsdpMessage()), (Bytes{4, 0, 3}));
}

TEST(MsdpMessage, AFullSourceActiveComesBack)
{
    MsdpMessage message;
    message.type = MsdpMessage::SOURCE_ACTIVE;
    message.rp = Ipv4Address("10.0.0.1");
    for (uint32_t i = 0; i < MsdpMessage::ENTRIES_AT_MOST; ++i)
    {
        message.entries.emplace_back(Ipv4Address(0x0a000000 + i), Ipv4Address(0xef000000 + i));
    }
    message.data = {0x45, 0, 0, 20};
    MsdpMessage back;
    EXPECT_EQ(Read(Write(message), back), "");
    EXPECT_EQ(back.entries, message.entries);
    EXPECT_EQ(back.data, message.data);
}

TEST(MsdpMessage, EachErrorHasItsName)
{
    MsdpMessage message;
    EXPECT_EQ(Read({1, 0}, message), "truncated");
    EXPECT_EQ(Read({4, 0, 2}, message), "length");
    EXPECT_EQ(Read({4, 0, 4, 0}, message), "length") << "a KeepAlive is three octets";
    EXPECT_EQ(Read({1, 0, 8, 1, 10, 255, 0, 1}, message), "length") << "its entry is not there";
    Bytes bytes = Golden();
    bytes[11] = 24;
    EXPECT_EQ(Read(bytes, message), "sprefix-length");
    EXPECT_EQ(Read({2, 0, 4, 9}, message), "type");
    EXPECT_EQ(Read({6, 0, 3}, message), "type");
    for (const char* error : {"truncated", "length"})
    {
        EXPECT_TRUE(MsdpMessage::IsFormatError(error));
    }
    for (const char* error : {"", "type", "sprefix-length"})
    {
        EXPECT_FALSE(MsdpMessage::IsFormatError(error));
    }
}

TEST(MsdpMessage, TypesHaveNames)
{
    EXPECT_EQ(MsdpMessage::GetTypeName(1), "source-active");
    EXPECT_EQ(MsdpMessage::GetTypeName(2), "source-active-request");
    EXPECT_EQ(MsdpMessage::GetTypeName(3), "source-active-response");
    EXPECT_EQ(MsdpMessage::GetTypeName(4), "keepalive");
    EXPECT_EQ(MsdpMessage::GetTypeName(200), "type-200");
}

TEST(MsdpFramer, AnySegmentsGiveTheSameTlvs)
{
    Bytes stream;
    for (int i = 0; i < 5; ++i)
    {
        const Bytes golden = Golden();
        stream.insert(stream.end(), golden.begin(), golden.end());
        stream.insert(stream.end(), {4, 0, 3});
    }
    for (std::size_t size : {1u, 2u, 3u, 7u, 19u, 100u})
    {
        MsdpFramer framer;
        std::size_t count = 0;
        for (std::size_t from = 0; from < stream.size(); from += size)
        {
            const std::size_t until = std::min(from + size, stream.size());
            framer.Append(Bytes(stream.begin() + from, stream.begin() + until));
            while (const auto one = framer.Next())
            {
                EXPECT_EQ(*one, count % 2 == 0 ? Golden() : (Bytes{4, 0, 3}));
                ++count;
            }
        }
        EXPECT_EQ(count, 10u) << size;
    }
}

TEST(MsdpFramer, WhatIsBeyondTheLargestTlvIsIgnored)
{
    MsdpMessage message;
    message.type = MsdpMessage::SOURCE_ACTIVE;
    message.entries.emplace_back(Ipv4Address("10.0.0.1"), Ipv4Address("239.0.0.1"));
    message.data.resize(20000);
    MsdpFramer framer;
    framer.Append(Write(message));
    framer.Append({4, 0, 3});
    const auto large = framer.Next();
    ASSERT_TRUE(large);
    EXPECT_EQ(large->size(), 9192u);
    EXPECT_EQ(Read(*large, message), "") << "it is accepted";
    EXPECT_EQ(message.entries.size(), 1u);
    EXPECT_EQ(*framer.Next(), (Bytes{4, 0, 3})) << "and the next one is whole";
    EXPECT_FALSE(framer.Next());
}

TEST(MsdpFramer, ALengthOfNothingIsPassedOn)
{
    MsdpFramer framer;
    framer.Append({1, 0, 0, 4, 0, 3});
    MsdpMessage message;
    EXPECT_EQ(Read(*framer.Next(), message), "length");
    framer.Clear();
    EXPECT_FALSE(framer.Next());
}

TEST(MsdpFramer, AnyBytesAreReadOrRefused)
{
    std::mt19937 random(2);
    MsdpFramer framer;
    for (int i = 0; i < 20000; ++i)
    {
        Bytes bytes(random() % 50);
        for (uint8_t& byte : bytes)
        {
            byte = random() % 4 == 0 ? static_cast<uint8_t>(random()) : random() % 3;
        }
        framer.Append(bytes);
        while (const auto one = framer.Next())
        {
            MsdpMessage message;
            if (Read(*one, message).empty() && message.type == MsdpMessage::SOURCE_ACTIVE)
            {
                EXPECT_GE(one->size(), 8 + 12 * message.entries.size());
            }
        }
    }
}

} // namespace
