// SPDX-License-Identifier: GPL-2.0-only
// Flows as ovs-ofctl(8) and ovs-fields(7) write and read them.
#ifndef VXLAN_MULTICAST_OPENFLOW_TEXT_H
#define VXLAN_MULTICAST_OPENFLOW_TEXT_H

#include "ns3/openflow-message.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** \returns the number of a port that a text calls by name or by address, or nothing. */
using OpenflowPortResolver = std::function<std::optional<uint32_t>(const std::string& name)>;

/**
 * Reads conditions such as {"dl_dst", "02:00:02:00:00:2a"}; a word without a value ({"arp", ""})
 * names a protocol. Values may have a mask after a slash.
 * \throws std::invalid_argument with a sentence that names the word
 */
OpenflowMatch ParseOpenflowMatch(const std::vector<std::pair<std::string, std::string>>& words,
                                 const OpenflowPortResolver& resolve = nullptr);

/**
 * Reads actions such as "set_field:42->tun_id,output:12".
 * \throws std::invalid_argument with a sentence that names the action
 */
OpenflowActions ParseOpenflowActions(const std::string& text,
                                     const OpenflowPortResolver& resolve = nullptr);

/**
 * Reads a flow as `ovs-ofctl add-flow` takes it: "priority=50,in_port=1,dl_dst=…,actions=…".
 * \throws std::invalid_argument with a sentence
 */
OpenflowFlowMod ParseOpenflowFlow(const std::string& text,
                                  const OpenflowPortResolver& resolve = nullptr);

/** \returns the conditions in ovs-ofctl's order and words, "arp,in_port=1,arp_op=1". */
std::string ToString(const OpenflowMatch& match);
/** \returns the actions in ovs-ofctl's words, "drop" when there are none. */
std::string ToString(const OpenflowActions& actions);
/** \returns a port as ovs-ofctl writes it: a number, or "CONTROLLER". */
std::string OpenflowPortToString(uint32_t port);

} // namespace ns3

#endif
