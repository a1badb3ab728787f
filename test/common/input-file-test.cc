// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/input-file.h"

#include "support/lab-program.h"

using namespace ns3;

namespace
{

const std::string MARK = "\xef\xbb\xbf";

/** \returns what is read of a file that holds \p content. */
std::optional<std::string>
ReadContent(const std::string& content, std::size_t most = MOST_INPUT_BYTES)
{
    ScratchFolder folder;
    return ReadInputFile(folder.Write("input", content), most);
}

} // namespace

TEST(InputFile, AByteOrderMarkIsNotText)
{
    EXPECT_EQ(ReadContent(MARK + "a,b\n"), "a,b\n");
    EXPECT_EQ(ReadContent(MARK), "");
    EXPECT_EQ(ReadContent(""), "");
}

TEST(InputFile, OneMarkIsTakenOffAtTheBeginningAlone)
{
    EXPECT_EQ(ReadContent(MARK + MARK + "a"), MARK + "a");
    EXPECT_EQ(ReadContent("a" + MARK), "a" + MARK);
    EXPECT_EQ(ReadContent("\xef\xbb"), "\xef\xbb") << "a part of it is none";
    EXPECT_EQ(ReadContent("\xef\xbb\xbe"), "\xef\xbb\xbe");
}

TEST(InputFile, BytesStayAsTheyAre)
{
    const std::string bytes("a\r\n\0\xff\n\n", 7);
    EXPECT_EQ(ReadContent(bytes), bytes);
    const std::string large(200001, 'x'); // several blocks
    EXPECT_EQ(ReadContent(MARK + large), large);
}

TEST(InputFile, ItsSizeIsBounded)
{
    EXPECT_EQ(ReadContent("12345678", 8), "12345678");
    EXPECT_THROW(ReadContent("123456789", 8), std::length_error);
}

TEST(InputFile, WhatCannotBeReadIsNothing)
{
    ScratchFolder folder;
    EXPECT_EQ(ReadInputFile(folder.GetPath("missing")), std::nullopt);
    EXPECT_EQ(ReadInputFile(folder.GetPath("")), std::nullopt) << "a folder";
}
