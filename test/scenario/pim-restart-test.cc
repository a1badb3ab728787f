// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.3.1 and §4.5.4, §4.5.5 (GenID changes) under traffic: routers crash and boot again
// sooner than anybody misses them, and neighbours tell them anew what they have forgotten.
#include "support/lab-change.h"

using namespace ns3;

namespace
{

/** h1 - a - b - LAN 23, where c and q serve h2 and h3; p is beside a. \p rp in place of RP. */
std::string
MakeRow(const std::string& rp)
{
    const std::string row = R"(
node h1 kind=host
node h2 kind=host
node h3 kind=host
node a staticRp="RP 239.0.0.0/8"
node b staticRp="RP 239.0.0.0/8"
node c staticRp="RP 239.0.0.0/8"
node p staticRp="RP 239.0.0.0/8"
node q staticRp="RP 239.0.0.0/8"
lan 1 network=192.168.1.0/24
lan 2 network=192.168.2.0/24
lan 3 network=192.168.3.0/24
lan 12 network=192.168.12.0/24
lan 15 network=192.168.15.0/24
lan 23 network=192.168.23.0/24
edge h1 1 address=192.168.1.1
edge a 1 address=192.168.1.11
edge a 15 address=192.168.15.11
edge p 15 address=192.168.15.15
edge a 12 address=192.168.12.11
edge b 12 address=192.168.12.12
edge b 23 address=192.168.23.12
edge c 23 address=192.168.23.13
edge q 23 address=192.168.23.16
edge c 2 address=192.168.2.13
edge h2 2 address=192.168.2.2
edge q 3 address=192.168.3.16
edge h3 3 address=192.168.3.3
)";
    std::string text;
    std::size_t from = 0;
    for (std::size_t at; (at = row.find("RP ", from)) != std::string::npos; from = at + 2)
    {
        text += row.substr(from, at - from) + rp;
    }
    return text + row.substr(from);
}

const std::string BESIDE = "192.168.15.15"; // p: Registers, and no packet of the trees
const std::string FIRST_HOP = "192.168.1.11";
const std::string TRANSIT = "192.168.12.12";
constexpr double DOWN = 1;

struct RestartCase
{
    const char* name;
    const char* trees;
    std::string rp;
};

class PimRestart : public testing::TestWithParam<RestartCase>
{
  protected:
    /** One node is down from 100 s to 101 s; both receivers are served before. */
    std::string Restart(const std::string& node, const std::string& underlay = "static") const
    {
        return "duration: 150\nunderlay: " + underlay + "\ntrees: " + GetParam().trees +
               "\nevents:\n" + JoinLine("h2", 50) + JoinLine("h3", 51) + FlowLine("start", 60, 99) +
               FlowLine("boot", 99, 145) + NodeLine(node, "down", 100) +
               NodeLine(node, "up", 100 + DOWN);
    }
};

TEST_P(PimRestart, TransitRouterIsToldAnew)
{
    LabRun run(MakeRow(GetParam().rp), Restart("b"));
    run.Watch("23");
    run.Run();
    double hello = 0;
    for (const LabMessage<PimHello>& message : run.GetPim<PimHello>("23"))
    {
        hello = hello == 0 && message.node == "b" && message.time > 100 ? message.time : hello;
    }
    EXPECT_GE(hello, 100 + DOWN);
    EXPECT_LE(hello, 100 + DOWN + TRIGGERED_HELLO);
    double join = HUGE_VAL;
    std::set<std::string> greeted;
    for (const LabMessage<PimHello>& message : run.GetPim<PimHello>("23"))
    {
        const bool answers = message.time > hello && message.node != "b";
        answers ? (void)greeted.insert(message.node) : void();
    }
    for (const LabMessage<PimJoinPrune>& message : run.GetPim<PimJoinPrune>("23"))
    {
        join = message.time > hello ? std::min(join, message.time) : join;
    }
    EXPECT_GT(join, hello);
    EXPECT_LE(join, hello + OVERRIDE + ROUND_TRIP);
    EXPECT_EQ(greeted, (std::set<std::string>{"c", "q"})) << "both answer";
    for (const char* receiver : {"h2", "h3"})
    {
        ExpectCost(run, "boot", receiver, join - 100 + ROUND_TRIP);
    }
}

TEST_P(PimRestart, FirstHopRouterIsToldAnew)
{
    LabRun run(MakeRow(GetParam().rp), Restart("a"));
    run.Run();
    for (const char* receiver : {"h2", "h3"})
    {
        ExpectCost(run, "boot", receiver, DOWN + TRIGGERED_HELLO + OVERRIDE + ROUND_TRIP);
    }
}

TEST_P(PimRestart, LastHopRouterAsksForItsMembers)
{
    LabRun run(MakeRow(GetParam().rp), Restart("c"));
    run.Run();
    ExpectCost(run, "boot", "h2", DOWN + QUERY_RESPONSE + ROUND_TRIP);
    ExpectNoCost(run, "boot", "h3");
}

TEST_P(PimRestart, WithOspf)
{
    // OSPF, too, has to find its neighbours again, before it can say where source and RP are.
    LabRun run(MakeRow(GetParam().rp), Restart("b", "ospf"));
    run.Run();
    for (const char* receiver : {"h2", "h3"})
    {
        ExpectCost(run, "boot", receiver, DOWN + OSPF_ADJACENCY + SPF_DELAY + ROUND_TRIP);
    }
}

INSTANTIATE_TEST_SUITE_P(Trees,
                         PimRestart,
                         testing::Values(RestartCase{"Registers", "rpt-register", BESIDE},
                                         RestartCase{"SharedTree", "rpt", BESIDE},
                                         RestartCase{"SourceTree", "spt", BESIDE},
                                         RestartCase{"SourceAtTheRp", "rpt", FIRST_HOP},
                                         RestartCase{"SourceTreeFromTheRp", "spt", FIRST_HOP}),
                         [](const auto& one) { return std::string(one.param.name); });

std::string
RestartRp(const std::string& trees, const std::string& node = "b")
{
    return "duration: 230\nunderlay: static\ntrees: " + trees + "\nevents:\n" + JoinLine("h2", 50) +
           JoinLine("h3", 51) + FlowLine("start", 60, 99) + FlowLine("boot", 99, 220) +
           NodeLine(node, "down", 100) + NodeLine(node, "up", 100 + DOWN);
}

TEST(PimRestartRp, BesideTheTreesItIsNotMissed)
{
    for (const char* trees : {"rpt-register", "rpt", "spt"})
    {
        LabRun run(MakeRow(BESIDE), RestartRp(trees, "p"));
        run.Run();
        ExpectNoCost(run, "boot", "h2");
        ExpectNoCost(run, "boot", "h3");
    }
}

TEST(PimRestartRp, RegistersGoOn)
{
    LabRun run(MakeRow(TRANSIT), RestartRp("rpt-register"));
    run.Run();
    ExpectCost(run, "boot", "h2", DOWN + TRIGGERED_HELLO + OVERRIDE + ROUND_TRIP);
    ExpectCost(run, "boot", "h3", DOWN + TRIGGERED_HELLO + OVERRIDE + ROUND_TRIP);
}

TEST(PimRestartRp, SourceTreesGoOn)
{
    LabRun run(MakeRow(TRANSIT), RestartRp("spt"));
    run.Run();
    ExpectCost(run, "boot", "h2", DOWN + TRIGGERED_HELLO + OVERRIDE + ROUND_TRIP);
    ExpectCost(run, "boot", "h3", DOWN + TRIGGERED_HELLO + OVERRIDE + ROUND_TRIP);
}

// The RP has forgotten the source, whose packets come natively: the next Null-Register, 25 to 85 s
// after the last Register-Stop, brings it back.
TEST(PimRestartRp, ANullRegisterBringsTheSourceBack)
{
    LabRun run(MakeRow(TRANSIT), RestartRp("rpt"));
    run.Watch("12");
    run.Watch("23");
    run.Run();
    double null = HUGE_VAL;
    for (const LabMessage<PimRegister>& message : run.GetPim<PimRegister>("12"))
    {
        null =
            message.body.nullRegister && message.time > 101 ? std::min(null, message.time) : null;
    }
    EXPECT_LE(null, 101 + 85);
    EXPECT_LE(FirstDatum(run, "23", 101),
              std::max(null, 101 + TRIGGERED_HELLO + OVERRIDE) + CHANGE_INTERVAL + ROUND_TRIP);
    ExpectCost(run, "boot", "h2", DOWN + 85 + ROUND_TRIP);
    ExpectCost(run, "boot", "h3", DOWN + 85 + ROUND_TRIP);
}

} // namespace
