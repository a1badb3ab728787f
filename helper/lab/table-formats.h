// SPDX-License-Identifier: GPL-2.0-only
// The names and columns of the tables that a run writes.
#ifndef VXLAN_MULTICAST_TABLE_FORMATS_H
#define VXLAN_MULTICAST_TABLE_FORMATS_H

#include <string>
#include <vector>

namespace ns3
{

/** A table's file name without `.csv`, its header row, and whether snapshots fill it. */
struct TableFormat
{
    std::string name;
    std::vector<std::string> columns;
    bool snapshot{false}; //!< its first columns are snapshot and time_s
};

/** \returns every table of a run, in the order of the documentation. */
const std::vector<TableFormat>& GetTableFormats();
/** \returns the format called \p name, or nullptr. */
const TableFormat* FindTableFormat(const std::string& name);

} // namespace ns3

#endif
