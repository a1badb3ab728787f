// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/sweep-point.h"

#include <algorithm>
#include <set>

namespace ns3
{

const std::vector<std::string>&
GetSweepColumns()
{
    static const std::vector<std::string> columns = {"topology",
                                                     "routers",
                                                     "vteps",
                                                     "vnis",
                                                     "groups",
                                                     "ratio",
                                                     "tree",
                                                     "members_per_vni",
                                                     "tier",
                                                     "routers_in_tier",
                                                     "star_g_max",
                                                     "star_g_mean",
                                                     "sg_max",
                                                     "sg_mean",
                                                     "mfc_max",
                                                     "mfc_mean",
                                                     "overflow_drops",
                                                     "control_bytes_per_s",
                                                     "bum_frames",
                                                     "copies_on_links",
                                                     "delivered_wanted",
                                                     "delivered_unwanted",
                                                     "predicted_mfc_max",
                                                     "predicted_mfc_mean",
                                                     "predicted_copies",
                                                     "predicted_unwanted",
                                                     "wall_s",
                                                     "events",
                                                     "peak_rss_mb",
                                                     "seed",
                                                     "mapping",
                                                     "placement",
                                                     "senders",
                                                     "frames",
                                                     "capacity",
                                                     "capacity_policy",
                                                     "sg_rpt_max",
                                                     "sg_rpt_mean",
                                                     "predicted_star_g_max",
                                                     "predicted_star_g_mean",
                                                     "predicted_sg_max",
                                                     "predicted_sg_mean",
                                                     "predicted_sg_rpt_max",
                                                     "predicted_sg_rpt_mean",
                                                     "predicted_wanted",
                                                     "delivered_duplicates",
                                                     "delivered_lost",
                                                     "demand_mfc_max",
                                                     "demand_mfc_mean",
                                                     "refused_rows",
                                                     "evicted_rows",
                                                     "punted_packets",
                                                     "fallback_packets",
                                                     "simulated_s"};
    return columns;
}

const std::vector<std::string>&
GetGrowthColumns()
{
    static const std::vector<std::string> columns = [] {
        std::vector<std::string> names = GetSweepKeyColumns();
        for (const char* name : {"time_s",
                                 "tier",
                                 "star_g_mean",
                                 "sg_mean",
                                 "sg_rpt_mean",
                                 "mfc_mean",
                                 "mfc_max",
                                 "overflow_drops",
                                 "refused_rows",
                                 "evicted_rows",
                                 "punted_packets",
                                 "fallback_packets"})
        {
            names.push_back(name);
        }
        return names;
    }();
    return columns;
}

const std::vector<std::string>&
GetSweepKeyColumns()
{
    static const std::vector<std::string> columns = {"topology",
                                                     "vnis",
                                                     "groups",
                                                     "tree",
                                                     "members_per_vni",
                                                     "mapping",
                                                     "placement",
                                                     "senders",
                                                     "frames",
                                                     "capacity",
                                                     "capacity_policy",
                                                     "seed"};
    return columns;
}

std::vector<std::string>
GetSweepKey(const SweepPoint& point)
{
    return {point.topology,
            std::to_string(point.vnis),
            std::to_string(point.groups),
            point.tree,
            std::to_string(point.members),
            point.mapping,
            point.placement,
            point.senders,
            std::to_string(point.frames),
            point.capacity == 0 ? "" : std::to_string(point.capacity),
            point.capacity == 0 ? "" : point.capacityPolicy,
            std::to_string(point.seed)};
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
    return static_cast<std::size_t>(
        std::count_if(graph.nodes.begin(), graph.nodes.end(), [](const TopologyNode& node) {
            return node.kind == NodeKind::Vtep;
        }));
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
