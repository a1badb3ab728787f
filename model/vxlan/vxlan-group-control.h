// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4.2: all VTEPs of a VNI are members of one multicast group of the underlay.
#ifndef VXLAN_MULTICAST_VXLAN_GROUP_CONTROL_H
#define VXLAN_MULTICAST_VXLAN_GROUP_CONTROL_H

#include "ns3/vxlan-learning-control.h"

namespace ns3
{

/** Floods to a group, which it joins, and learns from the frames that arrive. */
class VxlanGroupControl : public VxlanLearningControl
{
  public:
    static TypeId GetTypeId();

    void Start(const VxlanVtep& vtep) override;
    void Stop() override;

  private:
    Ipv4Address m_group{Ipv4Address::GetAny()};
};

} // namespace ns3

#endif
