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
    virtual void SetRemoteMac(Mac48Address mac, Ipv4Address vtep) = 0;
    virtual void RemoveRemoteMac(Mac48Address mac) = 0;
    virtual void AddFloodVtep(Ipv4Address vtep) = 0;
    virtual void RemoveFloodVtep(Ipv4Address vtep) = 0;
    /** The next frame of \p mac on this side is to be reported again. */
    virtual void ForgetLocalMac(Mac48Address mac) = 0;
};

} // namespace ns3

#endif
