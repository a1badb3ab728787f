// SPDX-License-Identifier: GPL-2.0-only
// Puts MSDP on RPs.
#ifndef VXLAN_MULTICAST_MSDP_HELPER_H
#define VXLAN_MULTICAST_MSDP_HELPER_H

#include "ns3/msdp-protocol.h"
#include "ns3/node-container.h"
#include "ns3/object-factory.h"

#include <string>
#include <vector>

namespace ns3
{

/**
 * \code
 *   MsdpHelper msdp;                                  // after PIM
 *   msdp.InstallMesh(rps, {"10.255.0.1", "10.255.0.2", "10.255.0.3"}, "anycast");
 * \endcode
 */
class MsdpHelper
{
  public:
    MsdpHelper();

    /** Sets attribute \p name of the objects that Install makes from now on. */
    void Set(const std::string& name, const AttributeValue& value);

    /** A node that has MSDP keeps it. \returns the node's MSDP, which knows its PIM's sources */
    Ptr<MsdpProtocol> Install(Ptr<Node> node) const;
    /**
     * A mesh group (RFC 3618 §10.2) of all \p nodes.
     * \param addresses an address of each node that it alone has, in the order of the nodes
     */
    void InstallMesh(const NodeContainer& nodes,
                     const std::vector<Ipv4Address>& addresses,
                     const std::string& group) const;

    /** \returns the node's MSDP, or nullptr. */
    static Ptr<MsdpProtocol> Get(Ptr<Node> node);

  private:
    ObjectFactory m_factory;
};

} // namespace ns3

#endif
