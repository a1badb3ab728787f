// SPDX-License-Identifier: GPL-2.0-only
// vni-group-sweep as a user runs it: exit status, one line for what is wrong, tables that survive
// SIGKILL, the same rows however many processes.
#include "ns3/sweep-point.h"
#include "ns3/sweep-store.h"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>

using namespace ns3;
namespace fs = std::filesystem;

namespace
{

const std::string PROGRAM = BIN_DIR "/vni-group-sweep";
const std::string SMALL = " --topology=leaf-spine:spines=2,leaves=4,hosts=2 --vnis=16 --members=4"
                          " --groups=1,4,16 --trees=rpt,spt,head-end --seeds=1-2 --plots=false";

class SweepProgram : public ::testing::Test
{
  protected:
    void SetUp() override
    {
        if (!fs::exists(PROGRAM))
        {
            GTEST_SKIP() << PROGRAM << " has not been built";
        }
        std::random_device device;
        m_folder = fs::temp_directory_path() / ("vxm-sweep-" + std::to_string(device()));
        fs::create_directory(m_folder);
    }

    void TearDown() override
    {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
    }

    /** \returns the exit status. \param errors gets what was written to stderr */
    int Run(const std::string& options, std::string& errors) const
    {
        const std::string command = PROGRAM + options + " 2>&1 >/dev/null";
        FILE* pipe = popen(command.c_str(), "r");
        std::array<char, 512> buffer;
        errors.clear();
        while (fgets(buffer.data(), buffer.size(), pipe) != nullptr)
        {
            errors += buffer.data();
        }
        return WEXITSTATUS(pclose(pipe));
    }

    std::string Output(const std::string& name) const
    {
        return (m_folder / name).string();
    }

    static SweepRows ReadTable(const std::string& path)
    {
        std::ifstream file(path, std::ios::binary);
        std::ostringstream text;
        text << file.rdbuf();
        return ParseCsvRows(text.str());
    }

    /** \returns sweep.csv without the columns that no two runs share. */
    static SweepRows ReadRows(const std::string& output)
    {
        SweepRows rows = ReadTable(output + "/sweep.csv");
        for (const char* name : {"wall_s", "peak_rss_mb"})
        {
            const auto& columns = GetSweepColumns();
            const auto column = static_cast<std::size_t>(
                std::find(columns.begin(), columns.end(), name) - columns.begin());
            for (std::vector<std::string>& row : rows)
            {
                row.at(column).clear();
            }
        }
        return rows;
    }

    fs::path m_folder;
};

/** Starts the program and kills it as soon as its table holds \p rows rows, header too. */
void
RunAndKill(const std::string& options, const std::string& table, std::size_t rows)
{
    const pid_t child = fork();
    if (child == 0)
    {
        // Of a process group of its own, so that nothing but it and its children is meant.
        std::freopen("/dev/null", "w", stdout);
        std::freopen("/dev/null", "w", stderr);
        execl("/bin/sh", "sh", "-c", ("exec " + PROGRAM + options).c_str(), nullptr);
        _exit(127);
    }
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::chrono::steady_clock::now() < patience)
    {
        std::ifstream file(table);
        const auto lines = static_cast<std::size_t>(std::count(
            std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>(), '\n'));
        if (lines >= rows)
        {
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
}

} // namespace

TEST_F(SweepProgram, BadOptionsEndBeforeAnythingRuns)
{
    for (const char* bad : {"--groups=32",
                            "--members=0",
                            "--members=9",
                            "--trees=oak",
                            "--vnis=none",
                            "--mapping=explicit:/no/such/file",
                            "--nonsense=1",
                            "nonsense",
                            "--topology=/no/such.graphml",
                            "--RngRun=x"})
    {
        std::string errors;
        const std::string output = Output("none");
        // The last of two equal options counts.
        EXPECT_EQ(Run(SMALL + " --output=" + output + " " + bad, errors), 2) << bad;
        EXPECT_EQ(std::count(errors.begin(), errors.end(), '\n'), 1) << errors;
        EXPECT_FALSE(fs::exists(output)) << bad;
    }
    std::string errors;
    EXPECT_EQ(Run(SMALL + " --output=/proc/no/such", errors), 2);
    EXPECT_EQ(std::count(errors.begin(), errors.end(), '\n'), 1) << errors;
}

TEST_F(SweepProgram, ModelEqualsPacketsOnEveryRow)
{
    std::string errors;
    const std::string output = Output("all");
    ASSERT_EQ(Run(SMALL + " --mapping=modulo,cluster,hash --output=" + output, errors), 0)
        << errors;
    const SweepRows rows = ReadTable(output + "/sweep.csv");
    ASSERT_EQ(rows.size(), 1 + 3u * 3u * 3u * 2u * 2u);
    ASSERT_EQ(rows.front(), GetSweepColumns());
    const auto column = [](const std::string& name) {
        const auto& columns = GetSweepColumns();
        const auto found = std::find(columns.begin(), columns.end(), name);
        EXPECT_NE(found, columns.end()) << name;
        return static_cast<std::size_t>(found - columns.begin());
    };
    for (const auto& [measured, predicted] :
         {std::make_pair("star_g_max", "predicted_star_g_max"),
          std::make_pair("star_g_mean", "predicted_star_g_mean"),
          std::make_pair("sg_max", "predicted_sg_max"),
          std::make_pair("sg_mean", "predicted_sg_mean"),
          std::make_pair("sg_rpt_max", "predicted_sg_rpt_max"),
          std::make_pair("sg_rpt_mean", "predicted_sg_rpt_mean"),
          std::make_pair("mfc_max", "predicted_mfc_max"),
          std::make_pair("mfc_mean", "predicted_mfc_mean"),
          std::make_pair("copies_on_links", "predicted_copies"),
          std::make_pair("delivered_wanted", "predicted_wanted"),
          std::make_pair("delivered_unwanted", "predicted_unwanted")})
    {
        for (std::size_t i = 1; i < rows.size(); ++i)
        {
            EXPECT_FALSE(rows[i][column(measured)].empty());
            EXPECT_EQ(rows[i][column(measured)], rows[i][column(predicted)])
                << measured << ", row " << i;
        }
    }
    for (std::size_t i = 1; i < rows.size(); ++i)
    {
        EXPECT_EQ(rows[i][column("delivered_lost")], "0");
        EXPECT_EQ(rows[i][column("delivered_duplicates")], "0");
    }
}

TEST_F(SweepProgram, KilledAndStartedAgainGivesTheSameTables)
{
    std::string errors;
    const std::string undisturbed = Output("undisturbed");
    const std::string killed = Output("killed");
    ASSERT_EQ(Run(SMALL + " --output=" + undisturbed, errors), 0) << errors;
    for (std::size_t rows : {1, 4, 10, 22})
    {
        RunAndKill(SMALL + " --jobs=2 --output=" + killed, killed + "/sweep.csv", rows);
    }
    ASSERT_EQ(Run(SMALL + " --jobs=2 --output=" + killed, errors), 0) << errors;
    EXPECT_EQ(ReadRows(killed), ReadRows(undisturbed));
    EXPECT_EQ(ReadTable(killed + "/growth.csv"), ReadTable(undisturbed + "/growth.csv"));
}

TEST_F(SweepProgram, ModelAloneLeavesMeasuredCellsEmpty)
{
    std::string errors;
    const std::string output = Output("model");
    ASSERT_EQ(Run(SMALL + " --packets=false --output=" + output, errors), 0) << errors;
    const SweepRows rows = ReadTable(output + "/sweep.csv");
    const auto& columns = GetSweepColumns();
    const auto at = [&](const char* name) {
        return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) -
                                        columns.begin());
    };
    ASSERT_GT(rows.size(), 1u);
    EXPECT_EQ(rows[1][at("mfc_mean")], "");
    EXPECT_NE(rows[1][at("predicted_mfc_mean")], "");
}
