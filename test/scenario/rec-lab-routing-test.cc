// SPDX-License-Identifier: GPL-2.0-only
// The R/E/C lab from a cold start: OSPF's routes as real daemons had them, BSR and RP.
#include "support/lab-program.h"
#include "support/paths.h"

#define BOOST_BIND_GLOBAL_PLACEHOLDERS // which Boost 1.74 itself uses there
#include <boost/property_tree/json_parser.hpp>

using namespace ns3;

namespace
{

/** Nothing but routing. */
const std::string COLD_START = R"(
duration: 150s
events:
  - {at: 60s, show: {node: c1, what: ospf4 neighbor}}
  - {at: 60s, snapshot: ospf}
  - {at: 90s, snapshot: rp}
  - {at: 150s, snapshot: set}
)";

const std::set<std::string> ROUTERS = {"c1", "c2", "c3", "e1", "e2", "e3"};

/** \returns "node prefix cost: hop(interface) …" of FRR's ospfd, as recorded. */
std::set<std::string>
ReadGolden(const std::string& file)
{
    boost::property_tree::ptree golden;
    boost::property_tree::read_json(file, golden);
    std::set<std::string> routes;
    for (const auto& [node, prefixes] : golden)
    {
        for (const auto& [prefix, route] : prefixes)
        {
            std::set<std::string> hops;
            for (const auto& hop : route.get_child("nexthops"))
            {
                hops.insert(hop.second.data());
            }
            std::string text = node + " " + prefix + " " + route.get<std::string>("cost") + ":";
            for (const std::string& hop : hops)
            {
                text += " " + hop;
            }
            routes.insert(text);
        }
    }
    return routes;
}

/** \returns the node with an address of the lab: its last byte says which. */
std::string
GetOwner(const std::string& address)
{
    static const std::map<std::string, std::string> owners = {{"1", "r1"},
                                                              {"2", "r2"},
                                                              {"3", "r3"},
                                                              {"11", "e1"},
                                                              {"22", "e2"},
                                                              {"33", "e3"},
                                                              {"111", "c1"},
                                                              {"122", "c2"},
                                                              {"133", "c3"}};
    return address.empty() ? "direct" : owners.at(address.substr(address.rfind('.') + 1));
}

/** \returns the rows of a snapshot in routes.csv in ReadGolden's form. */
std::set<std::string>
ReadRoutes(const TableFolder& tables, const std::string& snapshot)
{
    std::map<std::string, std::set<std::string>> hops;
    for (const LabRow& row : tables.GetRows("routes", {{"snapshot", snapshot}}))
    {
        hops[row.at("node") + " " + row.at("prefix") + " " + row.at("metric") + ":"].insert(
            GetOwner(row.at("next_hop")) + "(" + row.at("interface") + ")");
    }
    std::set<std::string> routes;
    for (const auto& [route, names] : hops)
    {
        std::string text = route;
        for (const std::string& name : names)
        {
            text += " " + name;
        }
        routes.insert(text);
    }
    return routes;
}

TEST(RecLab, RoutesEqualRealOspfd)
{
    const LabProgram run(COLD_START);
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const auto golden = ReadGolden(SOURCE_DIR "/test/topology/rec-lab-routes.json");
    EXPECT_EQ(golden.size(), 9u * 12);
    EXPECT_EQ(ReadRoutes(run.GetTables(), "ospf"), golden);
    EXPECT_EQ(ReadRoutes(run.GetTables(), "set"), golden);
    const std::string recorded = SOURCE_DIR "/../shared/reference-lab/golden/ospf/routes-A.json";
    if (std::filesystem::exists(recorded))
    {
        EXPECT_EQ(ReadGolden(recorded), golden);
    }
}

TEST(RecLab, StaticUnderlayHasTheRoutesOfOspf)
{
    const LabProgram run("duration: 1s\nunderlay: static\nevents:\n  - {at: 1s, snapshot: s}\n");
    EXPECT_EQ(ReadRoutes(run.GetTables(), "s"),
              ReadGolden(SOURCE_DIR "/test/topology/rec-lab-routes.json"));
    EXPECT_EQ(run->GetCells("routes", {}, "protocol"),
              (std::set<std::string>{"connected", "static"}));
}

TEST(RecLab, FourFullNeighboursAtC1)
{
    const LabProgram run(COLD_START);
    EXPECT_EQ(run->GetRows("events", {{"node", "c1"}, {"event", "neighbor-full"}}).size(), 4u);
    EXPECT_EQ(run->GetRows("events", {{"event", "neighbor-full"}}).size(), 24u);
    EXPECT_TRUE(run->GetRows("events", {{"event", "neighbor-down"}}).empty());
    std::istringstream shown(run.GetOut());
    int full = 0;
    for (std::string line; std::getline(shown, line);)
    {
        full += line.find(" Full ") != std::string::npos;
    }
    EXPECT_EQ(full, 4) << run.GetOut();
}

TEST(RecLab, RpKnownEverywhereWithin90Seconds)
{
    for (const std::string seed : {"1", "2", "3", "4", "5"})
    {
        const LabProgram run(COLD_START, REC_LAB, "--RngRun=" + seed);
        const LabRow rp = {{"snapshot", "rp"}, {"rp", "192.168.101.133"}};
        EXPECT_EQ(run->GetCells("rp", rp, "node"), ROUTERS) << seed;
        EXPECT_EQ(run->GetCells("rp", rp, "bsr"), std::set<std::string>{"192.168.101.133"});
        EXPECT_EQ(run->GetCells("rp", rp, "bsr_priority"), std::set<std::string>{"10"});
        EXPECT_EQ(run->GetCells("rp", rp, "rp_priority"), std::set<std::string>{"100"});
        EXPECT_EQ(run->GetCells("rp", rp, "group_prefix"), std::set<std::string>{"239.0.0.0/8"});
        EXPECT_EQ(run->GetCells("rp", rp, "holdtime_s"), std::set<std::string>{"150"});
    }
}

TEST(RecLab, RpSetHoldsAllCandidatesWithin150Seconds)
{
    for (const std::string seed : {"1", "2", "3", "4", "5"})
    {
        const LabProgram run(COLD_START, REC_LAB, "--RngRun=" + seed);
        for (const std::string& node : ROUTERS)
        {
            EXPECT_EQ(
                run->GetCells("rp", {{"snapshot", "set"}, {"node", node}}, "rp"),
                (std::set<std::string>{"192.168.101.111", "192.168.101.133", "192.168.102.122"}))
                << node << ", seed " << seed;
        }
    }
}

TEST(RecLab, RpOfAGroupIsTheLowestPriority)
{
    const LabProgram run("duration: 95s\nevents:\n"
                         "  - {at: 90s, join: {node: r2, group: 239.0.0.10}}\n"
                         "  - {at: 95s, snapshot: s}\n");
    EXPECT_EQ(run->GetCells("tib", {}, "rp"), std::set<std::string>{"192.168.101.133"});
}

} // namespace
