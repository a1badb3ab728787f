// SPDX-License-Identifier: GPL-2.0-only
// All that OSPF may ask of the node around it, and all that it reports to it. OspfRouting is the
// environment in the simulator; a test has a recorder.
#ifndef VXLAN_MULTICAST_OSPF_ENVIRONMENT_H
#define VXLAN_MULTICAST_OSPF_ENVIRONMENT_H

#include "ns3/ospf-packet.h"
#include "ns3/protocol-clock.h"
#include "ns3/protocol-observer.h"

#include <cstdint>

namespace ns3
{

struct OspfRoutingTable;

/** Why a packet, or an LSA of it, was refused; what cannot be read has words of its own. */
enum class OspfDropReason : uint8_t
{
    NONE,
    // §8.2
    NO_OSPF_INTERFACE,
    INTERFACE_DOWN,
    PASSIVE,
    WRONG_SUBNET,
    OWN_ADDRESS,
    WRONG_AREA,
    DUPLICATE_ROUTER_ID,
    UNKNOWN_NEIGHBOR,
    NEIGHBOR_STATE,
    // §10.5
    WRONG_MASK,
    WRONG_HELLO_INTERVAL,
    WRONG_DEAD_INTERVAL,
    WRONG_OPTIONS,
    SECOND_NEIGHBOR, // RFC 5309 §4
    // §10.6, §10.7, §13
    MTU,
    SEQUENCE_MISMATCH,
    BAD_REQUEST,
    LSA_CHECKSUM,
    LSA_TYPE,
    LSA_MALFORMED,
    LSA_IN_STUB_AREA,
    // bounds
    NEIGHBOR_LIMIT,
    LSA_LIMIT
};

template <>
struct EnumNames<OspfDropReason>
{
    static constexpr const char* NAMES[] = {"",
                                            "no-ospf-interface",
                                            "interface-down",
                                            "passive",
                                            "wrong-subnet",
                                            "own-address",
                                            "wrong-area",
                                            "duplicate-router-id",
                                            "unknown-neighbor",
                                            "neighbor-state",
                                            "wrong-mask",
                                            "wrong-hello-interval",
                                            "wrong-dead-interval",
                                            "wrong-options",
                                            "second-neighbor",
                                            "mtu",
                                            "sequence-mismatch",
                                            "bad-request",
                                            "lsa-checksum",
                                            "lsa-type",
                                            "lsa-malformed",
                                            "lsa-in-stub-area",
                                            "neighbor-limit",
                                            "lsa-limit"};
};

/** The names of events. */
enum class OspfEvent : uint8_t
{
    NEIGHBOR_FULL,
    NEIGHBOR_DOWN,
    DR,
    SPF
};

template <>
struct EnumNames<OspfEvent>
{
    static constexpr const char* NAMES[] = {"neighbor-full", "neighbor-down", "dr", "spf"};
};

/** The node around an OSPF router. */
class OspfEnvironment : public ProtocolObserver
{
  public:
    virtual ProtocolClock& GetClock() = 0;
    virtual ProtocolRandom& GetRandom() = 0;
    /** Sends out of the node's interface \p interface, with TTL 1. */
    virtual void Send(uint32_t interface, Ipv4Address destination, const OspfPacket& packet) = 0;
    /** A neighbour has reached 2-Way, or left it: what watches neighbours (BFD) may follow. */
    virtual void WatchNeighbor(uint32_t, Ipv4Address, bool)
    {
    }

    /** A calculation of routes has ended. */
    virtual void ReportRoutes(const OspfRoutingTable& table) = 0;
};

} // namespace ns3

#endif
