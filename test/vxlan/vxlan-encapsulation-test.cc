// SPDX-License-Identifier: GPL-2.0-only
// RFC 2890 §2 and RFC 7637 §3.2: headers byte by byte, and devices that use them on one node.
#include "vxlan-lan-fixture.h"

#include "ns3/enum-attribute.h"
#include "ns3/gre-header.h"
#include "ns3/vxlan-encapsulation.h"

#include <vector>

namespace ns3
{

namespace
{

std::vector<uint8_t>
MakeHeader(VxlanEncapsulationType type, uint32_t vni, uint32_t hash)
{
    Ptr<Packet> packet = Create<Packet>();
    GetVxlanEncapsulation(type).AddHeader(packet, vni, hash);
    std::vector<uint8_t> bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    return bytes;
}

/** \returns the VNI that \p type reads, or the error. */
std::string
Read(VxlanEncapsulationType type, const std::vector<uint8_t>& bytes, uint32_t* left = nullptr)
{
    Ptr<Packet> packet = Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
    uint32_t vni = 0;
    const std::string error = GetVxlanEncapsulation(type).RemoveHeader(packet, vni);
    if (left)
    {
        *left = packet->GetSize();
    }
    return error.empty() ? std::to_string(vni) : error;
}

} // namespace

TEST(VxlanEncapsulation, BytesOfEach)
{
    using Bytes = std::vector<uint8_t>;
    using Type = VxlanEncapsulationType;
    EXPECT_EQ(MakeHeader(Type::VXLAN, 42, 0xabcdef12), (Bytes{8, 0, 0, 0, 0, 0, 42, 0}));
    // Open vSwitch's, in the reference lab: flags 0x2000, protocol 0x6558, key 42.
    EXPECT_EQ(MakeHeader(Type::GRE, 42, 0xabcdef12), (Bytes{0x20, 0, 0x65, 0x58, 0, 0, 0, 42}));
    EXPECT_EQ(MakeHeader(Type::NVGRE, 42, 0xabcdef12),
              (Bytes{0x20, 0, 0x65, 0x58, 0, 0, 42, 0x12}));
    EXPECT_EQ(GetVxlanEncapsulation(Type::VXLAN).GetOverhead(), 50u);
    EXPECT_EQ(GetVxlanEncapsulation(Type::GRE).GetOverhead(), 42u);
    EXPECT_EQ(GetVxlanEncapsulation(Type::NVGRE).GetOverhead(), 42u);
}

TEST(VxlanEncapsulation, ReadsWhatOthersWrite)
{
    using Type = VxlanEncapsulationType;
    EXPECT_EQ(Read(Type::GRE, {0x20, 0, 0x65, 0x58, 0, 0, 0x2a, 0x12}), "10770");
    EXPECT_EQ(Read(Type::NVGRE, {0x20, 0, 0x65, 0x58, 0, 0, 0x2a, 0x12}), "42");
    uint32_t left = 0; // checksum, key and sequence number, and one byte more
    EXPECT_EQ(
        Read(Type::GRE, {0xb0, 0, 0x65, 0x58, 1, 2, 0, 0, 0, 0, 0, 42, 0, 0, 0, 1, 0xff}, &left),
        "42");
    EXPECT_EQ(left, 1u);
}

TEST(VxlanEncapsulation, RefusesWhatIsWrong)
{
    using Type = VxlanEncapsulationType;
    EXPECT_EQ(Read(Type::GRE, {0x20, 0, 0x65, 0x58, 0, 0, 0}), "truncated");
    EXPECT_EQ(Read(Type::GRE, {}), "truncated");
    EXPECT_EQ(Read(Type::GRE, {0, 0, 0x65, 0x58, 0, 0, 0, 42}), "gre-no-key");
    EXPECT_EQ(Read(Type::GRE, {0x20, 0, 0x08, 0x00, 0, 0, 0, 42}), "gre-protocol");
    EXPECT_EQ(Read(Type::GRE, {0x20, 1, 0x65, 0x58, 0, 0, 0, 42}), "gre-flags"); // version 1: PPTP
    EXPECT_EQ(Read(Type::GRE, {0x60, 0, 0x65, 0x58, 0, 0, 0, 42}), "gre-flags"); // RFC 1701 routing
    EXPECT_EQ(Read(Type::VXLAN, {0, 0, 0, 0, 0, 0, 42, 0}), "no-i-flag");
}

class VxlanDevicesOfEachKind : public VxlanLanTest
{
  protected:
    Ptr<VxlanNetDevice> Add(uint32_t i, uint32_t vni, VxlanEncapsulationType type, bool group)
    {
        Ptr<VxlanNetDevice> device = CreateObject<VxlanNetDevice>();
        device->SetAttribute("Vni", UintegerValue(vni));
        device->SetAttribute("Encapsulation", StringValue(EnumName(type)));
        if (group)
        {
            device->SetAttribute("Group", Ipv4AddressValue(Ipv4Address("239.0.0.42")));
        }
        else
        {
            device->SetRemotes({Ipv4Address("10.0.0.1"), Ipv4Address("10.0.0.2")});
        }
        device->SetUnderlay(m_lan.Get(i));
        const uint8_t mac[6] = {2, 0x42, uint8_t(type), 0, uint8_t(vni), uint8_t(i + 1)};
        Mac48Address address;
        address.CopyFrom(mac);
        device->SetAddress(address);
        m_nodes.Get(i)->AddDevice(device);
        return device;
    }
};

TEST_F(VxlanDevicesOfEachKind, PingThroughGroupsAndHeadEnds)
{
    for (VxlanEncapsulationType type : {VxlanEncapsulationType::GRE, VxlanEncapsulationType::NVGRE})
    {
        for (bool group : {false, true})
        {
            m_nodes = NodeContainer();
            m_sockets.clear();
            m_answers.clear();
            Build(2);
            for (uint32_t i = 0; i < 2; ++i)
            {
                Ptr<VxlanNetDevice> device = Add(i, 42, type, group);
                EXPECT_EQ(device->GetMtu(), 1458);
                AddAddress(device, i);
            }
            Ping(0, "192.168.99.2", Simulator::Now() + Seconds(1));
            RunUntil(Simulator::Now() + Seconds(3));
            EXPECT_EQ(m_answers["192.168.99.2"], 1) << EnumName(type) << group;
            TakeSent();
            TakeEvents();
            Simulator::Destroy();
        }
    }
}

TEST_F(VxlanDevicesOfEachKind, OneVniOfEachOnOneNode)
{
    Build(2);
    using Type = VxlanEncapsulationType;
    for (uint32_t i = 0; i < 2; ++i)
    {
        for (Type type : {Type::VXLAN, Type::GRE, Type::NVGRE})
        {
            Add(i, 42, type, false);
        }
    }
    RunUntil(Seconds(1));
    Ptr<VxlanEndpoint> endpoint = VxlanEndpoint::Get(m_nodes.Get(0));
    EXPECT_EQ(endpoint->GetSegments().size(), 3u);
    EXPECT_NE(endpoint->Find(4789, 42, Type::GRE), nullptr);
    EXPECT_NE(endpoint->Find(4789, 42, Type::NVGRE), endpoint->Find(4789, 42, Type::GRE));
    EXPECT_NE(endpoint->Find(4789, 42), endpoint->Find(4789, 42, Type::GRE));
}

} // namespace ns3
