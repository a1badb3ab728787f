// SPDX-License-Identifier: GPL-2.0-only
// multicast-state as a user runs it: columns, exit status, one line for what is wrong.
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

class MulticastState : public ::testing::Test
{
  protected:
    void SetUp() override
    {
        if (!fs::exists(PROGRAM))
        {
            GTEST_SKIP() << PROGRAM << " has not been built";
        }
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

TEST_F(MulticastState, ServesTenants)
{
    const Outcome outcome =
        Run("--topology=clos:pods=3,leaves=4,hosts=10,spines=2,cores=2 --tenants=6 --groups=500 "
            "--distribution=wve --placement=fill-leaf" +
            Output("tenants"));
    EXPECT_EQ(outcome.status, 0) << outcome.errors;
    EXPECT_NE(Read("tenants").find(",bidir,fill-leaf,wve,1,core,2,"), std::string::npos);
}
