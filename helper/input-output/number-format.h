// SPDX-License-Identifier: GPL-2.0-only
// Numbers as tables and messages write them.
#ifndef VXLAN_MULTICAST_NUMBER_FORMAT_H
#define VXLAN_MULTICAST_NUMBER_FORMAT_H

#include "ns3/nstime.h"

#include <string>

namespace ns3
{

/** \returns \p time in seconds, exactly, without trailing zeros: "92", "70.001176". */
std::string FormatSeconds(Time time);
/** \returns \p value with up to \p decimals decimals, without trailing zeros. */
std::string FormatDecimal(double value, int decimals = 9);

} // namespace ns3

#endif
