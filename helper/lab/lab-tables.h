// SPDX-License-Identifier: GPL-2.0-only
// The state of a lab as tables: what snapshots write and expectations read.
#ifndef VXLAN_MULTICAST_LAB_TABLES_H
#define VXLAN_MULTICAST_LAB_TABLES_H

#include "ns3/csv-writer.h"
#include "ns3/lab-network.h"

#include <string>

namespace ns3
{

/** Where rows go: a table, and what stands in their first columns, snapshot and time_s. */
struct SnapshotRows
{
    CsvTable& table;
    std::string snapshot;
    std::string time;

    /** Appends a row. \param cells what follows snapshot and time_s */
    void Add(std::vector<std::string> cells) const;
};

/** The functions append the rows of one node, of the format in their name. */
void AppendRoutes(const LabNode& node, const SnapshotRows& rows);
void AppendRp(const LabNode& node, const SnapshotRows& rows);
void AppendIgmp(const LabNode& node, const SnapshotRows& rows);
void AppendTib(const LabNode& node, const SnapshotRows& rows);
void AppendMfc(const LabNode& node, const SnapshotRows& rows);
void AppendFdb(const LabNode& node, const SnapshotRows& rows);

} // namespace ns3

#endif
