// SPDX-License-Identifier: GPL-2.0-only
// EVPN as the control plane of a VXLAN device (RFC 8365): remote addresses and the flood list come
// from the node's EvpnProtocol, addresses on this side go to it. ARP suppression (RFC 7432 §10) as
// Linux does it with `neigh_suppress`: a request for an address that a MAC/IP route has is answered
// here, and a gratuitous ARP is not flooded. With a group of SSM (RFC 4607) the routes of type 3
// name the sources to join: their PMSI tunnels are PIM-SSM trees (RFC 6514 §5).
#ifndef VXLAN_MULTICAST_EVPN_CONTROL_PLANE_H
#define VXLAN_MULTICAST_EVPN_CONTROL_PLANE_H

#include "ns3/evpn-protocol.h"
#include "ns3/evpn-vtep-tables.h"
#include "ns3/vxlan-control-plane.h"

#include <set>

namespace ns3
{

/** One VNI's side of a node's EvpnProtocol, which must be on the node before Start. */
class EvpnControlPlane : public VxlanControlPlane, private EvpnVtepTables
{
  public:
    static TypeId GetTypeId();

    /** A static address: it is advertised as one that does not move (RFC 7432 §15.2). Before its
     * first frame. */
    void SetSticky(Mac48Address mac, bool isSticky);
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

  protected:
    void DoDispose() override;

  private:
    // EvpnVtepTables
    void SetRemoteMac(Mac48Address mac, Ipv4Address vtep) override;
    void RemoveRemoteMac(Mac48Address mac) override;
    void AddFloodVtep(Ipv4Address vtep) override;
    void RemoveFloodVtep(Ipv4Address vtep) override;
    void ForgetLocalMac(Mac48Address mac) override;

    Ptr<EvpnProtocol> m_speaker;
    VxlanVtep m_vtep;
    Ipv4Address m_group{Ipv4Address::GetAny()};
    bool m_isSourceSpecific{false};
    uint16_t m_tunnel{BgpExtendedCommunity::TUNNEL_VXLAN};
    bool m_isSuppressing{false};
    bool m_isLearning{false};
    uint64_t m_suppressed{0};
    std::set<Mac48Address> m_sticky;
};

} // namespace ns3

#endif
