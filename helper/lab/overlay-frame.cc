// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §5, RFC 2890 §2, RFC 7637 §3.2; RFC 826.
#include "ns3/overlay-frame.h"

#include "ns3/ethertype.h"
#include "ns3/gre-header.h"
#include "ns3/vxlan-header.h"

namespace ns3
{

namespace
{

constexpr uint16_t ARP_REPLY = 2;

/** \returns what the Ethernet frame at \p reader is; nothing if it is cut short. */
std::optional<OverlayInner>
ReadInner(WireReader& reader, OverlayOuter outer)
{
    const uint16_t high = reader.ReadU16();
    const uint32_t low = reader.ReadU32();
    reader.Skip(6);
    const uint16_t type = reader.ReadU16();
    if (reader.IsTruncated())
    {
        return std::nullopt;
    }
    if (type == ETHERTYPE_ARP)
    {
        reader.Skip(6);
        const bool isReply = reader.ReadU16() == ARP_REPLY;
        return isReply ? OverlayInner::ARP_REPLY : OverlayInner::ARP_REQUEST;
    }
    if (high == 0xffff && low == 0xffffffff)
    {
        return OverlayInner::BROADCAST;
    }
    if ((high & 0x0100) != 0)
    {
        return OverlayInner::MULTICAST;
    }
    return outer == OverlayOuter::MULTICAST ? OverlayInner::UNKNOWN_UNICAST : OverlayInner::UNICAST;
}

std::optional<OverlayFrame>
MakeFrame(WireReader& reader, uint32_t vni, OverlayOuter outer)
{
    const auto inner = ReadInner(reader, outer);
    return inner ? std::optional<OverlayFrame>({vni, outer, *inner}) : std::nullopt;
}

} // namespace

std::optional<OverlayFrame>
ReadVxlanFrame(WireReader reader, OverlayOuter outer)
{
    VxlanFields fields;
    if (!VxlanFields::Read(reader, fields).empty())
    {
        return std::nullopt;
    }
    return MakeFrame(reader, fields.vni, outer);
}

std::optional<OverlayFrame>
ReadGreFrame(WireReader reader, OverlayOuter outer, const OverlayTunnels& tunnels)
{
    GreFields fields;
    if (!GreFields::Read(reader, fields).empty())
    {
        return std::nullopt;
    }
    if (tunnels.greKeys.count(fields.key) != 0)
    {
        return MakeFrame(reader, fields.key, outer);
    }
    const uint32_t vsid = fields.key >> 8;
    return tunnels.nvgreVsids.count(vsid) != 0 ? MakeFrame(reader, vsid, outer) : std::nullopt;
}

} // namespace ns3
