// SPDX-License-Identifier: GPL-2.0-only
// A file that grows under another name until it is whole.
#include "ns3/partial-file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>

using namespace ns3;

namespace fs = std::filesystem;

namespace
{

class PartialFileTest : public testing::Test
{
  protected:
    PartialFileTest()
    {
        char name[] = "/tmp/partial-file-XXXXXX";
        m_folder = mkdtemp(name);
    }

    ~PartialFileTest() override
    {
        fs::remove_all(m_folder);
    }

    std::string GetPath() const
    {
        return m_folder + "/mfc.csv";
    }

    std::string Read() const
    {
        std::ifstream file(GetPath());
        std::ostringstream text;
        text << file.rdbuf();
        return text.str();
    }

    std::size_t CountFiles() const
    {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(m_folder), fs::directory_iterator()));
    }

    std::string m_folder;
};

TEST_F(PartialFileTest, GetsItsNameWhenItIsWhole)
{
    PartialFile file(GetPath());
    file.GetStream() << "node\r\n";
    EXPECT_FALSE(fs::exists(GetPath()));
    file.GetStream() << "e1\r\n";
    file.Commit();
    EXPECT_EQ(Read(), "node\r\ne1\r\n");
    EXPECT_EQ(CountFiles(), 1u);
}

TEST_F(PartialFileTest, LeavesWhatWasThereUntilThen)
{
    std::ofstream(GetPath()) << "old";
    {
        PartialFile file(GetPath());
        file.GetStream() << "half";
        EXPECT_EQ(Read(), "old");
    }
    EXPECT_EQ(Read(), "old");
    EXPECT_EQ(CountFiles(), 1u) << "nothing else is left behind";
    PartialFile file(GetPath());
    file.GetStream() << "new";
    file.Commit();
    EXPECT_EQ(Read(), "new");
}

TEST_F(PartialFileTest, SaysWhatCannotBeWritten)
{
    EXPECT_THROW(PartialFile("/no/such/folder/mfc.csv"), std::runtime_error);
    std::ofstream(GetPath()) << "a file, no folder";
    EXPECT_THROW(PartialFile(GetPath() + "/mfc.csv"), std::runtime_error);
}

} // namespace
