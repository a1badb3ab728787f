// SPDX-License-Identifier: GPL-2.0-only
// From structs to the cells of a table: each kind of row lists its columns once, with the member or
// the function that each takes its value from. Values become text only here.
#ifndef VXLAN_MULTICAST_ROW_COLUMNS_H
#define VXLAN_MULTICAST_ROW_COLUMNS_H

#include "ns3/enum-names.h"
#include "ns3/ipv4-address.h"
#include "ns3/mac48-address.h"
#include "ns3/nstime.h"
#include "ns3/number-format.h"
#include "ns3/printed.h"

#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace ns3
{

/** One row as text, a cell per column. */
using TableCells = std::vector<std::string>;

/** The functions give the cell of a value: text as it is, times in seconds. */
inline std::string
ToCell(const std::string& text)
{
    return text;
}

inline std::string
ToCell(Time time)
{
    return FormatSeconds(time);
}

inline std::string
ToCell(Ipv4Address address)
{
    return ToText(address);
}

inline std::string
ToCell(Mac48Address address)
{
    return ToText(address);
}

template <typename T>
std::enable_if_t<std::is_integral_v<T>, std::string>
ToCell(T number)
{
    return std::to_string(number);
}

/** An enumerator is its word. */
template <typename T>
std::enable_if_t<std::is_enum_v<T>, std::string>
ToCell(T value)
{
    return EnumName(value);
}

/** An absent value is an empty cell. */
template <typename T>
std::string
ToCell(const std::optional<T>& value)
{
    return value ? ToCell(*value) : "";
}

/** A column of the table that holds \p Row. */
template <typename Row>
struct RowColumn
{
    /**
     * \param columnName as in the header row
     * \param get a member of Row, or a function of a row
     */
    template <typename Getter>
    RowColumn(std::string columnName, Getter get)
        : name(std::move(columnName)),
          cell([get](const Row& row) { return ToCell(std::invoke(get, row)); })
    {
    }

    std::string name;
    std::function<std::string(const Row&)> cell;
};

/**
 * \tparam Row has `TABLE`, the table's name, and `GetColumns()`
 * \returns the header row
 */
template <typename Row>
TableCells
GetColumnNames()
{
    TableCells names;
    for (const RowColumn<Row>& column : Row::GetColumns())
    {
        names.push_back(column.name);
    }
    return names;
}

/** \returns the cells of \p row. */
template <typename Row>
TableCells
MakeCells(const Row& row)
{
    TableCells cells;
    cells.reserve(Row::GetColumns().size());
    for (const RowColumn<Row>& column : Row::GetColumns())
    {
        cells.push_back(column.cell(row));
    }
    return cells;
}

} // namespace ns3

#endif
