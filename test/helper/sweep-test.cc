// SPDX-License-Identifier: GPL-2.0-only
// The machinery of vni-group-sweep without its simulations: options, tables on disk, processes,
// progress, figures.
#include "ns3/csv.h"
#include "ns3/input-error.h"
#include "ns3/plot-sweep.h"
#include "ns3/sweep-options.h"
#include "ns3/sweep-pool.h"
#include "ns3/sweep-progress.h"
#include "ns3/sweep-run.h"
#include "ns3/sweep-store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <poll.h>
#include <set>
#include <sstream>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace ns3;

namespace
{

const char* const TOPOLOGY = "leaf-spine:spines=2,leaves=4,hosts=2";

std::string
MakeDirectory()
{
    char name[] = "/tmp/sweep-test-XXXXXX";
    return mkdtemp(name);
}

SweepOptionTexts
SmallSweep()
{
    SweepOptionTexts texts;
    texts.topology = TOPOLOGY;
    texts.vnis = "16";
    texts.groups = "1,4,16";
    texts.members = "4";
    return texts;
}

std::string
ErrorOf(const SweepOptionTexts& texts)
{
    try
    {
        ReadSweepOptions(texts);
        return "";
    }
    catch (const InputError& error)
    {
        return error.what();
    }
}

std::string
ReadAll(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void
WriteAll(const std::string& path, const std::string& text)
{
    std::ofstream(path, std::ios::binary) << text;
}

/** Rows as a point's simulation would give them: two tiers, and a sample. */
SweepResult
MakeResult(const SweepPoint& point)
{
    std::map<std::string, std::string> known;
    for (std::size_t i = 0; i < GetSweepKeyColumns().size(); ++i)
    {
        known[GetSweepKeyColumns()[i]] = GetSweepKey(point)[i];
    }
    SweepResult result;
    for (const char* tier : {"leaf", "spine"})
    {
        known["tier"] = tier;
        std::vector<std::string> row;
        for (const std::string& column : GetSweepColumns())
        {
            row.push_back(known.count(column) != 0 ? known[column]
                                                   : std::to_string(point.groups * 2));
        }
        result.rows.push_back(row);
        std::vector<std::string> sample;
        for (const std::string& column : GetGrowthColumns())
        {
            sample.push_back(known.count(column) != 0 ? known[column] : "12");
        }
        result.samples.push_back(sample);
    }
    return result;
}

} // namespace

TEST(SweepOptions, GridHasEveryCombinationOnceSeedsInnermost)
{
    SweepOptionTexts texts = SmallSweep();
    texts.seeds = "1-2";
    texts.mapping = "modulo,one-to-one";
    const SweepOptions options = ReadSweepOptions(texts);
    // 3 group counts and, under one-to-one, a single one; 3 trees; 2 seeds.
    ASSERT_EQ(options.grid.size(), (3u + 1u) * 3u * 2u);
    EXPECT_EQ(options.grid[0].seed, 1u);
    EXPECT_EQ(options.grid[1].seed, 2u);
    EXPECT_EQ(options.grid[0].tree, TreePolicy::Rpt);
    EXPECT_EQ(options.grid[2].tree, TreePolicy::Spt);
    EXPECT_EQ(options.grid.back().groups, 16u);
    std::set<std::vector<std::string>> keys;
    for (const SweepPoint& point : options.grid)
    {
        keys.insert(GetSweepKey(point));
    }
    EXPECT_EQ(keys.size(), options.grid.size());
}

TEST(SweepOptions, RatiosGiveGroups)
{
    SweepOptionTexts texts = SmallSweep();
    texts.groups.clear();
    texts.ratios = "1,8";
    texts.trees = "spt";
    const SweepOptions options = ReadSweepOptions(texts);
    ASSERT_EQ(options.grid.size(), 2u);
    EXPECT_EQ(options.grid[0].groups, 16u);
    EXPECT_EQ(options.grid[1].groups, 2u);
}

TEST(SweepOptions, ControlPlanesWithoutGroupsAreOnePointEach)
{
    SweepOptionTexts texts = SmallSweep();
    texts.trees = "rpt,spt";
    texts.mapping = "modulo,hash";
    texts.control = "multicast,evpn,controller,map-server";
    const SweepOptions options = ReadSweepOptions(texts);
    ASSERT_EQ(options.grid.size(), 3u * 2u * 2u + 3u);
    std::size_t others = 0;
    for (const SweepPoint& point : options.grid)
    {
        EXPECT_EQ(point.vms, 32u);
        if (point.control != ControlPlane::Multicast)
        {
            ++others;
            EXPECT_EQ(point.tree, TreePolicy::HeadEnd);
            EXPECT_EQ(point.groups, point.vnis);
        }
    }
    EXPECT_EQ(others, 3u);
    texts.vms = "1,8-9";
    EXPECT_EQ(ReadSweepOptions(texts).grid.size(), 3u * (3u * 2u * 2u + 3u));
}

TEST(SweepOptions, ControlPlanesWithoutGroupsNeedNone)
{
    SweepOptionTexts texts = SmallSweep();
    texts.groups.clear();
    texts.control = "head-end,evpn";
    EXPECT_EQ(ReadSweepOptions(texts).grid.size(), 2u);
    texts.control = "evpn-group";
    EXPECT_NE(ErrorOf(texts).find("--groups"), std::string::npos);
}

TEST(SweepOptions, GroupsOfHeadEndTreesAreNone)
{
    SweepOptionTexts texts = SmallSweep();
    texts.trees = "head-end";
    texts.control = "multicast,head-end,evpn-group,evpn";
    const SweepOptions options = ReadSweepOptions(texts);
    ASSERT_EQ(options.grid.size(), 2u);
    EXPECT_EQ(options.grid[0].control, ControlPlane::HeadEnd);
    EXPECT_EQ(options.grid[1].control, ControlPlane::Evpn);
}

TEST(SweepOptions, BadControlPlanesAndTenantsAreNamed)
{
    SweepOptionTexts texts = SmallSweep();
    texts.control = "multicast,bgp";
    EXPECT_NE(ErrorOf(texts).find("'bgp' is unknown"), std::string::npos);
    texts.control = "evpn";
    texts.vms = "many";
    EXPECT_NE(ErrorOf(texts).find("--vms=many: expected numbers"), std::string::npos);
    texts.control.clear();
    texts.vms = "8";
    EXPECT_NE(ErrorOf(texts).find("tenants need --control"), std::string::npos);
}

TEST(SweepOptions, PoliciesDoNotMultiplyUnlimitedTables)
{
    SweepOptionTexts texts = SmallSweep();
    texts.groups = "4";
    texts.trees = "spt";
    texts.capacity = "0,100";
    texts.capacityPolicy = "refuse,evict";
    EXPECT_EQ(ReadSweepOptions(texts).grid.size(), 3u);
}

TEST(SweepOptions, BadOnesAreNamedInOneLine)
{
    struct Case
    {
        std::string SweepOptionTexts::*option;
        std::string value;
        std::string says;
    };

    const std::vector<Case> cases = {
        {&SweepOptionTexts::groups, "32", "32 groups are more than the 16 VNIs"},
        {&SweepOptionTexts::groups, "0", "--groups=0"},
        {&SweepOptionTexts::groups, "", "--groups or --ratios"},
        {&SweepOptionTexts::vnis, "many", "--vnis=many"},
        {&SweepOptionTexts::vnis, "-3", "--vnis=-3"},
        {&SweepOptionTexts::members, "0", "--members=0"},
        {&SweepOptionTexts::members, "9", "9 members are more than the 8 VTEPs"},
        {&SweepOptionTexts::trees, "spt,oak", "'oak' is unknown"},
        {&SweepOptionTexts::trees, "", "'' is unknown"},
        {&SweepOptionTexts::mapping, "random", "'random' is unknown"},
        {&SweepOptionTexts::placement, "cap:0", "--placement=cap:0"},
        {&SweepOptionTexts::senders, "1.5", "--senders=1.5"},
        {&SweepOptionTexts::seeds, "2-1", "--seeds=2-1"},
        {&SweepOptionTexts::capacity, "lots", "--capacity=lots"},
        {&SweepOptionTexts::capacityPolicy, "drop", "'drop' is unknown"},
        {&SweepOptionTexts::jobs, "0", "--jobs=0"},
        {&SweepOptionTexts::frames, "0", "--frames=0"},
        {&SweepOptionTexts::topology, "", "--topology is missing"},
        {&SweepOptionTexts::topology, "leaf-spine:spines=2", "leaves"},
        {&SweepOptionTexts::topology, "/no/such.graphml", "/no/such.graphml"},
    };
    for (const Case& c : cases)
    {
        SweepOptionTexts texts = SmallSweep();
        texts.*c.option = c.value;
        const std::string error = ErrorOf(texts);
        EXPECT_NE(error.find(c.says), std::string::npos) << c.value << ": " << error;
        EXPECT_EQ(error.find('\n'), std::string::npos) << error;
    }
}

TEST(SweepStore, CsvRowsSurviveQuotesAndLoseATornEnd)
{
    const SweepRows rows = {{"a,b", "say \"x\"", ""}, {"1", "2", "3"}};
    EXPECT_EQ(ParseCsv(FormatCsv(rows)), rows);
    EXPECT_EQ(ParseCsv(FormatCsv(rows) + "4,5,\"6"), rows);
    EXPECT_EQ(ParseCsv(FormatCsv(rows) + "4,5,6"), rows);
    EXPECT_TRUE(ParseCsv("").empty());
}

TEST(SweepStore, ContinuesAfterATornRowInTheGridsOrder)
{
    SweepOptionTexts texts = SmallSweep();
    texts.output = MakeDirectory();
    const SweepOptions options = ReadSweepOptions(texts);
    std::string whole;
    {
        SweepStore store(options);
        for (std::size_t i = 0; i < options.grid.size(); ++i)
        {
            store.Append(i, MakeResult(options.grid[i]));
        }
        store.Finish();
        whole = ReadAll(options.output + "/sweep.csv");
    }
    const std::string samples = ReadAll(options.output + "/growth.csv");
    // Cut at every place within the last three points: what is left is whole points.
    for (std::size_t cut = whole.size() - 1; cut > whole.size() * 2 / 3; cut -= 7)
    {
        WriteAll(options.output + "/sweep.csv", whole.substr(0, cut));
        SweepStore store(options);
        EXPECT_FALSE(store.HasKeptAside());
        std::vector<std::size_t> missing;
        for (std::size_t i = options.grid.size(); i-- > 0;)
        {
            if (!store.IsDone(i))
            {
                missing.push_back(i);
            }
        }
        ASSERT_FALSE(missing.empty());
        for (std::size_t i : missing)
        {
            store.Append(i, MakeResult(options.grid[i]));
        }
        store.Finish();
        ASSERT_EQ(ReadAll(options.output + "/sweep.csv"), whole) << cut;
        ASSERT_EQ(ReadAll(options.output + "/growth.csv"), samples) << cut;
    }
}

TEST(SweepStore, KeepsTheRowsOfAnotherSweepAside)
{
    SweepOptionTexts texts = SmallSweep();
    texts.output = MakeDirectory();
    const SweepOptions options = ReadSweepOptions(texts);
    {
        SweepStore store(options);
        store.Append(0, MakeResult(options.grid[0]));
        store.Append(4, MakeResult(options.grid[4]));
    }
    const std::string before = ReadAll(options.output + "/sweep.csv");
    texts.trees = EnumName(options.grid[4].tree);
    const SweepOptions fewer = ReadSweepOptions(texts);
    SweepStore store(fewer);
    EXPECT_TRUE(store.HasKeptAside());
    EXPECT_EQ(ReadAll(options.output + "/sweep-before.csv"), before);
    EXPECT_EQ(store.GetResults().size(), 1u);
    EXPECT_TRUE(store.IsDone(1)); // grid point 4 of the larger sweep
}

TEST(SweepPool, EachPointHasAProcessAndAFailureIsItsOwn)
{
    const std::vector<std::size_t> todo = {0, 1, 2, 3, 4, 5};
    const pid_t parent = getpid();
    const SweepFunction compute = [parent](std::size_t index) {
        SweepResult result;
        if (index == 2)
        {
            throw std::runtime_error("no such point");
        }
        if (index == 4)
        {
            raise(SIGKILL);
        }
        result.rows = {{std::to_string(index), getpid() == parent ? "here" : "elsewhere"}};
        result.samples = {{"s"}, {std::string(200000, 'x')}};
        return result;
    };
    std::map<std::size_t, SweepResult> results;
    RunSweepPool(
        todo,
        3,
        nullptr,
        compute,
        [&](std::size_t index, const SweepResult& result) { results[index] = result; },
        [] {});
    ASSERT_EQ(results.size(), 6u);
    EXPECT_EQ(results[2].error, "no such point");
    EXPECT_NE(results[4].error.find("signal"), std::string::npos);
    for (std::size_t index : {0, 1, 3, 5})
    {
        EXPECT_EQ(results[index].error, "");
        EXPECT_EQ(results[index].rows, (SweepRows{{std::to_string(index), "elsewhere"}}));
        EXPECT_EQ(results[index].samples[1][0].size(), 200000u);
    }
}

TEST(SweepPool, LargeResultsAndSignalsWhileTheyAreRead)
{
    // Results far larger than a pipe, and a signal a millisecond that interrupts what waits.
    struct sigaction before;
    struct sigaction noted = {};
    noted.sa_handler = [](int) {};
    ASSERT_EQ(sigaction(SIGALRM, &noted, &before), 0);
    const itimerval often{{0, 1000}, {0, 1000}};
    ASSERT_EQ(setitimer(ITIMER_REAL, &often, nullptr), 0);
    const SweepFunction compute = [](std::size_t index) {
        SweepResult result;
        result.rows = {{std::to_string(index)}};
        result.samples.assign(200, {std::string(50000, static_cast<char>('a' + index))});
        return result;
    };
    std::map<std::size_t, SweepResult> results;
    RunSweepPool(
        {0, 1, 2, 3, 4, 5, 6, 7},
        4,
        nullptr,
        compute,
        [&](std::size_t index, const SweepResult& result) { results[index] = result; },
        [] {});
    const itimerval never{};
    setitimer(ITIMER_REAL, &never, nullptr);
    sigaction(SIGALRM, &before, nullptr);
    ASSERT_EQ(results.size(), 8u);
    for (const auto& [index, result] : results)
    {
        EXPECT_EQ(result.error, "");
        ASSERT_EQ(result.samples.size(), 200u);
        EXPECT_EQ(result.samples.back().front(),
                  std::string(50000, static_cast<char>('a' + index)));
    }
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
}

TEST(SweepPool, ChildrenEndWithTheirParent)
{
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t parent = fork();
    if (parent == 0)
    {
        close(ends[0]);
        const SweepFunction compute = [&ends](std::size_t) -> SweepResult {
            const char ready = 'r';
            for (bool said = write(ends[1], &ready, 1) == 1; said;)
            {
                pause();
            }
            return {};
        };
        RunSweepPool(
            {0, 1, 2}, 3, nullptr, compute, [](std::size_t, const SweepResult&) {}, [] {});
        _exit(0);
    }
    close(ends[1]);
    char ready[3];
    for (int i = 0; i < 3; ++i)
    {
        ASSERT_EQ(read(ends[0], ready + i, 1), 1);
    }
    kill(parent, SIGKILL);
    waitpid(parent, nullptr, 0);
    // The pipe's other end is open as long as one of them is there.
    pollfd end{ends[0], POLLIN, 0};
    EXPECT_EQ(poll(&end, 1, 20000), 1) << "a child is left";
    EXPECT_EQ(read(ends[0], ready, 1), 0);
    close(ends[0]);
}

TEST(SweepPool, RemoteWorkersShareTheWork)
{
    class Remote : public SweepRemote
    {
      public:
        std::size_t GetWorkers() const override
        {
            return 2;
        }

        void Send(std::size_t worker, std::size_t index) override
        {
            SweepResult result;
            result.rows = {{"remote", std::to_string(index)}};
            answers.emplace_back(worker, PackResult(result));
        }

        std::optional<std::pair<std::size_t, std::string>> Receive() override
        {
            if (answers.empty())
            {
                return std::nullopt;
            }
            auto answer = answers.back();
            answers.pop_back();
            return answer;
        }

        void Finish() override
        {
            finished = true;
        }

        std::vector<std::pair<std::size_t, std::string>> answers;
        bool finished{false};
    };

    Remote remote;
    const SweepFunction compute = [](std::size_t index) {
        SweepResult result;
        result.rows = {{"here", std::to_string(index)}};
        return result;
    };
    std::map<std::string, int> where;
    std::set<std::string> indices;
    RunSweepPool(
        {0, 1, 2, 3, 4, 5, 6, 7},
        1,
        &remote,
        compute,
        [&](std::size_t index, const SweepResult& result) {
            EXPECT_EQ(result.rows[0][1], std::to_string(index));
            ++where[result.rows[0][0]];
            indices.insert(result.rows[0][1]);
        },
        [] {});
    EXPECT_TRUE(remote.finished);
    EXPECT_EQ(indices.size(), 8u);
    EXPECT_GE(where["remote"], 2);
    EXPECT_GE(where["here"], 1);
}

TEST(SweepProgress, TellsPointsAndTimeLeft)
{
    EXPECT_EQ(FormatTimeLeft(45.2), "45 s");
    EXPECT_EQ(FormatTimeLeft(200), "3 min 20 s");
    EXPECT_EQ(FormatTimeLeft(7500), "2 h 5 min");
    SweepProgress progress(10, 4);
    EXPECT_EQ(progress.GetLine(0), "4 of 10 points");
    progress.Advance();
    progress.Advance();
    EXPECT_EQ(progress.GetLine(60), "6 of 10 points, 2 min 0 s left");
}

TEST(SweepFigures, ControlPlanesAreDrawnAgainstWhatVaries)
{
    const auto names = [](SweepOptionTexts texts) {
        texts.control = "multicast,evpn";
        SweepRows rows;
        for (const SweepPoint& point : ReadSweepOptions(texts).grid)
        {
            for (std::vector<std::string>& row : MakeResult(point).rows)
            {
                rows.push_back(std::move(row));
            }
        }
        std::vector<std::string> drawn;
        for (const PlotFigure& figure : MakeSweepFigures(rows, {}))
        {
            drawn.push_back(figure.name);
            EXPECT_EQ(figure.panels.size(), 6u);
            for (const PlotPanel& panel : figure.panels)
            {
                EXPECT_EQ(panel.series.size(), 2u) << panel.title;
            }
        }
        return drawn;
    };
    SweepOptionTexts texts = SmallSweep();
    texts.groups = "16";
    texts.trees = "spt";
    EXPECT_EQ(names(texts), std::vector<std::string>{"control-planes-tenants"});
    texts.vms = "2,4";
    EXPECT_EQ(names(texts), std::vector<std::string>{"control-planes-tenants"});
    texts.vms = "2";
    texts.members = "2,4";
    EXPECT_EQ(names(texts), std::vector<std::string>{"control-planes-members"});
}

TEST(SweepFigures, ModelAloneDrawsDemandAgainstTheCapacity)
{
    SweepOptionTexts texts = SmallSweep();
    texts.capacity = "7,9";
    SweepRows rows;
    for (const SweepPoint& point : ReadSweepOptions(texts).grid)
    {
        for (std::vector<std::string> row : MakeResult(point).rows)
        {
            for (std::size_t i = 0; i < row.size(); ++i)
            {
                const std::string& column = GetSweepColumns()[i];
                const bool isMeasured = column.rfind("mfc_", 0) == 0 ||
                                        column.rfind("delivered_", 0) == 0 ||
                                        column == "refused_rows" || column == "evicted_rows";
                isMeasured ? row[i].clear() : void();
            }
            rows.push_back(row);
        }
    }
    std::set<std::string> names;
    for (const PlotFigure& figure : MakeSweepFigures(rows, {}))
    {
        names.insert(figure.name);
        if (figure.name == "table-overflow")
        {
            ASSERT_EQ(figure.panels.size(), 1u);
            EXPECT_FALSE(figure.panels[0].series.empty());
            ASSERT_EQ(figure.panels[0].marks.size(), 2u);
            EXPECT_EQ(figure.panels[0].marks[0].at, 7);
            EXPECT_EQ(figure.panels[0].marks[1].label, "9 rows of capacity");
        }
    }
    EXPECT_EQ(
        names,
        (std::set<std::string>{
            "multicast-table-growth", "flooding-waste", "state-versus-waste", "table-overflow"}));
}

TEST(SweepRun, WritesTablesAndFigures)
{
    SweepOptionTexts texts = SmallSweep();
    texts.output = MakeDirectory();
    texts.jobs = "2";
    const SweepOptions options = ReadSweepOptions(texts);
    const SweepFunction compute = [&](std::size_t index) {
        return MakeResult(options.grid[index]);
    };
    testing::internal::CaptureStdout();
    EXPECT_EQ(RunSweep(options, compute, nullptr), 0);
    testing::internal::GetCapturedStdout();
    for (const char* name : {"multicast-table-growth",
                             "flooding-waste",
                             "state-versus-waste",
                             "table-overflow",
                             "table-growth-over-time"})
    {
        for (const char* extension : {".svg", ".png", ".dat", ".gnuplot"})
        {
            struct stat status;
            const std::string path = options.output + "/" + name + extension;
            EXPECT_EQ(stat(path.c_str(), &status), 0) << path;
            EXPECT_GT(status.st_size, 0) << path;
        }
    }
    for (const PlotFigure& figure : MakeSweepFigures({}, {}))
    {
        const auto& names = GetSweepFigureNames();
        EXPECT_NE(std::find(names.begin(), names.end(), figure.name), names.end()) << figure.name;
        EXPECT_NE(figure.name, "table-growth-over-time") << "the model knows no time";
    }
    const std::string svg = ReadAll(options.output + "/multicast-table-growth.svg");
    EXPECT_NE(svg.find("VNIs per group"), std::string::npos);
    EXPECT_NE(svg.find("rgb(  0, 114, 178)"), std::string::npos);
}
