// SPDX-License-Identifier: GPL-2.0-only
// A longest-prefix table that is built at once and takes no more memory than its routes.
#ifndef VXLAN_MULTICAST_UNICAST_ROUTE_TABLE_H
#define VXLAN_MULTICAST_UNICAST_ROUTE_TABLE_H

#include "ns3/unicast-rib.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/** Routes to different prefixes, in the order of the prefixes. */
class UnicastRouteTable
{
  public:
    UnicastRouteTable() = default;
    /** \param routes in any order; of several to one prefix the last counts */
    explicit UnicastRouteTable(std::vector<UnicastRoute> routes);

    /** \returns the route to exactly this prefix, or nullptr. */
    const UnicastRoute* Find(const Ipv4Prefix& prefix) const;

    const std::vector<UnicastRoute>& GetRoutes() const
    {
        return m_routes;
    }

    /** \returns whether a route has a mask of \p length bits: whether Find is worth a try. */
    bool HasLength(uint8_t length) const
    {
        return (m_lengths >> length & 1) != 0;
    }

  private:
    std::vector<UnicastRoute> m_routes;
    uint64_t m_lengths{0}; //!< a bit for each mask length that occurs
};

} // namespace ns3

#endif
