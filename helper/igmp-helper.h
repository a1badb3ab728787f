// SPDX-License-Identifier: GPL-2.0-only
// Puts IGMP on nodes.
#ifndef VXLAN_MULTICAST_IGMP_HELPER_H
#define VXLAN_MULTICAST_IGMP_HELPER_H

#include "ns3/application-container.h"
#include "ns3/igmp-protocol.h"
#include "ns3/ipv4-interface-container.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/object-factory.h"

#include <string>

namespace ns3
{

/** Installs IgmpProtocol on nodes that have an Internet stack, and makes routers of some of them.
 */
class IgmpHelper
{
  public:
    IgmpHelper();

    /** Sets attribute \p name of the objects that Install makes from now on. */
    void Set(const std::string& name, const AttributeValue& value);

    /**
     * A node that has IGMP already keeps it; PIM on the node, before or after, takes members from it.
     * \returns the node's IGMP
     */
    Ptr<IgmpProtocol> Install(Ptr<Node> node) const;
    Ptr<IgmpProtocol> Install(const std::string& nodeName) const;
    void Install(const NodeContainer& nodes) const;

    /** Makes \p node, which has IGMP, a router on the Ipv4 interface \p interface. */
    static void EnableQuerier(Ptr<Node> node, uint32_t interface);
    /** The same for every interface of a container, as Ipv4AddressHelper::Assign gives it. */
    static void EnableQuerier(const Ipv4InterfaceContainer& interfaces);

    /** The version spoken on an interface, as host and as router: 1, 2 or 3. */
    static void SetVersion(Ptr<Node> node, uint32_t interface, uint8_t version);

    /**
     * Makes each node a member of \p group from \p start to \p stop (an IgmpMember application).
     * \param group a multicast address
     * \param interface the Ipv4 interface that joins
     * \returns the applications, so that others may stop them
     * \throws std::invalid_argument for an address that is not multicast
     */
    static ApplicationContainer JoinAt(const NodeContainer& nodes,
                                       Ipv4Address group,
                                       Time start,
                                       Time stop = Time::Max(),
                                       uint32_t interface = 1);

    /** Fixes the random streams of the nodes' IGMP. \returns the number of streams used. */
    static int64_t AssignStreams(const NodeContainer& nodes, int64_t stream);

  private:
    ObjectFactory m_factory;
};

} // namespace ns3

#endif
