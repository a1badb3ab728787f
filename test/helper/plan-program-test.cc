// SPDX-License-Identifier: GPL-2.0-only
// multicast-plan as a user runs it: files, exit status, one line for what is wrong; and what takes
// its files.
#include "helper/sweep-program.h"

#include <csignal>
#include <thread>

using namespace ns3;

namespace
{

class PlanProgramTest : public SweepProgram
{
  protected:
    static inline const std::string PLAN = BIN_DIR "/multicast-plan";
    static inline const std::string FABRIC =
        " --topology=leaf-spine:spines=2,leaves=4,hosts=3 --vnis=20 --members=4 --plots=false ";

    /** \returns the exit status. \param text gets stdout, \param errors stderr */
    int Plan(const std::string& options, const std::string& name, std::string& text) const
    {
        const std::string file = (m_folder / "plan-stdout").string();
        const std::string errors = (m_folder / "plan-stderr").string();
        const std::string command =
            PLAN + options + " --output=" + Output(name) + " >" + file + " 2>" + errors;
        const int status = WEXITSTATUS(std::system(command.c_str()));
        text = ReadText(file) + ReadText(errors);
        return status;
    }

    static std::string ReadText(const std::string& path)
    {
        std::ifstream file(path, std::ios::binary);
        std::ostringstream text;
        text << file.rdbuf();
        return text.str();
    }

    /** \returns a file that was written. */
    std::string Write(const std::string& name, const std::string& text) const
    {
        std::string path = (m_folder / name).string();
        std::ofstream(path, std::ios::binary) << text;
        return path;
    }

    /** \returns a plan with two trees for a group. */
    std::string TwoTrees() const
    {
        return Write("trees.csv", "vni,group,tree\n1,239.1.0.0,bidir\n2,239.1.0.0,spt\n");
    }

    /** \returns a workload whose sums are no numbers any more. */
    std::string TooMuch() const
    {
        return Write("much.csv", "vni,node,frames_per_s\n1,vtep0,1e308\n1,vtep1,1e308\n");
    }

    static bool Has(const std::string& text, const std::string& part)
    {
        return text.find(part) != std::string::npos;
    }
};

} // namespace

TEST_F(PlanProgramTest, WritesThePlanAndSaysIt)
{
    std::string text;
    EXPECT_EQ(Plan(FABRIC + "--limit=leaf:100,spine:100 --trees=bidir,spt", "a", text), 0) << text;
    EXPECT_TRUE(Has(text, " groups for 20 VNIs under bidir")) << text;
    const SweepRows plan = ReadTable(Output("a") + "/plan.csv");
    ASSERT_EQ(plan.size(), 21u);
    EXPECT_EQ(plan[0], (std::vector<std::string>{"vni", "group", "tree"}));
    EXPECT_EQ(plan[1][0], "1");
    EXPECT_EQ(plan[1][1].rfind("239.1.", 0), 0u) << plan[1][1];
    EXPECT_EQ(plan[1][2], "bidir");
    const SweepRows front = ReadTable(Output("a") + "/front.csv");
    const std::vector<std::string> columns{"groups",
                                           "tree",
                                           "waste_per_frame",
                                           "copies_per_frame",
                                           "rows_max_leaf",
                                           "rows_max_spine",
                                           "feasible"};
    EXPECT_TRUE(std::equal(columns.begin(), columns.end(), front[0].begin()));
    const std::string json = ReadText(Output("a") + "/plan.json");
    for (const char* key : {"\"objective\"",
                            "\"value\"",
                            "\"lower_bound\"",
                            "\"gap_percent\"",
                            "\"rows\"",
                            "\"seconds\"",
                            "\"solver\""})
    {
        EXPECT_TRUE(Has(json, key)) << key;
    }
}

TEST_F(PlanProgramTest, StatusIsOneWhereNothingFits)
{
    std::string text;
    EXPECT_EQ(Plan(FABRIC + "--limit=leaf:1,spine:1 --trees=spt", "none", text), 1);
    EXPECT_TRUE(Has(text, "No plan fits.")) << text;
    EXPECT_TRUE(Has(text, "The least that would do is spt")) << text;
    EXPECT_FALSE(std::filesystem::exists(Output("none") + "/plan.csv"));
}

TEST_F(PlanProgramTest, StatusIsTwoForBadInputInOneLine)
{
    const std::pair<std::string, std::string> cases[] = {
        {"--limit=leaf", "expected TIER:N"},
        {"--limit=lief:5", "no tier 'lief'"},
        {"--limit=leaf:10 --used=leaf:11", "entries in use of 10"},
        {"--limit=leaf:replication=5", "expected vtep"},
        {"--device=leaf:spectrum-9", "no device 'spectrum-9'"},
        {"--device=leaf:sonic --limit=leaf:5", "limits already"},
        {"--objective=speed", "expected waste, copies, rows"},
        {"--growth=fast", "20%/year"},
        {"--churn=-1", "hours"},
        {"--moves=3", "--from or --churn"},
        {"--from=/nowhere/plan.csv", "no plan"},
        {"--from=/", "no plan"},
        {"--from=" + TwoTrees(), "expected one tree"},
        {"--workload=/", "cannot be read"},
        {"--workload=" + TooMuch(), "expected a number from 0 to 1e15"},
        {"--groups=0", "numbers of groups"},
        {"--trees=head-end", "a tree beside head-end"},
        {"--vteps=roof", "roof"}};
    for (const auto& [option, expected] : cases)
    {
        std::string text;
        EXPECT_EQ(Plan(FABRIC + option, "bad", text), 2) << option;
        EXPECT_TRUE(Has(text, expected)) << option << ": " << text;
        EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
        EXPECT_FALSE(std::filesystem::exists(Output("bad"))) << option;
    }
}

TEST_F(PlanProgramTest, StatusIs130WhereItIsInterruptedAndTheBestIsWritten)
{
    std::string text;
    const std::string launcher = "timeout --preserve-status -s INT 1 ";
    const std::string file = (m_folder / "interrupted").string();
    const std::string command =
        launcher + PLAN +
        " --topology=leaf-spine:spines=4,leaves=16,hosts=4 --vnis=256 --members=8 --plots=false"
        " --trees=spt,rpt --limit=leaf:60 --seconds=600 --output=" +
        Output("stop") + " >" + file + " 2>&1";
    EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 130) << ReadText(file);
    EXPECT_TRUE(std::filesystem::exists(Output("stop") + "/front.csv"));
    EXPECT_TRUE(std::filesystem::exists(Output("stop") + "/plan.json"));
}

TEST_F(PlanProgramTest, StatusIs130WhereTheVerificationIsInterruptedAndThePlanIsWritten)
{
    const std::string file = (m_folder / "interrupted").string();
    const std::string command =
        "timeout --preserve-status -s INT 2 " + PLAN +
        " --topology=leaf-spine:spines=4,leaves=16,hosts=4 --vnis=256 --members=16 --plots=false"
        " --groups=256 --trees=bidir --seconds=1 --verify --output=" +
        Output("stop") + " >" + file + " 2>&1";
    EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 130) << ReadText(file);
    EXPECT_TRUE(std::filesystem::exists(Output("stop") + "/plan.csv"));
    EXPECT_TRUE(std::filesystem::exists(Output("stop") + "/plan.json"));
}

TEST_F(PlanProgramTest, DevicesLimitTiersByName)
{
    std::string text;
    const std::string devices = SOURCE_DIR "/topologies/devices.yaml";
    EXPECT_EQ(Plan(FABRIC + "--devices=" + devices +
                       " --device=leaf:spectrum-1,spine:sonic --used=leaf:900 --trees=bidir",
                   "device",
                   text),
              0)
        << text;
    EXPECT_TRUE(Has(text, "of 100 entries")) << text;
    EXPECT_TRUE(Has(text, "of 8192 entries")) << text;
}

/** plan.csv is what the sweep and the graph model take, head-end VNIs too. */
TEST_F(PlanProgramTest, SweepAndModelTakeThePlan)
{
    std::string text;
    const std::string options = FABRIC + "--groups=20 --trees=bidir,head-end --limit=leaf:6";
    ASSERT_EQ(Plan(options, "mixed", text), 0) << text;
    EXPECT_TRUE(Has(text, "by head-end replication")) << text;
    const std::string plan = Output("mixed") + "/plan.csv";
    EXPECT_TRUE(Has(ReadText(plan), ",,head-end"));
    const SweepCells cells =
        Sweep(" --topology=leaf-spine:spines=2,leaves=4,hosts=3 --vnis=20 --members=4"
              " --plots=false --trees=bidir --mapping=explicit:" +
                  plan,
              "sweep");
    ExpectModelEqualsPackets(cells);
    const std::vector<double> leaf = cells.Pick("mfc_max", {{"tier", "leaf"}});
    ASSERT_EQ(leaf.size(), 1u);
    EXPECT_LE(leaf[0], 6);
}

/** One command line for all three programs; the same waste and copies of a group for each VNI. */
TEST_F(PlanProgramTest, TheProgramsShareOneVocabulary)
{
    const std::string options =
        " --topology=leaf-spine:spines=2,leaves=4,hosts=3 --vnis=8 --members=4 --groups=1-3,8"
        " --seeds=2 --vteps=hosts --placement=fill-leaf --trees=bidir --senders=all"
        " --limit=leaf:50 --used=leaf:10";
    std::string text;
    ASSERT_EQ(Plan(options + " --plots=false", "plan", text), 0) << text;
    const SweepCells sweep =
        Sweep(options + " --mapping=cluster --packets=false --plots=false", "sweep");
    const std::string state = BIN_DIR "/multicast-state" + options +
                              " --mapping=cluster --output=" + Output("state") + " >/dev/null 2>&1";
    ASSERT_EQ(std::system(state.c_str()), 0);
    const SweepRows rows = ReadTable(Output("state") + "/state.csv");
    const auto column = [&rows](const std::string& name) {
        return static_cast<std::size_t>(std::find(rows.front().begin(), rows.front().end(), name) -
                                        rows.front().begin());
    };
    std::size_t compared = 0;
    for (std::size_t r = 1; r < rows.size(); ++r)
    {
        if (rows[r][column("tier")] != "leaf")
        {
            continue;
        }
        const std::string groups = rows[r][column("groups")];
        for (const char* name : {"copies_per_frame", "unwanted_per_frame"})
        {
            const auto found = sweep.Pick(name, {{"tier", "leaf"}, {"groups", groups}});
            ASSERT_EQ(found.size(), 1u) << groups;
            EXPECT_NEAR(found[0], std::stod(rows[r][column(name)]), 1e-6) << name << groups;
        }
        ++compared;
    }
    EXPECT_EQ(compared, 4u) << "1, 2, 3 and 8 groups";
    const std::string front = ReadText(Output("plan") + "/front.csv");
    for (const char* groups : {"\n1,bidir,", "\n2,bidir,", "\n3,bidir,", "\n8,bidir,"})
    {
        EXPECT_TRUE(Has(front, groups)) << front;
    }
}

TEST_F(PlanProgramTest, AnEarlierPlanIsChangedALittle)
{
    std::string text;
    ASSERT_EQ(Plan(FABRIC + "--groups=4 --trees=bidir", "old", text), 0) << text;
    const std::string more =
        " --topology=leaf-spine:spines=2,leaves=4,hosts=3 --vnis=24 --members=4 --plots=false"
        " --groups=4 --trees=bidir,rpt --from=" +
        Output("old") + "/plan.csv --moves=2";
    ASSERT_EQ(Plan(more, "new", text), 0) << text;
    EXPECT_TRUE(Has(text, "4 new.")) << text;
    EXPECT_FALSE(Has(text, "rpt ")) << "trees that nobody looked at: " << text;
    const SweepRows before = ReadTable(Output("old") + "/plan.csv");
    const SweepRows after = ReadTable(Output("new") + "/plan.csv");
    ASSERT_EQ(after.size(), 25u);
    std::size_t changed = 0;
    for (std::size_t row = 1; row < before.size(); ++row)
    {
        changed += before[row] == after[row] ? 0 : 1;
    }
    EXPECT_LE(changed, 2u);
}

TEST_F(PlanProgramTest, SaysHowLongItLastsAndWhatADayCosts)
{
    std::string text;
    EXPECT_EQ(Plan(FABRIC + "--trees=bidir --limit=leaf:30 --growth=20%/year --churn=24h",
                   "future",
                   text),
              0)
        << text;
    EXPECT_TRUE(Has(text, "Growing by 20 % a year, the plan lasts ")) << text;
    EXPECT_TRUE(Has(text, "After 24 h, in which ")) << text;
}

TEST_F(PlanProgramTest, PacketsVerifyThePlan)
{
    std::string text;
    EXPECT_EQ(Plan(" --topology=leaf-spine:spines=2,leaves=3,hosts=2 --vnis=8 --members=3"
                   " --plots=false --trees=bidir --limit=leaf:20,spine:20 --verify",
                   "verified",
                   text),
              0)
        << text;
    EXPECT_TRUE(Has(text, "The plan is confirmed.")) << text;
    EXPECT_TRUE(Has(ReadText(Output("verified") + "/plan.json"), "\"delivered_lost\": 0"));
}
