// SPDX-License-Identifier: GPL-2.0-only
// A table in memory, which is written as CSV.
#ifndef VXLAN_MULTICAST_CSV_TABLE_H
#define VXLAN_MULTICAST_CSV_TABLE_H

#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{

/** A table in memory: named columns, rows of text. */
class CsvTable
{
  public:
    /**
     * \param name the file's name without `.csv`
     * \param columns the header row
     */
    CsvTable(std::string name, std::vector<std::string> columns);

    /** Appends a row. \param cells one per column */
    void AddRow(std::vector<std::string> cells);

    const std::string& GetName() const;
    const std::vector<std::string>& GetColumns() const;
    const std::vector<std::vector<std::string>>& GetRows() const;
    /** \returns the position of \p column, or nothing. */
    std::optional<std::size_t> FindColumn(const std::string& column) const;
    /** Writes the header row and all rows. */
    void Write(std::ostream& os) const;

  private:
    std::string m_name;
    std::vector<std::string> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace ns3

#endif
