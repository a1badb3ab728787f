// SPDX-License-Identifier: GPL-2.0-only
// RFC 826, "Packet Reception": who is asked for its own address learns the asker's. Linux does so;
// ns-3's ARP does not, and would flood a request of its own before it answers.
#ifndef VXLAN_MULTICAST_VXLAN_ARP_REPAIR_H
#define VXLAN_MULTICAST_VXLAN_ARP_REPAIR_H

#include "ns3/net-device.h"
#include "ns3/packet.h"

namespace ns3
{

/** ns-3's ARP trusts lengths. \returns whether they are those of Ethernet and IPv4 */
bool IsArpWellFormed(Ptr<const Packet> packet);

/**
 * Puts the sender of an ARP request for an address of \p device into the ARP cache of its Ipv4
 * interface, and sends what waited for that address. Call it before ns-3's ARP gets the packet.
 * \param device the device that received it
 * \param packet an ARP packet for Ethernet and IPv4, from its first byte on
 */
void LearnArpSender(Ptr<NetDevice> device, Ptr<const Packet> packet);

} // namespace ns3

#endif
