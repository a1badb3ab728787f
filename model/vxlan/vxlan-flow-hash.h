// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §5: the outer source port is a hash of the inner frame's flow, so that equal-cost paths
// of the underlay are used, and one flow keeps to one path.
#ifndef VXLAN_MULTICAST_VXLAN_FLOW_HASH_H
#define VXLAN_MULTICAST_VXLAN_FLOW_HASH_H

#include "ns3/ip-sizes.h"
#include <cstddef>

#include <cstddef>
#include <cstdint>

namespace ns3
{

/** How many bytes of a frame VxlanFlowHash looks at: Ethernet, IPv4 with options, ports. */
constexpr std::size_t VXLAN_FLOW_BYTES = ETHERNET_HEADER_SIZE + 60 + 4;

/**
 * \param frame the first bytes of an Ethernet frame
 * \param size how many there are
 * \returns a hash of MAC addresses and type and, of IPv4, addresses, protocol and ports
 */
uint32_t VxlanFlowHash(const uint8_t* frame, std::size_t size);

/** \returns a port in [\p min, \p max] by \p hash; both 0: in 49152-65535. */
uint16_t VxlanSourcePort(uint32_t hash, uint16_t min, uint16_t max);

} // namespace ns3

#endif
