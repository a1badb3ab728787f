// SPDX-License-Identifier: GPL-2.0-only
// IPv4 addresses and prefixes without ns-3, for the rooms that stand on the graph alone.
#ifndef VXLAN_MULTICAST_TOPOLOGY_ADDRESS_H
#define VXLAN_MULTICAST_TOPOLOGY_ADDRESS_H

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{

/** An IPv4 address as a host-order number; 0 is none. */
using TopologyAddress = uint32_t;

/** An IPv4 prefix; bits beyond the length are 0. */
struct TopologyPrefix
{
    TopologyAddress address{0};
    uint8_t length{0};

    uint32_t GetMask() const
    {
        return length == 0 ? 0 : ~uint32_t(0) << (32 - length);
    }

    bool Contains(TopologyAddress other) const
    {
        return (other & GetMask()) == address;
    }

    bool Overlaps(const TopologyPrefix& other) const
    {
        return Contains(other.address) || other.Contains(address);
    }
};

/** \returns the address written as a dotted quad in \p text, or nothing if it is not one. */
std::optional<TopologyAddress> ParseAddress(const std::string& text);
/** \returns the prefix `a.b.c.d/n`, with no bit set beyond n, or nothing if it is not one. */
std::optional<TopologyPrefix> ParsePrefix(const std::string& text);
std::string FormatAddress(TopologyAddress address);
std::string FormatPrefix(const TopologyPrefix& prefix);

} // namespace ns3

#endif
