// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §5, the VXLAN header: 8 bytes, flags and VNI.
#ifndef VXLAN_MULTICAST_VXLAN_HEADER_H
#define VXLAN_MULTICAST_VXLAN_HEADER_H

#include "ns3/ip-sizes.h"
#include "ns3/wire-header.h"

#include <cstdint>
#include <ostream>
#include <string>

namespace ns3
{

/** The fields of a VXLAN header. The inner Ethernet frame follows it. */
struct VxlanFields
{
    static constexpr const char* TYPE_NAME = "ns3::VxlanHeader";
    static constexpr uint32_t SIZE = VXLAN_HEADER_SIZE;
    static constexpr uint8_t FLAG_I = 0x08; //!< the VNI is valid
    static constexpr uint32_t MAX_VNI = 0xffffff;

    uint8_t flags{FLAG_I};
    uint32_t vni{0};

    void Write(WireWriter& writer) const;
    /**
     * Reads 8 bytes; reserved ones are ignored.
     * \returns empty, "truncated", or "no-i-flag"
     */
    static std::string Read(WireReader& reader, VxlanFields& fields);
    void Print(std::ostream& os) const;
};

using VxlanHeader = WireHeader<VxlanFields>;

} // namespace ns3

#endif
