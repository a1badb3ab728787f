// SPDX-License-Identifier: GPL-2.0-only
// The command line of tcpdump, as far as a scenario may give it: options -i, -c, -p, -n, -q and a
// filter of primitives with `and` and `not`.
#ifndef VXLAN_MULTICAST_TCPDUMP_COMMAND_H
#define VXLAN_MULTICAST_TCPDUMP_COMMAND_H

#include "ns3/packet-line.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** What of a frame a primitive of a filter compares. */
enum class TcpdumpField
{
    ETHER_TYPE,
    PROTOCOL, //!< of IP
    HOST,
    PORT
};

/** Which end of a packet a primitive means. */
enum class TcpdumpEnd
{
    EITHER,
    SOURCE,
    DESTINATION
};

/** One primitive of a filter: `udp`, `src host 192.168.1.1`, `not port 5001`. */
struct TcpdumpPrimitive
{
    TcpdumpField field{TcpdumpField::ETHER_TYPE};
    uint32_t value{0};
    TcpdumpEnd end{TcpdumpEnd::EITHER};
    bool isNegated{false};

    /** \returns whether a packet with \p fields passes. */
    bool Passes(const PacketFields& fields) const;
};

/** A command line of tcpdump. */
struct TcpdumpCommand
{
    std::string interface;                //!< -i
    std::optional<uint32_t> count;        //!< -c
    bool isPromiscuous{true};             //!< without -p
    bool isQuick{false};                  //!< -q
    std::vector<TcpdumpPrimitive> filter; //!< all must pass

    /** \returns whether the filter passes a packet with \p fields. */
    bool Passes(const PacketFields& fields) const;
};

/**
 * \param text `tcpdump -c 2 -pni eth0 udp and dst 239.0.0.10`; without -i: the first interface
 * \throws std::invalid_argument saying what is wrong and what would be right
 */
TcpdumpCommand ParseTcpdump(const std::string& text);

} // namespace ns3

#endif
