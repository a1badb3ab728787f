// SPDX-License-Identifier: GPL-2.0-only
// Routers of RFC 5059 under test: a candidate BSR, and one that is none.
#ifndef VXLAN_MULTICAST_TEST_PIM_BSR_FIXTURES_H
#define VXLAN_MULTICAST_TEST_PIM_BSR_FIXTURES_H

#include "support/pim-bsr-bench.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ns3
{

/** A router of RFC 5059 under test. */
class Rfc5059Router : public testing::Test
{
  protected:
    using State = PimBsrState;
    using Interfaces = std::vector<uint32_t>;
    using Drops = std::vector<std::string>;

    static inline const Interfaces EVERYWHERE{1, 2, 3};

    void TearDown() override
    {
        bench.ExpectNothingElse();
    }

    PimBsrBench bench;
};

/** This router is a candidate of priority 64: it outweighs BSR_1 and BSR_2 by its address. */
class Rfc5059Candidate : public Rfc5059Router
{
  protected:
    Rfc5059Candidate()
    {
        bench.BecomeCandidateBsr(64);
        bench.machine.Start();
    }

    void BecomeElected()
    {
        bench.Advance(6);
        ASSERT_EQ(bench.State(), State::ELECTED);
        bench.environment.Forget();
    }

    void BecomeCandidate()
    {
        bench.Receive(bench.Message(PimBsrBench::BSR_1, 100));
        ASSERT_EQ(bench.State(), State::CANDIDATE);
        bench.environment.Forget();
    }
};

/** A router that is no candidate. */
class Rfc5059NonCandidate : public Rfc5059Router
{
  protected:
    Rfc5059NonCandidate()
    {
        bench.machine.Start();
    }
};

} // namespace ns3

#endif
