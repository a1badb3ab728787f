// SPDX-License-Identifier: GPL-2.0-only
// ns-3's hosts never announce themselves; a host that moves must.
#ifndef VXLAN_MULTICAST_GRATUITOUS_ARP_H
#define VXLAN_MULTICAST_GRATUITOUS_ARP_H

#include "ns3/ipv4-address.h"
#include "ns3/net-device.h"

namespace ns3
{

/**
 * Broadcasts an ARP Request for \p address with that address as its sender (RFC 5227 §3, an ARP
 * Announcement): switches and VTEPs learn behind which port and VTEP the device is.
 */
void SendGratuitousArp(Ptr<NetDevice> device, Ipv4Address address);

} // namespace ns3

#endif
