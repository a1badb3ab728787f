// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/evpn-nlri.h"

#include <iomanip>

namespace ns3
{

namespace
{

constexpr uint8_t MAC_BITS = 48;
constexpr uint8_t IPV4_BITS = 32;
constexpr uint8_t IPV6_BITS = 128;

/** Reads a route of type 2 (RFC 7432 §7.2). \returns false if malformed. */
bool
ReadMacIp(WireReader& reader, EvpnNlri& route, bool& isIgnored)
{
    route.key.type = EvpnRouteType::MAC_IP;
    route.key.rd.value = uint64_t(reader.ReadU32()) << 32;
    route.key.rd.value |= reader.ReadU32();
    for (uint8_t& byte : route.esi)
    {
        byte = reader.ReadU8();
    }
    route.key.ethernetTag = reader.ReadU32();
    if (reader.ReadU8() != MAC_BITS)
    {
        return false;
    }
    route.key.mac = uint64_t(reader.ReadU24()) << 24;
    route.key.mac |= reader.ReadU24();
    const uint8_t bits = reader.ReadU8();
    if (bits == IPV4_BITS)
    {
        route.key.hasIp = true;
        route.key.ip = reader.ReadU32();
    }
    else if (bits == IPV6_BITS)
    {
        isIgnored = true;
        reader.Skip(IPV6_BITS / 8);
    }
    else if (bits != 0)
    {
        return false;
    }
    route.label = reader.ReadU24();
    if (reader.GetRemaining() != 0)
    {
        route.label2 = reader.ReadU24();
    }
    return !reader.IsTruncated() && reader.GetRemaining() == 0;
}

/** Reads a route of type 3 (RFC 7432 §7.3). \returns false if malformed. */
bool
ReadInclusiveMulticast(WireReader& reader, EvpnNlri& route, bool& isIgnored)
{
    route.key.type = EvpnRouteType::INCLUSIVE_MULTICAST;
    route.key.rd.value = uint64_t(reader.ReadU32()) << 32;
    route.key.rd.value |= reader.ReadU32();
    route.key.ethernetTag = reader.ReadU32();
    const uint8_t bits = reader.ReadU8();
    if (bits == IPV4_BITS)
    {
        route.key.hasIp = true;
        route.key.ip = reader.ReadU32();
    }
    else if (bits == IPV6_BITS)
    {
        isIgnored = true;
        reader.Skip(IPV6_BITS / 8);
    }
    else
    {
        return false;
    }
    return !reader.IsTruncated() && reader.GetRemaining() == 0;
}

} // namespace

std::ostream&
operator<<(std::ostream& os, RouteDistinguisher rd)
{
    const uint16_t type = static_cast<uint16_t>(rd.value >> 48);
    switch (type)
    {
    case 0:
        return os << (rd.value >> 32 & 0xffff) << ":" << (rd.value & 0xffffffff);
    case 1:
        return os << Ipv4Address(static_cast<uint32_t>(rd.value >> 16)) << ":"
                  << (rd.value & 0xffff);
    case 2:
        return os << (rd.value >> 16 & 0xffffffff) << ":" << (rd.value & 0xffff);
    default: {
        const std::ios::fmtflags flags = os.flags();
        const char fill = os.fill('0');
        os << std::hex << std::setw(16) << rd.value;
        os.flags(flags);
        os.fill(fill);
        return os;
    }
    }
}

uint64_t
PackMac(Mac48Address mac)
{
    uint8_t bytes[6];
    mac.CopyTo(bytes);
    uint64_t value = 0;
    for (uint8_t byte : bytes)
    {
        value = value << 8 | byte;
    }
    return value;
}

Mac48Address
UnpackMac(uint64_t mac)
{
    uint8_t bytes[6];
    for (int i = 5; i >= 0; --i, mac >>= 8)
    {
        bytes[i] = static_cast<uint8_t>(mac);
    }
    Mac48Address address;
    address.CopyFrom(bytes);
    return address;
}

EvpnRouteKey
EvpnRouteKey::MakeMac(RouteDistinguisher rd, Mac48Address mac)
{
    EvpnRouteKey key;
    key.rd = rd;
    key.mac = PackMac(mac);
    return key;
}

EvpnRouteKey
EvpnRouteKey::MakeMacIp(RouteDistinguisher rd, Mac48Address mac, Ipv4Address ip)
{
    EvpnRouteKey key = MakeMac(rd, mac);
    key.hasIp = true;
    key.ip = ip.Get();
    return key;
}

EvpnRouteKey
EvpnRouteKey::MakeInclusiveMulticast(RouteDistinguisher rd, Ipv4Address originator)
{
    EvpnRouteKey key;
    key.rd = rd;
    key.type = EvpnRouteType::INCLUSIVE_MULTICAST;
    key.hasIp = true;
    key.ip = originator.Get();
    return key;
}

std::ostream&
operator<<(std::ostream& os, const EvpnRouteKey& key)
{
    os << "[" << int(key.type) << "]:[" << key.ethernetTag << "]";
    if (key.type == EvpnRouteType::MAC_IP)
    {
        os << ":[48]:[" << key.GetMac() << "]";
    }
    if (key.hasIp)
    {
        os << ":[32]:[" << key.GetIp() << "]";
    }
    return os;
}

void
EvpnNlri::Write(WireWriter& writer) const
{
    const bool isMacIp = key.type == EvpnRouteType::MAC_IP;
    const std::size_t size = GetWireSize() - 2;
    writer.WriteU8(static_cast<uint8_t>(key.type));
    writer.WriteU8(static_cast<uint8_t>(size));
    writer.WriteU32(static_cast<uint32_t>(key.rd.value >> 32));
    writer.WriteU32(static_cast<uint32_t>(key.rd.value));
    if (isMacIp)
    {
        writer.WriteBytes(std::vector<uint8_t>(esi.begin(), esi.end()));
    }
    writer.WriteU32(key.ethernetTag);
    if (isMacIp)
    {
        writer.WriteU8(MAC_BITS);
        writer.WriteU24(static_cast<uint32_t>(key.mac >> 24));
        writer.WriteU24(static_cast<uint32_t>(key.mac & 0xffffff));
    }
    writer.WriteU8(key.hasIp ? IPV4_BITS : 0);
    if (key.hasIp)
    {
        writer.WriteU32(key.ip);
    }
    if (isMacIp)
    {
        writer.WriteU24(label);
        if (label2 != NO_LABEL)
        {
            writer.WriteU24(label2);
        }
    }
}

void
EvpnNlriList::Write(WireWriter& writer) const
{
    for (const EvpnNlri& route : routes)
    {
        route.Write(writer);
    }
}

bool
EvpnNlriList::Read(WireReader& reader, EvpnNlriList& list)
{
    while (reader.GetRemaining() != 0)
    {
        const uint8_t type = reader.ReadU8();
        const uint8_t size = reader.ReadU8();
        WireReader body = reader.Sub(size);
        if (reader.IsTruncated())
        {
            return false;
        }
        EvpnNlri route;
        bool isIgnored = false;
        bool isGood = true;
        switch (type)
        {
        case uint8_t(EvpnRouteType::MAC_IP):
            isGood = ReadMacIp(body, route, isIgnored);
            break;
        case uint8_t(EvpnRouteType::INCLUSIVE_MULTICAST):
            isGood = ReadInclusiveMulticast(body, route, isIgnored);
            break;
        default:
            isIgnored = true;
        }
        if (!isGood)
        {
            return false;
        }
        if (isIgnored)
        {
            ++list.ignored;
        }
        else
        {
            list.routes.push_back(route);
        }
    }
    return !reader.IsTruncated();
}

} // namespace ns3
