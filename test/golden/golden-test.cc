// SPDX-License-Identifier: GPL-2.0-only
// The article's tables, and what real daemons did on the same nine nodes where the RFCs are on their
// side: test/golden/article, test/golden/daemons. doc/real-daemons.rst has the rest.
#include "support/lab-program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

using namespace ns3;

namespace
{

const std::string GOLDEN = SOURCE_DIR "/test/golden/";

using Lines = std::vector<std::string>;

/** \returns rows as lines of the columns named, sorted. */
Lines
Project(const std::vector<LabRow>& rows, const std::vector<std::string>& columns)
{
    Lines lines;
    for (const LabRow& row : rows)
    {
        std::string line;
        for (const std::string& column : columns)
        {
            line += (line.empty() ? "" : "|") + row.at(column);
        }
        lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

std::string
Join(const Lines& lines)
{
    std::string text;
    for (const std::string& line : lines)
    {
        text += line + "\n";
    }
    return text;
}

/** The rows of a golden table of a stage, in the columns that a run has too. */
class GoldenStage
{
  public:
    GoldenStage(const std::string& table, const LabRow& where, std::vector<std::string> columns)
        : m_columns(std::move(columns)),
          m_lines(Project(TableFolder(GOLDEN + "daemons").GetRows(table, where), m_columns))
    {
        EXPECT_FALSE(m_lines.empty());
    }

    /** Expects exactly these. */
    void ExpectEqual(const std::vector<LabRow>& rows) const
    {
        EXPECT_EQ(Join(Project(rows, m_columns)), Join(m_lines));
    }

    /** Expects these among others. */
    void ExpectIn(const std::vector<LabRow>& rows) const
    {
        const Lines own = Project(rows, m_columns);
        for (const std::string& line : m_lines)
        {
            EXPECT_TRUE(std::binary_search(own.begin(), own.end(), line)) << line << " is not in\n"
                                                                          << Join(own);
        }
    }

  private:
    std::vector<std::string> m_columns;
    Lines m_lines;
};

const std::vector<std::string> TREE = {"node",
                                       "source",
                                       "incoming_interface",
                                       "outgoing_interfaces"};
const std::vector<std::string> LINKS = {"network", "from", "class", "per_packet"};
const std::vector<std::string> OVERLAY = {"network", "from", "inner", "packets"};

/** \returns links.csv between two snapshots, data classes alone, per one of \p sent packets. */
std::vector<LabRow>
GetPerPacket(const LabProgram& run, const std::string& snapshot, int sent)
{
    static const std::set<std::string> data{"multicast", "register", "vxlan-multicast"};
    std::vector<LabRow> rows;
    for (LabRow row : run->GetRows("links", {{"snapshot", snapshot}}))
    {
        if (data.count(row.at("class")) != 0)
        {
            const int packets = std::stoi(row.at("packets"));
            EXPECT_EQ(packets % sent, 0) << row.at("network") << " " << row.at("from");
            row["per_packet"] = std::to_string(packets / sent);
            rows.push_back(row);
        }
    }
    return rows;
}

/** R2 and R3 receive, R1 sends a packet a second; ten of them between the snapshots. */
const std::string STREAM = R"(
events:
  - {at: 90s, join: {node: r2, group: 239.0.0.10}}
  - {at: 90s, join: {node: r3, group: 239.0.0.10}}
  - {at: 100.5s, send: {node: r1, group: 239.0.0.10, packets: 90, rate: 8kbps, size: 1000, ttl: 10, name: s}}
  - {at: 150s, snapshot: begin}
  - {at: 160s, snapshot: steady}
)";

/** Linux asks three times (mcast_solicit), ns-3 once more. */
const std::string LINUX_ARP = "ns3::ArpCache::MaxRetries: 2";
const std::string EVPN = "control: {evpn: {as: 65000, reflectors: [c3]}}\n";

/** A stage of a tree policy: the daemons' forwarding entries and copies. */
struct TreeStage
{
    std::string name;
    std::string trees;
};

class GoldenTrees : public ::testing::TestWithParam<TreeStage>
{
};

/** Tenants t1 to t3 behind the VTEPs, and what they do in steps of 10 s. */
struct Plane
{
    std::string name;
    std::string top;      //!< keys at the top
    std::string defaults; //!< more attributes
    std::string keys;     //!< of the vxlan event
    std::string announce; //!< of each tenant
};

class GoldenOverlay : public ::testing::TestWithParam<Plane>
{
};

std::ostream&
operator<<(std::ostream& os, const TreeStage& stage)
{
    return os << stage.name;
}

std::ostream&
operator<<(std::ostream& os, const Plane& plane)
{
    return os << plane.name;
}

template <typename T>
std::string
NameStage(const ::testing::TestParamInfo<T>& info)
{
    std::string name = info.param.name;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

} // namespace

TEST(GoldenArticle, TablesOfTheArticle)
{
    for (const std::string seed : {"1", "2"})
    {
        const LabProgram run(ExampleScenario("article"), REC_LAB, "--RngRun=" + seed);
        ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
        const TableFolder golden(GOLDEN + "article");
        for (const char* table :
             {"routes", "rp", "igmp", "tib", "mfc", "fdb", "deliveries", "pings"})
        {
            const std::vector<std::string> columns = golden.GetColumns(table);
            // Routes do not change after the first snapshot; the golden table has it alone.
            const LabRow where =
                std::string(table) == "routes" ? LabRow{{"snapshot", "ospf"}} : LabRow();
            EXPECT_GT(golden.GetRows(table).size(), 3u);
            EXPECT_EQ(Join(Project(run->GetRows(table, where), columns)),
                      Join(Project(golden.GetRows(table), columns)))
                << table << ", seed " << seed;
        }
    }
}

TEST_P(GoldenTrees, EntriesAndCopiesOfTheDaemons)
{
    const TreeStage& stage = GetParam();
    const LabProgram run("duration: 200s\ntrees: " + stage.trees + "\n" + STREAM);
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    // Daemons that forward by (S,G) entries have them where ours forward by (*,G).
    std::vector<LabRow> entries;
    std::set<std::string> withSource;
    for (const LabRow& row :
         run->GetRows("mfc", {{"snapshot", "steady"}, {"source", "192.168.1.1"}}))
    {
        entries.push_back(row);
        withSource.insert(row.at("node"));
    }
    for (LabRow row : run->GetRows("mfc", {{"snapshot", "steady"}, {"source", "*"}}))
    {
        if (withSource.count(row.at("node")) == 0)
        {
            row["source"] = "192.168.1.1";
            entries.push_back(row);
        }
    }
    GoldenStage("trees", {{"stage", stage.name}}, TREE).ExpectEqual(entries);
    GoldenStage("links", {{"stage", stage.name}}, LINKS)
        .ExpectEqual(GetPerPacket(run, "steady", 10));
}

INSTANTIATE_TEST_SUITE_P(Stages,
                         GoldenTrees,
                         ::testing::Values(TreeStage{"registers", "rpt-register"},
                                           TreeStage{"native", "rpt"},
                                           TreeStage{"shortest", "spt"}),
                         NameStage<TreeStage>);

TEST(GoldenVxlan, EntriesAndCopiesOfThreeSources)
{
    std::string scenario = "duration: 200s\nevents:\n"
                           "  - {at: 60s, vxlan: {nodes: [r1, r2, r3], name: vxlan42, id: 42, "
                           "group: 239.0.0.42, ttl: 10, dev: eth0}}\n"
                           "  - {at: 150s, snapshot: begin}\n  - {at: 160s, snapshot: steady}\n";
    for (const std::string n : {"1", "2", "3"})
    {
        scenario += "  - {at: 100.5s, flood: {node: r" + n +
                    ", device: vxlan42, kind: broadcast, frames: 90, interval: 1s}}\n";
    }
    const LabProgram run(scenario);
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    GoldenStage("trees", {{"stage", "overlay"}}, TREE)
        .ExpectIn(run->GetRows("mfc", {{"snapshot", "steady"}}));
    GoldenStage("links", {{"stage", "overlay"}}, LINKS)
        .ExpectEqual(GetPerPacket(run, "steady", 10));
}

TEST_P(GoldenOverlay, FramesOnEachLink)
{
    const Plane& plane = GetParam();
    std::string scenario = plane.top + "defaults: {" + LINUX_ARP + plane.defaults +
                           "}\nduration: 250s\nevents:\n" +
                           "  - {at: 40s, vxlan: {nodes: [r1, r2, r3], name: vxlan42, id: 42, "
                           "ttl: 10, dev: eth0, " +
                           plane.keys + "}}\n";
    for (const std::string n : {"1", "2", "3"})
    {
        scenario += "  - {at: 150s, tenant: {name: t" + n + ", node: r" + n +
                    ", device: vxlan42, mac: \"02:00:0" + n + ":00:00:2a\", address: 192.168.99." +
                    n + "/24" + plane.announce + "}}\n";
    }
    const std::vector<std::array<std::string, 4>> steps = {
        {"first", "t1", "192.168.99.2", "3"},
        {"known", "t1", "192.168.99.2", "3"},
        {"third", "t1", "192.168.99.3", "3"},
        {"learned", "t3", "192.168.99.2", "3"},
        {"broadcast", "t1", "192.168.99.255", "3"},
        {"nobody", "t1", "192.168.99.77", "1"}};
    int time = 160;
    scenario += "  - {at: 159s, snapshot: begin}\n";
    const TableFolder golden(GOLDEN + "daemons");
    for (const auto& [step, node, to, count] : steps)
    {
        if (golden.GetRows("overlay", {{"plane", plane.name}, {"step", step}}).empty())
        {
            continue;
        }
        scenario += "  - {at: " + std::to_string(time) + "s, ping: {node: " + node + ", to: " + to +
                    ", count: " + count + "}}\n  - {at: " + std::to_string(time + 9) +
                    "s, snapshot: " + step + "}\n";
        time += 10;
    }
    const LabProgram run(scenario);
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    for (const auto& [step, node, to, count] : steps)
    {
        SCOPED_TRACE(step);
        const LabRow where{{"plane", plane.name}, {"step", step}};
        if (golden.GetRows("overlay", where).empty())
        {
            continue;
        }
        // The daemons' captures do not tell a flooded unicast frame from another.
        std::map<std::tuple<std::string, std::string, std::string>, int> counts;
        for (const LabRow& row : run->GetRows("overlay", {{"snapshot", step}}))
        {
            const std::string inner =
                row.at("inner") == "unknown-unicast" ? "unicast" : row.at("inner");
            counts[{row.at("network"), row.at("from"), inner}] += std::stoi(row.at("packets"));
        }
        std::vector<LabRow> rows;
        for (const auto& [key, packets] : counts)
        {
            rows.push_back({{"network", std::get<0>(key)},
                            {"from", std::get<1>(key)},
                            {"inner", std::get<2>(key)},
                            {"packets", std::to_string(packets)}});
        }
        GoldenStage("overlay", where, OVERLAY).ExpectEqual(rows);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Planes,
    GoldenOverlay,
    ::testing::Values(
        Plane{"head-end", "", "", "remotes: [192.168.1.1, 192.168.2.2, 192.168.3.3]", ""},
        Plane{"evpn-mac", EVPN, ", ns3::EvpnProtocol::AdvertiseIp: false", "control: evpn", ""},
        Plane{"evpn-mac-ip", EVPN, "", "control: evpn, suppress: true", ", announce: garp"}),
    NameStage<Plane>);
