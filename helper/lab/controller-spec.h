// SPDX-License-Identifier: GPL-2.0-only
// What a scenario says of the OpenFlow controller and its switches: the key `control: {controller:
// …}`. Plain data; what is absent is left to attributes.
#ifndef VXLAN_MULTICAST_CONTROLLER_SPEC_H
#define VXLAN_MULTICAST_CONTROLLER_SPEC_H

#include "ns3/openflow-config.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace ns3
{

/** A controller and switches. */
struct ControllerSpec
{
    std::string node; //!< the controller's; empty: there is none, all flows are static
    std::optional<OpenflowMode> mode;
    std::optional<OpenflowUnknown> unknown;
    std::optional<OpenflowFailMode> fail;
    std::optional<uint16_t> idle;     //!< timeout of flows to tenants, seconds
    std::optional<uint16_t> hard;     //!< timeout of flows to tenants, seconds
    std::optional<uint32_t> capacity; //!< flows per switch
    /** Nodes of vxlan events with `control: controller`, and the interface whose address is the
     * VTEP's, or that address; empty: the first. */
    std::map<std::string, std::string> vteps;
};

} // namespace ns3

#endif
