// SPDX-License-Identifier: GPL-2.0-only
// The upstream machines under test. The upstream LANs are interface 1 (to the RP, neighbours 2 and 3)
// and 2 (to S).
#ifndef VXLAN_MULTICAST_TEST_PIM_UPSTREAM_BENCH_H
#define VXLAN_MULTICAST_TEST_PIM_UPSTREAM_BENCH_H

#include "support/pim-test-router.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ns3
{

class Pim7761Upstream : public testing::Test
{
  protected:
    using Bench = PimTestRouter;
    using Entries = std::vector<std::string>;

    void TearDown() override
    {
        bench.ExpectNothingElse();
    }

    Pim7761Upstream()
    {
        bench.Hello(1, 3);
        bench.Hello(2, 3);
        bench.Hello(3, 2);
        bench.Hello(4, 2);
        bench.environment.Forget();
    }

    /** Downstream joins (*,G) for ever. */
    void JoinStarG(uint32_t interface = 3)
    {
        bench.JoinPrune(interface, 2, {Bench::StarG()}, {}, Bench::ANY, 0xffff);
    }

    void JoinSg(uint32_t interface = 3)
    {
        bench.JoinPrune(interface, 2, {Bench::Sg()}, {}, Bench::ANY, 0xffff);
    }

    /** Downstream prunes; interface 3 has one neighbour, so this works at once. */
    void Prune(PimEncodedSource what, uint32_t interface = 3)
    {
        bench.JoinPrune(interface, 2, {}, {what});
        bench.Advance(0);
    }

    Time JoinTimer(Ipv4Address source = Bench::ANY)
    {
        return bench.router.GetTimer({SourceGroup(source, Bench::G), PimTimer::UPSTREAM_JOIN});
    }

    Time OverrideTimer()
    {
        return bench.router.GetTimer({SourceGroup(Bench::S, Bench::G), PimTimer::OVERRIDE});
    }

    /** (S,G) is joined on the SPT, (*,G) on the RPT, traffic has come on the SPT. */
    void ReachSpt()
    {
        JoinStarG();
        JoinSg();
        bench.Data(2);
        bench.environment.Forget();
    }

    Bench bench;
};

} // namespace ns3

#endif
