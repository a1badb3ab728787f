// SPDX-License-Identifier: GPL-2.0-only
// What ns-3's IpMulticastForward is given: it reads nothing of a route but where packets go. Thousands
// of entries send to the same interfaces, so they share one route, which a cache of the processor then
// holds.
#ifndef VXLAN_MULTICAST_MULTICAST_ROUTE_POOL_H
#define VXLAN_MULTICAST_MULTICAST_ROUTE_POOL_H

#include "ns3/interface-set.h"
#include "ns3/ipv4-route.h"

#include <cstddef>
#include <unordered_map>

namespace ns3
{

/** The routes of one router, one for each set of outgoing interfaces. */
class MulticastRoutePool
{
  public:
    /** \returns the route to \p outgoing, which is made unless somebody has it. */
    Ptr<Ipv4MulticastRoute> Get(const InterfaceSet& outgoing);
    /** \returns how many there are. */
    std::size_t GetSize() const;

  private:
    struct Hash
    {
        std::size_t operator()(const InterfaceSet& set) const
        {
            return set.GetHash();
        }
    };

    void Purge();

    std::unordered_map<InterfaceSet, Ptr<Ipv4MulticastRoute>, Hash> m_routes;
    std::size_t m_purgeAt{64}; //!< the size at which those that nobody has are let go
};

} // namespace ns3

#endif
