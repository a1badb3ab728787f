// SPDX-License-Identifier: GPL-2.0-only
// RFC 826: ARP packets as whole Ethernet frames, which ARP suppression reads and answers.
#ifndef VXLAN_MULTICAST_VXLAN_ARP_FRAME_H
#define VXLAN_MULTICAST_VXLAN_ARP_FRAME_H

#include "ns3/arp-header.h"
#include "ns3/ethernet-header.h"
#include "ns3/mac48-address.h"
#include "ns3/packet.h"

#include <optional>

namespace ns3
{

/** \returns the ARP packet in \p frame with \p header, if it is one of Ethernet and IPv4. */
std::optional<ArpHeader> ReadArpFrame(Ptr<const Packet> frame, const EthernetHeader& header);

/**
 * \param request the request to answer
 * \param mac the address that it asks for, in whose name the reply is
 * \param destination where the frame goes
 * \returns the reply
 */
Ptr<Packet>
MakeArpReplyFrame(const ArpHeader& request, Mac48Address mac, Mac48Address destination);

} // namespace ns3

#endif
