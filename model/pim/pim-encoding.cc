// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.9.1.
#include "ns3/pim-encoding.h"

#include <algorithm>
#include <sstream>

namespace ns3
{

namespace
{

constexpr uint8_t FAMILY_IPV4 = 1;
constexpr uint8_t NATIVE_ENCODING = 0;
constexpr uint8_t BIDIRECTIONAL_BIT = 0x80;
constexpr uint8_t ZONE_BIT = 0x01;
constexpr uint8_t SPARSE_BIT = 0x04;
constexpr uint8_t WILDCARD_BIT = 0x02;
constexpr uint8_t RPT_BIT = 0x01;

/** \returns empty, or the error. */
const char*
ReadFamily(WireReader& reader)
{
    const uint8_t family = reader.ReadU8();
    const uint8_t encoding = reader.ReadU8();
    if (reader.IsTruncated())
    {
        return "truncated";
    }
    if (family != FAMILY_IPV4)
    {
        return "address-family";
    }
    return encoding == NATIVE_ENCODING ? "" : "encoding";
}

void
WriteFamily(WireWriter& writer)
{
    writer.WriteU8(FAMILY_IPV4);
    writer.WriteU8(NATIVE_ENCODING);
}

/** Reads what groups and sources share: family, flags, mask length, address. */
const char*
ReadMasked(WireReader& reader, uint8_t& flags, uint8_t& maskLength, StoredIpv4Address& address)
{
    const char* error = ReadFamily(reader);
    if (*error != '\0')
    {
        return error;
    }
    flags = reader.ReadU8();
    maskLength = reader.ReadU8();
    address = StoredIpv4Address::FromBits(reader.ReadU32());
    if (reader.IsTruncated())
    {
        return "truncated";
    }
    return maskLength > 32 ? "mask-length" : "";
}

} // namespace

void
PimEncodedGroup::Write(WireWriter& writer) const
{
    WriteFamily(writer);
    writer.WriteU8((bidirectional ? BIDIRECTIONAL_BIT : 0) | (scopeZone ? ZONE_BIT : 0));
    writer.WriteU8(maskLength);
    writer.WriteU32(address.Get());
}

std::string
PimEncodedGroup::Read(WireReader& reader, PimEncodedGroup& group)
{
    uint8_t flags = 0;
    const char* error = ReadMasked(reader, flags, group.maskLength, group.address);
    group.bidirectional = (flags & BIDIRECTIONAL_BIT) != 0;
    group.scopeZone = (flags & ZONE_BIT) != 0;
    return error;
}

std::ostream&
operator<<(std::ostream& os, const PimEncodedGroup& group)
{
    return os << group.address << "/" << +group.maskLength << (group.bidirectional ? " B" : "")
              << (group.scopeZone ? " Z" : "");
}

void
PimEncodedSource::Write(WireWriter& writer) const
{
    WriteFamily(writer);
    writer.WriteU8((sparse ? SPARSE_BIT : 0) | (wildcard ? WILDCARD_BIT : 0) | (rpt ? RPT_BIT : 0));
    writer.WriteU8(maskLength);
    writer.WriteU32(address.Get());
}

std::string
PimEncodedSource::Read(WireReader& reader, PimEncodedSource& source)
{
    uint8_t flags = 0;
    const char* error = ReadMasked(reader, flags, source.maskLength, source.address);
    source.sparse = (flags & SPARSE_BIT) != 0;
    source.wildcard = (flags & WILDCARD_BIT) != 0;
    source.rpt = (flags & RPT_BIT) != 0;
    return error;
}

std::ostream&
operator<<(std::ostream& os, const PimEncodedSource& source)
{
    os << source.address;
    if (source.maskLength != 32)
    {
        os << "/" << +source.maskLength;
    }
    return os << (source.wildcard ? " W" : "") << (source.rpt ? " R" : "");
}

void
PimEncodedUnicast::Write(WireWriter& writer, Ipv4Address address)
{
    WriteFamily(writer);
    writer.WriteIpv4(address);
}

std::string
PimEncodedUnicast::Read(WireReader& reader, Ipv4Address& address)
{
    std::string error = ReadFamily(reader);
    if (!error.empty())
    {
        return error;
    }
    address = reader.ReadIpv4();
    return reader.GetError();
}

} // namespace ns3
