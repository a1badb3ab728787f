// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §7.2.3: reading and writing matches, and the relations between them.
#include "ns3/openflow-match.h"

#include "ns3/ethertype.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr uint16_t OFPMT_OXM = 1;
constexpr uint32_t OXM_MASK_BIT = 0x100;

/** OpenFlow Basic class, field, length. */
constexpr uint32_t
Oxm(uint32_t field, uint32_t bytes)
{
    return 0x80000000u | field << 9 | bytes;
}

/** NXM class 0 or 1, field, length. */
constexpr uint32_t
Nxm(uint32_t vendorClass, uint32_t field, uint32_t bytes)
{
    return vendorClass << 16 | field << 9 | bytes;
}

using F = OpenflowField;

// In the order of OpenflowField.
const OpenflowFieldInfo FIELDS[] = {
    {F::IN_PORT, Oxm(0, 4), 0, 4, false, false, "in_port", "in_port", "OXM_OF_IN_PORT"},
    {F::ETH_DST, Oxm(3, 6), Nxm(0, 1, 6), 6, true, true, "dl_dst", "eth_dst", "NXM_OF_ETH_DST"},
    {F::ETH_SRC, Oxm(4, 6), Nxm(0, 2, 6), 6, true, true, "dl_src", "eth_src", "NXM_OF_ETH_SRC"},
    {F::ETH_TYPE,
     Oxm(5, 2),
     Nxm(0, 3, 2),
     2,
     false,
     false,
     "dl_type",
     "eth_type",
     "NXM_OF_ETH_TYPE"},
    {F::IP_PROTO,
     Oxm(10, 1),
     Nxm(0, 6, 1),
     1,
     false,
     false,
     "nw_proto",
     "ip_proto",
     "NXM_OF_IP_PROTO"},
    {F::IPV4_SRC, Oxm(11, 4), Nxm(0, 7, 4), 4, true, true, "nw_src", "ip_src", "NXM_OF_IP_SRC"},
    {F::IPV4_DST, Oxm(12, 4), Nxm(0, 8, 4), 4, true, true, "nw_dst", "ip_dst", "NXM_OF_IP_DST"},
    {F::TCP_SRC, Oxm(13, 2), Nxm(0, 9, 2), 2, true, false, "tcp_src", "tcp_src", "NXM_OF_TCP_SRC"},
    {F::TCP_DST, Oxm(14, 2), Nxm(0, 10, 2), 2, true, false, "tcp_dst", "tcp_dst", "NXM_OF_TCP_DST"},
    {F::UDP_SRC, Oxm(15, 2), Nxm(0, 11, 2), 2, true, false, "udp_src", "udp_src", "NXM_OF_UDP_SRC"},
    {F::UDP_DST, Oxm(16, 2), Nxm(0, 12, 2), 2, true, false, "udp_dst", "udp_dst", "NXM_OF_UDP_DST"},
    {F::ICMPV4_TYPE,
     Oxm(19, 1),
     Nxm(0, 13, 1),
     1,
     false,
     false,
     "icmp_type",
     "icmp_type",
     "NXM_OF_ICMP_TYPE"},
    {F::ICMPV4_CODE,
     Oxm(20, 1),
     Nxm(0, 14, 1),
     1,
     false,
     false,
     "icmp_code",
     "icmp_code",
     "NXM_OF_ICMP_CODE"},
    {F::ARP_OP, Oxm(21, 2), Nxm(0, 15, 2), 2, false, true, "arp_op", "arp_op", "NXM_OF_ARP_OP"},
    {F::ARP_SPA, Oxm(22, 4), Nxm(0, 16, 4), 4, true, true, "arp_spa", "arp_spa", "NXM_OF_ARP_SPA"},
    {F::ARP_TPA, Oxm(23, 4), Nxm(0, 17, 4), 4, true, true, "arp_tpa", "arp_tpa", "NXM_OF_ARP_TPA"},
    {F::ARP_SHA, Oxm(24, 6), Nxm(1, 17, 6), 6, true, true, "arp_sha", "arp_sha", "NXM_NX_ARP_SHA"},
    {F::ARP_THA, Oxm(25, 6), Nxm(1, 18, 6), 6, true, true, "arp_tha", "arp_tha", "NXM_NX_ARP_THA"},
    {F::TUNNEL_ID,
     Oxm(38, 8),
     Nxm(1, 16, 8),
     8,
     true,
     true,
     "tun_id",
     "tunnel_id",
     "NXM_NX_TUN_ID"},
    {F::TUN_IPV4_SRC,
     Nxm(1, 31, 4),
     0,
     4,
     true,
     false,
     "tun_src",
     "tun_src",
     "NXM_NX_TUN_IPV4_SRC"},
    {F::TUN_IPV4_DST,
     Nxm(1, 32, 4),
     0,
     4,
     true,
     false,
     "tun_dst",
     "tun_dst",
     "NXM_NX_TUN_IPV4_DST"},
};

OpenflowError
BadMatch(uint16_t code)
{
    return {OpenflowErrorType::BAD_MATCH, code};
}

/** Reads one OXM of a match. */
OpenflowError
ReadOxm(WireReader& reader, OpenflowMatch& match)
{
    const uint32_t header = reader.ReadU32();
    if (reader.IsTruncated())
    {
        return BadMatch(OFPBMC_BAD_LEN);
    }
    const bool masked = (header & OXM_MASK_BIT) != 0;
    const uint32_t length = header & 0xff;
    // The length of a masked field counts the mask; without it the header names the field.
    const uint32_t plain = (header & ~uint32_t(0x1ff)) | (masked ? length / 2 : length);
    const OpenflowFieldInfo* info = FindOpenflowField(plain);
    if (!info)
    {
        for (const OpenflowFieldInfo& known : FIELDS)
        {
            if ((known.oxm & ~uint32_t(0xff)) == (plain & ~uint32_t(0xff)))
            {
                return BadMatch(OFPBMC_BAD_LEN);
            }
        }
        return BadMatch(OFPBMC_BAD_FIELD);
    }
    if (length != uint32_t(info->bytes) * (masked ? 2 : 1) || length > reader.GetRemaining())
    {
        return BadMatch(OFPBMC_BAD_LEN);
    }
    const uint64_t value = ReadOpenflowValue(reader, info->bytes);
    const uint64_t mask = masked ? ReadOpenflowValue(reader, info->bytes) : info->GetFullMask();
    if (masked && !info->maskable)
    {
        return BadMatch(OFPBMC_BAD_MASK);
    }
    if ((value & ~mask) != 0)
    {
        return BadMatch(OFPBMC_BAD_WILDCARDS);
    }
    if (match.Find(info->field))
    {
        return BadMatch(OFPBMC_DUP_FIELD);
    }
    if (info->field == F::IN_PORT && (value == 0 || (value > OFPP_MAX && value < OFPP_CONTROLLER)))
    {
        return BadMatch(OFPBMC_BAD_VALUE);
    }
    match.Set(info->field, value, mask);
    return {};
}

} // namespace

const OpenflowFieldInfo&
GetOpenflowFieldInfo(OpenflowField field)
{
    return FIELDS[static_cast<std::size_t>(field)];
}

const OpenflowFieldInfo*
FindOpenflowField(uint32_t header)
{
    for (const OpenflowFieldInfo& info : FIELDS)
    {
        if (info.oxm == header || (info.nxm != 0 && info.nxm == header))
        {
            return &info;
        }
    }
    return nullptr;
}

const OpenflowFieldInfo*
FindOpenflowField(const std::string& name)
{
    for (const OpenflowFieldInfo& info : FIELDS)
    {
        if (name == info.name || name == info.setName || name == info.nxmName)
        {
            return &info;
        }
    }
    return nullptr;
}

void
WriteOpenflowValue(WireWriter& writer, uint64_t value, uint8_t bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    {
        writer.WriteU8(static_cast<uint8_t>(value >> shift));
    }
}

uint64_t
ReadOpenflowValue(WireReader& reader, uint8_t bytes)
{
    uint64_t value = 0;
    for (uint8_t i = 0; i < bytes; ++i)
    {
        value = value << 8 | reader.ReadU8();
    }
    return value;
}

void
WriteOpenflowOxm(WireWriter& writer, const OpenflowOxm& oxm)
{
    const OpenflowFieldInfo& info = GetOpenflowFieldInfo(oxm.field);
    const bool masked = oxm.mask != info.GetFullMask();
    writer.WriteU32(masked ? (info.oxm & ~uint32_t(0xff)) | OXM_MASK_BIT | 2u * info.bytes
                           : info.oxm);
    WriteOpenflowValue(writer, oxm.value, info.bytes);
    if (masked)
    {
        WriteOpenflowValue(writer, oxm.mask, info.bytes);
    }
}

OpenflowMatch&
OpenflowMatch::Set(OpenflowField field, uint64_t value)
{
    return Set(field, value, GetOpenflowFieldInfo(field).GetFullMask());
}

OpenflowMatch&
OpenflowMatch::Set(OpenflowField field, uint64_t value, uint64_t mask)
{
    mask &= GetOpenflowFieldInfo(field).GetFullMask();
    const OpenflowOxm oxm{field, value & mask, mask};
    for (OpenflowOxm& old : m_fields)
    {
        if (old.field == field)
        {
            old = oxm;
            return *this;
        }
    }
    m_fields.push_back(oxm);
    return *this;
}

const OpenflowOxm*
OpenflowMatch::Find(OpenflowField field) const
{
    for (const OpenflowOxm& oxm : m_fields)
    {
        if (oxm.field == field)
        {
            return &oxm;
        }
    }
    return nullptr;
}

std::vector<OpenflowOxm>
OpenflowMatch::GetSorted() const
{
    std::vector<OpenflowOxm> sorted;
    for (const OpenflowOxm& oxm : m_fields)
    {
        // A mask of nothing is no condition.
        if (oxm.mask != 0)
        {
            sorted.push_back(oxm);
        }
    }
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

bool
OpenflowMatch::IsWithin(const OpenflowMatch& other) const
{
    for (const OpenflowOxm& wide : other.m_fields)
    {
        const OpenflowOxm* own = Find(wide.field);
        if (wide.mask != 0 && (!own || (own->mask & wide.mask) != wide.mask ||
                               (own->value & wide.mask) != wide.value))
        {
            return false;
        }
    }
    return true;
}

bool
OpenflowMatch::Overlaps(const OpenflowMatch& other) const
{
    for (const OpenflowOxm& theirs : other.m_fields)
    {
        const OpenflowOxm* own = Find(theirs.field);
        const uint64_t both = own ? own->mask & theirs.mask : 0;
        if (own && (own->value & both) != (theirs.value & both))
        {
            return false;
        }
    }
    return true;
}

OpenflowError
OpenflowMatch::CheckPrerequisites() const
{
    const OpenflowOxm* type = Find(F::ETH_TYPE);
    const OpenflowOxm* proto = Find(F::IP_PROTO);
    for (const OpenflowOxm& oxm : m_fields)
    {
        uint64_t needsType = 0;
        uint64_t needsProto = 0;
        switch (oxm.field)
        {
        case F::TCP_SRC:
        case F::TCP_DST:
            needsProto = 6;
            break;
        case F::UDP_SRC:
        case F::UDP_DST:
            needsProto = 17;
            break;
        case F::ICMPV4_TYPE:
        case F::ICMPV4_CODE:
            needsProto = 1;
            break;
        case F::IP_PROTO:
        case F::IPV4_SRC:
        case F::IPV4_DST:
            needsType = ETHERTYPE_IPV4;
            break;
        case F::ARP_OP:
        case F::ARP_SPA:
        case F::ARP_TPA:
        case F::ARP_SHA:
        case F::ARP_THA:
            needsType = ETHERTYPE_ARP;
            break;
        default:
            break;
        }
        if ((needsType != 0 && (!type || type->value != needsType)) ||
            (needsProto != 0 && (!proto || proto->value != needsProto)))
        {
            return BadMatch(OFPBMC_BAD_PREREQ);
        }
    }
    return {};
}

void
OpenflowMatch::Write(WireWriter& writer) const
{
    const std::size_t start = writer.GetSize();
    writer.WriteU16(OFPMT_OXM);
    writer.WriteU16(0);
    for (const OpenflowOxm& oxm : m_fields)
    {
        WriteOpenflowOxm(writer, oxm);
    }
    writer.PatchU16(start + 2, static_cast<uint16_t>(writer.GetSize() - start));
    while ((writer.GetSize() - start) % 8 != 0)
    {
        writer.WriteU8(0);
    }
}

OpenflowError
OpenflowMatch::Read(WireReader& reader, OpenflowMatch& match)
{
    match = OpenflowMatch();
    const uint16_t type = reader.ReadU16();
    const uint16_t length = reader.ReadU16();
    if (reader.IsTruncated() || length < 4)
    {
        return BadMatch(OFPBMC_BAD_LEN);
    }
    if (type != OFPMT_OXM)
    {
        return BadMatch(OFPBMC_BAD_TYPE);
    }
    const std::size_t padded = (length + 7u) / 8 * 8;
    if (padded - 4 > reader.GetRemaining())
    {
        return BadMatch(OFPBMC_BAD_LEN);
    }
    WireReader fields = reader.Sub(length - 4u);
    reader.Skip(padded - length);
    while (fields.GetRemaining() > 0)
    {
        if (OpenflowError error = ReadOxm(fields, match))
        {
            return error;
        }
    }
    return match.CheckPrerequisites();
}

} // namespace ns3
