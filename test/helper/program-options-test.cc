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

TEST(ProgramOptions, ManualPageIsMadeOfTheSameTable)
{
    Command command;
    const std::string page = command.options.GetManualPage();
    for (const char* line : {".TH PROGRAM 1 ",
                             "\nprogram \\- Does it\n",
                             "\n.TP\n\\fB\\-\\-first\\fR=\\fIVALUE\\fR\nthe first\n",
                             "\nthe second [what it was]\n",
                             "\n.TP\n\\fB\\-\\-flag\\fR\nwhether [false]\n"})
    {
        EXPECT_NE(page.find(line), std::string::npos) << line << "\n" << page;
    }
    ProgramOptions full("program", "Does it.\nExit status: 0 done.\nExample: program --a=b", {});
    const std::string rest = full.GetManualPage();
    EXPECT_NE(rest.find("\n.SH \"EXIT STATUS\"\n0 done.\n"), std::string::npos) << rest;
    EXPECT_NE(rest.find("\n.SH EXAMPLES\n.nf\nprogram \\-\\-a=b\n.fi\n"), std::string::npos)
        << rest;
}

TEST(ProgramOptions, ManualPagesAreReadable)
{
    if (std::system("groff --version >/dev/null 2>&1") != 0)
    {
        GTEST_SKIP() << "groff is not installed";
    }
    for (const std::string program :
         {"vxlan-lab", "vni-group-sweep", "multicast-state", "multicast-plan", "failure-study"})
    {
        const std::string path = BIN_DIR "/" + program;
        const CommandResult page =
            RunCommand(path + " --man | groff -man -Kutf8 -Tutf8 -ww -P-cbou");
        EXPECT_EQ(page.status, 0);
        EXPECT_EQ(page.err, "") << program;
        for (const char* heading : {"NAME", "SYNOPSIS", "OPTIONS", "EXIT STATUS", "EXAMPLES"})
        {
            EXPECT_NE(page.out.find(heading), std::string::npos) << program << ": " << heading;
        }
    }
}

TEST(ProgramOptions, EveryFileMayHaveBlanksInItsPath)
{
    const ScratchFolder scratch;
    fs::create_directory(scratch.GetPath("my plans"));
    const std::string topology =
        scratch.Write("my plans/two nodes.topo",
                      "node a tier=edge candidateBsr=eth0 candidateRp=eth0\nnode v kind=vtep\n"
                      "node w kind=vtep\nedge a v\nedge a w\n");
    const std::string workload = scratch.Write(
        "my plans/the workload.csv", "vni,node,frames_per_s\n1,v,1\n1,w,1\n2,v,1\n2,w,1\n");
    const std::string devices = scratch.Write(
        "my plans/the devices.yaml", "- {name: tiny, model: Tiny, limit: 100, source: mine}\n");
    const auto run = [&](const std::string& program, const std::string& options) {
        return RunCommand(BIN_DIR "/" + program + " '--topology=" + topology + "' '--output=" +
                          scratch.GetPath("my plans/out of " + program) + "' " + options);
    };
    const CommandResult plan =
        run("multicast-plan",
            "'--workload=" + workload + "' '--devices=" + devices +
                "' --device=edge:tiny --trees=spt --seconds=1 --groups=1 --plots=false");
    ASSERT_EQ(plan.status, 0) << plan.err;
    const std::string planned = scratch.GetPath("my plans/out of multicast-plan/plan.csv");
    EXPECT_EQ(run("multicast-plan",
                  "'--workload=" + workload + "' '--from=" + planned +
                      "' --moves=1 --trees=spt --seconds=1 --groups=1 --plots=false")
                  .status,
              0);
    const CommandResult state =
        run("multicast-state", "--vnis=2 --members=2 '--mapping=explicit:" + planned + "'");
    EXPECT_EQ(state.status, 0) << state.err;
    const CommandResult failures =
        run("failure-study", "--vnis=1 --members=2 --failures=vtep --packets=false");
    EXPECT_EQ(failures.status, 0) << failures.err;
}

TEST(ProgramOptions, PathsMayHoldBlanks)
{
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
