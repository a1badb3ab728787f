// SPDX-License-Identifier: GPL-2.0-only
// Compares a table with what a scenario expects of it.
#ifndef VXLAN_MULTICAST_EXPECTATION_H
#define VXLAN_MULTICAST_EXPECTATION_H

#include "ns3/csv-writer.h"
#include "ns3/scenario.h"

#include <string>

namespace ns3
{

/**
 * \param expect columns that the table has
 * \param table the table, as it is at that time
 * \returns what is otherwise than expected, in one line; empty if nothing is
 */
std::string CheckExpectation(const ExpectAction& expect, const CsvTable& table);

} // namespace ns3

#endif
