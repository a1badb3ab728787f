// SPDX-License-Identifier: GPL-2.0-only
// Writes the tables of a run to disk as they grow, and lets expectations watch the rows go by.
#ifndef VXLAN_MULTICAST_TABLE_WRITER_H
#define VXLAN_MULTICAST_TABLE_WRITER_H

#include "ns3/expectation.h"
#include "ns3/partial-file.h"
#include "ns3/run-output.h"
#include "ns3/run-tables.h"

#include <map>
#include <memory>
#include <string>

namespace ns3
{

/** The CSV files of a run: all of them at the end, or none. */
class TableWriter
{
  public:
    /**
     * Begins all tables with their header rows.
     * \throws InputError if the output directory holds something that a table cannot replace
     */
    explicit TableWriter(const RunOutput& output);

    /** Appends the current state to the snapshot tables. \param snapshot its name */
    void WriteSnapshot(const RunState& state, const std::string& snapshot);
    /** Appends a row to a STREAM table. */
    template <typename Row>
    void WriteRow(const Row& row)
    {
        Write(Row::TABLE, MakeCells(row));
    }

    /** Fills the SUMMARY tables and writes out all files. \throws std::runtime_error */
    void Finish(const RunState& state);
    /** Gives all files their names. \throws std::runtime_error */
    void Commit();

    /**
     * To be called before the run. Where \p expectation is about rows of earlier times (events, or
     * a snapshot named in `where`), keeps those from now on.
     * \param expectation outlives this object
     */
    void Watch(const Expectation& expectation);
    /** \returns what differs from \p expectation now, in one line; empty if nothing does. */
    std::string Check(const Expectation& expectation, const RunState& state) const;

  private:
    struct Table
    {
        std::unique_ptr<PartialFile> file;
        std::map<const Expectation*, ExpectedRows> watchers;
    };

    void Write(const std::string& table, const TableCells& cells);

    std::map<std::string, Table> m_tables;
};

} // namespace ns3

#endif
