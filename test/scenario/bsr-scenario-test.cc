// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059 in the simulator: a cold start and the BSR's crash in the R/E/C lab, many ranges over
// links of a small MTU that lose packets, an admin-scope zone.
#include "lab-names.h"

#include "support/lab-run.h"

#include "ns3/rng-seed-manager.h"
#include "ns3/text.h"
#include "support/paths.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const std::vector<std::string> ROUTERS{"c1", "c2", "c3", "e1", "e2", "e3"};

/** \returns the RPs that a node knows, sorted, with their priorities. */
std::vector<std::string>
GetRps(LabRun& run, const std::string& snapshot, const std::string& node)
{
    std::vector<std::string> rps;
    for (const LabRow& row : run.GetRows("rp", {{"snapshot", snapshot}, {"node", node}}))
    {
        rps.push_back(row.at("group_prefix") + " " + row.at("rp") + " " + row.at("rp_priority"));
    }
    std::sort(rps.begin(), rps.end());
    return rps;
}

/** \returns the node's BSR; something else if its rows do not agree. */
std::string
GetBsr(LabRun& run, const std::string& snapshot, const std::string& node)
{
    std::set<std::string> found;
    for (const LabRow& row : run.GetRows("rp", {{"snapshot", snapshot}, {"node", node}}))
    {
        found.insert(row.at("bsr"));
    }
    return found.size() == 1 ? *found.begin() : std::to_string(found.size()) + " BSRs";
}

/** Other seeds, other delays. */
class RecLabSeeds : public testing::TestWithParam<uint32_t>
{
  protected:
    void SetUp() override
    {
        RngSeedManager::SetRun(GetParam());
    }

    void TearDown() override
    {
        RngSeedManager::SetRun(1);
    }
};

TEST_P(RecLabSeeds, ColdStart)
{
    LabRun run(REC_LAB, R"(
duration: 151s
events:
  - {at: 90s, snapshot: early}
  - {at: 150s, snapshot: late}
)");
    run.Run();
    for (const std::string& node : ROUTERS)
    {
        EXPECT_EQ(GetBsr(run, "early", node), "192.168.101.133") << node;
        const auto early = GetRps(run, "early", node);
        EXPECT_EQ(std::count(early.begin(), early.end(), "239.0.0.0/8 192.168.101.133 100"), 1)
            << node;
        EXPECT_EQ(GetRps(run, "late", node),
                  (std::vector<std::string>{"239.0.0.0/8 192.168.101.111 192",
                                            "239.0.0.0/8 192.168.101.133 100",
                                            "239.0.0.0/8 192.168.102.122 192"}))
            << node;
    }
}

TEST_P(RecLabSeeds, CrashOfTheBsrThatIsTheRp)
{
    LabRun run(REC_LAB, R"(
duration: 900s
trees: rpt
events:
  - {at: 20s, join: {node: r2, group: 239.0.0.20}}
  - {at: 20s, join: {node: r3, group: 239.0.0.20}}
  - {at: 20s, join: {node: r2, group: 239.0.0.16}}
  - {at: 20s, join: {node: r3, group: 239.0.0.16}}
  - {at: 160s, send: {node: r1, group: 239.0.0.20, rate: 16kbps, size: 200, ttl: 10, name: a}}
  - {at: 160s, send: {node: r1, group: 239.0.0.16, rate: 16kbps, size: 200, ttl: 10, name: b}}
  - {at: 290s, snapshot: before}
  - {at: 300s, node: {name: c3, state: down}}
  - {at: 500s, snapshot: after}
  - {at: 600s, node: {name: c3, state: up}}
  - {at: 800s, snapshot: back}
)");
    run.Run();
    for (const std::string& node : ROUTERS)
    {
        EXPECT_EQ(GetBsr(run, "before", node), "192.168.101.133") << node;
        EXPECT_EQ(GetBsr(run, "back", node), "192.168.101.133") << node;
        EXPECT_EQ(GetRps(run, "back", node).size(), 3u) << node;
        if (node != "c3")
        {
            EXPECT_EQ(GetBsr(run, "after", node), "192.168.102.122") << node;
            EXPECT_EQ(GetRps(run, "after", node),
                      (std::vector<std::string>{"239.0.0.0/8 192.168.101.111 192",
                                                "239.0.0.0/8 192.168.102.122 192"}))
                << node;
        }
    }
    for (const auto& [group, rp] : std::map<std::string, std::string>{
             {"239.0.0.20", "192.168.101.111"}, {"239.0.0.16", "192.168.102.122"}})
    {
        for (const char* node : {"e2", "e3"})
        {
            const LabRow where{
                {"snapshot", "after"}, {"node", node}, {"kind", "*,G"}, {"group", group}};
            EXPECT_EQ(run.GetCell("tib", where, "rp"), rp) << node << " " << group;
        }
    }
    for (const LabRow& row : run.GetRows("deliveries"))
    {
        // 10 packets per second. The old BSR is believed dead BS_Timeout after its last message,
        // the new one waits for BS_Rand_Override, then for BS_Min_Interval with what it has been
        // told.
        const double lost = ParseReal(row.at("lost")).value();
        EXPECT_LE(lost, (130 + 23 + 10 + 2) * 10) << row.at("receiver");
        EXPECT_GE(ParseReal(row.at("last_s")).value(), 899) << "traffic resumes";
        EXPECT_LE(ParseReal(row.at("duplicates")).value(), 10);
    }
    EXPECT_EQ(run.GetRows("deliveries").size(), 4u);
}

INSTANTIATE_TEST_SUITE_P(Runs, RecLabSeeds, testing::Values(1, 2, 3));

/** Five routers in a row, links of MTU 100; b and d are RPs of ten ranges each. */
std::string
MakeRow()
{
    std::string ranges;
    for (int i = 0; i < 10; ++i)
    {
        ranges += (i == 0 ? "239." : " 239.") + std::to_string(i) + ".0.0/16";
    }
    return "node a candidateBsr=eth0\n"
           "node b candidateRp=eth0 candidateRpGroups=\"" +
           ranges +
           "\"\n"
           "node c\n"
           "node d candidateRp=eth0 candidateRpGroups=\"" +
           ranges +
           "\"\n"
           "node e\n"
           "edge a b mtu=100\n"
           "edge b c mtu=100\n"
           "edge c d mtu=100\n"
           "edge d e mtu=100\n";
}

TEST(BsrScenario, TenRangesOverLinksOfMtu100)
{
    LabRun run(MakeRow(), R"(
duration: 600s
events:
  - {at: 150s, snapshot: early}
  - {at: 595s, snapshot: late}
)");
    run.Watch("d-e");
    run.Run();
    for (const char* node : {"a", "b", "c", "d", "e"})
    {
        EXPECT_EQ(GetRps(run, "early", node).size(), 20u) << node;
        EXPECT_EQ(GetRps(run, "late", node).size(), 20u) << node;
    }
    std::set<uint16_t> tags;
    std::size_t fragments = 0;
    for (const LabMessage<PimBootstrap>& message : run.GetPim<PimBootstrap>("d-e"))
    {
        EXPECT_LE(message.header.GetPayloadSize() + 20, 100);
        EXPECT_TRUE(message.header.IsLastFragment()) << "cut by meaning, not by IP";
        tags.insert(message.body.fragmentTag);
        ++fragments;
    }
    EXPECT_GE(fragments, 5 * tags.size());
    for (const LabRow& row : run.GetRows("events", {{"event", "rp"}}))
    {
        EXPECT_EQ(row.at("detail").find("expired"), std::string::npos);
        EXPECT_EQ(row.at("detail").find("removed"), std::string::npos);
    }
}

class LossyLink : public testing::TestWithParam<uint32_t>
{
};

TEST_P(LossyLink, KeepsTheFullSet)
{
    RngSeedManager::SetRun(GetParam());
    std::string scenario = "duration: 901s\nevents:\n"
                           "  - {at: 0s, loss: {between: [d, e], rate: 0.2}}\n";
    for (int time = 300; time <= 900; time += 100)
    {
        scenario +=
            "  - {at: " + std::to_string(time) + "s, snapshot: s" + std::to_string(time) + "}\n";
    }
    LabRun run(MakeRow(), scenario);
    run.Run();
    RngSeedManager::SetRun(1);
    for (int time = 300; time <= 900; time += 100)
    {
        for (const char* node : {"a", "b", "c", "d", "e"})
        {
            EXPECT_EQ(GetRps(run, "s" + std::to_string(time), node).size(), 20u)
                << node << " at " << time;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Runs, LossyLink, testing::Values(1, 2, 3, 4, 5));

/** b and c lie in the zone of 239.192.0.0/14, between its borders to a and d. */
const std::string ZONED = R"(
node h1 kind=host
node h2 kind=host
node h3 kind=host
node a candidateBsr=eth1 candidateRp=eth1 candidateRpGroups="239.0.0.0/8 239.192.0.0/14"
node b candidateBsr=eth2 candidateBsrPriority=10
node c candidateRp=eth1 candidateRpGroups="239.192.0.0/14"
node d
lan 1 network=192.168.1.0/24
lan 2 network=192.168.2.0/24
lan 3 network=192.168.3.0/24
lan 12 network=192.168.12.0/24
lan 23 network=192.168.23.0/24
lan 34 network=192.168.34.0/24
edge h1 1 address=192.168.1.1
edge h2 2 address=192.168.2.1
edge h3 3 address=192.168.3.1
edge a 1 address=192.168.1.10
edge a 12 address=192.168.12.10
edge b 12 address=192.168.12.20 scopeBorder=239.192.0.0/14
edge b 2 address=192.168.2.20
edge b 23 address=192.168.23.20
edge c 23 address=192.168.23.30
edge c 3 address=192.168.3.30
edge c 34 address=192.168.34.30 scopeBorder=239.192.0.0/14
edge d 34 address=192.168.34.40
)";

TEST(BsrScenario, AdminScopeZone)
{
    LabRun run(ZONED, R"(
duration: 400s
events:
  - {at: 150s, snapshot: rest}
  - {at: 160s, join: {node: h3, group: 239.192.0.1}}
  - {at: 160s, join: {node: h1, group: 239.192.0.1}}
  - {at: 160s, join: {node: h1, group: 239.1.0.1}}
  - {at: 170s, send: {node: h2, group: 239.192.0.1, packets: 100, rate: 16kbps, size: 200, name: in}}
  - {at: 170s, send: {node: h2, group: 239.1.0.1, packets: 100, rate: 16kbps, size: 200, name: all}}
  - {at: 175s, snapshot: traffic}
)");
    run.Watch("12");
    run.Watch("23");
    run.Watch("34");
    run.Run();
    // Inside, the zone's BSR names its RP; the domain's BSR names the other ranges everywhere.
    for (const char* node : {"b", "c"})
    {
        const LabRow where{{"snapshot", "rest"},
                           {"node", node},
                           {"group_prefix", "239.192.0.0/14"},
                           {"rp", "192.168.3.30"}};
        EXPECT_EQ(run.GetCell("rp", where, "bsr"), "192.168.23.20") << node;
    }
    for (const char* node : {"a", "b", "c", "d"})
    {
        const LabRow where{{"snapshot", "rest"}, {"node", node}, {"group_prefix", "239.0.0.0/8"}};
        EXPECT_EQ(run.GetCell("rp", where, "rp"), "192.168.12.10") << node;
    }
    for (const char* node : {"a", "d"})
    {
        const LabRow where{{"snapshot", "rest"}, {"node", node}, {"rp", "192.168.3.30"}};
        EXPECT_EQ(run.GetRows("rp", where).size(), 0u) << node;
    }
    std::size_t scoped = 0;
    for (const LabMessage<PimBootstrap>& message : run.GetPim<PimBootstrap>("23"))
    {
        scoped += !message.body.ranges.empty() && message.body.ranges[0].group.scopeZone ? 1 : 0;
    }
    EXPECT_GE(scoped, 5u);
    for (const char* border : {"12", "34"})
    {
        for (const LabMessage<PimBootstrap>& message : run.GetPim<PimBootstrap>(border))
        {
            EXPECT_TRUE(message.body.ranges.empty() || !message.body.ranges[0].group.scopeZone);
        }
        EXPECT_TRUE(run.GetData(border, Ipv4Address("239.192.0.1")).empty()) << border;
    }
    EXPECT_FALSE(run.GetData("12", Ipv4Address("239.1.0.1")).empty());
    EXPECT_EQ(run.GetCell("deliveries", {{"flow", "in"}, {"receiver", "h3"}}, "lost"), "0");
    EXPECT_EQ(run.GetCell("deliveries", {{"flow", "in"}, {"receiver", "h1"}}, "received"), "0");
    EXPECT_EQ(run.GetCell("deliveries", {{"flow", "all"}, {"receiver", "h1"}}, "lost"), "0");
}

} // namespace
