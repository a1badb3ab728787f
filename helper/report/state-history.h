// SPDX-License-Identifier: GPL-2.0-only
// The tables of nodes' state over a run: what changed in them at each moment. Cells are texts as in
// the CSV files, but for ages, which grow all the time: `@` and the second at which they were 0.
#ifndef VXLAN_MULTICAST_STATE_HISTORY_H
#define VXLAN_MULTICAST_STATE_HISTORY_H

#include "ns3/report-moments.h"
#include "ns3/run-state.h"
#include "ns3/run-tables.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace ns3
{

/** The history of all tables that hold the state of nodes. */
class StateHistory
{
  public:
    /**
     * \param state, moments, texts outlive this object
     * \param tableCells how many cells of rows and numbers of changes are kept of one table
     */
    StateHistory(const RunState& state,
                 ReportMoments& moments,
                 ReportTexts& texts,
                 std::size_t tableCells);

    /** Compares the tables of a node with what they were. \param node its number in the network */
    void Sample(std::size_t node);
    /** The same for all nodes. */
    void SampleAll();

    /**
     * \returns the tables: name, columns, rows, changes, each `[moment, node, at, removed, row…]`,
     *          and the moment from which they are not kept, or null
     */
    ReportJson ToJson() const;

  private:
    using Rows = std::vector<std::size_t>; //!< numbers of rows

    struct Table
    {
        const RunTable* format{nullptr};
        std::size_t ages{0}; //!< the column that holds ages; that of none if there is none
        std::map<std::vector<std::size_t>, std::size_t> numbers; //!< of rows, by texts
        ReportJson rows = ReportJson::array();
        ReportJson changes = ReportJson::array();
        std::vector<Rows> now; //!< by node
        std::size_t cellsLeft{0};
        std::optional<std::size_t> end; //!< the moment from which nothing is kept
    };

    std::size_t AddRow(Table& table, const TableCells& cells);
    void Compare(Table& table, std::size_t node, const Rows& rows);

    const RunState& m_state;
    ReportMoments& m_moments;
    ReportTexts& m_texts;
    std::vector<Table> m_tables;
};

} // namespace ns3

#endif
