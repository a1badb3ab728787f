// SPDX-License-Identifier: GPL-2.0-only
// The R/E/C lab's trees: R2 and R3 receive 239.0.0.10, R1 sends.
#include "support/lab-program.h"

#include <cmath>

using namespace ns3;

namespace
{

const std::string TREE_JOINS = R"(
  - {at: 90s, join: {node: r2, group: 239.0.0.10}}
  - {at: 90s, join: {node: r3, group: 239.0.0.10}}
  - {at: 100s, snapshot: joined}
)";

/** The article's stream: a packet every 1.176 s from 100 s on. */
const std::string STREAM = "  - {at: 100s, send: {node: r1, group: 239.0.0.10, rate: 10kbps, "
                           "size: 1470, ttl: 10, until: 190s, name: iperf}}\n";
const int PACKETS = 77; // ceil(90 s / 1.176 s)

/** A run of 200 s with the stream under a tree policy. */
std::string
Stream(const std::string& trees, const std::string& snapshots = "")
{
    return "duration: 200s\ntrees: " + trees + "\nevents:" + TREE_JOINS + STREAM + snapshots +
           "  - {at: 195s, snapshot: end}\n";
}

/** \returns "incoming -> outgoing" of the only row of a node for (S,G) or (*,G). */
std::string
GetTib(const LabProgram& run,
       const std::string& snapshot,
       const std::string& node,
       const std::string& kind)
{
    const LabRow where = {{"snapshot", snapshot}, {"node", node}, {"kind", kind}};
    return run->GetCell("tib", where, "upstream_interface") + " -> " +
           run->GetCell("tib", where, "outgoing_interfaces");
}

/** \returns the same of the forwarding cache. */
std::string
GetMfc(const LabProgram& run,
       const std::string& snapshot,
       const std::string& node,
       const std::string& source)
{
    const LabRow where = {{"snapshot", snapshot}, {"node", node}, {"source", source}};
    return run->GetCell("mfc", where, "incoming_interface") + " -> " +
           run->GetCell("mfc", where, "outgoing_interfaces");
}

/** \returns network to packets of a class in a snapshot. */
std::map<std::string, int>
GetCounts(const LabProgram& run, const std::string& snapshot, const std::string& linkClass)
{
    std::map<std::string, int> counts;
    for (const LabRow& row : run->GetRows("links", {{"snapshot", snapshot}, {"class", linkClass}}))
    {
        counts[row.at("network")] += std::stoi(row.at("packets"));
    }
    return counts;
}

/** \returns the same number on each of some networks. */
std::map<std::string, int>
Each(const std::vector<std::string>& networks, int packets)
{
    std::map<std::string, int> counts;
    for (const std::string& network : networks)
    {
        counts[network] = packets;
    }
    return counts;
}

void
ExpectDelivered(const LabProgram& run, int sent, int mostDuplicates)
{
    const auto rows = run->GetRows("deliveries");
    EXPECT_EQ(rows.size(), 2u);
    for (const LabRow& row : rows)
    {
        EXPECT_EQ(row.at("sent"), std::to_string(sent));
        EXPECT_EQ(row.at("received"), row.at("sent"));
        EXPECT_EQ(row.at("lost"), "0");
        EXPECT_EQ(row.at("reordered"), "0");
        EXPECT_LE(std::stoi(row.at("duplicates")), mostDuplicates);
        EXPECT_EQ(row.at("source"), "192.168.1.1");
        EXPECT_EQ(row.at("flow"), "iperf");
    }
}

TEST(RecLab, RpTreeWithoutSource)
{
    const LabProgram run("duration: 100s\nevents:" + TREE_JOINS);
    ASSERT_EQ(run.GetStatus(), 0);
    EXPECT_EQ(GetTib(run, "joined", "e2", "*,G"), "eth1 -> eth0");
    EXPECT_EQ(GetTib(run, "joined", "e3", "*,G"), "eth2 -> eth0");
    EXPECT_EQ(GetTib(run, "joined", "c1", "*,G"), "eth2 -> eth1");
    EXPECT_EQ(GetTib(run, "joined", "c3", "*,G"), " -> eth1 eth2");
    EXPECT_EQ(run->GetRows("tib").size(), 4u); // none at e1 and c2
    EXPECT_EQ(run->GetCell("tib", {{"node", "c3"}}, "upstream_neighbor"), "");
    EXPECT_EQ(run->GetCell("tib", {{"node", "c1"}}, "upstream_neighbor"), "192.168.101.133");
    EXPECT_EQ(GetMfc(run, "joined", "c1", "*"), "eth2 -> eth1");
    EXPECT_EQ(GetMfc(run, "joined", "c3", "*"), " -> eth1 eth2");
    EXPECT_EQ(run->GetRows("mfc").size(), 4u);
}

TEST(RecLab, RegistersUntilNativePackets)
{
    const LabProgram run(Stream("rpt",
                                "  - {at: 101s, snapshot: first}\n"
                                "  - {at: 102s, snapshot: second}\n"));
    // The first packet goes inside a Register: 1498 + 28 > 1500, so in two fragments.
    EXPECT_EQ(GetCounts(run, "first", "register"), Each({"11", "101"}, 2));
    EXPECT_EQ(run->GetCell("links",
                           {{"snapshot", "first"}, {"network", "11"}, {"class", "register"}},
                           "bytes"),
              "1546");
    EXPECT_EQ(GetCounts(run, "first", "multicast"), Each({"1", "101", "12", "23", "2", "3"}, 1));
    EXPECT_EQ(GetCounts(run, "first", "register-stop"), Each({}, 0));
    EXPECT_EQ(run->GetCell("tib",
                           {{"snapshot", "first"}, {"node", "e1"}, {"kind", "S,G"}},
                           "register_state"),
              "Join");
    // The RP has joined, so the second is native as well; its Register is answered.
    EXPECT_EQ(GetCounts(run, "second", "register"), Each({"11", "101"}, 2));
    EXPECT_EQ(GetCounts(run, "second", "multicast"),
              Each({"1", "21", "101", "12", "23", "2", "3"}, 1));
    EXPECT_EQ(GetCounts(run, "second", "register-stop"), Each({"21"}, 1));
    EXPECT_EQ(run->GetCell("tib",
                           {{"snapshot", "second"}, {"node", "e1"}, {"kind", "S,G"}},
                           "register_state"),
              "Prune");
    // From then on no Register carries a packet.
    EXPECT_EQ(GetCounts(run, "end", "register"), Each({}, 0));
    EXPECT_EQ(run->GetEventTimes("e1", "register-start").size(), 1u);
    EXPECT_EQ(run->GetEventTimes("e1", "register-stop").size(), 1u);
    ExpectDelivered(run, PACKETS, 1);
}

TEST(RecLab, NullRegistersProbe)
{
    // Register_Suppression_Time x U(0.5, 1.5) - Register_Probe_Time: every 25 to 85 s.
    std::string snapshots;
    for (int t = 105; t <= 1000; t += 5)
    {
        snapshots += "  - {at: " + std::to_string(t) + "s, snapshot: " + std::to_string(t) + "}\n";
    }
    const LabProgram run("duration: 1000s\ntrees: rpt\nevents:" + TREE_JOINS +
                         "  - {at: 100s, send: {node: r1, group: 239.0.0.10, rate: 10kbps, "
                         "ttl: 10, name: iperf}}\n" +
                         snapshots);
    int last = 101;
    int probes = 0;
    for (int t = 105; t <= 1000; t += 5)
    {
        const auto probe = GetCounts(run, std::to_string(t), "null-register");
        if (!probe.empty())
        {
            EXPECT_EQ(probe, Each({"11", "101"}, 1)) << t;
            EXPECT_GE(t - last, 25 - 5) << t;
            EXPECT_LE(t - last, 85 + 5) << t;
            EXPECT_EQ(GetCounts(run, std::to_string(t), "register-stop"), Each({"21"}, 1)) << t;
            last = t;
            ++probes;
        }
        EXPECT_EQ(GetCounts(run, std::to_string(t), "register").count("21"), 0u);
    }
    EXPECT_GE(1000 - last, 0);
    EXPECT_LE(1000 - last, 90);
    EXPECT_GE(probes, 10);
    EXPECT_EQ(GetCounts(run, "1000", "register"), Each({}, 0));
}

TEST(RecLab, NativeRpOneCopyOnEachLinkOfTheTree)
{
    const LabProgram run(Stream("rpt", "  - {at: 110s, snapshot: steady}\n"));
    EXPECT_EQ(GetMfc(run, "end", "e1", "192.168.1.1"), "eth0 -> eth2");
    EXPECT_EQ(GetMfc(run, "end", "c3", "192.168.1.1"), "eth0 -> eth1 eth2");
    EXPECT_EQ(GetMfc(run, "end", "c1", "*"), "eth2 -> eth1");
    EXPECT_EQ(GetMfc(run, "end", "e2", "*"), "eth1 -> eth0");
    EXPECT_EQ(GetMfc(run, "end", "e3", "*"), "eth2 -> eth0");
    EXPECT_EQ(run->GetRows("mfc", {{"snapshot", "end"}, {"source", "192.168.1.1"}}).size(), 2u);
    EXPECT_EQ(run->GetRows("tib", {{"snapshot", "end"}, {"kind", "S,G"}}).size(), 2u);
    const int sent = GetCounts(run, "end", "multicast").at("1");
    EXPECT_EQ(sent, PACKETS - 9);
    EXPECT_EQ(GetCounts(run, "end", "multicast"),
              Each({"1", "21", "23", "101", "12", "2", "3"}, sent));
    EXPECT_EQ(run->GetCells("links",
                            {{"snapshot", "end"}, {"network", "101"}, {"class", "multicast"}},
                            "from"),
              std::set<std::string>{"c3"});
}

TEST(RecLab, TtlSaysHowManyRoutersAPacketHasSeen)
{
    const LabProgram run(Stream("rpt"));
    // 4 routers to r2 and 3 to r3, natively and by the first packet's Register alike.
    EXPECT_EQ(run->GetCell("deliveries", {{"receiver", "r2"}}, "ttl_min"), "6");
    EXPECT_EQ(run->GetCell("deliveries", {{"receiver", "r2"}}, "ttl_max"), "6");
    EXPECT_EQ(run->GetCell("deliveries", {{"receiver", "r3"}}, "ttl_min"), "7");
    EXPECT_EQ(run->GetCell("deliveries", {{"receiver", "r3"}}, "ttl_max"), "7");
}

TEST(RecLab, LastHopsSwitchAtTheFirstPacket)
{
    const LabProgram run(Stream("spt", "  - {at: 101s, snapshot: first}\n"));
    for (const std::string last : {"e2", "e3"})
    {
        EXPECT_EQ(
            run->GetRows("tib", {{"snapshot", "first"}, {"node", last}, {"kind", "S,G"}}).size(),
            1u);
        ASSERT_EQ(run->GetEventTimes(last, "spt-switch").size(), 1u);
        EXPECT_NEAR(run->GetEventTimes(last, "spt-switch")[0], 100, 0.001);
    }
    EXPECT_EQ(GetTib(run, "first", "c1", "S,G"), "eth0 -> eth1");
    EXPECT_EQ(GetTib(run, "end", "c1", "S,G"), "eth0 -> eth1");
    EXPECT_EQ(GetMfc(run, "end", "e1", "192.168.1.1"), "eth0 -> eth1 eth2");
    EXPECT_EQ(GetMfc(run, "end", "c1", "192.168.1.1"), "eth0 -> eth1");
    EXPECT_EQ(GetMfc(run, "end", "c3", "192.168.1.1"), "eth0 -> eth1");
    EXPECT_EQ(GetMfc(run, "end", "e2", "192.168.1.1"), "eth1 -> eth0");
    EXPECT_EQ(GetMfc(run, "end", "e3", "192.168.1.1"), "eth2 -> eth0");
}

TEST(RecLab, C1PrunesTheSourceOffTheRpTreeAtOnce)
{
    // The second packet reaches C1 from E1: 101.176 s and some microseconds.
    const LabProgram run(Stream("spt", "  - {at: 101.177s, snapshot: second}\n"));
    EXPECT_EQ(run->GetCell("tib",
                           {{"snapshot", "second"}, {"node", "c1"}, {"kind", "S,G,rpt"}},
                           "upstream_state"),
              "Pruned");
    EXPECT_EQ(GetTib(run, "second", "c3", "S,G"), "eth0 -> eth1");
}

TEST(RecLab, NothingOnNetwork101InSteadyState)
{
    const LabProgram run(Stream("spt", "  - {at: 102s, snapshot: switched}\n"));
    const int sent = PACKETS - 2;
    EXPECT_EQ(GetCounts(run, "end", "multicast"),
              Each({"1", "11", "21", "12", "23", "2", "3"}, sent));
    EXPECT_EQ(GetCounts(run, "end", "register"), Each({}, 0));
    // By the source's tree 3 routers; the first packet, in a Register, sees a fourth on its way.
    EXPECT_EQ(run->GetCell("deliveries", {{"receiver", "r2"}}, "ttl_min"), "6");
    EXPECT_EQ(run->GetCell("deliveries", {{"receiver", "r2"}}, "ttl_max"), "7");
    EXPECT_EQ(run->GetCell("deliveries", {{"receiver", "r3"}}, "ttl_min"), "7");
}

TEST(RecLab, EveryReceiverGetsEveryPacket)
{
    for (const std::string trees : {"rpt-register", "rpt", "spt"})
    {
        for (const std::string seed : {"1", "2", "3"})
        {
            const LabProgram run(Stream(trees), REC_LAB, "--RngRun=" + seed);
            ExpectDelivered(run, PACKETS, 1);
        }
    }
}

TEST(RecLab, EveryReceiverGetsEveryPacketOfAFastStream)
{
    for (const std::string trees : {"rpt-register", "rpt", "spt"})
    {
        const LabProgram run("duration: 115s\ntrees: " + trees + "\nevents:" + TREE_JOINS +
                             "  - {at: 100s, send: {node: r1, group: 239.0.0.10, interval: 10ms, "
                             "size: 200, ttl: 10, until: 110s, name: iperf}}\n");
        ExpectDelivered(run, 1000, 1);
    }
}

TEST(RecLab, RegistersForEverWhereTheRpNeverJoins)
{
    const LabProgram run(Stream("rpt-register"));
    EXPECT_EQ(GetCounts(run, "end", "register"), Each({"11", "101"}, 2 * PACKETS));
    EXPECT_EQ(GetCounts(run, "end", "register-stop"), Each({}, 0));
    EXPECT_EQ(GetCounts(run, "end", "multicast"),
              Each({"1", "101", "12", "23", "2", "3"}, PACKETS));
}

TEST(RecLab, ThresholdOfBytesWithinAnInterval)
{
    const auto stream = [](const std::string& rate, const std::string& until) {
        return "duration: 710s\ndefaults:\n  ns3::PimSmRouting::SptThreshold: 20000B/10s\nevents:" +
               TREE_JOINS + "  - {at: 100s, send: {node: r1, group: 239.0.0.10, rate: " + rate +
               ", size: 1470, ttl: 10, until: " + until + ", name: iperf}}\n";
    };
    const LabProgram slow(stream("10kbps", "700s"));
    const LabProgram fast(stream("100kbps", "120s"));
    for (const std::string last : {"e2", "e3"})
    {
        EXPECT_TRUE(slow->GetEventTimes(last, "spt-switch").empty());
        ASSERT_EQ(fast->GetEventTimes(last, "spt-switch").size(), 1u);
        // 14 packets of 1498 bytes are more than 20,000: at the very packet, not at the next look.
        EXPECT_NEAR(fast->GetEventTimes(last, "spt-switch")[0], 100 + 13 * 0.1176, 0.01);
    }
    ExpectDelivered(slow, 511, 1);
    ExpectDelivered(fast, 171, 1);
}

TEST(RecLab, TreesGoWithTheirReceivers)
{
    const LabProgram run("duration: 420s\nevents:" + TREE_JOINS + STREAM +
                         "  - {at: 150s, leave: {node: r2, group: 239.0.0.10}}\n"
                         "  - {at: 150s, leave: {node: r3, group: 239.0.0.10}}\n"
                         "  - {at: 160s, snapshot: left}\n"
                         "  - {at: 180s, snapshot: silence}\n"
                         "  - {at: 420s, snapshot: gone}\n");
    EXPECT_TRUE(run->GetRows("tib", {{"snapshot", "left"}, {"kind", "*,G"}}).empty());
    EXPECT_EQ(GetCounts(run, "silence", "multicast").count("12"), 0u);
    EXPECT_EQ(GetCounts(run, "silence", "multicast").count("3"), 0u);
    // Keepalive_Period, 210 s, after the last packet at 190 s the source is forgotten.
    EXPECT_TRUE(run->GetRows("tib", {{"snapshot", "gone"}, {"node", "e1"}}).empty());
    for (const LabRow& row : run->GetRows("deliveries"))
    {
        EXPECT_EQ(row.at("sent"), "43"); // those sent between join and leave
        EXPECT_EQ(row.at("lost"), "0");
    }
}

// RFC 7761 §4.4.1: e1 decrements the TTL before the tunnel, c1 and c2 (or c3) after it.
TEST(RecLab, TheTtlIsDecrementedBeforeTheRegisterTunnel)
{
    const LabProgram run(R"(duration: 200s
trees: rpt-register
events:
  - {at: 100s, join: {node: r2, group: 239.0.0.77}}
  - {at: 100s, join: {node: r3, group: 239.0.0.77}}
  - {at: 150s, send: {node: r1, group: 239.0.0.77, rate: 10kbps, size: 100, ttl: 10, packets: 20}}
)");
    const std::map<std::string, std::string> ttls{{"r2", "6"}, {"r3", "7"}};
    for (const auto& [receiver, ttl] : ttls)
    {
        const LabRow where{{"receiver", receiver}};
        EXPECT_EQ(run->GetCell("deliveries", where, "received"), "20") << receiver;
        EXPECT_EQ(run->GetCell("deliveries", where, "ttl_min"), ttl) << receiver;
        EXPECT_EQ(run->GetCell("deliveries", where, "ttl_max"), ttl) << receiver;
    }
}

} // namespace
