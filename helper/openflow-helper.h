// SPDX-License-Identifier: GPL-2.0-only
// Puts an OpenFlow controller on a node and switches on VTEPs.
#ifndef VXLAN_MULTICAST_OPENFLOW_HELPER_H
#define VXLAN_MULTICAST_OPENFLOW_HELPER_H

#include "ns3/node-container.h"
#include "ns3/object-factory.h"
#include "ns3/openflow-controller.h"
#include "ns3/openflow-switch.h"

#include <string>

namespace ns3
{

/**
 * \code
 *   OpenflowHelper openflow;
 *   openflow.SetController("Mode", StringValue("proactive"));
 *   Ptr<OpenflowController> controller = openflow.Install(vteps, controllerNode);
 *   controller->SetTenant(tenant);           // what the operator knows
 *
 *   VxlanHelper vxlan(42);
 *   vxlan.SetControlPlane(OpenflowHelper::MakeControlPlane());
 *   vxlan.Install(vteps);
 * \endcode
 */
class OpenflowHelper
{
  public:
    OpenflowHelper();

    /** Sets attribute \p name of the switches that Install makes from now on. */
    void SetSwitch(const std::string& name, const AttributeValue& value);
    /** Sets attribute \p name of the controllers that Install makes from now on. */
    void SetController(const std::string& name, const AttributeValue& value);

    /** A controller, and TCP, on \p node, which keeps the one that it has. */
    Ptr<OpenflowController> InstallController(Ptr<Node> node) const;
    /** A switch, and TCP, on \p node, which keeps the one that it has. \param controller any: none */
    Ptr<OpenflowSwitch> InstallSwitch(Ptr<Node> node, Ipv4Address controller) const;
    /**
     * Both: switches on \p vteps, a controller on \p node. The switches know it by the address of
     * its first interface.
     * \throws std::invalid_argument when that has no address
     */
    Ptr<OpenflowController> Install(const NodeContainer& vteps, Ptr<Node> node) const;

    /** \returns a factory of ControllerControlPlane for VxlanHelper. */
    static ObjectFactory MakeControlPlane();

  private:
    ObjectFactory m_switch;
    ObjectFactory m_controller;
};

} // namespace ns3

#endif
