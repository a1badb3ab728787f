// SPDX-License-Identifier: GPL-2.0-only
// Figures of runs: failures in them, and what a second run into a directory leaves of the first.
#include "support/lab-program.h"

using namespace ns3;

namespace
{

/** \returns the files that stand in \p folder. */
std::set<std::string>
ListFiles(const std::string& folder)
{
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
    {
        files.insert(entry.path().filename().string());
    }
    return files;
}

} // namespace

TEST(LabFigures, FailuresShow)
{
    const LabProgram run("duration: 30s\nunderlay: static\nevents:\n"
                         "  - {at: 5s, link: {network: 11, state: down}}\n"
                         "  - {at: 5s, loss: {network: 12, rate: 0.25}}\n"
                         "  - {at: 6s, figure: {kind: topology, name: cut}}\n"
                         "  - {at: 7s, node: {name: c1, state: down}}\n"
                         "  - {at: 8s, figure: {kind: topology, name: crash}}\n"
                         "  - {at: 9s, node: {name: c1, state: up}}\n"
                         "  - {at: 9s, link: {network: 11, state: up}}\n"
                         "  - {at: 9s, loss: {network: 12, rate: 0}}\n"
                         "  - {at: 10s, figure: {kind: topology, name: mended}}\n",
                         REC_LAB,
                         "--figures");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const auto has = [&](const std::string& figure, const std::string& text) {
        return ReadText(run.GetPath(figure + ".svg")).find(text) != std::string::npos;
    };
    EXPECT_TRUE(has("cut", "e1 eth1 192.168.11.11, down\nc1 eth0 192.168.11.111, down"));
    EXPECT_TRUE(has("cut", ">loses 25 %</text>"));
    EXPECT_FALSE(has("cut", "c1 eth1 192.168.12.111, down"));
    EXPECT_TRUE(has("crash", "c1 eth1 192.168.12.111, down"));
    EXPECT_FALSE(has("mended", "down"));
    EXPECT_FALSE(has("mended", "loses"));
}

TEST(LabFigures, SnapshotsDrawTheOverlay)
{
    const LabProgram run("duration: 10s\nunderlay: static\nevents:\n"
                         "  - {at: 1s, vxlan: {nodes: [r1, r2], name: v, id: 7, remotes: "
                         "[192.168.1.1, 192.168.2.2]}}\n"
                         "  - {at: 5s, snapshot: early}\n",
                         REC_LAB,
                         "--figures");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_NE(ReadText(run.GetPath("early-overlay.svg")).find(">floods to r2</text>"),
              std::string::npos);
}

TEST(LabFigures, CapturesAndFiguresOfAnEarlierRunGo)
{
    const ScratchFolder scratch;
    const std::string out = scratch.GetPath("out");
    const auto run = [&](const std::string& scenario, const std::string& options) {
        const CommandResult result = RunCommand(BIN_DIR "/vxlan-lab --topology=" + REC_LAB +
                                                " --scenario=" + scratch.Write("s.yaml", scenario) +
                                                " --output=" + out + " " + options);
        EXPECT_EQ(result.status, 0) << result.err;
        return ListFiles(out);
    };
    const std::set<std::string> first =
        run("duration: 5s\nevents:\n  - {at: 2s, figure: {kind: topology, name: early}}\n",
            "--figures --pcap=r1:eth0 --report");
    for (const char* file : {"early.svg", "topology.svg", "r1-eth0.pcap", "report.html"})
    {
        EXPECT_EQ(first.count(file), 1u) << file;
    }
    std::ofstream(out + "/mine.svg") << "kept";
    const std::set<std::string> second = run("duration: 5s\n", "--pcap=r2:eth0");
    for (const char* file : {"early.svg", "topology.svg", "r1-eth0.pcap", "report.html"})
    {
        EXPECT_EQ(second.count(file), 0u) << file;
    }
    for (const char* file : {"mine.svg", "r2-eth0.pcap", "mfc.csv", "transcript.txt"})
    {
        EXPECT_EQ(second.count(file), 1u) << file;
    }
}
