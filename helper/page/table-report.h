// SPDX-License-Identifier: GPL-2.0-only
// The report page of a program that writes tables: their curves, and the tables themselves.
#ifndef VXLAN_MULTICAST_TABLE_REPORT_H
#define VXLAN_MULTICAST_TABLE_REPORT_H

#include "ns3/run-output.h"

#include <string>
#include <vector>

namespace ns3
{

/** The page's name in the output directory. */
constexpr const char* REPORT_FILE = "report.html";

/**
 * Writes `report.html`.
 * \param output where the tables are
 * \param program who wrote them
 * \param tables their names, without `.csv`; those that are not there are left out
 * \returns the page's path
 * \throws std::runtime_error when the disk refuses
 */
std::string WriteTableReport(const RunOutput& output,
                             const std::string& program,
                             const std::vector<std::string>& tables);

} // namespace ns3

#endif
