// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §5; port range: RFC 6335 §6.
#include "ns3/vxlan-flow-hash.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr std::size_t ETHERNET_HEADER = 14;
constexpr std::size_t IPV4_HEADER = 20;
constexpr uint8_t TCP = 6;
constexpr uint8_t UDP = 17;

/** FNV-1a with a final mix, so that nearby flows spread. */
class Hash
{
  public:
    void Add(const uint8_t* bytes, std::size_t size)
    {
        for (std::size_t i = 0; i < size; ++i)
        {
            m_value = (m_value ^ bytes[i]) * 0x01000193u;
        }
    }

    uint32_t Get() const
    {
        const uint32_t x = (m_value ^ (m_value >> 16)) * 0x85ebca6bu;
        return x ^ (x >> 13);
    }

  private:
    uint32_t m_value{0x811c9dc5u};
};

} // namespace

uint32_t
VxlanFlowHash(const uint8_t* frame, std::size_t size)
{
    Hash hash;
    hash.Add(frame, std::min(size, ETHERNET_HEADER));
    const uint8_t* ip = frame + ETHERNET_HEADER;
    const bool isIpv4 = size >= ETHERNET_HEADER + IPV4_HEADER && frame[12] == 0x08 &&
                        frame[13] == 0x00 && ip[0] >> 4 == 4;
    if (!isIpv4)
    {
        return hash.Get();
    }
    const uint8_t protocol = ip[9];
    hash.Add(&protocol, 1);
    hash.Add(ip + 12, 8);
    const std::size_t length = std::size_t(ip[0] & 0x0f) * 4;
    // All fragments of a datagram go one way: only whole datagrams have ports.
    const bool whole = (ip[6] & 0x3f) == 0 && ip[7] == 0;
    if ((protocol == TCP || protocol == UDP) && whole && length >= IPV4_HEADER &&
        size >= ETHERNET_HEADER + length + 4)
    {
        hash.Add(ip + length, 4);
    }
    return hash.Get();
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
