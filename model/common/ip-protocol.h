// SPDX-License-Identifier: GPL-2.0-only
// Protocol numbers of IP (IANA's "Protocol Numbers") that several components look at; the others
// are with the messages of their protocols.
#ifndef VXLAN_MULTICAST_IP_PROTOCOL_H
#define VXLAN_MULTICAST_IP_PROTOCOL_H

#include <cstdint>

namespace ns3
{

constexpr uint8_t IP_PROTOCOL_ICMP = 1;
constexpr uint8_t IP_PROTOCOL_IGMP = 2;
constexpr uint8_t IP_PROTOCOL_TCP = 6;
constexpr uint8_t IP_PROTOCOL_UDP = 17;

} // namespace ns3

#endif
