// SPDX-License-Identifier: GPL-2.0-only
// doc/surroundings.rst, disks: full, read-only, files that may not grow, a directory that is taken.
// Full and read-only file systems are mounted in a namespace of this process, which takes root.
#include "programs.h"

#include "ns3/run-output.h"

#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstring>

using namespace ns3;

namespace
{

/** \returns why nothing can be mounted here; empty if it can. Mounts are this process's alone. */
const std::string&
GetMountObstacle()
{
    static const std::string obstacle = [] {
        const bool own = unshare(CLONE_NEWNS) == 0 &&
                         mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
        return own ? std::string()
                   : "no mount namespace of one's own: " + std::string(std::strerror(errno));
    }();
    return obstacle;
}

/** A small file system, or a read-only view of a folder. */
class Mount
{
  public:
    /** A file system in memory of so many bytes. */
    Mount(const std::string& folder, std::size_t bytes)
        : m_folder(folder)
    {
        std::filesystem::create_directories(folder);
        const std::string size = "size=" + std::to_string(bytes);
        m_mounted = mount("none", folder.c_str(), "tmpfs", 0, size.c_str()) == 0;
    }

    /** The folder itself, read-only. */
    explicit Mount(const std::string& folder)
        : m_folder(folder)
    {
        std::filesystem::create_directories(folder);
        const char* const path = folder.c_str();
        m_mounted = mount(path, path, nullptr, MS_BIND, nullptr) == 0;
        m_mounted = m_mounted &&
                    mount(nullptr, path, nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr) == 0;
    }

    ~Mount()
    {
        umount2(m_folder.c_str(), MNT_DETACH);
    }

    Mount(const Mount&) = delete;
    Mount& operator=(const Mount&) = delete;

    bool IsMounted() const
    {
        return m_mounted;
    }

  private:
    std::string m_folder;
    bool m_mounted;
};

/** The disks. */
class SurroundingsDisks : public Surroundings
{
  protected:
    /** \returns the brief run with all that it can write. */
    ProcessEnd RunFull(const std::function<void()>& prepare = nullptr) const
    {
        std::vector<std::string> more = GetParam().drawing;
        GetParam().name == "failure-study" ? void() : more.push_back("--report");
        GetParam().name == "vxlan-lab" ? more.push_back("--pcap=*:*") : void();
        return RunBrief(more, prepare);
    }

    /** What must hold after a run that found no room. */
    void ExpectRefusedWhole(const ProcessEnd& end) const
    {
        EXPECT_FALSE(end.hung);
        EXPECT_TRUE(end.status == 1 || end.status == 2) << end.status << " " << end.signal;
        EXPECT_EQ(std::count(end.err.begin(), end.err.end(), '\n'), 1) << end.err;
        ExpectWhole(GetOutput());
    }
};

} // namespace

TEST_P(SurroundingsDisks, AFullOneIsOneLineAndWholeFiles)
{
    if (!GetMountObstacle().empty())
    {
        GTEST_SKIP() << GetMountObstacle();
    }
    bool fits = false;
    for (std::size_t bytes = 4096; !fits && bytes <= (std::size_t(64) << 20); bytes *= 4)
    {
        SCOPED_TRACE(bytes);
        const Mount disk(GetOutput(), bytes);
        ASSERT_TRUE(disk.IsMounted());
        const ProcessEnd end = RunFull();
        fits = end.status == 0;
        fits ? ExpectWhole(GetOutput()) : ExpectRefusedWhole(end);
    }
    EXPECT_TRUE(fits) << "no disk was large enough";
}

TEST_P(SurroundingsDisks, FilesThatMayNotGrowAreOneLineAndWholeFiles)
{
    for (const rlim_t bytes : {0, 1, 512, 4096})
    {
        SCOPED_TRACE(bytes);
        const ProcessEnd end = RunFull([bytes] {
            // The messages go through a pipe, so that they are not concerned.
            const rlimit limit{bytes, bytes};
            setrlimit(RLIMIT_FSIZE, &limit);
        });
        EXPECT_EQ(end.signal, 0) << "SIGXFSZ";
        EXPECT_FALSE(end.hung);
        // Or no file is as large as that.
        const bool fits = end.status == 0 && !ListFiles(GetOutput()).empty();
        EXPECT_TRUE(end.status == 1 || end.status == 2 || fits) << end.status;
        ExpectWhole(GetOutput());
        std::filesystem::remove_all(GetOutput());
    }
}

TEST_P(SurroundingsDisks, AReadOnlyOneIsRefusedBeforeAnythingRuns)
{
    if (!GetMountObstacle().empty())
    {
        GTEST_SKIP() << GetMountObstacle();
    }
    const Mount view(GetOutput());
    ASSERT_TRUE(view.IsMounted());
    const ProcessEnd end = RunBrief();
    EXPECT_EQ(end.status, 2);
    ExpectOneLine(end.err, GetOutput() + ":1: cannot write there (");
    EXPECT_TRUE(ListFiles(GetOutput()).empty());
}

TEST_P(SurroundingsDisks, ADirectoryThatIsTakenIsRefused)
{
    const RunOutput holder(GetOutput());
    const ProcessEnd end = RunBrief();
    EXPECT_EQ(end.status, 2);
    ExpectOneLine(end.err,
                  GetOutput() + ":1: another run writes there (process " +
                      std::to_string(getpid()) + ")");
}

TEST_P(SurroundingsDisks, TwoRunsAtOnceAreAsOne)
{
    // One of them may be refused; or the other has ended before it began.
    TestProcess first(MakeCommand(GetParam(), GetParam().brief, GetOutput()));
    TestProcess second(MakeCommand(GetParam(), GetParam().brief, GetOutput()));
    const ProcessEnd ends[] = {first.Wait(), second.Wait()};
    for (const ProcessEnd& end : ends)
    {
        EXPECT_TRUE(end.status == 0 ||
                    end.err.find("another run writes there") != std::string::npos)
            << end.err;
    }
    EXPECT_TRUE(ends[0].status == 0 || ends[1].status == 0);
    EXPECT_EQ(ListFiles(GetOutput()), GetParam().files);
    ExpectWhole(GetOutput());
}

INSTANTIATE_TEST_SUITE_P(Programs,
                         SurroundingsDisks,
                         ::testing::ValuesIn(GetFilePrograms()),
                         NameProgram);
