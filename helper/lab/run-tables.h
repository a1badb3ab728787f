// SPDX-License-Identifier: GPL-2.0-only
// The tables that a run writes: their names, columns, and where their rows come from.
//
// To add a table: a struct with its columns (state-rows.h, record-rows.h), a function that gives
// its rows, and a line in run-tables.cc.
#ifndef VXLAN_MULTICAST_RUN_TABLES_H
#define VXLAN_MULTICAST_RUN_TABLES_H

#include "ns3/row-columns.h"
#include "ns3/run-state.h"

#include <functional>
#include <string>
#include <vector>

namespace ns3
{

/** When the rows of a table are written. */
enum class TableKind
{
    SNAPSHOT, //!< the state at each snapshot; the first columns are `snapshot` and `time_s`
    STREAM,   //!< as things happen
    SUMMARY   //!< at the end of the run
};

/** A table's file name without `.csv`, its header row, and when it is filled. */
struct TableFormat
{
    std::string name;
    std::vector<std::string> columns;
    TableKind kind{TableKind::SUMMARY};
};

/** Takes the cells of one row. */
using CellSink = std::function<void(const TableCells&)>;

/** A table of a run. */
struct RunTable
{
    TableFormat format;
    /** Gives the rows as they are now, without `snapshot` and `time_s`; null in a STREAM table. */
    std::function<void(const RunState&, const CellSink&)> collect;
    /** Gives those of one node; null unless all rows are the state of nodes. */
    std::function<void(const LabNode&, const CellSink&)> collectNode;
};

/** \returns every table of a run, in the order of the documentation. */
const std::vector<RunTable>& GetRunTables();
/** \returns the table called \p name, or nullptr. */
const RunTable* FindRunTable(const std::string& name);

} // namespace ns3

#endif
