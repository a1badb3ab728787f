// SPDX-License-Identifier: GPL-2.0-only
// What a scenario says of the VXLAN devices of one VNI. Plain data.
#ifndef VXLAN_MULTICAST_VXLAN_SPEC_H
#define VXLAN_MULTICAST_VXLAN_SPEC_H

#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/vxlan-encapsulation.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** One VNI's devices on several nodes. */
struct VxlanSpec
{
    std::vector<std::string> nodes;
    std::string name;
    uint32_t vni{0};
    std::string control; //!< a name of control-planes.h: how the devices find remote VTEPs
    Ipv4Address group{Ipv4Address::GetAny()}; //!< with a control plane: where floods go
    bool isSourceSpecific{false};             //!< VTEPs join each other's sources of the group
    std::optional<bool> suppress;             //!< ARP is answered from what the control plane knows
    std::vector<Ipv4Address> remotes;
    std::optional<uint8_t> ttl;
    std::string dev;   //!< empty: that of `local`, else the node's first
    std::string local; //!< the VTEPs' interface, or an address of each; empty: that of the route
    VxlanEncapsulationType encapsulation{VxlanEncapsulationType::VXLAN};
    bool splitHorizon{true};
    uint16_t port{4789};
    std::vector<std::pair<Ipv4Address, Ipv4Mask>> addresses; //!< none, or one per node
    std::optional<Time> ageing;
    std::optional<bool> learning;
    std::optional<uint16_t> mtu;
    std::optional<std::pair<uint16_t, uint16_t>> sourcePorts;
};

} // namespace ns3

#endif
