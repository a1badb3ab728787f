// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/expect-action.h"

#include "ns3/action-reader.h"
#include "ns3/run-tables.h"
#include "ns3/scenario-run.h"
#include "ns3/scenario-values.h"
#include "ns3/text.h"

#include <algorithm>

namespace ns3
{

namespace
{

/** \throws InputError unless \p columns has all keys of the mapping at \p key */
void
CheckColumns(const YamlFields& fields, const std::string& key, const TableFormat& format)
{
    const YamlFields inner = fields.GetMapping(key);
    for (const std::string& column : inner.GetKeys())
    {
        if (std::find(format.columns.begin(), format.columns.end(), column) == format.columns.end())
        {
            inner.Fail(column,
                       "table " + format.name + " has no column '" + column + "', it has " +
                           JoinWords(format.columns));
        }
    }
}

std::vector<std::pair<std::string, std::string>>
ReadCells(const YamlFields& fields, const std::string& key, const TableFormat& format)
{
    if (!fields.Has(key))
    {
        return {};
    }
    CheckColumns(fields, key, format);
    return fields.GetPairs(key);
}

std::vector<std::pair<std::string, double>>
ReadLimits(const YamlFields& fields, const std::string& key, const TableFormat& format)
{
    std::vector<std::pair<std::string, double>> limits;
    for (const auto& [column, text] : ReadCells(fields, key, format))
    {
        const auto number = ParseReal(text);
        if (!number)
        {
            fields.Fail(key, column + " '" + text + "' is no number, give one");
        }
        limits.emplace_back(column, *number);
    }
    return limits;
}

} // namespace

ScenarioActionPtr
ExpectAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<ExpectAction>();
    action->line = reader.GetLine();
    Expectation& expect = action->expectation;
    const YamlFields fields = reader.GetFields("table where equals at-least at-most rows");
    std::vector<std::string> names;
    for (const RunTable& table : GetRunTables())
    {
        names.push_back(table.format.name);
    }
    const TableFormat& format = GetRunTables()[fields.GetChoice("table", names)].format;
    expect.table = format.name;
    expect.where = ReadCells(fields, "where", format);
    expect.equals = ReadCells(fields, "equals", format);
    expect.atLeast = ReadLimits(fields, "at-least", format);
    expect.atMost = ReadLimits(fields, "at-most", format);
    if (fields.Has("rows"))
    {
        expect.rows = fields.GetNumber("rows", 0, 1000000000);
    }
    if (expect.where.empty() && expect.equals.empty() && expect.atLeast.empty() &&
        expect.atMost.empty() && !expect.rows)
    {
        fields.Fail("table", "nothing to expect, give where, equals, at-least, at-most or rows");
    }
    return action;
}

void
ExpectAction::Prepare(ScenarioRun& run) const
{
    run.GetTables().Watch(expectation);
}

void
ExpectAction::Run(ScenarioRun& run) const
{
    run.Check(expectation, line);
}

} // namespace ns3
