// SPDX-License-Identifier: GPL-2.0-only
// A host that can be told to ping.
#ifndef VXLAN_MULTICAST_ECHO_SOURCE_H
#define VXLAN_MULTICAST_ECHO_SOURCE_H

#include "ns3/ipv4-address.h"

#include <cstdint>
#include <functional>

namespace ns3
{

/** An echo reply. */
struct EchoReply
{
    Ipv4Address from;
    uint16_t sequence; //!< of the request that it answers
    uint8_t ttl;       //!< with which it arrived
};

/** Sends ICMP echo requests (RFC 792) and hears of their replies. */
class EchoSource
{
  public:
    /** Called for each echo reply. */
    using ReplyCallback = std::function<void(const EchoReply&)>;

    virtual ~EchoSource() = default;

    /** Starts a series of requests. \returns its identifier */
    virtual uint16_t Open(ReplyCallback replied) = 0;
    /**
     * Sends one echo request.
     * \param identifier what Open returned
     * \param sequence its number in the series
     * \param to an address, or the broadcast address of a network of the host
     * \param size bytes of data
     * \returns false when there is no route
     */
    virtual bool
    SendRequest(uint16_t identifier, uint16_t sequence, Ipv4Address to, uint32_t size) = 0;
};

} // namespace ns3

#endif
