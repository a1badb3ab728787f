// SPDX-License-Identifier: GPL-2.0-only
// The output directory: made, locked, left as it was by a run that does not begin.
#include "ns3/input-error.h"
#include "ns3/open-files.h"
#include "ns3/run-output.h"

#include "support/lab-program.h"

#include <gtest/gtest.h>

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <memory>
#include <vector>

using namespace ns3;
namespace fs = std::filesystem;

namespace
{

/** \returns why the directory is refused; empty if it is not. */
std::string
Refusal(const std::string& directory)
{
    try
    {
        RunOutput output(directory);
        return "";
    }
    catch (const InputError& error)
    {
        return error.what();
    }
}

/** A process that holds a directory until it is killed. */
class Holder
{
  public:
    explicit Holder(const std::string& directory)
    {
        int ends[2];
        EXPECT_EQ(pipe(ends), 0);
        m_process = fork();
        if (m_process == 0)
        {
            RunOutput output(directory);
            const char ready = write(ends[1], "r", 1) == 1 ? 'r' : 'x';
            pause();
            _exit(ready == 'r' ? 0 : 1);
        }
        close(ends[1]);
        char ready = 0;
        EXPECT_EQ(read(ends[0], &ready, 1), 1);
        close(ends[0]);
    }

    ~Holder()
    {
        Kill();
    }

    void Kill()
    {
        if (m_process > 0)
        {
            kill(m_process, SIGKILL);
            waitpid(m_process, nullptr, 0);
            m_process = 0;
        }
    }

    pid_t GetProcess() const
    {
        return m_process;
    }

  private:
    pid_t m_process;
};

} // namespace

TEST(RunOutput, MakesParentsAndRemovesThemIfNothingIsInThem)
{
    const ScratchFolder scratch;
    {
        RunOutput output(scratch.GetPath("a/b"));
        EXPECT_TRUE(fs::is_directory(scratch.GetPath("a/b")));
    }
    EXPECT_FALSE(fs::exists(scratch.GetPath("a")));
    {
        RunOutput output(scratch.GetPath("a/b"));
        output.Write("file", "text");
    }
    EXPECT_EQ(ReadText(scratch.GetPath("a/b/file")), "text");
    EXPECT_EQ(std::distance(fs::directory_iterator(scratch.GetPath("a/b")), {}), 1);
}

TEST(RunOutput, WhatCannotBeWrittenIsRefused)
{
    const ScratchFolder scratch;
    scratch.Write("file", "mine");
    for (const std::string& directory :
         {scratch.GetPath("file"), scratch.GetPath("file/b"), std::string("/proc/none/such")})
    {
        const std::string refusal = Refusal(directory);
        EXPECT_EQ(refusal.rfind(directory + ":1: cannot write there (", 0), 0u) << refusal;
        EXPECT_EQ(refusal.find('\n'), std::string::npos);
    }
    EXPECT_NE(Refusal(""), "");
    EXPECT_EQ(ReadText(scratch.GetPath("file")), "mine");
}

TEST(RunOutput, FoldersInTheWayAreRefused)
{
    const ScratchFolder scratch;
    RunOutput output(scratch.GetPath("out"));
    output.Write("tib.csv", "old");
    fs::create_directory(output.GetPath("mfc.csv"));
    fs::create_directory(output.GetPath("rp.csv.partial"));
    EXPECT_EQ(mkfifo(output.GetPath("r1-eth0.pcap").c_str(), 0600), 0);
    EXPECT_NO_THROW(output.CheckReplaceable("new.csv"));
    EXPECT_NO_THROW(output.CheckReplaceable("tib.csv"));
    for (const char* file : {"mfc.csv", "rp.csv", "r1-eth0.pcap"})
    {
        EXPECT_THROW(output.CheckReplaceable(file), InputError) << file;
    }
}

TEST(RunOutput, ASecondProcessIsRefusedWithAWord)
{
    const ScratchFolder scratch;
    const std::string directory = scratch.GetPath("out");
    Holder holder(directory);
    const std::string refusal = Refusal(directory);
    EXPECT_EQ(refusal,
              directory + ":1: another run writes there (process " +
                  std::to_string(holder.GetProcess()) +
                  "), let it end first or give another --output");
    EXPECT_TRUE(fs::exists(directory)) << "the first run's directory";
    holder.Kill();
    EXPECT_TRUE(fs::exists(directory + "/.lock.partial")) << "left by the one that was killed";
    EXPECT_EQ(Refusal(directory), "");
    EXPECT_FALSE(fs::exists(directory + "/.lock.partial"));
}

TEST(OpenFiles, TheSoftLimitIsRaisedAsFarAsTheHardOneAllows)
{
    rlimit before;
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit low = before;
    low.rlim_cur = 100;
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &low), 0);
    EXPECT_EQ(ReserveOpenFiles(20), 20u);
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &low), 0);
    EXPECT_EQ(low.rlim_cur, 100u) << "raised without need";
    EXPECT_EQ(ReserveOpenFiles(300), 300u);
    std::vector<int> files;
    for (int i = 0; i < 300; ++i)
    {
        files.push_back(open("/dev/null", O_RDONLY));
        EXPECT_GE(files.back(), 0);
    }
    for (int file : files)
    {
        close(file);
    }
    EXPECT_LT(ReserveOpenFiles(std::size_t(before.rlim_max) + 1), before.rlim_max);
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
}
