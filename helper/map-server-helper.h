// SPDX-License-Identifier: GPL-2.0-only
// Puts a map server on a node and the other end on VTEPs.
#ifndef VXLAN_MULTICAST_MAP_SERVER_HELPER_H
#define VXLAN_MULTICAST_MAP_SERVER_HELPER_H

#include "ns3/map-server.h"
#include "ns3/map-xtr.h"
#include "ns3/node-container.h"
#include "ns3/object-factory.h"

#include <string>

namespace ns3
{

/**
 * \code
 *   MapServerHelper maps;
 *   maps.SetServer("Ttl", TimeValue(Seconds(600)));
 *   maps.Install(vteps, serverNode);
 *
 *   VxlanHelper vxlan(42);
 *   vxlan.SetControlPlane(MapServerHelper::MakeControlPlane());
 *   vxlan.Install(vteps);
 * \endcode
 */
class MapServerHelper
{
  public:
    MapServerHelper();

    /** Sets attribute \p name of the servers that Install makes from now on. */
    void SetServer(const std::string& name, const AttributeValue& value);
    /** Sets attribute \p name of the VTEPs' ends that Install makes from now on. */
    void SetXtr(const std::string& name, const AttributeValue& value);

    /** A server on \p node, which keeps the one that it has. */
    Ptr<MapServer> InstallServer(Ptr<Node> node) const;
    /** A VTEP's end on \p node, which keeps the one that it has. */
    Ptr<MapXtr> InstallXtr(Ptr<Node> node, Ipv4Address server) const;
    /**
     * Both. The VTEPs know the server by the address of its first interface.
     * \throws std::invalid_argument when that has no address, or the server's node is a VTEP
     */
    Ptr<MapServer> Install(const NodeContainer& vteps, Ptr<Node> node) const;
    /** Fixes the random streams of servers and VTEPs. \returns the number of streams used. */
    static int64_t AssignStreams(const NodeContainer& nodes, int64_t stream);

    /** \returns a factory of MapServerControlPlane for VxlanHelper; its attributes may be set. */
    static ObjectFactory MakeControlPlane();

  private:
    ObjectFactory m_server;
    ObjectFactory m_xtr;
};

} // namespace ns3

#endif
