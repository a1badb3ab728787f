// SPDX-License-Identifier: GPL-2.0-only
// The control planes that the study compares, by the names that sweep and graph model share
// (doc/vni-group-sweep.rst).
#ifndef VXLAN_MULTICAST_CONTROL_PLANE_H
#define VXLAN_MULTICAST_CONTROL_PLANE_H

#include "ns3/enum-names.h"

#include <optional>
#include <string>

namespace ns3
{

/** How VTEPs find one another, and the addresses behind them. */
enum class ControlPlane
{
    Multicast,           //!< RFC 7348: flood to the VNI's group, learn from frames
    HeadEnd,             //!< a list of VTEPs, the sender copies; learn from frames
    Evpn,                //!< BGP EVPN with ARP suppression, ingress replication
    EvpnGroup,           //!< the same, flooding to the VNI's group
    Controller,          //!< OpenFlow, flows on demand; the controller answers ARP
    ControllerProactive, //!< OpenFlow, flows pushed as tenants boot
    MapServer            //!< LISP's mapping system, asked on demand; VTEPs answer ARP
};

template <>
struct EnumNames<ControlPlane>
{
    static constexpr const char* NAMES[] = {"multicast",
                                            "head-end",
                                            "evpn",
                                            "evpn-group",
                                            "controller",
                                            "controller-proactive",
                                            "map-server"};
};

/** \returns the control plane called \p name, or nothing. */
inline std::optional<ControlPlane>
ParseControlPlane(const std::string& name)
{
    return ParseEnumName<ControlPlane>(name);
}

/** \returns whether flooded frames go to groups of the underlay. */
inline bool
UsesGroups(ControlPlane plane)
{
    return plane == ControlPlane::Multicast || plane == ControlPlane::EvpnGroup;
}

/** \returns whether a route reflector, controller or map server is part of it. */
inline bool
HasServer(ControlPlane plane)
{
    return plane != ControlPlane::Multicast && plane != ControlPlane::HeadEnd;
}

/** \returns whether an OpenFlow controller decides. */
inline bool
UsesController(ControlPlane plane)
{
    return plane == ControlPlane::Controller || plane == ControlPlane::ControllerProactive;
}

} // namespace ns3

#endif
