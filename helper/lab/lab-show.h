// SPDX-License-Identifier: GPL-2.0-only
// The show commands of a scenario, by name: each goes to its protocol's own printer.
#ifndef VXLAN_MULTICAST_LAB_SHOW_H
#define VXLAN_MULTICAST_LAB_SHOW_H

#include "ns3/node.h"

#include <ostream>
#include <string>
#include <vector>

namespace ns3
{

/** \returns the commands that Show knows, with their arguments: "ospf4 neighbor", "pim join [GROUP]", … */
const std::vector<std::string>& GetShowCommands();
/**
 * \returns whether \p command is one of them: with a VNI where they have N, with or without a group or
 * device where they may have one (`bridge fdb show vxlan42` and `bridge fdb show dev vxlan42`)
 */
bool IsShowCommand(const std::string& command);
/** \returns the device that \p command names; empty if it names none. \param command IsShowCommand */
std::string GetShownDevice(const std::string& command);

/**
 * Prints what \p command shows on \p node, in the format of the program that the article used.
 * \param command IsShowCommand
 */
void Show(std::ostream& os, Ptr<Node> node, const std::string& command);

/** \returns the line that a user would have typed: "e1> show pim join", "e1# ip mroute". */
std::string GetShowPrompt(Ptr<const Node> node, const std::string& command);

} // namespace ns3

#endif
