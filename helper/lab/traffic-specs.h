// SPDX-License-Identifier: GPL-2.0-only
// What a scenario says of traffic. Plain data.
#ifndef VXLAN_MULTICAST_TRAFFIC_SPECS_H
#define VXLAN_MULTICAST_TRAFFIC_SPECS_H

#include "ns3/enum-names.h"
#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{

/** What carries the packets of a flow. */
enum class FlowTransport
{
    UDP,
    TCP
};

template <>
struct EnumNames<FlowTransport>
{
    static constexpr const char* NAMES[] = {"udp", "tcp"};
};

/** Packets with sequence numbers, from one node to a group or a host. */
struct SendSpec
{
    std::string node;
    Ipv4Address group;                           //!< or a host's address
    FlowTransport transport{FlowTransport::UDP}; //!< to a host; UDP to a group
    std::string name;
    std::string interface; //!< empty: the node's first
    Time interval;         //!< from packet to packet
    uint32_t size{1470};   //!< bytes of payload
    uint8_t ttl{64};
    uint16_t port{5001};
    std::optional<Time> until; //!< no packet is sent then or later
    std::optional<uint64_t> packets;

    /** \returns whether a packet follows \p count others, the last of which leaves at \p now. */
    bool HasNext(uint64_t count, Time now) const
    {
        return (!packets || count < *packets) && (!until || now + interval < *until);
    }
};

/** ICMP echo requests. */
struct PingSpec
{
    std::string node;
    Ipv4Address to;
    uint32_t count{3};
    Time interval{Seconds(1)};
    uint32_t size{56}; //!< ICMP data bytes
};

/** What a flood's frames are. */
enum class FloodKind
{
    Arp,
    UnknownUnicast,
    Broadcast,
    Multicast
};

template <>
struct EnumNames<FloodKind>
{
    static constexpr const char* NAMES[] = {"arp", "unknown-unicast", "broadcast", "multicast"};
};

/** Ethernet frames that VXLAN devices must flood. */
struct FloodSpec
{
    std::string node;
    std::string device; //!< a VXLAN device of the node; of a tenant: empty
    uint64_t frames{1};
    Time interval{MilliSeconds(10)};
    FloodKind kind{FloodKind::Broadcast};
};

} // namespace ns3

#endif
