// SPDX-License-Identifier: GPL-2.0-only
// A LAN on which two routers forward, seen from one of them. The LAN is interface 3: neighbour 2 is
// downstream, 3 another router that may forward. Own address there: 10.0.3.1.
#ifndef VXLAN_MULTICAST_TEST_PIM_ASSERT_BENCH_H
#define VXLAN_MULTICAST_TEST_PIM_ASSERT_BENCH_H

#include "support/pim-test-router.h"

#include <gtest/gtest.h>

namespace ns3
{

class Pim7761Assert : public testing::Test
{
  protected:
    void TearDown() override
    {
        bench.ExpectNothingElseDownstream();
    }

    using Bench = PimTestRouter;
    using Entries = std::vector<std::string>;

    Pim7761Assert()
    {
        bench.Hello(1, 3);
        bench.Hello(2, 3);
        bench.Hello(3, 2);
        bench.Hello(3, 3);
        bench.Hello(4, 2);
        bench.environment.Forget();
    }

    void JoinStarG(uint32_t interface = LAN)
    {
        bench.JoinPrune(interface, 2, {Bench::StarG()}, {}, Bench::ANY, 0xffff);
    }

    void JoinSg(uint32_t interface = LAN)
    {
        bench.JoinPrune(interface, 2, {Bench::Sg()}, {}, Bench::ANY, 0xffff);
    }

    /** (S,G) is forwarded onto the LAN, by the SPT: metric {0, 110, 7, 10.0.3.1}. */
    void ForwardSg()
    {
        JoinSg();
        bench.Data(2);
        ASSERT_TRUE(bench.Source().sptBit);
        bench.environment.Forget();
    }

    /** (*,G) is forwarded onto the LAN: metric {1, 110, 5, 10.0.3.1}. */
    void ForwardStarG()
    {
        JoinStarG();
        bench.environment.Forget();
    }

    void Sg(uint32_t preference, uint32_t metric, uint32_t host = 3, uint32_t interface = LAN)
    {
        bench.Assert(interface, host, Bench::S, false, preference, metric);
    }

    void SgRpt(uint32_t preference, uint32_t metric, uint32_t host = 3, uint32_t interface = LAN)
    {
        bench.Assert(interface, host, Bench::S, true, preference, metric);
    }

    void StarG(uint32_t preference, uint32_t metric, uint32_t host = 3, uint32_t interface = LAN)
    {
        bench.Assert(interface, host, Bench::ANY, true, preference, metric);
    }

    void Cancel(Ipv4Address source, uint32_t host = 3, uint32_t interface = LAN)
    {
        bench.Assert(interface,
                     host,
                     source,
                     true,
                     PimAssert::INFINITE_PREFERENCE,
                     PimAssert::INFINITE_METRIC);
    }

    /**
     * Asserts sent on the LAN: "(S,G) 110/7", "(*,G) rpt 110/5", "(S,G) cancel"; an Assert(*,G)
     * that names the source of the data which triggered it: "(*,G) rpt 110/5 by S".
     */
    Entries Sent(uint32_t interface = LAN) const
    {
        Entries entries;
        for (const PimAssert& message : bench.environment.Of<PimAssert>(interface))
        {
            const bool isCancel = message.metric == PimAssert::INFINITE_METRIC && message.rpt;
            const bool isStarG = message.source == Bench::ANY || (message.rpt && !isCancel);
            std::string text = isStarG ? "(*,G)" : "(S,G)";
            if (message.metric == PimAssert::INFINITE_METRIC)
            {
                text += message.rpt ? " cancel" : " infinite";
            }
            else
            {
                text += message.rpt ? " rpt" : "";
                text += " " + std::to_string(message.metricPreference) + "/" +
                        std::to_string(message.metric);
                text += isStarG && message.source == Bench::S ? " by S" : "";
            }
            entries.push_back(text);
        }
        return entries;
    }

    Time Timer(Ipv4Address source = Bench::S, uint32_t interface = LAN)
    {
        return bench.router.GetTimer({SourceGroup(source, Bench::G), PimTimer::ASSERT, interface});
    }

    void ReachSgWinner()
    {
        ForwardSg();
        bench.Data(LAN);
        ASSERT_EQ(bench.AssertSg(LAN), PimAssertState::WINNER);
        bench.environment.Forget();
    }

    void ReachSgLoser()
    {
        ForwardSg();
        Sg(110, 1);
        ASSERT_EQ(bench.AssertSg(LAN), PimAssertState::LOSER);
        bench.environment.Forget();
    }

    void ReachStarGWinner()
    {
        ForwardStarG();
        bench.Data(LAN);
        ASSERT_EQ(bench.AssertStar(LAN), PimAssertState::WINNER);
        bench.environment.Forget();
    }

    void ReachStarGLoser()
    {
        ForwardStarG();
        StarG(110, 1);
        ASSERT_EQ(bench.AssertStar(LAN), PimAssertState::LOSER);
        bench.environment.Forget();
    }

    static constexpr uint32_t LAN = 3;
    Bench bench;
};

} // namespace ns3

#endif
