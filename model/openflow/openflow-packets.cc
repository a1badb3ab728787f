// SPDX-License-Identifier: GPL-2.0-only
// RFC 826, RFC 2236 §2, RFC 3376 §4: packets of tenants and for them.
#include "ns3/openflow-packets.h"

#include "ns3/ethertype.h"
#include "ns3/ip-protocol.h"
#include "ns3/ipv4-datagram.h"
#include "ns3/wire-buffer.h"

namespace ns3
{

namespace
{

constexpr std::size_t ETHERNET_MIN = 60; //!< without FCS

Mac48Address
ReadMac(WireReader& reader)
{
    const std::vector<uint8_t> bytes = reader.ReadBytes(6);
    Mac48Address address;
    if (bytes.size() == 6)
    {
        address.CopyFrom(bytes.data());
    }
    return address;
}

void
WriteMac(WireWriter& writer, Mac48Address address)
{
    uint8_t bytes[6];
    address.CopyTo(bytes);
    writer.WriteBytes(std::vector<uint8_t>(bytes, bytes + 6));
}

/** \returns a reader of the IGMP message, empty when there is none. */
WireReader
FindIgmp(const std::vector<uint8_t>& frame)
{
    WireReader reader(frame.data(), frame.size());
    reader.Skip(12);
    const uint16_t type = reader.ReadU16();
    const auto datagram = type == ETHERTYPE_IPV4 ? ReadIpv4Datagram(reader) : std::nullopt;
    const bool isWhole = datagram && !datagram->moreFragments && datagram->offset == 0 &&
                         datagram->payload.GetRemaining() == datagram->length;
    return isWhole && datagram->protocol == IP_PROTOCOL_IGMP ? datagram->payload
                                                             : WireReader(nullptr, 0);
}

} // namespace

Mac48Address
GetFrameDestination(const std::vector<uint8_t>& frame)
{
    WireReader reader(frame.data(), frame.size());
    return ReadMac(reader);
}

Mac48Address
GetFrameSource(const std::vector<uint8_t>& frame)
{
    WireReader reader(frame.data(), frame.size());
    reader.Skip(6);
    return ReadMac(reader);
}

std::optional<OpenflowArp>
ParseFrameArp(const std::vector<uint8_t>& frame)
{
    WireReader reader(frame.data(), frame.size());
    reader.Skip(12);
    const uint16_t type = reader.ReadU16();
    const uint16_t hardware = reader.ReadU16();
    const uint16_t protocol = reader.ReadU16();
    const uint16_t lengths = reader.ReadU16();
    OpenflowArp arp;
    arp.operation = reader.ReadU16();
    arp.senderMac = ReadMac(reader);
    arp.senderIp = reader.ReadIpv4();
    arp.targetMac = ReadMac(reader);
    arp.targetIp = reader.ReadIpv4();
    if (reader.IsTruncated() || type != ETHERTYPE_ARP || hardware != 1 ||
        protocol != ETHERTYPE_IPV4 || lengths != 0x0604)
    {
        return std::nullopt;
    }
    return arp;
}

std::vector<uint8_t>
MakeFrameArpReply(const OpenflowArp& request, Ipv4Address ip, Mac48Address mac)
{
    WireWriter writer;
    WriteMac(writer, request.senderMac);
    WriteMac(writer, mac);
    writer.WriteU16(ETHERTYPE_ARP);
    writer.WriteU16(1);
    writer.WriteU16(ETHERTYPE_IPV4);
    writer.WriteU16(0x0604);
    writer.WriteU16(2);
    WriteMac(writer, mac);
    writer.WriteIpv4(ip);
    WriteMac(writer, request.senderMac);
    writer.WriteIpv4(request.senderIp);
    std::vector<uint8_t> frame = writer.GetBytes();
    frame.resize(ETHERNET_MIN, 0);
    return frame;
}

bool
IsFrameIgmp(const std::vector<uint8_t>& frame)
{
    return FindIgmp(frame).GetRemaining() > 0;
}

std::vector<OpenflowIgmpChange>
ParseFrameIgmp(const std::vector<uint8_t>& frame)
{
    WireReader reader = FindIgmp(frame);
    std::vector<OpenflowIgmpChange> changes;
    const uint8_t type = reader.ReadU8();
    reader.Skip(3);
    if (type == 0x12 || type == 0x16 || type == 0x17)
    {
        const Ipv4Address group = reader.ReadIpv4();
        if (!reader.IsTruncated() && group.IsMulticast())
        {
            changes.push_back({group, type != 0x17});
        }
        return changes;
    }
    if (type != 0x22)
    {
        return changes;
    }
    reader.Skip(2);
    for (uint16_t records = reader.ReadU16(); records > 0 && !reader.IsTruncated(); --records)
    {
        const uint8_t record = reader.ReadU8();
        const uint8_t auxiliary = reader.ReadU8();
        const uint16_t sources = reader.ReadU16();
        const Ipv4Address group = reader.ReadIpv4();
        reader.Skip(4u * sources + 4u * auxiliary);
        // RFC 3376 §4.2.12: IS_IN, IS_EX, TO_IN, TO_EX, ALLOW, BLOCK. A source list is not looked
        // at beyond whether it is empty: the frames of all sources go to a member.
        const bool include = record == 1 || record == 3;
        if (reader.IsTruncated() || !group.IsMulticast() || record < 1 || record > 5)
        {
            continue;
        }
        changes.push_back({group, !include || sources > 0});
    }
    return changes;
}

std::vector<uint8_t>
MakeFrameIgmpQuery(Mac48Address source, Ipv4Address group)
{
    WireWriter igmp;
    igmp.WriteU8(0x11);
    igmp.WriteU8(10); // Max Resp Code: 1 s
    igmp.WriteU16(0);
    igmp.WriteIpv4(group);
    igmp.WriteU8(2); // QRV
    igmp.WriteU8(125);
    igmp.WriteU16(0);
    igmp.PatchU16(2, InternetChecksum(igmp.GetBytes().data(), igmp.GetSize()));

    WireWriter ip;
    ip.WriteU16(0x46c0);
    ip.WriteU16(static_cast<uint16_t>(24 + igmp.GetSize()));
    ip.WriteU32(0);
    ip.WriteU8(1);
    ip.WriteU8(IP_PROTOCOL_IGMP);
    ip.WriteU16(0);
    ip.WriteU32(0);
    ip.WriteIpv4(group);
    ip.WriteU32(0x94040000); // Router Alert
    ip.PatchU16(10, InternetChecksum(ip.GetBytes().data(), ip.GetSize()));

    WireWriter frame;
    WriteMac(frame, Mac48Address::GetMulticast(group));
    WriteMac(frame, source);
    frame.WriteU16(ETHERTYPE_IPV4);
    frame.WriteBytes(ip.GetBytes());
    frame.WriteBytes(igmp.GetBytes());
    return frame.GetBytes();
}

} // namespace ns3
