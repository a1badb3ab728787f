// SPDX-License-Identifier: GPL-2.0-only
// What users have reported of links, neighbours and overlay devices: each input of reports/ with
// the right values, and what else is of the same kind.
#include "support/lab-program.h"

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

} // namespace
