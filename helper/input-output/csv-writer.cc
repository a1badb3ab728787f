// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/csv-writer.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>

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

static void
WriteCsvRow(std::ostream& os, const std::vector<std::string>& cells)
{
    const char* separator = "";
    for (const std::string& cell : cells)
    {
        os << separator << QuoteCsvCell(cell);
        separator = ",";
    }
    os << "\r\n";
}

void
CsvTable::Write(std::ostream& os) const
{
    WriteCsvRow(os, m_columns);
    for (const std::vector<std::string>& row : m_rows)
    {
        WriteCsvRow(os, row);
    }
}

std::string
QuoteCsvCell(const std::string& cell)
{
    if (cell.find_first_of(",\"\r\n") == std::string::npos)
    {
        return cell;
    }
    std::string quoted = "\"";
    for (char c : cell)
    {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + '"';
}

bool
WriteFileWhole(const std::string& path, const std::string& content)
{
    const std::string part = path + ".part";
    std::ofstream file(part, std::ios::binary | std::ios::trunc);
    file << content;
    file.close();
    if (!file || std::rename(part.c_str(), path.c_str()) != 0)
    {
        std::remove(part.c_str());
        return false;
    }
    return true;
}

static std::string
TrimZeros(std::string number)
{
    if (number.find('.') != std::string::npos)
    {
        number.erase(number.find_last_not_of('0') + 1);
        if (number.back() == '.')
        {
            number.pop_back();
        }
    }
    return number == "-0" ? "0" : number;
}

std::string
FormatSeconds(Time time)
{
    const int64_t nanoseconds = time.GetNanoSeconds();
    char text[40];
    std::snprintf(text,
                  sizeof text,
                  "%s%lld.%09lld",
                  nanoseconds < 0 ? "-" : "",
                  std::llabs(nanoseconds / 1000000000),
                  std::llabs(nanoseconds % 1000000000));
    return TrimZeros(text);
}

std::string
FormatDecimal(double value, int decimals)
{
    char text[400];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return TrimZeros(text);
}

} // namespace ns3
