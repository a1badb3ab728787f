// SPDX-License-Identifier: GPL-2.0-only
// RFC 5880 §4.1: bytes of BFD Control packets.
#include "ns3/bfd-packet.h"

#include <gtest/gtest.h>

#include <random>
#include <sstream>

using namespace ns3;

namespace
{

using Bytes = std::vector<uint8_t>;

/** Up, multiplier 3, discriminators 0x01020304 and 0x0a0b0c0d, 50 ms, 60 ms. */
Bytes
Golden()
{
    return {0x20, 0xc0, 0x03, 0x18, 0x01, 0x02, 0x03, 0x04, 0x0a, 0x0b, 0x0c, 0x0d,
            0x00, 0x00, 0xc3, 0x50, 0x00, 0x00, 0xea, 0x60, 0x00, 0x00, 0x00, 0x00};
}

std::string
Read(const Bytes& bytes, BfdPacket& packet)
{
    WireReader reader(bytes.data(), bytes.size());
    packet = BfdPacket();
    return BfdPacket::Read(reader, packet);
}

std::string
ErrorOf(Bytes bytes, std::size_t at, uint8_t value)
{
    bytes[at] = value;
    BfdPacket packet;
    return Read(bytes, packet);
}

Bytes
Write(const BfdPacket& packet)
{
    WireWriter writer;
    packet.Write(writer);
    return writer.GetBytes();
}

TEST(BfdPacket, GoldenBytes)
{
    BfdPacket packet;
    EXPECT_EQ(Read(Golden(), packet), "");
    EXPECT_EQ(packet.state, BfdState::UP);
    EXPECT_EQ(packet.detectMult, 3);
    EXPECT_EQ(packet.myDiscriminator, 0x01020304u);
    EXPECT_EQ(packet.yourDiscriminator, 0x0a0b0c0du);
    EXPECT_EQ(packet.desiredMinTx, 50000u);
    EXPECT_EQ(packet.requiredMinRx, 60000u);
    EXPECT_EQ(packet.requiredMinEchoRx, 0u);
    EXPECT_EQ(Write(packet), Golden());
}

TEST(BfdPacket, FlagsAndDiagnosticComeBack)
{
    BfdPacket packet;
    packet.myDiscriminator = 1;
    packet.diagnostic = 8;
    packet.state = BfdState::ADMIN_DOWN;
    for (unsigned bits = 0; bits < 16; ++bits)
    {
        packet.poll = bits & 1;
        packet.final = bits & 2;
        packet.controlPlaneIndependent = bits & 4;
        packet.demand = bits & 8;
        BfdPacket back;
        EXPECT_EQ(Read(Write(packet), back), "");
        EXPECT_EQ(Write(back), Write(packet));
        EXPECT_EQ(back.demand, packet.demand);
        EXPECT_EQ(back.final, packet.final);
        EXPECT_EQ(back.diagnostic, 8);
    }
}

TEST(BfdPacket, PrintsItself)
{
    BfdPacket packet;
    ASSERT_EQ(Read(Golden(), packet), "");
    packet.poll = true;
    std::ostringstream text;
    packet.Print(text);
    EXPECT_EQ(text.str(), "Up diag 0 poll mult 3 my 16909060 your 168496141 tx 50000us rx 60000us");
}

TEST(BfdPacket, EachErrorHasItsName)
{
    EXPECT_EQ(ErrorOf(Golden(), 0, 0x40), "version");
    EXPECT_EQ(ErrorOf(Golden(), 3, 23), "length");
    EXPECT_EQ(ErrorOf(Golden(), 3, 25), "length") << "more than the datagram holds";
    EXPECT_EQ(ErrorOf(Golden(), 2, 0), "detect-mult");
    EXPECT_EQ(ErrorOf(Golden(), 1, 0xc1), "multipoint");
    EXPECT_EQ(ErrorOf(Golden(), 1, 0xc4), "length") << "no room for an authentication section";
    Bytes authenticated = Golden();
    authenticated.insert(authenticated.end(), {1, 4, 1, 'x'});
    authenticated[3] = 28;
    EXPECT_EQ(ErrorOf(authenticated, 1, 0xc4), "authentication");
    BfdPacket packet;
    Bytes bytes = Golden();
    bytes.pop_back();
    EXPECT_EQ(Read(bytes, packet), "truncated");
    EXPECT_EQ(Read({}, packet), "truncated");
    bytes = Golden();
    std::fill(bytes.begin() + 4, bytes.begin() + 8, 0);
    EXPECT_EQ(Read(bytes, packet), "my-discriminator");
    bytes = Golden();
    std::fill(bytes.begin() + 8, bytes.begin() + 12, 0);
    EXPECT_EQ(Read(bytes, packet), "your-discriminator");
    EXPECT_EQ(ErrorOf(bytes, 1, 0x80), "your-discriminator") << "Init has heard of this end";
    EXPECT_EQ(ErrorOf(bytes, 1, 0x40), "") << "Down need not";
    EXPECT_EQ(ErrorOf(bytes, 1, 0x00), "");
}

TEST(BfdPacket, AnyBytesAreReadOrRefused)
{
    std::mt19937 random(1);
    for (int i = 0; i < 20000; ++i)
    {
        Bytes bytes(random() % 40);
        for (uint8_t& byte : bytes)
        {
            byte = static_cast<uint8_t>(random());
        }
        BfdPacket packet;
        if (Read(bytes, packet).empty())
        {
            EXPECT_GE(bytes.size(), 24u);
            EXPECT_NE(packet.myDiscriminator, 0u);
        }
    }
}

} // namespace
