// SPDX-License-Identifier: GPL-2.0-only
// What an encapsulated frame on a link is, read from its bytes: of which VNI, to one VTEP or a group,
// and what it carries (RFC 7348 §4). The figures behind overlay.csv.
#ifndef VXLAN_MULTICAST_OVERLAY_FRAME_H
#define VXLAN_MULTICAST_OVERLAY_FRAME_H

#include "ns3/enum-names.h"
#include "ns3/wire-buffer.h"

#include <cstdint>
#include <optional>
#include <set>
#include <tuple>

namespace ns3
{

/** How an encapsulated frame travels. */
enum class OverlayOuter
{
    MULTICAST,
    UNICAST
};

/** Those of overlay.csv. */
template <>
struct EnumNames<OverlayOuter>
{
    static constexpr const char* NAMES[] = {"multicast", "unicast"};
};

/** What an inner frame is, in the order of the rows of overlay.csv. */
enum class OverlayInner
{
    ARP_REQUEST,
    ARP_REPLY,
    BROADCAST,
    MULTICAST,
    UNKNOWN_UNICAST, //!< a copy of a flooded unicast frame
    UNICAST
};

/** Those of overlay.csv. */
template <>
struct EnumNames<OverlayInner>
{
    static constexpr const char* NAMES[] =
        {"arp-request", "arp-reply", "broadcast", "multicast", "unknown-unicast", "unicast"};
};

/** Where the encapsulated frames of a run are found. */
struct OverlayTunnels
{
    std::set<uint16_t> vxlanPorts; //!< of UDP
    std::set<uint32_t> greKeys;    //!< VNIs
    std::set<uint32_t> nvgreVsids; //!< VNIs
};

/** One encapsulated frame. */
struct OverlayFrame
{
    uint32_t vni{0};
    OverlayOuter outer{OverlayOuter::UNICAST};
    OverlayInner inner{OverlayInner::UNICAST};

    friend bool operator<(const OverlayFrame& a, const OverlayFrame& b)
    {
        return std::tie(a.vni, a.outer, a.inner) < std::tie(b.vni, b.outer, b.inner);
    }
};

/** \returns what the UDP payload at \p reader carries, which came to a port of VXLAN devices; nothing
 * if it is cut short. Unicast to a group is taken for UNKNOWN_UNICAST, else for UNICAST. */
std::optional<OverlayFrame> ReadVxlanFrame(WireReader reader, OverlayOuter outer);
/** \returns the same of GRE and NVGRE; nothing without a key of \p tunnels. */
std::optional<OverlayFrame> ReadGreFrame(WireReader reader,
                                         OverlayOuter outer,
                                         const OverlayTunnels& tunnels);

} // namespace ns3

#endif
