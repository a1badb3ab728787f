// SPDX-License-Identifier: GPL-2.0-only
// Values as users write them in topology files and generator specs.
#ifndef VXLAN_MULTICAST_TOPOLOGY_VALUES_H
#define VXLAN_MULTICAST_TOPOLOGY_VALUES_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** \returns the decimal number in \p text if it is from \p min to \p max, else nothing. */
std::optional<uint64_t> ParseNumber(const std::string& text, uint64_t min, uint64_t max);
/** \returns the finite number in \p text, else nothing. */
std::optional<double> ParseReal(const std::string& text);
/** \returns true for a positive number with one of ns-3's units of DataRate ("1Gbps", "10MB/s"). */
bool IsDataRate(const std::string& text);
/** \returns true for a number, not negative, with one of ns-3's units of Time ("10us"). */
bool IsDelay(const std::string& text);
/** \returns true for a name that can stand in outputs, options and ns3::Names: not empty, without
 * blanks or any of , ; : / " */
bool IsName(const std::string& text);
/** \returns the words of \p text, which blanks, commas or semicolons separate. */
std::vector<std::string> SplitWords(const std::string& text);
/** \returns the pieces of \p text between the separators, empty ones too. */
std::vector<std::string> SplitAt(const std::string& text, char separator);

} // namespace ns3

#endif
