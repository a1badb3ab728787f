// SPDX-License-Identifier: GPL-2.0-only
// What a user would have typed in a shell for an action of a scenario, and what the program would have
// printed: iperf 2, ping of iputils, iproute2.
#ifndef VXLAN_MULTICAST_SHELL_WORDS_H
#define VXLAN_MULTICAST_SHELL_WORDS_H

#include "ns3/membership.h"
#include "ns3/traffic-apps.h"
#include "ns3/traffic-specs.h"
#include "ns3/vxlan-spec.h"

#include <cstddef>
#include <string>
#include <vector>

namespace ns3
{

/** A command and what it prints, line breaks included. */
struct ShellText
{
    std::string command;
    std::string output;
};

/** \returns iperf as a server that joins a group. Its buffer of 1000 bytes is the article's. */
ShellText DescribeIperfServer(const MembershipSpec& membership);
/** \returns iperf as a client. \param begin when it starts */
ShellText DescribeIperfClient(const SendSpec& send, Time begin);
/** \returns a ping and its replies so far. \param isBroadcast whether it goes to all of a network */
ShellText DescribePing(const PingSeries& series, bool isBroadcast);
/** \returns the commands that make the VXLAN device of a node. \param index its place in the list */
std::vector<std::string> DescribeVxlan(const VxlanSpec& vxlan, std::size_t index);

/**
 * \returns a command as the transcript has it, with an empty line at its end.
 * \param begin, end when it was typed and when it ended
 */
std::string FormatShellText(Time begin, Time end, const std::string& node, const ShellText& text);

} // namespace ns3

#endif
