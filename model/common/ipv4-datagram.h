// SPDX-License-Identifier: GPL-2.0-only
// An IPv4 packet read from bytes (RFC 791 §3.1). Options are stepped over, the checksum is not
// verified.
#ifndef VXLAN_MULTICAST_IPV4_DATAGRAM_H
#define VXLAN_MULTICAST_IPV4_DATAGRAM_H

#include "ns3/ipv4-address.h"
#include "ns3/wire-buffer.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace ns3
{

/** An IPv4 header and what follows it. */
struct Ipv4Datagram
{
    uint32_t bytes{0}; //!< of the whole, as the header tells
    uint16_t identification{0};
    bool moreFragments{false};
    uint32_t offset{0}; //!< of a fragment, in bytes
    uint8_t protocol{0};
    Ipv4Address source;
    Ipv4Address destination;
    std::size_t length{0};          //!< of the payload, as the header tells
    WireReader payload{nullptr, 0}; //!< as much of it as there is
};

/** \returns the packet that \p reader has next; nothing if its header is wrong or cut short. */
std::optional<Ipv4Datagram> ReadIpv4Datagram(WireReader reader);

} // namespace ns3

#endif
