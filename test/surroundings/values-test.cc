// SPDX-License-Identifier: GPL-2.0-only
// doc/surroundings.rst, options: each option of each program with values that no one would give.
#include "programs.h"

#include <regex>

using namespace ns3;

namespace
{

class SurroundingsValues : public Surroundings
{
  protected:
    /** \returns the names of the program's options, from its help. */
    std::vector<std::string> ListOptions() const
    {
        const std::string help = RunCommand(BIN_DIR "/" + GetParam().name + " --help").out;
        const std::regex line("\n  --([a-z-]+)(=…|  )");
        std::vector<std::string> names;
        for (std::sregex_iterator it(help.begin(), help.end(), line), end; it != end; ++it)
        {
            names.push_back((*it)[1]);
        }
        return names;
    }
};

} // namespace

TEST_P(SurroundingsValues, HugeNegativeAndNonFiniteOnesEndInStatusAndLine)
{
    const std::vector<std::string> options = ListOptions();
    ASSERT_GE(options.size(), 8u);
    for (const std::string& option : options)
    {
        if (option == "output")
        {
            continue;
        }
        for (const char* value : {"-1", "99999999999999999999999", "1e308", "nan", "1-4294967295"})
        {
            SCOPED_TRACE("--" + option + "=" + value);
            const ProcessEnd end = TestProcess(MakeCommand(GetParam(),
                                                           GetParam().brief,
                                                           GetOutput(),
                                                           {"--" + option + "=" + value}),
                                               LimitMemory)
                                       .Wait(30);
            EXPECT_FALSE(end.hung);
            EXPECT_TRUE(end.status == 0 || end.status == 2)
                << end.status << " signal " << end.signal << " " << end.err;
            if (end.status == 2)
            {
                EXPECT_EQ(std::count(end.err.begin(), end.err.end(), '\n'), 1) << end.err;
                EXPECT_FALSE(std::filesystem::exists(GetOutput()));
            }
            ExpectWhole(GetOutput());
            std::filesystem::remove_all(GetOutput());
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Programs,
                         SurroundingsValues,
                         ::testing::ValuesIn(GetFilePrograms()),
                         NameProgram);
