// SPDX-License-Identifier: GPL-2.0-only
// The values that scenarios are written in: times, rates, addresses, attribute defaults. Each
// parser takes any text and gives a value or nothing; none aborts, as ns-3's own do.
#ifndef VXLAN_MULTICAST_SCENARIO_VALUES_H
#define VXLAN_MULTICAST_SCENARIO_VALUES_H

#include "ns3/ipv4-address.h"
#include "ns3/mac48-address.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** \returns the time `300s`, `1.5ms`, `2min`, …; a plain number is seconds. At most 30 years. */
std::optional<Time> ParseDuration(const std::string& text);
/**
 * \returns the rate `10kbps`, `1.5Mbps`, `100kB/s`, … in bit/s; a plain number is bit/s; positive.
 */
std::optional<uint64_t> ParseRate(const std::string& text);
/** \returns a dotted quad. */
std::optional<Ipv4Address> ParseIpv4(const std::string& text);
/** \returns `192.168.99.1/24`: an address and the mask of its network. */
std::optional<std::pair<Ipv4Address, Ipv4Mask>> ParseInterfaceAddress(const std::string& text);

/** \returns whether a host can have \p address in a network of \p mask. */
bool IsHostAddress(Ipv4Address address, Ipv4Mask mask);
/** \returns `02:00:01:00:00:2a`: six octets of two hexadecimal digits. */
std::optional<Mac48Address> ParseMac(const std::string& text);

/**
 * \returns why \p value cannot be the default of the ns-3 attribute \p name
 * (`ns3::Class::Attribute`), with what would be right; empty if it can.
 */
std::string CheckAttribute(const std::string& name, const std::string& value);

} // namespace ns3

#endif
