// SPDX-License-Identifier: GPL-2.0-only
// Every type of PIM message on the wire, with all its forms, as tshark reads it: nothing malformed,
// every checksum right. RFC 7761 §4.9, RFC 5059 §4, RFC 5015 §3.7.
#include "support/capture.h"
#include "support/lab-run.h"
#include "support/two-roots.h"

#include "ns3/ipv4-protocol-sender.h"
#include "ns3/pim-sm-helper.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const std::string FLOW =
    "  - {at: 60, send: {node: h1, group: 239.0.0.10, size: 100, rate: 8kbps, name: flow}}\n";

class AllPimMessages : public testing::Test
{
  protected:
    void SetUp() override
    {
        if (!Capture::HasTshark())
        {
            GTEST_SKIP() << "tshark is not installed";
        }
    }

    /** Sends a message from a router that would not send it by itself. */
    static void SendAt(double time,
                       const std::string& node,
                       PimMessage message,
                       Ipv4Address to,
                       Ipv4Address from = Ipv4Address::GetAny())
    {
        Simulator::Schedule(Seconds(time), [node, message, to, from] {
            Ipv4ProtocolSender sender(PimMessage::PROTOCOL);
            sender.SetIpv4(Names::Find<Node>(node)->GetObject<Ipv4>());
            EXPECT_TRUE(sender.SendRouted(ToPacket(message), from, to, 64));
        });
    }

    /** Decodes a capture of a run that has ended, and expects it to be sound. */
    static Capture Decode(LabRun& run, const std::string& file, std::vector<std::string> fields)
    {
        run.Close();
        fields.insert(
            fields.end(),
            {"pim.type", "ip.src", "ip.dst", "ip.ttl", "ip.dsfield", "frame.time_relative"});
        Capture capture(run.GetPath(file), fields);
        EXPECT_EQ(capture.FindFaults(), "");
        EXPECT_EQ(
            capture.Count({{"ip.dst", "224.0.0.13"}}),
            capture.Count({{"ip.dst", "224.0.0.13"}, {"ip.ttl", "1"}, {"ip.dsfield", "0xc0"}}));
        for (const char* dense : {"6", "7", "9"}) // Graft, Graft-Ack, State Refresh
        {
            EXPECT_EQ(capture.Count({{"pim.type", dense}}), 0u);
        }
        return capture;
    }
};

TEST_F(AllPimMessages, HelloWithAllOptions)
{
    LabRun run(
        TWO_ROOTS, "duration: 40\nnodes:\n  d1: {ns3::PimSmRouting::DrPriority: 7}\n", "d1:eth0");
    Ptr<Ipv4> ipv4 = Names::Find<Node>("d1")->GetObject<Ipv4>();
    ipv4->AddAddress(1, Ipv4InterfaceAddress("192.168.30.131", "255.255.255.0"));
    ipv4->AddAddress(1, Ipv4InterfaceAddress("192.168.30.132", "255.255.255.0"));
    run.Run();
    const Capture capture = Decode(run,
                                   "d1-eth0.pcap",
                                   {"pim.optiontype",
                                    "pim.holdtime",
                                    "pim.dr_priority",
                                    "pim.generation_id",
                                    "pim.t",
                                    "pim.propagation_delay",
                                    "pim.override_interval",
                                    "pim.address_list"});
    const Capture::Values all{{"pim.type", "0"},
                              {"pim.optiontype", "1"},
                              {"pim.holdtime", "105"},
                              {"pim.optiontype", "2"},
                              {"pim.t", "0"},
                              {"pim.propagation_delay", "500"},
                              {"pim.override_interval", "2500"},
                              {"pim.optiontype", "19"},
                              {"pim.optiontype", "20"},
                              {"pim.optiontype", "22"}}; // Bidirectional Capable
    EXPECT_EQ(capture.Count(all), capture.Count({{"pim.type", "0"}}));
    EXPECT_GE(capture.Count({{"pim.optiontype", "24"},
                             {"ip.src", "192.168.30.31"},
                             {"pim.dr_priority", "7"},
                             {"pim.address_list", "192.168.30.131"},
                             {"pim.address_list", "192.168.30.132"}}),
              1u);
    EXPECT_GE(capture.Count({{"ip.src", "192.168.30.32"}, {"pim.dr_priority", "1"}}), 1u);
}

TEST_F(AllPimMessages, JoinsPrunesAndAsserts)
{
    // d1 stays on the RP's tree, d2 is on the source's: Asserts of both kinds. Then both come the
    // same way, and d2 takes its prune off the RP's tree back.
    LabRun run(TWO_ROOTS,
               "duration: 170\ntrees: spt\nnodes:\n"
               "  d1: {ns3::PimSmRouting::SptThreshold: infinity}\nevents:\n"
               "  - {at: 40, join: {node: h2, group: 239.0.0.10}}\n"
               "  - {at: 80, join: {node: h3, group: 239.0.0.10}}\n"
               "  - {at: 100, leave: {node: h2, group: 239.0.0.10}}\n"
               "  - {at: 120, link: {network: 20, state: down}}\n"
               "  - {at: 140, link: {network: 20, state: up}}\n"
               "  - {at: 150, leave: {node: h3, group: 239.0.0.10}}\n" +
                   FLOW,
               "d1:eth0");
    run.Run();
    const std::string wildcard = "pim.source_addr.flags.w";
    const std::string rpt = "pim.source_addr.flags.r";
    const Capture capture = Decode(run,
                                   "d1-eth0.pcap",
                                   {wildcard,
                                    rpt,
                                    "pim.numjoins",
                                    "pim.numprunes",
                                    "pim.upstream_neighbor",
                                    "pim.join_ip",
                                    "pim.prune_ip",
                                    "pim.rpt",
                                    "pim.source",
                                    "pim.metric_pref",
                                    "pim.metric"});
    const Capture::Values joinOne{{"pim.type", "3"}, {"pim.numjoins", "1"}, {"pim.numprunes", "0"}};
    const Capture::Values pruneOne{
        {"pim.type", "3"}, {"pim.numjoins", "0"}, {"pim.numprunes", "1"}};
    const auto count = [&](Capture::Values values, const Capture::Values& more) {
        values.insert(values.end(), more.begin(), more.end());
        return capture.Count(values);
    };
    const Capture::Values star{{wildcard, "1"}, {rpt, "1"}};
    const Capture::Values sg{{wildcard, "0"}, {rpt, "0"}};
    const Capture::Values sgRpt{{wildcard, "0"}, {rpt, "1"}};
    const Capture::Values rp{{"pim.upstream_neighbor", "192.168.30.21"}};
    EXPECT_GE(count(joinOne, star), 1u) << "Join(*,G)";
    EXPECT_GE(count(pruneOne, star), 1u) << "Prune(*,G)";
    EXPECT_GE(count(joinOne, sg), 1u) << "Join(S,G)";
    EXPECT_GE(count(pruneOne, sg), 1u) << "Prune(S,G)";
    EXPECT_GE(count(joinOne, sgRpt), 1u) << "Join(S,G,rpt)";
    EXPECT_GE(count(pruneOne, sgRpt), 1u) << "Prune(S,G,rpt)";
    EXPECT_GE(capture.Count({{"pim.type", "3"},
                             {"pim.numjoins", "1"},
                             {"pim.join_ip", "192.168.10.11"},
                             {"pim.numprunes", "1"},
                             {"pim.prune_ip", "192.168.1.1"},
                             {"pim.upstream_neighbor", "192.168.30.21"}}),
              1u)
        << "a Join(*,G) with its Prune(S,G,rpt)";
    EXPECT_GE(capture.Count({{"pim.type", "5"}, {"pim.rpt", "0"}, {"pim.source", "192.168.1.1"}}),
              1u)
        << "Assert(S,G)";
    EXPECT_GE(capture.Count({{"pim.type", "5"}, {"pim.rpt", "1"}, {"pim.metric", "1"}}), 1u)
        << "Assert(*,G)";
    for (const char* source : {"192.168.1.1", "0.0.0.0"})
    {
        EXPECT_GE(capture.Count({{"pim.type", "5"},
                                 {"pim.rpt", "1"},
                                 {"pim.source", source},
                                 {"pim.metric_pref", "2147483647"},
                                 {"pim.metric", "4294967295"}}),
                  1u)
            << "AssertCancel of " << source;
    }
}

TEST_F(AllPimMessages, RegistersAndRegisterStops)
{
    LabRun run(TWO_ROOTS,
               "duration: 200\ntrees: rpt\nnodes:\n"
               "  p: {ns3::PimSmRouting::RegisterSwitchThreshold: 50p/60s}\nevents:\n"
               "  - {at: 40, join: {node: h2, group: 239.0.0.10}}\n" +
                   FLOW,
               "s:eth1");
    // No RP of ours stops all sources of a group at once; the DR obeys one that does.
    PimRegisterStop stop;
    stop.group = Ipv4Address("239.0.0.10");
    SendAt(63, "p", stop, Ipv4Address("192.168.5.11"), Ipv4Address("192.168.10.11"));
    run.Run();
    const std::string nullRegister = "pim.register_flag.null_register";
    const Capture capture =
        Decode(run,
               "s-eth1.pcap",
               {nullRegister, "pim.register_flag.border", "pim.group", "pim.source", "udp.length"});
    // The checksum of a Register, which tshark finds good, covers its first 8 bytes.
    const Capture::Values data{{"pim.type", "1"},
                               {nullRegister, "0"},
                               {"pim.register_flag.border", "0"},
                               {"ip.dst", "192.168.10.11"},
                               {"ip.dst", "239.0.0.10"},
                               {"udp.length", "108"}};
    EXPECT_GE(capture.Count(data), 50u);
    EXPECT_GE(capture.Count({{"pim.type", "1"},
                             {nullRegister, "1"},
                             {"ip.src", "192.168.1.1"},
                             {"ip.dst", "239.0.0.10"}}),
              2u);
    EXPECT_EQ(capture.Count({{"pim.type", "2"}, {"pim.source", "0.0.0.0"}}), 1u);
    EXPECT_GE(capture.Count({{"pim.type", "2"},
                             {"pim.source", "192.168.1.1"},
                             {"pim.group", "239.0.0.10"},
                             {"ip.dst", "192.168.1.11"}}),
              2u);
    for (const Capture::Frame& frame : capture.GetFrames())
    {
        const double time = std::stod(frame.at("frame.time_relative").at(0));
        if (Capture::Holds(frame, data))
        {
            EXPECT_TRUE(time < 63.01 || time > 63 + 25 + 5) << "after the Register-Stop: " << time;
        }
    }
}

/** b and c lie in the zone of 239.192.0.0/14; seven ranges do not fit into the MTU of 100. */
const std::string ZONED_LAB = R"(
node a candidateBsr=eth0 candidateRp=eth0 candidateRpGroups="239.0.0.0/16 239.1.0.0/16 239.2.0.0/16 239.3.0.0/16 239.4.0.0/16 239.5.0.0/16 239.6.0.0/16"
node b candidateBsr=eth1 candidateBsrPriority=10
node c candidateRp=eth0 candidateRpGroups="239.192.0.0/14"
node d
lan 12 network=192.168.12.0/24
lan 23 network=192.168.23.0/24 mtu=100
edge a 12 address=192.168.12.10
edge b 12 address=192.168.12.20 scopeBorder=239.192.0.0/14
edge b 23 address=192.168.23.20
edge c 23 address=192.168.23.30
edge d 23 address=192.168.23.40
)";

TEST_F(AllPimMessages, BootstrapAndCandidateRps)
{
    LabRun run(ZONED_LAB,
               "duration: 300\nevents:\n"
               "  - {at: 200, node: {name: d, state: down}}\n"
               "  - {at: 202, node: {name: d, state: up}}\n",
               "b:eth1,d:eth0");
    // Ours greets a newcomer by No-Forward messages; unicast ones are those of older routers.
    PimBootstrap bootstrap;
    bootstrap.bsrAddress = Ipv4Address("192.168.12.10");
    PimBootstrapRange range;
    range.group.address = Ipv4Address("239.9.0.0");
    range.group.maskLength = 16;
    range.rpCount = 1;
    range.rps = {{Ipv4Address("192.168.12.10"), 150, 192}};
    bootstrap.ranges = {range};
    SendAt(202.5, "c", bootstrap, Ipv4Address("192.168.23.40"));
    run.Run();
    const Capture capture = Decode(run,
                                   "b-eth1.pcap",
                                   {"pim.fragment_tag",
                                    "pim.bsr",
                                    "pim.bsr_priority",
                                    "pim.hash_mask_len",
                                    "pim.res_bytes",
                                    "pim.group_addr.flags.z",
                                    "pim.group",
                                    "pim.rp_count",
                                    "pim.frp_count",
                                    "pim.rp",
                                    "ip.len"});
    const Capture::Values domain{{"pim.type", "4"},
                                 {"pim.bsr", "192.168.12.10"},
                                 {"pim.bsr_priority", "64"},
                                 {"pim.hash_mask_len", "30"},
                                 {"pim.group_addr.flags.z", "0"},
                                 {"ip.dst", "224.0.0.13"}};
    const auto with = [&](Capture::Values values, const Capture::Values& more) {
        values.insert(values.end(), more.begin(), more.end());
        return capture.Count(values);
    };
    EXPECT_GE(with(domain, {{"pim.group", "239.0.0.0"}, {"ip.src", "192.168.23.20"}}), 3u);
    EXPECT_GE(with(domain, {{"pim.group", "239.6.0.0"}, {"ip.src", "192.168.23.20"}}), 3u);
    EXPECT_EQ(with(domain, {{"pim.group", "239.0.0.0"}, {"pim.group", "239.6.0.0"}}), 0u)
        << "no fragment holds all";
    EXPECT_GE(with(domain, {{"ip.src", "192.168.23.30"}}), 3u) << "flooded on the LAN";
    EXPECT_GE(with(domain, {{"pim.res_bytes", "80"}}), 3u) << "No-Forward, to the newcomer";
    EXPECT_GE(capture.Count({{"pim.type", "4"},
                             {"pim.bsr", "192.168.23.20"},
                             {"pim.bsr_priority", "10"},
                             {"pim.group", "239.192.0.0"},
                             {"pim.group_addr.flags.z", "1"},
                             {"pim.rp", "192.168.23.30"}}),
              3u)
        << "the zone's";
    // A switch shows it to nobody but its receiver.
    const Capture atNewcomer = Decode(run, "d-eth0.pcap", {});
    EXPECT_EQ(atNewcomer.Count({{"pim.type", "4"}, {"ip.dst", "192.168.23.40"}}), 1u) << "unicast";
    EXPECT_GE(capture.Count({{"pim.type", "8"},
                             {"ip.src", "192.168.23.30"},
                             {"ip.dst", "192.168.23.20"},
                             {"pim.rp", "192.168.23.30"},
                             {"pim.group", "239.192.0.0"},
                             {"pim.group_addr.flags.z", "1"}}),
              3u);
    for (const Capture::Frame& frame : capture.GetFrames())
    {
        EXPECT_TRUE(frame.count("ip.len") == 0 || std::stoi(frame.at("ip.len").at(0)) <= 100);
    }
}

/** The RP address lies behind c; a and b, on LAN 30, both lead there, a at the lower cost. */
const std::string TWO_WAYS = R"(
node a bidirRp="192.168.9.99 239.0.0.0/8"
node b bidirRp="192.168.9.99 239.0.0.0/8"
node c bidirRp="192.168.9.99 239.0.0.0/8"
lan 7 network=192.168.7.0/24
lan 8 network=192.168.8.0/24 cost=2
lan 9 network=192.168.9.0/24
lan 30 network=192.168.30.0/24 cost=5
edge a 7 address=192.168.7.1
edge c 7 address=192.168.7.3
edge b 8 address=192.168.8.2
edge c 8 address=192.168.8.3
edge c 9 address=192.168.9.3
edge a 30 address=192.168.30.1
edge b 30 address=192.168.30.2
)";

TEST_F(AllPimMessages, DfElection)
{
    LabRun run(TWO_WAYS,
               "duration: 170\nevents:\n"
               "  - {at: 60, link: {network: 7, state: down}}\n"
               "  - {at: 100, link: {network: 7, state: up}}\n",
               "b:eth1");
    run.Run();
    const Capture capture =
        Decode(run, "b-eth1.pcap", {"pim.df_elect.subtype", "pim.rp", "ip.len"});
    for (const char* subtype : {"1", "2", "3", "4"}) // Offer, Winner, Backoff, Pass
    {
        EXPECT_GE(capture.Count({{"pim.type", "10"},
                                 {"pim.df_elect.subtype", subtype},
                                 {"pim.rp", "192.168.9.99"},
                                 {"ip.dst", "224.0.0.13"}}),
                  1u)
            << "subtype " << subtype;
    }
}

} // namespace
