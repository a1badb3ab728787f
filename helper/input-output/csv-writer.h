// SPDX-License-Identifier: GPL-2.0-only
// Tables of text cells and their form as files: CSV after RFC 4180 (header row, CRLF, quotes where
// needed).
#ifndef VXLAN_MULTICAST_CSV_WRITER_H
#define VXLAN_MULTICAST_CSV_WRITER_H

#include "ns3/nstime.h"

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

/** \returns \p cell as RFC 4180 writes it: in quotes if it holds a comma, a quote or a line break.
 */
std::string QuoteCsvCell(const std::string& cell);

/**
 * Replaces \p path whole or not at all: writes a file beside it, then renames it.
 * \returns false, with errno set, if that failed
 */
bool WriteFileWhole(const std::string& path, const std::string& content);

/** \returns \p time in seconds, exactly, without trailing zeros: "92", "70.001176". */
std::string FormatSeconds(Time time);
/** \returns \p value with up to \p decimals decimals, without trailing zeros. */
std::string FormatDecimal(double value, int decimals = 9);

} // namespace ns3

#endif
