// SPDX-License-Identifier: GPL-2.0-only
// What the pages of doc/ promise: tests that exist, tables that are whole.
#include "support/paths.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace
{

std::string
ReadFile(const fs::path& path)
{
    std::ifstream file(path);
    EXPECT_TRUE(file) << path;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/** \returns the tests in the sources, as Suite.Name. */
std::set<std::string>
FindTests()
{
    static const std::regex macro(R"(TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\))");
    std::set<std::string> tests;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(SOURCE_DIR) / "test"))
    {
        if (entry.path().extension() != ".cc")
        {
            continue;
        }
        const std::string text = ReadFile(entry.path());
        for (std::sregex_iterator it(text.begin(), text.end(), macro), end; it != end; ++it)
        {
            tests.insert((*it)[1].str() + "." + (*it)[2].str());
        }
    }
    return tests;
}

/** \returns the items of a numbered list of a page; what follows up to the next is part of one. */
std::vector<std::string>
FindItems(const std::string& page)
{
    std::vector<std::string> items;
    std::istringstream lines(page);
    bool isItem = false;
    for (std::string line; std::getline(lines, line);)
    {
        const bool isFirst = line.compare(0, 3, "#. ") == 0;
        isItem = isFirst || (isItem && line.compare(0, 3, "   ") == 0);
        if (isFirst)
        {
            items.emplace_back();
        }
        if (isItem)
        {
            items.back() += line + "\n";
        }
    }
    return items;
}

/**
 * Finds rows of simple tables that continue in the first column: reStructuredText makes two rows of
 * them.
 * \returns the first lines of such rows
 */
std::vector<std::string>
FindTornRows(const std::string& page)
{
    static const std::regex rule("=+( +=+)+");
    std::vector<std::string> torn;
    std::istringstream lines(page);
    std::size_t width = 0; // of the first column; 0: outside of tables
    for (std::string line; std::getline(lines, line);)
    {
        if (std::regex_match(line, rule))
        {
            width = line.find(' ');
        }
        else if (line.empty())
        {
            width = 0;
        }
        else if (width != 0)
        {
            const std::string first = line.substr(0, width);
            const std::size_t end = first.find_last_not_of(' ');
            if (end != std::string::npos && first[end] == ',')
            {
                torn.push_back(line);
            }
        }
    }
    return torn;
}

} // namespace

TEST(Manual, FrictionsNameTestsThatExist)
{
    static const std::regex name(R"(``([A-Z]\w+\.[A-Z]\w+)``)");
    const std::set<std::string> tests = FindTests();
    ASSERT_GT(tests.size(), 1000u);
    const std::vector<std::string> items = FindItems(ReadFile(SOURCE_DIR "/doc/frictions.rst"));
    EXPECT_GE(items.size(), 50u) << "the list is whole";
    for (const std::string& item : items)
    {
        std::size_t named = 0;
        for (std::sregex_iterator it(item.begin(), item.end(), name), end; it != end; ++it)
        {
            EXPECT_EQ(tests.count((*it)[1].str()), 1u) << (*it)[1] << " in " << item;
            ++named;
        }
        EXPECT_TRUE(item.find("**A**") == std::string::npos || named > 0) << "no test: " << item;
        EXPECT_TRUE(item.find("*Mended") != std::string::npos ||
                    item.find("*Told") != std::string::npos ||
                    item.find("*Left") != std::string::npos)
            << "what became of it? " << item;
    }
}

TEST(Manual, SurroundingsAndRealDaemonsNameTestsThatExist)
{
    const std::set<std::string> tests = FindTests();
    // With a star at the end of the name, or within the suite's or the test's.
    const std::regex quoted("``([A-Z]\\w*\\*?\\.[A-Z*][\\w*]*)``");
    for (const char* page : {"doc/surroundings.rst", "doc/real-daemons.rst"})
    {
        const std::string text = ReadFile(fs::path(SOURCE_DIR) / page);
        std::size_t named = 0;
        for (std::sregex_iterator it(text.begin(), text.end(), quoted), end; it != end; ++it)
        {
            const std::string name = (*it)[1];
            std::string pattern;
            for (const char c : name)
            {
                pattern += c == '*' ? std::string(".*") : c == '.' ? "\\." : std::string(1, c);
            }
            const std::regex any(pattern);
            EXPECT_TRUE(std::any_of(
                tests.begin(),
                tests.end(),
                [&any](const std::string& test) { return std::regex_match(test, any); }))
                << page << ": " << name;
            ++named;
        }
        EXPECT_GT(named, 15u) << page;
    }
}

TEST(Manual, FiguresNameNobodysFolder)
{
    std::size_t figures = 0;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(SOURCE_DIR) / "doc"))
    {
        if (entry.path().extension() == ".svg")
        {
            ++figures;
            const std::string text = ReadFile(entry.path());
            for (const char* folder : {"/tmp/", "/home/", "/root/"})
            {
                EXPECT_EQ(text.find(folder), std::string::npos) << entry.path();
            }
        }
    }
    EXPECT_GT(figures, 3u);
}

// What git leaves where both sides of a merge have changed a line; Sphinx takes it for text.
TEST(Manual, NoMergeIsHalfDone)
{
    std::size_t pages = 0;
    for (const auto& entry : fs::directory_iterator(fs::path(SOURCE_DIR) / "doc"))
    {
        const std::string ending = entry.path().extension().string();
        if (ending == ".rst" || ending == ".md")
        {
            ++pages;
            const std::string text = "\n" + ReadFile(entry.path());
            EXPECT_EQ(text.find("\n<<<<<<< "), std::string::npos) << entry.path();
            EXPECT_EQ(text.find("\n>>>>>>> "), std::string::npos) << entry.path();
        }
    }
    EXPECT_GT(pages, 20u);
}

TEST(Manual, NoTableIsTorn)
{
    std::size_t pages = 0;
    for (const auto& entry : fs::directory_iterator(fs::path(SOURCE_DIR) / "doc"))
    {
        if (entry.path().extension() == ".rst")
        {
            ++pages;
            for (const std::string& row : FindTornRows(ReadFile(entry.path())))
            {
                ADD_FAILURE() << entry.path() << ": " << row;
            }
        }
    }
    EXPECT_GT(pages, 20u);
    EXPECT_EQ(FindTornRows("====  ===\na     b\n====  ===\nc,    d\ne     f\n====  ===\n").size(),
              1u);
    EXPECT_TRUE(FindTornRows("====  ===\na, b  c\n====  ===\n\na,\n").empty());
}
