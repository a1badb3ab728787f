// SPDX-License-Identifier: GPL-2.0-only
// Each design of examples/fabrics/, run by the command at its head: what it expects holds.
#include "support/lab-program.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>

using namespace ns3;

namespace
{

std::vector<std::string>
ListFabrics()
{
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(SOURCE_DIR "/examples/fabrics"))
    {
        if (entry.path().extension() == ".yaml")
        {
            files.push_back(entry.path().stem().string());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

/** \returns the value of an option of vxlan-lab in the comments of a scenario; empty if none. */
std::string
FindOption(const std::string& text, const std::string& name)
{
    const std::size_t command = text.find("#   vxlan-lab ");
    const std::string rest = command == std::string::npos
                                 ? ""
                                 : text.substr(command, text.find("\n#\n", command) - command);
    std::smatch match;
    return std::regex_search(rest, match, std::regex("--" + name + "=(\\S+)")) ? match[1].str()
                                                                               : "";
}

class FabricExamples : public testing::TestWithParam<std::string>
{
};

} // namespace

TEST_P(FabricExamples, DoWhatTheySay)
{
    const std::string file = SOURCE_DIR "/examples/fabrics/" + GetParam() + ".yaml";
    const std::string text = ReadText(file);
    std::string topology = FindOption(text, "topology");
    ASSERT_NE(topology, "") << "no command at its head";
    topology =
        std::filesystem::exists(SOURCE_DIR "/" + topology) ? SOURCE_DIR "/" + topology : topology;
    const std::string vteps = FindOption(text, "vteps");
    const LabProgram run(file, topology, vteps.empty() ? "" : "--vteps=" + vteps);
    EXPECT_EQ(run.GetStatus(), 0) << run.GetOut() << run.GetErr();
    EXPECT_EQ(run.GetErr(), "");
    EXPECT_NE(text.find("expect:"), std::string::npos);
    EXPECT_NE(ReadText(SOURCE_DIR "/examples/fabrics/README.md").find(GetParam() + ".yaml"),
              std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Files,
                         FabricExamples,
                         testing::ValuesIn(ListFabrics()),
                         [](const auto& file) {
                             std::string name = file.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });
