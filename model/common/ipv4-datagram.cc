// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/ipv4-datagram.h"

#include "ns3/ip-sizes.h"

#include <algorithm>

namespace ns3
{

std::optional<Ipv4Datagram>
ReadIpv4Datagram(WireReader reader)
{
    Ipv4Datagram datagram;
    const uint8_t versionAndLength = reader.ReadU8();
    reader.Skip(1);
    datagram.bytes = reader.ReadU16();
    datagram.identification = reader.ReadU16();
    const uint16_t fragment = reader.ReadU16();
    datagram.moreFragments = (fragment & 0x2000) != 0;
    datagram.offset = (fragment & 0x1fff) * 8;
    reader.Skip(1);
    datagram.protocol = reader.ReadU8();
    reader.Skip(2);
    datagram.source = reader.ReadIpv4();
    datagram.destination = reader.ReadIpv4();
    const uint32_t header = (versionAndLength & 0xf) * 4;
    if (reader.IsTruncated() || versionAndLength >> 4 != 4 || header < IPV4_HEADER_SIZE ||
        datagram.bytes < header)
    {
        return std::nullopt;
    }
    reader.Skip(header - IPV4_HEADER_SIZE);
    datagram.length = datagram.bytes - header;
    datagram.payload = reader.Sub(std::min(datagram.length, reader.GetRemaining()));
    return datagram;
}

} // namespace ns3
