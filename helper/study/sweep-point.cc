// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/sweep-point.h"

#include <algorithm>
#include <set>

namespace ns3
{

const std::vector<RowColumn<SweepPoint>>&
GetSweepPointColumns()
{
    static const std::vector<RowColumn<SweepPoint>> columns = {
        {"topology", &SweepPoint::topology},
        {"vnis", &SweepPoint::vnis},
        {"groups", &SweepPoint::groups},
        {"tree", &SweepPoint::tree},
        {"members_per_vni", &SweepPoint::members},
        {"mapping", &SweepPoint::mapping},
        {"placement", &SweepPoint::placement},
        {"senders", &SweepPoint::senders},
        {"frames", &SweepPoint::frames},
        {"capacity", &SweepPoint::capacity},
        {"capacity_policy",
         [](const SweepPoint& point) {
             return point.capacity.empty() ? "" : point.capacityPolicy;
         }},
        {"seed", &SweepPoint::seed},
        {"control", &SweepPoint::control},
        {"vms",
         [](const SweepPoint& point) { return point.control ? std::to_string(point.vms) : ""; }},
    };
    return columns;
}

const std::vector<std::string>&
GetSweepKeyColumns()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const RowColumn<SweepPoint>& column : GetSweepPointColumns())
        {
            all.push_back(column.name);
        }
        return all;
    }();
    return names;
}

std::vector<std::string>
GetSweepKey(const SweepPoint& point)
{
    std::vector<std::string> key;
    for (const RowColumn<SweepPoint>& column : GetSweepPointColumns())
    {
        key.push_back(column.cell(point));
    }
    return key;
}

std::string
GetRouterTier(const TopologyNode& node)
{
    return node.tier.empty() ? "router" : node.tier;
}

bool
HasOwnGroups(const std::string& mapping)
{
    return mapping != "modulo" && mapping != "hash" && mapping != "cluster";
}

std::size_t
CountVteps(const TopologyGraph& graph)
{
    std::size_t count = 0;
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        count += graph.IsVtep(node) ? 1 : 0;
    }
    return count;
}

std::vector<std::string>
GetRouterTiers(const TopologyGraph& graph)
{
    std::set<std::string> tiers;
    for (const TopologyNode& node : graph.nodes)
    {
        if (node.kind == NodeKind::Router)
        {
            tiers.insert(GetRouterTier(node));
        }
    }
    return {tiers.begin(), tiers.end()};
}

} // namespace ns3
