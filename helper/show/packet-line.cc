// SPDX-License-Identifier: GPL-2.0-only
// Words are those of tcpdump 4.99, without -v. Departure: TCP's sequence numbers are absolute, as
// with -S, and its options are not listed.
#include "ns3/packet-line.h"

#include "ns3/ethertype.h"
#include "ns3/gre-header.h"
#include "ns3/ip-protocol.h"
#include "ns3/ip-sizes.h"
#include "ns3/ipv4-datagram.h"
#include "ns3/mac48-address.h"
#include "ns3/ospf-packet.h"
#include "ns3/pim-message.h"
#include "ns3/printed.h"
#include "ns3/vxlan-config.h"
#include "ns3/wire-buffer.h"

#include <algorithm>
#include <cstdio>

namespace ns3
{

namespace
{

/** \returns the EtherType, with \p reader behind the link layer's header. */
uint16_t
SkipLinkHeader(WireReader& reader, PacketFraming framing)
{
    if (framing == PacketFraming::PPP)
    {
        return reader.ReadU16() == PPP_PROTOCOL_IPV4 ? ETHERTYPE_IPV4 : 0;
    }
    reader.Skip(12);
    return reader.ReadU16();
}

/** \returns the word of \p code in \p words, or "unknown". */
template <std::size_t N>
std::string
GetWord(const char* const (&words)[N], std::size_t code)
{
    return code < N && words[code] ? words[code] : "unknown";
}

std::string
FormatArp(WireReader reader, std::size_t length)
{
    reader.Skip(6);
    const uint16_t operation = reader.ReadU16();
    uint8_t mac[6];
    for (uint8_t& byte : mac)
    {
        byte = reader.ReadU8();
    }
    const Ipv4Address sender = reader.ReadIpv4();
    reader.Skip(6);
    const Ipv4Address target = reader.ReadIpv4();
    if (reader.IsTruncated())
    {
        return "ARP, [|arp]";
    }
    Mac48Address senderMac;
    senderMac.CopyFrom(mac);
    const std::string end = ", length " + std::to_string(length);
    if (operation == 1)
    {
        return "ARP, Request who-has " + ToText(target) + " tell " + ToText(sender) + end;
    }
    return "ARP, Reply " + ToText(sender) + " is-at " + ToText(senderMac) + end;
}

std::string
FormatPim(WireReader reader, std::size_t length)
{
    static const char* const types[] = {"Hello",
                                        "Register",
                                        "Register-Stop",
                                        "Join / Prune",
                                        "Bootstrap",
                                        "Assert",
                                        "Graft",
                                        "Graft-ACK",
                                        "Candidate RP Advertisement",
                                        "Prune Refresh",
                                        "DF Election"};
    const uint8_t first = reader.ReadU8();
    return "PIMv" + std::to_string(first >> 4) + ", " + GetWord(types, first & 0xf) + ", length " +
           std::to_string(length);
}

std::string
FormatOspf(WireReader reader, std::size_t length)
{
    static const char* const types[] = {
        nullptr, "Hello", "Database Description", "LS-Request", "LS-Update", "LS-Ack"};
    const uint8_t version = reader.ReadU8();
    return "OSPFv" + std::to_string(version) + ", " + GetWord(types, reader.ReadU8()) +
           ", length " + std::to_string(length);
}

std::string
FormatIgmpQuery(WireReader& reader, std::size_t length)
{
    constexpr std::size_t IGMPV3_QUERY = 12;
    constexpr uint8_t USUAL_DELAY = 100; // tenths of a second
    const uint8_t delay = reader.ReadU8();
    reader.Skip(2);
    const Ipv4Address group = reader.ReadIpv4();
    std::string text = "igmp query v";
    text += length >= IGMPV3_QUERY ? '3' : (delay == 0 ? '1' : '2');
    if (delay != 0 && delay != USUAL_DELAY)
    {
        text += " [max resp time " + std::to_string(delay / 10) + "." + std::to_string(delay % 10) +
                "s]";
    }
    return text + (group.IsAny() ? "" : " [gaddr " + ToText(group) + "]");
}

std::string
FormatIgmp(WireReader reader, std::size_t length)
{
    const uint8_t type = reader.ReadU8();
    if (type == 0x11)
    {
        return FormatIgmpQuery(reader, length);
    }
    reader.Skip(3);
    switch (type)
    {
    case 0x12:
        return "igmp v1 report " + ToText(reader.ReadIpv4());
    case 0x16:
        return "igmp v2 report " + ToText(reader.ReadIpv4());
    case 0x17:
        return "igmp leave " + ToText(reader.ReadIpv4());
    case 0x22:
        reader.Skip(2);
        return "igmp v3 report, " + std::to_string(reader.ReadU16()) + " group record(s)";
    default:
        return "igmp-" + std::to_string(type);
    }
}

std::string
FormatIcmp(WireReader reader, std::size_t length)
{
    const uint8_t type = reader.ReadU8();
    const uint8_t code = reader.ReadU8();
    reader.Skip(2);
    const std::string end = ", length " + std::to_string(length);
    if (type != 0 && type != 8)
    {
        return "ICMP type-#" + std::to_string(type) + " code-#" + std::to_string(code) + end;
    }
    const uint16_t identifier = reader.ReadU16();
    const uint16_t sequence = reader.ReadU16();
    return std::string("ICMP echo ") + (type == 8 ? "request" : "reply") + ", id " +
           std::to_string(identifier) + ", seq " + std::to_string(sequence) + end;
}

std::string FormatEthernet(WireReader reader, std::size_t length, bool isQuick);

/** \returns what follows the ports of UDP. */
std::string
FormatUdp(const Ipv4Datagram& ip, uint16_t from, uint16_t to, bool isQuick)
{
    WireReader reader = ip.payload;
    reader.Skip(4);
    const std::size_t length = reader.ReadU16();
    reader.Skip(2);
    if (!isQuick && (from == VxlanConfig::DEFAULT_PORT || to == VxlanConfig::DEFAULT_PORT))
    {
        char head[64];
        const uint8_t flags = reader.ReadU8();
        reader.Skip(3);
        const uint32_t vni = reader.ReadU24();
        reader.Skip(1);
        std::snprintf(head,
                      sizeof head,
                      "VXLAN, flags [%s] (0x%02x), vni %u\n",
                      (flags & 0x08) != 0 ? "I" : ".",
                      flags,
                      vni);
        return head + FormatEthernet(reader, reader.GetRemaining(), isQuick);
    }
    return "UDP, length " +
           std::to_string(std::max<std::size_t>(length, UDP_HEADER_SIZE) - UDP_HEADER_SIZE);
}

/** \returns what follows the ports of TCP. */
std::string
FormatTcp(const Ipv4Datagram& ip, bool isQuick)
{
    WireReader reader = ip.payload;
    reader.Skip(4);
    const uint32_t sequence = reader.ReadU32();
    const uint32_t acknowledged = reader.ReadU32();
    const std::size_t header = (reader.ReadU8() >> 4) * 4U;
    const uint8_t flags = reader.ReadU8();
    const uint16_t window = reader.ReadU16();
    const std::size_t length = ip.length - std::min(ip.length, header);
    if (isQuick)
    {
        return "tcp " + std::to_string(length);
    }
    std::string set;
    for (const auto& [bit, letter] : {std::pair(0x01, 'F'),
                                      std::pair(0x02, 'S'),
                                      std::pair(0x04, 'R'),
                                      std::pair(0x08, 'P'),
                                      std::pair(0x10, '.')})
    {
        set += (flags & bit) != 0 ? std::string(1, letter) : "";
    }
    std::string text = "Flags [" + (set.empty() ? "none" : set) + "]";
    if (length != 0 || (flags & 0x07) != 0)
    {
        text += ", seq " + std::to_string(sequence);
        text += length != 0 ? ":" + std::to_string(static_cast<uint32_t>(sequence + length)) : "";
    }
    text += (flags & 0x10) != 0 ? ", ack " + std::to_string(acknowledged) : "";
    return text + ", win " + std::to_string(window) + ", length " + std::to_string(length);
}

/** \returns what tcpdump prints of the payload of \p ip, ports aside. */
std::string
FormatPayload(const Ipv4Datagram& ip)
{
    switch (ip.protocol)
    {
    case IP_PROTOCOL_ICMP:
        return FormatIcmp(ip.payload, ip.length);
    case IP_PROTOCOL_IGMP:
        return FormatIgmp(ip.payload, ip.length);
    case GreFields::PROTOCOL:
        return "GREv0, length " + std::to_string(ip.length);
    case OspfPacket::PROTOCOL:
        return FormatOspf(ip.payload, ip.length);
    case PimMessage::PROTOCOL:
        return FormatPim(ip.payload, ip.length);
    default:
        return " ip-proto-" + std::to_string(ip.protocol) + " " + std::to_string(ip.length);
    }
}

std::string
FormatIp(const WireReader& reader, bool isQuick)
{
    const auto ip = ReadIpv4Datagram(reader);
    if (!ip)
    {
        return "IP [|ip]";
    }
    const std::string from = "IP " + ToText(ip->source);
    const std::string to = " > " + ToText(ip->destination);
    if (ip->offset != 0)
    {
        return from + to + ": ip-proto-" + std::to_string(ip->protocol);
    }
    if (ip->protocol != IP_PROTOCOL_UDP && ip->protocol != IP_PROTOCOL_TCP)
    {
        return from + to + ": " + FormatPayload(*ip);
    }
    WireReader ports = ip->payload;
    const uint16_t source = ports.ReadU16();
    const uint16_t destination = ports.ReadU16();
    return from + "." + std::to_string(source) + to + "." + std::to_string(destination) + ": " +
           (ip->protocol == IP_PROTOCOL_UDP ? FormatUdp(*ip, source, destination, isQuick)
                                            : FormatTcp(*ip, isQuick));
}

std::string
FormatNetwork(const WireReader& reader, uint16_t etherType, std::size_t length, bool isQuick)
{
    if (etherType == ETHERTYPE_IPV4)
    {
        return FormatIp(reader, isQuick);
    }
    if (etherType == ETHERTYPE_ARP)
    {
        return FormatArp(reader, length);
    }
    char text[64];
    std::snprintf(text, sizeof text, "ethertype Unknown (0x%04x), length %zu", etherType, length);
    return text;
}

std::string
FormatEthernet(WireReader reader, std::size_t length, bool isQuick)
{
    const uint16_t etherType = SkipLinkHeader(reader, PacketFraming::ETHERNET);
    return FormatNetwork(
        reader, etherType, length - std::min<std::size_t>(length, ETHERNET_HEADER_SIZE), isQuick);
}

} // namespace

PacketFields
ReadPacketFields(const uint8_t* frame, std::size_t size, PacketFraming framing)
{
    PacketFields fields;
    WireReader reader(frame, size);
    fields.etherType = SkipLinkHeader(reader, framing);
    if (fields.etherType == ETHERTYPE_ARP)
    {
        reader.Skip(14);
        fields.source = reader.ReadIpv4();
        reader.Skip(6);
        fields.destination = reader.ReadIpv4();
        return fields;
    }
    const auto ip = fields.etherType == ETHERTYPE_IPV4 ? ReadIpv4Datagram(reader) : std::nullopt;
    if (!ip)
    {
        return fields;
    }
    fields.isIp = true;
    fields.protocol = ip->protocol;
    fields.source = ip->source;
    fields.destination = ip->destination;
    if (ip->offset == 0 && (ip->protocol == IP_PROTOCOL_UDP || ip->protocol == IP_PROTOCOL_TCP))
    {
        WireReader ports = ip->payload;
        fields.sourcePort = ports.ReadU16();
        fields.destinationPort = ports.ReadU16();
    }
    return fields;
}

std::string
FormatPacketLine(const uint8_t* frame, std::size_t size, PacketFraming framing, bool isQuick)
{
    WireReader reader(frame, size);
    const uint16_t etherType = SkipLinkHeader(reader, framing);
    return FormatNetwork(reader, etherType, reader.GetRemaining(), isQuick);
}

std::string
FormatPacketTime(Time time)
{
    const int64_t micros = time.GetMicroSeconds();
    char text[32];
    std::snprintf(text,
                  sizeof text,
                  "%02d:%02d:%02d.%06d",
                  static_cast<int>(micros / 3600000000),
                  static_cast<int>(micros / 60000000 % 60),
                  static_cast<int>(micros / 1000000 % 60),
                  static_cast<int>(micros % 1000000));
    return text;
}

} // namespace ns3
