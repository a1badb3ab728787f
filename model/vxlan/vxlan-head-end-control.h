// SPDX-License-Identifier: GPL-2.0-only
// Head-end replication: the sending VTEP copies each flooded frame to every VTEP of a list, as
// Linux does with several `bridge fdb append 00:00:00:00:00:00` entries.
#ifndef VXLAN_MULTICAST_VXLAN_HEAD_END_CONTROL_H
#define VXLAN_MULTICAST_VXLAN_HEAD_END_CONTROL_H

#include "ns3/vxlan-learning-control.h"

#include <string>
#include <vector>

namespace ns3
{

/** Floods to a static list of VTEPs and learns from the frames that arrive. */
class VxlanHeadEndControl : public VxlanLearningControl
{
  public:
    static TypeId GetTypeId();

    /**
     * Before Start.
     * \param remotes the VTEPs of the VNI; addresses of the node itself are left out
     */
    void SetRemotes(std::vector<Ipv4Address> remotes);

    void Start(const VxlanVtep& vtep) override;
    void Stop() override;

  private:
    void SetRemotesText(const std::string& text);
    std::string GetRemotesText() const;

    std::vector<Ipv4Address> m_remotes;
};

} // namespace ns3

#endif
