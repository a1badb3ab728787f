// SPDX-License-Identifier: GPL-2.0-only
// The frames are those of RFC 791, RFC 7761 §4.9 and RFC 7348, written out byte by byte.
#include "ns3/cable-channel.h"
#include "ns3/cable-device.h"
#include "ns3/link-meter.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/switched-lan-channel.h"
#include "ns3/switched-lan-device.h"
#include "ns3/wire-buffer.h"

#include <gtest/gtest.h>

#include <stdexcept>

using namespace ns3;

namespace
{

const Ipv4Address HOST("192.168.1.1");
const Ipv4Address METERED_GROUP("239.0.0.10");
const Ipv4Address RP("192.168.101.133");

using Bytes = std::vector<uint8_t>;

Bytes
Ip(Ipv4Address to, uint8_t protocol, const Bytes& payload, uint16_t id = 0, uint16_t fragment = 0)
{
    WireWriter writer;
    writer.WriteU16(0x4500);
    writer.WriteU16(static_cast<uint16_t>(20 + payload.size()));
    writer.WriteU16(id);
    writer.WriteU16(fragment);
    writer.WriteU8(10);
    writer.WriteU8(protocol);
    writer.WriteU16(0);
    writer.WriteIpv4(HOST);
    writer.WriteIpv4(to);
    writer.WriteBytes(payload);
    return writer.GetBytes();
}

Bytes
Udp(uint16_t port, const Bytes& payload)
{
    WireWriter writer;
    writer.WriteU16(50000);
    writer.WriteU16(port);
    writer.WriteU16(static_cast<uint16_t>(8 + payload.size()));
    writer.WriteU16(0);
    writer.WriteBytes(payload);
    return writer.GetBytes();
}

Bytes
Pim(uint8_t type, const Bytes& rest = {})
{
    WireWriter writer;
    writer.WriteU8(0x20 | type);
    writer.WriteU24(0);
    writer.WriteBytes(rest);
    return writer.GetBytes();
}

Bytes
Register(const Bytes& inner, bool null = false)
{
    WireWriter writer;
    writer.WriteU32(null ? 0x40000000 : 0);
    writer.WriteBytes(inner);
    return Pim(1, writer.GetBytes());
}

class LinkClassifierTest : public testing::Test
{
  protected:
    LinkFrame Ethernet(const Bytes& payload, uint16_t type = 0x0800)
    {
        WireWriter writer;
        writer.WriteBytes(Bytes(12));
        writer.WriteU16(type);
        writer.WriteBytes(payload);
        return m_classifier.Classify(
            writer.GetBytes().data(), writer.GetSize(), false, {{8472}, {42}, {43}});
    }

    LinkClassifier m_classifier;
};

TEST_F(LinkClassifierTest, TellsPimMessagesApart)
{
    const std::map<uint8_t, LinkClass> types = {{0, LinkClass::PIM_HELLO},
                                                {2, LinkClass::REGISTER_STOP},
                                                {3, LinkClass::PIM_JOIN_PRUNE},
                                                {4, LinkClass::PIM_BOOTSTRAP},
                                                {5, LinkClass::PIM_ASSERT},
                                                {8, LinkClass::PIM_CANDIDATE_RP}};
    for (const auto& [type, linkClass] : types)
    {
        EXPECT_EQ(Ethernet(Ip(RP, 103, Pim(type))).linkClass, linkClass);
    }
    const LinkFrame data = Ethernet(Ip(RP, 103, Register(Ip(METERED_GROUP, 17, Udp(5001, {})))));
    EXPECT_EQ(data.linkClass, LinkClass::REGISTER);
    EXPECT_EQ(data.group, METERED_GROUP);
    EXPECT_EQ(data.bytes, 20u + 8 + 28);
    EXPECT_EQ(Ethernet(Ip(RP, 103, Register(Ip(METERED_GROUP, 103, {}), true))).linkClass,
              LinkClass::NULL_REGISTER);
}

TEST_F(LinkClassifierTest, FragmentsAreOfTheKindOfTheFirst)
{
    const Bytes whole = Register(Ip(METERED_GROUP, 17, Udp(5001, Bytes(1000))));
    const Bytes head(whole.begin(), whole.begin() + 512);
    const Bytes tail(whole.begin() + 512, whole.end());
    EXPECT_EQ(Ethernet(Ip(RP, 103, head, 7, 0x2000)).linkClass, LinkClass::REGISTER);
    const LinkFrame second = Ethernet(Ip(RP, 103, tail, 7, 512 / 8));
    EXPECT_EQ(second.linkClass, LinkClass::REGISTER);
    EXPECT_EQ(second.bytes, 20 + tail.size());
    EXPECT_EQ(Ethernet(Ip(RP, 103, tail, 7, 512 / 8)).linkClass, LinkClass::OTHER);
}

TEST_F(LinkClassifierTest, TellsDataByDestinationAndPort)
{
    EXPECT_EQ(Ethernet(Ip(METERED_GROUP, 17, Udp(5001, {}))).linkClass, LinkClass::MULTICAST);
    EXPECT_EQ(Ethernet(Ip(METERED_GROUP, 17, Udp(8472, Bytes(22)))).linkClass,
              LinkClass::VXLAN_MULTICAST);
    EXPECT_EQ(Ethernet(Ip(RP, 17, Udp(8472, Bytes(22)))).linkClass, LinkClass::VXLAN_UNICAST);
    EXPECT_EQ(Ethernet(Ip(RP, 17, Udp(4789, Bytes(22)))).linkClass, LinkClass::OTHER);
    EXPECT_EQ(Ethernet(Ip(RP, 1, Bytes(64))).linkClass, LinkClass::OTHER);
    EXPECT_EQ(Ethernet(Ip(Ipv4Address("224.0.0.5"), 89, {})).linkClass, LinkClass::OSPF);
    EXPECT_EQ(Ethernet(Ip(Ipv4Address("224.0.0.22"), 2, {})).linkClass, LinkClass::IGMP);
    const LinkFrame arp = Ethernet(Bytes(46), 0x0806);
    EXPECT_EQ(arp.linkClass, LinkClass::ARP);
    EXPECT_EQ(arp.bytes, 28u);
}

TEST_F(LinkClassifierTest, TellsControlPlanesByEitherPort)
{
    const auto classify = [&](uint8_t protocol, uint16_t source, uint16_t destination) {
        WireWriter writer;
        writer.WriteU16(source);
        writer.WriteU16(destination);
        writer.WriteBytes(Bytes(16));
        return Ethernet(Ip(RP, protocol, writer.GetBytes())).linkClass;
    };
    EXPECT_EQ(classify(6, 49152, 179), LinkClass::BGP);
    EXPECT_EQ(classify(6, 179, 49152), LinkClass::BGP);
    EXPECT_EQ(classify(6, 49152, 6653), LinkClass::OPENFLOW);
    EXPECT_EQ(classify(6, 6640, 49152), LinkClass::OVSDB);
    EXPECT_EQ(classify(6, 49152, 639), LinkClass::MSDP);
    EXPECT_EQ(classify(17, 4342, 4342), LinkClass::MAP);
    EXPECT_EQ(classify(17, 49152, 3784), LinkClass::BFD);
    EXPECT_EQ(classify(17, 49152, 179), LinkClass::OTHER);
    EXPECT_EQ(Ethernet(Ip(METERED_GROUP, 17, Udp(3784, {}))).linkClass, LinkClass::MULTICAST);
}

/** An inner frame: destination, source, type, and the start of an ARP packet of \p operation. */
Bytes
Inner(const Bytes& destination, uint16_t type = 0x0800, uint8_t operation = 1)
{
    WireWriter writer;
    writer.WriteBytes(destination);
    writer.WriteBytes({2, 0, 0, 0, 0, 1});
    writer.WriteU16(type);
    writer.WriteBytes({0, 1, 8, 0, 6, 4, 0, operation});
    writer.WriteBytes(Bytes(20));
    return writer.GetBytes();
}

Bytes
Join(Bytes head, const Bytes& tail)
{
    head.insert(head.end(), tail.begin(), tail.end());
    return head;
}

TEST_F(LinkClassifierTest, TellsInnerFramesApart)
{
    const Bytes broadcast(6, 0xff);
    const Bytes group{1, 0, 0x5e, 9, 9, 9};
    const Bytes host{2, 0, 0, 0, 0, 2};
    const auto kind = [&](Ipv4Address to, const Bytes& inner) -> std::string {
        const Bytes header{8, 0, 0, 0, 0, 0, 42, 0};
        const auto overlay = Ethernet(Ip(to, 17, Udp(8472, Join(header, inner)))).overlay;
        return overlay ? std::to_string(overlay->vni) + " " + EnumName(overlay->outer) + " " +
                             EnumName(overlay->inner)
                       : "none";
    };
    EXPECT_EQ(kind(RP, Inner(broadcast, 0x0806, 1)), "42 unicast arp-request");
    EXPECT_EQ(kind(METERED_GROUP, Inner(broadcast, 0x0806, 1)), "42 multicast arp-request");
    EXPECT_EQ(kind(RP, Inner(host, 0x0806, 2)), "42 unicast arp-reply");
    EXPECT_EQ(kind(RP, Inner(broadcast)), "42 unicast broadcast");
    EXPECT_EQ(kind(METERED_GROUP, Inner(group)), "42 multicast multicast");
    EXPECT_EQ(kind(RP, Inner(host)), "42 unicast unicast");
    EXPECT_EQ(kind(METERED_GROUP, Inner(host)), "42 multicast unknown-unicast");
    EXPECT_EQ(kind(RP, Bytes(10)), "none"); // cut short
    EXPECT_FALSE(Ethernet(Ip(METERED_GROUP, 17, Udp(5001, Inner(host)))).overlay);
}

TEST_F(LinkClassifierTest, TellsGreByItsKey)
{
    const auto classify = [&](const Bytes& header) {
        return Ethernet(Ip(RP, 47, Join(header, Inner(Bytes(6, 0xff)))));
    };
    const LinkFrame gre = classify({0x20, 0, 0x65, 0x58, 0, 0, 0, 42});
    EXPECT_EQ(gre.linkClass, LinkClass::VXLAN_UNICAST);
    EXPECT_EQ(gre.overlay->vni, 42u);
    const LinkFrame nvgre = classify({0x20, 0, 0x65, 0x58, 0, 0, 43, 0xab});
    EXPECT_EQ(nvgre.linkClass, LinkClass::VXLAN_UNICAST);
    EXPECT_EQ(nvgre.overlay->vni, 43u);
    EXPECT_EQ(classify({0x20, 0, 0x65, 0x58, 0, 0, 0, 44}).linkClass, LinkClass::OTHER);
    EXPECT_EQ(classify({0, 0, 8, 0, 0, 0, 0, 42}).linkClass, LinkClass::OTHER);
}

TEST_F(LinkClassifierTest, ReadsPppFrames)
{
    WireWriter writer;
    writer.WriteU16(0x0021);
    writer.WriteBytes(Ip(METERED_GROUP, 17, Udp(5001, {})));
    EXPECT_EQ(m_classifier.Classify(writer.GetBytes().data(), writer.GetSize(), true, {}).linkClass,
              LinkClass::MULTICAST);
}

TEST_F(LinkClassifierTest, AnyCutGivesAClass)
{
    const Bytes whole = Ip(RP, 103, Register(Ip(METERED_GROUP, 17, Udp(8472, Bytes(80)))));
    for (std::size_t size = 0; size <= whole.size(); ++size)
    {
        EXPECT_LE(Ethernet(Bytes(whole.begin(), whole.begin() + size)).linkClass, LinkClass::OTHER);
    }
}

/** What one device sends, to another at the other end, at 8 Mbit/s: a byte takes 1 us. */
class LinkMeterTest : public testing::Test
{
  protected:
    ~LinkMeterTest() override
    {
        Simulator::Destroy();
    }

    template <typename Device, typename LinkChannel>
    void Build(Ptr<LinkChannel> channel, const std::string& rateOwner)
    {
        for (Ptr<LinkDevice>& end : m_ends)
        {
            Ptr<Device> device = CreateObject<Device>();
            (rateOwner == "device" ? Ptr<Object>(device) : Ptr<Object>(channel))
                ->SetAttribute("DataRate", StringValue("8Mbps"));
            device->SetAddress(Mac48Address::Allocate());
            device->Attach(channel);
            CreateObject<Node>()->AddDevice(device);
            device->SetReceiveCallback(
                [](Ptr<NetDevice>, Ptr<const Packet>, uint16_t, const Address&) { return true; });
            end = device;
        }
        m_meter.Attach("1", "r1", m_ends[0]);
    }

    void Send()
    {
        const Bytes bytes = Ip(METERED_GROUP, 17, Udp(5001, Bytes(72)));
        m_ends[0]->Send(Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())),
                        Mac48Address::GetBroadcast(),
                        0x0800);
    }

    /** \returns how many packets to the group are counted at a time in us. */
    uint64_t CountAt(int64_t time)
    {
        Simulator::Stop(MicroSeconds(time) - Simulator::Now());
        Simulator::Run();
        return m_meter.GetCounts(0)[static_cast<std::size_t>(LinkClass::MULTICAST)].packets;
    }

    Ptr<LinkDevice> m_ends[2];
    LinkMeter m_meter;
};

TEST_F(LinkMeterTest, AFrameCountsOnceItsLastBitIsSent)
{
    Build<CableDevice>(CreateObject<CableChannel>(), "device");
    Send(); // 102 us
    Send();
    EXPECT_EQ(CountAt(101), 0u);
    EXPECT_EQ(CountAt(103), 1u);
    EXPECT_EQ(CountAt(203), 1u);
    EXPECT_EQ(CountAt(205), 2u);
    EXPECT_EQ(m_meter.GetCounters().front().bytes, 200u);
    Send();
    m_meter.Restart(); // the third is still being sent
    EXPECT_EQ(CountAt(300), 0u);
    EXPECT_EQ(CountAt(308), 1u);
}

TEST_F(LinkMeterTest, SoDoesOneOnALan)
{
    Build<SwitchedLanDevice>(CreateObject<SwitchedLanChannel>(), "channel");
    Send(); // 118 us
    EXPECT_EQ(CountAt(117), 0u);
    EXPECT_EQ(CountAt(119), 1u);
}

TEST_F(LinkMeterTest, TheSinkIsCalledWhenTheLastBitIsSent)
{
    Build<CableDevice>(CreateObject<CableChannel>(), "device");
    std::vector<int64_t> times;
    m_meter.SetFrameSink([&times](std::size_t, Ptr<const Packet> packet, const LinkFrame& frame) {
        EXPECT_EQ(packet->GetSize(), 102u);
        EXPECT_EQ(frame.group, METERED_GROUP);
        times.push_back(Simulator::Now().GetMicroSeconds());
    });
    Send();
    Send();
    Simulator::Run();
    EXPECT_EQ(times, (std::vector<int64_t>{102, 204}));
    EXPECT_EQ(m_meter.GetGroupCounts(METERED_GROUP).size(), 0u); // RecordGroups was not called
}

TEST_F(LinkMeterTest, RefusesDevicesThatDoNotTellWhatTheySend)
{
    EXPECT_THROW(m_meter.Attach("1", "r1", CreateObject<PointToPointNetDevice>()),
                 std::invalid_argument);
    EXPECT_TRUE(m_meter.GetCounters().empty());
}

} // namespace
