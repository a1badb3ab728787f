// SPDX-License-Identifier: GPL-2.0-only
// What a neighbour machine (RFC 2328 §10) may ask of the interface that the neighbour is on.
#ifndef VXLAN_MULTICAST_OSPF_LINK_H
#define VXLAN_MULTICAST_OSPF_LINK_H

#include "ns3/ospf-config.h"

#include <cstddef>

namespace ns3
{

class OspfNeighbor;

/** The interface as its neighbours see it. */
class OspfLink
{
  public:
    virtual ~OspfLink() = default;

    virtual const OspfInterfaceConfig& GetConfig() const = 0;
    /** §10.4. */
    virtual bool IsAdjacencyWanted(const OspfNeighbor& neighbor) const = 0;
    /** A neighbour came to or left bidirectional state: NeighborChange, once per instant. */
    virtual void ScheduleNeighborChange() = 0;
    /** \returns where packets for \p neighbor alone go (§8.1). */
    virtual Ipv4Address GetUnicastDestination(const OspfNeighbor& neighbor) const = 0;
    /** \returns the bytes that the body of one packet may take within the MTU. */
    virtual std::size_t GetBodySize() const = 0;
};

} // namespace ns3

#endif
