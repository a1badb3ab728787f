// SPDX-License-Identifier: GPL-2.0-only
// EtherTypes (IANA's "IEEE 802 Numbers") of the frames that the components look into.
#ifndef VXLAN_MULTICAST_ETHERTYPE_H
#define VXLAN_MULTICAST_ETHERTYPE_H

#include <cstdint>

namespace ns3
{

constexpr uint16_t ETHERTYPE_IPV4 = 0x0800;
constexpr uint16_t ETHERTYPE_ARP = 0x0806;

} // namespace ns3

#endif
