// SPDX-License-Identifier: GPL-2.0-only
// RFC 4271 §1.1: a route, a destination with the attributes of the path to it. Behind a route
// reflector every speaker of an AS holds every route. Equal routes and equal path attributes are
// therefore held once per process, whichever speakers hold them, and go with the last of these.
#ifndef VXLAN_MULTICAST_EVPN_ROUTE_H
#define VXLAN_MULTICAST_EVPN_ROUTE_H

#include "ns3/bgp-path-attributes.h"
#include "ns3/evpn-nlri.h"
#include "ns3/ptr.h"
#include "ns3/simple-ref-count.h"

#include <cstddef>
#include <memory>

namespace ns3
{

/** Path attributes that many routes share; equal ones are the same object. */
using BgpAttributesPtr = std::shared_ptr<const BgpPathAttributes>;

/** \returns the one object that is equal to \p attributes. */
BgpAttributesPtr ShareBgpAttributes(const BgpPathAttributes& attributes);

class EvpnRoute;

/** Takes a route that nobody holds out of the shared ones. */
struct EvpnRouteDeleter
{
    static void Delete(EvpnRoute* route);
};

/** SimpleRefCount's parent; ns-3 has renamed its own. */
struct EvpnRouteBase
{
};

/** A route that speakers share: MakeEvpnRoute alone makes one. */
class EvpnRoute : public SimpleRefCount<EvpnRoute, EvpnRouteBase, EvpnRouteDeleter>
{
  public:
    EvpnRoute(const EvpnNlri& routeNlri, BgpAttributesPtr routeAttributes)
        : nlri(routeNlri),
          attributes(std::move(routeAttributes))
    {
    }

    const EvpnNlri nlri;
    const BgpAttributesPtr attributes;
};

/** Equal routes are the same object. */
using EvpnRoutePtr = Ptr<const EvpnRoute>;

/**
 * \param nlri what the route is about, and what else its NLRI says
 * \param attributes of ShareBgpAttributes
 * \returns the one object of that content
 */
EvpnRoutePtr MakeEvpnRoute(const EvpnNlri& nlri, const BgpAttributesPtr& attributes);

/** \returns a hash of \p key, the same on every platform. */
uint64_t HashEvpnRouteKey(const EvpnRouteKey& key);

/** How many different ones are held by all speakers: what their tables cost beside entries. */
struct EvpnSharedCount
{
    std::size_t routes{0};
    std::size_t attributes{0};
};

/** \returns what is held now. */
EvpnSharedCount CountSharedEvpnRoutes();

} // namespace ns3

#endif
