// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/scope-zones.h"

#include <algorithm>
#include <set>
#include <utility>

namespace ns3
{

namespace
{

/** By address and length. */
using Range = std::pair<TopologyAddress, uint8_t>;

bool
IsBorder(const TopologyAttachment& attachment, const Range& range)
{
    return std::any_of(attachment.scopeBorder.begin(),
                       attachment.scopeBorder.end(),
                       [&range](const TopologyPrefix& border) {
                           return border.length <= range.second && border.Contains(range.first);
                       });
}

/** \returns the routers on this side of the borders of \p range, \p router among them. */
std::set<std::size_t>
FindSide(const TopologyGraph& graph, std::size_t router, const Range& range)
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

std::vector<TopologyPrefix>
FindScopeZones(const TopologyGraph& graph, std::size_t router)
{
    std::set<Range> ranges;
    for (const TopologyAttachment& attachment : graph.attachments)
    {
        for (const TopologyPrefix& border : attachment.scopeBorder)
        {
            ranges.insert({border.address, border.length});
        }
    }
    std::vector<TopologyPrefix> zones;
    for (const Range& range : ranges)
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
            TopologyPrefix zone;
            zone.address = range.first;
            zone.length = range.second;
            zones.push_back(zone);
        }
    }
    return zones;
}

} // namespace ns3
