// SPDX-License-Identifier: GPL-2.0-only
// What the control planes share that learn from frames alone (RFC 7348 §4.1): with the attribute
// Suppress, ARP requests are answered from what came out of the tunnel.
#ifndef VXLAN_MULTICAST_VXLAN_LEARNING_CONTROL_H
#define VXLAN_MULTICAST_VXLAN_LEARNING_CONTROL_H

#include "ns3/vxlan-arp-proxy.h"
#include "ns3/vxlan-control-plane.h"

#include <vector>

namespace ns3
{

/** Learns from the frames that arrive; where they are flooded to, a derived class says. */
class VxlanLearningControl : public VxlanControlPlane
{
  public:
    static TypeId GetTypeId();

    void Start(const VxlanVtep& vtep) override;
    void Stop() override;
    bool LearnsFromFrames() const override;
    VxlanVerdict Intercept(Ptr<const Packet> frame, const EthernetHeader& header) override;
    bool Admit(Ptr<const Packet> frame, const EthernetHeader& header, Ipv4Address vtep) override;
    std::vector<VxlanNeighbor> GetLearnedNeighbors() const override;

  protected:
    VxlanVtep m_vtep;

  private:
    bool m_isSuppressing{false};
    VxlanArpProxy m_arp;
};

} // namespace ns3

#endif
