// SPDX-License-Identifier: GPL-2.0-only
// What doc/architecture.rst promises of the sources, read from their text: arrows between folders,
// no circles between files, sizes, licences.
#include "support/paths.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace
{

constexpr std::size_t MOST_LINES_OF_A_FILE = 700;
constexpr std::size_t MOST_LINES_OF_A_FUNCTION = 60;

using Lines = std::vector<std::string>;
using Graph = std::map<std::string, std::set<std::string>>;

Lines
ReadLines(const fs::path& path)
{
    std::ifstream file(path);
    EXPECT_TRUE(file) << path;
    Lines lines;
    for (std::string line; std::getline(file, line);)
    {
        lines.push_back(line);
    }
    return lines;
}

/** \returns the files of the folders \p roots with one of \p endings, by their paths from the top.
 */
std::map<std::string, Lines>
ReadFiles(const std::vector<std::string>& roots, const std::set<std::string>& endings)
{
    std::map<std::string, Lines> files;
    for (const std::string& root : roots)
    {
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(SOURCE_DIR) / root))
        {
            if (entry.is_regular_file() && endings.count(entry.path().extension().string()) != 0)
            {
                files[fs::relative(entry.path(), SOURCE_DIR).generic_string()] =
                    ReadLines(entry.path());
            }
        }
    }
    return files;
}

const std::map<std::string, Lines>&
Sources()
{
    static const auto sources = ReadFiles({"model", "helper", "examples"}, {".h", ".cc"});
    return sources;
}

/** \returns whether a program has written the file, as its second line says. */
bool
IsGenerated(const Lines& lines)
{
    return lines.size() > 1 && lines[1].find("do not edit") != std::string::npos;
}

/** \returns the folder below model/ or helper/, its own folders within it; `helper` itself is one. */
std::string
ComponentOf(const std::string& path)
{
    if (path.compare(0, 9, "examples/") == 0)
    {
        return "examples"; // programs of folders of their own too
    }
    const std::string folder = fs::path(path).parent_path().generic_string();
    const std::string below =
        folder.substr(folder.find('/') == std::string::npos ? 0 : folder.find('/') + 1);
    return below.substr(0, below.find('/'));
}

/** \returns for each source the sources of this module that it includes. */
Graph
ReadIncludes()
{
    std::map<std::string, std::string> headers;
    for (const auto& [path, lines] : Sources())
    {
        const std::string name = fs::path(path).filename().string();
        if (fs::path(path).extension() == ".h")
        {
            EXPECT_TRUE(headers.emplace(name, path).second) << "two headers are called " << name;
        }
    }
    const std::string directive = "#include \"ns3/";
    Graph includes;
    for (const auto& [path, lines] : Sources())
    {
        for (const std::string& line : lines)
        {
            const bool isInclude = line.compare(0, directive.size(), directive) == 0;
            const auto header = headers.find(
                isInclude ? line.substr(directive.size(),
                                        line.find('"', directive.size()) - directive.size())
                          : "");
            if (header != headers.end())
            {
                includes[path].insert(header->second);
            }
        }
    }
    return includes;
}

/** \returns the words of \p text that stand in double backquotes. */
std::vector<std::string>
FindLiterals(const std::string& text)
{
    std::vector<std::string> literals;
    for (std::size_t at = text.find("``"); at != std::string::npos; at = text.find("``", at))
    {
        const std::size_t end = text.find("``", at + 2);
        if (end == std::string::npos)
        {
            break;
        }
        literals.push_back(text.substr(at + 2, end - at - 2));
        at = end + 2;
    }
    return literals;
}

/**
 * Reads the tables of doc/architecture.rst with the columns "component" and "stands on".
 * \returns for each component those that it stands on, directly
 */
Graph
ReadTables()
{
    Graph components;
    const Lines lines = ReadLines(fs::path(SOURCE_DIR) / "doc" / "architecture.rst");
    std::size_t last = std::string::npos; // where the last column of a table begins
    std::string component;
    for (std::size_t i = 1; i < lines.size(); ++i)
    {
        const bool isRule = lines[i].compare(0, 3, "===") == 0;
        if (isRule && lines[i - 1].compare(0, 10, "component ") == 0)
        {
            last = lines[i].rfind("  =") + 2;
        }
        else if (isRule)
        {
            last = std::string::npos;
        }
        else if (last != std::string::npos)
        {
            const std::vector<std::string> name =
                FindLiterals(lines[i].substr(0, lines[i].find("  ")));
            component = lines[i].compare(0, 2, "``") == 0 ? name.at(0) : component;
            components[component];
            if (lines[i].size() > last)
            {
                for (const std::string& below : FindLiterals(lines[i].substr(last)))
                {
                    components[component].insert(below);
                }
            }
        }
    }
    return components;
}

/** \returns all that \p start leads to, itself too. */
std::set<std::string>
Reach(const Graph& graph, const std::string& start)
{
    std::set<std::string> seen{start};
    std::vector<std::string> todo{start};
    while (!todo.empty())
    {
        const auto next = graph.find(todo.back());
        todo.pop_back();
        for (const std::string& to : next == graph.end() ? std::set<std::string>() : next->second)
        {
            if (seen.insert(to).second)
            {
                todo.push_back(to);
            }
        }
    }
    return seen;
}

/** \returns the sets of more than one node that all lead to one another. */
std::set<std::set<std::string>>
FindCircles(const Graph& graph)
{
    std::map<std::string, std::set<std::string>> reached;
    for (const auto& [from, to] : graph)
    {
        reached[from] = Reach(graph, from);
    }
    std::set<std::set<std::string>> circles;
    for (const auto& [from, all] : reached)
    {
        std::set<std::string> circle;
        for (const std::string& other : all)
        {
            const auto back = reached.find(other);
            if (back != reached.end() && back->second.count(from) != 0)
            {
                circle.insert(other);
            }
        }
        if (circle.size() > 1)
        {
            circles.insert(circle);
        }
    }
    return circles;
}

/** \returns the path without its ending: a header and its source count as one. */
std::string
StemOf(const std::string& path)
{
    return path.substr(0, path.rfind('.'));
}

std::string
Join(const std::set<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
    {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

/** \returns the name of the function whose body begins after line \p at: its line up to the `(`. */
std::string
FunctionName(const Lines& lines, std::size_t at)
{
    while (at > 0 && (lines[at].find('(') == std::string::npos || lines[at][0] == ' '))
    {
        --at;
    }
    const std::string head = lines[at].substr(0, lines[at].find('('));
    return head.substr(head.rfind(' ') == std::string::npos ? 0 : head.rfind(' ') + 1);
}

/** Calls \p visit with the name and the number of lines of each body at the left margin. */
void
ForEachFunction(const Lines& lines,
                const std::function<void(const std::string& name, std::size_t length)>& visit)
{
    for (std::size_t begin = 1; begin < lines.size(); ++begin)
    {
        if (lines[begin] != "{" || lines[begin - 1].compare(0, 9, "namespace") == 0)
        {
            continue;
        }
        const auto end = std::find_if(lines.begin() + static_cast<std::ptrdiff_t>(begin),
                                      lines.end(),
                                      [](const std::string& line) { return line[0] == '}'; });
        if (end != lines.end() && *end == "}")
        {
            visit(FunctionName(lines, begin - 1),
                  static_cast<std::size_t>(end - lines.begin()) - begin - 1);
        }
    }
}

/** The same for the bodies of functions within classes, indented by \p indent blanks. */
void
ForEachMethod(const Lines& lines,
              std::size_t indent,
              const std::function<void(const std::string& name, std::size_t length)>& visit)
{
    const std::string open = std::string(indent, ' ') + "{";
    const std::string close = std::string(indent, ' ') + "}";
    for (std::size_t begin = 1; begin < lines.size(); ++begin)
    {
        const auto from = lines.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto end = lines[begin] == open ? std::find(from, lines.end(), close) : lines.end();
        const bool isClass = std::find(from, end, close + ";") != end;
        if (end != lines.end() && !isClass)
        {
            visit(lines[begin - 1], static_cast<std::size_t>(end - from) - 1);
        }
    }
}

} // namespace

TEST(Architecture, EveryFolderStandsInTheTables)
{
    const Graph tables = ReadTables();
    std::set<std::string> components;
    for (const auto& [path, lines] : Sources())
    {
        components.insert(ComponentOf(path));
    }
    components.erase("examples");
    std::string build;
    for (const std::string& line : ReadLines(fs::path(SOURCE_DIR) / "CMakeLists.txt"))
    {
        build += line + "\n";
    }
    for (const std::string& component : components)
    {
        EXPECT_EQ(tables.count(component), 1u) << component << " is not in doc/architecture.rst";
    }
    for (const auto& [component, below] : tables)
    {
        EXPECT_NE(build.find("vxm_component(" + component + " "), std::string::npos)
            << component << " is in doc/architecture.rst, but not in CMakeLists.txt";
        for (const std::string& other : below)
        {
            EXPECT_EQ(tables.count(other), 1u) << component << " stands on " << other;
        }
    }
    EXPECT_TRUE(FindCircles(tables).empty());
    EXPECT_GE(tables.size(), 13u) << "the tables are read";
}

TEST(Architecture, ArrowsBetweenFoldersAreThoseOfTheTables)
{
    const Graph tables = ReadTables();
    for (const auto& [path, includes] : ReadIncludes())
    {
        const std::string component = ComponentOf(path);
        const std::set<std::string> allowed = Reach(tables, component);
        for (const std::string& header : includes)
        {
            EXPECT_TRUE(component == "examples" || allowed.count(ComponentOf(header)) != 0)
                << path << " includes " << header << ", but " << component << " stands on "
                << Join(allowed) << " (doc/architecture.rst)";
        }
    }
}

TEST(Architecture, NoCirclesBetweenFiles)
{
    Graph files;
    for (const auto& [path, includes] : ReadIncludes())
    {
        for (const std::string& header : includes)
        {
            if (StemOf(header) != StemOf(path))
            {
                files[StemOf(path)].insert(StemOf(header));
            }
        }
    }
    EXPECT_GT(files.size(), 100u) << "includes are read";
    for (const std::set<std::string>& circle : FindCircles(files))
    {
        ADD_FAILURE() << "a circle: " << Join(circle);
    }
}

TEST(Architecture, EveryFileNamesItsLicence)
{
    std::map<std::string, Lines> files = ReadFiles(
        {"model", "helper", "examples", "test", "cmake", "topologies", "doc"},
        {".h", ".cc", ".rst", ".md", ".sh", ".py", ".cmake", ".yaml", ".topo", ".graphml"});
    for (const char* file : {"CMakeLists.txt", "wscript", "Makefile", "README.md", "LICENSE"})
    {
        files[file] = ReadLines(fs::path(SOURCE_DIR) / file);
    }
    files.erase("LICENSE");
    for (const auto& [path, lines] : files)
    {
        const std::string tag = "SPDX-License-Identifier: ";
        const std::size_t head = std::min<std::size_t>(lines.size(), 3);
        EXPECT_TRUE(
            std::any_of(lines.begin(),
                        lines.begin() + static_cast<std::ptrdiff_t>(head),
                        [&](const auto& line) { return line.find(tag) != std::string::npos; }))
            << path << " has no line " << tag << "GPL-2.0-only at its top";
    }
}

TEST(Architecture, FilesAndFunctionsAreShort)
{
    std::size_t functions = 0;
    for (const auto& [path, lines] : Sources())
    {
        if (IsGenerated(lines))
        {
            continue;
        }
        EXPECT_LE(lines.size(), MOST_LINES_OF_A_FILE) << path;
        const auto check = [&, &where = path](const std::string& name, std::size_t length) {
            ++functions;
            const bool isTable = name.find("GetTypeId") != std::string::npos;
            EXPECT_TRUE(isTable || length <= MOST_LINES_OF_A_FUNCTION)
                << where << ": " << name << " has " << length << " lines";
        };
        ForEachFunction(lines, check);
        ForEachMethod(lines, 4, [&](const std::string& name, std::size_t length) {
            // What is indented within a function counts with it.
            length > MOST_LINES_OF_A_FUNCTION&& name.find('(') !=
                    std::string::npos&& name.find("switch") ==
                    std::string::npos&& name.find("for (") == std::string::npos
                ? check(name, length)
                : void();
        });
    }
    EXPECT_GT(functions, 1000u) << "functions are read";
    for (const auto& [path, lines] : ReadFiles({"test"}, {".h", ".cc"}))
    {
        EXPECT_LE(lines.size(), MOST_LINES_OF_A_FILE) << path;
    }
}

/** The rules above find what they look for. */
TEST(Architecture, FindsFaults)
{
    EXPECT_EQ(FindCircles({{"a", {"b"}}, {"b", {"c"}}, {"c", {"a", "d"}}, {"d", {}}}),
              (std::set<std::set<std::string>>{{"a", "b", "c"}}));
    EXPECT_TRUE(FindCircles({{"a", {"b", "c"}}, {"b", {"c"}}}).empty());
    Lines lines{"void", "Foo::Bar(int a,", "         int b)", "{"};
    lines.insert(lines.end(), 61, "    x;");
    lines.emplace_back("}");
    std::size_t longest = 0;
    ForEachFunction(lines, [&](const std::string& name, std::size_t length) {
        EXPECT_EQ(name, "Foo::Bar");
        longest = std::max(longest, length);
    });
    EXPECT_EQ(longest, 61u);
    EXPECT_EQ(FindLiterals("``a``, the ``b-c``"), (std::vector<std::string>{"a", "b-c"}));
}
