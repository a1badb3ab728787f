// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.3.2 under traffic: the DR of the receivers' LAN and that of the sources' LAN crash,
// come back, lose their way up with and without notice. What each change may cost is the sum of the
// RFCs' own delays.
#include "support/lab-change.h"

using namespace ns3;

namespace
{

/**
 * h1 sends on LAN 1, where s2 is DR by its address; h2 receives on LAN 2, where d1 is DR by its
 * priority, and querier by its address. The RP is p; x is nearer.
 */
const std::string TWO_BY_TWO = R"(
node h1 kind=host
node h2 kind=host
node s1 staticRp="192.168.34.13 239.0.0.0/8"
node s2 staticRp="192.168.34.13 239.0.0.0/8"
node p staticRp="192.168.34.13 239.0.0.0/8"
node x staticRp="192.168.34.13 239.0.0.0/8"
node d1 staticRp="192.168.34.13 239.0.0.0/8"
node d2 staticRp="192.168.34.13 239.0.0.0/8"
lan 1 network=192.168.1.0/24 cost=20
lan 2 network=192.168.2.0/24 cost=20
lan 34 network=192.168.34.0/24
edge h1 1 address=192.168.1.1
edge s1 1 address=192.168.1.11
edge s2 1 address=192.168.1.12
edge s1 p cost=2
edge s2 p cost=2
edge s1 x
edge s2 x
edge p 34 address=192.168.34.13
edge p d1 cost=2
edge p d2 cost=2
edge x d1
edge x d2
edge d1 2 address=192.168.2.15 drPriority=10
edge d2 2 address=192.168.2.16
edge h2 2 address=192.168.2.2
)";

class PimDrChange : public testing::TestWithParam<const char*>
{
  protected:
    std::string Head(int duration, const std::string& underlay = "ospf") const
    {
        return "duration: " + std::to_string(duration) + "\nunderlay: " + underlay +
               "\ntrees: " + GetParam() + "\nevents:\n" + JoinLine("h2", 50);
    }

    /** The links of \p dr towards the RP fail, return, and fall silent. */
    void ExpectCostOfLosingTheWayUp(const std::string& dr) const
    {
        LabRun run(TWO_BY_TWO,
                   Head(360) + FlowLine("start", 60, 95) + FlowLine("down", 95, 120) +
                       LinkLine("p", dr, "down", 100) + LinkLine("x", dr, "down", 100) +
                       FlowLine("up", 120, 160) + LinkLine("p", dr, "up", 125) +
                       LinkLine("x", dr, "up", 125) + FlowLine("silence", 160, 230) +
                       SilenceLine("p", dr, 170, 230) + SilenceLine("x", dr, 170, 230) +
                       FlowLine("heard", 230, 350));
        run.Run();
        ExpectCost(run, "down", "h2", SPF_DELAY + SPF_HOLD + ROUND_TRIP);
        ExpectCost(run, "up", "h2", SPF_DELAY + SPF_HOLD + ROUND_TRIP);
        ExpectCost(run, "silence", "h2", OSPF_DEAD + SPF_DELAY + SPF_HOLD + ROUND_TRIP);
        ExpectCost(run, "heard", "h2", SPF_DELAY + SPF_HOLD + ROUND_TRIP);
    }

    bool IsRegistering() const
    {
        return GetParam() == std::string("rpt-register");
    }
};

TEST_P(PimDrChange, ReceiversDrCrashesAndReturns)
{
    LabRun run(TWO_BY_TWO,
               Head(300) + FlowLine("start", 60, 95) + FlowLine("crash", 95, 215) +
                   NodeLine("d1", "down", 100) + FlowLine("return", 215, 290) +
                   NodeLine("d1", "up", 220));
    run.Watch("2");
    run.Run();
    ExpectCost(run, "start", "h2", 0);
    ExpectCost(run, "crash", "h2", PIM_HOLDTIME + ROUND_TRIP);
    // A crash says no farewell: nothing but the holdtime tells the other.
    const double elected = FirstFrom(run.GetEventTimes("d2", "dr", "192.168.2.16 eth"), 100);
    EXPECT_GE(elected, 100 + PIM_HOLDTIME - 30);
    EXPECT_LE(elected, 100 + PIM_HOLDTIME);
    EXPECT_LE(FirstDatum(run, "2", 100.01), elected + CHANGE_INTERVAL + ROUND_TRIP);
    // The booted router is DR with its first Hello; it has to hear members and to find its way.
    ExpectCost(run, "return", "h2", std::max(QUERY_RESPONSE, OSPF_ADJACENCY + SPF_DELAY));
    EXPECT_LE(FirstFrom(run.GetEventTimes("d2", "dr", "192.168.2.15 eth"), 220),
              220 + TRIGGERED_HELLO);
}

TEST_P(PimDrChange, ReceiversDrReturnsWhereRoutesStand)
{
    LabRun run(TWO_BY_TWO,
               Head(290, "static") + FlowLine("start", 60, 95) + NodeLine("d1", "down", 100) +
                   FlowLine("crash", 203, 215) + FlowLine("return", 215, 280) +
                   NodeLine("d1", "up", 220));
    run.Watch("2");
    run.Run();
    ExpectCost(run, "return", "h2", QUERY_RESPONSE + ROUND_TRIP);
    const double resigned = FirstFrom(run.GetEventTimes("d2", "dr", "192.168.2.15 eth"), 220);
    const double told = FirstFrom(run.GetEventTimes("d1", "join"), 220);
    EXPECT_LE(run.GetNumber("deliveries", {{"flow", "return"}}, "lost"),
              Packets(std::max(0.0, told - resigned)));
}

TEST_P(PimDrChange, ReceiversDrLosesItsWayUp)
{
    ExpectCostOfLosingTheWayUp("d1");
}

TEST_P(PimDrChange, ReceiversLanBreaks)
{
    LabRun run(TWO_BY_TWO,
               Head(160) + FlowLine("start", 60, 95) + FlowLine("flap", 95, 150) +
                   "  - {at: 100, link: {network: 2, state: down}}\n" +
                   "  - {at: 110, link: {network: 2, state: up}}\n");
    run.Run();
    ExpectCost(run, "flap", "h2", 10 + QUERY_RESPONSE + ROUND_TRIP);
}

TEST_P(PimDrChange, SourcesDrCrashesAndReturns)
{
    LabRun run(TWO_BY_TWO,
               Head(300) + FlowLine("start", 60, 95) + FlowLine("crash", 95, 215) +
                   NodeLine("s2", "down", 100) + FlowLine("return", 215, 290) +
                   NodeLine("s2", "up", 220));
    run.Watch("2");
    run.Watch("p-s1");
    run.Run();
    ExpectCost(run, "start", "h2", 0);
    const double elected = FirstFrom(run.GetEventTimes("s1", "dr", "192.168.1.11 eth"), 100);
    EXPECT_GE(elected, 100 + PIM_HOLDTIME - 30);
    EXPECT_LE(elected, 100 + PIM_HOLDTIME);
    if (IsRegistering())
    {
        // Nobody but the DR registers.
        ExpectCost(run, "crash", "h2", PIM_HOLDTIME + ROUND_TRIP);
        EXPECT_LE(FirstDatum(run, "2", 100.01), elected + CHANGE_INTERVAL + ROUND_TRIP);
        EXPECT_EQ(FirstFrom(run.GetEventTimes("s1", "register-start"), 0), elected);
        ExpectCost(run, "return", "h2", OSPF_ADJACENCY + SPF_DELAY);
    }
    else
    {
        // Any router of the LAN forwards natively where it has been joined.
        ExpectCost(run, "crash", "h2", OSPF_DEAD + SPF_DELAY + SPF_HOLD + ROUND_TRIP);
        ExpectCost(run, "return", "h2", SPF_DELAY + SPF_HOLD + ROUND_TRIP);
    }
}

TEST_P(PimDrChange, SourcesDrLosesItsWayUp)
{
    ExpectCostOfLosingTheWayUp("s2");
}

// A router that is not the DR boots: it must not act as a second one until it has heard the first.
TEST_P(PimDrChange, AnotherBoots)
{
    LabRun run(TWO_BY_TWO,
               Head(180, "static") + FlowLine("boot", 95, 170) + NodeLine("s1", "down", 100) +
                   NodeLine("d2", "down", 100) + NodeLine("s1", "up", 101) +
                   NodeLine("d2", "up", 101));
    run.Watch("1");
    run.Run();
    const LabRow where{{"flow", "boot"}};
    EXPECT_LE(run.GetNumber("deliveries", where, "duplicates"), 1);
    EXPECT_EQ(run.GetCell("deliveries", where, "lost"), "0");
}

INSTANTIATE_TEST_SUITE_P(Trees, PimDrChange, testing::Values("rpt-register", "rpt", "spt"));

} // namespace
