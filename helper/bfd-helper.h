// SPDX-License-Identifier: GPL-2.0-only
// Puts BFD on routers, for OSPF and PIM to follow.
#ifndef VXLAN_MULTICAST_BFD_HELPER_H
#define VXLAN_MULTICAST_BFD_HELPER_H

#include "ns3/bfd-protocol.h"
#include "ns3/node-container.h"

namespace ns3
{

/**
 * \code
 *   BfdHelper bfd;
 *   bfd.Install(routers);                                   // after OSPF and PIM
 *   BfdHelper::EnableInterface(router, 1, MilliSeconds(150)); // 3 x 50 ms
 * \endcode
 */
class BfdHelper
{
  public:
    /** A node that has BFD keeps it. \returns the node's BFD, which its OSPF and PIM follow */
    Ptr<BfdProtocol> Install(Ptr<Node> node) const;
    void Install(const NodeContainer& nodes) const;

    /** Watches the neighbours on an Ipv4 interface, with this Detection Time. */
    static void EnableInterface(Ptr<Node> node, uint32_t interface, Time detectionTime);

    /** \returns the node's BFD, or nullptr. */
    static Ptr<BfdProtocol> Get(Ptr<Node> node);
    /** Fixes the random streams of the nodes' BFD. \returns how many were used. */
    static int64_t AssignStreams(const NodeContainer& nodes, int64_t stream);
};

} // namespace ns3

#endif
