// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4.2: all VTEPs of a VNI are members of one multicast group of the underlay.
#ifndef VXLAN_MULTICAST_VXLAN_GROUP_CONTROL_H
#define VXLAN_MULTICAST_VXLAN_GROUP_CONTROL_H

#include "ns3/vxlan-arp-proxy.h"
#include "ns3/vxlan-control-plane.h"

namespace ns3
{

/** Floods to a group, which it joins, and learns from the frames that arrive. */
class VxlanGroupControl : public VxlanControlPlane
{
  public:
    static TypeId GetTypeId();

    void Start(const VxlanVtep& vtep) override;
    void Stop() override;
    bool LearnsFromFrames() const override;
    VxlanVerdict Intercept(Ptr<const Packet> frame, const EthernetHeader& header) override;
    bool Admit(Ptr<const Packet> frame, const EthernetHeader& header, Ipv4Address vtep) override;
    std::vector<VxlanNeighbor> GetLearnedNeighbors() const override;

  private:
    Ipv4Address m_group{Ipv4Address::GetAny()};
    VxlanVtep m_vtep;
    bool m_isSuppressing{false};
    VxlanArpProxy m_arp;
};

} // namespace ns3

#endif
