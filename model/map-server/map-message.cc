// SPDX-License-Identifier: GPL-2.0-only
// RFC 9301 §5, RFC 8060 §3 and §4.1.
#include "ns3/map-message.h"

#include "ns3/map-codec.h"

#include <algorithm>

namespace ns3
{

using namespace mapcodec;

namespace
{

constexpr uint16_t AFI_NONE = 0;
constexpr std::size_t XTR_ID_BYTES = 24; // §5.6: xTR-ID and Site-ID

enum Type : uint8_t
{
    MAP_REQUEST = 1,
    MAP_REPLY = 2,
    MAP_REGISTER = 3,
    MAP_NOTIFY = 4,
    MAP_NOTIFY_ACK = 5,
    ENCAPSULATED = 8
};

void
WriteBody(WireWriter& writer, const MapRequest& request)
{
    writer.WriteU8(static_cast<uint8_t>(MAP_REQUEST << 4 | (request.authoritative ? 8 : 0) |
                                        (request.probe ? 2 : 0) | (request.solicit ? 1 : 0)));
    writer.WriteU8(request.solicitInvoked ? 0x40 : 0);
    writer.WriteU8(static_cast<uint8_t>((request.itrLocators.size() - 1) & 31));
    writer.WriteU8(static_cast<uint8_t>(request.eids.size()));
    WriteU64(writer, request.nonce);
    request.hasSource ? WriteEid(writer, request.source) : writer.WriteU16(AFI_NONE);
    for (Ipv4Address locator : request.itrLocators)
    {
        writer.WriteU16(mapcodec::AFI_IPV4);
        writer.WriteIpv4(locator);
    }
    for (const MapEid& eid : request.eids)
    {
        writer.WriteU8(0);
        writer.WriteU8(GetMaskLength(eid));
        WriteEid(writer, eid);
    }
}

std::string
ReadBody(WireReader& reader, MapRequest& request)
{
    const uint8_t first = reader.ReadU8();
    const uint8_t second = reader.ReadU8();
    const uint8_t third = reader.ReadU8();
    const uint8_t records = reader.ReadU8();
    request.authoritative = (first & 8) != 0;
    request.probe = (first & 2) != 0;
    request.solicit = (first & 1) != 0;
    request.solicitInvoked = (second & 0x40) != 0;
    request.nonce = ReadU64(reader);
    const uint16_t afi = reader.ReadU16();
    if (reader.IsTruncated())
    {
        return "truncated";
    }
    if (first & 4)
    {
        return "map-data";
    }
    request.hasSource = afi != AFI_NONE;
    if (request.hasSource)
    {
        if (std::string error = ReadEid(reader, afi, request.source); !error.empty())
        {
            return error;
        }
    }
    for (unsigned i = 0; i <= (third & 31u); ++i)
    {
        if (reader.ReadU16() != mapcodec::AFI_IPV4)
        {
            return reader.IsTruncated() ? "truncated" : "locator-afi";
        }
        request.itrLocators.push_back(reader.ReadIpv4());
    }
    for (uint8_t i = 0; i < records; ++i)
    {
        reader.Skip(1);
        const uint8_t maskLength = reader.ReadU8();
        MapEid eid;
        const uint16_t eidAfi = reader.ReadU16();
        if (reader.IsTruncated())
        {
            return "truncated";
        }
        if (std::string error = ReadEid(reader, eidAfi, eid); !error.empty())
        {
            return error;
        }
        if (maskLength != GetMaskLength(eid))
        {
            return "mask-length";
        }
        request.eids.push_back(eid);
    }
    if (reader.IsTruncated())
    {
        return "truncated";
    }
    return records == 0 || reader.GetRemaining() > 0 ? "record-count" : "";
}

void
WriteBody(WireWriter& writer, const MapReply& reply)
{
    writer.WriteU8(static_cast<uint8_t>(MAP_REPLY << 4 | (reply.probe ? 8 : 0)));
    writer.WriteU16(0);
    writer.WriteU8(static_cast<uint8_t>(reply.records.size()));
    WriteU64(writer, reply.nonce);
    WriteRecords(writer, reply.records);
}

std::string
ReadBody(WireReader& reader, MapReply& reply)
{
    reply.probe = (reader.ReadU8() & 8) != 0;
    reader.Skip(2);
    const uint8_t records = reader.ReadU8();
    reply.nonce = ReadU64(reader);
    return reader.IsTruncated() ? "truncated" : ReadRecords(reader, records, reply.records);
}

void
WriteAuthentication(WireWriter& writer, const MapAuthentication& authentication)
{
    writer.WriteU8(authentication.keyId);
    writer.WriteU8(authentication.algorithm);
    writer.WriteU16(static_cast<uint16_t>(authentication.data.size()));
    writer.WriteBytes(authentication.data);
}

std::string
ReadAuthentication(WireReader& reader, MapAuthentication& authentication)
{
    authentication.keyId = reader.ReadU8();
    authentication.algorithm = reader.ReadU8();
    const uint16_t length = reader.ReadU16();
    if (reader.IsTruncated() || length > reader.GetRemaining())
    {
        return "truncated";
    }
    authentication.data = reader.ReadBytes(length);
    return "";
}

void
WriteBody(WireWriter& writer, const MapRegister& message)
{
    writer.WriteU8(static_cast<uint8_t>(MAP_REGISTER << 4 | (message.proxyReply ? 8 : 0) |
                                        (message.id ? 2 : 0)));
    writer.WriteU8(0);
    writer.WriteU8(static_cast<uint8_t>((message.useTtl ? 8 : 0) | (message.merge ? 4 : 0) |
                                        (message.wantsNotify ? 1 : 0)));
    writer.WriteU8(static_cast<uint8_t>(message.records.size()));
    WriteU64(writer, message.nonce);
    WriteAuthentication(writer, message.authentication);
    WriteRecords(writer, message.records);
    if (message.id)
    {
        writer.WriteBytes({message.id->xtr.begin(), message.id->xtr.end()});
        WriteU64(writer, message.id->site);
    }
}

std::string
ReadBody(WireReader& reader, MapRegister& message)
{
    const uint8_t first = reader.ReadU8();
    message.proxyReply = (first & 8) != 0;
    reader.Skip(1);
    const uint8_t flags = reader.ReadU8();
    const uint8_t records = reader.ReadU8();
    message.useTtl = (flags & 8) != 0;
    message.merge = (flags & 4) != 0;
    message.wantsNotify = (flags & 1) != 0;
    message.nonce = ReadU64(reader);
    if (std::string error = ReadAuthentication(reader, message.authentication); !error.empty())
    {
        return error;
    }
    if ((first & 2) == 0)
    {
        return ReadRecords(reader, records, message.records);
    }
    // xTR-ID and Site-ID follow the last record.
    if (reader.GetRemaining() < XTR_ID_BYTES)
    {
        return "truncated";
    }
    WireReader body = reader.Sub(reader.GetRemaining() - XTR_ID_BYTES);
    MapXtrId id;
    const std::vector<uint8_t> xtr = reader.ReadBytes(id.xtr.size());
    std::copy(xtr.begin(), xtr.end(), id.xtr.begin());
    id.site = ReadU64(reader);
    message.id = id;
    return ReadRecords(body, records, message.records);
}

void
WriteBody(WireWriter& writer, const MapNotify& message)
{
    writer.WriteU8(static_cast<uint8_t>((message.ack ? MAP_NOTIFY_ACK : MAP_NOTIFY) << 4));
    writer.WriteU16(0);
    writer.WriteU8(static_cast<uint8_t>(message.records.size()));
    WriteU64(writer, message.nonce);
    WriteAuthentication(writer, message.authentication);
    WriteRecords(writer, message.records);
}

std::string
ReadBody(WireReader& reader, MapNotify& message)
{
    message.ack = reader.ReadU8() >> 4 == MAP_NOTIFY_ACK;
    reader.Skip(2);
    const uint8_t records = reader.ReadU8();
    message.nonce = ReadU64(reader);
    if (std::string error = ReadAuthentication(reader, message.authentication); !error.empty())
    {
        return error;
    }
    return ReadRecords(reader, records, message.records);
}

void
WriteBody(WireWriter& writer, const MapEncapsulated& outer)
{
    WireWriter inner;
    WriteBody(inner, outer.request);
    writer.WriteU32(uint32_t(ENCAPSULATED) << 28);
    WireWriter ip;
    ip.WriteU16(0x4500);
    ip.WriteU16(static_cast<uint16_t>(28 + inner.GetSize()));
    ip.WriteU32(0);
    ip.WriteU8(255);
    ip.WriteU8(17);
    ip.WriteU16(0);
    ip.WriteIpv4(outer.source);
    ip.WriteIpv4(outer.destination);
    ip.PatchU16(10, InternetChecksum(ip.GetBytes().data(), ip.GetSize()));
    writer.WriteBytes(ip.GetBytes());
    writer.WriteU16(outer.sourcePort);
    writer.WriteU16(MAP_PORT);
    writer.WriteU16(static_cast<uint16_t>(8 + inner.GetSize()));
    writer.WriteU16(0); // no UDP checksum inside (RFC 768)
    writer.WriteBytes(inner.GetBytes());
}

std::string
ReadBody(WireReader& reader, MapEncapsulated& outer)
{
    reader.Skip(4);
    const uint8_t version = reader.ReadU8();
    reader.Skip(1);
    const uint16_t total = reader.ReadU16();
    reader.Skip(5);
    const uint8_t protocol = reader.ReadU8();
    reader.Skip(2);
    outer.source = reader.ReadIpv4();
    outer.destination = reader.ReadIpv4();
    if (reader.IsTruncated())
    {
        return "truncated";
    }
    // The inner packet has no options: nobody makes such Map-Requests.
    if (version != 0x45 || protocol != 17 || total != reader.GetRemaining() + 20)
    {
        return "encapsulated-ip";
    }
    outer.sourcePort = reader.ReadU16();
    const uint16_t port = reader.ReadU16();
    const uint16_t length = reader.ReadU16();
    reader.Skip(2);
    if (reader.IsTruncated() || port != MAP_PORT || length != reader.GetRemaining() + 8)
    {
        return "encapsulated-udp";
    }
    WireReader peek = reader;
    if (peek.ReadU8() >> 4 != MAP_REQUEST)
    {
        return "encapsulated-type";
    }
    return ReadBody(reader, outer.request);
}

template <typename Body>
std::string
ReadAs(WireReader& reader, MapMessage& message)
{
    Body body;
    std::string error = ReadBody(reader, body);
    message.body = std::move(body);
    return error;
}

} // namespace

MapXtrId
MapXtrId::Of(Ipv4Address locator)
{
    MapXtrId id;
    const uint32_t address = locator.Get();
    for (std::size_t i = 0; i < 4; ++i)
    {
        id.xtr[id.xtr.size() - 4 + i] = static_cast<uint8_t>(address >> (24 - 8 * i));
    }
    return id;
}

const char*
MapMessage::GetName() const
{
    if (const auto request = std::get_if<MapRequest>(&body))
    {
        return request->solicit ? "solicit-map-request" : "map-request";
    }
    if (const auto notify = std::get_if<MapNotify>(&body))
    {
        return notify->ack ? "map-notify-ack" : "map-notify";
    }
    if (std::holds_alternative<MapReply>(body))
    {
        return "map-reply";
    }
    return std::holds_alternative<MapRegister>(body) ? "map-register" : "map-request";
}

const char*
GetMapMessageName(const std::vector<uint8_t>& bytes)
{
    switch (bytes.empty() ? 0 : bytes.front() >> 4)
    {
    case MAP_REQUEST:
        return bytes.front() & 1 ? "solicit-map-request" : "map-request";
    case MAP_REPLY:
        return "map-reply";
    case MAP_REGISTER:
        return "map-register";
    case MAP_NOTIFY:
        return "map-notify";
    case MAP_NOTIFY_ACK:
        return "map-notify-ack";
    case ENCAPSULATED:
        return "map-request";
    default:
        return "unknown";
    }
}

std::vector<uint8_t>
MapMessage::ToBytes() const
{
    WireWriter writer;
    std::visit([&writer](const auto& one) { WriteBody(writer, one); }, body);
    return writer.GetBytes();
}

std::string
MapMessage::Read(const std::vector<uint8_t>& bytes, MapMessage& message)
{
    WireReader reader(bytes.data(), bytes.size());
    switch (bytes.empty() ? 0 : bytes.front() >> 4)
    {
    case MAP_REQUEST:
        return ReadAs<MapRequest>(reader, message);
    case MAP_REPLY:
        return ReadAs<MapReply>(reader, message);
    case MAP_REGISTER:
        return ReadAs<MapRegister>(reader, message);
    case MAP_NOTIFY:
    case MAP_NOTIFY_ACK:
        return ReadAs<MapNotify>(reader, message);
    case ENCAPSULATED:
        return ReadAs<MapEncapsulated>(reader, message);
    default:
        return bytes.empty() ? "truncated" : "type";
    }
}

} // namespace ns3
