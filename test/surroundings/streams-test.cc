// SPDX-License-Identifier: GPL-2.0-only
// doc/surroundings.rst, streams and environment: standard streams that are closed or broken, no
// gnuplot, no Graphviz, no HOME.
#include "programs.h"

using namespace ns3;

namespace
{

/** Standard streams and the environment. */
class SurroundingsStreams : public Surroundings
{
  protected:
    /** Runs the brief run by the shell. \param around the command, as % in it */
    CommandResult RunByShell(const std::string& around,
                             const std::vector<std::string>& more = {}) const
    {
        std::string command;
        for (const std::string& word : MakeCommand(GetParam(), GetParam().brief, GetOutput(), more))
        {
            command += "'" + word + "' ";
        }
        std::string text = around;
        text.replace(text.find('%'), 1, command);
        return RunCommand("{ " + text + "; }");
    }

    void ExpectFiles() const
    {
        EXPECT_EQ(ListFiles(GetOutput()), GetParam().files);
        ExpectWhole(GetOutput());
    }
};

/** The programs that draw. */
class SurroundingsDrawing : public SurroundingsStreams
{
};

} // namespace

TEST_P(SurroundingsStreams, OutputThatCannotBeWrittenIsOneLineAndTheFilesAreWhole)
{
    for (const char* around : {"% >&-", "% >/dev/full"})
    {
        SCOPED_TRACE(around);
        const CommandResult end = RunByShell(around);
        EXPECT_EQ(end.status, 1);
        EXPECT_EQ(end.err, GetParam().name + ": standard output cannot be written\n");
        ExpectFiles();
        std::filesystem::remove_all(GetOutput());
    }
}

TEST_P(SurroundingsStreams, ABrokenPipeIsOneLineAndTheFilesAreWhole)
{
    // The status of the program itself, which the pipe would hide; `exec <&-` ends the reader first.
    const CommandResult end = RunByShell("{ sleep 0.2; %; echo $? >&2; } | exec true");
    ExpectFiles();
    EXPECT_EQ(end.err, GetParam().name + ": standard output cannot be written\n1\n");
}

TEST_P(SurroundingsStreams, ClosedInputAndErrorsChangeNothing)
{
    for (const char* around : {"% <&-", "% 2>&-", "% <&- 2>&-"})
    {
        SCOPED_TRACE(around);
        EXPECT_EQ(RunByShell(around).status, 0);
        ExpectFiles();
        std::filesystem::remove_all(GetOutput());
    }
    EXPECT_EQ(RunByShell("% >&- 2>&-").status, 1);
    ExpectFiles();
}

TEST_P(SurroundingsStreams, ErrorsWithoutAStreamKeepTheStatus)
{
    EXPECT_EQ(RunByShell("% 2>&-", {"--nonsense"}).status, 2);
    EXPECT_EQ(RunByShell("% >&- 2>&-", {"--nonsense"}).status, 2);
    EXPECT_FALSE(std::filesystem::exists(GetOutput()));
}

TEST_P(SurroundingsStreams, HelpThatCannotBeWrittenIsSaid)
{
    for (const char* what : {"--help", "--version", "--man"})
    {
        const CommandResult end =
            RunCommand("{ " BIN_DIR "/" + GetParam().name + " " + what + " >/dev/full; }");
        EXPECT_EQ(end.status, 1) << what;
        EXPECT_EQ(end.err, GetParam().name + ": standard output cannot be written\n");
    }
}

TEST_P(SurroundingsStreams, AnEmptyEnvironmentChangesNothing)
{
    const CommandResult end = RunByShell("env -i %");
    EXPECT_EQ(end.status, 0) << end.err;
    EXPECT_EQ(end.err, "");
    ExpectFiles();
}

TEST_P(SurroundingsDrawing, WhatNeedsAMissingProgramIsRefusedBeforeAnythingRuns)
{
    // The lab's own topology has places; Graphviz is needed where there are none.
    std::vector<std::string> more = GetParam().drawing;
    GetParam().name == "vxlan-lab"
        ? more.push_back("--topology=" + m_scratch.Write("t.topo", "node a\nnode b\nedge a b\n"))
        : void();
    GetParam().name == "vxlan-lab"
        ? more.push_back("--scenario=" + m_scratch.Write("s.yaml", "duration: 1s\n"))
        : void();
    GetParam().name == "failure-study" ? more.push_back("--packets=true") : void();
    GetParam().name == "failure-study" ? more.push_back("--plots") : void();
    std::filesystem::create_directory(m_scratch.GetPath("bin"));
    std::filesystem::create_symlink("/bin/sh", m_scratch.GetPath("bin/sh"));
    const CommandResult end = RunByShell("env PATH=" + m_scratch.GetPath("bin") + " %", more);
    EXPECT_EQ(end.status, 2);
    ExpectOneLine(end.err, "command line:");
    EXPECT_NE(end.err.find(GetParam().name == "vxlan-lab" ? "install the package graphviz"
                                                          : "install the package gnuplot-nox"),
              std::string::npos)
        << end.err;
    EXPECT_FALSE(std::filesystem::exists(GetOutput()));
}

INSTANTIATE_TEST_SUITE_P(Programs,
                         SurroundingsStreams,
                         ::testing::ValuesIn(GetFilePrograms()),
                         NameProgram);
INSTANTIATE_TEST_SUITE_P(Programs,
                         SurroundingsDrawing,
                         ::testing::ValuesIn(GetFilePrograms(
                             {"vxlan-lab", "vni-group-sweep", "multicast-plan", "failure-study"})),
                         NameProgram);
