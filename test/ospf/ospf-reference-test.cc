// SPDX-License-Identifier: GPL-2.0-only
// The R/E/C lab: costs and every equal-cost next hop as FRR's ospfd had them on the same network.
#include "ospf-lab.h"

namespace ns3
{

namespace
{

const std::vector<std::string> NAMES = {"r1", "r2", "r3", "e1", "e2", "e3", "c1", "c2", "c3"};

struct LabLan
{
    uint32_t network;
    std::size_t a;
    std::size_t b;
};

const std::vector<LabLan> LANS = {{1, 0, 3},
                                  {2, 1, 4},
                                  {3, 2, 5},
                                  {11, 3, 6},
                                  {12, 4, 6},
                                  {13, 5, 7},
                                  {21, 3, 8},
                                  {22, 4, 7},
                                  {23, 5, 8},
                                  {101, 6, 8},
                                  {102, 6, 7},
                                  {103, 7, 8}};

/** Per node, in the order of LANS: cost and next hops, `-` when connected. */
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
        for (const LabLan& lan : LANS)
        {
            const UnicastRoute* route = Route(router, lan.network);
            std::set<std::string> names;
            for (const UnicastNextHop& hop : route->nextHops)
            {
                // The last byte of an address is the router's number plus one.
                names.insert(hop.gateway == Ipv4Address::GetAny()
                                 ? "-"
                                 : NAMES[(hop.gateway.Get() & 0xff) - 1]);
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
    MakeRouters(NAMES.size());
    for (const LabLan& lan : LANS)
    {
        Lan(lan.network, {lan.a, lan.b});
    }
    RunUntil(60);
    for (std::size_t router = 0; router < NAMES.size(); ++router)
    {
        EXPECT_EQ(Describe(router), REFERENCE[router]) << NAMES[router];
        EXPECT_EQ(Ospf(router)->GetRoutes().size(), LANS.size());
    }
    EXPECT_EQ(CountEvents("neighbor-full"), 2 * LANS.size());
    for (uint32_t network : {11u, 12u, 101u, 102u})
    {
        EXPECT_EQ(CountNeighbors(6, network, OspfNeighborState::FULL), 1u);
    }
    EXPECT_EQ(Drops(), "");
}

} // namespace ns3
