// SPDX-License-Identifier: GPL-2.0-only
// What a change costs traffic: flows around it, and how many packets may get lost and come twice.
#ifndef VXLAN_MULTICAST_TEST_LAB_CHANGE_H
#define VXLAN_MULTICAST_TEST_LAB_CHANGE_H

#include "support/lab-run.h"

#include <gtest/gtest.h>

#include <cmath>

namespace ns3
{

/** The group of a LabChange's flows. */
inline const Ipv4Address CHANGE_GROUP("239.0.0.10");
/** Seconds from packet to packet: what a loss of 1 stands for. */
constexpr double CHANGE_INTERVAL = 0.02;
/** SPF delay, and the hold before a second calculation (attributes of ns3::OspfRouting). */
constexpr double SPF_DELAY = 0.05;
constexpr double SPF_HOLD = 0.2;
/** RouterDeadInterval: an OSPF neighbour that falls silent is noticed. */
constexpr double OSPF_DEAD = 40;
/** An adjacency forms again: HelloInterval, RxmtInterval and MinLSInterval of RFC 2328. */
constexpr double OSPF_ADJACENCY = 10 + 5 + 5;
/** Holdtime of PIM Hellos. */
constexpr double PIM_HOLDTIME = 105;
/** Triggered_Hello_Delay and t_override at most (RFC 7761 §4.11). */
constexpr double TRIGGERED_HELLO = 5;
constexpr double OVERRIDE = 2.5;
/** Max Response Time: members tell a router that has booted (RFC 3376 §8.3). */
constexpr double QUERY_RESPONSE = 10;
/** A round trip through a lab, rounded up, far below a packet's interval. */
constexpr double ROUND_TRIP = 0.005;

/** \returns YAML of a flow from \p node to CHANGE_GROUP, a packet every CHANGE_INTERVAL. */
inline std::string
FlowLine(const std::string& name, double from, double until, const std::string& node = "h1")
{
    std::ostringstream yaml;
    yaml << "  - {at: " << from << ", send: {node: " << node << ", group: " << CHANGE_GROUP
         << ", size: 100, interval: " << CHANGE_INTERVAL << ", until: " << until
         << ", name: " << name << "}}\n";
    return yaml.str();
}

/** \returns YAML: a node joins CHANGE_GROUP. */
inline std::string
JoinLine(const std::string& node, double at)
{
    std::ostringstream yaml;
    yaml << "  - {at: " << at << ", join: {node: " << node << ", group: " << CHANGE_GROUP << "}}\n";
    return yaml.str();
}

/** \returns YAML: a node crashes ("down") or boots ("up"). */
inline std::string
NodeLine(const std::string& name, const std::string& state, double at)
{
    std::ostringstream yaml;
    yaml << "  - {at: " << at << ", node: {name: " << name << ", state: " << state << "}}\n";
    return yaml.str();
}

/** \returns YAML: the link of two nodes goes down or up, and they see it. */
inline std::string
LinkLine(const std::string& a, const std::string& b, const std::string& state, double at)
{
    std::ostringstream yaml;
    yaml << "  - {at: " << at << ", link: {between: [" << a << ", " << b << "], state: " << state
         << "}}\n";
    return yaml.str();
}

/** \returns YAML: the link of two nodes loses everything, and nobody is told. */
inline std::string
SilenceLine(const std::string& a, const std::string& b, double from, double until)
{
    std::ostringstream yaml;
    yaml << "  - {at: " << from << ", loss: {between: [" << a << ", " << b
         << "], rate: 1, until: " << until << "}}\n";
    return yaml.str();
}

/** \returns how many packets some seconds may cost: one more, as both ends may be cut. */
inline double
Packets(double seconds)
{
    return seconds <= 0 ? 0 : std::ceil(seconds / CHANGE_INTERVAL) + 1;
}

/** A flow's losses at a receiver are those of \p seconds at most, its duplicates one at most. */
inline void
ExpectCost(LabRun& run, const std::string& flow, const std::string& receiver, double seconds)
{
    const LabRow where{{"flow", flow}, {"receiver", receiver}};
    EXPECT_GT(run.GetNumber("deliveries", where, "received"), 0) << flow << " at " << receiver;
    EXPECT_LE(run.GetNumber("deliveries", where, "lost"), Packets(seconds))
        << flow << " at " << receiver;
    EXPECT_LE(run.GetNumber("deliveries", where, "duplicates"), 1) << flow << " at " << receiver;
    EXPECT_EQ(run.GetCell("deliveries", where, "reordered"), "0") << flow << " at " << receiver;
}

/** Nothing of a flow gets lost or comes twice. */
inline void
ExpectNoCost(LabRun& run, const std::string& flow, const std::string& receiver)
{
    const LabRow where{{"flow", flow}, {"receiver", receiver}};
    EXPECT_GT(run.GetNumber("deliveries", where, "received"), 0) << flow << " at " << receiver;
    EXPECT_EQ(run.GetCell("deliveries", where, "lost"), "0") << flow << " at " << receiver;
    EXPECT_EQ(run.GetCell("deliveries", where, "duplicates"), "0") << flow << " at " << receiver;
}

/** \returns the first of \p times that is not before \p from, or infinity. */
inline double
FirstFrom(const std::vector<double>& times, double from)
{
    double first = HUGE_VAL;
    for (double time : times)
    {
        first = time >= from ? std::min(first, time) : first;
    }
    return first;
}

/** \returns when the first packet to CHANGE_GROUP after \p from went over a network. */
inline double
FirstDatum(const LabRun& run, const std::string& network, double from)
{
    std::vector<double> times;
    for (const LabDatum& datum : run.GetData(network, CHANGE_GROUP))
    {
        times.push_back(datum.time);
    }
    return FirstFrom(times, from);
}

} // namespace ns3

#endif
