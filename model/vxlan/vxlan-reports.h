// SPDX-License-Identifier: GPL-2.0-only
// What a VTEP reports: why it drops packets, and which changes of its tables it tells of.
#ifndef VXLAN_MULTICAST_VXLAN_REPORTS_H
#define VXLAN_MULTICAST_VXLAN_REPORTS_H

#include "ns3/enum-names.h"

namespace ns3
{

/** Why a VTEP drops a packet. */
enum class VxlanDropReason
{
    // on the way in
    TRUNCATED,
    NO_I_FLAG,
    UNKNOWN_VNI,
    OWN_PACKET,   //!< our own packet came back
    INNER_FRAME,  //!< no Ethernet II frame
    INNER_VLAN,   //!< RFC 7348 §6.1
    INNER_ARP,    //!< lengths that are not Ethernet's and IPv4's
    STATIC_ENTRY, //!< a permanent address from another VTEP
    REFUSED,      //!< by the control plane
    // on the way out
    NO_ROUTE,
    MTU,       //!< the underlay would have to fragment (RFC 7348 §4.3)
    NO_REMOTE, //!< nowhere to flood to
    STOPPED,
    STORM_CONTROL //!< more frames of a kind within a second than may be
};

/** Those of drops.csv. */
template <>
struct EnumNames<VxlanDropReason>
{
    static constexpr const char* NAMES[] = {"truncated",
                                            "no-i-flag",
                                            "unknown-vni",
                                            "echo",
                                            "inner-frame",
                                            "inner-vlan",
                                            "inner-arp",
                                            "static-entry",
                                            "refused",
                                            "no-route",
                                            "mtu",
                                            "no-remote",
                                            "stopped",
                                            "storm-control"};
};

/** Changes of a forwarding database. */
enum class VxlanEvent
{
    LEARN, //!< detail "DEVICE MAC VTEP"
    MOVE,  //!< detail "DEVICE MAC OLD-VTEP NEW-VTEP"
    AGE    //!< detail "DEVICE MAC VTEP"
};

/** Those of events.csv. */
template <>
struct EnumNames<VxlanEvent>
{
    static constexpr const char* NAMES[] = {"learn", "move", "age"};
};

} // namespace ns3

#endif
