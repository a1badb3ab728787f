// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/rp-choice.h"

#include "ns3/rp-hash.h"

#include <algorithm>
#include <map>
#include <utility>

namespace ns3
{

RpChoice::RpChoice(const TopologyGraph& graph)
{
    std::map<TopologyAddress, std::size_t> owners;
    for (std::size_t i = 0; i < graph.attachments.size(); ++i)
    {
        owners.emplace(graph.attachments[i].address, i);
    }
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        const TopologyNode& n = graph.nodes[node];
        if (!n.candidateRp.empty())
        {
            const std::size_t attachment = graph.FindInterface(node, n.candidateRp).value();
            for (const Ipv4Prefix& groups : n.candidateRpGroups)
            {
                m_offers.push_back({attachment,
                                    graph.attachments[attachment].address,
                                    groups,
                                    n.candidateRpPriority,
                                    false});
            }
        }
        for (const auto* specs : {&n.staticRps, &n.bidirRps})
        {
            for (const StaticRpSpec& spec : *specs)
            {
                // A bidirectional RP's address may belong to no router; then the graph lacks it.
                auto owner = owners.find(spec.address);
                if (owner != owners.end())
                {
                    AddStatic({owner->second, spec.address, spec.groups, 0, true});
                }
            }
        }
    }
}

/** Every router names the same RPs. */
void
RpChoice::AddStatic(const RpOffer& offer)
{
    const bool known = std::any_of(m_offers.begin(), m_offers.end(), [&](const RpOffer& other) {
        return other.isStatic && other.address == offer.address &&
               other.groups == offer.groups;
    });
    if (!known)
    {
        m_offers.push_back(offer);
    }
}

std::optional<std::size_t>
RpChoice::Find(TopologyAddress group) const
{
    std::optional<std::size_t> best;
    std::optional<RpRank> bestRank;
    for (std::size_t i = 0; i < m_offers.size(); ++i)
    {
        const RpOffer& offer = m_offers[i];
        if (!offer.groups.Contains(group))
        {
            continue;
        }
        const RpRank rank(offer.groups.GetLength(),
                          offer.isStatic,
                          offer.priority,
                          RpHash(group, DEFAULT_HASH_MASK_LENGTH, offer.address),
                          offer.address);
        if (!bestRank || *bestRank < rank)
        {
            best = i;
            bestRank = rank;
        }
    }
    return best;
}

std::vector<RpOffer>
RpChoice::GetElected() const
{
    std::map<Ipv4Prefix, std::vector<RpOffer>> best; // by range
    for (const RpOffer& offer : m_offers)
    {
        std::vector<RpOffer>& rivals = best[offer.groups];
        if (offer.isStatic || (!rivals.empty() && rivals.front().priority < offer.priority))
        {
            continue;
        }
        if (!rivals.empty() && offer.priority < rivals.front().priority)
        {
            rivals.clear();
        }
        rivals.push_back(offer);
    }
    std::vector<RpOffer> elected;
    for (const auto& [range, offers] : best)
    {
        elected.insert(elected.end(), offers.begin(), offers.end());
    }
    return elected;
}

} // namespace ns3
