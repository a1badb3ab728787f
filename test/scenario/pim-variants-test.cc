// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2.1, §4.4, §4.7 and §4.8: where sources, members and the RP may stand, groups without
// an RP, RPs set by hand or changed, Registers refused or limited, thresholds per group.
#include "support/lab-run.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace ns3;

namespace
{

/** Words that stand for the candidate RP and BSR. */
const std::string BSR_AND_RP = "candidateBsr=eth0 candidateRp=eth0";

/** How the nodes of the lab differ: more keys of f, x, p, l, q. */
using Keys = std::map<std::string, std::string>;

/**
 * \returns a tree around x: f with hosts h1 and h3 on LAN 1, p with h5 on LAN 6, l with h2 on LAN
 * 5, l2 with h4 on LAN 9, and q
 */
std::string
MakeTree(const Keys& keys)
{
    std::ostringstream lines;
    for (const char* host : {"h1", "h2", "h3", "h4", "h5"})
    {
        lines << "node " << host << " kind=host\n";
    }
    for (const std::string router : {"f", "x", "p", "l", "q", "l2"})
    {
        const auto own = keys.find(router);
        lines << "node " << router << " " << (own == keys.end() ? "" : own->second) << "\n";
    }
    const std::vector<std::pair<int, std::vector<std::pair<const char*, int>>>> lans{
        {1, {{"f", 1}, {"h1", 101}, {"h3", 103}}},
        {2, {{"f", 1}, {"x", 2}}},
        {3, {{"p", 3}, {"x", 2}}},
        {4, {{"l", 4}, {"x", 2}}},
        {5, {{"l", 4}, {"h2", 102}}},
        {6, {{"p", 3}, {"h5", 105}}},
        {7, {{"q", 5}, {"x", 2}}},
        {8, {{"l2", 6}, {"x", 2}}},
        {9, {{"l2", 6}, {"h4", 104}}}};
    for (const auto& [lan, ends] : lans)
    {
        lines << "lan " << lan << " network=10." << lan << ".0.0/24\n";
        for (const auto& [node, host] : ends)
        {
            lines << "edge " << node << " " << lan << " address=10." << lan << ".0." << host
                  << "\n";
        }
    }
    return lines.str();
}

/** \returns YAML: a node joins at 95 s. */
std::string
Join(const std::string& node, const std::string& group, const std::string& source = "")
{
    return "  - {at: 95s, join: {node: " + node + ", group: " + group +
           (source.empty() ? "" : ", source: " + source) + "}}\n";
}

/** \returns YAML: a node sends from 100 s on. */
std::string
Send(const std::string& node,
     const std::string& group,
     const std::string& interval,
     const std::string& until,
     const std::string& name = "a")
{
    return "  - {at: 100s, send: {node: " + node + ", group: " + group + ", interval: " + interval +
           ", size: 972, until: " + until + ", name: " + name + "}}\n";
}

/** Nothing of a flow gets lost or comes twice. */
void
ExpectWhole(LabRun& run, const std::string& flow, const std::string& receiver)
{
    const LabRow where{{"flow", flow}, {"receiver", receiver}};
    EXPECT_GT(run.GetNumber("deliveries", where, "received"), 0) << flow << " at " << receiver;
    EXPECT_EQ(run.GetCell("deliveries", where, "lost"), "0") << flow << " at " << receiver;
    EXPECT_EQ(run.GetCell("deliveries", where, "duplicates"), "0") << flow << " at " << receiver;
}

/** \returns what was refused, but elections for an RP that a router does not know yet. */
std::set<std::string>
GetDropReasons(LabRun& run)
{
    std::set<std::string> reasons = run.GetCells("drops", {}, "reason");
    reasons.erase("not-bidirectional");
    return reasons;
}

/** Where a source and its members stand. */
struct Places
{
    const char* source;
    const char* address;
    std::vector<std::string> members;
    std::set<std::string> shortest; //!< the networks of its shortest-path tree
};

void
PrintTo(const Places& places, std::ostream* stream)
{
    *stream << places.source << " to " << places.members.front() << " and others";
}

class PimPlaces : public testing::TestWithParam<std::tuple<Places, std::string>>
{
};

TEST_P(PimPlaces, EveryPacketOnceAndNothingElse)
{
    const auto& [places, trees] = GetParam();
    const std::string group = trees == "ssm" ? "232.1.1.1" : "239.1.1.1";
    std::string events;
    for (const std::string& member : places.members)
    {
        events += Join(member, group, trees == "ssm" ? places.address : "");
    }
    LabRun run(MakeTree({{"p", BSR_AND_RP}}),
               "duration: 125s\ntrees: " + trees + "\nevents:\n" + events +
                   Send(places.source, group, "100ms", "121s") +
                   "  - {at: 110.05s, snapshot: before}\n  - {at: 120.05s, snapshot: rest}\n");
    run.Run();
    for (const std::string& member : places.members)
    {
        ExpectWhole(run, "a", member);
    }
    std::set<std::string> networks;
    for (const LabRow& row : run.GetRows("links", {{"snapshot", "rest"}, {"class", "multicast"}}))
    {
        EXPECT_EQ(row.at("packets"), "100") << row.at("network") << " from " << row.at("from");
        EXPECT_TRUE(networks.insert(row.at("network")).second) << row.at("network") << " twice";
    }
    if (trees == "spt" || trees == "ssm")
    {
        EXPECT_EQ(networks, places.shortest);
    }
    // Where the RP is the first hop, it need not tell itself; nor in SSM and BIDIR groups.
    const bool registers = trees != "ssm" && trees != "bidir" &&
                           std::string(places.source) != "h5" && std::string(places.source) != "p";
    EXPECT_EQ(run.GetRows("events", {{"event", "register-start"}}).size(), registers ? 1u : 0u);
    EXPECT_EQ(run.GetRows("links", {{"snapshot", "rest"}, {"class", "register"}}).empty(),
              !registers || trees != "rpt-register");
    EXPECT_EQ(run.GetRows("links", {{"class", "pim-assert"}}).size(), 0u);
    EXPECT_EQ(GetDropReasons(run), std::set<std::string>{});
}

const std::vector<Places> PLACES{
    {"h1", "10.1.0.101", {"h3"}, {"1"}}, // on one LAN
    {"h1", "10.1.0.101", {"h3", "h2"}, {"1", "2", "4", "5"}},
    {"h5", "10.6.0.105", {"h2"}, {"6", "3", "4", "5"}}, // the RP is the first hop
    {"h2", "10.5.0.102", {"h5"}, {"5", "4", "3", "6"}}, // the RP is the last hop
    {"h5", "10.6.0.105", {"p", "f"}, {"6", "3", "2", "1"}},
    {"f", "10.1.0.1", {"h3", "h2", "h5"}, {"1", "2", "4", "5", "3", "6"}},
    {"p", "10.3.0.3", {"h2", "h5"}, {"3", "4", "5", "6"}}};

const auto TREES = testing::Values("spt", "rpt", "rpt-register", "bidir", "ssm");

INSTANTIATE_TEST_SUITE_P(Trees, PimPlaces, testing::Combine(testing::ValuesIn(PLACES), TREES));

TEST(PimSsmScenario, NoRpNoRegistersNoSharedTree)
{
    LabRun run(MakeTree({}),
               "duration: 130s\nevents:\n" + Join("h2", "232.1.1.1", "10.1.0.101") +
                   Join("h4", "232.1.1.1", "10.6.0.105") + Join("h5", "232.1.1.1") +
                   Send("h1", "232.1.1.1", "100ms", "120s", "a") +
                   Send("h5", "232.1.1.1", "100ms", "120s", "b") +
                   "  - {at: 119s, snapshot: steady}\n");
    run.Run();
    ExpectWhole(run, "a", "h2");
    ExpectWhole(run, "b", "h4");
    // A member of the range that names no source is none: RFC 4604 §2.2.1.
    EXPECT_EQ(run.GetNumber("deliveries", {{"flow", "a"}, {"receiver", "h5"}}, "received"), 0);
    EXPECT_TRUE(run.GetRows("rp").empty());
    EXPECT_EQ(run.GetCells("tib", {}, "kind"), std::set<std::string>{"S,G"});
    EXPECT_EQ(run.GetCells("tib", {}, "register_state"), std::set<std::string>{""});
    for (const char* none : {"register", "null-register", "register-stop", "pim-bootstrap"})
    {
        EXPECT_TRUE(run.GetRows("links", {{"class", none}}).empty()) << none;
    }
    EXPECT_EQ(run.GetCells("links", {{"class", "multicast"}}, "network"),
              (std::set<std::string>{"1", "2", "4", "5", "6", "3", "8", "9"}));
}

TEST(PimRpScenario, AnRpSetByHandBesideTheBsr)
{
    const std::string byHand = "staticRp=\"10.7.0.5 239.1.0.0/16\"";
    Keys keys;
    for (const char* router : {"f", "x", "l", "q"})
    {
        keys[router] = byHand;
    }
    keys["p"] = byHand + " " + BSR_AND_RP;
    LabRun run(MakeTree(keys),
               "duration: 440s\nevents:\n" + Join("h2", "239.1.0.1") + Join("h2", "239.2.0.1") +
                   Send("h1", "239.1.0.1", "50ms", "430s", "hand") +
                   Send("h1", "239.2.0.1", "50ms", "120s", "bsr") +
                   "  - {at: 119s, snapshot: both}\n"
                   "  - {at: 130s, node: {name: p, state: down}}\n"
                   // BS_Timeout restarts the holdtimes: RFC 5059 §3.1.2.
                   "  - {at: 420s, snapshot: dead}\n");
    run.Run();
    ExpectWhole(run, "hand", "h2");
    ExpectWhole(run, "bsr", "h2");
    for (const auto& [group, rp] : Keys{{"239.1.0.1", "10.7.0.5"}, {"239.2.0.1", "10.3.0.3"}})
    {
        for (const char* node : {"x", "l"})
        {
            const LabRow where{
                {"snapshot", "both"}, {"node", node}, {"kind", "*,G"}, {"group", group}};
            EXPECT_EQ(run.GetCell("tib", where, "rp"), rp) << node;
        }
    }
    EXPECT_TRUE(run.GetRows("rp", {{"snapshot", "dead"}, {"rp", "10.3.0.3"}}).empty());
    EXPECT_EQ(run.GetCells("tib", {{"snapshot", "dead"}, {"kind", "*,G"}}, "rp"),
              (std::set<std::string>{"", "10.7.0.5"}));
}

TEST(PimRpScenario, ARouterThatIsNotTheRpRefusesRegisters)
{
    for (const std::string trees : {"rpt", "rpt-register"})
    {
        LabRun run(MakeTree({{"p", BSR_AND_RP}, {"f", "staticRp=\"10.2.0.2 239.9.0.0/16\""}}),
                   "duration: 500s\ntrees: " + trees + "\nevents:\n" + Join("h2", "239.9.0.1") +
                       Send("h1", "239.9.0.1", "20ms", "499s"));
        run.Watch("2");
        run.Run();
        std::vector<double> probes;
        std::size_t registers = 0;
        for (const LabMessage<PimRegister>& message : run.GetPim<PimRegister>("2"))
        {
            message.body.nullRegister ? probes.push_back(message.time) : void(++registers);
        }
        EXPECT_EQ(registers, 1u) << "the Register-Stop comes before the next packet";
        EXPECT_EQ(run.GetPim<PimRegisterStop>("2").size(), 1 + probes.size());
        EXPECT_EQ(run.GetNumber("drops", {{"node", "x"}, {"reason", "not-rp"}}, "packets"),
                  1.0 + probes.size());
        double last = 100;
        for (double probe : probes)
        {
            EXPECT_GE(probe - last, 25);
            EXPECT_LE(probe - last, 85);
            last = probe;
        }
        EXPECT_GE(last, 499 - 85);
        EXPECT_EQ(run.GetEventTimes("f", "register-stop").size(), 1u);
        EXPECT_EQ(run.GetNumber("deliveries", {{"receiver", "h2"}}, "received"), 0);
    }
}

class PimRpChange : public testing::TestWithParam<std::string>
{
};

TEST_P(PimRpChange, WhileTheSourceSends)
{
    LabRun run(MakeTree({{"p", BSR_AND_RP}, {"q", "candidateRp=eth0 candidateRpPriority=10"}}),
               "duration: 250s\ntrees: " + GetParam() +
                   "\nevents:\n  - {at: 5s, node: {name: q, state: down}}\n" +
                   Join("h2", "239.1.1.1") + Join("h3", "239.1.1.1") +
                   Send("h1", "239.1.1.1", "10ms", "245s") +
                   "  - {at: 110s, snapshot: before}\n"
                   "  - {at: 120s, node: {name: q, state: up}}\n"
                   "  - {at: 230s, snapshot: after}\n"
                   "  - {at: 240s, snapshot: rest}\n");
    run.Run();
    for (const auto& [snapshot, rp] : Keys{{"before", "10.3.0.3"}, {"rest", "10.7.0.5"}})
    {
        EXPECT_EQ(run.GetCells("tib", {{"snapshot", snapshot}}, "rp"), std::set<std::string>{rp});
    }
    // Routers learn of the new RP one after another, and join and register there in this order.
    ExpectWhole(run, "a", "h2");
    ExpectWhole(run, "a", "h3");
    const LabRow to{{"snapshot", "rest"}, {"class", "register"}};
    EXPECT_EQ(run.GetCells("links", to, "network"),
              GetParam() == "rpt-register" ? (std::set<std::string>{"2", "7"})
                                           : std::set<std::string>{});
    EXPECT_EQ(run.GetCells(
                  "tib", {{"snapshot", "rest"}, {"node", "f"}, {"kind", "S,G"}}, "register_state"),
              std::set<std::string>{GetParam() == "rpt-register" ? "Join" : "Prune"});
}

INSTANTIATE_TEST_SUITE_P(Trees, PimRpChange, testing::Values("spt", "rpt", "rpt-register"));

TEST(PimRpScenario, RegistersAreLimitedAndMembersBesideTheSourceAreNot)
{
    LabRun run(MakeTree({{"p", BSR_AND_RP}}),
               "duration: 145s\ntrees: rpt-register\nnodes:\n"
               "  f: {ns3::PimSmRouting::RegisterRate: 5}\nevents:\n" +
                   Join("h2", "239.1.1.1") + Join("h3", "239.1.1.1") +
                   Send("h1", "239.1.1.1", "20ms", "140s"));
    run.Watch("2");
    run.Run();
    std::vector<double> times;
    for (const LabMessage<PimRegister>& message : run.GetPim<PimRegister>("2"))
    {
        times.push_back(message.time);
    }
    EXPECT_EQ(times.size(), 5 * 40u);
    for (double second = 100; second < 140; ++second)
    {
        EXPECT_EQ(CountBetween(times, second, second + 1), 5u) << second;
    }
    EXPECT_EQ(run.GetNumber("deliveries", {{"receiver", "h2"}}, "received"), times.size());
    ExpectWhole(run, "a", "h3");
}

TEST(PimPolicyScenario, EachGroupSwitchesByItsThreshold)
{
    // 1,000-byte packets, ten per second: 80 kbit/s. l counts exactly, l2 looks every 3 s.
    std::string events;
    for (const char* number : {"1", "2", "3", "4", "5", "6"})
    {
        const std::string group = std::string("239.") + number + ".0.1";
        events += Join("h2", group) + Join("h4", group) +
                  Send("h1", group, "100ms", "150s", std::string("f") + number);
    }
    LabRun run(MakeTree({{"p", BSR_AND_RP}}),
               "duration: 155s\ndefaults:\n  ns3::PimSmRouting::SptThreshold: infinity\n"
               "  ns3::PimSmRouting::SptThresholdRanges: 239.2.0.0/16=0 239.3.0.0/16=20000B/10s "
               "239.4.0.0/16=50p/10s 239.5.0.0/16=70kbps 239.6.0.0/16=20000B/1s\n"
               "nodes:\n  l2: {ns3::PimSmRouting::PollInterval: 3s}\nevents:\n" +
                   events + "  - {at: 149s, snapshot: end}\n");
    run.Run();
    // The packet that crosses the threshold: the first, the 20th, the 50th, the 88th.
    const std::map<std::string, double> crossing{
        {"239.2.0.1", 100}, {"239.3.0.1", 101.9}, {"239.4.0.1", 104.9}, {"239.5.0.1", 108.7}};
    for (const char* number : {"1", "2", "3", "4", "5", "6"})
    {
        const std::string group = std::string("239.") + number + ".0.1";
        const auto at = crossing.find(group);
        const std::vector<double> exact = run.GetEventTimes("l", "spt-switch", group);
        const std::vector<double> polled = run.GetEventTimes("l2", "spt-switch", group);
        ASSERT_EQ(exact.size(), at == crossing.end() ? 0u : 1u) << group;
        ASSERT_EQ(polled.size(), exact.size()) << group;
        if (!exact.empty())
        {
            EXPECT_NEAR(exact[0], at->second, 0.01) << group;
            EXPECT_GE(polled[0], exact[0]) << group;
            EXPECT_LE(polled[0], exact[0] + 3) << group;
            EXPECT_NEAR(std::remainder(polled[0], 3), 0, 0.01) << "at a poll: " << group;
        }
        for (const char* node : {"l", "l2"})
        {
            const LabRow source{{"node", node}, {"kind", "S,G"}, {"group", group}};
            EXPECT_EQ(run.GetRows("tib", source).size(), exact.size()) << node << " " << group;
        }
        ExpectWhole(run, std::string("f") + number, "h2");
        ExpectWhole(run, std::string("f") + number, "h4");
    }
}

} // namespace
