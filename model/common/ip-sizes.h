// SPDX-License-Identifier: GPL-2.0-only
// Sizes of headers on the wire, in bytes.
#ifndef VXLAN_MULTICAST_IP_SIZES_H
#define VXLAN_MULTICAST_IP_SIZES_H

#include <cstdint>

namespace ns3
{

constexpr uint32_t ETHERNET_HEADER_SIZE = 14; //!< without a VLAN tag and frame check sequence
constexpr uint32_t ARP_PACKET_SIZE = 28;      //!< RFC 826, Ethernet and IPv4
constexpr uint32_t IPV4_HEADER_SIZE = 20;     //!< RFC 791, without options
constexpr uint32_t UDP_HEADER_SIZE = 8;       //!< RFC 768
constexpr uint32_t VXLAN_HEADER_SIZE = 8;     //!< RFC 7348 §5
constexpr uint32_t GRE_KEY_HEADER_SIZE = 8;   //!< RFC 2890, with a key and nothing else

} // namespace ns3

#endif
