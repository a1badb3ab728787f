// SPDX-License-Identifier: GPL-2.0-only
// What a scenario says of the map server and the VTEPs that use it: the key `control: {map-server:
// …}`. Plain data; what is absent is left to attributes.
#ifndef VXLAN_MULTICAST_MAP_SERVER_SPEC_H
#define VXLAN_MULTICAST_MAP_SERVER_SPEC_H

#include "ns3/nstime.h"

#include <map>
#include <optional>
#include <string>

namespace ns3
{

/** A map server and VTEPs. */
struct MapServerSpec
{
    std::string node;
    std::optional<Time> ttl; //!< of mappings; messages count whole minutes
    int ttlLine{0};          //!< in the file
    /** Nodes of vxlan events with `control: map-server`, and the interface whose address is the
     * VTEP's, or that address; empty: the first. */
    std::map<std::string, std::string> vteps;
};

} // namespace ns3

#endif
