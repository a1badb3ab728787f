// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/rp-choice.h"

#include "ns3/rp-hash.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace ns3
{

namespace
{

/** Where addresses are. */
class AddressPlaces
{
  public:
    explicit AddressPlaces(const TopologyGraph& graph)
    {
        for (const TopologyNetwork& network : graph.networks)
        {
            for (std::size_t i : network.attachments)
            {
                if (graph.attachments[i].unnumbered.empty())
                {
                    m_attachments.emplace(graph.attachments[i].address, i);
                }
            }
        }
        for (std::size_t node = 0; node < graph.nodes.size(); ++node)
        {
            for (const LoopbackAddress& each : GetLoopbackAddresses(graph.nodes[node]))
            {
                m_loopbacks[each.GetPrefix()].insert(node);
            }
        }
        m_graph = &graph;
    }

    /** Fills in the places of \p offer. \returns false if there are none */
    bool Place(RpOffer& offer) const
    {
        const auto attachment = m_attachments.find(offer.address);
        if (attachment != m_attachments.end())
        {
            offer.attachment = attachment->second;
            offer.nodes = {m_graph->attachments[attachment->second].node};
            return true;
        }
        for (uint8_t length = Ipv4Prefix::MAX_LENGTH; length > 0; --length)
        {
            const auto owners = m_loopbacks.find({offer.address, length});
            if (owners != m_loopbacks.end())
            {
                offer.nodes.assign(owners->second.begin(), owners->second.end());
                return true;
            }
        }
        return false;
    }

    /** Fills in a router on the link in whose prefix \p offer lies, if there is one. */
    void PlaceOnLink(RpOffer& offer) const
    {
        for (const TopologyNetwork& network : m_graph->networks)
        {
            for (std::size_t i : network.attachments)
            {
                const std::size_t node = m_graph->attachments[i].node;
                if (network.prefix.GetLength() > 0 && network.prefix.Contains(offer.address) &&
                    m_graph->nodes[node].kind == NodeKind::Router)
                {
                    offer.attachment = i;
                    offer.nodes = {node};
                    return;
                }
            }
        }
    }

  private:
    const TopologyGraph* m_graph{nullptr};
    std::map<TopologyAddress, std::size_t> m_attachments;
    std::map<Ipv4Prefix, std::set<std::size_t>> m_loopbacks;
};

} // namespace

RpChoice::RpChoice(const TopologyGraph& graph)
{
    const AddressPlaces places(graph);
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        const TopologyNode& n = graph.nodes[node];
        for (const Ipv4Prefix& groups : n.candidateRpGroups)
        {
            RpOffer offer;
            offer.address = graph.GetAddress(node, n.candidateRp);
            offer.groups = groups;
            offer.priority = n.candidateRpPriority;
            if (!n.candidateRp.empty() && places.Place(offer))
            {
                m_offers.push_back(offer);
            }
        }
        for (const auto* specs : {&n.staticRps, &n.bidirRps})
        {
            for (const StaticRpSpec& spec : *specs)
            {
                RpOffer offer;
                offer.address = spec.address;
                offer.groups = spec.groups;
                offer.isStatic = true;
                if (!places.Place(offer) && specs == &n.bidirRps)
                {
                    places.PlaceOnLink(offer);
                }
                AddStatic(std::move(offer)); // routers name it even if it is nowhere
            }
        }
    }
}

/** Every router names the same RPs. */
void
RpChoice::AddStatic(RpOffer offer)
{
    const bool known = std::any_of(m_offers.begin(), m_offers.end(), [&](const RpOffer& other) {
        return other.isStatic && other.address == offer.address && other.groups == offer.groups;
    });
    if (!known)
    {
        m_offers.push_back(std::move(offer));
    }
}

std::optional<std::size_t>
RpChoice::Find(TopologyAddress group) const
{
    RpSelection<std::size_t> selection(group);
    for (std::size_t i = 0; i < m_offers.size(); ++i)
    {
        const RpOffer& offer = m_offers[i];
        selection.Consider({offer.groups, offer.isStatic, offer.priority, offer.address}, i);
    }
    return selection.Get();
}

std::vector<RpOffer>
RpChoice::GetElected() const
{
    std::map<Ipv4Prefix, std::vector<RpOffer>> best; // by range
    const auto rank = [](const RpOffer& offer) {
        return RpRank(offer.groups.GetLength(), false, offer.priority, 0, 0); // before the hash
    };
    for (const RpOffer& offer : m_offers)
    {
        std::vector<RpOffer>& rivals = best[offer.groups];
        if (offer.isStatic || (!rivals.empty() && rank(offer) < rank(rivals.front())))
        {
            continue;
        }
        if (!rivals.empty() && rank(rivals.front()) < rank(offer))
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
