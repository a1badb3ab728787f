// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/wire-buffer.h"

#include <gtest/gtest.h>

namespace ns3
{

TEST(WireBuffer, RoundTrip)
{
    WireWriter writer;
    writer.WriteU8(1);
    writer.WriteU16(0x0203);
    writer.WriteU24(0x040506);
    writer.WriteU32(0x0708090a);
    writer.PatchU16(1, 0xbeef);
    WireReader reader(writer.GetBytes().data(), writer.GetSize());
    EXPECT_EQ(reader.ReadU8(), 1);
    EXPECT_EQ(reader.ReadU16(), 0xbeef);
    EXPECT_EQ(reader.ReadU24(), 0x040506u);
    EXPECT_EQ(reader.ReadU32(), 0x0708090au);
    EXPECT_EQ(reader.GetRemaining(), 0u);
    EXPECT_FALSE(reader.IsTruncated());
}

TEST(WireBuffer, PastTheEndGivesZerosAndIsRemembered)
{
    const uint8_t bytes[] = {1, 2, 3};
    WireReader reader(bytes, sizeof bytes);
    EXPECT_EQ(reader.ReadU32(), 0u);
    EXPECT_TRUE(reader.IsTruncated());
    EXPECT_EQ(reader.ReadU8(), 0);
    EXPECT_TRUE(reader.ReadBytes(1).empty());
}

TEST(WireBuffer, SubReaderStopsAtItsEnd)
{
    const uint8_t bytes[] = {1, 2, 3};
    WireReader reader(bytes, sizeof bytes);
    WireReader sub = reader.Sub(2);
    EXPECT_EQ(sub.ReadU16(), 0x0102);
    EXPECT_EQ(sub.ReadU8(), 0);
    EXPECT_TRUE(sub.IsTruncated());
    EXPECT_EQ(reader.ReadU8(), 3);
    WireReader beyond = reader.Sub(9);
    EXPECT_TRUE(reader.IsTruncated());
    EXPECT_EQ(beyond.GetRemaining(), 0u);
}

TEST(WireBuffer, ChecksumOfRfc1071Example)
{
    const uint8_t bytes[] = {0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7};
    EXPECT_EQ(InternetChecksum(bytes, sizeof bytes), uint16_t(~0xddf2));
    const uint8_t odd[] = {0x01};
    EXPECT_EQ(InternetChecksum(odd, 1), uint16_t(~0x0100));
}

} // namespace ns3
