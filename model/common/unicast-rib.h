// SPDX-License-Identifier: GPL-2.0-only
// The unicast routing information that multicast routing needs and ns-3's Ipv4RoutingProtocol does
// not give: metric, preference, the equal-cost set, and notice of changes.
#ifndef VXLAN_MULTICAST_UNICAST_RIB_H
#define VXLAN_MULTICAST_UNICAST_RIB_H

#include "ns3/ipv4-address.h"
#include "ns3/ipv4-prefix.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <functional>
#include <string>
#include <tuple>
#include <vector>

namespace ns3
{

class Ipv4;

/** A next hop towards a prefix. */
struct UnicastNextHop
{
    uint32_t interface = 0;                     //!< ns-3's Ipv4 interface number
    Ipv4Address gateway{Ipv4Address::GetAny()}; //!< any when the prefix is connected

    friend bool operator==(const UnicastNextHop& a, const UnicastNextHop& b)
    {
        return a.interface == b.interface && a.gateway == b.gateway;
    }

    /** By gateway address, then interface: the order that RpfEcmp relies on. */
    friend bool operator<(const UnicastNextHop& a, const UnicastNextHop& b)
    {
        return std::make_tuple(a.gateway.Get(), a.interface) <
               std::make_tuple(b.gateway.Get(), b.interface);
    }
};

/** A route with all its equal-cost next hops. */
struct UnicastRoute
{
    Ipv4Prefix prefix;
    uint32_t metric{0};
    uint32_t preference{0};               //!< administrative distance: PIM asserts compare it first
    std::string protocol;                 //!< "connected", "ospf", "static"
    std::vector<UnicastNextHop> nextHops; //!< sorted, never empty in a table

    bool IsConnected() const
    {
        return nextHops.size() == 1 && nextHops.front().gateway == Ipv4Address::GetAny();
    }
};

/** What a unicast routing protocol offers to multicast routing, show commands and tables. */
class UnicastRib
{
  public:
    virtual ~UnicastRib() = default;

    /** \returns the longest match for \p destination, or nullptr. Valid until the next change. */
    virtual const UnicastRoute* Lookup(Ipv4Address destination) const = 0;
    /** \returns every route, ordered by prefix. */
    virtual std::vector<UnicastRoute> GetRoutes() const = 0;

    /** \p listener is called after each change of the table, once per batch of changes. */
    virtual void AddChangeListener(std::function<void()> listener) = 0;
    /** \p listener(interface, up) is called when ns-3 reports an interface up or down. */
    virtual void AddInterfaceListener(std::function<void(uint32_t, bool)> listener) = 0;
};

/**
 * \returns the UnicastRib among the routing protocols of \p ipv4 (itself or inside its
 * Ipv4ListRouting), or nullptr.
 */
UnicastRib* FindUnicastRib(Ptr<Ipv4> ipv4);

} // namespace ns3

#endif
