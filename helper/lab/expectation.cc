// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/expectation.h"

#include "ns3/scenario-values.h"
#include "ns3/topology-values.h"

#include <algorithm>

namespace ns3
{

namespace
{

using Row = std::vector<std::string>;

/** Texts are equal as they are, or as numbers: 3 is 3.0. */
bool
IsEqual(const std::string& cell, const std::string& wanted)
{
    if (cell == wanted)
    {
        return true;
    }
    const auto a = ParseReal(cell);
    const auto b = ParseReal(wanted);
    return a && b && *a == *b;
}

std::string
Describe(const std::vector<std::pair<std::string, std::string>>& pairs)
{
    std::vector<std::string> words;
    for (const auto& [column, cell] : pairs)
    {
        words.push_back(column + " '" + cell + "'");
    }
    return JoinWords(words);
}

/** \returns what is wrong with the rows' cells; empty if nothing is. */
std::string
CheckCells(const ExpectAction& expect, const CsvTable& table, const std::vector<const Row*>& rows)
{
    std::vector<std::string> faults;
    const auto check = [&](const std::string& column, const std::string& wanted, auto isRight) {
        const std::size_t index = *table.FindColumn(column);
        for (const Row* row : rows)
        {
            if (!isRight((*row)[index]))
            {
                faults.push_back(column + " is '" + (*row)[index] + "', not " + wanted);
                return;
            }
        }
    };
    for (const auto& [column, wanted] : expect.equals)
    {
        check(column, "'" + wanted + "'", [&w = wanted](const std::string& cell) {
            return IsEqual(cell, w);
        });
    }
    for (const auto& [column, least] : expect.atLeast)
    {
        check(column, "at least " + FormatDecimal(least), [l = least](const std::string& cell) {
            return ParseReal(cell) && *ParseReal(cell) >= l;
        });
    }
    for (const auto& [column, most] : expect.atMost)
    {
        check(column, "at most " + FormatDecimal(most), [m = most](const std::string& cell) {
            return ParseReal(cell) && *ParseReal(cell) <= m;
        });
    }
    return JoinWords(faults);
}

} // namespace

std::string
CheckExpectation(const ExpectAction& expect, const CsvTable& table)
{
    std::vector<const Row*> rows;
    for (const Row& row : table.GetRows())
    {
        if (std::all_of(expect.where.begin(), expect.where.end(), [&](const auto& condition) {
                return IsEqual(row[*table.FindColumn(condition.first)], condition.second);
            }))
        {
            rows.push_back(&row);
        }
    }
    const std::string place = "table " + table.GetName() +
                              (expect.where.empty() ? "" : " where " + Describe(expect.where)) +
                              ": ";
    if (expect.rows && rows.size() != *expect.rows)
    {
        return place + std::to_string(rows.size()) + " rows, not " + std::to_string(*expect.rows);
    }
    if (!expect.rows && rows.empty())
    {
        return place + "no such row";
    }
    const std::string faults = CheckCells(expect, table, rows);
    return faults.empty() ? "" : place + faults;
}

} // namespace ns3
