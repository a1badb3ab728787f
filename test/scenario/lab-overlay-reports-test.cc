// SPDX-License-Identifier: GPL-2.0-only
// What users have reported of links, neighbours and overlay devices: each input of reports/ with
// the right values, and what else is of the same kind.
#include "support/lab-program.h"
#include "support/paths.h"

#include <cmath>

using namespace ns3;

namespace
{

/** A report's scenario. */
std::string
Report(const std::string& name)
{
    return SOURCE_DIR "/test/scenario/reports/" + name + ".yaml";
}

/** \returns the sum of a column over the rows that \p where picks. */
uint64_t
Sum(const LabProgram& run, const std::string& table, const LabRow& where, const std::string& column)
{
    uint64_t sum = 0;
    for (const LabRow& row : run->GetRows(table, where))
    {
        sum += std::stoull(row.at(column));
    }
    return sum;
}

/** Expects a run to be refused with one line that has \p text in it. */
void
ExpectRefused(const LabProgram& run, const std::string& text)
{
    const std::string& err = run.GetErr();
    EXPECT_EQ(run.GetStatus(), 2) << err;
    EXPECT_EQ(std::count(err.begin(), err.end(), '\n'), 1) << err;
    EXPECT_NE(err.find(text), std::string::npos) << err;
    EXPECT_FALSE(run.HasOutput());
}

/** \returns a scenario of 100 s with one vxlan event of r1 and r2 at 60 s, and its other keys. */
std::string
Vxlan(const std::string& keys, const std::string& events = "")
{
    return "duration: 100s\nevents:\n  - {at: 60s, vxlan: {nodes: [r1, r2], id: 20, dev: eth0, " +
           keys + "}}\n" + events;
}

TEST(LabReports, ALongDelayDoesNotLimitALan)
{
    const LabProgram run(Report("lan-with-a-long-delay"),
                         SOURCE_DIR "/test/scenario/reports/lan-with-a-long-delay.graphml");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const auto rows = run->GetRows("deliveries", {{"flow", "flow"}, {"receiver", "r"}});
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].at("sent"), "10000");
    EXPECT_EQ(rows[0].at("lost"), "0");
    EXPECT_EQ(rows[0].at("duplicates"), "0");
    const double latency = std::stod(rows[0].at("latency_max_s"));
    EXPECT_GE(latency, 0.02);
    EXPECT_LE(latency, 0.07);
}

TEST(LabReports, ANeighbourThatComesLateIsAskedAgain)
{
    const LabProgram run(Report("neighbour-that-comes-late"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(run->GetRows("pings", {{"rtt_ms", ""}, {"time_s", "95"}}).size(), 1u);
    EXPECT_GE(run->GetRows("pings", {{"from", "192.168.99.2"}}).size(), 59u);
    EXPECT_LE(run->GetRows("pings", {{"from", "192.168.99.2"}}).size(), 60u);
}

TEST(LabReports, AnMtuOf1500IsSetLikeAnyOther)
{
    const LabProgram run(Report("overlay-mtu-1500"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(run->GetRows("pings", {{"rtt_ms", ""}, {"time_s", "100"}}).size(), 0u);
    EXPECT_EQ(run->GetRows("pings", {{"rtt_ms", ""}, {"time_s", "105"}}).size(), 1u);
    const uint64_t drops =
        Sum(run, "drops", {{"node", "r1"}, {"protocol", "vxlan"}, {"reason", "mtu"}}, "packets");
    EXPECT_GE(drops, 1u);
    EXPECT_LE(drops, 3u);
    // And the run says so before it begins.
    EXPECT_NE(run.GetErr().find("overlay-mtu-1500.yaml:5: warning: mtu 1500 of vx on r1 needs an "
                                "underlay of 1550, eth0 has 1500"),
              std::string::npos)
        << run.GetErr();
}

TEST(LabReports, AnOverlayAddressIsAHosts)
{
    ExpectRefused(LabProgram(Report("overlay-address-multicast")),
                  "224.1.1.1/24 is no address of a host");
    for (const std::string address :
         {"10.7.7.0/24", "10.7.7.255/24", "127.0.0.2/8", "0.0.0.1/8", "240.1.1.1/24"})
    {
        ExpectRefused(LabProgram(Vxlan("name: vx, group: 239.0.0.20, addresses: [" + address +
                                       ", 10.7.7.9/24]")),
                      address + " is no address of a host");
    }
}

TEST(LabReports, ARebootForgetsNeighbours)
{
    const LabProgram run(Report("reboot-forgets-neighbours"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(run->GetRows("pings", {{"rtt_ms", ""}}).size(), 0u);
    const auto sent = [&](const std::string& linkClass) {
        return Sum(run,
                   "links",
                   {{"snapshot", "end"}, {"class", linkClass}, {"network", "2"}, {"from", "r2"}},
                   "packets");
    };
    EXPECT_GE(sent("arp"), 1u);
    EXPECT_LE(sent("arp"), 9u);
    EXPECT_GE(sent("vxlan-multicast"), 1u);
    EXPECT_LE(sent("vxlan-multicast"), 3u);
}

TEST(LabReports, ADevicesNameIsChecked)
{
    ExpectRefused(LabProgram(Report("device-name-with-slash")), "name 'vx/1' is not right");
    for (const std::string name : {"a b", "a:b", "a,b", "a;b"})
    {
        ExpectRefused(LabProgram(Vxlan("name: \"" + name + "\", group: 239.0.0.20")),
                      "name '" + name + "' is not right");
    }
    ExpectRefused(LabProgram(Vxlan("name: vx, port: 5001, group: 239.0.0.20",
                                   "  - {at: 50s, send: {node: r3, group: 239.1.1.1, interval: 1s, "
                                   "packets: 1, port: 5001}}\n")),
                  "port 5001 is that of a send event");
}

/** One vxlan event whose packets get lost between r1 and r2: a warning, and drops by reason. */
void
ExpectLost(const std::string& keys, const std::string& warning, const std::string& reason)
{
    const LabProgram run(
        Vxlan("name: vx, addresses: [10.7.7.1/24, 10.7.7.2/24], " + keys,
              "  - {at: 70s, ping: {node: r1, to: 10.7.7.2, count: 2}}\n"
              "  - {at: 80s, expect: {table: drops, where: {node: e1, protocol: vxlan, reason: " +
                  reason + "}, rows: 1, at-least: {packets: 1}}}\n"));
    EXPECT_EQ(run.GetStatus(), 0) << keys << '\n' << run.GetOut() << run.GetErr();
    EXPECT_EQ(std::count(run.GetErr().begin(), run.GetErr().end(), '\n'), 1) << run.GetErr();
    EXPECT_NE(run.GetErr().find(run.GetScenarioPath() + ":3: warning: " + warning),
              std::string::npos)
        << run.GetErr();
    EXPECT_EQ(run->GetRows("pings", {{"rtt_ms", ""}}).size(), 2u);
}

TEST(LabReports, AGroupThatRoutersDoNotForwardIsToldAndCounted)
{
    ExpectLost("group: 224.0.0.99, ttl: 10",
               "VXLAN group 224.0.0.99 is link-local, no router forwards it; give one such as "
               "239.0.0.42",
               "link-local-group");
    ExpectLost("group: 232.1.1.1, ttl: 10",
               "VXLAN group 232.1.1.1 is in the SSM range 232.0.0.0/8",
               "ssm-group");
    ExpectLost(
        "group: 239.0.0.20",
        "VXLAN group 239.0.0.20 lies behind routers, and packets to a group start with TTL 1",
        "ttl");
    ExpectLost("group: 239.0.0.20, ttl: 1", "VXLAN group 239.0.0.20 lies behind routers", "ttl");
}

TEST(LabReports, WhatWorksIsNotWarnedOf)
{
    for (const std::string keys : {"group: 239.0.0.20, ttl: 2",
                                   "remotes: [192.168.1.1, 192.168.2.2]",
                                   "group: 239.0.0.20, ttl: 10, mtu: 1450"})
    {
        const LabProgram run(Vxlan("name: vx, " + keys));
        EXPECT_EQ(run.GetStatus(), 0);
        EXPECT_EQ(run.GetErr(), "");
    }
    // On one LAN no router is needed.
    const LabProgram run("duration: 70s\nevents:\n"
                         "  - {at: 60s, vxlan: {nodes: [c1, c3], dev: eth2, name: vx, id: 20, "
                         "group: 224.0.0.99}}\n");
    EXPECT_EQ(run.GetErr(), "");
}

} // namespace
