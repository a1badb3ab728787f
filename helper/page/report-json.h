// SPDX-License-Identifier: GPL-2.0-only
// The JSON that a report page reads. Uses nlohmann's JSON for Modern C++ (MIT licence).
#ifndef VXLAN_MULTICAST_REPORT_JSON_H
#define VXLAN_MULTICAST_REPORT_JSON_H

#include <nlohmann/json.hpp>

namespace ns3
{

/** Keeps members in the order in which they were added. */
using ReportJson = nlohmann::ordered_json;

} // namespace ns3

#endif
