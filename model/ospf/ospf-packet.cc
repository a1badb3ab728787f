// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 A.3 and D.4 (the packet checksum leaves out the authentication field).
#include "ns3/ospf-packet.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr uint8_t OSPF_VERSION = 2;
constexpr std::size_t LENGTH_OFFSET = 2;
constexpr std::size_t PACKET_CHECKSUM_OFFSET = 12;
constexpr std::size_t AUTHENTICATION_OFFSET = 16;
constexpr std::size_t AUTHENTICATION_SIZE = 8;
const char* const PACKET_NAMES[] = {"Hello",
                                    "Database Description",
                                    "Link State Request",
                                    "Link State Update",
                                    "Link State Acknowledgment"};

void
WriteBody(WireWriter& writer, const OspfHello& hello)
{
    writer.WriteU32(hello.networkMask.Get());
    writer.WriteU16(hello.helloInterval);
    writer.WriteU8(hello.options);
    writer.WriteU8(hello.priority);
    writer.WriteU32(hello.deadInterval);
    writer.WriteIpv4(hello.designatedRouter);
    writer.WriteIpv4(hello.backupDesignatedRouter);
    for (OspfId neighbor : hello.neighbors)
    {
        writer.WriteU32(neighbor.Get());
    }
}

void
WriteBody(WireWriter& writer, const OspfDatabaseDescription& description)
{
    writer.WriteU16(description.mtu);
    writer.WriteU8(description.options);
    writer.WriteU8((description.init ? 4 : 0) | (description.more ? 2 : 0) |
                   (description.master ? 1 : 0));
    writer.WriteU32(description.sequence);
    for (const OspfLsaHeader& header : description.headers)
    {
        header.Write(writer);
    }
}

void
WriteBody(WireWriter& writer, const OspfLinkStateRequest& request)
{
    for (const OspfLinkStateRequest::Item& item : request.items)
    {
        writer.WriteU32(item.type);
        writer.WriteU32(item.linkStateId.Get());
        writer.WriteU32(item.advertisingRouter.Get());
    }
}

void
WriteBody(WireWriter& writer, const OspfLinkStateUpdate& update)
{
    writer.WriteU32(static_cast<uint32_t>(update.lsas.size()));
    for (const OspfLsa& lsa : update.lsas)
    {
        lsa.Write(writer);
    }
}

void
WriteBody(WireWriter& writer, const OspfLinkStateAck& ack)
{
    for (const OspfLsaHeader& header : ack.headers)
    {
        header.Write(writer);
    }
}

void
ReadHeaders(WireReader& reader, std::vector<OspfLsaHeader>& headers)
{
    headers.reserve(reader.GetRemaining() / OspfLsaHeader::SIZE + 1);
    while (reader.GetRemaining() > 0)
    {
        headers.emplace_back();
        headers.back().Read(reader);
    }
}

std::string
ReadBody(WireReader& reader, OspfHello& hello)
{
    hello.networkMask = OspfMask(reader.ReadU32());
    hello.helloInterval = reader.ReadU16();
    hello.options = reader.ReadU8();
    hello.priority = reader.ReadU8();
    hello.deadInterval = reader.ReadU32();
    hello.designatedRouter = reader.ReadIpv4();
    hello.backupDesignatedRouter = reader.ReadIpv4();
    while (reader.GetRemaining() > 0)
    {
        hello.neighbors.push_back(OspfId(reader.ReadU32()));
    }
    return "";
}

std::string
ReadBody(WireReader& reader, OspfDatabaseDescription& description)
{
    description.mtu = reader.ReadU16();
    description.options = reader.ReadU8();
    const uint8_t flags = reader.ReadU8();
    description.init = flags & 4;
    description.more = flags & 2;
    description.master = flags & 1;
    description.sequence = reader.ReadU32();
    ReadHeaders(reader, description.headers);
    return "";
}

std::string
ReadBody(WireReader& reader, OspfLinkStateRequest& request)
{
    while (reader.GetRemaining() > 0)
    {
        OspfLinkStateRequest::Item item;
        item.type = reader.ReadU32();
        item.linkStateId = OspfId(reader.ReadU32());
        item.advertisingRouter = OspfId(reader.ReadU32());
        request.items.push_back(item);
    }
    return "";
}

std::string
ReadBody(WireReader& reader, OspfLinkStateUpdate& update)
{
    const uint32_t count = reader.ReadU32();
    update.lsas.reserve(std::min<std::size_t>(count, reader.GetRemaining() / OspfLsaHeader::SIZE));
    for (uint32_t i = 0; i < count; ++i)
    {
        OspfLsa lsa;
        std::string error = lsa.Read(reader);
        if (!error.empty())
        {
            return error;
        }
        update.lsas.push_back(std::move(lsa));
    }
    return reader.GetRemaining() > 0 ? "length" : "";
}

std::string
ReadBody(WireReader& reader, OspfLinkStateAck& ack)
{
    ReadHeaders(reader, ack.headers);
    return "";
}

template <typename Body>
std::string
ReadAs(WireReader& reader, OspfPacket& packet)
{
    Body body;
    std::string error = ReadBody(reader, body);
    if (reader.IsTruncated())
    {
        error = "truncated";
    }
    packet.body = std::move(body);
    return error;
}

std::string
ReadAnyBody(uint8_t type, WireReader& reader, OspfPacket& packet)
{
    switch (type)
    {
    case 1:
        return ReadAs<OspfHello>(reader, packet);
    case 2:
        return ReadAs<OspfDatabaseDescription>(reader, packet);
    case 3:
        return ReadAs<OspfLinkStateRequest>(reader, packet);
    case 4:
        return ReadAs<OspfLinkStateUpdate>(reader, packet);
    case 5:
        return ReadAs<OspfLinkStateAck>(reader, packet);
    default:
        return "type";
    }
}

} // namespace

uint16_t
OspfPacket::ComputeChecksum(const uint8_t* bytes, std::size_t size)
{
    constexpr std::size_t AFTER = AUTHENTICATION_OFFSET + AUTHENTICATION_SIZE;
    return FinishInternetSum(SumInternetWords(bytes, AUTHENTICATION_OFFSET) +
                             SumInternetWords(bytes + AFTER, size - AFTER));
}

void
OspfPacket::Write(WireWriter& writer) const
{
    const std::size_t start = writer.GetSize();
    writer.WriteU8(OSPF_VERSION);
    writer.WriteU8(GetType());
    writer.WriteU16(0);
    writer.WriteU32(routerId.Get());
    writer.WriteU32(areaId.Get());
    writer.WriteU16(0);
    writer.WriteU16(authenticationType);
    writer.WriteU32(0);
    writer.WriteU32(0);
    std::visit([&writer](const auto& content) { WriteBody(writer, content); }, body);
    const std::size_t size = writer.GetSize() - start;
    writer.PatchU16(start + LENGTH_OFFSET, static_cast<uint16_t>(size));
    writer.PatchU16(start + PACKET_CHECKSUM_OFFSET,
                    ComputeChecksum(writer.GetBytes().data() + start, size));
}

std::string
OspfPacket::Read(WireReader& reader, OspfPacket& packet)
{
    const uint8_t* const start = reader.GetNext();
    const std::size_t size = reader.GetRemaining();
    WireReader head = reader.Sub(size);
    const uint8_t version = head.ReadU8();
    const uint8_t type = head.ReadU8();
    const uint16_t length = head.ReadU16();
    packet.routerId = OspfId(head.ReadU32());
    packet.areaId = OspfId(head.ReadU32());
    head.Skip(2);
    packet.authenticationType = head.ReadU16();
    head.Skip(AUTHENTICATION_SIZE);
    if (head.IsTruncated())
    {
        return "truncated";
    }
    if (version != OSPF_VERSION)
    {
        return "version";
    }
    if (length < HEADER_SIZE)
    {
        return "length";
    }
    if (length > size)
    {
        return "truncated";
    }
    if (packet.authenticationType != 0)
    {
        return "authentication";
    }
    if (ComputeChecksum(start, length) != 0)
    {
        return "checksum";
    }
    WireReader content = head.Sub(length - HEADER_SIZE);
    return ReadAnyBody(type, content, packet);
}

const char*
OspfPacket::GetName(const Body& body)
{
    return PACKET_NAMES[body.index()];
}

void
OspfPacket::Print(std::ostream& os) const
{
    os << "OSPF " << GetName(body) << " router " << routerId << " area " << areaId;
}

} // namespace ns3
