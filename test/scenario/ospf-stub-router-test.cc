// SPDX-License-Identifier: GPL-2.0-only
// RFC 6987 in the simulator: a VTEP with several legs is an end of paths, not a part of them.
#include "support/lab-run.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/** From e1 to e2 it is as far over v, of kind \p kind, as over c: s - e1 - (c | v) - e2 - r. */
std::string
MakeRing(const std::string& kind)
{
    return "node s kind=host\nnode r kind=host\nnode e1 staticRp=\"10.0.6.1 239.0.0.0/8\"\n"
           "node e2 staticRp=\"10.0.6.1 239.0.0.0/8\"\nnode c staticRp=\"10.0.6.1 239.0.0.0/8\"\n"
           "node v kind=" +
           kind + R"(
lan 1 network=10.0.1.0/24
lan 3 network=10.0.3.0/24
lan 4 network=10.0.4.0/24
lan 5 network=10.0.5.0/24
lan 6 network=10.0.6.0/24
lan 7 network=10.0.7.0/24
lan 8 network=10.0.8.0/24
edge s 1 address=10.0.1.1
edge e1 1 address=10.0.1.2
edge e1 3 address=10.0.3.1
edge c 3 address=10.0.3.2
edge c 4 address=10.0.4.1
edge e2 4 address=10.0.4.2
edge e1 7 address=10.0.7.1
edge v 7 address=10.0.7.9
edge e2 8 address=10.0.8.1
edge v 8 address=10.0.8.9
edge e2 5 address=10.0.5.1
edge r 5 address=10.0.5.2
edge e1 6 address=10.0.6.1
)";
}

const std::string TRAFFIC = R"(
duration: 160
trees: spt
events:
  - {at: 100, join: {node: r, group: 239.7.7.7}}
  - {at: 110, send: {node: s, group: 239.7.7.7, rate: 16kbps, size: 200, until: 150, name: flow}}
  - {at: 155, snapshot: end}
)";

/** \returns "metric next-hop …" of the routes of \p node to \p prefix. */
std::string
GetRoutes(const LabRun& run, const std::string& node, const std::string& prefix)
{
    std::string routes;
    for (const LabRow& row : run.GetRows("routes", {{"node", node}, {"prefix", prefix}}))
    {
        routes += (routes.empty() ? row.at("metric") : "") + " " + row.at("next_hop");
    }
    return routes;
}

TEST(OspfStubRouter, AVtepOfTwoLegsIsNoPartOfPaths)
{
    LabRun run(MakeRing("vtep"), TRAFFIC);
    run.Run();
    EXPECT_EQ(GetRoutes(run, "e2", "10.0.6.0/24"), "3 10.0.4.1");
    EXPECT_EQ(GetRoutes(run, "e1", "10.0.5.0/24"), "3 10.0.3.2");
    EXPECT_EQ(GetRoutes(run, "e2", "10.0.7.0/24"), "3 10.0.4.1") << "a leg of it, the long way";
    EXPECT_EQ(GetRoutes(run, "v", "10.0.6.0/24"), "2 10.0.7.1") << "its own routes stay";
    EXPECT_EQ(GetRoutes(run, "v", "10.0.5.0/24"), "2 10.0.8.1");
    EXPECT_EQ(GetRoutes(run, "c", "10.0.8.0/24"), "2 10.0.4.2");
    EXPECT_EQ(run.GetCell("tib", {{"node", "e2"}, {"kind", "*,G"}}, "upstream_neighbor"),
              "10.0.4.1");
    EXPECT_EQ(run.GetCell("deliveries", {{"receiver", "r"}}, "lost"), "0");
    EXPECT_EQ(run.GetCell("deliveries", {{"receiver", "r"}}, "received"), "400");
}

TEST(OspfStubRouter, ARouterInItsPlaceIsOne)
{
    LabRun run(MakeRing("router"), TRAFFIC);
    run.Run();
    EXPECT_EQ(GetRoutes(run, "e2", "10.0.6.0/24"), "3 10.0.4.1 10.0.8.9");
}

TEST(OspfStubRouter, ItsOwnRoutesFollowACostThatItsLsaDoesNotHave)
{
    LabRun run(MakeRing("vtep"),
               "duration: 160\nevents:\n"
               "  - {at: 60, cost: {node: v, interface: eth0, value: 5}}\n"
               "  - {at: 155, snapshot: end}\n");
    run.Run();
    EXPECT_EQ(GetRoutes(run, "v", "10.0.6.0/24"), "4 10.0.8.1");
}

TEST(OspfStubRouter, WhatTheNodeIsToldComesFirst)
{
    LabRun run(MakeRing("vtep"),
               TRAFFIC + "nodes: {v: {ns3::OspfRouting::StubRouter: false},"
                         " c: {ns3::OspfRouting::StubRouter: true}}\n");
    run.Run();
    EXPECT_EQ(GetRoutes(run, "e2", "10.0.6.0/24"), "3 10.0.8.9");
}

TEST(OspfStubRouter, WhereNothingElseIsLeftItIsCrossed)
{
    LabRun run(MakeRing("vtep"),
               "duration: 160\nevents:\n"
               "  - {at: 60, link: {network: 3, state: down}}\n"
               "  - {at: 155, snapshot: end}\n");
    run.Run();
    EXPECT_EQ(GetRoutes(run, "e2", "10.0.6.0/24"), "65537 10.0.8.9");
}

} // namespace
