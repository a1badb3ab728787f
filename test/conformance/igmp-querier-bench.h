// SPDX-License-Identifier: GPL-2.0-only
// A querier under test, 192.168.1.11, with what it sends and reports.
#ifndef VXLAN_MULTICAST_TEST_IGMP_QUERIER_BENCH_H
#define VXLAN_MULTICAST_TEST_IGMP_QUERIER_BENCH_H

#include "support/fake-igmp-environment.h"

#include "ns3/igmp-querier.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ns3
{

class IgmpQuerierTest : public testing::Test
{
  protected:
    static inline const Ipv4Address G{"239.0.0.10"};
    static inline const Ipv4Address H{"239.0.0.11"};
    static inline const Ipv4Address A{"10.0.0.1"};
    static inline const Ipv4Address B{"10.0.0.2"};
    static inline const Ipv4Address C{"10.0.0.3"};
    static inline const Ipv4Address HOST{"192.168.1.100"};
    static inline const Ipv4Address LOWER{"192.168.1.1"};
    static inline const Ipv4Address HIGHER_THAN_LOWER{
        "192.168.1.2"}; // and lower than the router's own
    static inline const Ipv4Address HIGHER{"192.168.1.200"};
    static constexpr auto INCLUDE = IgmpFilterMode::INCLUDE;
    static constexpr auto EXCLUDE = IgmpFilterMode::EXCLUDE;
    using Sent = std::vector<std::string>;
    using Type = IgmpRecordType;
    using State = IgmpQuerier::State;

    static inline const std::string GENERAL = " 224.0.0.1 v3 Query 0.0.0.0 QRV 2 QQI 125 {}";
    static inline const std::string SPECIFIC = " 239.0.0.10 v3 Query 239.0.0.10 QRV 2 QQI 125 {";
    static inline const std::string SUPPRESSED =
        " 239.0.0.10 v3 Query 239.0.0.10 S QRV 2 QQI 125 {";

    IgmpQuerierTest()
        : environment(clock),
          querier(environment, FakeIgmpEnvironment::INTERFACE, config)
    {
    }

    void TearDown() override
    {
        environment.ExpectNothingElse();
    }

    /** Starts, and lets the start-up pass: the time is 40 s, the next general Query at 156.25 s. */
    void Start()
    {
        querier.Start();
        clock.Advance(Seconds(40));
        environment.Take();
    }

    /** \returns empty, or why (part of) the message was ignored. */
    std::string Receive(Ipv4Address source, const IgmpMessage& message)
    {
        return EnumName(querier.Receive(source, message));
    }

    std::string Report(Type type, const std::vector<Ipv4Address>& sources = {})
    {
        return Receive(HOST, MakeIgmpReport(type, G, sources));
    }

    std::string Old(IgmpMessage::Type type, Ipv4Address group = G)
    {
        return Receive(HOST, MakeIgmpOldMessage(type, group));
    }

    Sent After(double seconds)
    {
        clock.Advance(Seconds(seconds));
        return environment.Take();
    }

    bool HasGroup() const
    {
        return querier.FindGroup(G) != nullptr;
    }

    FakeClock clock;
    FakeIgmpEnvironment environment;
    IgmpConfig config;
    IgmpQuerier querier;
    Sent& heard{environment.heard};
    Sent& queriers{environment.queriers};
};

using Igmp3376Querier = IgmpQuerierTest;
using Igmp2236Querier = IgmpQuerierTest;
using Igmp4604Querier = IgmpQuerierTest;

} // namespace ns3

#endif
