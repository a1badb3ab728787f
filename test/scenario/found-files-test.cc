// SPDX-License-Identifier: GPL-2.0-only
// Files as they are found, each with an oddity of the Topology Zoo or of yEd, through all three
// programs: nothing is lost, and model and packets agree.
#include "support/lab-program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

using namespace ns3;

namespace
{

const std::string FOLDER = SOURCE_DIR "/test/scenario/found-files/";
const std::string AS_FOUND = "--vteps=ends --rp=center --component=largest";

std::vector<std::string>
ListFoundFiles()
{
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(FOLDER))
    {
        names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

/** One file, as it is. */
class FoundFile : public testing::TestWithParam<std::string>
{
  protected:
    std::string GetTopology() const
    {
        return FOLDER + GetParam() + ".graphml";
    }

    /** Runs a program of the study on it. */
    CommandResult Run(const std::string& program, const std::string& options) const
    {
        return RunCommand(BIN_DIR "/" + program + " --topology=" + GetTopology() + " " + AS_FOUND +
                          " --output=" + m_scratch.GetPath("out") + " " + options);
    }

    const ScratchFolder m_scratch;
};

/** A VNI on the first two VTEPs, floods from both, and a stream to a group beside them. */
const std::string FOUND_STORY = R"(duration: 200s
trees: TREE
events:
  - {at: 60s, join: {node: vtep1, group: 239.1.1.1}}
  - {at: 60s, vxlan: {nodes: [vtep0, vtep1], name: vxlan42, id: 42, group: 239.0.0.42, ttl: 64, addresses: [192.168.99.1/24, 192.168.99.2/24]}}
  - {at: 80s, send: {node: vtep0, group: 239.1.1.1, rate: 8kbps, size: 1000, ttl: 64, until: 180s, name: stream}}
  - {at: 90s, ping: {node: vtep0, to: 192.168.99.2, count: 3}}
  - {at: 100s, flood: {node: vtep0, device: vxlan42, frames: 20, interval: 1s, kind: broadcast}}
  - {at: 130s, flood: {node: vtep1, device: vxlan42, frames: 20, interval: 1s, kind: broadcast}}
  - {at: 199s, expect: {table: pings, rows: 3, equals: {from: 192.168.99.2}}}
  - {at: 199s, expect: {table: flood, rows: 2, at-least: {delivered_wanted: 20}, equals: {delivered_unwanted: 0}}}
  - {at: 199s, expect: {table: deliveries, rows: 1, equals: {lost: 0, received: 100}}}
)";

} // namespace

TEST_P(FoundFile, RunsInTheLab)
{
    for (const std::string tree : {"rpt", "spt"})
    {
        std::string story = FOUND_STORY;
        story.replace(story.find("TREE"), 4, tree);
        const LabProgram run(story, GetTopology(), AS_FOUND);
        EXPECT_EQ(run.GetStatus(), 0) << tree << run.GetOut() << run.GetErr();
        EXPECT_EQ(run.GetErr(), "");
    }
}

TEST_P(FoundFile, HasNamesForPeopleInTheLab)
{
    const LabProgram run("duration: 1s\nevents:\n  - {at: 0.5s, snapshot: begin}\n",
                         GetTopology(),
                         AS_FOUND + " --names=label");
    EXPECT_EQ(run.GetStatus(), 0) << run.GetErr();
    const std::string forbidden = " ,;:/\"";
    for (const LabRow& row : run->GetRows("routes"))
    {
        EXPECT_EQ(row.at("node").find_first_of(forbidden), std::string::npos) << row.at("node");
    }
}

TEST_P(FoundFile, RunsInTheModel)
{
    const CommandResult run =
        Run("multicast-state", "--vnis=20 --groups=10 --members=2 --trees=rpt,spt,bidir");
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_EQ(run.err, "");
    const auto rows = TableFolder(m_scratch.GetPath("out")).GetRows("state");
    EXPECT_EQ(rows.size(), 3u) << "no tiers: a row per tree";
    for (const LabRow& row : rows)
    {
        EXPECT_GT(std::stod(row.at("mfc_max")), 0) << row.at("tree");
    }
}

TEST_P(FoundFile, ModelAndPacketsAgree)
{
    const CommandResult run = Run("vni-group-sweep",
                                  "--vnis=4 --groups=2 --members=2 --trees=rpt,spt,bidir,ssm "
                                  "--plots=false");
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_NE(run.out.find("graph model and packets agree on 4 of 4 rows"), std::string::npos)
        << run.out;
    for (const LabRow& row : TableFolder(m_scratch.GetPath("out")).GetRows("sweep"))
    {
        EXPECT_EQ(row.at("delivered_lost"), "0") << row.at("tree");
        EXPECT_EQ(row.at("delivered_duplicates"), "0") << row.at("tree");
    }
}

INSTANTIATE_TEST_SUITE_P(Files,
                         FoundFile,
                         testing::ValuesIn(ListFoundFiles()),
                         [](const auto& file) { return file.param; });

TEST(FoundFileOptions, WithoutThemEachLackIsNamed)
{
    const auto errorOf = [](const std::string& file, const std::string& options) {
        const LabProgram run("duration: 1s\n", FOLDER + file + ".graphml", options);
        EXPECT_EQ(run.GetStatus(), 2);
        return run.GetErr();
    };
    EXPECT_NE(errorOf("isolated", "").find("'2', '5' have no network"), std::string::npos);
    EXPECT_NE(errorOf("parts", "").find("--component=largest"), std::string::npos);
    EXPECT_NE(errorOf("backbone", "").find("'74', '75'"), std::string::npos);
}
