// SPDX-License-Identifier: GPL-2.0-only
// What `show` says of OSPF in a run, read back; routes against an oracle.
#ifndef VXLAN_MULTICAST_TEST_OSPF_SHOWN_H
#define VXLAN_MULTICAST_TEST_OSPF_SHOWN_H

#include "support/lab-run.h"
#include "support/route-oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>

namespace ns3
{

/** \returns what `show` printed at \p time on \p node, without the prompt. */
inline std::string
GetShown(const LabRun& run,
         const std::string& time,
         const std::string& node,
         const std::string& what)
{
    const std::string prompt = "[" + time + "s] " + node + "> show " + what + "\n";
    const std::string all = run.GetPrinted();
    const std::size_t at = all.find(prompt);
    if (at == std::string::npos)
    {
        return "not shown";
    }
    const std::size_t end = all.find("\n[", at + 1);
    return all.substr(at + prompt.size(),
                      end == std::string::npos ? end : end - at - prompt.size());
}

/** \returns state by address, as `show ospf4 neighbor` says. */
inline std::map<std::string, std::string>
ReadNeighbors(const std::string& shown)
{
    std::istringstream lines(shown);
    std::string line;
    std::getline(lines, line); // the heading
    std::map<std::string, std::string> states;
    while (std::getline(lines, line))
    {
        std::istringstream words(line);
        std::string address;
        std::string interface;
        std::string state;
        if (words >> address >> interface >> state)
        {
            states[address] = state;
        }
    }
    return states;
}

/** \returns the LSAs of `show ospf4 database` as "type id advertising-router seq checksum". */
inline std::set<std::string>
ReadDatabase(const std::string& shown)
{
    std::istringstream lines(shown);
    std::string line;
    std::set<std::string> lsas;
    while (std::getline(lines, line))
    {
        std::replace(line.begin(), line.end(), '*', ' ');
        std::istringstream words(line);
        std::string type;
        std::string id;
        std::string router;
        std::string sequence;
        std::string age;
        std::string options;
        std::string checksum;
        if (words >> type >> id >> router >> sequence >> age >> options >> checksum &&
            type != "Type" && type != "OSPF")
        {
            lsas.insert(type + " " + id + " " + router + " " + sequence + " " + checksum);
        }
    }
    return lsas;
}

/** \returns "prefix metric next_hop interface" of `show route table ipv4 unicast ospf`. */
inline std::set<std::string>
ReadRouteTable(const std::string& shown)
{
    std::istringstream lines(shown);
    std::string line;
    std::string route;
    std::set<std::string> routes;
    while (std::getline(lines, line))
    {
        std::istringstream words(line);
        std::string first;
        std::string second;
        std::string gateway;
        std::string via;
        std::string interface;
        words >> first >> second;
        if (first != ">")
        {
            // 10.0.0.0/8  [ospf(110)/METRIC]
            route = first + " " + second.substr(second.find('/') + 1);
            route.pop_back();
        }
        else if (words >> gateway >> via >> interface)
        {
            routes.insert(route + " " + gateway + " " + interface.substr(0, interface.find('/')));
        }
    }
    return routes;
}

inline std::size_t
CountType(const std::set<std::string>& lsas, const std::string& type)
{
    return static_cast<std::size_t>(
        std::count_if(lsas.begin(), lsas.end(), [&type](const std::string& lsa) {
            return lsa.rfind(type + " ", 0) == 0;
        }));
}

inline void
ExpectRoutes(LabRun& run, RouteOracle& oracle, const std::string& snapshot)
{
    EXPECT_EQ(oracle.Read(run.GetRows("routes", {{"snapshot", snapshot}})), oracle.GetRows())
        << snapshot;
}

} // namespace ns3

#endif
