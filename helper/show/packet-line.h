// SPDX-License-Identifier: GPL-2.0-only
// What tcpdump prints of a frame, a line or two each, and what its filters look at.
#ifndef VXLAN_MULTICAST_PACKET_LINE_H
#define VXLAN_MULTICAST_PACKET_LINE_H

#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{

/** How a link layer begins its frames. */
enum class PacketFraming
{
    ETHERNET,
    PPP
};

/** The fields of a frame that filters compare. */
struct PacketFields
{
    uint16_t etherType{0};
    bool isIp{false};                   //!< IPv4, and its header is whole
    uint8_t protocol{0};                //!< of IP
    Ipv4Address source;                 //!< of IP, or the sender of an ARP message
    Ipv4Address destination;            //!< of IP, or the target of an ARP message
    std::optional<uint16_t> sourcePort; //!< of UDP and TCP, in the first fragment
    std::optional<uint16_t> destinationPort;
};

/** \returns the fields of a frame; what is not there keeps its default. */
PacketFields ReadPacketFields(const uint8_t* frame, std::size_t size, PacketFraming framing);

/**
 * \returns the frame as `tcpdump -n` prints it, without time and without the end of the line; VXLAN
 * on port 4789 has a second line, the inner frame.
 * \param isQuick as with -q: UDP is not looked into
 */
std::string
FormatPacketLine(const uint8_t* frame, std::size_t size, PacketFraming framing, bool isQuick);

/** \returns a time as tcpdump prints it, counted from the start: 00:01:40.000012. */
std::string FormatPacketTime(Time time);

} // namespace ns3

#endif
