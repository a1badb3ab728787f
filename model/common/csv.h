// SPDX-License-Identifier: GPL-2.0-only
// CSV after RFC 4180, both ways: rows of text cells. Header only and free of ns-3.
#ifndef VXLAN_MULTICAST_CSV_H
#define VXLAN_MULTICAST_CSV_H

#include "ns3/input-file.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** The rows of a table, the header among them. */
using CsvRows = std::vector<std::vector<std::string>>;

/**
 * \returns the rows of \p text, each of which ends with LF or CR LF; what follows the last line break,
 *          an incomplete row, is left out
 */
inline CsvRows
ParseCsv(const std::string& text)
{
    CsvRows rows;
    std::vector<std::string> row;
    std::string cell;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i)
    {
        const char c = text[i];
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"')
        {
            cell += '"';
            ++i;
        }
        else if (c == '"')
        {
            quoted = !quoted;
        }
        else if (!quoted && (c == ',' || c == '\n'))
        {
            row.push_back(std::move(cell));
            cell.clear();
            if (c == '\n')
            {
                rows.push_back(std::move(row));
                row.clear();
            }
        }
        else if (quoted || c != '\r')
        {
            cell += c;
        }
    }
    return rows;
}

/**
 * \returns the rows of \p file, whose last line need not end; nothing if it cannot be read
 * \throws std::length_error if it has more than \p most bytes
 */
inline std::optional<CsvRows>
ReadCsvFile(const std::string& file, std::size_t most = MOST_INPUT_BYTES)
{
    std::optional<std::string> text = ReadInputFile(file, most);
    if (!text)
    {
        return std::nullopt;
    }
    if (!text->empty() && text->back() != '\n')
    {
        *text += '\n';
    }
    return ParseCsv(*text);
}

/** Appends \p cell, in quotes if it holds a comma, a quote or a line break. */
inline void
AppendCsvCell(std::string& text, const std::string& cell)
{
    const auto needsQuotes = [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; };
    if (std::none_of(cell.begin(), cell.end(), needsQuotes))
    {
        text += cell;
        return;
    }
    text += '"';
    for (char c : cell)
    {
        text.append(c == '"' ? 2 : 1, c);
    }
    text += '"';
}

/** \returns \p cell as it stands in a row. */
inline std::string
QuoteCsvCell(const std::string& cell)
{
    std::string text;
    AppendCsvCell(text, cell);
    return text;
}

/** \returns the row as a line, with its CR LF. */
inline std::string
FormatCsvRow(const std::vector<std::string>& cells)
{
    std::string line;
    const char* separator = "";
    for (const std::string& cell : cells)
    {
        line += separator;
        AppendCsvCell(line, cell);
        separator = ",";
    }
    return line += "\r\n";
}

/** \returns the rows as text. */
inline std::string
FormatCsv(const CsvRows& rows)
{
    std::string text;
    for (const std::vector<std::string>& row : rows)
    {
        text += FormatCsvRow(row);
    }
    return text;
}

} // namespace ns3

#endif
