// SPDX-License-Identifier: GPL-2.0-only
// The installed library, as a project of its own uses it: examples/first-program outside the tree,
// found by find_package and by pkg-config.
#include "support/lab-program.h"
#include "support/paths.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace ns3
{
namespace
{

/** What the program prints when the overlay has learned its peer. */
constexpr const char* LEARNED = "dst 10.0.0.2";

class InstalledLibrary : public ::testing::Test
{
  protected:
    static void SetUpTestSuite()
    {
        s_scratch = new ScratchFolder;
        s_install = RunCommand(
            CMAKE_COMMAND " --install " BUILD_DIR " --component library --prefix " + Prefix());
        std::filesystem::copy(SOURCE_DIR "/examples/first-program", s_scratch->GetPath("project"));
    }

    static void TearDownTestSuite()
    {
        delete s_scratch;
    }

    void SetUp() override
    {
        ASSERT_EQ(s_install.status, 0) << s_install.err;
    }

    static std::string Prefix()
    {
        return s_scratch->GetPath("prefix");
    }

    /** \returns the folder below the prefix that holds the library: it differs among systems. */
    static std::string LibraryFolder()
    {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(Prefix()))
        {
            if (entry.path().filename() == "libvxlan-multicast.so")
            {
                return entry.path().parent_path();
            }
        }
        return "";
    }

    static ScratchFolder* s_scratch;
    static CommandResult s_install;
};

ScratchFolder* InstalledLibrary::s_scratch = nullptr;
CommandResult InstalledLibrary::s_install;

TEST_F(InstalledLibrary, IsFoundByFindPackage)
{
    const std::string build = s_scratch->GetPath("build");
    const CommandResult made =
        RunCommand("(" CMAKE_COMMAND " -S " + s_scratch->GetPath("project") + " -B " + build +
                   " -DCMAKE_CXX_COMPILER=" CXX_COMPILER " -DCMAKE_PREFIX_PATH=" + Prefix() +
                   " && " CMAKE_COMMAND " --build " + build + ")");
    ASSERT_EQ(made.status, 0) << made.out << made.err;
    const CommandResult run = RunCommand(build + "/first-program");
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_NE(run.out.find(LEARNED), std::string::npos) << run.out;
}

TEST_F(InstalledLibrary, IsFoundByPkgConfig)
{
    const std::string program = s_scratch->GetPath("by-pkg-config");
    const std::string pkgConfig = "$(PKG_CONFIG_PATH=" + LibraryFolder() + "/pkgconfig pkg-config ";
    const CommandResult made =
        RunCommand(CXX_COMPILER " -std=c++17 " + pkgConfig + "--cflags vxlan-multicast) " +
                   s_scratch->GetPath("project/first-program.cc") + " -o " + program + " " +
                   pkgConfig + "--libs vxlan-multicast) -Wl,-rpath," + LibraryFolder());
    ASSERT_EQ(made.status, 0) << made.out << made.err;
    const CommandResult run = RunCommand(program);
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_NE(run.out.find(LEARNED), std::string::npos) << run.out;
}

} // namespace
} // namespace ns3
