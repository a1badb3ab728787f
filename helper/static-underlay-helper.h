// SPDX-License-Identifier: GPL-2.0-only
// Unicast routes for PIM without a routing protocol's wait.
#ifndef VXLAN_MULTICAST_STATIC_UNDERLAY_HELPER_H
#define VXLAN_MULTICAST_STATIC_UNDERLAY_HELPER_H

#include "ns3/ipv4-routing-helper.h"
#include "ns3/node.h"

namespace ns3
{

/**
 * Installs StaticUnderlayRouting, the UnicastRib whose routes are computed once. It takes the place
 * of ns-3's global routing under PIM, which needs metrics and all equal-cost next hops:
 *
 * \code
 *   InternetStackHelper stack;
 *   stack.SetRoutingHelper(StaticUnderlayHelper());
 *   stack.Install(nodes);
 *   // … devices and addresses …
 *   PimSmHelper().Install(routers);
 *   StaticUnderlayHelper::PopulateRoutingTables();
 * \endcode
 */
class StaticUnderlayHelper : public Ipv4RoutingHelper
{
  public:
    StaticUnderlayHelper* Copy() const override;
    Ptr<Ipv4RoutingProtocol> Create(Ptr<Node> node) const override;

    /**
     * Computes the routes of every node that has StaticUnderlayRouting: to each prefix on a channel
     * the least sum of the outgoing interfaces' metrics (Ipv4::SetMetric, default 1), with all
     * equal-cost next hops. Links that are down do not count; call it again after a change. What is
     * behind a bridge is not seen.
     */
    static void PopulateRoutingTables();
};

} // namespace ns3

#endif
