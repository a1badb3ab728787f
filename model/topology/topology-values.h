// SPDX-License-Identifier: GPL-2.0-only
// Rates and delays as users write them in topology files.
#ifndef VXLAN_MULTICAST_TOPOLOGY_VALUES_H
#define VXLAN_MULTICAST_TOPOLOGY_VALUES_H

#include <string>

namespace ns3
{

/** \returns true for a positive number with one of ns-3's units of DataRate ("1Gbps", "10MB/s"). */
bool IsDataRate(const std::string& text);
/** \returns true for a number, not negative, with one of ns-3's units of Time ("10us"). */
bool IsDelay(const std::string& text);
/** \returns true for a delay from 3us to 1h: what BFD detects in (RFC 5880 §6.8.4). */
bool IsBfdTime(const std::string& text);
/**
 * \returns true for a name that can stand in outputs, options and ns3::Names: not empty, without
 *          blanks, control characters or any of , ; : / "
 */
bool IsName(const std::string& text);

} // namespace ns3

#endif
