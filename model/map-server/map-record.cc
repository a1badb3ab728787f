// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/map-record.h"

#include <ostream>

namespace ns3
{

namespace
{

uint64_t
ToNumber(Mac48Address mac)
{
    uint8_t bytes[6];
    mac.CopyTo(bytes);
    uint64_t number = 0;
    for (uint8_t byte : bytes)
    {
        number = number << 8 | byte;
    }
    return number;
}

Mac48Address
ToMac(uint64_t number)
{
    uint8_t bytes[6];
    for (int i = 5; i >= 0; --i)
    {
        bytes[i] = static_cast<uint8_t>(number);
        number >>= 8;
    }
    Mac48Address mac;
    mac.CopyFrom(bytes);
    return mac;
}

} // namespace

MapEid
MapEid::Of(uint32_t instance, Mac48Address mac)
{
    return {instance, Kind::MAC, ToNumber(mac)};
}

MapEid
MapEid::Of(uint32_t instance, Ipv4Address ip)
{
    return {instance, Kind::IPV4, ip.Get()};
}

Mac48Address
MapEid::GetMac() const
{
    return ToMac(address);
}

Ipv4Address
MapEid::GetIpv4() const
{
    return Ipv4Address(static_cast<uint32_t>(address));
}

std::ostream&
operator<<(std::ostream& os, const MapEid& eid)
{
    os << '[' << eid.instance << "] ";
    if (eid.kind == MapEid::Kind::MAC)
    {
        return os << eid.GetMac();
    }
    return os << eid.GetIpv4();
}

MapLocator
MapLocator::Of(Ipv4Address vtep)
{
    MapLocator locator;
    locator.address = vtep.Get();
    return locator;
}

MapLocator
MapLocator::Of(Mac48Address mac)
{
    MapLocator locator;
    locator.isMac = true;
    locator.address = ToNumber(mac);
    return locator;
}

Ipv4Address
MapLocator::GetIpv4() const
{
    return Ipv4Address(static_cast<uint32_t>(address));
}

Mac48Address
MapLocator::GetMac() const
{
    return ToMac(address);
}

} // namespace ns3
