// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/failure-model.h"

#include "ns3/rp-choice.h"
#include "ns3/tree-state-model.h"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace ns3
{

namespace
{

bool
IsBackbone(const TopologyGraph& graph, const TopologyNetwork& network)
{
    return std::count_if(network.attachments.begin(),
                         network.attachments.end(),
                         [&graph](std::size_t attachment) {
                             return graph.nodes[graph.attachments[attachment].node].kind ==
                                    NodeKind::Router;
                         }) > 1;
}

/** Takes all nodes off a network. */
void
Detach(TopologyGraph& graph, std::size_t network)
{
    for (std::size_t attachment : graph.networks[network].attachments)
    {
        auto& own = graph.nodes[graph.attachments[attachment].node].attachments;
        own.erase(std::remove(own.begin(), own.end(), attachment), own.end());
    }
    graph.networks[network].attachments.clear();
}

/** Gives each end of a network but the first a network of its own, with the same prefix. */
void
Split(TopologyGraph& graph, std::size_t number)
{
    const std::vector<std::size_t> ends = graph.networks[number].attachments;
    for (std::size_t end : ends)
    {
        if (end != ends.front())
        {
            graph.attachments[end].network = graph.networks.size();
            graph.networks.push_back(graph.networks[number]);
        }
        graph.networks[graph.attachments[end].network].attachments = {end};
    }
}

/** Takes a node off all networks; it offers itself as nothing any longer. */
void
Isolate(TopologyGraph& graph, std::size_t number)
{
    TopologyNode& node = graph.nodes[number];
    for (std::size_t attachment : node.attachments)
    {
        auto& ends = graph.networks[graph.attachments[attachment].network].attachments;
        ends.erase(std::remove(ends.begin(), ends.end(), attachment), ends.end());
    }
    node.attachments.clear();
    node.candidateBsr.clear();
    node.candidateRp.clear();
    node.loopbacks.clear();
    node.anycastRps.clear();
    node.vtep = false;
    node.kind = node.kind == NodeKind::Router ? NodeKind::Router : NodeKind::Host;
}

/** \returns the nodes that are connected with \p from; routers alone pass packets on. */
std::vector<std::size_t>
FindConnected(const TopologyGraph& graph, std::size_t from)
{
    std::vector<bool> seen(graph.nodes.size(), false);
    std::vector<std::size_t> found{from};
    seen[from] = true;
    for (std::size_t i = 0; i < found.size(); ++i)
    {
        if (found[i] != from && graph.nodes[found[i]].kind != NodeKind::Router)
        {
            continue;
        }
        for (std::size_t attachment : graph.nodes[found[i]].attachments)
        {
            const std::size_t network = graph.attachments[attachment].network;
            for (std::size_t end : graph.networks[network].attachments)
            {
                const std::size_t node = graph.attachments[end].node;
                if (!seen[node])
                {
                    seen[node] = true;
                    found.push_back(node);
                }
            }
        }
    }
    return found;
}

/** Isolates all that is not connected with most of the VTEPs, or of the routers where VTEPs are. */
void
KeepLargestPart(TopologyGraph& graph)
{
    std::vector<std::size_t> best;
    std::size_t bestCount = 0;
    std::vector<bool> seen(graph.nodes.size(), false);
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        if (seen[node] || graph.nodes[node].kind != NodeKind::Router)
        {
            continue;
        }
        const std::vector<std::size_t> part = FindConnected(graph, node);
        std::size_t count = 0;
        for (std::size_t one : part)
        {
            seen[one] = true;
            count += graph.IsVtep(one) ? graph.nodes.size() : 1; // VTEPs first, then routers
        }
        if (count > bestCount)
        {
            best = part;
            bestCount = count;
        }
    }
    const std::set<std::size_t> kept(best.begin(), best.end());
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        if (kept.count(node) == 0)
        {
            Isolate(graph, node);
        }
    }
}

} // namespace

std::vector<Failure>
ListFailures(const TopologyGraph& graph, const std::string& kind)
{
    std::vector<Failure> failures;
    if (kind == "link")
    {
        for (std::size_t network = 0; network < graph.networks.size(); ++network)
        {
            if (IsBackbone(graph, graph.networks[network]))
            {
                failures.push_back({graph.networks[network].name, std::nullopt, network});
            }
        }
        return failures;
    }
    std::set<std::size_t> rps;
    if (kind == "rp")
    {
        const RpChoice choice(graph);
        for (const RpOffer& offer : choice.GetOffers())
        {
            rps.insert(offer.nodes.begin(), offer.nodes.end());
        }
    }
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        const bool fails = kind == "rp"     ? rps.count(node) != 0
                           : kind == "vtep" ? graph.IsVtep(node)
                                            : graph.nodes[node].kind == NodeKind::Router &&
                                                  graph.nodes[node].tier == kind;
        if (fails)
        {
            failures.push_back({graph.nodes[node].name, node, std::nullopt});
        }
    }
    return failures;
}

TopologyGraph
FailIn(const TopologyGraph& graph, const Failure& failure, FailureCarrier carrier)
{
    TopologyGraph failed = graph;
    if (failure.node)
    {
        for (std::size_t attachment : graph.nodes[*failure.node].attachments)
        {
            const std::size_t network = graph.attachments[attachment].network;
            if (carrier == FailureCarrier::Lost && graph.networks[network].attachments.size() == 2)
            {
                Detach(failed, network);
            }
        }
        Isolate(failed, *failure.node);
    }
    if (failure.network)
    {
        carrier == FailureCarrier::Lost ? Detach(failed, *failure.network)
                                        : Split(failed, *failure.network);
    }
    KeepLargestPart(failed);
    for (std::size_t number = 0; number < failed.nodes.size(); ++number)
    {
        // A candidate whose interface is down offers nothing.
        TopologyNode& node = failed.nodes[number];
        for (std::string* candidate : {&node.candidateBsr, &node.candidateRp})
        {
            if (!candidate->empty() && !failed.HasInterface(number, *candidate))
            {
                candidate->clear();
            }
        }
    }
    return failed;
}

FailureModel::FailureModel(const TopologyGraph& graph,
                           RpfEcmp ecmp,
                           TreePolicy policy,
                           VtepPlace place)
    : m_graph(graph),
      m_ecmp(ecmp),
      m_policy(policy),
      m_place(place),
      m_network(graph, ecmp, place)
{
}

void
FailureModel::Add(const GroupTraffic& traffic)
{
    m_groups.push_back(traffic);
    m_before.push_back(FindRest(m_network, traffic, {}));
}

FailureModel::Rest
FailureModel::FindRest(const ModelNetwork& network,
                       const GroupTraffic& traffic,
                       const std::map<RowKey, bool>& before) const
{
    const auto& routers = network.GetRouters();
    std::map<std::size_t, uint32_t> numbers; // of routers, by node
    for (uint32_t router = 0; router < routers.size(); ++router)
    {
        numbers[routers[router].node] = router;
    }
    KeptEntries kept;
    for (const auto& [key, sptBit] : before)
    {
        const auto found = numbers.find(key.first);
        if (found != numbers.end())
        {
            kept[{key.second, found->second}] = sptBit;
        }
    }
    TreeStateModel model(network, m_policy, TreeDetail::Rows);
    model.Add(traffic, kept);
    Rest rest;
    for (const TreeRow& row : model.GetRows())
    {
        const RowKey key{routers[row.router].node, row.source};
        if (row.kind == TreeRow::Kind::Sg)
        {
            rest.entries[key] = row.sptBit;
        }
        if (row.kind != TreeRow::Kind::Forwarding)
        {
            continue;
        }
        // Loopbacks have numbers beyond the graph's, which depend on who is there.
        const auto normalize = [this](uint32_t attachment) {
            return attachment >= m_graph.attachments.size() ? MODEL_NONE : attachment;
        };
        RowValue value{normalize(row.incoming), row.outgoing};
        for (uint32_t& outgoing : value.second)
        {
            outgoing = normalize(outgoing);
        }
        rest.rows[key] = std::move(value);
    }
    return rest;
}

/** The members that are still there, by their numbers in another network. */
GroupTraffic
FailureModel::MapTo(const ModelNetwork& network, const GroupTraffic& traffic) const
{
    GroupTraffic mapped;
    mapped.address = traffic.address;
    for (const VniTraffic& vni : traffic.vnis)
    {
        VniTraffic part;
        const auto map = [&](const std::vector<uint32_t>& from, std::vector<uint32_t>& to) {
            for (uint32_t vtep : from)
            {
                const uint32_t number = network.FindVtep(m_network.GetVteps()[vtep].node);
                if (number != MODEL_NONE)
                {
                    to.push_back(number);
                }
            }
        };
        map(vni.members, part.members);
        map(vni.senders, part.senders);
        if (!part.members.empty())
        {
            mapped.vnis.push_back(std::move(part));
        }
    }
    return mapped;
}

FailureEffect
FailureModel::Evaluate(const Failure& failure, FailureCarrier carrier) const
{
    const TopologyGraph graph = FailIn(m_graph, failure, carrier);
    const ModelNetwork network(graph, m_ecmp, m_place);
    FailureEffect effect;
    for (std::size_t i = 0; i < m_groups.size(); ++i)
    {
        Rows after;
        const GroupTraffic traffic = MapTo(network, m_groups[i]);
        try
        {
            after = traffic.vnis.empty() ? Rows()
                                         : FindRest(network, traffic, m_before[i].entries).rows;
        }
        catch (const std::invalid_argument&)
        {
            after.clear(); // no RP is left
        }
        uint64_t changed = 0;
        bool isTouched = false;
        const Rows& before = m_before[i].rows;
        for (const auto& [key, value] : before)
        {
            const auto now = after.find(key);
            const bool differs = now == after.end() || now->second != value;
            isTouched = isTouched || differs;
            changed += differs && !(failure.node && *failure.node == key.first) ? 1 : 0;
        }
        for (const auto& [key, value] : after)
        {
            const bool isNew = before.count(key) == 0;
            isTouched = isTouched || isNew;
            changed += isNew ? 1 : 0;
        }
        effect.groupsTouched += isTouched ? 1 : 0;
        effect.entriesChanged += changed;
    }
    return effect;
}

} // namespace ns3
