// SPDX-License-Identifier: GPL-2.0-only
// What a routing protocol asks of a protocol that finds dead neighbours fast: BFD implements it,
// OSPF and PIM are its clients (RFC 5882).
#ifndef VXLAN_MULTICAST_NEIGHBOR_LIVENESS_H
#define VXLAN_MULTICAST_NEIGHBOR_LIVENESS_H

#include "ns3/ipv4-address.h"

#include <cstdint>
#include <functional>
#include <string>

namespace ns3
{

/** Watches neighbours for the protocols of one node. */
class NeighborLiveness
{
  public:
    /** A neighbour on an interface is taken for dead. */
    using DownListener = std::function<void(uint32_t interface, Ipv4Address neighbor)>;

    virtual ~NeighborLiveness() = default;

    /** \p client ("ospf", "pim") has a neighbour: watch it until told otherwise. */
    virtual void Watch(const std::string& client, uint32_t interface, Ipv4Address neighbor) = 0;
    /** \p client has lost the neighbour, or given it up. */
    virtual void Unwatch(const std::string& client, uint32_t interface, Ipv4Address neighbor) = 0;
    /** \p client has ended. */
    virtual void UnwatchAll(const std::string& client) = 0;
    /** \p listener is called for each neighbour found dead, not for those switched off. */
    virtual void AddDownListener(DownListener listener) = 0;
};

} // namespace ns3

#endif
