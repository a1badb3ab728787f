// SPDX-License-Identifier: GPL-2.0-only
// doc/surroundings.rst, signals: at moments drawn by chance, and before anything runs.
// SURROUNDINGS_CASES=N draws N moments for each program and signal.
#include "programs.h"

#include <cstdlib>
#include <random>

using namespace ns3;

namespace
{

/** \returns how many moments are drawn. */
int
CountCases()
{
    const char* const text = std::getenv("SURROUNDINGS_CASES");
    return text == nullptr ? 3 : std::atoi(text);
}

/** The signals, at moments drawn by chance. */
class SurroundingsSignals : public Surroundings
{
  protected:
    /** Starts the lasting run, and sends \p number after a time drawn from up to a second. */
    ProcessEnd RunAndSignal(int number)
    {
        std::uniform_int_distribution<int> draw(0, 1000);
        const int moment = draw(m_random);
        SCOPED_TRACE("after " + std::to_string(moment) + " ms");
        TestProcess process(MakeCommand(GetParam(), GetParam().lasting, GetOutput()));
        EXPECT_FALSE(process.EndsWithin(moment / 1000.0)) << "it should last longer";
        process.Signal(number);
        ProcessEnd end = process.Wait(20);
        EXPECT_FALSE(end.hung);
        EXPECT_TRUE(process.IsGroupGone()) << "a process is left";
        return end;
    }

    std::mt19937 m_random{7};
};

/** The same. */
class SurroundingsIgnored : public SurroundingsSignals
{
};

/** \returns the last line of a text that ends in a line break. */
std::string
GetLastLine(const std::string& text)
{
    const std::size_t end = text.empty() ? 0 : text.rfind('\n', text.size() - 2);
    return text.substr(end == std::string::npos ? 0 : end + (end == 0 ? 0 : 1));
}

} // namespace

TEST_P(SurroundingsSignals, EndItWithWholeFilesOrNoneAndALine)
{
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
    {
        for (int i = 0; i < CountCases(); ++i)
        {
            const ProcessEnd end = RunAndSignal(number);
            // Before main nothing catches it; then there are no files either.
            if (end.signal == 0)
            {
                const bool isPlan = GetParam().name == "multicast-plan" && end.status == 130;
                EXPECT_TRUE(isPlan || end.status == 128 + number) << end.status << end.err;
                const std::string said = isPlan && end.err.empty() ? end.out : GetLastLine(end.err);
                EXPECT_NE(said.find("interrupted"), std::string::npos) << end.out << end.err;
            }
            else
            {
                EXPECT_EQ(end.signal, number);
            }
            for (const std::string& file : ListFiles(GetOutput()))
            {
                EXPECT_EQ(GetParam().growing.count(file), 1u) << file;
            }
            ExpectWhole(GetOutput());
            EXPECT_EQ(std::filesystem::exists(GetOutput()), !ListFiles(GetOutput()).empty())
                << "an empty folder is left";
            std::filesystem::remove_all(GetOutput());
        }
    }
}

TEST_P(SurroundingsSignals, WhatWasThereStaysWhenTheNextRunIsInterrupted)
{
    ExpectNextRunWorks();
    std::map<std::string, std::string> before;
    for (const std::string& file : GetParam().files)
    {
        before[file] = ReadText(GetOutput() + "/" + file);
    }
    RunAndSignal(SIGTERM);
    ExpectWhole(GetOutput());
    for (const auto& [file, content] : before)
    {
        const bool stays = GetParam().growing.count(file) == 0;
        EXPECT_TRUE(!stays || ReadText(GetOutput() + "/" + file) == content) << file;
    }
}

TEST_P(SurroundingsSignals, KillLeavesPartialFilesThatTheNextRunRemoves)
{
    for (int i = 0; i < CountCases(); ++i)
    {
        const ProcessEnd end = RunAndSignal(SIGKILL);
        EXPECT_EQ(end.signal, SIGKILL);
        for (const std::string& file : ListFiles(GetOutput()))
        {
            EXPECT_TRUE(IsPartial(file) || GetParam().growing.count(file) == 1) << file;
            EXPECT_EQ(IsPartial(file) ? "" : FindTear(GetOutput() + "/" + file), "");
        }
        // The sweep's next run has other points, and keeps those aside.
        std::filesystem::remove(GetOutput() + "/sweep.csv");
        std::filesystem::remove(GetOutput() + "/growth.csv");
        std::filesystem::remove(GetOutput() + "/failure-runs.csv");
        ExpectNextRunWorks();
        std::filesystem::remove_all(GetOutput());
    }
}

TEST_P(SurroundingsIgnored, WhatIsIgnoredStaysIgnored)
{
    TestProcess process(MakeCommand(GetParam(), GetParam().lasting, GetOutput()),
                        [] { std::signal(SIGHUP, SIG_IGN); });
    EXPECT_FALSE(process.EndsWithin(0.3));
    process.Signal(SIGHUP);
    EXPECT_FALSE(process.EndsWithin(0.3)) << "as under nohup";
    process.Signal(SIGTERM);
    EXPECT_EQ(process.Wait(20).status, 128 + SIGTERM);
}

INSTANTIATE_TEST_SUITE_P(Programs,
                         SurroundingsSignals,
                         ::testing::ValuesIn(GetFilePrograms()),
                         NameProgram);
// multicast-plan writes the best plan so far on any of them.
INSTANTIATE_TEST_SUITE_P(Programs,
                         SurroundingsIgnored,
                         ::testing::ValuesIn(GetFilePrograms(
                             {"vxlan-lab", "vni-group-sweep", "multicast-state", "failure-study"})),
                         NameProgram);
