// SPDX-License-Identifier: GPL-2.0-only
// Histories at whose end two routers once forwarded onto one link, or none to a member: RFC 5015
// §3.5.4 (Designated Forwarders), RFC 7761 §4.6 (Asserts) and §4.2. Whatever was lost, one forwarder
// is left after a bounded time, and what a change costs is a few packets.
#include "support/lab-run.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/** a and b forward onto `lan`; a's route to the RP address gets worse, b's no longer leads over it.
 */
const std::string TWO_FORWARDERS = R"(
node root bidirRp="10.9.0.250 239.0.0.0/8"
node a bidirRp="10.9.0.250 239.0.0.0/8"
node b bidirRp="10.9.0.250 239.0.0.0/8"
node c bidirRp="10.9.0.250 239.0.0.0/8"
node s kind=host
node m kind=host
lan rplan network=10.9.0.0/24
lan lan network=10.8.0.0/24 cost=10
edge root rplan
edge s rplan
edge a root
edge b root cost=13
edge c root cost=5
edge a c cost=5
edge a lan
edge b lan
edge m lan
)";

/** \returns events: the link and then 10 packets from \p probe on. */
std::string
LossWhileTheRouteMoves(const std::string& loss, int probe)
{
    std::ostringstream yaml;
    yaml << "duration: " << probe + 30 << "s\ntrees: bidir\nevents:\n"
         << "  - {at: 60s, join: {node: m, group: 239.0.0.10}}\n"
         << "  - {at: 100s, loss: {" << loss << ", rate: 1, until: 115s}}\n"
         << "  - {at: 110s, link: {between: [a, root], state: down}}\n"
         << "  - {at: " << probe
         << "s, send: {node: s, group: 239.0.0.10, interval: 1s, size: 100, packets: 10}}\n";
    return yaml.str();
}

TEST(PimHistory, S3_5_4_OneForwarderIsLeftAfterLossWhileTheRouteMoves)
{
    // The loss ends at 115 s, and the DF's next Winner comes within 60 s.
    for (const int probe : {180, 900})
    {
        LabRun run(TWO_FORWARDERS, LossWhileTheRouteMoves("network: lan", probe));
        run.Run();
        const std::vector<LabRow> rows = run.GetRows("deliveries");
        ASSERT_EQ(rows.size(), 1u);
        EXPECT_EQ(rows[0].at("received"), "10") << probe;
        EXPECT_EQ(rows[0].at("duplicates"), "0") << probe;
        EXPECT_EQ(rows[0].at("lost"), "0") << probe;
    }
}

/**
 * The RP, r3, is on the LAN of the source's router r4 (n8), and so are r0, behind which the member
 * is, and r2, by which r0 joins the RP's tree: what the RP sends comes back to n8.
 */
const std::string RP_ON_A_STICK = R"(
node r0
node r2 candidateBsr=eth0 candidateBsrPriority=64 candidateRp=eth0 candidateRpPriority=192
node r3 candidateBsr=eth0 candidateBsrPriority=1 candidateRp=eth0 candidateRpPriority=10
node r4
node h0 kind=host
node h2 kind=host
lan n3 network=10.1.0.0/24 cost=1
lan n8 network=10.1.1.0/24 cost=1
lan n9 network=10.1.2.0/24 cost=1
lan n10 network=10.1.3.0/24 cost=1
edge r3 n3 address=10.1.0.1 interface=eth0
edge r2 n3 address=10.1.0.2 interface=eth0
edge r4 n8 address=10.1.1.1 interface=eth0
edge r3 n8 address=10.1.1.2 interface=eth1
edge r2 n8 address=10.1.1.3 interface=eth1
edge r0 n8 address=10.1.1.4 interface=eth0
edge r0 n9 address=10.1.2.1 interface=eth1
edge h0 n9 address=10.1.2.2 interface=eth0
edge r4 n10 address=10.1.3.1 interface=eth1
edge h2 n10 address=10.1.3.2 interface=eth0
)";

const std::string A_SOURCE_THAT_COMES_BACK = R"(
duration: 1438s
trees: rpt
events:
  - {at: 94.53, join: {node: h0, group: 239.64.217.178, interface: eth0}}
  - {at: 667.5, send: {node: h2, group: 239.64.217.178, interval: 200ms, size: 100, ttl: 64,
                       until: 676, name: first}}
  - {at: 697, send: {node: h2, group: 239.64.217.178, interval: 100ms, size: 100, ttl: 64,
                     packets: 10, name: steady}}
  - {at: 707, send: {node: h2, group: 239.64.217.178, interval: 100ms, size: 100, ttl: 64,
                     until: 719, name: part}}
  - {at: 737, leave: {node: h0, group: 239.64.217.178, interface: eth0}}
)";

TEST(PimHistory, S4_6_TheTurnsOfAnRpOnAStickCostOnePacketEach)
{
    // r4 wins; the RP has nothing left to join, r4 nothing to send and cancels; and so on after
    // each Prune-Pending. The first packet of a turn runs in the circle until the Assert that it
    // triggers has got through the LAN, which its copies keep busy.
    LabRun run(RP_ON_A_STICK, A_SOURCE_THAT_COMES_BACK);
    run.Watch("n8");
    run.Run();
    for (const LabRow& row : run.GetRows("deliveries"))
    {
        EXPECT_EQ(row.at("lost"), "0") << row.at("flow");
    }
    const std::vector<double> turns =
        run.GetEventTimes("r4", "assert-won", "(10.1.3.2,239.64.217.178)");
    EXPECT_LE(CountBetween(turns, 667, 676), 3u);
    EXPECT_EQ(CountBetween(turns, 697, 698), 1u);
    EXPECT_LE(CountBetween(turns, 707, 719), 4u) << "one each 3 s";
    const Ipv4Address group("239.64.217.178");
    for (const double time : run.GetDuplicateTimes("n8", group))
    {
        EXPECT_TRUE(std::any_of(turns.begin(),
                                turns.end(),
                                [time](double turn) { return std::abs(time - turn) < 5e-3; }))
            << time << ": of a later packet than that which began the turn";
    }
}

/**
 * Two anycast RPs; the way of the nearer one, r6, to the source is the LAN on which r4 takes its
 * (*,G) from it. r22, the other RP, joins the source by r4.
 */
const std::string TWO_TREES_BY_ONE_LAN = R"(
node r2 loopbacks="lo 10.255.0.3" staticRp="10.254.0.1 239.0.0.0/8"
node r4 loopbacks="lo 10.255.0.5" staticRp="10.254.0.1 239.0.0.0/8"
node r6 loopbacks="lo 10.255.0.7 lo1 10.254.0.1" msdp="10.255.0.7 > 10.255.0.23 mesh=A" staticRp="10.254.0.1 239.0.0.0/8"
node r7 loopbacks="lo 10.255.0.8" staticRp="10.254.0.1 239.0.0.0/8"
node r22 loopbacks="lo 10.255.0.23 lo1 10.254.0.1" msdp="10.255.0.23 > 10.255.0.7 mesh=A" staticRp="10.254.0.1 239.0.0.0/8"
node h3 kind=host
node h4 kind=host
node h6 kind=host
lan n3 network=10.1.3.0/24
lan n30 network=10.1.30.0/24
lan n31 network=10.1.31.0/24
lan n32 network=10.1.32.0/24
edge r2 n3 address=10.1.3.1
edge r4 n3 address=10.1.3.2
edge r6 n3 address=10.1.3.4
edge r4 r7
edge r7 r22
edge r2 n30
edge h3 n30 address=10.1.30.5
edge r22 n31
edge h4 n31
edge r4 n32
edge h6 n32
)";

const std::string A_SOURCE_BEHIND_THAT_LAN = R"(
duration: 80s
trees: rpt
events:
  - {at: 40, join: {nodes: [h4, h6], group: 239.192.129.2}}
  - {at: 60, send: {node: h3, group: 239.192.129.2, interval: 200ms, packets: 20, name: first}}
  - {at: 70, send: {node: h3, group: 239.192.129.2, interval: 200ms, packets: 20, name: steady}}
)";

TEST(PimHistory, S4_2_BothTreesByOneLinkReachWhoJoinedTheSource)
{
    // r2 alone forwards onto n3, so no Assert sets r4's SPTbit.
    LabRun run(TWO_TREES_BY_ONE_LAN, A_SOURCE_BEHIND_THAT_LAN);
    run.Run();
    const std::vector<LabRow> rows = run.GetRows("deliveries");
    ASSERT_EQ(rows.size(), 4u);
    for (const LabRow& row : rows)
    {
        const bool beforeMsdp = row.at("flow") == "first" && row.at("receiver") == "h4";
        EXPECT_LE(std::stoi(row.at("lost")), beforeMsdp ? 1 : 0)
            << row.at("flow") << ' ' << row.at("receiver");
        EXPECT_EQ(row.at("duplicates"), "0") << row.at("flow") << ' ' << row.at("receiver");
    }
}

/** r2's ways to the RP, r14, and to the source lead over n1 by two routers; r12's over n2. */
const std::string TWO_WAYS_ONTO_A_LAN = R"(
node r0 staticRp="10.254.0.1 239.0.0.0/8"
node r2 staticRp="10.254.0.1 239.0.0.0/8"
node r8 staticRp="10.254.0.1 239.0.0.0/8"
node r11 staticRp="10.254.0.1 239.0.0.0/8"
node r12 staticRp="10.254.0.1 239.0.0.0/8"
node r14 loopbacks="lo 10.254.0.1" staticRp="10.254.0.1 239.0.0.0/8"
node h0 kind=host
node h1 kind=host
node h4 kind=host
lan n1 network=10.1.1.0/24
lan n2 network=10.1.2.0/24
lan n16 network=10.1.16.0/24
lan n19 network=10.1.19.0/24
lan n23 network=10.1.23.0/24
edge r0 n1 address=10.1.1.1
edge r2 n1 address=10.1.1.2
edge r12 n1 address=10.1.1.6
edge r0 n2 address=10.1.2.1
edge r11 n2 address=10.1.2.5
edge r12 n2 address=10.1.2.6
edge r2 n16
edge h1 n16
edge r11 n19 address=10.1.19.1
edge r8 n19 address=10.1.19.2
edge h0 n19 address=10.1.19.4
edge r0 r14
edge r12 n23
edge h4 n23
)";

TEST(PimHistory, S4_6_1_WhoeverForwardsWithoutTheSptBitAssertsToo)
{
    // r12 serves r2's Join(S,G) where its own SPTbit is not set; r0 serves r2's Join(*,G).
    LabRun run(TWO_WAYS_ONTO_A_LAN,
               "duration: 90s\ntrees: spt\nevents:\n"
               "  - {at: 40, join: {nodes: [h1, h4], group: 239.192.200.1}}\n"
               "  - {at: 60, send: {node: h0, group: 239.192.200.1, interval: 1s, packets: 7}}\n"
               "  - {at: 80, send: {node: h0, group: 239.192.200.1, interval: 1s, packets: 7, "
               "name: steady}}\n");
    run.Run();
    std::size_t steady = 0;
    for (const LabRow& row : run.GetRows("deliveries"))
    {
        EXPECT_EQ(row.at("lost"), "0") << row.at("receiver");
        if (row.at("flow") == "steady")
        {
            ++steady;
            EXPECT_EQ(row.at("duplicates"), "0") << row.at("receiver");
        }
    }
    EXPECT_EQ(steady, 2u);
}

/** The ways of r11, in a totally stubby area, to the RP address are as long as those of r9. */
const std::string TWO_EQUAL_WAYS_OUT_OF_A_STUB = R"(
node r8 loopbacks="lo 10.254.0.1/30" bidirRp="10.254.0.2 239.0.0.0/8"
node r9 stubAreas="0.0.0.1 no-summary" bidirRp="10.254.0.2 239.0.0.0/8"
node r11 stubAreas="0.0.0.1 no-summary" bidirRp="10.254.0.2 239.0.0.0/8"
node h0 kind=host
node h1 kind=host
lan n15 network=10.1.15.0/24 cost=1
lan n18 network=10.1.18.0/24 cost=1
lan n25 network=10.1.25.0/24 cost=1
lan n26 network=10.1.26.0/24 cost=1
edge r8 r9 cost=2
edge r11 n15 address=10.1.15.2 area=0.0.0.1
edge r9 n15 address=10.1.15.1 area=0.0.0.1
edge r9 n18 address=10.1.18.1 area=0.0.0.1
edge r11 n18 address=10.1.18.2 area=0.0.0.1
edge r11 n25 area=0.0.0.1
edge h0 n25 area=0.0.0.1
edge r8 n26
edge h1 n26
)";

TEST(PimHistory, S3_5_NobodyIsTheForwarderWhereAHashMaySendItsJoins)
{
    std::ostringstream yaml;
    yaml << "duration: 80s\ntrees: bidir\ndefaults: {ns3::PimSmRouting::RpfEcmp: "
            "sg-hash}\nevents:\n";
    for (int i = 1; i <= 8; ++i)
    {
        yaml << "  - {at: 50, join: {node: h0, group: 239.64.155." << i << "}}\n"
             << "  - {at: 70, send: {node: h1, group: 239.64.155." << i
             << ", packets: 3, interval: 1s}}\n";
    }
    LabRun run(TWO_EQUAL_WAYS_OUT_OF_A_STUB, yaml.str());
    run.Run();
    const std::vector<LabRow> rows = run.GetRows("deliveries");
    EXPECT_EQ(rows.size(), 8u);
    for (const LabRow& row : rows)
    {
        EXPECT_EQ(row.at("lost"), "0") << row.at("group");
    }
}

} // namespace
