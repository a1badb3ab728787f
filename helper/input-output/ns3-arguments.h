// SPDX-License-Identifier: GPL-2.0-only
// The part of a command line that is ns-3's: global values, attribute defaults, what ns-3 prints of
// itself. Checked before ns-3 sees it, which ends a program at a mistake with an abort, or with a
// status and a page of its own.
#ifndef VXLAN_MULTICAST_NS3_ARGUMENTS_H
#define VXLAN_MULTICAST_NS3_ARGUMENTS_H

#include <optional>
#include <string>

namespace ns3
{

/** \returns whether `--name` is ns-3's. */
bool IsNs3Argument(const std::string& name);

/**
 * Does what `--name=value` asks of ns-3. Prints and ends the program if it is one of the Print
 * options.
 * \throws std::invalid_argument: what is wrong, what would be right
 */
void ApplyNs3Argument(const std::string& name, const std::optional<std::string>& value);

/**
 * Checks what the environment variable NS_GLOBAL_VALUE has set.
 * \throws InputError
 */
void CheckNs3Environment();

/** \returns lines of help on those arguments. */
std::string GetNs3Help();

} // namespace ns3

#endif
