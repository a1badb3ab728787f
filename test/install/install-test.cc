// SPDX-License-Identifier: GPL-2.0-only
// The installed library, as a project of its own uses it: examples/first-program outside the tree,
// found by find_package and by pkg-config.
#include "support/lab-program.h"
#include "support/paths.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

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
#ifdef __SANITIZE_ADDRESS__
        GTEST_SKIP() << "programs without AddressSanitizer cannot use a library with it";
#endif
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

// In a tree all headers stand in one folder, ns3/.
TEST_F(InstalledLibrary, HasNoHeaderOfTheSameNameAsOneOfNs3s)
{
    std::size_t count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(Prefix() + "/include/vxlan-multicast/ns3"))
    {
        const std::string name = entry.path().filename();
        EXPECT_FALSE(std::filesystem::exists(NS3_INCLUDE_DIR "/ns3/" + name)) << name;
        ++count;
    }
    EXPECT_GT(count, 100u);
}

TEST(PagesOfTypes, AreCurrent)
{
    for (const std::string page : {"attributes", "trace-sources"})
    {
        const CommandResult list = RunCommand(BIN_DIR "/list-types " + page);
        ASSERT_EQ(list.status, 0) << list.err;
        EXPECT_EQ(list.out, ReadText(SOURCE_DIR "/doc/" + page + ".rst")) << "run make types";
    }
}

TEST(Scratch, ProgramsOfOnesOwnAreBuiltAndMayUseFlowMonitor)
{
    const CommandResult run = RunCommand(BIN_DIR "/scratch-flows");
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_TRUE(run.out.find("192.168.99.1 to 192.168.99.2: ") != std::string::npos ||
                run.out.find("without flow-monitor") != std::string::npos)
        << run.out;
}

/** \returns what CMake finds of the modules core and network of an ns-3 with \p libraries. */
std::string
FindNs3(const std::vector<std::string>& libraries)
{
    const ScratchFolder scratch;
    std::filesystem::create_directories(scratch.GetPath("ns3/include/ns3"));
    std::filesystem::create_directories(scratch.GetPath("ns3/lib"));
    // As in ns-3.48, including it needs a library.
    scratch.Write("ns3/include/ns3/node.h",
                  "struct InALibrary\n{\n    InALibrary();\n} const inALibrary;\n");
    for (const std::string& library : libraries)
    {
        scratch.Write("ns3/lib/" + library, "");
    }
    scratch.Write("CMakeLists.txt",
                  "cmake_minimum_required(VERSION 3.18)\nproject(finder LANGUAGES CXX)\n"
                  "include(" SOURCE_DIR "/cmake/FindNs3Modules.cmake)\n"
                  "find_ns3_modules(core network)\n"
                  "get_target_property(libraries ns3-modules INTERFACE_LINK_LIBRARIES)\n"
                  "get_target_property(log ns3-modules INTERFACE_COMPILE_DEFINITIONS)\n"
                  "foreach(l IN LISTS libraries)\nget_filename_component(n ${l} NAME)\n"
                  "string(APPEND names \"${n} \")\nendforeach()\n"
                  "message(STATUS \"found ${names}${log}\")\n");
    const CommandResult found = RunCommand(
        CMAKE_COMMAND " -S " + scratch.GetPath("") + " -B " + scratch.GetPath("build") +
        " -DCMAKE_CXX_COMPILER=" + CXX_COMPILER + " -DCMAKE_PREFIX_PATH=" + scratch.GetPath("ns3"));
    EXPECT_EQ(found.status, 0) << found.err;
    const std::size_t at = found.out.find("-- found ");
    return at == std::string::npos ? found.out
                                   : found.out.substr(at + 9, found.out.find('\n', at) - at - 9);
}

TEST(Ns3InstalledByHand, IsFoundUnderItsReleasesNames)
{
    EXPECT_EQ(FindNs3({"libns3.48-core-default.so",
                       "libns3.48-core-test-default.so",
                       "libns3.48-network-default.so"}),
              "libns3.48-core-default.so libns3.48-network-default.so NS3_LOG_ENABLE");
    EXPECT_EQ(FindNs3({"libns3-dev-core-debug.so", "libns3-dev-network-debug.so"}),
              "libns3-dev-core-debug.so libns3-dev-network-debug.so NS3_LOG_ENABLE");
    EXPECT_EQ(FindNs3({"libns3.46.1-core.so", "libns3.46.1-network.so"}),
              "libns3.46.1-core.so libns3.46.1-network.so log-NOTFOUND");
    EXPECT_EQ(FindNs3({"libns3.40-core-optimized.so", "libns3.40-network-optimized.so"}),
              "libns3.40-core-optimized.so libns3.40-network-optimized.so log-NOTFOUND");
}

} // namespace
} // namespace ns3
