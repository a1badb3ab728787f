// SPDX-License-Identifier: GPL-2.0-only
// Each machine reports its changes of state by the RFCs' words: machine, key, old state, event, new
// state.
#include "support/pim-bsr-bench.h"
#include "support/pim-test-router.h"

#include "ns3/pim-df-election.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

using Steps = std::vector<std::string>;

/** \returns the steps of one machine. */
Steps
Of(const FakePimEnvironment& environment, const std::string& machine)
{
    Steps steps;
    for (const std::string& step : environment.transitions)
    {
        if (step.find(machine + " ") == 0)
        {
            steps.push_back(step.substr(machine.size() + 1));
        }
    }
    return steps;
}

class PimTransition : public testing::Test
{
  protected:
    PimTransition()
    {
        bench.Hello(3, 2);
        bench.Hello(3, 3);
        bench.environment.Forget();
    }

    void JoinAndPrune(const PimEncodedSource& entry)
    {
        bench.JoinPrune(3, 2, {entry});
        bench.JoinPrune(3, 2, {}, {entry});
        bench.JoinPrune(3, 3, {entry});
        bench.JoinPrune(3, 3, {}, {entry});
        bench.Advance(3.1);
    }

    PimTestRouter bench;
};

TEST_F(PimTransition, DownstreamAndUpstreamStarG)
{
    JoinAndPrune(PimTestRouter::StarG());
    const std::string key = "(*,239.1.1.1)";
    EXPECT_EQ(Of(bench.environment, "downstream (*,G)"),
              (Steps{key + " eth3: NoInfo ReceiveJoin Join",
                     key + " eth3: Join ReceivePrune PrunePending",
                     key + " eth3: PrunePending ReceiveJoin Join",
                     key + " eth3: Join ReceivePrune PrunePending",
                     key + " eth3: PrunePending PrunePendingTimerExpires NoInfo"}));
    EXPECT_EQ(Of(bench.environment, "upstream (*,G)"),
              (Steps{key + ": NotJoined JoinDesiredTrue Joined",
                     key + ": Joined JoinDesiredFalse NotJoined"}));
}

TEST_F(PimTransition, DownstreamAndUpstreamSg)
{
    JoinAndPrune(PimTestRouter::Sg());
    const std::string key = "(10.8.8.8,239.1.1.1)";
    EXPECT_EQ(Of(bench.environment, "downstream (S,G)").size(), 5u);
    EXPECT_EQ(Of(bench.environment, "downstream (S,G)").back(),
              key + " eth3: PrunePending PrunePendingTimerExpires NoInfo");
    EXPECT_EQ(Of(bench.environment, "upstream (S,G)"),
              (Steps{key + ": NotJoined JoinDesiredTrue Joined",
                     key + ": Joined JoinDesiredFalse NotJoined"}));
}

TEST_F(PimTransition, SgRpt)
{
    bench.JoinPrune(3, 2, {PimTestRouter::StarG()});
    bench.JoinPrune(3, 2, {}, {PimTestRouter::SgRpt()});
    bench.Advance(3.1);
    bench.JoinPrune(3, 2, {PimTestRouter::StarG()}, {PimTestRouter::SgRpt()});
    bench.JoinPrune(3, 2, {PimTestRouter::StarG()});
    const std::string key = "(10.8.8.8,239.1.1.1)";
    EXPECT_EQ(Of(bench.environment, "downstream (S,G,rpt)"),
              (Steps{key + " eth3: NoInfo ReceivePrune(S,G,rpt) PrunePending",
                     key + " eth3: PrunePending PrunePendingTimerExpires Prune",
                     key + " eth3: Prune ReceiveJoin(*,G) PruneTmp",
                     key + " eth3: PruneTmp ReceivePrune(S,G,rpt) Prune",
                     key + " eth3: Prune ReceiveJoin(*,G) PruneTmp",
                     key + " eth3: PruneTmp EndOfMessage NoInfo"}));
    EXPECT_EQ(Of(bench.environment, "upstream (S,G,rpt)"),
              (Steps{key + ": NotPruned PruneDesiredTrue Pruned",
                     key + ": Pruned PruneDesiredFalse NotPruned"}));
}

TEST_F(PimTransition, Assert)
{
    bench.JoinPrune(3, 2, {PimTestRouter::StarG()}, {}, PimTestRouter::ANY, 0xffff);
    bench.Data(3);
    bench.Assert(3, 3, PimTestRouter::ANY, true, 110, 1);
    bench.Advance(181);
    const std::string key = "(*,239.1.1.1) eth3: ";
    EXPECT_EQ(Of(bench.environment, "assert (*,G)"),
              (Steps{key + "NoInfo DataArrives Winner",
                     key + "Winner ReceivePreferredAssert Loser",
                     key + "Loser AssertTimerExpires NoInfo"}));
}

TEST_F(PimTransition, DesignatedRouter)
{
    bench.Advance(1);
    PimHello hello;
    hello.holdtime = 10;
    hello.drPriority = 9;
    bench.hellos.ReceiveHello(hello, 3, PimTestRouter::At(3, 4));
    bench.hellos.ReceiveHello(hello, 3, PimTestRouter::At(3, 5));
    bench.Advance(11);
    EXPECT_EQ(Of(bench.environment, "dr"),
              (Steps{"eth3: DR ReceiveHello NotDR", "eth3: NotDR NeighborGone DR"}))
        << "a change from one other router to the next is none of I_am_DR";
}

TEST_F(PimTransition, DesignatedForwarder)
{
    FakePimEnvironment environment;
    const PimDfConfig config;
    PimDfElectionMachine machine(
        environment,
        config,
        Ipv4Address("10.6.6.6"),
        {110, 10, Ipv4Address("10.0.1.5")},
        Seconds(0),
        [](const PimDfElection&) {},
        [] {});
    environment.clock.Advance(Seconds(1));
    machine.SetMetric({0x7fffffff, 0xffffffff, Ipv4Address("10.0.1.5")});
    EXPECT_EQ(environment.transitions,
              (Steps{"df 10.6.6.6 10.0.1.5: Offer TimerExpires Win",
                     "df 10.6.6.6 10.0.1.5: Win PathLost Offer"}));
}

TEST(PimBsrTransition, CandidateBsr)
{
    PimBsrBench bench;
    bench.BecomeCandidateBsr(64);
    bench.machine.Start();
    bench.Advance(6);
    bench.Receive(bench.Message(PimBsrBench::BSR_1, 100));
    bench.Advance(131);
    EXPECT_EQ(Of(bench.environment, "bsr"),
              (Steps{"224.0.0.0/4: AcceptAny BecomeCandidate Pending",
                     "224.0.0.0/4: Pending BootstrapTimerExpires Elected",
                     "224.0.0.0/4: Elected ReceivePreferredBSM Candidate",
                     "224.0.0.0/4: Candidate BootstrapTimerExpires Pending"}));
}

} // namespace
