// SPDX-License-Identifier: GPL-2.0-only
// Counts of control messages, as control.csv shows them.
#ifndef VXLAN_MULTICAST_CONTROL_MESSAGES_H
#define VXLAN_MULTICAST_CONTROL_MESSAGES_H

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>

namespace ns3
{

/** How often messages of one kind crossed, and their bytes without TCP or UDP. */
struct ControlMessageCount
{
    uint64_t messages{0};
    uint64_t bytes{0};
};

/** Peer, protocol, whether sent, message. */
using ControlMessageKey = std::tuple<std::string, std::string, bool, std::string>;
/** Counts since the start. */
using ControlMessageCounts = std::map<ControlMessageKey, ControlMessageCount>;

/** Adds one message of \p bytes bytes to its count. */
inline void
CountControlMessage(ControlMessageCounts& counts, const ControlMessageKey& key, std::size_t bytes)
{
    ControlMessageCount& count = counts[key];
    ++count.messages;
    count.bytes += bytes;
}

/** Is notified of each control message. */
class ControlMessageObserver
{
  public:
    virtual ~ControlMessageObserver() = default;
    /**
     * \param peer the other end
     * \param protocol "openflow", "ovsdb", "map"
     * \param sent the direction
     * \param message its name, "packet-in"
     * \param bytes its size, without TCP or UDP
     */
    virtual void ReportMessage(const std::string& peer,
                               const char* protocol,
                               bool sent,
                               const std::string& message,
                               std::size_t bytes) = 0;
};

} // namespace ns3

#endif
