// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §5; port range: RFC 6335 §6.
#include "ns3/vxlan-flow-hash.h"

#include "ns3/hash-fnv.h"
#include "ns3/ip-sizes.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr uint8_t TCP = 6;
constexpr uint8_t UDP = 17;

void
Add(Hash::Function::Fnv1a& hash, const uint8_t* bytes, std::size_t size)
{
    hash.GetHash32(reinterpret_cast<const char*>(bytes), size);
}

/** FNV-1a leaves nearby flows near each other: mixes its bits. */
uint32_t
Finish(Hash::Function::Fnv1a& hash)
{
    const uint32_t value = hash.GetHash32("", 0);
    const uint32_t x = (value ^ (value >> 16)) * 0x85ebca6bu;
    return x ^ (x >> 13);
}

} // namespace

uint32_t
VxlanFlowHash(const uint8_t* frame, std::size_t size)
{
    Hash::Function::Fnv1a hash;
    Add(hash, frame, std::min<std::size_t>(size, ETHERNET_HEADER_SIZE));
    const uint8_t* ip = frame + ETHERNET_HEADER_SIZE;
    const bool isIpv4 = size >= ETHERNET_HEADER_SIZE + IPV4_HEADER_SIZE && frame[12] == 0x08 &&
                        frame[13] == 0x00 && ip[0] >> 4 == 4;
    if (!isIpv4)
    {
        return Finish(hash);
    }
    const uint8_t protocol = ip[9];
    Add(hash, &protocol, 1);
    Add(hash, ip + 12, 8);
    const std::size_t length = std::size_t(ip[0] & 0x0f) * 4;
    // All fragments of a datagram go one way: only whole datagrams have ports.
    const bool whole = (ip[6] & 0x3f) == 0 && ip[7] == 0;
    if ((protocol == TCP || protocol == UDP) && whole && length >= IPV4_HEADER_SIZE &&
        size >= ETHERNET_HEADER_SIZE + length + 4)
    {
        Add(hash, ip + length, 4);
    }
    return Finish(hash);
}

uint16_t
VxlanSourcePort(uint32_t hash, uint16_t min, uint16_t max)
{
    if (min == 0 && max == 0)
    {
        min = 49152;
        max = 65535;
    }
    const uint64_t count = uint64_t(max) - min + 1;
    return static_cast<uint16_t>(min + (hash * count >> 32));
}

} // namespace ns3
