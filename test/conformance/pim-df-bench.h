// SPDX-License-Identifier: GPL-2.0-only
// An election of a Designated Forwarder under test. Random delays are in the middle of their range:
// OPlow is 75 ms.
#ifndef VXLAN_MULTICAST_TEST_PIM_DF_BENCH_H
#define VXLAN_MULTICAST_TEST_PIM_DF_BENCH_H

#include "support/fake-pim-environment.h"
#include "support/outbox.h"

#include "ns3/pim-df-election.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace ns3
{

/** One machine, of metric 10 unless told otherwise; nothing of a message but its metric matters. */
class Pim5015Df : public testing::Test
{
  protected:
    using State = PimDfState;
    using Subtype = PimDfElection::Subtype;

    static inline const Ipv4Address RPA{"10.6.6.6"};
    static inline const Ipv4Address ME{"10.0.1.5"};
    static inline const Ipv4Address A{"10.0.1.2"};
    static inline const Ipv4Address B{"10.0.1.9"};
    static inline const Ipv4Address NOBODY = Ipv4Address::GetAny();
    static inline const Time OP_LOW = MilliSeconds(75);
    static inline const Time OP_HIGH = MilliSeconds(300);
    static inline const Time BO_PERIOD = Seconds(1);
    using Subtypes = std::vector<Subtype>;

    void TearDown() override
    {
        sent.ExpectNothingElse();
    }

    void Make(uint32_t metric = 10)
    {
        machine = std::make_unique<PimDfElectionMachine>(
            environment,
            config,
            RPA,
            Metric(metric),
            Seconds(0),
            [this](const PimDfElection& message) { sent.Add(message); },
            [this] { told.push_back(machine->GetDf()); });
    }

    static PimDfMetric Metric(uint32_t metric)
    {
        return metric == INFINITE ? PimDfMetric{0x7fffffff, 0xffffffff, ME}
                                  : PimDfMetric{110, metric, ME};
    }

    void Receive(Subtype subtype,
                 Ipv4Address source,
                 uint32_t metric,
                 Ipv4Address target = NOBODY,
                 uint32_t targetMetric = 0)
    {
        PimDfElection message;
        message.subtype = subtype;
        message.rpAddress = RPA;
        message.senderPreference = metric == INFINITE ? 0x7fffffff : 110;
        message.senderMetric = metric;
        message.otherAddress = target;
        message.otherPreference = 110;
        message.otherMetric = targetMetric;
        message.interval = 1000;
        sent.Forget();
        machine->Receive(message, source);
    }

    void Advance(Time time)
    {
        environment.clock.Advance(time);
    }

    std::vector<Subtype> Sent() const
    {
        std::vector<Subtype> subtypes;
        for (const PimDfElection& message : sent.Get())
        {
            subtypes.push_back(message.subtype);
        }
        return subtypes;
    }

    void MakeWinner()
    {
        Make();
        Advance(4 * OP_LOW);
        ASSERT_EQ(machine->GetState(), State::WIN);
        sent.Forget();
    }

    /** \returns a machine in Lose: A is DF, with a metric of 5. */
    void MakeLoser()
    {
        Make();
        Receive(Subtype::WINNER, A, 5);
        ASSERT_EQ(machine->GetState(), State::LOSE);
    }

    /** A machine in Backoff: A has offered 5. */
    void MakeBackoff()
    {
        MakeWinner();
        Receive(Subtype::OFFER, A, 5);
        ASSERT_EQ(machine->GetState(), State::BACKOFF);
        Advance(MilliSeconds(100));
        sent.Forget();
    }

    void ExpectRestarted(Ipv4Address df)
    {
        EXPECT_EQ(machine->GetState(), State::OFFER);
        EXPECT_EQ(machine->GetTimer(), OP_LOW);
        EXPECT_EQ(machine->GetDf(), df);
        EXPECT_FALSE(machine->IAmDf());
        sent.Forget();
        Advance(3 * OP_LOW);
        EXPECT_EQ(Sent(), (std::vector<Subtype>(3, Subtype::OFFER))) << "MC=0";
    }

    static constexpr uint32_t INFINITE = 0xffffffff;
    FakePimEnvironment environment;
    PimDfConfig config;
    Outbox<PimDfElection> sent;
    std::vector<Ipv4Address> told;
    std::unique_ptr<PimDfElectionMachine> machine;
};

} // namespace ns3

#endif
