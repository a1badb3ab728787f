// SPDX-License-Identifier: GPL-2.0-only
// Puts OSPFv2 on nodes, and sets what differs from interface to interface.
#ifndef VXLAN_MULTICAST_OSPF_HELPER_H
#define VXLAN_MULTICAST_OSPF_HELPER_H

#include "ns3/ipv4-routing-helper.h"
#include "ns3/node-container.h"
#include "ns3/object-factory.h"
#include "ns3/ospf-routing.h"

namespace ns3
{

/**
 * Installs ns3::OspfRouting, alone or inside an Ipv4ListRoutingHelper. The static functions set up
 * nodes that already have it; interfaces are ns-3's Ipv4 interface numbers.
 */
class OspfHelper : public Ipv4RoutingHelper
{
  public:
    OspfHelper();

    OspfHelper* Copy() const override;
    Ptr<Ipv4RoutingProtocol> Create(Ptr<Node> node) const override;

    /** Sets an attribute of each ns3::OspfRouting created from now on. */
    void Set(const std::string& name, const AttributeValue& value);

    /** \returns the OSPF of \p node, set on its Ipv4 alone or in a list; nullptr if it has none. */
    static Ptr<OspfRouting> FindOspf(Ptr<Node> node);
    /** \returns the OSPF of \p node. \throws std::invalid_argument if it has none */
    static Ptr<OspfRouting> GetOspf(Ptr<Node> node);

    /** Sets the router id (RFC 2328 C.1), from the next start on; any: the highest address. */
    static void SetRouterId(Ptr<Node> node, Ipv4Address routerId);
    /** Sets the cost of sending on an interface (C.3), 1 to 65535; unset, it is Ipv4's metric if
     * that is more than 1. */
    static void SetInterfaceCost(Ptr<Node> node, uint32_t interface, uint16_t cost);
    /** Sets the area of an interface (C.3); 0.0.0.0 is the backbone. */
    static void SetInterfaceArea(Ptr<Node> node, uint32_t interface, Ipv4Address area);
    /** Sets the Router Priority on a LAN (C.3); 0: never Designated Router. */
    static void SetInterfacePriority(Ptr<Node> node, uint32_t interface, uint8_t priority);
    /** Broadcast or point-to-point (RFC 2328 1.2), where the device is not to decide. */
    static void SetInterfaceNetworkType(Ptr<Node> node, uint32_t interface, OspfNetworkType type);
    /** Advertises an interface's network without looking for neighbours there. */
    static void SetInterfacePassive(Ptr<Node> node, uint32_t interface, bool passive = true);
    /** Sets the MTU, in bytes, that Database Descriptions announce and packets are built for (10.8). */
    static void SetInterfaceMtu(Ptr<Node> node, uint32_t interface, uint16_t mtu);
    /** Keeps OSPF off an interface: neither packets nor a route to its network. */
    static void ExcludeInterface(Ptr<Node> node, uint32_t interface);
    /** Makes \p area a stub area on all \p nodes. \param summaries false: default route only */
    static void SetStubArea(const NodeContainer& nodes, Ipv4Address area, bool summaries = true);

    /** Fixes the random streams of all \p nodes. \returns how many were used. */
    static int64_t AssignStreams(const NodeContainer& nodes, int64_t stream);

  private:
    ObjectFactory m_factory;
};

} // namespace ns3

#endif
