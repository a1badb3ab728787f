// SPDX-License-Identifier: GPL-2.0-only
// doc/surroundings.rst, the same answer: what a program writes does not depend on locale, time zone,
// memory layout, directory or processes, nor on what else it draws and captures. SAME_ANSWER_BINS="DIR …"
// compares with programs of other builds too (make same-answer).
#include "programs.h"

#include <cstdlib>
#include <map>
#include <regex>
#include <sstream>

using namespace ns3;

namespace
{

/** By name of file, without what time and memory decide. */
using Answer = std::map<std::string, std::string>;

/** \returns a table without the columns of wall time and memory. */
std::string
WithoutMeasures(const std::string& csv)
{
    CsvRows rows = ParseCsv(csv);
    std::string text;
    for (std::vector<std::string>& row : rows)
    {
        for (std::size_t i = 0; i < row.size() && i < rows.front().size(); ++i)
        {
            const std::string& column = rows.front()[i];
            const bool measured =
                &row != &rows.front() && (column == "wall_s" || column == "peak_rss_mb");
            text += (measured ? "" : row[i]) + ",";
        }
        text += "\n";
    }
    return text;
}

Answer
ReadAnswer(const std::string& folder)
{
    static const std::regex measures("\"(wall_s|peak_rss_mb|seconds)\": ?[0-9.e+-]+");
    Answer answer;
    for (const std::string& file : ListFiles(folder))
    {
        const std::string text = ReadText(folder + "/" + file);
        const std::string kind = std::filesystem::path(file).extension();
        answer[file] = kind == ".csv"    ? WithoutMeasures(text)
                       : kind == ".json" ? std::regex_replace(text, measures, "\"$1\": 0")
                                         : text;
    }
    return answer;
}

/** The same answer from each program. */
class SameAnswer : public Surroundings
{
  protected:
    /** \returns the answer of a run as the shell starts it, with \p around for % the command. */
    Answer Ask(const std::string& around = "%",
               const std::vector<std::string>& more = {},
               const std::string& bin = BIN_DIR,
               const std::string& folder = "out")
    {
        std::string command;
        for (const std::string& word :
             MakeCommand(GetParam(), m_options, m_scratch.GetPath(folder), more))
        {
            command += "'" + word + "' ";
        }
        command.replace(1, std::string(BIN_DIR).size(), bin);
        std::string text = around;
        text.replace(text.find('%'), 1, command);
        std::filesystem::remove_all(m_scratch.GetPath(folder));
        const CommandResult end = RunCommand("{ " + text + "; }");
        EXPECT_EQ(end.status, 0) << text << ": " << end.err;
        return ReadAnswer(m_scratch.GetPath(folder));
    }

    void ExpectSame(const Answer& answer, const Answer& other, const std::string& what) const
    {
        EXPECT_EQ(answer.size(), other.size()) << what;
        for (const auto& [file, text] : answer)
        {
            EXPECT_EQ(other.count(file), 1u) << what << ": " << file << " is missing";
            EXPECT_TRUE(other.count(file) == 0 || other.at(file) == text)
                << what << ": " << file << " differs";
        }
    }

    /** A brief run in packets. */
    std::vector<std::string> m_options{[] {
        std::vector<std::string> options = GetParam().brief;
        GetParam().name == "vxlan-lab"
            ? options.assign({"--topology=rec-lab",
                              "--scenario=" SOURCE_DIR "/examples/scenarios/article.yaml"})
            : void();
        GetParam().name == "failure-study"
            ? options.assign({"--topology=leaf-spine:spines=2,leaves=2,hosts=2",
                              "--vnis=2",
                              "--members=2",
                              "--failures=spine",
                              "--trees=spt",
                              "--detection=carrier",
                              "--sample=1"})
            : void();
        return options;
    }()};
};

/** Programs of several processes. */
class SameAnswerOfJobs : public SameAnswer
{
};

/** The programs of other builds. */
class SameAnswerOfBuilds : public SameAnswer
{
};

/** \returns whether the test is a nightly one. */
bool
IsNightly()
{
    return std::getenv("SAME_ANSWER_BINS") != nullptr;
}

} // namespace

TEST_P(SameAnswer, WhateverTheProcessFindsAroundIt)
{
    const Answer answer = Ask();
    ASSERT_FALSE(answer.empty());
    ExpectSame(answer, Ask(), "again");
    ExpectSame(answer, Ask("env LC_ALL=C LANG=C %"), "locale C");
    ExpectSame(answer, Ask("env TZ=Asia/Kathmandu %"), "time zone");
    ExpectSame(answer, Ask("env -i %"), "no environment");
    ExpectSame(answer, Ask("cd / && %"), "working directory");
    ExpectSame(answer, Ask("env MALLOC_PERTURB_=165 %"), "memory filled with 0x5a and 0xa5");
    ExpectSame(answer,
               Ask("env MALLOC_ARENA_TEST=1 MALLOC_TOP_PAD_=1048576 MALLOC_MMAP_THRESHOLD_=4096 %"),
               "another heap");
    ExpectSame(answer, Ask("%", {}, BIN_DIR, "another folder: with blanks"), "directory");
    ExpectSame(answer, Ask("umask 077; ulimit -s 65536; %"), "stack");
}

TEST_P(SameAnswer, WhateverTheLayoutOfMemory)
{
    if (RunCommand("setarch -R true").status != 0)
    {
        GTEST_SKIP() << "no setarch -R here";
    }
    const Answer answer = Ask("setarch -R %");
    for (int i = 0; i < 2; ++i)
    {
        ExpectSame(answer, Ask(), "addresses drawn by chance");
    }
}

TEST_P(SameAnswer, WhateverTheLocaleOfNumbers)
{
    // Decimal commas: made here, for few machines have it.
    const std::string made = m_scratch.GetPath("de_DE.UTF-8");
    RunCommand("localedef -i de_DE -f UTF-8 '" + made + "'");
    if (!std::filesystem::exists(made))
    {
        GTEST_SKIP() << "no German locale can be made here";
    }
    ExpectSame(Ask(),
               Ask("env LC_ALL=de_DE.UTF-8 LOCPATH='" + m_scratch.GetPath("") + "' %"),
               "German numbers");
}

TEST_P(SameAnswerOfJobs, HoweverManyProcesses)
{
    const Answer answer = Ask("%", {"--jobs=1"});
    ExpectSame(answer, Ask("%", {"--jobs=2"}), "--jobs=2");
    ExpectSame(answer, Ask("%", {"--jobs=7"}), "--jobs=7");
}

TEST_P(SameAnswer, WhateverElseIsDrawnAndCaptured)
{
    const Answer plain = Ask();
    std::vector<std::vector<std::string>> more;
    GetParam().name == "failure-study" ? void() : more.push_back({"--report"});
    GetParam().drawing.empty() ? void() : more.push_back(GetParam().drawing);
    GetParam().name == "vxlan-lab" ? more.push_back({"--pcap=*:*"}) : void();
    for (const std::vector<std::string>& options : more)
    {
        const Answer other = Ask("%", options);
        for (const auto& [file, text] : plain)
        {
            // It names the files, and counts the events of the report too.
            EXPECT_TRUE(file == "summary.json" || other.count(file) == 0 || other.at(file) == text)
                << options.front() << ": " << file << " differs";
            EXPECT_EQ(other.count(file), 1u) << file;
        }
    }
}

TEST_P(SameAnswerOfBuilds, FromProgramsOfOtherBuilds)
{
    const Answer answer = Ask();
    std::istringstream words(std::getenv("SAME_ANSWER_BINS"));
    for (std::string bin; words >> bin;)
    {
        ExpectSame(answer, Ask("%", {}, bin), bin);
    }
}

INSTANTIATE_TEST_SUITE_P(Programs, SameAnswer, ::testing::ValuesIn(GetFilePrograms()), NameProgram);

INSTANTIATE_TEST_SUITE_P(Programs,
                         SameAnswerOfJobs,
                         ::testing::ValuesIn(GetFilePrograms({"vni-group-sweep", "failure-study"})),
                         NameProgram);

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SameAnswerOfBuilds); // but at night
INSTANTIATE_TEST_SUITE_P(Programs,
                         SameAnswerOfBuilds,
                         ::testing::ValuesIn(IsNightly() ? GetFilePrograms()
                                                         : std::vector<FileProgram>()),
                         NameProgram);

TEST(SameAnswerOfTheLab, ExamplesWithFiguresReportAndCaptures)
{
    const ScratchFolder scratch;
    for (const auto& entry : std::filesystem::directory_iterator(SOURCE_DIR "/examples/fabrics"))
    {
        static const std::set<std::string> brief{"anycast-rp.yaml", "ssm-evpn.yaml"};
        if (entry.path().extension() != ".yaml" ||
            (!IsNightly() && brief.count(entry.path().filename()) == 0))
        {
            continue;
        }
        // Each names its topology in the command of its heading.
        const std::string text = ReadText(entry.path());
        std::smatch found;
        ASSERT_TRUE(std::regex_search(text, found, std::regex("--topology=([^ \n]+)"))) << entry;
        std::map<std::string, Answer> answers;
        for (const char* options : {"", "--figures", "--report --pcap=*:*"})
        {
            const std::string output = scratch.GetPath("out");
            std::filesystem::remove_all(output);
            const CommandResult end = RunCommand(
                "cd " SOURCE_DIR " && " BIN_DIR "/vxlan-lab '--topology=" + found[1].str() +
                "' --scenario=" + entry.path().string() + " --output=" + output + " " + options);
            // 1: without the rest of that command an expectation may fail, in all of them alike.
            EXPECT_LE(end.status, 1) << entry << options << end.err;
            answers[options] = ReadAnswer(output);
        }
        for (const auto& [file, content] : answers[""])
        {
            for (const auto& [options, answer] : answers)
            {
                EXPECT_TRUE(file == "summary.json" || answer.at(file) == content)
                    << entry << " " << options << ": " << file << " differs";
            }
        }
    }
}
