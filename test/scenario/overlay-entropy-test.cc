// SPDX-License-Identifier: GPL-2.0-only
// What equal-cost paths of the underlay see of flows in a tunnel: VXLAN's source port, nothing of GRE,
// and NVGRE's FlowID (RFC 7637 §3.2) only where routers look into the key.
#include "support/capture.h"
#include "support/lab-program.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

constexpr int FLOWS = 16;

class OverlayEntropy : public testing::TestWithParam<const char*>
{
};

TEST_P(OverlayEntropy, SpreadsOverEqualCostPaths)
{
    const std::string name = GetParam();
    std::string story =
        "duration: 120s\nunderlay: static\nevents:\n"
        "  - {at: 40s, vxlan: {nodes: [vtep0, vtep1], name: vxlan42, id: 5000, ttl: "
        "10, remotes: [10.0.0.18, 10.0.0.22], encapsulation: " +
        name + "}}\n";
    for (const std::string n : {"1", "2"})
    {
        story += "  - {at: 50s, tenant: {name: t" + n + ", node: vtep" + (n == "1" ? "0" : "1") +
                 ", device: vxlan42, mac: \"02:00:0" + n + ":00:00:2a\", address: 192.168.99." + n +
                 "/24}}\n";
    }
    story += "  - {at: 60s, ping: {node: t1, to: 192.168.99.2, count: 1}}\n"
             "  - {at: 65s, snapshot: before}\n";
    for (int i = 0; i < FLOWS; ++i)
    {
        story +=
            "  - {at: 70s, send: {node: t1, to: 192.168.99.2, transport: udp, interval: 100ms, "
            "packets: 5, size: 100, name: f" +
            std::to_string(i) + "}}\n";
    }
    story += "  - {at: 80s, snapshot: sent}\n";
    const LabProgram run(story, "leaf-spine:spines=2,leaves=2,hosts=1", "--pcap=vtep0:eth0");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(run->GetRows("deliveries", {{"received", "5"}}).size(), std::size_t(FLOWS));
    const LabRow uplinks = {{"snapshot", "sent"}, {"from", "leaf0"}, {"class", "vxlan-unicast"}};
    int packets = 0;
    for (const LabRow& row : run->GetRows("links", uplinks))
    {
        packets += std::stoi(row.at("packets"));
    }
    EXPECT_EQ(packets, 5 * FLOWS);
    EXPECT_EQ(run->GetCells("links", uplinks, "network").size(), name == "vxlan" ? 2u : 1u);
    if (!Capture::HasTshark())
    {
        GTEST_SKIP() << "tshark is not installed";
    }
    const Capture wire(run.GetPath("vtep0-eth0.pcap"), {"gre.key", "udp.srcport", "udp.dstport"});
    std::set<std::string> entropy;
    for (const Capture::Frame& frame : wire.GetFrames())
    {
        if (name == "vxlan" && Capture::Holds(frame, {{"udp.dstport", "4789"}}))
        {
            entropy.insert(frame.at("udp.srcport")[0]);
        }
        else if (frame.count("gre.key") != 0)
        {
            entropy.insert(frame.at("gre.key")[0]);
            // 5000 is 0x1388: the VSID is the upper 24 bits, GRE's key all 32.
            EXPECT_EQ(frame.at("gre.key")[0].substr(0, 8),
                      name == "nvgre" ? "0x001388" : "0x000013");
        }
    }
    EXPECT_GE(entropy.size(), name == "gre" ? 1u : 8u);
    EXPECT_LE(entropy.size(), name == "gre" ? 1u : std::size_t(FLOWS) + 4);
}

INSTANTIATE_TEST_SUITE_P(All, OverlayEntropy, testing::Values("vxlan", "gre", "nvgre"));

} // namespace
