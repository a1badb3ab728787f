// SPDX-License-Identifier: GPL-2.0-only
// RFC 9301 §5.4 (records and locators), RFC 8060 §3 and §4.1 (the Instance ID LCAF around EIDs).
#include "ns3/map-codec.h"

namespace ns3
{

namespace
{

constexpr uint16_t AFI_LCAF = 16387;
constexpr uint16_t AFI_MAC = 16389;
constexpr uint8_t LCAF_INSTANCE = 2;

void
WriteU48(WireWriter& writer, uint64_t value)
{
    writer.WriteU16(static_cast<uint16_t>(value >> 32));
    writer.WriteU32(static_cast<uint32_t>(value));
}

uint64_t
ReadU48(WireReader& reader)
{
    const uint64_t high = reader.ReadU16();
    return high << 32 | reader.ReadU32();
}

} // namespace

namespace mapcodec
{

void
WriteU64(WireWriter& writer, uint64_t value)
{
    writer.WriteU32(static_cast<uint32_t>(value >> 32));
    writer.WriteU32(static_cast<uint32_t>(value));
}

uint64_t
ReadU64(WireReader& reader)
{
    const uint64_t high = reader.ReadU32();
    return high << 32 | reader.ReadU32();
}

/** AFI and EID inside the Instance ID LCAF. */
void
WriteEid(WireWriter& writer, const MapEid& eid)
{
    const bool mac = eid.kind == MapEid::Kind::MAC;
    writer.WriteU16(AFI_LCAF);
    writer.WriteU16(0);
    writer.WriteU8(LCAF_INSTANCE);
    writer.WriteU8(0);
    writer.WriteU16(mac ? 12 : 10);
    writer.WriteU32(eid.instance);
    writer.WriteU16(mac ? AFI_MAC : AFI_IPV4);
    mac ? WriteU48(writer, eid.address) : writer.WriteU32(static_cast<uint32_t>(eid.address));
}

uint8_t
GetMaskLength(const MapEid& eid)
{
    return eid.kind == MapEid::Kind::MAC ? 48 : 32;
}

/** Reads what follows the AFI. */
std::string
ReadEid(WireReader& reader, uint16_t afi, MapEid& eid)
{
    if (afi != AFI_LCAF)
    {
        return "eid-afi"; // an EID without an instance is nobody's
    }
    reader.Skip(2);
    const uint8_t type = reader.ReadU8();
    reader.Skip(1);
    const uint16_t length = reader.ReadU16();
    if (reader.IsTruncated() || length > reader.GetRemaining())
    {
        return "truncated";
    }
    if (type != LCAF_INSTANCE)
    {
        return "lcaf";
    }
    WireReader body = reader.Sub(length);
    eid.instance = body.ReadU32();
    const uint16_t inner = body.ReadU16();
    if (inner != AFI_MAC && inner != AFI_IPV4)
    {
        return body.IsTruncated() ? "lcaf-length" : "eid-afi";
    }
    eid.kind = inner == AFI_MAC ? MapEid::Kind::MAC : MapEid::Kind::IPV4;
    eid.address = inner == AFI_MAC ? ReadU48(body) : body.ReadU32();
    if (body.IsTruncated() || body.GetRemaining() > 0)
    {
        return "lcaf-length";
    }
    return eid.instance >> 24 != 0 ? "instance" : "";
}

namespace
{

void
WriteLocator(WireWriter& writer, const MapLocator& locator)
{
    writer.WriteU8(locator.priority);
    writer.WriteU8(locator.weight);
    writer.WriteU8(locator.multicastPriority);
    writer.WriteU8(locator.multicastWeight);
    writer.WriteU16(static_cast<uint16_t>((locator.local ? 4 : 0) | (locator.probed ? 2 : 0) |
                                          (locator.reachable ? 1 : 0)));
    writer.WriteU16(locator.isMac ? AFI_MAC : AFI_IPV4);
    locator.isMac ? WriteU48(writer, locator.address)
                  : writer.WriteU32(static_cast<uint32_t>(locator.address));
}

std::string
ReadLocator(WireReader& reader, MapLocator& locator)
{
    locator.priority = reader.ReadU8();
    locator.weight = reader.ReadU8();
    locator.multicastPriority = reader.ReadU8();
    locator.multicastWeight = reader.ReadU8();
    const uint16_t flags = reader.ReadU16();
    locator.local = (flags & 4) != 0;
    locator.probed = (flags & 2) != 0;
    locator.reachable = (flags & 1) != 0;
    const uint16_t afi = reader.ReadU16();
    if (reader.IsTruncated())
    {
        return "truncated";
    }
    if (afi != AFI_IPV4 && afi != AFI_MAC)
    {
        return "locator-afi";
    }
    locator.isMac = afi == AFI_MAC;
    locator.address = locator.isMac ? ReadU48(reader) : reader.ReadU32();
    return reader.GetError();
}

void
WriteRecord(WireWriter& writer, const MapRecord& record)
{
    writer.WriteU32(record.ttl);
    writer.WriteU8(static_cast<uint8_t>(record.locators.size()));
    writer.WriteU8(GetMaskLength(record.eid));
    writer.WriteU16(static_cast<uint16_t>(static_cast<unsigned>(record.action) << 13 |
                                          (record.authoritative ? 0x1000 : 0)));
    writer.WriteU16(record.version & 0xfff);
    WriteEid(writer, record.eid);
    for (const MapLocator& locator : record.locators)
    {
        WriteLocator(writer, locator);
    }
}

std::string
ReadRecord(WireReader& reader, MapRecord& record)
{
    record.ttl = reader.ReadU32();
    const uint8_t locators = reader.ReadU8();
    const uint8_t maskLength = reader.ReadU8();
    const uint16_t flags = reader.ReadU16();
    record.version = reader.ReadU16() & 0xfff;
    const uint16_t afi = reader.ReadU16();
    if (reader.IsTruncated())
    {
        return "truncated";
    }
    if (flags >> 13 > static_cast<unsigned>(MapAction::DROP))
    {
        return "action";
    }
    record.action = static_cast<MapAction>(flags >> 13);
    record.authoritative = (flags & 0x1000) != 0;
    if (std::string error = ReadEid(reader, afi, record.eid); !error.empty())
    {
        return error;
    }
    if (maskLength != GetMaskLength(record.eid))
    {
        return "mask-length";
    }
    for (uint8_t i = 0; i < locators; ++i)
    {
        MapLocator locator;
        if (std::string error = ReadLocator(reader, locator); !error.empty())
        {
            return error;
        }
        if (locator.isMac != (record.eid.kind == MapEid::Kind::IPV4))
        {
            return "locator-afi";
        }
        record.locators.push_back(locator);
    }
    return "";
}

} // namespace

void
WriteRecords(WireWriter& writer, const std::vector<MapRecord>& records)
{
    for (const MapRecord& record : records)
    {
        WriteRecord(writer, record);
    }
}

std::string
ReadRecords(WireReader& reader, uint8_t count, std::vector<MapRecord>& records)
{
    for (uint8_t i = 0; i < count; ++i)
    {
        MapRecord record;
        if (std::string error = ReadRecord(reader, record); !error.empty())
        {
            return error;
        }
        records.push_back(std::move(record));
    }
    return reader.GetRemaining() > 0 ? "record-count" : "";
}

} // namespace mapcodec

} // namespace ns3
