// SPDX-License-Identifier: GPL-2.0-only
// What a scenario says of BGP EVPN: the key `control: {evpn: …}`. Plain data.
#ifndef VXLAN_MULTICAST_EVPN_SPEC_H
#define VXLAN_MULTICAST_EVPN_SPEC_H

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/** The speakers of a scenario. */
struct EvpnSpec
{
    uint32_t as{65000};
    std::vector<std::string> reflectors; //!< none: a full mesh of the VTEPs
    std::vector<std::string> vteps;      //!< nodes of vxlan events with `control: evpn`
};

} // namespace ns3

#endif
