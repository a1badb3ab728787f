// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/versions.h"

// Some ways to build ns-3 leave this header out.
#if __has_include("ns3/version-defines.h")
#include "ns3/version-defines.h"
#endif

namespace ns3
{

std::string
GetModuleVersion()
{
    return "0.1";
}

std::string
GetNs3Version()
{
#ifdef NS3_VERSION_MAJOR
    return std::to_string(NS3_VERSION_MAJOR) + "." + std::to_string(NS3_VERSION_MINOR);
#else
    return "unknown";
#endif
}

std::string
GetVersions(const std::string& program)
{
    return program + " " + GetModuleVersion() + ", ns-" + GetNs3Version();
}

} // namespace ns3
