// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/expectation.h"

#include "ns3/number-format.h"
#include "ns3/scenario-values.h"
#include "ns3/text.h"

#include <algorithm>

namespace ns3
{

namespace
{

/** Texts are equal as they are, or as numbers: 3 is 3.0. */
bool
IsEqual(const std::string& cell, const std::string& expected)
{
    if (cell == expected)
    {
        return true;
    }
    const auto a = ParseReal(cell);
    const auto b = ParseReal(expected);
    return a && b && *a == *b;
}

std::string
Describe(const std::vector<std::pair<std::string, std::string>>& pairs)
{
    std::vector<std::string> words;
    words.reserve(pairs.size());
    for (const auto& [column, cell] : pairs)
    {
        words.push_back(column + " '" + cell + "'");
    }
    return JoinWords(words);
}

} // namespace

ExpectedRows::ExpectedRows(const Expectation& expectation, const std::vector<std::string>& columns)
    : m_expectation(expectation),
      m_columns(columns)
{
}

std::size_t
ExpectedRows::GetIndex(const std::string& column) const
{
    return static_cast<std::size_t>(std::find(m_columns.begin(), m_columns.end(), column) -
                                    m_columns.begin());
}

void
ExpectedRows::Offer(const std::vector<std::string>& cells)
{
    const auto& where = m_expectation.where;
    if (std::all_of(where.begin(), where.end(), [&](const auto& condition) {
            return IsEqual(cells[GetIndex(condition.first)], condition.second);
        }))
    {
        m_rows.push_back(cells);
    }
}

/** \returns what is wrong with the rows' cells; empty if nothing is. */
std::string
ExpectedRows::CheckCells() const
{
    std::vector<std::string> faults;
    const auto check = [&](const std::string& column, const std::string& expected, auto isRight) {
        const std::size_t index = GetIndex(column);
        const auto wrong =
            std::find_if(m_rows.begin(), m_rows.end(), [&](const std::vector<std::string>& row) {
                return !isRight(row[index]);
            });
        if (wrong != m_rows.end())
        {
            faults.push_back(column + " is '" + (*wrong)[index] + "', not " + expected);
        }
    };
    for (const auto& [column, value] : m_expectation.equals)
    {
        check(column, "'" + value + "'", [&v = value](const std::string& cell) {
            return IsEqual(cell, v);
        });
    }
    for (const auto& [column, least] : m_expectation.atLeast)
    {
        check(column, "at least " + FormatDecimal(least), [l = least](const std::string& cell) {
            return ParseReal(cell) && *ParseReal(cell) >= l;
        });
    }
    for (const auto& [column, most] : m_expectation.atMost)
    {
        check(column, "at most " + FormatDecimal(most), [m = most](const std::string& cell) {
            return ParseReal(cell) && *ParseReal(cell) <= m;
        });
    }
    return JoinWords(faults);
}

std::string
ExpectedRows::Check() const
{
    const Expectation& expect = m_expectation;
    const std::string place = "table " + expect.table +
                              (expect.where.empty() ? "" : " where " + Describe(expect.where)) +
                              ": ";
    if (expect.rows && m_rows.size() != *expect.rows)
    {
        return place + std::to_string(m_rows.size()) + " rows, not " + std::to_string(*expect.rows);
    }
    if (!expect.rows && m_rows.empty())
    {
        return place + "no such row";
    }
    const std::string faults = CheckCells();
    return faults.empty() ? "" : place + faults;
}

} // namespace ns3
