// SPDX-License-Identifier: GPL-2.0-only
// The tables that a run has left in a folder, as rows.
#ifndef VXLAN_MULTICAST_TEST_TABLE_FOLDER_H
#define VXLAN_MULTICAST_TEST_TABLE_FOLDER_H

#include "ns3/csv.h"
#include "ns3/text.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace ns3
{

/** A row of a table: cell by column. */
using LabRow = std::map<std::string, std::string>;

/** \returns the content of a file, nothing if it cannot be read. */
inline std::string
ReadText(const std::string& path)
{
    std::ifstream input(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(input), {});
}

/** A folder of tables. Rows are read once, when they are first asked for. */
class TableFolder
{
  public:
    explicit TableFolder(std::string folder)
        : m_folder(std::move(folder))
    {
    }

    /** \returns the path of a file in it. */
    std::string GetPath(const std::string& file) const
    {
        return m_folder + "/" + file;
    }

    /** \returns the header row of NAME.csv. */
    std::vector<std::string> GetColumns(const std::string& name) const
    {
        const auto records = ParseCsv(ReadText(GetPath(name + ".csv")));
        return records.empty() ? std::vector<std::string>() : records[0];
    }

    /** \returns the rows of NAME.csv whose cells are those of \p where. */
    std::vector<LabRow> GetRows(const std::string& name, const LabRow& where = {}) const
    {
        auto found = m_tables.find(name);
        if (found == m_tables.end())
        {
            found = m_tables.emplace(name, ReadTable(name)).first;
        }
        std::vector<LabRow> rows;
        for (const LabRow& row : found->second)
        {
            const bool matches = std::all_of(where.begin(), where.end(), [&](const auto& cell) {
                const auto own = row.find(cell.first);
                return own != row.end() && own->second == cell.second;
            });
            if (matches)
            {
                rows.push_back(row);
            }
        }
        return rows;
    }

    /** \returns a cell of the only row that matches; what is wrong if there is not one. */
    std::string GetCell(const std::string& table,
                        const LabRow& where,
                        const std::string& column) const
    {
        const std::vector<LabRow> rows = GetRows(table, where);
        if (rows.size() != 1)
        {
            return std::to_string(rows.size()) + " rows";
        }
        const auto cell = rows[0].find(column);
        return cell == rows[0].end() ? "no column " + column : cell->second;
    }

    /** \returns a cell as a number, -1 if there is none. */
    double GetNumber(const std::string& table, const LabRow& where, const std::string& column) const
    {
        return ParseReal(GetCell(table, where, column)).value_or(-1);
    }

    /** \returns the different cells of a column among the rows that match. */
    std::set<std::string> GetCells(const std::string& table,
                                   const LabRow& where,
                                   const std::string& column) const
    {
        std::set<std::string> cells;
        for (const LabRow& row : GetRows(table, where))
        {
            cells.insert(row.at(column));
        }
        return cells;
    }

    /** \returns the times of the events of that name whose detail has \p detail in it. */
    std::vector<double> GetEventTimes(const std::string& node,
                                      const std::string& event,
                                      const std::string& detail = "") const
    {
        std::vector<double> times;
        for (const LabRow& row : GetRows("events", {{"node", node}, {"event", event}}))
        {
            if (row.at("detail").find(detail) != std::string::npos)
            {
                times.push_back(ParseReal(row.at("time_s")).value());
            }
        }
        return times;
    }

  private:
    std::vector<LabRow> ReadTable(const std::string& name) const
    {
        const auto records = ParseCsv(ReadText(GetPath(name + ".csv")));
        std::vector<LabRow> rows;
        for (std::size_t i = 1; i < records.size(); ++i)
        {
            LabRow& row = rows.emplace_back();
            for (std::size_t j = 0; j < records[0].size() && j < records[i].size(); ++j)
            {
                row[records[0][j]] = records[i][j];
            }
        }
        return rows;
    }

    std::string m_folder;
    mutable std::map<std::string, std::vector<LabRow>> m_tables;
};

} // namespace ns3

#endif
