// SPDX-License-Identifier: GPL-2.0-only
// Looks over a command line before ns3::CommandLine does, which ends a program at its first mistake
// with the whole help and a status of its own.
#ifndef VXLAN_MULTICAST_COMMAND_LINE_CHECK_H
#define VXLAN_MULTICAST_COMMAND_LINE_CHECK_H

#include <functional>
#include <string>
#include <vector>

namespace ns3
{

/**
 * \param options the program's own, without dashes, each with a value; ns-3's, global values and
 *        attributes are known
 * \param flags those that are true or false
 * \throws InputError `command line:N: …` at the Nth argument
 */
void CheckCommandLine(const std::vector<std::string>& arguments,
                      const std::vector<std::string>& options,
                      const std::vector<std::string>& flags = {});

/** \returns the position of option \p name among the arguments, from 1; 1 if it is not there. */
int FindArgument(const std::vector<std::string>& arguments, const std::string& name);

/**
 * Runs the whole of a program and says in one line on stderr what ended it.
 * \returns what \p body returns; 2 for bad input (InputError, TopologyError); 1 for other
 * exceptions
 */
int RunProgram(const std::string& name, const std::function<int()>& body);

/** What messages call the command line. */
extern const char* const COMMAND_LINE;

} // namespace ns3

#endif
