// SPDX-License-Identifier: GPL-2.0-only
// What a speaker sets in the tables of one VNI's device.
#ifndef VXLAN_MULTICAST_EVPN_VTEP_TABLES_H
#define VXLAN_MULTICAST_EVPN_VTEP_TABLES_H

#include "ns3/ipv4-address.h"
#include "ns3/mac48-address.h"

namespace ns3
{

/** The tables of one VNI on one VTEP; EvpnControlPlane keeps them. */
class EvpnVtepTables
{
  public:
    virtual ~EvpnVtepTables() = default;
    /** \p mac is behind \p vtep: unicast frames go there. */
    virtual void SetRemoteMac(Mac48Address mac, Ipv4Address vtep) = 0;
    virtual void RemoveRemoteMac(Mac48Address mac) = 0;
    /** Flooded frames also go to \p vtep (ingress replication). */
    virtual void AddFloodVtep(Ipv4Address vtep) = 0;
    virtual void RemoveFloodVtep(Ipv4Address vtep) = 0;
    /** \p mac is not taken to be on this side, whatever was heard of it: its next frame is news. */
    virtual void ForgetLocalMac(Mac48Address mac) = 0;
};

} // namespace ns3

#endif
