// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/model-network.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/connected_components.hpp>

#include <algorithm>
#include <numeric>
#include <set>
#include <stdexcept>

namespace ns3
{

namespace
{

/** Marks a target that is a router, not a network. */
constexpr uint32_t ROUTER_TARGET = uint32_t(1) << 31;

/** Beyond this, hashes are not worth sorting by their remainder. */
constexpr uint32_t MAX_TIE_MODULUS = 5040;

} // namespace

ModelNetwork::ModelNetwork(const TopologyGraph& graph, RpfEcmp ecmp, VtepPlace place)
    : m_graph(graph),
      m_ecmp(ecmp)
{
    AddRouters();
    AddNeighbors();
    if (place == VtepPlace::Hosts)
    {
        AddHosts();
    }
    else
    {
        AddLeaves();
    }
    if (m_vteps.empty())
    {
        throw std::invalid_argument("the topology '" + graph.name +
                                    "' has no VTEP, expected nodes of kind vtep");
    }
    AddPods();
    AddPlaces();
    AddRps();
}

void
ModelNetwork::AddRouters()
{
    m_routerOf.assign(m_graph.nodes.size(), MODEL_NONE);
    std::vector<std::size_t> backboneNode(m_graph.nodes.size());
    for (std::size_t node = 0; node < m_graph.nodes.size(); ++node)
    {
        const TopologyNode& n = m_graph.nodes[node];
        if (n.kind == NodeKind::Router)
        {
            m_routerOf[node] = static_cast<uint32_t>(m_routers.size());
            m_routers.push_back({node, n.tier.empty() ? "router" : n.tier});
            m_backbone.nodes.emplace_back();
            m_backbone.nodes.back().maxMetric = n.maxMetric;
        }
    }
    m_backboneNetwork.assign(m_graph.networks.size(), MODEL_NONE);
    for (std::size_t network = 0; network < m_graph.networks.size(); ++network)
    {
        const TopologyNetwork& from = m_graph.networks[network];
        const auto routers = std::count_if(
            from.attachments.begin(), from.attachments.end(), [this](std::size_t attachment) {
                return m_routerOf[m_graph.attachments[attachment].node] != MODEL_NONE;
            });
        if (routers < 2)
        {
            continue;
        }
        m_backboneNetwork[network] = static_cast<uint32_t>(m_backbone.networks.size());
        TopologyNetwork to;
        to.cost = from.cost;
        to.pointToPoint = from.pointToPoint;
        to.passive = from.passive;
        for (std::size_t attachment : from.attachments)
        {
            TopologyAttachment copy = m_graph.attachments[attachment];
            const uint32_t router = m_routerOf[copy.node];
            if (router == MODEL_NONE)
            {
                continue;
            }
            copy.node = router;
            copy.network = m_backbone.networks.size();
            to.attachments.push_back(m_backbone.attachments.size());
            m_backbone.nodes[router].attachments.push_back(m_backbone.attachments.size());
            m_backboneAttachment.push_back(static_cast<uint32_t>(attachment));
            m_backbone.attachments.push_back(std::move(copy));
        }
        m_backbone.networks.push_back(std::move(to));
    }
    m_paths = std::make_unique<ShortestPaths>(m_backbone);
}

void
ModelNetwork::AddNeighbors()
{
    m_neighbors.resize(m_graph.attachments.size());
    for (const TopologyAttachment& attachment : m_graph.attachments)
    {
        m_networkOf.push_back(static_cast<uint32_t>(attachment.network));
    }
    for (const TopologyNetwork& network : m_graph.networks)
    {
        for (std::size_t attachment : network.attachments)
        {
            for (std::size_t other : network.attachments)
            {
                const uint32_t router = m_routerOf[m_graph.attachments[other].node];
                if (other != attachment && router != MODEL_NONE)
                {
                    m_neighbors[attachment].push_back({router, static_cast<uint32_t>(other)});
                }
            }
        }
    }
}

uint32_t
ModelNetwork::AddTarget(const std::vector<ModelPort>& routers, std::size_t network)
{
    const uint32_t target =
        routers.size() == 1 ? ROUTER_TARGET | routers.front().router : m_backboneNetwork[network];
    return AddTargetNumber(target);
}

uint32_t
ModelNetwork::AddTargetNumber(uint32_t target)
{
    auto [it, fresh] = m_targetNumbers.emplace(target, static_cast<uint32_t>(m_targets.size()));
    if (fresh)
    {
        m_targets.push_back(target);
        m_routes.emplace_back();
    }
    return it->second;
}

void
ModelNetwork::AddHosts()
{
    for (std::size_t node = 0; node < m_graph.nodes.size(); ++node)
    {
        const TopologyNode& n = m_graph.nodes[node];
        if (n.kind == NodeKind::Vtep)
        {
            AddHost(node);
        }
        else if (n.vtep && m_routerOf[node] != MODEL_NONE)
        {
            AddRouterVtep(m_routerOf[node]);
        }
    }
}

void
ModelNetwork::AddHost(std::size_t node)
{
    const TopologyNode& n = m_graph.nodes[node];
    const std::size_t attachment = n.attachments.front();
    const TopologyAttachment& a = m_graph.attachments[attachment];
    ModelVtep vtep;
    vtep.node = node;
    vtep.attachment = static_cast<uint32_t>(attachment);
    vtep.address = a.address;
    vtep.access = static_cast<uint32_t>(a.network);
    vtep.gateways = m_neighbors[attachment];
    if (vtep.gateways.empty())
    {
        throw std::invalid_argument("VTEP '" + n.name + "' has no router on its first link");
    }
    // The Designated Router: the highest priority, then the highest address.
    std::sort(
        vtep.gateways.begin(), vtep.gateways.end(), [this](const ModelPort& x, const ModelPort& y) {
            const TopologyAttachment& ax = m_graph.attachments[x.attachment];
            const TopologyAttachment& ay = m_graph.attachments[y.attachment];
            return std::make_pair(ax.drPriority.value_or(1), ax.address) >
                   std::make_pair(ay.drPriority.value_or(1), ay.address);
        });
    vtep.target = AddTarget(vtep.gateways, a.network);
    m_vteps.push_back(std::move(vtep));
}

/** \returns the loopback of \p router called \p name; one without a name is the model's own. */
ModelPort
ModelNetwork::AddLoopback(uint32_t router, const std::string& name)
{
    auto [known, fresh] = m_loopbacks.emplace(std::make_pair(router, name), ModelPort());
    if (fresh)
    {
        known->second = {router, static_cast<uint32_t>(m_neighbors.size())};
        m_networkOf.push_back(static_cast<uint32_t>(GetNetworkCount()));
        m_neighbors.emplace_back();
    }
    return known->second;
}

/** \returns the loopback of \p router by which it reaches \p address. */
ModelPort
ModelNetwork::AddLoopbackOf(uint32_t router, TopologyAddress address)
{
    std::string name;
    int longest = -1;
    for (const TopologyLoopback& loopback : m_graph.nodes[m_routers[router].node].loopbacks)
    {
        for (const LoopbackAddress& each : loopback.addresses)
        {
            if (each.GetPrefix().Contains(address) && each.length > longest)
            {
                longest = each.length;
                name = loopback.name;
            }
        }
    }
    return AddLoopback(router, name);
}

void
ModelNetwork::AddRouterVtep(uint32_t router)
{
    ModelVtep vtep;
    vtep.node = m_routers[router].node;
    const TopologyNode& node = m_graph.nodes[vtep.node];
    const bool hasLoopback = !node.loopbacks.empty();
    vtep.address =
        hasLoopback ? node.loopbacks.front().addresses.front().address : node.routerId.value_or(0);
    vtep.gateways = {AddLoopback(router, hasLoopback ? node.loopbacks.front().name : "")};
    vtep.access = m_networkOf[vtep.gateways.front().attachment];
    vtep.target = AddTarget(vtep.gateways, 0);
    m_vteps.push_back(std::move(vtep));
}

void
ModelNetwork::AddLeaves()
{
    std::set<uint32_t> leaves;
    std::vector<uint32_t> candidates;
    for (std::size_t i = 0; i < m_graph.attachments.size(); ++i)
    {
        if (m_graph.nodes[m_graph.attachments[i].node].kind == NodeKind::Vtep)
        {
            for (const ModelPort& port : m_neighbors[i])
            {
                leaves.insert(port.router);
            }
        }
    }
    for (const char* tier : {"leaf", "edge"})
    {
        for (uint32_t router = 0; leaves.empty() && router < m_routers.size(); ++router)
        {
            if (m_routers[router].tier == tier)
            {
                candidates.push_back(router);
            }
        }
        leaves.insert(candidates.begin(), candidates.end());
    }
    for (uint32_t router : leaves)
    {
        AddRouterVtep(router);
    }
}

void
ModelNetwork::AddPods()
{
    using Plain = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;
    Plain plain(m_routers.size());
    for (uint32_t i = 0; i < m_backboneAttachment.size(); ++i)
    {
        const uint32_t router = static_cast<uint32_t>(m_backbone.attachments[i].node);
        for (const ModelPort& other : m_neighbors[m_backboneAttachment[i]])
        {
            if (m_routers[router].tier != "core" && m_routers[other.router].tier != "core")
            {
                boost::add_edge(router, other.router, plain);
            }
        }
    }
    std::vector<int> component(m_routers.size());
    boost::connected_components(plain, component.data());
    std::map<int, uint32_t> pods;
    for (ModelVtep& vtep : m_vteps)
    {
        vtep.pod = pods.emplace(component[vtep.gateways.front().router],
                                static_cast<uint32_t>(pods.size()))
                       .first->second;
    }
}

void
ModelNetwork::AddPlaces()
{
    std::set<uint32_t> accesses;
    m_podOf.assign(m_routers.size(), 0);
    for (const ModelVtep& vtep : m_vteps)
    {
        m_leafOf.push_back(vtep.gateways.front().router);
        m_podOf[m_leafOf.back()] = vtep.pod;
        m_plain = accesses.insert(vtep.access).second && vtep.gateways.size() == 1 && m_plain;
    }
    std::map<uint32_t, uint32_t> vtepOf; // by its first hop
    for (uint32_t vtep = 0; vtep < m_vteps.size(); ++vtep)
    {
        vtepOf.emplace(m_leafOf[vtep], vtep);
        const TopologyNode& node = m_graph.nodes[m_vteps[vtep].node];
        if (m_vteps[vtep].attachment != MODEL_NONE || node.vtep)
        {
            m_hosts.insert(
                m_hosts.end(), std::max(node.ports, 1u), {vtep, m_leafOf[vtep], m_vteps[vtep].pod});
        }
    }
    if (!m_hosts.empty())
    {
        return;
    }
    for (const TopologyNode& node : m_graph.nodes)
    {
        if (node.kind != NodeKind::Vtep || m_neighbors[node.attachments.front()].empty())
        {
            continue;
        }
        auto vtep = vtepOf.find(m_neighbors[node.attachments.front()].front().router);
        m_hosts.push_back({vtep->second, vtep->first, m_vteps[vtep->second].pod});
    }
    if (m_hosts.empty())
    {
        // Without hosts, each leaf counts as one.
        for (const auto& [leaf, vtep] : vtepOf)
        {
            m_hosts.push_back({vtep, leaf, m_vteps[vtep].pod});
        }
    }
}

/**
 * \returns the target of those \p members that are nearest: a network that each of them has as its
 * own, at cost 0, and that nobody crosses
 */
uint32_t
ModelNetwork::AddAnycastTarget(const std::vector<ModelPort>& members)
{
    const auto number = static_cast<uint32_t>(m_backbone.networks.size());
    TopologyNetwork network;
    network.passive = true;
    for (const ModelPort& member : members)
    {
        TopologyAttachment attachment;
        attachment.node = member.router;
        attachment.network = number;
        attachment.cost = 0;
        network.attachments.push_back(m_backbone.attachments.size());
        m_backbone.nodes[member.router].attachments.push_back(m_backbone.attachments.size());
        m_backboneAttachment.push_back(member.attachment);
        m_backbone.attachments.push_back(std::move(attachment));
    }
    m_backbone.networks.push_back(std::move(network));
    m_paths = std::make_unique<ShortestPaths>(m_backbone);
    return AddTargetNumber(number);
}

void
ModelNetwork::AddRps()
{
    m_choice = std::make_unique<RpChoice>(m_graph);
    for (const RpOffer& offer : m_choice->GetOffers())
    {
        ModelRp rp;
        rp.address = offer.address;
        for (std::size_t node : offer.nodes)
        {
            const uint32_t router = m_routerOf[node];
            if (offer.attachment)
            {
                rp.members.push_back({router, static_cast<uint32_t>(*offer.attachment)});
            }
            else if (router != MODEL_NONE)
            {
                rp.members.push_back(AddLoopbackOf(router, offer.address));
            }
        }
        if (rp.members.empty())
        {
            m_rps.push_back(std::move(rp)); // a static one that is nowhere: groups still choose it
            continue;
        }
        rp.port = rp.members.front();
        for (const ModelPort& member : rp.members)
        {
            rp.memberTargets.push_back(member.router == MODEL_NONE ? MODEL_NONE
                                                                   : AddTarget({member}, 0));
        }
        rp.link = rp.members;
        if (offer.attachment)
        {
            const std::vector<ModelPort>& others = m_neighbors[*offer.attachment];
            rp.link.insert(rp.link.begin(), others.begin(), others.end());
        }
        rp.target =
            rp.members.size() > 1
                ? AddAnycastTarget(rp.members)
                : AddTarget(rp.link,
                            offer.attachment ? m_graph.attachments[*offer.attachment].network : 0);
        m_rps.push_back(std::move(rp));
    }
}

uint32_t
ModelNetwork::FindVtep(std::size_t node) const
{
    for (uint32_t vtep = 0; vtep < m_vteps.size(); ++vtep)
    {
        if (m_vteps[vtep].node == node)
        {
            return vtep;
        }
    }
    return MODEL_NONE;
}

const ModelRp*
ModelNetwork::FindRp(TopologyAddress group) const
{
    const auto offer = m_choice->Find(group);
    return offer && m_rps[*offer].port.router != MODEL_NONE ? &m_rps[*offer] : nullptr;
}

const ModelRp&
ModelNetwork::GetRp(TopologyAddress group) const
{
    const ModelRp* rp = FindRp(group);
    if (rp == nullptr)
    {
        throw std::invalid_argument("the topology '" + m_graph.name + "' has no RP for " +
                                    FormatAddress(group) +
                                    ", expected key candidateRp or staticRp on a router");
    }
    return *rp;
}

/** \returns the router beyond \p attachment with the address \p gateway; none for 0. */
ModelPort
ModelNetwork::FindPort(uint32_t attachment, TopologyAddress gateway) const
{
    for (const ModelPort& port : m_neighbors[attachment])
    {
        if (m_graph.attachments[port.attachment].address == gateway)
        {
            return port;
        }
    }
    return {};
}

std::unique_ptr<ModelNetwork::Routes>
ModelNetwork::ComputeRoutes(uint32_t target) const
{
    const uint32_t what = m_targets[target];
    const std::vector<PathRoute> paths =
        (what & ROUTER_TARGET) != 0 ? m_paths->ToNode(what & ~ROUTER_TARGET) : m_paths->To(what);
    auto routes = std::make_unique<Routes>();
    for (const PathRoute& path : paths)
    {
        routes->first.push_back(static_cast<uint32_t>(routes->hops.size()));
        routes->metric.push_back(path.metric);
        for (const PathNextHop& hop : path.nextHops)
        {
            const uint32_t attachment = m_backboneAttachment[hop.attachment];
            routes->hops.push_back({attachment, FindPort(attachment, hop.gateway), hop.gateway});
        }
        if (m_ecmp == RpfEcmp::SG_HASH && !path.nextHops.empty() && routes->tieModulus != 0)
        {
            const uint64_t modulus = std::lcm(uint64_t(routes->tieModulus), path.nextHops.size());
            routes->tieModulus = modulus > MAX_TIE_MODULUS ? 0 : static_cast<uint32_t>(modulus);
        }
    }
    routes->first.push_back(static_cast<uint32_t>(routes->hops.size()));
    return routes;
}

const ModelNetwork::Routes&
ModelNetwork::GetRoutes(uint32_t target) const
{
    if (!m_routes[target])
    {
        m_routes[target] = ComputeRoutes(target);
    }
    return *m_routes[target];
}

void
ModelNetwork::FailUnreachable(uint32_t router) const
{
    throw std::invalid_argument(
        "router '" + m_graph.nodes[m_routers[router].node].name +
        "' has no path of routers to a source or RP, expected a connected graph of routers");
}

RpfHop
ModelNetwork::GetRpHop(uint32_t router, const ModelRp& rp, TopologyAddress group) const
{
    RpfHop hop = GetHop(router, rp.target, 0, group);
    if (hop.upstream.router == MODEL_NONE)
    {
        hop.upstream = rp.port;
    }
    return hop;
}

const RpfHop&
ModelNetwork::GetHop(uint32_t router,
                     uint32_t target,
                     TopologyAddress source,
                     TopologyAddress group) const
{
    const Routes& routes = GetRoutes(target);
    const uint32_t first = routes.first[router];
    const uint32_t count = routes.first[router + 1] - first;
    if (count == 0)
    {
        FailUnreachable(router);
    }
    return routes.hops[first + SelectRpfNextHop(m_ecmp, count, source, group)];
}

uint32_t
ModelNetwork::GetMetric(uint32_t router, uint32_t target) const
{
    return GetRoutes(target).metric[router];
}

uint32_t
ModelNetwork::GetTieModulus(uint32_t target) const
{
    return GetRoutes(target).tieModulus;
}

const RpfHop&
ModelNetwork::GetUnicastHop(uint32_t router, uint32_t target) const
{
    const Routes& routes = GetRoutes(target);
    if (routes.first[router] == routes.first[router + 1])
    {
        FailUnreachable(router);
    }
    return routes.hops[routes.first[router]];
}

void
ModelNetwork::WalkUnicast(uint32_t from,
                          uint32_t to,
                          const std::function<void(uint32_t)>& use) const
{
    const ModelVtep& a = m_vteps[from];
    const ModelVtep& b = m_vteps[to];
    if (a.attachment != MODEL_NONE)
    {
        use(a.attachment);
    }
    if (a.access == b.access)
    {
        return;
    }
    const Routes& routes = GetRoutes(b.target);
    const ModelPort first = *std::min_element(
        a.gateways.begin(), a.gateways.end(), [&](const ModelPort& x, const ModelPort& y) {
            return routes.metric[x.router] < routes.metric[y.router];
        });
    const ModelPort last = WalkToLink(first.router, b.target, b.gateways, use);
    if (b.attachment != MODEL_NONE)
    {
        use(last.attachment);
    }
}

ModelPort
ModelNetwork::WalkToLink(uint32_t router,
                         uint32_t target,
                         const std::vector<ModelPort>& link,
                         const std::function<void(uint32_t)>& use) const
{
    for (;;)
    {
        const auto last = std::find_if(
            link.begin(), link.end(), [&](const ModelPort& port) { return port.router == router; });
        if (last != link.end())
        {
            return *last;
        }
        const RpfHop& hop = GetUnicastHop(router, target);
        use(hop.attachment);
        router = hop.upstream.router;
    }
}

void
ModelNetwork::WalkToRp(uint32_t router,
                       const ModelRp& rp,
                       const std::function<void(uint32_t)>& use) const
{
    const ModelPort last = WalkToLink(router, rp.target, rp.link, use);
    if (!rp.IsMember(last.router))
    {
        use(last.attachment);
    }
    for (std::size_t i = 0; i < rp.members.size() && rp.members.size() > 1; ++i)
    {
        if (rp.members[i].router != last.router)
        {
            WalkToLink(last.router, rp.memberTargets[i], {rp.members[i]}, use);
        }
    }
}

uint32_t
ModelNetwork::CountLinks(uint32_t from, uint32_t to) const
{
    uint32_t count = 0;
    WalkUnicast(from, to, [&count](uint32_t) { ++count; });
    return count;
}

} // namespace ns3
