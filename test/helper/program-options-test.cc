// SPDX-License-Identifier: GPL-2.0-only
// The table of a program's options: values with blanks, faults by place, help and version.
#include "ns3/program-options.h"

#include "support/lab-program.h"
#include "support/paths.h"

#include <gtest/gtest.h>

using namespace ns3;
namespace fs = std::filesystem;

namespace
{

/** A command line of two options and a flag. */
struct Command
{
    /** \returns what is wrong with the arguments; empty if nothing is. */
    std::string Parse(std::vector<std::string> arguments)
    {
        arguments.insert(arguments.begin(), "program");
        std::vector<char*> words;
        for (std::string& argument : arguments)
        {
            words.push_back(argument.data());
        }
        try
        {
            options.Parse(static_cast<int>(words.size()), words.data());
            options.Require("first");
            return "";
        }
        catch (const InputError& error)
        {
            return error.what();
        }
    }

    std::string first;
    std::string second{"what it was"};
    bool flag{false};
    ProgramOptions options{"program",
                           "Does it.",
                           {TextOption("first", "the first", first),
                            TextOption("second", "the second", second),
                            FlagOption("flag", "whether", flag)}};
};

} // namespace

TEST(ProgramOptions, ValuesAreTakenWhole)
{
    Command command;
    EXPECT_EQ(command.Parse({"--first=a b  c=d", "--second=,", "--flag"}), "");
    EXPECT_EQ(command.first, "a b  c=d");
    EXPECT_EQ(command.second, ",");
    EXPECT_TRUE(command.flag);
}

TEST(ProgramOptions, TheLastOfEqualOptionsCounts)
{
    Command command;
    EXPECT_EQ(command.Parse({"--first=1", "--flag=t", "--first=2", "--flag=false"}), "");
    EXPECT_EQ(command.first, "2");
    EXPECT_FALSE(command.flag);
    EXPECT_EQ(command.second, "what it was");
    try
    {
        command.options.Refuse("first", "wrong");
    }
    catch (const InputError& error)
    {
        EXPECT_STREQ(error.what(), "command line:3: wrong");
    }
}

TEST(ProgramOptions, FaultsAreNamedByPlace)
{
    const auto fault = [](const std::vector<std::string>& arguments) {
        return Command().Parse(arguments);
    };
    EXPECT_EQ(fault({}), "command line:1: no --first, give --first=…");
    EXPECT_EQ(fault({"--first=1", "second"}),
              "command line:2: 'second' is no option, write --name=value");
    EXPECT_EQ(fault({"--first="}), "command line:1: --first has no value, give --first=…");
    EXPECT_EQ(fault({"--first"}), "command line:1: --first has no value, give --first=…");
    EXPECT_EQ(fault({"--flag=maybe"}), "command line:1: --flag is 'maybe', give true or false");
    EXPECT_EQ(fault({"--frist=1"}),
              "command line:1: unknown option --frist, give --first, known are --first, --second, "
              "--flag and those of --help");
    EXPECT_EQ(fault({"--first=1", "--RngSeed=0"}),
              "command line:2: --RngSeed is '0', give a number from 1 to 4294944442");
    EXPECT_EQ(fault({"--ns3::Nothing::At=1"}).rfind("command line:1: no attribute", 0), 0u);
}

TEST(ProgramOptions, HelpNamesEveryOptionAndItsDefault)
{
    const std::string head = "program --NAME=VALUE …\n\nDoes it.\n\nOptions:\n"
                             "  --first=…             the first\n"
                             "  --second=…            the second [what it was]\n"
                             "  --flag                whether [false]\n"
                             "\nOf ns-3:\n";
    EXPECT_EQ(Command().options.GetHelp().substr(0, head.size()), head);
}

TEST(ProgramOptions, ProgramsPrintHelpAndVersion)
{
    for (const std::string program : {"vxlan-lab", "vni-group-sweep", "multicast-state"})
    {
        const std::string path = BIN_DIR "/" + program;
        if (!fs::exists(path))
        {
            GTEST_SKIP() << path << " has not been built";
        }
        for (const std::string option : {"--help", "-h", "--PrintHelp"})
        {
            const CommandResult help = RunCommand(path + " " + option);
            EXPECT_EQ(help.status, 0);
            EXPECT_EQ(help.out.rfind(program + " --NAME=VALUE …\n", 0), 0u) << help.out;
            EXPECT_NE(help.out.find("--topology=…"), std::string::npos);
        }
        EXPECT_EQ(RunCommand(path + " --version").out.rfind(program + " 0.1, ns-3", 0), 0u);
        EXPECT_NE(RunCommand(path + " --PrintAttributes=ns3::Node").out.find("ApplicationList"),
                  std::string::npos);
        EXPECT_EQ(RunCommand(path + " --PrintGlobals").status, 0);
    }
}

TEST(ProgramOptions, PathsMayHoldBlanks)
{
    for (const char* program : {"/vxlan-lab", "/vni-group-sweep", "/multicast-state"})
    {
        if (!fs::exists(std::string(BIN_DIR) + program))
        {
            GTEST_SKIP() << program << " has not been built";
        }
    }
    const ScratchFolder scratch;
    fs::create_directory(scratch.GetPath("my lab"));
    const std::string topology = scratch.Write(
        "my lab/two nodes.topo",
        "node a candidateBsr=eth0 candidateRp=eth0\nnode v kind=vtep\nnode w kind=vtep\n"
        "edge a v\nedge a w\n");
    const std::string scenario = scratch.Write("my lab/the scenario.yaml", "duration: 1s\n");
    const std::string common =
        " '--topology=" + topology + "' '--output=" + scratch.GetPath("my lab/out put") + "' ";
    const CommandResult lab =
        RunCommand(BIN_DIR "/vxlan-lab" + common + "'--scenario=" + scenario + "'");
    EXPECT_EQ(lab.status, 0) << lab.err;
    EXPECT_TRUE(fs::exists(scratch.GetPath("my lab/out put/tib.csv")));
    const CommandResult state =
        RunCommand(BIN_DIR "/multicast-state" + common + "--vnis=1 --members=2");
    EXPECT_EQ(state.status, 0) << state.err;
    EXPECT_TRUE(fs::exists(scratch.GetPath("my lab/out put/state.csv")));
    const std::string sweep = " --vnis=1 --groups=1 --members=2 --trees=spt --packets=false"
                              " --plots=false '--output=" +
                              scratch.GetPath("a sweep") + "' ";
    EXPECT_EQ(RunCommand(BIN_DIR "/vni-group-sweep '--topology=" + topology + "'" + sweep).status,
              0);
    const std::string one = ReadText(scratch.GetPath("a sweep/sweep.csv"));
    EXPECT_EQ(std::count(one.begin(), one.end(), '\n'), 2);
    const CommandResult both =
        RunCommand(BIN_DIR "/vni-group-sweep '--topology=\"" + topology + "\" chain:n=3'" + sweep);
    EXPECT_EQ(both.status, 0) << both.err;
    const std::string two = ReadText(scratch.GetPath("a sweep/sweep.csv"));
    EXPECT_EQ(std::count(two.begin(), two.end(), '\n'), 3) << "both topologies";
}
