// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/csv-table.h"

#include "ns3/csv.h"

namespace ns3
{

CsvTable::CsvTable(std::string name, std::vector<std::string> columns)
    : m_name(std::move(name)),
      m_columns(std::move(columns))
{
}

void
CsvTable::AddRow(std::vector<std::string> cells)
{
    m_rows.push_back(std::move(cells));
}

const std::string&
CsvTable::GetName() const
{
    return m_name;
}

const std::vector<std::string>&
CsvTable::GetColumns() const
{
    return m_columns;
}

const std::vector<std::vector<std::string>>&
CsvTable::GetRows() const
{
    return m_rows;
}

std::optional<std::size_t>
CsvTable::FindColumn(const std::string& column) const
{
    for (std::size_t i = 0; i < m_columns.size(); ++i)
    {
        if (m_columns[i] == column)
        {
            return i;
        }
    }
    return std::nullopt;
}

void
CsvTable::Write(std::ostream& os) const
{
    os << FormatCsvRow(m_columns);
    for (const std::vector<std::string>& row : m_rows)
    {
        os << FormatCsvRow(row);
    }
}

} // namespace ns3
