// SPDX-License-Identifier: GPL-2.0-only
// IPv4 addresses and prefixes as text, without ns-3's library, for the rooms that stand on the graph
// alone.
#ifndef VXLAN_MULTICAST_TOPOLOGY_ADDRESS_H
#define VXLAN_MULTICAST_TOPOLOGY_ADDRESS_H

#include "ns3/ipv4-prefix.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{

/** An IPv4 address as a host-order number; 0 is none. */
using TopologyAddress = uint32_t;

/** \returns the address written as a dotted quad in \p text, or nothing if it is not one. */
std::optional<TopologyAddress> ParseAddress(const std::string& text);
/** \returns the prefix `a.b.c.d/n`, with no bit set beyond n, or nothing if it is not one. */
std::optional<Ipv4Prefix> ParsePrefix(const std::string& text);
std::string FormatAddress(TopologyAddress address);

} // namespace ns3

#endif
