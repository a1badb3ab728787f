// SPDX-License-Identifier: GPL-2.0-only
// What a report records of a run, without a browser: report-page/test drives the page itself.
#include "ns3/report-page.h"
#include "ns3/run-report.h"
#include "ns3/scenario-reader.h"
#include "ns3/scenario-runner.h"
#include "ns3/topology-loader.h"
#include "support/lab-program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

using namespace ns3;

namespace
{

using Rows = std::vector<TableCells>;

/** \returns the data in a page. */
ReportJson
ReadPage(const std::string& page)
{
    const std::string open = "<script type=\"application/json\" id=\"report-data\">";
    const std::size_t begin = page.find(open);
    EXPECT_NE(begin, std::string::npos);
    const std::size_t end = page.find("</script>", begin);
    return ReportJson::parse(page.substr(begin + open.size(), end - begin - open.size()));
}

/** \returns a text in seconds as nanoseconds. */
int64_t
ReadNanoseconds(const std::string& text)
{
    const std::size_t point = std::min(text.find('.'), text.size());
    std::string fraction = point < text.size() ? text.substr(point + 1) : "";
    fraction.resize(9, '0');
    return std::stoll(text.substr(0, point)) * 1000000000 + std::stoll(fraction);
}

/** \returns the rows of \p table as they were at \p moment, which was at \p time. */
Rows
Replay(const ReportJson& report, const std::string& name, std::size_t moment, int64_t time)
{
    const auto& tables = report["tables"];
    const auto table = std::find_if(
        tables.begin(), tables.end(), [&](const auto& each) { return each["name"] == name; });
    EXPECT_NE(table, tables.end()) << name;
    std::map<std::size_t, std::vector<std::size_t>> nodes;
    for (const auto& change : (*table)["changes"])
    {
        if (change[0] <= moment)
        {
            auto& rows = nodes[change[1].get<std::size_t>()];
            const auto at = rows.begin() + change[2].get<std::ptrdiff_t>();
            const auto next = rows.erase(at, at + change[3].get<std::ptrdiff_t>());
            std::vector<std::size_t> fresh;
            for (std::size_t i = 4; i < change.size(); ++i)
            {
                fresh.push_back(change[i]);
            }
            rows.insert(next, fresh.begin(), fresh.end());
        }
    }
    Rows all;
    for (const auto& [node, rows] : nodes)
    {
        for (std::size_t row : rows)
        {
            all.emplace_back();
            for (const auto& text : (*table)["rows"][row])
            {
                std::string cell = report["texts"][text.get<std::size_t>()];
                if (cell[0] == '@')
                {
                    cell = FormatSeconds(NanoSeconds(time - ReadNanoseconds(cell.substr(1))));
                }
                all.back().push_back(cell);
            }
        }
    }
    return all;
}

/** A run in this process, with a report. */
class ReportedRun
{
  public:
    explicit ReportedRun(const std::string& scenario, const ReportLimits& limits = ReportLimits())
        : m_topology(LoadTopology(REC_LAB)),
          m_scenario(ReadScenario(m_scratch.Write("scenario.yaml", scenario), m_topology)),
          m_runner(m_topology, m_scenario, MakeOptions(), m_out)
    {
        const auto report = RunReport::Attach(m_runner.GetRun(), m_scenario, limits);
        m_runner.Run();
        m_path = report->Write();
        m_report = ReadPage(ReadText(m_path));
    }

    const ReportJson& operator*() const
    {
        return m_report;
    }

  private:
    RunOptions MakeOptions() const
    {
        RunOptions options;
        options.output = m_scratch.GetPath("out");
        return options;
    }

    ScratchFolder m_scratch;
    std::ostringstream m_out;
    TopologyGraph m_topology;
    Scenario m_scenario;
    ScenarioRunner m_runner;
    std::string m_path;
    ReportJson m_report;
};

const char* const JOIN = R"(
duration: 100s
events:
  - {at: 60s, note: "a </script> <b>in</b> a note"}
  - {at: 91s, join: {node: r2, group: 239.0.0.10}}
  - {at: 92s, link: {between: [e2, c1], state: down}}
  - {at: 93s, snapshot: down}
  - {at: 94s, link: {between: [e2, c1], state: up}}
)";

} // namespace

TEST(RunReport, ReplaysToTheTablesOfEverySnapshot)
{
    const LabProgram run(ExampleScenario("article"), REC_LAB, "--report");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const ReportJson report = ReadPage(ReadText(run.GetPath("report.html")));
    std::vector<int64_t> times;
    for (const auto& difference : report["times"])
    {
        times.push_back((times.empty() ? 0 : times.back()) + difference.get<int64_t>());
    }
    ASSERT_GE(report["snapshots"].size(), 10u);
    std::size_t compared = 0;
    for (const auto& snapshot : report["snapshots"])
    {
        for (const char* table : {"routes", "rp", "igmp", "tib", "mfc", "fdb"})
        {
            const std::size_t moment = snapshot[0];
            const Rows replayed = Replay(report, table, moment, times[moment]);
            Rows written;
            for (const TableCells& row :
                 ParseCsv(ReadText(run.GetPath(std::string(table) + ".csv"))))
            {
                if (snapshot[1] == row[0])
                {
                    written.emplace_back(row.begin() + 2, row.end());
                }
            }
            EXPECT_EQ(replayed, written) << table << " at " << snapshot[1];
            compared += written.size();
        }
    }
    EXPECT_GT(compared, 1000u);
    EXPECT_NE(run.GetOut().find("report page " + run.GetPath("report.html")), std::string::npos);
}

TEST(RunReport, ChangesNoOtherFile)
{
    const LabProgram with(JOIN, REC_LAB, "--report");
    const LabProgram without(JOIN);
    std::set<std::string> files = with.GetFiles();
    EXPECT_EQ(files.erase("report.html"), 1u);
    EXPECT_EQ(files, without.GetFiles());
    files.erase("summary.json"); // it tells wall time and memory
    for (const std::string& file : files)
    {
        EXPECT_EQ(ReadText(with.GetPath(file)), ReadText(without.GetPath(file))) << file;
    }
}

TEST(RunReport, RecordsActionsPacketsAndEvents)
{
    const ReportedRun run(JOIN);
    const ReportJson& report = *run;
    EXPECT_EQ(report["actions"][0]["text"], "a </script> <b>in</b> a note");
    EXPECT_EQ(report["actions"][2]["kind"], "link");
    EXPECT_EQ(report["actions"][2]["up"], false);
    EXPECT_EQ(report["actions"][2]["networks"].size(), 1u);
    EXPECT_EQ(report["topology"]["nodes"].size(), 9u);
    EXPECT_EQ(report["topology"]["interfaces"].size(), 24u);
    EXPECT_GT(report["packets"].size(), 500u);
    EXPECT_GT(report["events"].size(), 100u);
    EXPECT_TRUE(report["packetsEnd"].is_null());
    for (const auto& table : report["tables"])
    {
        EXPECT_TRUE(table["ends"].is_null()) << table["name"];
    }
}

TEST(RunReport, SaysWhereItStopsToRecordWhatIsTooMuch)
{
    ReportLimits limits;
    limits.tableCells = 800;
    limits.packets.packets = 300;
    limits.packets.keepalives = 200;
    const ReportedRun run(JOIN, limits);
    const ReportJson& report = *run;
    EXPECT_LE(report["packets"].size(), 300u);
    EXPECT_TRUE(report["packetsEnd"].is_number());
    for (const auto& table : report["tables"])
    {
        EXPECT_EQ(table["ends"].is_number(), table["name"] == "routes") << table["name"];
    }
}

TEST(RunReport, IsRefusedWhereAFolderHasItsName)
{
    const ScratchFolder scratch;
    std::filesystem::create_directories(scratch.GetPath("out/report.html"));
    const CommandResult result = RunCommand(BIN_DIR "/vxlan-lab --topology=" + REC_LAB +
                                            " --scenario=" + ExampleScenario("rp-tree") +
                                            " --output=" + scratch.GetPath("out") + " --report");
    EXPECT_EQ(result.status, 2);
    EXPECT_NE(result.err.find("report.html"), std::string::npos) << result.err;
}

TEST(ReportPage, HasOnePlaceForItsDataAndNamesNoHost)
{
    const std::string page = GetReportPageText();
    const std::size_t place = page.find("@@DATA@@");
    ASSERT_NE(place, std::string::npos);
    EXPECT_EQ(page.find("@@", place + 8), std::string::npos);
    EXPECT_EQ(page.find("<script src"), std::string::npos);
    EXPECT_EQ(page.find("https://"), std::string::npos);
    ReportJson data;
    data["text"] = "</script><!-- \xff";
    EXPECT_EQ(ReadPage(MakeReportPage(data))["text"], "</script><!-- \xEF\xBF\xBD");
}
