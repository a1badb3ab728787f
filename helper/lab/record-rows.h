// SPDX-License-Identifier: GPL-2.0-only
// The rows of the tables that a whole run fills, as structs (doc/vxlan-lab.rst explains the
// columns).
#ifndef VXLAN_MULTICAST_RECORD_ROWS_H
#define VXLAN_MULTICAST_RECORD_ROWS_H

#include "ns3/row-columns.h"
#include "ns3/traffic-specs.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** A flow at one of its receivers: deliveries.csv. */
struct DeliveryRow
{
    static constexpr const char* TABLE = "deliveries";
    static const std::vector<RowColumn<DeliveryRow>>& GetColumns();

    /** What is known once a packet has arrived. */
    struct Arrived
    {
        Time first;
        Time last;
        Time latencyMin;
        double latencyMean{0}; //!< in seconds
        Time latencyMax;
        std::optional<uint8_t> ttlMin; //!< none of TCP
        std::optional<uint8_t> ttlMax;
    };

    std::string flow;
    std::optional<Ipv4Address> source; //!< none before the flow sends
    Ipv4Address group;                 //!< or the address of a host
    std::string receiver;
    uint64_t sent{0};
    uint64_t received{0};
    uint64_t duplicates{0};
    uint64_t reordered{0};
    std::optional<Arrived> arrived;
    uint64_t outside{0};
};

/** An echo request and one of its replies, or none: pings.csv. */
struct PingRow
{
    static constexpr const char* TABLE = "pings";
    static const std::vector<RowColumn<PingRow>>& GetColumns();

    /** An echo reply. */
    struct Reply
    {
        Time roundTrip;
        Ipv4Address from;
    };

    Time time;
    std::string node;
    Ipv4Address to;
    std::size_t sequence{0};
    std::optional<Reply> reply;
};

/** What became of a flood's frames: flood.csv. */
struct FloodRow
{
    static constexpr const char* TABLE = "flood";
    static const std::vector<RowColumn<FloodRow>>& GetColumns();

    std::string node;
    std::string device;
    uint32_t vni{0};
    FloodKind kind{FloodKind::Broadcast};
    uint64_t frames{0};
    uint64_t copiesOnLinks{0};
    uint64_t wanted{0};
    uint64_t unwanted{0};
};

/** Something that a protocol reports: events.csv. */
struct EventRow
{
    static constexpr const char* TABLE = "events";
    static const std::vector<RowColumn<EventRow>>& GetColumns();

    Time time;
    std::string node;
    std::string protocol;
    std::string event;
    std::string detail;
};

/** Messages that a protocol refused, for one reason: drops.csv. */
struct DropRow
{
    static constexpr const char* TABLE = "drops";
    static const std::vector<RowColumn<DropRow>>& GetColumns();

    std::string node;
    std::string protocol;
    std::string reason;
    uint64_t packets{0};
};

} // namespace ns3

#endif
