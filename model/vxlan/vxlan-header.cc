// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §5.
#include "ns3/vxlan-header.h"

namespace ns3
{

void
VxlanFields::Write(WireWriter& writer) const
{
    writer.WriteU8(flags);
    writer.WriteU24(0);
    writer.WriteU24(vni);
    writer.WriteU8(0);
}

std::string
VxlanFields::Read(WireReader& reader, VxlanFields& fields)
{
    fields.flags = reader.ReadU8();
    reader.Skip(3);
    fields.vni = reader.ReadU24();
    reader.Skip(1);
    if (reader.IsTruncated())
    {
        return "truncated";
    }
    return fields.flags & FLAG_I ? "" : "no-i-flag";
}

void
VxlanFields::Print(std::ostream& os) const
{
    os << "flags " << static_cast<uint32_t>(flags) << " VNI " << vni;
}

} // namespace ns3
