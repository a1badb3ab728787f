// SPDX-License-Identifier: GPL-2.0-only
// An OpenFlow controller as the control plane of a VXLAN device: every frame, known or not, goes
// through the flow table of the node's OpenflowSwitch. The device's FDB shows what the flows say
// (origin "controller") and decides nothing.
#ifndef VXLAN_MULTICAST_CONTROLLER_CONTROL_PLANE_H
#define VXLAN_MULTICAST_CONTROLLER_CONTROL_PLANE_H

#include "ns3/openflow-switch.h"
#include "ns3/vxlan-control-plane.h"

namespace ns3
{

/** One VNI's side of a node's OpenflowSwitch, which must be on the node before Start. */
class ControllerControlPlane : public VxlanControlPlane, private OpenflowVniPort
{
  public:
    static TypeId GetTypeId();

    // VxlanControlPlane
    void Start(const VxlanVtep& vtep) override;
    void Stop() override;
    bool LearnsFromFrames() const override;
    bool InterceptsUnicast() const override;
    VxlanVerdict Intercept(Ptr<const Packet> frame, const EthernetHeader& header) override;
    bool Admit(Ptr<const Packet> frame, const EthernetHeader& header, Ipv4Address vtep) override;

  protected:
    void DoDispose() override;

  private:
    // OpenflowVniPort
    void DeliverFrame(Ptr<const Packet> frame) override;
    void TunnelFrame(Ptr<const Packet> frame, Ipv4Address remote) override;
    void ShowRemote(Mac48Address mac, Ipv4Address remote) override;
    void HideRemote(Mac48Address mac) override;

    Ptr<OpenflowSwitch> m_switch;
    VxlanVtep m_vtep;
    Ptr<const Packet> m_admitted; //!< the frame from a tunnel in the pipeline now
    bool m_isAdmitted{false};
};

} // namespace ns3

#endif
