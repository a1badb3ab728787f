// SPDX-License-Identifier: GPL-2.0-only
// Bad input: exit status 2, one line `FILE:LINE: what is wrong, what would be right`, nothing
// written. A failed expectation: exit status 1, and everything written.
#include "support/lab-program.h"
#include "support/paths.h"

#include <regex>

using namespace ns3;

namespace
{

/** Expects a run to be refused with one line that begins `FILE:LINE: ` and has \p text in it. */
void
ExpectRefused(const LabProgram& run, const std::string& place, const std::string& text)
{
    const std::string& err = run.GetErr();
    ASSERT_EQ(run.GetStatus(), 2) << "not refused: " << text;
    EXPECT_EQ(std::count(err.begin(), err.end(), '\n'), 1) << err;
    EXPECT_EQ(err.substr(0, place.size() + 2), place + ": ") << err;
    EXPECT_NE(err.find(text), std::string::npos) << err;
    EXPECT_EQ(run.GetOut(), "");
    EXPECT_FALSE(run.HasOutput());
}

/** Expects a scenario to be refused at a line; its events start in line 3. */
void
ExpectBadEvents(const std::string& events, int line, const std::string& text)
{
    const LabProgram run("duration: 100s\nevents:\n" + events + "\n");
    ExpectRefused(run, run.GetScenarioPath() + ":" + std::to_string(line), text);
}

TEST(LabErrors, UnknownNode)
{
    ExpectBadEvents("  - {at: 1s, snapshot: a}\n  - {at: 1s, join: {node: r9, group: 239.0.0.1}}",
                    4,
                    "unknown node 'r9'");
    ExpectBadEvents("  - {at: 1s, vxlan: {nodes: [r1, r9], name: v, id: 1, group: 239.0.0.1}}",
                    3,
                    "unknown node 'r9'");
    ExpectBadEvents("  - {at: 1s, link: {between: [e1, x1], state: down}}", 3, "unknown node 'x1'");
    const LabProgram run("duration: 1s\nnodes:\n  d2: {ns3::PimSmRouting::SptThreshold: 0}\n");
    ExpectRefused(run, run.GetScenarioPath() + ":3", "unknown node 'd2'");
}

TEST(LabErrors, UnknownKey)
{
    ExpectBadEvents("  - at: 1s\n    join:\n      node: r2\n      grp: 239.0.0.1",
                    6,
                    "unknown key 'grp', known are node, group, interface, source");
    const LabProgram run("duration: 1s\nspeed: 3\n");
    ExpectRefused(run, run.GetScenarioPath() + ":2", "unknown key 'speed'");
}

TEST(LabErrors, UnknownAction)
{
    ExpectBadEvents("  - {at: 1s, jump: {node: r2}}", 3, "unknown action 'jump', known are join");
}

TEST(LabErrors, NegativeTime)
{
    ExpectBadEvents("  - {at: -1s, snapshot: a}", 3, "negative");
    ExpectBadEvents("  - {at: -0.5, snapshot: a}", 3, "negative");
    const LabProgram run("duration: -3s\n");
    ExpectRefused(run, run.GetScenarioPath() + ":1", "negative");
}

TEST(LabErrors, GroupThatIsNotMulticast)
{
    ExpectBadEvents("  - {at: 1s, join: {node: r2, group: 192.168.1.1}}", 3, "not multicast");
    ExpectBadEvents(
        "  - {at: 1s, send: {node: r2, group: 240.0.0.1, rate: 1kbps}}", 3, "not multicast");
    ExpectBadEvents(
        "  - {at: 1s, vxlan: {nodes: [r1], name: v, id: 1, group: 10.0.0.1}}", 3, "not multicast");
}

TEST(LabErrors, TwoDevicesWithOneVni)
{
    ExpectBadEvents("  - {at: 1s, vxlan: {nodes: [r1, r2], name: a, id: 42, group: 239.0.0.1}}\n"
                    "  - {at: 2s, vxlan: {nodes: [r2, r3], name: b, id: 42, group: 239.0.0.2}}",
                    4,
                    "two devices with VNI 42 on r2");
}

TEST(LabErrors, AddressTwice)
{
    ExpectBadEvents("  - {at: 1s, vxlan: {nodes: [r1, r2], name: a, id: 1, group: 239.0.0.1, "
                    "addresses: [10.0.0.1/24, 10.0.0.1/24]}}",
                    3,
                    "address 10.0.0.1 twice");
    ExpectBadEvents("  - {at: 1s, vxlan: {nodes: [r1], name: a, id: 1, group: 239.0.0.1, "
                    "addresses: [192.168.2.22/24]}}",
                    3,
                    "192.168.2.22 belongs to network 2");
}

TEST(LabErrors, ValuesOutOfRange)
{
    ExpectBadEvents("  - {at: soon, snapshot: a}", 3, "'soon' is not right");
    ExpectBadEvents("  - {at: 101s, snapshot: a}", 3, "after the end");
    ExpectBadEvents("  - {at: 1s, send: {node: r1, group: 239.0.0.1, rate: fast}}", 3, "rate");
    ExpectBadEvents("  - {at: 1s, send: {node: r1, group: 239.0.0.1, rate: 1kbps, ttl: 0}}",
                    3,
                    "ttl '0' is not right, give a number from 1 to 255");
    ExpectBadEvents("  - {at: 1s, loss: {network: 11, rate: 1.5}}", 3, "rate '1.5'");
    ExpectBadEvents("  - {at: 1s, vxlan: {nodes: [r1], name: a, id: 16777216, group: 239.0.0.1}}",
                    3,
                    "id '16777216'");
    ExpectBadEvents("  - {at: 1s, show: {node: r1, what: everything}}", 3, "cannot show");
    ExpectBadEvents("  - {at: 1s, link: {network: 99, state: down}}", 3, "unknown network '99'");
    ExpectBadEvents("  - {at: 1s, link: {network: 11, state: sideways}}", 3, "unknown state");
    ExpectBadEvents(
        "  - {at: 1s, expect: {table: mfc, where: {nod: r1}, rows: 1}}", 3, "no column 'nod'");
    ExpectBadEvents("  - {at: 1s, flood: {node: r1, device: vxlan9, kind: arp}}",
                    3,
                    "no VXLAN device 'vxlan9'");
    ExpectBadEvents("  - {at: 1s, vxlan: {nodes: [r1], name: a, id: 1, control: evpn}}",
                    3,
                    "control: evpn without speakers");
}

TEST(LabErrors, Attributes)
{
    for (const std::string setting : {"ns3::NoSuchThing::Value: 1",
                                      "ns3::PimSmRouting::NoSuchThing: 1",
                                      "ns3::PimSmRouting::SptThreshold: sometimes",
                                      "ns3::PimSmRouting::SptThreshold: 20000/10s",
                                      "ns3::PimSmRouting::SptThreshold: -1",
                                      "ns3::PimSmRouting::SptThresholdRanges: 239.0.0.1=0",
                                      "ns3::PimSmRouting::RpfEcmp: lowest",
                                      "ns3::PimSmRouting::HelloPeriod: often",
                                      "ns3::PimSmRouting::HelloHoldtime: 70000",
                                      "ns3::PimSmRouting::SendDrPriority: perhaps",
                                      "ns3::OspfRouting::HelloInterval: 0s",
                                      "ns3::OspfRouting::HelloInterval: -3s"})
    {
        SCOPED_TRACE(setting);
        const LabProgram all("duration: 1s\ndefaults:\n  " + setting + "\n");
        ExpectRefused(all, all.GetScenarioPath() + ":3", "ns3::");
        const LabProgram one("duration: 1s\nnodes:\n  e1:\n    " + setting + "\n");
        ExpectRefused(one, one.GetScenarioPath() + ":4", "ns3::");
    }
}

TEST(LabErrors, ScenarioFiles)
{
    for (const std::string text :
         {"\n", "- a\n- b\n", "duration: 1s\nevents: [{at: 1s\n", "\tduration: 1s\n", "\xff\xfe\n"})
    {
        const LabProgram run(text);
        EXPECT_EQ(run.GetStatus(), 2) << text;
        EXPECT_EQ(std::count(run.GetErr().begin(), run.GetErr().end(), '\n'), 1) << run.GetErr();
        EXPECT_TRUE(std::regex_search(run.GetErr(), std::regex("^[^:]*scenario.yaml:[1-9]: ")))
            << run.GetErr();
        EXPECT_FALSE(run.HasOutput());
    }
    ExpectRefused(
        LabProgram("/no/such/file.yaml"), "/no/such/file.yaml:1", "No such file or directory");
    ExpectRefused(LabProgram("/tmp"), "/tmp:1", "directory");
}

/** The lab's file with one text replaced. */
void
ExpectBadTopology(const std::string& from, const std::string& to, int line, const std::string& text)
{
    const ScratchFolder scratch;
    std::string topology = ReadText(REC_LAB);
    const std::size_t position = topology.find(from);
    ASSERT_NE(position, std::string::npos);
    topology.replace(position, from.size(), to);
    const std::string file = scratch.Write("bad.graphml", topology);
    ExpectRefused(LabProgram("duration: 1s\n", file), file + ":" + std::to_string(line), text);
}

TEST(LabErrors, TopologyFiles)
{
    ExpectBadTopology("<node id=\"r2\">", "<node id=\"r1\">", 26, "used twice");
    ExpectBadTopology(">router<", ">rooter<", 40, "expected router, vtep, host, lan");
    ExpectBadTopology(">192.168.2.0/24<", ">192.168.1.0/24<", 98, "overlaps");
    ExpectBadTopology(">192.168.2.22<", ">192.168.1.22<", 112, "outside its network");
    ExpectBadTopology(">192.168.2.22<", ">192.168.2.2<", 112, "used twice");
    ExpectBadTopology("target=\"11\"", "target=\"99\"", 115, "unknown node '99'");
    ExpectBadTopology(
        "<data key=\"candidateBsr\">eth2<", "<data key=\"candidateBsr\">eth9<", 61, "eth9");
    ExpectBadTopology("</graphml>", "", 135, "not closed");
    const ScratchFolder scratch;
    for (const std::string text : {"", "hello", "<html></html>"})
    {
        const std::string file = scratch.Write("bad.graphml", text);
        ExpectRefused(LabProgram("duration: 1s\n", file), file + ":1", "GraphML");
    }
    const std::string apart = scratch.Write(
        "apart.graphml",
        "<graphml><graph edgedefault=\"undirected\">\n<node id=\"a\"/><node id=\"b\"/>\n"
        "<node id=\"c\"/><node id=\"d\"/>\n<edge source=\"a\" target=\"b\"/>\n"
        "<edge source=\"c\" target=\"d\"/></graph></graphml>\n");
    const LabProgram run("duration: 1s\n", apart);
    EXPECT_EQ(run.GetStatus(), 2);
    EXPECT_EQ(std::count(run.GetErr().begin(), run.GetErr().end(), '\n'), 1) << run.GetErr();
}

TEST(LabErrors, TopologySpecs)
{
    ExpectRefused(LabProgram("duration: 1s\n", "chain:n=x"), "chain:n=x:1", "expected a number");
    ExpectRefused(LabProgram("duration: 1s\n", "chain"), "chain:1", "n is missing");
    ExpectRefused(LabProgram("duration: 1s\n", "torus:n=3"), "torus:n=3:1", "unknown generator");
    ExpectRefused(LabProgram("duration: 1s\n", "none.graphml"), "none.graphml:1", "cannot be read");
}

TEST(LabErrors, CommandLines)
{
    const auto refused = [](const std::string& options, const std::string& text) {
        const LabProgram run("duration: 1s\n", REC_LAB, options);
        ExpectRefused(run, "command line:4", text);
    };
    refused("--speed=3", "unknown option --speed");
    refused("faster", "'faster' is no option");
    refused("--pcap=x9:*", "unknown node 'x9'");
    refused("--pcap=r1:eth9", "r1 has no interface 'eth9'");
    refused("--pcap=r1", "'r1' is no NODE:INTERFACE");
    refused("--pcap=", "--pcap has no value");
    refused("--pcap", "--pcap has no value");
    refused("--figures=maybe", "true or false");
    refused("--RngRun=first", "--RngRun is 'first', give a number from 0");
    refused("--RngRun=18446744073709551616", "--RngRun is");
    for (const std::string seed : {"0", "-1", "x", "4294944443", "4294967295"})
    {
        refused("--RngSeed=" + seed, "--RngSeed is '" + seed + "', give a number from 1 to ");
    }
    for (const std::string type : {"none", "ns3::Node", "ns3::SimulatorImpl", "ns3::MapScheduler"})
    {
        refused("--SimulatorImplementationType=" + type,
                "--SimulatorImplementationType is '" + type + "', give a class that is a ");
    }
    for (const std::string type : {"none", "ns3::Node", "ns3::Scheduler"})
    {
        refused("--SchedulerType=" + type, "--SchedulerType is '" + type + "', give a class");
    }
    refused("--ChecksumEnabled=perhaps", "--ChecksumEnabled is 'perhaps'");
    refused("--PrintAttributes=x", "--PrintAttributes is 'x', give a class");
    refused("--ns3::PimSmRouting::SptThreshold=sometimes", "'sometimes' is no value");
    const CommandResult nothing = RunCommand(BIN_DIR "/vxlan-lab");
    EXPECT_EQ(nothing.status, 2);
    EXPECT_EQ(nothing.err, "command line:1: no --topology, give --topology=…\n");
    EXPECT_EQ(RunCommand(BIN_DIR "/vxlan-lab --PrintHelp").status, 0);
}

TEST(LabErrors, GlobalsOfTheEnvironment)
{
    const CommandResult result =
        RunCommand("NS_GLOBAL_VALUE=RngSeed=0 " BIN_DIR "/vxlan-lab --topology=rec-lab");
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.err.rfind("environment:1: RngSeed is '0' in NS_GLOBAL_VALUE", 0), 0u)
        << result.err;
}

TEST(LabErrors, ControlCharacters)
{
    ExpectBadEvents("  - {at: 1s, snapshot: \"a\\0b\"}", 3, "snapshot 'a\\x00b' is not right");
    ExpectBadEvents(
        "  - {at: 1s, send: {node: r1, group: 239.0.0.1, rate: 1kbps, name: \"a\\nb\"}}",
        3,
        "name 'a\\nb' is not right, give text without control characters");
    ExpectBadEvents("  - {at: 1s, vxlan: {nodes: [\"r1\\0\"], name: v, id: 1, group: 239.0.0.1}}",
                    3,
                    "nodes 'r1\\x00' is not right");
    ExpectBadEvents("  - {at: 1s, \"ju\\0mp\": {}}", 3, "unknown action 'ju\\x00mp', known are");
    ExpectBadEvents(
        "  - {at: 1s, expect: {table: mfc, where: {node: \"r\\e1\"}, rows: 1}}", 3, "'r\\x1b1'");
    const LabProgram run("duration: \"1\\0s\"\n");
    ExpectRefused(run, run.GetScenarioPath() + ":1", "duration '1\\x00s' is not right");
    const ScratchFolder scratch;
    const std::string file =
        scratch.Write("bad.graphml",
                      "<graphml><graph edgedefault=\"undirected\">\n<node id=\"a&#10;b\"/>"
                      "<node id=\"b\nc\"/><edge source=\"a&#10;b\" target=\"b c\"/>"
                      "</graph></graphml>\n");
    const LabProgram lines("duration: 1s\n", file);
    EXPECT_EQ(lines.GetStatus(), 2);
    EXPECT_EQ(std::count(lines.GetErr().begin(), lines.GetErr().end(), '\n'), 1) << lines.GetErr();
}

TEST(LabErrors, MoreCapturesThanFilesMayBeOpen)
{
    const ScratchFolder scratch;
    const std::string scenario = scratch.Write("s.yaml", "duration: 1s\nunderlay: static\n");
    const std::string command = BIN_DIR "/vxlan-lab --topology=leaf-spine:spines=4,leaves=8,hosts=4"
                                        " --scenario=" +
                                scenario + " --output=" + scratch.GetPath("out") + " --pcap='*:*'";
    const CommandResult refused = RunCommand("ulimit -n 150; " + command);
    EXPECT_EQ(refused.status, 2);
    EXPECT_EQ(refused.err,
              "command line:4: --pcap names 128 captures, more than the 86 files that may be open, "
              "name fewer or raise ulimit -n\n");
    EXPECT_FALSE(std::filesystem::exists(scratch.GetPath("out")));
    const CommandResult raised = RunCommand("ulimit -Sn 150; " + command);
    EXPECT_EQ(raised.status, 0) << raised.err;
    EXPECT_TRUE(std::filesystem::exists(scratch.GetPath("out/vtep31-eth0.pcap")));
}

TEST(LabErrors, CapturesThatShareAFile)
{
    const ScratchFolder scratch;
    const std::string file = scratch.Write(
        "s.topo", "node a\nnode a-b\nedge a a-b sourceInterface=b-c targetInterface=c\n");
    const LabProgram run("duration: 1s\n", file, "'--pcap=*:*'");
    ExpectRefused(run, "command line:4", "two interfaces would be captured in a-b-c.pcap");
    EXPECT_EQ(LabProgram("duration: 1s\n", file, "--pcap=a:*").GetStatus(), 0);
}

TEST(LabErrors, FoldersWhereFilesGo)
{
    for (const std::string name :
         {"r1-eth0.pcap", "r1-v.pcap", "tib.csv", "links.csv", "transcript.txt", "summary.json"})
    {
        const ScratchFolder scratch;
        std::filesystem::create_directories(scratch.GetPath("out/" + name));
        const std::string scenario =
            scratch.Write("s.yaml",
                          "duration: 1s\nevents:\n  - {at: 1s, vxlan: {nodes: [r1, r2], name: v, "
                          "id: 1, group: 239.0.0.1}}\n");
        const CommandResult result =
            RunCommand(BIN_DIR "/vxlan-lab --topology=rec-lab --scenario=" + scenario +
                       " --output=" + scratch.GetPath("out") + " --pcap=r1:*");
        EXPECT_EQ(result.status, 2) << name;
        EXPECT_EQ(result.err,
                  scratch.GetPath("out/" + name) +
                      ":1: stands where the run writes a file, move it away or give another "
                      "--output\n");
        EXPECT_EQ(std::distance(std::filesystem::directory_iterator(scratch.GetPath("out")), {}),
                  1);
    }
}

TEST(LabErrors, OutputThatCannotBeWritten)
{
    const ScratchFolder scratch;
    const std::string scenario = scratch.Write("s.yaml", "duration: 1s\n");
    const std::string file = scratch.Write("file", "mine");
    const CommandResult result =
        RunCommand(BIN_DIR "/vxlan-lab --topology=rec-lab --scenario=" + scenario +
                   " --output=" + file + "/out");
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.err.rfind(file + "/out:1: cannot write there", 0), 0u) << result.err;
    EXPECT_EQ(ReadText(file), "mine");
}

TEST(LabErrors, BadInputLeavesAnOldOutputFolderAlone)
{
    const ScratchFolder scratch;
    std::filesystem::create_directory(scratch.GetPath("old"));
    scratch.Write("old/note.txt", "mine");
    const std::string scenario = scratch.Write("s.yaml", "duration: 1s\nspeed: 1\n");
    EXPECT_EQ(RunCommand(BIN_DIR "/vxlan-lab --topology=rec-lab --scenario=" + scenario +
                         " --output=" + scratch.GetPath("old"))
                  .status,
              2);
    EXPECT_EQ(ReadText(scratch.GetPath("old/note.txt")), "mine");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(scratch.GetPath("old")), {}), 1);
}

TEST(LabErrors, FailedExpectation)
{
    const LabProgram run("duration: 95s\nevents:\n"
                         "  - {at: 92s, expect: {table: tib, where: {node: e1}, rows: 3}}\n"
                         "  - {at: 92s, expect: {table: tib, rows: 0}}\n"
                         "  - {at: 92.5s, expect: {table: routes, where: {node: r1, prefix: "
                         "192.168.2.0/24}, equals: {metric: 7, interface: eth0}}}\n"
                         "  - {at: 93s, snapshot: later}\n");
    EXPECT_EQ(run.GetStatus(), 1);
    EXPECT_EQ(run.GetErr(), "");
    std::istringstream lines(run.GetOut());
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(line.rfind("FAILED at 92s: table tib where node 'e1': 0 rows, not 3", 0), 0u) << line;
    std::getline(lines, line);
    EXPECT_EQ(line.rfind("FAILED at 92.5s: table routes where node 'r1', prefix '192.168.2.0/24': "
                         "metric is '4', not '7'",
                         0),
              0u)
        << line;
    std::getline(lines, line);
    EXPECT_EQ(line.rfind("2 expectations failed", 0), 0u) << line;
    EXPECT_FALSE(run->GetRows("routes", {{"snapshot", "later"}}).empty());
    EXPECT_NE(ReadText(run.GetPath("transcript.txt")).find("FAILED at 92s: "), std::string::npos);
}

} // namespace
