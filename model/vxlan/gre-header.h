// SPDX-License-Identifier: GPL-2.0-only
// RFC 2784 §2 and RFC 2890 §2: the GRE header with a key, as Open vSwitch and NVGRE (RFC 7637 §3.2)
// carry Ethernet frames in it. Departures: a checksum is stepped over, not verified; sequence
// numbers are ignored; neither is written.
#ifndef VXLAN_MULTICAST_GRE_HEADER_H
#define VXLAN_MULTICAST_GRE_HEADER_H

#include "ns3/wire-header.h"

#include <cstdint>
#include <ostream>
#include <string>

namespace ns3
{

/** The fields of a GRE header. An Ethernet frame follows it. */
struct GreFields
{
    static constexpr const char* TYPE_NAME = "ns3::GreKeyHeader";
    static constexpr uint32_t SIZE = 8;                   //!< as written
    static constexpr uint32_t LONGEST = 16;               //!< with a checksum and a sequence number
    static constexpr uint8_t PROTOCOL = 47;               //!< of IP
    static constexpr uint16_t ETHERNET_PROTOCOL = 0x6558; //!< Transparent Ethernet Bridging
    static constexpr uint16_t FLAG_CHECKSUM = 0x8000;
    static constexpr uint16_t FLAG_KEY = 0x2000;
    static constexpr uint16_t FLAG_SEQUENCE = 0x1000;
    static constexpr uint16_t RESERVED = 0x4ff8; //!< those that a receiver must not find set
    static constexpr uint16_t VERSION = 0x0007;

    uint32_t key{0};
    uint32_t size{SIZE}; //!< of the header, as read

    void Write(WireWriter& writer) const;
    /** \returns empty, "truncated", "gre-flags", "gre-protocol" or "gre-no-key" */
    static std::string Read(WireReader& reader, GreFields& fields);
    void Print(std::ostream& os) const;
};

using GreKeyHeader = WireHeader<GreFields>;

} // namespace ns3

#endif
