// SPDX-License-Identifier: GPL-2.0-only
// EtherTypes (IANA's "IEEE 802 Numbers") of the frames that the components look into, and the
// protocol number of IPv4 in PPP (RFC 1332 section 2).
#ifndef VXLAN_MULTICAST_ETHERTYPE_H
#define VXLAN_MULTICAST_ETHERTYPE_H

#include <cstdint>

namespace ns3
{

constexpr uint16_t ETHERTYPE_IPV4 = 0x0800;
constexpr uint16_t ETHERTYPE_ARP = 0x0806;
constexpr uint16_t PPP_PROTOCOL_IPV4 = 0x0021;

} // namespace ns3

#endif
