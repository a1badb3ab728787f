// SPDX-License-Identifier: GPL-2.0-only
// The article beside the lab: doc/article.rst is what doc/article-page.py makes of a run, and nothing that
// the article prints is missing.
#include "ns3/text.h"

#include "support/lab-program.h"

#include <regex>
#include <sstream>

using namespace ns3;

namespace
{

/** The article's scenario, run once with its figures. */
const LabProgram&
GetArticle()
{
    static const LabProgram run(ExampleScenario("article"), REC_LAB, "--figures");
    return run;
}

/** What the program makes of \p transcript. */
CommandResult
MakePage(const ScratchFolder& scratch, const std::string& transcript)
{
    return RunCommand("python3 " SOURCE_DIR "/doc/article-page.py " +
                      scratch.Write("transcript.txt", transcript));
}

/** \returns the lines of the block of \p transcript whose prompt ends with \p prompt. */
std::vector<std::string>
GetBlock(const std::string& transcript, const std::string& prompt)
{
    std::vector<std::string> lines;
    std::istringstream in(transcript);
    bool isInside = false;
    for (std::string line; std::getline(in, line);)
    {
        if (HasEnding(line, "] " + prompt))
        {
            isInside = true;
            lines.clear();
        }
        else if (isInside && line.empty())
        {
            return lines;
        }
        else if (isInside)
        {
            lines.push_back(line);
        }
    }
    return lines;
}

} // namespace

TEST(ArticlePage, IsThatOfARun)
{
    ASSERT_EQ(GetArticle().GetStatus(), 0) << GetArticle().GetErr();
    const ScratchFolder scratch;
    const CommandResult page = MakePage(scratch, ReadText(GetArticle().GetPath("transcript.txt")));
    ASSERT_EQ(page.status, 0) << page.err;
    EXPECT_TRUE(page.out == ReadText(SOURCE_DIR "/doc/article.rst"))
        << "doc/article.rst is stale: make article";
}

TEST(ArticlePage, FiguresAreThoseOfARun)
{
    for (const std::string name :
         {"topology", "rp-election", "rp-tree", "via-rp", "spt", "overlay"})
    {
        const std::string drawn = ReadText(GetArticle().GetPath(name + ".svg"));
        EXPECT_NE(drawn.find("</svg>"), std::string::npos) << name;
        EXPECT_TRUE(drawn == ReadText(SOURCE_DIR "/doc/figures/" + name + ".svg"))
            << "doc/figures/" << name << ".svg is stale: make article";
    }
}

TEST(ArticlePage, ShowPimJoinHasEachLineOfXorps)
{
    const std::string transcript = ReadText(GetArticle().GetPath("transcript.txt"));
    const auto starG = GetBlock(transcript, "e3> show pim join");
    ASSERT_EQ(starG.size(), 2u + 23u);
    EXPECT_EQ(starG[6].substr(0, 15), "    Join timer:");
    EXPECT_EQ(starG[7], "    Local receiver include WC: O...");
    EXPECT_EQ(starG[8], "    Joins RP:                  ....");
    EXPECT_EQ(starG[17], "    Assert tracking WC:        O.O.");
    EXPECT_EQ(starG[22], "    Inherited olist SG:        O...");
    EXPECT_EQ(starG[23], "    Inherited olist SG_RPT:    O...");
    const auto sourceGroup = GetBlock(transcript, "e1> show pim join 239.0.0.11");
    ASSERT_EQ(sourceGroup.size(), 2u + 37u);
    EXPECT_EQ(sourceGroup[5], "    Upstream MRIB next hop (S):  UNKNOWN");
    EXPECT_EQ(sourceGroup[8], "    Register state:            RegisterPrune RegisterCouldRegister");
    EXPECT_EQ(sourceGroup[16], "    Joins SG:                  .OO.");
    EXPECT_EQ(sourceGroup[34], "    Inherited olist SG:        .OO.");
}

TEST(ArticlePage, NoLineOfTheArticleMayBeMissing)
{
    const ScratchFolder scratch;
    const std::string transcript = ReadText(GetArticle().GetPath("transcript.txt"));
    for (const std::string prompt : {"e3> show pim join", "e1> show pim join 239.0.0.11"})
    {
        const auto block = GetBlock(transcript, prompt);
        std::string without = transcript;
        const std::size_t begin = without.find(prompt + "\n");
        const std::size_t at = without.find(block.back() + "\n", begin);
        ASSERT_NE(at, std::string::npos);
        without.erase(at, block.back().size() + 1);
        const CommandResult page = MakePage(scratch, without);
        EXPECT_EQ(page.status, 1) << prompt;
        EXPECT_NE(page.err.find("0 of 1 lines"), std::string::npos) << page.err;
    }
    for (const char* word :
         {"iperf -u -s", "iperf -c", "tcpdump -c 1 -pni eth2", "ping -b", "ip link add"})
    {
        const std::string without = std::regex_replace(transcript, std::regex(word), "true");
        const CommandResult page = MakePage(scratch, without);
        EXPECT_EQ(page.status, 1) << word;
        EXPECT_NE(page.err.find("no command matches"), std::string::npos) << page.err;
    }
}
