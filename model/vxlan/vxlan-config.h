// SPDX-License-Identifier: GPL-2.0-only
// What a VXLAN device is told by its attributes. Names and defaults are Linux's (`ip link add type
// vxlan`), but for the port, which is RFC 7348's.
#ifndef VXLAN_MULTICAST_VXLAN_CONFIG_H
#define VXLAN_MULTICAST_VXLAN_CONFIG_H

#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/vxlan-encapsulation.h"

#include <cstdint>

namespace ns3
{

struct VxlanConfig
{
    static constexpr uint16_t DEFAULT_PORT = 4789;

    uint32_t vni{0};
    Ipv4Address group{Ipv4Address::GetAny()}; //!< any: none
    Ipv4Address local{Ipv4Address::GetAny()}; //!< any: that of the outgoing interface
    VxlanEncapsulationType encapsulation{VxlanEncapsulationType::VXLAN};
    uint16_t port{DEFAULT_PORT};
    uint16_t sourcePortMin{0}; //!< 0 with sourcePortMax 0: the default range
    uint16_t sourcePortMax{0};
    uint8_t ttl{0}; //!< 0: 1 towards a group, else 64
    bool isLearning{true};
    bool isSuppressing{false}; //!< answers ARP requests
    bool hasSplitHorizon{true};
    Time ageing{Seconds(300)};      //!< 0: permanently
    Time localAgeing{Seconds(300)}; //!< 0: permanently
    uint32_t fdbLimit{0};           //!< learned addresses; 0: any number
    // Frames from this side within a second, as the storm control of switches; 0: any number
    uint32_t broadcastLimit{0};
    uint32_t multicastLimit{0};
    uint32_t unknownUnicastLimit{0};
};

} // namespace ns3

#endif
