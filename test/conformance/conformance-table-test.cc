// SPDX-License-Identifier: GPL-2.0-only
// doc/conformance.md tells the truth: what it names exists, and what exists it names. The tests of
// all programs are known from their sources, so that one program built alone can tell, too.
#include "support/paths.h"

#include <gtest/gtest.h>

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace
{

struct Place
{
    std::string file;
    int line{0};
};

struct Fault
{
    Place place;
    std::string what;
};

/** The tests of all programs, as "Suite.Name". */
class SourceTests
{
  public:
    /** Reads what a source file defines. */
    void Read(const std::string& file, std::istream& text)
    {
        static const std::regex test("^(TEST|TEST_F|TEST_P|RC_GTEST_PROP|RC_GTEST_FIXTURE_PROP)"
                                     "\\(\\s*(\\w+)\\s*,\\s*(\\w+)");
        static const std::regex instance("^INSTANTIATE_TEST_SUITE_P\\(\\s*\\w*\\s*,\\s*(\\w+)");
        std::vector<std::string> lines;
        for (std::string line; std::getline(text, line);)
        {
            lines.push_back(line);
        }
        for (std::size_t i = 0; i < lines.size(); ++i)
        {
            // The formatter may have broken the line after the first argument.
            const std::string two = lines[i] + (i + 1 < lines.size() ? lines[i + 1] : "");
            std::smatch match;
            if (std::regex_search(two, match, instance))
            {
                m_instantiated.insert(match[1]);
            }
            else if (std::regex_search(two, match, test) && match[3].str().find("DISABLED_") != 0)
            {
                const std::string name = match[2].str() + "." + match[3].str();
                m_tests[name] = {file, static_cast<int>(i) + 1};
                if (match[1] == "TEST_P")
                {
                    m_parameterized[name] = match[2];
                }
            }
        }
    }

    /** Reads a folder and those under it. */
    void ReadFolder(const std::filesystem::path& folder)
    {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        {
            if (entry.path().extension() == ".cc")
            {
                std::ifstream text(entry.path());
                Read(entry.path().string(), text);
            }
        }
    }

    /** \returns where each test is that is run; those with parameters need values to be run */
    std::map<std::string, Place> Get() const
    {
        std::map<std::string, Place> tests = m_tests;
        for (const auto& [name, suite] : m_parameterized)
        {
            if (m_instantiated.count(suite) == 0)
            {
                tests.erase(name);
            }
        }
        return tests;
    }

  private:
    std::map<std::string, Place> m_tests;
    std::map<std::string, std::string> m_parameterized; //!< their suites
    std::set<std::string> m_instantiated;
};

/** doc/conformance.md, whose rows are: | section | tests | departures | */
class ConformancePage
{
  public:
    struct Row
    {
        int line;
        std::string section;
        std::vector<std::string> names; //!< of tests, in any cell, with * for any letters
        bool hasTests;
        bool hasDeparture;
        bool startsTable;
    };

    ConformancePage(const std::string& file, std::istream& text)
        : m_file(file)
    {
        bool inTable = false;
        int number = 0;
        for (std::string line; std::getline(text, line);)
        {
            ++number;
            if (line.rfind("| ", 0) != 0)
            {
                inTable = false;
            }
            else if (!inTable)
            {
                inTable = true;
                m_startsTable = true;
            }
            else if (line.rfind("| ---", 0) != 0)
            {
                AddRow(line, number);
            }
        }
    }

    std::vector<Fault> FindFaults(const std::map<std::string, Place>& tests,
                                  const std::string& folder) const
    {
        std::vector<Fault> faults;
        std::map<std::string, Place> unnamed;
        for (const auto& [name, place] : tests)
        {
            if (place.file.find(folder) != std::string::npos)
            {
                unnamed[name] = place;
            }
        }
        std::string before;
        for (const Row& row : m_rows)
        {
            CheckRow(row, row.startsTable ? "" : before, tests, unnamed, faults);
            before = row.section;
        }
        for (const auto& [name, place] : unnamed)
        {
            faults.push_back({place, name + " stands in no row of " + m_file});
        }
        return faults;
    }

    std::size_t GetRows() const
    {
        return m_rows.size();
    }

  private:
    void AddRow(const std::string& line, int number)
    {
        std::vector<std::string> cells;
        std::istringstream text(line.substr(1));
        for (std::string cell; std::getline(text, cell, '|');)
        {
            cells.push_back(cell);
        }
        cells.resize(std::max<std::size_t>(cells.size(), 3));
        Row row{number, "", {}, false, false, m_startsTable};
        std::istringstream(cells[0]) >> row.section;
        row.hasTests = cells[1].find('`') != std::string::npos;
        row.hasDeparture = cells[2].find_first_not_of(' ') != std::string::npos;
        static const std::regex name("`([A-Za-z0-9_*]+\\.[A-Za-z0-9_*]+)`");
        for (std::sregex_iterator it(line.begin(), line.end(), name), end; it != end; ++it)
        {
            row.names.push_back((*it)[1]);
        }
        m_startsTable = false;
        m_rows.push_back(row);
    }

    /** \returns the numbers of a section, such as 4.5.1; letters of appendices come after them. */
    static std::vector<int> GetNumbers(const std::string& section)
    {
        std::vector<int> numbers;
        std::istringstream text(section);
        for (std::string part; std::getline(text, part, '.');)
        {
            numbers.push_back(std::isdigit(part[0]) ? std::stoi(part) : 1000 + part[0]);
        }
        return numbers;
    }

    void CheckRow(const Row& row,
                  const std::string& before,
                  const std::map<std::string, Place>& tests,
                  std::map<std::string, Place>& unnamed,
                  std::vector<Fault>& faults) const
    {
        const Place place{m_file, row.line};
        if (!row.hasTests && !row.hasDeparture)
        {
            faults.push_back({place, row.section + " has neither tests nor a departure"});
        }
        if (!before.empty() && !(GetNumbers(before) < GetNumbers(row.section)))
        {
            faults.push_back({place, row.section + " comes after " + before});
        }
        for (const std::string& name : row.names)
        {
            bool found = false;
            for (const auto& [test, where] : tests)
            {
                if (fnmatch(name.c_str(), test.c_str(), 0) == 0)
                {
                    found = true;
                    unnamed.erase(test);
                }
            }
            if (!found)
            {
                faults.push_back({place, "there is no test " + name});
            }
        }
    }

    std::string m_file;
    std::vector<Row> m_rows;
    bool m_startsTable{false};
};

SourceTests
MadeUpTests()
{
    SourceTests tests;
    std::istringstream proof("TEST(A, S1_One)\nTEST_F(A, S1_Two)\nTEST_P(P, Three)\n"
                             "TEST_P(Q, Four)\nTEST(A, DISABLED_Five)\n"
                             "INSTANTIATE_TEST_SUITE_P(Runs,\n                         P,\n");
    tests.Read("/test/proof/a-test.cc", proof);
    std::istringstream other("// TEST(B, InAComment)\nRC_GTEST_PROP(B,\n              Six,\n");
    tests.Read("/test/other/b-test.cc", other);
    return tests;
}

std::vector<std::string>
FaultsOf(const std::string& rows)
{
    std::istringstream text("| section | tests | departures |\n| --- | --- | --- |\n" + rows);
    std::vector<std::string> lines;
    for (const Fault& fault :
         ConformancePage("page", text).FindFaults(MadeUpTests().Get(), "/proof/"))
    {
        lines.push_back(fault.place.file + ":" + std::to_string(fault.place.line) + ": " +
                        fault.what);
    }
    return lines;
}

TEST(ConformanceTable, TellsTheTruth)
{
    const std::string file = SOURCE_DIR "/doc/conformance.md";
    std::ifstream text(file);
    ASSERT_TRUE(text) << file;
    const ConformancePage page(file, text);
    EXPECT_GT(page.GetRows(), 100);
    SourceTests tests;
    tests.ReadFolder(SOURCE_DIR "/test");
    for (const Fault& fault : page.FindFaults(tests.Get(), "/test/conformance/"))
    {
        if (fault.what.find("ConformanceTable.") != 0)
        {
            ADD_FAILURE_AT(fault.place.file.c_str(), fault.place.line) << fault.what;
        }
    }
}

TEST(ConformanceTable, KnowsTheTestsThatAreRun)
{
    const std::map<std::string, Place> tests = MadeUpTests().Get();
    std::vector<std::string> names;
    for (const auto& [name, place] : tests)
    {
        names.push_back(name);
    }
    EXPECT_EQ(names, (std::vector<std::string>{"A.S1_One", "A.S1_Two", "B.Six", "P.Three"}));
    EXPECT_EQ(tests.at("A.S1_Two").line, 2);
}

TEST(ConformanceTable, FaultsAreFound)
{
    using Lines = std::vector<std::string>;
    const std::string all = "| 1 One | `A.S1_*` `P.Three` | |\n";
    EXPECT_EQ(FaultsOf(all), Lines{});
    EXPECT_EQ(FaultsOf(all + "| 1.1 More | `B.Six` | |\n| 1.2 Rest | | not implemented |\n"),
              Lines{});
    EXPECT_EQ(FaultsOf(all + "| 2 Two | `A.S2_*` `B.Seven` | |\n"),
              (Lines{"page:4: there is no test A.S2_*", "page:4: there is no test B.Seven"}));
    EXPECT_EQ(FaultsOf(all + "| 2 Two | `Q.Four` | |\n"), Lines{"page:4: there is no test Q.Four"});
    EXPECT_EQ(FaultsOf(all + "| 2 Two | | as `A.S1_Six` |\n"),
              Lines{"page:4: there is no test A.S1_Six"});
    EXPECT_EQ(FaultsOf(all + "| 2 Two | | |\n"),
              Lines{"page:4: 2 has neither tests nor a departure"});
    EXPECT_EQ(FaultsOf(all + "| 2.10 Two | `B.Six` | |\n| 2.9 Three | `B.Six` | |\n"),
              Lines{"page:5: 2.9 comes after 2.10"});
    EXPECT_EQ(FaultsOf("| 1 One | `A.S1_One` | |\n| A Two | `P.*` | |\n"),
              Lines{"/test/proof/a-test.cc:2: A.S1_Two stands in no row of page"});
}

} // namespace
