// SPDX-License-Identifier: GPL-2.0-only
// IGMP as it leaves the device, and what becomes of bad messages.
#include "igmp-lan-fixture.h"

#include "ns3/uinteger.h"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace ns3
{

namespace
{

const Ipv4Address WIRE_GROUP("239.0.0.10");

class IgmpWireTest : public IgmpLanTest
{
  protected:
    /** Keeps the frames that node \p node sends or hears. */
    void Capture(uint32_t node)
    {
        devices.Get(node)->TraceConnectWithoutContext(
            "PromiscSniffer", Callback<void, Ptr<const Packet>>([this](Ptr<const Packet> packet) {
                std::vector<uint8_t> bytes(packet->GetSize());
                packet->CopyData(bytes.data(), packet->GetSize());
                frames.push_back(bytes);
            }));
    }

    /** Sends \p message from node \p node as it is, with any source address. */
    void SendRaw(uint32_t node, const IgmpMessage& message, Ipv4Address source, bool damage = false)
    {
        WireWriter writer;
        message.Write(writer);
        std::vector<uint8_t> bytes = writer.GetBytes();
        bytes[3] = static_cast<uint8_t>(bytes[3] ^ (damage ? 1 : 0));
        Ipv4ProtocolSender sender(IgmpProtocol::PROT_NUMBER);
        sender.SetIpv4(nodes.Get(node)->GetObject<Ipv4>());
        sender.SendOnInterface(Create<Packet>(bytes.data(), bytes.size()),
                               LAN,
                               source,
                               Ipv4Address("224.0.0.22"),
                               1,
                               0xc0,
                               true);
    }

    std::vector<std::vector<uint8_t>> frames;
};

/** \returns the frame's IP packet with what differs by sender made 0: identification, DF, checksum.
 */
std::string
ToComparableHex(const std::vector<uint8_t>& frame)
{
    std::string hex;
    for (std::size_t i = 14; i < frame.size(); ++i)
    {
        const std::size_t at = i - 14;
        const bool varies = (at >= 4 && at < 8) || at == 10 || at == 11;
        std::array<char, 3> digits{};
        std::snprintf(digits.data(), digits.size(), "%02x", varies ? 0 : frame[i]);
        hex += digits.data();
    }
    return hex;
}

TEST_F(IgmpWireTest, Version2ReportIsALinuxHostsByteForByte)
{
    Build(2, 0, 2);
    Capture(1);
    Join(1, 1, WIRE_GROUP);
    RunTo(1.1);
    ASSERT_EQ(frames.size(), 1u);
    // Ethernet: 01:00:5e:00:00:0a, IPv4. A Linux host at 192.168.1.2 sends just this.
    EXPECT_EQ(frames[0][0], 0x01);
    EXPECT_EQ(frames[0][5], 0x0a);
    EXPECT_EQ(ToComparableHex(frames[0]).substr(0, 64),
              "46c0002000000000010200"
              "00c0a80102ef00000a94040000"
              "1600faf4ef00000a");
    EXPECT_EQ(InternetChecksum(frames[0].data() + 14, 24), 0);
}

TEST_F(IgmpWireTest, Version3ReportAndQueryHaveTheSizesOfRealOnes)
{
    Build(2, 1);
    Capture(1);
    Join(1, 1, WIRE_GROUP);
    RunTo(1.1);
    ASSERT_EQ(frames.size(), 2u);
    // The general Query: 24 + 12 bytes; the report of one group: 24 + 16.
    EXPECT_EQ(ToComparableHex(frames[0]).substr(0, 72),
              "46c0002400000000010200"
              "00c0a80101e000000194040000"
              "1164ec1e00000000027d0000");
    EXPECT_EQ(ToComparableHex(frames[1]).substr(0, 80),
              "46c0002800000000010200"
              "00c0a80102e000001694040000"
              "2200eaf30000000104000000ef00000a");
}

TEST_F(IgmpWireTest, BadMessagesAreCountedByReason)
{
    Build(2, 1);
    uint32_t dropped = 0;
    Igmp(0)->TraceConnectWithoutContext(
        "Drop",
        Callback<void, Ptr<const Packet>, uint32_t, std::string>(
            [&](Ptr<const Packet>, uint32_t interface, const std::string&) {
                ++dropped;
                EXPECT_EQ(interface, LAN);
            }));
    RunTo(1);
    IgmpMessage report;
    report.type = IgmpMessage::V2_REPORT;
    report.group = WIRE_GROUP;
    const Ipv4Address own("192.168.1.2");
    SendRaw(1, report, own, true);
    SendRaw(1, report, Ipv4Address("10.9.9.9"));
    report.group = Ipv4Address("232.0.0.1");
    SendRaw(1, report, own);
    report.type = 0x13;
    SendRaw(1, report, own);
    RunTo(2);
    const std::map<std::string, uint64_t> expected{
        {"checksum", 1}, {"source-not-on-link", 1}, {"ssm-range", 1}, {"type", 1}};
    EXPECT_EQ(Igmp(0)->GetDrops(), expected);
    EXPECT_EQ(dropped, 4u);
    EXPECT_TRUE(Igmp(0)->GetGroups().empty());
}

/** \returns the standard output of a command, and that it ended well. */
std::string
RunCommand(const std::string& command)
{
    std::string output;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> buffer;
    std::size_t size;
    while ((size = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0)
    {
        output.append(buffer.data(), size);
    }
    EXPECT_EQ(pclose(pipe), 0) << command;
    return output;
}

TEST_F(IgmpWireTest, TsharkDecodesEveryMessageType)
{
    if (std::system("tshark --version > /dev/null 2>&1") != 0)
    {
        GTEST_SKIP() << "no tshark";
    }
    Build(4, 1);
    Igmp(2)->SetInterfaceSettings(LAN, {2});
    Igmp(3)->SetInterfaceSettings(LAN, {1});
    CsmaHelper csma;
    const std::string prefix = testing::TempDir() + "igmp-wire";
    csma.EnablePcap(prefix, devices.Get(0), true);
    const Ipv4Address a("10.0.0.1");
    Simulator::Schedule(Seconds(1), [&] { Igmp(1)->Join(LAN, WIRE_GROUP, {a}); });
    Simulator::Schedule(Seconds(20), [&] { Igmp(1)->Leave(LAN, WIRE_GROUP); });
    Join(40, 2, Ipv4Address("239.0.0.11"));
    Leave(60, 2, Ipv4Address("239.0.0.11"));
    Join(70, 3, Ipv4Address("239.0.0.12"));
    RunTo(100);
    Simulator::Destroy();
    nodes = NodeContainer(); // the last owners of the open file
    devices = NetDeviceContainer();
    const std::string file = prefix + "-0-0.pcap";
    const std::string tshark = "tshark -r " + file + " -o ip.check_checksum:TRUE 2>/dev/null ";
    EXPECT_EQ(RunCommand(tshark + "-Y '_ws.malformed || _ws.expert.severity == error || "
                                  "ip.checksum.status == 0 || igmp.checksum.status == 0 || "
                                  "ip.ttl != 1 || ip.dsfield != 0xc0'"),
              "");
    const std::string types = RunCommand(tshark + "-T fields -e igmp.type -e igmp.version");
    for (const char* type : {"0x11\t3", "0x12\t1", "0x16\t2", "0x17\t2", "0x22\t3"})
    {
        EXPECT_NE(types.find(type), std::string::npos) << type;
    }
    EXPECT_EQ(RunCommand(tshark + "-Y '!ip.opt.ra'"), "");
    std::remove(file.c_str());
}

TEST(IgmpProtocolCopy, HasTheAttributesOfTheOtherAndNothingElse)
{
    Ptr<Node> node = CreateObject<Node>();
    InternetStackHelper().Install(node);
    Ptr<IgmpProtocol> one = CreateObjectWithAttributes<IgmpProtocol>("Version",
                                                                     UintegerValue(2),
                                                                     "QueryInterval",
                                                                     TimeValue(Seconds(61)),
                                                                     "SsmPrefix",
                                                                     Ipv4AddressValue("233.0.0.0"),
                                                                     "SsmMask",
                                                                     Ipv4MaskValue("255.255.0.0"));
    node->AggregateObject(one);
    one->Start();
    Ptr<IgmpProtocol> copy = CopyObject(one);
    EXPECT_FALSE(copy->IsRunning());
    EXPECT_EQ(copy->GetObject<Node>(), nullptr);
    const TypeId type = IgmpProtocol::GetTypeId();
    for (std::size_t i = 0; i < type.GetAttributeN(); ++i)
    {
        StringValue values[2];
        one->GetAttribute(type.GetAttribute(i).name, values[0]);
        copy->GetAttribute(type.GetAttribute(i).name, values[1]);
        EXPECT_EQ(values[0].Get(), values[1].Get()) << type.GetAttribute(i).name;
    }
    Simulator::Destroy();
}

} // namespace

} // namespace ns3
