// SPDX-License-Identifier: GPL-2.0-only
// Puts PIM (RFC 7761, RFC 5059) on nodes.
#ifndef VXLAN_MULTICAST_PIM_SM_HELPER_H
#define VXLAN_MULTICAST_PIM_SM_HELPER_H

#include "ns3/ipv4-routing-helper.h"
#include "ns3/node-container.h"
#include "ns3/object-factory.h"
#include "ns3/pim-sm-routing.h"

#include <string>
#include <vector>

namespace ns3
{

/**
 * Makes PimSmRouting objects. Either add the helper to an Ipv4ListRoutingHelper with a higher
 * priority than the unicast protocol's, before the Internet stack is installed; or Install it on
 * nodes that have a stack with a unicast protocol that is a UnicastRib (OspfRouting,
 * StaticUnderlayRouting).
 */
class PimSmHelper : public Ipv4RoutingHelper
{
  public:
    /** The priority in the node's list that Install gives; unicast protocols get 0 there. */
    static constexpr int16_t PRIORITY = 100;

    PimSmHelper();

    /** Sets an attribute of the PimSmRouting objects to come. */
    void Set(const std::string& name, const AttributeValue& value);

    PimSmHelper* Copy() const override;
    Ptr<Ipv4RoutingProtocol> Create(Ptr<Node> node) const override;

    /**
     * Adds PIM to nodes that have an Internet stack already. Where IGMP is there too, before or
     * after, PIM asks it for the members on the links and on the node itself.
     * \throws std::invalid_argument for a node without IPv4 or without a UnicastRib, and for PIM twice
     */
    void Install(const NodeContainer& nodes) const;
    /** \returns the object added. */
    Ptr<PimSmRouting> Install(Ptr<Node> node) const;
    /** \param name in ns3::Names */
    Ptr<PimSmRouting> Install(const std::string& name) const;

    /**
     * Has the node's PIM ask its IGMP for members. PimSmHelper and IgmpHelper do so, whichever comes
     * second; call it for an IgmpProtocol that no helper made.
     */
    static void ConnectMembership(Ptr<Node> node);

    /**
     * Makes \p nodes an Anycast-RP set (RFC 4610). All have \p rp on an interface.
     * \param members an address of each node that it alone has, in the order of the nodes
     */
    static void SetAnycastRp(const NodeContainer& nodes,
                             Ipv4Address rp,
                             const std::vector<Ipv4Address>& members);

    /**
     * The nodes take \p rp for \p range, whatever a BSR says of other ranges.
     * \param range multicast, such as "239.0.0.0/8"
     * \throws std::invalid_argument for a range that is not multicast or an RP that is no unicast address
     */
    static void SetStaticRp(const NodeContainer& nodes, const std::string& range, Ipv4Address rp);
    /** As SetStaticRp for bidirectional PIM (RFC 5015); no router need have the address \p rp. */
    static void SetBidirRp(const NodeContainer& nodes, const std::string& range, Ipv4Address rp);
    /**
     * The node offers the address of \p interface as an RP (RFC 5059 §3.2).
     * \param priority lower wins
     * \throws std::invalid_argument for a range that is not multicast or an interface that is not there
     */
    static void SetCandidateRp(Ptr<Node> node,
                               uint32_t interface,
                               const std::string& range = "224.0.0.0/4",
                               uint8_t priority = 192);
    /**
     * The node offers itself as a BSR under the address of \p interface (RFC 5059 §3.1).
     * \param priority higher wins
     * \throws std::invalid_argument for an interface that is not there
     */
    static void SetCandidateBsr(Ptr<Node> node, uint32_t interface, uint8_t priority = 64);

    /** \returns the node's PIM, or nullptr. */
    static Ptr<PimSmRouting> Get(Ptr<Node> node);
    /** Fixes the random streams of the nodes' PIM. \returns how many were used. */
    static int64_t AssignStreams(const NodeContainer& nodes, int64_t stream);

  private:
    ObjectFactory m_factory;
};

} // namespace ns3

#endif
