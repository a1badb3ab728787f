// SPDX-License-Identifier: GPL-2.0-only
// Which versions of this module and of ns-3 a program was built with.
#ifndef VXLAN_MULTICAST_VERSIONS_H
#define VXLAN_MULTICAST_VERSIONS_H

#include <string>

namespace ns3
{

/** \returns the version of this module: "0.1". */
std::string GetModuleVersion();
/** \returns the version of ns-3, "3.37", or "unknown". */
std::string GetNs3Version();
/** \returns "PROGRAM 0.1, ns-3.37". */
std::string GetVersions(const std::string& program);

} // namespace ns3

#endif
