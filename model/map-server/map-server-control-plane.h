// SPDX-License-Identifier: GPL-2.0-only
// A map server as the control plane of a VXLAN device: remote addresses come from the node's MapXtr
// as frames need them, addresses on this side go to it; ARP requests are answered here from the IP
// addresses that the map server knows. Broadcasts go to the VTEPs that are registered for
// ff:ff:ff:ff:ff:ff in the instance.
#ifndef VXLAN_MULTICAST_MAP_SERVER_CONTROL_PLANE_H
#define VXLAN_MULTICAST_MAP_SERVER_CONTROL_PLANE_H

#include "ns3/map-xtr.h"
#include "ns3/vxlan-control-plane.h"

namespace ns3
{

/** One VNI's side of a node's MapXtr, which must be on the node before Start. */
class MapServerControlPlane : public VxlanControlPlane, private MapVniTables
{
  public:
    static TypeId GetTypeId();

    /** \returns how many ARP requests were answered here. */
    uint64_t GetSuppressed() const;

    // VxlanControlPlane
    void Start(const VxlanVtep& vtep) override;
    void Stop() override;
    bool LearnsFromFrames() const override;
    bool NeedsLocalAddresses() const override;
    void NotifyLocalAddress(Mac48Address mac, Ipv4Address ip) override;
    void NotifyLocalAddressGone(Mac48Address mac) override;
    VxlanVerdict Intercept(Ptr<const Packet> frame, const EthernetHeader& header) override;
    bool Admit(Ptr<const Packet> frame, const EthernetHeader& header, Ipv4Address vtep) override;

  protected:
    void DoDispose() override;

  private:
    // MapVniTables
    void SetMapping(Mac48Address mac, Ipv4Address vtep) override;
    void RemoveMapping(Mac48Address mac) override;
    void AddFloodVtep(Ipv4Address vtep) override;
    void RemoveFloodVtep(Ipv4Address vtep) override;
    void SendFrame(Ptr<const Packet> frame, Ipv4Address vtep) override;
    void FloodFrame(Ptr<const Packet> frame) override;
    void AnswerArp(Ptr<const Packet> frame, Mac48Address mac) override;
    void ForgetLocal(Mac48Address mac) override;

    Ptr<MapXtr> m_xtr;
    VxlanVtep m_vtep;
    bool m_isSuppressing{true};
    uint64_t m_suppressed{0};
};

} // namespace ns3

#endif
