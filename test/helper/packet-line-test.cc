// SPDX-License-Identifier: GPL-2.0-only
// Lines and filters of tcpdump, against what tcpdump prints of the same bytes.
#include "ns3/packet-line.h"
#include "ns3/tcpdump-command.h"
#include "ns3/wire-buffer.h"

#include <gtest/gtest.h>

#include <stdexcept>

using namespace ns3;

namespace
{

using Bytes = std::vector<uint8_t>;

Bytes
Concatenate(const Bytes& a, const Bytes& b)
{
    Bytes both = a;
    both.insert(both.end(), b.begin(), b.end());
    return both;
}

/** An Ethernet frame with an IPv4 packet. */
Bytes
Ip(uint8_t protocol,
   const char* from,
   const char* to,
   const Bytes& payload,
   uint16_t fragment = 0,
   std::size_t more = 0)
{
    WireWriter writer;
    writer.WriteBytes(Bytes(12, 2));
    writer.WriteU16(0x0800);
    writer.WriteU8(0x45);
    writer.WriteU8(0);
    writer.WriteU16(static_cast<uint16_t>(20 + payload.size() + more));
    writer.WriteU16(7);
    writer.WriteU16(fragment);
    writer.WriteU8(10);
    writer.WriteU8(protocol);
    writer.WriteU16(0);
    writer.WriteIpv4(Ipv4Address(from));
    writer.WriteIpv4(Ipv4Address(to));
    return Concatenate(writer.GetBytes(), payload);
}

Bytes
Udp(uint16_t from, uint16_t to, const Bytes& payload)
{
    WireWriter writer;
    writer.WriteU16(from);
    writer.WriteU16(to);
    writer.WriteU16(static_cast<uint16_t>(8 + payload.size()));
    writer.WriteU16(0);
    return Concatenate(writer.GetBytes(), payload);
}

Bytes
Arp(uint16_t operation, std::size_t padding)
{
    WireWriter writer;
    writer.WriteBytes(Bytes(12, 2));
    writer.WriteU16(0x0806);
    writer.WriteBytes({0, 1, 8, 0, 6, 4});
    writer.WriteU16(operation);
    writer.WriteBytes({2, 0, 1, 0, 0, 0x2a});
    writer.WriteIpv4(Ipv4Address("192.168.99.1"));
    writer.WriteBytes(Bytes(6));
    writer.WriteIpv4(Ipv4Address("192.168.99.2"));
    return Concatenate(writer.GetBytes(), Bytes(padding));
}

std::string
Format(const Bytes& frame, bool isQuick = false)
{
    return FormatPacketLine(frame.data(), frame.size(), PacketFraming::ETHERNET, isQuick);
}

bool
Passes(const std::string& filter, const Bytes& frame)
{
    return ParseTcpdump("tcpdump -c 1 -i eth0 " + filter)
        .Passes(ReadPacketFields(frame.data(), frame.size(), PacketFraming::ETHERNET));
}

std::string
GetRefusal(const std::string& command)
{
    try
    {
        ParseTcpdump(command);
    }
    catch (const std::invalid_argument& error)
    {
        return error.what();
    }
    return "";
}

} // namespace

TEST(PacketLine, Protocols)
{
    EXPECT_EQ(Format(Ip(17, "192.168.1.1", "239.0.0.10", Udp(49153, 5001, Bytes(1470)))),
              "IP 192.168.1.1.49153 > 239.0.0.10.5001: UDP, length 1470");
    EXPECT_EQ(
        Format(Ip(103, "10.0.0.1", "10.0.0.2", Concatenate({0x21, 0, 0, 0}, Bytes(1476)), 0x2000)),
        "IP 10.0.0.1 > 10.0.0.2: PIMv2, Register, length 1480");
    EXPECT_EQ(Format(Ip(103, "10.0.0.1", "10.0.0.2", Bytes(40), 185)),
              "IP 10.0.0.1 > 10.0.0.2: ip-proto-103");
    EXPECT_EQ(Format(Ip(103, "10.0.0.1", "224.0.0.13", Concatenate({0x23}, Bytes(33)))),
              "IP 10.0.0.1 > 224.0.0.13: PIMv2, Join / Prune, length 34");
    EXPECT_EQ(Format(Ip(89, "10.0.0.1", "224.0.0.5", Concatenate({2, 4}, Bytes(62)))),
              "IP 10.0.0.1 > 224.0.0.5: OSPFv2, LS-Update, length 64");
    EXPECT_EQ(Format(Ip(2, "10.0.0.1", "224.0.0.22", {0x22, 0, 0, 0, 0, 0, 0, 1})),
              "IP 10.0.0.1 > 224.0.0.22: igmp v3 report, 1 group record(s)");
    EXPECT_EQ(Format(Ip(2, "10.0.0.1", "224.0.0.1", {0x11, 100, 0, 0, 0, 0, 0, 0, 2, 125, 0, 0})),
              "IP 10.0.0.1 > 224.0.0.1: igmp query v3");
    EXPECT_EQ(Format(Ip(2, "10.0.0.1", "239.0.0.10", {0x11, 10, 0, 0, 239, 0, 0, 10})),
              "IP 10.0.0.1 > 239.0.0.10: igmp query v2 [max resp time 1.0s] [gaddr 239.0.0.10]");
    EXPECT_EQ(Format(Ip(2, "10.0.0.1", "239.0.0.10", {0x16, 0, 0, 0, 239, 0, 0, 10})),
              "IP 10.0.0.1 > 239.0.0.10: igmp v2 report 239.0.0.10");
    EXPECT_EQ(
        Format(Ip(1, "10.0.0.1", "10.0.0.2", Concatenate({8, 0, 0, 0, 0, 1, 0, 2}, Bytes(56)))),
        "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 64");
    EXPECT_EQ(Format(Arp(1, 0)), "ARP, Request who-has 192.168.99.2 tell 192.168.99.1, length 28");
    EXPECT_EQ(Format(Arp(2, 18)), "ARP, Reply 192.168.99.1 is-at 02:00:01:00:00:2a, length 46");
}

TEST(PacketLine, VxlanHasTheFrameInsideUnlessQuick)
{
    const Bytes inner = Arp(1, 0);
    const Bytes frame = Ip(17,
                           "192.168.1.1",
                           "239.0.0.42",
                           Udp(40000, 4789, Concatenate({8, 0, 0, 0, 0, 0, 42, 0}, inner)));
    EXPECT_EQ(Format(frame),
              "IP 192.168.1.1.40000 > 239.0.0.42.4789: VXLAN, flags [I] (0x08), vni 42\n"
              "ARP, Request who-has 192.168.99.2 tell 192.168.99.1, length 28");
    EXPECT_EQ(Format(frame, true), "IP 192.168.1.1.40000 > 239.0.0.42.4789: UDP, length 50");
}

TEST(PacketLine, AnyBytesGiveALine)
{
    const Bytes whole = Ip(17,
                           "1.2.3.4",
                           "239.0.0.42",
                           Udp(1, 4789, Concatenate({8, 0, 0, 0, 0, 0, 42, 0}, Arp(1, 0))));
    for (std::size_t size = 0; size <= whole.size(); ++size)
    {
        EXPECT_FALSE(Format(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)))
                         .empty());
    }
    EXPECT_EQ(Format(Bytes(14)), "ethertype Unknown (0x0000), length 0");
}

TEST(PacketLine, TimeCountsFromTheStart)
{
    EXPECT_EQ(FormatPacketTime(Seconds(100) + MicroSeconds(12)), "00:01:40.000012");
    EXPECT_EQ(FormatPacketTime(Seconds(3661)), "01:01:01.000000");
}

TEST(TcpdumpCommand, OptionsAndFilters)
{
    const TcpdumpCommand command = ParseTcpdump("tcpdump -c 2 -qpni eth0 udp and not dst 10.0.0.2");
    EXPECT_EQ(command.interface, "eth0");
    EXPECT_EQ(command.count, std::optional<uint32_t>(2));
    EXPECT_TRUE(command.isQuick);
    EXPECT_FALSE(command.isPromiscuous);
    EXPECT_EQ(command.filter.size(), 2u);
    const Bytes udp = Ip(17, "10.0.0.1", "10.0.0.2", Udp(5, 5001, {}));
    for (const char* filter : {"",
                               "ip",
                               "udp",
                               "proto 17",
                               "host 10.0.0.2",
                               "src 10.0.0.1",
                               "dst host 10.0.0.2",
                               "port 5001",
                               "src port 5",
                               "udp and port 5 and not arp"})
    {
        EXPECT_TRUE(Passes(filter, udp)) << filter;
    }
    for (const char* filter :
         {"arp", "tcp", "pim", "src 10.0.0.2", "dst port 5", "port 7", "udp and not port 5001"})
    {
        EXPECT_FALSE(Passes(filter, udp)) << filter;
    }
    EXPECT_TRUE(Passes("arp and src 192.168.99.1 and dst 192.168.99.2", Arp(1, 0)));
    EXPECT_FALSE(Passes("ip", Arp(1, 0)));
}

TEST(TcpdumpCommand, RefusesWithASentence)
{
    EXPECT_NE(GetRefusal("tcpdump -i eth0 -x").find("unknown option -x"), std::string::npos);
    EXPECT_NE(GetRefusal("tcpdump -c none").find("'none' is no number"), std::string::npos);
    EXPECT_NE(GetRefusal("tcpdump -i").find("nothing follows '-i'"), std::string::npos);
    EXPECT_NE(GetRefusal("tcpdump udp or tcp").find("'or' is not known"), std::string::npos);
    EXPECT_NE(GetRefusal("tcpdump smtp").find("'smtp' is not known"), std::string::npos);
    EXPECT_NE(GetRefusal("tcpdump host r1").find("'r1' is no address"), std::string::npos);
    EXPECT_NE(GetRefusal("tcpdump udp and").find("nothing follows 'and'"), std::string::npos);
    EXPECT_NE(GetRefusal("tcpdump port 99999").find("from 0 to 65535"), std::string::npos);
}
