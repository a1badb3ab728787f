// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/ipv4-datagram.h"

#include <gtest/gtest.h>

namespace ns3
{

namespace
{

/** \returns a header of \p words words and three bytes of payload. */
std::vector<uint8_t>
MakeDatagram(uint8_t words, uint16_t fragment)
{
    const auto header = static_cast<uint8_t>(words * 4);
    WireWriter writer;
    writer.WriteU8(static_cast<uint8_t>(0x40 | words));
    writer.WriteU8(0);
    writer.WriteU16(static_cast<uint16_t>(header + 3));
    writer.WriteU16(0x1234);
    writer.WriteU16(fragment);
    writer.WriteU8(64);
    writer.WriteU8(17);
    writer.WriteU16(0);
    writer.WriteIpv4("10.0.0.1");
    writer.WriteIpv4("239.0.0.42");
    writer.WriteBytes(std::vector<uint8_t>(header - 20U, 1));
    writer.WriteBytes({7, 8, 9});
    return writer.GetBytes();
}

std::optional<Ipv4Datagram>
Read(const std::vector<uint8_t>& bytes, std::size_t size)
{
    return ReadIpv4Datagram(WireReader(bytes.data(), size));
}

} // namespace

TEST(Ipv4Datagram, PayloadFollowsTheOptions)
{
    for (uint8_t words : {5, 7})
    {
        const std::vector<uint8_t> bytes = MakeDatagram(words, 0x2003);
        auto datagram = Read(bytes, bytes.size());
        ASSERT_TRUE(datagram);
        EXPECT_EQ(datagram->bytes, words * 4U + 3);
        EXPECT_EQ(datagram->identification, 0x1234);
        EXPECT_TRUE(datagram->moreFragments);
        EXPECT_EQ(datagram->offset, 24U);
        EXPECT_EQ(datagram->protocol, 17);
        EXPECT_EQ(datagram->source, Ipv4Address("10.0.0.1"));
        EXPECT_EQ(datagram->destination, Ipv4Address("239.0.0.42"));
        EXPECT_EQ(datagram->length, 3U);
        EXPECT_EQ(datagram->payload.GetRemaining(), 3U);
        EXPECT_EQ(datagram->payload.ReadU8(), 7);
    }
}

TEST(Ipv4Datagram, PayloadIsAsMuchAsThereIs)
{
    std::vector<uint8_t> bytes = MakeDatagram(5, 0);
    EXPECT_EQ(Read(bytes, bytes.size() - 1)->length, 3U);
    EXPECT_EQ(Read(bytes, bytes.size() - 1)->payload.GetRemaining(), 2U);
    bytes.resize(60); // Ethernet's padding is no payload
    EXPECT_EQ(Read(bytes, bytes.size())->payload.GetRemaining(), 3U);
}

TEST(Ipv4Datagram, WrongHeaderIsNone)
{
    const std::vector<uint8_t> good = MakeDatagram(5, 0);
    for (std::size_t size = 0; size < 20; ++size)
    {
        EXPECT_FALSE(Read(good, size)) << size;
    }
    std::vector<uint8_t> bytes = good;
    bytes[0] = 0x65; // version 6
    EXPECT_FALSE(Read(bytes, bytes.size()));
    bytes[0] = 0x44; // 16 bytes of header
    EXPECT_FALSE(Read(bytes, bytes.size()));
    bytes = good;
    bytes[3] = 19; // shorter than its header
    EXPECT_FALSE(Read(bytes, bytes.size()));
}

} // namespace ns3
