// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5.4 to §4.5.7 (RPF changes) under traffic: the way of Registers and to the source
// (from the RP), the RP tree and the source's tree move, each when a link goes with and without
// notice, comes back, when a cost or a transit router changes.
#include "support/lab-change.h"

#include "ns3/ospf-helper.h"

using namespace ns3;

namespace
{

/**
 * h1 - a and d - h2, with two ways each from a to the RP p (b1, b2), from p to d (m1, m2) and from
 * a to d (n1, n2), of which the first is better.
 */
const std::string THREE_WAYS = R"(
node h1 kind=host
node h2 kind=host
node a staticRp="192.168.9.13 239.0.0.0/8"
node b1 staticRp="192.168.9.13 239.0.0.0/8"
node b2 staticRp="192.168.9.13 239.0.0.0/8"
node p staticRp="192.168.9.13 239.0.0.0/8"
node m1 staticRp="192.168.9.13 239.0.0.0/8"
node m2 staticRp="192.168.9.13 239.0.0.0/8"
node n1 staticRp="192.168.9.13 239.0.0.0/8"
node n2 staticRp="192.168.9.13 239.0.0.0/8"
node d staticRp="192.168.9.13 239.0.0.0/8"
lan 1 network=192.168.1.0/24
lan 2 network=192.168.2.0/24
lan 9 network=192.168.9.0/24
edge h1 1 address=192.168.1.1
edge a 1 address=192.168.1.11
edge p 9 address=192.168.9.13
edge d 2 address=192.168.2.15
edge h2 2 address=192.168.2.2
edge a b1 sourceInterface=b1 targetInterface=up
edge b1 p sourceInterface=down targetInterface=b1
edge a b2 cost=2 sourceInterface=b2 targetInterface=up
edge b2 p sourceInterface=down targetInterface=b2
edge p m1 sourceInterface=m1 targetInterface=up
edge m1 d sourceInterface=down targetInterface=m1
edge p m2 cost=2 sourceInterface=m2 targetInterface=up
edge m2 d sourceInterface=down targetInterface=m2
edge a n1 sourceInterface=n1 targetInterface=up
edge n1 d sourceInterface=down targetInterface=n1
edge a n2 cost=2 sourceInterface=n2 targetInterface=up
edge n2 d sourceInterface=down targetInterface=n2
)";

/** Which of the three ways changes, and whether packets of the trees are on it. */
struct RerouteCase
{
    const char* name;
    const char* trees;
    const char* from;
    const char* by;
    const char* other;
};

class PimReroute : public testing::TestWithParam<RerouteCase>
{
  protected:
    const std::string from = GetParam().from;
    const std::string by = GetParam().by;
    const std::string other = GetParam().other;

    std::string Head(int duration) const
    {
        return "duration: " + std::to_string(duration) + "\ntrees: " + GetParam().trees +
               "\nevents:\n" + JoinLine("h2", 50) + FlowLine("start", 60, 95);
    }

    std::string LinkName(const std::string& node) const
    {
        return from + "-" + node;
    }

    /** Packets go over one of the two ways alone, with or without Registers around them. */
    void ExpectTraffic(LabRun& run, const std::string& node, double at, bool there) const
    {
        std::size_t packets = 0;
        for (const LabPacket& packet : run.GetPackets(LinkName(node)))
        {
            const bool data = packet.header.GetDestination() == CHANGE_GROUP ||
                              packet.header.GetPayloadSize() > 120;
            packets += data && packet.time >= at && packet.time < at + 2 ? 1 : 0;
        }
        EXPECT_EQ(packets > 0, there) << LinkName(node) << " at " << at;
        EXPECT_LE(packets, 2 / CHANGE_INTERVAL + 1) << LinkName(node) << " at " << at;
    }
};

TEST_P(PimReroute, LinkGoesAndComesBack)
{
    LabRun run(THREE_WAYS,
               Head(150) + FlowLine("down", 95, 110) + LinkLine(from, by, "down", 100) +
                   FlowLine("up", 110, 145) + LinkLine(from, by, "up", 115));
    run.Watch(LinkName(by));
    run.Watch(LinkName(other));
    run.Run();
    ExpectTraffic(run, by, 97, true);
    ExpectTraffic(run, other, 97, false);
    ExpectTraffic(run, other, 107, true);
    ExpectTraffic(run, by, 142, true);
    ExpectTraffic(run, other, 142, false);
    ExpectCost(run, "down", "h2", SPF_DELAY + ROUND_TRIP);
    ExpectCost(run, "up", "h2", ROUND_TRIP);
}

TEST_P(PimReroute, LinkFallsSilent)
{
    LabRun run(THREE_WAYS,
               Head(250) + FlowLine("silence", 95, 145) + SilenceLine(from, by, 100, 150) +
                   FlowLine("heard", 145, 240));
    run.Run();
    ExpectCost(run, "silence", "h2", OSPF_DEAD + SPF_DELAY + ROUND_TRIP);
    ExpectCost(run, "heard", "h2", SPF_DELAY + ROUND_TRIP);
}

TEST_P(PimReroute, CostsChange)
{
    LabRun run(THREE_WAYS, Head(140) + FlowLine("worse", 95, 110) + FlowLine("better", 110, 130));
    run.Watch(LinkName(by));
    run.Watch(LinkName(other));
    const auto setCosts = [this](uint16_t cost) {
        for (const auto& [node, device] :
             {std::pair<std::string, std::string>{from, from + "/" + by}, {by, by + "/up"}})
        {
            Ptr<ns3::Node> router = Names::Find<ns3::Node>(node);
            const int32_t interface =
                router->GetObject<Ipv4>()->GetInterfaceForDevice(Names::Find<NetDevice>(device));
            OspfHelper::SetInterfaceCost(router, static_cast<uint32_t>(interface), cost);
        }
    };
    Simulator::Schedule(Seconds(100), [setCosts] { setCosts(20); });
    Simulator::Schedule(Seconds(120), [setCosts] { setCosts(1); });
    run.Run();
    ExpectTraffic(run, other, 107, true);
    ExpectTraffic(run, by, 107, false);
    ExpectTraffic(run, by, 127, true);
    ExpectTraffic(run, other, 127, false);
    ExpectCost(run, "worse", "h2", ROUND_TRIP);
    ExpectCost(run, "better", "h2", ROUND_TRIP);
}

TEST_P(PimReroute, TransitRouterCrashesAndReturns)
{
    LabRun run(THREE_WAYS,
               Head(240) + FlowLine("crash", 95, 145) + NodeLine(by, "down", 100) +
                   FlowLine("return", 195, 230) + NodeLine(by, "up", 200));
    run.Run();
    ExpectCost(run, "crash", "h2", OSPF_DEAD + SPF_DELAY + ROUND_TRIP);
    // Routes may lead to it again before its first PIM Hello has come.
    ExpectCost(run, "return", "h2", SPF_DELAY + TRIGGERED_HELLO + ROUND_TRIP);
}

TEST_P(PimReroute, TransitRouterRestartsBeforeItIsMissed)
{
    LabRun run(THREE_WAYS,
               Head(160) + FlowLine("restart", 95, 150) + NodeLine(by, "down", 100) +
                   NodeLine(by, "up", 101));
    run.Run();
    // Neighbours see at its first OSPF Hello, or miss it within a Hello's interval, and go round
    // it.
    ExpectCost(run, "restart", "h2", 1 + OSPF_ADJACENCY + SPF_DELAY + ROUND_TRIP);
}

INSTANTIATE_TEST_SUITE_P(
    Ways,
    PimReroute,
    testing::Values(RerouteCase{"Registers", "rpt-register", "a", "b1", "b2"},
                    RerouteCase{"RpToSource", "rpt", "a", "b1", "b2"},
                    RerouteCase{"RpTree", "rpt", "p", "m1", "m2"},
                    RerouteCase{"RpTreeOfRegisters", "rpt-register", "p", "m1", "m2"},
                    RerouteCase{"SourceTree", "spt", "a", "n1", "n2"}),
    [](const auto& one) { return std::string(one.param.name); });

} // namespace
