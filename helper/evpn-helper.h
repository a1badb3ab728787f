// SPDX-License-Identifier: GPL-2.0-only
// Puts BGP EVPN on nodes: VTEPs and route reflectors.
#ifndef VXLAN_MULTICAST_EVPN_HELPER_H
#define VXLAN_MULTICAST_EVPN_HELPER_H

#include "ns3/evpn-protocol.h"
#include "ns3/node-container.h"
#include "ns3/object-factory.h"

#include <string>

namespace ns3
{

/**
 * \code
 *   EvpnHelper evpn;
 *   evpn.Set("As", UintegerValue(65000));
 *   evpn.Install(vteps, reflectors);         // without reflectors: evpn.Install(vteps)
 *
 *   VxlanHelper vxlan(42);
 *   vxlan.SetControlPlane(EvpnHelper::MakeControlPlane());
 *   vxlan.Install(vteps);
 * \endcode
 *
 * Nodes have addresses already: peers know one another by their router ids, which must be addresses
 * of theirs.
 */
class EvpnHelper
{
  public:
    EvpnHelper();

    /** Sets attribute \p name of the objects that Install makes from now on. */
    void Set(const std::string& name, const AttributeValue& value);

    /**
     * A speaker without peers, and TCP. A node that has them keeps them.
     * \returns the node's speaker
     */
    Ptr<EvpnProtocol> Install(Ptr<Node> node) const;
    /** A session between each two of \p vteps. */
    void Install(const NodeContainer& vteps) const;
    /** A session from each VTEP to each reflector, whose client it is; and among the reflectors.
     * A node may be both. */
    void Install(const NodeContainer& vteps, const NodeContainer& reflectors) const;

    /** \returns a factory of EvpnControlPlane for VxlanHelper; its attributes may be set. */
    static ObjectFactory MakeControlPlane();

    /** \returns the node's speaker, or null. */
    static Ptr<EvpnProtocol> Get(Ptr<Node> node);

  private:
    /** Makes two speakers peers. \param isClient \p to is the reflector of \p from */
    static void Connect(Ptr<EvpnProtocol> from, Ptr<EvpnProtocol> to, bool isClient);

    ObjectFactory m_factory;
};

} // namespace ns3

#endif
