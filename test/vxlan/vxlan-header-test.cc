// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §5: the header's bytes, and reading of any bytes; the source port's hash.
#include "ns3/vxlan-flow-hash.h"
#include "ns3/vxlan-header.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace ns3
{

TEST(VxlanHeader, Bytes)
{
    VxlanFields fields;
    fields.vni = 0x00002a;
    WireWriter writer;
    fields.Write(writer);
    EXPECT_EQ(writer.GetBytes(), (std::vector<uint8_t>{0x08, 0, 0, 0, 0, 0, 0x2a, 0}));
}

TEST(VxlanHeader, GoesThroughAPacketInFrontOfTheFrame)
{
    VxlanFields fields;
    fields.vni = VxlanFields::MAX_VNI;
    Ptr<Packet> packet = Create<Packet>(100);
    packet->AddHeader(VxlanHeader(fields));
    EXPECT_EQ(packet->GetSize(), 108u);
    VxlanHeader read;
    EXPECT_EQ(packet->RemoveHeader(read), 8u);
    EXPECT_EQ(read.GetError(), "");
    EXPECT_EQ(read.GetMessage().vni, VxlanFields::MAX_VNI);
    EXPECT_EQ(packet->GetSize(), 100u);
}

TEST(VxlanHeader, ReservedBitsAreIgnored)
{
    const uint8_t bytes[] = {0xff, 0xff, 0xff, 0xff, 0x12, 0x34, 0x56, 0xff};
    WireReader reader(bytes, sizeof(bytes));
    VxlanFields fields;
    EXPECT_EQ(VxlanFields::Read(reader, fields), "");
    EXPECT_EQ(fields.vni, 0x123456u);
}

TEST(VxlanHeader, Errors)
{
    const uint8_t bytes[] = {0xf7, 0, 0, 0, 0, 0, 42, 0};
    VxlanFields fields;
    WireReader whole(bytes, 8);
    EXPECT_EQ(VxlanFields::Read(whole, fields), "no-i-flag");
    for (std::size_t size = 0; size < 8; ++size)
    {
        WireReader part(bytes, size);
        EXPECT_EQ(VxlanFields::Read(part, fields), "truncated");
    }
}

TEST(VxlanHeader, WhatIsWrittenIsRead)
{
    std::mt19937 random(1);
    for (int i = 0; i < 1000; ++i)
    {
        VxlanFields fields;
        fields.vni = random() & VxlanFields::MAX_VNI;
        WireWriter writer;
        fields.Write(writer);
        WireReader reader(writer.GetBytes().data(), writer.GetSize());
        VxlanFields read;
        ASSERT_EQ(VxlanFields::Read(reader, read), "");
        ASSERT_EQ(read.vni, fields.vni);
    }
}

/** An inner frame: Ethernet, IPv4 from 10.0.0.1 to 10.0.0.2, UDP. */
std::vector<uint8_t>
UdpFrame(uint16_t sourcePort, uint16_t fragmentOffset = 0)
{
    std::vector<uint8_t> frame = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0};
    const std::vector<uint8_t> ip = {0x45, 0, 0,  28, 0, 0, 0,  0, 64, 17,
                                     0,    0, 10, 0,  0, 1, 10, 0, 0,  2};
    frame.insert(frame.end(), ip.begin(), ip.end());
    frame[14 + 6] = static_cast<uint8_t>(fragmentOffset >> 8);
    frame[14 + 7] = static_cast<uint8_t>(fragmentOffset);
    for (uint16_t field : {sourcePort, uint16_t(5001), uint16_t(8), uint16_t(0)})
    {
        frame.push_back(static_cast<uint8_t>(field >> 8));
        frame.push_back(static_cast<uint8_t>(field));
    }
    return frame;
}

uint32_t
HashOf(const std::vector<uint8_t>& frame)
{
    return VxlanFlowHash(frame.data(), frame.size());
}

TEST(VxlanFlowHash, OneFlowOnePortManyFlowsManyPorts)
{
    std::set<uint16_t> ports;
    std::array<int, 16> buckets{};
    for (uint16_t port = 1; port <= 1600; ++port)
    {
        const uint32_t hash = HashOf(UdpFrame(port));
        EXPECT_EQ(hash, HashOf(UdpFrame(port)));
        const uint16_t outer = VxlanSourcePort(hash, 0, 0);
        EXPECT_GE(outer, 49152);
        ports.insert(outer);
        ++buckets[(outer - 49152) / 1024];
    }
    EXPECT_GT(ports.size(), 1500u);
    for (int bucket : buckets)
    {
        EXPECT_NEAR(bucket, 100, 60);
    }
}

TEST(VxlanFlowHash, FragmentsOfADatagramKeepTogether)
{
    // The first fragment has ports, the others have data there.
    EXPECT_EQ(HashOf(UdpFrame(1000, 0x2000)), HashOf(UdpFrame(2000, 0x0010)));
    EXPECT_NE(HashOf(UdpFrame(1000)), HashOf(UdpFrame(2000)));
}

TEST(VxlanFlowHash, AnySizeIsHashed)
{
    const std::vector<uint8_t> frame = UdpFrame(7);
    for (std::size_t size = 0; size <= frame.size(); ++size)
    {
        // A copy of just that size, so that reading past it shows under a checker.
        const std::vector<uint8_t> part(frame.begin(), frame.begin() + size);
        VxlanFlowHash(part.data(), part.size());
    }
    std::vector<uint8_t> options = frame;
    options[14] = 0x4f;
    EXPECT_EQ(HashOf(options), HashOf(options));
}

TEST(VxlanFlowHash, PortsStayInTheRange)
{
    EXPECT_EQ(VxlanSourcePort(0, 0, 0), 49152);
    EXPECT_EQ(VxlanSourcePort(0xffffffff, 0, 0), 65535);
    EXPECT_EQ(VxlanSourcePort(0, 1000, 1001), 1000);
    EXPECT_EQ(VxlanSourcePort(0xffffffff, 1000, 1001), 1001);
    EXPECT_EQ(VxlanSourcePort(0xffffffff, 7, 7), 7);
}

} // namespace ns3
