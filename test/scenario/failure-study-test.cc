// SPDX-License-Identifier: GPL-2.0-only
// failure-study as a user runs it: the published counting, failures in packets in several processes,
// probes that end early, trees that the RPs cannot have.
#include "support/lab-program.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace ns3;

namespace
{

/** One run of the program, and its table. */
class FailureStudyRun
{
  public:
    explicit FailureStudyRun(const std::string& options)
        : m_result(RunCommand(BIN_DIR "/failure-study --output=" + m_scratch.GetPath("out") + " " +
                              options))
    {
    }

    const CommandResult& GetResult() const
    {
        return m_result;
    }

    std::string GetText() const
    {
        return ReadText(GetPath("failures.csv"));
    }

    std::vector<LabRow> GetRows(const LabRow& where = {}) const
    {
        return TableFolder(m_scratch.GetPath("out")).GetRows("failures", where);
    }

    std::string GetPath(const std::string& file) const
    {
        return m_scratch.GetPath("out") + "/" + file;
    }

  private:
    const ScratchFolder m_scratch;
    const CommandResult m_result;
};

const std::string FABRIC = "--topology=leaf-spine:spines=2,leaves=2,hosts=1,rp=anycast --vnis=2 "
                           "--members=2 --failures=link,spine,rp,vtep --sample=1 --seed=1 "
                           "--window=60s --probe-interval=50ms ";

} // namespace

TEST(FailureStudy, TouchesWhatThePublishedModelDoes)
{
    // As doc/failure-study.rst has it for 1,000,000 groups.
    const FailureStudyRun run(
        "--topology=clos:pods=12,leaves=48,hosts=48,spines=4,cores=4 --tenants=3000 "
        "--groups=100000 "
        "--distribution=wve --placement=pod-uniform --roles=thirds --failures=core,spine "
        "--seed=1-20");
    EXPECT_EQ(run.GetResult().status, 0) << run.GetResult().err;
    const auto rows = run.GetRows();
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].at("kind"), "core");
    EXPECT_EQ(rows[0].at("seeds"), "20");
    EXPECT_NEAR(std::stod(rows[0].at("touched_percent")), 20.4, 2.5);
    EXPECT_EQ(rows[1].at("failures"), "48");
    EXPECT_NEAR(std::stod(rows[1].at("touched_percent")), 10.5, 0.4);
}

TEST(FailureStudy, GivesTheSameRowsInHoweverManyProcesses)
{
    const std::string options = FABRIC + "--detection=carrier,bfd --trees=rpt,spt --quiet=2s ";
    const FailureStudyRun one(options + "--jobs=1");
    const FailureStudyRun two(options + "--jobs=2");
    EXPECT_EQ(one.GetResult().status, 0) << one.GetResult().err;
    EXPECT_EQ(one.GetText(), two.GetText());
    ASSERT_EQ(one.GetRows().size(), 16u) << "two trees, four kinds, two detections";
    for (const LabRow& row : one.GetRows())
    {
        const std::string name = row.at("kind") + row.at("detection") + row.at("tree");
        EXPECT_EQ(row.at("rp"), "anycast");
        EXPECT_EQ(row.at("entries_changed"), row.at("predicted_entries_changed")) << name;
        EXPECT_LE(std::stod(row.at("ms_max")), 300) << name;
    }
    // A spine is an RP here: one run for both kinds.
    EXPECT_EQ(one.GetRows({{"kind", "spine"}}).front().at("control_messages"),
              one.GetRows({{"kind", "rp"}}).front().at("control_messages"));
    EXPECT_NE(one.GetResult().out.find("12 of 12: "), std::string::npos) << one.GetResult().out;
}

TEST(FailureStudy, ProbesThatEndEarlyTellTheSame)
{
    const std::string options = FABRIC + "--detection=ospf,carrier --trees=spt ";
    const FailureStudyRun whole(options);
    const FailureStudyRun quiet(options + "--quiet=3s");
    EXPECT_EQ(quiet.GetResult().status, 0) << quiet.GetResult().err;
    ASSERT_EQ(whole.GetRows().size(), 8u);
    for (std::size_t i = 0; i < whole.GetRows().size(); ++i)
    {
        for (const char* column : {"kind", "ms_min", "ms_max", "lost_max", "entries_changed"})
        {
            EXPECT_EQ(whole.GetRows()[i].at(column), quiet.GetRows()[i].at(column))
                << column << " of row " << i;
        }
    }
    const LabRow spine = whole.GetRows({{"kind", "spine"}, {"detection", "ospf"}}).front();
    EXPECT_GE(std::stod(spine.at("ms_max")), 30000);
    EXPECT_LE(std::stod(spine.at("ms_max")), 41000);
}

TEST(FailureStudy, EntriesThatOutliveAFailureAreThoseOfTheModel)
{
    // As FailureModel.ARouterKeepsTheSourceThatItStillHasReceiversFor, in packets; the window is
    // longer than Keepalive_Period, and probes end early in it, but the sources do not pause.
    const ScratchFolder scratch;
    const std::string file = scratch.GetPath("kept.topo");
    std::ofstream(file) << "node rp loopbacks=\"lo 10.255.0.1\" candidateBsr=lo candidateRp=lo\n"
                           "node s1\nnode s2\nnode l0\nnode l1\nnode m\nnode n\n"
                           "node v kind=vtep\nnode w kind=vtep\nedge rp s1 cost=3\n"
                           "edge rp s2 cost=2\nedge l0 s1\nedge l0 s2 cost=4\nedge l1 s1\n"
                           "edge s1 m\nedge m n cost=2\nedge n s2\n"
                           "edge v l0\nedge w l1\n";
    const FailureStudyRun run("--topology=" + file +
                              " --vnis=1 --members=2 --failures=link --sample=0 "
                              "--trees=rpt,spt --detection=carrier --probe-interval=100ms "
                              "--window=240s --quiet=2s --seed=1");
    EXPECT_EQ(run.GetResult().status, 0) << run.GetResult().err;
    const auto rows = TableFolder(run.GetPath("")).GetRows("failure-runs", {});
    ASSERT_EQ(rows.size(), 16u) << "eight links between routers, two trees";
    for (const LabRow& row : rows)
    {
        EXPECT_EQ(row.at("entries_changed"), row.at("predicted_entries_changed"))
            << row.at("failure") << " " << row.at("tree");
    }
}

TEST(FailureStudy, EveryLinkOfATwoPodClosChangesWhatTheModelSays)
{
    const FailureStudyRun run(
        "--topology=clos:pods=2,leaves=4,hosts=4,spines=2,cores=2,rp=anycast --vnis=8 --members=8 "
        "--senders=0.125 --failures=link --sample=0 --trees=rpt --detection=carrier "
        "--probe-interval=100ms --window=10s --quiet=1s --seed=1 --jobs=2");
    EXPECT_EQ(run.GetResult().status, 0) << run.GetResult().err;
    ASSERT_EQ(run.GetRows().size(), 1u);
    EXPECT_EQ(run.GetRows()[0].at("failures"), "24");
    EXPECT_EQ(run.GetRows()[0].at("entries_changed"),
              run.GetRows()[0].at("predicted_entries_changed"));
}

TEST(FailureStudy, ContinuesWhereItWas)
{
    const ScratchFolder scratch;
    const std::string folder = scratch.GetPath("out");
    const auto run = [&folder](const std::string& options) {
        return RunCommand(BIN_DIR "/failure-study --output=" + folder + " " + FABRIC +
                          "--detection=carrier,bfd --trees=spt --quiet=2s " + options);
    };
    const std::string runs = folder + "/failure-runs.csv";
    ASSERT_EQ(run("").status, 0);
    const std::string wholeTable = ReadText(folder + "/failures.csv");
    const std::string wholeRuns = ReadText(runs);
    const auto rows = TableFolder(folder).GetRows("failure-runs", {});
    ASSERT_EQ(rows.size(), 6u) << "three failures, for a spine is an RP, and two detections";
    for (const LabRow& row : rows)
    {
        EXPECT_EQ(row.at("entries_changed"), row.at("predicted_entries_changed"));
    }
    // As if it had been killed while it wrote the fifth run, which a kill cannot tear: but let it.
    std::vector<std::size_t> ends;
    for (std::size_t at = 0; (at = wholeRuns.find('\n', at)) != std::string::npos; ++at)
    {
        ends.push_back(at + 1);
    }
    std::ofstream(runs, std::ios::binary) << wholeRuns.substr(0, ends[4] + 30);
    std::filesystem::remove(folder + "/failures.csv");
    const CommandResult again = run("--jobs=2");
    EXPECT_EQ(again.status, 0) << again.err;
    EXPECT_NE(again.out.find("4 of 6 are in failure-runs.csv"), std::string::npos) << again.out;
    EXPECT_EQ(ReadText(folder + "/failures.csv"), wholeTable);
    EXPECT_EQ(ReadText(runs), wholeRuns);
    const CommandResult other = run("--detection=carrier --failures=link --probe-interval=100ms");
    EXPECT_EQ(other.out.find("are in failure-runs.csv"), std::string::npos) << other.out;
    const CommandResult first = run("");
    EXPECT_NE(first.out.find("6 of 6 are in failure-runs.csv"), std::string::npos) << first.out;
    EXPECT_EQ(ReadText(folder + "/failures.csv"), wholeTable);
}

TEST(FailureStudy, ForgetsTheRunsOfAFileThatHasChanged)
{
    const ScratchFolder scratch;
    const std::string file = scratch.GetPath("t.topo");
    const auto run = [&](const std::string& cost) {
        std::ofstream(file) << "node a candidateBsr=eth0 candidateRp=eth0\nnode b\nnode c\n"
                               "node v kind=vtep\nnode w kind=vtep\nedge a b\nedge b c\n"
                               "edge a c cost="
                            << cost << "\nedge v a\nedge w b\n";
        return RunCommand(BIN_DIR "/failure-study --output=" + scratch.GetPath("out") +
                          " --topology=" + file +
                          " --vnis=1 --members=2 --failures=link --sample=1 --trees=spt "
                          "--detection=carrier --probe-interval=50ms --quiet=2s");
    };
    const std::string kept = "1 of 1 are in failure-runs.csv";
    EXPECT_EQ(run("1").status, 0);
    EXPECT_NE(run("1").out.find(kept), std::string::npos);
    EXPECT_EQ(run("2").out.find(kept), std::string::npos);
}

TEST(FailureStudy, TakesSeveralTopologiesAndTheTreesThatTheyCanHave)
{
    const std::string specs = "'--topology=leaf-spine:spines=2,leaves=2,hosts=1,rp=phantom "
                              "leaf-spine:spines=2,leaves=2,hosts=1,rp=anycast' ";
    const std::string options = "--vnis=2 --members=2 --failures=spine --packets=false --trees=";
    const FailureStudyRun run(specs + options + "bidir,spt");
    EXPECT_EQ(run.GetResult().status, 0) << run.GetResult().err;
    ASSERT_EQ(run.GetRows().size(), 2u);
    EXPECT_EQ(run.GetRows({{"rp", "phantom"}}).front().at("tree"), "bidir");
    EXPECT_EQ(run.GetRows({{"rp", "anycast"}}).front().at("tree"), "spt");
    EXPECT_NE(run.GetResult().out.find("left out: bidir on "), std::string::npos);
    const FailureStudyRun none(specs + options + "bidir");
    EXPECT_EQ(none.GetResult().status, 2);
    EXPECT_NE(none.GetResult().err.find("several routers"), std::string::npos)
        << none.GetResult().err;
}

TEST(FailureStudy, TheStudysCommandIsTheMakefiles)
{
    const std::string makefile = ReadText(SOURCE_DIR "/Makefile");
    const std::string page = ReadText(SOURCE_DIR "/doc/study.md");
    const std::size_t begin = makefile.find("FAILURES = ");
    const std::size_t end = makefile.find("\nfailures:", begin);
    ASSERT_NE(end, std::string::npos);
    std::istringstream words(makefile.substr(begin, end - begin));
    std::size_t options = 0;
    for (std::string word; words >> word;)
    {
        if (word.rfind("--", 0) == 0 && word.rfind("--jobs", 0) != 0)
        {
            ++options;
            EXPECT_NE(page.find(word), std::string::npos) << word;
        }
        EXPECT_TRUE(word.rfind("leaf-spine:", 0) != 0 || page.find(word) != std::string::npos);
        EXPECT_TRUE(word.rfind("clos:", 0) != 0 || page.find(word) != std::string::npos);
    }
    EXPECT_EQ(options, 10u);
    const std::string recipe = makefile.substr(end, makefile.find("\n\n", end) - end);
    for (const std::string rp : {"anycast", "phantom", "hashed"})
    {
        EXPECT_NE(page.find("$T,rp=" + rp), std::string::npos) << rp;
        EXPECT_NE(page.find("$C,rp=" + rp), std::string::npos) << rp;
        EXPECT_NE(recipe.find("$(SIXTEEN_LEAVES),rp=" + rp), std::string::npos) << rp;
        EXPECT_NE(recipe.find("$(TWO_PODS),rp=" + rp), std::string::npos) << rp;
    }
    EXPECT_NE(page.find("$T,rp=hashed --window=240s"), std::string::npos);
    EXPECT_NE(recipe.find("$(TWO_PODS),rp=hashed --window=240s"), std::string::npos);
}

TEST(FailureStudy, DrawsItsFigure)
{
    if (RunCommand("gnuplot --version").status != 0)
    {
        GTEST_SKIP() << "gnuplot is not installed";
    }
    const FailureStudyRun run(FABRIC + "--detection=carrier --trees=spt --quiet=2s --plots");
    EXPECT_EQ(run.GetResult().status, 0) << run.GetResult().err;
    for (const char* file : {"failure-silence.svg", "failure-silence.png", "failure-silence.dat"})
    {
        EXPECT_TRUE(std::filesystem::exists(run.GetPath(file))) << file;
    }
}

TEST(FailureStudy, RefusesWrongOptions)
{
    const auto check = [](const std::string& options, const std::string& error) {
        const FailureStudyRun run(FABRIC + options);
        EXPECT_EQ(run.GetResult().status, 2) << options;
        EXPECT_NE(run.GetResult().err.find(error), std::string::npos) << run.GetResult().err;
    };
    check("--jobs=0", "--jobs is '0', expected a number from 1");
    check("--quiet=soon", "--quiet is 'soon'");
    check("--failures=core", "nothing in the topology is a 'core'");
    check("--detection=guess", "unknown detection 'guess'");
    check("--topology=", "--topology");
}
