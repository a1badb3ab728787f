// SPDX-License-Identifier: GPL-2.0-only
// vni-group-sweep as a user runs it: exit status, one line for what is wrong, tables that survive
// SIGKILL, the same rows however many processes.
#include "ns3/run-output.h"

#include "helper/sweep-program.h"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

using namespace ns3;
namespace fs = std::filesystem;

namespace
{

const std::string SMALL = " --topology=leaf-spine:spines=2,leaves=4,hosts=2 --vnis=16 --members=4"
                          " --groups=1,4,16 --trees=rpt,spt,head-end --seeds=1-2 --plots=false";
/** As many processes as the test wants, also for root and on few cores. */
// Open MPI leaves memory behind: under AddressSanitizer leaks are not looked for.
const std::string MPIRUN =
    "ASAN_OPTIONS=detect_leaks=0 mpirun --allow-run-as-root --oversubscribe -np 3 ";

bool
HasMpirun()
{
    return std::system("mpirun --version >/dev/null 2>&1") == 0;
}

/** Starts the program and kills it as soon as its table holds \p rows rows, header too. */
void
RunAndKill(const std::string& command, const std::string& table, std::size_t rows)
{
    const pid_t child = fork();
    if (child == 0)
    {
        // Of a process group of its own, so that nothing but it and its children is meant.
        if (std::freopen("/dev/null", "w", stdout) == nullptr ||
            std::freopen("/dev/null", "w", stderr) == nullptr)
        {
            _exit(127);
        }
        execl("/bin/sh", "sh", "-c", ("exec " + command).c_str(), nullptr);
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
                            "--vteps=leaves",
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
    const SweepCells cells = Sweep(SMALL + " --mapping=modulo,cluster,hash", "all");
    ASSERT_EQ(cells.GetSize(), 3u * 3u * 3u * 2u * 2u);
    ExpectModelEqualsPackets(cells);
}

TEST_F(SweepProgram, KilledAndStartedAgainGivesTheSameTables)
{
    std::string errors;
    const std::string undisturbed = Output("undisturbed");
    const std::string killed = Output("killed");
    ASSERT_EQ(Run(SMALL + " --output=" + undisturbed, errors), 0) << errors;
    for (std::size_t rows : {1, 4, 10, 22})
    {
        RunAndKill(PROGRAM + SMALL + " --jobs=2 --output=" + killed, killed + "/sweep.csv", rows);
    }
    ASSERT_EQ(Run(SMALL + " --jobs=2 --output=" + killed, errors), 0) << errors;
    EXPECT_EQ(ReadRows(killed), ReadRows(undisturbed));
    EXPECT_EQ(ReadTable(killed + "/growth.csv"), ReadTable(undisturbed + "/growth.csv"));
}

TEST_F(SweepProgram, MpirunGivesTheSameTables)
{
    if (!HasMpirun())
    {
        GTEST_SKIP() << "no mpirun here";
    }
    std::string errors;
    const std::string undisturbed = Output("undisturbed");
    const std::string spread = Output("spread");
    ASSERT_EQ(Run(SMALL + " --output=" + undisturbed, errors), 0) << errors;
    for (std::size_t rows : {2, 12})
    {
        RunAndKill(MPIRUN + PROGRAM + SMALL + " --output=" + spread, spread + "/sweep.csv", rows);
    }
    // The processes of a killed mpirun end by themselves, but not at once, and hold the directory.
    int status = Run(SMALL + " --output=" + spread, errors, MPIRUN);
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (status == 2 && errors.find("another run writes there") != std::string::npos &&
           std::chrono::steady_clock::now() < patience)
    {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        status = Run(SMALL + " --output=" + spread, errors, MPIRUN);
    }
    ASSERT_EQ(status, 0) << errors;
    EXPECT_EQ(ReadRows(spread), ReadRows(undisturbed));
    EXPECT_EQ(ReadTable(spread + "/growth.csv"), ReadTable(undisturbed + "/growth.csv"));
}

TEST_F(SweepProgram, MpirunSaysWhatIsWrongOnce)
{
    if (!HasMpirun())
    {
        GTEST_SKIP() << "no mpirun here";
    }
    std::string errors;
    EXPECT_EQ(Run(SMALL + " --trees=oak --output=" + Output("none"), errors, MPIRUN), 2);
    EXPECT_EQ(errors.find("'oak' is unknown"), errors.rfind("'oak' is unknown")) << errors;
    EXPECT_NE(errors.find("'oak' is unknown"), std::string::npos) << errors;
    EXPECT_FALSE(fs::exists(Output("none")));
}

TEST_F(SweepProgram, ModelAloneLeavesMeasuredCellsEmpty)
{
    const SweepCells cells = Sweep(SMALL + " --packets=false", "model");
    ASSERT_GT(cells.GetSize(), 0u);
    EXPECT_EQ(cells.Text(0, "mfc_mean"), "");
    EXPECT_NE(cells.Text(0, "predicted_mfc_mean"), "");
}

TEST_F(SweepProgram, ASecondSweepInOneDirectoryIsRefused)
{
    const std::string output = Output("shared");
    const std::string point = " --topology=leaf-spine:spines=2,leaves=4,hosts=2 --vnis=4 --groups=4"
                              " --members=2 --plots=false --jobs=2 --output=" +
                              output;
    const pid_t holder = fork();
    if (holder == 0)
    {
        RunOutput held(output);
        held.Write("ready", "");
        pause();
        _exit(0);
    }
    while (!fs::exists(output + "/ready"))
    {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    std::string errors;
    EXPECT_EQ(Run(point, errors), 2);
    EXPECT_EQ(errors,
              output + ":1: another run writes there (process " + std::to_string(holder) +
                  "), let it end first or give another --output\n");
    kill(holder, SIGKILL);
    waitpid(holder, nullptr, 0);
    EXPECT_TRUE(fs::exists(output + "/.lock.partial")) << "what a killed sweep leaves";
    EXPECT_EQ(Run(point, errors), 0) << errors;
    EXPECT_FALSE(fs::exists(output + "/.lock.partial"));
}

TEST_F(SweepProgram, WithoutGnuplotNothingRuns)
{
    fs::create_directory(m_folder / "bin");
    fs::create_symlink("/bin/sh", m_folder / "bin" / "sh");
    std::string errors;
    const std::string without = "env PATH=" + (m_folder / "bin").string() + " ";
    const std::string point = " --topology=leaf-spine:spines=2,leaves=4,hosts=2 --vnis=4 --groups=4"
                              " --members=2 --output=" +
                              Output("plots");
    EXPECT_EQ(Run(point, errors, without), 2);
    EXPECT_EQ(errors,
              "command line:1: the figures need gnuplot, install the package gnuplot-nox or give "
              "--plots=false\n");
    EXPECT_FALSE(fs::exists(Output("plots")));
    EXPECT_EQ(Run(point + " --plots=false", errors, without), 0) << errors;
}

TEST_F(SweepProgram, MoreProcessesThanPipesAreRefused)
{
    std::string errors;
    EXPECT_EQ(Run(SMALL + " --jobs=2000 --output=" + Output("none"), errors, "ulimit -n 1000; "),
              2);
    EXPECT_EQ(errors.rfind("command line:", 0), 0u) << errors;
    EXPECT_NE(errors.find("--jobs is 2000, more than the 936 files"), std::string::npos) << errors;
    EXPECT_FALSE(fs::exists(Output("none")));
}

TEST_F(SweepProgram, FoldersWhereFilesGoAreRefused)
{
    for (const std::string name : {"sweep.csv",
                                   "growth.csv",
                                   "sweep-before.csv",
                                   "flooding-waste.svg",
                                   "table-overflow-over-time.dat"})
    {
        const std::string output = Output("folder-" + name);
        fs::create_directories(output + "/" + name);
        std::string errors;
        EXPECT_EQ(
            Run(" --topology=chain:n=3 --vnis=1 --groups=1 --members=2 --output=" + output, errors),
            2);
        EXPECT_EQ(errors.rfind(output + "/" + name + ":1: stands where the run writes", 0), 0u)
            << errors;
        EXPECT_EQ(std::distance(fs::directory_iterator(output), {}), 1);
    }
}
