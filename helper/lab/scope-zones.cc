// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/scope-zones.h"

#include <algorithm>
#include <set>

namespace ns3
{

namespace
{

bool
IsBorder(const TopologyAttachment& attachment, const Ipv4Prefix& range)
{
    return std::any_of(attachment.scopeBorder.begin(),
                       attachment.scopeBorder.end(),
                       [&range](const Ipv4Prefix& border) { return border.Contains(range); });
}

/** \returns the routers on this side of the borders of \p range, \p router among them. */
std::set<std::size_t>
FindSide(const TopologyGraph& graph, std::size_t router, const Ipv4Prefix& range)
{
    std::set<std::size_t> side{router};
    std::vector<std::size_t> queue{router};
    while (!queue.empty())
    {
        const std::size_t node = queue.back();
        queue.pop_back();
        for (std::size_t own : graph.nodes[node].attachments)
        {
            if (IsBorder(graph.attachments[own], range))
            {
                continue;
            }
            for (std::size_t other : graph.networks[graph.attachments[own].network].attachments)
            {
                const TopologyAttachment& end = graph.attachments[other];
                if (graph.nodes[end.node].kind == NodeKind::Router && !IsBorder(end, range) &&
                    side.insert(end.node).second)
                {
                    queue.push_back(end.node);
                }
            }
        }
    }
    return side;
}

} // namespace

std::vector<Ipv4Prefix>
FindScopeZones(const TopologyGraph& graph, std::size_t router)
{
    std::set<Ipv4Prefix> ranges;
    for (const TopologyAttachment& attachment : graph.attachments)
    {
        ranges.insert(attachment.scopeBorder.begin(), attachment.scopeBorder.end());
    }
    std::vector<Ipv4Prefix> zones;
    for (const Ipv4Prefix& range : ranges)
    {
        const std::set<std::size_t> side = FindSide(graph, router, range);
        const bool known = std::any_of(side.begin(), side.end(), [&](std::size_t node) {
            const auto& own = graph.nodes[node].attachments;
            return std::any_of(own.begin(), own.end(), [&](std::size_t attachment) {
                return IsBorder(graph.attachments[attachment], range);
            });
        });
        if (known)
        {
            zones.push_back(range);
        }
    }
    return zones;
}

} // namespace ns3
