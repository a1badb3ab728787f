// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/table-report.h"

#include "ns3/csv.h"
#include "ns3/report-page.h"
#include "ns3/versions.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace ns3
{

namespace
{

/** The most rows of a table that a page holds. */
constexpr std::size_t MOST_ROWS = 20000;

/** Of a table that a run has written itself. */
constexpr std::size_t MOST_TABLE_BYTES = std::numeric_limits<std::size_t>::max();

} // namespace

std::string
WriteTableReport(const RunOutput& output,
                 const std::string& program,
                 const std::vector<std::string>& tables)
{
    ReportJson list = ReportJson::array();
    for (const std::string& name : tables)
    {
        CsvRows rows =
            ReadCsvFile(output.GetPath(name + ".csv"), MOST_TABLE_BYTES).value_or(CsvRows());
        if (rows.empty())
        {
            continue;
        }
        const std::vector<std::string> columns = rows.front();
        rows.erase(rows.begin());
        const std::size_t all = rows.size();
        rows.resize(std::min(all, MOST_ROWS));
        list.push_back({{"name", name}, {"columns", columns}, {"rows", rows}, {"allRows", all}});
    }
    output.Write(REPORT_FILE,
                 MakeReportPage({{"format", 1},
                                 {"kind", "tables"},
                                 {"version", GetModuleVersion()},
                                 {"program", program},
                                 {"tables", list}}));
    return output.GetPath(REPORT_FILE);
}

} // namespace ns3
