// SPDX-License-Identifier: GPL-2.0-only
// RFC 2784 §2; RFC 2890 §2.
#include "ns3/gre-header.h"

namespace ns3
{

void
GreFields::Write(WireWriter& writer) const
{
    writer.WriteU16(FLAG_KEY);
    writer.WriteU16(ETHERNET_PROTOCOL);
    writer.WriteU32(key);
}

std::string
GreFields::Read(WireReader& reader, GreFields& fields)
{
    const uint16_t flags = reader.ReadU16();
    const uint16_t protocol = reader.ReadU16();
    fields.size = SIZE;
    if ((flags & FLAG_CHECKSUM) != 0)
    {
        reader.Skip(4);
        fields.size += 4;
    }
    fields.key = (flags & FLAG_KEY) != 0 ? reader.ReadU32() : 0;
    if ((flags & FLAG_SEQUENCE) != 0)
    {
        reader.Skip(4);
        fields.size += 4;
    }
    if (reader.IsTruncated())
    {
        return "truncated";
    }
    if ((flags & (RESERVED | VERSION)) != 0)
    {
        return "gre-flags";
    }
    if (protocol != ETHERNET_PROTOCOL)
    {
        return "gre-protocol";
    }
    return (flags & FLAG_KEY) != 0 ? "" : "gre-no-key";
}

void
GreFields::Print(std::ostream& os) const
{
    os << "key " << key;
}

} // namespace ns3
