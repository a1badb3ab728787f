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

} // namespace
