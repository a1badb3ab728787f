// SPDX-License-Identifier: GPL-2.0-only
// doc/surroundings.rst, input: files of 50 MB, of deep nesting, with aliases and entities that
// multiply, with the line ends, marks and encodings of elsewhere. All within 2 GB and without hanging.
#include "programs.h"

using namespace ns3;

namespace
{

const std::string BOM = "\xef\xbb\xbf";
const std::size_t LARGE = std::size_t(50) << 20;

const std::string GRAPHML = "<graphml><graph edgedefault=\"undirected\">\n<node id=\"a\"/>\n"
                            "<node id=\"b\"/>\n<edge source=\"a\" target=\"b\"/>\n"
                            "</graph></graphml>\n";
const std::string TOPO = "node a\nnode b\nedge a b\n";
const std::string SCENARIO = "duration: 1s\nevents:\n  - {at: 0s, note: hello}\n";
const std::string PLAN = "vni,group,tree\n1,239.0.0.1,spt\n2,239.0.0.2,spt\n";
const std::string WORKLOAD = "vni,node,frames_per_s\n1,vtep0,1\n1,vtep1,1\n2,vtep2,1\n2,vtep3,1\n";

/** A kind of input: an example, and the command that reads it. */
struct InputKind
{
    std::string extension;
    std::string example;
    std::vector<std::string> command; //!< the file stands for %
};

std::vector<InputKind>
GetInputKinds()
{
    const std::string fabric = "--topology=leaf-spine:spines=2,leaves=2,hosts=2";
    const std::string lab = BIN_DIR "/vxlan-lab";
    const std::string brief = "--scenario=" SOURCE_DIR "/test/surroundings/instant.yaml";
    return {
        {"graphml", GRAPHML, {lab, "--topology=%", brief}},
        {"topo", TOPO, {lab, "--topology=%", brief}},
        {"yaml", SCENARIO, {lab, "--topology=rec-lab", "--scenario=%"}},
        {"plan.csv",
         PLAN,
         {BIN_DIR "/multicast-state", fabric, "--vnis=2", "--members=2", "--mapping=explicit:%"}},
        {"workload.csv",
         WORKLOAD,
         {BIN_DIR "/multicast-plan", fabric, "--workload=%", "--plots=false", "--seconds=20"}},
    };
}

/** Programs that read a file. */
class SurroundingsInputs : public ::testing::Test
{
  protected:
    /** Runs a program on a file of \p content. */
    ProcessEnd Read(const InputKind& kind, const std::string& content)
    {
        const std::string file = m_scratch.Write("input." + kind.extension, content);
        std::vector<std::string> command = kind.command;
        for (std::string& word : command)
        {
            const std::size_t mark = word.find('%');
            mark == std::string::npos ? void() : void(word.replace(mark, 1, file));
        }
        command.push_back("--output=" + GetOutput());
        std::filesystem::remove_all(GetOutput());
        return TestProcess(command, LimitMemory).Wait(120);
    }

    /** Expects status 2, one line of a screen's length, and no output. */
    void ExpectRefused(const InputKind& kind, const std::string& content, const std::string& what)
    {
        SCOPED_TRACE(kind.extension + ": " + what);
        const ProcessEnd end = Read(kind, content);
        EXPECT_FALSE(end.hung);
        EXPECT_EQ(end.status, 2) << "signal " << end.signal << " " << end.err.substr(0, 300);
        EXPECT_EQ(std::count(end.err.begin(), end.err.end(), '\n'), 1) << end.err.substr(0, 300);
        EXPECT_LT(end.err.size(), 2100u) << end.err.substr(0, 300);
        EXPECT_TRUE(std::all_of(end.err.begin(), end.err.end(), [](char c) {
            return c == '\n' || static_cast<unsigned char>(c) >= ' ';
        })) << end.err.substr(0, 300);
        EXPECT_FALSE(std::filesystem::exists(GetOutput()));
    }

    void ExpectTaken(const InputKind& kind, const std::string& content, const std::string& what)
    {
        SCOPED_TRACE(kind.extension + ": " + what);
        const ProcessEnd end = Read(kind, content);
        EXPECT_EQ(end.status, 0) << "signal " << end.signal << " " << end.err.substr(0, 300);
        ExpectWhole(GetOutput());
    }

    const InputKind& GetKind(const std::string& extension) const
    {
        return *std::find_if(m_kinds.begin(), m_kinds.end(), [&](const InputKind& kind) {
            return kind.extension == extension;
        });
    }

    std::string GetOutput() const
    {
        return m_scratch.GetPath("out");
    }

    ScratchFolder m_scratch;
    std::vector<InputKind> m_kinds{GetInputKinds()};
};

std::string
Repeat(const std::string& text, std::size_t times)
{
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i)
    {
        all += text;
    }
    return all;
}

/** \returns \p text with CR LF for each LF. */
std::string
WithCarriageReturns(const std::string& text)
{
    std::string all;
    for (const char c : text)
    {
        all += c == '\n' ? "\r\n" : std::string(1, c);
    }
    return all;
}

/** \returns ASCII as UTF-16, little-endian, with its mark. */
std::string
ToUtf16(const std::string& text)
{
    std::string all = "\xff\xfe";
    for (const char c : text)
    {
        all += std::string(1, c) + '\0';
    }
    return all;
}

} // namespace

TEST_F(SurroundingsInputs, FilesOf50MegabytesAreRefusedInALine)
{
    for (const InputKind& kind : m_kinds)
    {
        ExpectRefused(kind, kind.example + std::string(LARGE, 'x'), "a long last line");
        ExpectRefused(kind, std::string(LARGE, '\0'), "zeros");
        ExpectRefused(kind, std::string(LARGE, '\n'), "empty lines");
        ExpectRefused(kind, Repeat("0123456789,a: [{\"<\n", LARGE / 19), "nonsense");
    }
}

TEST_F(SurroundingsInputs, LineEndsAndMarksOfElsewhereAreTaken)
{
    for (const InputKind& kind : m_kinds)
    {
        ExpectTaken(kind, kind.example, "as it is");
        ExpectTaken(kind, WithCarriageReturns(kind.example), "CR LF");
        ExpectTaken(kind, BOM + kind.example, "byte order mark");
        ExpectTaken(kind, kind.example.substr(0, kind.example.size() - 1), "no last line end");
    }
}

TEST_F(SurroundingsInputs, ZerosTornFilesAndNonsenseAreRefused)
{
    for (const InputKind& kind : m_kinds)
    {
        const std::string& text = kind.example;
        ExpectRefused(kind, "", "empty");
        ExpectRefused(kind, text.substr(0, 8) + '\0' + text.substr(8), "a zero");
        ExpectRefused(kind, text.substr(0, 5), "torn");
        ExpectRefused(kind,
                      "\x7f"
                      "ELF\x02\x01\x01",
                      "a program");
    }
    for (const char* other : {"topo", "plan.csv", "workload.csv"})
    {
        ExpectRefused(GetKind(other), ToUtf16(GetKind(other).example), "UTF-16");
    }
    ExpectTaken(GetKind("yaml"), ToUtf16(SCENARIO), "UTF-16, which is YAML");
    ExpectTaken(GetKind("graphml"), ToUtf16(GRAPHML), "UTF-16, which is XML");
}

TEST_F(SurroundingsInputs, DeepNestingIsRefused)
{
    const InputKind& yaml = GetKind("yaml");
    const std::string top = "duration: 1s\nevents: ";
    constexpr std::size_t DEPTH = 100000;
    ExpectRefused(yaml, top + Repeat("[", DEPTH) + Repeat("]", DEPTH), "lists");
    ExpectRefused(yaml, top + Repeat("{a: ", DEPTH) + Repeat("}", DEPTH), "mappings");
    ExpectRefused(yaml, top + "\n" + Repeat("- ", DEPTH) + "\n", "lists by dashes");
    ExpectRefused(yaml, top + Repeat("[", DEPTH), "lists that do not end");
    std::string indented = "duration: 1s\nevents:\n";
    for (std::size_t depth = 1; depth < 2000; ++depth)
    {
        indented += std::string(depth, ' ') + "a:\n";
    }
    ExpectRefused(yaml, indented, "by indentation");
    ExpectRefused(
        GetKind("graphml"), Repeat("<graph edgedefault=\"undirected\">", DEPTH), "graphs");
    ExpectRefused(GetKind("graphml"), "<graphml>" + Repeat("<a>", DEPTH), "elements");
}

TEST_F(SurroundingsInputs, AliasesAndEntitiesThatMultiplyAreRefused)
{
    std::string bomb = "duration: 1s\nevents:\n";
    std::string nodes = "r1";
    bomb += "  - {at: 0s, note: &a [x, x, x, x, x, x, x, x, x, x]}\n";
    for (char c = 'b'; c <= 'z'; ++c)
    {
        const std::string before = "*" + std::string(1, static_cast<char>(c - 1));
        bomb += "  - {at: 0s, note: &" + std::string(1, c) + " [" + Repeat(before + ", ", 9) +
                before + "]}\n";
    }
    const InputKind& yaml = GetKind("yaml");
    ExpectRefused(yaml, bomb, "aliases of aliases");
    ExpectRefused(yaml, "duration: 1s\nevents: &e [*e]\n", "a list in itself");
    ExpectRefused(yaml, "&a\nduration: 1s\nnodes: *a\n", "a mapping in itself");
    ExpectRefused(yaml, "duration: 1s\nevents: *none\n", "an alias of nothing");
    std::string laughs = "<?xml version=\"1.0\"?><!DOCTYPE graphml [<!ENTITY a \"aaaaaaaaaa\">";
    for (char c = 'b'; c <= 'k'; ++c)
    {
        laughs += std::string("<!ENTITY ") + c + " \"" +
                  Repeat(std::string("&") + static_cast<char>(c - 1) + ";", 10) + "\">";
    }
    ExpectRefused(GetKind("graphml"),
                  laughs + "]><graphml><graph edgedefault=\"undirected\"><node id=\"&k;\"/></graph>"
                           "</graphml>",
                  "entities of entities");
    ExpectRefused(GetKind("graphml"),
                  "<!DOCTYPE graphml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><graphml><graph "
                  "edgedefault=\"undirected\"><node id=\"&x;\"/></graph></graphml>",
                  "a file as an entity");
}

TEST_F(SurroundingsInputs, AMillionNodesWithoutLinksAreOneShortLine)
{
    std::string nodes = "<graphml><graph edgedefault=\"undirected\">";
    for (int i = 0; i < 200000; ++i)
    {
        nodes += "<node id=\"n" + std::to_string(i) + "\"/>";
    }
    ExpectRefused(GetKind("graphml"), nodes + "</graph></graphml>", "nodes");
}

TEST_F(SurroundingsInputs, WhatNeverEndsIsRefused)
{
    for (const InputKind& kind : m_kinds)
    {
        SCOPED_TRACE(kind.extension);
        std::vector<std::string> command = kind.command;
        for (std::string& word : command)
        {
            const std::size_t mark = word.find('%');
            mark == std::string::npos ? void() : void(word.replace(mark, 1, "/dev/zero"));
        }
        command.push_back("--output=" + GetOutput());
        const ProcessEnd end = TestProcess(command, LimitMemory).Wait(120);
        EXPECT_EQ(end.status, 2) << end.err;
        EXPECT_EQ(std::count(end.err.begin(), end.err.end(), '\n'), 1) << end.err;
        EXPECT_FALSE(std::filesystem::exists(GetOutput()));
    }
}
