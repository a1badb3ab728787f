// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/yaml-document.h"

#include <gtest/gtest.h>
#include <yaml-cpp/exceptions.h>

#include <sstream>

using namespace ns3;

namespace
{

YamlNode
ReadYamlText(const std::string& text)
{
    std::istringstream stream(text);
    return YamlDocument::Read(stream);
}

TEST(YamlDocument, HasKindsTextsAndLines)
{
    const YamlNode root = ReadYamlText("a: 1\nb:\n  - x\n  - {c: '', d: ~}\n  - []\n");
    ASSERT_TRUE(root.IsMap());
    ASSERT_EQ(root.GetSize(), 2u);
    EXPECT_EQ(root.GetPair(0).first.GetText(), "a");
    EXPECT_EQ(root.GetPair(0).second.GetText(), "1");
    const YamlNode list = root.Find("b");
    ASSERT_TRUE(list.IsSequence());
    ASSERT_EQ(list.GetSize(), 3u);
    EXPECT_EQ(list.GetItem(0).GetText(), "x");
    EXPECT_EQ(list.GetItem(1).GetLine(), 4);
    EXPECT_TRUE(list.GetItem(1).Find("c").IsScalar());
    EXPECT_EQ(list.GetItem(1).Find("c").GetText(), "");
    EXPECT_TRUE(list.GetItem(1).Find("d").IsNull());
    EXPECT_TRUE(list.GetItem(1).Find("e").IsNull());
    EXPECT_TRUE(list.GetItem(0).Find("e").IsNull());
    EXPECT_EQ(list.GetItem(2).GetSize(), 0u);
}

TEST(YamlDocument, AliasesAreTheNodesThatTheyName)
{
    const YamlNode root = ReadYamlText("base: &b {node: r2}\nlist: [*b, 3, *b]\n");
    const YamlNode list = root.Find("list");
    ASSERT_EQ(list.GetSize(), 3u);
    EXPECT_EQ(list.GetItem(2).Find("node").GetText(), "r2");
    EXPECT_EQ(list.GetItem(2).GetLine(), 1);
}

TEST(YamlDocument, AnAliasInsideWhatItNamesIsThatNode)
{
    // YAML 1.2 §3.2.2.2 allows it. Reading must end, and no owner may own itself.
    const YamlNode list = ReadYamlText("&a [1, *a, {b: *a}]\n");
    ASSERT_EQ(list.GetSize(), 3u);
    YamlNode inner = list;
    for (int depth = 0; depth < 1000; ++depth)
    {
        inner = inner.GetItem(1);
    }
    EXPECT_EQ(inner.GetItem(0).GetText(), "1");
    EXPECT_EQ(inner.GetItem(2).Find("b").GetSize(), 3u);
    const YamlNode map = ReadYamlText("&m\nduration: 1s\nnodes: *m\n");
    EXPECT_EQ(map.Find("nodes").Find("nodes").Find("duration").GetText(), "1s");
    const YamlNode pair = ReadYamlText("[&x [*x], &y [*x, *y]]\n");
    EXPECT_EQ(pair.GetItem(1).GetItem(1).GetItem(0).GetItem(0).GetSize(), 1u);
}

TEST(YamlDocument, TheFirstDocumentCounts)
{
    EXPECT_EQ(ReadYamlText("a\n---\nb\n").GetText(), "a");
    EXPECT_TRUE(ReadYamlText("").IsNull());
    EXPECT_EQ(ReadYamlText("# nothing\n").GetLine(), 1);
    EXPECT_THROW(ReadYamlText("a: [1"), YAML::Exception);
}

/** \returns kinds, texts and lines of all below \p node. */
std::string
Describe(const YamlNode& node)
{
    std::string text = std::to_string(node.GetLine()) + ":";
    for (std::size_t i = 0; i < node.GetSize(); ++i)
    {
        text += node.IsMap()
                    ? Describe(node.GetPair(i).first) + "=" + Describe(node.GetPair(i).second) + ","
                    : "-" + Describe(node.GetItem(i)) + ",";
    }
    return text + (node.IsNull() ? "~" : node.IsScalar() ? "'" + node.GetText() + "'" : ";");
}

/** The same text, of which no line is short enough to be read apart. */
std::string
WithWiderBraces(std::string text)
{
    for (std::size_t i = text.find('{'); i != std::string::npos; i = text.find('{', i + 2))
    {
        text.insert(i + 1, " ");
    }
    return text;
}

TEST(YamlDocument, ShortLinesAreReadAsYamlCppReadsThem)
{
    for (const char* text : {
             "events:\n  - {at: 5.0000s, join: {node: r2, group: 239.1.0.0}}\n  - {at: 6s}\n",
             "- {a: b}\n- c\n- {a: {b: {c: {d: e}}}}\n- {a: {b: {c: d}}}\n- {a: null}\n",
             "# first\n\na:\n- {a: ~, b: 1}\n- {a: 1, b: -2}\n- {a: x.y/z_w-v} # last\n- {a: b}",
             "- {x: x}\n- x\n- {a: x, b: c}\n-\n  x\n- {x: x} # x\n- x: {x: x}\n- {a: x}",
             "a: &x\n  - {a: b}\nb: *x\nc:\n  - {a: 'b'}\n  - {a: b}\r\n",
             "- - {a: b}\n  - {c: d}\n-\n  - {e: f}\n- {a: b,c: d}\n- {a:b}\n- {a: b}x\n",
         })
    {
        std::string expected;
        std::string error;
        try
        {
            expected = Describe(ReadYamlText(WithWiderBraces(text)));
        }
        catch (const YAML::Exception& fault)
        {
            error = fault.msg;
        }
        if (error.empty())
        {
            EXPECT_EQ(Describe(ReadYamlText(text)), expected) << text;
        }
        else
        {
            EXPECT_THROW(ReadYamlText(text), YAML::Exception) << text;
        }
    }
}

TEST(YamlDocument, WhatLooksLikeAShortLineMayBeText)
{
    const std::string line = "  - {a: b}\n";
    EXPECT_EQ(ReadYamlText("a: |\n" + line + line).Find("a").GetText(), "- {a: b}\n- {a: b}\n");
    EXPECT_EQ(ReadYamlText("a: 'x\n" + line + "  y'\n").Find("a").GetText(), "x - {a: b} y");
    EXPECT_THROW(ReadYamlText("a: x\n" + line), YAML::Exception);
    EXPECT_EQ(ReadYamlText("a:\n" + line + "---\nb:\n" + line).Find("a").GetSize(), 1u);
    EXPECT_EQ(ReadYamlText("a:\n" + line + "b: >\n" + line).Find("b").GetText(), "- {a: b}\n");
}

TEST(YamlDocument, FaultsAreThoseOfTheTextItself)
{
    for (const char* text : {"a:\n  - {a: b}\n    c\n", "- {a: b}\n  : c\n", "- {a: b}\nc: [d\n"})
    {
        int line = -1;
        try
        {
            ReadYamlText(text);
        }
        catch (const YAML::Exception& fault)
        {
            line = fault.mark.line;
        }
        try
        {
            ReadYamlText(WithWiderBraces(text));
        }
        catch (const YAML::Exception& fault)
        {
            EXPECT_EQ(line, fault.mark.line) << text;
        }
    }
}

} // namespace
