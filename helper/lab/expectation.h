// SPDX-License-Identifier: GPL-2.0-only
// What a scenario expects of a table's rows, and the comparison with the rows that there are.
#ifndef VXLAN_MULTICAST_EXPECTATION_H
#define VXLAN_MULTICAST_EXPECTATION_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** What a table must hold at some time. */
struct Expectation
{
    std::string table;
    std::vector<std::pair<std::string, std::string>> where;  //!< column, cell: which rows
    std::vector<std::pair<std::string, std::string>> equals; //!< each row: column = cell
    std::vector<std::pair<std::string, double>> atLeast;     //!< each row: column >= number
    std::vector<std::pair<std::string, double>> atMost;      //!< each row: column <= number
    std::optional<uint64_t> rows;                            //!< how many rows there are
};

/** The rows that one expectation is about, picked from a table as its rows pass by. */
class ExpectedRows
{
  public:
    /**
     * \param expectation outlives this object
     * \param columns those of the table, with all that the expectation names
     */
    ExpectedRows(const Expectation& expectation, const std::vector<std::string>& columns);

    /** Keeps the row if the expectation is about it. \param cells one per column */
    void Offer(const std::vector<std::string>& cells);
    /** \returns what differs from the expectation, in one line; empty if nothing does. */
    std::string Check() const;

  private:
    std::size_t GetIndex(const std::string& column) const;
    std::string CheckCells() const;

    const Expectation& m_expectation;
    std::vector<std::string> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace ns3

#endif
