// SPDX-License-Identifier: GPL-2.0-only
// multicast-state as a user runs it: columns, exit status, one line for what is wrong.
#include "support/paths.h"

#include <gtest/gtest.h>

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>

namespace fs = std::filesystem;

namespace
{

const std::string PROGRAM = BIN_DIR "/multicast-state";
const std::string SMALL = "--topology=leaf-spine:spines=2,leaves=4,hosts=2 ";

struct Outcome
{
    int status;
    std::string errors;
};

/** \returns the cell of the first row below the header. */
std::string
Cell(const std::string& table, const std::string& column)
{
    std::istringstream lines(table);
    std::string names;
    std::string values;
    std::getline(lines, names);
    std::getline(lines, values);
    // The topology is quoted, as it holds commas.
    values = "topology" + values.substr(values.find('"', 1) + 1);
    std::istringstream nameCells(names);
    std::istringstream valueCells(values);
    std::string name;
    std::string value;
    while (std::getline(nameCells, name, ',') && std::getline(valueCells, value, ','))
    {
        if (name.substr(0, name.find('\r')) == column)
        {
            return value.substr(0, value.find('\r'));
        }
    }
    ADD_FAILURE() << "no column " << column;
    return "0";
}

class MulticastState : public ::testing::Test
{
  protected:
    void SetUp() override
    {
        std::random_device device;
        m_folder = fs::temp_directory_path() / ("vxm-state-" + std::to_string(device()));
        fs::create_directory(m_folder);
    }

    void TearDown() override
    {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
    }

    Outcome Run(const std::string& options) const
    {
        const std::string command = PROGRAM + " " + options + " 2>&1 >/dev/null";
        FILE* pipe = popen(command.c_str(), "r");
        Outcome outcome{0, ""};
        std::array<char, 512> buffer;
        while (fgets(buffer.data(), buffer.size(), pipe) != nullptr)
        {
            outcome.errors += buffer.data();
        }
        outcome.status = WEXITSTATUS(pclose(pipe));
        return outcome;
    }

    std::string Output(const std::string& name) const
    {
        return " --output=" + (m_folder / name).string();
    }

    std::string Read(const std::string& name) const
    {
        std::ifstream file(m_folder / name / "state.csv", std::ios::binary);
        std::ostringstream text;
        text << file.rdbuf();
        return text.str();
    }

    fs::path m_folder;
};

} // namespace

TEST_F(MulticastState, WritesARowPerTreeAndTier)
{
    const std::string options = SMALL + "--vnis=20 --members=3 --trees=rpt,spt --seed=1-2";
    const Outcome outcome = Run(options + Output("a"));
    EXPECT_EQ(outcome.status, 0) << outcome.errors;
    EXPECT_EQ(outcome.errors, "");
    const std::string text = Read("a");
    const std::string columns =
        "topology,vnis,groups,tree,placement,distribution,seed,tier,routers_in_tier,star_g_mean,"
        "star_g_p95,star_g_max,sg_mean,sg_p95,sg_max,sg_rpt_mean,mfc_mean,mfc_p95,mfc_max,"
        "copies_per_frame,wanted_per_frame,unwanted_per_frame,unicast_links,multicast_links,"
        "leaves_per_group_mean";
    EXPECT_EQ(text.substr(0, columns.size()), columns);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 2 * 2 * 2);
    EXPECT_NE(
        text.find("\"leaf-spine:spines=2,leaves=4,hosts=2\",20,20,rpt,uniform,fixed,1,leaf,4,"),
        std::string::npos);
    Run(options + Output("b"));
    EXPECT_EQ(text, Read("b"));
}

TEST_F(MulticastState, RefusesBadOptionsInOneLine)
{
    for (const std::string options : {"--vnis=20 --members=0",
                                      "--vnis=20 --members=9",
                                      "--vnis=20 --groups=21",
                                      "--vnis=20 --groups=3-2",
                                      "--vnis=20 --mapping=modulo:21",
                                      "--vnis=20 --mapping=cluster:0",
                                      "--vnis=20 --mapping=explicit:/no/such/file",
                                      "--vnis=20 --trees=spt,oak",
                                      "--vnis=20 --trees=",
                                      "--vnis=20 --senders=2",
                                      "--vnis=20 --placement=nowhere",
                                      "--vnis=20 --distribution=normal",
                                      "--vnis=20 --seed=5-1",
                                      "--vnis=twenty",
                                      "--vnis=20 --vteps=spines",
                                      "--vnis=20 --rpf-ecmp=random",
                                      "--vnis=20 --tenants=100000",
                                      "--members=3",
                                      "--vnis=20 --colour=red",
                                      "--vnis=20 extra"})
    {
        const Outcome outcome = Run(SMALL + options + Output("none"));
        EXPECT_EQ(outcome.status, 2) << options;
        EXPECT_EQ(std::count(outcome.errors.begin(), outcome.errors.end(), '\n'), 1)
            << options << ": " << outcome.errors;
        EXPECT_FALSE(fs::exists(m_folder / "none")) << options;
    }
}

TEST_F(MulticastState, RefusesBadPlaces)
{
    EXPECT_EQ(Run("--topology=leafspine:x=1 --vnis=2" + Output("none")).status, 2);
    EXPECT_EQ(Run("--vnis=2" + Output("none")).status, 2);
    EXPECT_EQ(Run(SMALL + "--vnis=2").status, 2);
    const Outcome outcome = Run(SMALL + "--vnis=2 --members=2 --output=/proc/none");
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(std::count(outcome.errors.begin(), outcome.errors.end(), '\n'), 1) << outcome.errors;
}

/** Each kind of workload and mapping does what it says, as seen from the command line. */
TEST_F(MulticastState, WorkloadsByOption)
{
    const std::string fabric = "--topology=leaf-spine:spines=2,leaves=6,hosts=4 --vnis=60 ";
    {
        std::ofstream lines(m_folder / "groups");
        for (int vni = 1; vni <= 60; ++vni)
        {
            lines << vni << "," << vni % 7 << "\n";
        }
    }
    const auto cell = [&](const std::string& options, const std::string& column) {
        const Outcome outcome = Run(fabric + options + Output("workload"));
        EXPECT_EQ(outcome.status, 0) << options << ": " << outcome.errors;
        return Cell(Read("workload"), column);
    };
    const auto number = [&](const std::string& options, const std::string& column) {
        return std::stod(cell(options, column));
    };
    // Mappings.
    EXPECT_EQ(cell("--mapping=one-to-one", "groups"), "60");
    EXPECT_EQ(cell("--mapping=modulo:9", "groups"), "9");
    EXPECT_EQ(cell("--mapping=hash:9", "groups"), "9");
    EXPECT_EQ(cell("--mapping=cluster:9", "groups"), "9");
    EXPECT_EQ(cell("--mapping=last-octet", "groups"), "60") << "of 256, those in use";
    EXPECT_EQ(cell("--mapping=explicit:" + (m_folder / "groups").string(), "groups"), "7");
    EXPECT_EQ(number("--mapping=one-to-one", "unwanted_per_frame"), 0);
    const double modulo = number("--mapping=modulo:9 --placement=fill-leaf", "unwanted_per_frame");
    EXPECT_GT(modulo, 0);
    EXPECT_LT(number("--mapping=cluster:9 --placement=fill-leaf", "unwanted_per_frame"),
              0.8 * modulo);
    // Placements.
    EXPECT_EQ(number("--members=8 --placement=fill-leaf", "leaves_per_group_mean"), 2);
    EXPECT_EQ(number("--members=4 --placement=cap:1", "leaves_per_group_mean"), 4);
    EXPECT_EQ(number("--members=8 --placement=cap:2", "leaves_per_group_mean"), 4);
    const double uniform = number("--members=8 --placement=uniform", "leaves_per_group_mean");
    EXPECT_GT(uniform, 4);
    EXPECT_NEAR(
        number("--members=8 --placement=pod-uniform", "leaves_per_group_mean"), uniform, 0.2)
        << "one pod is all";
    // Sizes.
    EXPECT_EQ(number("--members=8 --distribution=fixed", "members_mean"), 8);
    const double drawn = number("--members=20 --distribution=uniform", "members_mean");
    EXPECT_NEAR(drawn, (5 + 20) / 2.0, 1.5);
    EXPECT_LT(number("--members=20 --distribution=wve", "members_mean"), drawn);
    // Senders: one (S,G) per sender under rpt at its leaf.
    const std::string rpt = "--members=8 --trees=rpt ";
    EXPECT_EQ(number(rpt, "sg_mean"), 60 * 8 / 6.0);
    EXPECT_EQ(number(rpt + "--senders=0.5", "sg_mean"), 60 * 4 / 6.0);
    // VTEPs at hosts have a link of their own, at leaves not.
    EXPECT_EQ(cell("--members=6 --vteps=hosts", "wanted_per_frame"), "5");
    EXPECT_EQ(number("--members=6 --vteps=leaves --trees=head-end", "copies_per_frame"), 10);
    EXPECT_EQ(number("--members=6 --vteps=leaves", "leaves_per_group_mean"), 6);
}

TEST_F(MulticastState, ServesTenants)
{
    const Outcome outcome =
        Run("--topology=clos:pods=3,leaves=4,hosts=10,spines=2,cores=2 --tenants=6 --groups=500 "
            "--distribution=wve --placement=fill-leaf" +
            Output("tenants"));
    EXPECT_EQ(outcome.status, 0) << outcome.errors;
    EXPECT_NE(Read("tenants").find(",bidir,fill-leaf,wve,1,core,2,"), std::string::npos);
}
