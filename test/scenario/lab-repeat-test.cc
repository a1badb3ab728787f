// SPDX-License-Identifier: GPL-2.0-only
// The same seed gives the same bytes, another seed the same steady state.
#include "support/lab-program.h"

#include <regex>

using namespace ns3;

namespace
{

/** A bit of everything that draws random numbers, on LANs and point-to-point links. */
const std::string BUSY = R"(
duration: 400s
events:
  - {at: 60s, vxlan: {nodes: [r1, r2, r3], name: vxlan42, id: 42, group: 239.0.0.42, ttl: 10, addresses: [192.168.99.1/24, 192.168.99.2/24, 192.168.99.3/24]}}
  - {at: 90s, join: {node: r2, group: 239.0.0.10}}
  - {at: 90s, join: {node: r3, group: 239.0.0.10}}
  - {at: 100s, send: {node: r1, group: 239.0.0.10, rate: 10kbps, ttl: 10, name: iperf}}
  - {at: 110s, loss: {network: 101, rate: 0.3, until: 130s}}
  - {at: 120s, ping: {node: r1, to: 192.168.99.255, count: 3}}
  - {at: 130s, flood: {node: r2, device: vxlan42, frames: 50, kind: arp}}
  - {at: 140s, link: {network: 11, state: down}}
  - {at: 180s, link: {network: 11, state: up}}
  - {at: 200s, show: {node: c1, what: pim join}}
  - {at: 399s, snapshot: end}
)";

/** \returns file to content; the summary without what the machine alone decides. */
std::map<std::string, std::string>
ReadAll(const LabProgram& run)
{
    std::map<std::string, std::string> contents;
    for (const std::string& name : run.GetFiles())
    {
        contents[name] = ReadText(run.GetPath(name));
    }
    std::string& summary = contents["summary.json"];
    summary =
        std::regex_replace(summary, std::regex("\"(wall_s|peak_rss_mb)\": [0-9.]+"), "\"$1\": 0");
    return contents;
}

void
ExpectSameFiles(const std::map<std::string, std::string>& a,
                const std::map<std::string, std::string>& b)
{
    ASSERT_EQ(a.size(), b.size());
    for (const auto& [name, content] : a)
    {
        ASSERT_EQ(b.count(name), 1u) << name;
        EXPECT_TRUE(content == b.at(name)) << name << " differs";
    }
}

TEST(LabRepeat, FiguresAndCapturesDoNotChangeTheRun)
{
    const LabProgram plain(BUSY, REC_LAB);
    const LabProgram watched(BUSY, REC_LAB, "--pcap='*:*' --figures");
    ASSERT_EQ(plain.GetStatus(), 0) << plain.GetErr();
    ASSERT_EQ(watched.GetStatus(), 0) << watched.GetErr();
    for (const auto& [name, content] : ReadAll(plain))
    {
        EXPECT_TRUE(content == ReadText(watched.GetPath(name)) || name == "summary.json")
            << name << " differs";
    }
}

TEST(LabRepeat, SameSeedSameBytes)
{
    const LabProgram first(BUSY, REC_LAB, "--pcap='*:*' --figures");
    const LabProgram second(BUSY, REC_LAB, "--pcap='*:*' --figures");
    ASSERT_EQ(first.GetStatus(), 0) << first.GetErr();
    EXPECT_GT(first.GetFiles().size(), 40u);
    ExpectSameFiles(ReadAll(first), ReadAll(second));
    // All but the name of the folder.
    EXPECT_EQ(first.GetOut().substr(0, first.GetOut().find("results in")),
              second.GetOut().substr(0, second.GetOut().find("results in")));
}

TEST(LabRepeat, SameSeedSameBytesOnOtherTopologies)
{
    const std::string scenario = "duration: 200s\nevents:\n"
                                 "  - {at: 90s, join: {node: vtep1, group: 239.0.0.10}}\n"
                                 "  - {at: 100s, send: {node: vtep0, group: 239.0.0.10, rate: "
                                 "10kbps, ttl: 10}}\n"
                                 "  - {at: 199s, snapshot: end}\n";
    for (const std::string topology :
         {"leaf-spine:spines=2,leaves=3,hosts=2", "random:n=8,degree=3,seed=4"})
    {
        const LabProgram first(scenario, topology, "--RngRun=7");
        const LabProgram second(scenario, topology, "--RngRun=7");
        ASSERT_EQ(first.GetStatus(), 0) << first.GetErr();
        ExpectSameFiles(ReadAll(first), ReadAll(second));
    }
}

/** All that is going on goes on to the end; no packet is lost. */
const std::string STEADY = R"(
duration: 200s
events:
  - {at: 60s, vxlan: {nodes: [r1, r2, r3], name: vxlan42, id: 42, group: 239.0.0.42, ttl: 10, addresses: [192.168.99.1/24, 192.168.99.2/24, 192.168.99.3/24]}}
  - {at: 90s, join: {node: r2, group: 239.0.0.10}}
  - {at: 90s, join: {node: r3, group: 239.0.0.10}}
  - {at: 100s, send: {node: r1, group: 239.0.0.10, rate: 10kbps, ttl: 10, name: iperf}}
  - {at: 100s, ping: {node: r1, to: 192.168.99.255, count: 99}}
  - {at: 100s, flood: {node: r2, device: vxlan42, frames: 1000, interval: 100ms, kind: arp}}
  - {at: 199s, snapshot: end}
)";

/** \returns the rows of a snapshot, without the times at which they were taken. */
std::vector<std::string>
ReadState(const LabProgram& run, const std::string& table, const std::set<std::string>& without)
{
    std::vector<std::string> state;
    for (const LabRow& row : run->GetRows(table, {{"snapshot", "end"}}))
    {
        std::string text;
        for (const auto& [column, cell] : row)
        {
            text += without.count(column) != 0 ? "" : cell + "|";
        }
        state.push_back(text);
    }
    return state;
}

TEST(LabRepeat, AnotherSeedSameSteadyState)
{
    const LabProgram one(STEADY, REC_LAB, "--RngRun=1");
    EXPECT_FALSE(ReadState(one, "tib", {}).empty());
    for (const std::string option : {"--RngRun=2", "--RngRun=99", "--RngSeed=12345"})
    {
        const LabProgram other(STEADY, REC_LAB, option);
        EXPECT_NE(ReadText(one.GetPath("events.csv")), ReadText(other.GetPath("events.csv")));
        EXPECT_EQ(ReadState(one, "routes", {}), ReadState(other, "routes", {})) << option;
        EXPECT_EQ(ReadState(one, "rp", {}), ReadState(other, "rp", {})) << option;
        EXPECT_EQ(ReadState(one, "igmp", {}), ReadState(other, "igmp", {})) << option;
        EXPECT_EQ(ReadState(one, "tib", {}), ReadState(other, "tib", {})) << option;
        EXPECT_EQ(ReadState(one, "mfc", {"packets", "bytes"}),
                  ReadState(other, "mfc", {"packets", "bytes"}))
            << option;
        EXPECT_EQ(ReadState(one, "fdb", {"age_s"}), ReadState(other, "fdb", {"age_s"})) << option;
    }
}

TEST(LabRepeat, SummaryNamesTheSeed)
{
    const LabProgram run("duration: 5s\n", REC_LAB, "--RngSeed=3 --RngRun=4");
    const std::string summary = ReadText(run.GetPath("summary.json"));
    for (const std::string text : {"\"seed\": 3,",
                                   "\"run\": 4,",
                                   "\"simulated_s\": 5,",
                                   "\"wall_s\": ",
                                   "\"events\": ",
                                   "\"peak_rss_mb\": ",
                                   "\"versions\": {\"vxlan-multicast\": ",
                                   "\"ns-3\": \"3."})
    {
        EXPECT_NE(summary.find(text), std::string::npos) << text << " in\n" << summary;
    }
}

} // namespace
