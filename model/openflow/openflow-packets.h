// SPDX-License-Identifier: GPL-2.0-only
// The few packets that a controller reads and writes: ARP (RFC 826) and IGMP (RFC 2236, RFC 3376)
// in Ethernet frames. Reading is total.
#ifndef VXLAN_MULTICAST_OPENFLOW_PACKETS_H
#define VXLAN_MULTICAST_OPENFLOW_PACKETS_H

#include "ns3/ipv4-address.h"
#include "ns3/mac48-address.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{

/** An ARP packet of Ethernet and IPv4. */
struct OpenflowArp
{
    uint16_t operation{1}; //!< 1 request, 2 reply
    Mac48Address senderMac;
    Ipv4Address senderIp;
    Mac48Address targetMac;
    Ipv4Address targetIp;
};

/** What an IGMP message says of one group. */
struct OpenflowIgmpChange
{
    Ipv4Address group;
    bool member{true};
};

/** \returns the destination of a frame of at least an Ethernet header. */
Mac48Address GetFrameDestination(const std::vector<uint8_t>& frame);
/** \returns the source of a frame of at least an Ethernet header. */
Mac48Address GetFrameSource(const std::vector<uint8_t>& frame);

/** \returns the ARP packet in the frame, or nothing. */
std::optional<OpenflowArp> ParseFrameArp(const std::vector<uint8_t>& frame);
/** \returns a reply to \p request that \p ip is at \p mac, padded to Ethernet's 60 bytes. */
std::vector<uint8_t> MakeFrameArpReply(const OpenflowArp& request,
                                       Ipv4Address ip,
                                       Mac48Address mac);

/** \returns whether the frame holds an IGMP message. */
bool IsFrameIgmp(const std::vector<uint8_t>& frame);
/** \returns what the frame's IGMP message says; nothing of a query or of what is malformed. */
std::vector<OpenflowIgmpChange> ParseFrameIgmp(const std::vector<uint8_t>& frame);
/**
 * \param source the querier's MAC; its IP address is 0.0.0.0, so that it is elected by nobody
 * \param group whom to ask for
 * \returns a Group-Specific Query of IGMPv3 (RFC 3376 §4.1) with 1 s to answer
 */
std::vector<uint8_t> MakeFrameIgmpQuery(Mac48Address source, Ipv4Address group);

} // namespace ns3

#endif
