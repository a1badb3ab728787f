// SPDX-License-Identifier: GPL-2.0-only
// The R/E/C lab: costs and every equal-cost next hop as FRR's ospfd had them on the same network.
#include "ns3/topology-graph.h"
#include "ns3/topology-loader.h"
#include "ospf-lab.h"

namespace ns3
{

namespace
{

const TopologyGraph&
Lab()
{
    static const TopologyGraph lab = LoadTopology("rec-lab");
    return lab;
}

/** \returns the number that the topology names a LAN by. */
uint32_t
GetNumber(const TopologyNetwork& lan)
{
    return static_cast<uint32_t>(std::stoul(lan.name));
}

/** Per node, in the order of the networks: cost and next hops, `-` when connected. */
const std::vector<std::string> REFERENCE = {
    "1 - | 4 e1 | 4 e1 | 2 e1 | 3 e1 | 4 e1 | 2 e1 | 4 e1 | 3 e1 | 3 e1 | 3 e1 | 3 e1",
    "4 e2 | 1 - | 4 e2 | 3 e2 | 2 e2 | 3 e2 | 4 e2 | 2 e2 | 4 e2 | 3 e2 | 3 e2 | 3 e2",
    "4 e3 | 4 e3 | 1 - | 4 e3 | 4 e3 | 2 e3 | 3 e3 | 3 e3 | 2 e3 | 3 e3 | 3 e3 | 3 e3",
    "1 - | 3 c1 | 3 c3 | 1 - | 2 c1 | 3 c1+c3 | 1 - | 3 c1+c3 | 2 c3 | 2 c1+c3 | 2 c1 | 2 c3",
    "3 c1 | 1 - | 3 c2 | 2 c1 | 1 - | 2 c2 | 3 c1+c2 | 1 - | 3 c1+c2 | 2 c1 | 2 c1+c2 | 2 c2",
    "3 c3 | 3 c2 | 1 - | 3 c2+c3 | 3 c2+c3 | 1 - | 2 c3 | 2 c2 | 1 - | 2 c3 | 2 c2 | 2 c2+c3",
    "2 e1 | 2 e2 | 3 c2+c3 | 1 - | 1 - | 2 c2 | 2 c3+e1 | 2 c2+e2 | 2 c3 | 1 - | 1 - | 2 c2+c3",
    "3 c1+c3 | 2 e2 | 2 e3 | 2 c1 | 2 c1+e2 | 1 - | 2 c3 | 1 - | 2 c3+e3 | 2 c1+c3 | 1 - | 1 -",
    "2 e1 | 3 c1+c2 | 2 e3 | 2 c1+e1 | 2 c1 | 2 c2+e3 | 1 - | 2 c2 | 1 - | 1 - | 2 c1+c2 | 1 -"};

} // namespace

class OspfReferenceTest : public OspfLab
{
  protected:
    std::string Describe(std::size_t router) const
    {
        std::string row;
        for (const TopologyNetwork& lan : Lab().networks)
        {
            const UnicastRoute* route = Route(router, GetNumber(lan));
            std::set<std::string> names;
            for (const UnicastNextHop& hop : route->nextHops)
            {
                // The last byte of an address is the router's number plus one.
                names.insert(hop.gateway == Ipv4Address::GetAny()
                                 ? "-"
                                 : Lab().nodes[(hop.gateway.Get() & 0xff) - 1].name);
            }
            row += (row.empty() ? "" : " | ") + std::to_string(route->metric);
            std::string separator = " ";
            for (const std::string& name : names)
            {
                row += separator + name;
                separator = "+";
            }
        }
        return row;
    }
};

TEST_F(OspfReferenceTest, RoutesOfAllNineNodes)
{
    const TopologyGraph& lab = Lab();
    MakeRouters(lab.nodes.size());
    for (const TopologyNetwork& lan : lab.networks)
    {
        Lan(GetNumber(lan),
            {lab.attachments[lan.attachments[0]].node, lab.attachments[lan.attachments[1]].node});
    }
    RunUntil(60);
    for (std::size_t router = 0; router < lab.nodes.size(); ++router)
    {
        EXPECT_EQ(Describe(router), REFERENCE[router]) << lab.nodes[router].name;
        EXPECT_EQ(Ospf(router)->GetRoutes().size(), lab.networks.size());
    }
    EXPECT_EQ(CountEvents("neighbor-full"), 2 * lab.networks.size());
    for (uint32_t network : {11u, 12u, 101u, 102u})
    {
        EXPECT_EQ(CountNeighbors(6, network, OspfNeighborState::FULL), 1u);
    }
    EXPECT_EQ(Drops(), "");
}

} // namespace ns3
